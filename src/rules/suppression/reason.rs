//! `suppression/reason`

use serde::Deserialize;

use crate::rule::{Define, Meta, Rule};

/// Reports suppressions without a reason.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Reason {
    /// Which rules need a reason.
    require_reason: Required,
}

/// Which rules need a reason to be suppressed.
#[derive(Debug, Deserialize)]
#[serde(untagged, expecting = "true, false, or a list of rules and groups")]
enum Required {
    /// All of them, or none.
    Every(bool),
    /// These rules and groups.
    Named(Vec<String>),
}

impl Default for Required {
    fn default() -> Self {
        Self::Every(true)
    }
}

impl Reason {
    /// Whether a suppression of `name` needs a reason: a rule, a group, or `None` for everything.
    pub fn wanted_for(&self, name: Option<&str>) -> bool {
        match (&self.require_reason, name) {
            (Required::Every(every), _) => *every,
            (Required::Named(named), None) => !named.is_empty(),
            // A rule of a group that needs one, and a group of which a rule does.
            (Required::Named(named), Some(name)) => {
                let within = |outer: &str, inner: &str| {
                    outer == inner || inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('/'))
                };
                named.iter().any(|one| within(one, name) || within(name, one))
            }
        }
    }
}

impl Define for Reason {
    const META: Meta = Meta {
        id: "suppression/reason",
        level: None,
        fix: None,
        page: include_str!("../../../rules/suppression/reason.md"),
    };
}

impl Rule for Reason {}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(option: &str, name: Option<&str>) -> bool {
        serde_yaml::from_str::<Reason>(option).expect("an option").wanted_for(name)
    }

    #[test]
    fn reasons_are_wanted_for_rules_and_groups() {
        assert!(wanted("{}", Some("link/broken")) && wanted("{}", None));
        assert!(!wanted("require-reason: false", None));
        let some = "require-reason: [link, residue/credit]";
        assert!(wanted(some, Some("link/broken")) && wanted(some, Some("link")) && wanted(some, None));
        assert!(wanted(some, Some("residue/credit")) && wanted(some, Some("residue")));
        assert!(!wanted(some, Some("residue/advertisement")) && !wanted(some, Some("linkage/x")));
    }
}
