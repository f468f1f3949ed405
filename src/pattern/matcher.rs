//! All phrases and patterns of all packs in one: which entries does a line, or a text, answer to.
//!
//! Owns how that is made fast. Knows no document, and nothing of what an entry means.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use regex::{Regex, RegexSet, RegexSetBuilder};
use xxhash_rust::xxh3::Xxh3Default;

use super::normal;
use crate::span::Span;

/// The number of an entry, over all packs.
pub type EntryIndex = usize;

/// What an entry looks for, ready to be compiled.
#[derive(Debug, Default)]
pub struct Parts {
    /// Lines in normal form.
    pub phrases: Vec<(String, EntryIndex)>,
    /// Anchored expressions for lines in normal form.
    pub lines: Vec<(String, EntryIndex)>,
    /// Expressions for running text as it stands.
    pub texts: Vec<(String, EntryIndex)>,
}

/// The compiled phrases and patterns.
#[derive(Debug)]
pub struct Matcher {
    phrases: HashMap<String, Vec<EntryIndex>, BuildHasherDefault<Xxh3Default>>,
    /// Bytes of the longest phrase.
    longest: usize,
    lines: RegexSet,
    line_entries: Vec<EntryIndex>,
    texts: RegexSet,
    text_entries: Vec<(Regex, EntryIndex)>,
}

/// More than the default, since all packs share one set of expressions.
const SIZE_LIMIT: usize = 64 << 20;

impl Matcher {
    /// Compiles `parts`.
    ///
    /// # Errors
    /// If the expressions, each of them sound, are too large together.
    pub fn new(parts: Parts) -> Result<Self, regex::Error> {
        let set = |patterns: &[(String, EntryIndex)]| {
            let mut builder = RegexSetBuilder::new(patterns.iter().map(|(pattern, _)| pattern));
            builder.size_limit(SIZE_LIMIT).dfa_size_limit(SIZE_LIMIT).build()
        };
        let mut phrases: HashMap<String, Vec<EntryIndex>, _> = HashMap::default();
        for (phrase, entry) in parts.phrases {
            phrases.entry(phrase).or_default().push(entry);
        }
        Ok(Self {
            longest: phrases.keys().map(String::len).max().unwrap_or(0),
            phrases,
            lines: set(&parts.lines)?,
            line_entries: parts.lines.iter().map(|(_, entry)| *entry).collect(),
            texts: set(&parts.texts)?,
            text_entries: parts
                .texts
                .iter()
                .map(|(pattern, entry)| Ok((Regex::new(pattern)?, *entry)))
                .collect::<Result<_, regex::Error>>()?,
        })
    }

    /// The entries that `line` as a whole answers to, in the order of the packs; `normal` is left holding its normal form.
    pub fn line(&self, line: &str, normal: &mut String) -> Vec<EntryIndex> {
        let mut found = Vec::new();
        if !normal::normalise(line, normal) {
            return found;
        }
        if normal.len() <= self.longest
            && let Some(entries) = self.phrases.get(normal.as_str())
        {
            found.extend(entries);
        }
        if self.lines.is_match(normal) {
            found.extend(self.lines.matches(normal).into_iter().map(|index| self.line_entries[index]));
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The places in `text` that entries for running text answer to.
    pub fn text(&self, text: &str) -> Vec<(EntryIndex, Span)> {
        let mut found = Vec::new();
        for index in self.texts.matches(text) {
            let (regex, entry) = &self.text_entries[index];
            found.extend(regex.find_iter(text).map(|place| (*entry, Span::from(place.range()))));
        }
        found.sort_unstable_by_key(|(entry, span)| (*span, *entry));
        found
    }
}
