//! All phrases and patterns of all packs in one: which entries does a line, or a text, answer to.
//!
//! Owns how that is made fast for lines: a few bytes tell most of them apart, and an expression is compiled when the first text
//! gets that far. Running text is searched by `finder`. Knows no document, and nothing of what an entry means.

use std::cell::OnceCell;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use regex_automata::meta::{Config, Regex};
use regex_automata::{Anchored, Input};

use super::deferred::Deferred;
use super::edge::{End, Start};
use super::expression::CLOSING;
use super::finder::{Finder, Searched};
use super::glance;
use super::normal;
use super::parsed;
use super::prefix::Prefixes;
use super::walk::{Walkable, Walked};
use super::written::Text;
use crate::span::Span;

/// The number of an entry, over all packs.
pub type EntryIndex = usize;

/// What entries look for.
#[derive(Debug, Default)]
pub struct Parts {
    /// Lines in normal form.
    pub phrases: Vec<(Text, EntryIndex)>,
    /// The first bytes of what expressions of `lines` match, each with the number of the expression.
    pub openings: Vec<(Start, usize)>,
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

/// The phrases and patterns, ready to match.
#[derive(Debug)]
pub struct Matcher {
    /// In order.
    phrases: Vec<(Text, EntryIndex)>,
    lines: Vec<Lazy>,
    /// The first bytes of a phrase, or of what an expression of `lines` matches, and by their numbers what begins so.
    openings: Prefixes,
    opened: Vec<Opened>,
    /// The expressions in the order of their openings.
    begun: Vec<usize>,
    /// The last bytes of what those of `lines` match whose openings cannot be listed, and by their numbers the latter.
    closings: Prefixes,
    closed: Vec<Vec<usize>>,
    unforeseen: Unforeseen,
    exclaimed: HashSet<EntryIndex>,
    texts: Finder,
    targets: Finder,
    attributes: Finder,
}

/// What begins with the same bytes.
#[derive(Debug)]
struct Opened {
    /// Where the expressions stand among [`Matcher::begun`].
    lines: Range<usize>,
    /// How many bytes the longest of the phrases has, if there is one.
    phrase: Option<usize>,
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
        /// More words than these tell little.
        const MOST: usize = 80;
        let (mut wordless, mut words, mut held_by) = (Vec::new(), Vec::new(), Vec::new());
        for index in unforeseen {
            let required =
                lines[index].expression.parsed().map(|known| parsed::required(&known.form, MOST)).unwrap_or_default();
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
        if self.wordless.is_empty() && self.words.is_none() {
            return Vec::new();
        }
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

    /// Whether `text` may be a match of it.
    fn may_be(&self, text: &str) -> bool {
        self.expression.common.as_ref().is_none_or(|common| common.is_in(text))
    }

    /// Whether it may match a text that ends so.
    fn may_end(&self, end: End) -> bool {
        self.expression.common.as_ref().is_none_or(|common| common.may_end(end))
    }

    /// The most bytes that it matches, as far as that is known without parsing it.
    fn longest(&self) -> usize {
        self.expression.common.as_ref().and_then(|common| common.longest).unwrap_or(usize::MAX)
    }

    /// Whether a match of so many bytes is too long for it.
    fn is_outrun(&self, length: usize) -> bool {
        match &self.expression.common {
            Some(common) => common.longest.is_some_and(|longest| length > longest),
            None => self.walkable().is_some_and(|known| length > known.longest),
        }
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
    pub fn new(mut parts: Parts) -> Self {
        let ended = parts.lines.iter().map(|(line, _)| line).filter(|line| !line.begun);
        let ended = ended.flat_map(|line| line.closings.iter().flatten());
        let closings = Prefixes::new(ended.map(|closing| Start::of(closing)));
        let mut closed = vec![Vec::new(); closings.len()];

        // Those of each pack are in order.
        parts.phrases.sort();
        parts.openings.sort();
        parts.openings.dedup();
        let begun = parts.openings.iter().map(|(opening, _)| *opening);
        let openings = Prefixes::new(parts.phrases.iter().map(|(phrase, _)| Start::of(phrase.as_bytes())).chain(begun));
        let (mut phrases, mut lines) = (parts.phrases.iter().peekable(), 0);
        let opened = |start: &Start| {
            let first = lines;
            lines += parts.openings[first..].iter().take_while(|(opening, _)| opening == start).count();
            let alike = std::iter::from_fn(|| phrases.next_if(|(phrase, _)| Start::of(phrase.as_bytes()) == *start));
            Opened { lines: first..lines, phrase: alike.map(|(phrase, _)| phrase.len()).max() }
        };
        let opened = openings.starts().iter().map(opened).collect();
        let mut unforeseen = Vec::new();
        for (index, (line, _)) in parts.lines.iter().enumerate() {
            match (line.begun, &line.closings) {
                (true, _) => {}
                (false, Some(known)) => {
                    let known = known.iter().filter_map(|closing| closings.number(Start::of(closing)));
                    known.for_each(|closing| closed[closing].push(index));
                }
                (false, None) => unforeseen.push(index),
            }
        }
        closed.iter_mut().for_each(Vec::dedup);
        let lines: Vec<Lazy> = parts.lines.into_iter().map(Lazy::new).collect();
        Self {
            unforeseen: Unforeseen::new(&lines, unforeseen),
            lines,
            openings,
            opened,
            begun: parts.openings.into_iter().map(|(_, line)| line).collect(),
            phrases: parts.phrases,
            closings,
            closed,
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
        if line.is_empty() {
            return found;
        }
        let (closed, unforeseen) =
            (self.closed_by(line), self.unforeseen.of(line, |index| on(self.lines[index].entry)));
        let anyhow = closed.is_some() || !unforeseen.is_empty();
        let end = OnceCell::new();
        let may_end = |lazy: &Lazy| end.get_or_init(|| glance::back(line)).is_none_or(|end| lazy.may_end(end));
        let reach = |start: Start| {
            if anyhow || self.openings.go_on(start) {
                return Some(usize::MAX);
            }
            let opened = self.openings.of(start).map(|opening| &self.opened[opening]);
            let longest = |opened: &Opened| {
                let lines = self.begun[opened.lines.clone()].iter().map(|&index| &self.lines[index]);
                lines.filter(|lazy| may_end(lazy)).map(Lazy::longest).chain(opened.phrase).max()
            };
            opened.filter_map(longest).max()
        };
        if !normal::normalise_if(line, normal, reach) {
            return found;
        }
        let calm = normal::calm(normal);
        let hit = |&index: &usize| {
            let lazy = &self.lines[index];
            if !on(lazy.entry) || lazy.is_outrun(calm.len()) {
                return None;
            }
            let exclaimed = calm.len() < normal.len() && self.exclaimed.contains(&lazy.entry);
            let matches = |text: &str| lazy.may_be(text) && lazy.find(text, 0).is_some();
            (matches(normal) || (exclaimed && matches(calm))).then_some(lazy.entry)
        };
        for opened in self.openings.of(Start::of(normal.as_bytes())).map(|opening| &self.opened[opening]) {
            // Any phrase begins as the line does, be it with or without exclamation marks behind them.
            if opened.phrase.is_some_and(|longest| calm.len() <= longest) {
                found.extend(self.phrase(normal));
                if calm.len() < normal.len() {
                    found.extend(self.phrase(calm).filter(|entry| self.exclaimed.contains(entry)));
                }
            }
            found.extend(self.begun[opened.lines.clone()].iter().filter_map(hit));
        }
        found.extend(closed.into_iter().flatten().chain(&unforeseen).filter_map(hit));
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The entries with the phrase `line`.
    fn phrase(&self, line: &str) -> impl Iterator<Item = EntryIndex> {
        let first = self.phrases.partition_point(|(phrase, _)| **phrase < *line);
        self.phrases[first..].iter().take_while(move |(phrase, _)| phrase == line).map(|(_, entry)| *entry)
    }

    /// The expressions that end as the normal form of `line` does, if any do.
    fn closed_by(&self, line: &str) -> Option<&Vec<usize>> {
        if line.len() > normal::LONGEST || self.closed.is_empty() {
            return None;
        }
        let mut bytes = line.as_bytes();
        while let [rest @ .., last] = bytes
            && (*last == b'!' || normal::decorates(*last))
        {
            bytes = rest;
        }
        let mut last = *bytes.last_chunk::<CLOSING>()?;
        if last.is_ascii() {
            last.make_ascii_lowercase();
        } else {
            last = normal::last_of_ascii(line)?;
        }
        self.closings.of(Start::of(&last)).next().map(|closing| &self.closed[closing])
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

    /// The places in `markup` that entries for attributes answer to and that begin within one of `parts`, and perhaps some
    /// others, whether in an attribute or not.
    pub fn attribute(&self, markup: &str, parts: impl Iterator<Item = Span>) -> Vec<(EntryIndex, Span)> {
        self.attributes.find_in(markup, parts)
    }
}
