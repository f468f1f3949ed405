//! What each keyword means.

use super::{Compiler, TYPES, Together, closest_type, text_of};
use crate::config::reader::unique;
use crate::config::suggest;
use crate::document::front_matter::{Data, Entry, Value};
use crate::schema::{Check, Choices, Form, Id, Pattern, Type};
use crate::span::Span;

/// Keywords that say nothing about what is valid.
#[rustfmt::skip]
const SILENT: &[&str] = &[
    "$schema", "$id", "id", "$anchor", "$dynamicAnchor", "$recursiveAnchor", "$comment", "$vocabulary", "title", "description",
    "default", "examples", "example", "readOnly", "writeOnly", "contentMediaType", "contentEncoding", "contentSchema",
];

/// The drafts that are read.
const DRAFTS: [&str; 5] = [
    "json-schema.org/draft-04/schema",
    "json-schema.org/draft-06/schema",
    "json-schema.org/draft-07/schema",
    "json-schema.org/draft/2019-09/schema",
    "json-schema.org/draft/2020-12/schema",
];

/// Keywords that decide what is valid.
#[rustfmt::skip]
const DECIDING: &[&str] = &[
    "type", "enum", "const", "multipleOf", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minLength",
    "maxLength", "pattern", "format", "minItems", "maxItems", "uniqueItems", "items", "prefixItems", "additionalItems",
    "contains", "minContains", "maxContains", "unevaluatedItems", "minProperties", "maxProperties", "required", "properties",
    "patternProperties", "additionalProperties", "propertyNames", "unevaluatedProperties", "dependentRequired",
    "dependentSchemas", "dependencies", "allOf", "anyOf", "oneOf", "not", "if", "then", "else", "$ref", "$defs", "definitions",
    "deprecated",
];

impl Compiler<'_, '_> {
    pub(super) fn keyword<'v>(
        &mut self,
        id: Id,
        resource: usize,
        entry: &'v Entry,
        checks: &mut Vec<Check>,
        together: &mut Together<'v>,
    ) {
        let (key, value) = (entry.key.as_str(), &entry.value);
        match key {
            "properties" => together.properties = self.map_of(resource, key, value),
            "patternProperties" => together.patterns = self.map_of(resource, key, value),
            "additionalProperties" => together.additional = Some(value),
            "items" => together.items = Some(value),
            "prefixItems" => together.prefix = Some(value),
            "additionalItems" => together.additional_items = Some(value),
            "contains" => together.contains = Some(value),
            "minContains" => together.min_contains = self.count(resource, key, value),
            "maxContains" => together.max_contains = self.count(resource, key, value),
            "if" => together.condition = Some(value),
            "then" => together.then = Some(value),
            "else" => together.otherwise = Some(value),
            "minimum" => together.minimum = self.number(resource, key, value),
            "maximum" => together.maximum = self.number(resource, key, value),
            // In draft 4 they say how `minimum` and `maximum` are meant.
            "exclusiveMinimum" if matches!(value.data, Data::Bool(_)) => {
                together.exclusive[0] = value.data == Data::Bool(true)
            }
            "exclusiveMaximum" if matches!(value.data, Data::Bool(_)) => {
                together.exclusive[1] = value.data == Data::Bool(true)
            }
            "deprecated" => together.deprecated = self.truth(resource, key, value),
            "deprecationMessage" | "x-deprecation-message" => together.message = Some(value),
            "replacedBy" | "replaced-by" | "x-replaced-by" => together.replaced_by = Some(value),
            "$schema" => self.draft(resource, value),
            "$dynamicRef" | "$recursiveRef" => {
                let finding = self.wrong(resource, entry.key_span, format!("`{key}` is not followed here"));
                finding.help("write `$ref`, which leads to one place");
            }
            "$defs" | "definitions" => {
                for entry in self.map_of(resource, key, value).into_iter().flat_map(unique) {
                    self.group(resource, &entry.value);
                }
            }
            "dependencies" | "dependentRequired" | "dependentSchemas" => {
                self.dependencies(resource, key, value, checks)
            }
            _ => {
                let check = self.single(id, resource, entry);
                checks.extend(check);
            }
        }
    }

    /// A keyword that is one check.
    fn single(&mut self, id: Id, resource: usize, entry: &Entry) -> Option<Check> {
        let (key, value) = (entry.key.as_str(), &entry.value);
        Some(match key {
            "$ref" => {
                let Some(text) = text_of(entry) else {
                    self.mismatch(resource, key, "text", value);
                    return None;
                };
                return self.reference(id, resource, text, value.span);
            }
            "type" => Check::Type(self.types(resource, value)?),
            "enum" => match value.as_list() {
                Some([]) => {
                    self.wrong(resource, value.span, "`enum` is empty, so nothing would ever fit");
                    return None;
                }
                Some(items) => Check::OneOf(Choices::new(items.to_vec())),
                None => {
                    self.mismatch(resource, key, "a list", value);
                    return None;
                }
            },
            "const" => Check::OneOf(Choices::new(vec![value.clone()])),
            "multipleOf" => {
                let step = self.number(resource, key, value)?;
                if step <= 0.0 {
                    self.wrong(resource, value.span, "`multipleOf` takes a number above 0");
                    return None;
                }
                Check::MultipleOf(step)
            }
            "exclusiveMinimum" => Check::Min(self.number(resource, key, value)?, true),
            "exclusiveMaximum" => Check::Max(self.number(resource, key, value)?, true),
            "minLength" => Check::MinLength(self.count(resource, key, value)?),
            "maxLength" => Check::MaxLength(self.count(resource, key, value)?),
            "minItems" => Check::MinItems(self.count(resource, key, value)?),
            "maxItems" => Check::MaxItems(self.count(resource, key, value)?),
            "minProperties" => Check::MinKeys(self.count(resource, key, value)?),
            "maxProperties" => Check::MaxKeys(self.count(resource, key, value)?),
            "uniqueItems" => self.truth(resource, key, value).then_some(Check::UniqueItems)?,
            "pattern" => {
                let Some(text) = text_of(entry) else {
                    self.mismatch(resource, key, "text", value);
                    return None;
                };
                Check::Pattern(self.pattern(resource, text, value.span)?)
            }
            // A form that no draft knows says nothing, as the drafts have it.
            "format" => match text_of(entry) {
                Some(name) => Check::Form(Form::named(name)?),
                None => {
                    self.mismatch(resource, key, "text", value);
                    return None;
                }
            },
            "required" => Check::Required(self.names(resource, key, value)?),
            "propertyNames" => Check::KeyNames(self.group(resource, value)),
            "unevaluatedItems" => Check::UnevaluatedItems(self.group(resource, value)),
            "unevaluatedProperties" => Check::UnevaluatedKeys(self.group(resource, value)),
            "allOf" => Check::All(self.groups(resource, key, value)),
            "anyOf" => Check::Any(self.groups(resource, key, value)),
            "oneOf" => Check::One(self.groups(resource, key, value)),
            "not" => Check::Not(self.group(resource, value)),
            _ => {
                self.unknown(resource, entry);
                return None;
            }
        })
    }

    /// A keyword that no draft knows says nothing; but one that is nearly one that decides was meant to be that.
    fn unknown(&mut self, resource: usize, entry: &Entry) {
        let key = entry.key.as_str();
        if SILENT.contains(&key) {
            return;
        }
        let near = |known: &&&str| strsim::damerau_levenshtein(&key.to_lowercase(), &known.to_lowercase()) <= 1;
        if let Some(meant) = DECIDING.iter().find(near).filter(|_| key.len() > 3) {
            let finding = self.wrong(resource, entry.key_span, format!("there is no keyword `{key}`"));
            finding.help(format!("did you mean `{meant}`?"));
        }
    }

    fn draft(&mut self, resource: usize, value: &Value) {
        let Some(text) = value.as_text() else {
            self.mismatch(resource, "$schema", "the address of a draft", value);
            return;
        };
        let bare = text.trim_end_matches('#').trim_end_matches('/');
        let bare = bare.strip_prefix("https://").or_else(|| bare.strip_prefix("http://")).unwrap_or(bare);
        if !DRAFTS.contains(&bare) && bare != "json-schema.org/schema" {
            let finding =
                self.wrong(resource, value.span, format!("`{text}` is no draft of JSON Schema that is read here"));
            finding.help("write `https://json-schema.org/draft/2020-12/schema`, or one of the drafts 4 to 2019-09");
        }
    }

    fn dependencies(&mut self, resource: usize, keyword: &str, value: &Value, checks: &mut Vec<Check>) {
        for entry in self.map_of(resource, keyword, value).into_iter().flat_map(unique) {
            let listed = entry.value.as_list().is_some();
            checks.extend(match (keyword, listed) {
                ("dependentRequired", _) | ("dependencies", true) => {
                    self.names(resource, keyword, &entry.value).map(|names| Check::Requires(entry.key.clone(), names))
                }
                _ => Some(Check::Dependent(entry.key.clone(), self.group(resource, &entry.value))),
            });
        }
    }

    fn types(&mut self, resource: usize, value: &Value) -> Option<Vec<Type>> {
        let words = value.as_list().unwrap_or(std::slice::from_ref(value));
        let mut types = Vec::new();
        for word in words {
            let Some(name) = word.as_text() else {
                // `type: null`, where YAML reads no text.
                if word.data == Data::Null && !word.span.is_empty() {
                    types.push(Type::Null);
                    continue;
                }
                self.mismatch(resource, "type", "the name of a type", word);
                continue;
            };
            match TYPES.iter().find(|(known, _)| *known == name) {
                Some((_, kind)) => types.push(*kind),
                None => {
                    let help = match closest_type(name) {
                        Some(meant) => format!("did you mean `{meant}`?"),
                        None => format!("one of {}", suggest::list(&TYPES.map(|(name, _)| name))),
                    };
                    self.wrong(resource, word.span, format!("there is no type `{name}`")).help(help);
                }
            }
        }
        (!types.is_empty()).then_some(types)
    }

    fn map_of<'v>(
        &mut self,
        resource: usize,
        keyword: &str,
        value: &'v Value,
    ) -> Option<&'v crate::document::front_matter::Map> {
        let map = value.as_map();
        if map.is_none() {
            self.mismatch(resource, keyword, "a map", value);
        }
        map
    }

    fn names(&mut self, resource: usize, keyword: &str, value: &Value) -> Option<Vec<String>> {
        let Some(items) = value.as_list() else {
            let draft_three = keyword == "required" && matches!(value.data, Data::Bool(_));
            let finding = self.mismatch(resource, keyword, "a list of keys", value);
            if draft_three {
                finding.help("name the keys beside `properties`: `\"required\": [\"title\"]`");
            }
            return None;
        };
        let mut names = Vec::new();
        for item in items {
            match item.as_text() {
                Some(name) => names.push(name.to_owned()),
                None => _ = self.mismatch(resource, keyword, "keys", item),
            }
        }
        Some(names)
    }

    fn count(&mut self, resource: usize, keyword: &str, value: &Value) -> Option<usize> {
        match value.data {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it was just checked")]
            Data::Number(number) if number >= 0.0 && number.fract() == 0.0 && number <= f64::from(u32::MAX) => {
                Some(number as usize)
            }
            Data::Number(_) => {
                self.wrong(resource, value.span, format!("`{keyword}` takes a whole number from 0 on"));
                None
            }
            _ => {
                self.mismatch(resource, keyword, "a whole number", value);
                None
            }
        }
    }

    fn number(&mut self, resource: usize, keyword: &str, value: &Value) -> Option<f64> {
        match value.data {
            Data::Number(number) if number.is_finite() => Some(number),
            _ => {
                self.mismatch(resource, keyword, "a number", value);
                None
            }
        }
    }

    fn truth(&mut self, resource: usize, keyword: &str, value: &Value) -> bool {
        match value.data {
            Data::Bool(is) => is,
            _ => {
                self.mismatch(resource, keyword, "true or false", value);
                false
            }
        }
    }

    pub(super) fn pattern(&mut self, resource: usize, text: &str, span: Span) -> Option<Pattern> {
        match Pattern::new(text) {
            Ok(pattern) => Some(pattern),
            Err(why) => {
                self.wrong(resource, span, format!("this is not a regular expression: {why}"));
                None
            }
        }
    }
}
