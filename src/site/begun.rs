//! What some lines of an article begin with: those that take in another article, define a term, or may be a heading.

use memchr::memchr_iter;

/// What is seen of an article by how its lines begin.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Begun {
    /// Whether a line takes in another article (`import Part from './_part.mdx'`), also where MDX hides in a `.md`.
    pub imports: bool,
    /// The terms of lists of definitions, as they are written: what stands in the line above `: …`.
    pub terms: Vec<String>,
    /// Whether a line begins with more than one colon.
    pub colons: bool,
    /// Whether some take a line for a heading that is none, for want of a space: `##Title`.
    pub cramped: bool,
}

impl Begun {
    /// What is seen of `text`: of all of it what it imports, the rest below the first line of its body, which begins at `body`.
    pub fn of(text: &str, body: usize) -> Self {
        let mut begun = Self { imports: is_import(text), ..Self::default() };
        each(text.as_bytes(), |end| {
            let line = &text[end + 1..];
            match line.as_bytes()[0] {
                b'i' => begun.imports = begun.imports || is_import(line),
                _ if end < body => {}
                b'#' => begun.cramped = begun.cramped || is_cramped(line),
                _ => begun.meaning(&text[body..end], &line[1..]),
            }
        });
        begun
    }

    /// A line that begins with a colon: what stands above it, and what follows the colon.
    fn meaning(&mut self, above: &str, rest: &str) {
        self.colons |= rest.starts_with(':');
        if rest.starts_with([' ', '\t']) {
            let term = above.trim_end().rsplit('\n').next().unwrap_or("");
            self.terms.extend((!term.starts_with([':', ' ', '\t'])).then(|| term.to_owned()));
        }
    }
}

/// Whether a text begins with a line that takes in another article.
fn is_import(text: &str) -> bool {
    /// An article's ending, and the quote behind it.
    const PARTS: [&str; 6] = [".md\"", ".md'", ".mdx\"", ".mdx'", ".markdown\"", ".markdown'"];
    let Some(rest) = text.strip_prefix("import") else { return false };
    let mut characters = rest.chars();
    let spaced = characters.next().is_some_and(char::is_whitespace);
    let line = characters.as_str().split('\n').next().unwrap_or("");
    spaced && memchr_iter(b'.', line.as_bytes()).any(|at| PARTS.iter().any(|part| line[at..].starts_with(part)))
}

/// Whether something follows the signs of a heading at once.
fn is_cramped(line: &str) -> bool {
    let next = line.bytes().find(|byte| *byte != b'#');
    next.is_some_and(|byte| !matches!(byte, b' ' | b'\t' | b'\n' | b'\r'))
}

/// Calls `see` with each line end that one of the signs in question follows, in order.
fn each(text: &[u8], mut see: impl FnMut(usize)) {
    let is_sign = |byte: u8| u8::from(byte == b'i') | u8::from(byte == b':') | u8::from(byte == b'#');
    // Of most stretches no line begins so: all bytes of one are asked at once, without a branch.
    let (ends, rest) = text[..text.len().saturating_sub(1)].as_chunks::<64>();
    let (signs, _) = text.get(1..).unwrap_or_default().as_chunks::<64>();
    for (index, (ends, signs)) in ends.iter().zip(signs).enumerate() {
        let is_found = |found, at: usize| found | (u8::from(ends[at] == b'\n') & is_sign(signs[at]));
        if (0..ends.len()).fold(0, is_found) != 0 {
            memchr_iter(b'\n', ends).filter(|&at| is_sign(signs[at]) != 0).for_each(|at| see(index * 64 + at));
        }
    }
    let start = ends.len() * 64;
    memchr_iter(b'\n', rest).map(|at| start + at).filter(|&end| is_sign(text[end + 1]) != 0).for_each(see);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use regex::Regex;

    use super::*;

    proptest! {
        #[test]
        fn parts_are_found_as_by_a_pattern(
            parts in prop::collection::vec(
                prop::sample::select(
                    &["import", " ", "\t", "\u{A0}", "\n", "\r\n", "x", "é", "'./_part", ".md", ".mdx", ".markdown", "x", "\"", "'", "."][..],
                ),
                0..14,
            ),
        ) {
            let text = parts.concat();
            let pattern = Regex::new(r#"(?:^|\n)import\s[^\n]*\.(?:mdx?|markdown)["']"#).expect("a pattern");
            prop_assert_eq!(Begun::of(&text, 0).imports, pattern.is_match(&text));
        }

        #[test]
        fn lines_are_found_as_by_one_look_at_each(text in "([a é]{0,70}(\n|\r\n|\n\n)[i:#a😀]{0,3}){0,6}") {
            let signs = ["\ni", "\n:", "\n#"];
            let expected: Vec<usize> =
                (0..text.len()).filter(|&at| signs.iter().any(|sign| text.as_bytes()[at..].starts_with(sign.as_bytes()))).collect();
            let mut found = Vec::new();
            each(text.as_bytes(), |end| found.push(end));
            prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn a_line_counts_by_how_it_begins() {
        let begun = Begun::of("#T\n:x\n\nA é\n: b\n: c\n##D\n### e\n##\n::f\n", 0);
        assert_eq!(begun, Begun { imports: false, terms: vec!["A é".to_owned()], colons: true, cramped: true });
        assert_eq!(Begun::of("#T\n# a\n##\r\n:x\n  A\n: b", 0), Begun::default());
        // What stands in front of the body counts for imports alone.
        let text = "---\n#a\n::\nimport 'a.md'\n---\nb";
        assert_eq!(Begun::of(text, text.len() - 1), Begun { imports: true, ..Begun::default() });
    }
}
