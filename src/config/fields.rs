//! What a collection says of its front matter: which keys, and what stands under them.

use std::collections::BTreeMap;

use regex::Regex;

use super::options::{self, Options, Switch};
use super::reader::{Reader, unique};
use super::suggest;
use crate::document::front_matter::{Data, Value};
use crate::span::Span;

/// What the front matter of a collection should hold.
#[derive(Debug, Clone, Default)]
pub struct FrontMatterSpec {
    /// Keys that must be there.
    pub required: Vec<String>,
    /// What to say to keys that are neither required nor described; `None` if nothing is said of them.
    pub unknown_keys: Option<Switch>,
    /// What stands under a key, in source order.
    pub fields: Vec<(String, Field)>,
}

/// What stands under a key of front matter, or in a list.
#[derive(Debug, Clone, Default)]
pub struct Field {
    /// Its type; `None` if any will do.
    pub kind: Option<FieldType>,
    /// What each item of a list is.
    pub items: Option<Box<Field>>,
    /// All settings, checked, as rules take them.
    pub settings: Options,
    /// Where each setting stands in the configuration.
    pub places: BTreeMap<String, Span>,
}

/// The type of a value in front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldType {
    /// Text.
    String,
    /// A number.
    Number,
    /// True or false.
    Bool,
    /// A date, in the format that is set.
    Date,
    /// A list.
    List,
    /// A map.
    Map,
    /// An absolute address.
    Url,
    /// An article of the site, by path or address.
    Article,
}

impl FieldType {
    const NAMES: [(&'static str, Self); 8] = [
        ("string", Self::String),
        ("number", Self::Number),
        ("bool", Self::Bool),
        ("date", Self::Date),
        ("list", Self::List),
        ("map", Self::Map),
        ("url", Self::Url),
        ("article", Self::Article),
    ];

    fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }

    /// The type that people may write for `word`, as other schemas call it.
    fn meant(word: &str) -> Option<&'static str> {
        match word.to_lowercase().as_str() {
            "text" | "str" => Some("string"),
            "integer" | "int" | "float" => Some("number"),
            "boolean" => Some("bool"),
            "datetime" | "time" | "timestamp" => Some("date"),
            "array" | "sequence" => Some("list"),
            "object" | "mapping" | "table" => Some("map"),
            "uri" | "link" => Some("url"),
            "reference" | "page" | "post" => Some("article"),
            _ => suggest::closest(word, Self::NAMES.map(|(name, _)| name)),
        }
    }
}

/// What a setting of a field takes.
#[derive(Clone, Copy)]
enum Takes {
    Type,
    Field,
    Text,
    Choices,
    Count,
    Regex,
}

/// The settings of a field: what each takes, and for which types it makes sense.
const SETTINGS: [(&str, Takes, &[FieldType]); 9] = {
    use FieldType::{Article, Bool, Date, List, Map, Number, String, Url};
    [
        ("type", Takes::Type, &[String, Number, Bool, Date, List, Map, Url, Article]),
        ("items", Takes::Field, &[List]),
        ("format", Takes::Text, &[Date]),
        ("one-of", Takes::Choices, &[String, Number, Bool, Date, Url, Article]),
        ("min-length", Takes::Count, &[String, Url, Article]),
        ("max-length", Takes::Count, &[String, Url, Article]),
        ("min-items", Takes::Count, &[List]),
        ("max-items", Takes::Count, &[List]),
        ("pattern", Takes::Regex, &[String, Url, Article]),
    ]
};

const KEYS: [&str; 3] = ["required", "unknown-keys", "fields"];

/// Reads `front-matter` of a collection.
pub(super) fn front_matter(reader: &mut Reader, value: &Value) -> FrontMatterSpec {
    let mut spec = FrontMatterSpec::default();
    for entry in reader.entries("front-matter", value, &KEYS) {
        match entry.key.as_str() {
            "required" => {
                spec.required = reader.texts("required", &entry.value).into_iter().map(|(key, _)| key.into()).collect();
            }
            "unknown-keys" => spec.unknown_keys = switch(reader, "unknown-keys", &entry.value),
            _ => {
                let map = reader.map("fields", &entry.value);
                spec.fields = map
                    .into_iter()
                    .flat_map(unique)
                    .map(|entry| (entry.key.clone(), field(reader, &entry.key, &entry.value)))
                    .collect();
            }
        }
    }
    spec
}

/// Reads a level.
pub(super) fn switch(reader: &mut Reader, name: &str, value: &Value) -> Option<Switch> {
    let switch = Switch::of(value);
    if switch.is_none() {
        let word = match &value.data {
            Data::String(word) => word.clone(),
            Data::Bool(is) => is.to_string(),
            Data::Number(number) => number.to_string(),
            _ => {
                reader.mismatch(name, "a level", value).help(format!("one of {}", suggest::list(&Switch::WORDS)));
                return None;
            }
        };
        let help = match Switch::meant(&word) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("one of {}", suggest::list(&Switch::WORDS)),
        };
        reader.wrong(value.span, format!("`{word}` is not a level")).help(help);
    }
    switch
}

fn field(reader: &mut Reader, name: &str, value: &Value) -> Field {
    let known = SETTINGS.map(|(setting, ..)| setting);
    let mut field = Field::default();
    if let Data::String(word) = &value.data {
        let finding = reader.mismatch(name, "a map of settings", value);
        finding.help(format!("write it as `{name}: {{ type: {word} }}`"));
        return field;
    }
    let entries = reader.entries(name, value, &known);
    for entry in &entries {
        let (key, value) = (entry.key.as_str(), &entry.value);
        let Some((_, takes, _)) = SETTINGS.iter().find(|(setting, ..)| *setting == key) else { continue };
        let read = match takes {
            Takes::Type => kind(reader, value).map(|kind| {
                field.kind = Some(kind);
                kind.name().into()
            }),
            Takes::Field => {
                let items = self::field(reader, "items", value);
                let settings = options::as_value(&items.settings);
                field.items = Some(Box::new(items));
                Some(settings)
            }
            Takes::Text => reader.text(key, value).map(Into::into),
            Takes::Choices => choices(reader, key, value),
            Takes::Count => count(reader, key, value),
            Takes::Regex => pattern(reader, key, value),
        };
        if let Some(read) = read {
            field.settings.insert(key.to_owned(), read);
            field.places.insert(key.to_owned(), value.span);
        }
    }
    suits(reader, &field, &entries);
    for (least, most) in [("min-length", "max-length"), ("min-items", "max-items")] {
        let number = |key: &str| field.settings.get(key).and_then(serde_yaml::Value::as_u64);
        if let (Some(min), Some(max), Some(place)) = (number(least), number(most), field.places.get(most))
            && min > max
        {
            reader.wrong(*place, format!("`{most}` is less than `{least}`, so nothing would ever fit"));
        }
    }
    field
}

/// Reports settings that make no sense for the field's type.
fn suits(reader: &mut Reader, field: &Field, entries: &[&crate::document::front_matter::Entry]) {
    let Some(kind) = field.kind else { return };
    for entry in entries {
        let Some((setting, _, kinds)) = SETTINGS.iter().find(|(setting, ..)| *setting == entry.key) else { continue };
        if !kinds.contains(&kind) {
            let fits: Vec<_> = kinds.iter().map(|kind| kind.name()).collect();
            let message = format!("`{setting}` means nothing for the type `{}`", kind.name());
            reader.wrong(entry.key_span, message).help(format!("it is for {}", suggest::list(&fits)));
        }
    }
}

fn kind(reader: &mut Reader, value: &Value) -> Option<FieldType> {
    let word = reader.text("type", value)?;
    let kind = FieldType::NAMES.iter().find(|(name, _)| *name == word).map(|(_, kind)| *kind);
    if kind.is_none() {
        let names = FieldType::NAMES.map(|(name, _)| name);
        let help = match FieldType::meant(word) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("one of {}", suggest::list(&names)),
        };
        reader.wrong(value.span, format!("there is no type `{word}`")).help(help);
    }
    kind
}

fn choices(reader: &mut Reader, key: &str, value: &Value) -> Option<serde_yaml::Value> {
    let items = match value.as_list() {
        Some([]) => {
            reader.wrong(value.span, format!("`{key}` is empty, so nothing would ever fit"));
            return None;
        }
        Some(items) => items,
        None => {
            reader.mismatch(key, "a list", value).help(format!("write it as `{key}: [one, two]`"));
            return None;
        }
    };
    for item in items {
        if matches!(item.data, Data::Null | Data::List(_) | Data::Map(_)) {
            reader.mismatch(key, "words and numbers", item);
            return None;
        }
    }
    Some(options::plain(value))
}

fn count(reader: &mut Reader, key: &str, value: &Value) -> Option<serde_yaml::Value> {
    match value.data {
        Data::Number(number) if number >= 0.0 && number.fract() == 0.0 && number <= f64::from(u32::MAX) => {
            Some(options::number(number))
        }
        Data::Number(_) => {
            reader.wrong(value.span, format!("`{key}` takes a whole number from 0 on"));
            None
        }
        _ => {
            reader.mismatch(key, "a whole number", value);
            None
        }
    }
}

fn pattern(reader: &mut Reader, key: &str, value: &Value) -> Option<serde_yaml::Value> {
    let text = reader.text(key, value)?;
    match Regex::new(text) {
        Ok(_) => Some(text.into()),
        Err(error) => {
            // The last line says what is wrong; those before it draw the place in the pattern.
            let error = error.to_string();
            let why = error.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
            reader.wrong(value.span, format!("`{key}` is not a regular expression: {why}"));
            None
        }
    }
}
