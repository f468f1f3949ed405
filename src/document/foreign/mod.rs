//! Foreign syntax: what a template engine or MDX reads before a Markdown or HTML parser does.
//!
//! Owns finding it, and the text in which every piece of it is replaced by as many bytes that mean nothing, so that all
//! offsets hold. Knows no engine's semantics beyond where its syntax begins and ends.

mod code;
mod esm;
mod js;
mod jsx;
mod mdx;
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
    let (nodes, dents) = if is_mdx {
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
    masked.text = Cow::Owned(painted(body, &nodes, &dents));
    masked
}

/// `body` with its nodes painted over and its dents moved.
fn painted(body: &str, nodes: &[Node], dents: &[Range<usize>]) -> String {
    let mut out = String::with_capacity(body.len());
    let mut dents = dents.iter().peekable();
    let mut copy = |out: &mut String, range: Range<usize>| {
        let mut at = range.start;
        while let Some(dent) = dents.peek().filter(|dent| dent.start < range.end) {
            if dent.start >= at && dent.end <= range.end {
                out.push_str(&body[at..dent.start]);
                let moved = &body[dent.start..dent.end];
                let newline = moved.len() - moved.trim_start_matches(['\r', '\n']).len();
                out.push_str(&moved[newline..]);
                out.push_str(&moved[..newline]);
                at = dent.end;
            }
            dents.next();
        }
        out.push_str(&body[at..range.end]);
    };
    let mut at = 0;
    for (index, node) in nodes.iter().enumerate() {
        copy(&mut out, at..node.bytes.start);
        let slice = &body[node.bytes.clone()];
        match node.fill {
            Fill::Word => out.extend(std::iter::repeat_n('x', slice.len())),
            _ if stands_alone(body, nodes, index) => {
                out.extend(slice.bytes().map(|byte| if matches!(byte, b'\n' | b'\r') { byte as char } else { ' ' }));
            }
            Fill::Auto => out.extend(std::iter::repeat_n('x', slice.len())),
            // Blanks before a line's text would make it indented code.
            Fill::Blank if !code::begins_block(out.as_bytes(), out.len()) => {
                out.extend(std::iter::repeat_n(' ', slice.len()))
            }
            Fill::Blank | Fill::Tag if slice.len() >= 3 => {
                out.push('<');
                out.extend(std::iter::repeat_n('x', slice.len() - 2));
                out.push('>');
            }
            Fill::Blank | Fill::Tag | Fill::Break => {
                out.extend(std::iter::repeat_n(' ', slice.len().saturating_sub(2)));
                out.extend(std::iter::repeat_n('\n', slice.len().min(2)));
            }
        }
        at = node.bytes.end;
    }
    copy(&mut out, at..body.len());
    out
}

/// Whether the node at `index` shares its lines only with white space and other nodes that put out nothing.
fn stands_alone(body: &str, nodes: &[Node], index: usize) -> bool {
    let mut start = nodes[index].bytes.start;
    for node in nodes[..index].iter().rev() {
        let gap = &body[node.bytes.end..start];
        if memchr::memchr(b'\n', gap.as_bytes()).is_some() {
            break;
        }
        if node.fill == Fill::Word || !is_blank(gap) {
            return false;
        }
        start = node.bytes.start;
    }
    if !begins_line(body, start) {
        return false;
    }
    let mut end = nodes[index].bytes.end;
    for node in &nodes[index + 1..] {
        let gap = &body[end..node.bytes.start];
        if memchr::memchr(b'\n', gap.as_bytes()).is_some() {
            break;
        }
        if node.fill == Fill::Word || !is_blank(gap) {
            return false;
        }
        end = node.bytes.end;
    }
    let line_end = memchr::memchr(b'\n', &body.as_bytes()[end..]).map_or(body.len(), |at| end + at);
    is_blank(&body[end..line_end])
}

/// Whether nothing but white space and quote markers stands before byte `at` in its line.
fn begins_line(body: &str, at: usize) -> bool {
    is_blank(&body[code::line_start(body.as_bytes(), at)..at])
}

fn is_blank(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'>'))
}
