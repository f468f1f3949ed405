//! The date inside a line of text: "Published: July 18, 2025", "By Jane Doe | July 18, 2025".

use super::read::{outcome, read};
use super::token::{Cursor, tokens};
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
    (0..tokens.len()).find_map(|start| {
        let first = &tokens[start];
        let glued = start.checked_sub(1).map(|before| &tokens[before]).is_some_and(|before| {
            !first.spaced && (before.mark().is_none() || before.mark().is_some_and(|mark| "/.-_:#@".contains(mark)))
        });
        // A label ends with its colon: "Published:July 18".
        if glued && !(first.word().is_some() && tokens[start - 1].mark() == Some(':')) {
            return None;
        }
        let mut cursor = Cursor::new(&tokens[start..]);
        let found = outcome(&mut cursor, line)?;
        let end = start + cursor.taken();
        let cut = tokens.get(end).is_some_and(|next| {
            let continues = next.mark().is_some_and(|mark| "/-_".contains(mark))
                && tokens.get(end + 1).is_some_and(|after| !after.spaced);
            !next.spaced && (next.mark().is_none() || continues)
        });
        let certain = found.reading().is_none_or(|reading| !reading.short_year);
        let span = Span::new(first.span.start, tokens[end - 1].span.end);
        // What is found must read the same on its own.
        (!cut && certain && is_day(&found) && read(span.of(line)).as_ref() == Some(&found)).then_some((span, found))
    })
}

fn is_day(found: &Outcome) -> bool {
    found.reading().is_none_or(|reading| reading.precision >= Precision::Day)
}
