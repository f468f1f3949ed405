//! HTML: a file of it, and the raw HTML in Markdown.
//!
//! Owns the step from tokens to blocks, prose, links, anchors and comments. There is no tree: a block ends where the next
//! block element begins or ends, which is also what a browser makes of tag soup, near enough.

mod element;
mod flow;
mod reference;
mod token;

pub(super) use element::{Class, Element};
pub(super) use flow::Flow;
pub(super) use reference::References;
pub(super) use token::{Attributes, Key, Token, Value, cut, decode};

use super::foreign::Masked;
use super::{BlockKind, Document};

/// Reads the body of an HTML file.
pub(super) fn read<'s>(document: &mut Document<'s>, masked: &Masked<'s>) {
    let base = document.body.start;
    let mut references = References::default();
    let mut flow = Flow::new(document, masked, &mut references, (&masked.text, base), BlockKind::Paragraph);
    cut(&masked.text, base, |token| flow.take(token));
    flow.finish();
}
