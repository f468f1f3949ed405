//! `source/merge-conflict`

use memchr::{memchr_iter, memchr2};
use serde::Deserialize;

use crate::document::{BlockKind, Document};
use crate::finding::Level;
use crate::rule::{Define, Meta, Rule, Sink};
use crate::span::Span;

/// Reports what git writes around two versions that nobody has chosen between.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct MergeConflict {}

impl Define for MergeConflict {
    const META: Meta = Meta {
        id: "source/merge-conflict",
        level: Some(Level::Error),
        fix: None,
        page: include_str!("../../../rules/source/merge-conflict.md"),
    };
}

/// What opens, parts and closes a conflict at the start of a line. Source: git-merge(1), "How conflicts are presented".
const OPENING: &str = "<<<<<<< ";
const MIDDLE: &str = "=======";
const CLOSING: &str = ">>>>>>> ";

impl Rule for MergeConflict {
    fn document(&self, document: &Document, sink: &mut Sink) {
        let text = document.source.text();
        // Nearly all texts have none, wherever in a line.
        if !document.angles().iter().any(|&at| text[at..].starts_with(OPENING)) {
            return;
        }
        let mut from = 0;
        while let Some(opening) = line_with(text, from, OPENING) {
            from = opening.end;
            if is_code(document, opening.start) {
                continue;
            }
            let finding = sink.report(opening, "a merge was left unfinished here").help(
                "keep one of the two versions, or make one out of both, and delete the lines with `<<<<<<<`, `=======` and `>>>>>>>`",
            );
            // What follows belongs to it until another one opens.
            let end = line_with(text, from, OPENING).map_or(text.len(), |next| next.start);
            let middle = line_with(&text[..end], from, MIDDLE).filter(|line| line.len() == MIDDLE.len());
            if let Some(middle) = middle {
                finding.also(middle, "the other version begins below");
            }
            if let Some(closing) = line_with(&text[..end], middle.map_or(from, |middle| middle.end), CLOSING) {
                finding.also(closing, "it ends here");
                from = closing.end;
            }
        }
    }
}

/// The next line at or behind byte `from` that begins with `mark`, without its end.
fn line_with(text: &str, from: usize, mark: &str) -> Option<Span> {
    let bytes = text.as_bytes();
    let starts_line = |at: usize| at == 0 || matches!(bytes[at - 1], b'\n' | b'\r') || text[..at] == *"\u{FEFF}";
    let begins = |at: &usize| bytes[*at..].starts_with(mark.as_bytes()) && starts_line(*at);
    let start = memchr_iter(mark.as_bytes()[0], &bytes[from..]).map(|at| from + at).find(begins)?;
    let length = memchr2(b'\n', b'\r', &bytes[start..]).unwrap_or(bytes.len() - start);
    Some(Span::new(start, start + length))
}

/// Whether byte `offset` stands in a block of code, as in a text about git.
fn is_code(document: &Document, offset: usize) -> bool {
    let next = document.blocks.partition_point(|block| block.span.start <= offset);
    document.blocks[..next].last().is_some_and(|block| block.kind == BlockKind::Code && block.span.end > offset)
}
