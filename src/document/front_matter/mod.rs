//! Front matter: the fence, then YAML, TOML or JSON, into one tree of values in which every key and value has its place.
//!
//! Owns the tree and where the fence is. Knows no field by name: what `title` means is for rules.

use serde::Serialize;

use super::Problem;
use crate::source::Source;
use crate::span::Span;

/// The language of a front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum Format {
    /// Between `---` lines.
    Yaml,
    /// Between `+++` lines.
    Toml,
    /// An object at the start of the file.
    Json,
}

/// The front matter of one article.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FrontMatter {
    /// Its language.
    pub format: Format,
    /// All of it: fences, and the comment delimiters around it if it stands in an HTML comment; the line end after the
    /// closing fence left out.
    pub span: Span,
    /// The opening fence (`---`, `+++`, `{`): where a finding about something absent points.
    pub opening: Span,
    /// What stands between the fences, line ends of the fences left out. For JSON, the object with its braces.
    pub content: Span,
    /// Whether it was closed and its parser took all of it. If not, `map` holds what could be read.
    pub complete: bool,
    /// The top-level map.
    pub map: Map,
    /// Comments (`# …`) in it, from the `#` to the end of the line.
    pub comments: Vec<Span>,
}

/// A map in source order. Repeated keys are kept; the document has a [`Problem`] for each.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Map {
    /// Its entries in source order. What a YAML merge key (`<<`) brings in comes last, with the spans of its anchor.
    pub entries: Vec<Entry>,
}

/// A key and its value.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Entry {
    /// The key's text, quotes and escapes resolved.
    pub key: String,
    /// The key in the source, quotes included.
    pub key_span: Span,
    /// Its value.
    pub value: Value,
}

/// A value with its place.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Value {
    /// The value in the source, quotes and brackets included. An empty value is the empty span where it would stand. A
    /// block scalar runs from its `|` or `>` to the end of its last line, the line end left out. An alias (`*a`) is the
    /// alias itself; what is inside it keeps the anchor's spans.
    pub span: Span,
    /// What it is.
    pub data: Data,
    /// How it is written.
    pub style: Style,
}

/// What a value is. Scalars that an engine may read differently (`no`, `017`) are strings, as YAML 1.2 has it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Data {
    /// `null`, `~`, or nothing.
    Null,
    /// `true`, `false`.
    Bool(bool),
    /// Any number.
    Number(f64),
    /// Text, quotes and escapes resolved.
    String(String),
    /// A date or time that the format itself knows as one: a TOML date-time, an unquoted YAML timestamp. Its text as written.
    Date(String),
    /// A list.
    List(Vec<Value>),
    /// A map.
    Map(Map),
}

/// How a scalar is written; what a fix must keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum Style {
    /// Without quotes.
    Plain,
    /// `'…'`
    SingleQuoted,
    /// `"…"`
    DoubleQuoted,
    /// YAML `|` and `>`, TOML `"""` and `'''`.
    Block,
    /// A list or map in brackets, or a JSON one.
    Flow,
    /// A list or map by indentation, a TOML table under its header.
    Tree,
    /// A YAML alias.
    Alias,
}

impl Map {
    /// The first value under `key`, exact in letter case.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The first entry under `key`, exact in letter case.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// The entry at a dotted path: `seo.title`. A key that itself holds dots is found first.
    pub fn entry_at(&self, path: &str) -> Option<&Entry> {
        if let Some(entry) = self.entry(path) {
            return Some(entry);
        }
        let (head, rest) = path.split_once('.')?;
        match &self.get(head)?.data {
            Data::Map(map) => map.entry_at(rest),
            _ => None,
        }
    }
}

impl Value {
    /// The text of a string or a date.
    pub fn as_text(&self) -> Option<&str> {
        match &self.data {
            Data::String(text) | Data::Date(text) => Some(text),
            _ => None,
        }
    }

    /// The items of a list.
    pub fn as_list(&self) -> Option<&[Value]> {
        match &self.data {
            Data::List(items) => Some(items),
            _ => None,
        }
    }

    /// The entries of a map.
    pub fn as_map(&self) -> Option<&Map> {
        match &self.data {
            Data::Map(map) => Some(map),
            _ => None,
        }
    }

    /// Whether it says nothing: null, or text of white space only, or an empty list or map.
    pub fn is_blank(&self) -> bool {
        match &self.data {
            Data::Null => true,
            Data::String(text) => text.trim().is_empty(),
            Data::List(items) => items.is_empty(),
            Data::Map(map) => map.entries.is_empty(),
            Data::Bool(_) | Data::Number(_) | Data::Date(_) => false,
        }
    }

    /// What it is, in a copy editor's words: "a date", "a list".
    pub fn describe(&self) -> &'static str {
        match &self.data {
            Data::Null => "empty",
            Data::Bool(_) => "true or false",
            Data::Number(_) => "a number",
            Data::String(_) => "text",
            Data::Date(_) => "a date",
            Data::List(_) => "a list",
            Data::Map(_) => "a map",
        }
    }
}

/// Reads the front matter of `source`: it, the byte offset at which the body begins, and what is wrong with it.
pub(super) fn read(source: &Source) -> (Option<FrontMatter>, usize, Vec<Problem>) {
    (None, source.start(), Vec::new())
}
