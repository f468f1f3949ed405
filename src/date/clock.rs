//! The time of day and the time zone that may follow a date.

use jiff::civil::Time;
use jiff::tz::Offset;

use super::token::Cursor;
use super::{Impossible, Precision, Zone};

/// A time of day.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clock {
    /// The time.
    pub time: Time,
    /// Whether it is 24:00, which is 0:00 of the next day.
    pub next_day: bool,
    /// To the minute or to the second.
    pub precision: Precision,
    /// The zone, if one is given.
    pub zone: Option<Zone>,
}

/// A time with its zone: `10:00`, `10:00:00.5Z`, `3 pm ET`, `18.54 GMT`, `10 Uhr`, `10h30`.
pub(super) fn time(cursor: &mut Cursor) -> Option<Result<Clock, Impossible>> {
    cursor.attempt(|cursor| {
        let mut parts = written(cursor)?;
        let zone = zone(cursor);
        parts.bare_point &= zone.is_none();
        // "18.54" alone is a number, "18.54 GMT" a time.
        if parts.bare_point {
            return None;
        }
        Some(parts.clock().and_then(|clock| Ok(Clock { zone: zone.transpose()?, ..clock })))
    })
}

/// A time in basic form behind a `T`: `100000`, `1000`.
pub(super) fn basic_time(cursor: &mut Cursor) -> Option<Result<Clock, Impossible>> {
    cursor.attempt(|cursor| {
        let digits = cursor.take(|token| token.number(4, 4).map(|_| token.text).or_else(|| six_digits(token.text)))?;
        let part = |at: usize| digits.get(at..at + 2).and_then(|two| two.parse().ok());
        let parts = Parts { hour: part(0)?, minute: part(2)?, second: part(4), ..Parts::default() };
        let zone = zone(cursor);
        Some(parts.clock().and_then(|clock| Ok(Clock { zone: zone.transpose()?, ..clock })))
    })
}

fn six_digits(text: &str) -> Option<&str> {
    (text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit())).then_some(text)
}

#[derive(Debug, Default)]
struct Parts {
    hour: u16,
    minute: u16,
    second: Option<u16>,
    nanosecond: i32,
    /// `Some(true)` is afternoon.
    afternoon: Option<bool>,
    /// Whether hour and minute are parted by a point and nothing else says that this is a time.
    bare_point: bool,
}

impl Parts {
    fn clock(&self) -> Result<Clock, Impossible> {
        let hour = match self.afternoon {
            None => self.hour,
            // People write "15:00 pm" too; it is odd, but not impossible.
            Some(_) if self.hour > 12 => self.hour,
            Some(afternoon) => self.hour % 12 + if afternoon { 12 } else { 0 },
        };
        let second = self.second.unwrap_or(0);
        let next_day = hour == 24 && self.minute == 0 && second == 0;
        // A leap second is a second that clocks showed; calendars count it as the one before.
        let small = |value: u16| i8::try_from(value).map_err(|_| Impossible::Time);
        let (hour, second) = (if next_day { 0 } else { hour }, if second == 60 { 59 } else { second });
        let time = Time::new(small(hour)?, small(self.minute)?, small(second)?, self.nanosecond)
            .map_err(|_| Impossible::Time)?;
        let precision = if self.second.is_some() { Precision::Second } else { Precision::Minute };
        Ok(Clock { time, next_day, precision, zone: None })
    }
}

fn written(cursor: &mut Cursor) -> Option<Parts> {
    let mut parts = Parts { hour: cursor.number(1, 2)?, ..Parts::default() };
    if cursor.joined_mark(&[':']).is_some() {
        parts.minute = cursor.joined_number(2, 2)?;
        parts.second = cursor.attempt(|cursor| {
            cursor.joined_mark(&[':'])?;
            cursor.joined_number(2, 2)
        });
        if parts.second.is_some() {
            parts.nanosecond = cursor.attempt(fraction).unwrap_or(0);
        }
        parts.afternoon = half_of_day(cursor);
        oclock(cursor);
        return Some(parts);
    }
    let french = cursor.attempt(|cursor| {
        cursor.word(&["h"])?;
        Some(cursor.number(2, 2).unwrap_or(0))
    });
    if let Some(minute) = french {
        parts.minute = minute;
        return Some(parts);
    }
    let minute = cursor.attempt(|cursor| {
        cursor.joined_mark(&['.'])?;
        cursor.joined_number(2, 2)
    });
    parts.minute = minute.unwrap_or(0);
    parts.afternoon = half_of_day(cursor);
    let said = parts.afternoon.is_some() || oclock(cursor);
    parts.bare_point = minute.is_some() && !said;
    (said || parts.bare_point).then_some(parts)
}

fn oclock(cursor: &mut Cursor) -> bool {
    cursor.word(&["uhr", "uur", "hrs", "часов"]).is_some()
}

/// The digits behind the point, in nanoseconds.
fn fraction(cursor: &mut Cursor) -> Option<i32> {
    cursor.joined_mark(&['.', ','])?;
    if !cursor.is_joined() {
        return None;
    }
    let digits = cursor.take(|token| token.text.bytes().all(|b| b.is_ascii_digit()).then_some(token.text))?;
    format!("{:0<9.9}", digits).parse().ok()
}

fn half_of_day(cursor: &mut Cursor) -> Option<bool> {
    cursor.attempt(|cursor| {
        if let Some(word) = cursor.word(&["am", "pm"]) {
            return Some(word == "pm");
        }
        let afternoon = cursor.word(&["a", "p"])? == "p";
        cursor.joined_mark(&['.'])?;
        cursor.joined_word(&["m"])?;
        cursor.joined_mark(&['.']);
        Some(afternoon)
    })
}

/// Abbreviations to which RFC 2822, section 4.3, gives a distance from UTC, in hours.
static RFC_2822: [(&str, i8); 8] =
    [("est", -5), ("edt", -4), ("cst", -6), ("cdt", -5), ("mst", -7), ("mdt", -6), ("pst", -8), ("pdt", -7)];

/// Abbreviations that mean several zones, or one that the text does not date.
static NAMED: [&str; 24] = [
    "et", "ct", "mt", "pt", "ist", "bst", "cet", "cest", "eet", "eest", "wet", "west", "aest", "aedt", "acst", "acdt",
    "awst", "nzst", "nzdt", "jst", "kst", "hkt", "sgt", "msk",
];

/// A zone: `Z`, `UTC`, `+02:00`, `-0600`, `GMT+2`, `EST`, `(CEST)`, `Europe/Berlin`, `+02:00[Europe/Berlin]`.
pub(super) fn zone(cursor: &mut Cursor) -> Option<Result<Zone, Impossible>> {
    let zone = offset(cursor).or_else(|| cursor.attempt(abbreviation)).or_else(|| cursor.attempt(place))?;
    // Mail programs add the name in brackets, RFC 9557 the place in square ones.
    cursor.attempt(|cursor| {
        let open = cursor.mark(&['(', '['])?;
        let _known = cursor.attempt(place).or_else(|| cursor.attempt(abbreviation))?;
        cursor.mark(&[if open == '(' { ')' } else { ']' }])
    });
    Some(zone)
}

fn abbreviation(cursor: &mut Cursor) -> Option<Result<Zone, Impossible>> {
    let bracket = cursor.mark(&['(']).is_some();
    let zone = bare_abbreviation(cursor)?;
    if bracket {
        cursor.mark(&[')'])?;
    }
    Some(zone)
}

fn bare_abbreviation(cursor: &mut Cursor) -> Option<Result<Zone, Impossible>> {
    if cursor.word(&["z", "utc", "gmt", "ut"]).is_some() {
        return Some(offset(cursor).unwrap_or(Ok(Zone::Offset(Offset::UTC))));
    }
    cursor.take(|token| {
        let word = token.word()?;
        // In capitals only: "est" and "mt" are also words.
        if !token.text.bytes().all(|b| b.is_ascii_uppercase()) {
            return None;
        }
        if let Some((_, hours)) = RFC_2822.iter().find(|(name, _)| *name == word) {
            return Some(Ok(Zone::Offset(Offset::constant(*hours))));
        }
        NAMED.contains(&word).then_some(Ok(Zone::Named))
    })
}

/// A place of the time zone database.
fn place(cursor: &mut Cursor) -> Option<Result<Zone, Impossible>> {
    static AREAS: [&str; 10] =
        ["africa", "america", "antarctica", "arctic", "asia", "atlantic", "australia", "europe", "indian", "pacific"];
    cursor.word(&AREAS)?;
    while cursor.joined_mark(&['/', '_', '-']).is_some() {
        cursor.take(|token| token.word())?;
    }
    Some(Ok(Zone::Named))
}

fn offset(cursor: &mut Cursor) -> Option<Result<Zone, Impossible>> {
    cursor.attempt(|cursor| {
        let sign = if cursor.mark(&['+', '-', '\u{2212}'])? == '+' { 1 } else { -1 };
        let (hours, minutes) = match cursor.joined_number(4, 4) {
            Some(both) => (both / 100, both % 100),
            None => {
                let hours = cursor.joined_number(1, 2)?;
                let minutes = cursor.attempt(|cursor| {
                    cursor.joined_mark(&[':'])?;
                    cursor.joined_number(2, 2)
                });
                (hours, minutes.unwrap_or(0))
            }
        };
        if minutes > 59 || hours > 25 {
            return Some(Err(Impossible::Offset));
        }
        let seconds = sign * (i32::from(hours) * 3600 + i32::from(minutes) * 60);
        Some(Offset::from_seconds(seconds).map(Zone::Offset).map_err(|_| Impossible::Offset))
    })
}
