//! Addresses that a script makes, found by what the site's own links lead to.

use std::borrow::Cow;

use jiff::civil::Date;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::eleventy::undated;
use crate::site::names::slug_of;
use crate::site::page::Page;
use crate::site::target::segments;
use crate::site::tree::{directory_of, name_of};
use crate::site::{Facts, Site};

/// How many links at least must bear a form out.
const ENOUGH: usize = 3;

/// Fewer articles are not worth the work of a second thread.
pub(super) const FEW: usize = 64;

/// What the address of an article is made of.
pub(super) struct Named<'a> {
    /// What stands for `:slug`, with which every form ends.
    pub slug: Cow<'a, str>,
    /// What stands for `:folder`.
    pub folder: &'a str,
    /// The day that stands for `%Y` and the like.
    pub day: Option<Date>,
}

impl Named<'_> {
    /// Puts the address in a form behind what `address` holds. `None` if it has none.
    fn put_in_form(&self, form: &str, address: &mut String) -> Option<()> {
        let dated = match form.contains('%') {
            true => Cow::Owned(self.day?.strftime(form).to_string()),
            false => Cow::Borrowed(form),
        };
        let mut rest = &*dated;
        while let Some((before, after)) = rest.split_once(':') {
            address.push_str(before);
            let (part, behind) = if let Some(behind) = after.strip_prefix("slug") {
                (&*self.slug, behind)
            } else if let Some(behind) = after.strip_prefix("folder") {
                (self.folder, behind)
            } else {
                (":", after)
            };
            address.push_str(part);
            rest = behind;
        }
        address.push_str(rest);
        Some(())
    }
}

/// Gives each of the `unknown` articles the address of the one of `forms` that fits the most links of the site, if
/// enough do. Articles of one folder have one form. `named` tells what the address of an article is made of.
pub(super) fn infer<'s>(
    site: &'s Site,
    pages: &mut [Page],
    unknown: &[usize],
    forms: &[&str],
    named: impl Fn(&'s Facts) -> Option<Named<'s>> + Sync,
) {
    if unknown.is_empty() {
        return;
    }
    let asked = site.asked();
    // By the last segment of an address: the folders that stand in front of it in links.
    let mut folders: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
    for key in asked.keys() {
        folders.entry(name_of(key)).or_default().push(directory_of(key));
    }
    let mut groups: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for &index in unknown {
        groups.entry(directory_of(&site.facts()[index].path)).or_default().push(index);
    }
    for group in groups.values() {
        let articles = group.iter().map(|&index| &site.facts()[index]);
        let parts = group.par_iter().with_min_len(FEW).map(|&index| named(&site.facts()[index]));
        let parts: Vec<Option<Named>> = parts.collect();
        // No link ends with the slug of most articles, or it has another number of segments in front: so many at least the
        // form must have, or any number.
        let linked: Vec<(&Named, Option<Vec<usize>>)> = parts
            .iter()
            .flatten()
            .filter_map(|named| {
                let slug = name_of(&named.slug);
                let found = if slug.is_empty() { None } else { Some(folders.get(slug)?) };
                let depths = found.filter(|_| !named.folder.is_empty()).map(|folders| {
                    let own = depth_of(&named.slug);
                    folders.iter().map(|folder| (depth_of(folder) + 2).wrapping_sub(own)).collect()
                });
                Some((named, depths))
            })
            .collect();
        let hits = |form: &str| {
            let depth = depth_of(form);
            let fits = |depths: &Option<Vec<usize>>| depths.as_ref().is_none_or(|depths| depths.contains(&depth));
            let linked = linked.iter().filter(|(_, depths)| fits(depths));
            let mut url = String::new();
            let hit = |(named, _): &&(&Named, _)| {
                url.clear();
                named.put_in_form(form, &mut url).is_some() && asked.contains_key(url.trim_matches('/'))
            };
            linked.filter(hit).count()
        };
        // What stands in front of their names in links is a form too.
        let names: FxHashSet<&str> = articles.map(|facts| undated(slug_of(&facts.path))).collect();
        let mut prefixes: FxHashMap<&str, usize> = FxHashMap::default();
        for prefix in names.iter().filter_map(|name| folders.get(name)).flatten() {
            *prefixes.entry(prefix).or_default() += 1;
        }
        let prefix = prefixes.into_iter().max_by_key(|&(prefix, count)| (count, prefix)).map(|(prefix, _)| prefix);
        let own = prefix.filter(|prefix| !prefix.is_empty() && !prefix.contains('%'));
        let own = own.map(|prefix| format!("/{prefix}/:slug/"));
        let forms: Vec<&str> = own.as_deref().into_iter().chain(forms.iter().copied()).collect();
        let hits: Vec<(usize, &str)> = forms.into_par_iter().map(|form| (hits(form), form)).collect();
        // Of equals the last one counts, which is the plainest.
        let best = hits.into_iter().max_by_key(|(hits, _)| *hits);
        let Some((_, best)) = best.filter(|(hits, _)| *hits >= ENOUGH) else { continue };
        let base = site.settings.engine.base();
        let url = |named: &Option<Named>| {
            let named = named.as_ref()?;
            let mut url = String::with_capacity(base.len() + best.len() + named.slug.len() + named.folder.len());
            url.push_str(base);
            named.put_in_form(best, &mut url)?;
            Some(url)
        };
        let urls: Vec<Option<String>> = parts.par_iter().with_min_len(FEW).map(url).collect();
        group.iter().zip(urls).for_each(|(&index, url)| pages[index].url = url);
    }
}

/// How many segments an address or a form has.
fn depth_of(address: &str) -> usize {
    segments(address).filter(|segment| !segment.is_empty()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_address_is_made_of_takes_its_place_in_a_form() {
        let named = |day| Named { slug: "rye-é".into(), folder: "oven", day };
        let in_form = |named: &Named, form: &str| {
            let mut address = "/base".to_owned();
            named.put_in_form(form, &mut address).map(|()| address)
        };
        let dated = named(Some(Date::constant(2024, 3, 1)));
        assert_eq!(in_form(&dated, "/%Y/%m/:slug/").as_deref(), Some("/base/2024/03/rye-é/"));
        assert_eq!(in_form(&dated, "/:folder/a:b/:slug/").as_deref(), Some("/base/oven/a:b/rye-é/"));
        assert_eq!(in_form(&named(None), "/:slug").as_deref(), Some("/base/rye-é"));
        assert_eq!(in_form(&named(None), "/%Y/:slug/"), None);
    }
}
