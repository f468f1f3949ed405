//! Whether a line is the headline of a text: the text says its words again.

use std::collections::HashSet;

use super::line::Line;

/// Shorter words, in letters, are in every text.
const WORD: usize = 5;

/// With as many words, none of which the text has, a line is not its headline.
const STRANGE: usize = 3;

/// The words of a text.
pub(super) struct Words {
    known: HashSet<String>,
}

impl Words {
    /// Those of the sentences among `lines`.
    pub fn of(lines: &[Line]) -> Self {
        let sentences = lines.iter().filter(|line| line.ends_sentence() && line.words() >= 8);
        Self { known: sentences.flat_map(|line| words(line.text)).collect() }
    }

    /// How many words `line` has, and how many of them the text has.
    fn overlap(&self, line: &Line) -> (usize, usize) {
        let words: Vec<String> = words(line.text).collect();
        (words.len(), words.iter().filter(|word| self.known.contains(*word)).count())
    }

    /// The index of the headline among `lines[..end]`, when `found` was taken for it: `found` itself, a better one, or none.
    pub fn headline(&self, lines: &[Line], found: usize, end: usize) -> Option<usize> {
        // Without spaces between words there is nothing to compare.
        if lines[found].weight > lines[found].text.chars().count() {
            return Some(found);
        }
        let (all, said) = self.overlap(&lines[found]);
        let sentence = |line: &Line| line.ends_sentence() && !line.text.ends_with(['?', '!', '…']);
        if all > 0 && said * 2 >= all && !sentence(&lines[found]) {
            return Some(found);
        }
        let candidates = (0..end).filter(|&index| lines[index].is_headline() && !sentence(&lines[index]));
        let better = candidates.filter_map(|index| {
            let (words, known) = self.overlap(&lines[index]);
            (words >= STRANGE && known * 10 >= words * 6).then(|| (index, known * 100 / words))
        });
        // The first of equals.
        let best = better.rev().max_by_key(|(_, share)| *share).map(|(index, _)| index);
        match best {
            Some(index) if sentence(&lines[found]) || said == 0 => Some(index),
            _ if said == 0 && all >= STRANGE => None,
            _ => Some(found),
        }
    }
}

fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| word.chars().count() >= WORD).map(str::to_lowercase)
}
