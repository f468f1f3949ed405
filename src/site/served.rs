//! Links that are written as addresses: what the built site serves there.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::resolve::{Verdict, is_article};
use super::target::{self, Parts, Route};
use super::template::{Expanded, Means};
use super::tree::directory_of;
use super::urls::{Spot, Urls, key_of, key_of_written};
use super::{Facts, LinkFact, Redirect, Site, redirect};

/// How many redirects are followed before they are taken for a loop.
const MOST_HOPS: usize = 10;

/// An address that a link asks for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked<'a> {
    /// Its path, as written.
    pub path: &'a str,
    /// Its fragment, as written.
    pub fragment: Option<&'a str>,
    /// Whether the engine puts the base of the site in front of it.
    pub based: bool,
    /// Whether it is written with the origin of the site, under which other things may live than this site.
    pub absolute: bool,
}

impl<'a> Asked<'a> {
    /// A link as it is written.
    pub fn written(parts: Parts<'a>) -> Self {
        Self { path: parts.path, fragment: parts.fragment, based: false, absolute: false }
    }

    fn parts(&self) -> Parts<'a> {
        Parts { path: self.path, fragment: self.fragment }
    }
}

impl Site {
    /// Everything that the built site serves. Made when first asked for.
    pub(super) fn urls(&self) -> &Urls {
        self.urls.get_or_init(|| {
            let engine = &self.settings.engine;
            let mut urls = Urls::default();
            let pages = self.pages();
            let base = engine.base();
            let shown =
                |hidden: bool| pages.iter().enumerate().filter(move |(_, page)| page.visibility.is_hidden() == hidden);
            redirect::serve(self, &mut urls, true);
            for (index, page) in shown(false).chain(shown(true)) {
                if let Some(url) = &page.url {
                    urls.add(url.strip_prefix(base).unwrap_or(url), Spot::Page(index));
                }
            }
            engine.serve(self, &mut urls);
            redirect::serve(self, &mut urls, false);
            for (_, page) in shown(false) {
                for alias in &page.aliases {
                    if let Some(url) = &page.url {
                        let alias = alias.url.strip_prefix(base).unwrap_or(&alias.url);
                        urls.redirect(&Redirect::lasting(alias, url.strip_prefix(base).unwrap_or(url)));
                    }
                }
            }
            if !engine.is_certain() {
                let is_known = |key: &str| {
                    let there = urls.find(key, &self.tree).or_else(|| urls.find_page(key, &self.tree)).is_some();
                    there || urls.may_have(key) || urls.is_doubtful(key, &self.tree)
                };
                let asked = self.asked().par_iter().map(|(key, links)| (key, *links, is_known(key)));
                let counts: Vec<_> = asked.collect();
                counts.into_iter().for_each(|(key, links, found)| urls.count(key, links, found));
            }
            urls
        })
    }

    /// The addresses from the root that links of the site ask for, by their keys, and how many links do. Made when first
    /// asked for.
    pub(super) fn asked(&self) -> &FxHashMap<String, usize> {
        self.asked.get_or_init(|| {
            let keys =
                |facts: &Facts| -> Vec<String> { facts.links.iter().filter_map(|link| self.key_asked(link)).collect() };
            let asked: Vec<Vec<String>> = self.facts.par_iter().with_min_len(64).map(keys).collect();
            let mut counts = FxHashMap::default();
            for key in asked.into_iter().flatten() {
                *counts.entry(key).or_default() += 1;
            }
            counts
        })
    }

    /// The key of the address from the root that a link asks for.
    fn key_asked(&self, link: &LinkFact) -> Option<String> {
        // Most links tell by their first byte that they ask for no such address.
        let begins = link.url.as_bytes().first();
        let may_be_one = match begins {
            Some(b'/') => true,
            Some(b'h' | b'H') => link.foreign || self.settings.origin.is_some(),
            _ => link.foreign,
        };
        if !may_be_one {
            return None;
        }
        let asked = if link.foreign {
            let expanded = Expanded::of(&link.url).filter(|expanded| expanded.means == Means::Address)?;
            Asked { path: expanded.value, fragment: None, based: true, absolute: false }
        } else {
            Asked::written(Parts::of(self.internal(&link.url)?.1))
        };
        if !asked.path.starts_with('/') {
            return None;
        }
        let path = if asked.based { asked.path } else { self.below_base(asked.path)? };
        key_of_written(path)
    }

    /// What follows the base of the site in a path from the root.
    fn below_base<'p>(&self, path: &'p str) -> Option<&'p str> {
        let rest = path.strip_prefix(self.settings.engine.base())?;
        (rest.is_empty() || rest.starts_with('/')).then_some(rest)
    }

    /// Where a path leads from the page of an article, the base left out.
    fn route<'p>(&'p self, from: &Facts, path: &'p str) -> Option<Route<'p>> {
        if path.starts_with('/') {
            return Route::walk("", path);
        }
        let url = self.page(from).url.as_deref()?;
        let folder = folder_of(self.below_base(url)?);
        if self.settings.engine.base().is_empty() { Route::browse(folder, path) } else { Route::walk(folder, path) }
    }

    /// What an address leads to.
    pub(super) fn by_url(&self, from: &Facts, asked: Asked) -> Verdict {
        let path =
            if asked.based || !asked.path.starts_with('/') { Some(asked.path) } else { self.below_base(asked.path) };
        let Some(path) = path else { return Verdict::Unresolvable };
        let Some(route) = self.route(from, path) else { return Verdict::Unresolvable };
        let key = key_of(&route);
        match self.urls().find(&key, &self.tree) {
            Some(spot) => self.at_spot(from, &key, &spot, asked),
            None => match self.urls().find_page(&key, &self.tree) {
                Some(_) if route.directory => Verdict::Unresolvable,
                Some(spot) => self.at_spot(from, &key, &spot, asked),
                None => self.no_spot(from, &route, &key, asked),
            },
        }
    }

    /// A link to what stands at a key.
    pub(super) fn at_spot(&self, from: &Facts, key: &str, spot: &Spot, asked: Asked) -> Verdict {
        match spot {
            Spot::Page(index) => self.to_page(from, *index, asked.parts()),
            Spot::File(file) => self.anchor(from, file, asked.parts()),
            Spot::Made if asked.fragment.is_some_and(|fragment| !fragment.is_empty()) => Verdict::Unresolvable,
            Spot::Made => Verdict::Exact { target: format!("/{key}").into() },
            Spot::Redirect { to, lasting } => self.redirected(from, to, *lasting, asked),
        }
    }

    /// A link to the page of an article, which may be hidden.
    pub(super) fn to_page(&self, from: &Facts, index: usize, parts: Parts) -> Verdict {
        let (facts, visibility) = (&self.facts[index], self.pages()[index].visibility);
        if visibility.is_hidden() && facts.path != from.path && !self.page(from).visibility.is_hidden() {
            return Verdict::Hidden { target: Arc::clone(&facts.path), visibility };
        }
        self.anchor(from, &Arc::clone(&facts.path), parts)
    }

    fn redirected(&self, from: &Facts, to: &str, lasting: bool, asked: Asked) -> Verdict {
        let (mut to, mut lasting) = (to.to_owned(), lasting);
        for _ in 0..MOST_HOPS {
            let Some((_, inner)) = self.internal(&to) else {
                return Verdict::Redirected { target: None, canonical: to, lasting };
            };
            let parts = Parts::of(inner);
            let mut path = parts.path;
            let Some(key) = key_of_written(path) else { return Verdict::Unresolvable };
            let target = match self.urls().find(&key, &self.tree) {
                Some(Spot::Redirect { to: next, lasting: for_good }) => {
                    (to, lasting) = (next, lasting && for_good);
                    continue;
                }
                Some(Spot::Page(index)) => {
                    let page = self.to_page(from, index, parts);
                    if matches!(page, Verdict::Hidden { .. }) {
                        return page;
                    }
                    path = self.pages()[index].url.as_deref().and_then(|url| self.below_base(url)).unwrap_or(path);
                    Some(Arc::clone(&self.facts[index].path))
                }
                Some(Spot::File(file)) => Some(file),
                Some(Spot::Made) | None => None,
            };
            let fragment = parts.fragment.filter(|_| asked.fragment.is_none());
            let fragment = fragment.map(|fragment| format!("#{fragment}")).unwrap_or_default();
            return match self.link_to(from, asked, path) {
                Some(canonical) => Verdict::Redirected { target, canonical: canonical + &fragment, lasting },
                None => Verdict::Unresolvable,
            };
        }
        Verdict::Unresolvable
    }

    /// The addresses through which the redirects of the site lead from that of an article back to it, both ends included;
    /// `None` if they do not.
    pub fn way_round(&self, facts: &Facts) -> Option<Vec<String>> {
        let key_of_address = |address: &str| {
            let (_, inner) = self.internal(address)?;
            key_of_written(self.below_base(Parts::of(inner).path)?)
        };
        let own = self.page(facts).url.as_deref().filter(|_| !self.settings.redirects.is_empty())?;
        let first = key_of_address(own)?;
        let (mut key, mut way) = (first.clone(), vec![own.to_owned()]);
        while let (Some(Spot::Redirect { to, .. }), true) = (self.urls().find(&key, &self.tree), way.len() <= MOST_HOPS)
        {
            // To add a slash, or to take it away, is what servers do before they look.
            let next = key_of_address(&to).filter(|next| *next != key)?;
            way.push(to);
            if next == first {
                return Some(way);
            }
            key = next;
        }
        None
    }

    /// Nothing known stands there.
    fn no_spot(&self, from: &Facts, route: &Route, key: &str, asked: Asked) -> Verdict {
        let urls = self.urls();
        if !self.tree.is_whole() {
            return Verdict::Unresolvable;
        }
        if asked.absolute && !urls.knows_family(key, &self.tree) {
            return Verdict::Unresolvable;
        }
        if urls.may_have(key)
            || urls.is_doubtful(key, &self.tree)
            || !(self.settings.engine.is_certain() || urls.is_borne_out(key))
        {
            return Verdict::Unresolvable;
        }
        if let Some(other) = urls.in_other_case(key, &self.tree) {
            return match (urls.find(&other, &self.tree), route.respelled(asked.path, &other)) {
                (Some(Spot::Page(index)), Some(actual)) => {
                    Verdict::WrongCase { target: Arc::clone(&self.facts[index].path), actual }
                }
                (Some(Spot::File(target)), Some(actual)) => Verdict::WrongCase { target, actual },
                _ => Verdict::Unresolvable,
            };
        }
        let slash = if route.directory && !key.is_empty() { "/" } else { "" };
        // A link to the file of a page is meant for its address.
        let file = || {
            let route = Route::walk(directory_of(&from.path), asked.path).filter(|_| is_article(asked.path))?;
            let url = self.page(self.at(&route.path())?).url.as_deref()?;
            self.link_to(from, asked, self.below_base(url).unwrap_or(url))
        };
        let near = || {
            urls.nearest(key).and_then(|near| match urls.find(&near, &self.tree)? {
                Spot::Page(index) => {
                    let url = self.pages()[index].url.as_deref()?;
                    self.link_to(from, asked, self.below_base(url).unwrap_or(url))
                }
                _ => self.link_to(from, asked, &format!("/{near}")),
            })
        };
        Verdict::Missing { path: format!("/{key}{slash}"), suggestion: file().or_else(near) }
    }

    /// A link to the address `to`, which has no base, in the manner of `asked`.
    fn link_to(&self, from: &Facts, asked: Asked, to: &str) -> Option<String> {
        if asked.path.starts_with('/') {
            let base = if asked.based { "" } else { self.settings.engine.base() };
            return Some(format!("{base}{}", target::encode(to)));
        }
        let own = self.page(from).url.as_deref()?;
        let relative = target::relative(folder_of(self.below_base(own)?), to.trim_start_matches('/'));
        Some(if relative.is_empty() { "./".to_owned() } else { relative })
    }

    /// What a destination with template syntax leads to, if its form is understood.
    pub(super) fn by_template(&self, from: &Facts, link: &LinkFact) -> Verdict {
        let Some(expanded) = Expanded::of(&link.url) else { return Verdict::Unresolvable };
        let tail = Parts::of(expanded.tail);
        if !tail.path.is_empty() {
            return Verdict::Unresolvable;
        }
        let verdict = match expanded.means {
            Means::Address => {
                let own = Parts::of(expanded.value);
                let path = if own.path.is_empty() { "/" } else { own.path };
                let fragment = tail.fragment.or(own.fragment);
                if path.starts_with('/') && self.page(from).url.is_some() {
                    self.by_url(from, Asked { path, fragment, based: true, absolute: false })
                } else {
                    Verdict::Unresolvable
                }
            }
            means => self.settings.engine.template(self, from, means, expanded.value, tail.fragment),
        };
        // What stands in the place of the destination is the whole template.
        let whole = |value: String| expanded.with(&link.url, &value);
        let plain = !link.url.contains(['#', '?']);
        match verdict {
            Verdict::Missing { path, suggestion } => {
                Verdict::Missing { path, suggestion: suggestion.filter(|_| plain).map(whole) }
            }
            Verdict::WrongCase { target, actual } if plain => Verdict::WrongCase { target, actual: whole(actual) },
            Verdict::Redirected { target, canonical, lasting } if plain => {
                Verdict::Redirected { target, canonical: whole(canonical), lasting }
            }
            Verdict::WrongCase { .. } | Verdict::Redirected { .. } => Verdict::Unresolvable,
            verdict => verdict,
        }
    }
}

/// The folder from which an address counts relative ones.
pub(super) fn folder_of(url: &str) -> &str {
    if url.ends_with('/') { url } else { directory_of(url) }
}
