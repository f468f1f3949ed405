//! The few lines of an article that show a finding: numbered, cut to a width, safe to show, with every label mapped in.
//!
//! Decides which lines are shown and how a span over several lines is drawn; what becomes of one line is `crop`'s.
//! Knows nothing of terminals, colours or miette.

use std::collections::BTreeSet;
use std::ops::Range;

use super::clean;
use super::crop::{self, Cropped, Line, Piece};
use crate::source::Source;
use crate::span::Span;

/// A place to show, with what is to be said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The bytes in the source. What does not lie in it on character boundaries is moved until it does.
    pub span: Span,
    /// What stands below it, clean and in one line; may be empty.
    pub text: String,
    /// Whether it is the finding's own place.
    pub primary: bool,
}

/// How much room there is.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    /// Columns for the text and what is drawn beside it.
    pub width: usize,
    /// What stands where something is left out.
    pub cut: &'static str,
}

/// Some lines of a source.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Excerpt {
    /// The lines to show, each with a line feed. Ranges of `marks` count in this.
    pub text: String,
    /// The 1-based number of each line; `None` for a row that stands for lines left out.
    pub numbers: Vec<Option<usize>>,
    /// What is to be drawn on them, by place.
    pub marks: Vec<Drawn>,
}

/// A place in an excerpt.
#[derive(Debug, PartialEq, Eq)]
pub struct Drawn {
    /// Bytes of the excerpt's text: within one line, or from one line to another.
    pub range: Range<usize>,
    /// What is said of it, wrapped.
    pub label: Option<String>,
    /// Whether it is the finding's own place.
    pub primary: bool,
}

/// Columns that miette draws at the left of the text for spans over many lines, besides one for each of them.
const GUTTER: usize = 3;

/// How many lines of a long span are shown at each of its ends.
const ENDS: usize = 2;

/// Up to how many lines are underlined one by one rather than bracketed. At least `ENDS`.
const UNDERLINED: usize = 3;

/// The lines of `source` that show `marks`, the most important first, and the marks for which there was no room, in order.
pub fn excerpt(source: &Source, mut marks: Vec<Mark>, room: Room) -> (Excerpt, Vec<Mark>) {
    let mut left = Vec::new();
    loop {
        let shapes: Vec<Shape> = marks.iter().map(|mark| Shape::of(source, mark.span)).collect();
        if let Some(excerpt) = draw(source, &marks, &shapes, room) {
            left.reverse();
            return (excerpt, left);
        }
        match marks.pop() {
            Some(mark) => left.push(mark),
            None => return (Excerpt::default(), left),
        }
    }
}

/// How a mark is drawn.
enum Shape {
    /// Underlined, on each of these lines: index of the line, and the bytes of the source.
    Underlined(Vec<(usize, Span)>),
    /// Bracketed, from one line to another.
    Bracketed(usize, usize),
}

impl Shape {
    fn of(source: &Source, span: Span) -> Self {
        let span = fitted(source, span);
        let first = source.line_index(span.start);
        let last = source.line_index(if span.is_empty() { span.start } else { span.end - 1 });
        let on_line = |index| {
            let line = source.line(index);
            let part = Span::new(span.start.clamp(line.start, line.end), span.end.clamp(line.start, line.end));
            if first == last { part } else { part.trimmed(source.text()) }
        };
        let line = |index| source.line(index).trimmed(source.text());
        let whole = span.start <= line(first).start && line(last).end <= span.end;
        if first == last || (last - first < UNDERLINED && !whole) {
            let lines = (first..=last).map(|index| (index, on_line(index)));
            Self::Underlined(lines.filter(|(_, part)| first == last || !part.is_empty()).collect())
        } else {
            Self::Bracketed(first, last)
        }
    }

    /// The lines it wants to be seen.
    fn rows(&self) -> Vec<usize> {
        match self {
            Self::Underlined(parts) => parts.iter().map(|(index, _)| *index).collect(),
            Self::Bracketed(first, last) => {
                let (head, tail) = (first + ENDS, last + 1 - ENDS);
                (*first..head).chain(tail.max(head)..*last + 1).collect()
            }
        }
    }
}

/// `span` moved onto character boundaries of the text, and off the byte-order mark unless it is that alone.
fn fitted(source: &Source, span: Span) -> Span {
    let text = source.text();
    let floor = |at: usize| (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let (start, end) = (floor(span.start), floor(span.end));
    let start = if start < source.start() && (end > source.start() || start == end) { source.start() } else { start };
    Span::new(start, end.max(start))
}

fn draw(source: &Source, marks: &[Mark], shapes: &[Shape], room: Room) -> Option<Excerpt> {
    let brackets = shapes.iter().filter(|shape| matches!(shape, Shape::Bracketed(..))).count();
    let width = room.width.saturating_sub(if brackets > 0 { GUTTER + brackets } else { 0 });
    let mut excerpt = Excerpt::default();
    let mut lines: Vec<Shown> = Vec::new();
    let mut next = None;
    for index in rows(source, marks, shapes) {
        let skipped = next.map_or(0, |next| index - next);
        if skipped > 0 {
            excerpt.push(None, &format!("{} {skipped} more lines", room.cut));
        }
        let span = content(source, index, shapes);
        let line =
            Line { text: source.slice(span), bytes: source.bytes().get(span.start..span.end).unwrap_or_default() };
        let pieces = pieces(span.start, index, marks, shapes);
        if overlap(&pieces) {
            return None;
        }
        let cropped = crop::crop(line, &pieces, width, room.cut)?;
        let at = excerpt.push(Some(index + 1), &cropped.text);
        lines.push(Shown { index, start: span.start, at, cropped });
        next = Some(index + 1);
    }
    let shown = |index: usize| lines.iter().find(|shown| shown.index == index);
    for (mark, shape) in marks.iter().zip(shapes) {
        let label = |room: usize| {
            let wrapped = clean::wrap(&mark.text, room.max(8), 0).join("\n");
            (!wrapped.is_empty()).then_some(wrapped)
        };
        let mut add = |range, label| excerpt.marks.push(Drawn { range, label, primary: mark.primary });
        match shape {
            Shape::Underlined(parts) => {
                for (nth, (index, part)) in parts.iter().enumerate() {
                    let Some(shown) = shown(*index) else { continue };
                    let (range, middle) = shown.place(*part);
                    let last = nth + 1 == parts.len();
                    add(range, if last { label(width.saturating_sub(middle + 4)) } else { None });
                }
            }
            Shape::Bracketed(first, last) => {
                let (Some(first), Some(last)) = (shown(*first), shown(*last)) else { continue };
                // With its line feed, or an empty last line would not be taken for the end.
                add(first.at..last.at + last.cropped.text.len() + 1, label(width.saturating_sub(2)));
            }
        }
    }
    excerpt.marks.sort_by_key(|mark| (mark.range.start, mark.range.end));
    Some(excerpt)
}

impl Excerpt {
    /// Adds a row and says where in the text it begins.
    fn push(&mut self, number: Option<usize>, text: &str) -> usize {
        let at = self.text.len();
        self.text.push_str(text);
        self.text.push('\n');
        self.numbers.push(number);
        at
    }
}

/// A line of the source in the excerpt.
struct Shown {
    index: usize,
    /// Byte offset of its text in the source.
    start: usize,
    /// Byte offset of its text in the excerpt.
    at: usize,
    cropped: Cropped,
}

impl Shown {
    /// Where a part of the line stands in the excerpt, and the column of its middle.
    fn place(&self, part: Span) -> (Range<usize>, usize) {
        let (start, end) = (part.start - self.start, part.end - self.start);
        let from = self.cropped.start(start);
        let to = if part.is_empty() { from } else { self.cropped.end(end).max(from) };
        let column = |at: usize| clean::width(self.cropped.text.get(..at).unwrap_or_default());
        (self.at + from..self.at + to, (column(from) + column(to)) / 2)
    }
}

/// The lines to show, in order: those of the marks, the primary one's neighbours unless they are blank, and any line
/// that would be the only one left out between two others.
fn rows(source: &Source, marks: &[Mark], shapes: &[Shape]) -> Vec<usize> {
    let mut rows: BTreeSet<usize> = shapes.iter().flat_map(Shape::rows).collect();
    for (mark, shape) in marks.iter().zip(shapes) {
        let Shape::Underlined(parts) = shape else { continue };
        let (true, Some((first, _)), Some((last, _))) = (mark.primary, parts.first(), parts.last()) else { continue };
        let neighbours = [first.checked_sub(1), Some(last + 1).filter(|&index| index < source.line_count())];
        let speaks = |index: &usize| !source.slice(source.line(*index)).trim().is_empty();
        rows.extend(neighbours.into_iter().flatten().filter(speaks));
    }
    let between: Vec<usize> =
        rows.iter().zip(rows.iter().skip(1)).filter(|(a, b)| *b - *a == 2).map(|(a, _)| a + 1).collect();
    rows.extend(between);
    rows.into_iter().collect()
}

/// The text of a line, without a byte-order mark unless a mark points at it.
fn content(source: &Source, index: usize, shapes: &[Shape]) -> Span {
    let line = source.line(index);
    let pointed_at = shapes.iter().any(|shape| match shape {
        Shape::Underlined(parts) => parts.iter().any(|(_, part)| part.start < source.start()),
        Shape::Bracketed(..) => false,
    });
    if pointed_at { line } else { Span::new(line.start.max(source.start().min(line.end)), line.end) }
}

/// What must be seen of the line with this index, which begins at byte `start`.
fn pieces(start: usize, index: usize, marks: &[Mark], shapes: &[Shape]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (mark, shape) in marks.iter().zip(shapes) {
        let Shape::Underlined(parts) = shape else { continue };
        for (nth, (line, part)) in parts.iter().enumerate() {
            if *line == index {
                let label = if nth + 1 == parts.len() { clean::width(&mark.text) } else { 0 };
                pieces.push(Piece { start: part.start - start, end: part.end - start, label });
            }
        }
    }
    if pieces.is_empty() {
        pieces.push(Piece { start: 0, end: 0, label: 0 });
    }
    pieces
}

/// Whether two pieces want to be underlined at one place. miette would push the second one away from its words.
fn overlap(pieces: &[Piece]) -> bool {
    let mut drawn: Vec<Range<usize>> = pieces.iter().map(|piece| piece.start..piece.end.max(piece.start + 1)).collect();
    drawn.sort_by_key(|range| (range.start, range.end));
    drawn.iter().zip(drawn.iter().skip(1)).any(|(a, b)| b.start < a.end)
}
