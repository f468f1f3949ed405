//! Rules on an article's place among the others.

use crate::site::{Article, Facts};
use crate::span::Span;

pub mod duplicate_url;
pub mod near_duplicate;
pub mod orphan;
pub mod redirect_loop;

/// Where a finding about the article as a whole points: its title, else the fence of its front matter, else its start.
fn place(article: &Article) -> Span {
    place_of(article.facts)
}

fn place_of(facts: &Facts) -> Span {
    let Some(front) = &facts.front_matter else { return Span::empty(0) };
    let title = front.map.entry("title").map(|entry| entry.value.span).filter(|span| !span.is_empty());
    title.unwrap_or(front.opening)
}
