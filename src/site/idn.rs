//! Names of hosts beyond ASCII, as the network writes them. Source: RFC 3492 (Punycode), RFC 5890.

use unicode_normalization::UnicodeNormalization;

/// What a label begins with that is not written as it reads.
const PREFIX: &str = "xn--";

/// The name of a host in ASCII and lower case; `None` if it cannot be one.
pub(super) fn to_ascii(host: &str) -> Option<String> {
    // Letters of full width and ideographic full stops are those of ASCII; compositions are composed.
    let folded: String =
        host.chars().flat_map(char::to_lowercase).nfkc().map(|c| if c == '。' { '.' } else { c }).collect();
    let labels: Option<Vec<String>> = folded.split('.').map(label).collect();
    Some(labels?.join("."))
}

fn label(label: &str) -> Option<String> {
    if label.is_ascii() {
        return Some(label.to_owned());
    }
    if label.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return None;
    }
    Some(format!("{PREFIX}{}", punycode(label)?))
}

// The parameters of RFC 3492, 5.
const BASE: u32 = 36;
const T_MIN: u32 = 1;
const T_MAX: u32 = 26;
const SKEW: u32 = 38;
const DAMP: u32 = 700;
const INITIAL_BIAS: u32 = 72;
const INITIAL_N: u32 = 128;

/// RFC 3492, 6.3; `None` if a number outgrows it.
fn punycode(label: &str) -> Option<String> {
    let mut written: String = label.chars().filter(char::is_ascii).collect();
    let basic = u32::try_from(written.len()).ok()?;
    if basic > 0 {
        written.push('-');
    }
    let (mut n, mut delta, mut bias, mut handled) = (INITIAL_N, 0u32, INITIAL_BIAS, basic);
    while let Some(next) = label.chars().map(u32::from).filter(|c| *c >= n).min() {
        delta = delta.checked_add((next - n).checked_mul(handled + 1)?)?;
        n = next;
        for c in label.chars().map(u32::from) {
            if c < n {
                delta = delta.checked_add(1)?;
            }
            if c == n {
                write_number(delta, bias, &mut written);
                bias = adapt(delta, handled + 1, handled == basic);
                delta = 0;
                handled += 1;
            }
        }
        delta = delta.checked_add(1)?;
        n += 1;
    }
    Some(written)
}

/// A number of variable length, its lowest digit first.
fn write_number(mut number: u32, bias: u32, written: &mut String) {
    let mut k = BASE;
    loop {
        let threshold = k.saturating_sub(bias).clamp(T_MIN, T_MAX);
        if number < threshold {
            written.push(digit(number));
            return;
        }
        written.push(digit(threshold + (number - threshold) % (BASE - threshold)));
        number = (number - threshold) / (BASE - threshold);
        k += BASE;
    }
}

/// 0 to 25 are letters, 26 to 35 digits.
fn digit(value: u32) -> char {
    let value = u8::try_from(value).unwrap_or_default();
    char::from(if value < 26 { b'a' + value } else { b'0' + value - 26 })
}

/// RFC 3492, 6.1.
fn adapt(delta: u32, points: u32, first: bool) -> u32 {
    let mut delta = if first { delta / DAMP } else { delta / 2 };
    delta += delta / points;
    let mut k = 0;
    while delta > (BASE - T_MIN) * T_MAX / 2 {
        delta /= BASE - T_MIN;
        k += BASE;
    }
    k + (BASE - T_MIN + 1) * delta / (delta + SKEW)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_written_as_the_network_writes_them() {
        for (host, expected) in [
            ("Example.org", "example.org"),
            ("Bücher.de", "xn--bcher-kva.de"),
            ("bu\u{308}cher.de", "xn--bcher-kva.de"),
            ("www.münchen.de", "www.xn--mnchen-3ya.de"),
            ("straße.de", "xn--strae-oqa.de"),
            ("例え。jp", "xn--r8jz45g.jp"),
            ("日本語.jp", "xn--wgv71a119e.jp"),
            ("☕.us", "xn--53h.us"),
            // RFC 3492, 7.1: Arabic, Czech, "3年B組金八先生".
            ("ليهمابتكلموشعربي؟", "xn--egbpdaj6bu4bxfgehfvwxn"),
            ("pročprostěnemluvíčesky", "xn--proprostnemluvesky-uyb24dma41a"),
            ("3年b組金八先生", "xn--3b-ww4c5e180e575a65lsy2b"),
        ] {
            assert_eq!(to_ascii(host).as_deref(), Some(expected), "{host}");
        }
        assert_eq!(to_ascii("é .org"), None);
    }
}
