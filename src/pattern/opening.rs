//! The bytes with which everything that a pattern matches begins, read off the pattern itself.
//!
//! At every start this is all that has to be known of a pattern, and it is found a hundred times sooner than by parsing and
//! translating the whole. What is not plain enough is refused: [`super::expression`] asks the regex engine then.

use super::letter;

/// So many bytes of a line in normal form are enough to tell that it is none of the lines that are looked for.
pub const OPENING: usize = 8;

/// More openings than these are no use.
const MOST: usize = 10_000;

/// A class of more characters than these is taken for any character.
const WIDEST_CLASS: usize = 16;

/// No opening is asked for in more bytes.
const LONGEST: usize = 15;

/// The first bytes of what a part of a pattern matches, at most so many as are asked for. There are thousands of them at a
/// start, hence no text of their own.
#[derive(Clone, Copy)]
struct Opening {
    bytes: [u8; LONGEST],
    length: u8,
    /// Whether the part ends there, so that what follows it adds to them.
    open: bool,
}

impl Opening {
    const NOTHING: Self = Self { bytes: [0; LONGEST], length: 0, open: true };

    fn as_bytes(&self) -> &[u8] {
        &self.bytes[..usize::from(self.length)]
    }

    /// With `more` behind it, cut to `longest` bytes.
    fn extended(mut self, more: &[u8], longest: usize) -> Self {
        let start = usize::from(self.length);
        let more = &more[..more.len().min(longest - start)];
        self.bytes[start..start + more.len()].copy_from_slice(more);
        self.length += more.len() as u8;
        self.open &= usize::from(self.length) < longest;
        self
    }
}

/// What a part of a pattern begins with; `None` if it may be anything.
type Openings = Option<Vec<Opening>>;

/// How all that a pattern matches begins.
#[derive(Debug, Default)]
pub struct Beginnings {
    /// The bytes with which it begins, none of them empty.
    pub openings: Vec<Vec<u8>>,
    /// What it matches besides that: only these very texts.
    pub whole: Vec<String>,
}

/// How all that `pattern` matches begins, in at most `longest` bytes. `folded` says whether its letters stand for their normal
/// form. `None` if it cannot be told from the pattern alone.
pub fn of(pattern: &str, longest: usize, folded: bool) -> Option<Beginnings> {
    let mut scan = Scan { rest: pattern, longest: longest.min(LONGEST), folded, looks: false };
    let (whole, mut openings): (Vec<Opening>, _) =
        scan.alternatives()?.into_iter().partition(|opening| opening.open && !scan.looks);
    openings.sort_unstable_by(|a, b| a.as_bytes().cmp(b.as_bytes()));
    // What begins as another one does is told from it by that.
    openings.dedup_by(|next, known| next.as_bytes().starts_with(known.as_bytes()));
    if !scan.rest.is_empty() || openings.iter().chain(&whole).any(|opening| opening.length == 0) {
        return None;
    }
    let mut whole: Vec<_> = whole.iter().map(|text| String::from_utf8_lossy(text.as_bytes()).into_owned()).collect();
    whole.sort_unstable();
    whole.dedup();
    Some(Beginnings { openings: openings.iter().map(|opening| opening.as_bytes().to_vec()).collect(), whole })
}

struct Scan<'p> {
    rest: &'p str,
    longest: usize,
    folded: bool,
    /// Whether something was seen that looks at the text around it.
    looks: bool,
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
        let mut so_far = vec![Opening::NOTHING];
        while !self.rest.is_empty() && !self.rest.starts_with(['|', ')']) {
            if !so_far.iter().any(|opening| opening.open) {
                self.skip()?;
                break;
            }
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

    /// Goes to where the sequence ends: what still follows in it does not count.
    fn skip(&mut self) -> Option<()> {
        let mut depth = 0;
        while let Some(c) = self.rest.chars().next() {
            match c {
                '|' | ')' if depth == 0 => return Some(()),
                '(' => depth += 1,
                ')' => depth -= 1,
                '[' => {
                    self.next();
                    self.class()?;
                    continue;
                }
                '\\' => _ = self.next(),
                _ => {}
            }
            self.next();
        }
        Some(())
    }

    fn product(&self, so_far: &[Opening], atom: &[Opening]) -> Option<Vec<Opening>> {
        let mut product = Vec::with_capacity(so_far.len() + atom.len());
        for one in so_far {
            if !one.open {
                product.push(*one);
                continue;
            }
            product.extend(atom.iter().map(|next| {
                let both = one.extended(next.as_bytes(), self.longest);
                Opening { open: next.open && both.open, ..both }
            }));
            if product.len() > MOST {
                return None;
            }
        }
        Some(product)
    }

    /// A letter, a class or a group.
    fn atom(&mut self) -> Option<Openings> {
        if self.eat(r"(?-u:\b)") {
            self.looks = true;
            return Some(Some(vec![Opening::NOTHING]));
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
            let alone = |c| self.letter(c).length == 1;
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
        let mut letter = Opening::NOTHING;
        let mut add = |c: char| letter = letter.extended(c.encode_utf8(&mut [0; 4]).as_bytes(), self.longest);
        if self.folded {
            letter::fold(c, add);
        } else {
            add(c);
        }
        letter
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

    /// The openings, each with a `…`, and the whole texts.
    fn openings(pattern: &str) -> Option<Vec<String>> {
        let Beginnings { openings, whole } = of(pattern, 8, true)?;
        let openings = openings.iter().map(|opening| format!("{}…", String::from_utf8_lossy(opening)));
        Some(openings.chain(whole).collect())
    }

    #[test]
    fn openings_are_read_off_plain_patterns() {
        for (pattern, expected) in [
            ("share this", &["share th…"][..]),
            ("(?:share|x) on", &["share on…", "x on"]),
            (
                "(?:the )?ads?(?: by .*)?",
                &["ad by …", "ads by …", "the ad b…", "the ads …", "ad", "ads", "the ad", "the ads"],
            ),
            ("x(?:[)|]|y)z|w", &["w", "x)z", "xyz", "x|z"]),
            ("abcdefgh(?:[)|]|i)|x", &["abcdefgh…", "x"]),
            ("a|bc", &["a", "bc"]),
            ("ab*c|abd", &["a…", "abd"]),
            ("ab+c", &["ab…"]),
            ("ab{2}c", &["ab…"]),
            ("a{0,2}b|c", &[]),
            ("[ab-d]x", &["ax", "bx", "cx", "dx"]),
            ("x[^a]y", &["x…"]),
            (r"x\s+y", &["x…"]),
            (r"(?-u:\b)like", &["like…"]),
            (r"\(opens", &["(opens"]),
            ("Straße", &["strasse"]),
            ("[12]{1,3}", &["1…", "2…"]),
        ] {
            assert_eq!(openings(pattern).unwrap_or_default(), expected, "{pattern}");
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
