//! Rules on related articles: the lists that lead readers on.

pub mod unlinked;
