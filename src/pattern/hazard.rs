//! What could go wrong when a marker is taken out: something else would go with it, or the rest be read as something else.
//!
//! Owns the doubts. Which bytes go is for [`super::removal`]. Rather too careful than sorry: a deletion in doubt is left to
//! a person.

use super::removal::{is_markdown, shows_nothing};
use super::sight::Sighting;
use crate::document::{Block, BlockKind, Document};
use crate::span::Span;

/// Whether something besides words would go: an image, a comment, template syntax, one end of an element.
pub fn holds_more(document: &Document, region: Span) -> bool {
    is_unbalanced(document.source.slice(region))
        || document.comments.iter().any(|comment| comment.overlaps(region))
        || document.foreign.iter().any(|foreign| foreign.span.overlaps(region))
        || document.links.iter().any(|link| link.embeds && link.span.overlaps(region))
}

/// Whether an element begins in `html` and does not end there, or the other way round. Those whose end may be left out, or
/// that have none, do not count.
fn is_unbalanced(html: &str) -> bool {
    let mut open = 0;
    for (at, _) in html.match_indices('<') {
        let tag = &html[at + 1..];
        let (closes, tag) = tag.strip_prefix('/').map_or((false, tag), |tag| (true, tag));
        let name = &tag[..tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len())];
        let counts = name.starts_with(|c: char| c.is_ascii_alphabetic());
        if counts && !["p", "li", "br", "hr", "img"].iter().any(|other| other.eq_ignore_ascii_case(name)) {
            open += if closes { -1 } else { 1 };
        }
        if open < 0 {
            return true;
        }
    }
    open != 0
}

/// Whether a file with this text could have front matter.
pub fn opens_front_matter(text: &str) -> bool {
    let text = text.trim_start();
    let text = text.strip_prefix("<!--").unwrap_or(text).trim_start();
    let json = text.strip_prefix('{').is_some_and(|rest| !rest.starts_with(['{', '%']));
    json || text.starts_with("---") || text.starts_with("+++")
}

/// Whether what the run leaves of its own blocks would no longer be what it was.
pub fn would_reparse(document: &Document, first: &Sighting, last: &Sighting, lines: Span) -> bool {
    if !is_markdown(document) {
        return false;
    }
    let source = document.source;
    let inside = first.block == last.block && first.text_before && last.text_after;
    if first.text_before && !inside {
        // A backslash at the end of a paragraph is no line break any more.
        let above = source.line_index(lines.start).checked_sub(1).map_or("", |index| source.slice(source.line(index)));
        if above.ends_with('\\') {
            return true;
        }
    }
    let below = source.text()[lines.end..].lines().next();
    let kind = document.blocks[last.block].kind;
    if last.text_after && !inside {
        return below.is_none_or(|line| !can_begin(line, kind));
    }
    if kind == BlockKind::ListItem && !last.text_after {
        // What is indented below an item belongs to it.
        let next = source.text()[lines.end..].lines().find(|line| !line.trim().is_empty());
        return next.is_some_and(|line| indent(line) > indent(source.slice(source.line(first.lines.0))));
    }
    false
}

/// Whether `line`, so far the second of a block of `kind`, is sure to begin the same kind of block.
fn can_begin(line: &str, kind: BlockKind) -> bool {
    let content = match kind {
        BlockKind::Paragraph => line,
        BlockKind::Quote if line.trim_start().starts_with('>') => {
            let marks = line.len() - line.trim_start_matches(['>', ' ']).len();
            let text = &line[line[..marks].rfind('>').map_or(0, |at| at + 1)..];
            text.strip_prefix(' ').unwrap_or(text)
        }
        _ => return false,
    };
    indent(content) < 4
        && content
            .trim_start()
            .starts_with(|c: char| c.is_alphabetic() || matches!(c, '"' | '“' | '‘' | '„' | '«' | '¿' | '¡'))
}

/// How far a line is indented, in columns.
pub fn indent(line: &str) -> usize {
    let spaces = line.bytes().take_while(|byte| matches!(byte, b' ' | b'\t'));
    spaces.map(|byte| if byte == b'\t' { 4 } else { 1 }).sum()
}

/// Whether what stands above and below could become one when nothing stands between: two lists, a list and what is
/// indented below it, two pieces of indented code.
pub fn joins_neighbours(document: &Document, first: &Sighting, last: &Sighting, lines: Span) -> bool {
    let source = document.source;
    if !is_markdown(document) || document.blocks[first.block].kind == BlockKind::ListItem {
        return false;
    }
    let shown = |line: &&str| !shows_nothing(document, first, line);
    let body = source.text().get(document.body.start..lines.start).unwrap_or("");
    let above = body.lines().rev().find(shown).unwrap_or("");
    let below = source.text()[lines.end..].lines().find(shown).unwrap_or("");
    // Raw HTML goes on to the next blank line, whatever stands there.
    let html = source.slice(lines).contains('<');
    if html && source.text()[lines.end..].lines().next().is_some_and(|line| shown(&line)) {
        return true;
    }
    // Lines that touch are one paragraph, a heading and its underline, a fence and its code. Only a heading ends by itself.
    let touched = source.line_index(lines.start).checked_sub(1).map(|index| source.line(index));
    let touched = touched.filter(|line| line.start >= document.body.start && shown(&source.slice(*line)));
    let touches = source.text()[lines.end..].lines().next().is_some_and(|line| shown(&line));
    let block_above = block_above(document, first, lines);
    let kind_above = block_above.map(|block| block.kind);
    let runs_on = touched.is_some_and(|line| {
        let ends = block_above.filter(|block| matches!(block.kind, BlockKind::Heading(_)));
        first.text_before || ends.is_none_or(|block| block.span.end < line.end.min(line.start + 1))
    });
    let inside = first.text_before && first.block == last.block;
    if touches && runs_on && !inside {
        return true;
    }
    let after_list = kind_above == Some(BlockKind::ListItem) || begins_item(above) || indent(above) > 0;
    // What is indented so far may become code, or more of the code above.
    (after_list && (begins_item(below) || indent(below) > 0)) || indent(below) >= 4
}

/// The block that ends above `lines`, which hold `hit`.
pub fn block_above<'a>(document: &'a Document, hit: &Sighting, lines: Span) -> Option<&'a Block> {
    document.blocks[..hit.block].iter().rfind(|block| block.span.end <= lines.start)
}

/// Whether a line begins with the mark of a list item.
fn begins_item(line: &str) -> bool {
    let line = line.trim_start_matches(['>', ' ', '\t']);
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if digits > 0 { line[digits..].starts_with(['.', ')']) } else { line.starts_with(['-', '*', '+']) }
}
