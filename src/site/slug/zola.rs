//! Heading ids, as Zola makes them.
//!
//! Source of the algorithm: Zola's `components/utils/src/slugs.rs` and `components/markdown`, and the crate `slug`. With
//! `slugify.anchors = "on"` every script is written in Latin letters by a table: of texts that need it no id is known.

use rustc_hash::FxHashSet;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{Made, unused};
use crate::site::headings::HeadingFact;

/// The values of Zola's `slugify.anchors`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Zola {
    /// `on`
    #[default]
    On,
    /// `safe`, `off`: what is kept then is not modelled.
    Other,
}

impl Zola {
    pub(super) fn of(self, headings: &[HeadingFact]) -> Made {
        // Explicit ids are taken first, wherever they stand.
        let mut seen: FxHashSet<String> = headings.iter().filter_map(|heading| heading.id.clone()).collect();
        let unsure = |heading: &HeadingFact| self != Self::On || slug(&heading.text).is_none();
        Made::each(headings, unsure, |heading| match (&heading.id, slug(&heading.text)) {
            (Some(id), _) => id.clone(),
            (None, Some(plain)) => unused(plain, &mut seen),
            (None, None) => String::new(),
        })
    }
}

/// The crate `slug` on a text; `None` where that needs its table.
fn slug(text: &str) -> Option<String> {
    let mut slug = String::new();
    for c in text.nfd().filter(|c| !is_combining_mark(*c)) {
        let c = match c {
            '’' | '‘' | '“' | '”' | '–' | '—' | '…' | '\u{a0}' => '-',
            c if c.is_ascii() => c.to_ascii_lowercase(),
            _ => return None,
        };
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    Some(slug.trim_end_matches('-').to_owned())
}
