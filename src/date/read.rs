//! The grammar of dates: which rows of tokens are a day, and which only look like one.

use jiff::civil::{Date, ISOWeekDate, Time, Weekday};
use jiff::tz::Offset;

use super::clock::{self, Clock};
use super::names::{Language, Languages};
use super::shape::{core, day_of, first_of, named, reading};
use super::token::{Cursor, Kind, Token, tokens};
use super::{Form, Impossible, Outcome, Precision, Reading, Zone, iso};

/// Longer texts are no dates.
const LONGEST: usize = 120;

/// Reads `text`, all of which must be one date; white space around it does not matter. `None` if it is no date at all.
pub fn read(text: &str) -> Option<Outcome> {
    let text = text.trim();
    if text.len() > LONGEST || !text.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    if let Some(found) = year_month_day(text).or_else(|| timestamp(text)) {
        return Some(found);
    }
    if let Some(date) = ordinal_or_week(text) {
        return Some(Outcome::Date(reading(date, Precision::Day, Form::Iso)));
    }
    by_grammar(text)
}

/// Reads `text` as the grammar has it.
fn by_grammar(text: &str) -> Option<Outcome> {
    let tokens = tokens(text);
    let mut cursor = Cursor::new(&tokens);
    let article = cursor.word(&["the", "le", "den", "am", "el", "il", "op"]);
    let found = outcome(&mut cursor, text)
        .filter(|found| article.is_none() || found.reading().is_none_or(|reading| reading.form == Form::Named));
    match found {
        Some(found) if cursor.is_done() => Some(found),
        _ => bare_year(&tokens),
    }
}

/// Reads the date at the cursor, the longest there is. `text` is what the tokens were cut from.
pub(super) fn outcome(cursor: &mut Cursor, text: &str) -> Option<Outcome> {
    if !cursor.peek().is_some_and(can_begin) {
        return None;
    }
    // "Mar 18, 2025" begins with a month, "mar 18 juillet 2025" with a day of the week.
    cursor
        .attempt(|cursor| {
            let mut weekday = weekday(cursor)?;
            weekday.sure |= cursor.mark(&[',']).is_some();
            cursor.word(&["the", "le", "den", "dem"]);
            dated(cursor, text, Some(weekday))
        })
        .or_else(|| cursor.attempt(|cursor| dated(cursor, text, None)))
}

/// Whether a date can begin with this token. In running text most cannot.
fn can_begin(token: &Token) -> bool {
    match token.kind {
        Kind::Number => true,
        Kind::Word(_) => named(token).is_some_and(|name| name.month.is_some() || name.weekday.is_some()),
        Kind::Mark(_) => false,
    }
}

fn dated(cursor: &mut Cursor, text: &str, leading: Option<DayName>) -> Option<Outcome> {
    let early = cursor.attempt(|cursor| {
        let time = clock::time(cursor)?;
        cursor.mark(&[',', '|', '·', '•', '-', '–', '—']);
        cursor.word(&["on"]);
        Some(time)
    });
    let is_early = early.is_some();
    let start = cursor.peek()?.span.start;
    let mut core = core(cursor)?;
    year_mark(cursor);
    // "Sam July 18, 2025" is a name, "Sam, 18.07.2025" a Saturday: day and month are of one language, and a short day
    // without a mark behind it is one only beside the name of a month.
    if let Some(day) = leading {
        let alien = core.languages != 0 && core.languages & day.languages == 0;
        if alien || core.languages == 0 && !day.sure {
            return None;
        }
    }
    let trailing =
        if leading.is_none() { cursor.attempt(|cursor| trailing_weekday(cursor, core.languages)) } else { None };
    let late = match (early, core.clock) {
        (None, None) => cursor.attempt(following_time),
        (early, inner) => early.or(inner.map(Ok)),
    };
    let named_day = leading.or(trailing);
    let end = cursor.last().map_or(start, |token| token.span.end);

    let mut reading = match core.outcome {
        Ok(reading) => reading,
        Err(why) => return Some(Outcome::Impossible(why)),
    };
    if let Some(DayName { day, languages, .. }) = named_day {
        reading.weekday = Some(day);
        if languages != 0 {
            core.languages = if core.languages == 0 { languages } else { core.languages & languages };
        }
        // "Friday, 03/04/2025" is ambiguous only as long as nobody looks at the day of the week.
        if reading.date.weekday() != day {
            if let Some(at) = reading.others.iter().position(|other| other.weekday() == day) {
                reading.date = reading.others.swap_remove(at);
                reading.others.clear();
            }
        } else {
            reading.others.retain(|other| other.weekday() == day);
        }
    }
    reading.language = Language::first_of(core.languages);
    match late {
        None => {}
        Some(Err(why)) => return Some(Outcome::Impossible(why)),
        Some(Ok(clock)) => {
            if reading.precision < Precision::Day {
                return None;
            }
            if clock.next_day {
                reading.date = reading.date.tomorrow().ok()?;
            }
            reading.time = Some(clock.time);
            reading.zone = clock.zone;
            reading.precision = clock.precision;
        }
    }
    let alone = named_day.is_none() && !is_early;
    if alone && reading.form == Form::YearMonthDay && iso::conforms(text.get(start..end).unwrap_or("")) {
        reading.form = Form::Iso;
    }
    Some(Outcome::Date(reading))
}

/// A year and nothing else.
fn bare_year(tokens: &[Token]) -> Option<Outcome> {
    let [year] = tokens else { return None };
    let year = year.number(4, 4).filter(|year| (1000..3000).contains(year))?;
    first_of(year, 1).ok().map(|date| Outcome::Date(reading(date, Precision::Year, Form::Iso)))
}

/// `2025-07-18`, as most dates are written: no grammar is needed for it.
fn year_month_day(text: &str) -> Option<Outcome> {
    let (year, rest) = text.split_at_checked(4)?;
    let [b'-', a, b, b'-', c, d] = *rest.as_bytes() else { return None };
    if ![a, b, c, d].iter().chain(year.as_bytes()).all(u8::is_ascii_digit) {
        return None;
    }
    let two = |tens: u8, ones: u8| u16::from(tens - b'0') * 10 + u16::from(ones - b'0');
    Some(match day_of(year.parse().ok()?, two(a, b), two(c, d), Form::Iso) {
        Ok(reading) => Outcome::Date(reading),
        Err(why) => Outcome::Impossible(why),
    })
}

/// `2025-07-18T10:00:00+02:00`, `2025-07-18 10:00:00 -6`, as programs write dates. What is not quite so is for the grammar.
fn timestamp(text: &str) -> Option<Outcome> {
    let (date, rest) = text.split_at_checked(10)?;
    let [b'T' | b' ', a, b, b':', c, d, b':', e, f, zone @ ..] = rest.as_bytes() else { return None };
    let two = |tens: u8, ones: u8| {
        let digits = tens.is_ascii_digit() && ones.is_ascii_digit();
        digits.then(|| i8::try_from((tens - b'0') * 10 + (ones - b'0')).ok()).flatten()
    };
    let time = Time::new(two(*a, *b)?, two(*c, *d)?, two(*e, *f)?, 0).ok()?;
    let zone = match *zone.strip_prefix(b" ").unwrap_or(zone) {
        [] => None,
        [b'Z'] => Some(Offset::UTC),
        [sign @ (b'+' | b'-'), ref distance @ ..] => {
            let (hours, minutes) = match *distance {
                [h] => (two(b'0', h)?, 0),
                [g, h] => (two(g, h)?, 0),
                [g, h, b':', m, n] | [g, h, m, n] => (two(g, h)?, two(m, n).filter(|minutes| *minutes < 60)?),
                _ => return None,
            };
            let seconds = i32::from(hours) * 3600 + i32::from(minutes) * 60;
            Some(Offset::from_seconds(if sign == b'+' { seconds } else { -seconds }).ok()?)
        }
        _ => return None,
    };
    let Some(Outcome::Date(day)) = year_month_day(date) else { return None };
    let (time, zone) = (Some(time), zone.map(Zone::Offset));
    Some(Outcome::Date(Reading { time, zone, precision: Precision::Second, ..day }))
}

/// `2025-199`, `2025-W29-5`, `2025W295`.
fn ordinal_or_week(text: &str) -> Option<Date> {
    let digits = |range: std::ops::Range<usize>| -> Option<i16> {
        let digits = text.get(range)?;
        if digits.bytes().all(|b| b.is_ascii_digit()) { digits.parse().ok() } else { None }
    };
    let rest = text.get(4..)?;
    let year = digits(0..4)?;
    if rest.starts_with('-') && rest.len() == 4 {
        let day = digits(5..8)?;
        let date = Date::new(year, 1, 1).ok()?;
        return (1..=date.days_in_year()).contains(&day).then(|| date.saturating_add(jiff::Span::new().days(day - 1)));
    }
    let (week, day) = if rest.starts_with("-W") && text.len() == 10 && text.get(8..9) == Some("-") {
        (digits(6..8)?, digits(9..10)?)
    } else if rest.starts_with('W') && text.len() == 8 {
        (digits(5..7)?, digits(7..8)?)
    } else {
        return None;
    };
    let day = Weekday::from_monday_one_offset(i8::try_from(day).ok()?).ok()?;
    ISOWeekDate::new(year, i8::try_from(week).ok()?, day).ok().map(|week| week.date())
}

/// A time behind a date: ` 10:00`, `, 10:00`, ` at 3:00 pm`, ` um 10 Uhr`, ` à 10h30`, ` | 10:00`.
fn following_time(cursor: &mut Cursor) -> Option<Result<Clock, Impossible>> {
    cursor.mark(&[',', '|', '·', '•', '-', '–', '—', '@', '/']);
    if cursor.word(&["a"]).is_some() {
        cursor.word(&["las", "les"]);
    } else if cursor.word(&["kl", "godz"]).is_some() {
        cursor.joined_mark(&['.']);
    } else {
        cursor.word(&["at", "um", "alle", "ore", "om", "as", "klokken", "klockan", "o", "в", "saat", "t"]);
    }
    clock::time(cursor)
}

/// "r." for "roku", "г." for "года": what Polish and Russian say behind the year.
fn year_mark(cursor: &mut Cursor) {
    if cursor.word(&["r", "г"]).is_some() {
        cursor.joined_mark(&['.']);
    } else {
        cursor.word(&["roku", "года"]);
    }
}

/// The name of a day of the week.
#[derive(Clone, Copy)]
struct DayName {
    day: Weekday,
    /// The languages that call it so; none for East Asian ones.
    languages: Languages,
    /// Whether it can hardly be another word: it is long, English, or has a point or comma behind it.
    sure: bool,
}

fn weekday(cursor: &mut Cursor) -> Option<DayName> {
    cursor.attempt(|cursor| {
        let long = cursor.peek()?.text.chars().count() >= 4;
        let (day, languages) = cursor.take(|token| named(token)?.weekday)?;
        let english = Language::first_of(languages) == Some(Language::ENGLISH);
        // "sexta-feira", in two words.
        let feira = |cursor: &mut Cursor| {
            cursor.joined_mark(&['-'])?;
            cursor.joined_word(&["feira"]).map(|_| ())
        };
        // "ven.", and "Venerdi'" for want of an accent.
        let marked = cursor.attempt(feira).is_some() || cursor.joined_mark(&['.', '\'', '\u{2019}']).is_some();
        Some(DayName { day, languages, sure: long || english || marked })
    })
}

/// A day of the week behind a date in `languages`: in brackets, or written out.
fn trailing_weekday(cursor: &mut Cursor, languages: Languages) -> Option<DayName> {
    if let Some(open) = cursor.mark(&['(', '（']) {
        let day = east_asian_weekday(cursor, true).or_else(|| weekday(cursor))?;
        return cursor.mark(&[if open == '(' { ')' } else { '）' }]).map(|_| day);
    }
    if let Some(day) = east_asian_weekday(cursor, false) {
        return Some(day);
    }
    cursor.mark(&[',']);
    let written_out = cursor.peek()?.text.chars().count() >= 4;
    weekday(cursor).filter(|day| written_out && (languages == 0 || languages & day.languages != 0))
}

/// `金曜日`, `星期五`, `周五`, and where it is `alone`, `金`.
fn east_asian_weekday(cursor: &mut Cursor, alone: bool) -> Option<DayName> {
    cursor.attempt(|cursor| {
        if cursor.word(&["周", "週", "星"]).is_some() {
            cursor.joined_word(&["期"]);
            let day = cursor.joined_word(&["一", "二", "三", "四", "五", "六", "日", "天"])?;
            return nth_day("一二三四五六日", if day == "天" { "日" } else { day });
        }
        let day = cursor.word(&["月", "火", "水", "木", "金", "土", "日"])?;
        let written_out = cursor.joined_word(&["曜"]).and_then(|_| cursor.joined_word(&["日"])).is_some();
        if written_out || alone { nth_day("月火水木金土日", day) } else { None }
    })
}

fn nth_day(days: &str, day: &str) -> Option<DayName> {
    let index = days.chars().position(|c| day.starts_with(c))?;
    let day = Weekday::from_monday_zero_offset(i8::try_from(index).ok()?).ok()?;
    Some(DayName { day, languages: 0, sure: true })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{by_grammar, timestamp, year_month_day};

    proptest! {
        #[test]
        fn the_short_way_leads_to_the_same_date(text in "[0-9]{4}-[01][0-9]-[0-3][0-9]") {
            prop_assert_eq!(year_month_day(&text), by_grammar(&text));
        }

        #[test]
        fn a_timestamp_is_read_as_by_the_grammar(
            date in "(2[0-9]{3}|[0-9]{4})-[01][0-9]-[0-3][0-9]",
            time in "[T ]([0-2][0-9]|[0-9]{1,2}):[0-6][0-9]:[0-6][0-9]",
            zone in "(| ?Z| ?[+-][0-2]?[0-9]| ?[+-][0-2][0-9]:?[0-6][0-9]| ?[+-]?[0-9Z: ]{0,5})",
        ) {
            let text = format!("{date}{time}{zone}");
            if let Some(found) = timestamp(text.trim()) {
                prop_assert_eq!(Some(found), by_grammar(text.trim()), "{}", text);
            }
        }
    }
    #[test]
    fn timestamps_of_programs_need_no_grammar() {
        for text in
            ["2025-07-18T10:00:00Z", "2025-07-18 10:00:00", "2015-11-17 16:16:01 -0600", "2014-01-01T09:00:00-05:00"]
        {
            assert!(timestamp(text).is_some(), "{text}");
        }
        for text in ["2025-02-30T10:00:00Z", "2025-07-18T24:00:00", "2025-07-18T10:00:60Z", "2025-07-18T10:00:00+02:75"]
        {
            assert!(timestamp(text).is_none(), "{text}");
        }
    }
}
