//! `front-matter/conflict`

use serde::Deserialize;

use crate::finding::Level;
use crate::rule::{Define, Meta, Rule};
use crate::schema::Aspect;

/// Reports keys in front matter that do not go together.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Conflict {}

impl Define for Conflict {
    const META: Meta = Meta {
        id: "front-matter/conflict",
        level: Some(Level::Error),
        fix: None,
        page: include_str!("../../../rules/front-matter/conflict.md"),
    };
}

impl Rule for Conflict {
    fn aspect(&self) -> Option<Aspect> {
        Some(Aspect::Conflict)
    }
}
