//! UTF-8 that was read in another encoding: where it stands in a text, and what it was.
//!
//! Each character of it is one byte of the text that was meant: put together, the bytes must be UTF-8 again. That alone
//! proves little for two characters (`É»` in `CAFÉ»`), hence the neighbours count as well.

use super::charset::{self, Charset};
use crate::span::Span;

/// A piece of text that was misread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misread {
    /// Where it stands.
    pub span: Span,
    /// What it was; `None` if that cannot be told.
    pub repaired: Option<String>,
    /// Whether it can be nothing else.
    pub certain: bool,
}

/// Everything in `text` that was misread, in order. `beyond_ascii` says where characters of it begin that are not ASCII.
pub fn find<'t>(text: &'t str, beyond_ascii: &'t [usize]) -> impl Iterator<Item = Misread> + 't {
    let bytes = text.as_bytes();
    let mut end = 0;
    // What a first byte is misread as.
    let may_start = |at: &usize| match bytes[*at..] {
        // `Â` to `ô`, before anything but ASCII: what follows was a byte above 0x7F.
        [0xC3, 0x82..=0xB4, 0x80..=0xFF, ..] => true,
        // `‚`, `√`.
        [0xE2, 0x80 | 0x88, 0x9A, ..] => true,
        _ => false,
    };
    let starts = beyond_ascii.iter().copied().filter(may_start);
    starts.filter_map(move |at| {
        if at < end {
            return None;
        }
        let misread = at_start(text, at)?;
        end = misread.span.end;
        Some(misread)
    })
}

/// Every place in `text` where U+FFFD stands beside a letter for a character that was lost; `beyond_ascii` as for [`find`].
pub fn lost<'t>(text: &'t str, beyond_ascii: &'t [usize]) -> impl Iterator<Item = Misread> + 't {
    // Few characters begin with its first byte.
    let found = beyond_ascii.iter().copied().filter(|&at| text.as_bytes()[at] == 0xEF).filter(|&at| {
        text[at..].strip_prefix('\u{FFFD}').is_some_and(|rest| {
            let after = rest.trim_start_matches('\u{FFFD}');
            text[..at].ends_with(char::is_alphanumeric) || after.starts_with(char::is_alphanumeric)
        })
    });
    found.map(|at| Misread { span: Span::new(at, at + "\u{FFFD}".len()), repaired: None, certain: false })
}

fn at_start(text: &str, at: usize) -> Option<Misread> {
    let charset = if text.as_bytes()[at] == 0xC3 { Charset::Windows1252 } else { Charset::MacRoman };
    let Some(sequences) = Sequences::read(&text[at..], charset) else {
        // Half of a quotation mark: its last byte has no character in Windows-1252, and was dropped.
        let rest = &text[at..];
        let half = rest.strip_prefix("â€").is_some_and(|rest| !rest.starts_with(|c: char| c > '\u{7F}'));
        return half.then(|| Misread { span: Span::new(at, at + "â€".len()), repaired: None, certain: false });
    };
    let span = Span::new(at, at + sequences.length);
    let neighbours = Neighbours { before: &text[..at], after: &text[span.end..] };
    if !sequences.is_plausible(&text[at..span.end], neighbours) {
        return None;
    }
    // What was misread twice is still misread.
    let (mut repaired, mut certain) = (sequences.meant, sequences.certain);
    for _ in 0..3 {
        let Some(again) = Sequences::read(&repaired, Charset::Windows1252) else { break };
        if again.length != repaired.len() {
            break;
        }
        (repaired, certain) = (again.meant, true);
    }
    let shows = !repaired.chars().any(|c| c == '\u{FFFD}' || (c.is_control() && c != '\u{85}'));
    let repaired = if repaired == "\u{FEFF}" { String::new() } else { repaired };
    Some(Misread { span, repaired: shows.then_some(repaired), certain: shows && certain })
}

/// What stands around.
#[derive(Clone, Copy)]
struct Neighbours<'t> {
    before: &'t str,
    after: &'t str,
}

impl Neighbours<'_> {
    fn capital_before(self) -> bool {
        self.before.ends_with(char::is_uppercase)
    }

    fn small_before(self) -> bool {
        self.before.ends_with(|c: char| c.is_ascii_lowercase())
    }

    /// Whether at least `count` small letters follow.
    fn small_after(self, count: usize) -> bool {
        let small = self.after.bytes().take(count).filter(u8::is_ascii_lowercase).count();
        small == count
    }
}

/// Sequences of misread bytes, each one character of UTF-8.
struct Sequences {
    /// The first byte of the first sequence.
    lead: u8,
    /// The first character that was meant.
    first: char,
    /// How many there are.
    count: usize,
    /// Bytes in the text, as it stands.
    length: usize,
    meant: String,
    certain: bool,
}

impl Sequences {
    /// As many sequences as follow each other from the start of `text`.
    fn read(text: &str, charset: Charset) -> Option<Self> {
        let mut sequences: Option<Self> = None;
        let mut rest = text;
        while let Some((lead, character, length)) = sequence(rest, charset) {
            let known = sequences.get_or_insert(Self {
                lead,
                first: character,
                count: 0,
                length: 0,
                meant: String::new(),
                certain: true,
            });
            known.count += 1;
            known.length += length;
            known.meant.push(character);
            known.certain &= matches!(lead, 0xC2 | 0xC3 | 0xE2 | 0xF0) || character == '\u{FEFF}';
            rest = &rest[length..];
        }
        sequences
    }

    /// Whether `written` is misread text rather than letters that happen to stand side by side.
    fn is_plausible(&self, written: &str, around: Neighbours) -> bool {
        let last = written.chars().next_back().unwrap_or(' ');
        let closes = matches!(last, '»' | '”' | '’' | '“' | '›');
        if written.starts_with('√') {
            // `√π` is mathematics.
            let mathematics = "π∏∑∂∫Ω∞±≤≥≠µ°".contains(last);
            return around.small_before() || (!mathematics && around.small_after(1)) || self.count >= 2;
        }
        match self.lead {
            0xE2 => ('\u{2010}'..='\u{2BFF}').contains(&self.first),
            0xF0 => self.first >= '\u{1F000}',
            0xEF => matches!(self.first, '\u{FEFF}' | '\u{FFFD}') || self.count >= 2,
            0xE0.. => self.count >= 2,
            0xC2 => !around.capital_before() && !self.first.is_control(),
            0xC3 => {
                self.count >= 2
                    || !around.capital_before() && (!closes || around.small_before())
                    || around.small_after(1)
            }
            // Letters of Polish, Czech, Turkish, Romanian: between small letters, or a capital before two.
            0xC4..=0xC5 => {
                let within = around.small_before() || around.small_after(if closes { 2 } else { 1 });
                self.count >= 2 || within && (!closes || around.small_after(1)) && !around.capital_before()
            }
            // Greek, Cyrillic, Hebrew, Arabic.
            _ => self.count >= 3 && self.meant.chars().all(char::is_alphabetic),
        }
    }
}

/// The misread character at the start of `text`: its first byte, what it was, and how many bytes of `text` it takes.
fn sequence(text: &str, charset: Charset) -> Option<(u8, char, usize)> {
    let mut characters = text.char_indices();
    let lead = charset::byte(charset, characters.next()?.1)?;
    let count = match lead {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return None,
    };
    let mut bytes = [lead, 0, 0, 0];
    for byte in &mut bytes[1..count] {
        *byte = charset::byte(charset, characters.next()?.1).filter(|byte| (0x80..=0xBF).contains(byte))?;
    }
    let meant = std::str::from_utf8(&bytes[..count]).ok()?.chars().next()?;
    Some((lead, meant, characters.offset()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn beyond_ascii(text: &str) -> Vec<usize> {
        text.char_indices().filter(|(_, c)| !c.is_ascii()).map(|(at, _)| at).collect()
    }

    fn repaired(text: &str) -> String {
        let mut repaired = text.to_owned();
        let found: Vec<Misread> = find(text, &beyond_ascii(text)).collect();
        for misread in found.iter().rev() {
            repaired.replace_range(misread.span.start..misread.span.end, misread.repaired.as_deref().unwrap_or("?"));
        }
        repaired
    }

    /// `text` in UTF-8, read in Windows-1252.
    fn spoil(text: &str) -> String {
        let windows = |byte: u8| {
            let known = ('\u{81}'..'\u{2200}').filter(|c| !('\u{80}'..'\u{A0}').contains(c));
            let mut found = known.filter(|&c| charset::byte(Charset::Windows1252, c) == Some(byte));
            if byte < 0x80 { char::from(byte) } else { found.next().unwrap_or(char::from(byte)) }
        };
        text.bytes().map(windows).collect()
    }

    #[test]
    fn what_is_spoiled_once_or_twice_is_repaired() {
        for text in [
            "it’s “a café” – naïve façade…",
            "£20, 45°, «oui» ½ ©",
            "😀 fine",
            "cœur, żółw, čeština, œuvre, ığdır",
            "Привет, мир",
            "日本語の文",
            "à la Ärzte É",
            "→ ✓ ™ €",
        ] {
            assert_eq!(repaired(&spoil(text)), text, "{}", spoil(text));
            assert_eq!(repaired(&spoil(&spoil(text))), text, "{}", spoil(&spoil(text)));
        }
        assert_eq!(repaired("caf√© and it‚Äôs ‚Äúso‚Äù √©cole"), "café and it’s “so” école");
    }

    #[test]
    fn letters_that_happen_to_stand_side_by_side_are_left_alone() {
        for text in [
            "« LE CAFÉ» et “SÃO”, “IRMÔ, „GEMÄ“, ROSÉ’s song, À© 2020, É®",
            "√π and √∞, 2√2, ‚Äpfel‘, â, ã, ð, Â, Ã",
            "Ñandú, ÅÄÖ, Ångström, Öl, ÄÖÜ, ÎLE",
            "naïveté… été “à” l’été",
            "È™ CAFÈ› Ê»",
        ] {
            assert_eq!(repaired(text), text);
        }
    }

    #[test]
    fn what_cannot_be_told_is_found_all_the_same() {
        assert_eq!(repaired("â€œso itâ€ he"), "“so it? he");
        let text = "a caf\u{FFFD}, \u{FFFD}\u{FFFD}t\u{FFFD} and \u{FFFD}";
        let found: Vec<Misread> = lost(text, &beyond_ascii(text)).collect();
        assert_eq!(found.len(), 4);
        assert_eq!(found[0].span, Span::new(5, 8));
    }
}
