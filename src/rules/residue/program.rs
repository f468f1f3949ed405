//! Markup that only one program writes, and that means nothing outside it.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use memchr::{memchr2, memchr3_iter};

use crate::span::Span;

/// A program that leaves markup behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Program {
    /// Microsoft Word and Outlook.
    Word,
    /// The block editor of WordPress.
    WordPress,
    /// Google Docs.
    GoogleDocs,
    /// Mail programs.
    Mail,
    /// Blogger.
    Blogger,
    /// Drupal.
    Drupal,
    /// Ghost.
    Ghost,
    /// Editors in a browser, and what browsers copy.
    Browser,
}

impl Program {
    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Word => "Word",
            Self::WordPress => "the WordPress editor",
            Self::GoogleDocs => "Google Docs",
            Self::Mail => "a mail program",
            Self::Blogger => "Blogger",
            Self::Drupal => "Drupal",
            Self::Ghost => "Ghost",
            Self::Browser => "an editor in the browser",
        }
    }
}

/// A piece of such markup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trace {
    /// What wrote it.
    pub program: Program,
    /// The tag, the attribute or the comment.
    pub span: Span,
    /// Whether it is a comment.
    pub is_comment: bool,
    /// Whether a page without it shows the same.
    pub removable: bool,
}

/// What a mark is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// `<o:p>`: a tag that begins with the mark.
    Tag,
    /// `class="MsoNormal"`: an attribute whose value has the mark.
    Attribute,
    /// `<!-- wp:paragraph -->`: a comment that begins with the mark.
    Comment,
    /// The mark itself.
    Mark,
    /// `[[{"fid":"1"}]]`: a token that begins with the mark.
    Token,
}

#[rustfmt::skip]
static MARKS: &[(&str, Program, Part)] = &[
    ("<o:p>", Program::Word, Part::Tag), ("</o:p>", Program::Word, Part::Tag), ("<o:p/>", Program::Word, Part::Tag),
    ("<st1:", Program::Word, Part::Tag), ("</st1:", Program::Word, Part::Tag), ("<w:", Program::Word, Part::Tag),
    ("\"Mso", Program::Word, Part::Attribute), ("=Mso", Program::Word, Part::Attribute),
    ("mso-", Program::Word, Part::Attribute), ("<!--[if gte mso", Program::Word, Part::Comment),
    ("<!--[if mso", Program::Word, Part::Comment), ("<!--[if !mso", Program::Word, Part::Comment),
    ("<!-- wp:", Program::WordPress, Part::Comment), ("<!-- /wp:", Program::WordPress, Part::Comment),
    ("docs-internal-guid", Program::GoogleDocs, Part::Attribute), ("gmail_quote", Program::Mail, Part::Attribute),
    ("gmail_default", Program::Mail, Part::Attribute), ("OLK_SRC_BODY", Program::Mail, Part::Attribute),
    ("blogger-post-footer", Program::Blogger, Part::Attribute), ("tr-caption-container", Program::Blogger, Part::Attribute),
    ("<!--kg-card-", Program::Ghost, Part::Comment), ("__GHOST_URL__", Program::Ghost, Part::Mark),
    ("[[{\"fid\":", Program::Drupal, Part::Token), ("[[{\"type\":\"media\"", Program::Drupal, Part::Token),
    ("Apple-converted-space", Program::Browser, Part::Attribute), ("data-mce-", Program::Browser, Part::Attribute),
    ("<!--StartFragment", Program::Browser, Part::Comment), ("<!--EndFragment", Program::Browser, Part::Comment),
];

/// The length of the longest of them, in bytes.
const LONGEST_MARK: usize = 21;

/// Leftmost, which lets it look at many bytes at a time.
static FINDER: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostFirst)
        .build(MARKS.iter().map(|(mark, ..)| mark))
        .expect("the marks are few and short")
});

/// Where in `body` a mark may stand: in a tag or a comment, up to the first `<` or `>` in it, or where one of the few is
/// that need neither.
fn stretches(text: &str, body: Span) -> Vec<Span> {
    let bytes = body.of(text).as_bytes();
    let around = |at: usize, before: &str, mark: &str| {
        let start = at.checked_sub(before.len())?;
        bytes[start..].starts_with(mark.as_bytes()).then(|| Span::new(start, bytes.len().min(start + LONGEST_MARK)))
    };
    let stretch = |at: usize| match bytes[at] {
        b'{' => around(at, "[[", "[[{\""),
        b'G' => around(at, "__", "__GHOST_URL__"),
        _ => {
            let opens = bytes.get(at + 1).is_some_and(|next| next.is_ascii_alphabetic() || b"/!".contains(next));
            let end = || memchr2(b'<', b'>', &bytes[at + 1..]).map_or(bytes.len(), |length| at + 1 + length + 1);
            opens.then(|| Span::new(at, end()))
        }
    };
    memchr3_iter(b'<', b'{', b'G', bytes).filter_map(stretch).map(|stretch| stretch.shifted(body.start)).collect()
}

/// All traces in `body`, in order.
pub fn traces(text: &str, body: Span) -> Vec<Trace> {
    traces_within(text, body, &stretches(text, body))
}

/// All traces in `body` whose marks stand in one of these stretches of it.
fn traces_within(text: &str, body: Span, stretches: &[Span]) -> Vec<Trace> {
    let mut traces: Vec<Trace> = Vec::new();
    let hits = stretches.iter().flat_map(|stretch| {
        let hits = FINDER.find_iter(&text.as_bytes()[stretch.start..stretch.end]);
        hits.map(|hit| (hit.pattern(), Span::new(hit.start(), hit.end()).shifted(stretch.start)))
    });
    for (pattern, mark) in hits {
        let (_, program, part) = MARKS[pattern.as_usize()];
        let (span, removable) = match part {
            Part::Mark => (mark, false),
            Part::Token => match text[mark.end..body.end].find("]]") {
                Some(length) => (Span::new(mark.start, mark.end + length + "]]".len()), false),
                None => continue,
            },
            Part::Comment => match text[mark.end..body.end].find("-->") {
                Some(length) => (Span::new(mark.start, mark.end + length + "-->".len()), program != Program::Word),
                None => continue,
            },
            Part::Tag => match text[mark.end - 1..body.end].find('>') {
                Some(length) => (Span::new(mark.start, mark.end + length), mark.of(text).contains("o:p")),
                None => continue,
            },
            Part::Attribute => match attribute(text, body, mark) {
                Some(span) => (span, false),
                None => continue,
            },
        };
        if traces.last().is_none_or(|last| last.span.end <= span.start) {
            traces.push(Trace { program, span, is_comment: part == Part::Comment, removable });
        }
    }
    traces
}

/// The attribute that `mark` stands in, if it stands in a tag.
fn attribute(text: &str, body: Span, mark: Span) -> Option<Span> {
    /// A tag is not longer than this before its attribute.
    const LONGEST: usize = 2000;
    let mut from = mark.start.saturating_sub(LONGEST).max(body.start);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let before = &text[from..mark.start];
    let open = before.rfind('<').filter(|&open| !before[open..].contains('>'))?;
    let tag = &before[open..];
    if !tag[1..].starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let start = from + open + tag.rfind(char::is_whitespace)? + 1;
    let rest = &text[mark.end..body.end];
    let end = mark.end + rest.find(['"', '\'', '>', '\n']).unwrap_or(rest.len());
    let closed = text[end..].starts_with(['"', '\'']);
    // A value with spaces before the mark: back to the name of the attribute.
    let start = match tag.rfind('=') {
        Some(equals) => {
            let name = tag[..equals].trim_end();
            from + open + name.rfind(char::is_whitespace).map_or(start - from - open, |at| at + 1)
        }
        None => start,
    };
    Some(Span::new(start.min(mark.start), end + usize::from(closed)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(text: &str) -> Vec<&str> {
        traces(text, Span::new(0, text.len())).into_iter().map(|trace| trace.span.of(text)).collect()
    }

    #[test]
    fn traces_are_whole_tags_attributes_and_comments() {
        assert_eq!(found("<p class=\"MsoNormal\">é<o:p></o:p></p>"), ["class=\"MsoNormal\"", "<o:p>", "</o:p>"]);
        assert_eq!(found("<b style=\"color: red; mso-fareast: x\">a</b>"), ["style=\"color: red; mso-fareast: x\""]);
        assert_eq!(found("<!-- wp:image {\"id\":7} -->\n<p>a</p>\n<!-- /wp:image -->").len(), 2);
        assert_eq!(found("<b id=\"docs-internal-guid-0a1b\">a</b>"), ["id=\"docs-internal-guid-0a1b\""]);
        assert_eq!(found("<span class=Apple-converted-space> </span>"), ["class=Apple-converted-space"]);
        assert_eq!(found("<!--[if gte mso 9]><xml><w:WordDocument/></xml><![endif]-->").len(), 1);
    }

    proptest! {
        #[test]
        fn nothing_is_missed_outside_of_tags(
            parts in prop::collection::vec(prop_oneof![
                prop::sample::select(MARKS).prop_map(|(mark, ..)| mark.to_owned()),
                prop::sample::select(&["<", ">", "<p class=\"", "</", "<!-- ", "-->", "\"", " a=b ", "é", "]]", "\n"][..])
                    .prop_map(str::to_owned),
            ], 0..12),
        ) {
            let text = parts.concat();
            let body = Span::new(0, text.len());
            prop_assert_eq!(traces(&text, body), traces_within(&text, body, &[body]));
        }
    }

    #[test]
    fn tokens_are_whole() {
        assert_eq!(
            found("é [[{\"fid\":\"7\",\"view_mode\":\"é\"}]] b [[{\"a\": 1}]]"),
            ["[[{\"fid\":\"7\",\"view_mode\":\"é\"}]]"]
        );
    }

    #[test]
    fn words_are_no_markup() {
        assert_eq!(found("mso- and \"Mso and <!-- a wp:comment --> gmail_quote <div>mso-x"), [""; 0]);
    }
}
