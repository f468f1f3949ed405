//! The date inside a line of text: "Published: July 18, 2025", "By Jane Doe | July 18, 2025".

use super::read::{outcome, read};
use super::token::{Cursor, Token, tokens};
use super::{Outcome, Precision};
use crate::span::Span;

/// Longer lines are sentences; dates in them are left alone.
const LONGEST_LINE: usize = 200;

/// The first date in `line`, to the day at least, and its place; a time that follows is part of it. It stands on its own: what
/// is glued to other digits or letters is no date, and neither is a day whose century is left out, unless it is the whole line.
pub fn find(line: &str) -> Option<(Span, Outcome)> {
    if line.len() > LONGEST_LINE || !line.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let whole = Span::new(0, line.len()).trimmed(line);
    if let Some(found) = read(line).filter(is_day) {
        return Some((whole, found));
    }
    let tokens = tokens(line);
    (0..tokens.len()).filter(|start| begins_alone(&tokens, *start)).find_map(|start| {
        let mut cursor = Cursor::new(&tokens[start..]);
        let found = outcome(&mut cursor, line)?;
        let end = start + cursor.taken();
        let certain = found.reading().is_none_or(|reading| !reading.short_year);
        let span = Span::new(tokens[start].span.start, tokens[end - 1].span.end);
        // What is found must read the same on its own.
        let same = || read(span.of(line)).as_ref() == Some(&found);
        (ends_alone(&tokens, end) && certain && is_day(&found) && same()).then_some((span, found))
    })
}

fn is_day(found: &Outcome) -> bool {
    found.reading().is_none_or(|reading| reading.precision >= Precision::Day)
}

/// Whether what begins at token `start` is not the rest of something longer.
fn begins_alone(tokens: &[Token], start: usize) -> bool {
    let Some(before) = start.checked_sub(1).filter(|_| !tokens[start].spaced) else { return true };
    let number_before = |index: usize| index.checked_sub(1).is_some_and(|index| tokens[index].number(1, 19).is_some());
    match tokens[before].mark() {
        // The end of a label, or the middle of a time.
        Some(':') => !number_before(before),
        Some(mark) => !"/.-_#@".contains(mark),
        None => tokens[before].is_ideograph(),
    }
}

/// Whether what ends in front of token `end` does not go on.
fn ends_alone(tokens: &[Token], end: usize) -> bool {
    let Some(next) = tokens.get(end).filter(|next| !next.spaced) else { return true };
    match next.mark() {
        Some(mark) => !"/-_".contains(mark) || tokens.get(end + 1).is_none_or(|after| after.spaced),
        None => next.is_ideograph(),
    }
}
