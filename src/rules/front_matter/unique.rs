//! `front-matter/unique`

use serde::Deserialize;

use crate::finding::Level;
use crate::rule::{Define, Meta, Rule};
use crate::schema::Aspect;

/// Reports values in front matter that another article has too.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Unique {}

impl Define for Unique {
    const META: Meta = Meta {
        id: "front-matter/unique",
        level: Some(Level::Error),
        fix: None,
        page: include_str!("../../../rules/front-matter/unique.md"),
    };
}

impl Rule for Unique {
    fn aspect(&self) -> Option<Aspect> {
        Some(Aspect::Unique)
    }
}
