//! A JSON Schema, of any draft from 4 to 2020-12, as a [`Schema`].
//!
//! Owns the reading of schema files and what their keywords mean. A keyword is followed, or known to say nothing about
//! what is valid, or told with its place: none is quietly passed over but those that no draft knows.

mod keyword;
mod resource;

use std::collections::HashMap;
use std::rc::Rc;

use super::data;
use super::reader::{Reader, unique};
use super::suggest;
use crate::document::front_matter::{Data, Entry, Map, Value};
use crate::finding::Finding;
use crate::schema::{Check, Id, Properties, Schema, Type};
use crate::source::Source;
use crate::span::Span;
use resource::Resource;

/// Reads the schema file that `value` names.
pub(super) fn read(reader: &mut Reader, value: &Value) -> Option<Schema> {
    let before = reader.findings.len();
    let path = reader.text("schema", value)?.trim().to_owned();
    let file = reader.file("schema", value)?;
    let root = data::parse(reader, &file, value.span)?;
    let mut compiler = Compiler {
        reader,
        schema: Schema::default(),
        resources: Vec::new(),
        made: HashMap::new(),
        references: Vec::new(),
    };
    let first = compiler.register(&path, &file, root);
    let whole = Rc::clone(&compiler.resources[first].root);
    compiler.schema.root = compiler.group(first, &whole);
    compiler.refuse_circles();
    let mut schema = compiler.schema;
    schema.dates = schema.dated_keys();
    (reader.findings.len() == before).then_some(schema)
}

struct Compiler<'r, 'l> {
    reader: &'r mut Reader<'l>,
    schema: Schema,
    resources: Vec<Resource>,
    /// The group that was made of the value at a place of a resource's file.
    made: HashMap<(usize, Span), Id>,
    /// Every reference: the group that holds it, its resource and its place.
    references: Vec<(Id, usize, Span)>,
}

/// Keywords of a map that only make sense together.
#[derive(Default)]
struct Together<'v> {
    properties: Option<&'v Map>,
    patterns: Option<&'v Map>,
    additional: Option<&'v Value>,
    items: Option<&'v Value>,
    prefix: Option<&'v Value>,
    additional_items: Option<&'v Value>,
    contains: Option<&'v Value>,
    min_contains: Option<usize>,
    max_contains: Option<usize>,
    condition: Option<&'v Value>,
    then: Option<&'v Value>,
    otherwise: Option<&'v Value>,
    minimum: Option<f64>,
    maximum: Option<f64>,
    exclusive: [bool; 2],
    deprecated: bool,
    replaced_by: Option<&'v Value>,
    message: Option<&'v Value>,
}

impl Compiler<'_, '_> {
    /// The group of checks that the schema `value` in a resource comes to.
    fn group(&mut self, resource: usize, value: &Value) -> Id {
        if let Some(id) = self.made.get(&(resource, value.span)) {
            return *id;
        }
        let resource = self.embedded(resource, value);
        let id = self.schema.reserve();
        self.made.insert((resource, value.span), id);
        let checks = match &value.data {
            Data::Bool(true) => Vec::new(),
            Data::Bool(false) => vec![Check::Never],
            Data::Map(map) => self.checks(id, resource, map),
            _ => {
                let found = value.describe();
                self.wrong(resource, value.span, format!("a schema is a map, or true or false, but this is {found}"));
                Vec::new()
            }
        };
        self.schema.set(id, checks);
        id
    }

    fn checks(&mut self, id: Id, resource: usize, map: &Map) -> Vec<Check> {
        let mut checks = Vec::new();
        let mut together = Together::default();
        for entry in unique(map) {
            self.keyword(id, resource, entry, &mut checks, &mut together);
        }
        self.join(resource, together, &mut checks);
        checks
    }

    /// Makes checks of keywords that only make sense together.
    fn join(&mut self, resource: usize, together: Together, checks: &mut Vec<Check>) {
        if together.properties.is_some() || together.patterns.is_some() || together.additional.is_some() {
            let mut properties = Properties::default();
            for entry in together.properties.into_iter().flat_map(unique) {
                properties.named.push((entry.key.clone(), self.group(resource, &entry.value)));
            }
            for entry in together.patterns.into_iter().flat_map(unique) {
                let group = self.group(resource, &entry.value);
                properties
                    .patterns
                    .extend(self.pattern(resource, &entry.key, entry.key_span).map(|found| (found, group)));
            }
            properties.rest = together.additional.map(|rest| self.group(resource, rest));
            checks.push(Check::Properties(properties));
        }
        let (first, rest) = match (together.prefix, together.items) {
            (None, Some(items)) if items.as_list().is_some() => (Some(items), together.additional_items),
            (prefix, items) => (prefix, items),
        };
        if first.is_some() || rest.is_some() {
            let first = first.map_or(Vec::new(), |first| self.groups(resource, "prefixItems", first));
            let rest = rest.map(|rest| self.group(resource, rest));
            checks.push(Check::Items(first, rest));
        }
        if let Some(contains) = together.contains {
            let group = self.group(resource, contains);
            checks.push(Check::Contains(group, together.min_contains.unwrap_or(1), together.max_contains));
        }
        let then = together.then.map(|then| self.group(resource, then));
        let otherwise = together.otherwise.map(|otherwise| self.group(resource, otherwise));
        if let Some(condition) = together.condition {
            let condition = self.group(resource, condition);
            checks.push(Check::If(condition, then, otherwise));
        }
        checks.extend(together.minimum.map(|limit| Check::Min(limit, together.exclusive[0])));
        checks.extend(together.maximum.map(|limit| Check::Max(limit, together.exclusive[1])));
        if together.deprecated || together.replaced_by.is_some() {
            let text = |value: Option<&Value>| value.and_then(Value::as_text).map(str::to_owned);
            checks.push(Check::Deprecated(crate::schema::Deprecated {
                replaced_by: text(together.replaced_by),
                message: text(together.message),
            }));
        }
    }

    /// The groups of a list of schemas.
    fn groups(&mut self, resource: usize, keyword: &str, value: &Value) -> Vec<Id> {
        match value.as_list() {
            Some(items) => items.iter().map(|item| self.group(resource, item)).collect(),
            None => {
                self.mismatch(resource, keyword, "a list of schemas", value);
                Vec::new()
            }
        }
    }

    fn file(&self, resource: usize) -> Rc<Source> {
        Rc::clone(&self.resources[resource].file)
    }

    /// Says that something is wrong in the file of a resource.
    fn wrong(&mut self, resource: usize, span: Span, message: impl Into<String>) -> &mut Finding {
        let file = self.file(resource);
        self.reader.wrong_in(&file, span, message)
    }

    fn mismatch(&mut self, resource: usize, keyword: &str, takes: &str, value: &Value) -> &mut Finding {
        let found = value.describe();
        let file = self.file(resource);
        let span = if value.span.is_empty() { Span::empty(value.span.start) } else { value.span };
        self.reader.wrong_in(&file, span, format!("`{keyword}` takes {takes}, but this is {found}"))
    }

    /// Reports references that lead back to themselves without a step into the value.
    fn refuse_circles(&mut self) {
        for (id, resource, span) in std::mem::take(&mut self.references) {
            if self.schema.is_circular(id) {
                let finding = self.wrong(resource, span, "this reference leads back to itself");
                finding.help("let it lead to another part of the schema");
            }
        }
    }
}

/// The types of JSON Schema.
const TYPES: [(&str, Type); 7] = [
    ("string", Type::String),
    ("number", Type::Number),
    ("integer", Type::Integer),
    ("boolean", Type::Bool),
    ("null", Type::Null),
    ("array", Type::List),
    ("object", Type::Map),
];

fn closest_type(word: &str) -> Option<&'static str> {
    match word.to_lowercase().as_str() {
        "text" | "str" | "date" | "url" | "datetime" => Some("string"),
        "bool" => Some("boolean"),
        "int" => Some("integer"),
        "float" | "double" => Some("number"),
        "list" => Some("array"),
        "map" | "dict" => Some("object"),
        "none" | "nil" => Some("null"),
        _ => suggest::closest(word, TYPES.map(|(name, _)| name)),
    }
}

/// The text of an entry's value.
fn text_of(entry: &Entry) -> Option<&str> {
    entry.value.as_text()
}
