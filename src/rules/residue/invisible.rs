//! Characters that show nothing: which there are, and where a language or an emoji needs them.

use crate::span::Span;

/// A character that shows nothing and does nothing where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Invisible {
    /// The character.
    pub character: char,
    /// Where it stands.
    pub span: Span,
    /// What to do about it.
    pub remedy: Remedy,
    /// Whether that cannot change what a reader sees, or what the markup means.
    pub safe: bool,
}

/// What to do about an invisible character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
    /// Take it out.
    Delete,
    /// Put a plain space in its place.
    Space,
}

/// What a character is called.
pub fn name(character: char) -> &'static str {
    match character {
        '\u{200B}' => "zero-width space",
        '\u{200C}' => "zero-width non-joiner",
        '\u{200D}' => "zero-width joiner",
        '\u{2060}' => "word joiner",
        '\u{FEFF}' => "byte-order mark",
        '\u{AD}' => "soft hyphen",
        '\u{A0}' => "no-break space",
        '\u{180E}' => "Mongolian vowel separator",
        '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => "mark of writing direction",
        '\u{2028}' => "line separator",
        '\u{2029}' => "paragraph separator",
        '\u{2061}'..='\u{2064}' => "mathematical operator",
        '\u{E0000}'..='\u{E007F}' => "tag character",
        _ => "control character",
    }
}

/// All characters in `text` from byte `start` on that show nothing and are not wanted where they stand. Soft hyphens that
/// part a word are wanted unless `soft_hyphens` is set. `beyond_ascii` says where characters of `text` begin that are not
/// ASCII.
pub fn find(text: &str, start: usize, beyond_ascii: &[usize], soft_hyphens: bool) -> Vec<Invisible> {
    let mut found = Vec::new();
    let mut right_to_left = None;
    for at in suspects(text.as_bytes(), start, beyond_ascii) {
        let Some(character) = text.get(at..).and_then(|rest| rest.chars().next()) else { continue };
        let around = Around { before: &text[start..at], after: &text[at + character.len_utf8()..] };
        let span = Span::new(at, at + character.len_utf8());
        let deleted = |safe| Some(Invisible { character, span, remedy: Remedy::Delete, safe });
        let spaced = |safe| Some(Invisible { character, span, remedy: Remedy::Space, safe });
        let invisible = match character {
            // Scripts without spaces break lines there.
            '\u{200B}' | '\u{2060}' if around.is_spaceless() => None,
            '\u{200B}' | '\u{2060}' | '\u{180E}' | '\u{FEFF}' => deleted(around.is_plain()),
            '\u{200C}' | '\u{200D}' if around.joins_nothing() => deleted(around.is_plain()),
            '\u{AD}' if around.is_in_word() => {
                if soft_hyphens {
                    deleted(false)
                } else {
                    None
                }
            }
            '\u{AD}' => deleted(around.is_plain()),
            '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
                let mixed = *right_to_left.get_or_insert_with(|| text.chars().any(is_right_to_left));
                if mixed { None } else { deleted(around.is_plain()) }
            }
            '\u{2061}'..='\u{2064}' => deleted(false),
            '\u{2028}' | '\u{2029}' if around.has_space() => deleted(around.is_plain()),
            '\u{2028}' | '\u{2029}' => spaced(false),
            '\u{E0000}'..='\u{E007F}' if !around.is_flag() => deleted(around.is_plain()),
            '\u{A0}' if around.is_chained() || around.spoils_a_heading() => spaced(!around.spoils_a_heading()),
            // The Mac's own line break in old texts.
            '\u{B}' | '\u{85}' => spaced(false),
            c if c.is_control() => deleted(false),
            _ => None,
        };
        found.extend(invisible);
    }
    found
}

/// The offsets of characters that may show nothing, from byte `start` on.
fn suspects(bytes: &[u8], start: usize, beyond_ascii: &[usize]) -> Vec<usize> {
    let shows_nothing = |at: usize| {
        matches!(
            &bytes[at..],
            [0xC2, 0x80..=0xA0 | 0xAD, ..]
                | [0xE1, 0xA0, 0x8E, ..]
                | [0xE2, 0x80, 0x8B..=0x8F | 0xA8..=0xAE, ..]
                | [0xE2, 0x81, 0xA0..=0xA9, ..]
                | [0xEF, 0xBB, 0xBF, ..]
                | [0xF3, 0xA0, 0x80 | 0x81, ..]
        )
    };
    let mut suspects: Vec<usize> =
        beyond_ascii.iter().copied().filter(|&at| at >= start && shows_nothing(at)).collect();
    let above = suspects.len();
    controls(bytes, start, &mut suspects);
    if suspects.len() > above {
        suspects.sort_unstable();
    }
    suspects
}

/// Adds the offsets of control characters of ASCII but tabs and line ends, from byte `start` on.
fn controls(bytes: &[u8], start: usize, found: &mut Vec<usize>) {
    /// As much as is looked at together, first roughly, then for certain; a compiler makes few steps of either.
    const CHUNKS: (usize, usize) = (512, 32);
    const DEL: u8 = 0x7F;
    let is_control = |byte: u8| (byte < 0x20 && byte != b'\n' && byte != b'\t' && byte != b'\r') || byte == DEL;
    for (index, chunk) in bytes[start..].chunks(CHUNKS.0).enumerate() {
        // A line feed becomes the highest number, other control characters but DEL stay the lowest. Most chunks have none.
        let (lowest, no_del) = chunk.iter().fold((u8::MAX, u8::MAX), |(lowest, no_del), &byte| {
            (lowest.min((byte ^ b'\n').wrapping_sub(1)), no_del.min(byte ^ DEL))
        });
        if lowest >= 0x1F && no_del != 0 {
            continue;
        }
        for (part, bytes) in chunk.chunks(CHUNKS.1).enumerate() {
            if bytes.iter().fold(false, |found, &byte| found | is_control(byte)) {
                let at = start + index * CHUNKS.0 + part * CHUNKS.1;
                found.extend((at..).zip(bytes).filter(|(_, byte)| is_control(**byte)).map(|(at, _)| at));
            }
        }
    }
}

/// What stands around an invisible character.
#[derive(Clone, Copy)]
struct Around<'t> {
    before: &'t str,
    after: &'t str,
}

impl Around<'_> {
    fn previous(self) -> Option<char> {
        self.before.chars().next_back().filter(|&c| c != '\n')
    }

    fn next(self) -> Option<char> {
        self.after.chars().next().filter(|&c| c != '\n' && c != '\r')
    }

    /// Whether nothing around it is a mark that it may keep from being read as one, and the line has more than it.
    fn is_plain(self) -> bool {
        let plain =
            |c: char| c.is_alphanumeric() || c.is_whitespace() || ".,;?!'\"“”‘’()–—…/%".contains(c) || is_invisible(c);
        let (previous, next) = (self.previous(), self.next());
        let shown = |c: &char| !c.is_whitespace() && !is_invisible(*c);
        // A line of Markdown may begin with any mark, a number among them; `example.org` may become a link.
        let before = self.before.rsplit('\n').next().unwrap_or("").trim_matches(|c| !shown(&c));
        let begins =
            before.is_empty() && !self.after.trim_start_matches(|c| !shown(&c)).starts_with(char::is_alphabetic);
        let numbers = !before.is_empty() && before.bytes().all(|byte| byte.is_ascii_digit());
        let names = next == Some('.') && previous.is_some_and(char::is_alphanumeric)
            || previous == Some('.') && next.is_some_and(char::is_alphanumeric);
        previous.is_none_or(plain) && next.is_none_or(plain) && !begins && !numbers && !names
    }

    /// Whether a script that has no spaces between words, or an emoji, stands beside it.
    fn is_spaceless(self) -> bool {
        let spaceless = |c: char| {
            matches!(c, '\u{0E00}'..='\u{0EFF}' | '\u{0F00}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{1A20}'..='\u{1AAF}'
                | '\u{3000}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}')
        };
        self.previous().is_some_and(spaceless) || self.next().is_some_and(spaceless)
    }

    /// Whether a joiner has nothing to join or to part: there is white space, a line's end or a digit beside it.
    fn joins_nothing(self) -> bool {
        let nothing = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || c.is_ascii());
        let (previous, next) = (self.previous(), self.next());
        let letters = previous.is_some_and(char::is_alphabetic) && next.is_some_and(char::is_alphabetic);
        nothing(previous) && nothing(next) && !letters
    }

    /// Whether it parts a word, and may show as a hyphen at the end of a line.
    fn is_in_word(self) -> bool {
        self.previous().is_some_and(char::is_alphabetic) && self.next().is_some_and(char::is_alphabetic)
    }

    fn has_space(self) -> bool {
        self.previous().is_none_or(char::is_whitespace) || self.next().is_none_or(char::is_whitespace)
    }

    /// Whether it spells the name of a region in a flag.
    fn is_flag(self) -> bool {
        let bare = self.before.trim_end_matches(|c| matches!(c, '\u{E0000}'..='\u{E007F}'));
        bare.ends_with('\u{1F3F4}')
    }

    /// Whether it stands in a row of words that all have a no-break space between them: nobody sets type like that.
    fn is_chained(self) -> bool {
        /// As many words; a number, its unit and a name between them are fewer.
        const CHAIN: usize = 5;
        let ends = |c: char| c.is_whitespace() && c != '\u{A0}';
        let before = self.before.rsplit(ends).next().unwrap_or("");
        let after = self.after.split(ends).next().unwrap_or("");
        let word = |word: &&str| {
            word.chars().filter(|c| c.is_alphabetic()).count() >= 2
                && word.chars().all(|c| c.is_alphabetic() || "'’,-.".contains(c))
        };
        let behind = before.rsplit('\u{A0}').take_while(word).count();
        let ahead = after.split('\u{A0}').take_while(word).count();
        behind >= 1 && ahead >= 1 && behind + ahead >= CHAIN
    }

    /// Whether it follows the `#` of a heading, which is none with it.
    fn spoils_a_heading(self) -> bool {
        let line = self.before.rsplit('\n').next().unwrap_or("");
        (1..=6).contains(&line.len())
            && line.bytes().all(|byte| byte == b'#')
            && self.next().is_some_and(|c| !c.is_whitespace())
    }
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{180E}'
        | '\u{E0000}'..='\u{E007F}')
}

/// Whether `c` is a letter of Hebrew, Arabic, Syriac, Thaana, N'Ko or one of their forms.
fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn find(text: &str, start: usize, soft_hyphens: bool) -> Vec<Invisible> {
        let beyond: Vec<usize> = text.char_indices().filter(|(_, c)| !c.is_ascii()).map(|(at, _)| at).collect();
        super::find(text, start, &beyond, soft_hyphens)
    }

    proptest! {
        #[test]
        fn each_control_character_is_found(text in "([ a~]{0,90}[\\x00-\\x20\\x7F\u{85}\u{9F}é]{0,3}){0,12}", from in 0..3_usize) {
            let start = text.char_indices().nth(from).map_or(0, |(at, _)| at);
            let controls = text[start..].char_indices().filter(|(_, c)| c.is_control() && !matches!(c, '\n' | '\r' | '\t'));
            let expected: Vec<usize> = controls.map(|(at, _)| start + at).collect();
            let found: Vec<usize> = find(&text, start, true).iter().map(|invisible| invisible.span.start).collect();
            prop_assert_eq!(found, expected);
        }
    }

    fn found(text: &str) -> Vec<(char, bool)> {
        find(text, 0, true).into_iter().map(|invisible| (invisible.character, invisible.safe)).collect()
    }

    #[test]
    fn what_shows_nothing_is_found_with_its_safety() {
        assert_eq!(found("a wal\u{200B}k, é\u{200B} 😀 \u{200B}here"), [('\u{200B}', true); 3]);
        assert_eq!(found("*\u{200B}a* and @\u{200B}jo and example\u{200B}.org"), [('\u{200B}', false); 3]);
        assert_eq!(found("1\u{200B}. one\n\u{200B}- two\n\u{200B}\n"), [('\u{200B}', false); 3]);
        assert_eq!(found("a\u{FEFF}b \u{2060}c"), [('\u{FEFF}', true), ('\u{2060}', true)]);
        assert_eq!(found("inter\u{AD}national, \u{AD}so"), [('\u{AD}', false), ('\u{AD}', true)]);
        assert_eq!(
            found("left\u{200E} \u{202A}right\u{202C}"),
            [('\u{200E}', true), ('\u{202A}', true), ('\u{202C}', true)]
        );
        assert_eq!(found("a\u{8}b\u{2028}c\u{2028} d"), [('\u{8}', false), ('\u{2028}', false), ('\u{2028}', true)]);
        assert_eq!(found("a\u{E0041}b"), [('\u{E0041}', true)]);
    }

    #[test]
    fn soft_hyphens_within_words_are_wanted_unless_told_otherwise() {
        assert_eq!(find("inter\u{AD}national", 0, false), []);
        assert_eq!(find("inter\u{AD}national", 0, true).len(), 1);
        assert_eq!(find("so\u{AD} it", 0, false).len(), 1);
    }

    #[test]
    fn no_break_spaces_count_in_chains_and_after_the_mark_of_a_heading() {
        assert_eq!(found("the\u{A0}path\u{A0}goes\u{A0}on\u{A0}here").len(), 4);
        assert_eq!(found("##\u{A0}Title\n"), [('\u{A0}', false)]);
        assert_eq!(found("10\u{A0}km, Qu’est-ce\u{A0}? w\u{A0}domu, Mr\u{A0}Lee\u{A0}Roe\n- \u{A0}x\n\u{A0}\n"), []);
    }

    #[test]
    fn languages_and_emoji_that_need_them_keep_them() {
        assert_eq!(found("👩\u{200D}💻 می\u{200C}خواهم क्\u{200D}ष Auf\u{200C}lage"), []);
        assert_eq!(found("ภาษา\u{200B}ไทย 日本\u{200B}語"), []);
        assert_eq!(found("שלום\u{200F} and left\u{200E}"), []);
        assert_eq!(found("🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}"), []);
        assert_eq!(found("it’s — “so”… 日本 tab\there\r\n"), []);
        assert_eq!(find("\u{FEFF}a", 3, true), []);
    }

    #[test]
    fn places_are_exact_beyond_the_chunk_that_is_looked_at_first() {
        for length in 0..70 {
            let text = format!("{}é\u{200B}x\u{200B}", "a".repeat(length));
            let spans: Vec<Span> = find(&text, 0, true).into_iter().map(|invisible| invisible.span).collect();
            assert_eq!(spans, [Span::new(length + 2, length + 5), Span::new(length + 6, length + 9)]);
        }
    }
}
