//! What a value should be, as the configuration says it.
//!
//! Owns the options of `front-matter/type` and the comparing of a value with them.

use regex::Regex;
use serde::Deserialize;

use crate::date;
use crate::document::front_matter::{Data, Value};

/// What a value should be. What is not said is not checked.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Shape {
    /// What kind of value.
    pub r#type: Option<Type>,
    /// What each item of a list should be.
    pub items: Option<Box<Shape>>,
    /// The values that are allowed.
    pub one_of: Vec<Choice>,
    /// The least length of a text, in code points.
    pub min_length: Option<usize>,
    /// The greatest length of a text, in code points.
    pub max_length: Option<usize>,
    /// The least number of items of a list.
    pub min_items: Option<usize>,
    /// The greatest number of items of a list.
    pub max_items: Option<usize>,
    /// What must be found in a text.
    pub pattern: Option<Pattern>,
}

/// A kind of value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Type {
    /// Text.
    String,
    /// A number.
    Number,
    /// True or false.
    Bool,
    /// A date, with or without a time, in any form.
    Date,
    /// A list.
    List,
    /// A map.
    Map,
    /// An absolute address.
    Url,
    /// An article of the site: its path or address, or a map that holds it.
    Article,
}

impl Type {
    /// What it is, in the words of [`Value::describe`].
    pub(super) fn describe(self) -> &'static str {
        match self {
            Self::String => "text",
            Self::Number => "a number",
            Self::Bool => "true or false",
            Self::Date => "a date",
            Self::List => "a list",
            Self::Map => "a map",
            Self::Url => "an address",
            Self::Article => "an article",
        }
    }

    /// Whether `value` is one.
    pub(super) fn takes(self, value: &Value) -> bool {
        match (self, &value.data) {
            (Self::String | Self::Article, Data::String(_))
            | (Self::Number, Data::Number(_))
            | (Self::Bool, Data::Bool(_))
            | (Self::Date, Data::Date(_))
            | (Self::List, Data::List(_))
            | (Self::Map | Self::Article, Data::Map(_)) => true,
            (Self::Date, Data::String(text)) => date::read(text).is_some(),
            (Self::Url, Data::String(text)) => is_address(text),
            _ => false,
        }
    }

    /// How to write a value that is not one.
    pub(super) fn help(self, value: &Value) -> &'static str {
        match (self, &value.data) {
            (Self::String, Data::Number(_) | Data::Bool(_) | Data::Date(_)) => "put it in quotes",
            (Self::Bool, Data::String(_)) => "write `true` or `false`, without quotes",
            (Self::Number, Data::String(_)) => "write digits, without quotes",
            (Self::Date, _) => "write it as `2025-07-18`",
            (Self::List, Data::String(_)) => "write it as `[one, two]`",
            (Self::Url, _) => "write it in full, as `https://example.org/page`",
            _ => "write it as the configuration asks",
        }
    }
}

/// Whether a text is an absolute address: a scheme, `://`, a host, and no white space.
fn is_address(text: &str) -> bool {
    let text = text.trim();
    text.split_once("://").is_some_and(|(scheme, rest)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
            && rest.starts_with(|c: char| c.is_alphanumeric() || c == '[')
            && !rest.contains(char::is_whitespace)
    })
}

/// An allowed value.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Choice {
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(f64),
    /// A text or a date.
    Text(String),
}

impl Choice {
    /// Whether `value` is this one.
    pub(super) fn is(&self, value: &Value) -> bool {
        match (self, &value.data) {
            (Self::Bool(one), Data::Bool(other)) => one == other,
            (Self::Number(one), Data::Number(other)) => one == other,
            (Self::Text(one), Data::String(other) | Data::Date(other)) => one == other,
            _ => false,
        }
    }

    /// As it would be written.
    pub(super) fn written(&self) -> String {
        match self {
            Self::Bool(truth) => truth.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Text(text) => text.clone(),
        }
    }
}

/// A regular expression.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "String")]
pub struct Pattern(pub(super) Regex);

impl TryFrom<String> for Pattern {
    type Error = regex::Error;

    fn try_from(pattern: String) -> Result<Self, Self::Error> {
        Regex::new(&pattern).map(Self)
    }
}
