//! What stands in a block: words, white space, and what is shown in place of words.

use super::super::decode;
use super::super::element::{Class, Element};
use super::super::token::entity;
use super::Flow;
use crate::document::ink::object;
use crate::span::Span;

impl<'f> Flow<'f, '_> {
    /// Something that is not text.
    pub(super) fn show(&mut self, span: Span) {
        if self.leaf.is_some() {
            self.write_space();
            object(&mut self.document.prose, span);
            self.extend(span.end);
        } else {
            self.lead = Some(self.lead.map_or(span, |lead| lead.to(span)));
            self.space = None;
        }
    }

    pub(super) fn show_code(&mut self, element: Element, whole: Span) {
        if element.class == Class::InlineCode {
            // Code is read with the sentence that it stands in, also at its beginning.
            self.begin(whole.start);
            self.write_space();
            object(&mut self.document.prose, whole);
            self.extend(whole.end);
            let inside = inner(whole.of(self.text));
            if let Some((_, heading, _)) = self.leaf.as_mut().and_then(|leaf| leaf.heading.as_mut()) {
                heading.push_str(&decode(inside).unwrap_or_else(|| inside.to_owned()));
            }
        } else {
            self.show(whole);
        }
    }

    /// Writes text: runs of white space become one space or line feed, entities are resolved.
    pub(super) fn write(&mut self, span: Span) {
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

    pub(super) fn copy(&mut self, text: &str) {
        if let Some((_, heading, _)) = self.leaf.as_mut().and_then(|leaf| leaf.heading.as_mut()) {
            heading.push_str(text);
        }
    }

    pub(super) fn write_space(&mut self) {
        let Some((span, newline)) = self.space.take() else { return };
        let Some(leaf) = &self.leaf else { return };
        if self.document.prose.len() == leaf.text_start {
            return;
        }
        let space = if newline { "\n" } else { " " };
        self.document.prose.push(space, span);
        self.copy(space);
    }
}

/// What stands between the tags of an element.
fn inner(element: &str) -> &str {
    let start = element.find('>').map_or(0, |at| at + 1);
    let end = element.rfind('<').unwrap_or(element.len());
    element.get(start..end).unwrap_or("")
}
