//! The walk over pulldown-cmark's events.

mod link;
mod raw;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::destination;
use crate::document::foreign::Masked;
use crate::document::html::References;
use crate::document::ink::{Ink, object};
use crate::document::{Anchor, Block, BlockKind, Document, Heading};
use crate::span::Span;

/// A block that holds blocks.
#[derive(Debug, Clone, Copy)]
enum Container {
    Quote,
    /// Where its marker stands, until its first block has taken it.
    Item(Option<usize>),
    Other,
}

/// The block whose text is being read.
#[derive(Debug)]
struct Leaf {
    kind: BlockKind,
    start: usize,
    /// The end of what was read of it.
    end: usize,
    text_start: usize,
}

/// A link whose text is being read.
#[derive(Debug)]
struct OpenLink<'m> {
    /// Its place in the document's list; none for a link in an image's text, which leads nowhere.
    index: Option<usize>,
    kind: LinkType,
    url: CowStr<'m>,
    /// Where its definition begins, if it is a reference.
    definition: Option<usize>,
    image: bool,
}

pub(super) struct Reader<'d, 's, 'm> {
    document: &'d mut Document<'s>,
    masked: &'m Masked<'s>,
    text: &'s str,
    base: usize,
    containers: Vec<Container>,
    leaf: Option<Leaf>,
    heading: Option<Heading>,
    /// What stands in braces after a heading without being attributes, if there is such a thing.
    braces: bool,
    /// Whether a block of code or raw HTML is being read.
    verbatim: bool,
    links: Vec<OpenLink<'m>>,
    /// How many images are open: their text is no prose.
    images: usize,
    /// The end of the last inline event.
    inline_end: usize,
    /// `<code>`, and how often it is open.
    html_code: Option<(Span, usize)>,
    references: References<'s>,
    ink: Ink,
    /// The raw HTML block that is being read: up to where, and what in it belongs to containers.
    html_at: usize,
    html_gaps: Vec<Span>,
}

impl<'d, 's, 'm> Reader<'d, 's, 'm> {
    pub fn new(document: &'d mut Document<'s>, masked: &'m Masked<'s>) -> Self {
        let text = document.source.text();
        let base = document.body.start;
        document.reserve(document.body.len());
        Self {
            document,
            masked,
            text,
            base,
            containers: Vec::new(),
            leaf: None,
            heading: None,
            braces: false,
            verbatim: false,
            links: Vec::new(),
            images: 0,
            inline_end: 0,
            html_code: None,
            references: References::default(),
            ink: Ink::from(masked, base),
            html_at: 0,
            html_gaps: Vec::new(),
        }
    }

    pub fn finish(mut self) {
        self.close_leaf(None);
    }

    /// Takes the next event; for a reference link also where its definition begins. (An event is big: it is not moved.)
    pub fn take(&mut self, event: &Event<'m>, span: Span, definition: Option<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, span, definition),
            Event::End(tag) => self.end(*tag, span),
            // A NUL in raw HTML comes as text.
            Event::Text(_) if self.verbatim => self.html_at = self.html_at.max(span.end),
            Event::Text(text) => {
                self.inline(span);
                self.write(text, span);
            }
            Event::Code(code) | Event::InlineMath(code) | Event::DisplayMath(code) => {
                self.inline(span);
                self.show(span);
                self.copy_code_to_heading(code);
            }
            Event::SoftBreak | Event::HardBreak => {
                self.inline(span);
                self.line_feed(span);
            }
            Event::InlineHtml(_) => {
                self.inline(span);
                self.inline_html(span);
            }
            Event::Html(_) => {
                if self.html_at < span.start {
                    self.html_gaps.push(Span::new(self.html_at, span.start));
                }
                self.html_at = span.end;
            }
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => self.inline(span),
            Event::Rule => self.close_leaf(None),
        }
    }

    fn start(&mut self, tag: &Tag<'m>, span: Span, definition: Option<usize>) {
        match tag {
            Tag::Paragraph => self.open_leaf(self.running_text(), span),
            Tag::Heading { level, id, classes, attrs } => {
                let level = *level as u8;
                self.open_leaf(BlockKind::Heading(level), span);
                self.braces = id.is_none() && classes.is_empty() && attrs.iter().any(|(_, value)| value.is_none());
                if let Some(id) = id
                    && let Some(place) = destination::place_of(&self.masked.text, id)
                {
                    let anchor = Anchor { span: place.shifted(self.base), name: id.to_string() };
                    self.document.anchors.push(anchor);
                }
                let id = id.as_ref().map(CowStr::to_string);
                let text = String::with_capacity(span.len());
                self.heading = Some(Heading { level, span, text, code: Vec::new(), id });
            }
            Tag::TableCell => self.open_leaf(BlockKind::TableCell, span.trimmed(self.text)),
            Tag::BlockQuote(_) => self.open_container(Container::Quote),
            Tag::Item => self.open_container(Container::Item(Some(span.start))),
            Tag::FootnoteDefinition(_) => self.open_container(Container::Other),
            Tag::CodeBlock(_) => {
                self.close_leaf(None);
                self.verbatim = true;
                self.push_block(BlockKind::Code, self.without_line_end(span));
            }
            Tag::HtmlBlock => {
                self.close_leaf(None);
                self.verbatim = true;
                self.html_at = span.start;
                self.html_gaps.clear();
            }
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Superscript | Tag::Subscript => {
                self.inline_start(span)
            }
            Tag::Link { link_type, dest_url, .. } => {
                self.inline_start(span);
                self.open_link(*link_type, dest_url.clone(), definition, span, false);
            }
            Tag::Image { link_type, dest_url, .. } => {
                self.inline_start(span);
                self.open_link(*link_type, dest_url.clone(), definition, span, true);
                self.images += 1;
            }
            Tag::List(_)
            | Tag::Table(_)
            | Tag::TableHead
            | Tag::TableRow
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::MetadataBlock(_) => self.close_leaf(None),
        }
    }

    fn end(&mut self, tag: TagEnd, span: Span) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::TableCell => self.close_leaf(Some(span)),
            TagEnd::BlockQuote(_) | TagEnd::Item | TagEnd::FootnoteDefinition => {
                self.close_leaf(None);
                self.containers.pop();
            }
            TagEnd::CodeBlock => self.verbatim = false,
            TagEnd::HtmlBlock => {
                self.verbatim = false;
                self.html_block(span);
            }
            TagEnd::Link => self.close_link(span),
            TagEnd::Image => {
                self.images = self.images.saturating_sub(1);
                self.close_link(span);
                self.show(span);
            }
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Superscript | TagEnd::Subscript => {
                self.inline(span);
            }
            _ => self.close_leaf(None),
        }
    }

    // Blocks

    fn open_container(&mut self, container: Container) {
        self.close_leaf(None);
        self.containers.push(container);
    }

    /// What a paragraph is here.
    fn running_text(&self) -> BlockKind {
        match self.containers.last() {
            Some(Container::Quote) => BlockKind::Quote,
            Some(Container::Item(_)) => BlockKind::ListItem,
            Some(Container::Other) | None => BlockKind::Paragraph,
        }
    }

    fn open_leaf(&mut self, kind: BlockKind, span: Span) {
        self.close_leaf(None);
        let marker = self.take_marker();
        let start = match kind {
            BlockKind::ListItem => marker.unwrap_or(span.start),
            BlockKind::Quote => before_quote_marks(self.text, self.base, span.start),
            _ => span.start,
        };
        self.inline_end = span.start;
        self.leaf = Some(Leaf { kind, start, end: span.start, text_start: self.document.prose.len() });
    }

    /// Ends the block that is being read; `whole` is its range, if the parser gave one.
    fn close_leaf(&mut self, whole: Option<Span>) {
        let Some(leaf) = self.leaf.take() else { return };
        if let Some((code, _)) = self.html_code.take() {
            object(&mut self.document.prose, code);
        }
        let span = match whole {
            Some(whole) => self.without_line_end(Span::new(leaf.start, whole.end.max(leaf.start))),
            None => self.without_line_end(Span::new(leaf.start, leaf.end.max(leaf.start))),
        };
        let span = if self.masked.holes().is_empty() { span } else { self.masked.whole(self.text, span) };
        if let Some(mut heading) = self.heading.take() {
            if std::mem::take(&mut self.braces) {
                self.write_braces(&mut heading, span);
            }
            heading.span = span;
            heading.text.truncate(heading.text.trim_end().len());
            self.document.headings.push(heading);
        }
        let text = self.trimmed_prose(leaf.text_start);
        if leaf.kind == BlockKind::TableCell && text.is_empty() {
            return;
        }
        self.document.prose.push("\n", Span::empty(span.end));
        self.document.blocks.push(Block { kind: leaf.kind, span, text });
    }

    /// `## The {name}`: the parser takes any braces for attributes, engines only those with an id, a class or a value.
    fn write_braces(&mut self, heading: &mut Heading, span: Span) {
        let line = span.of(self.text);
        let first_line = line.lines().next().unwrap_or(line);
        let Some(open) = first_line.rfind('{') else { return };
        let Some(close) = first_line[open..].find('}') else { return };
        let braces = Span::new(span.start + open, span.start + open + close + 1);
        let gap = first_line[..open].len() - first_line[..open].trim_end().len();
        let whole = Span::new(braces.start - gap, braces.end);
        self.document.prose.push(whole.of(self.text), whole);
        heading.text.push_str(whole.of(self.text));
    }

    /// The marker of the list item that a block begins here, if it has none yet. From now on, no container has one left.
    fn take_marker(&mut self) -> Option<usize> {
        let mut first = None;
        for (index, container) in self.containers.iter_mut().rev().enumerate() {
            if let Container::Item(marker) = container {
                let Some(marker) = marker.take() else { break };
                if index == 0 {
                    first = Some(marker);
                }
            }
        }
        first
    }

    fn push_block(&mut self, kind: BlockKind, span: Span) {
        self.take_marker();
        let text = Span::empty(self.document.prose.len());
        self.document.blocks.push(Block { kind, span, text });
    }

    fn without_line_end(&self, span: Span) -> Span {
        let blanks = self.text.as_bytes()[span.start..span.end].iter().rev();
        let blanks = blanks.take_while(|byte| matches!(byte, b'\n' | b'\r' | b' ' | b'\t')).count();
        Span::new(span.start, span.end - blanks)
    }

    /// The prose from byte `start` on without white space at its ends, which only vanished markup leaves there.
    fn trimmed_prose(&self, start: usize) -> Span {
        let prose = self.document.prose.text().as_bytes();
        let end = start + prose[start..].trim_ascii_end().len();
        Span::new(end - prose[start..end].trim_ascii_start().len(), end)
    }

    // Text

    /// Something in a line begins: in a tight list item, that begins a block.
    fn inline_start(&mut self, span: Span) {
        if self.leaf.is_none() {
            self.open_leaf(self.running_text(), span);
        }
    }

    /// Something in a line was read.
    fn inline(&mut self, span: Span) {
        self.inline_start(span);
        self.inline_end = self.inline_end.max(span.end);
        if let Some(leaf) = &mut self.leaf {
            leaf.end = leaf.end.max(span.end);
        }
    }

    fn write(&mut self, text: &str, span: Span) {
        let heading = self.heading.as_mut().filter(|_| self.images == 0);
        if self.images > 0 || self.html_code.is_some() {
            if let Some(heading) = heading.filter(|_| self.html_code.is_some()) {
                heading.text.push_str(text);
            }
            return;
        }
        let prose = &mut self.document.prose;
        if text.len() != span.len() {
            prose.push(text, span);
            if let Some(heading) = heading {
                heading.text.push_str(text);
            }
            return;
        }
        match heading {
            Some(heading) => self.ink.write(prose, self.masked, self.text, span, |text| heading.text.push_str(text)),
            None => self.ink.write(prose, self.masked, self.text, span, |_| {}),
        }
    }

    fn show(&mut self, span: Span) {
        if self.images == 0 && self.html_code.is_none() {
            self.inline_start(span);
            object(&mut self.document.prose, span);
        }
    }

    fn line_feed(&mut self, span: Span) {
        if self.images > 0 || self.html_code.is_some() || self.document.prose.text().ends_with('\n') {
            return;
        }
        self.document.prose.push("\n", span);
        self.copy_to_heading(" ");
    }

    fn copy_code_to_heading(&mut self, code: &str) {
        self.copy_to_heading(code);
        if let Some(heading) = self.heading.as_mut().filter(|_| self.images == 0) {
            let end = heading.text.len();
            heading.code.push(Span::new(end - code.len(), end));
        }
    }

    fn copy_to_heading(&mut self, text: &str) {
        if let Some(heading) = self.heading.as_mut().filter(|_| self.images == 0) {
            heading.text.push_str(text);
        }
    }
}

/// The start of the quote markers that stand before byte `at` in its line.
fn before_quote_marks(text: &str, base: usize, at: usize) -> usize {
    let before = text.as_bytes().get(base..at).unwrap_or_default();
    let marks = before.iter().rev().take_while(|byte| matches!(byte, b'>' | b' ' | b'\t')).count();
    let skipped = before[before.len() - marks..].iter().take_while(|byte| **byte != b'>').count();
    at - marks + skipped
}
