//! Writing prose: what both the Markdown and the HTML reader need to put text down without what was masked.

use super::foreign::{Hole, Masked};
use super::prose::{OBJECT, Prose};
use crate::span::Span;

/// Knows which masked piece comes next, as text is written in source order.
#[derive(Debug)]
pub(super) struct Ink {
    next: usize,
    /// The end of the last masked piece that text met.
    covered: usize,
}

impl Ink {
    /// For text that begins at byte `offset`.
    pub fn from(masked: &Masked, offset: usize) -> Self {
        Self { next: masked.holes().partition_point(|hole| hole.span.end <= offset), covered: 0 }
    }

    /// Writes the source bytes of `span`, which are prose but for what was masked in them. What is written is also
    /// handed to `copy`.
    pub fn write(&mut self, prose: &mut Prose, masked: &Masked, text: &str, span: Span, mut copy: impl FnMut(&str)) {
        let mut start = span.start;
        let mut put = |prose: &mut Prose, span: Span| {
            prose.push(span.of(text), span);
            copy(span.of(text));
        };
        if !masked.holes().is_empty() {
            start = start.max(self.covered).min(span.end);
            while let Some(hole) = self.hole_before(masked, span.end) {
                if hole.span.end > start {
                    if hole.span.start > start {
                        put(prose, Span::new(start, hole.span.start));
                    }
                    if hole.shown {
                        prose.push(OBJECT.encode_utf8(&mut [0; 4]), hole.span);
                    }
                    start = hole.span.end.min(span.end);
                    self.covered = hole.span.end;
                }
            }
        }
        if start < span.end {
            put(prose, Span::new(start, span.end));
        }
    }

    /// The next masked piece, if it begins before byte `end`.
    fn hole_before(&mut self, masked: &Masked, end: usize) -> Option<Hole> {
        let hole = masked.holes().get(self.next).copied().filter(|hole| hole.span.start < end)?;
        self.next += 1;
        Some(hole)
    }
}

/// Writes one character for what is not prose.
pub(super) fn object(prose: &mut Prose, span: Span) {
    prose.push(OBJECT.encode_utf8(&mut [0; 4]), span);
}
