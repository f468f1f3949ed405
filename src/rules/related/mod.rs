//! Rules on related articles: the lists in front matter and at the end of page dumps that lead readers on.

use std::sync::Arc;

use serde::Deserialize;

use crate::document::front_matter::{Data, Entry, Map, Style, Value};
use crate::site::{Article, Verdict};
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
        let known = [
            "related",
            "related_posts",
            "relatedPosts",
            "related_articles",
            "relatedArticles",
            "related-articles",
            "see_also",
            "see-also",
            "seeAlso",
        ];
        Self(known.map(str::to_owned).into())
    }
}

/// The keys of an item's map that can name its article, the surest first.
const ITEM_KEYS: &[&str] = &["path", "url", "link", "href", "slug", "id", "title"];

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
fn lists<'a>(article: &'a Article, keys: &Keys) -> Vec<List<'a>> {
    let Some(front) = article.facts.front_matter.as_ref() else { return Vec::new() };
    let entries = front.map.entries.iter().filter(|entry| keys.0.contains(&entry.key));
    let list = |entry: &'a Entry| {
        let values = entry.value.as_list().unwrap_or(std::slice::from_ref(&entry.value));
        let items = values.iter().filter_map(|whole| {
            let name = name_in(whole)?;
            let text = name.as_text()?;
            let verdict = article.site.resolve_reference(article.facts, text);
            Some(Item { whole, name, text, verdict })
        });
        List { entry, items: items.collect() }
    };
    entries.map(list).collect()
}

fn name_in(item: &Value) -> Option<&Value> {
    let known = |map: &'_ Map| ITEM_KEYS.iter().find(|key| map.get(key).is_some_and(|v| !v.is_blank())).copied();
    match &item.data {
        Data::String(_) => (!item.is_blank()).then_some(item),
        Data::Map(map) => map.get(known(map)?),
        _ => None,
    }
}
