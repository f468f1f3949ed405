//! Taking a marker out of an article so that nothing shows it was there.
//!
//! Owns which bytes go with a marker: its line, the elements that hold nothing else, a blank line too many. Never touches
//! any other line, and would rather offer nothing than change how the rest is read.

use super::hazard;
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removed {
    /// The bytes, in one piece or two.
    pub spans: Vec<Span>,
    /// Whether a person should look at the result.
    pub safety: Safety,
}

/// Whether a line shows nothing: white space, and in Markdown the marks of a quote.
pub fn is_blank(kind: Kind, line: &str) -> bool {
    let quotes = matches!(kind, Kind::Markdown | Kind::Mdx);
    line.chars().all(|c| c.is_whitespace() || (quotes && c == '>'))
}

/// Whether a line shows nothing next to a hit: the mark of a quote does only beside a quote.
pub fn shows_nothing(document: &Document, hit: &Sighting, line: &str) -> bool {
    match document.blocks[hit.block].kind {
        BlockKind::Quote if hazard::indent(line) < 4 => is_blank(document.source.kind(), line),
        _ => line.trim().is_empty(),
    }
}

/// Whether nothing stands between two sightings, the second below the first.
pub fn adjacent(document: &Document, first: &Sighting, second: &Sighting) -> bool {
    if first.region.end > second.region.start {
        return false;
    }
    let between = document.source.slice(Span::new(first.region.end, second.region.start));
    shows_nothing(document, second, between)
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
        || hazard::holds_more(document, sighting.span)
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
    Some(Removed { spans: vec![span], safety: Safety::Unsafe })
}

/// The lines of a run, from its first hit to its last, and the blank lines that would be too many without them. `None`
/// if something else would go with them, or would be read differently.
pub fn of_lines(document: &Document, first: &Sighting, last: &Sighting) -> Option<Removed> {
    let source = document.source;
    let region = enclosing(document, first.region.to(last.region));
    let lines = source.lines_around(region);
    let outside = document.blocks[..first.block].iter().chain(&document.blocks[last.block + 1..]);
    if outside.filter(|block| block.kind != BlockKind::Html).any(|block| block.span.overlaps(region)) {
        return None;
    }
    if hazard::holds_more(document, region) || hazard::would_reparse(document, first, last, lines) {
        return None;
    }
    let safety = if hazard::joins_neighbours(document, first, last, lines) { Safety::Unsafe } else { Safety::Safe };
    let before = source.slice(Span::new(lines.start.max(source.start()).min(region.start), region.start));
    let after = source.slice(Span::new(region.end, lines.end));
    if !(is_furniture(before, document.blocks[first.block].kind) && after.trim().is_empty()) {
        // Within a line of Markdown, what is left of it may mean something else.
        let element =
            !is_markdown(document) && source.slice(region).starts_with('<') && source.slice(region).ends_with('>');
        return element.then_some(Removed { spans: vec![region], safety });
    }
    let spans = with_surplus_blanks(document, first, last, lines);
    let (start, end) = (spans.first().map_or(0, |span| span.start), spans.last().map_or(0, |span| span.end));
    // What looks like the beginning of front matter, but was none so far, may become it.
    let text = &source.text()[source.start()..];
    let complete = document.front_matter.as_ref().is_some_and(|front_matter| front_matter.complete);
    let uncovers = start <= source.start() && hazard::opens_front_matter(&source.text()[end..]);
    let becomes = !complete && (hazard::opens_front_matter(text) || uncovers);
    (!becomes).then_some(Removed { spans, safety })
}

/// Whether blocks and lines have the meaning that Markdown gives them.
pub fn is_markdown(document: &Document) -> bool {
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

/// `lines` with as many blank lines around them that one is left if there were any: all of them at either end of the body.
fn with_surplus_blanks(document: &Document, hit: &Sighting, last: &Sighting, lines: Span) -> Vec<Span> {
    let source = document.source;
    let top = document.body.start.max(source.start());
    let first = source.line_index(lines.start);
    let next = source.line_index(lines.end.max(lines.start + 1) - 1) + 1;
    // A line of code may look blank, but is code.
    let ceiling = hazard::block_above(document, hit, lines).map_or(0, |block| block.span.end);
    let mut rest = document.blocks[last.block + 1..].iter().map(|block| block.span.start);
    let floor = rest.find(|&start| start >= lines.end).unwrap_or(usize::MAX);
    let above = (0..first).rev().map(|index| source.line(index));
    let above = blanks(document, hit, above.take_while(|line| line.start >= top.max(ceiling)));
    let below = (next..source.line_count()).map(|index| source.full_line(index));
    let below = blanks(document, hit, below.take_while(|line| line.end <= floor));

    let start = above.last().map_or(lines.start, |line| line.start).max(source.start());
    let end = below.last().map_or(lines.end, |line| line.end);
    let at_top = start <= top && document.front_matter.is_none();
    if at_top || end == source.text().len() {
        return vec![Span::new(start, end)];
    }
    // A truly empty line parts blocks better than one with the mark of a quote.
    let empty = |line: &Span| source.slice(*line).trim().is_empty();
    match (above.last(), below.last()) {
        (None, None) => around_a_blank(document, hit, lines),
        (Some(line), below) if empty(line) || !below.is_some_and(empty) => {
            vec![Span::new(source.full_line(source.line_index(line.start)).end, end)]
        }
        (_, Some(line)) => vec![Span::new(start, line.start)],
        (Some(_), None) => unreachable!("the arm above takes it"),
    }
}

/// Those of `lines`, from the nearest on, that show nothing. The mark of a quote beyond an empty line is of another quote.
fn blanks(document: &Document, hit: &Sighting, lines: impl Iterator<Item = Span>) -> Vec<Span> {
    let mut empty = false;
    let texts = lines.map(|line| (line, document.source.slice(line)));
    let blank = texts.take_while(|(_, text)| {
        let is_empty = text.trim().is_empty();
        let shows_nothing = is_empty || (!empty && shows_nothing(document, hit, text));
        empty |= is_empty;
        shows_nothing
    });
    blank.map(|(line, _)| line).collect()
}

/// `lines` but for the first blank one among them: it parts what stands above from what stands below.
fn around_a_blank(document: &Document, hit: &Sighting, lines: Span) -> Vec<Span> {
    let source = document.source;
    let (first, last) = (source.line_index(lines.start), source.line_index(lines.end.max(lines.start + 1) - 1));
    let blank = (first..=last)
        .map(|index| source.full_line(index))
        .find(|line| shows_nothing(document, hit, source.slice(*line)));
    blank.map_or(vec![lines], |blank| vec![Span::new(lines.start, blank.start), Span::new(blank.end, lines.end)])
}
