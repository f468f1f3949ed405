//! Findings as people and programs want to read them, a file per format.
//!
//! Sees findings, sources and numbers; writes to whatever it is given.

pub mod clean;
mod crop;
pub mod diff;
mod excerpt;
pub mod pretty;

use std::collections::HashMap;
use std::sync::Arc;

use crate::finding::Finding;
use crate::source::Source;

/// What a run came to, ready to be written.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// The findings, by path, span and rule.
    pub findings: &'a [Finding],
    /// The articles that they point into, by path; one that could not be read is missing.
    pub sources: &'a HashMap<Arc<str>, Source>,
    /// The numbers.
    pub summary: Summary,
}

/// The numbers of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    /// How many articles were checked.
    pub files: usize,
    /// How many findings are errors.
    pub errors: usize,
    /// How many findings are warnings.
    pub warnings: usize,
    /// How many findings are notes.
    pub notes: usize,
    /// How many findings offer a fix.
    pub fixable: usize,
}
