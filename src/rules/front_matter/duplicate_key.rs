//! `front-matter/duplicate-key`

use serde::Deserialize;

use super::report_problems;
use crate::document::{Document, ProblemKind};
use crate::finding::Level;
use crate::rule::{Define, Meta, Rule, Sink};

/// Reports a key that the same map already has.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct DuplicateKey {}

impl Define for DuplicateKey {
    const META: Meta = Meta {
        id: "front-matter/duplicate-key",
        level: Some(Level::Error),
        fix: None,
        page: include_str!("../../../rules/front-matter/duplicate-key.md"),
    };
}

impl Rule for DuplicateKey {
    fn document(&self, document: &Document, sink: &mut Sink) {
        report_problems(document, ProblemKind::DuplicateKey, sink);
    }
}
