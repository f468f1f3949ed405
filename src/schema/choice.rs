//! The values that are allowed, and whether two values are equal.

use std::collections::HashSet;

use super::near::{closest, list};
use super::{Aspect, Detail, Violation, shown};
use crate::document::front_matter::{Data, Map, Value};
use crate::span::Span;

/// Beyond so many, texts are looked up rather than compared one by one.
const FEW: usize = 16;

/// The values that are allowed.
#[derive(Debug, Clone)]
pub struct Choices {
    values: Vec<Value>,
    /// The texts among them, if there are many.
    texts: HashSet<String>,
    /// The file that names them, as it is shown.
    file: Option<String>,
}

impl Choices {
    /// These values.
    pub fn new(values: Vec<Value>) -> Self {
        let many = values.len() > FEW;
        let texts = values.iter().filter_map(Value::as_text).filter(|_| many).map(str::to_owned).collect();
        Self { values, texts, file: None }
    }

    /// These values, which the file at `path` names.
    pub fn from_file(values: Vec<Value>, path: &str) -> Self {
        Self { file: Some(path.to_owned()), ..Self::new(values) }
    }

    /// Whether `value` is one of them.
    pub fn has(&self, value: &Value) -> bool {
        match value.as_text() {
            Some(text) if !self.texts.is_empty() => self.texts.contains(text),
            _ => self.values.iter().any(|one| same(one, value)),
        }
    }

    /// What is wrong with `value`, which is called `name` and is none of them.
    pub(super) fn violation(&self, name: &str, value: &Value, span: Span) -> Violation {
        let words: Vec<String> = self.values.iter().map(shown).collect();
        violation(name, value, span, words, self.file.as_deref())
    }
}

/// What is wrong with `value`, which is called `name` and is none of `words`.
pub(super) fn violation(name: &str, value: &Value, span: Span, words: Vec<String>, file: Option<&str>) -> Violation {
    let said = shown(value);
    let meant = closest(&said, words.iter().map(String::as_str)).map(str::to_owned);
    let nested = matches!(value.data, Data::List(_) | Data::Map(_));
    let is = if nested { said } else { format!("`{said}`") };
    let message = match (file, words.as_slice()) {
        (Some(file), _) => format!("{name} is {is}, which is not in `{file}`"),
        (None, [only]) => format!("{name} is {is}, but must be `{only}`"),
        (None, _) => format!("{name} is {is}, which is not one of the allowed values"),
    };
    let help = match (&meant, file) {
        (Some(meant), _) => format!("did you mean `{meant}`?"),
        (None, None) if words.len() == 1 => format!("write `{}`", words[0]),
        (None, Some(file)) => {
            format!("one of {}; or add it to `{file}`", list(words.iter().map(String::as_str)))
        }
        (None, None) => format!("one of {}", list(words.iter().map(String::as_str))),
    };
    let mut violation = Violation::new(Aspect::Value, span, message, help);
    violation.fix = meant.and_then(|meant| super::keys::replace_text(value, &meant));
    violation.detail = Detail::Choices(words);
    violation
}

/// Whether two values say the same, wherever they stand: the order of keys does not count, and a date is its text.
pub(super) fn same(one: &Value, other: &Value) -> bool {
    match (&one.data, &other.data) {
        (Data::Null, Data::Null) => true,
        (Data::Bool(one), Data::Bool(other)) => one == other,
        (Data::Number(one), Data::Number(other)) => one == other,
        (Data::String(one) | Data::Date(one), Data::String(other) | Data::Date(other)) => one == other,
        (Data::List(one), Data::List(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Data::Map(one), Data::Map(other)) => same_map(one, other),
        _ => false,
    }
}

fn same_map(one: &Map, other: &Map) -> bool {
    let has = |entry: &crate::document::front_matter::Entry| {
        other.get(&entry.key).is_some_and(|value| same(&entry.value, value))
    };
    one.entries.len() == other.entries.len() && one.entries.iter().all(has)
}
