//! Reads `rules`: for each rule its level, its options, or both; a rule says itself which options it has.

use super::fields::switch;
use super::options::{self, RuleSetting};
use super::reader::{Reader, unique};
use super::suggest::{self, closest_rule};
use super::{INVALID, UNUSED};
use crate::document::front_matter::{Data, Entry, Map, Value};
use crate::pattern::{PatternOptions, PatternRule};
use crate::rule::{Definition, OptionsError};
use crate::rules::RULES;

/// The key beside the options that sets the level.
const LEVEL: &str = "level";

/// Who reads the options of a rule.
#[derive(Clone, Copy)]
enum Owner {
    Rust(&'static Definition),
    Pattern,
    /// A rule of the configuration itself: it has none.
    Config,
}

/// Reads a map of rules. `patterns` are the rules that the packs make.
pub(super) fn rules(reader: &mut Reader, value: &Value, patterns: &[PatternRule]) -> Vec<RuleSetting> {
    let Some(map) = reader.map("rules", value) else { return Vec::new() };
    unique(map).filter_map(|entry| rule(reader, entry, patterns)).collect()
}

fn rule(reader: &mut Reader, entry: &Entry, patterns: &[PatternRule]) -> Option<RuleSetting> {
    let id = entry.key.as_str();
    let Some(owner) = owner(id, patterns) else {
        if id == INVALID.id {
            reader.wrong(entry.key_span, format!("`{id}` cannot be configured")).help("mend the configuration instead");
            return None;
        }
        let known = RULES.iter().map(|rule| rule.meta.id).chain(patterns.iter().map(|rule| rule.id.as_str()));
        let help = match closest_rule(id, known.chain([UNUSED.id])) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "`copydesk rules` lists all rules".to_owned(),
        };
        reader.wrong(entry.key_span, format!("there is no rule `{id}`")).help(help);
        return None;
    };
    let mut setting = RuleSetting { rule: id.to_owned(), level: None, options: options::Options::new() };
    let map = match &entry.value.data {
        Data::Map(map) => map,
        Data::Null => {
            let at = if entry.value.span.is_empty() { entry.key_span } else { entry.value.span };
            reader.wrong(at, format!("`{id}` has neither a level nor options")).help(levels());
            return None;
        }
        _ => {
            setting.level = switch(reader, id, &entry.value);
            return Some(setting);
        }
    };
    let mut given = Map::default();
    for entry in unique(map) {
        if entry.key == LEVEL {
            setting.level = switch(reader, LEVEL, &entry.value);
        } else {
            given.entries.push(entry.clone());
        }
    }
    if let Err(error) = check(owner, options::plain_map(&given)) {
        wrong_option(reader, id, &given, &entry.value, &error);
        return Some(setting);
    }
    setting.options = given.entries.iter().map(|entry| (entry.key.clone(), options::plain(&entry.value))).collect();
    Some(setting)
}

fn levels() -> String {
    format!("give it one of {}, or a map with its options", suggest::list(&options::Switch::WORDS))
}

fn owner(id: &str, patterns: &[PatternRule]) -> Option<Owner> {
    if id == UNUSED.id {
        return Some(Owner::Config);
    }
    let rust = RULES.iter().find(|rule| rule.meta.id == id).map(Owner::Rust);
    rust.or_else(|| patterns.iter().any(|rule| rule.id == id).then_some(Owner::Pattern))
}

/// The options of a rule that has none.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct NoOptions {}

fn check(owner: Owner, given: serde_yaml::Value) -> Result<(), OptionsError> {
    match owner {
        Owner::Rust(definition) => definition.build(given).map(drop),
        Owner::Pattern => serde_path_to_error::deserialize::<_, PatternOptions>(given).map(drop),
        Owner::Config => serde_path_to_error::deserialize::<_, NoOptions>(given).map(|NoOptions {}| ()),
    }
}

/// The options of the rule `id`, told by itself. `patterns` are the rules that the packs make.
pub(super) fn options_of(id: &str, patterns: &[PatternRule]) -> Vec<String> {
    // It names all that it knows when it is given what it cannot know.
    let unknown = serde_yaml::Value::Mapping([("\0".into(), serde_yaml::Value::Null)].into_iter().collect());
    let refused = owner(id, patterns).and_then(|owner| check(owner, unknown).err());
    refused.and_then(|error| unknown_field(&error.inner().to_string())).map(|(_, known)| known).unwrap_or_default()
}

/// Says what is wrong with the options `given` to a rule, at the place that the error's path leads to.
fn wrong_option(reader: &mut Reader, id: &str, given: &Map, whole: &Value, error: &OptionsError) {
    let message = error.inner().to_string();
    if let Some((unknown, known)) = unknown_field(&message) {
        let entry = find_key(given, error.path(), &unknown);
        let mut known: Vec<&str> = known.iter().map(String::as_str).collect();
        let top = entry.is_some_and(|entry| given.entries.iter().any(|own| own.key_span == entry.key_span));
        if top {
            known.push(LEVEL);
        }
        let at = entry.map_or(whole.span, |entry| entry.key_span);
        let what = if top { format!("`{id}` has no option `{unknown}`") } else { format!("unknown key `{unknown}`") };
        reader.wrong(at, what).help = suggest::help(&unknown, &known);
        return;
    }
    let (span, name, found) = match find(given, error.path()) {
        Some((name, value)) => (value.span, Some(name), Some(value)),
        None => (whole.span, None, None),
    };
    let name = name.map_or_else(|| id.to_owned(), str::to_owned);
    let (message, help) = in_words(&name, &message, found);
    reader.wrong(span, message).help = help;
}

/// The value that `path` leads to, and the key nearest to it.
fn find<'v>(map: &'v Map, path: &serde_path_to_error::Path) -> Option<(&'v str, &'v Value)> {
    use serde_path_to_error::Segment;
    let mut here: Option<(&str, &Value)> = None;
    for segment in path {
        here = match (segment, here) {
            (Segment::Map { key }, None) => map.entry(key).map(|entry| (entry.key.as_str(), &entry.value)),
            (Segment::Map { key }, Some((_, value))) => {
                value.as_map()?.entry(key).map(|entry| (entry.key.as_str(), &entry.value))
            }
            (Segment::Seq { index }, Some((name, value))) => Some((name, value.as_list()?.get(*index)?)),
            _ => return here,
        };
        here?;
    }
    here
}

/// The entry with the key `name` in the map that `path` leads to, whether or not the path itself ends in that key.
fn find_key<'v>(map: &'v Map, path: &serde_path_to_error::Path, name: &str) -> Option<&'v Entry> {
    let inner = find(map, path).and_then(|(_, value)| value.as_map()).and_then(|inner| inner.entry(name));
    inner.or_else(|| map.entry(name)).or_else(|| anywhere(map, name))
}

fn anywhere<'v>(map: &'v Map, name: &str) -> Option<&'v Entry> {
    map.entries
        .iter()
        .filter_map(|entry| entry.value.as_map())
        .find_map(|map| map.entry(name).or_else(|| anywhere(map, name)))
}

/// The field that serde does not know, and those it knows, from its message.
fn unknown_field(message: &str) -> Option<(String, Vec<String>)> {
    let rest = message.strip_prefix("unknown field `")?;
    let (unknown, rest) = rest.split_once("`, ")?;
    let known = rest.split('`').skip(1).step_by(2).map(str::to_owned).collect();
    Some((unknown.to_owned(), known))
}

/// What serde says, in words for people who write YAML, and what to do.
fn in_words(name: &str, message: &str, found: Option<&Value>) -> (String, Option<String>) {
    if let Some(rest) = message.strip_prefix("unknown variant `")
        && let Some((word, rest)) = rest.split_once("`, ")
    {
        let known: Vec<&str> = rest.split('`').skip(1).step_by(2).collect();
        return (format!("`{word}` is not a value of `{name}`"), suggest::help(word, &known));
    }
    let expected = message.strip_prefix("invalid type: ").or_else(|| message.strip_prefix("invalid value: "));
    if let (Some((_, expected)), Some(found)) = (expected.and_then(|rest| rest.rsplit_once(", expected ")), found) {
        let takes = match expected {
            "usize" | "u8" | "u16" | "u32" | "u64" | "i8" | "i16" | "i32" | "i64" => "a whole number",
            "f32" | "f64" => "a number",
            "a string" | "string" | "str" => "text",
            "a boolean" => "true or false",
            "a sequence" => "a list",
            other if other.starts_with("struct ") => "a map",
            other => other,
        };
        let found = match found.data {
            Data::Number(number) if takes == "a whole number" && number.fract() != 0.0 => "a fraction",
            Data::Number(number) if takes == "a whole number" && number < 0.0 => "less than 0",
            _ => found.describe(),
        };
        return (format!("`{name}` takes {takes}, but this is {found}"), None);
    }
    (format!("`{name}`: {message}"), None)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::*;

    /// Options of every shape.
    #[derive(Default, Deserialize)]
    #[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
    struct Sample {
        max_length: usize,
        allow: Vec<String>,
        fields: BTreeMap<String, Inner>,
        order: Order,
        strict: bool,
    }

    #[derive(Default, Deserialize)]
    #[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
    struct Inner {
        one_of: Vec<String>,
    }

    #[derive(Default, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    enum Order {
        #[default]
        OldestFirst,
        NewestFirst,
    }

    /// What is said of the options `text`: place, message, help.
    fn said(text: &str) -> (String, String, String) {
        let (map, problems) = crate::document::front_matter::parse_yaml(text, (0..text.len()).into());
        assert_eq!(problems, []);
        let error = serde_path_to_error::deserialize::<_, Sample>(options::plain_map(&map));
        let error = error.err().expect("something is wrong");
        let mut reader = Reader::new(&"copydesk.yaml".into(), &|_| unreachable!("no file is named"));
        let whole =
            Value { span: (0..text.len()).into(), data: Data::Null, style: crate::document::front_matter::Style::Tree };
        wrong_option(&mut reader, "a/rule", &map, &whole, &error);
        let finding = reader.findings.remove(0);
        (finding.span.of(text).to_owned(), finding.message, finding.help.unwrap_or_default())
    }

    #[test]
    fn a_wrong_option_is_told_in_words_at_its_place() {
        let said = |text| {
            let (at, message, help) = said(text);
            format!("{at} | {message} | {help}")
        };
        let told: Vec<String> = [
            "max-lenght: 3",
            "strict: true\nmax-length: many",
            "max-length: -1",
            "max-length: 1.5",
            "allow: 'x'",
            "allow: [a, é, {b: c}]",
            "fields: {title: {one-off: [a]}}",
            "fields: {title: {one-of: [a, [b]]}}",
            "order: newest",
            "order: newest-frist",
            "strict: 'yes'",
        ]
        .into_iter()
        .map(said)
        .collect();
        insta::assert_snapshot!(told.join("\n"));
    }
}
