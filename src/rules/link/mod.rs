//! Where links and images lead.

use crate::finding::Edit;
use crate::site::target::Parts;
use crate::site::{Article, LinkFact};
use crate::span::Span;

pub mod anchor;
pub mod blocked;
pub mod broken;
pub mod case;
pub mod dead;
pub mod dead_anchor;
mod elsewhere;
pub mod empty;
pub mod hidden;
pub mod image;
pub mod insecure;
pub mod local_file;
mod missing;
pub mod moved;
pub mod own_origin;
pub mod placeholder;
pub mod redirected;
pub mod undefined_reference;
pub mod unreachable;
pub mod unused_definition;

/// Replaces the path part of a destination. `None` if the destination is written with entities or escapes, since its
/// bytes are then not those of the path.
fn replace_path(article: &Article, link: &LinkFact, replacement: &str) -> Option<Edit> {
    let (path, _) = parts(article, link)?;
    Some(Edit::replace(path, replacement))
}

/// Replaces what follows the `#` of a destination, likewise.
fn replace_fragment(article: &Article, link: &LinkFact, replacement: &str) -> Option<Edit> {
    let (_, fragment) = parts(article, link)?;
    Some(Edit::replace(fragment?, replacement))
}

/// The fragment of a destination with its `#`; the whole destination where that cannot be told.
fn fragment_span(article: &Article, link: &LinkFact) -> Span {
    let fragment = parts(article, link).and_then(|(_, fragment)| fragment);
    fragment.map_or(link.destination, |fragment| Span::new(fragment.start - 1, fragment.end))
}

fn parts(article: &Article, link: &LinkFact) -> Option<(Span, Option<Span>)> {
    // Whatever stands for something else is longer than that.
    if link.destination.len() != link.url.len() {
        return None;
    }
    let (before, url) = article.site.internal(&link.url)?;
    let parts = Parts::of(url);
    let start = link.destination.start + before;
    let fragment =
        parts.fragment.map(|fragment| Span::new(link.destination.end - fragment.len(), link.destination.end));
    Some((Span::new(start, start + parts.path.len()), fragment))
}

/// "link" or "image".
fn noun(link: &LinkFact) -> &'static str {
    if link.embeds { "image" } else { "link" }
}

/// The fragment of a link to another site with its `#`; the whole destination where that cannot be told.
fn fragment_span_of(link: &LinkFact) -> Span {
    let at = link.url.find('#').filter(|_| link.destination.len() == link.url.len());
    at.map_or(link.destination, |at| Span::new(link.destination.start + at, link.destination.end))
}

/// What people put in place of an address that they do not have yet, in lower case. A page can be called so too.
const PLACEHOLDERS: &[&str] = &[
    "todo",
    "#todo",
    "tbd",
    "#tbd",
    "tbc",
    "fixme",
    "xxx",
    "xxxx",
    "tk",
    "tktk",
    "url",
    "link",
    "#link",
    "#url",
    "your-url",
    "your-link",
    "url-here",
    "link-here",
    "link%20here",
    "link here",
    "url here",
    "insert-link",
    "insert-link-here",
    "insert-url-here",
    "insert link here",
    "insert link",
    "add-link-here",
    "add link here",
    "placeholder",
    "#placeholder",
    "http:",
    "https:",
    "https://todo",
    "http://todo",
    "https://tbd",
    "http://tbd",
    "https://link",
    "http://link",
    "https://url",
    "http://url",
    "https://xxx",
    "http://xxx",
    "https://...",
    "http://...",
    "...",
    "…",
    "???",
];

/// Whether a destination only holds the place of one.
fn is_placeholder(url: &str) -> bool {
    // Most destinations are longer than any of these.
    if url.len() > 24 || url.starts_with('/') {
        return false;
    }
    let url = url.trim().trim_end_matches('/');
    if url.is_ascii() {
        return PLACEHOLDERS.iter().any(|known| known.len() == url.len() && known.eq_ignore_ascii_case(url));
    }
    PLACEHOLDERS.contains(&&*url.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_placeholder_is_one_in_any_letters() {
        for url in
            ["TODO", " todo ", "todo/", "http://", "https://", "https:///", "HTTP://Link", "…", "TB\u{43}", "t\u{212A}"]
        {
            assert!(is_placeholder(url), "{url}");
        }
        for url in ["/todo", "todo.md", "", "#", "http://a", "todó", "insert link here, please!"] {
            assert!(!is_placeholder(url), "{url}");
        }
    }
}
