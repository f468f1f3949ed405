//! The rules, a file each, and the one table that names them all.

use crate::rule::Definition;

pub mod link;
pub mod related;

/// Every rule that is written in Rust, by group, then in the order of their pages. Rules made of patterns come from the
/// packs (see [`crate::pattern`]).
pub static RULES: &[Definition] = &[
    Definition::of::<link::anchor::Anchor>(),
    Definition::of::<link::broken::Broken>(),
    Definition::of::<link::case::Case>(),
    Definition::of::<related::broken::Broken>(),
    Definition::of::<related::repeated::Repeated>(),
    Definition::of::<related::itself::Itself>(),
];
