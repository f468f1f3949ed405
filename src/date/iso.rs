//! Which texts are, to the letter, a date of ISO 8601 or RFC 3339, or a YAML timestamp.

/// Whether `text`, which reads as a date, is written as one of these standards has it: `2025-07-18`, `20250718`, `2025-07`,
/// with a time behind `T` or a space, to the minute or finer, with or without zone. YAML 1.1 also lets the hour and the
/// zone have one digit, and a space stand before the zone.
pub(super) fn conforms(text: &str) -> bool {
    let rest = text.as_bytes();
    let Some(rest) = date(rest) else { return false };
    if rest.is_empty() {
        return true;
    }
    let rest = match rest {
        [b'T' | b't', rest @ ..] => rest,
        [b' ' | b'\t', ..] => skip_spaces(rest),
        _ => return false,
    };
    let Some(rest) = time(rest) else { return false };
    let rest = skip_spaces(rest);
    zone(rest).is_some_and(|rest| rest.is_empty())
}

fn date(text: &[u8]) -> Option<&[u8]> {
    let rest = digits(text, 4)?;
    match rest {
        [b'-', rest @ ..] => {
            let rest = digits(rest, 2)?;
            match rest {
                [b'-', rest @ ..] => digits(rest, 2),
                // A month, and nothing after it.
                [] => Some(rest),
                _ => None,
            }
        }
        _ => digits(rest, 4),
    }
}

fn time(text: &[u8]) -> Option<&[u8]> {
    let two = digits(text, 2);
    if let Some(rest @ [b'0'..=b'9', ..]) = two {
        // Basic form: 100000, 1000.
        let rest = digits(rest, 2)?;
        return Some(fraction(digits(rest, 2).unwrap_or(rest)));
    }
    let rest = two.or_else(|| digits(text, 1))?;
    let rest = digits(rest.strip_prefix(b":")?, 2)?;
    match rest.strip_prefix(b":") {
        Some(rest) => digits(rest, 2).map(fraction),
        None => Some(rest),
    }
}

fn fraction(text: &[u8]) -> &[u8] {
    match text {
        [b'.' | b',', rest @ ..] if rest.first().is_some_and(u8::is_ascii_digit) => {
            &rest[rest.iter().take_while(|b| b.is_ascii_digit()).count()..]
        }
        _ => text,
    }
}

fn zone(text: &[u8]) -> Option<&[u8]> {
    match text {
        [] => Some(text),
        [b'Z' | b'z', rest @ ..] => place(rest),
        [b'+' | b'-', rest @ ..] => {
            let hours = digits(rest, 2).or_else(|| digits(rest, 1))?;
            let minutes = hours.strip_prefix(b":").unwrap_or(hours);
            place(digits(minutes, 2).unwrap_or(hours))
        }
        _ => None,
    }
}

/// `[Europe/Berlin]`, which RFC 9557 adds to RFC 3339.
fn place(text: &[u8]) -> Option<&[u8]> {
    match text {
        [b'[', name @ .., b']'] if !name.is_empty() => Some(&[]),
        _ => Some(text),
    }
}

fn skip_spaces(text: &[u8]) -> &[u8] {
    text.trim_ascii_start()
}

/// What follows exactly `count` digits.
fn digits(text: &[u8], count: usize) -> Option<&[u8]> {
    let (digits, rest) = text.split_at_checked(count)?;
    digits.iter().all(u8::is_ascii_digit).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::conforms;

    #[test]
    fn standards_to_the_letter() {
        for text in [
            "2025-07-18",
            "20250718",
            "2025-07",
            "2025-07-18T10:00:00Z",
            "2025-07-18t10:00z",
            "2025-07-18T10:00:00.123+02:00",
            "2025-07-18 10:00",
            "2015-11-17 16:16:01 -0600",
            "2014-01-01 9:00:00 -5",
            "20250718T100000Z",
            "2025-07-18T10:00:00+02:00[Europe/Berlin]",
        ] {
            assert!(conforms(text), "{text}");
        }
        for text in
            ["2025-7-18", "2025/07/18", "2025-07-18T", "2025-07-18 10:00 PM", "2025-07-18 10:00:00 UTC", "2025-0718"]
        {
            assert!(!conforms(text), "{text}");
        }
    }
}
