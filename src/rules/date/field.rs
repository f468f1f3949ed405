//! The values of a front matter that are meant as dates, and how a value is replaced so that its syntax holds.

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::document::front_matter::{Data, Entry, Format, FrontMatter, Map, Style, Value};
use crate::finding::Edit;
use crate::source::Source;
use crate::span::Span;

/// What a date of an article says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Role {
    /// When it came out, or will.
    Published,
    /// When it was last worked on.
    Modified,
    /// When it was begun.
    Created,
    /// When it goes.
    Expires,
}

/// The keys that hold dates in Hugo, Jekyll, Zola, Eleventy, Astro, Docusaurus, Gatsby and Ghost, and in the themes that
/// many sites use. Of those with one role the likeliest come first.
#[rustfmt::skip]
const FIELDS: [(Role, &[&str]); 4] = [
    (Role::Published, &[
        "date", "Date",
        "publishDate", "publishdate", "publish_date", "publish-date", "published", "publishedAt", "published_at",
        "publishedDate", "published_date", "published_time", "publishedTime", "datePublished", "date_published", "pubDate",
        "pubdate", "pub_date", "pubDatetime",
    ]),
    (Role::Modified, &[
        "lastmod", "lastMod", "last_modified_at", "lastModified", "last_modified", "last-modified", "modified", "modifiedAt",
        "modified_at", "modifiedDate", "modified_date", "modDatetime", "dateModified", "date_modified", "updated", "updatedAt",
        "updated_at", "updatedDate", "updated_date", "dateUpdated", "date_updated", "update_date", "last_updated",
        "lastUpdated", "last-updated",
        // Docusaurus keeps it in a map of its own.
        "last_update.date",
    ]),
    (Role::Created, &[
        "created", "createdAt", "created_at", "createdDate", "created_date", "dateCreated", "date_created",
    ]),
    (Role::Expires, &[
        "expiryDate", "expirydate", "expiry_date", "expirationDate", "expiration_date", "unpublishDate", "unpublishdate",
    ]),
];

/// The same, to look up.
static USUAL: LazyLock<FxHashMap<&str, Role>> =
    LazyLock::new(|| FIELDS.iter().flat_map(|(role, keys)| keys.iter().map(|key| (*key, *role))).collect());

/// What the date under `key` says; `None` if it is none of the usual keys.
pub(super) fn role(key: &str) -> Option<Role> {
    if key.bytes().next().is_some_and(|b| BEGIN.contains(&b)) { USUAL.get(key).copied() } else { None }
}

/// The bytes with which the usual keys begin: half of all keys begin otherwise.
const BEGIN: [u8; 8] = *b"dDplmuce";

/// The usual keys with this role, the likeliest first.
pub(super) fn usual(role: Role) -> &'static [&'static str] {
    FIELDS.iter().find(|(known, _)| *known == role).map_or(&[], |(_, keys)| keys)
}

/// Such keys in maps of their own, each with its parts: Docusaurus'.
const NESTED: [(&str, (&str, &str)); 1] = [("last_update.date", ("last_update", "date"))];

/// A value that is meant as a date.
#[derive(Debug, Clone)]
pub(super) struct DateValue<'a> {
    /// Its key, as the list of fields names it.
    pub key: &'a str,
    /// Its text, white space around it left out.
    pub text: Cow<'a, str>,
    /// The text in the source, without quotes.
    pub span: Span,
    value: &'a Value,
    front_matter: &'a FrontMatter,
    /// Whether it stands in the brackets of a list or map, where a comma ends it.
    flow: bool,
}

/// The values under the usual keys and those of `more` that say something: no blank, no template, no truth value. Of a list,
/// its items.
pub(super) fn values<'a>(
    front_matter: &'a FrontMatter,
    more: impl Iterator<Item = &'a String> + Clone,
) -> Vec<DateValue<'a>> {
    let mut values = Vec::new();
    let mut add_all = |key: &'a str, entry: &'a Entry, flow: bool| {
        let mut add = |value: &'a Value, flow: bool| {
            if let Some(text) = text_of(value).filter(|text| is_judged(text)) {
                values.push(DateValue { key, text, span: inner(value), value, front_matter, flow });
            }
        };
        match entry.value.as_list() {
            Some(items) => items.iter().for_each(|item| add(item, flow || entry.value.style == Style::Flow)),
            None => add(&entry.value, flow),
        }
    };
    // An article has few keys, and most have none of those that may hold dates: so its keys are looked up, not theirs.
    let is_more = more.clone().next().is_some();
    for entry in &front_matter.map.entries {
        if role(&entry.key).is_some() || (is_more && more.clone().any(|key| *key == entry.key)) {
            add_all(&entry.key, entry, false);
        }
    }
    let more = more.filter_map(|path| Some((path.as_str(), path.split_once('.')?)));
    for (path, (head, rest)) in NESTED.into_iter().chain(more) {
        if let Some(value) = front_matter.map.get(head)
            && let Some((entry, flow)) = value.as_map().and_then(|map| entry_at(map, rest, value.style == Style::Flow))
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
fn text_of(value: &Value) -> Option<Cow<'_, str>> {
    match &value.data {
        Data::String(text) | Data::Date(text) => Some(text.trim().into()),
        // As it was written: no other digits, no exponent.
        Data::Number(number) if value.style == Style::Plain => {
            let text = number.to_string();
            (text.len() == value.span.len() && crate::date::read(&text).is_some()).then_some(text.into())
        }
        _ => None,
    }
}

/// Whether the text is the author's own. `published: no` is a truth value wherever YAML 1.1 is spoken.
fn is_judged(text: &str) -> bool {
    const TEMPLATES: [&str; 5] = ["{{", "{%", "<%", "${", "{<"];
    let maybe = memchr::memchr2(b'{', b'%', text.as_bytes()).is_some();
    let template = maybe && TEMPLATES.iter().any(|mark| text.contains(mark));
    let word = text.len() <= 5 && !text.starts_with(|c: char| c.is_ascii_digit());
    let truth = word
        && ["yes", "no", "on", "off", "true", "false", "y", "n"].iter().any(|word| text.eq_ignore_ascii_case(word));
    !text.is_empty() && !template && !truth
}

/// The text of a value in the source: without its quotes and, unless escapes stand in it, without white space around it.
fn inner(value: &Value) -> Span {
    let quoted = matches!(value.style, Style::SingleQuoted | Style::DoubleQuoted) && value.span.len() >= 2;
    let span = if quoted { Span::new(value.span.start + 1, value.span.end - 1) } else { value.span };
    match value.as_text().filter(|text| quoted && text.len() == span.len()) {
        Some(text) => Span::new(0, text.len()).trimmed(text).shifted(span.start),
        None => span,
    }
}

impl DateValue<'_> {
    /// The edit that makes the value read `text`, its quotes kept or added where its language needs them. `None` where the
    /// value stands elsewhere or is written over several lines.
    pub fn replace(&self, text: &str, source: &Source) -> Option<Edit> {
        let language = self.front_matter.format;
        match self.value.style {
            Style::DoubleQuoted => Some(Edit::replace(self.span, escaped(text))),
            Style::SingleQuoted if language == Format::Yaml => Some(Edit::replace(self.span, text.replace('\'', "''"))),
            Style::SingleQuoted => (!text.contains('\'')).then(|| Edit::replace(self.span, text)),
            Style::Plain => {
                let whole = || source.slice(self.front_matter.content).trim_start().starts_with('{');
                let plain = match language {
                    Format::Yaml => is_plain_yaml(text, self.flow || whole()),
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
    fn the_usual_keys_are_known_by_their_first_byte() {
        for key in FIELDS.iter().flat_map(|(_, keys)| *keys) {
            assert!(role(key).is_some(), "{key}");
        }
        assert!(NESTED.iter().all(|(path, (head, rest))| *path == format!("{head}.{rest}")));
    }

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
