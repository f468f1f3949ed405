//! A parsed expression, in a form that can be written down when copydesk is built and read when a text gets that far, which
//! takes a small part of the time that parsing takes.
//!
//! Owns that form. `build.rs` needs it too: it knows nothing of the crate.

use regex_syntax::hir::{Class, Hir, HirKind};

use super::written::{Written, written};

/// An expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed {
    /// All of it.
    pub form: Form,
    /// The most bytes that it matches, if there is an end to it.
    pub longest: Option<usize>,
}

/// A part of an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// Nothing.
    Empty,
    /// These bytes.
    Literal(Vec<u8>),
    /// One character of these ranges.
    Chars(Vec<(char, char)>),
    /// One byte of these ranges.
    Bytes(Vec<(u8, u8)>),
    /// What has to stand around the place, by its number in the regex crates.
    Look(u32),
    /// These parts, one after the other.
    All(Vec<Form>),
    /// One of these.
    Any(Vec<Form>),
    /// The same part again and again.
    Repeat {
        /// At least so often.
        min: u32,
        /// At most so often, if there is an end to it.
        max: Option<u32>,
        /// Whether it is tried as often as may be first.
        greedy: bool,
        /// The part.
        form: Box<Form>,
    },
}

impl Parsed {
    /// The expression `hir`.
    pub fn of(hir: &Hir) -> Self {
        Self { form: Form::of(hir), longest: hir.properties().maximum_len() }
    }
}

written!(Parsed { form, longest });

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

/// The kind, and what belongs to it.
impl Written for Form {
    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::Empty => out.push(0),
            Self::Literal(bytes) => {
                out.push(1);
                bytes.write(out);
            }
            Self::Chars(ranges) => {
                out.push(2);
                ranges.write(out);
            }
            Self::Bytes(ranges) => {
                out.push(3);
                ranges.write(out);
            }
            Self::Look(look) => {
                out.push(4);
                look.write(out);
            }
            Self::All(parts) => {
                out.push(5);
                parts.write(out);
            }
            Self::Any(ways) => {
                out.push(6);
                ways.write(out);
            }
            Self::Repeat { min, max, greedy, form } => {
                out.push(7);
                min.write(out);
                max.write(out);
                greedy.write(out);
                form.write(out);
            }
        }
    }

    fn read(from: &mut &'static [u8]) -> Option<Self> {
        Some(match u8::read(from)? {
            0 => Self::Empty,
            1 => Self::Literal(Written::read(from)?),
            2 => Self::Chars(Written::read(from)?),
            3 => Self::Bytes(Written::read(from)?),
            4 => Self::Look(Written::read(from)?),
            5 => Self::All(Written::read(from)?),
            6 => Self::Any(Written::read(from)?),
            7 => Self::Repeat {
                min: Written::read(from)?,
                max: Written::read(from)?,
                greedy: Written::read(from)?,
                form: Box::new(Written::read(from)?),
            },
            _ => return None,
        })
    }
}

/// Words, at most so many, of which everything that `form` matches contains at least one; none if no such words are known.
pub fn required(form: &Form, most: usize) -> Vec<Vec<u8>> {
    fn of(form: &Form, most: usize) -> Option<Vec<Vec<u8>>> {
        match form {
            Form::Literal(literal) => Some(vec![literal.clone()]),
            Form::Repeat { min, form, .. } if *min > 0 => of(form, most),
            // The longest words are the rarest.
            Form::All(parts) => {
                let shortest = |words: &Vec<Vec<u8>>| words.iter().map(Vec::len).min();
                parts.iter().filter_map(|part| of(part, most)).max_by_key(shortest)
            }
            Form::Any(ways) => {
                let words = ways.iter().map(|way| of(way, most)).collect::<Option<Vec<_>>>()?.concat();
                (words.len() <= most).then_some(words)
            }
            _ => None,
        }
    }
    of(form, most).unwrap_or_default()
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
            let words = required(&parsed(pattern).form, 2);
            words.iter().map(|word| String::from_utf8_lossy(word).into_owned()).collect::<Vec<_>>().join("|")
        };
        assert_eq!(words("^.{2,40} may be reached at .{6,160}$"), " may be reached at ");
        assert_eq!(words("[a-z]+@[a-z]+"), "@");
        assert_eq!(words("[a-z]+ (?:uses cookies|needs a cookie) x"), "uses cookies|needs a cookie");
        assert_eq!(words("(?:ab)*[a-z]+(?:c|[de])"), "");
        assert_eq!(words(".* via (?:abcdef|bcdefg|cdefgh)"), " via ");
    }

    #[test]
    fn what_is_written_down_is_read_again() {
        for pattern in ["^(?:a|bc{2,3}?)[^ é-ü\"]*$", "(?i:é\n)(?-u:\\b)(?-u:[a-c])+?", "\u{10FFFF}|"] {
            let parsed = parsed(pattern);
            let mut written = Vec::new();
            parsed.write(&mut written);
            let mut written: &'static [u8] = written.leak();
            assert_eq!(Parsed::read(&mut written), Some(parsed), "{pattern}");
            assert!(written.is_empty(), "{pattern}");
        }
    }
}
