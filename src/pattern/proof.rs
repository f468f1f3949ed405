//! A pack put to the test: what it says of itself, in its bad and good lines, has to hold.
//!
//! Owns in what surroundings an example is tried. Knows no terminal.

use super::matcher::EntryIndex;
use super::pack::{Entry, Pack, Place};
use super::scan::Scanner;
use crate::document::Document;
use crate::source::{Kind, Source};
use crate::span::Span;

/// An example that does not do what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The entry that it belongs to.
    pub entry: String,
    /// The example as a reader of the pack sees it, escapes resolved.
    pub example: String,
    /// Where in the pack it stands, if it stands there letter for letter.
    pub span: Option<Span>,
    /// What went wrong: lower case, no final period.
    pub message: String,
}

/// How many examples a pack has, and which of them fail.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Proof {
    /// How many bad lines were tried.
    pub bad: usize,
    /// How many good lines were tried.
    pub good: usize,
    /// Those that do not do what they say.
    pub failures: Vec<Failure>,
}

/// `example` between two paragraphs that have nothing to do with it.
pub fn article(kind: Kind, example: &str) -> Source {
    let text = match kind {
        Kind::Text => format!("The first paragraph, before it.\n{example}\nThe last paragraph, after it.\n"),
        Kind::Html => {
            let example = example.replace('&', "&amp;").replace('<', "&lt;");
            format!("<p>The first paragraph, before it.</p>\n<p>{example}</p>\n<p>The last paragraph, after it.</p>\n")
        }
        _ => format!("The first paragraph, before it.\n\n{example}\n\nThe last paragraph, after it.\n"),
    };
    Source::new("a", kind, text)
}

/// The kinds of source in which an example of `entry` reads the same: a plain line does in all.
fn kinds(entry: &Entry, example: &str) -> &'static [Kind] {
    let marked_up = example.contains(['\n', '<', '`', '|', '\\'])
        || example.contains("](")
        || example.starts_with(['#', '>', '-', '+', '*', '»'])
        || example.starts_with(|c: char| c.is_ascii_digit())
        || matches!(entry.place, Place::LinkTarget | Place::Attribute);
    if marked_up { &[Kind::Markdown] } else { &[Kind::Markdown, Kind::Html, Kind::Text] }
}

impl Scanner {
    /// Tries the bad and good lines of `pack`, which this scanner holds and whose text is `text`. A good line must be hit by
    /// no entry of the pack; if `by_none` is set, by none of any.
    pub fn prove(&self, pack: &Pack, text: &str, by_none: bool) -> Proof {
        let mut proof = Proof::default();
        for (entry, found) in pack.entries.iter().zip(places(pack, text)) {
            let fail = |key: &str, example: &String, message: String| {
                // The same words may stand among the phrases.
                let from = text[found..].find(key).map_or(found, |at| found + at);
                let at = text[from..].find(example.as_str()).map(|at| from + at);
                let span = at.map(|at| Span::new(at, at + example.len()));
                Failure { entry: entry.id.clone(), example: example.clone(), span, message }
            };
            for example in &entry.bad {
                proof.bad += 1;
                for &kind in kinds(entry, example) {
                    let hits = self.hits_in(kind, example);
                    if !hits.iter().any(|(rule, id)| *rule == pack.rule && *id == entry.id) {
                        let other = hits.first().map(|(rule, id)| format!(", but by the entry `{id}` of {rule}"));
                        let message =
                            format!("this bad line is not found in {}{}", name(kind), other.unwrap_or_default());
                        proof.failures.push(fail("bad:", example, message));
                        break;
                    }
                }
            }
            for example in &entry.good {
                proof.good += 1;
                let hits = self.hits_in(Kind::Markdown, example);
                if let Some((rule, id)) = hits.iter().find(|(rule, _)| by_none || *rule == pack.rule) {
                    proof.failures.push(fail(
                        "good:",
                        example,
                        format!("this good line is found by the entry `{id}` of {rule}"),
                    ));
                }
            }
        }
        proof
    }

    fn hits_in(&self, kind: Kind, example: &str) -> Vec<(String, String)> {
        let source = article(kind, example);
        let hits = self.hits(&Document::parse(&source));
        hits.into_iter().map(|hit| (hit.rule.to_owned(), hit.entry.to_owned())).collect()
    }
}

/// Where in `text` each entry of `pack` begins.
fn places(pack: &Pack, text: &str) -> Vec<usize> {
    let mut from = 0;
    let entries: Vec<(EntryIndex, &Entry)> = pack.entries.iter().enumerate().collect();
    let places = entries.iter().map(|(_, entry)| {
        let at = text[from..].find(&format!("id: {}", entry.id)).map_or(from, |at| from + at);
        from = at;
        at
    });
    places.collect()
}

fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Markdown => "Markdown",
        Kind::Mdx => "MDX",
        Kind::Html => "HTML",
        Kind::Text => "plain text",
    }
}
