//! `front-matter/unknown-key`

use serde::Deserialize;

use crate::finding::{Level, Safety};
use crate::rule::{Define, Meta, Rule};
use crate::schema::Aspect;

/// Reports keys in front matter that nothing reads.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct UnknownKey {}

impl Define for UnknownKey {
    const META: Meta = Meta {
        id: "front-matter/unknown-key",
        level: Some(Level::Warning),
        fix: Some(Safety::Unsafe),
        page: include_str!("../../../rules/front-matter/unknown-key.md"),
    };
}

impl Rule for UnknownKey {
    fn aspect(&self) -> Option<Aspect> {
        Some(Aspect::UnknownKey)
    }
}
