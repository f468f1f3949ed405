//! Lists of related articles in the text: under a heading that says so, and at the end of a page dump.

use super::LinkFact;
use crate::document::{BlockKind, Document, is_related_heading};
use crate::span::Span;

/// A list of related articles in the text of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// Its heading.
    pub heading: Span,
    /// Its entries, in source order.
    pub entries: Vec<ListedLink>,
}

/// An entry of such a list: a link with the title of the article that it leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedLink {
    /// Where its destination stands: that of one of the article's links.
    pub destination: Span,
    /// Where its text stands.
    pub place: Span,
    /// Its text.
    pub text: String,
}

/// The lists in a document.
pub(super) fn lists(document: &Document) -> Vec<Listing> {
    let mut found: Vec<Listing> = Vec::new();
    for (index, heading) in document.headings.iter().enumerate() {
        if !is_related_heading(&heading.text) {
            continue;
        }
        // Up to the next heading of this rank.
        let next = document.headings[index + 1..].iter().find(|next| next.level <= heading.level);
        let section = Span::new(heading.span.end, next.map_or(document.body.end, |next| next.span.start));
        let items =
            document.blocks.iter().filter(|block| block.kind == BlockKind::ListItem && section.contains(block.span));
        let entries: Vec<ListedLink> = items.filter_map(|item| entry(document, item.span)).collect();
        if !entries.is_empty() {
            found.push(Listing { heading: heading.span, entries });
        }
    }
    if let Some(list) = document.dump.as_ref().and_then(|dump| dump.related.as_ref()) {
        let entries = list.entries.iter().filter_map(|entry| {
            let (destination, place) = (entry.link?, entry.title?);
            Some(ListedLink { destination, place, text: document.source.slice(place).trim().to_owned() })
        });
        let entries: Vec<ListedLink> = entries.collect();
        if !entries.is_empty() {
            found.push(Listing { heading: list.heading, entries });
        }
    }
    found
}

/// The link that a list item begins with.
fn entry(document: &Document, item: Span) -> Option<ListedLink> {
    let link = document.links.iter().find(|link| !link.embeds && item.contains(link.span))?;
    let before = document.source.slice(Span::new(item.start, link.span.start));
    let begins = before.chars().all(|c| !c.is_alphanumeric() || c.is_ascii_digit());
    let destination = link.destination.as_ref().filter(|_| begins)?.span;
    Some(ListedLink { destination, place: link.text, text: document.source.slice(link.text).trim().to_owned() })
}

impl ListedLink {
    /// The link among those of its article.
    pub fn link<'f>(&self, links: &'f [LinkFact]) -> Option<(usize, &'f LinkFact)> {
        links.iter().enumerate().find(|(_, link)| link.destination == self.destination)
    }
}
