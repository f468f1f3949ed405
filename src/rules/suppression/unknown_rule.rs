//! `suppression/unknown-rule`

use serde::Deserialize;

use crate::finding::{Level, Safety};
use crate::rule::{Define, Meta, Rule};

/// Reports names in suppressions that are no rules.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct UnknownRule {}

impl Define for UnknownRule {
    const META: Meta = Meta {
        id: "suppression/unknown-rule",
        level: Some(Level::Warning),
        fix: Some(Safety::Unsafe),
        page: include_str!("../../../rules/suppression/unknown-rule.md"),
    };
}

impl Rule for UnknownRule {}
