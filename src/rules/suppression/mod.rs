//! Rules about the comments that switch other rules off.
//!
//! Owns what these rules are called and which options they have. Which comment suppresses what is known only when all
//! other rules have spoken, so `crate::suppress` reports for them, from the [`Policy`] of a file.

pub mod reason;
pub mod syntax;
pub mod unknown_rule;
pub mod unused;

use reason::Reason;

use crate::finding::Level;

/// The group of these rules. A comment that switches everything off does not mean them.
pub const GROUP: &str = "suppression";

/// What is said about the comments of one file; `None` for a rule that is off.
#[derive(Debug, Default)]
pub struct Policy {
    /// The level of `suppression/unused`.
    pub unused: Option<Level>,
    /// The level of `suppression/unknown-rule`.
    pub unknown_rule: Option<Level>,
    /// The level of `suppression/syntax`.
    pub syntax: Option<Level>,
    /// The level of `suppression/reason`, and for which rules it wants one.
    pub reason: Option<(Level, Reason)>,
}
