//! Ids of headings, as each engine makes them.
//!
//! Owns the step from the headings of an article to the ids that its page has. `tests/headings` compares it with the engines
//! themselves. Where an engine's id cannot be told from the text, the page is said not to be known as a whole.

mod github;
mod hugo;
mod kramdown;
mod toc;
mod zola;

use std::borrow::Cow;

use super::headings::HeadingFact;
use crate::span::Span;
use github::Slugger;
pub use github::slug;
pub use hugo::{Hugo, Manner};
pub use kramdown::Kramdown;
pub use toc::Toc;
pub use zola::Zola;

/// How an engine makes the ids of headings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum HeadingIds {
    /// As GitHub shows a file. Explicit ids are text there.
    #[default]
    GitHub,
    /// GitHub's; explicit ids count, and a heading of level 1, which is the title, has none.
    Docusaurus,
    /// GitHub's, without a hyphen at the end unless `compatible`.
    Astro {
        /// Whether `experimental.headingIdCompat` is set.
        compatible: bool,
    },
    /// Hugo's.
    Hugo(Hugo),
    /// kramdown's, and those of its parser for GitHub's Markdown, which is Jekyll's.
    Kramdown(Kramdown),
    /// Zola's.
    Zola(Zola),
    /// Those of Python-Markdown's extension `toc`, which is MkDocs'.
    Toc(Toc),
    /// Only explicit ids.
    Written,
    /// None that is known: what looks like an explicit id may be text.
    None,
    /// By some plugin: those of GitHub may be among them.
    Unknown,
}

/// The ids of headings.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Made {
    /// For each heading, in order, the ids that a fragment can name; mostly one.
    pub names: Vec<Vec<String>>,
    /// Whether these are all.
    pub whole: bool,
}

impl HeadingIds {
    /// The ids of the headings of one article, which has these explicit ids besides.
    pub fn of(&self, headings: &[HeadingFact], anchors: &[String]) -> Made {
        match self {
            Self::GitHub | Self::Unknown => {
                let mut slugger = Slugger::default();
                // Whether braces are text or not is GitHub's matter; either way is good for others.
                let names = headings.iter().map(|heading| match heading.braces() {
                    None => vec![slugger.next(&heading.text)],
                    Some(_) => vec![slug(&heading.text), slug(&heading.with_braces())],
                });
                Made { names: names.collect(), whole: *self == Self::GitHub }
            }
            Self::Docusaurus => {
                let mut slugger = Slugger::default();
                let names = headings.iter().map(|heading| match &heading.id {
                    Some(id) => vec![id.clone()],
                    None => {
                        Some(slugger.next(&heading.with_braces())).filter(|_| heading.level != 1).into_iter().collect()
                    }
                });
                Made { names: names.collect(), whole: true }
            }
            Self::Astro { compatible } => {
                let mut slugger = Slugger::default();
                let names = headings.iter().map(|heading| {
                    let mut id = slugger.next(&heading.with_braces());
                    if !compatible && id.ends_with('-') {
                        id.pop();
                    }
                    vec![id]
                });
                Made { names: names.collect(), whole: true }
            }
            Self::Hugo(hugo) => hugo.of(headings),
            Self::Kramdown(kramdown) => kramdown.of(headings),
            Self::Zola(zola) => zola.of(headings),
            Self::Toc(toc) => toc.of(headings, anchors),
            Self::Written => {
                Made { names: headings.iter().map(|h| h.id.iter().cloned().collect()).collect(), whole: true }
            }
            Self::None => Made { names: headings.iter().map(|_| Vec::new()).collect(), whole: true },
        }
    }
}

/// A text whose hyphens in a row have become dashes, which no id keeps: three are one, then two. In code they stay.
fn without_dashes<'t>(text: &'t str, code: &[Span]) -> Cow<'t, str> {
    if !text.contains("--") {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        if let Some(span) = code.iter().find(|span| span.start <= at && at < span.end) {
            kept.push_str(&text[at..span.end]);
            at = span.end;
            continue;
        }
        let end = code.iter().map(|span| span.start).find(|start| *start > at).unwrap_or(text.len());
        let rest = &text[at..end];
        at += match () {
            () if rest.starts_with("---") => 3,
            () if rest.starts_with("--") => 2,
            () => {
                let next = rest.chars().next().map_or(1, char::len_utf8);
                kept.push_str(&rest[..next]);
                next
            }
        };
    }
    Cow::Owned(kept)
}
