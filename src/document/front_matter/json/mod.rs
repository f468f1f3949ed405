//! JSON front matter: an object at the start of the page.
//!
//! Owns where the object ends and its tree. The parser stops at its first fault, so after one it is asked again, more
//! leniently, for the rest.

mod fault;

use jsonc_parser::ast::{self, ObjectPropName};
use jsonc_parser::errors::ParseErrorKind;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use serde::de::IgnoredAny;

use super::lines::{Look, boundary_after, boundary_before, line_at, look};
use super::{Block, Data, Entry, Format, MAX_DEPTH, Map, Parsed, Style, Value};
use crate::document::Problem;
use crate::source::{Kind, Source};
use crate::span::Span;

/// Finds the object with which `source` begins. `{{ output }}`, `{% tag %}`, `{/* MDX */}` and prose are none: it must have
/// a quoted key, and nothing may follow it on its last line.
pub(super) fn find(source: &Source) -> Option<(Block, Parsed)> {
    let text = source.text();
    let blank = text[source.start()..].len() - text[source.start()..].trim_start().len();
    let start = source.start() + blank;
    let mut inside = text[start..].strip_prefix('{')?.trim_start();
    while let Some(comment) = inside.strip_prefix("//").filter(|_| source.kind() != Kind::Mdx) {
        inside = comment.split_once('\n').map_or("", |(_, rest)| rest.trim_start());
    }
    let quote = inside.chars().next().filter(|c| matches!(c, '"' | '\''));
    let begins = match quote {
        Some(quote) => inside[1..].split_once(quote).is_some_and(|(_, rest)| rest.trim_start().starts_with(':')),
        None => inside.starts_with('}') && source.kind() != Kind::Mdx,
    };
    if !begins {
        return None;
    }
    let opening = Span::new(start, start + 1);
    let Some(end) = end_of_object(text, start) else {
        return unclosed(text, opening);
    };
    let (line, next) = line_at(text, end, text.len());
    if !line.trimmed(text).is_empty() {
        return None;
    }
    let content = Span::new(start, end);
    let block =
        Block { format: Format::Json, span: content, opening, content, body_start: next, closed: true, problem: None };
    Some((block, parse(text, content)))
}

/// Past the brace that closes the object which begins at byte `start`. As in Hugo, only strings can hide a brace.
fn end_of_object(text: &str, start: usize) -> Option<usize> {
    let mut depth = 0usize;
    marks(text, Span::new(start, text.len())).find_map(|(at, mark)| {
        match mark {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        (depth == 0).then_some(at + 1)
    })
}

/// The brackets and commas of `span` that stand outside strings.
fn marks(text: &str, span: Span) -> impl Iterator<Item = (usize, u8)> + '_ {
    let mut quoted = false;
    let mut escaped = false;
    text.as_bytes()[span.start..span.end].iter().zip(span.start..).filter_map(move |(&byte, at)| {
        if std::mem::take(&mut escaped) {
            return None;
        }
        match byte {
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'{' | b'}' | b'[' | b']' | b',' if !quoted => return Some((at, byte)),
            _ => {}
        }
        None
    })
}

/// An object that nothing closes: as far as its lines look like keys.
fn unclosed(text: &str, opening: Span) -> Option<(Block, Parsed)> {
    let (_, first) = line_at(text, opening.start, text.len());
    let mut end = None;
    let mut at = first;
    while at < text.len() {
        let (line, next) = line_at(text, at, text.len());
        match look(line.of(text).trim_start(), Format::Json) {
            Look::LooseKey | Look::Inner => end = Some(line.end),
            Look::Blank => {}
            _ => break,
        }
        at = next;
    }
    let content = Span::new(opening.start, end?);
    let help = "write `}` on a line of its own after its last line, and check that every quote is closed";
    let problem = Problem::fence(opening, "the front matter is never closed", help);
    let mut parsed = parse(text, content);
    parsed.problems.clear(); // the missing brace is what matters
    let (_, body_start) = line_at(text, content.end, text.len());
    let problem = Some(problem);
    let block = Block { format: Format::Json, span: content, opening, content, body_start, closed: false, problem };
    Some((block, parsed))
}

/// Parses an object, its braces included.
pub(super) fn parse(text: &str, content: Span) -> Parsed {
    let mut parsed = Parsed::default();
    if let Some(at) = too_deep(text, content) {
        let message = format!("nested more than {MAX_DEPTH} deep");
        parsed.problems.push(Problem::syntax(Span::new(at, at + 1), message, "flatten the front matter"));
        return parsed;
    }
    // Each fault is allowed once it is told, until the rest passes or cannot be read at all.
    let mut options = strict();
    loop {
        match parse_to_ast(content.of(text), &CollectOptions::default(), &options) {
            Ok(result) => {
                let value = result.value.map(|value| convert(&value, content.start));
                match value {
                    Some(Value { data: Data::Map(map), .. }) => parsed.map = map,
                    other => parsed.other = other,
                }
                break;
            }
            Err(error) => {
                let place = error.range();
                let at = boundary_before(text, content.start + place.start);
                let span = Span::new(at, boundary_after(text, (content.start + place.end).min(content.end)).max(at));
                parsed.problems.push(fault::explain(error.kind(), text, span));
                if !fault::allow(error.kind(), &mut options) {
                    let unclosed = matches!(error.kind(), ParseErrorKind::UnterminatedObject);
                    let at = if unclosed { content.end } else { at };
                    parsed.map = before_fault(text, content, at, &options);
                    break;
                }
            }
        }
    }
    if parsed.problems.is_empty()
        && let Err(error) = serde_json::from_str::<IgnoredAny>(content.of(text))
    {
        parsed.problems.push(fault::explain_strict(&error, text, content));
    }
    parsed
}

/// The bracket that opens one level too many.
fn too_deep(text: &str, content: Span) -> Option<usize> {
    let mut depth = 0usize;
    marks(text, content).find_map(|(at, mark)| {
        match mark {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        (depth > MAX_DEPTH).then_some(at)
    })
}

/// The entries that end before a fault at byte `at`: closed right there, or else after the last comma before it.
fn before_fault(text: &str, content: Span, at: usize, options: &ParseOptions) -> Map {
    let mut depth = 0usize;
    let mut end = None;
    for (at, mark) in marks(text, Span::new(content.start, at)) {
        match mark {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ if depth == 1 => end = Some(at),
            _ => {}
        }
    }
    [Some(at), end]
        .into_iter()
        .flatten()
        .find_map(|end| {
            let whole = format!("{}}}", &text[content.start..end]);
            let result = parse_to_ast(&whole, &CollectOptions::default(), options).ok()?;
            match convert(&result.value?, content.start).data {
                Data::Map(map) => Some(map),
                _ => None,
            }
        })
        .unwrap_or_default()
}

fn strict() -> ParseOptions {
    ParseOptions {
        allow_comments: false,
        allow_loose_object_property_names: false,
        allow_trailing_commas: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    }
}

fn convert(value: &ast::Value, base: usize) -> Value {
    use ast::Value as V;
    let at = |range: jsonc_parser::common::Range| Span::new(range.start, range.end).shifted(base);
    let (range, data, style) = match value {
        V::StringLit(text) => (text.range, Data::String(text.value.to_string()), Style::DoubleQuoted),
        V::NumberLit(number) => (number.range, Data::Number(number.value.parse().unwrap_or(f64::NAN)), Style::Plain),
        V::BooleanLit(truth) => (truth.range, Data::Bool(truth.value), Style::Plain),
        V::NullKeyword(null) => (null.range, Data::Null, Style::Plain),
        V::Array(list) => {
            let items = list.elements.iter().map(|item| convert(item, base)).collect();
            (list.range, Data::List(items), Style::Flow)
        }
        V::Object(object) => {
            let entry = |property: &ast::ObjectProp| {
                let key_range = match &property.name {
                    ObjectPropName::String(name) => name.range,
                    ObjectPropName::Word(name) => name.range,
                };
                let key = property.name.as_str().to_owned();
                Entry { key, key_span: at(key_range), value: convert(&property.value, base) }
            };
            let entries = object.properties.iter().map(entry).collect();
            (object.range, Data::Map(Map { entries }), Style::Flow)
        }
    };
    Value { span: at(range), data, style }
}
