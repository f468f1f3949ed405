//! What collections say of front matter, as options of the rules that check it.

use serde_yaml::Value;

use super::fields::{Field, FieldType, FrontMatterSpec};
use super::options::{self, Options, RuleSetting, Switch};
use crate::rules::RULES;

/// The settings of a field that are about a date's form; all others are about its type.
const FORMAT: &str = "format";

/// The settings of rules for a file that belongs to the collections `specs`, of which a later one wins.
pub fn compile(specs: &[&FrontMatterSpec]) -> Vec<RuleSetting> {
    if specs.is_empty() {
        return Vec::new();
    }
    let fields = merged(specs);
    let mut required: Vec<&str> = specs.iter().flat_map(|spec| &spec.required).map(String::as_str).collect();
    keep_first(&mut required);
    let mut known = required.clone();
    known.extend(fields.iter().map(|(key, _)| *key));
    keep_first(&mut known);
    let dates = keys(&fields, |field| is_or_holds(field, FieldType::Date) || field.settings.contains_key(FORMAT));
    let articles = keys(&fields, |field| is_or_holds(field, FieldType::Article));
    let types = map(fields.iter().map(|(key, field)| (*key, options::as_value(&about_type(field)))));
    let formats = map(fields.iter().filter_map(|(key, field)| Some((*key, format_of(field)?.clone()))));

    let mut settings = vec![setting("front-matter/missing", [("expected", true.into())])];
    // Nothing is said about what is not written: a list without items would only hide what `rules` says.
    let mut put = |rule: &str, options: &[(&str, Value)]| {
        let given = options.iter().filter(|(_, value)| !is_empty(value)).cloned();
        let made = setting(rule, given);
        if !made.options.is_empty() {
            settings.push(made);
        }
    };
    put("front-matter/required", &[("fields", texts(&required))]);
    put("front-matter/type", &[("fields", types)]);
    put("date/format", &[("fields", texts(&dates)), ("formats", formats)]);
    put("date/invalid", &[("fields", texts(&dates))]);
    for related in RULES.iter().filter(|rule| rule.meta.id.starts_with("related/")) {
        // Not all of them look at front matter.
        let made = setting(related.meta.id, [("keys", texts(&articles))]);
        if related.build(options::as_value(&made.options)).is_ok() {
            put(related.meta.id, &[("keys", texts(&articles))]);
        }
    }
    if let Some(switch) = specs.iter().rev().find_map(|spec| spec.unknown_keys) {
        let options = if switch == Switch::Off { Vec::new() } else { vec![("known", texts(&known))] };
        settings.push(RuleSetting { level: Some(switch), ..setting("front-matter/unknown-key", options) });
    }
    settings
}

fn setting<'k>(rule: &str, options: impl IntoIterator<Item = (&'k str, Value)>) -> RuleSetting {
    let options = options.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    RuleSetting { rule: rule.to_owned(), level: None, options }
}

/// The fields of all collections; what a later one says of a key replaces what an earlier one says.
fn merged<'s>(specs: &[&'s FrontMatterSpec]) -> Vec<(&'s str, &'s Field)> {
    let mut fields: Vec<(&str, &Field)> = Vec::new();
    for (key, field) in specs.iter().flat_map(|spec| &spec.fields) {
        match fields.iter_mut().find(|(known, _)| known == key) {
            Some(earlier) => earlier.1 = field,
            None => fields.push((key, field)),
        }
    }
    fields
}

fn keep_first(words: &mut Vec<&str>) {
    let mut seen = std::collections::HashSet::new();
    words.retain(|word| seen.insert(*word));
}

fn keys<'s>(fields: &[(&'s str, &Field)], wanted: impl Fn(&Field) -> bool) -> Vec<&'s str> {
    fields.iter().filter(|(_, field)| wanted(field)).map(|(key, _)| *key).collect()
}

/// Whether a field is of this type, or a list of such.
fn is_or_holds(field: &Field, kind: FieldType) -> bool {
    field.kind == Some(kind) || field.items.as_ref().is_some_and(|items| items.kind == Some(kind))
}

/// The format of a date field, or of the dates in a list.
fn format_of(field: &Field) -> Option<&Value> {
    field.settings.get(FORMAT).or_else(|| field.items.as_ref()?.settings.get(FORMAT))
}

/// What `front-matter/type` is told of a field.
fn about_type(field: &Field) -> Options {
    let mut about: Options = field
        .settings
        .iter()
        .filter(|(key, _)| *key != FORMAT)
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    if let Some(items) = &field.items {
        about.insert("items".into(), options::as_value(&about_type(items)));
    }
    about
}

fn texts(words: &[&str]) -> Value {
    words.iter().map(|word| Value::from(*word)).collect::<Vec<_>>().into()
}

fn map<'k>(entries: impl Iterator<Item = (&'k str, Value)>) -> Value {
    entries
        .filter(|(_, value)| !is_empty(value))
        .map(|(key, value)| (key.into(), value))
        .collect::<serde_yaml::Mapping>()
        .into()
}

fn is_empty(value: &Value) -> bool {
    value.as_sequence().is_some_and(Vec::is_empty) || value.as_mapping().is_some_and(serde_yaml::Mapping::is_empty)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Reading, read};
    use crate::pattern::Scanner;
    use crate::source::{Kind, Source};

    /// What the collections in `text` come to, a rule a line.
    fn compiled(text: &str) -> String {
        let source = Source::new("copydesk.yaml", Kind::Text, text);
        let Reading { config, findings, .. } = read(&source, &Scanner::embedded(), &|_| Ok(Vec::new()));
        assert!(findings.is_empty(), "{findings:?}");
        let specs: Vec<_> = config.collections.iter().map(|one| &one.front_matter).collect();
        let line = |setting: RuleSetting| {
            let options = serde_json::to_string(&setting.options).expect("options are plain values");
            format!("{} {:?} {options}", setting.rule, setting.level)
        };
        compile(&specs)
            .into_iter()
            .filter(|one| !one.rule.starts_with("related/"))
            .map(line)
            .collect::<Vec<_>>()
            .join("\n")
    }

    #[test]
    fn fields_become_options_of_the_rules_that_check_them() {
        insta::assert_snapshot!(compiled(
            r##"
collections:
  posts:
    files: "posts/**"
    front-matter:
      required: [title, date, authors, title]
      unknown-keys: warning
      fields:
        title: { type: string, min-length: 3, max-length: 70, pattern: "^[A-Z]" }
        date: { type: date, format: "%Y-%m-%d" }
        updated: { type: date }
        reviewed: { format: "%Y" }
        tags: { type: list, min-items: 1, max-items: 5, items: { one-of: [ai, 2, true] } }
        seen: { type: list, items: { type: date, format: "%d.%m.%Y" } }
        related: { type: list, items: { type: article }, max-items: 4 }
        next: { type: article }
        anything: {}
"##
        ));
    }

    #[test]
    fn a_later_collection_wins_and_what_is_required_adds_up() {
        insta::assert_snapshot!(compiled(
            r##"
collections:
  all:
    files: "**"
    front-matter: { required: [title], unknown-keys: error, fields: { date: { type: date, format: "%Y" }, a: { type: bool } } }
  posts:
    files: "posts/**"
    front-matter: { required: [date], unknown-keys: off, fields: { date: { type: string } } }
"##
        ));
    }

    #[test]
    fn a_collection_without_a_word_on_front_matter_expects_it_all_the_same() {
        assert_eq!(compiled("collections: { a: { files: a } }"), r#"front-matter/missing None {"expected":true}"#);
        assert!(compile(&[]).is_empty());
    }

    #[test]
    fn every_rule_takes_what_is_compiled_for_it() {
        let text = r##"{ collections: { a: { files: a, front-matter: { required: [t], unknown-keys: note, fields: {
            d: { type: date, format: "%Y" }, t: { type: string, max-length: 3 }, r: { type: list, items: { type: article } } } } } } }"##;
        let source = Source::new("copydesk.yaml", Kind::Text, text);
        let Reading { config, findings, .. } = read(&source, &Scanner::embedded(), &|_| Ok(Vec::new()));
        assert!(findings.is_empty(), "{findings:?}");
        for setting in compile(&[&config.collections[0].front_matter]) {
            let definition = RULES.iter().find(|rule| rule.meta.id == setting.rule).expect("a rule of the table");
            if let Err(error) = definition.build(options::as_value(&setting.options)) {
                panic!("{}: {error}", setting.rule);
            }
        }
    }
}
