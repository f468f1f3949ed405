//! `front-matter/reference`

use serde::Deserialize;

use crate::finding::Level;
use crate::rule::{Define, Meta, Rule};
use crate::schema::Aspect;

/// Reports references in front matter that lead to no article, or to one that no reader sees.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Reference {}

impl Define for Reference {
    const META: Meta = Meta {
        id: "front-matter/reference",
        level: Some(Level::Error),
        fix: None,
        page: include_str!("../../../rules/front-matter/reference.md"),
    };
}

impl Rule for Reference {
    fn aspect(&self) -> Option<Aspect> {
        Some(Aspect::Reference)
    }
}
