//! `link/empty`

use serde::Deserialize;

use crate::document::{Document, Link, LinkForm};
use crate::finding::Level;
use crate::rule::{Define, Meta, Rule, Sink};
use crate::source::Kind;

/// Reports links without text, and links that lead nowhere.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Empty {}

impl Define for Empty {
    const META: Meta = Meta {
        id: "link/empty",
        level: Some(Level::Warning),
        fix: None,
        page: include_str!("../../../rules/link/empty.md"),
    };
}

impl Rule for Empty {
    fn document(&self, document: &Document, sink: &mut Sink) {
        // A page of HTML has scripts that know what to do with such links.
        if document.source.kind() == Kind::Html {
            return;
        }
        for link in document.links.iter().filter(|link| !link.embeds) {
            let Some(destination) = link.destination.as_ref().filter(|destination| !destination.foreign) else {
                continue;
            };
            // Most links have a text, and a destination that is neither `#` nor a script.
            let first = |text: &str| text.bytes().next().filter(u8::is_ascii_graphic);
            let leads = first(&destination.url).is_some_and(|byte| !matches!(byte, b'#' | b'j' | b'J'));
            if leads && first(document.source.slice(link.text)).is_some() {
                continue;
            }
            let written = matches!(link.form, LinkForm::Inline | LinkForm::Reference) || is_bare_tag(document, link);
            if !written {
                continue;
            }
            let text = document.source.slice(link.text).trim();
            let url = destination.url.trim();
            if leads_nowhere(url) && !is_way_up(text) {
                if text.is_empty() && is_marker(document, link) {
                    continue;
                }
                let message = match text.is_empty() {
                    true => "the link has no text and no destination".to_owned(),
                    false => format!("the link `{}` leads nowhere", shortened(text)),
                };
                let place = if destination.span.is_empty() { link.span } else { destination.span };
                sink.report(place, message).help("say where it leads, or take the link out and leave its text");
            } else if text.is_empty() && !url.is_empty() {
                let message = format!("the link to `{}` has no text: a reader sees nothing to follow", destination.url);
                sink.report(link.span, message).help("say in words where it leads, or take it out");
            }
        }
    }
}

/// `<a href="…">` with no other attribute, which would give it a picture, a label or a script.
fn is_bare_tag(document: &Document, link: &Link) -> bool {
    let Some(destination) = link.destination.as_ref().filter(|_| link.form == LinkForm::Attribute) else {
        return false;
    };
    let tag = document.source.slice(crate::span::Span::new(link.span.start, link.text.start.max(link.span.start)));
    let bare = tag.to_ascii_lowercase();
    let Some(rest) = bare.strip_prefix("<a").and_then(|rest| rest.trim_start().strip_prefix("href=")) else {
        return false;
    };
    rest.trim_matches(['"', '\'', '>', ' ']).len() == destination.span.len() && tag.ends_with('>')
}

fn leads_nowhere(url: &str) -> bool {
    let script = url.get(..11).filter(|scheme| scheme.eq_ignore_ascii_case("javascript:")).map(|_| url[11..].trim());
    // A longer script is a bookmarklet, to be dragged.
    url.is_empty()
        || url == "#"
        || script.is_some_and(|script| matches!(script, "" | ";" | "void(0)" | "void(0);" | "void 0"))
}

/// Whether a link to `#` says that it leads to the top of the page.
fn is_way_up(text: &str) -> bool {
    let lower = text.to_lowercase();
    lower.contains("top") || lower.contains('↑') || lower.contains('⬆') || lower.contains('^') || lower.contains("up")
}

/// `[](){#id}` and `[]()` before an attribute list: a place with a name in some engines.
fn is_marker(document: &Document, link: &Link) -> bool {
    document.source.text()[link.span.end..].starts_with('{')
}

fn shortened(text: &str) -> String {
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ").replace('`', "");
    match line.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", line[..at].trim_end()),
        None => line,
    }
}
