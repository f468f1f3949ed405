//! Heading ids, as kramdown makes them, and its parser for GitHub's Markdown.
//!
//! Source of the algorithms: kramdown 2.4 (`Converter::Base#generate_id`) and kramdown-parser-gfm 1.1. kramdown's own
//! ids are ASCII, begin with a letter, and are made of the Markdown as written unless `auto_id_stripping` is set; those of
//! the parser are near to GitHub's, but tabs are hyphens, dashes go, and a number is counted for each text alone.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::github::is_kept;
use super::{Dashes, Made, without_dashes};
use crate::site::headings::HeadingFact;

/// How kramdown is set up to make ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kramdown {
    /// Whether its parser for GitHub's Markdown is used, as Jekyll does.
    pub gfm: bool,
    /// `auto_id_prefix`
    pub prefix: String,
    /// `auto_id_stripping`: without markup, and without code too. The parser for GitHub's Markdown always does, and keeps code.
    pub stripped: bool,
}

impl Default for Kramdown {
    fn default() -> Self {
        Self { gfm: true, prefix: String::new(), stripped: false }
    }
}

impl Kramdown {
    pub(super) fn of(&self, headings: &[HeadingFact]) -> Made {
        let mut seen: FxHashMap<String, usize> = FxHashMap::default();
        // A formula is no text to it.
        let unsure = |heading: &HeadingFact| !self.gfm && self.stripped && heading.text.contains("$$");
        Made::each(headings, unsure, |heading| {
            // Braces with more than an id in them are text.
            let alone = heading.braces().is_none_or(|braces| !braces.contains(char::is_whitespace));
            if let Some(id) = heading.id.as_ref().filter(|_| alone) {
                return id.clone();
            }
            // What was made of a text is counted, not the ids: `A`, `A`, `A-1` are `a`, `a-1`, `a-1`.
            let plain = if self.gfm { gfm(heading) } else { self.own(heading) };
            let again = *seen.entry(plain.clone()).and_modify(|count| *count += 1).or_insert(0);
            let number = if again == 0 { String::new() } else { format!("-{again}") };
            format!("{}{plain}{number}", self.prefix)
        })
    }

    /// The id in kramdown's own manner.
    fn own(&self, heading: &HeadingFact) -> String {
        let text: Cow<str> = if self.stripped {
            let mut text = heading.with_braces().into_owned();
            for code in heading.code.iter().rev() {
                text.replace_range(code.start..code.end, "");
            }
            without_dashes(&text, &[], Dashes::ThreeThenTwo).into_owned().into()
        } else {
            heading.written.as_deref().unwrap_or(&heading.text).into()
        };
        let rest = text.trim_start_matches(|c: char| !c.is_ascii_alphabetic()).chars();
        let kept = rest.filter(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-'));
        let id: String = kept.map(|c| if c == ' ' { '-' } else { c.to_ascii_lowercase() }).collect();
        if id.is_empty() { "section".to_owned() } else { id }
    }
}

/// The id in the manner of the parser for GitHub's Markdown.
fn gfm(heading: &HeadingFact) -> String {
    let text = heading.with_braces();
    let text = without_dashes(&text, &heading.code, Dashes::ThreeThenTwo);
    // Ruby's lower case does not know the ends of words.
    let lower: String = text.chars().flat_map(char::to_lowercase).collect();
    let kept = lower.chars().map(|c| if matches!(c, '\t' | ' ') { '-' } else { c });
    kept.filter(|c| is_kept(*c)).collect()
}
