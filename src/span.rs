//! Byte ranges. Everything that points into an article is a [`Span`]; lines and columns exist only in [`crate::source`].

use std::ops::Range;

use serde::Serialize;

/// A range of bytes in one source: `start` inclusive, `end` exclusive, both on UTF-8 character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
pub struct Span {
    /// Byte offset of the first byte.
    pub start: usize,
    /// Byte offset just past the last byte.
    pub end: usize,
}

impl Span {
    /// The range from byte `start` up to, not including, byte `end`.
    pub const fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        Self { start, end }
    }

    /// The empty place in front of byte `offset`.
    pub const fn empty(offset: usize) -> Self {
        Self { start: offset, end: offset }
    }

    /// Length in bytes.
    pub const fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the span covers no byte.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The bytes of `text` that this span covers.
    ///
    /// # Panics
    /// If the span does not lie in `text` on character boundaries; a span is only ever used with its own source.
    pub fn of(self, text: &str) -> &str {
        &text[self.start..self.end]
    }

    /// The same range `by` bytes further on.
    pub const fn shifted(self, by: usize) -> Self {
        Self { start: self.start + by, end: self.end + by }
    }

    /// The smallest span that covers both.
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Whether `other` lies wholly within this span.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// This span without the white space at both ends.
    pub fn trimmed(self, text: &str) -> Self {
        let slice = self.of(text);
        let start = self.start + (slice.len() - slice.trim_start().len());
        Self { start, end: start + slice.trim().len() }
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

impl From<Span> for Range<usize> {
    fn from(span: Span) -> Self {
        span.start..span.end
    }
}

#[cfg(test)]
mod tests {
    use super::Span;

    #[test]
    fn trims_to_the_words_inside() {
        let text = "é\t 😀x \r\n";
        assert_eq!(Span::new(2, text.len()).trimmed(text).of(text), "😀x");
        assert!(Span::new(2, 4).trimmed(text).is_empty());
    }

    #[test]
    fn touching_spans_do_not_overlap() {
        assert!(!Span::new(0, 2).overlaps(Span::new(2, 4)));
        assert!(Span::new(0, 3).overlaps(Span::new(2, 4)));
        assert!(!Span::new(1, 1).overlaps(Span::new(0, 4)) || Span::new(0, 4).contains(Span::new(1, 1)));
    }
}
