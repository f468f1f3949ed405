//! One JSX tag: where it ends, what it is called, which of its properties lead somewhere.

use super::js;
use crate::document::html::{Attributes, Key, Value, decode};
use crate::span::Span;

/// A JSX tag, in bytes of the body.
#[derive(Debug)]
pub(super) struct Tag<'t> {
    /// Its name; empty for a fragment.
    pub name: &'t str,
    /// The byte after its `>`.
    pub end: usize,
    /// Whether it is a closing tag.
    pub closing: bool,
    /// Whether it closes itself.
    pub self_closing: bool,
    /// Its properties, spans shifted by the base.
    pub attributes: Attributes,
}

/// The tag that begins with the `<` at byte `at`; none if that is a less-than sign. `base` is added to all spans.
pub(super) fn tag<'t>(text: &'t str, at: usize, base: usize, expressions: &mut js::Expressions) -> Option<Tag<'t>> {
    let bytes = text.as_bytes();
    let closing = bytes.get(at + 1) == Some(&b'/');
    let start = at + 1 + usize::from(closing);
    let mut here = start;
    while bytes
        .get(here)
        .is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | b'.' | b'-' | b':'))
    {
        here += 1;
    }
    let name = &text[start..here];
    if name.starts_with(|c: char| !c.is_ascii_alphabetic() && c != '_' && c != '$') || name.ends_with([':', '.', '-']) {
        return None;
    }
    let mut tag = Tag { name, end: 0, closing, self_closing: false, attributes: Attributes::default() };
    let mut newlines = 0;
    loop {
        let gap = here;
        while let Some(byte) = bytes.get(here).filter(|byte| byte.is_ascii_whitespace()) {
            if *byte == b'\n' {
                newlines += 1;
            }
            here += 1;
        }
        // A tag may span many lines, but prose with a less-than sign must not be read to its end.
        if newlines > 400 {
            return None;
        }
        match bytes.get(here)? {
            b'>' => {
                tag.end = here + 1;
                return Some(tag);
            }
            b'/' if bytes.get(here + 1) == Some(&b'>') => {
                tag.self_closing = true;
                tag.end = here + 2;
                return Some(tag);
            }
            b'{' if !name.is_empty() => here = expressions.end(bytes, here)?,
            byte if gap < here && is_name(*byte) && !name.is_empty() && !closing => {
                here = property(text, here, base, expressions, &mut tag.attributes)?;
            }
            _ => return None,
        }
    }
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | b'-' | b':' | b'@')
}

/// Reads the property whose name begins at byte `at`, and says where it ends.
fn property(
    text: &str,
    at: usize,
    base: usize,
    expressions: &mut js::Expressions,
    attributes: &mut Attributes,
) -> Option<usize> {
    let bytes = text.as_bytes();
    let name_end = at + bytes[at..].iter().take_while(|byte| is_name(**byte)).count();
    let skip_space = |from: usize| from + bytes[from..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    let equals = skip_space(name_end);
    if bytes.get(equals) != Some(&b'=') {
        return Some(name_end);
    }
    let start = skip_space(equals + 1);
    let (value, end) = match bytes.get(start)? {
        quote @ (b'"' | b'\'') => {
            let end = start + 1 + memchr::memchr(*quote, &bytes[start + 1..])?;
            (start + 1..end, end + 1)
        }
        b'{' => {
            let end = expressions.end(bytes, start)?;
            (start..end, end)
        }
        _ => return None,
    };
    if let Some(key) = Key::of_jsx(&text[at..name_end]) {
        let expression = bytes[start] == b'{';
        let decoded = if expression { None } else { decode(&text[value.clone()]) };
        let literal = expression.then(|| literal(&text[value.clone()])).flatten();
        let span = Span::from(value).shifted(base);
        // `href={"/about"}` is only a string in other clothes.
        let value = match literal {
            Some(inner) => {
                Value { span: Span::new(span.start + inner.start, span.start + inner.end), decoded, expression: false }
            }
            None => Value { span, decoded, expression },
        };
        attributes.set(key, value);
    }
    Some(end)
}

/// The string in `{"…"}`, in bytes of the expression, if it is nothing but that and has no escapes.
fn literal(expression: &str) -> Option<std::ops::Range<usize>> {
    let inner = expression.strip_prefix('{')?.strip_suffix('}')?;
    let trimmed = inner.trim();
    let quote = trimmed.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
    let value = trimmed.strip_prefix(quote)?.strip_suffix(quote)?;
    if value.contains([quote, '\\', '$', '\n']) {
        return None;
    }
    let start = 1 + (inner.len() - inner.trim_start().len()) + 1;
    Some(start..start + value.len())
}
