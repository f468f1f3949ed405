//! What links lead to in Docusaurus: those to `.md` and `.mdx` files, and to files, become addresses; others are resolved as
//! addresses, and raw HTML is left as it is.
//!
//! Source of the rules: `resolveMarkdownLinkPathname` of `@docusaurus/utils`, `remark/transformImage` of its MDX loader and
//! `Link` of its core 3.10, and what it does with `fixtures/sites/docusaurus`.

use std::sync::Arc;

use super::Docusaurus;
use super::address::below;
use super::setup::Docs;
use crate::document::LinkForm;
use crate::site::resolve::{Verdict, is_article, join};
use crate::site::served::{Asked, folder_of};
use crate::site::target::{self, Parts, Route};
use crate::site::tree::{directory_of, extension_of, name_of};
use crate::site::urls::key_of;
use crate::site::{Facts, LinkFact, Site, suggest};

impl Docusaurus {
    pub fn lead(&self, site: &Site, from: &Facts, link: &LinkFact, parts: Parts) -> Verdict {
        let raw = link.form == LinkForm::Attribute;
        let rooted = parts.path.starts_with('/');
        let has_address = site.page(from).url.is_some();
        if target::is_web(&link.url) {
            let asked = Asked { absolute: true, ..Asked::written(parts) };
            return if has_address { site.by_url(from, asked) } else { site.likely(from, parts) };
        }
        if raw && !link.embeds && !rooted && !parts.path.starts_with('@') {
            return self.unresolved(site, from, parts);
        }
        if !raw && (is_article(parts.path) || link.embeds || parts.path.starts_with("@site/")) {
            return self.file(site, from, link.embeds, parts);
        }
        // A file beside the article is taken along.
        let beside = !rooted && (raw || !extension_of(name_of(parts.path)).is_empty());
        if beside || !has_address {
            return site.likely(from, parts);
        }
        // The base is put in front, unless it is there.
        let has_base =
            parts.path.strip_prefix(&*self.base).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        let based = !raw && rooted && (self.base.is_empty() || !has_base);
        site.by_url(from, Asked { based, ..Asked::written(parts) })
    }

    /// A relative address that is put out as it is. Whether a slash follows that of the page is the host's matter, unless the
    /// site puts it there.
    fn unresolved(&self, site: &Site, from: &Facts, parts: Parts) -> Verdict {
        let Some(own) = site.page(from).url.as_deref().and_then(|url| url.strip_prefix(&*self.base)) else {
            return Verdict::Unresolvable;
        };
        let served = |folder: &str| {
            let key = Route::browse(folder, parts.path).map(|route| key_of(&route)).unwrap_or_default();
            let urls = site.urls();
            urls.find(&key, &site.tree).or_else(|| urls.find_page(&key, &site.tree)).is_some() || urls.may_have(&key)
        };
        let unknown = self.slash != Some(true) && (served(folder_of(own)) || served(own));
        if unknown { Verdict::Unresolvable } else { site.by_url(from, Asked::written(parts)) }
    }

    /// The documents to which an article belongs, or the posts.
    fn set_of(&self, path: &str) -> Option<&Docs> {
        let docs = self.docs.iter().filter_map(|docs| Some((docs, below(&docs.folder, path)?)));
        let nearest = docs.min_by_key(|(_, rest)| rest.len()).map(|(docs, _)| docs);
        nearest.or_else(|| self.blog.as_ref().filter(|blog| below(&blog.folder, path).is_some()))
    }

    fn file(&self, site: &Site, from: &Facts, embeds: bool, parts: Parts) -> Verdict {
        let path = parts.path;
        let own = directory_of(&from.path);
        let set = self.set_of(&from.path).filter(|_| self.known);
        let (path, bases): (&str, Vec<String>) = if let Some(rest) = path.strip_prefix("@site/") {
            (rest, vec![self.folder.clone()])
        } else if embeds {
            let base = if path.starts_with('/') { join(&self.folder, "static") } else { own.to_owned() };
            (path, vec![base])
        } else if path.starts_with("./") || path.starts_with("../") {
            (path, vec![own.to_owned()])
        } else if let Some(set) = set {
            (path, vec![own.to_owned(), set.folder.clone(), self.folder.clone()])
        } else {
            // The content folder, which the configuration names, is one of the folders above, or the site's.
            let ancestors = std::iter::successors(Some(own), |d| (!d.is_empty()).then(|| directory_of(d)));
            (path, ancestors.map(str::to_owned).chain([self.folder.clone(), join(&self.folder, "docs")]).collect())
        };
        for base in &bases {
            let Some(route) = Route::walk(base, path) else { continue };
            let Some(file) = site.tree.file(&route.path()) else { continue };
            return match (set.filter(|_| is_article(file)), site.by_path.get(file)) {
                // From the site's root it is taken along as it is.
                (Some(set), _) if !self.takes(set, file) && path.len() < parts.path.len() => {
                    Verdict::Exact { target: Arc::clone(file) }
                }
                (Some(set), _) if !self.takes(set, file) => self.left_alone(site, from, file, parts),
                (Some(_), Some(&index)) => site.to_page(from, index, parts),
                _ => site.anchor(from, &Arc::clone(file), parts),
            };
        }
        let part_of_a_page = from.path.split('/').any(|segment| segment.starts_with('_'));
        let translated = from.path.split('/').any(|segment| segment == "i18n");
        let route = bases.first().and_then(|base| Route::walk(base, path));
        let Some(route) = route else { return Verdict::Unresolvable };
        if part_of_a_page || translated || is_numbered(site, &route) {
            return Verdict::Unresolvable;
        }
        match (embeds, path.starts_with('/')) {
            // Other folders than `static` may be served, but not if its own folder is one of `static`.
            (true, true) if !site.tree.has_directory(directory_of(&route.path())) => Verdict::Unresolvable,
            (false, true) => Verdict::Unresolvable,
            _ if path.len() == parts.path.len() => site.missing_unless_made(from, parts, &bases),
            _ => Verdict::Missing { path: route.path(), suggestion: None },
        }
    }

    /// Whether links from an article of a set become addresses if they lead to a file: one of another set, or a part of a
    /// page, is none to it.
    fn takes(&self, set: &Docs, file: &str) -> bool {
        let same = self.set_of(file).is_some_and(|other| other.folder == set.folder);
        same && !file.split('/').any(|segment| segment.starts_with('_'))
    }

    /// A link to a file that does not become an address. The page may be meant that is made of it.
    fn left_alone(&self, site: &Site, from: &Facts, file: &str, parts: Parts) -> Verdict {
        match site.by_url(from, Asked::written(parts)) {
            Verdict::Missing { path, .. } => {
                let url = site.at(file).and_then(|facts| site.page(facts).url.as_deref()?.strip_prefix(&*self.base));
                Verdict::Missing { path, suggestion: url.map(target::encode) }
            }
            verdict => verdict,
        }
    }
}

/// Whether a file of the route's directory has its name but for a number in front (`01-intro.md`).
fn is_numbered(site: &Site, route: &Route) -> bool {
    let path = route.path();
    let bare = |name: &str| name.trim_start_matches(|c: char| c.is_ascii_digit() || " -_.".contains(c)).to_owned();
    site.tree
        .below(directory_of(&path))
        .iter()
        .take(suggest::BOUND)
        .any(|file| directory_of(file) == directory_of(&path) && bare(name_of(file)) == bare(route.name()))
}
