//! Dates as people write them: what day a text names, in which form, and whether it can be that day at all.
//!
//! Owns the reading of dates in a dozen languages and the formats they are checked against. Knows nothing of where a date
//! stands: a front matter, a date line, a list of related articles.

mod clock;
mod find;
mod format;
mod iso;
mod limit;
mod moment;
mod names;
mod read;
mod shape;
mod token;

use std::fmt;

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::Offset;

pub use find::{find, in_prose, years};
pub use format::Format;
pub use limit::{Age, Limit};
pub use moment::{Today, time_zone, time_zone_names};
pub use names::Language;
pub use read::read;

/// What a text that has the shape of a date comes to.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// A day of the calendar.
    Date(Reading),
    /// No day of any calendar.
    Impossible(Impossible),
}

impl Outcome {
    /// The reading, if the date exists.
    pub fn reading(&self) -> Option<&Reading> {
        match self {
            Self::Date(reading) => Some(reading),
            Self::Impossible(_) => None,
        }
    }
}

/// A date that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The day; the first of the month or year where only those are given. Of an ambiguous date, the likelier day.
    pub date: Date,
    /// The time of day, if one is given.
    pub time: Option<Time>,
    /// The time zone, if one is given.
    pub zone: Option<Zone>,
    /// How much of it is given.
    pub precision: Precision,
    /// The form in which it is written.
    pub form: Form,
    /// The other days that the same text can mean: `03/04/2025` is the 3rd of April or the 4th of March.
    pub others: Vec<Date>,
    /// Whether the century is left out, so that `18/07/25` is only likely to be 2025.
    pub short_year: bool,
    /// The day of the week that the text states.
    pub weekday: Option<Weekday>,
    /// The language of the names in it; `None` if it is written in numbers.
    pub language: Option<Language>,
}

impl Reading {
    /// Whether the text can mean only this day.
    pub fn is_certain(&self) -> bool {
        self.others.is_empty() && !self.short_year
    }

    /// The day of the week that the date really is, if the text states another one.
    pub fn true_weekday(&self) -> Option<Weekday> {
        let real = self.date.weekday();
        self.weekday.filter(|stated| *stated != real).map(|_| real)
    }
}

/// A time zone, as far as a text tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zone {
    /// A distance from UTC, or an abbreviation that RFC 2822 gives one.
    Offset(Offset),
    /// A name whose distance from UTC the text does not tell: `IST`, `Europe/Berlin`.
    Named,
}

/// How much of a date is given. Ordered from coarse to fine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// `2025`
    Year,
    /// `July 2025`
    Month,
    /// `July 18, 2025`
    Day,
    /// `July 18, 2025, 3:00 pm`
    Minute,
    /// `2025-07-18T15:00:00`
    Second,
}

/// The form in which a date is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// A form of ISO 8601 or RFC 3339, or a YAML timestamp, which differs from them by a space or a digit.
    Iso,
    /// Year, month and day in numbers, but not as ISO 8601 has them: `2025/07/18`, `2025-7-8`.
    YearMonthDay,
    /// Day, month and year in numbers: `18.07.2025`.
    DayMonthYear,
    /// Month, day and year in numbers: `07/18/2025`.
    MonthDayYear,
    /// With the name of the month: `July 18, 2025`, `18 juillet 2025`, `Fri, 18 Jul 2025 10:00:00 +0000`.
    Named,
    /// With the characters of East Asia: `2025年7月18日`.
    EastAsian,
}

/// Why a text that has the shape of a date is none. Its display is a clause: "there is no month 13".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Impossible {
    /// A month that is not 1 to 12.
    Month(u16),
    /// A day that the month does not have.
    Day {
        /// The year, which decides the length of February.
        year: i16,
        /// The month, 1 to 12.
        month: i8,
        /// The day as written.
        day: u16,
    },
    /// An hour, minute or second that no clock shows.
    Time,
    /// A distance from UTC that no place has.
    Offset,
}

impl fmt::Display for Impossible {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Month(month) => write!(f, "there is no month {month}"),
            Self::Day { year, month, day } => {
                let name = Language::ENGLISH.month(month);
                match Date::new(year, month, 1) {
                    Ok(first) if month == 2 => write!(f, "{name} {year} has {} days, not {day}", first.days_in_month()),
                    Ok(first) => write!(f, "{name} has {} days, not {day}", first.days_in_month()),
                    Err(_) => write!(f, "{name} has no day {day}"),
                }
            }
            Self::Time => f.write_str("no clock shows that time"),
            Self::Offset => f.write_str("no time zone is that far from UTC"),
        }
    }
}
