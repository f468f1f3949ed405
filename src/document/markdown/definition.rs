//! Link definitions: pulldown-cmark keeps the first one of each label; all of them are wanted, and each with its place.

use std::borrow::Cow;

use pulldown_cmark::RefDefs;

use super::destination;
use crate::document::foreign::Masked;
use crate::document::{Definition, Destination, Document};
use crate::span::Span;

/// Adds the definitions that count: the first one of each label.
pub(super) fn first_ones(document: &mut Document, masked: &Masked, known: &RefDefs) {
    let base = document.body.start;
    let text = document.source.text();
    for (_, definition) in known.iter() {
        let range = &definition.span;
        let Some((label, found)) = destination::definition(&masked.text, range.start, range.end) else { continue };
        let place = destination::place_of(&masked.text, &definition.dest)
            .filter(|place| !place.is_empty() && range.start <= place.start && place.end <= range.end)
            .unwrap_or(found)
            .shifted(base);
        let span = Span::from(range.clone()).shifted(base);
        let span = Span::new(span.start, span.start + span.of(text).trim_end().len());
        let destination = resolved(text, masked, place, &definition.dest);
        document.definitions.push(Definition { span, label: label.shifted(base), destination });
    }
    document.definitions.sort_by_key(|definition| definition.span);
}

/// A destination at `place` that means `url`.
pub(super) fn resolved<'s>(text: &'s str, masked: &Masked, place: Span, url: &str) -> Destination<'s> {
    let written = place.of(text);
    let foreign = masked.touches(place);
    let url = if foreign || written == url { Cow::Borrowed(written) } else { Cow::Owned(url.to_owned()) };
    Destination { span: place, url, foreign }
}

/// Adds the definitions that repeat a label. They stand where no block is: what makes a definition makes no block.
pub(super) fn repeated_ones(document: &mut Document, masked: &Masked, known: &RefDefs) {
    if document.definitions.is_empty() {
        return;
    }
    let base = document.body.start;
    let text = document.source.text();
    let mut found = Vec::new();
    let mut gap_start = document.body.start;
    let ends = document.blocks.iter().map(|block| (block.span.start, block.span.end));
    for (start, end) in ends.chain([(document.body.end, document.body.end)]) {
        if gap_start < start {
            let gap = Span::new(gap_start, start);
            repeated_in(gap, document, masked, known, base, text, &mut found);
        }
        gap_start = gap_start.max(end);
    }
    if !found.is_empty() {
        document.definitions.append(&mut found);
        document.definitions.sort_by_key(|definition| definition.span);
    }
}

fn repeated_in<'s>(
    gap: Span,
    document: &Document<'s>,
    masked: &Masked,
    known: &RefDefs,
    base: usize,
    text: &'s str,
    found: &mut Vec<Definition<'s>>,
) {
    let bytes = masked.text.as_bytes();
    let mut at = gap.start - base;
    let end = gap.end - base;
    while let Some(open) = memchr::memchr(b'[', &bytes[at..end]) {
        let start = at + open;
        at = start + 1;
        let index = document.definitions.partition_point(|definition| definition.span.end <= start + base);
        if let Some(here) = document.definitions.get(index).filter(|here| here.span.start <= start + base) {
            at = (here.span.end - base).max(at);
            continue;
        }
        let Some((label, place)) = destination::definition(&masked.text, start, end) else { continue };
        if known.get(label.of(&masked.text)).is_none() {
            continue;
        }
        let span = Span::new(start, destination::definition_end(&masked.text, place).min(end)).shifted(base);
        let place = place.shifted(base);
        let url = super::meaning(place.of(text));
        found.push(Definition { span, label: label.shifted(base), destination: resolved(text, masked, place, &url) });
        at = span.end - base;
    }
}
