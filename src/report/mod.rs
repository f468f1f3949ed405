//! What a run came to, for people and programs: one file for each format.
//!
//! A format sees findings, sources and the summary, and writes to whatever it is given. It decides nothing.

pub mod checkstyle;
pub mod clean;
pub mod concise;
mod crop;
pub mod diff;
mod excerpt;
pub mod github;
pub mod gitlab;
pub mod html;
pub mod json;
pub mod junit;
pub mod link;
pub mod markdown;
pub mod page;
pub mod pretty;
pub mod rdjson;
pub mod sarif;
pub mod statistics;
mod xml;

use std::collections::HashMap;
use std::sync::Arc;

use crate::finding::{Finding, Level, Safety};
use crate::rule::Page;
use crate::source::{Position, Source, Unit};
use crate::span::Span;

/// What a run came to.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// All findings, by path, span and rule.
    pub findings: &'a [Finding],
    /// The files that findings point into.
    pub sources: &'a HashMap<Arc<str>, Source>,
    /// The numbers.
    pub summary: Summary,
}

impl<'a> Report<'a> {
    /// Where `span` of the file at `path` begins and ends; `None` if the file's text is not at hand.
    fn range(&self, path: &str, span: Span, unit: Unit) -> Option<(Position, Position)> {
        let source = self.sources.get(path)?;
        Some((source.position(span.start, unit), source.position(span.end, unit)))
    }

    /// Where `finding` begins and ends; at the very start of the file if its text is not at hand.
    fn place(&self, finding: &Finding, unit: Unit) -> (Position, Position) {
        let start = Position { line: 1, column: 1 };
        self.range(&finding.path, finding.span, unit).unwrap_or((start, start))
    }

    /// The findings, errors first, else in their order.
    fn worst_first(&self) -> Vec<&'a Finding> {
        let mut findings: Vec<&Finding> = self.findings.iter().collect();
        findings.sort_by_key(|finding| std::cmp::Reverse(finding.level));
        findings
    }

    /// The files that have findings, in order, each with its findings.
    fn by_file(&self) -> impl Iterator<Item = (&'a str, &'a [Finding])> {
        self.findings.chunk_by(|a, b| a.path == b.path).map(|findings| (&*findings[0].path, findings))
    }
}

/// The numbers of a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// How many articles were checked.
    pub files: usize,
    /// How many findings are errors.
    pub errors: usize,
    /// How many are warnings.
    pub warnings: usize,
    /// How many are notes.
    pub notes: usize,
    /// How many `--fix` would mend.
    pub fixable: usize,
}

impl Summary {
    /// Counts `findings` on `files` articles.
    pub fn of(files: usize, findings: &[Finding]) -> Self {
        let count = |level| findings.iter().filter(|finding| finding.level == level).count();
        Self {
            files,
            errors: count(Level::Error),
            warnings: count(Level::Warning),
            notes: count(Level::Note),
            fixable: findings.iter().filter(|finding| fixable(finding, Safety::Safe)).count(),
        }
    }
}

/// Whether the fix that would be taken for `finding` is of this kind.
pub fn fixable(finding: &Finding, safety: Safety) -> bool {
    finding.fixes.first().is_some_and(|fix| fix.safety == safety)
}

/// What a finding says, and what to do about it, in one line of clean text.
fn told(finding: &Finding) -> String {
    let message = clean::line(&finding.message);
    match &finding.help {
        Some(help) => format!("{message}; {}", clean::line(help)),
        None => message.into_owned(),
    }
}

/// The page of the rule `id`.
fn page<'p>(pages: &'p [Page], id: &str) -> Option<&'p Page> {
    pages.iter().find(|page| page.id == id)
}

/// A message as HTML, in which what stands between backticks is code. `escape` takes the meaning from all other text.
fn in_words(message: &str, escape: impl Fn(&str) -> String) -> String {
    let parts: Vec<&str> = message.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return escape(message);
    }
    let part = |(at, part): (usize, &&str)| match at % 2 {
        1 => format!("<code>{}</code>", escape(part)),
        _ => escape(part),
    };
    parts.iter().enumerate().map(part).collect()
}
