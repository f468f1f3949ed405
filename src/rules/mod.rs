//! The rules, a file each, and the one table that names them all.

use crate::rule::Definition;

pub mod front_matter;

/// Every rule that is written in Rust, by group, then in the order of their pages. Rules made of patterns come from the
/// packs (see [`crate::pattern`]).
pub static RULES: &[Definition] = &[
    Definition::of::<front_matter::duplicate_key::DuplicateKey>(),
    Definition::of::<front_matter::fence::Fence>(),
    Definition::of::<front_matter::missing::Missing>(),
    Definition::of::<front_matter::required::Required>(),
    Definition::of::<front_matter::syntax::Syntax>(),
    Definition::of::<front_matter::r#type::Type>(),
    Definition::of::<front_matter::unknown_key::UnknownKey>(),
];
