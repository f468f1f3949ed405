//! Heading ids, as GitHub makes them.
//!
//! Source of the algorithm: github-slugger 2.0.0 (npm), which follows GitHub: lower case; drop whatever is no letter, mark,
//! decimal digit, connector punctuation, hyphen or space; then every space is a hyphen. So an emoji goes and leaves its
//! space (`🎉 Party` is `-party`), CJK stays, and two spaces are two hyphens. Docusaurus and Astro use the same package.

use rustc_hash::FxHashMap;

/// Whether a letter stays: `[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\- ]`.
pub(super) fn is_kept(c: char) -> bool {
    match c {
        ' ' | '-' | '_' => true,
        // Joiners are parts of words, but not of ids.
        '\u{200C}' | '\u{200D}' => false,
        _ if c.is_ascii() => c.is_ascii_alphanumeric(),
        _ => regex_syntax::is_word_character(c),
    }
}

/// The id of a heading that stands alone, which may be empty.
pub fn slug(text: &str) -> String {
    if text.is_ascii() {
        let mut slug = text.as_bytes().to_ascii_lowercase();
        slug.retain(|b| is_kept(char::from(*b)));
        slug.iter_mut().filter(|b| **b == b' ').for_each(|b| *b = b'-');
        return String::from_utf8(slug).unwrap_or_default();
    }
    slug_of_any(text)
}

/// The same of a text in any letters.
fn slug_of_any(text: &str) -> String {
    let mut slug = text.to_lowercase();
    slug.retain(is_kept);
    if slug.contains(' ') { slug.replace(' ', "-") } else { slug }
}

/// Gives the headings of one article their ids: `A`, `A`, `A-1` are `a`, `a-1`, `a-1-1`.
#[derive(Debug, Default)]
pub struct Slugger {
    /// How often an id was asked for again.
    seen: FxHashMap<String, usize>,
}

impl Slugger {
    /// The id of the next heading.
    pub fn next(&mut self, text: &str) -> String {
        let plain = slug(text);
        if !self.seen.contains_key(&plain) {
            self.seen.insert(plain.clone(), 0);
            return plain;
        }
        let mut id = plain.clone();
        while self.seen.contains_key(&id) {
            let again = self.seen.entry(plain.clone()).or_default();
            *again += 1;
            id = format!("{plain}-{again}");
        }
        self.seen.insert(id.clone(), 0);
        id
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ids_are_those_of_github() {
        for (text, id) in [
            ("Hello, World!", "hello-world"),
            ("A & B", "a--b"),
            ("...", ""),
            ("🎉 Party", "-party"),
            ("日本語 見出し", "日本語-見出し"),
            ("1. Numbered", "1-numbered"),
            ("Ⅷ", "ⅷ"),
            ("İ", "i̇"),
            ("snake_case `code`", "snake_case-code"),
            ("x² ½ ①", "x--"),
            ("e\u{301}té ‿ up", "e\u{301}té-‿-up"),
            ("no\u{a0}break\ttab", "nobreaktab"),
            ("ΟΔΟΣ", "οδος"),
        ] {
            assert_eq!(slug(text), id, "{text}");
        }
    }

    proptest! {
        #[test]
        fn plain_text_is_slugged_as_any_other(text in "[\\x00-\\x7f]{0,12}") {
            prop_assert_eq!(slug(&text), slug_of_any(&text));
        }
    }

    #[test]
    fn what_stays_is_what_the_pattern_of_github_leaves() {
        let all: String = ('\0'..=char::MAX).collect();
        let dropped = regex::Regex::new(r"[^\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\- ]").expect("a pattern");
        let kept: String = all.chars().filter(|c| is_kept(*c)).collect();
        assert!(dropped.replace_all(&all, "") == kept);
    }

    #[test]
    fn repeated_headings_are_counted() {
        let mut slugger = Slugger::default();
        let ids: Vec<_> = ["A", "A", "A-1", "A", "", ""].iter().map(|text| slugger.next(text)).collect();
        assert_eq!(ids, ["a", "a-1", "a-1-1", "a-2", "", "-1"]);
    }
}
