//! The link graph of a site, written for people and programs.
//!
//! Owns the formats. What is a link, and where it leads, is known by [`crate::site`].

mod dot;
mod html;
mod json;

pub use dot::dot;
pub use html::html;
pub use json::json;

use crate::site::{Edge, Site, Verdict};

/// What an edge is, in one word.
fn state(edge: &Edge, site: &Site) -> &'static str {
    let hidden = || {
        let target = edge.to.map(|to| site.page(&site.facts()[to]));
        target.is_some_and(|page| page.visibility.is_hidden())
    };
    match &edge.verdict {
        Verdict::Hidden { .. } => "hidden",
        Verdict::Missing { .. } => "missing",
        Verdict::MissingAnchor { .. } => "missing-anchor",
        Verdict::WrongCase { .. } => "wrong-case",
        Verdict::Redirected { .. } => "redirected",
        Verdict::Exact { .. } | Verdict::Unresolvable if hidden() => "hidden",
        Verdict::Exact { .. } | Verdict::Unresolvable => "exact",
    }
}

/// What readers see of an article, in one word.
fn visibility(site: &Site, index: usize) -> &'static str {
    use crate::site::Visibility::{Draft, Expired, Future, Shown, Unlisted};
    match site.page(&site.facts()[index]).visibility {
        Shown => "shown",
        Draft => "draft",
        Future => "future",
        Expired => "expired",
        Unlisted => "unlisted",
    }
}
