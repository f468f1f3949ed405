//! The keys of a map: which must be there, which may not, and which should be called otherwise.

use super::near::{closest, list, shortened};
use super::place::{At, Subject};
use super::{Aspect, Deprecated, Detail, Violation};
use crate::document::front_matter::{Entry, Map, Style, Value};
use crate::finding::{Edit, Fix, Label};
use crate::span::Span;

/// Whether a key, as a dotted path, is there and says something.
pub(super) fn says(map: &Map, path: &str) -> bool {
    map.entry_at(path).is_some_and(|entry| !entry.value.is_blank())
}

/// Says that `path` is missing in the map `subject`. `wanted` are all keys that must be there.
/// A key may be `dotted`, a path.
pub(super) fn missing(subject: &Subject, map: &Map, path: &str, wanted: &[String], dotted: bool, at: &At) -> Violation {
    let (place, siblings, prefix) = match dotted {
        true => siblings(map, subject.absent, path),
        false => (subject.absent, map, ""),
    };
    let name = &path[prefix.len()..];
    // A key that is wanted itself is no slip for another.
    let is_wanted = |key: &str| wanted.iter().any(|field| field.strip_prefix(prefix) == Some(key));
    let keys: Vec<&str> = siblings.entries.iter().map(|entry| entry.key.as_str()).collect();
    let near = closest(name, keys.iter().copied().filter(|key| !is_wanted(key))).and_then(|key| siblings.entry(key));
    let help = match near {
        Some(near) => format!("`{}` is there; did you mean `{name}`?", near.key),
        None if keys.is_empty() => "add it".to_owned(),
        None if keys.len() == 1 => format!("add it; there is {}", list(keys)),
        None => format!("add it; there are {}", list(keys)),
    };
    let mut violation = Violation::new(Aspect::Required, place, format!("{} is missing", at.name_of(path)), help);
    if let Some(near) = near {
        violation.labels.push(label(near.key_span, "this key is close"));
    }
    violation.detail = Detail::Missing(at.name_of(path));
    violation
}

/// Where the missing key at a dotted path belongs: the place to point at, the map, and the map's own path with its dot.
fn siblings<'a>(map: &'a Map, opening: Span, path: &'a str) -> (Span, &'a Map, &'a str) {
    let (mut place, mut map, mut prefix) = (opening, map, 0);
    while let Some((head, _)) = path[prefix..].split_once('.') {
        let Some(entry) = map.entry(head) else { break };
        let Some(inner) = entry.value.as_map() else { break };
        (place, map, prefix) = (entry.key_span, inner, prefix + head.len() + 1);
    }
    (place, map, &path[..prefix])
}

/// Says that nothing is known of the key of `entry` in `map`; `known` are the keys that may be there.
pub(super) fn unknown<'k>(map: &Map, entry: &Entry, known: impl IntoIterator<Item = &'k str>, at: &At) -> Violation {
    // A key that is there already cannot be the one that was meant.
    let free = known.into_iter().filter(|key| map.entry(key).is_none());
    // Text that got between the keys may be one long key.
    let name = at.name_of(&shortened(&entry.key));
    let meant = closest(&entry.key, free);
    let help = match meant {
        Some(meant) => format!("did you mean `{}{meant}`?", at.prefix()),
        None => "delete it, or name it in the schema".to_owned(),
    };
    let message = format!("nothing is known of a key {name}");
    let mut violation = Violation::new(Aspect::UnknownKey, entry.key_span, message, help);
    violation.fix =
        meant.and_then(|meant| Some(Fix::risky(format!("rename it to `{meant}`"), [rename(map, entry, meant)?])));
    violation
}

/// Tells each key of `map`, whose own dotted path is `prefix`, that is not among the dotted paths `known`.
pub(super) fn unknown_paths(map: &Map, known: &[String], prefix: &str, at: &At, out: &mut Vec<Violation>) {
    for entry in &map.entries {
        let path = format!("{prefix}{}", entry.key);
        if known.contains(&path) {
            continue;
        }
        let below = format!("{path}.");
        if known.iter().any(|known| known.starts_with(&below)) {
            // Only some of what stands below it is known.
            if let Some(inner) = entry.value.as_map() {
                unknown_paths(inner, known, &below, &at.key(&entry.key), out);
            }
            continue;
        }
        out.push(unknown(map, entry, known.iter().filter_map(|known| known.strip_prefix(prefix)), at));
    }
}

/// Says that the key of `entry` should be given up.
pub(super) fn deprecated(map: &Map, entry: &Entry, said: &Deprecated, at: &At) -> Violation {
    let name = at.name_of(&entry.key);
    let Some(new) = &said.replaced_by else {
        let help = said.message.clone().unwrap_or_else(|| "delete it".to_owned());
        return Violation::new(Aspect::Deprecated, entry.key_span, format!("{name} is no longer in use"), help);
    };
    let own = said.message.as_ref().map(|message| format!(": {message}")).unwrap_or_default();
    let there = map.entry_at(new);
    let (message, help) = match there {
        Some(_) => (format!("{name} is no longer in use, and `{new}` is there already"), format!("delete it{own}")),
        None => (format!("{name} is now called `{new}`"), format!("rename it to `{new}`{own}")),
    };
    let mut violation = Violation::new(Aspect::Deprecated, entry.key_span, message, help);
    match there {
        Some(there) => violation.labels.push(label(there.key_span, "this key takes its place")),
        None => {
            let edit = rename(map, entry, new);
            violation.fix = edit.map(|edit| Fix::safe(format!("rename it to `{new}`"), [edit]));
        }
    }
    violation
}

/// Says that `other` cannot stand beside `key`, both of which are in the map.
pub(super) fn excluded(key: &Entry, other: &Entry, at: &At) -> Violation {
    let (first, second) = if key.key_span <= other.key_span { (key, other) } else { (other, key) };
    let message = format!("{} cannot stand beside {}", at.name_of(&second.key), at.name_of(&first.key));
    let mut violation = Violation::new(Aspect::Conflict, second.key_span, message, "keep one of the two");
    violation.labels.push(label(first.key_span, "the other one"));
    violation
}

pub(super) fn label(span: Span, message: &str) -> Label {
    Label { path: None, span, message: message.to_owned() }
}

/// Whether YAML, TOML and JSON all read `key` as itself without quotes.
fn is_bare(key: &str) -> bool {
    !key.is_empty()
        && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))
        && !key.starts_with('-')
        && !key.bytes().all(|b| b.is_ascii_digit())
        && !is_word_of_yaml(key)
}

/// Whether some YAML reads the word as something else than text.
fn is_word_of_yaml(word: &str) -> bool {
    const WORDS: [&str; 9] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"];
    WORDS.iter().any(|other| word.eq_ignore_ascii_case(other))
}

/// The edit that gives the key of `entry` in `map` the name `new`. `None` if more than the key would have to change: a
/// header of TOML stands for all below it, and what a merge key of YAML brings in belongs to others too.
fn rename(map: &Map, entry: &Entry, new: &str) -> Option<Edit> {
    let before = map.entries.iter().take_while(|other| other.key_span != entry.key_span);
    let merged = before.into_iter().any(|other| other.key_span > entry.key_span);
    let compound = entry.value.style == Style::Tree && (entry.value.as_map().is_some() || is_tables(&entry.value));
    // The key of a TOML table stands in its header, so before its value or in it.
    let header = compound && entry.value.span.start <= entry.key_span.start;
    let dotted = compound && entry.value.span == entry.key_span;
    let quotes = entry.key_span.len().saturating_sub(entry.key.len()) / 2;
    if merged || header || dotted || !is_bare(new) || entry.key_span.len() != entry.key.len() + 2 * quotes {
        return None;
    }
    Some(Edit::replace(Span::new(entry.key_span.start + quotes, entry.key_span.end - quotes), new))
}

/// Whether a list may be one of TOML's tables.
fn is_tables(value: &Value) -> bool {
    value.as_list().is_some_and(|items| items.iter().all(|item| item.as_map().is_some()))
}

/// The fix that puts `text` in place of the scalar `value`, if it needs no other quotes.
pub fn replace_text(value: &Value, text: &str) -> Option<Fix> {
    let plain = text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' '))
        && text.starts_with(char::is_alphabetic)
        && !text.ends_with(' ')
        && !is_word_of_yaml(text);
    let word = value.as_text().filter(|word| !word.is_empty())?;
    let span = match value.style {
        Style::Plain if value.span.len() == word.len() => value.span,
        Style::SingleQuoted | Style::DoubleQuoted if value.span.len() == word.len() + 2 => {
            Span::new(value.span.start + 1, value.span.end - 1)
        }
        _ => return None,
    };
    plain.then(|| Fix::risky(format!("write `{text}`"), [Edit::replace(span, text)]))
}
