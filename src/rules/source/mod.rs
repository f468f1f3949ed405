//! Rules about the file itself, before anything in it is read.

pub mod encoding;
pub mod merge_conflict;
