//! The format in which a house writes its dates: a `strftime` pattern, or ISO 8601 in any of its forms.

use jiff::Zoned;
use jiff::civil::{Date, DateTime, Time, date};
use jiff::fmt::strtime::{self, BrokenDownTime};
use jiff::tz::{Offset, TimeZone};
use serde::Deserialize;

use super::{Form, Language, Outcome, Precision, Reading, Zone, read};

/// A date format.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Format {
    pattern: Option<String>,
    tells: Parts,
}

/// The parts of a date that a format tells apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Parts {
    year: bool,
    month: bool,
    day: bool,
    hour: bool,
    minute: bool,
    second: bool,
    fraction: bool,
    offset: bool,
}

impl Default for Format {
    fn default() -> Self {
        Self::iso()
    }
}

impl TryFrom<String> for Format {
    type Error = String;

    fn try_from(pattern: String) -> Result<Self, String> {
        Self::new(&pattern)
    }
}

impl Format {
    /// Every form of ISO 8601 and RFC 3339.
    pub fn iso() -> Self {
        Self { pattern: None, tells: Parts::default() }
    }

    /// The format that `pattern` stands for: `iso`, or a `strftime` pattern.
    ///
    /// # Errors
    /// If no date can be printed with the pattern, or every date prints alike; the text says why.
    pub fn new(pattern: &str) -> Result<Self, String> {
        if pattern.eq_ignore_ascii_case("iso") {
            return Ok(Self::iso());
        }
        if !pattern.contains('%') {
            return Err(format!("`{pattern}` is no date format: write it with % signs, such as %Y-%m-%d, or say iso"));
        }
        let sample = sample(date(2011, 10, 20).at(4, 5, 6, 0), 1);
        let print = |zoned: &Zoned| strtime::format(pattern, zoned);
        let text = print(&sample).map_err(|error| format!("`{pattern}` cannot be printed: {error}"))?;
        let differs = |zoned: Zoned| print(&zoned).is_ok_and(|other| other != text);
        let tells = Parts {
            year: differs(sample_at(date(2012, 10, 20), 4, 5, 6, 0, 1)),
            month: differs(sample_at(date(2011, 11, 20), 4, 5, 6, 0, 1)),
            day: differs(sample_at(date(2011, 10, 21), 4, 5, 6, 0, 1)),
            hour: differs(sample_at(date(2011, 10, 20), 5, 5, 6, 0, 1)),
            minute: differs(sample_at(date(2011, 10, 20), 4, 6, 6, 0, 1)),
            second: differs(sample_at(date(2011, 10, 20), 4, 5, 7, 0, 1)),
            fraction: differs(sample_at(date(2011, 10, 20), 4, 5, 6, 987_654_321, 1)),
            offset: differs(sample_at(date(2011, 10, 20), 4, 5, 6, 0, 2)),
        };
        if !(tells.year || tells.month || tells.day) {
            return Err(format!("`{pattern}` prints every date alike"));
        }
        Ok(Self { pattern: Some(pattern.to_owned()), tells })
    }

    /// Whether `text` is a date in this format: printing the date gives that very text.
    pub fn matches(&self, text: &str) -> bool {
        self.matches_as(text, read(text).as_ref().and_then(Outcome::reading))
    }

    /// Whether `text`, which reads as `reading`, is a date in this format.
    pub fn matches_as(&self, text: &str, reading: Option<&Reading>) -> bool {
        let Some(pattern) = &self.pattern else {
            return reading.is_some_and(|reading| reading.form == Form::Iso);
        };
        let reads_so = |date: Date| {
            reading.is_some_and(|reading| {
                let others = Vec::new();
                self.write(&Reading { date, others, ..reading.clone() }).as_deref() == Some(text)
            })
        };
        if let Some(reading) = reading
            && (reads_so(reading.date) || reading.others.iter().any(|other| reads_so(*other)))
        {
            return true;
        }
        // Forms that only this pattern knows, such as the day of the year.
        strtime::parse(pattern, text)
            .is_ok_and(|parts| parts.to_date().is_ok() && parts.to_string(pattern).is_ok_and(|printed| printed == text))
    }

    /// The date in this format, the names in the date's own language; `None` if the date lacks a part that the format
    /// shows. In ISO 8601 a date keeps its time and zone.
    pub fn write(&self, reading: &Reading) -> Option<String> {
        match &self.pattern {
            None => write_iso(reading),
            Some(pattern) => {
                let given = reading.precision;
                let lacks =
                    (self.tells.day && given < Precision::Day) || (self.tells.month && given < Precision::Month);
                if lacks {
                    return None;
                }
                parts(reading)?.to_string(in_language(pattern, reading)).ok()
            }
        }
    }

    /// Whether writing the date in this format leaves out nothing that its text tells.
    pub fn keeps(&self, reading: &Reading) -> bool {
        let known_zone = !matches!(reading.zone, Some(Zone::Named));
        if self.pattern.is_none() {
            return known_zone && (reading.time.is_some() || reading.zone.is_none());
        }
        let told = &self.tells;
        let day = told.year
            && (told.month || reading.precision < Precision::Month)
            && (told.day || reading.precision < Precision::Day);
        let time = reading.time.is_none_or(|time| {
            told.hour
                && told.minute
                && (told.second || time.second() == 0)
                && (told.fraction || time.subsec_nanosecond() == 0)
        });
        day && time && known_zone && (told.offset || reading.zone.is_none())
    }

    /// What a date in this format is, for a message: "an ISO 8601 date", "in the format `%B %-d, %Y`".
    pub fn describe(&self) -> String {
        match &self.pattern {
            None => "an ISO 8601 date".to_owned(),
            Some(pattern) => format!("in the format `{pattern}`"),
        }
    }

    /// A date in this format, to show in a message.
    pub fn example(&self) -> String {
        let sample = sample(date(2025, 7, 18).at(15, 0, 0, 0), 0);
        match &self.pattern {
            None => "2025-07-18".to_owned(),
            Some(pattern) => strtime::format(pattern, &sample).unwrap_or_default(),
        }
    }
}

fn sample(at: DateTime, hours: i8) -> Zoned {
    let zone = TimeZone::fixed(Offset::constant(hours));
    at.to_zoned(zone).expect("a fixed zone has every time")
}

fn sample_at(day: Date, hour: i8, minute: i8, second: i8, nanosecond: i32, hours: i8) -> Zoned {
    sample(day.at(hour, minute, second, nanosecond), hours)
}

fn parts(reading: &Reading) -> Option<BrokenDownTime> {
    Some(match (reading.time, reading.zone) {
        (None, _) => BrokenDownTime::from(reading.date),
        (Some(time), Some(Zone::Offset(offset))) => {
            let zoned = reading.date.to_datetime(time).to_zoned(TimeZone::fixed(offset)).ok()?;
            BrokenDownTime::from(&zoned)
        }
        (Some(time), _) => BrokenDownTime::from(reading.date.to_datetime(time)),
    })
}

fn write_iso(reading: &Reading) -> Option<String> {
    let date = reading.date;
    Some(match (reading.precision, reading.time) {
        (Precision::Year, _) => format!("{:04}", date.year()),
        (Precision::Month, _) => format!("{:04}-{:02}", date.year(), date.month()),
        (_, None) => format!("{date}"),
        (_, Some(time)) => format!("{date}T{}{}", clock(time), zone(reading.zone)),
    })
}

fn clock(time: Time) -> String {
    // jiff's own display leaves out no seconds and prints fractions only where there are any.
    time.to_string()
}

fn zone(zone: Option<Zone>) -> String {
    match zone {
        Some(Zone::Offset(offset)) if offset.is_zero() => "Z".to_owned(),
        Some(Zone::Offset(offset)) => {
            let minutes = offset.seconds() / 60;
            let sign = if minutes < 0 { '-' } else { '+' };
            format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
        }
        Some(Zone::Named) | None => String::new(),
    }
}

/// The pattern with its names of months and days put in already, in the language of the date; jiff speaks English only.
fn in_language(pattern: &str, reading: &Reading) -> String {
    let language: Language = reading.language.unwrap_or(Language::ENGLISH);
    let (month, day) = (reading.date.month(), reading.date.weekday());
    let mut result = String::with_capacity(pattern.len() + 16);
    let mut rest = pattern;
    while let Some(at) = rest.find('%') {
        result.push_str(&rest[..at]);
        let directive = &rest[at + 1..];
        let flags =
            directive.len() - directive.trim_start_matches(|c: char| "-_^#".contains(c) || c.is_ascii_digit()).len();
        let name = match directive[flags..].chars().next() {
            Some('B') => Some(language.month(month)),
            Some('b' | 'h') => Some(language.month_abbreviation(month)),
            Some('A') => Some(language.weekday(day)),
            Some('a') => Some(language.weekday_abbreviation(day)),
            _ => None,
        };
        match name {
            Some(name) if directive[..flags].contains('^') => result.push_str(&name.to_uppercase()),
            Some(name) => result.push_str(name),
            None => {
                // The directive as it is; `%%` must not be looked at twice.
                let end = flags + directive[flags..].chars().next().map_or(0, char::len_utf8);
                result.push('%');
                result.push_str(&directive[..end]);
                rest = &directive[end..];
                continue;
            }
        }
        rest = &directive[flags + 1..];
    }
    result.push_str(rest);
    result
}
