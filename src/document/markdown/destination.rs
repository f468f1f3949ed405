//! Where the parts of a link stand: pulldown-cmark gives a link's range and what its destination means, not its place.

use crate::span::Span;

/// The place in `text` of a slice of it, if it is one.
pub(super) fn place_of(text: &str, slice: &str) -> Option<Span> {
    let start = (slice.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
    let end = start.checked_add(slice.len())?;
    (end <= text.len() && text.is_char_boundary(start) && text.is_char_boundary(end)).then(|| Span::new(start, end))
}

/// The place of an inline link's destination. `close` is where the text's `]` stands, `end` the end of the link.
pub(super) fn inline(text: &str, close: usize, end: usize) -> Option<Span> {
    let bytes = text.as_bytes().get(..end)?;
    if bytes.get(close..close + 2) != Some(b"](") {
        return None;
    }
    Some(destination(bytes, skip_space(bytes, close + 2)))
}

/// The place of the destination that begins at byte `at`, after white space was skipped.
fn destination(bytes: &[u8], at: usize) -> Span {
    let mut here = at;
    if bytes.get(at) == Some(&b'<') {
        here += 1;
        while let Some(byte) = bytes.get(here) {
            match byte {
                b'\\' if bytes.get(here + 1).is_some_and(u8::is_ascii_punctuation) => here += 2,
                b'>' | b'\n' => break,
                _ => here += 1,
            }
        }
        return Span::new(at + 1, here.min(bytes.len()));
    }
    let mut depth = 0;
    while let Some(byte) = bytes.get(here) {
        match byte {
            b'\\' if bytes.get(here + 1).is_some_and(u8::is_ascii_punctuation) => here += 1,
            b'(' => depth += 1,
            b')' if depth == 0 => break,
            b')' => depth -= 1,
            byte if byte.is_ascii_whitespace() || byte.is_ascii_control() => break,
            _ => {}
        }
        here += 1;
    }
    Span::new(at, here.min(bytes.len()))
}

/// Goes over white space; after a line end also over the markers of block quotes.
fn skip_space(bytes: &[u8], mut at: usize) -> usize {
    let mut broken = false;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\n' | b'\r' => broken = true,
            b' ' | b'\t' => {}
            b'>' if broken => {}
            _ => break,
        }
        at += 1;
    }
    at
}

/// A definition that begins with the `[` at byte `at`: its label and its destination, and where the latter ends with its
/// delimiters.
pub(super) fn definition(text: &str, at: usize, end: usize) -> Option<(Span, Span)> {
    let bytes = text.as_bytes().get(..end)?;
    if bytes.get(at) != Some(&b'[') {
        return None;
    }
    let mut close = at + 1;
    loop {
        match bytes.get(close)? {
            b'\\' => close += 2,
            b'[' => return None,
            b']' => break,
            _ => close += 1,
        }
    }
    if bytes.get(close + 1) != Some(&b':') {
        return None;
    }
    let start = skip_space(bytes, close + 2);
    if start >= bytes.len() {
        return None;
    }
    Some((Span::new(at + 1, close), destination(bytes, start)))
}

/// Where a definition ends whose destination is at `destination`: after a title that follows, else after it.
pub(super) fn definition_end(text: &str, destination: Span) -> usize {
    let bytes = text.as_bytes();
    let end = destination.end + usize::from(bytes.get(destination.end) == Some(&b'>'));
    let rest_of_line = |at: usize| {
        let stop = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |length| at + length);
        text[at..stop].trim().is_empty()
    };
    let title = skip_space(bytes, end);
    let closing = match bytes.get(title) {
        Some(b'"') => b'"',
        Some(b'\'') => b'\'',
        Some(b'(') => b')',
        _ => return end,
    };
    let mut at = title + 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 2,
            byte if *byte == closing => return if rest_of_line(at + 1) { at + 1 } else { end },
            b'\n' if bytes.get(at + 1).is_none_or(|next| *next == b'\n') => return end,
            _ => at += 1,
        }
    }
    end
}
