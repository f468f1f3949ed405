//! A pattern of which only as much is known as a start needs, until a text looks like a match of it.
//!
//! Owns what that is. `build.rs` needs it too: it knows nothing of the crate.

use regex_syntax::hir::Hir;

use super::common::Common;
use super::edge::Start;
use super::expression;
use super::opening::{self, Beginnings, OPENING};
use super::parsed::Parsed;
use super::written::{Text, Written};

/// A pattern that was checked once, of which only the beginning is known until a text begins so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deferred {
    written: Text,
    reading: Reading,
    /// Whether the first bytes of all that it matches can be listed, if it is for a line.
    pub begun: bool,
    /// As of the [`Expression`](super::expression::Expression).
    pub closings: Option<Vec<Vec<u8>>>,
    /// If it is for running text: the words with which everything begins that it matches, as they may be spelled.
    pub words: Vec<Text>,
    /// What its matches have in common, if that was worked out.
    pub common: Option<Common>,
    /// What [`Deferred::parsed`] says, if it was written down when copydesk was built.
    stored: Option<&'static [u8]>,
}

/// How all begins that a pattern for a line matches.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Begun {
    /// As of the [`Expression`](super::expression::Expression), some of them perhaps shorter, but for what is in `whole`.
    pub openings: Vec<Start>,
    /// Texts that it matches as a whole.
    pub whole: Vec<String>,
}

/// What a pattern is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// A whole line in normal form.
    Line,
    /// Running text, in either letter case.
    Text,
    /// Running text as it stands.
    Exact,
}

impl Deferred {
    /// A pattern for a whole line, and how all begins that it matches, if that can be listed.
    pub fn whole_line(pattern: String) -> (Self, Begun) {
        let (openings, closings, whole) = match opening::of(&pattern, OPENING, true) {
            Some(Beginnings { openings, whole }) => (Some(openings), None, whole),
            None => match expression::whole_line(&pattern) {
                Ok(known) => (known.openings, known.closings, Vec::new()),
                Err(_) => (None, None, Vec::new()),
            },
        };
        let begun = openings.is_some();
        let mut openings: Vec<Start> = openings.iter().flatten().map(|opening| Start::of(opening)).collect();
        openings.dedup();
        let deferred = Self {
            written: pattern.into(),
            reading: Reading::Line,
            begun,
            closings,
            words: Vec::new(),
            common: None,
            stored: None,
        };
        (deferred, Begun { openings, whole })
    }

    /// A pattern for running text, in either letter case unless it is `exact`.
    pub fn within_text(pattern: String, exact: bool) -> Self {
        let openings = match opening::of(&pattern, expression::LONG, false) {
            // In running text nothing is a whole.
            Some(Beginnings { mut openings, whole }) => {
                openings.extend(whole.into_iter().map(String::into_bytes));
                openings
            }
            None => {
                let known = expression::within_text(&pattern, exact).ok();
                known.and_then(|expression| expression.openings).unwrap_or_default()
            }
        };
        let reading = if exact { Reading::Exact } else { Reading::Text };
        let words = spelled(&openings, exact);
        let words = words.into_iter().map(Text::from).collect();
        Self { written: pattern.into(), reading, begun: false, closings: None, words, common: None, stored: None }
    }

    /// Whether it is for whole lines.
    pub fn is_for_lines(&self) -> bool {
        self.reading == Reading::Line
    }

    /// As it is written.
    pub fn written(&self) -> &str {
        &self.written
    }

    /// All of it, ready to be compiled.
    pub fn hir(&self) -> Option<Hir> {
        let pattern = &*self.written;
        let hir = match self.reading {
            Reading::Line => expression::line(pattern),
            Reading::Text => expression::check(&expression::insensitive(pattern), pattern),
            Reading::Exact => expression::check(pattern, pattern),
        };
        hir.ok()
    }

    /// With what its matches have in common, which takes parsing: `build.rs` asks for it.
    #[allow(dead_code, reason = "only `build.rs` has the time")]
    pub fn with_common(self) -> Self {
        let common = self.hir().as_ref().map(Common::of);
        Self { common, ..self }
    }

    /// All of it, ready to be tried.
    pub fn parsed(&self) -> Option<Parsed> {
        match self.stored {
            Some(mut stored) => Parsed::read(&mut stored),
            None => self.hir().as_ref().map(Parsed::of),
        }
    }
}

/// `openings` as words, each written small, in capitals, as a sentence and as a title, unless it is `exact`.
fn spelled(openings: &[Vec<u8>], exact: bool) -> Vec<String> {
    let mut all = Vec::new();
    for word in openings {
        // It may have been cut within a character.
        let word = word.utf8_chunks().next().map_or("", |whole| whole.valid());
        if exact {
            all.push(word.to_owned());
            continue;
        }
        // As it is written, for an abbreviation in it.
        all.extend([capitalized(word), word.to_owned()]);
        let word = word.to_lowercase();
        let title: Vec<String> = word.split(' ').map(capitalized).collect();
        all.extend([word.to_uppercase(), capitalized(&word), title.join(" "), word]);
    }
    all.sort_unstable();
    all.dedup();
    all
}

fn capitalized(word: &str) -> String {
    let Some((at, first)) = word.char_indices().find(|(_, c)| c.is_alphabetic()) else { return word.to_owned() };
    let rest = word[at..].chars().skip(1);
    word[..at].chars().chain(first.to_uppercase()).chain(rest).collect()
}

/// With what it [parses](Deferred::parsed) to behind the rest, which is left as it is written.
impl Written for Deferred {
    fn write(&self, out: &mut Vec<u8>) {
        self.written.write(out);
        (self.reading as usize).write(out);
        self.begun.write(out);
        self.closings.write(out);
        self.words.write(out);
        self.common.write(out);
        let mut parsed = Vec::new();
        if let Some(known) = self.parsed() {
            known.write(&mut parsed);
        }
        parsed.write(out);
    }

    fn read(from: &mut &'static [u8]) -> Option<Self> {
        Some(Self {
            written: Written::read(from)?,
            reading: [Reading::Line, Reading::Text, Reading::Exact].get(usize::read(from)?).copied()?,
            begun: Written::read(from)?,
            closings: Written::read(from)?,
            words: Written::read(from)?,
            common: Written::read(from)?,
            stored: Some(super::written::bytes(from)?),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::test_runner::{Config, TestRunner};

    use super::*;

    #[test]
    fn whatever_a_deferred_pattern_matches_begins_with_its_openings() {
        let words = ["facebook", "x", "google+", "e-mail"].map(regex_syntax::escape).join("|");
        let words = format!("(?:{words})");
        for pattern in [
            &format!("{words}(?: [0-9]+)?(?:(?: | ?[|·•/] ?){words}(?: [0-9]+)?)+"),
            &format!("(?:{words}|like) ?{{1,3}}icon"),
            &format!("{words}'?[dt][ae] paylas|teilen (?:auf|bei) {words}"),
            "[0-9][0-9.,]*[km]? (?:comments?|views?)",
            "ad[-_ ]?(?:slot|unit)[-_ ]?[0-9]*",
            "(?:(?:this|the) )?(?:ad|advert) ends? in [0-9]+",
            "gefallt|поделиться (?:в|через) .{2,40}",
            "(?:a(?:b|cd?)|[xy·é])+ z",
            "(?:our|the) (?:[|·] )?newsletters?",
        ] {
            let (_, begun) = Deferred::whole_line(pattern.to_owned());
            let folded = expression::folded(pattern).expect("a good pattern");
            let matches = proptest::string::string_regex(&folded).expect("a pattern that it knows");
            let mut runner = TestRunner::new(Config { cases: 2_000, ..Config::default() });
            let begins = |text: String| {
                let opened = begun.openings.iter().any(|opening| opening.begins(Start::of(text.as_bytes())));
                prop_assert!(opened || begun.whole.contains(&text), "{text:?}");
                Ok(())
            };
            runner.run(&matches, begins).unwrap_or_else(|error| panic!("{pattern}: {error}"));
        }
    }

    #[test]
    fn what_is_written_down_is_read_again() {
        for deferred in [
            Deferred::whole_line("(?:ad|advertisement)s?: .{2,9}é".to_owned()).0.with_common(),
            Deferred::whole_line(".{2,9} newsletter|реклама".to_owned()).0,
            Deferred::within_text("(?-u:\\b)TODO ?:".to_owned(), true),
        ] {
            let mut written = Vec::new();
            deferred.write(&mut written);
            let mut written: &'static [u8] = written.leak();
            let read = Deferred::read(&mut written).expect("it was written");
            assert!(written.is_empty());
            assert_eq!(read.parsed(), deferred.parsed());
            assert_eq!(Deferred { stored: None, ..read }, deferred);
        }
    }
}
