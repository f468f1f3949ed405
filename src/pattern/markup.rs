//! Hits outside the text: in where links lead, and in the attributes of elements.
//!
//! Owns what an attribute is, to a pack: what stands in a tag of HTML, and the alternative text of an image. Code is no
//! markup.

use super::matcher::Matcher;
use super::pack::Place;
use super::sight::{Sighting, Wanted};
use super::surroundings::Surroundings;
use crate::document::{BlockKind, Document};
use crate::source::Kind;
use crate::span::Span;

/// The longest tag that is looked into, in bytes.
const LONGEST_TAG: usize = 4_000;

/// The places in links, then those in attributes.
pub fn sightings(
    document: &Document,
    surroundings: &Surroundings,
    matcher: &Matcher,
    wanted: &impl Wanted,
) -> Vec<(Sighting, Place)> {
    let mut found = Vec::new();
    let mut put = |span: Span, entry, place| {
        let Some(block) = document.blocks.iter().rposition(|block| block.span.start <= span.start) else { return };
        let words = super::normal::normal_form(document.source.slice(span));
        if !wanted.in_block(entry, &document.blocks[block]) || wanted.allows(entry, &words) {
            return;
        }
        let lines = document.source.line_index(span.start);
        let sighting = Sighting {
            entries: vec![entry],
            block,
            span,
            region: span,
            lines: (lines, lines),
            alone: false,
            parts: surroundings.parts(block),
            page: false,
            emphasized: false,
            linked: true,
            text_before: true,
            text_after: true,
        };
        if wanted.fits(entry, &sighting) {
            found.push((sighting, place));
        }
    };
    if matcher.looks_at_targets() {
        for destination in document.links.iter().filter_map(|link| link.destination.as_ref()) {
            for (entry, place) in matcher.target(&destination.url) {
                // Where something in the URL was written otherwise, the whole of it is shown.
                let verbatim = document.source.slice(destination.span) == destination.url;
                let span = if verbatim { place.shifted(destination.span.start) } else { destination.span };
                put(span, entry, Place::LinkTarget);
            }
        }
    }
    if matcher.looks_at_attributes() && document.source.kind() != Kind::Text {
        let body = document.source.slice(document.body);
        for (entry, place) in matcher.attribute(body, parts(document)) {
            let span = place.shifted(document.body.start);
            if is_attribute(document, span) {
                put(span, entry, Place::Attribute);
            }
        }
    }
    found
}

/// The parts of the body, by its own bytes, in which all [attributes](is_attribute) begin: what stands behind a `<` with a
/// letter, up to the next one or a `>`, and the alternative texts of images.
fn parts(document: &Document) -> impl Iterator<Item = Span> {
    let body = document.source.slice(document.body).as_bytes();
    let named = |&at: &usize| body.get(at + 1).is_some_and(u8::is_ascii_alphabetic);
    let tags = memchr::memchr_iter(b'<', body).filter(named).map(|at| {
        let inner = &body[at + 1..body.len().min(at + 1 + LONGEST_TAG)];
        Span::new(at, at + 1 + memchr::memchr2(b'<', b'>', inner).unwrap_or(inner.len()))
    });
    let (start, end) = (document.body.start, document.body.end);
    let shown = document.links.iter().filter(|link| link.embeds).map(|link| link.text);
    let shown = shown.filter(move |text| text.end > start && text.start < end);
    tags.chain(shown.map(move |text| Span::new(text.start.max(start) - start, text.end.min(end) - start)))
}

/// Whether `span` stands in a tag, or in the alternative text of an image.
fn is_attribute(document: &Document, span: Span) -> bool {
    let in_code = document.blocks.iter().any(|block| block.kind == BlockKind::Code && block.span.overlaps(span));
    let line = Span::new(document.source.line(document.source.line_index(span.start)).start, span.start);
    // An odd number of backticks before it on its line: inline code.
    let quoted = document.source.slice(line).matches('`').count() % 2 == 1;
    if in_code || quoted || document.comments.iter().any(|comment| comment.overlaps(span)) {
        return false;
    }
    let is_alternative = document.links.iter().any(|link| link.embeds && link.text.contains(span));
    is_alternative || in_tag(document.source.slice(Span::new(document.body.start, span.start)))
}

/// Whether a tag is open at the end of `before`, behind its name.
fn in_tag(before: &str) -> bool {
    let Some(at) = before.rfind(['<', '>']).filter(|at| before.len() - at <= LONGEST_TAG) else { return false };
    let tag = &before[at..];
    let name = tag.strip_prefix('<').map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric()));
    let named = tag[1..].starts_with(|c: char| c.is_ascii_alphabetic());
    // A blank line ends every tag, and a backtick shows that the tag is quoted.
    named
        && name.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_whitespace()))
        && !tag.contains("\n\n")
        && !tag.contains('`')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::source::Source;

    proptest! {
        #[test]
        fn attributes_begin_within_the_parts(
            pieces in prop::collection::vec(
                prop::sample::select(&["<", "<a", "<img alt=\"", "\"", ">", " x", "é", "\n", "\n\n", "`", "![", "](b.png)", "---\n"][..]),
                0..30,
            ),
            kind in prop::sample::select(&[Kind::Markdown, Kind::Mdx, Kind::Html][..]),
        ) {
            let source = Source::new("a", kind, pieces.concat());
            let document = Document::parse(&source);
            let start = document.body.start;
            let parts: Vec<Span> = parts(&document).collect();
            for (at, c) in document.source.slice(document.body).char_indices() {
                let span = Span::new(start + at, start + at + c.len_utf8());
                let within = parts.iter().any(|part| (part.start..=part.end).contains(&at));
                prop_assert!(within || !is_attribute(&document, span), "{} of {:?}", at, source.text());
            }
        }
    }
}
