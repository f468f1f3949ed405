//! Matches a parsed expression without compiling it, by trying its alternatives one after the other.
//!
//! Most expressions see a handful of short lines in a whole run; to compile one takes longer than all of that. What tries
//! come to is what the regex crate would say: leftmost-first, as Perl has it. Since tries can multiply, they are counted,
//! and whoever asks goes back to a compiled expression when there are too many.

use regex_automata::util::look::{Look as AutomataLook, LookMatcher};
use regex_syntax::hir::{Class, Hir, HirKind, Look, Repetition};

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

/// Tries `hir` at byte `at` of `text`; what stands before is in sight, as for a word boundary.
pub fn walk(hir: &Hir, text: &str, at: usize) -> Walked {
    let mut walker = Walker { text: text.as_bytes(), steps: 0, depth: 0, end: None };
    let matched = walker.go(hir, at, &mut |walker, end| {
        walker.end = Some(end);
        true
    });
    match walker.end.filter(|_| matched) {
        Some(end) => Walked::Match(end),
        None if walker.steps > MOST_STEPS => Walked::TooFar,
        None => Walked::No,
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
    fn go(&mut self, hir: &Hir, at: usize, rest: Rest<'_, 't>) -> bool {
        self.steps += 1;
        if self.depth > DEEPEST {
            self.steps = MOST_STEPS + 1;
        }
        if self.steps > MOST_STEPS {
            return false;
        }
        self.depth += 1;
        let matched = self.part(hir, at, rest);
        self.depth -= 1;
        matched
    }

    fn part(&mut self, hir: &Hir, at: usize, rest: Rest<'_, 't>) -> bool {
        match hir.kind() {
            HirKind::Empty => rest(self, at),
            HirKind::Literal(literal) => self.text[at..].starts_with(&literal.0) && rest(self, at + literal.0.len()),
            HirKind::Class(class) => self.class(class, at).is_some_and(|end| rest(self, end)),
            HirKind::Look(look) => self.look(*look, at) && rest(self, at),
            HirKind::Capture(capture) => self.go(&capture.sub, at, rest),
            HirKind::Concat(parts) => self.all(parts, at, rest),
            HirKind::Alternation(ways) => ways.iter().any(|way| self.go(way, at, rest)),
            HirKind::Repetition(repetition) => self.repeat(repetition, 0, at, rest),
        }
    }

    fn all(&mut self, parts: &[Hir], at: usize, rest: Rest<'_, 't>) -> bool {
        match parts.split_first() {
            None => rest(self, at),
            Some((first, others)) => self.go(first, at, &mut |walker, end| walker.all(others, end, rest)),
        }
    }

    /// Tries once more, then to go on; the other way round where the expression is not greedy.
    fn repeat(&mut self, repetition: &Repetition, done: u32, at: usize, rest: Rest<'_, 't>) -> bool {
        if let HirKind::Class(class) = repetition.sub.kind() {
            return self.repeat_class(repetition, class, at, rest);
        }
        let more = repetition.max.is_none_or(|max| done < max);
        let once_more = |walker: &mut Self, rest: Rest<'_, 't>| {
            more && walker.go(&repetition.sub, at, &mut |walker, end| {
                // What matches nothing would do so for ever.
                (end > at || done < repetition.min) && walker.repeat(repetition, done + 1, end, rest)
            })
        };
        if done < repetition.min {
            return once_more(self, rest);
        }
        // Not greedy, it goes on first.
        if !repetition.greedy && rest(self, at) {
            return true;
        }
        once_more(self, rest) || (repetition.greedy && rest(self, at))
    }

    /// As [`Walker::repeat`], for one character again and again: without going deeper for each.
    fn repeat_class(&mut self, repetition: &Repetition, class: &Class, at: usize, rest: Rest<'_, 't>) -> bool {
        let max = repetition.max.unwrap_or(u32::MAX);
        let (mut done, mut end) = (0, at);
        while done < repetition.min {
            let Some(next) = self.class(class, end) else { return false };
            (done, end) = (done + 1, next);
        }
        if !repetition.greedy {
            loop {
                if rest(self, end) {
                    return true;
                }
                match self.class(class, end).filter(|_| done < max && self.steps <= MOST_STEPS) {
                    Some(next) => (done, end) = (done + 1, next),
                    None => return false,
                }
            }
        }
        let least = end;
        while let Some(next) = self.class(class, end).filter(|_| done < max) {
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
            while matches!(class, Class::Unicode(_)) && self.text.get(end).is_some_and(|byte| byte & 0xC0 == 0x80) {
                end -= 1;
            }
        }
    }

    /// Where the character at `at` ends, if it is one of `class`.
    fn class(&self, class: &Class, at: usize) -> Option<usize> {
        let first = *self.text.get(at)?;
        match class {
            Class::Bytes(bytes) => {
                bytes.ranges().iter().any(|range| (range.start()..=range.end()).contains(&first)).then_some(at + 1)
            }
            Class::Unicode(unicode) => {
                let (c, length) = decode(&self.text[at..], first)?;
                let ranges = unicode.ranges();
                let after = ranges.partition_point(|range| range.start() <= c);
                (after > 0 && c <= ranges[after - 1].end()).then_some(at + length)
            }
        }
    }

    fn look(&self, look: Look, at: usize) -> bool {
        match look {
            Look::Start => at == 0,
            Look::End => at == self.text.len(),
            other => AutomataLook::from_repr(other.as_repr())
                .is_some_and(|look| LookMatcher::new().matches(look, self.text, at)),
        }
    }
}

/// The first character of `text`, which is UTF-8 from there, and its length in bytes.
fn decode(text: &[u8], first: u8) -> Option<(char, usize)> {
    let length = match first {
        0..=0x7F => return Some((first.into(), 1)),
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

    fn parsed(pattern: &str) -> Hir {
        regex_syntax::parse(pattern).expect("a good pattern")
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
    ];

    proptest! {
        #[test]
        fn says_what_the_compiled_expression_says(text in "[abcdé日 .]{0,14}", which in 0..PATTERNS.len(), at in 0usize..6) {
            let at = text.char_indices().map(|(at, _)| at).nth(at).unwrap_or(0);
            let pattern = PATTERNS[which];
            let walked = walk(&parsed(pattern), &text, at);
            if walked != Walked::TooFar {
                prop_assert_eq!(walked, compiled(pattern, &text, at), "{} at {} of {:?}", pattern, at, text);
            }
        }
    }

    #[test]
    fn gives_up_where_tries_multiply() {
        let text = format!("{}b", "a".repeat(60));
        assert_eq!(walk(&parsed("(?:a|aa)+c"), &text, 0), Walked::TooFar);
        assert_eq!(walk(&parsed("a+c"), &text, 0), Walked::No);
        assert_eq!(walk(&parsed("(?:ab|c)*d"), &"ab".repeat(300), 0), Walked::TooFar);
    }
}
