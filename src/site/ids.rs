//! The ids of one page, looked up instead of looked through.
//!
//! Made when a link names an id that a page does not have, or one of a page with many: a long page may be linked to as often
//! as it is long, so whatever a link costs here must not grow with the page.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::Facts;
use super::slug::HeadingIds;
use super::suggest::SHORTEST_STEM;

/// A page with more ids is worth an index for a single look.
const MANY: usize = 64;

/// So many ids at most are compared with one that is not there.
pub(super) const COMPARED: usize = 200;

/// So many letters at its beginning, or at its end, an id has in common with one that is compared with it, where there are
/// more than [`COMPARED`]. A slip of the pen spoils one of the two.
const SHARED: usize = 3;

/// The ids of a page.
#[derive(Debug, Default)]
pub(super) struct PageIds {
    /// Those that a fragment can name, each perhaps more than once.
    pub names: Vec<String>,
    /// Whether there are no others, as far as its text goes.
    pub whole: bool,
    index: OnceLock<Ids>,
}

impl PageIds {
    pub(super) fn of(article: &Facts, engine: &HeadingIds) -> Self {
        let made = engine.of(&article.headings, &article.anchors);
        let mut names = article.anchors.clone();
        names.extend(made.names.into_iter().flatten().filter(|name| !name.is_empty()));
        Self { names, whole: made.unsure.is_empty() && *engine != HeadingIds::Unknown, index: OnceLock::new() }
    }

    /// Whether one of `names` is among them.
    pub(super) fn has(&self, names: &[&str]) -> bool {
        if self.names.len() > MANY {
            return names.iter().any(|name| !self.index().named(name).is_empty());
        }
        self.names.iter().any(|id| names.contains(&id.as_str()))
    }

    pub(super) fn index(&self) -> &Ids {
        self.index.get_or_init(|| Ids::of(&self.names))
    }
}

/// The ids of a page, told by their parts. All numbers are indices into the page's own list.
#[derive(Debug, Default)]
pub(super) struct Ids {
    names: FxHashMap<String, Vec<usize>>,
    letters: FxHashMap<String, Vec<usize>>,
    begins: FxHashMap<String, Vec<usize>>,
    ends: FxHashMap<String, Vec<usize>>,
    sorted: Vec<usize>,
}

impl Ids {
    pub(super) fn of(ids: &[String]) -> Self {
        let mut all = Self { sorted: (0..ids.len()).collect(), ..Self::default() };
        all.sorted.sort_by(|&a, &b| ids[a].cmp(&ids[b]));
        for (index, id) in ids.iter().enumerate() {
            all.names.entry(id.clone()).or_default().push(index);
            let letters = letters(id);
            for (of, key) in [(&mut all.begins, first(&letters)), (&mut all.ends, last(&letters))] {
                // More than are looked at need not be known.
                let sharing = of.entry(key.to_owned()).or_default();
                if sharing.len() < COMPARED / 2 {
                    sharing.push(index);
                }
            }
            all.letters.entry(letters).or_default().push(index);
        }
        all
    }

    /// The ids of this very name.
    pub(super) fn named(&self, name: &str) -> &[usize] {
        self.names.get(name).map_or(&[], Vec::as_slice)
    }

    /// The ids with the same letters and digits as `name`.
    pub(super) fn alike(&self, name: &str) -> &[usize] {
        self.letters.get(&letters(name)).map_or(&[], Vec::as_slice)
    }

    /// The ids that may be near to `name`, at most [`COMPARED`] of them: all, or those that begin or end as it does.
    pub(super) fn near(&self, name: &str) -> Vec<usize> {
        if self.sorted.len() <= COMPARED {
            return (0..self.sorted.len()).collect();
        }
        let letters = letters(name);
        let of = |sharing: &FxHashMap<String, Vec<usize>>, key: &str| sharing.get(key).cloned().unwrap_or_default();
        let mut near = of(&self.begins, first(&letters));
        near.extend(of(&self.ends, last(&letters)));
        near.sort_unstable();
        near.dedup();
        near
    }

    /// The ids of `ids` that go on where `name` ends, if it is long enough to tell.
    pub(super) fn longer<'a>(&'a self, name: &'a str, ids: &'a [String]) -> impl Iterator<Item = usize> + 'a {
        let start = self.sorted.partition_point(|&index| ids[index].as_str() < name);
        let longer = self.sorted[start..].iter().copied().take_while(move |&index| ids[index].starts_with(name));
        longer.take(if name.len() >= SHORTEST_STEM { usize::MAX } else { 0 })
    }
}

/// The letters and digits of `name`, in lower case.
fn letters(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn first(letters: &str) -> &str {
    letters.char_indices().nth(SHARED).map_or(letters, |(end, _)| &letters[..end])
}

fn last(letters: &str) -> &str {
    letters.char_indices().rev().nth(SHARED - 1).map_or(letters, |(start, _)| &letters[start..])
}

#[cfg(test)]
mod tests {
    use super::super::suggest;
    use super::*;

    #[test]
    fn a_link_costs_no_more_on_a_long_page() {
        let ids = Vec::from_iter(
            (0..20_000).map(|n| format!("section-{n}-of-the-manual")).chain(["installation".to_owned()]),
        );
        let index = Ids::of(&ids);
        for wanted in ["section-x-of-the-manual", "sectoin-12-of-the-manual", "secretary", "a-manual", "", "日本語"]
        {
            assert!(index.near(wanted).len() <= COMPARED, "{wanted}");
        }
        let meant = |wanted| suggest::id(wanted, &ids, &index);
        assert_eq!(meant("instalation"), Some("installation"));
        assert_eq!(meant("isntallation"), Some("installation"));
        assert_eq!(meant("Section-19999-of-the-manual"), Some("section-19999-of-the-manual"));
        assert_eq!(meant("section-7"), None, "none is near, and it is not the beginning of only one");
        assert_eq!(meant("section-19999"), Some("section-19999-of-the-manual"));
        assert_eq!(index.named("section-3-of-the-manual"), [3]);
    }

    #[test]
    fn on_a_short_page_all_ids_are_compared() {
        let ids = Vec::from(["overview", "set-up", "usage", "usage-1"].map(str::to_owned));
        let index = Ids::of(&ids);
        let meant = |wanted| suggest::id(wanted, &ids, &index);
        assert_eq!(meant("0verviev"), Some("overview"));
        assert_eq!(meant("setup"), Some("set-up"));
        assert_eq!(meant("elsewhere"), None);
    }
}
