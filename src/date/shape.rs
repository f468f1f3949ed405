//! The shapes of a bare date: year first, day first, month first, in numbers or with a name, and in East Asian characters.

use jiff::civil::Date;

use super::clock::{self, Clock};
use super::names::{Languages, Name, look_up};
use super::token::{Cursor, Token};
use super::{Form, Impossible, Precision, Reading};

/// What stands between the days of the week.
pub(super) struct Core {
    /// The day, or why there is none.
    pub outcome: Result<Reading, Impossible>,
    /// The languages that its month may be in.
    pub languages: Languages,
    /// The time that stands inside the date.
    pub clock: Option<Clock>,
}

/// Reads a bare date in the first shape that fits.
pub(super) fn core(cursor: &mut Cursor) -> Option<Core> {
    type Rule = fn(&mut Cursor) -> Option<Core>;
    static RULES: [Rule; 7] =
        [year_first, compact, east_asian, day_first_numbers, day_first_name, month_first_name, month_and_year];
    RULES.iter().find_map(|rule| cursor.attempt(rule))
}

/// `2025-07-18`, `2025/7/18`, `2025.07.18`, `2025-07`.
fn year_first(cursor: &mut Cursor) -> Option<Core> {
    let year = cursor.number(4, 4)?;
    let separator = cursor.joined_mark(&['-', '/', '.', '\u{2010}', '\u{2011}'])?;
    let month = cursor.joined_number(1, 2)?;
    let day = cursor.attempt(|cursor| {
        cursor.joined_mark(&[separator])?;
        cursor.joined_number(1, 2)
    });
    let outcome = match day {
        Some(day) => day_of(year, month, day, Form::YearMonthDay),
        None if separator == '-' && (1..=12).contains(&month) => {
            first_of(year, month).map(|date| reading(date, Precision::Month, Form::YearMonthDay))
        }
        None => return None,
    };
    let clock = cursor.attempt(iso_time).transpose();
    Some(numbers(outcome.and_then(|reading| clock.map(|clock| (reading, clock)))))
}

/// `20250718`, `20250718T100000Z`. Only years near ours: otherwise it is some number.
fn compact(cursor: &mut Cursor) -> Option<Core> {
    let digits = cursor.take(|token| (token.text.len() == 8 && token.mark().is_none()).then_some(token.text))?;
    let year = digits.get(..4)?.parse().ok().filter(|year| (1900..2100).contains(year))?;
    let reading =
        day_of(year, digits.get(4..6)?.parse().ok()?, digits.get(6..)?.parse().ok()?, Form::YearMonthDay).ok()?;
    let clock = cursor.attempt(iso_time).transpose();
    Some(numbers(clock.map(|clock| (reading, clock))))
}

/// `2025年7月18日`, `2025년 7월 18일`.
fn east_asian(cursor: &mut Cursor) -> Option<Core> {
    let year = cursor.number(4, 4)?;
    cursor.word(&["年", "\u{1102}\u{1167}\u{11AB}"])?;
    let month = cursor.number(1, 2)?;
    cursor.word(&["月", "\u{110B}\u{116F}\u{11AF}"])?;
    let day = cursor.attempt(|cursor| {
        let day = cursor.number(1, 2)?;
        cursor.word(&["日", "号", "號", "\u{110B}\u{1175}\u{11AF}"]).map(|_| day)
    });
    let outcome = match day {
        Some(day) => day_of(year, month, day, Form::EastAsian),
        None => first_of(year, month).map(|date| reading(date, Precision::Month, Form::EastAsian)),
    };
    Some(Core { outcome, languages: 0, clock: None })
}

/// `18.07.2025`, `18. 7. 2025`, `18/07/2025`, `07/18/2025`, `18-07-25`.
fn day_first_numbers(cursor: &mut Cursor) -> Option<Core> {
    let first = cursor.number(1, 2)?;
    let separator = cursor.joined_mark(&['/', '.', '-'])?;
    let spaces = separator == '.' && !cursor.is_joined();
    let second = if spaces { cursor.number(1, 2)? } else { cursor.joined_number(1, 2)? };
    cursor.joined_mark(&[separator])?;
    let year = if spaces || cursor.is_joined() { cursor.number(4, 4).or_else(|| cursor.number(2, 2)) } else { None }?;
    let short_year = year < 100;
    // POSIX: 69 to 99 are the nineteen hundreds.
    let year = if !short_year {
        year
    } else if year < 69 {
        2000 + year
    } else {
        1900 + year
    };

    let by_day = day_of(year, second, first, Form::DayMonthYear);
    let by_month =
        if separator == '.' { Err(Impossible::Month(second)) } else { day_of(year, first, second, Form::MonthDayYear) };
    let outcome = match (by_day, by_month) {
        (Ok(day), Ok(month)) if day.date == month.date => Ok(day),
        (Ok(day), Ok(month)) => Ok(Reading { others: vec![month.date], ..day }),
        (Ok(day), Err(_)) => Ok(day),
        (Err(_), Ok(month)) => Ok(month),
        _ if short_year => return None,
        (Err(why), Err(_)) if second <= 12 || separator == '.' => Err(why),
        (Err(_), Err(why)) => Err(why),
    };
    Some(Core { outcome: outcome.map(|reading| Reading { short_year, ..reading }), languages: 0, clock: None })
}

/// `18 July 2025`, `18. Juli 2025`, `18 de julio de 2025`, `1er mai 2025`, `the 18th of July, 2025`, `18-Jul-2025`.
fn day_first_name(cursor: &mut Cursor) -> Option<Core> {
    let day = cursor.number(1, 2)?;
    ordinal(cursor);
    cursor.joined_mark(&['.', '-', '/']);
    cursor.word(&["of", "de", "di", "d"]);
    let (month, languages) = month(cursor)?;
    cursor.mark(&[',', '-', '/']);
    cursor.word(&["de", "del", "of", "do"]);
    let year = cursor.number(4, 4).or_else(|| cursor.number(2, 2));
    let short_year = year.is_some_and(|year| year < 100);
    let year = year.map(|year| if short_year { 2000 + year } else { year })?;
    let outcome = day_of(year, month, day, Form::Named).map(|reading| Reading { short_year, ..reading });
    Some(Core { outcome, languages, clock: None })
}

/// `July 18, 2025`, `Jul. 18th 2025`, `Jul 18 10:00:00 UTC 2025`.
fn month_first_name(cursor: &mut Cursor) -> Option<Core> {
    let (month, languages) = month(cursor)?;
    cursor.joined_mark(&['-', '/']);
    cursor.word(&["the"]);
    let day = cursor.number(1, 2)?;
    ordinal(cursor);
    cursor.mark(&[',', '-', '/', '.']);
    // As the `date` command prints it.
    let clock = cursor.attempt(|cursor| {
        let clock = clock::time(cursor)?;
        cursor.mark(&[',']);
        cursor.peek()?.number(4, 4).map(|_| clock)
    });
    let year = cursor.number(4, 4)?;
    let outcome = day_of(year, month, day, Form::Named);
    Some(match clock.transpose() {
        Ok(clock) => Core { outcome, languages, clock },
        Err(why) => Core { outcome: outcome.and(Err(why)), languages, clock: None },
    })
}

/// `July 2025`, `2025 July 18`, `07/2025`.
fn month_and_year(cursor: &mut Cursor) -> Option<Core> {
    if let Some(core) = cursor.attempt(|cursor| {
        let year = cursor.number(4, 4)?;
        cursor.mark(&[',', '-', '/', '.']);
        // "2025. július 18."
        let hungarian = cursor.last().and_then(Token::mark) == Some('.');
        let (month, languages) = month(cursor)?;
        cursor.joined_mark(&['-', '/']);
        let day = cursor.number(1, 2)?;
        if hungarian {
            cursor.joined_mark(&['.']);
        }
        Some(Core { outcome: day_of(year, month, day, Form::Named), languages, clock: None })
    }) {
        return Some(core);
    }
    if let Some(core) = cursor.attempt(|cursor| {
        let month = cursor.number(1, 2).filter(|month| (1..=12).contains(month))?;
        cursor.joined_mark(&['/'])?;
        let year = cursor.joined_number(4, 4)?;
        let date = first_of(year, month);
        Some(Core {
            outcome: date.map(|date| reading(date, Precision::Month, Form::MonthDayYear)),
            languages: 0,
            clock: None,
        })
    }) {
        return Some(core);
    }
    let (month, languages) = month(cursor)?;
    cursor.mark(&[',', '-', '/']);
    cursor.word(&["de", "del", "do"]);
    let year = cursor.number(4, 4)?;
    let outcome = first_of(year, month).map(|date| reading(date, Precision::Month, Form::Named));
    Some(Core { outcome, languages, clock: None })
}

/// The time behind an ISO date and its `T`: `T10:00:00Z`, `T100000`.
fn iso_time(cursor: &mut Cursor) -> Option<Result<Clock, Impossible>> {
    cursor.joined_word(&["t"])?;
    if !cursor.is_joined() {
        return None;
    }
    clock::time(cursor).or_else(|| clock::basic_time(cursor))
}

fn ordinal(cursor: &mut Cursor) {
    if cursor.joined_word(&["st", "nd", "rd", "th", "er", "re", "e", "a", "o", "º", "ª", "го"]).is_none() {
        cursor.joined_mark(&['°']);
    }
}

fn month(cursor: &mut Cursor) -> Option<(u16, Languages)> {
    let (month, languages) = cursor.take(|token| named(token)?.month)?;
    cursor.joined_mark(&['.']);
    Some((month.unsigned_abs().into(), languages))
}

/// What a token names.
pub(super) fn named(token: &Token) -> Option<Name> {
    token.word().map(look_up)
}

fn numbers(found: Result<(Reading, Option<Clock>), Impossible>) -> Core {
    match found {
        Ok((reading, clock)) => Core { outcome: Ok(reading), languages: 0, clock },
        Err(why) => Core { outcome: Err(why), languages: 0, clock: None },
    }
}

/// The first day of a month.
pub(super) fn first_of(year: u16, month: u16) -> Result<Date, Impossible> {
    day_of(year, month, 1, Form::Iso).map(|reading| reading.date)
}

/// A day of numbers, or why there is none.
pub(super) fn day_of(year: u16, month: u16, day: u16, form: Form) -> Result<Reading, Impossible> {
    let month = i8::try_from(month).ok().filter(|month| (1..=12).contains(month)).ok_or(Impossible::Month(month))?;
    let year = i16::try_from(year).unwrap_or(i16::MAX);
    let date = i8::try_from(day).ok().and_then(|day| Date::new(year, month, day).ok());
    date.map(|date| reading(date, Precision::Day, form)).ok_or(Impossible::Day { year, month, day })
}

/// A reading of nothing but a date.
pub(super) fn reading(date: Date, precision: Precision, form: Form) -> Reading {
    Reading {
        date,
        time: None,
        zone: None,
        precision,
        form,
        others: Vec::new(),
        short_year: false,
        weekday: None,
        language: None,
    }
}
