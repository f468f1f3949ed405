//! Rules about what leaked into an article from a web page or a tool, where it takes more than phrases to see it.

mod bracket;
mod charset;
mod entity;
mod invisible;
mod leak;
mod misread;
mod page;
mod place;
mod program;

pub mod duplicate_paragraph;
pub mod html_entity;
pub mod invisible_character;
pub mod markup;
pub mod menu;
pub mod mojibake;
pub mod related_list;
pub mod repeated;
pub mod second_article;
pub mod shortcode;
pub mod title_repeated;
pub mod tracking_parameter;
pub mod truncated;
