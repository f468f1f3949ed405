//! A few rules picked out of all: `--only link/broken`, `--only link/*`.

use super::suggest;

/// The rules that are to be looked at, and no others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Only {
    /// Ids, as `group/name`; these rules are on whatever the configuration says.
    named: Vec<String>,
    /// Groups; of these, what the configuration has on.
    groups: Vec<String>,
}

impl Only {
    /// Reads `words`, each a rule's id, or a group as `link` or `link/*`. `known` are the ids of all rules.
    ///
    /// # Errors
    /// In words, if one of them is neither.
    pub fn of<'w>(words: impl IntoIterator<Item = &'w str>, known: &[&str]) -> Result<Self, String> {
        let mut only = Self { named: Vec::new(), groups: Vec::new() };
        for word in words {
            let group = word.strip_suffix("/*").unwrap_or(word);
            let in_group = |id: &str| id.strip_prefix(group).is_some_and(|rest| rest.starts_with('/'));
            if word == "suppression/unused" {
                return Err("`suppression/unused` can be told only when all rules are looked at".to_owned());
            } else if known.contains(&word) {
                only.named.push(word.to_owned());
            } else if known.iter().any(|id| in_group(id)) {
                only.groups.push(group.to_owned());
            } else {
                let groups = known.iter().filter_map(|id| id.split('/').next());
                let meant = suggest::closest_rule(word, known.iter().copied().chain(groups));
                let help = meant.map_or("see `copydesk rules`".to_owned(), |meant| format!("did you mean `{meant}`?"));
                return Err(format!("there is no rule or group of rules `{word}`; {help}"));
            }
        }
        Ok(only)
    }

    /// Whether the rule `id` is one of them.
    pub fn has(&self, id: &str) -> bool {
        let group = id.split('/').next().unwrap_or(id);
        self.named.iter().any(|named| named == id) || self.groups.iter().any(|named| named == group)
    }

    /// The ids of the rules that are named one by one.
    pub fn named(&self) -> &[String] {
        &self.named
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: &[&str] = &["link/anchor", "link/broken", "related/broken", "suppression/unused"];

    #[test]
    fn rules_and_groups_are_told_apart() {
        let only = Only::of(["link/*", "related/broken"], KNOWN).expect("known");
        assert!(only.has("link/anchor") && only.has("related/broken") && !only.has("suppression/unused"));
        assert_eq!(only.named(), ["related/broken"]);
        assert!(Only::of(["link"], KNOWN).expect("known").has("link/broken"));
    }

    #[test]
    fn other_words_are_refused() {
        let said = |word| Only::of([word], KNOWN).expect_err("unknown");
        assert_eq!(said("link/brokn"), "there is no rule or group of rules `link/brokn`; did you mean `link/broken`?");
        assert_eq!(said("lnk"), "there is no rule or group of rules `lnk`; did you mean `link`?");
        assert_eq!(said("xyzzy"), "there is no rule or group of rules `xyzzy`; see `copydesk rules`");
        assert!(said("suppression/unused").contains("only when all rules"));
    }
}
