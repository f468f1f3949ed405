//! Eleventy: every template below the input folder is a page, where its `permalink` says, else where its file stands.
//!
//! Source of the rules: the documentation of Eleventy 3, and its `TemplatePermalink` and `TemplateFileSlug`.

mod setup;

use rayon::prelude::*;
use rustc_hash::FxHashSet;
pub(super) use setup::Eleventy;
use setup::{Given, TEMPLATES, given, is_template};

use super::config;
use super::infer::{FEW, Named, infer};
use super::permalink::{Pattern, Values, day_of};
use super::{Engine, each, page};
use crate::document::LinkForm;
use crate::document::front_matter::Map;
use crate::site::page::Page;
use crate::site::resolve::{Verdict, is_article, join};
use crate::site::served::Asked;
use crate::site::slug::HeadingIds;
use crate::site::target::{Parts, Route};
use crate::site::tree::{directory_of, extension_of, name_of, stem_of};
use crate::site::urls::{Spot, Urls};
use crate::site::{Facts, LinkFact, Site};

impl Eleventy {
    /// The permalink of the article at `path`, the nearest data first.
    fn given(&self, path: &str, map: Option<&Map>) -> Given {
        let own = map.map_or(Given::No, given);
        if own == Given::No && self.scripted.contains(path) {
            return Given::Script;
        }
        if own != Given::No {
            return own;
        }
        let mut folder = directory_of(path);
        loop {
            if let Some(given) = self.data.get(folder) {
                return given.clone();
            }
            if folder == self.input || folder.is_empty() {
                return Given::No;
            }
            folder = directory_of(folder);
        }
    }

    /// The page of a template and, if its address is not known, whether a script makes it.
    fn address(&self, path: &str, map: Option<&Map>) -> (Option<String>, bool) {
        if !self.is_page(path) || !(path.starts_with(&self.input)) {
            return (None, false);
        }
        match self.given(path, map) {
            Given::Off => (None, false),
            Given::Script => (None, true),
            Given::No => (Some(format!("{}{}", self.base, self.default_address(path))), false),
            Given::Text(text) => {
                let values = Values { stem: self.stem(path), map, path };
                (
                    Pattern::liquid(&text)
                        .evaluate(&values)
                        .map(|address| format!("{}{}", self.base, as_address(&address))),
                    false,
                )
            }
        }
    }

    /// The path of a file below the input folder, without its extension.
    fn stem(&self, path: &str) -> String {
        let path = path.get(self.input.len()..).unwrap_or(path).trim_start_matches('/');
        let name = name_of(path);
        let stem =
            TEMPLATES.iter().find_map(|e| name.strip_suffix(e)?.strip_suffix('.')).unwrap_or_else(|| stem_of(name));
        join(directory_of(path), stem)
    }

    fn default_address(&self, path: &str) -> String {
        let stem = self.stem(path);
        // `a/a.md` is the page of its folder, as `a/index.md` is.
        let (parent, name) = (directory_of(&stem), name_of(&stem));
        let own = name == "index" || (!parent.is_empty() && name == name_of(parent));
        let folder = if own { parent } else { &stem };
        if folder.is_empty() { "/".to_owned() } else { format!("/{folder}/") }
    }
}

/// A file name without the date in front of it.
pub(super) fn undated(stem: &str) -> &str {
    let digits = |range: std::ops::Range<usize>| {
        stem.as_bytes().get(range).is_some_and(|part| part.iter().all(u8::is_ascii_digit))
    };
    let dash = |at: usize| stem.as_bytes().get(at) == Some(&b'-');
    let dated = digits(0..4) && dash(4) && digits(5..7) && dash(7) && digits(8..10) && dash(10) && stem.len() > 11;
    if dated { &stem[11..] } else { stem }
}

/// The address that a permalink comes to.
fn as_address(permalink: &str) -> String {
    let path = permalink.trim_start_matches('/');
    let path = path.strip_suffix("index.html").filter(|rest| rest.is_empty() || rest.ends_with('/')).unwrap_or(path);
    format!("/{path}")
}

impl Engine for Eleventy {
    fn pages(&self, site: &Site) -> Vec<Page> {
        let mut pages = each(site, |facts| {
            let map = facts.front_matter.as_ref().map(|front| &front.map);
            let language = map.and_then(|map| config::text(map, &["lang"])).map(Into::into);
            Page { url: self.address(&facts.path, map).0, language, ..page(site, facts) }
        });
        self.infer(site, &mut pages);
        pages
    }

    fn base(&self) -> &str {
        &self.base
    }

    fn heading_ids(&self, _article: &Facts) -> HeadingIds {
        if self.without_ids { HeadingIds::None } else { HeadingIds::Unknown }
    }

    fn serve(&self, site: &Site, urls: &mut Urls) {
        for (path, given) in &self.templates {
            if let Given::Text(text) = given {
                let known = text.split(['{', '%']).next().unwrap_or("");
                if text.contains("{{") || text.contains("{%") {
                    let folder = if known.ends_with('/') { known } else { directory_of(known) };
                    if !folder.trim_matches('/').is_empty() {
                        urls.open(folder);
                    }
                } else {
                    urls.add(&as_address(text), Spot::File(path.as_str().into()));
                }
            } else if *given == Given::No {
                urls.add(&self.default_address(path), Spot::File(path.as_str().into()));
            }
        }
        // A template or data may make pages under its own name.
        let named = site.tree.paths().par_iter().with_min_len(FEW).filter_map(|path| may_be_named_after(path));
        let names: FxHashSet<&str> = named.collect::<Vec<_>>().into_iter().collect();
        for name in names.into_iter().filter(|name| !matches!(*name, "" | "index" | "package" | "package-lock")) {
            urls.open(name);
            urls.open(&format!("{name}s"));
            name.strip_suffix('s').into_iter().for_each(|one| urls.open(one));
        }
        let articles = site.facts().par_iter().zip(site.pages()).with_min_len(FEW);
        let told: Vec<Told> = articles.flat_map_iter(|(facts, page)| self.told(facts, page)).collect();
        for told in told {
            match told {
                Told::Folder(folder) => urls.open(&folder),
                Told::Address(path) => urls.name(path),
            }
        }
        self.declared.iter().for_each(|address| urls.name(address));
        if self.unread {
            urls.open_at_the_top();
        }
        self.copied.iter().for_each(|(address, path)| urls.serve_all(address, path));
        for folder in
            [self.input.as_str(), &join(&self.input, "public"), &join(&self.input, "static"), "public", "static", ""]
        {
            if self.copies_known {
                urls.doubt(folder);
            } else {
                urls.serve("", folder);
            }
        }
        // READMEs are pages too, though no articles to us.
        for path in site.tree.below(&self.input).iter().filter(|path| is_article(name_of(path)) && self.is_page(path)) {
            if site.at(path).is_none() {
                urls.add(&self.default_address(path), Spot::File(path.clone()));
            }
        }
    }

    fn link(&self, site: &Site, from: &Facts, link: &LinkFact, parts: Parts) -> Option<Verdict> {
        site.page(from).url.as_ref()?;
        let file = is_article(parts.path) || is_template(parts.path);
        if file && link.form != LinkForm::Attribute {
            let route = Route::walk(directory_of(&from.path), parts.path)?;
            let there = !parts.path.starts_with('/') && site.tree.file(&route.path()).is_some();
            if self.links_by_path && there {
                return None;
            }
        }
        let absolute = crate::site::target::is_web(&link.url);
        let verdict = site.by_url(from, Asked { absolute, ..Asked::written(parts) });
        if link.embeds && matches!(verdict, Verdict::Missing { .. }) {
            // A plugin may take images from beside the article.
            let beside = Route::walk(directory_of(&from.path), parts.path)?;
            if site.tree.file(&beside.path()).is_some() {
                return Some(Verdict::Unresolvable);
            }
        }
        Some(verdict)
    }
}

/// What an article tells of the addresses that there are, besides its own.
enum Told<'a> {
    /// Something may stand in it.
    Folder(String),
    /// Something may stand there.
    Address(&'a str),
}

/// What a page is called that the template or the data at `path` may make.
fn may_be_named_after(path: &str) -> Option<&str> {
    let name = name_of(path);
    let data = matches!(extension_of(name), "json" | "yml" | "yaml" | "toml") || name.ends_with("data.js");
    let makes = is_template(name) || (data && path.contains('/'));
    makes.then(|| name.split('.').next().unwrap_or(name).trim_start_matches('_'))
}

impl Eleventy {
    /// What an article tells of addresses: by its permalink if its own is not known, and in its front matter.
    fn told<'a>(&self, facts: &'a Facts, page: &Page) -> Vec<Told<'a>> {
        let map = facts.front_matter.as_ref().map(|front| &front.map);
        let mut told = Vec::new();
        if page.url.is_none()
            && let Given::Text(text) = self.given(&facts.path, map)
        {
            let known = text.split(['{', '%']).next().unwrap_or("");
            if !known.trim_matches('/').is_empty() {
                told.push(Told::Folder(directory_of(known.trim_start_matches('/')).to_owned()));
            }
        }
        for value in map.iter().flat_map(|map| &map.entries).map(|entry| &entry.value) {
            let values = value.as_list().unwrap_or(std::slice::from_ref(value));
            let addresses = values.iter().filter_map(|value| value.as_text()).filter(|text| text.starts_with('/'));
            told.extend(addresses.map(|address| Told::Address(Parts::of(address).path)));
        }
        told
    }

    /// Of articles whose addresses a script makes, finds them by what the site's own links lead to: the one usual form
    /// that fits.
    fn infer(&self, site: &Site, pages: &mut [Page]) {
        let is_unknown = |(page, facts): (&Page, &Facts)| {
            let map = facts.front_matter.as_ref().map(|front| &front.map);
            page.url.is_none() && self.address(&facts.path, map).1
        };
        let unknown: Vec<bool> = pages.par_iter().zip(site.facts()).with_min_len(FEW).map(is_unknown).collect();
        let unknown: Vec<usize> = (0..pages.len()).filter(|&index| unknown[index]).collect();
        infer(site, pages, &unknown, USUAL, |facts| {
            let map = facts.front_matter.as_ref().map(|front| &front.map);
            Some(Named {
                slug: undated(stem_of(name_of(&facts.path))).into(),
                folder: name_of(directory_of(&facts.path)),
                day: day_of(map, &facts.path),
            })
        });
    }
}

/// Forms of addresses that scripts often make.
const USUAL: &[&str] = &[
    "/%Y/%m/%d/:slug/",
    "/%Y/%m/:slug/",
    "/%Y/:slug/",
    "/blog/:slug/",
    "/blog/%Y/%m/%d/:slug/",
    "/:folder/:slug/",
    "/:slug/",
];
