//! Heading ids, as Hugo makes them.
//!
//! Source of the algorithm: Hugo 0.168, `markup/goldmark/autoid.go`: letters, decimal digits, hyphens and underscores stay,
//! spaces are hyphens, all else goes; an empty id is `heading`. Dashes that Hugo has made of hyphens are not seen.

use std::sync::LazyLock;

use regex::Regex;
use rustc_hash::FxHashSet;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{Dashes, Made, unused, without_dashes};
use crate::site::headings::HeadingFact;

/// What an id cannot hold.
static DROPPED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[^\p{L}\p{Nd}_\- ]").expect("the pattern is a constant that tests compile"));

/// What stands between the words of an id in the manner of Blackfriday.
static BETWEEN: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[^\p{L}\p{N}]+").expect("the pattern is a constant that tests compile"));

/// How Hugo is set up to make ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hugo {
    /// `autoHeadingIDType`
    pub manner: Manner,
    /// Whether hyphens in a row become dashes.
    pub typographer: bool,
    /// Whether `:smile:` is a picture.
    pub emoji: bool,
}

/// The values of Hugo's `autoHeadingIDType`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Manner {
    /// `github`
    #[default]
    GitHub,
    /// `github-ascii`: without accents, then without all that is not ASCII.
    Ascii,
    /// `blackfriday`: words with single hyphens between them.
    Blackfriday,
}

impl Default for Hugo {
    fn default() -> Self {
        Self { manner: Manner::GitHub, typographer: true, emoji: false }
    }
}

impl Hugo {
    /// The id of a heading that stands alone.
    fn slug(self, text: &str) -> String {
        // Go's lower case is one letter for one.
        let lower = |text: &str| text.chars().filter_map(|c| c.to_lowercase().next()).collect::<String>();
        match self.manner {
            Manner::Blackfriday => {
                let words = BETWEEN.split(text).filter(|word| !word.is_empty());
                lower(&words.collect::<Vec<_>>().join("-"))
            }
            Manner::Ascii => {
                let plain = text.trim().nfd().filter(|c| !is_combining_mark(*c)).nfc();
                let plain: String = plain.filter(char::is_ascii).collect();
                lower(&DROPPED.replace_all(&plain, "")).replace(' ', "-")
            }
            Manner::GitHub => lower(&DROPPED.replace_all(text.trim(), "")).replace(' ', "-"),
        }
    }

    pub(super) fn of(self, headings: &[HeadingFact]) -> Made {
        let mut seen: FxHashSet<String> = FxHashSet::default();
        // An address in the text becomes a link whose text does not count.
        let unsure = |heading: &HeadingFact| {
            ["://", "www.", "@"].iter().any(|sign| heading.text.contains(sign))
                || (self.emoji && heading.text.matches(':').count() > 1)
                || is_cut(heading)
        };
        Made::each(headings, unsure, |heading| {
            if let Some(id) = &heading.id {
                seen.insert(id.clone());
                return id.clone();
            }
            let text = heading.text.as_str();
            let text =
                if self.typographer { without_dashes(text, &heading.code, Dashes::ThreeThenTwo) } else { text.into() };
            let mut plain = self.slug(&text);
            if plain.is_empty() {
                plain.push_str("heading");
            }
            unused(plain, &mut seen)
        })
    }
}

/// Whether an id may end within emphasis or a link: Hugo takes only the first piece of text in there, and any of these signs,
/// or code, begins another.
fn is_cut(heading: &HeadingFact) -> bool {
    let Some(written) = &heading.written else { return false };
    let marks = |sign: &str| written.matches(sign).count() > heading.text.matches(sign).count();
    let kinds = ["*", "_", "[", "~"].iter().filter(|sign| marks(sign)).count();
    let twofold = written.contains("**") && written.replace("**", "").contains('*');
    let pieces = ["'", "\"", "--", "...", "<", "!", "_", "[", "\\"].iter().any(|sign| heading.text.contains(sign));
    kinds > 1 || (kinds == 1 && (twofold || pieces || !heading.code.is_empty()))
}
