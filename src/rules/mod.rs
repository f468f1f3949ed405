//! The rules, a file each, and the one table that names them all.

pub mod source;

use crate::rule::Definition;

/// Every rule that is written in Rust, by group, then in the order of their pages. Rules made of patterns come from the
/// packs (see [`crate::pattern`]).
pub static RULES: &[Definition] = &[Definition::of::<source::encoding::Encoding>()];
