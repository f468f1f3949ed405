//! `front-matter/required`

use serde::Deserialize;

use crate::finding::Level;
use crate::rule::{Define, Meta, Rule};
use crate::schema::Aspect;

/// Reports keys that front matter must have and that are not there, or that say nothing.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Required {}

impl Define for Required {
    const META: Meta = Meta {
        id: "front-matter/required",
        level: Some(Level::Error),
        fix: None,
        page: include_str!("../../../rules/front-matter/required.md"),
    };
}

impl Rule for Required {
    fn aspect(&self) -> Option<Aspect> {
        Some(Aspect::Required)
    }
}
