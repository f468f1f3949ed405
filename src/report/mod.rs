//! What a run came to, for people and programs: one file for each format.
//!
//! A format sees findings, sources and the summary, and writes to whatever it is given. It decides nothing.

pub mod clean;
pub mod concise;
mod crop;
pub mod diff;
mod excerpt;
pub mod json;
pub mod pretty;

use std::collections::HashMap;
use std::sync::Arc;

use crate::finding::{Finding, Level, Safety};
use crate::source::Source;

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
