//! Heading ids, as Python-Markdown's extension `toc` makes them.
//!
//! Source of the algorithm: Python-Markdown 3 (`toc.slugify`, `toc.unique`): letters lose their accents, what is then not
//! ASCII goes; white space and separators in a row are one separator.

use rustc_hash::FxHashSet;
use unicode_normalization::UnicodeNormalization;

use super::Made;
use crate::site::headings::HeadingFact;

/// How the extension is set up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toc {
    /// `separator`: one character.
    pub separator: char,
    /// Whether `{#id}` is an id: the extension `attr_list` is on.
    pub attributes: bool,
}

impl Default for Toc {
    fn default() -> Self {
        Self { separator: '-', attributes: false }
    }
}

impl Toc {
    fn slug(&self, text: &str) -> String {
        let word =
            |c: &char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-') || c.is_ascii_whitespace() || *c == '\u{b}';
        let plain: String = text.nfkd().filter(char::is_ascii).filter(word).collect();
        let mut slug = String::with_capacity(plain.len());
        for c in plain.trim().chars() {
            let c = if c.is_whitespace() { self.separator } else { c.to_ascii_lowercase() };
            if c != self.separator || !slug.ends_with(c) {
                slug.push(c);
            }
        }
        slug
    }

    pub(super) fn of(&self, headings: &[HeadingFact], anchors: &[String]) -> Made {
        // Without attributes the explicit ids are text.
        let mut used: FxHashSet<String> = anchors.iter().filter(|_| self.attributes).cloned().collect();
        // Any braces may be attributes; the number of a footnote counts, or the whole mark.
        let unsure = |heading: &HeadingFact| {
            (self.attributes && heading.text.contains('{'))
                || heading.written.as_ref().is_some_and(|written| written.contains("[^"))
        };
        Made::each(headings, unsure, |heading| match &heading.id {
            Some(id) if self.attributes => id.clone(),
            _ if self.attributes => unique(self.slug(&heading.text), &mut used),
            _ => unique(self.slug(&heading.with_braces()), &mut used),
        })
    }
}

/// `a`, `a_1`, `a_2`; and `a_5` is followed by `a_6`.
fn unique(id: String, used: &mut FxHashSet<String>) -> String {
    let mut id = id;
    while id.is_empty() || used.contains(&id) {
        let counted = id.rsplit_once('_').and_then(|(base, number)| {
            let digits = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
            Some((base, number.parse::<usize>().ok().filter(|_| digits)?))
        });
        id = match counted {
            Some((base, number)) => format!("{base}_{}", number + 1),
            None => format!("{id}_1"),
        };
    }
    used.insert(id.clone());
    id
}
