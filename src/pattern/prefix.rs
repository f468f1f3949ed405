//! Which of many beginnings a line has: told by its first bytes alone, for most lines by a few bits.
//!
//! Owns the order in which beginnings are kept. Knows nothing of what begins so.

use super::edge::{MOST, Start};

/// Beginnings of a few bytes, each with a number.
#[derive(Debug)]
pub struct Prefixes {
    /// In order.
    starts: Vec<Start>,
    /// For each of them the number of the longest of the others that it begins with.
    parents: Vec<Option<usize>>,
    gate: Gate,
}

impl Prefixes {
    /// Those that are `starts`, each of them once.
    pub fn new(starts: impl Iterator<Item = Start>) -> Self {
        let mut starts: Vec<Start> = starts.collect();
        // They come in a few runs that are in order.
        starts.sort();
        starts.dedup();
        let mut parents: Vec<Option<usize>> = Vec::with_capacity(starts.len());
        for (number, start) in starts.iter().enumerate() {
            // What begins it stands before it, and begins all that stands between: it is the one before or begins that, too.
            let mut parent = number.checked_sub(1);
            while let Some(known) = parent.filter(|&known| !starts[known].begins(*start)) {
                parent = parents[known];
            }
            parents.push(parent);
        }
        let mut gate = Gate::new();
        starts.iter().for_each(|start| gate.admit(*start));
        Self { starts, parents, gate }
    }

    /// All of them, by their numbers.
    pub fn starts(&self) -> &[Start] {
        &self.starts
    }

    /// How many there are; their numbers are smaller.
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// The number of `start`, if it is one of them.
    pub fn number(&self, start: Start) -> Option<usize> {
        self.starts.binary_search(&start).ok()
    }

    /// Those with which a line begins whose first bytes are `line`, the longest first.
    pub fn of(&self, line: Start) -> impl Iterator<Item = usize> {
        let last = if self.gate.admits(line) { self.behind(line).checked_sub(1) } else { None };
        // As above: they are the last one that is not behind the line, those that it begins with, and theirs.
        let known = std::iter::successors(last, |&known| self.parents[known]);
        known.filter(move |&known| self.starts[known].begins(line))
    }

    /// Whether there is one that begins with `line` and goes on.
    pub fn go_on(&self, line: Start) -> bool {
        let may = (line.length as usize) < MOST && (line.length < Gate::LONGEST || self.gate.admits(line));
        may && self.starts.get(self.behind(line)).is_some_and(|next| line.begins(*next))
    }

    fn behind(&self, line: Start) -> usize {
        self.starts.partition_point(|start| *start <= line)
    }
}

/// Which beginnings are worth a second look: a bit for each of up to [`Gate::LONGEST`] bytes, some of which share theirs.
#[derive(Debug)]
struct Gate {
    bits: Box<[u64; Self::WORDS]>,
    /// The lengths of the beginnings that there are.
    lengths: Vec<u32>,
}

impl Gate {
    /// 2^16 bits: 8 KiB stay in the fastest memory, and a few thousand beginnings fill little of them.
    const BITS: u32 = 16;
    const WORDS: usize = 1 << (Self::BITS - 6);

    /// So many bytes are enough to tell most lines apart from all that is looked for.
    const LONGEST: u32 = 4;

    fn new() -> Self {
        Self { bits: Box::new([0; Self::WORDS]), lengths: Vec::new() }
    }

    /// The word of the bit for the first `length` bytes of a beginning, at least one, and the bit in it.
    #[inline]
    fn bit(start: Start, length: u32) -> (usize, u64) {
        let first = start.bytes >> (u64::BITS - 8 * length);
        // Fibonacci hashing: the upper bits of a product with 2^64 / φ.
        let hash = (first.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (u64::BITS - Self::BITS)) as usize;
        (hash / 64, 1 << (hash % 64))
    }

    fn admit(&mut self, start: Start) {
        let length = start.length.min(Self::LONGEST);
        if length == 0 {
            return;
        }
        let (word, bit) = Self::bit(start, length);
        self.bits[word] |= bit;
        if !self.lengths.contains(&length) {
            self.lengths.push(length);
        }
    }

    /// Whether a line that begins so may begin with one of them, or one of them go on behind these bytes if they are
    /// [`Gate::LONGEST`].
    fn admits(&self, line: Start) -> bool {
        self.lengths.iter().any(|&length| {
            let (word, bit) = Self::bit(line, length);
            length <= line.length && self.bits[word] & bit != 0
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn all_beginnings_of_a_line_are_found(
            beginnings in prop::collection::vec("[ab\0]{1,10}", 0..40),
            line in "[ab\0]{1,12}",
        ) {
            let known = Prefixes::new(beginnings.iter().map(|beginning| Start::of(beginning.as_bytes())));
            let mut expected: Vec<_> = beginnings.iter().map(|one| &one[..one.len().min(MOST)]).collect();
            expected.sort();
            expected.dedup();
            prop_assert_eq!(known.len(), expected.len());
            let start = Start::of(line.as_bytes());
            let goes_on = |one: &&str| one.len() > line.len() && one.starts_with(&line);
            prop_assert_eq!(known.go_on(start), expected.iter().any(goes_on));
            let begins = |number: &usize| line.starts_with(expected[*number]);
            let begun: Vec<_> = (0..expected.len()).filter(begins).rev().collect();
            prop_assert_eq!(known.of(start).collect::<Vec<_>>(), begun);
            for (number, beginning) in expected.iter().enumerate() {
                prop_assert_eq!(known.number(Start::of(beginning.as_bytes())), Some(number));
            }
        }
    }
}
