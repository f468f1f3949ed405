//! `front-matter/image`

use serde::Deserialize;

use crate::finding::Level;
use crate::rule::{Define, Meta, Rule};
use crate::schema::Aspect;

/// Reports images in front matter that are not there, or not as they should be.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Image {}

impl Define for Image {
    const META: Meta = Meta {
        id: "front-matter/image",
        level: Some(Level::Error),
        fix: None,
        page: include_str!("../../../rules/front-matter/image.md"),
    };
}

impl Rule for Image {
    fn aspect(&self) -> Option<Aspect> {
        Some(Aspect::Image)
    }
}
