//! One article file as text: where its lines begin, and what place a byte offset is, in any unit.
//!
//! Owns the step from bytes to text (byte-order mark, bytes that are not UTF-8) and from byte offsets to lines and columns.
//! Knows nothing of what the text means.

use std::sync::{Arc, OnceLock};

use crate::span::Span;

/// What kind of source a file is, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// `.md`, `.markdown`
    Markdown,
    /// `.mdx`
    Mdx,
    /// `.html`, `.htm`
    Html,
    /// `.txt`
    Text,
}

impl Kind {
    /// The kind that a file's extension stands for, letter case ignored; `None` if the file is no article source.
    pub fn of_path(path: &str) -> Option<Self> {
        let dot = memchr::memrchr(b'.', path.as_bytes())?;
        // What holds a separator is no extension, and none of these.
        let extension = &path[dot + 1..];
        let is = |known: &str| extension.eq_ignore_ascii_case(known);
        match () {
            () if is("md") || is("markdown") => Some(Self::Markdown),
            () if is("mdx") => Some(Self::Mdx),
            () if is("html") || is("htm") => Some(Self::Html),
            () if is("txt") => Some(Self::Text),
            () => None,
        }
    }
}

/// The unit in which a consumer counts columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Unicode code points: terminals, JSON, GitHub.
    CodePoints,
    /// UTF-16 code units: SARIF's default, LSP's default.
    Utf16,
    /// UTF-8 bytes: rdjson.
    Bytes,
}

/// A place for people: both numbers are 1-based.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// 1-based line; lines end at `\n`.
    pub line: usize,
    /// 1-based column in the [`Unit`] that was asked for. A byte-order mark takes no column.
    pub column: usize,
}

/// Bytes that are not UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadBytes {
    /// Where the first bad byte stands; `len` is that of the unbroken run of bad bytes from there.
    pub first: Span,
    /// How many bytes in the whole file are bad.
    pub count: usize,
    /// Whether the file looks like UTF-16 instead (it begins with that byte-order mark).
    pub utf16: bool,
}

/// The text of one article, with its line index.
#[derive(Debug)]
pub struct Source {
    path: Arc<str>,
    kind: Kind,
    text: String,
    /// The original bytes, kept only where `text` had to differ from them.
    original: Option<Vec<u8>>,
    bad_bytes: Option<BadBytes>,
    line_starts: OnceLock<Vec<usize>>,
}

/// Stands in `text` for each byte that is not UTF-8, so that every offset still holds.
const SUBSTITUTE: char = '\u{1A}';

/// The UTF-8 byte-order mark.
pub const BOM: char = '\u{FEFF}';

/// What stands at the beginning of each HTML page that copydesk writes, so that it takes none of them for an article.
pub const OUR_PAGE: &str = "<meta name=\"generator\" content=\"copydesk\">";

impl Source {
    /// A source from text that is known to be UTF-8. `path` is relative to the root, with forward slashes.
    pub fn new(path: impl Into<Arc<str>>, kind: Kind, text: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            kind,
            text: text.into(),
            original: None,
            bad_bytes: None,
            line_starts: OnceLock::new(),
        }
    }

    /// A source from a file's bytes. Bytes that are not UTF-8 become one U+001A each, so that every byte offset in
    /// `text` is also an offset in the file, and are told by [`Source::bad_bytes`].
    pub fn from_bytes(path: impl Into<Arc<str>>, kind: Kind, bytes: Vec<u8>) -> Self {
        match String::from_utf8(bytes) {
            Ok(text) => Self::new(path, kind, text),
            Err(error) => {
                let bytes = error.into_bytes();
                let (text, bad_bytes) = substitute(&bytes);
                let mut source = Self::new(path, kind, text);
                source.original = Some(bytes);
                source.bad_bytes = Some(bad_bytes);
                source
            }
        }
    }

    /// Where the file is, relative to the root, with forward slashes.
    pub fn path(&self) -> &Arc<str> {
        &self.path
    }

    /// What kind of source it is.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The whole text, byte-order mark included.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The file's own bytes; they differ from `text` only where those are not UTF-8.
    pub fn bytes(&self) -> &[u8] {
        self.original.as_deref().unwrap_or(self.text.as_bytes())
    }

    /// The bytes that are not UTF-8, if there are any.
    pub fn bad_bytes(&self) -> Option<BadBytes> {
        self.bad_bytes
    }

    /// Byte offset at which the text proper begins: 3 after a byte-order mark, else 0.
    pub fn start(&self) -> usize {
        if self.text.starts_with(BOM) { BOM.len_utf8() } else { 0 }
    }

    /// The line end that the file uses: `"\r\n"` if its first line ends so, else `"\n"`.
    pub fn line_end(&self) -> &'static str {
        match self.text.find('\n') {
            Some(at) if self.text[..at].ends_with('\r') => "\r\n",
            _ => "\n",
        }
    }

    /// The text that `span` covers.
    pub fn slice(&self, span: Span) -> &str {
        span.of(&self.text)
    }

    /// How many lines there are; text after the last `\n` counts as one, an empty text has one.
    pub fn line_count(&self) -> usize {
        self.line_starts().len()
    }

    /// The 0-based index of the line that holds byte `offset`.
    pub fn line_index(&self, offset: usize) -> usize {
        self.line_starts().partition_point(|&start| start <= offset).saturating_sub(1)
    }

    /// The span of the line with the 0-based `index`, its line end left out.
    pub fn line(&self, index: usize) -> Span {
        self.without_end(self.full_line(index))
    }

    /// The span of the line that holds byte `offset`, its line end left out. Needs no line index.
    pub fn line_at(&self, offset: usize) -> Span {
        let text = self.text.as_bytes();
        let start = memchr::memrchr(b'\n', &text[..offset]).map_or(0, |end| end + 1);
        let end = memchr::memchr(b'\n', &text[offset..]).map_or(text.len(), |end| offset + end + 1);
        self.without_end(Span::new(start, end))
    }

    fn without_end(&self, line: Span) -> Span {
        let text = self.slice(line);
        let kept = text.strip_suffix('\n').map_or(text, |rest| rest.strip_suffix('\r').unwrap_or(rest));
        Span::new(line.start, line.start + kept.len())
    }

    /// The span of the line with the 0-based `index`, its line end included.
    pub fn full_line(&self, index: usize) -> Span {
        let starts = self.line_starts();
        let end = starts.get(index + 1).copied().unwrap_or(self.text.len());
        Span::new(starts[index], end)
    }

    /// The whole lines that `span` touches, the last line's end included. Needs no line index.
    pub fn lines_around(&self, span: Span) -> Span {
        let text = self.text.as_bytes();
        let last = if span.is_empty() { span.start } else { span.end - 1 };
        let start = memchr::memrchr(b'\n', &text[..span.start.min(text.len())]).map_or(0, |end| end + 1);
        let rest = text.get(last..).and_then(|rest| memchr::memchr(b'\n', rest));
        Span::new(start, rest.map_or(text.len(), |end| last + end + 1))
    }

    /// The line and column of byte `offset`, which may be the text's end.
    pub fn position(&self, offset: usize, unit: Unit) -> Position {
        let line = self.line_index(offset);
        let start = self.line_starts()[line].max(if line == 0 { self.start() } else { 0 });
        let before = self.text.get(start..offset).unwrap_or("");
        let units = match unit {
            Unit::CodePoints => before.chars().count(),
            Unit::Utf16 => before.chars().map(char::len_utf16).sum(),
            Unit::Bytes => before.len(),
        };
        Position { line: line + 1, column: units + 1 }
    }

    fn line_starts(&self) -> &[usize] {
        self.line_starts.get_or_init(|| {
            let ends = memchr::memchr_iter(b'\n', self.text.as_bytes());
            std::iter::once(0).chain(ends.map(|end| end + 1)).collect()
        })
    }
}

fn substitute(bytes: &[u8]) -> (String, BadBytes) {
    let mut text = String::with_capacity(bytes.len());
    let mut first: Option<Span> = None;
    let mut count = 0;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        let bad = chunk.invalid().len();
        if bad == 0 {
            continue;
        }
        let span = Span::new(text.len(), text.len() + bad);
        first = match first {
            Some(run) if run.end == span.start => Some(run.to(span)),
            known => known.or(Some(span)),
        };
        count += bad;
        text.extend(std::iter::repeat_n(SUBSTITUTE, bad));
    }
    let utf16 = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    (text, BadBytes { first: first.unwrap_or_default(), count, utf16 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> Source {
        Source::new("a.md", Kind::Markdown, text)
    }

    #[test]
    fn a_line_is_the_same_with_and_without_the_index() {
        for text in ["", "\n", "a", "a\n", "a\r\nb\n\nc\r", "é\n\r\n"] {
            let source = source(text);
            for offset in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
                assert_eq!(source.line_at(offset), source.line(source.line_index(offset)), "{text:?} {offset}");
                for end in offset..=text.len() {
                    let (first, last) = (source.line_index(offset), source.line_index(end.max(offset + 1) - 1));
                    let lines = source.full_line(first).to(source.full_line(last));
                    assert_eq!(source.lines_around(Span::new(offset, end)), lines, "{text:?} {offset} {end}");
                }
            }
        }
    }

    #[test]
    fn columns_differ_by_unit() {
        let source = source("x\nconst s = \"é😀\"; debugger;\n");
        let at = source.text().find("debugger").expect("it is there");
        let column = |unit| source.position(at, unit);
        assert_eq!(column(Unit::CodePoints), Position { line: 2, column: 17 });
        assert_eq!(column(Unit::Utf16), Position { line: 2, column: 18 });
        assert_eq!(column(Unit::Bytes), Position { line: 2, column: 21 });
    }

    #[test]
    fn a_byte_order_mark_takes_no_column() {
        let source = source("\u{FEFF}ab\n");
        assert_eq!(source.start(), 3);
        assert_eq!(source.position(4, Unit::Bytes), Position { line: 1, column: 2 });
        assert_eq!(source.position(0, Unit::CodePoints), Position { line: 1, column: 1 });
    }

    #[test]
    fn lines_leave_out_crlf_and_the_end_is_a_place() {
        let source = source("a\r\nb\n");
        assert_eq!(source.line_count(), 3);
        assert_eq!(source.slice(source.line(0)), "a");
        assert_eq!(source.slice(source.full_line(0)), "a\r\n");
        assert_eq!(source.position(5, Unit::CodePoints), Position { line: 3, column: 1 });
        assert_eq!(source.lines_around(Span::new(0, 3)), Span::new(0, 3));
        assert_eq!(source.line_end(), "\r\n");
    }

    #[test]
    fn bad_bytes_keep_every_offset() {
        let source = Source::from_bytes("a.md", Kind::Markdown, b"caf\xE9 \xFF\xFEend".to_vec());
        assert_eq!(source.text(), "caf\u{1A} \u{1A}\u{1A}end");
        assert_eq!(source.bad_bytes(), Some(BadBytes { first: Span::new(3, 4), count: 3, utf16: false }));
        assert_eq!(source.bytes(), b"caf\xE9 \xFF\xFEend");
    }

    #[test]
    fn kinds_come_from_the_name() {
        assert_eq!(Kind::of_path("a/b.MD"), Some(Kind::Markdown));
        assert_eq!(Kind::of_path("a.b/md"), None);
        assert_eq!(Kind::of_path("x.mdx"), Some(Kind::Mdx));
    }
}
