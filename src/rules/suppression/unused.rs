//! `suppression/unused`

use serde::Deserialize;

use crate::finding::{Level, Safety};
use crate::rule::{Define, Meta, Rule};

/// Reports suppressions that suppress nothing.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Unused {}

impl Define for Unused {
    const META: Meta = Meta {
        id: "suppression/unused",
        level: Some(Level::Warning),
        fix: Some(Safety::Safe),
        page: include_str!("../../../rules/suppression/unused.md"),
    };
}

impl Rule for Unused {}
