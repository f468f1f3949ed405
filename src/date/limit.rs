//! Limits that a date must keep: a day, or a distance from now, such as `+12h`; and an age that it must not reach.

use std::fmt;
use std::str::FromStr;

use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use serde::Deserialize;

use super::{Outcome, Reading, read};

/// A limit for dates.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "String")]
pub struct Limit {
    kind: Kind,
    /// As it was written.
    text: String,
}

#[derive(Debug, Clone)]
enum Kind {
    /// This far from now; negative in the past.
    FromNow(Span),
    /// A day, or a moment.
    At(Reading),
}

impl FromStr for Limit {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let kind = |kind| Ok(Self { kind, text: text.to_owned() });
        let words = text.trim();
        if ["now", "today"].contains(&words) {
            return kind(Kind::FromNow(Span::new()));
        }
        if let Some(span) = distance(words) {
            return kind(Kind::FromNow(span));
        }
        match read(words) {
            Some(Outcome::Date(reading)) if reading.is_certain() => kind(Kind::At(reading)),
            _ => Err(format!("`{text}` is no limit: write a distance from now such as `+12h` or `-90d`, or a date")),
        }
    }
}

impl TryFrom<String> for Limit {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Limit {
    /// The first and the last moment of it; the same one for a distance from now.
    pub fn moments(&self, now: Timestamp, zone: &TimeZone) -> Option<(Timestamp, Timestamp)> {
        match &self.kind {
            Kind::FromNow(span) => {
                let moment = now.to_zoned(zone.clone()).checked_add(*span).ok()?.timestamp();
                Some((moment, moment))
            }
            Kind::At(reading) => Some((reading.begins(zone)?, reading.ends(zone)?)),
        }
    }
}

/// A number with a unit, such as `12h` or `1 year`; `2025-07-18` has none.
fn distance(text: &str) -> Option<Span> {
    if text.ends_with(|c: char| c.is_ascii_alphabetic()) { text.parse().ok() } else { None }
}

/// An age, such as `18 months`.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "String")]
pub struct Age {
    span: Span,
    text: String,
}

impl TryFrom<String> for Age {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        match distance(text.trim()) {
            Some(span) if span.is_positive() => Ok(Self { span, text }),
            _ => Err(format!("`{text}` is no age: write a number with its unit, such as `18 months`, `1y` or `90d`")),
        }
    }
}

impl fmt::Display for Age {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Age {
    /// The moment at which what is now of this age began.
    pub fn before(&self, now: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        Some(now.to_zoned(zone.clone()).checked_sub(self.span).ok()?.timestamp())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_distance_or_a_day() {
        let moments = |text: &str| {
            let limit: Limit = text.parse().unwrap_or_else(|error| panic!("{error}"));
            let now = "2025-07-18T10:00:00Z".parse().expect("a moment");
            let (first, last) = limit.moments(now, &TimeZone::UTC).expect("in the calendar");
            if first == last { first.to_string() } else { format!("{first} {last}") }
        };
        assert_eq!(moments("now"), "2025-07-18T10:00:00Z");
        assert_eq!(moments("+12h"), "2025-07-18T22:00:00Z");
        assert_eq!(moments("12 hours"), "2025-07-18T22:00:00Z");
        assert_eq!(moments("-90d"), "2025-04-19T10:00:00Z");
        assert_eq!(moments("1y"), "2026-07-18T10:00:00Z");
        assert_eq!(moments("2 months"), "2025-09-18T10:00:00Z");
        assert_eq!(moments("2025-12-31"), "2025-12-31T00:00:00Z 2025-12-31T23:59:59.999999999Z");
        assert_eq!(moments("2025"), "2025-01-01T00:00:00Z 2025-12-31T23:59:59.999999999Z");
        for text in ["soon", "12", "", "+12", "03/04/2025", "12 parsecs"] {
            assert!(text.parse::<Limit>().is_err(), "{text}");
        }
    }
}
