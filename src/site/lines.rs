//! The short lines of an article that a template may have put there, so that those which many articles share can be told.

use memchr::memchr;
use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

use super::Facts;
use crate::document::{Block, BlockKind, Document, OBJECT};
use crate::source::Kind;
use crate::span::Span;

/// A short line of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineFact {
    /// Stands for its text.
    pub hash: u64,
    /// Where it stands.
    pub span: Span,
}

/// Longer lines, in bytes, are said once.
const LONGEST: usize = 200;

/// Templates add to the beginning and the end of an article: so many blocks are looked at there.
const EDGE: usize = 3;

/// The lines of `document` that may be a template's: of plain text all short ones, of Markdown and HTML the short paragraphs at
/// either end.
pub(super) fn of(document: &Document) -> Vec<LineFact> {
    let blocks = &document.blocks;
    let plain = document.source.kind() == Kind::Text;
    let last = if plain { 0 } else { blocks.len().saturating_sub(EDGE) };
    let edges = (0..EDGE.min(last)).chain(last..blocks.len());
    // What stands right below a heading is what it announces.
    let announced = |index: usize| {
        let above = index.checked_sub(1).and_then(|above| blocks.get(above));
        above.is_some_and(|above| matches!(above.kind, BlockKind::Heading(_)))
    };
    let lines = edges.filter(|&index| (plain || !announced(index)) && may_be_a_template(document, &blocks[index]));
    let fact = |block: &Block| LineFact { hash: xxh3_64(document.text_of(block).as_bytes()), span: block.span };
    lines.map(|index| fact(&blocks[index])).collect()
}

fn may_be_a_template(document: &Document, block: &Block) -> bool {
    if !(3..=LONGEST).contains(&block.text.len()) || !matches!(block.kind, BlockKind::Paragraph | BlockKind::Quote) {
        return false;
    }
    let text = document.text_of(block);
    let directive = [":::", "import ", "export "].iter().any(|start| text.starts_with(start));
    if directive
        || text.ends_with(':')
        || memchr(b'\n', text.as_bytes()).is_some()
        || text.contains(OBJECT)
        || !text.contains(char::is_alphabetic)
    {
        return false;
    }
    document.source.kind() == Kind::Text || {
        let linked = || document.links.iter().any(|link| link.span.overlaps(block.span));
        let foreign = || document.foreign.iter().any(|foreign| foreign.span.overlaps(block.span));
        let words = text.split_whitespace().nth(3).is_some() || !text.is_ascii();
        words && !linked() && !foreign() && !is_of_law(text)
    }
}

/// Whether it is a line about rights, which many articles have for good reason.
fn is_of_law(text: &str) -> bool {
    let lower = text.to_lowercase();
    ["licen", "copyright", "©", "creative commons", "trademark", "disclaimer"].iter().any(|word| lower.contains(word))
}

/// In how many articles each line stands.
pub(super) fn count(facts: &[Facts]) -> FxHashMap<u64, usize> {
    let mut counts: FxHashMap<u64, usize> = FxHashMap::default();
    let mut own: Vec<u64> = Vec::new();
    for article in facts {
        own.clear();
        own.extend(article.lines.iter().map(|line| line.hash));
        own.sort_unstable();
        own.dedup();
        own.iter().for_each(|&hash| *counts.entry(hash).or_default() += 1);
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn short_paragraphs_at_either_end_are_taken_each_once() {
        for count in 0..9 {
            let text: String = (0..count).map(|n| format!("The paragraph with number {n} é.\n\n")).collect();
            let source = Source::new("a.md", Kind::Markdown, text);
            let lines = of(&Document::parse(&source));
            let said: Vec<&str> = lines.iter().map(|line| source.slice(line.span)).collect();
            let own = |n: &usize| *n < EDGE || n + EDGE >= count;
            let expected: Vec<String> =
                (0..count).filter(own).map(|n| format!("The paragraph with number {n} é.")).collect();
            assert_eq!(said, expected);
        }
    }
}
