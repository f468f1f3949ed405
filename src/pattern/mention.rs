//! Words that a text talks about rather than says: those it puts between quotation marks.

use crate::span::Span;

/// The marks that open a quotation, each with those that may close it. Apostrophes look like single ones, and are left out.
const MARKS: &[(char, &[char])] = &[
    ('"', &['"']),
    ('“', &['”', '“']),
    ('”', &['”']),
    ('„', &['“', '”', '"']),
    ('«', &['»']),
    ('»', &['«', '»']),
    ('「', &['」']),
    ('『', &['』']),
];

/// Whether the words at `span` of `text`, which is one block, stand between quotation marks.
pub(super) fn is_quoted(text: &str, span: Span) -> bool {
    let (before, after) = (&text[..span.start], &text[span.end..]);
    let mut open: Option<&[char]> = None;
    for c in before.chars() {
        match open {
            Some(closing) if closing.contains(&c) => open = None,
            Some(_) => {}
            None => open = MARKS.iter().find(|(mark, _)| *mark == c).map(|(_, closing)| *closing),
        }
    }
    open.is_some_and(|closing| after.contains(closing))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mention_stands_between_marks() {
        let quoted = |text: &str| {
            let start = text.find("AD").expect("it is there");
            is_quoted(text, Span::new(start, start + 2))
        };
        for text in
            ["It says \"AD\" there.", "“An AD here”, it says", "„AD“", "«Un AD»", "「AD」", "\"a\" and \"b AD c\""]
        {
            assert!(quoted(text), "{text}");
        }
        for text in ["AD", "It's AD, isn't it", "\"a\" AD \"b\"", "an open \" AD mark", "“a” AD “b”", "5\" AD"]
        {
            assert!(!quoted(text), "{text}");
        }
    }
}
