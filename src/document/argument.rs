//! Links in the arguments of shortcodes and template tags: `{{< figure src="/img/a.png" >}}`, `{% image "img/a.png" %}`.
//!
//! What a shortcode makes of its arguments stands in a template that is not read here, so only what cannot be anything
//! but an address counts.

use std::borrow::Cow;

use super::{Destination, Document, Foreign, ForeignKind, Link, LinkForm};
use crate::span::Span;

/// Names of arguments whose values are addresses, whatever they look like.
const LEADING: &[&str] = &["href", "link", "url", "to", "page"];

/// Names of arguments whose values are shown.
const SHOWING: &[&str] = &["src", "image", "img", "image_path", "poster", "cover"];

/// Tags whose arguments are for the engine, and pairs around code.
const NO_LINKS: &[&str] = &[
    "if",
    "elsif",
    "elseif",
    "else",
    "unless",
    "case",
    "when",
    "for",
    "assign",
    "set",
    "capture",
    "layout",
    "extends",
    "import",
    "from",
    "block",
    "macro",
    "call",
    "render",
    "with",
    "cycle",
    "increment",
    "link",
    "post_url",
    "ref",
    "relref",
    "raw",
    "verbatim",
    "comment",
    "highlight",
    "code",
    "code-toggle",
    "codeblock",
    "mermaid",
    "param",
    "gist",
    "youtube",
    "vimeo",
    "tweet",
    "x",
    "instagram",
    "t",
    "i18n",
];

/// Endings of what is shown where it stands.
const MEDIA: &[&str] = &[".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".mp4", ".webm", ".mp3", ".ogg"];

/// Endings of what is led to.
const PAGES: &[&str] = &[".md", ".mdx", ".markdown", ".html", ".pdf"];

/// Adds the links in the arguments of shortcodes and tags, which stand in no other link.
pub(super) fn read(document: &mut Document) {
    let source = document.source;
    let text = source.text();
    let mut found = Vec::new();
    for foreign in &document.foreign {
        if matches!(foreign.kind, ForeignKind::Shortcode | ForeignKind::TemplateTag) {
            links_of(foreign, text, &mut found);
        }
    }
    found.retain(|link: &Link| !document.links.iter().any(|other| other.span.contains(link.destination_span())));
    document.links.append(&mut found);
}

impl Link<'_> {
    fn destination_span(&self) -> Span {
        self.destination.as_ref().map_or(self.span, |destination| destination.span)
    }
}

fn links_of<'s>(foreign: &Foreign, text: &'s str, found: &mut Vec<Link<'s>>) {
    let piece = foreign.span.of(text);
    let (open, close) = match foreign.kind {
        ForeignKind::Shortcode => (3, if piece.starts_with("{{<") { ">}}" } else { "%}}" }),
        _ => (2, "%}"),
    };
    let Some(end) = piece.find(close) else { return };
    let Some(inside) = piece.get(open..end) else { return };
    let name_at = open + (inside.len() - inside.trim_start_matches(['-', ' ', '\t', '\n', '\r']).len());
    let name: &str = piece[name_at..end].split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or("");
    if name.is_empty() || name.contains('*') || NO_LINKS.contains(&name) {
        return;
    }
    let inside = &piece[..end];
    let mut all = arguments(inside, name_at + name.len());
    if matches!(name, "include" | "include_relative" | "includeRelative" | "partial") {
        // The file that is taken in is no link.
        all.retain(|argument| argument.name.is_some());
    }
    for argument in all {
        let value = argument.value.of(inside);
        let Some(embeds) = leads(&argument, value) else { continue };
        let span = argument.value.shifted(foreign.span.start);
        let destination = Destination { span, url: Cow::Borrowed(value), foreign: false };
        found.push(Link {
            form: LinkForm::Argument,
            embeds,
            span: foreign.span,
            text: Span::empty(foreign.span.end),
            destination: Some(destination),
        });
    }
}

/// Whether the argument leads somewhere, and if so, whether it is shown instead of led to.
fn leads(argument: &Argument, value: &str) -> Option<bool> {
    let named = argument.name.is_some();
    let odd = |c: char| {
        (c.is_whitespace() && !named)
            || c == '\n'
            || matches!(c, '{' | '}' | '<' | '>' | '"' | '*' | '|' | '$' | '(' | '=')
    };
    let path = value.split(['#', '?']).next().unwrap_or("").to_ascii_lowercase();
    if value.len() < 2 || path.contains(odd) {
        return None;
    }
    let ends = |endings: &[&str]| endings.iter().any(|ending| path.len() > ending.len() && path.ends_with(ending));
    let media = ends(MEDIA);
    let address = value.starts_with('/')
        || value.starts_with("./")
        || value.starts_with("../")
        || value.starts_with("http://")
        || value.starts_with("https://");
    match argument.name {
        Some(name) if LEADING.contains(&name) => {
            (address || value.starts_with('#') || ends(PAGES) || media).then_some(false)
        }
        Some(name) if SHOWING.contains(&name) => (address || media).then_some(true),
        Some(_) => None,
        // A bare name may be looked for anywhere; one with a folder says where.
        None => (media && value.contains('/')).then_some(true),
    }
}

/// An argument of a shortcode or tag, in bytes of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Argument<'t> {
    /// Its name, if it has one.
    name: Option<&'t str>,
    /// Its value, without quotes.
    value: Span,
}

/// The arguments in `text` from byte `at`: positional (`"a.png"`) and named (`src="a.png"`, `src: "a.png"` is not read).
fn arguments(text: &str, at: usize) -> Vec<Argument<'_>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = at;
    while at < bytes.len() {
        if bytes[at].is_ascii_whitespace() || bytes[at] == b',' {
            at += 1;
            continue;
        }
        let start = at;
        let mut name = None;
        while at < bytes.len() && (bytes[at].is_ascii_alphanumeric() || matches!(bytes[at], b'_' | b'-')) {
            at += 1;
        }
        if at > start && bytes.get(at) == Some(&b'=') {
            name = Some(&text[start..at]);
            at += 1;
        } else {
            at = start;
        }
        let value = match bytes.get(at) {
            Some(&quote @ (b'"' | b'\'' | b'`')) => {
                let Some(length) = memchr::memchr(quote, &bytes[at + 1..]) else { break };
                let value = Span::new(at + 1, at + 1 + length);
                at = value.end + 1;
                value
            }
            _ => {
                let length = bytes[at..].iter().take_while(|b| !b.is_ascii_whitespace() && **b != b',').count();
                let value = Span::new(at, at + length);
                at = value.end;
                value
            }
        };
        if value.start == at {
            at += 1;
        }
        found.push(Argument { name, value });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_have_places() {
        let text = r#"figure src="a b.png" link=/x/ 'c' d, "e"#;
        let found: Vec<_> = arguments(text, 6).iter().map(|a| (a.name, a.value.of(text))).collect();
        assert_eq!(found, [(Some("src"), "a b.png"), (Some("link"), "/x/"), (None, "c"), (None, "d")]);
    }
}
