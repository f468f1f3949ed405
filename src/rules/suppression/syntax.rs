//! `suppression/syntax`

use serde::Deserialize;

use crate::finding::Level;
use crate::rule::{Define, Meta, Rule};

/// Reports comments of copydesk that say nothing it understands.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Syntax {}

impl Define for Syntax {
    const META: Meta = Meta {
        id: "suppression/syntax",
        level: Some(Level::Warning),
        fix: None,
        page: include_str!("../../../rules/suppression/syntax.md"),
    };
}

impl Rule for Syntax {}
