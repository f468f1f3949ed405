//! Every list of related articles that an article has, in front matter or in its text, seen in one way.

use std::sync::Arc;

use super::{Keys, lists};
use crate::site::{Article, Facts, related};
use crate::span::Span;

/// A list of related articles.
pub(super) struct Listing<'a> {
    /// Its heading, or the key in the front matter.
    pub place: Span,
    pub items: Vec<Listed<'a>>,
}

/// An item of such a list.
pub(super) struct Listed<'a> {
    /// What names the article.
    pub place: Span,
    /// That, as written.
    pub written: &'a str,
    /// Whether it stands in the text, where rules on links look too.
    pub in_text: bool,
    /// The title that is shown for it, where it stands, and whether its bytes are just that.
    pub title: Option<(&'a str, Span, bool)>,
    /// The file that it leads to.
    pub target: Option<Arc<str>>,
}

impl<'a> Listed<'a> {
    /// The article that it leads to.
    pub fn facts(&self, article: &Article<'a>) -> Option<&'a Facts> {
        article.site.at(self.target.as_ref()?)
    }

    /// Whether it leads to a place in an article rather than to the article.
    pub fn is_place(&self) -> bool {
        self.written.contains('#')
    }
}

/// All lists of an article.
pub(super) fn listings<'a>(article: &Article<'a>, keys: &'a Keys) -> Vec<Listing<'a>> {
    let facts = article.facts;
    let mut all: Vec<Listing> = Vec::new();
    for list in lists(article, keys) {
        let items = list.items.iter().map(|item| {
            let titled = match &item.whole.data {
                crate::document::front_matter::Data::Map(map) => {
                    map.get("title").filter(|title| !std::ptr::eq(*title, item.name))
                }
                _ => None,
            };
            let title = titled.and_then(|value| {
                let text = value.as_text()?;
                let plain = related::inner(value, text);
                Some((text, plain.unwrap_or(value.span), plain.is_some()))
            });
            Listed { place: item.name.span, written: item.text, in_text: false, title, target: item.target().cloned() }
        });
        all.push(Listing { place: list.entry.key_span, items: items.collect() });
    }
    for list in &facts.related {
        let items = list.entries.iter().filter_map(|entry| {
            let (index, link) = entry.link(&facts.links)?;
            Some(Listed {
                place: link.destination,
                written: &link.url,
                in_text: true,
                title: Some((&entry.text, entry.place, entry.place.len() == entry.text.len())),
                target: article.verdicts[index].target().cloned(),
            })
        });
        all.push(Listing { place: list.heading, items: items.collect() });
    }
    all
}
