//! From the tokens of HTML to blocks of prose, as a reader would see them.

use super::element::{Class, Element};
use super::reference::References;
use super::token::{Token, entity};
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

    /// Something that is not text.
    fn show(&mut self, span: Span) {
        if self.leaf.is_some() {
            self.write_space();
            object(&mut self.document.prose, span);
            self.extend(span.end);
        } else {
            self.lead = Some(self.lead.map_or(span, |lead| lead.to(span)));
            self.space = None;
        }
    }

    fn show_code(&mut self, element: Element, whole: Span) {
        if element.class == Class::InlineCode {
            // Code is read with the sentence that it stands in, also at its beginning.
            self.begin(whole.start);
            self.write_space();
            object(&mut self.document.prose, whole);
            self.extend(whole.end);
            let inside = inner(whole.of(self.text));
            if let Some((_, heading, _)) = self.leaf.as_mut().and_then(|leaf| leaf.heading.as_mut()) {
                heading.push_str(&super::decode(inside).unwrap_or_else(|| inside.to_owned()));
            }
        } else {
            self.show(whole);
        }
    }

    fn extend(&mut self, end: usize) {
        if let Some(leaf) = &mut self.leaf {
            leaf.end = leaf.end.max(end);
        }
    }

    /// Writes text: runs of white space become one space or line feed, entities are resolved.
    fn write(&mut self, span: Span) {
        let bytes = self.masked_bytes(span);
        let is_space = |byte: u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0C);
        let mut at = 0;
        while at < bytes.len() {
            let start = at;
            let absolute = |at: usize| span.start + at;
            if is_space(bytes[at]) {
                while at < bytes.len() && is_space(bytes[at]) {
                    at += 1;
                }
                let run = Span::new(absolute(start), absolute(at));
                let newline = bytes[start..at].contains(&b'\n');
                self.space = Some(match self.space {
                    Some((space, broken)) => (space.to(run), broken || newline),
                    None => (run, newline),
                });
                continue;
            }
            if bytes[at] == b'&'
                && let Some((decoded, length)) = entity(&self.text[absolute(at)..span.end])
            {
                self.begin(absolute(at));
                self.write_space();
                let piece = Span::new(absolute(at), absolute(at + length));
                self.document.prose.push(&decoded, piece);
                self.copy(&decoded);
                self.extend(piece.end);
                at += length;
                continue;
            }
            at += 1;
            while at < bytes.len() && bytes[at] != b'&' && !is_space(bytes[at]) {
                at += 1;
            }
            // Single spaces between words stay part of one verbatim run.
            while at + 1 < bytes.len() && bytes[at] == b' ' && !is_space(bytes[at + 1]) && bytes[at + 1] != b'&' {
                at += 1;
                while at < bytes.len() && bytes[at] != b'&' && !is_space(bytes[at]) {
                    at += 1;
                }
            }
            self.begin(absolute(start));
            self.write_space();
            let piece = Span::new(absolute(start), absolute(at));
            let heading = self.leaf.as_mut().and_then(|leaf| leaf.heading.as_mut());
            let mut none = String::new();
            let copy = heading.map_or(&mut none, |(_, heading, _)| heading);
            self.ink.write(&mut self.document.prose, self.masked, self.text, piece, |text| copy.push_str(text));
            self.extend(piece.end);
        }
    }

    /// The bytes of `span` as they are after masking.
    fn masked_bytes(&self, span: Span) -> &'f [u8] {
        let (html, base) = self.html;
        &html.as_bytes()[span.start - base..span.end - base]
    }

    fn copy(&mut self, text: &str) {
        if let Some((_, heading, _)) = self.leaf.as_mut().and_then(|leaf| leaf.heading.as_mut()) {
            heading.push_str(text);
        }
    }

    fn write_space(&mut self) {
        let Some((span, newline)) = self.space.take() else { return };
        let Some(leaf) = &self.leaf else { return };
        if self.document.prose.len() == leaf.text_start {
            return;
        }
        let space = if newline { "\n" } else { " " };
        self.document.prose.push(space, span);
        self.copy(space);
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
            self.document.headings.push(Heading { level, span, text: text.trim().to_owned(), id });
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

/// What stands between the tags of an element.
fn inner(element: &str) -> &str {
    let start = element.find('>').map_or(0, |at| at + 1);
    let end = element.rfind('<').unwrap_or(element.len());
    element.get(start..end).unwrap_or("")
}
