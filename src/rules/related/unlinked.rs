//! `related/unlinked`: entries of a page dump's list of related articles that lead nowhere.

use serde::Deserialize;

use crate::document::{Document, RelatedEntry};
use crate::finding::Level;
use crate::rule::{Define, Meta, Rule, Sink};
use crate::span::Span;

/// It has no options.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Unlinked {}

impl Define for Unlinked {
    const META: Meta = Meta {
        id: "related/unlinked",
        level: Some(Level::Warning),
        fix: None,
        page: include_str!("../../../rules/related/unlinked.md"),
    };
}

impl Rule for Unlinked {
    fn document(&self, document: &Document, sink: &mut Sink) {
        let Some(list) = document.dump.as_ref().and_then(|dump| dump.related.as_ref()) else { return };
        for entry in &list.entries {
            let (message, help) = match (entry.title, entry.link) {
                (Some(_), Some(_)) => continue,
                (None, None) => (
                    "related article has no title and no link",
                    "find the article that this announces, and put its title and link here; or delete the entry",
                ),
                (Some(_), None) => {
                    ("related article has no link", "find the article and link its title; or delete the entry")
                }
                (None, Some(_)) => ("related article has no title", "put the title of the linked article here"),
            };
            sink.report(first_line(entry), message).help(help).also(list.heading, "in this list");
        }
    }
}

/// What there is of the entry, its date left out.
fn first_line(entry: &RelatedEntry) -> Span {
    entry.title.or(entry.teaser).or(entry.link).unwrap_or(entry.span)
}
