//! Expressions that look for their words anywhere in a text: hints tell where any of them may begin.

use super::deferred::Deferred;
use super::hint::Hints;
use super::matcher::{EntryIndex, Lazy};
use super::normal;
use crate::span::Span;

/// An expression that looks for its words anywhere.
#[derive(Debug)]
pub struct Searched {
    /// The expression.
    pub expression: Deferred,
    /// Whether letter case matters.
    pub exact: bool,
    /// The entry it belongs to.
    pub entry: EntryIndex,
}

/// Expressions that look for their words anywhere in a text.
#[derive(Debug)]
pub(super) struct Finder {
    expressions: Vec<Lazy>,
    /// The fixed words with which they begin, in order, none of them the beginning of another, and for each of them which of
    /// the expressions may begin so.
    words: Vec<(String, Vec<usize>)>,
    hints: Hints,
}

impl Finder {
    /// Makes ready to look for all of `searched`.
    pub fn new(searched: Vec<Searched>) -> Self {
        let words = words_of(&searched);
        Self {
            hints: Hints::new(words.iter().map(|(word, _)| word.as_str())),
            words,
            expressions: searched.into_iter().map(|one| Lazy::new((one.expression, one.entry))).collect(),
        }
    }

    /// Whether it looks for nothing.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The places in `text` that entries answer to, in order.
    pub fn find(&self, text: &str) -> Vec<(EntryIndex, Span)> {
        let mut found: Vec<(EntryIndex, Span)> = Vec::new();
        self.hints.each(text.as_bytes(), |start| {
            let Some(begun) = self.begun_at(&text.as_bytes()[start..]) else { return };
            // Looked for at this place only, but with what stands before it in sight.
            let end = (start + normal::LONGEST..text.len()).find(|&end| text.is_char_boundary(end));
            let near = &text[..end.unwrap_or(text.len())];
            for lazy in begun.iter().map(|&index| &self.expressions[index]) {
                if let Some(end) = lazy.find(near, start) {
                    found.push((lazy.entry, Span::new(start, end)));
                }
            }
        });
        found.sort_unstable_by_key(|(entry, span)| (*span, *entry));
        found.dedup();
        found
    }

    /// The expressions that may begin as `text` does, if any do.
    fn begun_at(&self, text: &[u8]) -> Option<&[usize]> {
        // Since no word begins another, only the last one that is not behind `text` can be its beginning.
        let after = self.words.partition_point(|(word, _)| word.as_bytes() <= text);
        let (word, begun) = &self.words[after.checked_sub(1)?];
        text.starts_with(word.as_bytes()).then_some(begun)
    }
}

/// The words with which expressions begin, written small, in capitals, as a sentence and as a title, and the expressions of
/// each. Of two words of which one begins the other only the shorter is kept.
fn words_of(searched: &[Searched]) -> Vec<(String, Vec<usize>)> {
    let mut all: Vec<(String, usize)> = Vec::new();
    for (index, one) in searched.iter().enumerate() {
        for word in one.expression.openings.iter().flatten() {
            // It may have been cut within a character.
            let word = word.utf8_chunks().next().map_or("", |whole| whole.valid());
            if one.exact {
                all.push((word.to_owned(), index));
                continue;
            }
            // As it is written, for an abbreviation in it.
            all.extend([capitalized(word), word.to_owned()].map(|word| (word, index)));
            let word = word.to_lowercase();
            let title: Vec<String> = word.split(' ').map(capitalized).collect();
            all.extend([word.to_uppercase(), capitalized(&word), title.join(" "), word].map(|word| (word, index)));
        }
    }
    all.sort();
    all.dedup();
    let mut words: Vec<(String, Vec<usize>)> = Vec::new();
    for (word, index) in all {
        match words.last_mut() {
            Some((shorter, begun)) if word.starts_with(shorter.as_str()) => begun.push(index),
            _ => words.push((word, vec![index])),
        }
    }
    words
}

fn capitalized(word: &str) -> String {
    let Some((at, first)) = word.char_indices().find(|(_, c)| c.is_alphabetic()) else { return word.to_owned() };
    let rest = word[at..].chars().skip(1);
    word[..at].chars().chain(first.to_uppercase()).chain(rest).collect()
}
