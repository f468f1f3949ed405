//! The baseline: findings that were there when a team began, and that are not reported any more.
//!
//! Owns the file (`copydesk-baseline.yaml`) and which findings it knows. Reads and writes nothing itself: text goes in and
//! comes out, and whoever has the repository at hand says which files were renamed.

mod file;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_64;

use crate::finding::Finding;
use crate::fingerprint;
use crate::source::Source;

pub use file::{Corrupt, FILE_NAME};

/// Findings that are known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    /// By the path of the article, from the root.
    pub files: BTreeMap<String, Known>,
}

/// The known findings of one article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// The XXH3-64 of its content when they were noted: by it a renamed file is known again.
    pub content: u64,
    /// Fingerprint and rule of each.
    pub findings: BTreeSet<(u64, String)>,
}

/// What a baseline made of findings.
#[derive(Debug, Default)]
pub struct Sifted {
    /// Those that are known.
    pub known: Vec<Finding>,
    /// What the baseline holds and was not found any more, of the articles that were looked at.
    pub stale: Baseline,
    /// Articles that were renamed since: from the path in the baseline to the one of today.
    pub renamed: BTreeMap<String, String>,
    /// The paths in the baseline that nothing can be said of in this run.
    unseen: BTreeSet<String>,
}

/// What of the site a run looked at.
pub struct Looked<'l> {
    /// Whether the findings on an article were wanted.
    pub at: &'l dyn Fn(&str) -> bool,
    /// Whether there is such a file.
    pub exists: &'l dyn Fn(&str) -> bool,
    /// The files that were renamed since the baseline was written, from old to new; asked for only if it matters.
    pub renames: &'l dyn Fn() -> Vec<(String, String)>,
}

impl Baseline {
    /// All of `findings`, which are stamped.
    pub fn of(findings: &[Finding], sources: &HashMap<Arc<str>, Source>) -> Self {
        let mut baseline = Self::default();
        for finding in findings {
            let known = baseline.files.entry(finding.path.to_string()).or_default();
            known.content = sources.get(&finding.path).map_or(0, content_of);
            known.findings.insert((finding.fingerprint, finding.rule.to_string()));
        }
        baseline
    }

    /// How many findings it knows.
    pub fn len(&self) -> usize {
        self.files.values().map(|known| known.findings.len()).sum()
    }

    /// Whether it knows none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Takes what is known out of `findings`, which are stamped.
    pub fn sift(&self, findings: &mut Vec<Finding>, sources: &HashMap<Arc<str>, Source>, looked: &Looked) -> Sifted {
        let mut sifted = Sifted::default();
        let mut used: HashSet<(&str, u64)> = HashSet::new();
        let prints: Vec<u64> = findings.iter().map(|finding| finding.fingerprint).collect();
        self.take(findings, &prints, str::to_owned, &mut used, &mut sifted.known);
        let renamed = self.renamed(findings, sources, looked);
        if !renamed.is_empty() {
            let old: HashMap<&str, &str> = renamed.iter().map(|(old, new)| (&**new, &**old)).collect();
            let then = |path: &Arc<str>| old.get(&**path).map_or_else(|| Arc::clone(path), |old| Arc::from(*old));
            let prints = fingerprint::of(findings, sources, then);
            let then = |path: &str| old.get(path).map_or_else(|| path.to_owned(), |old| (*old).to_owned());
            self.take(findings, &prints, then, &mut used, &mut sifted.known);
        }
        for (path, known) in &self.files {
            let today = renamed.get(path).unwrap_or(path);
            if !(looked.at)(today) && (looked.exists)(today) {
                sifted.unseen.insert(path.clone());
                continue;
            }
            let is_stale = |(print, _): &&(u64, String)| !used.contains(&(&**path, *print));
            let stale: BTreeSet<_> = known.findings.iter().filter(is_stale).cloned().collect();
            if !stale.is_empty() {
                sifted.stale.files.insert(path.clone(), Known { content: known.content, findings: stale });
            }
        }
        sifted.renamed = renamed;
        sifted
    }

    /// Moves what is known from `findings`, each with its print, to `taken`, and notes what it is known by.
    fn take<'s>(
        &'s self,
        findings: &mut Vec<Finding>,
        prints: &[u64],
        then: impl Fn(&str) -> String,
        used: &mut HashSet<(&'s str, u64)>,
        taken: &mut Vec<Finding>,
    ) {
        let mut prints = prints.iter();
        let known = |finding: &mut Finding| {
            let print = prints.next().copied().unwrap_or_default();
            let Some((path, known)) = self.files.get_key_value(&then(&finding.path)) else { return false };
            let is = known.has(print, &finding.rule);
            if is {
                used.insert((path.as_str(), print));
            }
            is
        };
        taken.extend(findings.extract_if(.., known));
    }

    /// The articles of the baseline that are gone, and what they are called now. `findings` are those that are left.
    fn renamed(
        &self,
        findings: &[Finding],
        sources: &HashMap<Arc<str>, Source>,
        looked: &Looked,
    ) -> BTreeMap<String, String> {
        let mut renamed = BTreeMap::new();
        let mut new: BTreeSet<&str> =
            findings.iter().map(|finding| &*finding.path).filter(|path| !self.files.contains_key(*path)).collect();
        if new.is_empty() {
            return renamed;
        }
        let mut gone: Vec<(&String, &Known)> = self.files.iter().filter(|(path, _)| !(looked.exists)(path)).collect();
        gone.retain(|(path, known)| {
            let same =
                new.iter().find(|new| sources.get(**new).is_some_and(|source| content_of(source) == known.content));
            let Some(same) = same.copied() else { return true };
            new.remove(same);
            renamed.insert((*path).clone(), same.to_owned());
            false
        });
        if !gone.is_empty() && !new.is_empty() {
            for (old, now) in (looked.renames)() {
                if gone.iter().any(|(path, _)| **path == old) && new.remove(&*now) {
                    renamed.insert(old, now);
                }
            }
        }
        renamed
    }

    /// This baseline without what is stale, renamed articles under their new names.
    pub fn pruned(&self, sifted: &Sifted, sources: &HashMap<Arc<str>, Source>) -> Self {
        let mut pruned = Self::of(&sifted.known, sources);
        pruned.keep_unseen(self, sifted);
        pruned
    }

    /// Takes over what `earlier` holds on articles that the run did not look at.
    pub fn keep_unseen(&mut self, earlier: &Self, sifted: &Sifted) {
        let unseen = earlier.files.iter().filter(|(path, _)| sifted.unseen.contains(*path));
        self.files.extend(unseen.map(|(path, known)| (path.clone(), known.clone())));
    }
}

impl Known {
    fn has(&self, print: u64, rule: &str) -> bool {
        // A baseline holds few findings a file, and a rule's name is not worth an allocation.
        self.findings.range((print, String::new())..).take_while(|(one, _)| *one == print).any(|(_, of)| of == rule)
    }
}

/// What a file is known by.
pub fn content_of(source: &Source) -> u64 {
    xxh3_64(source.bytes())
}
