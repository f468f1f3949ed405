//! The configuration's YAML as a tree in which every key and value has its place.
//!
//! Uses the value tree of front matter, so that there is one model of "a value and where it stands". Knows nothing of what
//! a key means. The text is a person's own file: small, and read once a run.

use granit_parser::{Event, Parser, ScalarStyle, StructureStyle};

use crate::document::front_matter::{Data, Entry, Map, Style, Value};
use crate::document::{Problem, ProblemKind};
use crate::span::Span;

/// How deep lists and maps may nest; nothing that copydesk reads goes deeper than a dozen levels.
const MAX_DEPTH: usize = 64;

/// How many values a file may come to with its aliases written out.
const MAX_VALUES: usize = 100_000;

/// Reads `text`: its top-level map, empty if there is none, and what is wrong with the syntax. What stands in front of a
/// syntax error is kept.
pub fn parse(text: &str) -> (Map, Vec<Problem>) {
    let base = if text.starts_with(crate::source::BOM) { crate::source::BOM.len_utf8() } else { 0 };
    let mut tree = Tree { text: &text[base..], base, ..Tree::default() };
    tree.read();
    let map = match tree.root {
        Some(Value { data: Data::Map(map), .. }) => map,
        None | Some(Value { data: Data::Null, .. }) => Map::default(),
        Some(other) => {
            tree.problems.push(problem(
                ProblemKind::Syntax,
                other.span,
                format!("the configuration is {}, not a map", other.describe()),
                "write it as `key: value` lines, such as `rules:`",
            ));
            Map::default()
        }
    };
    (map, tree.problems)
}

/// A list or map that is not closed yet.
struct Open {
    value: Value,
    anchor: usize,
    /// The key that waits for its value.
    key: Option<(String, Span)>,
}

#[derive(Default)]
struct Tree<'a> {
    text: &'a str,
    /// Where `text` begins in the file.
    base: usize,
    open: Vec<Open>,
    root: Option<Value>,
    anchors: Vec<(usize, Value)>,
    problems: Vec<Problem>,
    values: usize,
}

impl Tree<'_> {
    fn read(&mut self) {
        let mut documents = 0;
        for next in Parser::new_from_str(self.text) {
            let (event, place) = match next {
                Ok((event, span)) => (event, span),
                Err(error) => {
                    let at = error.marker().byte_offset().unwrap_or(self.text.len());
                    let span = self.widened(at);
                    self.syntax(
                        span,
                        in_words(&error.info()),
                        "mend the YAML syntax here; a value with `: ` or ` #` in it needs quotes",
                    );
                    break;
                }
            };
            let range = place.byte_range().unwrap_or(0..0);
            let span = Span::new(range.start, range.end.max(range.start)).shifted(self.base);
            match event {
                Event::DocumentStart(..) => {
                    documents += 1;
                    if documents > 1 {
                        self.syntax(span, "a second YAML document begins here".into(), "keep one document in the file");
                        break;
                    }
                }
                Event::Scalar(text, style, anchor, _) => {
                    let style = scalar_style(style);
                    let data = if style == Style::Plain {
                        plain(&text, span.is_empty())
                    } else {
                        Data::String(text.into_owned())
                    };
                    self.put(Value { span, data, style }, anchor);
                }
                Event::Alias(anchor) => {
                    let target = self.anchors.iter().rev().find(|(id, _)| *id == anchor);
                    let data = target.map_or(Data::Null, |(_, value)| value.data.clone());
                    self.values += size(&data);
                    self.put(Value { span, data, style: Style::Alias }, 0);
                }
                Event::SequenceStart(style, anchor, _) => self.open(Data::List(Vec::new()), style, span, anchor),
                Event::MappingStart(style, anchor, _) => self.open(Data::Map(Map::default()), style, span, anchor),
                Event::SequenceEnd | Event::MappingEnd => self.close(span),
                _ => {}
            }
            if self.open.len() > MAX_DEPTH || self.values > MAX_VALUES {
                self.syntax(
                    span,
                    "the configuration is nested too deeply".into(),
                    "write it flatter, with fewer aliases",
                );
                break;
            }
        }
        while !self.open.is_empty() {
            self.close(Span::empty(self.base));
        }
    }

    fn open(&mut self, data: Data, style: StructureStyle, span: Span, anchor: usize) {
        let style = if style == StructureStyle::Flow { Style::Flow } else { Style::Tree };
        self.open.push(Open { value: Value { span, data, style }, anchor, key: None });
    }

    fn close(&mut self, end: Span) {
        let Some(Open { mut value, anchor, .. }) = self.open.pop() else { return };
        // A block list or map ends where its last child ends; the parser's end is the next token.
        let last = match &value.data {
            Data::List(items) => items.last().map(|item| item.span),
            Data::Map(map) => map.entries.last().map(|entry| entry.key_span.to(entry.value.span)),
            _ => None,
        };
        let end = if value.style == Style::Flow { Some(end) } else { last };
        if let Some(end) = end {
            value.span.end = value.span.end.max(end.end);
        }
        self.put(value, anchor);
    }

    /// Puts a finished value where it belongs: as the root, a list item, a key, or the value of the key before it.
    fn put(&mut self, value: Value, anchor: usize) {
        self.values += 1;
        if anchor != 0 {
            self.anchors.push((anchor, value.clone()));
        }
        let Some(parent) = self.open.last_mut() else {
            self.root = Some(value);
            return;
        };
        match (&mut parent.value.data, parent.key.take()) {
            (Data::Map(map), Some((key, key_span))) => map.entries.push(Entry { key, key_span, value }),
            (Data::Map(map), None) => {
                let key = key_text(&value);
                let first = map.entries.iter().find(|entry| entry.key == key).map(|entry| entry.key_span);
                parent.key = Some((key.clone(), value.span));
                if let Some(first) = first {
                    let mut twice = problem(
                        ProblemKind::DuplicateKey,
                        value.span,
                        format!("the key `{key}` stands twice in this map"),
                        "keep one of them",
                    );
                    twice.labels.push((first, "first here".into()));
                    self.problems.push(twice);
                }
            }
            (Data::List(items), _) => items.push(value),
            _ => {}
        }
    }

    fn syntax(&mut self, span: Span, message: String, help: &str) {
        self.problems.push(problem(ProblemKind::Syntax, span, message, help));
    }

    /// The character at byte `at` of the text, so that there is something to point at; at the end, nothing.
    fn widened(&self, at: usize) -> Span {
        let at = (0..=at.min(self.text.len())).rev().find(|&at| self.text.is_char_boundary(at)).unwrap_or(0);
        let len = self.text[at..].chars().next().filter(|c| !c.is_control()).map_or(0, char::len_utf8);
        Span::new(at, at + len).shifted(self.base)
    }
}

/// A parser's message without what it was doing: "while parsing a node, found unknown anchor".
fn in_words(message: &str) -> String {
    let what = message.strip_prefix("while ").and_then(|rest| rest.split_once(", "));
    what.map_or(message, |(_, what)| what).trim_end_matches('.').to_owned()
}

fn problem(kind: ProblemKind, span: Span, message: String, help: &str) -> Problem {
    Problem { kind, span, message, help: Some(help.into()), labels: Vec::new() }
}

fn scalar_style(style: ScalarStyle) -> Style {
    match style {
        ScalarStyle::Plain => Style::Plain,
        ScalarStyle::SingleQuoted => Style::SingleQuoted,
        ScalarStyle::DoubleQuoted => Style::DoubleQuoted,
        ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
    }
}

/// What a plain scalar stands for. `serde_yaml` decides which words are numbers, booleans and nulls; only words that can
/// be one of these are shown to it.
fn plain(text: &str, empty: bool) -> Data {
    let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.' | '~');
    if empty {
        return Data::Null;
    }
    if text.len() > 32 || !text.chars().all(word) {
        return Data::String(text.to_owned());
    }
    match serde_yaml::from_str(text) {
        Ok(serde_yaml::Value::Null) => Data::Null,
        Ok(serde_yaml::Value::Bool(is)) => Data::Bool(is),
        Ok(serde_yaml::Value::Number(number)) => number.as_f64().map_or(Data::Null, Data::Number),
        _ => Data::String(text.to_owned()),
    }
}

fn key_text(value: &Value) -> String {
    match &value.data {
        Data::String(text) | Data::Date(text) => text.clone(),
        Data::Bool(is) => is.to_string(),
        Data::Number(number) => number.to_string(),
        Data::Null | Data::List(_) | Data::Map(_) => value.describe().to_owned(),
    }
}

fn size(data: &Data) -> usize {
    match data {
        Data::List(items) => items.iter().map(|item| 1 + size(&item.data)).sum(),
        Data::Map(map) => map.entries.iter().map(|entry| 1 + size(&entry.value.data)).sum(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_and_value_has_its_place() {
        let text = "\u{FEFF}rules: # é\r\n  \"dâte/format\": {level: off, format: '%Y'}\r\ncontent:\r\n  - a/**\r\n  - 😀.md\r\nlast:\r\n";
        let (map, problems) = parse(text);
        assert_eq!(problems, []);
        let rule = &map.get("rules").and_then(Value::as_map).expect("a map").entries[0];
        assert_eq!(rule.key_span.of(text), "\"dâte/format\"");
        assert_eq!(rule.value.span.of(text), "{level: off, format: '%Y'}");
        assert_eq!(rule.value.as_map().and_then(|m| m.get("level")).and_then(Value::as_text), Some("off"));
        let content = map.get("content").expect("it is there");
        assert_eq!(content.span.of(text), "- a/**\r\n  - 😀.md");
        assert_eq!(content.as_list().expect("a list")[1].span.of(text), "😀.md");
        assert_eq!(map.get("last").map(|v| &v.data), Some(&Data::Null));
    }

    #[test]
    fn duplicates_and_syntax_errors_are_problems_with_a_place() {
        let text = "a: 1\nb: [x\na: 2\n";
        let (_, problems) = parse(text);
        assert!(problems.iter().any(|p| p.kind == ProblemKind::Syntax), "{problems:?}");
        let text = "a: 1\nb: 2\na: 3\n";
        let (map, problems) = parse(text);
        assert_eq!(problems.len(), 1);
        assert_eq!((problems[0].span, problems[0].labels[0].0), (Span::new(10, 11), Span::new(0, 1)));
        assert_eq!(map.get("a").map(|v| &v.data), Some(&Data::Number(1.0)));
    }

    #[test]
    fn hostile_text_is_refused_quietly() {
        for text in
            ["", "\u{FEFF}", "- a", "é", "a: *b", "[", "%", "---\n---\n", "a: &x [*x]", "\0", "? [a]\n: b", "a: !t b"]
        {
            let _ = parse(text);
        }
        assert!(!parse(&"[".repeat(100_000)).1.is_empty());
        let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for level in 1..9 {
            let item = format!("*a{}, ", level - 1).repeat(10);
            bomb.push_str(&format!("a{level}: &a{level} [{item}]\n"));
        }
        assert!(!parse(&bomb).1.is_empty());
    }
}
