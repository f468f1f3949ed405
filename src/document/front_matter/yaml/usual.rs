//! The front matter that most articles have, read line by line: keys with a word or a sentence, lists, maps by indentation.
//!
//! Reads a part of YAML in which a line says all there is to know of it, some ten times sooner than a parser of all of YAML. What
//! is beyond it is refused as a whole, never guessed at; what is taken comes out as the parser would have it (the tests compare).

use std::borrow::Cow;

use super::scalar;
use crate::document::front_matter::lines::line_at;
use crate::document::front_matter::{Data, Entry, Map, Parsed, Style, Value};
use crate::span::Span;

/// Deeper maps are left to the parser.
const MAX_DEPTH: usize = 8;

/// As many keys have most maps, so that they need not be moved as more come.
const ROOM: usize = 8;

/// What `content` of `text` holds, if it is as usual.
pub(super) fn parse(text: &str, content: Span) -> Option<Parsed> {
    let written = content.of(text);
    let usual = |line: &str| line.strip_suffix('\r').unwrap_or(line).chars().all(is_usual);
    // Most are ASCII throughout, which is seen many bytes at a time.
    let plain = written.bytes().fold(true, |plain, byte| plain & matches!(byte, b' '..=b'~' | b'\n'));
    if !plain && !written.split('\n').all(usual) {
        return None;
    }
    let mut lines = Lines { text, next: content.start, end: content.end, line: None, comments: Vec::new() };
    lines.advance();
    // A map begins at the margin, as do the lines above and below the fences.
    let map = lines.map(0, MAX_DEPTH)?;
    (lines.line.is_none() && !map.entries.is_empty()).then(|| Parsed {
        map,
        comments: lines.comments,
        ..Parsed::default()
    })
}

/// Whether the character is allowed in YAML, and ends no line.
fn is_usual(c: char) -> bool {
    match c {
        ' '..='~' => true,
        '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}' => false,
        c => c >= '\u{A0}',
    }
}

/// The lines that hold something, one after the other.
struct Lines<'t> {
    text: &'t str,
    next: usize,
    end: usize,
    /// The line at hand without the white space around it.
    line: Option<Line>,
    comments: Vec<Span>,
}

#[derive(Clone, Copy)]
struct Line {
    indent: usize,
    words: Span,
}

impl<'t> Lines<'t> {
    /// Goes to the next line that is neither blank nor a comment.
    fn advance(&mut self) {
        self.line = None;
        while self.line.is_none() && self.next < self.end {
            let (line, next) = line_at(self.text, self.next, self.end);
            self.next = next;
            let words = trimmed(self.text, line);
            if words.of(self.text).starts_with('#') {
                self.comments.push(Span::new(words.start, line.end));
            } else if !words.is_empty() {
                self.line = Some(Line { indent: words.start - line.start, words });
            }
        }
    }

    /// The line at hand, if it is indented so.
    fn at(&self, indent: usize) -> Option<Line> {
        self.line.filter(|line| line.indent == indent)
    }

    /// The map whose keys are indented so.
    fn map(&mut self, indent: usize, depth: usize) -> Option<Map> {
        let mut entries = Vec::with_capacity(ROOM);
        while let Some(line) = self.at(indent) {
            let colon = line.words.start + key_length(line.words.of(self.text))?;
            let key_span = Span::new(line.words.start, colon);
            let written = trimmed(self.text, Span::new(colon + 1, line.words.end));
            let value = if written.is_empty() {
                self.advance();
                self.below(Span::empty(colon + 1), indent, depth)?
            } else {
                let spaced = self.text[colon + 1..].starts_with(' ');
                let value = value(self.text, written).or_else(|| self.quoted_over_lines(written, indent));
                self.advance();
                value.filter(|_| spaced)?
            };
            entries.push(Entry { key: key_span.of(self.text).to_owned(), key_span, value });
        }
        // A line further in goes on with a value, or is a mistake.
        self.line.is_none_or(|line| line.indent < indent).then_some(Map { entries })
    }

    /// The quoted text that begins with `written`, the rest of the line of a key that is indented so, and ends on a later line. A
    /// line end in it is a space, and each blank line a line end.
    fn quoted_over_lines(&mut self, written: Span, indent: usize) -> Option<Value> {
        let (quote, style) = quote(written.of(self.text))?;
        let ends = |words: &str| memchr::memchr2(quote, b'\\', words.as_bytes());
        let mut content = written.of(self.text)[1..].to_owned();
        if ends(&content).is_some() {
            return None;
        }
        let mut blank_lines = 0;
        while self.next < self.end {
            let (line, next) = line_at(self.text, self.next, self.end);
            self.next = next;
            let words = trimmed(self.text, line);
            if words.is_empty() {
                blank_lines += 1;
                continue;
            }
            // Of the outermost keys, the text may go on at the margin.
            let outermost = indent == 0 && !["---", "..."].iter().any(|mark| words.of(self.text).starts_with(mark));
            if words.start - line.start <= indent && !outermost {
                return None;
            }
            match std::mem::take(&mut blank_lines) {
                0 => content.push(' '),
                count => content.extend(std::iter::repeat_n('\n', count)),
            }
            let words = words.of(self.text);
            match ends(words) {
                None => content.push_str(words),
                Some(at) if at + 1 == words.len() && words.as_bytes()[at] == quote => {
                    content.push_str(&words[..at]);
                    let end = trimmed(self.text, line).end;
                    let data = scalar::read(Cow::Owned(content), style, None, false);
                    return Some(Value { span: Span::new(written.start, end), data, style });
                }
                Some(_) => return None,
            }
        }
        None
    }

    /// What stands below a key that is indented so and has nothing behind its colon.
    fn below(&mut self, nothing: Span, indent: usize, depth: usize) -> Option<Value> {
        let first = self
            .line
            .filter(|line| line.indent > indent || line.indent == indent && line.words.of(self.text).starts_with("- "));
        let Some(Line { indent, words: first }) = first else {
            return Some(Value { span: nothing, data: Data::Null, style: Style::Plain });
        };
        let (data, last) = if first.of(self.text).starts_with("- ") {
            let items = self.list(indent)?;
            let last = items.last().map(|item| item.span);
            (Data::List(items), last)
        } else {
            let map = self.map(indent, depth.checked_sub(1)?)?;
            let last = map.entries.last().map(|entry| entry.value.span);
            (Data::Map(map), last)
        };
        Some(Value { span: Span::new(first.start, last?.end), data, style: Style::Tree })
    }

    /// The list whose dashes are indented so.
    fn list(&mut self, indent: usize) -> Option<Vec<Value>> {
        let mut items = Vec::new();
        while let Some(line) = self.at(indent).filter(|line| line.words.of(self.text).starts_with("- ")) {
            let written = trimmed(self.text, Span::new(line.words.start + 2, line.words.end));
            items.push(value(self.text, written)?);
            self.advance();
        }
        self.line.is_none_or(|line| line.indent <= indent).then_some(items)
    }
}

/// `span` without the spaces at its ends: to YAML, no other white space is one.
fn trimmed(text: &str, span: Span) -> Span {
    let words = span.of(text).trim_end_matches(' ');
    let end = span.start + words.len();
    Span::new(end - words.trim_start_matches(' ').len(), end)
}

/// The bytes of the key before its colon.
fn key_length(line: &str) -> Option<usize> {
    let is_key = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b' ');
    let length = line.bytes().position(|byte| !is_key(&byte))?;
    let key = &line.as_bytes()[..length];
    let whole = key.first()?.is_ascii_alphanumeric() || key.first() == Some(&b'_');
    (whole && line.as_bytes()[length] == b':' && key.last() != Some(&b' ')).then_some(length)
}

/// The value that `written`, the rest of a line, is.
fn value(text: &str, written: Span) -> Option<Value> {
    let words = written.of(text);
    if words.starts_with('[') {
        let items = flow_list(text, Span::new(written.start + 1, written.end))?;
        return Some(Value { span: written, data: Data::List(items), style: Style::Flow });
    }
    let (style, length) = quoted(words).or_else(|| plain(words))?;
    (length == words.len()).then(|| scalar_of(text, style, written))
}

/// The items of a list in brackets that takes up the rest of a line, from behind its opening bracket.
fn flow_list(text: &str, mut rest: Span) -> Option<Vec<Value>> {
    let mut items = Vec::new();
    loop {
        rest = trimmed(text, rest);
        let words = rest.of(text);
        if words == "]" && items.is_empty() {
            return Some(items);
        }
        let (style, length) = quoted(words).or_else(|| plain_in_flow(words))?;
        let item = Span::new(rest.start, rest.start + length);
        items.push(scalar_of(text, style, item));
        rest = trimmed(text, Span::new(item.end, rest.end));
        match rest.of(text) {
            "]" => return Some(items),
            more if more.starts_with(',') => rest.start += 1,
            _ => return None,
        }
    }
}

fn scalar_of(text: &str, style: Style, span: Span) -> Value {
    let written = span.of(text);
    let content = if style == Style::Plain { written } else { &written[1..written.len() - 1] };
    Value { span, data: scalar::read(Cow::Borrowed(content), style, None, false), style }
}

/// The quotation mark with which `words` begin.
fn quote(words: &str) -> Option<(u8, Style)> {
    match words.as_bytes().first()? {
        b'"' => Some((b'"', Style::DoubleQuoted)),
        b'\'' => Some((b'\'', Style::SingleQuoted)),
        _ => None,
    }
}

/// The quoted text at the start of `words`, if nothing in it is escaped: how it is written and its length with the quotes.
fn quoted(words: &str) -> Option<(Style, usize)> {
    let (quote, style) = quote(words)?;
    let length = memchr::memchr(quote, &words.as_bytes()[1..])? + 2;
    let escaped = style == Style::DoubleQuoted && memchr::memchr(b'\\', &words.as_bytes()[..length]).is_some();
    (!escaped).then_some((style, length))
}

/// The unquoted text that `words` are, if no part of it means anything to YAML.
fn plain(words: &str) -> Option<(Style, usize)> {
    let mut before = b' ';
    let mut bytes = words.bytes().peekable();
    if !begins_plain(*bytes.peek()?) {
        return None;
    }
    while let Some(byte) = bytes.next() {
        let means = match byte {
            b':' => bytes.peek().is_none_or(|next| *next == b' '),
            b'#' => before == b' ',
            _ => false,
        };
        if means {
            return None;
        }
        before = byte;
    }
    Some((Style::Plain, words.len()))
}

/// The unquoted text at the start of `words`, up to the comma or bracket that ends an item.
fn plain_in_flow(words: &str) -> Option<(Style, usize)> {
    let end = words.bytes().position(|byte| matches!(byte, b',' | b']' | b'[' | b'{' | b'}' | b':' | b'#'))?;
    let item = words[..end].trim_end_matches(' ');
    let plain = matches!(words.as_bytes()[end], b',' | b']') && begins_plain(*item.as_bytes().first()?);
    plain.then_some((Style::Plain, item.len()))
}

/// Whether a text that begins so is never taken for anything else.
fn begins_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'/' | b'.' | b'(' | b'$' | b'+') || !byte.is_ascii()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::super::parse_all;
    use super::*;

    fn usual(text: &str) -> Option<Parsed> {
        parse(text, Span::new(0, text.len()))
    }

    #[test]
    fn what_articles_have_is_read() {
        for text in [
            "title: A day, and (perhaps) a night at 9:30",
            "title: \"It's: #1\"\ndate: 2025-07-18\ndraft: false\nweight: 10",
            "tags: [a, \"b, c\", 'd']\naliases: []\nempty:\nlast: é 😀 漢字",
            "# What\ntags:\n- a\n- b\n\nmore:\n    - c\n",
            "menu:\n  main:\n    weight: 3\n    list:\n    - x\n  side:\nend: yes",
            "a: b\r\nc:\r\n  - d\r\n",
            "a: \"It's\n  # one,\n\n   two: \n three\"\nb: 'c\r\n  é 😀'\r\nc:\n  d: \"\n   e\n   \"\n",
            "a: \"b\nc: d\"\n",
        ] {
            let parsed = usual(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(format!("{parsed:?}"), format!("{:?}", parse_all(text, Span::new(0, text.len()))), "{text}");
        }
    }

    #[test]
    fn what_is_beyond_a_line_is_refused() {
        for text in [
            "",
            "- a",
            "a",
            "a: b\n  c",
            "a: b: c",
            "a: b #c",
            "a: |\n  b",
            "a: >-\n  b",
            "a: &x b",
            "a: *x",
            "a: {b: c}",
            "a: [b: c]",
            "a: [b, [c]]",
            "a: [b,]",
            "a: [b,\n c]",
            "a: \"b\\n\"",
            "a: 'b''c'",
            "a: \"b\n c\\n\"",
            "a: \"b\n--- c\"",
            "a:\n  b: \"c\n  d\"",
            "a: \"b\n c\" d",
            "a: \"b\n c",
            "a: \"b\" c\n \"",
            "- \"a\n  b\"",
            "a: 'b' c",
            "a:b",
            "a:\tb",
            "a: b\tc",
            "a:\n  b: c\n d: e",
            "a:\n- b: c",
            "- a: b",
            "? a\n: b",
            "a: @b",
            "a: `b`",
            "a: %b",
            "a: !b c",
            "a: ~",
            "a: -",
            "\"a\": b",
            " a: b",
            "a: b\n---",
            "a: b\u{85}c",
            "a: {{ b }}",
            "<<: b",
            "a :b",
        ] {
            assert!(usual(text).is_none(), "{text}");
        }
    }

    /// Front matter of lines that are usual, nearly usual, and not at all.
    fn front_matter() -> impl Strategy<Value = String> {
        let indent = select(vec!["", "", "", " ", "  ", "    "]);
        let key = select(vec![
            "a:", "b:", "c d:", "e.f-g_h:", "- ", "-", "#", "", "é:", "1:", "true:", "a :", "a", "k:\u{A0}",
        ]);
        let value = select(vec![
            "",
            "",
            "",
            " ",
            " x",
            " two words",
            " a: b",
            " a:b",
            " a:",
            " x #y",
            " x#y",
            " #y",
            " \"q\"",
            " \"q\" ",
            " 'it''s'",
            " \"q\\\"\"",
            " \"q",
            " 'q r ",
            " q\"",
            "  #  r'",
            " 'q' r",
            " []",
            " [a, 'b', \"c\"]",
            " [ a , b ]",
            " [a b,]",
            " [a",
            " [a: b]",
            " [a:b]",
            " [a] b",
            " [{]",
            " 12",
            " 2025-07-18",
            " true",
            " ~",
            " .5",
            " -1",
            " +1",
            " http://e.org/a?b#c",
            " |",
            " é😀漢",
            " \u{A0}x\u{A0}",
            " x\t",
            " x, y]",
            " (a) [b]",
            " $a",
            " /a/",
            " *a",
            " &a b",
            " - b",
            " ? b",
            "x",
            "  x",
            " _",
            " ..",
        ]);
        let line_end = select(vec!["\n", "\n", "\n", "\n\n", "\r\n", "\n  \n", " \n"]);
        let line =
            (indent, key, value, line_end).prop_map(|(indent, key, value, end)| [indent, key, value, end].concat());
        proptest::collection::vec(line, 1..6).prop_map(|lines| lines.concat())
    }

    /// A quoted text over several lines, of a key further out or further in.
    fn quoted_over_lines() -> impl Strategy<Value = String> {
        let before = select(vec!["a: ", "a:  ", "a:\n  b: ", "a: b\nc: "]);
        let line = select(vec![
            "x", "  y #z", " é: w ", "", " ", "- k", "---", "--- d", "...", "   漢 ", "it's", "q\\", "  b: c", "#",
        ]);
        let end = select(vec!["\n", "\n", "\r\n", " \n"]);
        let lines = proptest::collection::vec((line, end).prop_map(|(line, end)| [line, end].concat()), 0..5);
        let after = select(vec!["", "\n", "\nd: e", " \n\n", " f", "\n  g", "\n  h: i"]);
        let parts = (before, select(vec!["\"", "'"]), lines, select(vec!["", "z", "   z", " z  "]), after);
        parts.prop_map(|(before, quote, lines, last, after)| {
            [before, quote, &lines.concat(), last, quote, after].concat()
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4096))]
        #[test]
        fn what_is_taken_is_what_the_parser_has(text in front_matter()) {
            if let Some(parsed) = usual(&text) {
                let all = parse_all(&text, Span::new(0, text.len()));
                prop_assert_eq!(format!("{parsed:?}"), format!("{all:?}"));
            }
        }

        #[test]
        fn what_is_quoted_over_lines_is_what_the_parser_has(text in quoted_over_lines()) {
            if let Some(parsed) = usual(&text) {
                let all = parse_all(&text, Span::new(0, text.len()));
                prop_assert_eq!(format!("{parsed:?}"), format!("{all:?}"), "{}", text);
            }
        }
    }
}
