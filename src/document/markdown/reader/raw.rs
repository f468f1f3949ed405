//! Raw HTML in Markdown: blocks of it, and tags in a line.

use std::borrow::Cow;

use super::Reader;
use crate::document::BlockKind;
use crate::document::html::{Attributes, Class, Element, Flow, Token, cut};
use crate::span::Span;

impl Reader<'_, '_, '_> {
    pub(super) fn html_block(&mut self, span: Span) {
        let relative = span.start - self.base..span.end - self.base;
        let slice = &self.masked.text[relative];
        let html: Cow<str> = if self.html_gaps.is_empty() {
            Cow::Borrowed(slice)
        } else {
            Cow::Owned(blanked(slice, span.start, &self.html_gaps))
        };
        let kind = self.running_text();
        self.take_marker();
        let mut flow = Flow::new(self.document, self.masked, &mut self.references, (&html, span.start), kind);
        cut(&html, span.start, |token| flow.take(token));
        if flow.finish() == 0 {
            self.push_block(BlockKind::Html, self.without_line_end(span));
        }
    }

    pub(super) fn inline_html(&mut self, span: Span) {
        let relative = span.start - self.base..span.end - self.base;
        // A component's tag is masked by a tag that means nothing; whether it breaks the line stands in the source.
        if self.masked.touches(span) && self.masked.text[relative.clone()].starts_with("<x") {
            if span.of(self.text).starts_with("<br") {
                self.line_feed(span);
            }
            return;
        }
        // Most tags in a line are closing ones or have no attributes: those need no tokenizer.
        let slice = &self.masked.text[relative.clone()];
        if let Some((element, opens)) = plain_tag(slice) {
            if opens {
                let (document, masked) = (&mut *self.document, self.masked);
                let nothing = Attributes::default();
                self.references.open(document, masked, element.name, span, &nothing, !element.is_void());
            } else {
                self.references.close(self.document, element.name, span);
            }
            return self.inline_tag(element, opens, span);
        }
        let mut tag = None;
        let (document, masked, references) = (&mut *self.document, self.masked, &mut self.references);
        let silent = self.html_code.is_some();
        cut(&masked.text[relative], span.start, |token| match token {
            Token::Open(element, span, attributes) => {
                if !silent {
                    references.open(document, masked, element.name, span, attributes, !element.is_void());
                }
                tag = Some((element, true));
            }
            Token::Close(element, span) => {
                references.close(document, element.name, span);
                tag = Some((element, false));
            }
            Token::Comment(span) => document.comments.push(span),
            Token::Text(_) => {}
        });
        if let Some((element, opens)) = tag {
            self.inline_tag(element, opens, span);
        }
    }

    fn inline_tag(&mut self, element: Element, opens: bool, span: Span) {
        match element.class {
            Class::Break => self.line_feed(span),
            Class::Object if opens && self.html_code.is_none() => self.show(span),
            Class::InlineCode | Class::Code | Class::Hidden => match (&mut self.html_code, opens) {
                (Some((_, depth)), true) => *depth += 1,
                (None, true) => self.html_code = Some((span, 1)),
                (Some((whole, depth)), false) => {
                    *whole = whole.to(span);
                    *depth -= 1;
                    if *depth == 0 {
                        let whole = *whole;
                        self.html_code = None;
                        self.show(whole);
                    }
                }
                (None, false) => {}
            },
            _ => {}
        }
    }
}

/// The element of a tag without attributes, and whether the tag opens it.
fn plain_tag(tag: &str) -> Option<(Element, bool)> {
    let inside = tag.strip_prefix('<')?.strip_suffix('>')?;
    let (name, opens) = inside.strip_prefix('/').map_or((inside, true), |name| (name, false));
    let name = name.trim_end_matches(['/', ' ']);
    let mut lower = [0; 16];
    let lower = lower.get_mut(..name.len())?;
    lower.copy_from_slice(name.as_bytes());
    lower.make_ascii_lowercase();
    lower.iter().all(u8::is_ascii_alphanumeric).then(|| (Element::named(lower), opens))
}

/// `html`, whose first byte has the offset `start`, with the markers of containers blanked.
fn blanked(html: &str, start: usize, gaps: &[Span]) -> String {
    let mut out = String::with_capacity(html.len());
    let mut at = 0;
    for gap in gaps {
        let (from, to) = (gap.start - start, (gap.end - start).min(html.len()));
        out.push_str(&html[at..from]);
        out.extend(std::iter::repeat_n(' ', to - from));
        at = to;
    }
    out.push_str(&html[at..]);
    out
}
