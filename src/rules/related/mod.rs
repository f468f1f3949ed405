//! Rules on related articles: the lists in front matter and at the end of page dumps that lead readers on.

use std::sync::Arc;

use serde::Deserialize;

use crate::document::front_matter::{Entry, Value};
use crate::site::{Article, Facts, Verdict, related};
use crate::span::Span;

pub mod broken;
pub mod count;
pub mod hidden;
pub mod itself;
mod listing;
pub mod one_way;
pub mod repeated;
pub mod title_differs;
pub mod unlinked;

/// The keys under which an article lists related ones.
#[derive(Debug, Deserialize)]
#[serde(from = "Vec<String>")]
struct Keys {
    names: Vec<String>,
    /// The bytes with which they begin; `None` for the empty one.
    begin: Vec<Option<u8>>,
}

impl From<Vec<String>> for Keys {
    fn from(names: Vec<String>) -> Self {
        let mut begin: Vec<Option<u8>> = names.iter().map(|name| name.bytes().next()).collect();
        begin.sort_unstable();
        begin.dedup();
        Self { names, begin }
    }
}

impl Default for Keys {
    fn default() -> Self {
        Vec::from_iter(related::KEYS.iter().map(|key| (*key).to_owned())).into()
    }
}

impl Keys {
    /// Whether the front matter of an article has one of them. Few have, and most have no key that even begins so.
    fn are_in(&self, facts: &Facts) -> bool {
        let Some(front) = &facts.front_matter else { return false };
        let is_one = |key: &String| self.begin.contains(&key.as_bytes().first().copied()) && self.names.contains(key);
        front.map.entries.iter().any(|entry| is_one(&entry.key))
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
            Verdict::Exact { target } | Verdict::WrongCase { target, .. } | Verdict::Hidden { target, .. } => {
                Some(target)
            }
            _ => None,
        }
    }

    /// The bytes of the text within its quotes, if it stands there as it is.
    fn inner(&self) -> Option<Span> {
        related::inner(self.name, self.text)
    }
}

/// The article's lists of related articles, each item with what it leads to.
fn lists<'a>(article: &Article<'a>, keys: &'a Keys) -> Vec<List<'a>> {
    if !keys.are_in(article.facts) {
        return Vec::new();
    }
    let list = |entry: &'a Entry| {
        let items = related::items(entry).iter().filter_map(|whole| {
            let name = related::name_in(whole)?;
            let text = name.as_text()?;
            let verdict = article.site.resolve_reference(article.facts, text);
            Some(Item { whole, name, text, verdict })
        });
        List { entry, items: items.collect() }
    };
    related::entries(article.facts, &keys.names).map(list).collect()
}
