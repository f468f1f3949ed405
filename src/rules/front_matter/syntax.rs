//! `front-matter/syntax`

use serde::Deserialize;

use super::report_problems;
use crate::document::{Document, ProblemKind};
use crate::finding::{Level, Safety};
use crate::rule::{Define, Meta, Rule, Sink};

/// Reports front matter that its parser rejects.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Syntax {}

impl Define for Syntax {
    const META: Meta = Meta {
        id: "front-matter/syntax",
        level: Some(Level::Error),
        fix: Some(Safety::Safe),
        page: include_str!("../../../rules/front-matter/syntax.md"),
    };
}

impl Rule for Syntax {
    fn document(&self, document: &Document, sink: &mut Sink) {
        report_problems(document, ProblemKind::Syntax, sink);
    }
}
