//! What the entries of a pack are matched by, in the order in which a line is looked up, so that a start has nothing left to
//! sort.
//!
//! Owns that order. `build.rs` needs it too: it knows nothing of the crate.

use super::deferred::Deferred;
use super::edge::Start;
use super::expression::{self, Words};
use super::normal;
use super::written::{Text, Written, written};

/// What the entries of a pack are matched by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sought {
    /// Whole lines in normal form, in order, each with the number of its entry.
    pub phrases: Vec<(Text, usize)>,
    /// The first bytes of what the patterns for whole lines match, as far as they can be listed and but for what is among the
    /// phrases, in order, each with the number of its pattern among these.
    pub openings: Vec<(Start, usize)>,
    /// For each entry its patterns, and its phrases for running text.
    pub expressions: Vec<Vec<Deferred>>,
}

written!(Sought { phrases, openings, expressions });

impl Sought {
    /// Adds an entry with these patterns and phrases, which are `whole` lines or stand in running text.
    pub fn add(&mut self, patterns: &[String], phrases: &[String], whole: bool, exact: bool, words: &Words) {
        let patterns = patterns.iter().map(|pattern| expression::expanded(pattern, words));
        let entry = self.expressions.len();
        if !whole {
            let phrases = phrases.iter().map(|phrase| expression::phrase(phrase));
            let within = |pattern| Deferred::within_text(pattern, exact);
            self.expressions.push(patterns.chain(phrases).map(within).collect());
            return;
        }
        let first = self.expressions.iter().flatten().filter(|known| known.is_for_lines()).count();
        let (expressions, begun): (Vec<_>, Vec<_>) = patterns.map(Deferred::whole_line).unzip();
        for (number, begun) in begun.into_iter().enumerate() {
            self.openings.extend(begun.openings.into_iter().map(|opening| (opening, first + number)));
            self.phrases.extend(begun.whole.into_iter().map(|text| (text.into(), entry)));
        }
        self.phrases.extend(phrases.iter().map(|phrase| (normal::normal_form(phrase).into(), entry)));
        self.expressions.push(expressions);
        self.phrases.sort_unstable();
        self.openings.sort_unstable();
    }
}
