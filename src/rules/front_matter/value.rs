//! `front-matter/value`

use serde::Deserialize;

use crate::finding::{Level, Safety};
use crate::rule::{Define, Meta, Rule};
use crate::schema::Aspect;

/// Reports values in front matter that are of the right type, but not as they should be.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Value {}

impl Define for Value {
    const META: Meta = Meta {
        id: "front-matter/value",
        level: Some(Level::Error),
        fix: Some(Safety::Unsafe),
        page: include_str!("../../../rules/front-matter/value.md"),
    };
}

impl Rule for Value {
    fn aspect(&self) -> Option<Aspect> {
        Some(Aspect::Value)
    }
}
