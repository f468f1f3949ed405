//! Template syntax: Hugo's shortcodes, the tags and output of Liquid, Nunjucks, Tera and Jinja, kramdown's attribute lists.
//!
//! A piece never reaches over a blank line, and not over the next one's beginning: prose about templates is prose.

use std::ops::Range;

use memchr::{memchr, memchr2, memchr3, memmem};

use super::{Fill, Node, Role, code};
use crate::document::ForeignKind;

/// How far a piece is read with regard to quotes; what is longer ends at the first closing delimiter.
const LONGEST: usize = 8 * 1024;

/// How many bytes an attribute list may have.
const LONGEST_LIST: usize = 1024;

/// How many pairs without a closing tag a file may have before none is looked for.
const MOST_UNCLOSED: usize = 16;

/// The template syntax in `text`, in order. In HTML nothing is Markdown code, and there are no attribute lists.
pub(super) fn scan(text: &str, html: bool) -> Vec<Node> {
    let mut nodes = Vec::new();
    let bytes = text.as_bytes();
    if !may_hold_any(bytes, html) {
        return nodes;
    }
    let paragraph = code::Paragraph::default();
    let mut scanner = Scanner { text, bytes, nodes: &mut nodes, paragraph, hopeless: 0, unclosed: 0, html };
    let mut at = 0;
    while at < bytes.len() {
        let found = if html { memchr(b'{', &bytes[at..]) } else { memchr3(b'{', b'`', b'~', &bytes[at..]) };
        let Some(found) = found else { break };
        at += found;
        at = if bytes[at] == b'{' { scanner.brace(at) } else { code::end(bytes, at, &mut scanner.paragraph) };
    }
    nodes
}

/// Whether a brace that template syntax can begin with stands in the text; most articles have none.
fn may_hold_any(bytes: &[u8], html: bool) -> bool {
    memchr::memchr_iter(b'{', bytes).any(|at| opens(bytes.get(at + 1).copied(), html))
}

fn opens(second: Option<u8>, html: bool) -> bool {
    match second {
        Some(b'{' | b'%' | b'#') => true,
        Some(b':') => !html,
        _ => false,
    }
}

struct Scanner<'t> {
    text: &'t str,
    bytes: &'t [u8],
    nodes: &'t mut Vec<Node>,
    paragraph: code::Paragraph,
    /// Up to this byte no delimiter closes anything.
    hopeless: usize,
    /// How many pairs have no closing tag.
    unclosed: usize,
    html: bool,
}

impl Scanner<'_> {
    /// Reads what begins with the brace at `at`, and says where to go on.
    fn brace(&mut self, at: usize) -> usize {
        let bytes = self.bytes;
        match bytes.get(at + 1) {
            Some(b'{') => self.delimited(at, if bytes.get(at + 2) == Some(&b'<') { b">}}" } else { b"}}" }),
            Some(b'%') => self.delimited(at, b"%}"),
            // `{#id}` belongs to a heading; only `{# … #}` is a comment.
            Some(b'#') if bytes.get(at + 2).is_some_and(|byte| byte.is_ascii_whitespace() || *byte == b'-') => {
                self.delimited(at, b"#}")
            }
            Some(b':') if !self.html => self.attributes(at),
            _ => at + 1,
        }
    }

    fn delimited(&mut self, at: usize, closing: &[u8]) -> usize {
        if at < self.hopeless {
            return at + 2;
        }
        let limit = self.paragraph.end(self.bytes, at);
        // Three braces are one delimiter in Handlebars.
        let triple = self.bytes[at..].starts_with(b"{{{");
        let inside = at + if triple { 3 } else { 2 };
        if inside > limit {
            return at + 1;
        }
        let Some(plain) = memmem::find(&self.bytes[inside..limit], closing).map(|found| inside + found + closing.len())
        else {
            if memchr(b'}', &self.bytes[inside..limit]).is_none() {
                self.hopeless = limit;
            }
            return at + 2;
        };
        let quoted = closing_after(&self.bytes[..limit.min(inside + LONGEST)], inside, closing);
        let mut end = match quoted {
            Some(end) => end,
            None => plain,
        };
        // An opening delimiter in between means that this one was never closed.
        let between = &self.bytes[inside..end - closing.len()];
        if quoted.is_none() && (memmem::find(between, b"{{").is_some() || memmem::find(between, b"{%").is_some()) {
            return at + 2;
        }
        if triple && self.bytes.get(end) == Some(&b'}') {
            end += 1;
        }
        self.keep(at..end)
    }

    /// Notes the piece, with its content if that is not prose, and says where to go on.
    fn keep(&mut self, bytes: Range<usize>) -> usize {
        let piece = &self.text[bytes.clone()];
        let kind = match piece.as_bytes() {
            [b'{', b'{', b'<' | b'%', ..] => ForeignKind::Shortcode,
            [b'{', b'{', ..] => ForeignKind::TemplateOutput,
            _ => ForeignKind::TemplateTag,
        };
        let is_comment = piece.starts_with("{{/*") || piece.starts_with("{{- /*") || piece.starts_with("{#");
        let fill = match kind {
            ForeignKind::TemplateOutput if !is_comment => Fill::Word,
            _ => Fill::Auto,
        };
        let (inside, self_closed) = inside(piece);
        let name = inside.split(|c: char| c.is_whitespace() || c == '(').next().unwrap_or("");
        let content =
            if kind == ForeignKind::TemplateOutput || self_closed { Content::Prose } else { Content::of(kind, name) };
        let closing = if content == Content::Prose || self.unclosed > MOST_UNCLOSED {
            None
        } else {
            self.closing_tag(bytes.end, kind, name)
        };
        self.unclosed += usize::from(content != Content::Prose && closing.is_none());
        if let Some(closing) = closing {
            let whole = bytes.start..closing.end;
            let tag = |bytes| Node { bytes, role: Role::Foreign(kind), fill };
            if content == Content::Raw && has_blank_line(self.bytes, bytes.end..closing.start) {
                // A whole passage that only keeps the engine out: its Markdown is read as ever.
                self.nodes.push(tag(bytes));
                self.nodes.push(tag(closing));
            } else {
                let role = match content {
                    Content::Code => Role::Code(kind),
                    Content::Comment => Role::Hidden(kind),
                    Content::Raw | Content::Prose => Role::Foreign(kind),
                };
                self.nodes.push(Node { bytes: whole.clone(), role, fill });
            }
            return whole.end;
        }
        let end = bytes.end;
        let role = if is_comment { Role::Hidden(kind) } else { Role::Foreign(kind) };
        self.nodes.push(Node { bytes, role, fill });
        end
    }

    /// The tag that closes the pair opened by `name`.
    fn closing_tag(&self, from: usize, kind: ForeignKind, name: &str) -> Option<Range<usize>> {
        let opening: &[u8] = if kind == ForeignKind::Shortcode { b"{{" } else { b"{%" };
        let mut at = from;
        while let Some(found) = memmem::find(&self.bytes[at..], opening) {
            let start = at + found;
            at = start + 2;
            let rest = self.text.get(start..)?;
            let close = memchr(b'}', rest.as_bytes())?;
            let length = close
                + if kind == ForeignKind::Shortcode && rest.as_bytes().get(close + 1) == Some(&b'}') { 2 } else { 1 };
            let (inside, _) = inside(&rest[..length]);
            let closes = match kind {
                ForeignKind::Shortcode => inside.strip_prefix('/').map(str::trim) == Some(name),
                _ => inside.strip_prefix("end").is_some_and(|rest| rest == name || rest.is_empty()),
            };
            if closes {
                return Some(start..start + length);
            }
        }
        None
    }

    /// A kramdown attribute list: `{: .class #id key="value"}`, `{:toc}`, `{::comment}`.
    fn attributes(&mut self, at: usize) -> usize {
        let longest = (at..=self.bytes.len().min(at + LONGEST_LIST)).rev().find(|end| self.text.is_char_boundary(*end));
        let line = self.text[at..longest.unwrap_or(at)].lines().next().unwrap_or("");
        let Some(length) = attribute_list(line) else { return at + 2 };
        let mut end = at + length;
        if line.starts_with("{::comment}") {
            let closing =
                memmem::find(&self.bytes[end..], b"{:/comment}").map(|found| end + found + b"{:/comment}".len());
            end = closing.unwrap_or(end);
        }
        let role = if end > at + length { Role::Comment } else { Role::Hidden(ForeignKind::Attributes) };
        self.nodes.push(Node { bytes: at..end, role, fill: Fill::Blank });
        end
    }
}

/// The end of the first `closing` delimiter that does not stand in quotes; none if another piece opens before it.
fn closing_after(bytes: &[u8], from: usize, closing: &[u8]) -> Option<usize> {
    let mut at = from;
    while at < bytes.len() {
        match bytes[at] {
            quote @ (b'"' | b'\'' | b'`') => {
                at += 1;
                loop {
                    match bytes.get(at)? {
                        b'\\' if quote != b'`' => at += 2,
                        byte if *byte == quote => break,
                        _ => at += 1,
                    }
                }
                at += 1;
            }
            b'{' if matches!(bytes.get(at + 1), Some(b'{' | b'%')) => return None,
            _ if bytes[at..].starts_with(closing) => return Some(at + closing.len()),
            _ => at += 1,
        }
    }
    None
}

/// What stands between the delimiters, white-space control left out, and whether the shortcode closes itself.
fn inside(piece: &str) -> (&str, bool) {
    let piece = piece.trim_start_matches(['{', '%', '<']).trim_end_matches(['}', '%', '>']);
    let piece = piece.trim_start_matches(['-', '+']).trim_end_matches(['-', '+']).trim();
    (piece, piece.len() > 1 && piece.ends_with('/'))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Content {
    Prose,
    Code,
    /// Text in which the engine sees no syntax.
    Raw,
    /// Nothing that a reader sees.
    Comment,
}

impl Content {
    /// What stands between this tag or shortcode and its closing one.
    fn of(kind: ForeignKind, name: &str) -> Self {
        match (kind, name) {
            (_, "highlight" | "codeblock" | "mermaid" | "katex" | "math" | "plantuml" | "graphviz") => Self::Code,
            (ForeignKind::Shortcode, "code" | "code-toggle" | "rawhtml" | "raw-html" | "chart" | "tex") => Self::Code,
            (ForeignKind::TemplateTag, "raw" | "verbatim") => Self::Raw,
            (ForeignKind::TemplateTag, "comment") => Self::Comment,
            _ => Self::Prose,
        }
    }
}

fn has_blank_line(bytes: &[u8], range: Range<usize>) -> bool {
    let mut at = range.start;
    while let Some(newline) = memchr(b'\n', &bytes[at..range.end]) {
        at += newline + 1;
        if code::is_blank(bytes, at) && code::line_end(bytes, at) < range.end {
            return true;
        }
    }
    false
}

/// How long the attribute list at the start of `line` is. Prose such as `{:foo bar}` in Clojure is none.
fn attribute_list(line: &str) -> Option<usize> {
    let bytes = line.as_bytes();
    let mut at = 2;
    if let Some(b':' | b'/') = bytes.get(at) {
        let end = memchr(b'}', bytes)?;
        let name = line[at + 1..end].trim_end_matches('/');
        let first = name.split_whitespace().next().unwrap_or("");
        let known = matches!(first, "" | "comment" | "nomarkdown" | "options");
        return known.then_some(end + 1);
    }
    let mut tokens = 0;
    loop {
        while matches!(bytes.get(at), Some(b' ' | b'\t')) {
            at += 1;
        }
        let start = at;
        if bytes.get(at) == Some(&b'}') {
            return Some(at + 1);
        }
        while bytes
            .get(at)
            .is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'#' | b'_' | b'-' | b':'))
        {
            at += 1;
        }
        match bytes.get(at)? {
            b'=' if at > start => {
                at += 1;
                match bytes.get(at)? {
                    quote @ (b'"' | b'\'') => at += 2 + memchr(*quote, &bytes[at + 1..])?,
                    _ => at += memchr2(b' ', b'}', &bytes[at..])?,
                }
            }
            b' ' | b'\t' | b'}' if at > start => {
                // A bare word names a list that stands elsewhere; two of them are prose.
                let is_word = !matches!(bytes[start], b'.' | b'#');
                tokens += usize::from(is_word);
                if tokens > 1 {
                    return None;
                }
            }
            _ => return None,
        }
    }
}
