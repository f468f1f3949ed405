//! TOML front matter into the tree, every key and value with its place.
//!
//! Owns the step from the parser's table, and the comments, which the parser drops. Of a key that is there twice the
//! parser keeps one value only.

use ::toml::Spanned;
use ::toml::de::{DeInteger, DeTable, DeValue, Error};

use super::lines::{boundary_after, boundary_before, line_at, lines};
use super::{Data, Entry, Map, Parsed, Style, Value};
use crate::document::Problem;
use crate::span::Span;

/// How many faults are told; one can bring many others.
const MAX_FAULTS: usize = 20;

/// Parses what stands between the fences.
pub(super) fn parse(text: &str, content: Span) -> Parsed {
    let (table, errors) = DeTable::parse_recoverable(content.of(text));
    let reader = Reader { text, content };
    let map = reader.map(table.get_ref());
    let comments = reader.comments(&map);
    let problems = errors.iter().take(MAX_FAULTS).map(|error| reader.problem(error, &map)).collect();
    Parsed { map, comments, problems, other: None }
}

struct Reader<'t> {
    text: &'t str,
    content: Span,
}

impl Reader<'_> {
    fn span(&self, range: std::ops::Range<usize>) -> Span {
        let at = |offset: usize| (self.content.start + offset).min(self.content.end);
        let start = boundary_before(self.text, at(range.start));
        Span::new(start, boundary_after(self.text, at(range.end)).max(start))
    }

    fn map(&self, table: &DeTable) -> Map {
        let entries = table.iter().filter_map(|(key, value)| {
            // What a fault left without a value has the range 0..0, at which no value can stand.
            let value = (value.span() != (0..0)).then(|| self.value(value))?;
            Some(Entry { key: key.get_ref().to_string(), key_span: self.span(key.span()), value })
        });
        let mut entries: Vec<Entry> = entries.collect();
        entries.sort_by_key(|entry| entry.key_span);
        Map { entries }
    }

    fn value(&self, value: &Spanned<DeValue>) -> Value {
        let span = self.span(value.span());
        let source = span.of(self.text);
        let written = |flow: char| if source.starts_with(flow) { Style::Flow } else { Style::Tree };
        let (data, style) = match value.get_ref() {
            DeValue::String(string) => {
                let style = match source.as_bytes() {
                    [b'"', b'"', b'"', ..] | [b'\'', b'\'', b'\'', ..] => Style::Block,
                    [b'\'', ..] => Style::SingleQuoted,
                    [b'"', ..] => Style::DoubleQuoted,
                    _ => Style::Plain,
                };
                (Data::String(string.to_string()), style)
            }
            DeValue::Integer(integer) => (Data::Number(number(integer)), Style::Plain),
            DeValue::Float(float) => (Data::Number(float.as_str().parse().unwrap_or(f64::NAN)), Style::Plain),
            DeValue::Boolean(truth) => (Data::Bool(*truth), Style::Plain),
            DeValue::Datetime(_) => (Data::Date(source.to_owned()), Style::Plain),
            DeValue::Array(items) => {
                let tables = source.starts_with("[[") && items.iter().all(|item| item.get_ref().is_table());
                let header = tables && items.first().is_none_or(|item| item.span() == value.span());
                let style = if header { Style::Tree } else { written('[') };
                (Data::List(items.iter().map(|item| self.value(item)).collect()), style)
            }
            DeValue::Table(table) => (Data::Map(self.map(table)), written('{')),
        };
        Value { span, data, style }
    }

    fn problem(&self, error: &Error, map: &Map) -> Problem {
        let span = self.span(error.span().unwrap_or(0..0));
        if error.message() == "duplicate key" {
            let key = span.of(self.text);
            let key = key.trim_matches(['"', '\'']);
            let first = first_of(map, key, span.start, self.text).or_else(|| self.header_before(span));
            return Problem::duplicate_key(key, span, first);
        }
        let (message, help) = explain(error.message());
        // An empty place at a line's end says little; what stands before it on the line, from its first quote on, does.
        let mut shown = if span.is_empty() { self.words_before(span.start) } else { span };
        if let Some(quote) = shown.of(self.text).find(['"', '\'']).filter(|_| span.is_empty()) {
            shown.start += quote;
        }
        if let Some(at) = shown.of(self.text).find(['\r', '\n']).filter(|at| *at > 0) {
            shown.end = shown.start + at;
        }
        Problem::syntax(shown, message, help)
    }

    /// The line that ends before byte `at`, which may be the start of the next one.
    fn words_before(&self, at: usize) -> Span {
        let before = self.text[self.content.start..at].trim_end();
        let at = self.content.start + before.len();
        let start = before.rfind('\n').map_or(self.content.start, |line| self.content.start + line + 1);
        Span::new(start, at).trimmed(self.text)
    }

    /// The key of an earlier table header that reads like the one around `key`: the parser forgets where it stood.
    fn header_before(&self, key: Span) -> Option<Span> {
        let start = self.text[self.content.start..key.start].rfind('\n').map(|at| self.content.start + at + 1)?;
        let header = line_at(self.text, start, self.content.end).0.trimmed(self.text);
        let into = key.start - header.start;
        let mut earlier = lines(self.text, Span::new(self.content.start, start)).map(|line| line.trimmed(self.text));
        let twin =
            earlier.find(|line| header.of(self.text).starts_with('[') && line.of(self.text) == header.of(self.text))?;
        Some(Span::new(twin.start + into, twin.start + into + key.len()))
    }

    /// The comments: each `#` outside the strings and quoted keys, to the end of its line.
    fn comments(&self, map: &Map) -> Vec<Span> {
        let mut quoted = Vec::new();
        collect_quoted(map, &mut quoted);
        quoted.sort();
        let mut comments = Vec::new();
        let mut at = self.content.start;
        while let Some(found) = self.text[at..self.content.end].find('#') {
            let hash = at + found;
            let before = quoted.partition_point(|span| span.start <= hash);
            match before.checked_sub(1).map(|index| quoted[index]).filter(|span| hash < span.end) {
                Some(string) => at = string.end,
                None => {
                    let (rest, _) = line_at(self.text, hash, self.content.end);
                    comments.push(rest);
                    at = rest.end.max(hash + 1);
                }
            }
        }
        comments
    }
}

fn number(integer: &DeInteger) -> f64 {
    i64::from_str_radix(integer.as_str(), integer.radix()).map_or(f64::NAN, |number| number as f64)
}

fn collect_quoted(map: &Map, quoted: &mut Vec<Span>) {
    for entry in &map.entries {
        quoted.push(entry.key_span);
        collect_quoted_in(&entry.value, quoted);
    }
}

fn collect_quoted_in(value: &Value, quoted: &mut Vec<Span>) {
    match &value.data {
        Data::String(_) => quoted.push(value.span),
        Data::List(items) => items.iter().for_each(|item| collect_quoted_in(item, quoted)),
        Data::Map(map) => collect_quoted(map, quoted),
        _ => {}
    }
}

/// The first place of a key that the parser met again at byte `before`: in the table that was begun last. A key after a
/// dot is looked for in tables that dots made.
fn first_of(map: &Map, key: &str, before: usize, text: &str) -> Option<Span> {
    let dotted = text[..before].trim_end_matches([' ', '\t']).ends_with('.');
    let mut found: Option<(usize, Span)> = None;
    let mut tables = vec![(0, false, map)];
    while let Some((start, by_dot, table)) = tables.pop() {
        let entry = table.entry(key).filter(|entry| entry.key_span.end <= before && by_dot == dotted);
        if let Some(entry) = entry.filter(|_| found.is_none_or(|(latest, _)| start >= latest)) {
            found = Some((start, entry.key_span));
        }
        for entry in &table.entries {
            let span = entry.value.span;
            let inline = entry.value.style == Style::Flow;
            if span.start > before || inline && span.end < before {
                continue;
            }
            match &entry.value.data {
                Data::Map(inner) => tables.push((span.start, span == entry.key_span, inner)),
                Data::List(items) => {
                    tables.extend(items.iter().filter_map(|item| Some((item.span.start, false, item.as_map()?))));
                }
                _ => {}
            }
        }
    }
    found.map(|(_, span)| span)
}

/// The parser's words and ours, and what to do.
fn explain(said: &str) -> (String, &'static str) {
    let plain = said.split(", expected").next().unwrap_or(said);
    let (message, help) = match plain {
        "string values must be quoted" => ("a text without quotes", "put it in double quotes"),
        "key with no value" => ("a key without a value", "write `key = \"value\"`"),
        "missing value for key" | "missing value" => ("a key without a value", "write a value after the `=`"),
        "invalid basic string" | "invalid literal string" => {
            ("this quote is never closed, or holds what a quoted text cannot", "close it on the same line")
        }
        "invalid multi-line basic string" | "invalid multi-line literal string" => {
            ("this text is never closed", "close it with three quotes")
        }
        "missing escaped value" | "unclosed escape" => {
            ("a lone backslash", "write the backslash twice, or use single quotes")
        }
        "unclosed array" => ("this list is never closed", "close it with `]`"),
        "unclosed inline table" => ("this table is never closed", "close it with `}`"),
        "unclosed table" | "unclosed array table" => ("this table header is never closed", "close it with `]`"),
        "missing comma between array elements" | "missing comma between key-value pairs" => {
            ("a comma is missing after this", "separate entries by commas")
        }
        "extra comma in array" | "extra comma in inline table" => ("a comma too many", "delete it"),
        "unexpected key or value" | "unexpected content" => {
            ("more text follows on this line", "put each key on a line of its own, and text in quotes")
        }
        "invalid unquoted key" => ("a key with characters that need quotes", "put the key in quotes"),
        "unexpected leading zero" => ("a number that begins with zero", "leave the zero out, or put it in quotes"),
        "carriage return must be followed by newline" => ("a lone carriage return", "delete it"),
        other => return (format!("TOML cannot read this: {other}"), "write `key = \"value\"`"),
    };
    (message.to_owned(), help)
}
