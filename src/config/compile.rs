//! What collections say of front matter, as options of the rules that check it.

use serde_yaml::Value;

use super::field::Field;
use super::fields::FrontMatterSpec;
use super::options::{self, Options, RuleSetting};
use crate::rules::RULES;
use crate::schema::Type;
use crate::site::related::KEYS;

/// The settings of rules for a file that belongs to the collections `specs`, of which a later one wins. What the rules on
/// single values and keys need is in the schemas (see [`super::shape`]).
pub fn compile(specs: &[&FrontMatterSpec]) -> Vec<RuleSetting> {
    if specs.is_empty() {
        return Vec::new();
    }
    let fields = merged(specs);
    let mut dates = keys(&fields, |field| is_or_holds(field, Type::Date) || field.dates.contains_key("format"));
    dates.extend(
        specs.iter().filter_map(|spec| spec.schema.as_deref()).flat_map(|schema| &schema.dates).map(String::as_str),
    );
    keep_first(&mut dates);
    // Those that are named in a certain way are looked up in that way, and only in that.
    let own_way = keys(&fields, names_its_way);
    let articles = keys(&fields, |field| is_or_holds(field, Type::Article) && !names_its_way(field));
    let date = |setting: &str| {
        map(fields.iter().filter_map(|(key, field)| Some((*key, date_setting(field, setting)?.clone()))))
    };

    let mut settings = vec![setting("front-matter/missing", [("expected", true.into())])];
    // Nothing is said about what is not written: a list without items would only hide what `rules` says.
    let mut put = |rule: &str, options: &[(&str, Value)]| {
        let given = options.iter().filter(|(_, value)| !is_empty(value)).cloned();
        let made = setting(rule, given);
        if !made.options.is_empty() {
            settings.push(made);
        }
    };
    put("date/format", &[("fields", texts(&dates)), ("formats", date("format"))]);
    put("date/invalid", &[("fields", texts(&dates))]);
    put("date/future", &[("limits", date("max"))]);
    put("date/order", &[("not-before", date("not-before"))]);
    for related in RULES.iter().filter(|rule| rule.meta.id.starts_with("related/")) {
        // Not all of them look at front matter.
        let made = setting(related.meta.id, [("keys", texts(&articles))]);
        if related.build(options::as_value(&made.options)).is_ok() {
            put(related.meta.id, &[("keys", texts(&articles))]);
            let usual: Vec<&str> = KEYS.iter().copied().filter(|key| !own_way.contains(key)).collect();
            if related.meta.id == BROKEN && articles.is_empty() && usual.len() < KEYS.len() {
                put(BROKEN, &[("keys", texts(&usual))]);
            }
        }
    }
    if let Some(switch) = specs.iter().rev().find_map(|spec| spec.unknown_keys) {
        settings.push(RuleSetting { level: Some(switch), ..setting("front-matter/unknown-key", []) });
    }
    settings
}

fn setting<'k>(rule: &str, options: impl IntoIterator<Item = (&'k str, Value)>) -> RuleSetting {
    let options: Options = options.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    RuleSetting { rule: rule.to_owned(), level: None, options }
}

/// The fields of all collections; what a later one says of a key replaces what an earlier one says.
fn merged<'s>(specs: &[&'s FrontMatterSpec]) -> Vec<(&'s str, &'s Field)> {
    let mut fields: Vec<(&str, &Field)> = Vec::new();
    for (key, field) in specs.iter().flat_map(|spec| &spec.map.fields) {
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

/// The rule that tells where references lead.
const BROKEN: &str = "related/broken";

/// Whether a field is of this type, or a list of such.
fn is_or_holds(field: &Field, kind: Type) -> bool {
    field.kind == Some(kind) || field.items.as_ref().is_some_and(|items| items.kind == Some(kind))
}

fn names_its_way(field: &Field) -> bool {
    !field.by.is_empty() || field.items.as_ref().is_some_and(|items| !items.by.is_empty())
}

/// What is said of a date field, or of the dates in a list.
fn date_setting<'f>(field: &'f Field, setting: &str) -> Option<&'f Value> {
    field.dates.get(setting).or_else(|| field.items.as_ref()?.dates.get(setting))
}

fn texts(words: &[&str]) -> Value {
    words.iter().map(|word| Value::from(*word)).collect::<Vec<_>>().into()
}

fn map<'k>(entries: impl Iterator<Item = (&'k str, Value)>) -> Value {
    entries.map(|(key, value)| (key.into(), value)).collect::<serde_yaml::Mapping>().into()
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
        date: { type: date, format: "%Y-%m-%d", max: "+12h" }
        updated: { type: date, not-before: date }
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
