//! Where Markdown code begins and ends, found without a Markdown parser: nothing in it is foreign syntax.

use memchr::{memchr, memrchr};

/// The start of the line that holds byte `at`.
pub(super) fn line_start(text: &[u8], at: usize) -> usize {
    memrchr(b'\n', &text[..at]).map_or(0, |newline| newline + 1)
}

/// The end of the line that holds byte `at`, its line feed left out.
pub(super) fn line_end(text: &[u8], at: usize) -> usize {
    memchr(b'\n', &text[at..]).map_or(text.len(), |length| at + length)
}

/// Whether the line from byte `start` has nothing but white space and quote markers.
pub(super) fn is_blank(text: &[u8], start: usize) -> bool {
    let filled = text[start..].iter().find(|byte| !matches!(byte, b' ' | b'\t' | b'\r' | b'>'));
    filled.is_none_or(|byte| *byte == b'\n')
}

/// Where the paragraph ends that a scan is in. Kept, so that a scan with many stops in one paragraph stays linear.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    end: usize,
}

impl Paragraph {
    /// The end of the paragraph that holds byte `at`: the first line end before a blank line. `at` never goes back.
    pub fn end(&mut self, text: &[u8], at: usize) -> usize {
        if at >= self.end {
            self.end = line_end(text, at);
            while self.end < text.len() && !is_blank(text, self.end + 1) {
                self.end = line_end(text, self.end + 1);
            }
        }
        self.end
    }
}

/// How many bytes like the one at `at` follow each other there.
fn run(text: &[u8], at: usize) -> usize {
    text[at..].iter().take_while(|byte| **byte == text[at]).count()
}

/// Where the code that begins with the backtick or tilde at `at` ends; if none begins, the end of the run of them.
pub(super) fn end(text: &[u8], at: usize, paragraph: &mut Paragraph) -> usize {
    let length = run(text, at);
    if length >= 3 && can_open_fence(text, at, length) {
        return fence_end(text, at, length);
    }
    if text[at] == b'~' {
        return at + length;
    }
    let backslashes = text[..at].iter().rev().take_while(|byte| **byte == b'\\').count();
    if backslashes % 2 == 1 {
        return at + 1;
    }
    let limit = paragraph.end(text, at);
    let mut next = at + length;
    while let Some(found) = memchr(b'`', &text[next..limit]) {
        let start = next + found;
        let other = run(text, start);
        if other == length {
            return start + other;
        }
        next = (start + other).min(limit);
    }
    at + length
}

/// Whether byte `at` may be the first one of a block: only markers of lists and quotes stand before it in its line.
pub(super) fn begins_block(text: &[u8], at: usize) -> bool {
    let is_container =
        |byte: &u8| byte.is_ascii_digit() || matches!(byte, b' ' | b'\t' | b'>' | b'-' | b'*' | b'+' | b'.' | b')');
    // Markers take a few bytes; a long line of them is looked at once, not once for each byte.
    let before = text[..at].iter().rev().take(256);
    before.take_while(|byte| **byte != b'\n').all(is_container)
}

fn can_open_fence(text: &[u8], at: usize, length: usize) -> bool {
    let info = &text[at + length..line_end(text, at)];
    begins_block(text, at) && (text[at] == b'~' || memchr(b'`', info).is_none())
}

fn fence_end(text: &[u8], at: usize, length: usize) -> usize {
    let first = line_start(text, at);
    if text[first..at].contains(&b'>') {
        return quoted_fence_end(text, at, length);
    }
    let mut next = line_end(text, at);
    while let Some(found) = memchr(text[at], &text[next..]) {
        let start = next + found;
        let closing = run(text, start);
        next = start + closing;
        if closing >= length {
            let is_text = |byte: &&u8| **byte == b'\n' || !byte.is_ascii_whitespace();
            let before = text[..start].iter().rev().find(is_text);
            let after = text[next..].iter().find(is_text);
            if before == Some(&b'\n') && after.is_none_or(|byte| *byte == b'\n') {
                return line_end(text, next);
            }
        }
    }
    text.len()
}

/// As [`fence_end`]; the fence also ends with the quote that it stands in.
fn quoted_fence_end(text: &[u8], at: usize, length: usize) -> usize {
    let mut line = line_end(text, at);
    while line < text.len() {
        let start = line + 1;
        line = line_end(text, start);
        let content = &text[start..line];
        let marks = content.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'>')).count();
        if !content[..marks].contains(&b'>') {
            return start;
        }
        let rest = &content[marks..];
        let closing = rest.iter().take_while(|byte| **byte == text[at]).count();
        if closing >= length && rest[closing..].iter().all(u8::is_ascii_whitespace) {
            return line;
        }
    }
    text.len()
}
