//! Links and images: what the parser says of them, and where their parts stand.

use std::borrow::Cow;

use pulldown_cmark::{CowStr, LinkType};

use super::super::{definition, destination};
use super::{OpenLink, Reader};
use crate::document::{Destination, Link, LinkForm};
use crate::span::Span;

impl<'s, 'm> Reader<'_, 's, 'm> {
    pub(super) fn open_link(
        &mut self,
        kind: LinkType,
        url: CowStr<'m>,
        definition: Option<usize>,
        span: Span,
        image: bool,
    ) {
        // The parser leaves the second pair of brackets of `[label][]` out.
        let collapsed = kind == LinkType::Collapsed && self.text[span.end..].starts_with("[]");
        let span = Span::new(span.start, span.end + if collapsed { 2 } else { 0 });
        let form = match kind {
            LinkType::Inline | LinkType::WikiLink { .. } => LinkForm::Inline,
            LinkType::Autolink | LinkType::Email => LinkForm::Autolink,
            _ => LinkForm::Reference,
        };
        let index = (self.images == 0 && self.html_code.is_none()).then_some(self.document.links.len());
        if index.is_some() {
            let text = Span::empty(span.end);
            self.document.links.push(Link { form, embeds: image, span, text, destination: None });
        }
        self.inline_end = span.start + if image { 2 } else { 1 };
        self.links.push(OpenLink { index, kind, url, definition, image });
    }

    pub(super) fn close_link(&mut self, span: Span) {
        let Some(link) = self.links.pop() else { return };
        let inner_end = self.inline_end;
        self.inline(span);
        let Some(index) = link.index else { return };
        let inside = span.start + if link.image { 2 } else { 1 };
        let text = if matches!(link.kind, LinkType::Autolink | LinkType::Email) {
            Span::new(inside, span.end.saturating_sub(1).max(inside))
        } else {
            Span::new(inside, self.closing_bracket(inner_end.max(inside), span.end).unwrap_or(inside))
        };
        let destination = self.destination(&link, text, span);
        if let Some(slot) = self.document.links.get_mut(index) {
            slot.text = text;
            slot.destination = destination;
        }
    }

    /// The `]` that ends a link's text, which was read up to `from`.
    fn closing_bracket(&self, from: usize, end: usize) -> Option<usize> {
        let rest = self.masked.text.get(from - self.base..end - self.base)?;
        let skipped = rest.bytes().take_while(|byte| *byte != b']').count();
        (skipped < rest.len()).then_some(from + skipped)
    }

    fn destination(&self, link: &OpenLink, text: Span, span: Span) -> Option<Destination<'s>> {
        let masked = &self.masked.text;
        match link.kind {
            LinkType::Inline | LinkType::WikiLink { .. } => {
                let relative = |span: Span| Span::new(span.start - self.base, span.end - self.base);
                let place = destination::place_of(masked, &link.url)
                    .filter(|place| !place.is_empty() && relative(span).contains(*place))
                    .or_else(|| destination::inline(masked, text.end - self.base, span.end - self.base))?;
                Some(definition::resolved(self.text, self.masked, place.shifted(self.base), &link.url))
            }
            LinkType::Autolink => Some(definition::resolved(self.text, self.masked, text, &link.url)),
            LinkType::Email => {
                let url = Cow::Owned(format!("mailto:{}", text.of(self.text)));
                Some(Destination { span: text, url, foreign: self.masked.touches(text) })
            }
            _ => {
                let start = link.definition?;
                let definitions = &self.document.definitions;
                let index = definitions.binary_search_by_key(&start, |definition| definition.span.start).ok()?;
                Some(definitions[index].destination.clone())
            }
        }
    }
}
