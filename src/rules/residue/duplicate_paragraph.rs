//! `residue/duplicate-paragraph`

use serde::Deserialize;

use crate::document::{Block, BlockKind, Document};
use crate::finding::{Edit, Fix, Level, Safety};
use crate::rule::{Define, Meta, Rule, Sink};
use crate::span::Span;

/// Reports a paragraph that stands twice in one article.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct DuplicateParagraph {
    /// Shorter paragraphs, in characters, may stand twice.
    min_length: usize,
}

impl Default for DuplicateParagraph {
    fn default() -> Self {
        Self { min_length: 200 }
    }
}

impl Define for DuplicateParagraph {
    const META: Meta = Meta {
        id: "residue/duplicate-paragraph",
        level: Some(Level::Warning),
        fix: Some(Safety::Unsafe),
        page: include_str!("../../../rules/residue/duplicate-paragraph.md"),
    };
}

impl Rule for DuplicateParagraph {
    fn document(&self, document: &Document, sink: &mut Sink) {
        let length = self.min_length.max(1);
        // There are no more characters than bytes.
        let long = |block: &&Block| block.text.len() >= length && block.kind == BlockKind::Paragraph;
        let mut paragraphs: Vec<&Block> = document.blocks.iter().filter(long).collect();
        // Those of the same words come to stand side by side. Most differ in length, and are compared no further.
        let compare = |a: &Block, b: &Block| {
            let length = a.text.len().cmp(&b.text.len());
            length.then_with(|| document.text_of(a).cmp(document.text_of(b)))
        };
        paragraphs.sort_by(|a, b| compare(a, b));
        for same in paragraphs.chunk_by(|a, b| compare(a, b).is_eq()) {
            // What comes again and again is a refrain: the question of a survey, the terms of each offer.
            let &[first, second] = same else { continue };
            // The same words may lead elsewhere, or be said of another picture.
            let alike = document.source.slice(first.span) == document.source.slice(second.span);
            if !alike || document.text_of(first).chars().count() < length {
                continue;
            }
            let finding = sink.report(second.span, "this paragraph stands in the article twice");
            finding.also(first.span, "it stands here first").help("delete one of the two");
            let lines = document.source.lines_around(second.span);
            if lines.trimmed(document.source.text()) == second.span {
                finding.fix(Fix::risky("delete the second one", [Edit::delete(with_blank(document, second, lines))]));
            }
        }
    }
}

/// `lines`, and one of the blank lines around them if there is one on both sides.
fn with_blank(document: &Document, block: &Block, lines: Span) -> Span {
    let source = document.source;
    let blank = |line: usize| line < source.line_count() && source.slice(source.line(line)).trim().is_empty();
    let (first, last) = (source.line_index(block.span.start), source.line_index(block.span.end - 1));
    if first > 0 && blank(first - 1) && (blank(last + 1) || last + 1 >= source.line_count()) {
        return source.full_line(first - 1).to(lines);
    }
    lines
}
