//! The bytes with which everything that a pattern matches begins, read off the pattern itself.
//!
//! At every start this is all that has to be known of a pattern, and it is found a hundred times sooner than by parsing and
//! translating the whole. What is not plain enough is refused: [`super::expression`] asks the regex engine then.

use super::normal;

/// More openings than these are no use.
const MOST: usize = 10_000;

/// A class of more characters than these is taken for any character.
const WIDEST_CLASS: usize = 16;

/// The first bytes of what a part of a pattern matches, at most so many as are asked for.
#[derive(Clone)]
struct Opening {
    bytes: Vec<u8>,
    /// Whether the part ends there, so that what follows it adds to them.
    open: bool,
}

/// What a part of a pattern begins with; `None` if it may be anything.
type Openings = Option<Vec<Opening>>;

/// The bytes, at most `longest` each, with which everything that `pattern` matches begins; none of them is empty. `folded`
/// says whether its letters stand for their normal form. `None` if they cannot be told from the pattern alone.
pub fn of(pattern: &str, longest: usize, folded: bool) -> Option<Vec<Vec<u8>>> {
    let mut scan = Scan { rest: pattern, longest, folded };
    let openings = scan.alternatives()?;
    let mut openings: Vec<_> = openings.into_iter().map(|opening| opening.bytes).collect();
    openings.sort_unstable();
    openings.dedup();
    (scan.rest.is_empty() && openings.first().is_some_and(|first| !first.is_empty())).then_some(openings)
}

struct Scan<'p> {
    rest: &'p str,
    longest: usize,
    folded: bool,
}

impl Scan<'_> {
    /// Up to the end of a group or of the pattern. `None` if there is something that this module does not know.
    fn alternatives(&mut self) -> Option<Vec<Opening>> {
        let mut all = self.sequence()?;
        while self.eat("|") {
            all.extend(self.sequence()?);
        }
        Some(all)
    }

    fn sequence(&mut self) -> Option<Vec<Opening>> {
        let mut so_far = vec![Opening { bytes: Vec::new(), open: true }];
        while !self.rest.is_empty() && !self.rest.starts_with(['|', ')']) {
            let atom = self.atom()?;
            let (least, more) = self.repetition()?;
            let before = if least == 0 && !more { so_far.clone() } else { Vec::new() };
            match atom {
                Some(atom) if least > 0 || !more => so_far = self.product(&so_far, &atom)?,
                _ => close(&mut so_far),
            }
            if more {
                close(&mut so_far);
            }
            so_far.extend(before.into_iter().filter(|opening| opening.open));
        }
        Some(so_far)
    }

    fn product(&self, so_far: &[Opening], atom: &[Opening]) -> Option<Vec<Opening>> {
        let mut product = Vec::with_capacity(so_far.len() * atom.len().min(8));
        for one in so_far {
            if !one.open {
                product.push(one.clone());
                continue;
            }
            for next in atom {
                let room = self.longest - one.bytes.len();
                let bytes: Vec<u8> = one.bytes.iter().chain(next.bytes.iter().take(room)).copied().collect();
                product.push(Opening { open: next.open && bytes.len() < self.longest, bytes });
            }
            if product.len() > MOST {
                return None;
            }
        }
        Some(product)
    }

    /// A letter, a class or a group.
    fn atom(&mut self) -> Option<Openings> {
        if self.eat(r"(?-u:\b)") {
            return Some(Some(vec![Opening { bytes: Vec::new(), open: true }]));
        }
        if self.eat("(?:") || (self.rest.starts_with('(') && !self.rest.starts_with("(?") && self.eat("(")) {
            let inner = self.alternatives()?;
            return self.eat(")").then_some(Some(inner));
        }
        match self.next()? {
            '.' => Some(None),
            '[' => self.class(),
            '\\' => match self.next()? {
                's' | 'S' | 'd' | 'D' | 'w' | 'W' => Some(None),
                c if c.is_ascii_punctuation() || c == ' ' => Some(Some(vec![self.letter(c)])),
                _ => None,
            },
            '(' | ')' | '*' | '+' | '?' | '{' | '}' | '^' | '$' => None,
            c => Some(Some(vec![self.letter(c)])),
        }
    }

    /// What follows `[`.
    fn class(&mut self) -> Option<Openings> {
        let mut letters: Vec<Opening> = Vec::new();
        let mut wide = self.eat("^");
        if self.rest.starts_with(']') {
            return None;
        }
        while !self.eat("]") {
            let first = match self.next()? {
                '[' => return None,
                '\\' => match self.next()? {
                    c if c.is_ascii_punctuation() => c,
                    's' | 'd' | 'w' | 'S' | 'D' | 'W' => {
                        wide = true;
                        continue;
                    }
                    _ => return None,
                },
                // Two of them are an operator.
                c @ ('&' | '~' | '-') if self.rest.starts_with(c) => return None,
                c => c,
            };
            let ranges = self.rest.starts_with('-') && !self.rest.starts_with("-]");
            let last = if ranges {
                self.next();
                self.next().filter(|c| !matches!(c, '\\' | '['))?
            } else {
                first
            };
            // In a class each letter of a normal form stands alone, and a range goes from one normal form to the other.
            let alone = |c| self.letter(c).bytes.len() == 1;
            if (first..=last).take(WIDEST_CLASS + 1).all(alone) && (first..=last).count() <= WIDEST_CLASS {
                letters.extend((first..=last).map(|c| self.letter(c)));
            } else {
                wide = true;
            }
        }
        Some(if wide || letters.len() > WIDEST_CLASS { None } else { Some(letters) })
    }

    /// How often what stands before is there: at least so often, and whether it may be there more than once.
    fn repetition(&mut self) -> Option<(usize, bool)> {
        let times = if self.eat("?") {
            (0, false)
        } else if self.eat("*") {
            (0, true)
        } else if self.eat("+") {
            (1, true)
        } else if self.eat("{") {
            let (times, rest) = self.rest.split_once('}')?;
            self.rest = rest;
            let least = times.split(',').next()?.trim().parse().ok()?;
            (least, true)
        } else {
            return Some((1, false));
        };
        self.eat("?");
        // Repeated once more it is another thing, which nobody writes.
        (!self.rest.starts_with(['?', '*', '+', '{'])).then_some(times)
    }

    fn letter(&self, c: char) -> Opening {
        let mut text = String::new();
        if self.folded {
            normal::fold(c, |c| text.push(c));
        } else {
            text.push(c);
        }
        let mut bytes = text.into_bytes();
        let open = bytes.len() < self.longest;
        bytes.truncate(self.longest);
        Opening { bytes, open }
    }

    fn eat(&mut self, token: &str) -> bool {
        let rest = self.rest.strip_prefix(token);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn next(&mut self) -> Option<char> {
        let mut chars = self.rest.chars();
        let next = chars.next();
        self.rest = chars.as_str();
        next
    }
}

fn close(openings: &mut [Opening]) {
    openings.iter_mut().for_each(|opening| opening.open = false);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn openings(pattern: &str) -> Option<Vec<String>> {
        let openings = of(pattern, 8, true)?;
        Some(openings.into_iter().map(|opening| String::from_utf8(opening).expect("cut between letters")).collect())
    }

    #[test]
    fn openings_are_read_off_plain_patterns() {
        for (pattern, expected) in [
            ("share this", &["share th"][..]),
            ("(?:share|x) on", &["share on", "x on"]),
            ("(?:the )?ad", &["ad", "the ad"]),
            ("ads?(?: by .*)?", &["ad", "ad by ", "ads", "ads by "]),
            ("a|bc", &["a", "bc"]),
            ("ab*c", &["a"]),
            ("ab+c", &["ab"]),
            ("ab{2}c", &["ab"]),
            ("a{0,2}b|c", &[]),
            ("[ab-d]x", &["ax", "bx", "cx", "dx"]),
            ("x[^a]y", &["x"]),
            (r"x\s+y", &["x"]),
            (r"(?-u:\b)like", &["like"]),
            (r"\(opens", &["(opens"]),
            ("Straße", &["strasse"]),
            ("[0-9]{1,3}", &["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]),
        ] {
            let found = openings(pattern);
            assert_eq!(found.unwrap_or_default(), expected, "{pattern}");
        }
    }

    #[test]
    fn what_is_not_plain_is_left_to_the_regex_engine() {
        for pattern in
            [".*ad", "a?", r"\d+ ads", r"\p{L}ad", "(?i)ad", "[[:alpha:]]d", "[a&&b]d", "(?P<n>a)", "a(b", "[ß]a"]
        {
            assert_eq!(openings(pattern), None, "{pattern}");
        }
    }
}
