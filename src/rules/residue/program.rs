//! Markup that only one program writes, and that means nothing outside it.

use std::sync::LazyLock;

use memchr::memchr_iter;

use crate::document::Document;
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

/// The marks of attributes by their places in [`MARKS`], each with the offset of its first [sign](is_sign).
static ATTRIBUTES: LazyLock<Vec<(usize, usize)>> = LazyLock::new(|| {
    let attributes = MARKS.iter().enumerate().filter(|(_, (_, _, part))| *part == Part::Attribute);
    attributes.filter_map(|(index, (mark, ..))| Some((index, mark.bytes().position(is_sign)?))).collect()
});

/// Whether it is one of the bytes of which the mark of each attribute has one: few tags have any.
fn is_sign(byte: u8) -> bool {
    matches!(byte, b'-' | b'_' | b'M')
}

/// All traces in the body of a document, in order.
pub fn traces(document: &Document) -> Vec<Trace> {
    let (text, body) = (document.source.text(), document.body);
    let of_body = |places: &'_ [usize]| places.partition_point(|&at| at < body.start);
    let (angles, braces) = (document.angles(), document.braces());
    traces_at(text, body, &angles[of_body(angles)..], &braces[of_body(braces)..])
}

/// A mark that was found: which of [`MARKS`], and where.
type Hit = (usize, Span);

/// All traces in `body`, which has `<` and `{` at these places.
fn traces_at(text: &str, body: Span, angles: &[usize], braces: &[usize]) -> Vec<Trace> {
    let bytes = &text.as_bytes()[..body.end];
    let mut hits: Vec<Hit> = Vec::new();
    angles.iter().for_each(|&at| in_tag(bytes, at, &mut hits));
    // Those that stand outside of tags, too.
    let mut add = |part: Part, at: Option<usize>| {
        let Some(at) = at.filter(|&at| at >= body.start) else { return };
        let found = MARKS.iter().position(|(mark, _, own)| *own == part && bytes[at..].starts_with(mark.as_bytes()));
        hits.extend(found.map(|index| (index, Span::new(at, at + MARKS[index].0.len()))));
    };
    braces
        .iter()
        .filter(|&&at| at > 1 && bytes[at - 1] == b'[' && bytes[at - 2] == b'[')
        .for_each(|at| add(Part::Token, at.checked_sub(2)));
    memchr_iter(b'G', body.of(text).as_bytes()).for_each(|at| add(Part::Mark, (body.start + at).checked_sub(2)));
    hits.sort_unstable_by_key(|(_, span)| span.start);
    traces_of(text, body, hits)
}

/// Adds the marks in the tag or comment that may begin with the `<` at byte `at`.
fn in_tag(bytes: &[u8], at: usize, hits: &mut Vec<Hit>) {
    let rest = &bytes[at..];
    let Some(&next) = rest.get(1) else { return };
    // The marks of tags have a colon in their first bytes.
    if next == b'!' || rest[..rest.len().min(6)].contains(&b':') {
        let begins = |part: Part| matches!(part, Part::Tag | Part::Comment);
        let found = MARKS.iter().position(|(mark, _, part)| begins(*part) && rest.starts_with(mark.as_bytes()));
        hits.extend(found.map(|index| (index, Span::new(at, at + MARKS[index].0.len()))));
    }
    // Only opening tags have attributes.
    if !next.is_ascii_alphabetic() {
        return;
    }
    for (sign, &byte) in (1..).zip(&rest[1..]) {
        if matches!(byte, b'<' | b'>') {
            return;
        }
        if is_sign(byte) {
            let begins = |&(index, before): &(usize, usize)| {
                let mark = MARKS[index].0.as_bytes();
                rest[sign - 1] == mark[before - 1] && sign >= before && rest[sign - before..].starts_with(mark)
            };
            let found = ATTRIBUTES.iter().find(|mark| begins(mark));
            hits.extend(found.map(|&(index, before)| {
                let start = at + sign - before;
                (index, Span::new(start, start + MARKS[index].0.len()))
            }));
        }
    }
}

/// The traces that these marks are part of. Of marks that overlap, the first one counts.
fn traces_of(text: &str, body: Span, hits: impl IntoIterator<Item = Hit>) -> Vec<Trace> {
    let mut traces: Vec<Trace> = Vec::new();
    let mut behind = 0;
    for (index, mark) in hits {
        if mark.start < behind {
            continue;
        }
        behind = mark.end;
        let (_, program, part) = MARKS[index];
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
    use aho_corasick::{AhoCorasick, MatchKind};
    use proptest::prelude::*;

    use super::*;

    fn traces(text: &str, body: Span) -> Vec<Trace> {
        let places = |sign| memchr_iter(sign, body.of(text).as_bytes()).map(|at| body.start + at).collect::<Vec<_>>();
        traces_at(text, body, &places(b'<'), &places(b'{'))
    }

    /// The same without a thought of where marks may stand.
    fn traces_anywhere(text: &str, body: Span) -> Vec<Trace> {
        let mut finder = AhoCorasick::builder();
        let finder = finder
            .match_kind(MatchKind::LeftmostFirst)
            .build(MARKS.iter().map(|(mark, ..)| mark))
            .expect("the marks are few and short");
        let hits = finder.find_iter(body.of(text));
        let hits = hits.map(|hit| (hit.pattern().as_usize(), Span::new(hit.start(), hit.end()).shifted(body.start)));
        traces_of(text, body, hits)
    }

    fn found(text: &str) -> Vec<&str> {
        traces(text, Span::new(0, text.len())).into_iter().map(|trace| trace.span.of(text)).collect()
    }

    #[test]
    fn each_mark_of_an_attribute_has_a_sign() {
        let attributes = MARKS.iter().filter(|(_, _, part)| *part == Part::Attribute);
        assert_eq!(ATTRIBUTES.len(), attributes.count());
        assert!(ATTRIBUTES.iter().all(|(_, before)| *before > 0));
        let tag =
            |(mark, _, part): &&(&str, Program, Part)| *part == Part::Tag && !mark[..mark.len().min(6)].contains(':');
        assert_eq!(MARKS.iter().find(tag), None);
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
            from in 0..4_usize,
        ) {
            let text = parts.concat();
            let start = parts.iter().take(from).map(String::len).sum();
            let body = Span::new(start, text.len());
            prop_assert_eq!(traces(&text, body), traces_anywhere(&text, body));
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
