//! The plain text of an article, with a map from every byte of it back to the source.
//!
//! All blocks share one buffer, so that one pass over it sees the whole article. Markup is left out, entities are
//! resolved, a line break in the source is a line feed, and whatever is not prose in the middle of it (inline code, an
//! image, template output) is one [`OBJECT`] character, so that the words around it do not run together.

use crate::span::Span;

/// Stands for something in a sentence that is not prose.
pub const OBJECT: char = '\u{FFFC}';

/// A stretch of plain text and the source bytes it came from. Of equal length, the bytes are the same ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Piece {
    text: Span,
    source: Span,
}

/// Plain text with its way back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prose {
    text: String,
    pieces: Vec<Piece>,
}

impl Prose {
    /// The plain text of all blocks, a line feed after each.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How many bytes of plain text there are so far.
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Makes room for the prose of a source of that many bytes.
    pub(super) fn reserve(&mut self, source: usize) {
        self.text.reserve(source);
        // A piece for each line or so.
        self.pieces.reserve(source / 48);
    }

    /// Adds `text`, which came from `source`: either those very bytes, or what they stand for (an entity, a line break).
    pub(super) fn push(&mut self, text: &str, source: Span) {
        if text.is_empty() {
            return;
        }
        let at = Span::new(self.text.len(), self.text.len() + text.len());
        self.text.push_str(text);
        // Two verbatim pieces that follow each other in both texts are one. What is shown as an object is never verbatim, though
        // `a` in backquotes is as long.
        let is_object = |text: &str| text.starts_with(OBJECT);
        if let Some(last) = self.pieces.last_mut() {
            let verbatim = last.text.len() == last.source.len() && at.len() == source.len();
            if verbatim
                && !is_object(text)
                && !is_object(last.text.of(&self.text))
                && last.text.end == at.start
                && last.source.end == source.start
                && at.len() > 1
            {
                last.text.end = at.end;
                last.source.end = source.end;
                return;
            }
        }
        self.pieces.push(Piece { text: at, source });
    }

    /// The source of the [`OBJECT`] that stands for byte `offset` of the source; `None` if that byte is text, or shows nothing.
    pub fn object_at(&self, offset: usize) -> Option<Span> {
        let next = self.pieces.partition_point(|piece| piece.source.start <= offset);
        let piece = self.pieces[..next].iter().rev().find(|piece| !piece.source.is_empty())?;
        let object = piece.source.end > offset && piece.text.of(&self.text).starts_with(OBJECT);
        object.then_some(piece.source)
    }

    /// The source bytes behind a range of plain text: the smallest span that covers them all.
    pub fn source_span(&self, text: Span) -> Span {
        let start = self.source_offset(text.start, false);
        if text.is_empty() {
            return Span::empty(start);
        }
        Span::new(start, self.source_offset(text.end, true).max(start))
    }

    /// The source offset of a text offset, which is looked at as the end of what precedes it (`end`) or the start of what follows.
    fn source_offset(&self, offset: usize, end: bool) -> usize {
        let next = if end {
            self.pieces.partition_point(|piece| piece.text.start < offset)
        } else {
            self.pieces.partition_point(|piece| piece.text.start <= offset)
        };
        let Some(piece) = next.checked_sub(1).and_then(|index| self.pieces.get(index)) else {
            return self.pieces.first().map_or(0, |piece| piece.source.start);
        };
        let into = offset - piece.text.start;
        if into >= piece.text.len() {
            piece.source.end
        } else if piece.text.len() == piece.source.len() {
            piece.source.start + into
        } else if end {
            piece.source.end
        } else {
            piece.source.start
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `caf&eacute; *x* 😀` as it would be read.
    fn prose() -> (&'static str, Prose) {
        let source = "caf&eacute; *x* 😀";
        let mut prose = Prose::default();
        prose.push("caf", Span::new(0, 3));
        prose.push("é", Span::new(3, 11));
        prose.push(" ", Span::new(11, 12));
        prose.push("x", Span::new(13, 14));
        prose.push(" 😀", Span::new(15, 20));
        (source, prose)
    }

    #[test]
    fn every_word_maps_to_the_bytes_that_make_it() {
        let (source, prose) = prose();
        let find = |needle: &str| {
            let at = prose.text().find(needle).expect("present");
            prose.source_span(Span::new(at, at + needle.len())).of(source)
        };
        assert_eq!(prose.text(), "café x 😀");
        assert_eq!(find("café"), "caf&eacute;");
        assert_eq!(find("é"), "&eacute;");
        assert_eq!(find("x"), "x");
        assert_eq!(find("é x"), "&eacute; *x");
        assert_eq!(find("😀"), "😀");
    }

    #[test]
    fn an_object_is_known_by_any_of_its_bytes() {
        let mut prose = Prose::default();
        prose.push("a ", Span::new(0, 2));
        prose.push("\u{FFFC}", Span::new(2, 9));
        prose.push(" b", Span::new(9, 11));
        assert_eq!(prose.object_at(2), Some(Span::new(2, 9)));
        assert_eq!(prose.object_at(8), Some(Span::new(2, 9)));
        assert_eq!((prose.object_at(1), prose.object_at(9), prose.object_at(20)), (None, None, None));
    }

    #[test]
    fn an_object_as_long_as_its_source_is_one_all_the_same() {
        let mut prose = Prose::default();
        prose.push("x ", Span::new(0, 2));
        prose.push("\u{FFFC}", Span::new(2, 5));
        prose.push(" yz", Span::new(5, 8));
        let known: Vec<_> = (0..8).map(|at| prose.object_at(at).is_some()).collect();
        assert_eq!(known, [false, false, true, true, true, false, false, false]);
    }

    #[test]
    fn an_empty_range_is_a_place() {
        let (source, prose) = prose();
        assert!(prose.source_span(Span::empty(0)).is_empty());
        assert_eq!(prose.source_span(Span::empty(prose.len())), Span::empty(source.len()));
    }
}
