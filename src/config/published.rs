//! The configuration as a JSON Schema, for editors that complete and check it as it is written.
//!
//! Made from what the reader itself knows: its keys, the settings of fields, and the options of each rule.

use serde_json::{Map, Value, json};

use super::field::{SETTINGS, TYPES};
use super::options::Switch;
use super::rules::options_of;
use super::{UNUSED, fields, read};
use crate::pattern::Scanner;
use crate::rule::{self, Meta};
use crate::rules::RULES;
use crate::site::Generator;

/// The JSON Schema (2020-12) of `copydesk.yaml`. `scanner` holds the pattern rules that may be configured.
pub fn schema(scanner: &Scanner) -> Value {
    let switch: Vec<Value> = Switch::WORDS.iter().map(|word| json!(word)).chain([json!(false)]).collect();
    let texts = json!({ "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }, { "type": "null" }] });
    let generators: Vec<&str> = std::iter::once("auto").chain(Generator::names()).collect();
    let types: Vec<&str> = TYPES.iter().map(|(name, _)| *name).collect();
    let section = |known: &[&str], properties: Value| {
        let mut all: Map<String, Value> = known.iter().map(|key| ((*key).to_owned(), json!(true))).collect();
        all.extend(properties.as_object().cloned().unwrap_or_default());
        json!({ "type": ["object", "null"], "properties": all, "additionalProperties": false })
    };
    let fields = json!({ "type": ["object", "null"], "additionalProperties": { "$ref": "#/$defs/field" } });
    let settings: Vec<&str> = SETTINGS.iter().map(|(name, _)| *name).collect();
    let text = json!({ "type": "string" });
    let mut known = json!({
        "type": { "enum": types },
        "items": { "$ref": "#/$defs/field" },
        "fields": { "$ref": "#/$defs/fields" },
        "required": { "anyOf": [{ "type": "boolean" }, { "$ref": "#/$defs/texts" }] },
        "unique-items": { "type": "boolean" },
        "description": text,
        "one-of": { "type": "array" },
        "one-of-file": {
            "anyOf": [text, section(&["path", "key"], json!({ "path": text, "key": text }))],
        },
        "pattern": text,
        "replaced-by": text,
    });
    for end in ["length", "items", "width", "height"] {
        for limit in ["min", "max"] {
            known[format!("{limit}-{end}")] = json!({ "type": "integer", "minimum": 0 });
        }
    }
    let field = section(&settings, known);
    let when = section(
        &fields::WHEN_KEYS,
        json!({ "fields": { "$ref": "#/$defs/fields" }, "required": { "$ref": "#/$defs/texts" } }),
    );
    let front_matter = section(
        &fields::KEYS,
        json!({
            "required": { "$ref": "#/$defs/texts" },
            "unknown-keys": { "$ref": "#/$defs/level" },
            "fields": { "$ref": "#/$defs/fields" },
            "when": { "type": ["array", "null"], "items": when },
            "schema": text,
        }),
    );
    let globs = json!({ "$ref": "#/$defs/texts" });
    let collection = json!({ "type": "object", "required": ["files"], "additionalProperties": false,
        "properties": { "files": globs, "front-matter": front_matter } });
    let one_override = json!({ "type": "object", "required": ["files"], "additionalProperties": false,
        "properties": { "files": globs, "rules": { "$ref": "#/$defs/rules" } } });
    let whole = section(
        &read::KEYS,
        json!({
            "site": section(
                &read::SITE_KEYS,
                json!({ "generator": { "enum": generators }, "name": text, "origin": text, "time-zone": text }),
            ),
            "content": globs,
            "exclude": globs,
            "collections": { "type": ["object", "null"], "additionalProperties": collection },
            "rules": { "$ref": "#/$defs/rules" },
            "packs": { "type": ["array", "null"], "items": text },
            "overrides": { "type": ["array", "null"], "items": one_override },
            "online": section(&read::ONLINE_KEYS, json!({ "exclude": { "$ref": "#/$defs/texts" } })),
        }),
    );
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "copydesk.yaml",
        "description": "The configuration of copydesk, the copy desk for content repositories",
        "$defs": {
            "level": { "description": "How much a finding matters, or whether it is looked for at all", "enum": switch },
            "texts": texts,
            "field": field,
            "fields": fields,
            "rules": { "type": ["object", "null"], "properties": rules(scanner), "additionalProperties": false },
        },
    });
    if let (Some(schema), Value::Object(whole)) = (schema.as_object_mut(), whole) {
        schema.extend(whole);
    }
    schema
}

/// What may stand under each rule.
fn rules(scanner: &Scanner) -> Value {
    let summary = |page: &str| rule::summary(page);
    let of = |meta: &Meta| (meta.id.to_owned(), summary(meta.page));
    let own = RULES.iter().map(|rule| of(&rule.meta)).chain([of(&UNUSED)]);
    let patterns = scanner.rules().iter().map(|rule| (rule.id.clone(), summary(&rule.page)));
    let mut rules = Map::new();
    for (id, summary) in own.chain(patterns) {
        let mut options: Map<String, Value> =
            options_of(&id, scanner.rules()).into_iter().map(|option| (option, json!(true))).collect();
        options.insert("level".to_owned(), json!({ "$ref": "#/$defs/level" }));
        let with_options = json!({ "type": "object", "properties": options, "additionalProperties": false });
        rules.insert(id, json!({ "description": summary, "anyOf": [{ "$ref": "#/$defs/level" }, with_options] }));
    }
    Value::Object(rules)
}
