//! What the configuration says of one rule: whether it is on, and its options.

use std::collections::BTreeMap;

use super::reader::unique;
use crate::document::front_matter::{Data, Map, Value};
use crate::finding::Level;

/// Options as rules take them: by key, so that layers merge key by key.
pub type Options = BTreeMap<String, serde_yaml::Value>;

/// Whether a rule is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Switch {
    /// At this level.
    On(Level),
    /// Not at all.
    Off,
}

/// What one layer of the configuration says of one rule.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleSetting {
    /// The rule's id.
    pub rule: String,
    /// Whether it is on; `None` leaves that as it is.
    pub level: Option<Switch>,
    /// Options that replace those of earlier layers.
    pub options: Options,
}

impl Switch {
    /// The words for it, the way they are written in the configuration.
    pub const WORDS: [&str; 4] = ["error", "warning", "note", "off"];

    /// What `value` says; `false` is `off`, as YAML 1.1 has it.
    pub fn of(value: &Value) -> Option<Self> {
        match &value.data {
            Data::Bool(false) => Some(Self::Off),
            Data::String(word) => match word.as_str() {
                "error" => Some(Self::On(Level::Error)),
                "warning" => Some(Self::On(Level::Warning)),
                "note" => Some(Self::On(Level::Note)),
                "off" => Some(Self::Off),
                _ => None,
            },
            _ => None,
        }
    }

    /// What other linters call the level that `word` names.
    pub fn meant(word: &str) -> Option<&'static str> {
        match word.to_lowercase().as_str() {
            "warn" | "on" | "true" | "1" => Some("warning"),
            "info" | "hint" | "suggestion" | "notice" | "information" => Some("note"),
            "err" | "deny" | "fatal" | "2" => Some("error"),
            "false" | "none" | "never" | "disable" | "disabled" | "allow" | "ignore" | "no" | "0" => Some("off"),
            _ => super::suggest::closest(word, Self::WORDS),
        }
    }

    /// The level, if it is on.
    pub fn level(self) -> Option<Level> {
        match self {
            Self::On(level) => Some(level),
            Self::Off => None,
        }
    }
}

/// A value of the configuration as `serde_yaml` has it, for options to be read from.
pub fn plain(value: &Value) -> serde_yaml::Value {
    match &value.data {
        Data::Null => serde_yaml::Value::Null,
        Data::Bool(is) => (*is).into(),
        Data::Number(number) => self::number(*number),
        Data::String(text) | Data::Date(text) => text.as_str().into(),
        Data::List(items) => items.iter().map(plain).collect::<Vec<_>>().into(),
        Data::Map(map) => plain_map(map),
    }
}

/// A map of the configuration as `serde_yaml` has it. Of repeated keys the first one counts.
pub fn plain_map(map: &Map) -> serde_yaml::Value {
    unique(map).map(|entry| (entry.key.as_str().into(), plain(&entry.value))).collect::<serde_yaml::Mapping>().into()
}

/// A whole number as an integer, so that options that count read it.
pub fn number(number: f64) -> serde_yaml::Value {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    #[expect(clippy::cast_possible_truncation, reason = "it is a whole number below 2^53")]
    if number.fract() == 0.0 && number.abs() <= EXACT {
        return (number as i64).into();
    }
    number.into()
}

/// Options as one value, for a rule to be built from.
pub fn as_value(options: &Options) -> serde_yaml::Value {
    options.iter().map(|(key, value)| (key.as_str().into(), value.clone())).collect::<serde_yaml::Mapping>().into()
}
