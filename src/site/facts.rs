//! What the rest of the site needs to know of one article.

use std::sync::Arc;

use crate::document::{Document, FrontMatter, LinkForm};
use crate::span::Span;

/// The summary of one article. Small; holds nothing of the source but spans into it.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The file, relative to the root, with forward slashes.
    pub path: Arc<str>,
    /// Its front matter.
    pub front_matter: Option<FrontMatter>,
    /// Its title: from the front matter, else the first heading of level 1, else a page dump's headline.
    pub title: Option<String>,
    /// Every id that a fragment can name: explicit ones, and those its headings get.
    pub ids: Vec<String>,
    /// Its links and images that may lead into the site: no external ones, no `mailto:`, none without a destination.
    pub links: Vec<LinkFact>,
}

/// A link or image of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkFact {
    /// How it is written.
    pub form: LinkForm,
    /// Whether it shows its target (an image) instead of leading to it.
    pub embeds: bool,
    /// The whole link.
    pub span: Span,
    /// Its destination's bytes.
    pub destination: Span,
    /// Its destination, entities and escapes resolved.
    pub url: String,
    /// Whether the destination holds template syntax.
    pub foreign: bool,
}

impl Facts {
    /// Summarises a document, which is used up.
    pub fn of(document: Document) -> Self {
        Self {
            path: Arc::clone(document.source.path()),
            front_matter: document.front_matter,
            title: None,
            ids: Vec::new(),
            links: Vec::new(),
        }
    }
}
