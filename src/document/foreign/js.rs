//! As much JavaScript as it takes to find the end of an expression: strings, templates, comments, brackets.

use memchr::{memchr, memmem};

/// How many bytes an expression may have; a brace that is not closed by then is text.
const LONGEST: usize = 64 * 1024;

/// How many braces without an end a file may have before all braces are taken for text.
const MOST_UNCLOSED: usize = 16;

/// Finds the ends of expressions, and gives up on a file that is not made of them.
#[derive(Debug, Default)]
pub(super) struct Expressions {
    unclosed: usize,
}

impl Expressions {
    /// Where the expression ends that begins with the `{` at `at`, its `}` included.
    pub fn end(&mut self, text: &[u8], at: usize) -> Option<usize> {
        if self.unclosed > MOST_UNCLOSED {
            return None;
        }
        let mut scan = Scan { text: &text[..text.len().min(at + LONGEST)], at, open: Vec::new() };
        while scan.step().is_some() {
            if scan.open.is_empty() {
                return Some(scan.at);
            }
        }
        self.unclosed += 1;
        None
    }
}

/// Reads code token by token and knows which brackets are open.
#[derive(Debug)]
pub(super) struct Scan<'t> {
    text: &'t [u8],
    /// The next byte.
    pub at: usize,
    /// The open brackets; a backtick stands for a template literal.
    open: Vec<u8>,
}

impl<'t> Scan<'t> {
    /// Code from byte `at` on.
    pub fn new(text: &'t [u8], at: usize) -> Self {
        Self { text, at, open: Vec::new() }
    }

    /// Whether no bracket is open.
    pub fn is_balanced(&self) -> bool {
        self.open.is_empty()
    }

    /// Goes over one token; none at the end of the text.
    pub fn step(&mut self) -> Option<()> {
        let byte = *self.text.get(self.at)?;
        let rest = &self.text[self.at..];
        if self.open.last() == Some(&b'`') {
            match byte {
                b'\\' => self.at += 2,
                b'`' => {
                    self.open.pop();
                    self.at += 1;
                }
                b'$' if rest.get(1) == Some(&b'{') => {
                    self.open.push(b'{');
                    self.at += 2;
                }
                _ => self.at += 1,
            }
            return Some(());
        }
        self.at += match byte {
            b'"' | b'\'' => string_length(rest).unwrap_or(1),
            b'`' | b'{' | b'(' | b'[' => {
                self.open.push(byte);
                1
            }
            b'}' | b')' | b']' => {
                self.open.pop();
                1
            }
            b'/' if rest.get(1) == Some(&b'*') => memmem::find(rest, b"*/").map_or(1, |end| end + 2),
            // `//` in an address that stands outside of quotes is no comment.
            b'/' if rest.get(1) == Some(&b'/') && self.text.get(self.at.wrapping_sub(1)) != Some(&b':') => {
                memchr(b'\n', rest).unwrap_or(rest.len())
            }
            _ => 1,
        };
        Some(())
    }
}

/// How long the string at the start of `text` is; none if its line ends first, as with an apostrophe in JSX text.
fn string_length(text: &[u8]) -> Option<usize> {
    let quote = *text.first()?;
    let mut at = 1;
    loop {
        match text.get(at)? {
            b'\\' => at += 2,
            b'\n' => return None,
            byte if *byte == quote => return Some(at + 1),
            _ => at += 1,
        }
    }
}
