//! Rules about what leaked into an article from a web page or a tool, where it takes more than phrases to see it.

mod charset;
mod invisible;
mod misread;
mod page;
mod place;

pub mod invisible_character;
pub mod menu;
pub mod mojibake;
pub mod related_list;
pub mod tracking_parameter;
