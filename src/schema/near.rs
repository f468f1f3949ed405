//! The known word that was probably meant, and lists of words.

/// The one of `known` that `word` was meant to be, if one is close: the same letters in other case or with other hyphens,
/// or at most a third of the letters wrong.
pub fn closest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let plain = |word: &str| word.to_lowercase().replace(['_', '-', ' '], "");
    let meant = plain(word);
    let limit = (meant.chars().count() / 3).max(1);
    let near = |candidate: &'k str| {
        let plain = plain(candidate);
        // A word that differs more in length than letters may be wrong need not be compared.
        let gap = plain.chars().count().abs_diff(meant.chars().count());
        let distance = if gap > limit { gap } else { strsim::damerau_levenshtein(&meant, &plain) };
        (distance <= limit && distance < plain.chars().count()).then_some((distance, candidate))
    };
    known.into_iter().filter_map(near).min().map(|(_, candidate)| candidate)
}

/// The first of the words in backticks, and how many more there are.
pub(super) fn list<'w>(words: impl IntoIterator<Item = &'w str>) -> String {
    const SHOWN: usize = 8;
    let words: Vec<&str> = words.into_iter().collect();
    let shown: Vec<String> = words.iter().take(SHOWN).map(|word| format!("`{word}`")).collect();
    let more = words.len().saturating_sub(SHOWN);
    let tail = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{tail}", shown.join(", "))
}

/// As much of a long text as a message bears.
pub(super) fn shortened(text: &str) -> String {
    const LONGEST: usize = 40;
    let line = text.trim().lines().next().unwrap_or_default();
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None if line.len() < text.trim().len() => format!("{line}…"),
        None => line.to_owned(),
    }
}

/// `one`, or `ones` with any other number.
pub(super) fn count(number: usize, one: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {one}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_near_miss_is_found() {
        let keys = ["title", "publishDate", "tags"];
        assert_eq!(closest("Title", keys), Some("title"));
        assert_eq!(closest("publish_date", keys), Some("publishDate"));
        assert_eq!(closest("tag", keys), Some("tags"));
        assert_eq!(closest("author", keys), None);
        assert_eq!(closest("", keys), None);
        assert_eq!(closest("b", ["a"]), None);
    }
}
