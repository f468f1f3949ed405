//! `front-matter/deprecated`

use serde::Deserialize;

use crate::finding::{Level, Safety};
use crate::rule::{Define, Meta, Rule};
use crate::schema::Aspect;

/// Reports keys in front matter that should be given up.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Deprecated {}

impl Define for Deprecated {
    const META: Meta = Meta {
        id: "front-matter/deprecated",
        level: Some(Level::Warning),
        fix: Some(Safety::Safe),
        page: include_str!("../../../rules/front-matter/deprecated.md"),
    };
}

impl Rule for Deprecated {
    fn aspect(&self) -> Option<Aspect> {
        Some(Aspect::Deprecated)
    }
}
