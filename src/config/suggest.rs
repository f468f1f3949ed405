//! "Did you mean": the known word that a mistyped one was meant to be.

/// The one of `known` that is closest to `word`, if any is close: letter case ignored, at most a third of the letters wrong.
pub fn closest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let word = word.to_lowercase();
    let limit = (word.chars().count() / 3).max(1);
    known
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&word, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
}

/// The rule id that `word` was meant to be: the closest one, or the only one with that name in another group.
pub fn closest_rule<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let known: Vec<&str> = known.into_iter().collect();
    closest(word, known.iter().copied()).or_else(|| {
        let name = word.rsplit(['/', ':', '.']).next()?.to_lowercase();
        let mut same = known.iter().filter(|id| id.rsplit('/').next() == Some(name.as_str()));
        same.next().filter(|_| same.next().is_none()).copied()
    })
}

/// Help for a word that is none of `known`.
pub fn help(word: &str, known: &[&str]) -> Option<String> {
    match closest(word, known.iter().copied()) {
        Some(meant) => Some(format!("did you mean `{meant}`?")),
        None if known.is_empty() => None,
        None => Some(format!("one of {}", list(known))),
    }
}

/// `a`, `b` and so on, in backticks.
pub fn list(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_third_of_the_letters_may_be_wrong() {
        let rules = ["date/format", "date/invalid", "residue/advertisement"];
        assert_eq!(closest("residue/advertisment", rules), Some("residue/advertisement"));
        assert_eq!(closest("Date/Fromat", rules), Some("date/format"));
        assert_eq!(closest("link/broken", rules), None);
        assert_eq!(closest("", rules), None);
        assert_eq!(closest("offf", ["off", "note"]), Some("off"));
    }

    #[test]
    fn a_rule_is_known_by_its_bare_name() {
        let rules = ["date/format", "link/broken", "related/broken"];
        assert_eq!(closest_rule("format", rules), Some("date/format"));
        assert_eq!(closest_rule("broken", rules), None);
    }
}
