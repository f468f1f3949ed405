//! The rules, a file each, and the one table that names them all.

pub mod date;
pub mod link;
pub mod related;

use crate::rule::Definition;

/// Every rule that is written in Rust, by group, then by name. Rules made of patterns come from the packs (see
/// [`crate::pattern`]).
pub static RULES: &[Definition] = &[
    Definition::of::<date::format::Format>(),
    Definition::of::<date::invalid::Invalid>(),
    Definition::of::<link::anchor::Anchor>(),
    Definition::of::<link::broken::Broken>(),
    Definition::of::<link::case::Case>(),
    Definition::of::<related::broken::Broken>(),
    Definition::of::<related::repeated::Repeated>(),
    Definition::of::<related::itself::Itself>(),
    Definition::of::<related::unlinked::Unlinked>(),
];
