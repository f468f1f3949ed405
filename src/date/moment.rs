//! Moments: what counts as now, the zone in which a site counts its days, and when a date that was read begins.

use std::str::FromStr;

use jiff::civil::{Date, Time};
use jiff::tz::{Offset, TimeZone};
use jiff::{Span, Timestamp, Zoned};

use super::token::{Cursor, tokens};
use super::{Precision, Reading, Zone, clock};

/// What counts as now: a moment, or a whole day of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Today {
    /// All of this day has come: its last second is now.
    Day(Date),
    /// This very moment.
    Moment(Timestamp),
}

impl FromStr for Today {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        // A date-time without a zone would be read as its day alone, and what it says of the hour be lost.
        let day = text.len() == 10;
        match text.parse().map(Self::Moment) {
            Ok(today) => Ok(today),
            Err(_) if day => text.parse().map(Self::Day).map_err(|_| "there is no such day".to_owned()),
            Err(_) => Err("write a day such as 2025-07-18, or a moment such as 2025-07-18T10:00:00Z".to_owned()),
        }
    }
}

impl Today {
    /// The moment that is now, for a site in `zone`.
    pub fn now(self, zone: &TimeZone) -> Timestamp {
        match self {
            Self::Moment(now) => now,
            Self::Day(day) => zone
                .to_zoned(day.to_datetime(Time::constant(23, 59, 59, 0)))
                .map_or(Timestamp::MAX, |zoned| zoned.timestamp()),
        }
    }
}

/// The time zone that `name` names: a place of the IANA database, such as `Europe/Berlin`, or a distance from UTC, such as
/// `+02:00`. The database is built in: no machine needs its own.
pub fn time_zone(name: &str) -> Option<TimeZone> {
    if let Ok(zone) = TimeZone::get(name) {
        return Some(zone);
    }
    let tokens = tokens(name);
    let mut cursor = Cursor::new(&tokens);
    match clock::zone(&mut cursor)? {
        Ok(Zone::Offset(offset)) if cursor.is_done() => Some(TimeZone::fixed(offset)),
        _ => None,
    }
}

/// The places of the IANA database.
pub fn time_zone_names() -> Vec<String> {
    jiff::tz::db().available().map(|name| name.to_string()).collect()
}

impl Reading {
    /// The moment at which it begins: a day at midnight, a month with its first day. What it does not say of its zone,
    /// `zone` says.
    pub fn begins(&self, zone: &TimeZone) -> Option<Timestamp> {
        let at = self.date.to_datetime(self.time.unwrap_or(Time::midnight()));
        let zoned: Zoned = match self.zone {
            Some(Zone::Offset(offset)) => TimeZone::fixed(offset).to_zoned(at),
            Some(Zone::Named) | None => zone.to_zoned(at),
        }
        .ok()?;
        Some(zoned.timestamp())
    }

    /// The last moment of it: a day ends just before midnight, a month with its last day. What it does not say of its
    /// zone, `zone` says.
    pub fn ends(&self, zone: &TimeZone) -> Option<Timestamp> {
        let next = |span: Span| {
            // Counted in its own zone: where clocks change, days are longer or shorter.
            let own = match self.zone {
                Some(Zone::Offset(offset)) => TimeZone::fixed(offset),
                _ => zone.clone(),
            };
            let next = self.begins(zone)?.to_zoned(own).checked_add(span).ok()?;
            next.timestamp().checked_sub(Span::new().nanoseconds(1)).ok()
        };
        match self.precision {
            Precision::Year => next(Span::new().years(1)),
            Precision::Month => next(Span::new().months(1)),
            Precision::Day => next(Span::new().days(1)),
            Precision::Minute => next(Span::new().minutes(1)),
            Precision::Second => self.begins(zone),
        }
    }

    /// Whether it is over, whatever it can mean, before `other` begins. Where only one of them has a zone and the site has
    /// none, the other may have been written anywhere.
    pub fn is_before(&self, other: &Self, zone: Option<&TimeZone>) -> bool {
        let offset = |reading: &Self| matches!(reading.zone, Some(Zone::Offset(_)));
        let (west, east) = match zone {
            Some(zone) => (zone.clone(), zone.clone()),
            None if offset(self) == offset(other) => (TimeZone::UTC, TimeZone::UTC),
            None => (TimeZone::fixed(Offset::constant(-12)), TimeZone::fixed(Offset::constant(14))),
        };
        let last = self.meanings().filter_map(|reading| reading.ends(&west)).max();
        let first = other.meanings().filter_map(|reading| reading.begins(&east)).min();
        last.zip(first).is_some_and(|(last, first)| last < first)
    }

    /// All that it can mean, each of them certain.
    pub fn meanings(&self) -> impl Iterator<Item = Self> {
        std::iter::once(self.date).chain(self.others.iter().copied()).map(|date| Self {
            date,
            others: Vec::new(),
            ..self.clone()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    #[test]
    fn a_day_or_a_moment() {
        let now = |text: &str, zone: &str| {
            let today: Today = text.parse().expect("a day or a moment");
            today.now(&time_zone(zone).expect("a zone")).to_string()
        };
        assert_eq!(now("2025-07-18", "Europe/Berlin"), "2025-07-18T21:59:59Z");
        assert_eq!(now("2025-07-18", "-03:30"), "2025-07-19T03:29:59Z");
        assert_eq!(now("2025-07-18T10:00:00+02:00", "Asia/Tokyo"), "2025-07-18T08:00:00Z");
        for text in ["2025-02-30", "2025-07-18T10:00:00", "today", "July 18, 2025", ""] {
            assert!(text.parse::<Today>().is_err(), "{text}");
        }
    }

    #[test]
    fn zones_by_name_and_by_distance() {
        for name in ["Europe/Berlin", "UTC", "Z", "+02:00", "-0330", "+5", "Asia/Kolkata"] {
            assert!(time_zone(name).is_some(), "{name}");
        }
        for name in ["Europe/Berlinn", "CEST", "+99:00", "", "+02:00 or so", "Berlin"] {
            assert!(time_zone(name).is_none(), "{name}");
        }
        assert!(time_zone_names().iter().any(|name| name == "Europe/Berlin"));
    }

    #[test]
    fn a_date_begins_in_its_own_zone_or_in_the_sites() {
        let begins = |text: &str| {
            let outcome = read(text).expect("a date");
            let reading = outcome.reading().expect("a day of the calendar").clone();
            reading.begins(&time_zone("America/New_York").expect("a zone")).expect("a moment").to_string()
        };
        assert_eq!(begins("2025-07-18"), "2025-07-18T04:00:00Z");
        assert_eq!(begins("2025-01-18 10:00"), "2025-01-18T15:00:00Z");
        assert_eq!(begins("2025-07-18T10:00:00+02:00"), "2025-07-18T08:00:00Z");
        assert_eq!(begins("July 2025"), "2025-07-01T04:00:00Z");
    }

    #[test]
    fn before_only_if_it_is_so_whatever_the_zones() {
        let before = |one: &str, other: &str, zone: Option<&str>| {
            let reading = |text: &str| read(text).expect("a date").reading().expect("a day of the calendar").clone();
            reading(one).is_before(&reading(other), zone.and_then(time_zone).as_ref())
        };
        assert!(before("2025-07-17", "2025-07-18", None) && !before("2025-07-18", "2025-07-17", None));
        assert!(!before("2025-07-18", "2025-07-18T10:00:00", None));
        assert!(!before("2025-07-17", "2025-07-18T01:00:00+02:00", None));
        assert!(before("2025-07-16", "2025-07-18T01:00:00+02:00", None));
        assert!(before("2025-07-17", "2025-07-18T01:00:00+02:00", Some("Europe/Berlin")));
        assert!(!before("July 2025", "2025-07-18", None) && before("June 2025", "2025-07-18", None));
        assert!(!before("03/04/2025", "2025-04-02", None) && before("03/04/2025", "2025-04-04", None));
    }
}
