//! Taking a marker out of an article so that nothing shows it was there.
//!
//! Owns which bytes go with a marker: its line, the elements that hold nothing else, a blank line too many. Never touches
//! any other line, and would rather offer nothing than change how the rest is read.

use super::sight::Sighting;
use crate::document::{BlockKind, Document};
use crate::finding::Safety;
use crate::source::Kind;
use crate::span::Span;

/// Elements that mean nothing once they are empty.
const WRAPPERS: &[&str] = &[
    "a",
    "aside",
    "b",
    "blockquote",
    "button",
    "center",
    "div",
    "em",
    "figcaption",
    "figure",
    "font",
    "footer",
    "header",
    "i",
    "ins",
    "label",
    "li",
    "nav",
    "ol",
    "p",
    "section",
    "small",
    "span",
    "strong",
    "u",
    "ul",
];

/// What a fix takes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Removed {
    /// The bytes.
    pub span: Span,
    /// Whether a person should look at the result.
    pub safety: Safety,
}

/// Whether a line shows nothing: white space, and in Markdown the marks of a quote.
pub fn is_blank(kind: Kind, line: &str) -> bool {
    let quotes = matches!(kind, Kind::Markdown | Kind::Mdx);
    line.chars().all(|c| c.is_whitespace() || (quotes && c == '>'))
}

/// Whether nothing stands between two sightings, the second below the first.
pub fn adjacent(document: &Document, first: &Sighting, second: &Sighting) -> bool {
    if first.region.end > second.region.start {
        return false;
    }
    let between = document.source.slice(Span::new(first.region.end, second.region.start));
    is_blank(document.source.kind(), between)
}

/// `region` with the elements around it that hold nothing else.
pub fn enclosing(document: &Document, region: Span) -> Span {
    if document.source.kind() == Kind::Text {
        return region;
    }
    let text = document.source.text();
    let mut region = region;
    loop {
        let before = &text[document.body.start.min(region.start)..region.start];
        let after = &text[region.end..];
        let Some((opening, name)) = last_tag(before.trim_end()) else { return region };
        let Some(closing) = closing_tag(after.trim_start(), name) else { return region };
        let start = region.start - before.len() + before.trim_end().len() - opening;
        let end = region.end + (after.len() - after.trim_start().len()) + closing;
        region = Span::new(start, end);
    }
}

/// The opening tag of a wrapper at the end of `text`: its length and its name.
fn last_tag(text: &str) -> Option<(usize, &str)> {
    let inner = text.strip_suffix('>')?;
    let start = inner.rfind('<')?;
    let inner = &inner[start + 1..];
    let name = &inner[..inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len())];
    let attributes = &inner[name.len()..];
    let whole = !attributes.contains('>') && !attributes.ends_with('/');
    let spaced = attributes.is_empty() || attributes.starts_with(|c: char| c.is_ascii_whitespace());
    let wraps = WRAPPERS.iter().any(|wrapper| wrapper.eq_ignore_ascii_case(name));
    (whole && spaced && wraps).then(|| (text.len() - start, name))
}

/// The length of the closing tag of `name` at the start of `text`.
fn closing_tag(text: &str, name: &str) -> Option<usize> {
    let inner = text.strip_prefix("</")?;
    let end = inner.find('>')?;
    inner[..end].trim_end().eq_ignore_ascii_case(name).then_some(end + 3)
}

/// The words of a sentence hit, with one of the spaces beside them; `None` if there is more to them than words.
pub fn of_words(document: &Document, sighting: &Sighting) -> Option<Removed> {
    let source = document.source;
    let marked_up = source.slice(sighting.span).contains(['*', '_', '`', '[', ']', '<', '>', '&', '\\']);
    if marked_up
        || holds_more(document, sighting.span)
        || document.links.iter().any(|link| link.span.overlaps(sighting.span))
    {
        return None;
    }
    let before = &source.text()[..sighting.span.start];
    let after = &source.text()[sighting.span.end..];
    let mut span = sighting.span;
    if before.ends_with(' ') && (after.is_empty() || after.starts_with([' ', '\r', '\n', '.', ',', '<'])) {
        span.start -= 1;
    } else if after.starts_with(' ') && (before.is_empty() || before.ends_with(['\n', '>'])) {
        span.end += 1;
    }
    Some(Removed { span, safety: Safety::Unsafe })
}

/// The lines of a run, from its first hit to its last, and the blank lines that would be too many without them. `None`
/// if something else would go with them, or would be read differently.
pub fn of_lines(document: &Document, first: &Sighting, last: &Sighting) -> Option<Removed> {
    let source = document.source;
    let region = enclosing(document, first.region.to(last.region));
    if holds_more(document, region) || would_reparse(document, first, last) {
        return None;
    }
    let lines = source.lines_around(region);
    let safety = if joins_neighbours(document, first, last, lines.end) { Safety::Unsafe } else { Safety::Safe };
    let before = source.slice(Span::new(lines.start.max(source.start()).min(region.start), region.start));
    let after = source.slice(Span::new(region.end, lines.end));
    if !(is_furniture(before, document.blocks[first.block].kind) && after.trim().is_empty()) {
        let element = source.slice(region).starts_with('<') && source.slice(region).ends_with('>');
        return element.then_some(Removed { span: region, safety });
    }
    let span = with_surplus_blanks(document, lines);
    // What comes first in a file may be read as front matter.
    let rest = source.text()[span.end..].trim_start();
    let opens = ["---", "+++", "{", "<!--"].iter().any(|fence| rest.starts_with(fence));
    let becomes_fence = opens && span.start <= source.start() && document.front_matter.is_none();
    (!becomes_fence).then_some(Removed { span, safety })
}

fn is_markdown(document: &Document) -> bool {
    matches!(document.source.kind(), Kind::Markdown | Kind::Mdx)
}

/// Whether `before`, what stands before a marker on its line, belongs to it: indentation, marks of a quote or a list.
fn is_furniture(before: &str, kind: BlockKind) -> bool {
    before.chars().all(|c| match kind {
        _ if c.is_whitespace() || c == '>' => true,
        BlockKind::ListItem => matches!(c, '-' | '*' | '+' | '.' | ')' | '0'..='9'),
        BlockKind::Heading(_) => c == '#',
        _ => false,
    })
}

/// Whether something besides words would go: an image, a comment, template syntax.
fn holds_more(document: &Document, region: Span) -> bool {
    document.comments.iter().any(|comment| comment.overlaps(region))
        || document.foreign.iter().any(|foreign| foreign.span.overlaps(region))
        || document.links.iter().any(|link| link.embeds && link.span.overlaps(region))
}

/// Whether what the run leaves of its own blocks would no longer be what it was.
fn would_reparse(document: &Document, first: &Sighting, last: &Sighting) -> bool {
    if !is_markdown(document) {
        return false;
    }
    let source = document.source;
    let inside = first.block == last.block && first.text_before && last.text_after;
    if first.text_before && !inside {
        // A backslash at the end of a paragraph is no line break any more.
        let above = first.lines.0.checked_sub(1).map_or("", |index| source.slice(source.line(index)));
        if above.ends_with('\\') {
            return true;
        }
    }
    let below = (last.lines.1 + 1 < source.line_count()).then(|| source.slice(source.line(last.lines.1 + 1)));
    let kind = document.blocks[last.block].kind;
    if last.text_after && !inside {
        return below.is_none_or(|line| !can_begin(line, kind));
    }
    if kind == BlockKind::ListItem && !last.text_after {
        // What is indented below an item belongs to it.
        let rest = &source.text()[source.full_line(last.lines.1).end..];
        let next = rest.lines().find(|line| !line.trim().is_empty());
        return next.is_some_and(|line| indent(line) > indent(source.slice(source.line(first.lines.0))));
    }
    false
}

/// Whether `line`, so far the second of a block of `kind`, is sure to begin the same kind of block.
fn can_begin(line: &str, kind: BlockKind) -> bool {
    let content = match kind {
        BlockKind::Paragraph => line,
        BlockKind::Quote if line.trim_start().starts_with('>') => line.trim_start_matches(['>', ' ']),
        _ => return false,
    };
    indent(content) < 4
        && content
            .trim_start()
            .starts_with(|c: char| c.is_alphabetic() || matches!(c, '"' | '“' | '‘' | '„' | '«' | '¿' | '¡'))
}

/// How far a line is indented, in columns.
fn indent(line: &str) -> usize {
    let spaces = line.bytes().take_while(|byte| matches!(byte, b' ' | b'\t'));
    spaces.map(|byte| if byte == b'\t' { 4 } else { 1 }).sum()
}

/// Whether the blocks above and below could become one when nothing stands between them: two lists, a list and what is
/// indented below it, two pieces of indented code.
fn joins_neighbours(document: &Document, first: &Sighting, last: &Sighting, end: usize) -> bool {
    let kind_of = |index: Option<usize>| index.and_then(|index| document.blocks.get(index)).map(|block| block.kind);
    if !is_markdown(document) || first.text_before || last.text_after {
        return false;
    }
    if kind_of(Some(first.block)) == Some(BlockKind::ListItem) {
        return false;
    }
    let (above, below) = (kind_of(first.block.checked_sub(1)), kind_of(Some(last.block + 1)));
    let indented = document.source.text()[end..]
        .lines()
        .find(|line| !line.trim().is_empty())
        .is_some_and(|line| line.starts_with([' ', '\t']));
    match above {
        Some(BlockKind::ListItem) => below == Some(BlockKind::ListItem) || indented,
        Some(BlockKind::Code) => below == Some(BlockKind::Code),
        _ => false,
    }
}

/// `lines` with as many blank lines around them that one is left if there were any: all of them at either end of the body.
fn with_surplus_blanks(document: &Document, lines: Span) -> Span {
    let source = document.source;
    let blank = |span: &Span| is_blank(source.kind(), source.slice(*span));
    let first = source.line_index(lines.start);
    let top = document.body.start.max(source.start());
    let above: Vec<Span> =
        (0..first).rev().map(|index| source.line(index)).take_while(|line| line.start >= top && blank(line)).collect();
    let next = source.line_index(lines.end.max(lines.start + 1) - 1) + 1;
    let below: Vec<Span> =
        (next..source.line_count()).map(|index| source.full_line(index)).take_while(|line| blank(line)).collect();

    let start = above.last().map_or(lines.start, |line| line.start).max(source.start());
    let end = below.last().map_or(lines.end, |line| line.end);
    let at_top = start <= top && document.front_matter.is_none();
    if at_top || end == source.text().len() {
        return Span::new(start, end);
    }
    // A truly empty line parts blocks better than one with the mark of a quote.
    let empty = |line: &Span| source.slice(*line).trim().is_empty();
    match (above.last(), below.last()) {
        (None, None) => lines,
        (Some(line), below) if empty(line) || !below.is_some_and(empty) => {
            Span::new(source.full_line(source.line_index(line.start)).end, end)
        }
        (_, Some(line)) => Span::new(start, line.start),
        (Some(_), None) => unreachable!("the arm above takes it"),
    }
}
