//! Text from articles and file names, made safe to show: a terminal obeys none of it, and a reader sees all of it.
//!
//! What would move the cursor, change colours, reorder a line (bidirectional controls: CVE-2021-42574) or take no room at
//! all is written out as `<U+202E>`. Knows nothing of findings or layout.

use std::borrow::Cow;

use unicode_width::UnicodeWidthChar;

/// `text` in one line, with every character that must not reach a terminal written out. White space controls become a space.
pub fn line(text: &str) -> Cow<'_, str> {
    let touched = |c: char| c.is_control() || is_hidden(c);
    if !text.contains(touched) {
        return Cow::Borrowed(text);
    }
    let mut clean = String::with_capacity(text.len() + 16);
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\n' | '\r' | '\t' => clean.push(' '),
            c if touched(c) => clean.push_str(&code(c)),
            c => clean.push(c),
        }
    }
    Cow::Owned(clean)
}

/// A character as its code: `<U+202E>`.
pub(super) fn code(c: char) -> String {
    format!("<U+{:04X}>", u32::from(c))
}

/// Whether a character acts on the text around it, or hides, without being part of a word: bidirectional controls and
/// invisible format characters (Unicode 16, general category Cf), separators of lines and paragraphs.
///
/// Joiners and variation selectors are not among them: emoji and several scripts are written with them.
pub(super) fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0001}')
}

/// How many columns a terminal gives to a character: 0 for a combining mark, 2 for most of CJK and emoji.
pub(super) fn columns(c: char) -> usize {
    c.width().unwrap_or(0)
}

/// How many columns a terminal gives to clean text.
pub fn width(text: &str) -> usize {
    text.chars().map(columns).sum()
}

/// `text` in lines of at most `width` columns, of which the first line has already used `indent`; broken at white space,
/// and inside a word only where the word is longer than a line.
pub(super) fn wrap(text: &str, width: usize, indent: usize) -> Vec<String> {
    let width = width.max(1);
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = indent;
    for word in text.split_whitespace() {
        let space = usize::from(!line.is_empty());
        if used > 0 && used + space + self::width(word) > width {
            lines.push(std::mem::take(&mut line));
            used = 0;
        } else if space > 0 {
            line.push(' ');
            used += 1;
        }
        for c in word.chars() {
            if used > 0 && used + columns(c) > width {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            line.push(c);
            used += columns(c);
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terminals_get_no_orders() {
        assert_eq!(line("red \u{1b}[31m\u{9b}0m \u{202e}cba\u{7}"), "red <U+001B>[31m<U+009B>0m <U+202E>cba<U+0007>");
        assert_eq!(line("one\r\ntwo\tthree\u{2028}"), "one two three<U+2028>");
        assert!(matches!(line("naïve 👩‍🚀 日本 فا\u{200c}رسی"), Cow::Borrowed(_)));
    }

    #[test]
    fn wraps_by_columns() {
        assert_eq!(wrap("日本 日本 x", 5, 0), ["日本", "日本", "x"]);
        assert_eq!(wrap("an unbreakablelongword", 8, 0), ["an", "unbreaka", "blelongw", "ord"]);
        assert_eq!(wrap("  ", 8, 0), Vec::<String>::new());
        assert_eq!(wrap("日", 1, 0), ["日"]);
        assert_eq!(wrap("one two", 8, 6), ["", "one two"]);
        assert_eq!(wrap("a b two", 8, 4), ["a b", "two"]);
    }
}
