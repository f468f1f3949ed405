//! Where a walk is: the value it looks at, and what that is called.

use std::fmt;

use crate::document::front_matter::{Data, Map, Value};
use crate::span::Span;

/// What is looked at: a value, or the front matter as a whole.
#[derive(Debug, Clone, Copy)]
pub(super) struct Subject<'a> {
    /// `None` for the front matter as a whole, which is a map.
    pub value: Option<&'a Value>,
    /// Its entries, if it is a map.
    pub map: Option<&'a Map>,
    /// The value itself.
    pub span: Span,
    /// Where something is told that is not in it.
    pub absent: Span,
}

impl<'a> Subject<'a> {
    /// The front matter as a whole.
    pub fn whole(map: &'a Map, opening: Span) -> Self {
        Self { value: None, map: Some(map), span: opening, absent: opening }
    }

    /// A value, about which `absent` is told what is not in it.
    pub fn of(value: &'a Value, absent: Span) -> Self {
        let span = if value.span.is_empty() { absent } else { value.span };
        Self { value: Some(value), map: value.as_map(), span, absent }
    }

    pub fn text(&self) -> Option<&'a str> {
        self.value.and_then(Value::as_text)
    }

    pub fn number(&self) -> Option<f64> {
        match self.value?.data {
            Data::Number(number) => Some(number),
            _ => None,
        }
    }

    pub fn list(&self) -> Option<&'a [Value]> {
        self.value.and_then(Value::as_list)
    }

    pub fn describe(&self) -> &'static str {
        self.value.map_or("a map", Value::describe)
    }
}

/// The way from the front matter to a value.
#[derive(Debug, Clone, Copy)]
pub(super) struct At<'a> {
    parent: Option<&'a At<'a>>,
    step: Step<'a>,
}

#[derive(Debug, Clone, Copy)]
enum Step<'a> {
    Whole,
    Key(&'a str),
    Item,
}

impl<'a> At<'a> {
    pub const WHOLE: At<'static> = At { parent: None, step: Step::Whole };

    pub fn key(&'a self, key: &'a str) -> At<'a> {
        At { parent: Some(self), step: Step::Key(key) }
    }

    pub fn item(&'a self) -> At<'a> {
        At { parent: Some(self), step: Step::Item }
    }

    /// The key, if this is a value directly in the front matter.
    pub fn top_key(&self) -> Option<&'a str> {
        match (self.step, self.parent?.step) {
            (Step::Key(key), Step::Whole) => Some(key),
            _ => None,
        }
    }

    /// The path of the keys since the last list, with a dot at its end if there is one: what stands before a key in here.
    pub fn prefix(&self) -> String {
        match (self.step, self.parent) {
            (Step::Key(key), Some(parent)) => format!("{}{key}.", parent.prefix()),
            _ => String::new(),
        }
    }

    /// The item of a list that this is in, if it is in one.
    fn listed(&self) -> Option<&At<'a>> {
        match (self.step, self.parent) {
            (Step::Item, _) => Some(self),
            (_, Some(parent)) => parent.listed(),
            _ => None,
        }
    }

    /// How the key `key` in here is called.
    pub fn name_of(&self, key: &str) -> String {
        let within = self.listed().map(|item| format!(" in {item}")).unwrap_or_default();
        format!("`{}{key}`{within}", self.prefix())
    }
}

impl fmt::Display for At<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.step, self.parent) {
            (Step::Whole, _) | (_, None) => f.write_str("the front matter"),
            (Step::Key(key), Some(parent)) => f.write_str(&parent.name_of(key)),
            (Step::Item, Some(parent)) => write!(f, "an item of {parent}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_has_a_name() {
        let whole = At::WHOLE;
        let authors = whole.key("authors");
        let item = authors.item();
        let links = item.key("links");
        let url = links.key("url");
        assert_eq!(whole.to_string(), "the front matter");
        assert_eq!(authors.to_string(), "`authors`");
        assert_eq!(item.to_string(), "an item of `authors`");
        assert_eq!(url.to_string(), "`links.url` in an item of `authors`");
        assert_eq!((authors.top_key(), links.top_key()), (Some("authors"), None));
    }
}
