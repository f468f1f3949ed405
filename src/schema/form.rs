//! The forms of text that JSON Schema calls formats.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::scalar::{is_absolute, is_email};

/// A form of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "they are the names of RFC 3339, RFC 3986 and so on")]
pub enum Form {
    Date,
    DateTime,
    Time,
    Duration,
    Email,
    Hostname,
    Ipv4,
    Ipv6,
    Uri,
    UriReference,
    UriTemplate,
    Uuid,
    JsonPointer,
    RelativeJsonPointer,
    Regex,
}

impl Form {
    /// The form that JSON Schema calls `name`; `None` if it is none of those, which then says nothing.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "date" => Self::Date,
            "date-time" => Self::DateTime,
            "time" => Self::Time,
            "duration" => Self::Duration,
            "email" | "idn-email" => Self::Email,
            "hostname" | "idn-hostname" => Self::Hostname,
            "ipv4" => Self::Ipv4,
            "ipv6" => Self::Ipv6,
            "uri" | "url" | "iri" => Self::Uri,
            "uri-reference" | "iri-reference" => Self::UriReference,
            "uri-template" => Self::UriTemplate,
            "uuid" => Self::Uuid,
            "json-pointer" => Self::JsonPointer,
            "relative-json-pointer" => Self::RelativeJsonPointer,
            "regex" => Self::Regex,
            _ => return None,
        })
    }

    /// Whether `text` is written in it.
    pub fn fits(self, text: &str) -> bool {
        match self {
            Self::Date => is_date(text),
            Self::DateTime => text
                .get(..10)
                .zip(text.get(10..))
                .is_some_and(|(day, rest)| is_date(day) && rest.starts_with(['T', 't', ' ']) && is_time(&rest[1..])),
            Self::Time => is_time(text),
            Self::Duration => is_duration(text),
            Self::Email => is_email(text),
            Self::Hostname => is_host(text),
            Self::Ipv4 => text.parse::<Ipv4Addr>().is_ok(),
            Self::Ipv6 => text.parse::<Ipv6Addr>().is_ok(),
            Self::Uri => is_uri(text),
            Self::UriReference => is_reference(text),
            Self::UriTemplate => is_reference(&text.replace(['{', '}'], "")) && balanced(text),
            Self::Uuid => is_uuid(text),
            Self::JsonPointer => is_pointer(text),
            Self::RelativeJsonPointer => {
                let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
                let digits = &text[..text.len() - rest.len()];
                let number = digits == "0" || (!digits.is_empty() && !digits.starts_with('0'));
                number && (rest == "#" || is_pointer(rest))
            }
            Self::Regex => super::Pattern::new(text).is_ok(),
        }
    }

    /// Whether it is a form of dates.
    pub fn is_date(self) -> bool {
        matches!(self, Self::Date | Self::DateTime)
    }

    /// What it is, and how it is written.
    pub fn describe(self) -> (&'static str, &'static str) {
        match self {
            Self::Date => ("a day", "write it as `2025-07-18`"),
            Self::DateTime => ("a day with a time and a zone", "write it as `2025-07-18T10:00:00Z`"),
            Self::Time => ("a time", "write it as `10:00:00Z`"),
            Self::Duration => ("a duration", "write it as `P3DT12H`"),
            Self::Email => ("an e-mail address", "write it as `name@example.org`"),
            Self::Hostname => ("the name of a host", "write it as `www.example.org`"),
            Self::Ipv4 => ("an IPv4 address", "write it as `192.0.2.1`"),
            Self::Ipv6 => ("an IPv6 address", "write it as `2001:db8::1`"),
            Self::Uri => ("an address", "write it in full, as `https://example.org/page`"),
            Self::UriReference => ("a path or an address", "escape what an address cannot hold, such as spaces"),
            Self::UriTemplate => ("a template of addresses", "write it as `https://example.org/{page}`"),
            Self::Uuid => ("a UUID", "write it as `123e4567-e89b-12d3-a456-426614174000`"),
            Self::JsonPointer => ("a JSON pointer", "write it as `/a/0`"),
            Self::RelativeJsonPointer => ("a relative JSON pointer", "write it as `1/a`"),
            Self::Regex => ("a regular expression", "mend the pattern"),
        }
    }
}

fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 10 && bytes[4] == b'-' && bytes[7] == b'-' && text.parse::<jiff::civil::Date>().is_ok()
}

/// A time of RFC 3339: seconds and a zone must be there.
fn is_time(text: &str) -> bool {
    let Some((clock, rest)) = text.get(..8).zip(text.get(8..)) else { return false };
    let number = |range: std::ops::Range<usize>| {
        clock
            .get(range)
            .filter(|part| part.bytes().all(|b| b.is_ascii_digit()))
            .and_then(|part| part.parse::<u8>().ok())
    };
    let (Some(hour), Some(minute), Some(second)) = (number(0..2), number(3..5), number(6..8)) else { return false };
    let clock = clock.as_bytes()[2] == b':' && clock.as_bytes()[5] == b':' && hour < 24 && minute < 60 && second <= 60;
    let zone = match rest.strip_prefix('.') {
        Some(fraction) => {
            let zone = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
            if zone.len() == fraction.len() {
                return false;
            }
            zone
        }
        None => rest,
    };
    let offset = |zone: &str| {
        zone.split_once(':').is_some_and(|(hours, minutes)| {
            let below = |part: &str, end: u8| part.len() == 2 && part.parse::<u8>().is_ok_and(|n| n < end);
            below(hours, 24) && below(minutes, 60)
        })
    };
    clock && (zone.eq_ignore_ascii_case("z") || zone.strip_prefix(['+', '-']).is_some_and(offset))
}

fn is_duration(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('P') else { return false };
    let (days, time) = match rest.split_once('T') {
        Some((days, time)) => (days, Some(time)),
        None => (rest, None),
    };
    let parts = |mut text: &str, units: &str| {
        let mut last = None;
        while !text.is_empty() {
            let after = text.trim_start_matches(|c: char| c.is_ascii_digit());
            let unit = after.chars().next().and_then(|unit| units.find(unit));
            if after.len() == text.len() || unit.is_none() || unit <= last {
                return false;
            }
            last = unit;
            text = &after[1..];
        }
        true
    };
    let weeks = days.ends_with('W') && time.is_none();
    let some = !rest.is_empty() && time.is_none_or(|time| !time.is_empty());
    some && parts(days, if weeks { "W" } else { "YMD" }) && time.is_none_or(|time| parts(time, "HMS"))
}

/// Whether a text is the name of a host, in any script.
pub(super) fn is_host(text: &str) -> bool {
    let label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    !text.is_empty() && text.len() <= 253 && text.split('.').all(label)
}

/// What no address holds without an escape.
fn is_clean(text: &str) -> bool {
    let escapes =
        text.split('%').skip(1).all(|rest| rest.len() >= 2 && rest.as_bytes()[..2].iter().all(u8::is_ascii_hexdigit));
    escapes && !text.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"\\^`{|}".contains(c))
}

fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    let host = !rest.starts_with("//") || is_absolute(text) || rest.starts_with("///");
    scheme && host && !rest.is_empty() && is_clean(text)
}

fn is_reference(text: &str) -> bool {
    is_clean(text)
}

fn balanced(text: &str) -> bool {
    let mut open = false;
    let fits = text.chars().all(|c| match c {
        '{' | '}' if open == (c == '{') => false,
        '{' | '}' => {
            open = !open;
            true
        }
        _ => true,
    });
    fits && !open
}

fn is_uuid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    lengths == [8, 4, 4, 4, 12] && groups.iter().all(|group| group.bytes().all(|b| b.is_ascii_hexdigit()))
}

fn is_pointer(text: &str) -> bool {
    let escapes = text.split('~').skip(1).all(|rest| rest.starts_with(['0', '1']));
    (text.is_empty() || text.starts_with('/')) && escapes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_take_what_is_written_in_them() {
        for (name, good, bad) in [
            ("date", &["2025-07-18"][..], &["2025-7-18", "2025-02-30", "2025-07-18T10:00:00Z", "July 18"][..]),
            (
                "date-time",
                &["2025-07-18T10:00:00Z", "2025-07-18 10:00:00.5+02:00"],
                &["2025-07-18", "2025-07-18T10:00Z", "2025-07-18T10:00:00", "2025-07-18T25:00:00Z"],
            ),
            ("time", &["10:00:00Z", "23:59:60-05:30"], &["10:00", "10:00:00", "10:00:00.Z"]),
            ("duration", &["P3D", "PT12H", "P1Y2M3DT4H5M6S", "P2W"], &["P", "PT", "3D", "P1D2Y", "P1DT"]),
            ("email", &["a@example.org"], &["a", "a@"]),
            ("hostname", &["example.org", "bücher.example"], &["-a.org", "a..b", ""]),
            ("ipv4", &["192.0.2.1"], &["192.0.2", "256.0.0.1"]),
            ("ipv6", &["::1"], &["1.2.3.4"]),
            (
                "uri",
                &["https://example.org/é", "mailto:a@b.c", "urn:a:b"],
                &["/a", "example.org", "https://", "https://a b"],
            ),
            ("uri-reference", &["/a?b#c", "a%20b", ""], &["a b", "a%zz"]),
            ("uri-template", &["/a/{b}"], &["/a/{b", "/{{a}}"]),
            ("uuid", &["123e4567-e89b-12d3-a456-426614174000"], &["123e4567e89b12d3a456426614174000"]),
            ("json-pointer", &["", "/a~1b/0"], &["a", "/a~2"]),
            ("relative-json-pointer", &["0#", "1/a"], &["01/a", "/a"]),
            ("regex", &["^a(?!b)"], &["("]),
        ] {
            let form = Form::named(name).unwrap_or_else(|| panic!("{name}"));
            good.iter().for_each(|text| assert!(form.fits(text), "{name}: {text}"));
            bad.iter().for_each(|text| assert!(!form.fits(text), "{name}: {text}"));
        }
        assert_eq!(Form::named("markdown"), None);
    }
}
