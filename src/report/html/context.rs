//! The lines around a finding, with the finding marked.

use std::io::{Result, Write};

use crate::report::xml::Text;
use crate::source::Source;
use crate::span::Span;

/// How many lines of a long finding are shown.
const MOST_LINES: usize = 8;

/// How many code points of a line are shown before a mark, and after one.
const AROUND: usize = 160;

/// How many lines away a line with words is looked for, before a finding and after it.
const REACH: usize = 3;

/// Writes the lines that `span` touches, and the nearest ones with words before and after them.
pub(super) fn write(source: &Source, span: Span, out: &mut dyn Write) -> Result<()> {
    let span = Span::new(span.start.min(source.text().len()), span.end.min(source.text().len()));
    let (first, last) = (source.line_index(span.start), source.line_index(span.end.saturating_sub(1).max(span.start)));
    write!(out, "<pre>")?;
    let words = |index: &usize| !source.slice(source.line(*index)).trim().is_empty();
    let begin = (first.saturating_sub(REACH)..first).rev().find(words).unwrap_or(first);
    let end = (last + 1..source.line_count().min(last + 1 + REACH)).find(words).unwrap_or(last);
    // Folding a single line away would save nothing.
    let folded = if last > first + MOST_LINES { first + MOST_LINES..last + 1 } else { 0..0 };
    for index in begin..=end {
        if folded.contains(&index) {
            if index == folded.start {
                write!(out, "<span data-n=\"⋮\">{} more lines</span>", folded.len())?;
            }
            continue;
        }
        let line = source.line(index);
        write!(out, "<span data-n=\"{}\">", index + 1)?;
        let (from, to) = (span.start.clamp(line.start, line.end), span.end.clamp(line.start, line.end));
        if index < first || index > last {
            part(source, Span::new(line.start, line.end), Cut::End, out)?;
        } else {
            part(source, Span::new(line.start, from), Cut::Start, out)?;
            write!(out, "<mark>")?;
            part(source, Span::new(from, to), Cut::Middle, out)?;
            write!(out, "</mark>")?;
            part(source, Span::new(to, line.end), Cut::End, out)?;
        }
        write!(out, "</span>")?;
    }
    writeln!(out, "</pre>")
}

/// Which part of a text goes if it is too long.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cut {
    Start,
    Middle,
    End,
}

fn part(source: &Source, span: Span, cut: Cut, out: &mut dyn Write) -> Result<()> {
    let text = source.slice(span);
    if text.chars().nth(AROUND * 2).is_none() {
        return write!(out, "{}", Text(text));
    }
    let at = |(at, _): (usize, char)| at;
    let head = || Text(&text[..text.char_indices().nth(AROUND).map_or(text.len(), at)]);
    let tail = || Text(&text[text.char_indices().rev().nth(AROUND - 1).map_or(0, at)..]);
    match cut {
        Cut::Start => write!(out, "…{}", tail()),
        Cut::Middle => write!(out, "{} … {}", head(), tail()),
        Cut::End => write!(out, "{}…", head()),
    }
}
