//! The normal form of a line, in which a marker looks the same however it was typed or decorated.
//!
//! Owns what makes two lines equal: letter case, accents, width, look-alike letters, invisible characters, spacing and
//! the decoration at both ends. Knows no pattern and no document.

use super::letter::fold;
use super::opening::OPENING;
use crate::document::OBJECT;

/// The longest line, in bytes of its source text, that can be a marker as a whole.
pub const LONGEST: usize = 600;

/// So many bytes of a line in normal form are enough to tell most lines apart from all that is looked for.
pub const GATE: usize = 4;

/// Writes the normal form of `line` to `out`. Returns whether the line can be a marker at all: it is short enough, holds
/// something, and nothing that is not prose.
pub fn normalise(line: &str, out: &mut String) -> bool {
    normalise_if(line, out, |_| true)
}

/// As [`normalise`], but gives up as soon as `opens` says that no line that is looked for begins with these bytes. It is
/// asked with the first [`GATE`] bytes or more, and again with the first [`OPENING`] or more if there were fewer.
pub fn normalise_if(line: &str, out: &mut String, opens: impl Fn(&[u8]) -> bool) -> bool {
    out.clear();
    if line.len() > LONGEST {
        return false;
    }
    if opening_of(line).is_some_and(|opening| !opens(&opening)) {
        return false;
    }
    let goes_on = if line.is_ascii() { fold_ascii(line, out, opens) } else { fold_line(line, out, opens) };
    if !goes_on {
        out.clear();
        return false;
    }
    if is_spaced_out(out) {
        out.retain(|c| c != ' ');
    }
    !out.is_empty()
}

/// The normal form of `line`, on its own.
pub fn normal_form(line: &str) -> String {
    let mut out = String::new();
    normalise(line, &mut out);
    out
}

/// The first [`GATE`] bytes of the normal form of `line`, where a glance tells: they are letters and digits of ASCII, perhaps
/// with a space between two of them, and not one letter by one.
fn opening_of(line: &str) -> Option<[u8; GATE]> {
    let bytes = line.as_bytes();
    let start = bytes.iter().position(|byte| !(byte.is_ascii_punctuation() || *byte == b' ' || *byte == b'\n'))?;
    let marks = &line[..start];
    let opening = bytes.get(start..)?.first_chunk::<GATE>()?;
    let letter = |at: usize| opening[at].is_ascii_alphanumeric();
    let space = |at: usize| opening[at] == b' ';
    let plain = letter(0)
        && letter(3)
        && match (letter(1), letter(2)) {
            (true, true) => true,
            (true, false) => space(2),
            (false, true) => space(1),
            (false, false) => false,
        };
    (plain && marks.chars().all(is_decoration)).then(|| opening.map(|byte| byte.to_ascii_lowercase()))
}

fn fold_ascii(line: &str, out: &mut String, opens: impl Fn(&[u8]) -> bool) -> bool {
    let mut asked_at = GATE;
    for word in line.trim_matches(is_decoration).split_ascii_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        push_lower(word, out);
        if out.len() >= asked_at {
            asked_at = if out.len() < OPENING { OPENING } else { usize::MAX };
            if !opens(out.as_bytes()) && !may_be_spaced_out(out) {
                return false;
            }
        }
    }
    true
}

fn fold_line(line: &str, out: &mut String, opens: impl Fn(&[u8]) -> bool) -> bool {
    if line.contains(OBJECT) {
        return false;
    }
    let mut space = false;
    let mut asked_at = GATE;
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        // Letters and digits of ASCII are their own normal form, but for their case.
        let plain = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        if plain > 0 {
            if std::mem::take(&mut space) && !out.is_empty() {
                out.push(' ');
            }
            push_lower(&rest[..plain], out);
        } else {
            fold(c, |c| {
                if c.is_whitespace() {
                    space = true;
                } else if !(out.is_empty() && is_decoration(c)) {
                    if std::mem::take(&mut space) && !out.is_empty() {
                        out.push(' ');
                    }
                    out.push(c);
                }
            });
        }
        rest = &rest[plain.max(c.len_utf8())..];
        // What decorates the end has to be told from what goes on, hence the letter.
        if out.len() >= asked_at && out.ends_with(char::is_alphanumeric) {
            asked_at = if out.len() < OPENING { OPENING } else { usize::MAX };
            if !opens(out.as_bytes()) && !may_be_spaced_out(out) {
                return false;
            }
        }
    }
    let end = out.trim_end_matches(is_decoration).len();
    out.truncate(end);
    true
}

fn push_lower(ascii: &str, out: &mut String) {
    let start = out.len();
    out.push_str(ascii);
    out[start..].make_ascii_lowercase();
}

/// Whether a line that begins so may be [spaced out](is_spaced_out).
fn may_be_spaced_out(opening: &str) -> bool {
    let mut chars = opening.chars();
    chars.nth(1) == Some(' ') && chars.nth(1).is_none_or(|c| c == ' ')
}

/// What may stand around a marker without changing it. A question, a sum or a handle is another thing than its words, and
/// words in quotation marks are talked about.
pub fn is_decoration(c: char) -> bool {
    let quotes = matches!(c, '"' | '\'' | '“' | '”' | '„' | '‘' | '’' | '‚' | '「' | '」');
    !(c.is_alphanumeric() || quotes || matches!(c, '?' | '!' | '%' | '+' | '$' | '&' | '@' | '©'))
}

/// `A D V E R T I S E M E N T`, `広 告`: single letters only, too many to be anything else.
fn is_spaced_out(line: &str) -> bool {
    let mut letters = 0;
    let mut ascii = false;
    for word in line.split(' ') {
        let mut chars = word.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) if c.is_alphabetic() => {
                letters += 1;
                ascii |= c.is_ascii();
            }
            _ => return false,
        }
    }
    letters >= if ascii { 4 } else { 2 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_marker_is_the_same_however_it_is_dressed() {
        for line in [
            "ADVERTISEMENT",
            "  **ADVERTISEMENT**\t",
            "— Advertisement —",
            "> ADVERTISEMENT",
            "[Advertisement]",
            "Advertisement:",
            "🔻 Advertisement 🔻",
            "\u{410}DVERTISEMENT",
            "A D V E R T I S E M E N T",
            "ＡＤＶＥＲＴＩＳＥＭＥＮＴ",
            "Adver\u{AD}tise\u{200B}ment\u{FEFF}",
            "\u{A0}advertisement\u{2003}",
        ] {
            assert_eq!(normal_form(line), "advertisement", "{line:?}");
        }
    }

    #[test]
    fn other_scripts_equal_themselves_and_their_variants() {
        for (one, other) in [
            ("＊広告＊", "広告"),
            ("広 告", "広告"),
            ("РЕКЛАМА", "Реклама"),
            ("Pеклама", "реклама"),
            ("ΔΙΑΦΗΜΙΣΗ", "Διαφήμιση"),
            ("PUBLICITE", "Publicité"),
            ("Publicite\u{301}", "publicité"),
            ("إعلان", "اعلان"),
            ("ﺇﻋﻼﻥ", "إعلان"),
            ("광 고", "광고"),
        ] {
            assert_eq!(normal_form(one), normal_form(other), "{one} {other}");
        }
    }

    #[test]
    fn spacing_collapses_inside() {
        assert_eq!(normal_form("Facebook \t X\u{A0}|  Reddit…"), "facebook x | reddit");
        assert_eq!(normal_form("Like Loading..."), "like loading");
        assert_eq!(normal_form("Share this, please?"), "share this, please?");
        assert_eq!(normal_form("a b c"), "a b c");
        assert_eq!(normal_form("Where’s"), "where's");
    }

    #[test]
    fn what_is_long_empty_or_no_prose_is_no_marker() {
        let mut out = String::new();
        assert!(!normalise("***", &mut out));
        assert!(!normalise("— … —", &mut out));
        assert!(!normalise("", &mut out));
        assert!(!normalise("Advertisement \u{FFFC}", &mut out));
        assert!(!normalise(&"a ".repeat(400), &mut out));
    }

    proptest! {
        #[test]
        fn a_glance_sees_the_normal_form(line in "[ *\"?a-dA-D1é\u{301}]{0,12}") {
            let normal = normal_form(&line);
            if let Some(opening) = opening_of(&line).filter(|_| !normal.is_empty()) {
                prop_assert!(is_spaced_out(&line.to_lowercase()) || normal.as_bytes().starts_with(&opening), "{:?}", normal);
            }
        }

        #[test]
        fn the_normal_form_is_its_own(line in "\\PC{0,80}") {
            let once = normal_form(&line);
            prop_assert_eq!(normal_form(&once), once);
        }
    }
}
