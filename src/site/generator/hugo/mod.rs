//! Hugo: pages by the paths of their files, permalinks, `slug` and `url`; links as written, or through a render hook.
//!
//! Source of the rules: Hugo's documentation, and what Hugo 0.168 does with `fixtures/sites/hugo`.

mod address;
mod setup;

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::config::Reader;
use super::{Engine, each, is_same, page};
use address::Logical;
pub(super) use setup::base_path;
use setup::{Hook, Setup};

use crate::document::LinkForm;
use crate::document::front_matter::Value;
use crate::site::page::{Alias, Page, Visibility, addresses, find};
use crate::site::resolve::{Verdict, is_article, join};
use crate::site::served::Asked;
use crate::site::slug::HeadingIds;
use crate::site::target::{self, Parts, Route};
use crate::site::template::Means;
use crate::site::tree::{directory_of, extension_of, name_of};
use crate::site::urls::{Spot, Urls};
use crate::site::{Facts, LinkFact, Site};

/// How Hugo is set up.
#[derive(Debug)]
pub(super) struct Hugo {
    setup: Setup,
}

impl Hugo {
    pub fn read(reader: &Reader) -> Self {
        Self { setup: Setup::read(reader) }
    }

    fn page(&self, site: &Site, facts: &Facts) -> Page {
        let mut made = page(site, facts);
        let shown = match made.visibility {
            Visibility::Draft => self.setup.drafts,
            Visibility::Future => self.setup.future,
            Visibility::Expired => self.setup.expired,
            Visibility::Shown | Visibility::Unlisted => true,
        };
        if shown && made.visibility.is_hidden() {
            (made.visibility, made.hidden_by) = (Visibility::Shown, None);
        }
        let Some(logical) = self.setup.logical(&facts.path) else { return Page::default() };
        let map = facts.front_matter.as_ref().map(|front| &front.map);
        made.language = logical.language.as_deref().map(Into::into);
        if map.is_some_and(is_headless) || name_of(&facts.path) == "_content.gotmpl" {
            return made;
        }
        if in_leaf_bundle(site, &facts.path) {
            return made;
        }
        let address = self.setup.address(&logical, map, facts.title.as_deref());
        made.url = address.map(|address| format!("{}{address}", self.setup.base));
        let folder = made.url.as_deref().map(|url| format!("{}/", directory_of(url.trim_end_matches('/'))));
        // An alias without a slash in front counts from the folder of the page's address.
        made.aliases = map
            .iter()
            .flat_map(|map| addresses(map, &["aliases"]))
            .filter_map(|(alias, span)| {
                let url = match (alias.strip_prefix('/'), &folder) {
                    (Some(_), _) => format!("{}{alias}", self.setup.base),
                    (None, Some(folder)) => format!("/{}", Route::walk(folder, alias)?.path()),
                    (None, None) => return None,
                };
                Some(Alias { url, span })
            })
            // At its own address Hugo writes the page, not a redirect.
            .filter(|alias| !made.url.as_deref().is_some_and(|url| is_same(url, &alias.url)))
            .collect();
        made
    }

    /// The article of a logical path, as `ref` and the embedded render hook look for it; the former also `by_name` alone.
    /// `Err` if that cannot be told.
    fn find(&self, site: &Site, from: &Facts, path: &str, by_name: bool) -> Result<Option<usize>, ()> {
        let logicals = &site.urls().logical;
        let own = self.setup.logical(&from.path);
        let language = own.as_ref().and_then(|own| own.language.as_deref()).unwrap_or("");
        let lookup = |path: &str| -> Option<&Vec<usize>> { logicals.get(&key(language, path)) };
        let Some(decoded) = target::decode(path) else { return Ok(None) };
        let clean = self.logical_name(&decoded);
        // What stands behind a dot may be taken for an extension, or a language.
        let dotted =
            name_of(&clean).rsplit_once('.').is_some_and(|(_, end)| end.contains(|c: char| c.is_ascii_digit()));
        let rooted = decoded.starts_with('/');
        let mut folders: Vec<String> = Vec::new();
        if !rooted && let Some(own) = &own {
            if own.is_bundle {
                folders.push(own.path.clone());
            }
            folders.push(directory_of(&own.path).to_owned());
        }
        if rooted || !decoded.starts_with('.') {
            folders.push(String::new());
        }
        for folder in &folders {
            let Some(route) = Route::walk(folder, clean.trim_start_matches('/')) else { continue };
            if let Some([only]) = lookup(&route.path()).map(Vec::as_slice) {
                return Ok(Some(*only));
            }
        }
        if rooted || clean.contains('/') || clean.is_empty() {
            return if dotted { Err(()) } else { Ok(None) };
        }
        if !by_name {
            return if dotted { Err(()) } else { Ok(None) };
        }
        match lookup(&format!("*/{clean}")).map(Vec::as_slice) {
            _ if dotted => Err(()),
            Some([only]) => Ok(Some(*only)),
            Some(_) => Err(()),
            None => Ok(None),
        }
    }

    /// A path as `ref` reads it: without extension, language and the name of a bundle's page; letters small, spaces hyphens.
    fn logical_name(&self, path: &str) -> String {
        let path = path.trim_end_matches('/');
        let (folder, name) = (directory_of(path), name_of(path));
        let rooted = if path.starts_with('/') { "/" } else { "" };
        let article = is_article(name) || extension_of(name) == "html";
        let stem = if article { name.rsplit_once('.').map_or(name, |(stem, _)| stem) } else { name };
        let stem = match stem.rsplit_once('.') {
            Some((stem, code)) if article && self.setup.language(&code.to_lowercase()).is_some() => stem,
            _ => stem,
        };
        let folder = folder.trim_start_matches('/');
        let whole = if matches!(stem, "index" | "_index") { folder.to_owned() } else { join(folder, stem) };
        format!("{rooted}{}", whole.to_lowercase().replace(' ', "-"))
    }

    /// A file that belongs to the page, or one of the site's assets.
    fn resource(&self, site: &Site, from: &Facts, path: &str, hook: Hook) -> Option<Arc<str>> {
        let assets = self.setup.assets.iter().map(String::as_str);
        let own = hook == Hook::Own
            || self.setup.logical(&from.path).is_some_and(|own| own.is_bundle && !own.path.is_empty());
        let own = (own && !path.starts_with('/')).then(|| directory_of(&from.path));
        let content = self.setup.content.iter().filter(|_| hook == Hook::Own).map(|mount| mount.source.as_str());
        own.into_iter().chain(assets).chain(content.filter(|_| path.starts_with('/'))).find_map(|folder| {
            let route = Route::walk(folder, path)?;
            site.tree.file(&route.path()).filter(|file| !is_article(name_of(file))).cloned()
        })
    }

    fn through_hook(&self, site: &Site, from: &Facts, parts: Parts, hook: Hook) -> Verdict {
        let found = self.find(site, from, parts.path, hook == Hook::Own);
        if let Ok(Some(index)) = found {
            return site.to_page(from, index, parts);
        }
        if let Some(file) = self.resource(site, from, parts.path, hook) {
            return site.anchor(from, &file, parts);
        }
        let verbatim = site.by_url(from, Asked::written(parts));
        if hook == Hook::Embedded {
            return if found.is_err() { Verdict::Unresolvable } else { verbatim };
        }
        // A hook of the site's own may look anywhere, and give words a meaning of their own.
        if !matches!(verbatim, Verdict::Missing { .. } | Verdict::Unresolvable) {
            return verbatim;
        }
        let rooted = format!("/{}", parts.path.trim_start_matches("./").trim_start_matches('/'));
        let from_root = site.by_url(from, Asked { path: &rooted, ..Asked::written(parts) });
        let word = !parts.path.trim_matches('/').contains('/') && extension_of(parts.path).is_empty();
        match from_root {
            Verdict::Missing { .. } if word || parts.path.starts_with("..") || self.setup.borrows => {
                Verdict::Unresolvable
            }
            Verdict::Missing { path, suggestion } => {
                let slash = parts.path.starts_with('/');
                let suggestion = suggestion.map(|s| if slash { s } else { s.trim_start_matches('/').to_owned() });
                Verdict::Missing { path, suggestion }
            }
            Verdict::WrongCase { .. } | Verdict::Redirected { .. } if !parts.path.starts_with('/') => {
                Verdict::Unresolvable
            }
            verdict => verdict,
        }
    }
}

/// Whether a front matter says that no page is to be made.
fn is_headless(map: &crate::document::front_matter::Map) -> bool {
    let build =
        find(map, &["build", "_build"]).and_then(|entry| entry.value.as_map()).and_then(|map| find(map, &["render"]));
    let render = build.and_then(|entry| entry.value.as_text());
    let headless = find(map, &["headless"]).and_then(|entry| super::page::truth(&entry.value));
    render == Some("never") || render == Some("link") || headless == Some(true)
}

/// Whether a file belongs to a page whose folder it stands in (`index.md`), and so is none itself.
fn in_leaf_bundle(site: &Site, path: &str) -> bool {
    let own = name_of(path).starts_with("index.");
    let mut folder = directory_of(path);
    let mut first = true;
    while !folder.is_empty() {
        let bundle = ["index.md", "index.html", "index.markdown"]
            .iter()
            .any(|name| site.tree.file(&join(folder, name)).is_some());
        if bundle && !(first && own) {
            return true;
        }
        (folder, first) = (directory_of(folder), false);
    }
    false
}

fn key(language: &str, path: &str) -> String {
    format!("{language}:{}", path.to_lowercase())
}

impl Engine for Hugo {
    fn pages(&self, site: &Site) -> Vec<Page> {
        each(site, |facts| self.page(site, facts))
    }

    fn base(&self) -> &str {
        &self.setup.base
    }

    fn is_certain(&self) -> bool {
        !self.setup.borrows
    }

    fn heading_ids(&self, _article: &Facts) -> HeadingIds {
        self.setup.ids.clone()
    }

    fn may_give(&self, _site: &Site, article: &Facts, id: &str) -> bool {
        let list = name_of(&article.path).starts_with("_index.");
        let inserted = article.open.tags.iter().any(|tag| self.setup.inserts(tag));
        // Of a term with markup, Hugo may take the first piece only.
        let letters =
            |text: &str| -> String { text.chars().filter(|c| c.is_alphabetic()).collect::<String>().to_lowercase() };
        let is_term = |term: &String| letters(term).starts_with(&letters(id)) || letters(id).is_empty();
        let term = self.setup.term_ids && article.open.terms.iter().any(is_term);
        let made = inserted || term || id == "TableOfContents";
        made || (list && self.setup.layouts.gather()) || self.setup.layouts.may_give(id)
    }

    fn serve(&self, site: &Site, urls: &mut Urls) {
        let mut lists: FxHashSet<String> = FxHashSet::default();
        for (index, facts) in site.facts().iter().enumerate() {
            let Some(logical) = self.setup.logical(&facts.path) else { continue };
            if in_leaf_bundle(site, &facts.path) {
                continue;
            }
            let language = logical.language.as_deref().unwrap_or("");
            let name = logical.path.to_lowercase().replace(' ', "-");
            if !name.is_empty() {
                urls.logical.entry(key(language, &format!("*/{}", name_of(&name)))).or_default().push(index);
            }
            urls.logical.entry(key(language, &name)).or_default().push(index);
            let prefix = self.setup.language(language).map_or("", |language| language.prefix.as_str());
            // The first folder is a section even without a page of its own; the home page always is.
            if let Some((section, _)) = logical.path.split_once('/') {
                lists.insert(format!("{prefix}/{}", self.setup.urlize(section)));
            }
            lists.insert(format!("{prefix}/"));
            if let Some(map) = facts.front_matter.as_ref().map(|front| &front.map) {
                for taxonomy in &self.setup.taxonomies {
                    let values = find(map, &[taxonomy])
                        .map(|entry| entry.value.as_list().unwrap_or(std::slice::from_ref(&entry.value)));
                    lists.insert(format!("{prefix}/{}", self.setup.urlize(taxonomy)));
                    for term in values.unwrap_or_default().iter().filter_map(Value::as_text) {
                        lists.insert(format!("{prefix}/{}/{}", self.setup.urlize(taxonomy), self.setup.urlize(term)));
                    }
                }
            }
            self.serve_resources(site, facts, &logical, index, urls);
        }
        for list in &lists {
            urls.add(list, Spot::Made);
            urls.name(&format!("{list}/index.xml"));
        }
        for page in site.pages().iter().filter_map(|page| page.url.as_deref()) {
            urls.name(&format!("{page}/index.xml"));
        }
        for made in [
            "/sitemap.xml",
            "/robots.txt",
            "/404.html",
            "/index.xml",
            "/index.json",
            "/manifest.json",
            "/_redirects",
            "/_headers",
        ] {
            urls.name(made);
        }
        for (address, folder) in &self.setup.statics {
            urls.serve_all(address, folder);
        }
        // Pages of adapters, which templates make, may have any name in their section.
        for path in site.tree.paths().iter().filter(|path| name_of(path) == "_content.gotmpl") {
            if let Some(logical) = self.setup.logical(path) {
                urls.open(&self.setup.urlize(directory_of(&logical.path)));
            }
        }
        if self.setup.odd_permalinks {
            urls.open("");
        }
    }

    fn link(&self, site: &Site, from: &Facts, link: &LinkFact, parts: Parts) -> Option<Verdict> {
        let absolute = target::is_web(&link.url);
        if link.form == LinkForm::Attribute || absolute {
            return Some(site.by_url(from, Asked { absolute, ..Asked::written(parts) }));
        }
        let hook = if link.embeds { self.setup.image_hook } else { self.setup.link_hook };
        Some(match hook {
            Hook::None => site.by_url(from, Asked::written(parts)),
            hook => self.through_hook(site, from, parts, hook),
        })
    }

    fn template(&self, site: &Site, from: &Facts, means: Means, value: &str, fragment: Option<&str>) -> Verdict {
        if means != Means::Ref {
            return Verdict::Unresolvable;
        }
        let parts = Parts::of(value);
        let parts = Parts { fragment: fragment.or(parts.fragment), ..parts };
        if parts.path.is_empty() {
            return site.anchor(from, &from.path, parts);
        }
        if self.setup.borrows {
            return match self.find(site, from, parts.path, true) {
                Ok(Some(index)) => site.to_page(from, index, parts),
                _ => Verdict::Unresolvable,
            };
        }
        match self.find(site, from, parts.path, true) {
            Ok(Some(index)) => site.to_page(from, index, parts),
            Err(()) => Verdict::Unresolvable,
            Ok(None) if !site.tree.is_whole() => Verdict::Unresolvable,
            Ok(None) => {
                let clean = self.logical_name(parts.path);
                let near = site.urls().logical.iter().filter(|(key, _)| key.contains(":*/")).flat_map(|(_, all)| all);
                let names = near.map(|&index| {
                    let path = &site.facts()[index].path;
                    (crate::site::names::slug_of(path).to_lowercase(), path)
                });
                let near = crate::site::suggest::nearest(name_of(&clean), names);
                let root = |path: &str| {
                    let mount =
                        self.setup.content.iter().find(|mount| path.starts_with(&format!("{}/", mount.source)))?;
                    Some(path[mount.source.len()..].to_owned())
                };
                let fragment = Parts::of(value).fragment.map(|fragment| format!("#{fragment}")).unwrap_or_default();
                let suggestion = near.and_then(|path| root(path)).map(|path| path + &fragment);
                Verdict::Missing { path: parts.path.to_owned(), suggestion }
            }
        }
    }
}

impl Hugo {
    /// The files that belong to a bundle are served below its address.
    fn serve_resources(&self, site: &Site, facts: &Facts, logical: &Logical, index: usize, urls: &mut Urls) {
        if !logical.is_bundle {
            return;
        }
        let Some(url) = site.pages()[index].url.as_deref() else { return };
        let url = url.strip_prefix(self.setup.base.as_str()).unwrap_or(url);
        urls.serve(url, directory_of(&facts.path));
    }
}
