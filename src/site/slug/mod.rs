//! Ids of headings, as each engine makes them.
//!
//! Owns the step from the headings of an article to the ids that its page has. `tests/headings` compares it with the engines
//! themselves. Where an engine's id cannot be told from the text, that is said.

mod github;
mod hugo;
mod kramdown;
mod toc;
mod zola;

use std::borrow::Cow;

use rustc_hash::FxHashSet;

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
    /// The headings, by their places in the list, whose ids these may not be.
    pub unsure: Vec<usize>,
}

impl Made {
    /// One id for each heading; `unsure` tells which cannot be relied on.
    fn each(
        headings: &[HeadingFact],
        unsure: impl Fn(&HeadingFact) -> bool,
        id: impl FnMut(&HeadingFact) -> String,
    ) -> Self {
        let doubtful = |heading: &HeadingFact| heading.id.is_none() && (heading.broken || unsure(heading));
        Self {
            names: headings.iter().map(id).map(|id| vec![id]).collect(),
            unsure: (0..headings.len()).filter(|&at| doubtful(&headings[at])).collect(),
        }
    }
}

impl HeadingIds {
    /// The ids of the headings of one article, which has these explicit ids besides.
    pub fn of(&self, headings: &[HeadingFact], anchors: &[String]) -> Made {
        let mut slugger = Slugger::default();
        let several = |names: Vec<Vec<String>>| Made { names, unsure: Vec::new() };
        match self {
            // Whether braces are text or not is GitHub's matter; either way is good for others.
            Self::GitHub | Self::Unknown => {
                let names = headings.iter().map(|heading| match heading.braces() {
                    None => vec![slugger.next(&heading.text)],
                    Some(_) => vec![slug(&heading.text), slug(&heading.with_braces())],
                });
                Made { names: names.collect(), unsure: (0..headings.len()).filter(|&at| headings[at].broken).collect() }
            }
            Self::Docusaurus => {
                let own = |heading: &HeadingFact| {
                    let braces = heading.braces().and_then(|braces| braces.strip_prefix("{#")?.strip_suffix('}'));
                    braces.or(heading.id.as_deref()).map(str::to_owned)
                };
                let mut made =
                    |heading: &HeadingFact| own(heading).unwrap_or_else(|| slugger.next(&heading.with_braces()));
                let shown = |heading: &HeadingFact| heading.level != 1 || heading.id.is_some();
                several(
                    headings
                        .iter()
                        .map(|heading| Some(made(heading)).filter(|_| shown(heading)).into_iter().collect())
                        .collect(),
                )
            }
            Self::Astro { compatible } => {
                let footnote = |heading: &HeadingFact| heading.written.as_ref().is_some_and(|text| text.contains("[^"));
                Made::each(headings, footnote, |heading| {
                    let text = heading.with_braces();
                    let mut id = slugger.next(&without_dashes(&text, &heading.code, Dashes::Two));
                    if !compatible && id.ends_with('-') {
                        id.pop();
                    }
                    id
                })
            }
            Self::Hugo(hugo) => hugo.of(headings),
            Self::Kramdown(kramdown) => kramdown.of(headings),
            Self::Zola(zola) => zola.of(headings),
            Self::Toc(toc) => toc.of(headings, anchors),
            Self::Written => several(headings.iter().map(|heading| heading.id.iter().cloned().collect()).collect()),
            Self::None => several(vec![Vec::new(); headings.len()]),
        }
    }
}

/// An id that no heading has had: itself, or with the first number that makes it one.
fn unused(plain: String, seen: &mut FxHashSet<String>) -> String {
    let mut numbers = (1..).map(|number| format!("{plain}-{number}"));
    let mut id = plain.clone();
    while !seen.insert(id.clone()) {
        id = numbers.next().unwrap_or_default();
    }
    id
}

/// Which hyphens in a row become dashes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dashes {
    /// Two, no more and no less.
    Two,
    /// Three, as often as there are, and then two.
    ThreeThenTwo,
}

/// A text without the hyphens that have become dashes, which no id keeps. In code they stay.
fn without_dashes<'t>(text: &'t str, code: &[Span], dashes: Dashes) -> Cow<'t, str> {
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
        let row = text[at..end].bytes().take_while(|byte| *byte == b'-').count();
        let left = match dashes {
            Dashes::Two if row == 2 => 0,
            Dashes::Two => row,
            Dashes::ThreeThenTwo => usize::from(row % 3 == 1),
        };
        kept.push_str(&text[at..at + left]);
        at += row;
        let next = text[at..end].find('-').map_or(end, |next| at + next);
        kept.push_str(&text[at..next]);
        at = next;
    }
    Cow::Owned(kept)
}
