//! From the attributes of a tag, HTML's or JSX's, to links and anchors.

use std::borrow::Cow;

use super::token::{Attributes, Key, Value, decode};
use crate::document::foreign::Masked;
use crate::document::{Anchor, Destination, Document, Link, LinkForm};
use crate::span::Span;

/// An element with links that waits for its closing tag.
#[derive(Debug)]
struct Open<'s> {
    name: &'s str,
    /// Its links, by their place in the document's list.
    links: std::ops::Range<usize>,
    tag_end: usize,
}

/// Reads links and anchors from tags, and gives each link its end when the closing tag comes.
#[derive(Debug, Default)]
pub(in crate::document) struct References<'s> {
    open: Vec<Open<'s>>,
}

/// How many elements with links may wait for their closing tag; only soup has more.
const MOST_OPEN: usize = 64;

impl<'s> References<'s> {
    /// An opening tag. `name` is as written in JSX, in lower case in HTML; `closes` says whether a closing tag may follow.
    pub fn open(
        &mut self,
        document: &mut Document<'s>,
        masked: &Masked,
        name: &'s str,
        span: Span,
        attributes: &Attributes,
        closes: bool,
    ) {
        let text = document.source.text();
        let anchor = attributes.get(Key::Id).or_else(|| attributes.get(Key::Name).filter(|_| name == "a"));
        if let Some(value) = anchor.filter(|value| !value.span.is_empty() && !is_foreign(value, masked)) {
            document.anchors.push(Anchor { span: value.span, name: value.text(text).into_owned() });
        }
        let first = document.links.len();
        let alternative = attributes.get(Key::Alt).map_or(Span::empty(span.end), |value| value.span);
        for key in [Key::Href, Key::To, Key::Src, Key::Srcset, Key::Poster, Key::Data] {
            let Some(value) = attributes.get(key).filter(|_| leads(name, key)) else { continue };
            let embeds = !matches!(key, Key::Href | Key::To) && name != "script";
            let mut push = |destination| {
                let destination = Some(destination);
                document.links.push(Link { form: LinkForm::Attribute, embeds, span, text: alternative, destination });
            };
            let foreign = is_foreign(value, masked);
            if key == Key::Srcset && !foreign {
                candidates(text, value.span, |span| {
                    let url = decode(span.of(text)).map_or(Cow::Borrowed(span.of(text)), Cow::Owned);
                    push(Destination { span, url, foreign });
                });
            } else {
                // HTML itself takes the white space around an address away.
                let span = value.span.trimmed(text);
                let url = match &value.decoded {
                    Some(decoded) if !foreign => Cow::Owned(decoded.trim().to_owned()),
                    _ => Cow::Borrowed(span.of(text)),
                };
                push(Destination { span, url, foreign });
            }
        }
        let links = first..document.links.len();
        if closes && (!links.is_empty() || name == "a") {
            // An `<a>` inside an `<a>` ends the outer one, and a reader cannot tell where.
            self.open.retain(|open| name != "a" || open.name != "a");
            if self.open.len() < MOST_OPEN {
                self.open.push(Open { name, links, tag_end: span.end });
            }
        }
    }

    /// A closing tag.
    pub fn close(&mut self, document: &mut Document<'s>, name: &str, span: Span) {
        let Some(index) = self.open.iter().rposition(|open| open.name == name) else { return };
        let open = self.open.remove(index);
        self.open.truncate(index);
        for link in &mut document.links[open.links] {
            link.span = link.span.to(span);
            if link.text.is_empty() {
                link.text = Span::new(open.tag_end, span.start.max(open.tag_end));
            }
        }
    }
}

fn is_foreign(value: &Value, masked: &Masked) -> bool {
    value.expression || masked.touches(value.span)
}

/// Whether the attribute of that element leads somewhere. Of a component, every address may.
fn leads(name: &str, key: Key) -> bool {
    if name.starts_with(|c: char| c.is_ascii_uppercase()) {
        return key != Key::Data;
    }
    match key {
        Key::Href => matches!(name, "a" | "area" | "link"),
        Key::Src => {
            matches!(
                name,
                "img" | "video" | "audio" | "source" | "iframe" | "script" | "embed" | "track" | "input" | "frame"
            )
        }
        Key::Srcset => matches!(name, "img" | "source"),
        Key::Poster => name == "video",
        Key::Data => name == "object",
        _ => false,
    }
}

/// The addresses of a `srcset`: `a.png 1x, b.png 2x`.
fn candidates(text: &str, set: Span, mut each: impl FnMut(Span)) {
    let mut at = set.start;
    let bytes = text.as_bytes();
    while at < set.end {
        if bytes[at].is_ascii_whitespace() || bytes[at] == b',' {
            at += 1;
            continue;
        }
        let start = at;
        while at < set.end && !bytes[at].is_ascii_whitespace() {
            at += 1;
        }
        let mut end = at;
        while end > start && bytes[end - 1] == b',' {
            end -= 1;
        }
        each(Span::new(start, end));
        if end == at {
            while at < set.end && bytes[at] != b',' {
                at += 1;
            }
        }
    }
}
