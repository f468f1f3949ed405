//! What a comment switches off: everything, a group, or a rule.

use crate::pattern::Scanner;
use crate::rules::{RULES, suppression};

/// What a name in a comment means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// Everything but what is said about the comments themselves.
    All,
    /// The rules of a group.
    Group(String),
    /// One rule.
    Rule(String),
    /// A name that nothing has.
    Unknown(String),
}

/// The word for everything.
const ALL: &str = "all";

impl Target {
    /// What `name` means where the pattern rules are those of `scanner`.
    pub fn of(name: &str, scanner: &Scanner) -> Self {
        let known = |wanted: &dyn Fn(&str) -> bool| rule_ids(scanner).any(wanted);
        if name == ALL {
            Self::All
        } else if known(&|id| id == name) {
            Self::Rule(name.to_owned())
        } else if known(&|id| group_of(id) == name) {
            Self::Group(name.to_owned())
        } else {
            Self::Unknown(name.to_owned())
        }
    }

    /// Whether the rule `id` is meant.
    pub fn covers(&self, id: &str) -> bool {
        match self {
            Self::All => group_of(id) != suppression::GROUP,
            Self::Group(group) => group_of(id) == group,
            Self::Rule(rule) => rule == id,
            Self::Unknown(_) => false,
        }
    }

    /// Whether there can be a rule that both mean.
    pub fn meets(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Unknown(_), _) | (_, Self::Unknown(_)) => false,
            (Self::All, _) | (_, Self::All) => true,
            (Self::Group(a), Self::Group(b)) => a == b,
            (Self::Rule(rule), one) | (one, Self::Rule(rule)) => one.covers(rule),
        }
    }

    /// Whether it is about comments like its own.
    pub fn is_about_suppressions(&self) -> bool {
        match self {
            Self::All | Self::Unknown(_) => false,
            Self::Group(name) | Self::Rule(name) => group_of(name) == suppression::GROUP,
        }
    }

    /// The name, if there is one.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::All => None,
            Self::Group(name) | Self::Rule(name) | Self::Unknown(name) => Some(name),
        }
    }
}

/// The ids of all rules that look at articles.
pub(super) fn rule_ids(scanner: &Scanner) -> impl Iterator<Item = &str> {
    RULES.iter().map(|rule| rule.meta.id).chain(scanner.rules().iter().map(|rule| rule.id.as_str()))
}

fn group_of(id: &str) -> &str {
    id.split_once('/').map_or(id, |(group, _)| group)
}
