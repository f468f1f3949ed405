//! From the tokens of HTML to blocks of prose, as a reader would see them.

mod text;

use super::element::{Class, Element};
use super::reference::References;
use super::token::Token;
use crate::document::foreign::Masked;
use crate::document::ink::{Ink, object};
use crate::document::{Block, BlockKind, Document, Heading};
use crate::span::Span;

/// An open element that says what the text in it is.
#[derive(Debug)]
struct Open {
    element: Element,
    start: usize,
    /// Whether nothing has been written since its tag.
    fresh: bool,
    id: Option<String>,
}

/// The block that is being written.
#[derive(Debug)]
struct Leaf {
    kind: BlockKind,
    /// Where its text, or the inline element that its text begins with, stands.
    start: usize,
    /// The place on the stack of the element that holds nothing but this block, as far as can be told.
    element: Option<usize>,
    end: usize,
    text_start: usize,
    heading: Option<(u8, String, Option<String>)>,
}

/// Takes tokens and writes blocks.
pub(in crate::document) struct Flow<'f, 's> {
    document: &'f mut Document<'s>,
    masked: &'f Masked<'s>,
    references: &'f mut References<'s>,
    text: &'s str,
    /// The HTML that is read, and the offset of its first byte.
    html: (&'f str, usize),
    /// What text is that no element says anything about.
    default: BlockKind,
    open: Vec<Open>,
    leaf: Option<Leaf>,
    ink: Ink,
    /// White space that is written once text follows it.
    space: Option<(Span, bool)>,
    /// Something shown that is written once text comes, lest a block has nothing else.
    lead: Option<Span>,
    /// Where the first inline element since the last block begins.
    inline: Option<usize>,
    /// The element whose content is not prose, where it began, and how often it is open.
    hidden: Option<(Element, Span, usize)>,
    /// How many blocks of text and code were written.
    pub written: usize,
}

/// How deep elements may nest; only soup goes deeper.
const DEEPEST: usize = 512;

impl<'f, 's> Flow<'f, 's> {
    /// A flow of `html`, given with the offset of its first byte, in which text is a `default` block.
    pub fn new(
        document: &'f mut Document<'s>,
        masked: &'f Masked<'s>,
        references: &'f mut References<'s>,
        html: (&'f str, usize),
        default: BlockKind,
    ) -> Self {
        let text = document.source.text();
        Self {
            document,
            masked,
            references,
            text,
            html,
            default,
            open: Vec::new(),
            leaf: None,
            ink: Ink::from(masked, html.1),
            space: None,
            lead: None,
            inline: None,
            hidden: None,
            written: 0,
        }
    }

    /// Takes the next token.
    pub fn take(&mut self, token: Token) {
        match token {
            Token::Text(span) if self.hidden.is_none() => self.write(span),
            Token::Text(_) => {}
            Token::Comment(span) => self.document.comments.push(span),
            Token::Open(element, span, attributes) => {
                let silent = self.hidden.is_some_and(|(hidden, ..)| hidden.class != Class::Object);
                if !silent {
                    self.references.open(
                        self.document,
                        self.masked,
                        element.name,
                        span,
                        attributes,
                        !element.is_void(),
                    );
                }
                let id = attributes.get(super::Key::Id).filter(|id| !self.masked.touches(id.span));
                self.opened(element, span, id.map(|id| id.text(self.text).into_owned()));
            }
            Token::Close(element, span) => {
                self.references.close(self.document, element.name, span);
                self.closed(element, span);
            }
        }
    }

    /// Ends the last block.
    pub fn finish(mut self) -> usize {
        if let Some((element, span, _)) = self.hidden.take()
            && element.class == Class::Code
        {
            let (html, base) = self.html;
            self.push_code(Span::new(span.start, base + html.trim_end().len()));
        }
        self.flush(None);
        self.written
    }

    fn opened(&mut self, element: Element, span: Span, id: Option<String>) {
        if let Some((hidden, _, depth)) = &mut self.hidden {
            if *hidden == element {
                *depth += 1;
            }
            return;
        }
        match element.class {
            Class::Inline => self.touch_inline(span),
            Class::Break => self.space = Some((self.space.map_or(span, |(space, _)| space.to(span)), true)),
            Class::Object | Class::InlineCode => {
                self.touch_inline(span);
                if element.is_void() {
                    self.show(span);
                } else {
                    self.hidden = Some((element, span, 1));
                }
            }
            Class::Hidden => self.hidden = Some((element, span, 1)),
            Class::Code => {
                self.flush(None);
                self.hidden = Some((element, span, 1));
            }
            _ => {
                self.flush(None);
                self.close_siblings(element);
                if !element.is_void() && element.name != "hr" && self.open.len() < DEEPEST {
                    self.open.push(Open { element, start: span.start, fresh: true, id });
                }
            }
        }
    }

    fn closed(&mut self, element: Element, span: Span) {
        if let Some((hidden, start, depth)) = &mut self.hidden {
            if *hidden != element {
                return;
            }
            *depth -= 1;
            if *depth > 0 {
                return;
            }
            let whole = start.to(span);
            self.hidden = None;
            match element.class {
                Class::Code => self.push_code(whole),
                Class::Object | Class::InlineCode => self.show_code(element, whole),
                _ => {}
            }
            return;
        }
        if !element.is_block() {
            if let Some(leaf) = self.leaf.as_mut().filter(|_| element.class == Class::Inline) {
                leaf.end = leaf.end.max(span.end);
            }
            return;
        }
        let place = self.open.iter().rposition(|open| open.element == element);
        self.flush(place.map(|place| (place, span)));
        if let Some(place) = place {
            self.open.truncate(place);
        }
    }

    /// Ends what ends by itself where `element` begins.
    fn close_siblings(&mut self, element: Element) {
        let ends = |open: Element| match element.class {
            Class::Item => open.class == Class::Item || open.class == Class::Paragraph,
            Class::Cell => matches!(open.class, Class::Cell | Class::Paragraph),
            _ if element.name == "tr" => matches!(open.class, Class::Cell | Class::Paragraph) || open.name == "tr",
            _ if element.name == "option" => open.name == "option",
            _ => open.class == Class::Paragraph,
        };
        while self.open.last().is_some_and(|open| ends(open.element) && open.element.ends_by_itself()) {
            self.open.pop();
        }
    }

    fn touch_inline(&mut self, span: Span) {
        if self.leaf.is_none() {
            self.inline.get_or_insert(span.start);
        }
    }

    fn extend(&mut self, end: usize) {
        if let Some(leaf) = &mut self.leaf {
            leaf.end = leaf.end.max(end);
        }
    }

    /// Begins a block at byte `at`, unless one is being written.
    fn begin(&mut self, at: usize) {
        if self.leaf.is_some() {
            return;
        }
        let mut start = self.inline.take().map_or(at, |inline| inline.min(at));
        let mut element = None;
        let place = self.open.len().wrapping_sub(1);
        if let Some(top) = self.open.last_mut().filter(|top| top.fresh) {
            element = Some(place);
            start = start.max(top.start);
        }
        self.wear();
        let mut heading = None;
        let inner = self.open.iter_mut().rev().find_map(|open| match open.element.class {
            Class::Heading(level) => {
                heading = Some((level, String::new(), open.id.take()));
                Some(BlockKind::Heading(level))
            }
            Class::Item => Some(BlockKind::ListItem),
            Class::Quote => Some(BlockKind::Quote),
            Class::Cell => Some(BlockKind::TableCell),
            _ => None,
        });
        let text_start = self.document.prose.len();
        let kind = inner.unwrap_or(self.default);
        self.leaf = Some(Leaf { kind, start, element, end: at, text_start, heading });
        if let Some(lead) = self.lead.take() {
            let spaced = self.space.take();
            object(&mut self.document.prose, lead);
            self.space = spaced;
            if let Some(leaf) = &mut self.leaf {
                leaf.start = leaf.start.min(lead.start);
            }
        } else {
            self.space = None;
        }
    }

    /// Ends the block that is being written. `closing` is the element that a closing tag ends, and the tag.
    fn flush(&mut self, closing: Option<(usize, Span)>) {
        self.space = None;
        self.lead = None;
        self.inline = None;
        let Some(leaf) = self.leaf.take() else { return };
        let text = Span::new(leaf.text_start, self.document.prose.len());
        let mut span = Span::new(leaf.start, leaf.end);
        if let Some(place) = leaf.element
            && let Some(open) = self.open.get(place)
        {
            // With its tags, if it has the whole element for itself.
            match closing {
                Some((closed, tag)) if closed == place => span = Span::new(open.start, tag.end),
                _ if open.element.ends_by_itself() => span = Span::new(open.start, leaf.end),
                _ => {}
            }
        }
        self.document.prose.push("\n", Span::empty(span.end));
        self.document.blocks.push(Block { kind: leaf.kind, span, text });
        self.written += 1;
        if let Some((level, text, id)) = leaf.heading {
            self.document.headings.push(Heading { level, span, text: text.trim().to_owned(), code: Vec::new(), id });
        }
    }

    /// No open element holds nothing any more.
    fn wear(&mut self) {
        // What is inside of a worn one was opened later; what is around it was worn with it.
        for open in self.open.iter_mut().rev().take_while(|open| open.fresh) {
            open.fresh = false;
        }
    }

    fn push_code(&mut self, span: Span) {
        self.wear();
        let text = Span::empty(self.document.prose.len());
        self.document.blocks.push(Block { kind: BlockKind::Code, span, text });
        self.written += 1;
    }
}
