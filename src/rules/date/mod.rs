//! Rules on dates: in the fields of a front matter that hold them, and in the date lines of a page dump.

mod field;
pub mod format;
pub mod invalid;

use crate::document::Document;
use crate::span::Span;

/// The dates that a page dump shows: its own, and those of its related articles.
fn dump_dates(document: &Document) -> Vec<Span> {
    let Some(dump) = &document.dump else { return Vec::new() };
    let related = dump.related.iter().flat_map(|list| &list.entries).filter_map(|entry| entry.date);
    dump.date.into_iter().chain(related).collect()
}
