//! Matches an expression without compiling it, by trying its alternatives one after the other.
//!
//! Most expressions see a handful of short lines in a whole run; to compile one takes longer than all of that. What tries
//! come to is what the regex crate would say: leftmost-first, as Perl has it. Since tries can multiply, they are counted,
//! and whoever asks goes back to a compiled expression when there are too many.

use memchr::memmem::Finder;
use regex_automata::util::look::{Look, LookMatcher};

use super::parsed::{self, Form, Parsed};

/// So many steps take about as long as compiling a plain expression.
const MOST_STEPS: u32 = 4_000;

/// So deep may tries lie in each other: a thread's stack is not endless.
const DEEPEST: u32 = 600;

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Walked {
    /// It matches up to this byte.
    Match(usize),
    /// It does not match.
    No,
    /// There were too many ways to try.
    TooFar,
}

/// An expression, in a form in which most tries end at their first byte.
#[derive(Debug)]
pub struct Walkable {
    root: Part,
    first: First,
    /// If nearly anything may stand at its beginning or again and again within, so that it may be tried at length: words of
    /// which each match holds one.
    words: Vec<Finder<'static>>,
    /// The most bytes that it matches; `usize::MAX` if there is no end to it.
    pub longest: usize,
}

impl Walkable {
    /// The expression `parsed`.
    pub fn new(parsed: &Parsed) -> Self {
        /// More words take as long to look for as tries do.
        const FEW: usize = 8;
        let root = Part::of(&parsed.form);
        let first = First::of(&root);
        let open = first.is_nearly_any() || root.wanders();
        let words = if open { parsed::required(&parsed.form, FEW) } else { Vec::new() };
        let words = words.iter().map(|word| Finder::new(word).into_owned()).collect();
        Self { root, first, words, longest: parsed.longest.unwrap_or(usize::MAX) }
    }

    /// Tries it at byte `at` of `text`; what stands before is in sight, as for a word boundary.
    pub fn walk(&self, text: &str, at: usize) -> Walked {
        let mut walker = Walker { text: text.as_bytes(), steps: 0, depth: 0, end: None };
        let holds = |word: &Finder| word.find(&text.as_bytes()[at..]).is_some();
        if !walker.begins(&self.first, at) || !self.words.is_empty() && !self.words.iter().any(holds) {
            return Walked::No;
        }
        let matched = walker.go(&self.root, at, &mut |walker, end| {
            walker.end = Some(end);
            true
        });
        match walker.end.filter(|_| matched) {
            Some(end) => Walked::Match(end),
            None if walker.steps > MOST_STEPS => Walked::TooFar,
            None => Walked::No,
        }
    }
}

/// A part of an expression.
#[derive(Debug)]
enum Part {
    Empty,
    Literal(Box<[u8]>),
    Class(Set),
    Look(Look),
    All(Box<[Part]>),
    Any(Box<[(First, Part)]>),
    Repeat(Box<Repeat>),
}

#[derive(Debug)]
struct Repeat {
    min: u32,
    max: u32,
    greedy: bool,
    first: First,
    part: Part,
}

/// One character of a class.
#[derive(Debug)]
struct Set {
    /// The ASCII ones, a bit each.
    ascii: u128,
    /// All of them, in order.
    ranges: Box<[(char, char)]>,
    /// If it is a class of bytes: these.
    bytes: Option<Box<[(u8, u8)]>>,
}

/// The bytes that a part may begin with, a bit each, and whether it may match nothing.
#[derive(Debug, Clone, Copy, Default)]
struct First {
    bytes: [u64; 4],
    empty: bool,
}

impl Part {
    fn of(form: &Form) -> Self {
        match form {
            Form::Empty => Self::Empty,
            Form::Literal(literal) => Self::Literal(literal.as_slice().into()),
            Form::Chars(_) | Form::Bytes(_) => Self::Class(Set::of(form)),
            Form::Look(look) => Look::from_repr(*look).map_or(Self::Any(Box::default()), Self::Look),
            Form::All(parts) => Self::All(parts.iter().map(Self::of).collect()),
            Form::Any(ways) => {
                let ways = ways.iter().map(Self::of);
                Self::Any(ways.map(|way| (First::of(&way), way)).collect())
            }
            Form::Repeat { min, max, greedy, form } => {
                let part = Self::of(form);
                Self::Repeat(Box::new(Repeat {
                    min: *min,
                    max: max.unwrap_or(u32::MAX),
                    greedy: *greedy,
                    first: First::of(&part),
                    part,
                }))
            }
        }
    }

    /// Whether it goes on over nearly anything.
    fn wanders(&self) -> bool {
        match self {
            Self::Empty | Self::Literal(_) | Self::Class(_) | Self::Look(_) => false,
            Self::All(parts) => parts.iter().any(Self::wanders),
            Self::Any(ways) => ways.iter().any(|(_, way)| way.wanders()),
            Self::Repeat(repeat) => repeat.first.is_nearly_any() || repeat.part.wanders(),
        }
    }
}

impl Set {
    /// The class `form`; nothing, if it is none.
    fn of(form: &Form) -> Self {
        let chars = if let Form::Chars(ranges) = form { ranges.as_slice() } else { &[] };
        let bytes = if let Form::Bytes(ranges) = form { Some(ranges.as_slice()) } else { None };
        let of_chars = chars.iter().map(|&(low, high)| (low.into(), high.into()));
        let of_bytes = bytes.into_iter().flatten().map(|&(low, high)| (low.into(), high.into()));
        let ascii = of_chars.chain(of_bytes).fold(0, |bits, (low, high): (u32, u32)| {
            (low..=high.min(0x7F)).fold(bits, |bits, byte| bits | 1u128 << byte)
        });
        Self { ascii, ranges: chars.into(), bytes: bytes.map(Into::into) }
    }

    /// Where its character at `at` ends, if one stands there.
    fn end(&self, text: &[u8], at: usize) -> Option<usize> {
        let first = *text.get(at)?;
        if first.is_ascii() {
            return (self.ascii & 1 << first != 0).then_some(at + 1);
        }
        if let Some(bytes) = &self.bytes {
            return bytes.iter().any(|(low, high)| (low..=high).contains(&&first)).then_some(at + 1);
        }
        let (c, length) = decode(&text[at..], first)?;
        let after = self.ranges.partition_point(|(low, _)| *low <= c);
        (after > 0 && c <= self.ranges[after - 1].1).then_some(at + length)
    }
}

impl First {
    fn of(part: &Part) -> Self {
        match part {
            Part::Empty | Part::Look(_) => Self { empty: true, ..Self::default() },
            Part::Literal(literal) => match literal.first() {
                Some(&first) => Self::default().with(first, first),
                None => Self { empty: true, ..Self::default() },
            },
            Part::Class(set) => {
                let bytes = set.bytes.iter().flatten().copied();
                let first_byte = |c: char| c.encode_utf8(&mut [0; 4]).as_bytes()[0];
                let chars = set.ranges.iter().map(|&(low, high)| (first_byte(low), first_byte(high)));
                bytes.chain(chars).fold(Self::default(), |all, (low, high)| all.with(low, high))
            }
            Part::All(parts) => {
                let mut all = Self { empty: true, ..Self::default() };
                for first in parts.iter().map(Self::of) {
                    all = Self { empty: first.empty, ..all.or(first) };
                    if !all.empty {
                        break;
                    }
                }
                all
            }
            Part::Any(ways) => ways.iter().fold(Self::default(), |all, (first, _)| all.or(*first)),
            Part::Repeat(repeat) => Self { empty: repeat.min == 0 || repeat.first.empty, ..repeat.first },
        }
    }

    /// Whether it tells hardly anything.
    fn is_nearly_any(self) -> bool {
        /// Letters, digits and marks are fewer than these.
        const MANY: u32 = 100;
        self.empty || self.bytes.iter().map(|bits| bits.count_ones()).sum::<u32>() > MANY
    }

    fn with(mut self, low: u8, high: u8) -> Self {
        (low..=high).for_each(|byte| self.bytes[usize::from(byte / 64)] |= 1 << (byte % 64));
        self
    }

    fn or(self, other: Self) -> Self {
        let mut bytes = self.bytes;
        bytes.iter_mut().zip(other.bytes).for_each(|(own, others)| *own |= others);
        Self { bytes, empty: self.empty || other.empty }
    }
}

struct Walker<'t> {
    text: &'t [u8],
    steps: u32,
    depth: u32,
    end: Option<usize>,
}

/// What has to match behind a place.
type Rest<'r, 't> = &'r mut dyn FnMut(&mut Walker<'t>, usize) -> bool;

impl<'t> Walker<'t> {
    /// Whether a part that begins so may match at `at`.
    fn begins(&self, first: &First, at: usize) -> bool {
        first.empty || self.text.get(at).is_some_and(|byte| first.bytes[usize::from(byte / 64)] & 1 << (byte % 64) != 0)
    }

    fn go(&mut self, part: &Part, at: usize, rest: Rest<'_, 't>) -> bool {
        self.steps += 1;
        if self.depth > DEEPEST {
            self.steps = MOST_STEPS + 1;
        }
        if self.steps > MOST_STEPS {
            return false;
        }
        self.depth += 1;
        let matched = match part {
            Part::Empty => rest(self, at),
            Part::Literal(literal) => {
                // Most tries end at the first byte, and to call on the comparison of memory takes longer than that.
                let first = literal.first().is_none_or(|first| self.text.get(at) == Some(first));
                first && self.text[at..].starts_with(literal) && rest(self, at + literal.len())
            }
            Part::Class(set) => set.end(self.text, at).is_some_and(|end| rest(self, end)),
            Part::Look(look) => self.look(*look, at) && rest(self, at),
            Part::All(parts) => self.all(parts, at, rest),
            Part::Any(ways) => ways.iter().any(|(first, way)| self.begins(first, at) && self.go(way, at, rest)),
            Part::Repeat(repeat) => match &repeat.part {
                Part::Class(set) => self.repeat_class(repeat, set, at, rest),
                _ => self.repeat(repeat, 0, at, rest),
            },
        };
        self.depth -= 1;
        matched
    }

    fn all(&mut self, parts: &[Part], at: usize, rest: Rest<'_, 't>) -> bool {
        match parts.split_first() {
            None => rest(self, at),
            Some((first, others)) => self.go(first, at, &mut |walker, end| walker.all(others, end, rest)),
        }
    }

    /// Tries once more, then to go on; the other way round where the expression is not greedy.
    fn repeat(&mut self, repeat: &Repeat, done: u32, at: usize, rest: Rest<'_, 't>) -> bool {
        let more = done < repeat.max && self.begins(&repeat.first, at);
        let once_more = |walker: &mut Self, rest: Rest<'_, 't>| {
            more && walker.go(&repeat.part, at, &mut |walker, end| {
                // What matches nothing would do so for ever.
                (end > at || done < repeat.min) && walker.repeat(repeat, done + 1, end, rest)
            })
        };
        if done < repeat.min {
            return once_more(self, rest);
        }
        // Not greedy, it goes on first.
        if !repeat.greedy && rest(self, at) {
            return true;
        }
        once_more(self, rest) || (repeat.greedy && rest(self, at))
    }

    /// As [`Walker::repeat`], for one character again and again: without going deeper for each.
    fn repeat_class(&mut self, repeat: &Repeat, set: &Set, at: usize, rest: Rest<'_, 't>) -> bool {
        let (mut done, mut end) = (0, at);
        while done < repeat.min {
            let Some(next) = set.end(self.text, end) else { return false };
            (done, end) = (done + 1, next);
        }
        if !repeat.greedy {
            loop {
                if rest(self, end) {
                    return true;
                }
                match set.end(self.text, end).filter(|_| done < repeat.max && self.steps <= MOST_STEPS) {
                    Some(next) => (done, end) = (done + 1, next),
                    None => return false,
                }
            }
        }
        let least = end;
        while let Some(next) = set.end(self.text, end).filter(|_| done < repeat.max) {
            (done, end) = (done + 1, next);
        }
        loop {
            if rest(self, end) {
                return true;
            }
            self.steps += 1;
            if end == least || self.steps > MOST_STEPS {
                return false;
            }
            end -= 1;
            // A class of characters, not of bytes: back to where one begins.
            while set.bytes.is_none() && self.text.get(end).is_some_and(|byte| byte & 0xC0 == 0x80) {
                end -= 1;
            }
        }
    }

    fn look(&self, look: Look, at: usize) -> bool {
        LookMatcher::new().matches(look, self.text, at)
    }
}

/// The first character of `text`, which is UTF-8 from there and begins with the byte `first`, and its length in bytes.
fn decode(text: &[u8], first: u8) -> Option<(char, usize)> {
    let length = match first {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return None,
    };
    let c = str::from_utf8(text.get(..length)?).ok()?.chars().next()?;
    Some((c, length))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use regex_automata::meta::Regex;
    use regex_automata::{Anchored, Input};

    use super::*;

    fn walk(pattern: &str, text: &str, at: usize) -> Walked {
        Walkable::new(&Parsed::of(&regex_syntax::parse(pattern).expect("a good pattern"))).walk(text, at)
    }

    /// What the compiled expression says.
    fn compiled(pattern: &str, text: &str, at: usize) -> Walked {
        let regex = Regex::new(pattern).expect("a good pattern");
        match regex.find(Input::new(text).range(at..).anchored(Anchored::Yes)) {
            Some(found) => Walked::Match(found.end()),
            None => Walked::No,
        }
    }

    const PATTERNS: &[&str] = &[
        "^(?:a|ab)(?:c|bcd)(?:d*)$",
        "(?:a|ab)(?:c|bcd)(?:d*)",
        "[^ .!?]{2,5}(?: [a-c]+){1,3}?",
        "(?i:é[a-d]{1,3})(?-u:\\b)",
        "(?:(?:a|b)?c?)*d",
        ".{2,8} (?:b|cd).{0,3}",
        "(?:ab?){2,4}b*?",
        "a.*?b.*c?",
        "(?:[ab]|é)+(?:c|$)",
        "[a-d é日]+(?-u:\\b)d?",
        "(?:a?|b)(?:[^a-d]|日)*c",
        "(?-u:[a-c])(?:é|[à-ï]{2}|)b?",
    ];

    proptest! {
        #[test]
        fn says_what_the_compiled_expression_says(text in "[abcdé日 .]{0,14}", which in 0..PATTERNS.len(), at in 0usize..6) {
            let at = text.char_indices().map(|(at, _)| at).nth(at).unwrap_or(0);
            let pattern = PATTERNS[which];
            let walked = walk(pattern, &text, at);
            if walked != Walked::TooFar {
                prop_assert_eq!(walked, compiled(pattern, &text, at), "{} at {} of {:?}", pattern, at, text);
            }
        }
    }

    #[test]
    fn gives_up_where_tries_multiply() {
        let text = format!("{}b", "a".repeat(60));
        assert_eq!(walk("(?:a|aa)+c", &text, 0), Walked::TooFar);
        assert_eq!(walk("a+c", &text, 0), Walked::No);
        assert_eq!(walk("(?:ab|c)*d", &"ab".repeat(300), 0), Walked::TooFar);
    }
}
