//! What is left of a web page around an article that was saved as plain text: where its text begins and ends, and the
//! lists and menus around it.
//!
//! Owns the view of a text as lines, each of which says something by itself. Knows the words of headings, never what a
//! rule does with what it finds.

pub mod headings;
mod lists;
mod menus;

pub use lists::{List, lists};
pub use menus::menus;

use crate::document::{Document, Line};
use crate::source::Kind;
use crate::span::Span;

/// A plain text of one line a paragraph.
pub struct Page<'s> {
    /// Its lines, blank ones left out.
    pub lines: Vec<Line<'s>>,
    /// The index of the first line that is a paragraph.
    pub first: usize,
    /// The index behind the last line that is a paragraph.
    pub end: usize,
    /// Where the headline was found.
    pub title: Option<Span>,
}

impl<'s> Page<'s> {
    /// `document` as the text of a page, if it is one: plain, with paragraphs that are not wrapped.
    pub fn of(document: &'s Document<'s>) -> Option<Self> {
        if document.source.kind() != Kind::Text {
            return None;
        }
        let lines = Line::all(document.source.text(), document.body);
        let first = lines.iter().position(Line::is_paragraph)?;
        let end = lines.iter().rposition(Line::is_paragraph)? + 1;
        let title = document.dump.as_ref().and_then(|dump| dump.title);
        Some(Self { lines, first, end, title })
    }
}

/// Whether `line` could be one of a menu or a list of topics: a few words, no sentence.
pub fn is_label(line: &Line) -> bool {
    line.weight <= 42 && line.words() <= 5 && !line.text.ends_with(['.', '!', '?', ':', ',', ';', '…', '"', '”'])
}

/// Whether `line` could be the title of another article.
pub fn is_title(line: &Line) -> bool {
    let ideographs = line.weight > line.text.chars().count();
    let sentence = line.text.ends_with('.') && !line.text.ends_with("...") || line.text.ends_with('。');
    (line.words() >= 4 || ideographs && line.weight >= 18)
        && line.weight <= 160
        && !sentence
        && !line.text.ends_with([':', ',', ';'])
}
