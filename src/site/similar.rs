//! Which articles have nearly the same text.

use rustc_hash::FxHashMap;

use super::{Facts, Site};

/// The smallest hashes of a text by which others like it are looked for.
const KEYS: usize = 16;

/// A hash that so many texts share belongs to what a template puts into all of them.
const COMMON: usize = 40;

/// The articles by the smallest hashes of their texts.
#[derive(Debug, Default)]
pub(super) struct Similar {
    by_hash: FxHashMap<u64, Vec<usize>>,
}

impl Similar {
    pub(super) fn of(facts: &[Facts]) -> Self {
        let mut by_hash: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
        for (index, article) in facts.iter().enumerate() {
            for hash in article.sketch.iter().flat_map(|sketch| sketch.hashes().iter().take(KEYS)) {
                by_hash.entry(*hash).or_default().push(index);
            }
        }
        Self { by_hash }
    }
}

impl Site {
    /// The articles whose texts are at least `least` alike (0 to 1) to that of `facts`, by their place in [`Site::facts`],
    /// the likest first. Empty where no sketches were made.
    pub fn similar(&self, facts: &Facts, least: f64) -> Vec<(usize, f64)> {
        let Some(sketch) = &facts.sketch else { return Vec::new() };
        let index = self.similar_index();
        let mut candidates: Vec<usize> = Vec::new();
        for hash in sketch.hashes().iter().take(KEYS) {
            let sharing = index.by_hash.get(hash).map_or(&[][..], Vec::as_slice);
            if sharing.len() <= COMMON {
                candidates.extend(sharing);
            }
        }
        candidates.sort_unstable();
        candidates.dedup();
        let alike = |index: usize| {
            let other = &self.facts()[index];
            let likeness = sketch.likeness(other.sketch.as_ref()?);
            (other.path != facts.path && likeness >= least).then_some((index, likeness))
        };
        let mut found: Vec<_> = candidates.into_iter().filter_map(alike).collect();
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        found
    }
}
