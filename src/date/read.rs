//! The grammar of dates: which rows of tokens are a day, and which only look like one.

use jiff::civil::{Date, ISOWeekDate, Weekday};

use super::clock::{self, Clock};
use super::names::{Language, Languages, Name, look_up};
use super::token::{Cursor, Token, tokens};
use super::{Form, Impossible, Outcome, Precision, Reading, iso};

/// Longer texts are no dates.
const LONGEST: usize = 120;

/// Reads `text`, all of which must be one date; white space around it does not matter. `None` if it is no date at all.
pub fn read(text: &str) -> Option<Outcome> {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    if let Some(date) = ordinal_or_week(text) {
        return Some(Outcome::Date(reading(date, Precision::Day, Form::Iso)));
    }
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
    // "Mar 18, 2025" begins with a month, "mar 18 juillet 2025" with a day of the week.
    cursor
        .attempt(|cursor| {
            let weekday = weekday(cursor)?;
            cursor.mark(&[',']);
            cursor.word(&["the", "le", "den", "dem"]);
            dated(cursor, text, Some(weekday))
        })
        .or_else(|| cursor.attempt(|cursor| dated(cursor, text, None)))
}

/// What stands between the days of the week.
struct Core {
    outcome: Result<Reading, Impossible>,
    languages: Languages,
    clock: Option<Clock>,
}

fn dated(cursor: &mut Cursor, text: &str, leading: Option<(Weekday, Languages)>) -> Option<Outcome> {
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
    let trailing = if leading.is_none() { cursor.attempt(trailing_weekday) } else { None };
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
    if let Some((day, languages)) = named_day {
        reading.weekday = Some(day);
        let both = core.languages & languages;
        core.languages = if core.languages == 0 {
            languages
        } else if both != 0 {
            both
        } else {
            core.languages
        };
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

fn core(cursor: &mut Cursor) -> Option<Core> {
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
        let (month, languages) = month(cursor)?;
        cursor.joined_mark(&['-', '/']);
        let day = cursor.number(1, 2)?;
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

/// A year and nothing else.
fn bare_year(tokens: &[Token]) -> Option<Outcome> {
    let [year] = tokens else { return None };
    let year = year.number(4, 4).filter(|year| (1000..3000).contains(year))?;
    first_of(year, 1).ok().map(|date| Outcome::Date(reading(date, Precision::Year, Form::Iso)))
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

/// The time behind an ISO date and its `T`: `T10:00:00Z`, `T100000`.
fn iso_time(cursor: &mut Cursor) -> Option<Result<Clock, Impossible>> {
    cursor.joined_word(&["t"])?;
    if !cursor.is_joined() {
        return None;
    }
    clock::time(cursor).or_else(|| clock::basic_time(cursor))
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

fn ordinal(cursor: &mut Cursor) {
    if cursor.joined_word(&["st", "nd", "rd", "th", "er", "re", "e", "a", "o", "го"]).is_none() {
        cursor.joined_mark(&['º', '°', 'ª']);
    }
}

/// "r." for "roku", "г." for "года": what Polish and Russian say behind the year.
fn year_mark(cursor: &mut Cursor) {
    if cursor.word(&["r", "г"]).is_some() {
        cursor.joined_mark(&['.']);
    } else {
        cursor.word(&["roku", "года"]);
    }
}

fn month(cursor: &mut Cursor) -> Option<(u16, Languages)> {
    let (month, languages) = cursor.take(|token| named(token)?.month)?;
    cursor.joined_mark(&['.']);
    Some((month.unsigned_abs().into(), languages))
}

fn weekday(cursor: &mut Cursor) -> Option<(Weekday, Languages)> {
    cursor.attempt(|cursor| {
        let day = cursor.take(|token| named(token)?.weekday)?;
        // "sexta-feira", in two words.
        if cursor.attempt(|cursor| cursor.joined_mark(&['-']).and_then(|_| cursor.joined_word(&["feira"]))).is_none() {
            // "ven.", and "Venerdi'" for want of an accent.
            cursor.joined_mark(&['.', '\'', '\u{2019}']);
        }
        Some(day)
    })
}

fn trailing_weekday(cursor: &mut Cursor) -> Option<(Weekday, Languages)> {
    let open = cursor.mark(&['(', '（', ',']);
    let day = east_asian_weekday(cursor).or_else(|| weekday(cursor))?;
    match open {
        Some('(' | '（') => cursor.mark(&[')', '）']).map(|_| day),
        _ => Some(day),
    }
}

/// `金`, `金曜日`, `星期五`, `周五`.
fn east_asian_weekday(cursor: &mut Cursor) -> Option<(Weekday, Languages)> {
    cursor.attempt(|cursor| {
        let chinese = if cursor.word(&["周", "週"]).is_some() { true } else { cursor.word(&["星"]).is_some() };
        if chinese {
            cursor.joined_word(&["期"]);
            let day = cursor.joined_word(&["一", "二", "三", "四", "五", "六", "日", "天"])?;
            return nth_day("一二三四五六日", if day == "天" { "日" } else { day });
        }
        let day = cursor.word(&["月", "火", "水", "木", "金", "土", "日"])?;
        cursor.joined_word(&["曜"]);
        cursor.joined_word(&["日"]);
        nth_day("月火水木金土日", day)
    })
}

fn nth_day(days: &str, day: &str) -> Option<(Weekday, Languages)> {
    let index = days.chars().position(|c| day.starts_with(c))?;
    Weekday::from_monday_zero_offset(i8::try_from(index).ok()?).ok().map(|day| (day, 0))
}

fn named(token: &Token) -> Option<Name> {
    token.word().map(look_up)
}

fn numbers(found: Result<(Reading, Option<Clock>), Impossible>) -> Core {
    match found {
        Ok((reading, clock)) => Core { outcome: Ok(reading), languages: 0, clock },
        Err(why) => Core { outcome: Err(why), languages: 0, clock: None },
    }
}

fn first_of(year: u16, month: u16) -> Result<Date, Impossible> {
    day_of(year, month, 1, Form::Iso).map(|reading| reading.date)
}

fn day_of(year: u16, month: u16, day: u16, form: Form) -> Result<Reading, Impossible> {
    let month = i8::try_from(month).ok().filter(|month| (1..=12).contains(month)).ok_or(Impossible::Month(month))?;
    let year = i16::try_from(year).unwrap_or(i16::MAX);
    let date = i8::try_from(day).ok().and_then(|day| Date::new(year, month, day).ok());
    date.map(|date| reading(date, Precision::Day, form)).ok_or(Impossible::Day { year, month, day })
}

fn reading(date: Date, precision: Precision, form: Form) -> Reading {
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
