//! A parsed expression, in a form that can be written down when copydesk is built and read when a text gets that far, which
//! takes a small part of the time that parsing takes.
//!
//! Owns that form. `build.rs` needs it too: it knows nothing of the crate.

use regex_syntax::hir::{Class, Hir, HirKind};
use serde::{Deserialize, Serialize};

/// An expression.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parsed {
    /// All of it.
    #[serde(rename = "f")]
    pub form: Form,
    /// The most bytes that it matches, if there is an end to it.
    #[serde(rename = "l")]
    pub longest: Option<usize>,
}

/// A part of an expression. The names in which it is written are short, for there are thousands of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Form {
    /// Nothing.
    #[serde(rename = "e")]
    Empty,
    /// These bytes.
    #[serde(rename = "l")]
    Literal(Vec<u8>),
    /// One character of these ranges.
    #[serde(rename = "c")]
    Chars(Vec<(char, char)>),
    /// One byte of these ranges.
    #[serde(rename = "b")]
    Bytes(Vec<(u8, u8)>),
    /// What has to stand around the place, by its number in the regex crates.
    #[serde(rename = "k")]
    Look(u32),
    /// These parts, one after the other.
    #[serde(rename = "a")]
    All(Vec<Form>),
    /// One of these.
    #[serde(rename = "o")]
    Any(Vec<Form>),
    /// The same part again and again.
    #[serde(rename = "r")]
    Repeat {
        /// At least so often.
        #[serde(rename = "n")]
        min: u32,
        /// At most so often, if there is an end to it.
        #[serde(rename = "x")]
        max: Option<u32>,
        /// Whether it is tried as often as may be first.
        #[serde(rename = "g")]
        greedy: bool,
        /// The part.
        #[serde(rename = "f")]
        form: Box<Form>,
    },
}

impl Parsed {
    /// The expression `hir`.
    pub fn of(hir: &Hir) -> Self {
        Self { form: Form::of(hir), longest: hir.properties().maximum_len() }
    }

    /// What was written down as JSON.
    pub fn read(written: &str) -> Option<Self> {
        serde_json::from_str(written).ok()
    }
}

impl Form {
    fn of(hir: &Hir) -> Self {
        match hir.kind() {
            HirKind::Empty => Self::Empty,
            HirKind::Literal(literal) => Self::Literal(literal.0.to_vec()),
            HirKind::Class(Class::Unicode(class)) => {
                Self::Chars(class.ranges().iter().map(|range| (range.start(), range.end())).collect())
            }
            HirKind::Class(Class::Bytes(class)) => {
                Self::Bytes(class.ranges().iter().map(|range| (range.start(), range.end())).collect())
            }
            HirKind::Look(look) => Self::Look(look.as_repr()),
            HirKind::Capture(capture) => Self::of(&capture.sub),
            HirKind::Concat(parts) => Self::All(parts.iter().map(Self::of).collect()),
            HirKind::Alternation(ways) => Self::Any(ways.iter().map(Self::of).collect()),
            HirKind::Repetition(repetition) => Self::Repeat {
                min: repetition.min,
                max: repetition.max,
                greedy: repetition.greedy,
                form: Box::new(Self::of(&repetition.sub)),
            },
        }
    }
}

/// Words of which everything that `form` matches contains at least one; none if no such words are known.
pub fn required(form: &Form) -> Vec<Vec<u8>> {
    /// More words than this tell little.
    const MOST: usize = 80;
    fn of(form: &Form) -> Option<Vec<Vec<u8>>> {
        match form {
            Form::Literal(literal) => Some(vec![literal.clone()]),
            Form::Repeat { min, form, .. } if *min > 0 => of(form),
            // The longest words are the rarest.
            Form::All(parts) => {
                let shortest = |words: &Vec<Vec<u8>>| words.iter().map(Vec::len).min();
                parts.iter().filter_map(of).max_by_key(shortest)
            }
            Form::Any(ways) => {
                let words = ways.iter().map(of).collect::<Option<Vec<_>>>()?.concat();
                (words.len() <= MOST).then_some(words)
            }
            _ => None,
        }
    }
    of(form).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(pattern: &str) -> Parsed {
        Parsed::of(&regex_syntax::parse(pattern).expect("a good pattern"))
    }

    #[test]
    fn required_words_are_the_longest_that_every_match_has() {
        let words = |pattern: &str| {
            let words = required(&parsed(pattern).form);
            words.iter().map(|word| String::from_utf8_lossy(word).into_owned()).collect::<Vec<_>>().join("|")
        };
        assert_eq!(words("^.{2,40} may be reached at .{6,160}$"), " may be reached at ");
        assert_eq!(words("[a-z]+@[a-z]+"), "@");
        assert_eq!(words("[a-z]+ (?:uses cookies|needs a cookie) x"), "uses cookies|needs a cookie");
        assert_eq!(words("(?:ab)*[a-z]+(?:c|[de])"), "");
    }

    #[test]
    fn what_is_written_down_is_read_again() {
        for pattern in ["^(?:a|bc{2,3}?)[^ é-ü\"]*$", "(?i:é\n)(?-u:\\b)(?-u:[a-c])+?", "\u{10FFFF}|"] {
            let parsed = parsed(pattern);
            let written = serde_json::to_string(&parsed).expect("it can be written");
            // One line each.
            assert!(!written.contains('\n'), "{pattern}");
            assert_eq!(Parsed::read(&written), Some(parsed), "{pattern}");
        }
    }
}
