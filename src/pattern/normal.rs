//! The normal form of a line, in which a marker looks the same however it was typed or decorated.
//!
//! Owns what makes two lines equal: letter case, accents, width, look-alike letters, invisible characters, spacing and
//! the decoration at both ends. Knows no pattern and no document.

use super::edge::{MOST, Start};
use super::glance;
use super::letter::fold;
use crate::document::OBJECT;

/// The longest line, in bytes of its source text, that can be a marker as a whole.
pub const LONGEST: usize = 600;

/// Writes the normal form of `line` to `out`. Returns whether the line can be a marker at all: it is short enough, holds
/// something, and nothing that is not prose.
pub fn normalise(line: &str, out: &mut String) -> bool {
    normalise_if(line, out, |_| Some(usize::MAX))
}

/// As [`normalise`], but gives up as soon as it is known that no such line is looked for. `reach` says of the first bytes of a
/// line how many bytes the longest has that is looked for and begins so, but for exclamation marks at its end; `None` if there
/// is none.
pub fn normalise_if(line: &str, out: &mut String, reach: impl Fn(Start) -> Option<usize>) -> bool {
    out.clear();
    if line.len() > LONGEST {
        return false;
    }
    let mut asked = Asked { reach, start: 0, longest: usize::MAX };
    if glance::front(line).is_some_and(|start| !asked.goes_on_behind(start)) {
        return false;
    }
    let goes_on = if line.is_ascii() { fold_ascii(line, out, asked) } else { fold_line(line, out, asked) };
    if !goes_on {
        out.clear();
        return false;
    }
    if is_spaced_out(out) {
        out.retain(|c| c != ' ');
    }
    !out.is_empty()
}

/// What was asked of the beginning of a line so far.
struct Asked<R> {
    reach: R,
    /// So many bytes of it.
    start: usize,
    /// So many bytes may it have.
    longest: usize,
}

impl<R: Fn(Start) -> Option<usize>> Asked<R> {
    /// Whether a line is looked for that begins so.
    fn goes_on_behind(&mut self, start: Start) -> bool {
        self.start = start.length as usize;
        let longest = (self.reach)(start);
        self.longest = longest.unwrap_or(0);
        let ends_calm = !matches!(start.get(start.length.saturating_sub(1)), Some(b'!' | b' '));
        longest.is_some() && !(ends_calm && self.start > self.longest)
    }

    /// Whether a line is looked for that begins with `out` and may go on.
    fn goes_on(&mut self, out: &str) -> bool {
        let known = self.start == MOST || out.len() < MOST || self.goes_on_behind(Start::of(out.as_bytes()));
        known && self.lets_through(out) || may_be_spaced_out(out)
    }

    /// Whether `out` is not too long, as far as that is known.
    fn lets_through(&self, out: &str) -> bool {
        out.len() <= self.longest || calm(out).len() <= self.longest
    }
}

/// `line` without the exclamation marks at its end.
pub fn calm(line: &str) -> &str {
    line.trim_end_matches(['!', ' '])
}

/// The normal form of `line`, on its own.
pub fn normal_form(line: &str) -> String {
    let mut out = String::new();
    normalise(line, &mut out);
    out
}

/// The last bytes of the [calm](calm) normal form of `line`, if they are of ASCII: é is an e in it.
pub fn last_of_ascii<const N: usize>(line: &str) -> Option<[u8; N]> {
    if line.len() > LONGEST || line.contains(OBJECT) {
        return None;
    }
    // What a letter at the end comes to is the end, and most letters of other scripts do not come to ASCII.
    let letter = line.trim_end_matches(|c: char| c.is_ascii() && is_decoration(c)).chars().next_back()?;
    let mut becomes = None;
    fold(letter, |c| becomes = Some(c));
    if becomes.is_some_and(|c| c.is_alphanumeric() && !c.is_ascii()) {
        return None;
    }
    let last = |normal: &str| calm(normal).as_bytes().last_chunk().copied();
    let end = line.char_indices().rev().nth(4 * N).map_or(line, |(at, _)| &line[at..]);
    let mut folded = String::new();
    let asked = Asked { reach: |_| Some(usize::MAX), start: 0, longest: usize::MAX };
    // What is spaced out holds no word of two letters.
    let known = if fold_line(end, &mut folded, asked) { last(&folded) } else { None };
    let has_words = folded.split(' ').any(|word| word.chars().nth(1).is_some());
    let known = known.filter(|_| has_words).or_else(|| last(&normal_form(line)));
    known.filter(|last| last.is_ascii())
}

fn fold_ascii(line: &str, out: &mut String, mut asked: Asked<impl Fn(Start) -> Option<usize>>) -> bool {
    let line = line.trim_matches(is_decoration);
    if is_spaced_plainly(line.as_bytes()) {
        // No need to go word by word.
        push_lower(line, out);
        return asked.goes_on(out);
    }
    for word in line.split_ascii_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        push_lower(word, out);
        if !asked.goes_on(out) {
            return false;
        }
    }
    true
}

/// Whether white space is nothing but single spaces.
fn is_spaced_plainly(line: &[u8]) -> bool {
    // To the end whatever is found, which takes many bytes at a time.
    let plain = line.iter().fold(true, |plain, &byte| plain & (byte >= b' '));
    let next = line.get(1..).unwrap_or_default();
    plain & line.iter().zip(next).fold(true, |single, (&one, &next)| single & ((one != b' ') | (next != b' ')))
}

fn fold_line(line: &str, out: &mut String, mut asked: Asked<impl Fn(Start) -> Option<usize>>) -> bool {
    if line.contains(OBJECT) {
        return false;
    }
    let mut space = false;
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let plain = plain_run(rest.as_bytes());
        if plain > 0 {
            if std::mem::take(&mut space) && !out.is_empty() {
                out.push(' ');
            }
            push_lower(&rest[..plain], out);
        } else {
            let mut put = |c: char| {
                if c.is_whitespace() {
                    space = true;
                } else if !(out.is_empty() && is_decoration(c)) {
                    if std::mem::take(&mut space) && !out.is_empty() {
                        out.push(' ');
                    }
                    out.push(c);
                }
            };
            // The rest of ASCII is, too.
            if c.is_ascii() { put(c) } else { fold(c, put) }
        }
        rest = &rest[plain.max(c.len_utf8())..];
        // What decorates the end has to be told from what goes on, hence the letter.
        if (plain > 0 || out.ends_with(char::is_alphanumeric)) && !asked.goes_on(out) {
            return false;
        }
    }
    let end = out.trim_end_matches(is_decoration).len();
    out.truncate(end);
    true
}

/// How many bytes at the beginning are letters and digits of ASCII, with single spaces between them: those are their own
/// normal form, but for their case.
fn plain_run(bytes: &[u8]) -> usize {
    let mut end = 0;
    for (at, &byte) in bytes.iter().enumerate() {
        if byte.is_ascii_alphanumeric() {
            end = at + 1;
        } else if byte != b' ' || at == 0 || end != at {
            break;
        }
    }
    end
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

/// Whether a byte is a character that may so stand around a marker.
#[inline]
pub fn decorates(byte: u8) -> bool {
    const ALL: [bool; 256] = {
        let mut all = [false; 256];
        let mut byte = 0;
        while byte < 128 {
            let kept = matches!(byte as u8, b'"' | b'\'' | b'?' | b'!' | b'%' | b'+' | b'$' | b'&' | b'@');
            all[byte] = !(kept || (byte as u8).is_ascii_alphanumeric());
            byte += 1;
        }
        all
    };
    ALL[usize::from(byte)]
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
        fn whoever_gives_up_looks_for_no_such_line(line in "[ *!a-cA-C1é\u{301}\n-]{0,30}", longest in 0_usize..20) {
            let (mut out, normal) = (String::new(), normal_form(&line));
            for known in [calm(&normal), &normal] {
                let first = Start::of(known.as_bytes());
                let reach = |start: Start| (first.begins(start) || start.begins(first)).then_some(known.len());
                if !normal.is_empty() {
                    prop_assert!(normalise_if(&line, &mut out, reach) && out == normal, "{:?} {:?}", out, normal);
                }
            }
            let short = |_: Start| Some(longest);
            prop_assert!(normalise_if(&line, &mut out, short) || normal.is_empty() || calm(&normal).len() > longest);
        }

        #[test]
        fn bytes_decorate_as_characters_do(byte in 0_u8..128) {
            prop_assert_eq!(decorates(byte), is_decoration(byte.into()));
        }

        #[test]
        fn the_end_tells_what_the_whole_line_ends_with(line in "[ *!a-cé\u{301}\u{410}日»…]{0,30}") {
            let normal = normal_form(&line);
            let last = calm(&normal).as_bytes().last_chunk::<3>().filter(|last| last.is_ascii()).copied();
            prop_assert_eq!(last_of_ascii(&line), last, "{:?}", normal);
        }

        #[test]
        fn the_normal_form_is_its_own(line in "\\PC{0,80}") {
            let once = normal_form(&line);
            prop_assert_eq!(normal_form(&once), once);
        }
    }
}
