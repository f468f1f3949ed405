//! Plain text: paragraphs, and the page dump, a plain text that was saved from a web page.
//!
//! Owns the step from lines to blocks. What makes a text a page dump is in `dump`, its list of related articles in
//! `related`, what a single line looks like in `line`.

mod dump;
mod line;
mod related;
mod title;

use std::borrow::Cow;

pub(crate) use line::Line;
use line::MarkdownLink;
pub use related::is_related_heading;

use super::{Block, BlockKind, Destination, Document, Heading, Link, LinkForm};
use crate::span::Span;

/// A plain text that was saved from a web page: what each of its lines is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dump {
    /// The headline.
    pub title: Option<Span>,
    /// The summary under it.
    pub summary: Option<Span>,
    /// The date line, only the date itself.
    pub date: Option<Span>,
    /// The pull quotes in the body: short sentences repeated or set apart between paragraphs.
    pub pull_quotes: Vec<Span>,
    /// The list of related articles at the end.
    pub related: Option<RelatedList>,
}

/// A list of related articles at the end of a page dump.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelatedList {
    /// Its heading ("Related Articles").
    pub heading: Span,
    /// Its entries.
    pub entries: Vec<RelatedEntry>,
}

impl RelatedList {
    /// Whether an entry covers `span`. The entries stand in source order.
    fn entry_with(&self, span: Span) -> bool {
        let after = self.entries.partition_point(|entry| entry.span.start <= span.start);
        after.checked_sub(1).is_some_and(|index| self.entries[index].span.contains(span))
    }
}

/// One entry of that list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelatedEntry {
    /// The whole entry: title, teaser and date.
    pub span: Span,
    /// Its title, if it kept one.
    pub title: Option<Span>,
    /// Its address, if it kept one.
    pub link: Option<Span>,
    /// Its teaser.
    pub teaser: Option<Span>,
    /// Its date.
    pub date: Option<Span>,
}

/// As many lines that are a paragraph each make a text whose paragraphs are not wrapped.
const UNWRAPPED: usize = 2;

pub(super) fn read(document: &mut Document) {
    let text = document.source.text();
    let lines = Line::all(text, document.body);
    let Some(dump) = dump::recognise(&lines, document.front_matter.is_some()) else {
        // Nobody wraps a text and leaves paragraphs of a line: there, every line says something by itself.
        let unwrapped = lines.iter().filter(|line| line.is_paragraph()).count() >= UNWRAPPED;
        for paragraph in lines.chunk_by(|_, next| !next.after_blank && !unwrapped) {
            push_block(document, BlockKind::Paragraph, paragraph);
        }
        return;
    };
    for line in &lines {
        push_block(document, kind_in(&dump, line.span), std::slice::from_ref(line));
    }
    document.dump = Some(dump);
}

/// What the line at `span` is in a page dump.
fn kind_in(dump: &Dump, span: Span) -> BlockKind {
    if dump.title == Some(span) {
        return BlockKind::Heading(1);
    }
    if dump.pull_quotes.binary_search(&span).is_ok() {
        return BlockKind::Quote;
    }
    match &dump.related {
        Some(list) if list.heading == span => BlockKind::Heading(2),
        Some(list) if list.entry_with(span) => BlockKind::ListItem,
        _ => BlockKind::Paragraph,
    }
}

/// Adds the block that `lines` make.
fn push_block(document: &mut Document, kind: BlockKind, lines: &[Line]) {
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return };
    let span = first.span.to(last.span);
    let start = document.prose.len();
    for (index, line) in lines.iter().enumerate() {
        if let Some(before) = index.checked_sub(1) {
            document.prose.push("\n", Span::new(lines[before].span.end, line.span.start));
        }
        document.prose.push(line.text, line.span);
        push_links(document, line.span);
    }
    document.blocks.push(Block { kind, span, text: Span::new(start, document.prose.len()) });
    document.prose.push("\n", Span::empty(span.end));
    if let BlockKind::Heading(level) = kind {
        document.headings.push(Heading { level, span, text: first.text.to_owned(), code: Vec::new(), id: None });
    }
}

/// Adds the links of the line at `line`: Markdown's, which some tools leave in plain text, and bare addresses.
fn push_links(document: &mut Document, line: Span) {
    let text = document.source.text();
    let bare = |address| MarkdownLink { whole: address, text: address, destination: address };
    let mut written = line::markdown_link(text, line);
    let mut address = line::address(text, line).map(bare);
    while let Some((form, link)) = match (written, address) {
        (Some(link), Some(address)) if address.whole.start < link.whole.start => Some((LinkForm::Autolink, address)),
        (Some(link), _) => Some((LinkForm::Inline, link)),
        (None, address) => address.map(|address| (LinkForm::Autolink, address)),
    } {
        document.links.push(Link {
            form,
            embeds: false,
            span: link.whole,
            text: link.text,
            destination: Some(Destination {
                span: link.destination,
                url: Cow::Borrowed(link.destination.of(text)),
                foreign: false,
            }),
        });
        // Only what has been passed is looked for again.
        let rest = Span::new(link.whole.end, line.end);
        if written.is_some_and(|written| written.whole.start < rest.start) {
            written = line::markdown_link(text, rest);
        }
        if address.is_some_and(|address| address.whole.start < rest.start) {
            address = line::address(text, rest).map(bare);
        }
    }
}
