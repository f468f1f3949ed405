//! MDX: ESM blocks, JSX tags, expressions and comments; Markdown between tags is still Markdown.

use std::ops::Range;

use memchr::{memchr_iter, memmem};

use super::{Fill, Masked, Node, Role, code, esm, js, jsx};
use crate::document::html::{Class, Element, References};
use crate::document::{Document, ForeignKind};
use crate::span::Span;

/// How many elements of code and comments without an end a file may have before none is looked for.
const MOST_UNCLOSED: usize = 16;

/// The bytes at which something other than text may begin, or a line ends.
const STOPS: [bool; 256] = {
    let mut stops = [false; 256];
    let bytes = b"\\`~{<\n";
    let mut at = 0;
    while at < bytes.len() {
        stops[bytes[at] as usize] = true;
        at += 1;
    }
    stops
};

/// Whether a `.md` file is MDX all the same: a line outside of code that is a whole `import … from '…'`.
pub(super) fn is_disguised(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_import =
        |at: usize| text[at..].starts_with("import ") && esm::is_import(&text[at..code::line_end(bytes, at)]);
    let candidates = memmem::find_iter(bytes, b"import ").filter(|&at| at == 0 || bytes[at - 1] == b'\n');
    let Some(first) = candidates.into_iter().find(|&at| is_import(at)) else { return false };
    // Is it in a fence? Only now is it worth looking.
    let mut paragraph = code::Paragraph::default();
    let mut at = 0;
    let mut candidate = first;
    loop {
        let fence = memchr::memchr2(b'`', b'~', &bytes[at..]).map_or(bytes.len(), |found| at + found);
        if fence >= candidate {
            return true;
        }
        at = code::end(bytes, fence, &mut paragraph);
        if at > candidate {
            let later =
                memmem::find_iter(&bytes[at..], b"\nimport ").map(|found| at + found + 1).find(|&at| is_import(at));
            let Some(next) = later else { return false };
            candidate = next;
        }
    }
}

/// The foreign syntax of an MDX file, in order. Links and anchors of tags go to `document`.
pub(super) fn scan(text: &str, document: &mut Document<'_>) -> Vec<Node> {
    let mut scanner = Scanner {
        text,
        bytes: text.as_bytes(),
        base: document.body.start,
        nodes: Vec::new(),
        expressions: js::Expressions::default(),
        unclosed: 0,
        paragraph: code::Paragraph::default(),
    };
    scanner.run(document);
    scanner.nodes
}

struct Scanner<'t> {
    text: &'t str,
    bytes: &'t [u8],
    base: usize,
    nodes: Vec<Node>,
    expressions: js::Expressions,
    unclosed: usize,
    paragraph: code::Paragraph,
}

impl Scanner<'_> {
    fn run<'s>(&mut self, document: &mut Document<'s>) {
        // This borrow outlives the document's own, so that names of tags may be kept until their closing tags.
        let source: &'s str = document.source.text();
        let body = &source[self.base..];
        let nothing = Masked { text: "".into(), holes: Vec::new(), code: Vec::new() };
        let mut references = References::default();
        let mut at = 0;
        let mut unclosed = 0;
        // An ESM block may begin where a paragraph may.
        let mut fresh = true;
        while at < self.bytes.len() {
            if at == 0 || self.bytes[at - 1] == b'\n' {
                if let Some(end) =
                    Some(at).filter(|_| fresh).and_then(|at| esm::block_end(self.text, at, &mut unclosed))
                {
                    self.nodes.push(Node { bytes: at..end, role: Role::Hidden(ForeignKind::Esm), fill: Fill::Auto });
                    at = end + 1;
                    continue;
                }
                fresh = code::is_blank(self.bytes, at);
            }
            at = match self.bytes[at] {
                b'\\' => at + 2,
                b'`' | b'~' => code::end(self.bytes, at, &mut self.paragraph),
                b'{' => self.expression(at),
                b'<' => self.angle(at, body, document, &mut references, &nothing),
                _ => at + 1,
            };
            // Most of a line is none of these; a new line is looked at above.
            if self.bytes.get(at - 1) != Some(&b'\n') {
                at = self.next_stop(at);
            }
        }
    }

    /// The next byte from `at` on that is looked at in `run`: on this line, or the first of the next one.
    fn next_stop(&self, at: usize) -> usize {
        let rest = self.bytes.get(at..).unwrap_or_default();
        let is_stop = |byte: &u8| STOPS[usize::from(*byte)];
        let found = at + rest.iter().position(is_stop).unwrap_or(rest.len());
        found + usize::from(self.bytes.get(found) == Some(&b'\n'))
    }

    fn expression(&mut self, at: usize) -> usize {
        // `{#id}` belongs to a heading.
        if self.bytes.get(at + 1) == Some(&b'#') {
            return at + 1;
        }
        let Some(end) = self.expressions.end(self.bytes, at) else { return at + 1 };
        let inside = self.text[at + 1..end - 1].trim();
        let is_comment = inside.starts_with("/*") && memmem::find(inside.as_bytes(), b"*/") == Some(inside.len() - 2);
        // In the middle of a line a comment leaves nothing, not even a word.
        self.nodes.push(if is_comment {
            Node { bytes: at..end, role: Role::Comment, fill: Fill::Blank }
        } else {
            Node { bytes: at..end, role: Role::Foreign(ForeignKind::Expression), fill: Fill::Auto }
        });
        end
    }

    /// The end of the first `closing` after byte `from`.
    fn find(&mut self, from: usize, closing: &[u8]) -> Option<usize> {
        if self.unclosed > MOST_UNCLOSED {
            return None;
        }
        let found = memmem::find(&self.bytes[from..], closing);
        self.unclosed += usize::from(found.is_none());
        found.map(|found| from + found + closing.len())
    }

    fn angle<'s>(
        &mut self,
        at: usize,
        body: &'s str,
        document: &mut Document<'s>,
        references: &mut References<'s>,
        nothing: &Masked,
    ) -> usize {
        if self.bytes[at..].starts_with(b"<!--") {
            return self.find(at, b"-->").unwrap_or(at + 4);
        }
        let Some(tag) = jsx::tag(body, at, self.base, &mut self.expressions) else { return at + 1 };
        let span = Span::new(self.base + at, self.base + tag.end);
        let element = Element::named(tag.name.as_bytes());
        let is_code = matches!(element.class, Class::Code | Class::InlineCode);
        if is_code && !tag.closing && !tag.self_closing {
            let closing = format!("</{}>", tag.name);
            if let Some(end) = self.find(tag.end, closing.as_bytes()) {
                let role = Role::Code(ForeignKind::Jsx);
                self.nodes.push(Node { bytes: at..end, role, fill: Fill::Auto });
                return end;
            }
        }
        let (role, fill) = match element.class {
            Class::Object => (Role::Foreign(ForeignKind::Jsx), Fill::Auto),
            _ if tag.name.is_empty() || element.is_block() => (Role::Hidden(ForeignKind::Jsx), Fill::Break),
            _ => (Role::Hidden(ForeignKind::Jsx), Fill::Tag),
        };
        if tag.closing {
            references.close(document, tag.name, span);
        } else {
            let closes = !tag.self_closing && !element.is_void();
            references.open(document, nothing, tag.name, span, &tag.attributes, closes);
        }
        self.nodes.push(Node { bytes: at..tag.end, role, fill });
        tag.end
    }
}

/// Where content is indented only because it stands in a tag: a line end with the white space after it. Moving the line
/// end behind that white space keeps the Markdown parser from seeing indented code, and keeps every offset after it.
pub(super) fn dents(text: &str, nodes: &[Node]) -> Vec<Range<usize>> {
    let mut dents = Vec::new();
    let bytes = text.as_bytes();
    let is_tag = |node: &&Node| matches!(node.role, Role::Hidden(ForeignKind::Jsx));
    if !nodes.iter().any(|node| is_tag(&node)) {
        return dents;
    }
    let mut nodes = nodes.iter().peekable();
    // The indentation of each open tag that has its line for itself, and that of its content.
    let mut open: Vec<usize> = Vec::new();
    let mut content: Option<usize> = None;
    let mut covered = 0;
    let mut next_line = 0;
    for newline in memchr_iter(b'\n', bytes) {
        let start = newline + 1;
        // Where the line ahead was begun: an opening tag on it counts from the next line on.
        let line_start = std::mem::replace(&mut next_line, start);
        while let Some(node) = nodes.next_if(|node| node.bytes.start < start) {
            covered = node.bytes.end;
            let piece = &text[node.bytes.clone()];
            let lead = &bytes[line_start.min(node.bytes.start)..node.bytes.start];
            if !is_tag(&node) || lead.iter().any(|byte| !byte.is_ascii_whitespace()) || piece.ends_with("/>") {
                continue;
            }
            if piece.starts_with("</") {
                open.pop();
                content = None;
            } else if bytes[node.bytes.end..code::line_end(bytes, node.bytes.end)].iter().all(u8::is_ascii_whitespace) {
                open.push(lead.len());
                content = None;
            }
        }
        let Some(&outer) = open.first() else { continue };
        if start < covered || code::is_blank(bytes, start) {
            continue;
        }
        let indent = bytes[start..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let is_piece = nodes.peek().is_some_and(|node| node.bytes.start == start + indent);
        let base = if is_piece { indent } else { *content.get_or_insert(indent) };
        let strip = indent.min(base).saturating_sub(outer);
        if strip > 0 {
            let from = if newline > 0 && bytes[newline - 1] == b'\r' { newline - 1 } else { newline };
            if from >= covered {
                dents.push(from..start + strip);
            }
        }
    }
    dents
}
