//! `front-matter/type`

use std::collections::BTreeMap;

use serde::Deserialize;

use super::shape::{Choice, Shape, Type as Kind};
use super::{closest, is_faulty};
use crate::document::Document;
use crate::document::front_matter::{Data, Value};
use crate::finding::Level;
use crate::rule::{Define, Meta, Rule, Sink};
use crate::span::Span;

/// Reports values in front matter that are not what they should be.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Type {
    /// What stands under a key, which may be a dotted path.
    pub fields: BTreeMap<String, Shape>,
}

impl Define for Type {
    const META: Meta = Meta {
        id: "front-matter/type",
        level: Some(Level::Error),
        fix: None,
        page: include_str!("../../../rules/front-matter/type.md"),
    };
}

impl Rule for Type {
    fn document(&self, document: &Document, sink: &mut Sink) {
        let Some(front_matter) = &document.front_matter else {
            return;
        };
        for (path, shape) in &self.fields {
            if let Some(entry) = front_matter.map.entry_at(path).filter(|entry| !is_faulty(document, entry)) {
                check(&format!("`{path}`"), &entry.value, shape, sink);
            }
        }
    }
}

/// Compares a value, which is called `name`, with what it should be. A blank one is for `front-matter/required`, except
/// that an empty list has too few items.
fn check(name: &str, value: &Value, shape: &Shape, sink: &mut Sink) {
    if value.is_blank() && value.as_list().is_none() {
        return;
    }
    let listed = shape.items.is_some() || shape.min_items.is_some() || shape.max_items.is_some();
    if let Some(kind) = shape.r#type.or(listed.then_some(Kind::List)).filter(|kind| !kind.takes(value)) {
        let finding = sink.report(value.span, format!("{name} is {}, not {}", value.describe(), kind.describe()));
        finding.help(kind.help(value));
        return;
    }
    if !shape.one_of.is_empty() && !shape.one_of.iter().any(|choice| choice.is(value)) && is_scalar(value) {
        report_choice(name, value, &shape.one_of, sink);
        return;
    }
    match &value.data {
        Data::String(text) => check_text(name, text, value.span, shape, sink),
        Data::List(items) => {
            check_count(name, items, value.span, shape, sink);
            for item in items {
                if let Some(shape) = &shape.items {
                    check(&format!("an item of {name}"), item, shape, sink);
                }
            }
        }
        _ => {}
    }
}

fn is_scalar(value: &Value) -> bool {
    value.as_list().is_none() && value.as_map().is_none()
}

fn report_choice(name: &str, value: &Value, choices: &[Choice], sink: &mut Sink) {
    let written: Vec<String> = choices.iter().map(Choice::written).collect();
    let said = value.as_text().map(str::to_owned).unwrap_or_else(|| match &value.data {
        Data::Number(number) => number.to_string(),
        Data::Bool(truth) => truth.to_string(),
        _ => value.describe().to_owned(),
    });
    let finding = sink.report(value.span, format!("{name} is `{said}`, which is not one of the allowed values"));
    match closest(&said, written.iter().map(String::as_str)) {
        Some(meant) => finding.help(format!("did you mean `{meant}`?")),
        None => finding.help(format!("one of {}", list(&written))),
    };
}

/// The first of the words, and how many more there are.
fn list(words: &[String]) -> String {
    const SHOWN: usize = 8;
    let shown: Vec<String> = words.iter().take(SHOWN).map(|word| format!("`{word}`")).collect();
    let more = words.len().saturating_sub(SHOWN);
    let tail = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{tail}", shown.join(", "))
}

fn check_text(name: &str, text: &str, span: Span, shape: &Shape, sink: &mut Sink) {
    let text = text.trim();
    let length = text.chars().count();
    if let Some(most) = shape.max_length.filter(|most| length > *most) {
        let message = format!("{name} is {length} characters long, {} too many", length - most);
        sink.report(span, message).help(format!("shorten it to at most {most}"));
    }
    if let Some(least) = shape.min_length.filter(|least| length < *least) {
        let characters = if length == 1 { "character" } else { "characters" };
        let message = format!("{name} is only {length} {characters} long");
        sink.report(span, message).help(format!("write at least {least}"));
    }
    if let Some(pattern) = shape.pattern.as_ref().filter(|pattern| !pattern.0.is_match(text)) {
        let message = format!("{name} does not have the form that the configuration asks for");
        sink.report(span, message).help(format!("it must match `{}`", pattern.0.as_str()));
    }
}

fn check_count(name: &str, items: &[Value], span: Span, shape: &Shape, sink: &mut Sink) {
    let count = items.len();
    if let Some(most) = shape.max_items.filter(|most| count > *most) {
        sink.report(span, format!("{name} has {count} items, {} too many", count - most))
            .help(format!("keep at most {most}"));
    }
    if let Some(least) = shape.min_items.filter(|least| count < *least) {
        let items = if count == 1 { "item" } else { "items" };
        sink.report(span, format!("{name} has only {count} {items}")).help(format!("name at least {least}"));
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::said;
    use super::*;
    use crate::source::Kind;

    fn told(fields: &str, front_matter: &str) -> Vec<String> {
        said::<Type>(&format!("fields: {{{fields}}}"), Kind::Markdown, &format!("---\n{front_matter}\n---\n"))
    }

    #[test]
    fn a_value_is_of_its_type() {
        for (kind, good, bad, help) in [
            ("string", "é", "2025-07-18", "text (put it in quotes)"),
            ("string", "\"1\"", "1", "text (put it in quotes)"),
            ("number", "1.5", "\"1\"", "a number (write digits, without quotes)"),
            ("bool", "true", "yes", "true or false (write `true` or `false`, without quotes)"),
            ("date", "July 18, 2025", "tomorrow", "a date (write it as `2025-07-18`)"),
            ("list", "[a]", "a, b", "a list (write it as `[one, two]`)"),
            ("map", "{a: b}", "[a]", "a map (write it as the configuration asks)"),
            (
                "url",
                "https://example.org/é",
                "example.org",
                "an address (write it in full, as `https://example.org/page`)",
            ),
            ("article", "../a.md", "[a]", "an article (write it as the configuration asks)"),
        ] {
            let fields = format!("k: {{type: {kind}}}");
            assert_eq!(told(&fields, &format!("k: {good}")), [""; 0], "{kind}");
            let said = told(&fields, &format!("k: {bad}"));
            assert!(said.len() == 1 && said[0].ends_with(&format!(", not {help}")), "{said:?}");
        }
        assert_eq!(told("k: {type: date}", "k: 2024-13-45"), [""; 0]);
        assert_eq!(told("k: {type: string}", "k:"), [""; 0]);
        assert_eq!(
            told("seo.k: {type: string}", "seo: {k: 1}"),
            ["\"1\" `seo.k` is a number, not text (put it in quotes)"]
        );
    }

    #[test]
    fn a_value_is_one_of_the_allowed() {
        let fields = "tags: {items: {one-of: [ai, health, 3, true]}}";
        assert_eq!(
            told(fields, "tags: [ai, heatlh, 3, true, 4]"),
            [
                "\"heatlh\" an item of `tags` is `heatlh`, which is not one of the allowed values (did you mean `health`?)",
                "\"4\" an item of `tags` is `4`, which is not one of the allowed values (one of `ai`, `health`, `3`, `true`)",
            ]
        );
        assert_eq!(told(fields, "tags: ai"), ["\"ai\" `tags` is text, not a list (write it as `[one, two]`)"]);
    }

    #[test]
    fn lengths_count_code_points() {
        let fields = "t: {max-length: 4, min-length: 3}";
        assert_eq!(told(fields, "t: é😀本x"), [""; 0]);
        assert_eq!(
            told(fields, "t: é😀本xy"),
            ["\"é😀本xy\" `t` is 5 characters long, 1 too many (shorten it to at most 4)"]
        );
        assert_eq!(told(fields, "t: é"), ["\"é\" `t` is only 1 character long (write at least 3)"]);
        assert_eq!(told("t: {min-items: 1}", "t: []"), ["\"[]\" `t` has only 0 items (name at least 1)"]);
        assert_eq!(told("t: {max-items: 1}", "t: [a, b]"), ["\"[a, b]\" `t` has 2 items, 1 too many (keep at most 1)"]);
        assert_eq!(
            told("t: {pattern: '^[a-z]+$'}", "t: A"),
            ["\"A\" `t` does not have the form that the configuration asks for (it must match `^[a-z]+$`)"]
        );
    }

    #[test]
    fn a_fault_in_a_value_is_not_told_again() {
        assert_eq!(
            told("t: {min-items: 2}, u: {type: bool}", "t: [a\nu: x"),
            ["\"x\" `u` is text, not true or false (write `true` or `false`, without quotes)"]
        );
    }

    #[test]
    fn options_are_checked() {
        for options in
            ["fields: {t: {pattern: '('}}", "fields: {t: {type: text}}", "fields: {t: {max: 1}}", "field: {}"]
        {
            assert!(serde_yaml::from_str::<Type>(options).is_err(), "{options}");
        }
    }
}
