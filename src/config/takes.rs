//! What the settings of fields take: counts, patterns, ratios, keys, conditions.

use super::reader::{Reader, unique};
use super::suggest;
use crate::document::front_matter::{Data, Value};
use crate::schema::{By, Condition, Pattern, Scope, image_formats};

/// A list of keys, or a single one.
pub(super) fn keys(reader: &mut Reader, name: &str, value: &Value) -> Vec<String> {
    match &value.data {
        Data::String(_) => reader.text(name, value).map(str::to_owned).into_iter().collect(),
        _ => reader.texts(name, value).into_iter().map(|(key, _)| key.into()).collect(),
    }
}

/// A list of lists of keys; a list of keys is one of them.
pub(super) fn groups(reader: &mut Reader, name: &str, value: &Value) -> Vec<Vec<String>> {
    let nested = value.as_list().is_some_and(|items| items.iter().any(|item| item.as_list().is_some()));
    let groups = match value.as_list() {
        Some(items) if nested => items.iter().map(|item| keys(reader, name, item)).collect(),
        _ => vec![keys(reader, name, value)],
    };
    groups.into_iter().filter(|group| !group.is_empty()).collect()
}

/// A map of keys to a value, a list of values, or `true`: it only has to be there.
pub(super) fn conditions(reader: &mut Reader, name: &str, value: &Value) -> Vec<Condition> {
    if let Data::String(key) = &value.data {
        return vec![Condition { key: key.clone(), values: Vec::new() }];
    }
    let Some(map) = value.as_map().filter(|map| !map.entries.is_empty()) else {
        let help = format!("write it as `{name}: {{ layout: post }}`");
        reader.mismatch(name, "a map of keys and their values", value).help(help);
        return Vec::new();
    };
    let condition = |entry: &crate::document::front_matter::Entry| {
        let values = match &entry.value.data {
            Data::List(values) => values.clone(),
            Data::Null => Vec::new(),
            _ => vec![entry.value.clone()],
        };
        Condition { key: entry.key.clone(), values }
    };
    unique(map).map(condition).collect()
}

pub(super) fn truth(reader: &mut Reader, name: &str, value: &Value) -> Option<bool> {
    match value.data {
        Data::Bool(is) => Some(is),
        _ => {
            reader.mismatch(name, "true or false", value);
            None
        }
    }
}

/// A whole number from 0 on.
pub(super) fn count(reader: &mut Reader, name: &str, value: &Value) -> Option<usize> {
    match value.data {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it was just checked")]
        Data::Number(number) if number >= 0.0 && number.fract() == 0.0 && number <= f64::from(u32::MAX) => {
            Some(number as usize)
        }
        Data::Number(_) => {
            reader.wrong(value.span, format!("`{name}` takes a whole number from 0 on"));
            None
        }
        _ => {
            reader.mismatch(name, "a whole number", value);
            None
        }
    }
}

pub(super) fn number(reader: &mut Reader, name: &str, value: &Value) -> Option<f64> {
    match value.data {
        Data::Number(number) if number.is_finite() => Some(number),
        _ => {
            reader.mismatch(name, "a number", value);
            None
        }
    }
}

pub(super) fn pattern(reader: &mut Reader, name: &str, value: &Value) -> Option<Pattern> {
    let text = reader.text(name, value)?;
    match Pattern::new(text) {
        Ok(pattern) => Some(pattern),
        Err(why) => {
            reader.wrong(value.span, format!("`{name}` is not a regular expression: {why}"));
            None
        }
    }
}

/// A list of scalars that is not empty.
pub(super) fn choices(reader: &mut Reader, name: &str, value: &Value) -> Option<Vec<Value>> {
    let items = match value.as_list() {
        Some([]) => {
            reader.wrong(value.span, format!("`{name}` is empty, so nothing would ever fit"));
            return None;
        }
        Some(items) => items,
        None => {
            reader.mismatch(name, "a list", value).help(format!("write it as `{name}: [one, two]`"));
            return None;
        }
    };
    if let Some(item) = items.iter().find(|item| matches!(item.data, Data::Null | Data::List(_) | Data::Map(_))) {
        reader.mismatch(name, "words and numbers", item);
        return None;
    }
    Some(items.to_vec())
}

/// One of some words.
fn word<T: Copy>(reader: &mut Reader, name: &str, value: &Value, words: &[(&str, T)]) -> Option<T> {
    let text = reader.text(name, value)?;
    let found = words.iter().find(|(word, _)| *word == text).map(|(_, meaning)| *meaning);
    if found.is_none() {
        let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        reader.wrong(value.span, format!("`{text}` is not a value of `{name}`")).help = suggest::help(text, &known);
    }
    found
}

/// Among which articles something is the only one of its kind; `true` is the collection.
pub(super) fn scope(reader: &mut Reader, value: &Value) -> Option<Scope> {
    const WORDS: [(&str, Scope); 3] =
        [("collection", Scope::Collection), ("language", Scope::Language), ("site", Scope::Site)];
    match value.data {
        Data::Bool(true) => Some(Scope::Collection),
        Data::Bool(false) => None,
        _ => word(reader, "unique", value, &WORDS),
    }
}

/// How an article is named: one way, or several.
pub(super) fn by(reader: &mut Reader, value: &Value) -> Vec<By> {
    const WORDS: [(&str, By); 5] =
        [("path", By::Path), ("url", By::Url), ("slug", By::Slug), ("id", By::Id), ("title", By::Title)];
    let values = value.as_list().unwrap_or(std::slice::from_ref(value));
    values.iter().filter_map(|value| word(reader, "by", value, &WORDS)).collect()
}

/// Width to height: `16:9`, `16/9`, `1.78`. YAML 1.1 would read the first one as a number, this reader does not.
pub(super) fn ratio(reader: &mut Reader, value: &Value) -> Option<(f64, f64)> {
    let ratio = match &value.data {
        Data::Number(number) => Some((*number, 1.0)),
        Data::String(text) => text
            .split_once([':', '/', 'x'])
            .and_then(|(width, height)| Some((width.trim().parse().ok()?, height.trim().parse().ok()?))),
        _ => None,
    };
    let ratio = ratio.filter(|(width, height): &(f64, f64)| *width > 0.0 && *height > 0.0);
    if ratio.is_none() {
        reader.wrong(value.span, "`ratio` takes width to height").help("write it as `ratio: \"16:9\"`");
    }
    ratio
}

/// Bytes: `500 kB`, `1.5MB`, or a number of them.
pub(super) fn weight(reader: &mut Reader, value: &Value) -> Option<u64> {
    let bytes = match &value.data {
        Data::Number(number) => Some(*number),
        Data::String(text) => {
            let text = text.trim();
            let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
            let times = match text[digits.len()..].to_ascii_lowercase().as_str() {
                "" | "b" => Some(1.0),
                "k" | "kb" => Some(1e3),
                "kib" => Some(1024.0),
                "m" | "mb" => Some(1e6),
                "mib" => Some(1_048_576.0),
                _ => None,
            };
            times.zip(digits.trim().parse::<f64>().ok()).map(|(times, number)| times * number)
        }
        _ => None,
    };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is a whole number of bytes")]
    let bytes = bytes.filter(|bytes| *bytes > 0.0).map(|bytes| bytes as u64);
    if bytes.is_none() {
        reader.wrong(value.span, "`max-weight` takes a number of bytes").help("write it as `max-weight: 500 kB`");
    }
    bytes
}

/// Names of image formats, each as the format itself is called.
pub(super) fn formats(reader: &mut Reader, value: &Value) -> Vec<String> {
    let values = value.as_list().unwrap_or(std::slice::from_ref(value));
    let mut formats = Vec::new();
    for value in values {
        let Some(text) = reader.text("formats", value) else { continue };
        let name = match text.trim_start_matches('.').to_ascii_lowercase().as_str() {
            "jpg" | "jpe" => "jpeg".to_owned(),
            "tif" => "tiff".to_owned(),
            other => other.to_owned(),
        };
        if image_formats().contains(&name.as_str()) {
            formats.push(name);
        } else {
            let finding = reader.wrong(value.span, format!("there is no image format `{text}`"));
            finding.help = suggest::help(&name, image_formats());
        }
    }
    formats
}
