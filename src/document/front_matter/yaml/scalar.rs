//! What a plain YAML scalar is: YAML 1.2's core schema, and the timestamps of YAML 1.1, which engines still read as dates.
//!
//! Owns the reading of one scalar; knows no place.

use std::borrow::Cow;
use std::sync::LazyLock;

use granit_parser::Tag;
use regex::Regex;

use crate::document::front_matter::{Data, Style};

/// <https://yaml.org/type/timestamp.html>, and the zone without colon that Jekyll writes. By shape only: `2024-13-45` is
/// meant as a date, and what is wrong with it is for rules to say.
static TIMESTAMP: LazyLock<Regex> = LazyLock::new(|| {
    let time = r"[0-9]{1,2}:[0-9]{2}:[0-9]{2}(\.[0-9]*)?([ \t]*(Z|[-+][0-9]{1,2}(:?[0-9]{2})?))?";
    let date = r"[0-9]{4}-([0-9]{2}-[0-9]{2}|[0-9]{1,2}-[0-9]{1,2}";
    Regex::new(&format!(r"^{date}([Tt]|[ \t]+){time})$")).expect("it is a constant")
});

/// What a scalar is. A plain one that is `absent`, an empty place, is null, whatever its tag says.
pub(super) fn read(content: Cow<str>, style: Style, tag: Option<&Tag>, absent: bool) -> Data {
    let core = tag.and_then(|tag| tag.core_suffix()).and_then(|suffix| tagged(suffix, &content));
    match style {
        Style::Plain if absent => Data::Null,
        _ if core.is_some() => core.unwrap_or(Data::Null),
        Style::Plain => plain(&content),
        _ => Data::String(content.into_owned()),
    }
}

/// What a plain scalar is.
fn plain(text: &str) -> Data {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Data::Null,
        "true" | "True" | "TRUE" => Data::Bool(true),
        "false" | "False" | "FALSE" => Data::Bool(false),
        _ if !text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.')) => text_of(text),
        _ => match number(text) {
            Some(number) => Data::Number(number),
            None if is_date(text) || TIMESTAMP.is_match(text) => Data::Date(text.to_owned()),
            None => text_of(text),
        },
    }
}

/// Whether it is a date without a time, as most are.
fn is_date(text: &str) -> bool {
    let shape = |(at, byte): (usize, u8)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() };
    text.len() == "2024-01-31".len() && text.bytes().enumerate().all(shape)
}

/// What a scalar with one of YAML's own tags (`!!str`) is; `None` if the tag says nothing of it.
fn tagged(suffix: &str, text: &str) -> Option<Data> {
    match suffix {
        "str" => Some(text_of(text)),
        "timestamp" => Some(Data::Date(text.to_owned())),
        "null" | "bool" | "int" | "float" => Some(plain(text)),
        _ => None,
    }
}

fn text_of(text: &str) -> Data {
    Data::String(text.to_owned())
}

/// A number of the core schema, but not `017`: octal to some, decimal to others.
fn number(text: &str) -> Option<f64> {
    let (sign, digits) = match text.as_bytes().first()? {
        b'-' => (-1.0, &text[1..]),
        b'+' => (1.0, &text[1..]),
        _ => (1.0, text),
    };
    let magnitude = match digits {
        ".inf" | ".Inf" | ".INF" => f64::INFINITY,
        ".nan" | ".NaN" | ".NAN" if digits.len() == text.len() => f64::NAN,
        _ if text.starts_with("0x") => radix(&text[2..], 16)?,
        _ if text.starts_with("0o") => radix(&text[2..], 8)?,
        _ if !digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') => return None,
        _ if digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.") && !digits.starts_with("0e") => {
            return None;
        }
        _ if !digits.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'-' | b'+')) => {
            return None;
        }
        _ => digits.parse().ok()?,
    };
    Some(sign * magnitude)
}

fn radix(digits: &str, radix: u32) -> Option<f64> {
    let number = digits.chars().all(|c| c.is_digit(radix)).then(|| u64::from_str_radix(digits, radix).ok())?;
    number.map(|number| number as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_yaml_1_2_calls_a_number_is_one() {
        for (text, value) in
            [("12", 12.0), ("-1.5e3", -1500.0), (".5", 0.5), ("0x1F", 31.0), ("0o17", 15.0), ("0", 0.0)]
        {
            assert_eq!(plain(text), Data::Number(value), "{text}");
        }
        for text in
            ["017", "1_000", "1.2.3", "no", "on", "12:30", "-", "+", ".", "0x", "0x+1", "inf", "1e", "-.nan", "--1"]
        {
            assert_eq!(plain(text), Data::String(text.to_owned()), "{text}");
        }
        assert_eq!(plain("~"), Data::Null);
        assert_eq!(plain("False"), Data::Bool(false));
    }

    #[test]
    fn dates_are_known_by_their_shape() {
        for text in [
            "2025-07-18",
            "2024-13-45",
            "2025-07-18 10:00:00 -0600",
            "2025-07-18T10:00:00Z",
            "2025-7-8 1:02:03",
            "2001-12-14t21:59:43.10-05:00",
        ] {
            assert_eq!(plain(text), Data::Date(text.to_owned()), "{text}");
        }
        for text in ["2025-7-8", "2025-07", "2025-07-18 10:00", "18-07-2025", "2025-07-18 and so on"] {
            assert_eq!(plain(text), Data::String(text.to_owned()), "{text}");
        }
        assert_eq!(tagged("str", "2025-07-18"), Some(Data::String("2025-07-18".to_owned())));
    }
}
