//! What a collection says of its front matter: which keys, what stands under them, and how they go together.

use std::sync::Arc;

use super::field::{Field, field};
use super::json_schema;
use super::options::Switch;
use super::reader::{Reader, unique};
use super::suggest;
use super::takes;
use crate::document::front_matter::{Data, Entry, Value};
use crate::schema::{Condition, Schema};

/// What the front matter of a collection should hold.
#[derive(Debug, Clone, Default)]
pub struct FrontMatterSpec {
    /// The collection that says so.
    pub collection: String,
    /// What holds for its maps.
    pub map: MapSpec,
    /// What to say to keys that are neither required nor described; `None` if nothing is said of them.
    pub unknown_keys: Option<Switch>,
    /// What holds under some condition.
    pub when: Vec<(Vec<Condition>, MapSpec)>,
    /// What a JSON Schema says.
    pub schema: Option<Arc<Schema>>,
}

/// What a map should hold.
#[derive(Debug, Clone, Default)]
pub struct MapSpec {
    /// Keys that must be there.
    pub required: Vec<String>,
    /// Keys of which one must be there.
    pub either: Vec<Vec<String>>,
    /// What stands under a key, in source order.
    pub fields: Vec<(String, Field)>,
}

pub(super) const KEYS: [&str; 6] = ["required", "unknown-keys", "fields", "either", "when", "schema"];

/// What stands in a condition of `when`.
pub(super) const WHEN_KEYS: [&str; 4] = ["if", "required", "either", "fields"];

/// Reads `front-matter` of a collection.
pub(super) fn front_matter(reader: &mut Reader, collection: &str, value: &Value) -> FrontMatterSpec {
    let mut spec = FrontMatterSpec { collection: collection.to_owned(), ..FrontMatterSpec::default() };
    for entry in reader.entries("front-matter", value, &KEYS) {
        match entry.key.as_str() {
            "unknown-keys" => spec.unknown_keys = switch(reader, "unknown-keys", &entry.value),
            "when" => spec.when = whens(reader, &entry.value),
            "schema" => spec.schema = json_schema::read(reader, &entry.value).map(Arc::new),
            _ => map_setting(reader, &mut spec.map, entry),
        }
    }
    spec
}

/// Reads one of the settings that every map has.
pub(super) fn map_setting(reader: &mut Reader, spec: &mut MapSpec, entry: &Entry) {
    match entry.key.as_str() {
        "required" => spec.required = takes::keys(reader, "required", &entry.value),
        "either" => spec.either = takes::groups(reader, "either", &entry.value),
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

/// Reads `when`: a list of conditions, each with what holds then.
fn whens(reader: &mut Reader, value: &Value) -> Vec<(Vec<Condition>, MapSpec)> {
    let items = match &value.data {
        Data::List(items) => items.as_slice(),
        Data::Null => return Vec::new(),
        _ => {
            let help = "begin each condition with `- if: { layout: post }`";
            reader.mismatch("when", "a list", value).help(help);
            return Vec::new();
        }
    };
    let mut whens = Vec::new();
    for item in items {
        let mut conditions = None;
        let mut spec = MapSpec::default();
        for entry in reader.entries("when", item, &WHEN_KEYS) {
            match entry.key.as_str() {
                "if" => conditions = Some(takes::conditions(reader, "if", &entry.value)),
                _ => map_setting(reader, &mut spec, entry),
            }
        }
        match conditions {
            Some(conditions) => whens.push((conditions, spec)),
            None if item.as_map().is_some() => {
                let at = item.as_map().and_then(|map| map.entries.first()).map_or(item.span, |entry| entry.key_span);
                let help = "say when it holds, such as `if: { layout: post }`";
                reader.wrong(at, "this condition has no `if`").help(help);
            }
            None => {}
        }
    }
    whens
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
