//! The ids of one page, looked up instead of looked through.
//!
//! Made when a link names an id that a page does not have, or one of a page with many: a long page may be linked to as often
//! as it is long, so whatever a link costs here must not grow with the page.

use rustc_hash::FxHashMap;

use super::facts::Id;
use super::suggest::SHORTEST_STEM;

/// A page with more ids is worth an index for a single look.
pub(super) const MANY: usize = 64;

/// So many ids at most are compared with one that is not there.
pub(super) const COMPARED: usize = 200;

/// So many letters at its beginning, or at its end, an id has in common with one that is compared with it, where there are
/// more than [`COMPARED`]. A slip of the pen spoils one of the two.
const SHARED: usize = 3;

/// The ids of a page. All numbers are indices into the page's own list.
#[derive(Debug, Default)]
pub(super) struct Ids {
    names: FxHashMap<String, Vec<usize>>,
    letters: FxHashMap<String, Vec<usize>>,
    begins: FxHashMap<String, Vec<usize>>,
    ends: FxHashMap<String, Vec<usize>>,
    sorted: Vec<usize>,
}

impl Ids {
    pub(super) fn of(ids: &[Id]) -> Self {
        let mut all = Self { sorted: (0..ids.len()).collect(), ..Self::default() };
        all.sorted.sort_by(|&a, &b| ids[a].name.cmp(&ids[b].name));
        for (index, id) in ids.iter().enumerate() {
            all.names.entry(id.name.clone()).or_default().push(index);
            let letters = letters(&id.name);
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
    pub(super) fn longer<'a>(&'a self, name: &'a str, ids: &'a [Id]) -> impl Iterator<Item = usize> + 'a {
        let start = self.sorted.partition_point(|&index| ids[index].name.as_str() < name);
        let longer = self.sorted[start..].iter().copied().take_while(move |&index| ids[index].name.starts_with(name));
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
    use super::super::facts::IdOrigin;
    use super::super::suggest;
    use super::*;

    fn page(names: impl IntoIterator<Item = String>) -> Vec<Id> {
        names.into_iter().map(|name| Id { name, origin: IdOrigin::Heading(2) }).collect()
    }

    #[test]
    fn a_link_costs_no_more_on_a_long_page() {
        let ids = page((0..20_000).map(|n| format!("section-{n}-of-the-manual")).chain(["installation".to_owned()]));
        let index = Ids::of(&ids);
        for wanted in ["section-x-of-the-manual", "sectoin-12-of-the-manual", "secretary", "a-manual", "", "日本語"]
        {
            assert!(index.near(wanted).len() <= COMPARED, "{wanted}");
        }
        let meant = |wanted| suggest::id(wanted, &ids, &index, |_| true);
        assert_eq!(meant("instalation"), Some("installation"));
        assert_eq!(meant("isntallation"), Some("installation"));
        assert_eq!(meant("Section-19999-of-the-manual"), Some("section-19999-of-the-manual"));
        assert_eq!(meant("section-7"), None, "none is near, and it is not the beginning of only one");
        assert_eq!(meant("section-19999"), Some("section-19999-of-the-manual"));
        assert_eq!(index.named("section-3-of-the-manual"), [3]);
    }

    #[test]
    fn on_a_short_page_all_ids_are_compared() {
        let ids = page(["overview", "set-up", "usage", "usage-1"].map(str::to_owned));
        let index = Ids::of(&ids);
        let meant = |wanted| suggest::id(wanted, &ids, &index, |_| true);
        assert_eq!(meant("0verviev"), Some("overview"));
        assert_eq!(meant("setup"), Some("set-up"));
        assert_eq!(suggest::id("setup", &ids, &index, |id| id.name != "set-up"), None);
        assert_eq!(meant("elsewhere"), None);
    }
}
