//! What all that a pattern matches has in common, so that most texts are known not to be among it without a try.
//!
//! Owns these signs. `build.rs` needs them too: they know nothing of the crate.

use regex_syntax::hir::Hir;
use regex_syntax::hir::literal::{ExtractKind, Extractor};

use super::edge::{self, End};
use super::parsed::{self, Parsed};
use super::written::{Text, Written, written};

/// To look for more words, or to compare more ends, takes longer than it saves.
const FEW_WORDS: usize = 4;
const FEW_ENDS: usize = 60;

/// What all matches of a pattern have in common.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Common {
    /// The most bytes that they have, if there is an end to it.
    pub longest: Option<usize>,
    /// With one of these each of them ends; none if that cannot be told.
    ends: Vec<End>,
    /// A bit for the last byte of each of `ends`, which some of them share: most texts are told by it alone.
    last: u64,
    /// One of these each of them holds; none if that cannot be told.
    words: Vec<Text>,
}

written!(Common { longest, ends, last, words });

impl Common {
    /// What can be told of `hir`.
    pub fn of(hir: &Hir) -> Self {
        let words = texts(parsed::required(&Parsed::of(hir).form, FEW_WORDS));
        let ends = ends(hir);
        let last = ends.iter().fold(0, |bits, end| bits | last_bit(*end));
        Self { longest: hir.properties().maximum_len(), ends, last, words }
    }

    /// Whether it is in `text`.
    pub fn is_in(&self, text: &str) -> bool {
        let held = |word: &Text| text.contains(&**word);
        self.may_end(End::of(text.as_bytes())) && (self.words.is_empty() || self.words.iter().any(held))
    }

    /// Whether one of the matches may end so.
    pub fn may_end(&self, end: End) -> bool {
        self.ends.is_empty() || (self.last & last_bit(end) != 0 && self.ends.iter().any(|known| known.ends(end)))
    }
}

/// The bit of the last byte of `end`.
fn last_bit(end: End) -> u64 {
    1 << (end.bytes % u64::from(u64::BITS))
}

/// The last bytes of all that `hir` matches.
fn ends(hir: &Hir) -> Vec<End> {
    let mut extractor = Extractor::new();
    extractor.kind(ExtractKind::Suffix).limit_class(16).limit_literal_len(edge::MOST).limit_total(FEW_ENDS);
    let sequence = extractor.extract(hir);
    let mut ends: Vec<_> = sequence.literals().into_iter().flatten().map(|end| End::of(end.as_bytes())).collect();
    ends.sort_unstable();
    ends.dedup();
    if ends.iter().any(|end| end.length == 0) { Vec::new() } else { ends }
}

/// `all` as texts; none if one of them is empty, or cut within a character.
fn texts(all: Vec<Vec<u8>>) -> Vec<Text> {
    let text = |bytes| String::from_utf8(bytes).ok().filter(|text| !text.is_empty()).map(Text::from);
    all.into_iter().map(text).collect::<Option<_>>().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::test_runner::{Config, TestRunner};

    use super::*;

    fn common(pattern: &str) -> Common {
        Common::of(&regex_syntax::parse(pattern).expect("a good pattern"))
    }

    #[test]
    fn what_cannot_be_told_is_in_every_text() {
        for pattern in [".*", "a*", "[a-z]+"] {
            assert!(common(pattern).is_in("anything"), "{pattern}");
        }
        assert!(!common("[0-9]+ comments?").is_in("18 apples"));
        assert!(!common("the (?:text|picture) .{2,9} by").is_in("the story of it by"));
    }

    #[test]
    fn every_match_has_what_all_have() {
        for pattern in [
            "[0-9][0-9.,]*[km]? (?:comments?|views?|tweets?|pins?)",
            "(?:a|b)?[0-9]{1,3} ?(?:min|мин)?",
            "(?:ab)+(?:c|d?)(?: [|·] x)*",
            ".{4,20} via (?:getty images|reuters|imago)",
            "(?:[a-z]{2,4} ){2,3}commission(?:[.] learn more)?",
            "é|комментари(?:и|ев|й)|[a-c]x",
        ] {
            let common = common(pattern);
            let matches = proptest::string::string_regex(pattern).expect("a pattern that it knows");
            let mut runner = TestRunner::new(Config { cases: 500, ..Config::default() });
            let has = |text: String| {
                proptest::prop_assert!(common.is_in(&text), "{:?}", text);
                proptest::prop_assert!(common.longest.is_none_or(|longest| text.len() <= longest), "{:?}", text);
                Ok(())
            };
            runner.run(&matches, has).unwrap_or_else(|error| panic!("{pattern}: {error}"));
        }
    }
}
