//! The texts in a front matter, and where a part of one stands in the source.

use crate::document::front_matter::{Map, Style, Value};
use crate::span::Span;

/// A text, and its place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Text<'a> {
    /// What it says, white space around it left out.
    pub words: &'a str,
    /// Its bytes in the source: without quotes, and without the white space if `exact`.
    pub span: Span,
    /// Whether the source reads just like that: no escapes, no folded lines.
    pub exact: bool,
}

impl<'a> Text<'a> {
    /// The text of a value; `None` if it holds none.
    pub fn of(value: &'a Value) -> Option<Self> {
        let text = value.as_text()?;
        let quoted = matches!(value.style, Style::SingleQuoted | Style::DoubleQuoted) && value.span.len() >= 2;
        let inner = if quoted { Span::new(value.span.start + 1, value.span.end - 1) } else { value.span };
        let exact = inner.len() == text.len() && value.style != Style::Alias;
        let span = if exact { Span::new(0, text.len()).trimmed(text).shifted(inner.start) } else { inner };
        let words = text.trim();
        (!words.is_empty()).then_some(Self { words, span, exact })
    }

    /// The place of the bytes `start..end` of its words; all of it where they cannot be told apart.
    pub fn part(&self, start: usize, end: usize) -> Span {
        if self.exact { Span::new(self.span.start + start, self.span.start + end) } else { self.span }
    }

    /// Whether a template fills it in.
    pub fn is_template(&self) -> bool {
        let maybe = memchr::memchr2(b'{', b'%', self.words.as_bytes()).is_some();
        maybe && ["{{", "{%", "<%", "${"].iter().any(|mark| self.words.contains(mark))
    }
}

/// The texts under those of `keys` that are there, dotted paths leading into maps, each with its key.
pub(super) fn texts<'a>(map: &'a Map, keys: &'a [&'a str]) -> impl Iterator<Item = (&'a str, Text<'a>)> {
    keys.iter().filter_map(|key| {
        let text = Text::of(&map.entry_at(key)?.value)?;
        (!text.is_template()).then_some((*key, text))
    })
}

/// The letters and digits of a text in lower case, single spaces between words: what it says, however it is marked.
pub(super) fn folded(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}
