//! `front-matter/type`

use serde::Deserialize;

use crate::finding::Level;
use crate::rule::{Define, Meta, Rule};
use crate::schema::Aspect;

/// Reports values in front matter that are of another type than they should be.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Type {}

impl Define for Type {
    const META: Meta = Meta {
        id: "front-matter/type",
        level: Some(Level::Error),
        fix: None,
        page: include_str!("../../../rules/front-matter/type.md"),
    };
}

impl Rule for Type {
    fn aspect(&self) -> Option<Aspect> {
        Some(Aspect::Type)
    }
}
