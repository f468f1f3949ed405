//! The values of a front matter that are meant as dates, and how a value is replaced so that its syntax holds.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::document::front_matter::{Data, Entry, Format, FrontMatter, Map, Style, Value};
use crate::finding::Edit;
use crate::source::Source;
use crate::span::Span;

/// The keys that hold dates in Hugo, Jekyll, Zola, Eleventy, Astro, Docusaurus, Gatsby and Ghost, and in the themes that
/// many sites use.
#[rustfmt::skip]
const FIELDS: &[&str] = &[
    "date", "Date",
    "publishDate", "publishdate", "publish_date", "publish-date", "published", "publishedAt", "published_at", "publishedDate",
    "published_date", "published_time", "publishedTime", "datePublished", "date_published", "pubDate", "pubdate", "pub_date",
    "pubDatetime",
    "lastmod", "lastMod", "last_modified_at", "lastModified", "last_modified", "last-modified", "modified", "modifiedAt",
    "modified_at", "modifiedDate", "modified_date", "modDatetime", "dateModified", "date_modified", "updated", "updatedAt",
    "updated_at", "updatedDate", "updated_date", "dateUpdated", "date_updated", "update_date", "last_updated", "lastUpdated",
    "last-updated",
    "created", "createdAt", "created_at", "createdDate", "created_date", "dateCreated", "date_created",
    "expiryDate", "expirydate", "expiry_date", "expirationDate", "expiration_date", "unpublishDate", "unpublishdate",
];

/// The same, to look up.
static USUAL: LazyLock<HashSet<&str>> = LazyLock::new(|| FIELDS.iter().copied().collect());

/// Such keys in maps of their own: Docusaurus'.
const NESTED: &[&str] = &["last_update.date"];

/// A value that is meant as a date.
#[derive(Debug, Clone, Copy)]
pub(super) struct DateValue<'a> {
    /// Its key, as the list of fields names it.
    pub key: &'a str,
    /// Its text, white space around it left out.
    pub text: &'a str,
    /// The text in the source, without quotes.
    pub span: Span,
    value: &'a Value,
    language: Format,
    /// Whether it stands in brackets, where a comma ends it.
    flow: bool,
}

/// The values under the usual keys and those of `more` that say something: no blank, no template, no truth value. Of a list,
/// its items.
pub(super) fn values<'a>(
    front_matter: &'a FrontMatter,
    source: &'a Source,
    more: impl Iterator<Item = &'a String> + Clone,
) -> Vec<DateValue<'a>> {
    let language = front_matter.format;
    let flow = language == Format::Yaml && source.slice(front_matter.content).trim_start().starts_with('{');
    let mut values = Vec::new();
    let mut add_all = |key: &'a str, entry: &'a Entry, flow: bool| {
        let mut add = |value: &'a Value, flow: bool| {
            if let Some(text) = text_of(value, source).filter(|text| is_judged(text)) {
                let span = inner(value, source);
                values.push(DateValue { key, text, span, value, language, flow });
            }
        };
        match entry.value.as_list() {
            Some(items) => items.iter().for_each(|item| add(item, flow || entry.value.style == Style::Flow)),
            None => add(&entry.value, flow),
        }
    };
    // An article has few keys, and most have none of those that may hold dates: so its keys are looked up, not theirs.
    for entry in &front_matter.map.entries {
        if USUAL.contains(entry.key.as_str()) || more.clone().any(|key| *key == entry.key) {
            add_all(&entry.key, entry, flow);
        }
    }
    for path in NESTED.iter().copied().chain(more.map(String::as_str).filter(|key| key.contains('.'))) {
        if let Some((head, rest)) = path.split_once('.')
            && let Some(value) = front_matter.map.get(head)
            && let Some((entry, flow)) =
                value.as_map().and_then(|map| entry_at(map, rest, flow || value.style == Style::Flow))
        {
            add_all(path, entry, flow);
        }
    }
    values
}

/// The entry at a dotted path, and whether it stands in brackets.
fn entry_at<'a>(map: &'a Map, path: &str, flow: bool) -> Option<(&'a Entry, bool)> {
    if let Some(entry) = map.entry(path) {
        return Some((entry, flow));
    }
    let (head, rest) = path.split_once('.')?;
    let value = map.get(head)?;
    entry_at(value.as_map()?, rest, flow || value.style == Style::Flow)
}

/// The text of a scalar that may be a date. A number may be one too: `20250718`.
fn text_of<'a>(value: &'a Value, source: &'a Source) -> Option<&'a str> {
    match &value.data {
        Data::String(text) | Data::Date(text) => Some(text.trim()),
        Data::Number(_) if value.style == Style::Plain => {
            Some(source.slice(value.span).trim()).filter(|text| crate::date::read(text).is_some())
        }
        _ => None,
    }
}

/// Whether the text is the author's own. `published: no` is a truth value wherever YAML 1.1 is spoken.
fn is_judged(text: &str) -> bool {
    let template = ["{{", "{%", "<%", "${", "{<"].iter().any(|mark| text.contains(mark));
    let truth =
        ["yes", "no", "on", "off", "true", "false", "y", "n"].iter().any(|word| text.eq_ignore_ascii_case(word));
    !text.is_empty() && !template && !truth
}

fn inner(value: &Value, source: &Source) -> Span {
    let span = match value.style {
        Style::SingleQuoted | Style::DoubleQuoted if value.span.len() >= 2 => {
            Span::new(value.span.start + 1, value.span.end - 1)
        }
        _ => value.span,
    };
    span.trimmed(source.text())
}

impl DateValue<'_> {
    /// The edit that makes the value read `text`, its quotes kept or added where its language needs them. `None` where the
    /// value stands elsewhere or is written over several lines.
    pub fn replace(&self, text: &str) -> Option<Edit> {
        match self.value.style {
            Style::DoubleQuoted => Some(Edit::replace(self.span, escaped(text))),
            Style::SingleQuoted if self.language == Format::Yaml => {
                Some(Edit::replace(self.span, text.replace('\'', "''")))
            }
            Style::SingleQuoted => (!text.contains('\'')).then(|| Edit::replace(self.span, text)),
            Style::Plain => {
                let plain = match self.language {
                    Format::Yaml => is_plain_yaml(text, self.flow),
                    Format::Toml => is_toml_date(text),
                    Format::Json => false,
                };
                let written = if plain { text.to_owned() } else { format!("\"{}\"", escaped(text)) };
                Some(Edit::replace(self.span, written))
            }
            Style::Block | Style::Flow | Style::Tree | Style::Alias => None,
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

/// Whether YAML reads `text` as itself without quotes, and not as a number.
fn is_plain_yaml(text: &str, flow: bool) -> bool {
    let begins = text.starts_with(char::is_alphanumeric);
    let ends = !text.ends_with([':', ' ']);
    let breaks = text.contains(": ") || text.contains(" #") || text.contains(char::is_control);
    let brackets = flow && text.contains([',', '[', ']', '{', '}']);
    let number = text.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'_');
    begins && ends && !breaks && !brackets && !number
}

/// Whether TOML reads `text` as a date or as a date-time with seconds and zone.
fn is_toml_date(text: &str) -> bool {
    let day = text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok();
    day || text.len() >= 20 && text.parse::<jiff::Timestamp>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_only_where_it_stays_what_it_is() {
        assert!(is_plain_yaml("July 18, 2025", false) && !is_plain_yaml("July 18, 2025", true));
        assert!(is_plain_yaml("2025-07-18", true) && is_plain_yaml("2025-07-18T10:00:00Z", false));
        assert!(
            !is_plain_yaml("20250718", false) && !is_plain_yaml("18.07.2025", false) && !is_plain_yaml("day: 1", false)
        );
        assert!(is_toml_date("2025-07-18") && is_toml_date("2025-07-18T10:00:00+02:00"));
        assert!(!is_toml_date("20250718") && !is_toml_date("July 18, 2025") && !is_toml_date("2025-07"));
    }
}
