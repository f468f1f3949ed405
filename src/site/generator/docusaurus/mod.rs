//! Docusaurus: documents by folder, id and `slug`, without the numbers in front of their names; posts by date; pages.
//!
//! Source of the rules: `@docusaurus/plugin-content-docs` (`slug.ts`, `numberPrefix.ts`) and `-blog` (`blogUtils.ts`) 3.

mod address;
mod links;
mod setup;

use address::{below, document, is_folder, plain, post};
use setup::Docs;
pub(super) use setup::Docusaurus;

use super::{Engine, each, page};
use crate::site::page::Page;
use crate::site::resolve::{Verdict, is_article, join};
use crate::site::slug::HeadingIds;
use crate::site::target::Parts;
use crate::site::tree::extension_of;
use crate::site::urls::{Spot, Urls};
use crate::site::{Facts, LinkFact, Site};

impl Docusaurus {
    fn make(&self, site: &Site, facts: &Facts, routes: &[Option<String>]) -> Page {
        let mut made = page(site, facts);
        let path = &*facts.path;
        if path.split('/').any(|part| part.starts_with('_')) {
            return made;
        }
        let map = facts.front_matter.as_ref().map(|front| &front.map);
        if let Some(rest) = below(&join(&self.folder, "i18n"), path) {
            made.language = rest.split('/').next().map(Into::into);
            return made;
        }
        if !self.locales.is_empty() {
            made.language = Some(self.default_locale.as_str().into());
        }
        let docs =
            self.docs.iter().zip(routes).filter_map(|(docs, route)| Some((docs, route, below(&docs.folder, path)?)));
        let url = if let Some((_, route, rest)) = docs.min_by_key(|(_, _, rest)| rest.len()) {
            route.as_ref().map(|route| format!("/{}", join(route, &document(rest, map))))
        } else if let Some((blog, rest)) = self.blog.as_ref().and_then(|blog| Some((blog, below(&blog.folder, path)?)))
        {
            Some(format!("/{}", join(blog.route.as_deref().unwrap_or("blog"), &post(rest, map))))
        } else {
            below(&join(&self.folder, "src/pages"), path).map(plain)
        };
        let slash = if self.slash.unwrap_or_else(|| is_folder(path, map)) { "/" } else { "" };
        made.url = url.map(|url| match url.trim_end_matches('/') {
            "" => format!("{}/", self.base),
            url => format!("{}{url}{slash}", self.base),
        });
        made
    }

    /// Where the documents are served, found by the links of the site where the configuration cannot be read.
    fn routes(&self, site: &Site) -> Vec<Option<String>> {
        let found = |docs: &Docs| {
            let asked = site.asked();
            let addresses: Vec<String> = site
                .facts()
                .iter()
                .filter_map(|facts| {
                    Some(document(
                        below(&docs.folder, &facts.path)?,
                        facts.front_matter.as_ref().map(|front| &front.map),
                    ))
                })
                .collect();
            let hits = |route: &&str| addresses.iter().filter(|own| asked.contains_key(&join(route, own))).count();
            let (plain, docs) = (hits(&""), hits(&"docs"));
            (plain.max(docs) >= 3 && plain != docs)
                .then(|| if plain > docs { String::new() } else { "docs".to_owned() })
        };
        self.docs.iter().map(|docs| docs.route.clone().or_else(|| found(docs))).collect()
    }
}

impl Engine for Docusaurus {
    fn pages(&self, site: &Site) -> Vec<Page> {
        let routes = self.routes(site);
        each(site, |facts| self.make(site, facts, &routes))
    }

    fn base(&self) -> &str {
        &self.base
    }

    fn heading_ids(&self, _article: &Facts) -> HeadingIds {
        HeadingIds::Docusaurus
    }

    fn may_give(&self, _site: &Site, article: &Facts, _id: &str) -> bool {
        article.open.any()
    }

    fn is_certain(&self) -> bool {
        self.certain
    }

    fn serve(&self, site: &Site, urls: &mut Urls) {
        let pages = join(&self.folder, "src/pages");
        for path in
            site.tree.below(&pages).iter().filter(|path| matches!(extension_of(path), "js" | "jsx" | "ts" | "tsx"))
        {
            let rest = &path[pages.len() + 1..];
            if !rest.split('/').any(|part| part.starts_with('_')) {
                urls.add(&plain(rest), Spot::File(path.clone()));
            }
        }
        for docs in &self.docs {
            let route = docs.route.as_deref().unwrap_or("");
            for list in ["category", "tags", "next"] {
                urls.open(&join(route, list));
            }
            self.named.iter().for_each(|slug| urls.name(&join(route, slug.trim_matches('/'))));
            // READMEs are pages too, though no articles to us.
            let files = site.tree.below(&docs.folder).iter().filter(|path| is_article(path) && site.at(path).is_none());
            for path in files.filter_map(|path| below(&docs.folder, path)) {
                urls.name(&join(route, &document(path, None)));
            }
            // A folder whose documents have no index is no page, unless its category is one.
            if let Some(route) = &docs.route {
                urls.name(route);
            }
        }
        if !self.known {
            urls.open("/blog");
            urls.open("/docs");
        }
        if let Some(blog) = &self.blog {
            let route = blog.route.as_deref().unwrap_or("blog");
            if site.tree.has_directory(&blog.folder) {
                urls.add(route, Spot::Made);
            }
            for list in ["tags", "authors", "archive", "page", "rss.xml", "atom.xml"] {
                urls.open(&join(route, list));
            }
        }
        for versions in ["versioned_docs", "versions.json"] {
            let path = join(&self.folder, versions);
            if site.tree.has_directory(&path) || site.tree.file(&path).is_some() {
                self.docs.iter().for_each(|docs| urls.open(docs.route.as_deref().unwrap_or("")));
            }
        }
        self.locales.iter().filter(|locale| **locale != self.default_locale).for_each(|locale| urls.open(locale));
        for made in ["/sitemap.xml", "/404.html", "/search"] {
            urls.name(made);
        }
        self.redirects.iter().for_each(|redirect| urls.redirect(redirect));
        urls.serve_all("", &join(&self.folder, "static"));
    }

    fn link(&self, site: &Site, from: &Facts, link: &LinkFact, parts: Parts) -> Option<Verdict> {
        Some(self.lead(site, from, link, parts))
    }
}
