//! Where links and images lead.

use std::collections::HashSet;

use crate::finding::Edit;
use crate::site::target::Parts;
use crate::site::{Article, LinkFact, Verdict};
use crate::span::Span;

pub mod anchor;
pub mod broken;
pub mod case;

/// The links of an article with their verdicts, one for each destination: references that share a definition are one.
fn verdicts<'a>(article: &'a Article) -> impl Iterator<Item = (&'a LinkFact, &'a Verdict)> {
    let mut seen = HashSet::new();
    article.facts.links.iter().zip(&article.verdicts).filter(move |(link, _)| seen.insert(link.destination))
}

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
