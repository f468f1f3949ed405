//! Foreign syntax: what a template engine or MDX reads before a Markdown or HTML parser does.
//!
//! Owns finding it, and the text in which every piece of it is replaced by as many bytes that mean nothing, so that all
//! offsets hold. Knows no engine's semantics beyond where its syntax begins and ends.

mod code;
mod esm;
mod js;
mod jsx;
mod mdx;
mod paint;
mod template;

use std::borrow::Cow;
use std::ops::Range;

use super::{Document, Foreign, ForeignKind};
use crate::source::Kind;
use crate::span::Span;

/// A body whose foreign syntax is masked.
#[derive(Debug)]
pub(super) struct Masked<'s> {
    /// The body, each piece of foreign syntax replaced by bytes of the same number.
    pub text: Cow<'s, str>,
    /// What was masked, in order.
    holes: Vec<Hole>,
    /// Blocks of code that were masked (`{% highlight %}`), in order.
    pub code: Vec<Span>,
}

/// A masked piece of the source.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hole {
    /// Its bytes.
    pub span: Span,
    /// Whether a reader may see something in its place.
    pub shown: bool,
}

impl Masked<'_> {
    /// The masked pieces, in order.
    pub fn holes(&self) -> &[Hole] {
        &self.holes
    }

    /// Whether `span` holds masked bytes.
    pub fn touches(&self, span: Span) -> bool {
        self.first_after(span.start).is_some_and(|hole| hole.span.start < span.end)
    }

    /// `block` without half a masked piece at its end, and with the JSX tags around it if it is all that stands in them.
    pub fn whole(&self, text: &str, block: Span) -> Span {
        let mut block = block;
        let Some(after) = self.first_after(block.end.saturating_sub(1)) else { return block };
        if after.span.start < block.end && block.end < after.span.end && block.start < after.span.start {
            let kept = Span::new(block.start, after.span.start);
            block = Span::new(block.start, kept.start + kept.of(text).trim_end().len());
        }
        let name = |tag: &'static str, span: Span, text: &str| {
            let rest = span.of(text).strip_prefix(tag)?;
            let length =
                rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-')).count();
            rest.get(..length).map(str::to_owned)
        };
        let index = self.holes.partition_point(|hole| hole.span.end <= block.start);
        let Some(before) = index.checked_sub(1).map(|index| self.holes[index].span) else { return block };
        let Some(after) = self.first_after(block.end).map(|hole| hole.span) else { return block };
        let touch = before.end == block.start && after.start == block.end;
        let opening = if touch { name("<", before, text) } else { None };
        if opening.is_some_and(|opening| !opening.is_empty() && name("</", after, text) == Some(opening)) {
            block = before.to(after);
        }
        block
    }

    /// `span` on character boundaries of the source: a masked character is as many characters as it had bytes, and a
    /// parser may stop at any of them.
    pub fn snapped(&self, text: &str, span: Span) -> Span {
        if self.holes.is_empty() {
            return span;
        }
        let (mut start, mut end) = (span.start, span.end);
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        while !text.is_char_boundary(end) {
            end += 1;
        }
        Span::new(start, end)
    }

    /// The first masked piece that ends after byte `offset`.
    pub fn first_after(&self, offset: usize) -> Option<Hole> {
        let index = self.holes.partition_point(|hole| hole.span.end <= offset);
        self.holes.get(index).copied()
    }
}

/// What a found piece is to the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// Foreign syntax in whose place a reader may see something.
    Foreign(ForeignKind),
    /// Foreign syntax that puts out nothing.
    Hidden(ForeignKind),
    /// Foreign syntax whose content is a block of code.
    Code(ForeignKind),
    /// A comment.
    Comment,
}

/// How a piece is masked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fill {
    /// Blank where it has its lines for itself, else a word.
    Auto,
    /// A word in every case: it puts out text.
    Word,
    /// Blank, or an inline HTML tag at the beginning of a line with text.
    Blank,
    /// Blank where it has its lines for itself, else an inline HTML tag.
    Tag,
    /// Blank where it has its lines for itself, else the end of one paragraph and the start of another.
    Break,
}

/// A found piece, in bytes of the body.
#[derive(Debug, Clone)]
struct Node {
    bytes: Range<usize>,
    role: Role,
    fill: Fill,
}

/// Finds the foreign syntax in the body of `document`, notes it there, and masks it.
pub(super) fn mask<'s>(document: &mut Document<'s>) -> Masked<'s> {
    let base = document.body.start;
    let body = &document.source.text()[base..];
    let is_mdx = match document.source.kind() {
        Kind::Mdx => true,
        // Docusaurus reads `.md` as MDX; an import tells.
        Kind::Markdown => mdx::is_disguised(body),
        Kind::Html | Kind::Text => false,
    };
    let (nodes, dents) = if document.source.kind() == Kind::Text {
        // No engine reads it.
        (Vec::new(), Vec::new())
    } else if is_mdx {
        let nodes = mdx::scan(body, document);
        let dents = mdx::dents(body, &nodes);
        (nodes, dents)
    } else {
        (template::scan(body, document.source.kind() == Kind::Html), Vec::new())
    };
    if nodes.is_empty() {
        return Masked { text: Cow::Borrowed(body), holes: Vec::new(), code: Vec::new() };
    }
    let mut masked = Masked { text: Cow::Borrowed(body), holes: Vec::with_capacity(nodes.len()), code: Vec::new() };
    for node in &nodes {
        let span = Span::from(node.bytes.clone()).shifted(base);
        let shown = match node.role {
            Role::Foreign(kind) | Role::Hidden(kind) | Role::Code(kind) => {
                document.foreign.push(Foreign { kind, span });
                let piece = &body[node.bytes.clone()];
                let is_block =
                    piece.contains('\n') || ["<pre", "<script", "<style"].iter().any(|tag| piece.starts_with(tag));
                if matches!(node.role, Role::Code(_)) && is_block {
                    masked.code.push(span);
                }
                !matches!(node.role, Role::Hidden(_))
            }
            Role::Comment => {
                document.comments.push(span);
                false
            }
        };
        masked.holes.push(Hole { span, shown });
    }
    masked.text = Cow::Owned(paint::painted(body, &nodes, &dents));
    masked
}
