//! What a line looks like: `key: value`, prose, or nothing. Tells a front matter from a page that begins with a rule.
//!
//! Owns guesses only; whether a text *is* a front matter is for [`super::fence`] and the parsers.

use super::Format;
use crate::span::Span;

/// The line of `text` that begins at byte `start`, up to byte `limit`: its span without the line end, and where the next
/// line begins.
pub(super) fn line_at(text: &str, start: usize, limit: usize) -> (Span, usize) {
    let rest = &text[start..limit];
    let (line, next) = match memchr::memchr(b'\n', rest.as_bytes()) {
        Some(at) => (&rest[..at], start + at + 1),
        None => (rest, limit),
    };
    let line = line.strip_suffix('\r').unwrap_or(line);
    (Span::new(start, start + line.len()), next)
}

/// The lines of `text` within `span`, without their ends.
pub(super) fn lines(text: &str, span: Span) -> impl Iterator<Item = Span> + '_ {
    let mut next = (span.start < span.end).then_some(span.start);
    std::iter::from_fn(move || {
        let (line, after) = line_at(text, next?, span.end);
        next = (after < span.end).then_some(after);
        Some(line)
    })
}

/// The last character boundary at or before byte `at`. Parsers give offsets that lie on one; should one not, it must not
/// bring a run down.
pub(super) fn boundary_before(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    if text.is_char_boundary(at) { at } else { (0..at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0) }
}

/// The first character boundary at or after byte `at`.
pub(super) fn boundary_after(text: &str, at: usize) -> usize {
    (at..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len())
}

/// What a line looks like in a front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// White space.
    Blank,
    /// `# …`
    Comment,
    /// `key: value`, the key one word: `og:title`, `publish_date`.
    Key,
    /// `key: value`, the key in quotes or of several words.
    LooseKey,
    /// Indented, a list item, a closing bracket: belongs to the line above.
    Inner,
    /// Anything else.
    Other,
}

/// No key is longer, in bytes; a sentence before its first colon is.
const LONGEST_KEY: usize = 48;

/// What `line` looks like in a front matter of this format.
pub(super) fn look(line: &str, format: Format) -> Look {
    let text = line.trim();
    match text.as_bytes() {
        [] => Look::Blank,
        [b'#', ..] => Look::Comment,
        _ if line.starts_with([' ', '\t']) => Look::Inner,
        [b']' | b'}', ..] | [b'-'] | [b'-', b' ', ..] => Look::Inner,
        _ => match format {
            Format::Yaml | Format::Json => look_yaml(text),
            Format::Toml => look_toml(text),
        },
    }
}

fn look_yaml(text: &str) -> Look {
    if let Some(quote) = text.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        let closed = text[1..].split_once(quote).is_some_and(|(_, rest)| rest.trim_start().starts_with(':'));
        return if closed { Look::LooseKey } else { Look::Other };
    }
    let Some((key, value)) = text.split_once(':') else {
        return Look::Other;
    };
    let (spaced, key) = (value.is_empty() || value.starts_with([' ', '\t']), key.trim_end());
    let one_word = is_word(key);
    match () {
        // `title:Foo`, but not `https://…` or `C:\`
        () if one_word && (spaced || !value.starts_with(['/', '\\', ':'])) => Look::Key,
        () if spaced && is_phrase(key) => Look::LooseKey,
        () => Look::Other,
    }
}

fn look_toml(text: &str) -> Look {
    if text.starts_with('[') {
        return if text.contains(']') { Look::Key } else { Look::Other };
    }
    match text.split_once('=') {
        Some((key, _)) if is_word(key.trim_end()) => Look::Key,
        Some((key, _)) if key.starts_with(['"', '\'']) => Look::LooseKey,
        _ => Look::Other,
    }
}

fn is_word(key: &str) -> bool {
    let first = |c: char| c.is_alphabetic() || c == '_';
    key.len() <= LONGEST_KEY
        && key.starts_with(first)
        && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | '$'))
}

fn is_phrase(key: &str) -> bool {
    key.len() <= LONGEST_KEY
        && key.starts_with(|c: char| c.is_alphanumeric() || c == '_')
        && key.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-' | '.' | '/' | '$' | '(' | ')'))
        && key.split_whitespace().count() <= 4
}

/// How many lines of `span` look like keys, and how many like nothing that a front matter holds.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Tally {
    keys: usize,
    words: usize,
    others: usize,
    /// Whether the first line is blank, as below a rule.
    set_apart: bool,
}

impl Tally {
    pub(super) fn of(text: &str, span: Span, format: Format) -> Self {
        let set_apart = lines(text, span).next().is_some_and(|line| look(line.of(text), format) == Look::Blank);
        let mut tally = Self { set_apart, ..Self::default() };
        for line in lines(text, span) {
            match look(line.of(text), format) {
                Look::Key => (tally.keys, tally.words) = (tally.keys + 1, tally.words + 1),
                Look::LooseKey => tally.keys += 1,
                Look::Other => tally.others += 1,
                Look::Blank | Look::Comment | Look::Inner => {}
            }
        }
        tally
    }

    /// Whether this is a front matter, perhaps a faulty one, rather than prose.
    pub(super) fn likely(self) -> bool {
        self.keys > 0 && self.keys >= self.others + usize::from(self.set_apart)
    }

    /// Whether this can hardly be anything else: fit to be called a front matter although its fences are spoiled.
    pub(super) fn certain(self) -> bool {
        self.words > 0 && self.others == 0
    }
}

/// The end of what looks like the head of a page at the start of `span`, if there is one: the offset just past its last
/// line, the line end left out. For a front matter that nothing closes.
pub(super) fn head_end(text: &str, span: Span, format: Format) -> Option<usize> {
    let mut keys = 0;
    let mut end = None;
    let mut after_blank = false;
    let mut capital = false;
    for line in lines(text, span) {
        let line_text = line.of(text);
        match look(line_text, format) {
            Look::Blank if end.is_none() => return None,
            Look::Blank => after_blank = true,
            // After a blank line a capital begins a sentence ("Note: …") unless the keys are written so.
            Look::Key if after_blank && !capital && line_text.starts_with(char::is_uppercase) => break,
            Look::Key => {
                capital |= line_text.starts_with(char::is_uppercase);
                (keys, end, after_blank) = (keys + 1, Some(line.end), false);
            }
            Look::Inner if end.is_some() && (!after_blank || line_text.starts_with([' ', '\t'])) => {
                (end, after_blank) = (Some(line.end), false);
            }
            // A comment between keys is taken with the next key; after the last one it is a heading of the body.
            Look::Comment if end.is_some() && !after_blank => {}
            _ => break,
        }
    }
    end.filter(|_| keys >= 2 || !capital)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_told_from_prose() {
        for key in ["title: x", "title:", "og:title: x", "date_published : x", "título: x", "title:x"] {
            assert_eq!(look(key, Format::Yaml), Look::Key, "{key}");
        }
        for loose in ["\"a b\": x", "'a': x", "publish date: x"] {
            assert_eq!(look(loose, Format::Yaml), Look::LooseKey, "{loose}");
        }
        for prose in [
            "https://example.org",
            "Some prose.",
            "**Note:** this",
            "[a]: /b",
            "And then, he said: no",
            "\"He said: no\"",
        ] {
            assert_eq!(look(prose, Format::Yaml), Look::Other, "{prose}");
        }
        assert_eq!(look("title = 'x'", Format::Toml), Look::Key);
        assert_eq!(look("[extra]", Format::Toml), Look::Key);
        assert_eq!(look("a sentence = b", Format::Toml), Look::Other);
    }

    #[test]
    fn a_head_ends_before_the_prose() {
        let head =
            |text: &str| head_end(text, Span::new(0, text.len()), Format::Yaml).map(|end| text[..end].to_owned());
        assert_eq!(
            head("title: x\ntags:\n- a\n\ndate: y\n\nProse here.\n").as_deref(),
            Some("title: x\ntags:\n- a\n\ndate: y")
        );
        assert_eq!(head("title: x\n# Heading\n\ntext").as_deref(), Some("title: x"));
        assert_eq!(head("title: x\n\nNote: y\n").as_deref(), Some("title: x"));
        assert_eq!(head("Note: this is prose\n\nmore"), None);
        assert_eq!(head("\ntitle: x\n"), None);
        assert_eq!(head("Prose.\n"), None);
    }
}
