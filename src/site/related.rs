//! Lists of related articles in front matter: under which keys they stand, and which value of an item names its article.

use super::Facts;
use crate::document::front_matter::{Data, Entry, Map, Style, Value};
use crate::span::Span;

/// The keys under which front matter lists related articles, unless a site says otherwise.
pub const KEYS: &[&str] = &[
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

/// The keys of an item's map that can name its article, the surest first.
const ITEM_KEYS: &[&str] = &["path", "url", "link", "href", "slug", "id", "title"];

/// The entries of an article's front matter that list related articles.
pub fn entries<'f, K: AsRef<str>>(facts: &'f Facts, keys: &'f [K]) -> impl Iterator<Item = &'f Entry> {
    let entries = facts.front_matter.iter().flat_map(|front| &front.map.entries);
    entries.filter(|entry| keys.iter().any(|key| key.as_ref() == entry.key))
}

/// The items of such an entry; a single value is one.
pub fn items(entry: &Entry) -> &[Value] {
    entry.value.as_list().unwrap_or(std::slice::from_ref(&entry.value))
}

/// The value of an item that names its article.
pub fn name_in(item: &Value) -> Option<&Value> {
    let known = |map: &'_ Map| ITEM_KEYS.iter().find(|key| map.get(key).is_some_and(|v| !v.is_blank())).copied();
    match &item.data {
        Data::String(_) => (!item.is_blank()).then_some(item),
        Data::Map(map) => map.get(known(map)?),
        _ => None,
    }
}

/// What an article's lists under `keys` name, as written.
pub(super) fn references<'f, K: AsRef<str>>(facts: &'f Facts, keys: &'f [K]) -> impl Iterator<Item = &'f str> {
    entries(facts, keys).flat_map(items).filter_map(|item| name_in(item)?.as_text())
}

/// The bytes of a value's `text` within its quotes, if it stands there as it is.
pub fn inner(value: &Value, text: &str) -> Option<Span> {
    let span = value.span;
    let inner = match value.style {
        Style::Plain => span,
        Style::SingleQuoted | Style::DoubleQuoted if span.len() >= 2 => Span::new(span.start + 1, span.end - 1),
        _ => return None,
    };
    (inner.len() == text.len()).then_some(inner)
}
