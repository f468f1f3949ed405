//! The date inside a line of text: "Published: July 18, 2025", "By Jane Doe | July 18, 2025"; and full dates in running text.

use super::names::{fold, look_up};
use super::read::{outcome, read};
use super::token::{Cursor, Token, tokens};
use super::{Form, Impossible, Outcome, Precision};
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

/// How far around its year a date in running text is looked for, in bytes.
const REACH: (usize, usize) = (64, 24);

/// The years whose dates are judged in running text. Before, other calendars were in use: Russia had a 29 February 1900.
const YEARS: std::ops::Range<i16> = 1924..2200;

/// The full dates of our time in `text`, a paragraph, that are written with the name of their month or as ISO 8601 has it, and
/// their places. Only what can hardly be meant otherwise counts: a day that no month has if it is one off the end of the
/// month, a day of the week if it stands right beside its date.
pub fn in_prose(text: &str) -> Vec<(Span, Outcome)> {
    let mut found: Vec<(Span, Outcome)> = Vec::new();
    for at in years(text) {
        let after_last = found.last().is_none_or(|(span, _)| at >= span.end);
        if after_last && let Some(kind) = year_at(text, at) {
            found.extend(around(text, at, kind));
        }
    }
    found
}

/// Where four digits stand by themselves in `text` that may be the year of a date. Most paragraphs have none.
pub fn years(text: &str) -> impl Iterator<Item = usize> + '_ {
    let bytes = text.as_bytes();
    memchr::memchr2_iter(b'1', b'2', bytes).filter(|&at| {
        let four = bytes.get(at..at + 4).is_some_and(|four| four.iter().all(u8::is_ascii_digit));
        let goes_on = |b: &u8| b.is_ascii_alphanumeric();
        four && !bytes.get(at + 4).is_some_and(goes_on) && !bytes[..at].last().is_some_and(goes_on)
    })
}

/// Where the year of a date stands in it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Year {
    First,
    Last,
}

/// Whether the four digits at byte `at` are likely the year of a date. Nearly all numbers are turned away here.
fn year_at(text: &str, at: usize) -> Option<Year> {
    let bytes = text.as_bytes();
    if bytes.get(at + 4) == Some(&b'-') {
        let iso = matches!(bytes.get(at + 5..at + 10)?, [a, b, b'-', c, d] if [a, b, c, d].iter().all(|b| b.is_ascii_digit()));
        let begins = bytes[..at].last().is_none_or(|b| b.is_ascii_whitespace() || *b == b'(');
        let alone = begins && ends_sentence(&bytes[at + 10..]);
        return (iso && alone).then_some(Year::First);
    }
    // "July 18, 2025", "18 July 2025", "18 de julio de 2025".
    let ahead = text[..at].trim_end_matches([' ', ',', '\n', '\u{A0}', '.']);
    if ahead.len() == at {
        return None;
    }
    let word = ahead.rsplit(|c: char| c.is_whitespace() || c == '-').next().unwrap_or(ahead);
    let day = word.len() <= 4 && word.starts_with(|c: char| c.is_ascii_digit());
    let link = ["de", "del", "of", "do"].contains(&word);
    (day || link || look_up(&fold(word)).month.is_some()).then_some(Year::Last)
}

/// Whether what follows a date does not belong to it: `2023-02-30.md` is a file.
fn ends_sentence(rest: &[u8]) -> bool {
    let rest = rest.strip_prefix(b".").unwrap_or(rest);
    rest.first().is_none_or(|b| b.is_ascii_whitespace() || b",;:!?)".contains(b))
}

/// The date around the year at byte `at`.
fn around(text: &str, at: usize, year: Year) -> Option<(Span, Outcome)> {
    let start = if year == Year::First { at } else { floor(text, at.saturating_sub(REACH.0)) };
    let end = floor(text, (at + 4 + REACH.1).min(text.len()));
    let window = &text[start..end];
    let tokens = tokens(window);
    // A word that the window cuts off is none.
    let first = usize::from(start > 0 && year == Year::Last);
    (first..tokens.len()).filter(|index| begins_alone(&tokens, *index)).find_map(|index| {
        let mut cursor = Cursor::new(&tokens[index..]);
        let found = outcome(&mut cursor, window)?;
        let taken = &tokens[index..index + cursor.taken()];
        let span = Span::new(taken[0].span.start, taken[taken.len() - 1].span.end);
        let holds_year = span.start <= at - start && at + 4 - start <= span.end;
        (holds_year && is_plain(&tokens, index, taken, &found)).then(|| (span.shifted(start), found))
    })
}

fn floor(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// Whether a date of running text can hardly be meant otherwise.
fn is_plain(tokens: &[Token], index: usize, taken: &[Token], found: &Outcome) -> bool {
    match found {
        Outcome::Impossible(Impossible::Day { year, day, .. }) => {
            // "the set 31, 2019": short names of months are words too, unless they have a capital.
            let named = |token: &&Token| token.word().is_some_and(|word| look_up(word).month.is_some());
            let month = taken
                .iter()
                .find(named)
                .is_none_or(|token| token.text.chars().count() >= 4 || token.text.starts_with(char::is_uppercase));
            month && (29..=31).contains(day) && YEARS.contains(year)
        }
        Outcome::Impossible(_) => false,
        Outcome::Date(reading) => {
            let certain = reading.is_certain() && reading.form == Form::Named && YEARS.contains(&reading.date.year());
            certain && reading.weekday.is_none_or(|_| names_its_day(tokens, index, taken))
        }
    }
}

/// Whether the day of the week stands right in front of the date, or behind it in brackets, and means this date alone.
fn names_its_day(tokens: &[Token], index: usize, taken: &[Token]) -> bool {
    let day = |token: &Token| token.word().is_some_and(|word| look_up(word).weekday.is_some());
    if !day(&taken[0]) {
        return taken.iter().any(|token| token.mark() == Some('('));
    }
    let letters = taken[0].text.chars().count();
    // "It rained on Tuesday. July 18, 2025 was dry."
    let point = taken.get(1).is_some_and(|token| token.mark() == Some('.'));
    let marked = taken.get(1).is_some_and(|token| matches!(token.mark(), Some(',' | '.')));
    // "Monday to Friday, July 18, 2025", "Friday/Saturday".
    let range = index.checked_sub(1).is_some_and(|before| {
        let word = tokens[before].word().unwrap_or_default();
        [
            "to", "through", "and", "or", "until", "till", "bis", "und", "oder", "a", "au", "et", "al", "y", "e",
            "tot", "en",
        ]
        .contains(&word)
            || tokens[before].mark().is_some_and(|mark| "-–—/&+".contains(mark))
    });
    // "Thurs." is short for something, "Friday." ends a sentence.
    !(letters >= 6 && point) && (letters >= 5 || marked) && !range
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
