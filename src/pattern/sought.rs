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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lines_begin_with_is_in_order_and_knows_its_entry_or_pattern() {
        let texts = |all: &[&str]| all.iter().map(|&text| text.to_owned()).collect::<Vec<_>>();
        let mut sought = Sought::default();
        sought.add(&texts(&["read more: .+"]), &texts(&["Story continues"]), true, false, &Words::default());
        sought.add(&texts(&["todo ?:"]), &texts(&["fix me"]), false, false, &Words::default());
        sought.add(
            &texts(&[".+ newsletter", "by [a-z]+ .+"]),
            &texts(&["ADVERTISEMENT"]),
            true,
            false,
            &Words::default(),
        );
        let phrases: Vec<(&str, usize)> = sought.phrases.iter().map(|(text, entry)| (&**text, *entry)).collect();
        assert_eq!(phrases, [("advertisement", 2), ("story continues", 0)]);
        let numbers = |begin: &str| -> Vec<usize> {
            let begun = |start: &Start| start.cut(begin.len() as u32) == Start::of(begin.as_bytes());
            sought.openings.iter().filter(|(start, _)| begun(start)).map(|(_, number)| *number).collect()
        };
        // Patterns for running text are not counted.
        assert_eq!((&*numbers("read"), &*numbers("by "), sought.openings.is_sorted()), (&[0][..], &[2][..], true));
        let counts: Vec<usize> = sought.expressions.iter().map(Vec::len).collect();
        assert_eq!(counts, [1, 2, 2]);
    }
}
