//! All phrases and patterns of all packs in one: which entries does a line, or a text, answer to.
//!
//! Owns how that is made fast: a few bytes tell most lines apart, one automaton finds where patterns for running text may
//! begin, and an expression is compiled when the first text gets that far. Knows no document, and nothing of what an
//! entry means.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use regex_automata::Input;
use regex_automata::meta::{Config, Regex};
use xxhash_rust::xxh3::Xxh3Default;

use super::expression::Deferred;
use super::normal::{self, GATE, OPENING};
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
    /// Expressions for running text as it stands.
    pub texts: Vec<(Deferred, EntryIndex)>,
}

type Map<K, V> = HashMap<K, V, BuildHasherDefault<Xxh3Default>>;

/// Which beginnings of [`GATE`] bytes are worth a second look: a bit for each, some of which share theirs.
#[derive(Debug)]
struct Gate {
    bits: Vec<u64>,
    /// The first bytes of openings that are shorter.
    short: [bool; 256],
}

impl Gate {
    /// 2^14 bits: 2 KiB stay in the fastest memory, and a few hundred beginnings fill little of them.
    const BITS: u32 = 14;

    fn new() -> Self {
        Self { bits: vec![0; 1 << (Self::BITS - 6)], short: [false; 256] }
    }

    fn bit(opening: &[u8]) -> Option<(usize, u64)> {
        let first = u32::from_le_bytes(*opening.first_chunk::<GATE>()?);
        // Fibonacci hashing: the upper bits of a product with 2^32 / φ.
        let hash = (first.wrapping_mul(0x9E37_79B9) >> (u32::BITS - Self::BITS)) as usize;
        Some((hash / 64, 1 << (hash % 64)))
    }

    fn admit(&mut self, opening: &[u8]) {
        match Self::bit(opening) {
            Some((word, bit)) => self.bits[word] |= bit,
            None => opening.first().into_iter().for_each(|&first| self.short[usize::from(first)] = true),
        }
    }

    fn admits(&self, opening: &[u8]) -> bool {
        let short = opening.first().is_some_and(|&first| self.short[usize::from(first)]);
        short || Self::bit(opening).is_none_or(|(word, bit)| self.bits[word] & bit != 0)
    }
}

/// The phrases and patterns, ready to match.
#[derive(Debug)]
pub struct Matcher {
    phrases: Map<String, Vec<EntryIndex>>,
    lines: Vec<Lazy>,
    /// Up to [`OPENING`] bytes with which a phrase or an expression of `lines` begins, packed, and the latter.
    openings: Map<u64, Vec<usize>>,
    gate: Gate,
    /// The expressions of `lines` that may begin with anything.
    unforeseen: Vec<usize>,
    texts: Vec<Lazy>,
    /// The fixed words with which `texts` begin, none of them the beginning of another, and for each of them which of
    /// `texts` may begin so.
    words: Option<AhoCorasick>,
    word_texts: Vec<Vec<usize>>,
}

/// An expression that is compiled when it is needed.
#[derive(Debug)]
struct Lazy {
    expression: Deferred,
    entry: EntryIndex,
    regex: OnceLock<Option<Regex>>,
}

impl Lazy {
    fn new((expression, entry): (Deferred, EntryIndex)) -> Self {
        Self { expression, entry, regex: OnceLock::new() }
    }

    /// The compiled expression. Reading a pack has shown that there is one.
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
        let mut openings: Map<u64, Vec<usize>> = Map::default();
        let mut gate = Gate::new();
        let mut phrases: Map<String, Vec<EntryIndex>> = Map::default();
        for (phrase, entry) in parts.phrases {
            openings.entry(pack(phrase.as_bytes())).or_default();
            gate.admit(phrase.as_bytes());
            phrases.entry(phrase).or_default().push(entry);
        }
        let mut unforeseen = Vec::new();
        for (index, (line, entry)) in parts.lines.iter().enumerate() {
            for text in &line.whole {
                openings.entry(pack(text.as_bytes())).or_default();
                gate.admit(text.as_bytes());
                phrases.entry(text.clone()).or_default().push(*entry);
            }
            match &line.openings {
                Some(known) => {
                    for opening in known {
                        openings.entry(pack(opening)).or_default().push(index);
                        gate.admit(opening);
                    }
                }
                None => unforeseen.push(index),
            }
        }
        for lines in openings.values_mut() {
            lines.dedup();
        }
        let (words, word_texts) = words_of(&parts.texts);
        let mut automaton = AhoCorasick::builder();
        // Told in full rather than by folding case, so that a few bytes of each can be looked for sixteen at a time.
        automaton.kind(Some(AhoCorasickKind::DFA)).match_kind(MatchKind::LeftmostFirst);
        Self {
            phrases,
            lines: parts.lines.into_iter().map(Lazy::new).collect(),
            openings,
            gate,
            unforeseen,
            texts: parts.texts.into_iter().map(Lazy::new).collect(),
            words: if words.is_empty() { None } else { automaton.build(&words).ok() },
            word_texts,
        }
    }

    /// The entries that `line` as a whole answers to, in the order of the packs; `normal` is left holding its normal form.
    pub fn line(&self, line: &str, normal: &mut String) -> Vec<EntryIndex> {
        let mut found = Vec::new();
        let opens = |opening: &[u8]| {
            let known = || opening.len() < OPENING || self.opened_by(opening).next().is_some();
            !self.unforeseen.is_empty() || (self.gate.admits(opening) && known())
        };
        if !normal::normalise_if(line, normal, opens) {
            return found;
        }
        found.extend(self.phrases.get(normal.as_str()).into_iter().flatten());
        for &index in self.opened_by(normal.as_bytes()).flatten().chain(&self.unforeseen) {
            let lazy = &self.lines[index];
            if lazy.regex().is_some_and(|regex| regex.is_match(normal.as_str())) {
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

    /// The places in `text` that entries for running text answer to.
    pub fn text(&self, text: &str) -> Vec<(EntryIndex, Span)> {
        let mut found: Vec<(EntryIndex, Span)> = Vec::new();
        let Some(words) = &self.words else { return found };
        let mut from = 0;
        while let Some(word) = words.find(aho_corasick::Input::new(text).range(from..)) {
            // Within one word another may begin.
            from = word.start() + 1;
            // Looked for at this place only, but with what stands before it in sight.
            let end = (word.start() + normal::LONGEST..text.len()).find(|&end| text.is_char_boundary(end));
            let near = &text[..end.unwrap_or(text.len())];
            for lazy in self.word_texts[word.pattern().as_usize()].iter().map(|&index| &self.texts[index]) {
                let input = Input::new(near).range(word.start()..);
                if let Some(place) = lazy.regex().and_then(|regex| regex.find(input))
                    && place.start() == word.start()
                {
                    found.push((lazy.entry, Span::from(place.range())));
                }
            }
        }
        found.sort_unstable_by_key(|(entry, span)| (*span, *entry));
        found.dedup();
        found
    }
}

/// The words with which `texts` begin, written small, in capitals, as a sentence and as a title, and the texts of each. Of
/// two words of which one begins the other only the shorter is kept.
fn words_of(texts: &[(Deferred, EntryIndex)]) -> (Vec<String>, Vec<Vec<usize>>) {
    let mut all: Vec<(String, usize)> = Vec::new();
    for (index, (text, _)) in texts.iter().enumerate() {
        for word in text.openings.iter().flatten() {
            let word = String::from_utf8_lossy(word).to_lowercase();
            let title: Vec<String> = word.split(' ').map(capitalized).collect();
            all.extend([word.to_uppercase(), capitalized(&word), title.join(" "), word].map(|word| (word, index)));
        }
    }
    all.sort();
    let (mut words, mut word_texts): (Vec<String>, Vec<Vec<usize>>) = (Vec::new(), Vec::new());
    for (word, index) in all {
        match words.last().zip(word_texts.last_mut()) {
            Some((shorter, of_word)) if word.starts_with(shorter.as_str()) => of_word.push(index),
            _ => {
                words.push(word);
                word_texts.push(vec![index]);
            }
        }
    }
    (words, word_texts)
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn pack(opening: &[u8]) -> u64 {
    opening.iter().take(OPENING).fold(0, |packed, &byte| packed << 8 | u64::from(byte))
}
