//! Addresses that a script makes, found by what the site's own links lead to.

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::eleventy::undated;
use crate::site::page::Page;
use crate::site::tree::{directory_of, name_of};
use crate::site::{Facts, Site};

/// How many links at least must bear a form out.
const ENOUGH: usize = 3;

/// Gives each of the `unknown` articles the address of the one of `forms` that fits the most links of the site, if
/// enough do. Articles of one folder have one form. `address` makes an address of an article in a form.
pub(super) fn infer(
    site: &Site,
    pages: &mut [Page],
    unknown: &[usize],
    forms: &[&str],
    address: impl Fn(&Facts, &str) -> Option<String>,
) {
    if unknown.is_empty() {
        return;
    }
    let linked = linked(site);
    let mut groups: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for &index in unknown {
        groups.entry(directory_of(&site.facts()[index].path)).or_default().push(index);
    }
    for group in groups.values() {
        let hits = |form: &&&str| {
            let urls = group.iter().filter_map(|&index| address(&site.facts()[index], form));
            urls.filter(|url| linked.contains(url.trim_matches('/'))).count()
        };
        // What stands in front of their names in links is a form too.
        let names: FxHashSet<&str> =
            group.iter().map(|&index| undated(super::super::names::slug_of(&site.facts()[index].path))).collect();
        let mut prefixes: FxHashMap<&str, usize> = FxHashMap::default();
        for key in linked.iter().filter(|key| names.contains(name_of(key))) {
            *prefixes.entry(directory_of(key)).or_default() += 1;
        }
        let prefix = prefixes.into_iter().max_by_key(|&(prefix, count)| (count, prefix)).map(|(prefix, _)| prefix);
        let own = prefix.filter(|prefix| !prefix.is_empty()).map(|prefix| format!("/{prefix}/:slug/"));
        let forms: Vec<&str> = own.as_deref().into_iter().chain(forms.iter().copied()).collect();
        // Of equals the last one counts, which is the plainest.
        let Some(best) = forms.iter().max_by_key(hits).filter(|best| hits(best) >= ENOUGH) else { continue };
        for &index in group {
            let base = site.settings.engine.base();
            pages[index].url = address(&site.facts()[index], best).map(|url| format!("{base}{url}"));
        }
    }
}

/// The addresses from the root that links of the site ask for.
pub(super) fn linked(site: &Site) -> FxHashSet<String> {
    let asked = |facts: &Facts| -> Vec<String> {
        let rooted = facts.links.iter().filter(|link| link.foreign || link.url.contains('/'));
        rooted.filter_map(|link| site.key_asked(facts, link)).collect()
    };
    let asked: Vec<Vec<String>> = site.facts().par_iter().with_min_len(64).map(asked).collect();
    asked.into_iter().flatten().collect()
}
