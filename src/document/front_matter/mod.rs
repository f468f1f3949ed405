//! Front matter: the fence, then YAML, TOML or JSON, into one tree of values in which every key and value has its place.
//!
//! Owns the tree and where the fence is. Knows no field by name: what `title` means is for rules.

mod fence;
mod json;
mod lines;
mod toml;
mod yaml;

use std::collections::HashMap;

use serde::Serialize;

use super::{Problem, ProblemKind};
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

/// A map in source order. Repeated keys are kept, but for TOML, whose parser drops them; the document has a [`Problem`]
/// for each.
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
    /// alias itself; what is inside it keeps the anchor's spans. A TOML table is its header, one made by a dotted key that
    /// part of the key.
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
        // Most paths are one short key.
        let dot = path.bytes().position(|byte| byte == b'.')?;
        match &self.get(&path[..dot])?.data {
            Data::Map(map) => map.entry_at(&path[dot + 1..]),
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

/// What a parser made of the text between the fences.
#[derive(Debug, Default)]
struct Parsed {
    map: Map,
    comments: Vec<Span>,
    problems: Vec<Problem>,
    /// What the text is if it is no map: a list, a sentence.
    other: Option<Value>,
}

impl Parsed {
    /// Whether the parser took all of it.
    fn complete(&self) -> bool {
        self.problems.iter().all(|problem| problem.kind != ProblemKind::Syntax)
    }
}

/// How deep maps and lists may nest. No article needs more; a parser that recurses must stop somewhere.
const MAX_DEPTH: usize = 64;

/// Reads YAML that is no front matter, such as a configuration: its map, and what is wrong with it. The spans are those in
/// `text`, of which `content` is read.
pub fn parse_yaml(text: &str, content: Span) -> (Map, Vec<Problem>) {
    let mut parsed = yaml::parse(text, content);
    report_duplicates(&parsed.map, &mut parsed.problems);
    if parsed.other.is_some() {
        let (message, help) = ("this is no map of keys and values", "write it as `key: value` lines");
        parsed.problems.push(Problem::syntax(content.trimmed(text), message, help));
    }
    (parsed.map, parsed.problems)
}

/// Reads a file of data: what it holds, if anything, and what is wrong with it. The spans are those in `text`, of which
/// `content` is read.
pub fn parse_data(format: Format, text: &str, content: Span) -> (Option<Value>, Vec<Problem>) {
    let mut parsed = match format {
        Format::Yaml => yaml::parse(text, content),
        Format::Toml => toml::parse(text, content),
        Format::Json => json::parse(text, content.trimmed(text)),
    };
    report_duplicates(&parsed.map, &mut parsed.problems);
    let map = |map: Map| Value { span: content.trimmed(text), data: Data::Map(map), style: Style::Tree };
    // `{}` is a map without keys, white space and comments are nothing.
    let written = |from: usize| {
        let comment = |at: usize| parsed.comments.iter().find(|comment| comment.start == at).map(|comment| comment.end);
        let mut rest = Span::new(from, content.end).trimmed(text);
        while let Some(end) = comment(rest.start) {
            rest = Span::new(end, content.end).trimmed(text);
        }
        rest.of(text).starts_with('{')
    };
    let is_map = !parsed.map.entries.is_empty() || written(content.start);
    let whole = parsed.other.or_else(|| is_map.then(|| map(parsed.map)));
    (whole, parsed.problems)
}

/// Reads the front matter of `source`: it, the byte offset at which the body begins, and what is wrong with it.
pub(super) fn read(source: &Source) -> (Option<FrontMatter>, usize, Vec<Problem>) {
    let text = source.text();
    let Some((block, parsed)) = json::find(source).or_else(|| fence::find(text, source.start())) else {
        return (None, source.start(), Vec::new());
    };
    let complete = block.closed && parsed.complete();
    let mut problems = parsed.problems;
    report_duplicates(&parsed.map, &mut problems);
    problems.extend(block.problem);
    problems.sort_by_key(|problem| problem.span);
    let front_matter = FrontMatter {
        format: block.format,
        span: block.span,
        opening: block.opening,
        content: block.content,
        complete,
        map: parsed.map,
        comments: parsed.comments,
    };
    (Some(front_matter), block.body_start, problems)
}

/// Where a front matter is, and what is wrong with its fences.
#[derive(Debug)]
struct Block {
    format: Format,
    /// As in [`FrontMatter`].
    span: Span,
    /// As in [`FrontMatter`].
    opening: Span,
    /// As in [`FrontMatter`].
    content: Span,
    body_start: usize,
    /// Whether a closing fence stands where it must.
    closed: bool,
    problem: Option<Problem>,
}

impl Problem {
    /// A fault that the parser of a front matter found.
    fn syntax(span: Span, message: impl Into<String>, help: impl Into<String>) -> Self {
        let (message, help) = (message.into(), Some(help.into()));
        Self { kind: ProblemKind::Syntax, span, message, help, labels: Vec::new(), unquoted: None }
    }

    /// A fault of a fence.
    fn fence(span: Span, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { kind: ProblemKind::Fence, ..Self::syntax(span, message, help) }
    }

    /// A key that its map already has, at `first`.
    fn duplicate_key(key: &str, span: Span, first: Option<Span>) -> Self {
        Self {
            kind: ProblemKind::DuplicateKey,
            span,
            message: format!("the key `{key}` is there twice"),
            help: Some("keep one of the two: some engines stop here, others quietly take the last".to_owned()),
            labels: first.map(|first| (first, "first here".to_owned())).into_iter().collect(),
            unquoted: None,
        }
    }
}

/// Up to how many keys of a map are compared one by one.
const FEW_KEYS: usize = 16;

/// Reports each key that its map already has, at any depth. An alias repeats its anchor, which has been reported.
fn report_duplicates(map: &Map, problems: &mut Vec<Problem>) {
    let mut seen: HashMap<&str, Span> = HashMap::new();
    for (index, entry) in map.entries.iter().enumerate() {
        // A map of a few keys is sooner searched than hashed.
        let first = if map.entries.len() <= FEW_KEYS {
            map.entries[..index].iter().find(|earlier| earlier.key == entry.key).map(|earlier| earlier.key_span)
        } else {
            let first = seen.get(entry.key.as_str()).copied();
            if first.is_none() {
                seen.insert(&entry.key, entry.key_span);
            }
            first
        };
        if first.is_some() {
            problems.push(Problem::duplicate_key(&entry.key, entry.key_span, first));
        }
        report_duplicates_in(&entry.value, problems);
    }
}

fn report_duplicates_in(value: &Value, problems: &mut Vec<Problem>) {
    match &value.data {
        _ if value.style == Style::Alias => {}
        Data::Map(map) => report_duplicates(map, problems),
        Data::List(items) => items.iter().for_each(|item| report_duplicates_in(item, problems)),
        _ => {}
    }
}
