//! What the articles of a site have in common: how their titles end, and how they spell the keys of their front matter.

use rustc_hash::FxHashMap;

use super::Facts;
use super::tree::{directory_of, name_of};

/// What stands between a title and the name of a site. The first few stand hardly anywhere else.
const SEPARATORS: [&str; 8] = [" | ", " · ", " • ", " » ", " :: ", " – ", " — ", " - "];

/// The first bytes of [`SEPARATORS`], the space left out.
const FIRST_BYTES: [u8; 5] = [b'|', b':', b'-', 0xC2, 0xE2];

/// How many of [`SEPARATORS`] stand hardly anywhere else.
const SURE: usize = 5;

/// The end of a title, behind a separator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ending<'t> {
    /// Where the separator begins, the space in front of it included.
    pub start: usize,
    /// What follows it.
    pub words: &'t str,
    /// Whether the separator stands hardly anywhere but in front of the name of a site.
    pub sure: bool,
}

impl<'t> Ending<'t> {
    /// The end of `title`, if it has one.
    pub fn of(title: &'t str) -> Option<Self> {
        // Each begins with a space, and most titles have few.
        let mark_at = |start: usize| SEPARATORS.iter().position(|mark| title[start..].starts_with(mark));
        let bytes = title.as_bytes();
        let may_be_mark = |start: &usize| bytes.get(start + 1).is_some_and(|b| FIRST_BYTES.contains(b));
        let (start, index) =
            memchr::memrchr_iter(b' ', bytes).filter(may_be_mark).find_map(|start| Some((start, mark_at(start)?)))?;
        let words = title[start + SEPARATORS[index].len()..].trim();
        (start > 0 && !words.is_empty()).then_some(Self { start, words, sure: index < SURE })
    }
}

/// What the articles of a site have in common.
#[derive(Debug, Default)]
pub struct Habits {
    /// How many articles have a title in their front matter.
    pub titled: usize,
    endings: FxHashMap<String, usize>,
    /// By folder, each key that is spelt in another letter case than usual there, the usual spelling, and how many have it.
    odd_keys: FxHashMap<String, FxHashMap<String, (String, usize)>>,
}

impl Habits {
    /// The habits of a site of these articles.
    pub(super) fn of(facts: &[Facts]) -> Self {
        let mut habits = Self::default();
        let mut keys: FxHashMap<&str, FxHashMap<&str, usize>> = FxHashMap::default();
        for one in facts {
            let Some(front_matter) = &one.front_matter else { continue };
            let own = keys.entry(folder(&one.path)).or_default();
            for entry in &front_matter.map.entries {
                *own.entry(&entry.key).or_default() += 1;
            }
            if let Some(title) = front_matter.map.get("title").and_then(|title| title.as_text()) {
                habits.titled += 1;
                if let Some(ending) = Ending::of(title) {
                    *habits.endings.entry(ending.words.to_lowercase()).or_default() += 1;
                }
            }
        }
        for (folder, counts) in keys {
            let odd = odd(&counts);
            if !odd.is_empty() {
                habits.odd_keys.insert(folder.to_owned(), odd);
            }
        }
        habits
    }

    /// How many titles end with these words behind a separator.
    pub fn titles_ending_in(&self, words: &str) -> usize {
        self.endings.get(&words.to_lowercase()).copied().unwrap_or(0)
    }

    /// The keys that the articles beside the one at `path` mostly spell in another letter case, if there are any: how, and how
    /// many do.
    pub fn odd_keys_beside(&self, path: &str) -> Option<&FxHashMap<String, (String, usize)>> {
        if self.odd_keys.is_empty() {
            return None;
        }
        self.odd_keys.get(folder(path))
    }
}

/// The folder whose articles belong together: of an index, the one above its own.
fn folder(path: &str) -> &str {
    let folder = directory_of(path);
    let name = name_of(path);
    let stem = memchr::memchr(b'.', name.as_bytes()).map_or(name, |end| &name[..end]);
    if matches!(stem, "index" | "_index") { directory_of(folder) } else { folder }
}

/// How many articles must spell a key alike, and how many times more often than otherwise, to make that the usual way.
const MANY: (usize, usize) = (4, 9);

fn odd(counts: &FxHashMap<&str, usize>) -> FxHashMap<String, (String, usize)> {
    let mut spellings: FxHashMap<String, Vec<(usize, &str)>> = FxHashMap::default();
    // Most keys are in lower case already, so that they have no twin but among the others.
    let is_lower = |key: &str| key.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase());
    for (key, count) in counts.iter().filter(|(key, _)| !is_lower(key)) {
        spellings.entry(key.to_lowercase()).or_default().push((*count, key));
    }
    for (lower, known) in &mut spellings {
        let twin = counts.get_key_value(lower.as_str()).filter(|(key, _)| is_lower(key));
        known.extend(twin.map(|(key, count)| (*count, *key)));
    }
    let mut odd = FxHashMap::default();
    for mut known in spellings.into_values().filter(|known| known.len() > 1) {
        known.sort_unstable_by_key(|(count, key)| (std::cmp::Reverse(*count), *key));
        let (most, usual) = known[0];
        for (count, key) in &known[1..] {
            if most >= MANY.0 && most >= MANY.1 * count {
                odd.insert((*key).to_owned(), (usual.to_owned(), most));
            }
        }
    }
    odd
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_separator_counts() {
        assert!(SEPARATORS.iter().all(|mark| FIRST_BYTES.contains(&mark.as_bytes()[1])));
        let ending = |title| Ending::of(title).map(|ending| (ending.start, ending.words, ending.sure));
        assert_eq!(ending("Rye – a portrait | The Oven"), Some((18, "The Oven", true)));
        assert_eq!(ending("Rye - The Oven"), Some((3, "The Oven", false)));
        for title in ["Rye", "Rye-bread", "Rye | ", " | The Oven", "a|b"] {
            assert_eq!(ending(title), None, "{title}");
        }
    }

    #[test]
    fn nine_of_ten_make_a_spelling_usual() {
        let counts =
            FxHashMap::from_iter([("title", 9), ("Title", 1), ("date", 3), ("Date", 1), ("tags", 9), ("Tags", 2)]);
        assert_eq!(odd(&counts), FxHashMap::from_iter([("Title".to_owned(), ("title".to_owned(), 9))]));
        let counts = FxHashMap::from_iter([("Дата", 1), ("дата", 9), ("pubDate", 9), ("PubDate", 1), ("pubdate", 2)]);
        let usual = |odd: &str, usual: &str| (odd.to_owned(), (usual.to_owned(), 9));
        assert_eq!(odd(&counts), FxHashMap::from_iter([usual("Дата", "дата"), usual("PubDate", "pubDate")]));
    }

    #[test]
    fn an_index_belongs_to_the_folder_above() {
        assert_eq!(folder("posts/rye/index.md"), "posts");
        assert_eq!(folder("posts/rye.md"), "posts");
        assert_eq!(folder("_index.fr.md"), "");
    }
}
