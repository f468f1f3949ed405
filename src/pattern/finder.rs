//! Expressions that look for their words anywhere in a text: one automaton finds where any of them may begin.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::expression::Deferred;
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
    /// The fixed words with which they begin, none of them the beginning of another, and for each of them which of
    /// the expressions may begin so.
    words: Option<AhoCorasick>,
    begun: Vec<Vec<usize>>,
}

impl Finder {
    /// Makes ready to look for all of `searched`.
    pub fn new(searched: Vec<Searched>) -> Self {
        let (words, begun) = words_of(&searched);
        let mut automaton = AhoCorasick::builder();
        // Told in full rather than by folding case, so that a few bytes of each can be looked for sixteen at a time.
        automaton.kind(Some(AhoCorasickKind::DFA)).match_kind(MatchKind::LeftmostFirst);
        Self {
            words: if words.is_empty() { None } else { automaton.build(&words).ok() },
            begun,
            expressions: searched.into_iter().map(|one| Lazy::new((one.expression, one.entry))).collect(),
        }
    }

    /// Whether it looks for nothing.
    pub fn is_empty(&self) -> bool {
        self.words.is_none()
    }

    /// The places in `text` that entries answer to, in order.
    pub fn find(&self, text: &str) -> Vec<(EntryIndex, Span)> {
        let mut found: Vec<(EntryIndex, Span)> = Vec::new();
        let Some(words) = &self.words else { return found };
        let mut from = 0;
        while let Some(word) = words.find(aho_corasick::Input::new(text).range(from..)) {
            // Within one word another may begin.
            from = word.start() + 1;
            // Looked for at this place only, but with what stands before it in sight.
            let end = (word.start() + normal::LONGEST..text.len()).find(|&end| text.is_char_boundary(end));
            let near = &text[..end.unwrap_or(text.len())];
            for lazy in self.begun[word.pattern().as_usize()].iter().map(|&index| &self.expressions[index]) {
                if let Some(end) = lazy.find(near, word.start()) {
                    found.push((lazy.entry, Span::new(word.start(), end)));
                }
            }
        }
        found.sort_unstable_by_key(|(entry, span)| (*span, *entry));
        found.dedup();
        found
    }
}

/// The words with which expressions begin, written small, in capitals, as a sentence and as a title, and the expressions of
/// each. Of two words of which one begins the other only the shorter is kept.
fn words_of(searched: &[Searched]) -> (Vec<String>, Vec<Vec<usize>>) {
    let mut all: Vec<(String, usize)> = Vec::new();
    for (index, one) in searched.iter().enumerate() {
        for word in one.expression.openings.iter().flatten() {
            let word = String::from_utf8_lossy(word);
            if one.exact {
                all.push((word.into_owned(), index));
                continue;
            }
            // As it is written, for an abbreviation in it.
            all.extend([capitalized(&word), word.to_string()].map(|word| (word, index)));
            let word = word.to_lowercase();
            let title: Vec<String> = word.split(' ').map(capitalized).collect();
            all.extend([word.to_uppercase(), capitalized(&word), title.join(" "), word].map(|word| (word, index)));
        }
    }
    all.sort();
    all.dedup();
    let (mut words, mut begun): (Vec<String>, Vec<Vec<usize>>) = (Vec::new(), Vec::new());
    for (word, index) in all {
        match words.last().zip(begun.last_mut()) {
            Some((shorter, of_word)) if word.starts_with(shorter.as_str()) => of_word.push(index),
            _ => {
                words.push(word);
                begun.push(vec![index]);
            }
        }
    }
    (words, begun)
}

fn capitalized(word: &str) -> String {
    let Some((at, first)) = word.char_indices().find(|(_, c)| c.is_alphabetic()) else { return word.to_owned() };
    let rest = word[at..].chars().skip(1);
    word[..at].chars().chain(first.to_uppercase()).chain(rest).collect()
}
