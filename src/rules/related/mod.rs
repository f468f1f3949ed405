//! Rules on related articles: the lists in front matter and at the end of page dumps that lead readers on.

use std::sync::Arc;

use serde::Deserialize;

use crate::document::front_matter::{Entry, Style, Value};
use crate::site::{Article, Verdict, related};
use crate::span::Span;

pub mod broken;
pub mod itself;
pub mod repeated;
pub mod unlinked;

/// The keys under which an article lists related ones.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
struct Keys(Vec<String>);

impl Default for Keys {
    fn default() -> Self {
        Self(related::KEYS.iter().map(|key| (*key).to_owned()).collect())
    }
}

/// A list of related articles.
struct List<'a> {
    entry: &'a Entry,
    items: Vec<Item<'a>>,
}

/// An item of such a list.
struct Item<'a> {
    /// The item as a whole.
    whole: &'a Value,
    /// The value in it that names the article.
    name: &'a Value,
    text: &'a str,
    verdict: Verdict,
}

impl Item<'_> {
    /// The file that the item leads to.
    fn target(&self) -> Option<&Arc<str>> {
        match &self.verdict {
            Verdict::Exact { target } | Verdict::WrongCase { target, .. } => Some(target),
            _ => None,
        }
    }

    /// The bytes of the text within its quotes, if it stands there as it is.
    fn inner(&self) -> Option<Span> {
        let span = self.name.span;
        let inner = match self.name.style {
            Style::Plain => span,
            Style::SingleQuoted | Style::DoubleQuoted if span.len() >= 2 => Span::new(span.start + 1, span.end - 1),
            _ => return None,
        };
        (inner.len() == self.text.len()).then_some(inner)
    }
}

/// The article's lists of related articles, each item with what it leads to.
fn lists<'a>(article: &'a Article, keys: &'a Keys) -> Vec<List<'a>> {
    let list = |entry: &'a Entry| {
        let items = related::items(entry).iter().filter_map(|whole| {
            let name = related::name_in(whole)?;
            let text = name.as_text()?;
            let verdict = article.site.resolve_reference(article.facts, text);
            Some(Item { whole, name, text, verdict })
        });
        List { entry, items: items.collect() }
    };
    related::entries(article.facts, &keys.0).map(list).collect()
}
