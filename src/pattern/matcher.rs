//! All phrases and patterns of all packs in one: which entries does a line, or a text, answer to.
//!
//! Owns how that is made fast for lines: a few bytes tell most of them apart, and an expression is compiled when the first text
//! gets that far. Running text is searched by `finder`. Knows no document, and nothing of what an entry means.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use regex_automata::meta::{Config, Regex};
use regex_automata::{Anchored, Input};
use xxhash_rust::xxh3::Xxh3Default;

use super::expression::{CLOSING, Deferred};
use super::finder::{Finder, Searched};
use super::normal::{self, GATE};
use super::opening::OPENING;
use super::parsed;
use super::walk::{Walkable, Walked};
use crate::span::Span;

/// The number of an entry, over all packs.
pub type EntryIndex = usize;

/// What entries look for.
#[derive(Debug, Default)]
pub struct Parts {
    /// Lines in normal form.
    pub phrases: Vec<(String, EntryIndex)>,
    /// Anchored expressions for lines in normal form.
    pub lines: Vec<(Deferred, EntryIndex)>,
    /// The entries whose lines may end with an exclamation mark.
    pub exclaimed: HashSet<EntryIndex>,
    /// Expressions for running text as it stands.
    pub texts: Vec<Searched>,
    /// Expressions for where links lead.
    pub targets: Vec<Searched>,
    /// Expressions for attributes.
    pub attributes: Vec<Searched>,
}

type Map<K, V> = HashMap<K, V, BuildHasherDefault<Xxh3Default>>;

/// A map whose keys are packed bytes.
type Packed<V> = HashMap<u64, V, BuildHasherDefault<Mix>>;

/// Hashes one number, and nothing else: a product spreads its bits well enough for a table that no stranger fills.
#[derive(Debug, Default)]
struct Mix(u64);

impl Hasher for Mix {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.write_u64(byte.into()));
    }

    fn write_u64(&mut self, number: u64) {
        // 2^64 / φ; the upper half, which depends on all bits, is what the table looks at.
        self.0 = (self.0 ^ number).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(32);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// Which beginnings are worth a second look: a bit for each of up to [`GATE`] bytes, some of which share theirs.
#[derive(Debug)]
struct Gate {
    bits: Vec<u64>,
    /// The lengths of the beginnings that there are.
    lengths: Vec<usize>,
}

impl Gate {
    /// 2^16 bits: 8 KiB stay in the fastest memory, and a few thousand beginnings fill little of them.
    const BITS: u32 = 16;

    fn new() -> Self {
        Self { bits: vec![0; 1 << (Self::BITS - 6)], lengths: Vec::new() }
    }

    /// The word of the bit for the first `length` bytes of a beginning, and the bit in it.
    fn bit(opening: &[u8; GATE], length: usize) -> (usize, u64) {
        let first = u32::from_le_bytes(*opening) & u32::MAX >> (8 * (GATE - length));
        // Fibonacci hashing: the upper bits of a product with 2^32 / φ.
        let hash = (first.wrapping_mul(0x9E37_79B9) >> (u32::BITS - Self::BITS)) as usize;
        (hash / 64, 1 << (hash % 64))
    }

    fn admit(&mut self, opening: &[u8]) {
        let length = opening.len().min(GATE);
        if length == 0 {
            return;
        }
        let mut first = [0; GATE];
        first[..length].copy_from_slice(&opening[..length]);
        let (word, bit) = Self::bit(&first, length);
        self.bits[word] |= bit;
        if !self.lengths.contains(&length) {
            self.lengths.push(length);
        }
    }

    /// Whether a line that begins so may begin with one of them; any may that is shorter than [`GATE`].
    fn admits(&self, opening: &[u8]) -> bool {
        let Some(first) = opening.first_chunk() else { return true };
        self.lengths.iter().any(|&length| {
            let (word, bit) = Self::bit(first, length);
            self.bits[word] & bit != 0
        })
    }
}

/// The phrases and patterns, ready to match.
#[derive(Debug)]
pub struct Matcher {
    phrases: Map<String, Vec<EntryIndex>>,
    lines: Vec<Lazy>,
    /// Up to [`OPENING`] bytes with which a phrase or an expression of `lines` begins, packed, and the latter.
    openings: Packed<Vec<usize>>,
    gate: Gate,
    /// The last bytes of what those of `lines` match whose openings cannot be listed, packed, and the latter.
    closings: Packed<Vec<usize>>,
    closing_gate: Gate,
    unforeseen: Unforeseen,
    exclaimed: HashSet<EntryIndex>,
    texts: Finder,
    targets: Finder,
    attributes: Finder,
}

/// Expressions for lines that may begin and end with anything.
#[derive(Debug)]
struct Unforeseen {
    /// Those that may do without any word.
    wordless: Vec<usize>,
    /// The words of which each match of the others holds one, in either letter case, and for each word its expression.
    words: Option<AhoCorasick>,
    held_by: Vec<usize>,
}

impl Unforeseen {
    /// Those of `lines` with the indexes `unforeseen`.
    fn new(lines: &[Lazy], unforeseen: Vec<usize>) -> Self {
        let (mut wordless, mut words, mut held_by) = (Vec::new(), Vec::new(), Vec::new());
        for index in unforeseen {
            let required =
                lines[index].expression.parsed().map(|known| parsed::required(&known.form)).unwrap_or_default();
            if required.is_empty() {
                wordless.push(index);
            }
            held_by.extend(required.iter().map(|_| index));
            words.extend(required);
        }
        let build = || {
            let mut automaton = AhoCorasick::builder();
            automaton.kind(Some(AhoCorasickKind::DFA)).ascii_case_insensitive(true).build(&words).ok()
        };
        Self { wordless, words: if words.is_empty() { None } else { build() }, held_by }
    }

    /// Those that `line` may answer to and that are `on`.
    fn of(&self, line: &str, on: impl Fn(usize) -> bool) -> Vec<usize> {
        let mut found: Vec<usize> = self.wordless.iter().copied().filter(|&index| on(index)).collect();
        if let Some(words) = self.words.as_ref().filter(|_| line.len() <= normal::LONGEST) {
            for held in words.find_overlapping_iter(line) {
                let index = self.held_by[held.pattern().as_usize()];
                if !found.contains(&index) && on(index) {
                    found.push(index);
                }
            }
        }
        found
    }
}

/// An expression that is parsed and compiled when it is needed.
#[derive(Debug)]
pub(super) struct Lazy {
    pub expression: Deferred,
    pub entry: EntryIndex,
    walkable: OnceLock<Option<Walkable>>,
    regex: OnceLock<Option<Regex>>,
}

impl Lazy {
    pub fn new((expression, entry): (Deferred, EntryIndex)) -> Self {
        Self { expression, entry, walkable: OnceLock::new(), regex: OnceLock::new() }
    }

    /// The parsed expression. Reading a pack has shown that there is one.
    fn walkable(&self) -> Option<&Walkable> {
        self.walkable.get_or_init(|| self.expression.parsed().as_ref().map(Walkable::new)).as_ref()
    }

    /// Whether a match of so many bytes is too long for it.
    fn is_outrun(&self, length: usize) -> bool {
        self.walkable().is_some_and(|known| length > known.longest)
    }

    /// Where its match at byte `at` of `text` ends, if there is one.
    pub fn find(&self, text: &str, at: usize) -> Option<usize> {
        match self.walkable()?.walk(text, at) {
            Walked::Match(end) => Some(end),
            Walked::No => None,
            Walked::TooFar => {
                let input = Input::new(text).range(at..).anchored(Anchored::Yes);
                self.regex()?.find(input).map(|found| found.end())
            }
        }
    }

    /// The compiled expression.
    ///
    /// It sees one short text now and then: a plain NFA is ready four times sooner than all that would make it fast on long
    /// ones.
    fn regex(&self) -> Option<&Regex> {
        let plain = Config::new().hybrid(false).dfa(false).onepass(false).auto_prefilter(false);
        let compile = || Regex::builder().configure(plain).build_from_hir(&self.expression.hir()?).ok();
        self.regex.get_or_init(compile).as_ref()
    }
}

impl Matcher {
    /// Makes ready to match `parts`.
    pub fn new(parts: Parts) -> Self {
        let mut openings: Packed<Vec<usize>> = Packed::default();
        let mut gate = Gate::new();
        let mut phrases: Map<String, Vec<EntryIndex>> = Map::default();
        for (phrase, entry) in parts.phrases {
            openings.entry(pack(phrase.as_bytes())).or_default();
            gate.admit(phrase.as_bytes());
            phrases.entry(phrase).or_default().push(entry);
        }
        let mut closings: Packed<Vec<usize>> = Packed::default();
        let mut closing_gate = Gate::new();
        let mut unforeseen = Vec::new();
        for (index, (line, entry)) in parts.lines.iter().enumerate() {
            for text in &line.whole {
                openings.entry(pack(text.as_bytes())).or_default();
                gate.admit(text.as_bytes());
                phrases.entry(text.clone()).or_default().push(*entry);
            }
            match (&line.openings, &line.closings) {
                (Some(known), _) => {
                    for opening in known {
                        openings.entry(pack(opening)).or_default().push(index);
                        gate.admit(opening);
                    }
                }
                (None, Some(known)) => {
                    for closing in known {
                        closings.entry(pack(closing)).or_default().push(index);
                        closing_gate.admit(closing);
                    }
                }
                (None, None) => unforeseen.push(index),
            }
        }
        for lines in openings.values_mut().chain(closings.values_mut()) {
            lines.dedup();
        }
        let lines: Vec<Lazy> = parts.lines.into_iter().map(Lazy::new).collect();
        Self {
            unforeseen: Unforeseen::new(&lines, unforeseen),
            phrases,
            lines,
            openings,
            gate,
            closings,
            closing_gate,
            exclaimed: parts.exclaimed,
            texts: Finder::new(parts.texts),
            targets: Finder::new(parts.targets),
            attributes: Finder::new(parts.attributes),
        }
    }

    /// The patterns that may begin and end with anything and need no word, so that every line has to be looked at.
    pub fn unforeseen(&self) -> impl Iterator<Item = &str> {
        self.unforeseen.wordless.iter().map(|&index| self.lines[index].expression.written())
    }

    /// The entries that `line` as a whole answers to, of those that are `on`, in the order of the packs; `normal` is left
    /// holding its normal form.
    pub fn line(&self, line: &str, on: impl Fn(EntryIndex) -> bool, normal: &mut String) -> Vec<EntryIndex> {
        let mut found = Vec::new();
        let (closed, unforeseen) =
            (self.closed_by(line), self.unforeseen.of(line, |index| on(self.lines[index].entry)));
        let opens = |opening: &[u8]| {
            let known = || opening.len() < OPENING || self.opened_by(opening).next().is_some();
            closed.is_some() || !unforeseen.is_empty() || (self.gate.admits(opening) && known())
        };
        if !normal::normalise_if(line, normal, opens) {
            return found;
        }
        let calm = normal.trim_end_matches(['!', ' ']);
        found.extend(self.phrases.get(normal.as_str()).into_iter().flatten());
        if calm.len() < normal.len() {
            let calm = self.phrases.get(calm).into_iter().flatten();
            found.extend(calm.filter(|entry| self.exclaimed.contains(entry)));
        }
        let opened = self.opened_by(normal.as_bytes()).flatten();
        for &index in opened.chain(closed.into_iter().flatten()).chain(&unforeseen) {
            let lazy = &self.lines[index];
            if !on(lazy.entry) || lazy.is_outrun(calm.len()) {
                continue;
            }
            let exclaimed = calm.len() < normal.len() && self.exclaimed.contains(&lazy.entry);
            let matches = |text: &str| lazy.find(text, 0).is_some();
            if matches(normal) || (exclaimed && matches(calm)) {
                found.push(lazy.entry);
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// For each of the known openings of a line, the expressions that begin so.
    fn opened_by(&self, line: &[u8]) -> impl Iterator<Item = &Vec<usize>> {
        let longest = line.len().min(OPENING);
        (1..=longest).filter_map(move |length| self.openings.get(&pack(&line[..length])))
    }

    /// The expressions that end as `line` does, if any do.
    fn closed_by(&self, line: &str) -> Option<&Vec<usize>> {
        if self.closings.is_empty() || line.len() > normal::LONGEST {
            return None;
        }
        let line = line.trim_end_matches(|c: char| c == '!' || (c.is_ascii() && normal::is_decoration(c))).as_bytes();
        let mut last = *line.last_chunk::<CLOSING>()?;
        last.make_ascii_lowercase();
        if !self.closing_gate.admits(&last) { None } else { self.closings.get(&pack(&last)) }
    }

    /// The places in `text` that entries for running text answer to.
    pub fn text(&self, text: &str) -> Vec<(EntryIndex, Span)> {
        self.texts.find(text)
    }

    /// Whether any entry looks at where links lead.
    pub fn looks_at_targets(&self) -> bool {
        !self.targets.is_empty()
    }

    /// Whether any entry looks at attributes.
    pub fn looks_at_attributes(&self) -> bool {
        !self.attributes.is_empty()
    }

    /// The places in the URL of a link that entries answer to.
    pub fn target(&self, url: &str) -> Vec<(EntryIndex, Span)> {
        self.targets.find(url)
    }

    /// The places in `markup` that entries for attributes answer to, whether in an attribute or not.
    pub fn attribute(&self, markup: &str) -> Vec<(EntryIndex, Span)> {
        self.attributes.find(markup)
    }
}

fn pack(opening: &[u8]) -> u64 {
    opening.iter().take(OPENING).fold(0, |packed, &byte| packed << 8 | u64::from(byte))
}
