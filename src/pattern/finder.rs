//! Expressions that look for their words anywhere in a text: hints tell where any of them may begin.

use super::deferred::Deferred;
use super::hint::Hints;
use super::matcher::{EntryIndex, Lazy};
use super::normal;
use super::written::Text;
use crate::span::Span;

/// An expression that looks for its words anywhere.
#[derive(Debug)]
pub struct Searched {
    /// The expression.
    pub expression: Deferred,
    /// The entry it belongs to.
    pub entry: EntryIndex,
}

/// Expressions that look for their words anywhere in a text.
#[derive(Debug)]
pub(super) struct Finder {
    expressions: Vec<Lazy>,
    /// The fixed words with which they begin, in order, none of them the beginning of another, and for each of them which of
    /// the expressions may begin so.
    words: Vec<(Text, Vec<usize>)>,
    /// The bytes of the longest of them.
    longest: usize,
    hints: Hints,
}

impl Finder {
    /// Makes ready to look for all of `searched`.
    pub fn new(searched: Vec<Searched>) -> Self {
        let words = words_of(&searched);
        Self {
            longest: words.iter().map(|(word, _)| word.len()).max().unwrap_or(0),
            hints: Hints::new(words.iter().map(|(word, _)| &**word)),
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
        self.find_in(text, std::iter::once(Span::new(0, text.len())))
    }

    /// As [`Finder::find`], but those that begin within one of `parts` or at its end, and perhaps some others.
    pub fn find_in(&self, text: &str, parts: impl Iterator<Item = Span>) -> Vec<(EntryIndex, Span)> {
        let mut found: Vec<(EntryIndex, Span)> = Vec::new();
        for part in parts {
            // What begins at the end of the part is to be seen.
            let seen = &text.as_bytes()[part.start..text.len().min(part.end + self.longest)];
            self.hints.each(seen, |start| self.find_at(text, part.start + start, &mut found));
        }
        found.sort_unstable_by_key(|(entry, span)| (*span, *entry));
        found.dedup();
        found
    }

    fn find_at(&self, text: &str, start: usize, found: &mut Vec<(EntryIndex, Span)>) {
        let Some(begun) = self.begun_at(&text.as_bytes()[start..]) else { return };
        // Looked for at this place only, but with what stands before it in sight.
        let end = (start + normal::LONGEST..text.len()).find(|&end| text.is_char_boundary(end));
        let near = &text[..end.unwrap_or(text.len())];
        for lazy in begun.iter().map(|&index| &self.expressions[index]) {
            if let Some(end) = lazy.find(near, start) {
                found.push((lazy.entry, Span::new(start, end)));
            }
        }
    }

    /// The expressions that may begin as `text` does, if any do.
    fn begun_at(&self, text: &[u8]) -> Option<&[usize]> {
        // Since no word begins another, only the last one that is not behind `text` can be its beginning.
        let after = self.words.partition_point(|(word, _)| word.as_bytes() <= text);
        let (word, begun) = &self.words[after.checked_sub(1)?];
        text.starts_with(word.as_bytes()).then_some(begun)
    }
}

/// The words with which expressions begin, and the expressions of each. Of two words of which one begins the other only the
/// shorter is kept.
fn words_of(searched: &[Searched]) -> Vec<(Text, Vec<usize>)> {
    let all =
        searched.iter().enumerate().flat_map(|(index, one)| one.expression.words.iter().map(move |word| (word, index)));
    let mut all: Vec<(&Text, usize)> = all.collect();
    all.sort();
    all.dedup();
    let mut words: Vec<(Text, Vec<usize>)> = Vec::new();
    for (word, index) in all {
        match words.last_mut() {
            Some((shorter, begun)) if word.starts_with(&**shorter) => begun.push(index),
            _ => words.push((word.clone(), vec![index])),
        }
    }
    words
}
