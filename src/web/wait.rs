//! How long a server asks to be left alone.

use std::time::Duration;

use jiff::Timestamp;

/// What a `Retry-After` says: seconds, or a date (RFC 9110, 10.2.3); `None` if it says neither.
pub(super) fn retry_after(value: &str, now: Timestamp) -> Option<Duration> {
    let value = value.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let then = jiff::fmt::rfc2822::parse(value).ok()?.timestamp();
    Some(then.duration_since(now).try_into().unwrap_or(Duration::ZERO))
}

/// A time as one says it: `90 seconds`, `5 minutes`, `2 hours`.
pub(super) fn said(wait: Duration) -> String {
    let seconds = wait.as_secs();
    let (n, unit) = match seconds {
        0..120 => (seconds, "second"),
        120..7_200 => (seconds / 60, "minute"),
        7_200..172_800 => (seconds / 3_600, "hour"),
        _ => (seconds / 86_400, "day"),
    };
    format!("{n} {unit}{}", if n == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_are_seconds_or_dates() {
        let now: Timestamp = "2015-10-21T07:27:00Z".parse().expect("a moment");
        for (value, seconds) in [
            ("7", Some(7)),
            ("Wed, 21 Oct 2015 07:28:00 GMT", Some(60)),
            ("Wed, 21 Oct 2015 07:26:00 GMT", Some(0)),
            ("soon", None),
            ("-3", None),
        ] {
            assert_eq!(retry_after(value, now), seconds.map(Duration::from_secs), "{value}");
        }
    }

    #[test]
    fn waits_are_said_in_a_fitting_unit() {
        let said = [1, 90, 300, 7_200, 200_000].map(|seconds| said(Duration::from_secs(seconds)));
        assert_eq!(said, ["1 second", "90 seconds", "5 minutes", "2 hours", "2 days"]);
    }
}
