//! Zola: pages by their files' paths, `slug` and `path`; `@/` links lead to files, all others are put out as written.
//!
//! Source of the rules: Zola's documentation.

use std::sync::Arc;

use super::config::{self, Reader};
use super::hugo::base_path;
use super::layouts::Layouts;
use super::permalink::slugify;
use super::{Engine, each, is_same, page};
use crate::document::LinkForm;
use crate::document::front_matter::{Data, Map, Value};
use crate::site::page::{Alias, Page, addresses, find};
use crate::site::resolve::{Verdict, join};
use crate::site::served::Asked;
use crate::site::slug::{self, HeadingIds};
use crate::site::target::{self, Parts, Route};
use crate::site::tree::{directory_of, name_of, stem_of};
use crate::site::urls::{Spot, Urls};
use crate::site::{Facts, LinkFact, Site, suggest};

/// How Zola is set up.
#[derive(Debug, Default)]
pub(super) struct Zola {
    folder: String,
    content: String,
    base: String,
    default_language: String,
    languages: Vec<String>,
    taxonomies: Vec<String>,
    /// Whether paths are made into plain letters (`on`), or kept as far as they are safe.
    slugs: bool,
    themed: bool,
    anchors: slug::Zola,
    layouts: Layouts,
}

impl Zola {
    pub fn read(reader: &Reader) -> Self {
        let map = reader.first_map(&["config.toml", "zola.toml"]).unwrap_or_default();
        let languages = config::get(&map, &["languages"]).and_then(Value::as_map);
        let taxonomies = config::get(&map, &["taxonomies"]).and_then(Value::as_list).unwrap_or_default();
        let name = |value: &Value| config::text(value.as_map()?, &["name"]).map(str::to_owned);
        let mut layouts = Layouts::default();
        let theme = config::text(&map, &["theme"]);
        let themes = theme.iter().map(|theme| format!("themes/{theme}/templates"));
        for folder in std::iter::once("templates".to_owned()).chain(themes) {
            let folder = join(reader.folder, &folder);
            if !reader.tree.has_directory(&folder) && folder.contains("themes/") {
                layouts = Layouts::unknown();
            }
            layouts.add(reader, &folder, ".content", |path| path.ends_with(".html"));
        }
        if layouts.are_unread() {
            layouts = Layouts::unknown();
        }
        Self {
            folder: reader.folder.to_owned(),
            content: join(reader.folder, "content"),
            base: base_path(config::text(&map, &["base_url"]).unwrap_or("")),
            default_language: config::text(&map, &["default_language"]).unwrap_or("en").to_owned(),
            languages: languages.iter().flat_map(|map| &map.entries).map(|entry| entry.key.clone()).collect(),
            taxonomies: taxonomies.iter().filter_map(name).collect(),
            slugs: config::text(&map, &["slugify", "paths"]).is_none_or(|mode| mode == "on"),
            themed: theme.is_some(),
            anchors: match config::text(&map, &["slugify", "anchors"]) {
                None | Some("on") => slug::Zola::On,
                Some(_) => slug::Zola::Other,
            },
            layouts,
        }
    }

    fn slug(&self, text: &str) -> Option<String> {
        if self.slugs { slugify(text) } else { Some(text.trim().replace(' ', "_")) }
    }

    /// The path of a file below the content folder, without its language, and the language.
    fn inner<'p>(&self, path: &'p str) -> Option<(&'p str, &'p str, Option<&'p str>)> {
        let rest =
            if self.content.is_empty() { path } else { path.strip_prefix(self.content.as_str())?.strip_prefix('/')? };
        let stem = stem_of(name_of(rest));
        let (stem, language) = match stem.rsplit_once('.') {
            Some((stem, code)) if self.languages.iter().any(|known| known == code) => (stem, Some(code)),
            _ => (stem, None),
        };
        Some((directory_of(rest), stem, language))
    }

    fn make(&self, site: &Site, facts: &Facts) -> Page {
        let mut made = page(site, facts);
        let Some((folder, stem, language)) = self.inner(&facts.path) else { return Page::default() };
        let map = facts.front_matter.as_ref().map(|front| &front.map);
        if !self.languages.is_empty() {
            made.language = Some(language.unwrap_or(&self.default_language).into());
        }
        let prefix = language.map_or(String::new(), |code| format!("/{code}"));
        made.aliases = map
            .iter()
            .flat_map(|map| addresses(map, &["aliases"]))
            .map(|(alias, span)| Alias { url: format!("{}/{}", self.base, alias.trim_start_matches('/')), span })
            .collect();
        let renders =
            map.and_then(|map| find(map, &["render"])).is_none_or(|entry| entry.value.data != Data::Bool(false));
        if renders {
            made.url = self.address(folder, stem, map).map(|url| format!("{}{prefix}{url}", self.base));
            // Pages are written after the redirects, and so over one at their own address.
            made.aliases.retain(|alias| !made.url.as_deref().is_some_and(|url| is_same(url, &alias.url)));
        }
        made
    }

    fn address(&self, folder: &str, stem: &str, map: Option<&Map>) -> Option<String> {
        let text = |key: &str| map.and_then(|map| find(map, &[key])?.value.as_text());
        let folders = |folder: &str| {
            folder.split('/').filter(|part| !part.is_empty()).map(|part| self.slug(part)).collect::<Option<Vec<_>>>()
        };
        if stem == "_index" {
            let path = folders(folder)?.join("/");
            return Some(if path.is_empty() { "/".to_owned() } else { format!("/{path}/") });
        }
        if let Some(path) = text("path") {
            return Some(format!("/{}/", path.trim_matches('/')));
        }
        let (folder, name) = if stem == "index" { (directory_of(folder), name_of(folder)) } else { (folder, stem) };
        let slug = match text("slug") {
            Some(slug) => self.slug(slug)?,
            None => self.slug(undated(name))?,
        };
        let mut path = folders(folder)?;
        path.push(slug);
        Some(format!("/{}/", path.join("/")))
    }
}

/// A name without the date in front of it, which an underscore may follow too.
fn undated(name: &str) -> &str {
    let plain = super::eleventy::undated(name);
    if plain != name {
        return plain;
    }
    let dated = name.as_bytes().get(10) == Some(&b'_')
        && super::eleventy::undated(&name.replacen('_', "-", 1)).len() + 11 == name.len();
    if dated { &name[11..] } else { name }
}

/// Whether Zola may give an id to something else than a heading: a footnote, the end of a summary.
fn is_made(id: &str) -> bool {
    id == "continue-reading" || id.starts_with("fr-") || id.bytes().all(|byte| byte.is_ascii_digit())
}

impl Engine for Zola {
    fn pages(&self, site: &Site) -> Vec<Page> {
        each(site, |facts| self.make(site, facts))
    }

    fn base(&self) -> &str {
        &self.base
    }

    fn is_certain(&self) -> bool {
        true
    }

    fn heading_ids(&self, _article: &Facts) -> HeadingIds {
        HeadingIds::Zola(self.anchors)
    }

    fn may_give(&self, _site: &Site, article: &Facts, id: &str) -> bool {
        let section = name_of(&article.path).starts_with("_index.");
        article.open.any() || (section && self.layouts.gather()) || is_made(id) || self.layouts.may_give(id)
    }

    fn serve(&self, site: &Site, urls: &mut Urls) {
        for (facts, page) in site.facts().iter().zip(site.pages()) {
            let Some((_, stem, language)) = self.inner(&facts.path) else { continue };
            let Some(url) = page.url.as_deref() else { continue };
            let url = url.strip_prefix(self.base.as_str()).unwrap_or(url);
            if matches!(stem, "index" | "_index") {
                urls.serve(url, directory_of(&facts.path));
            }
            let map = facts.front_matter.as_ref().map(|front| &front.map);
            let prefix = language.map_or(String::new(), |code| format!("/{code}"));
            let taxonomies = map.and_then(|map| map.get("taxonomies")?.as_map());
            for entry in
                taxonomies.iter().flat_map(|map| &map.entries).filter(|entry| self.taxonomies.contains(&entry.key))
            {
                urls.add(&format!("{prefix}/{}", entry.key), Spot::Made);
                for term in entry.value.as_list().unwrap_or_default().iter().filter_map(Value::as_text) {
                    match self.slug(term) {
                        Some(term) => urls.add(&format!("{prefix}/{}/{term}", entry.key), Spot::Made),
                        None => urls.open(&format!("{prefix}/{}", entry.key)),
                    }
                }
            }
            for feed in ["atom.xml", "rss.xml"] {
                urls.name(&format!("{url}{feed}"));
            }
        }
        // The home page and sections in which there are pages but none of their own are not made but for the first.
        urls.add("/", Spot::Made);
        for made in [
            "/atom.xml",
            "/rss.xml",
            "/sitemap.xml",
            "/robots.txt",
            "/404.html",
            "/elasticlunr.min.js",
            "/search_index.en.js",
        ] {
            urls.name(made);
        }
        for path in site
            .tree
            .below(&join(&self.folder, "sass"))
            .iter()
            .filter(|path| path.ends_with(".scss") || path.ends_with(".sass"))
        {
            let inner = path[join(&self.folder, "sass").len()..].trim_start_matches('/');
            urls.add(&format!("{}.css", &inner[..inner.len() - 5]), Spot::File(path.clone()));
        }
        urls.serve_all("", &join(&self.folder, "static"));
        for path in site.tree.below(&join(&self.folder, "themes")) {
            if let Some((theme, _)) = path.split_once("/static/") {
                urls.serve_all("", &format!("{theme}/static"));
            }
        }
        if self.themed && site.tree.below(&join(&self.folder, "themes")).is_empty() {
            for folder in ["/css", "/js", "/img", "/images", "/fonts"] {
                urls.open(folder);
            }
        }
    }

    fn link(&self, site: &Site, from: &Facts, link: &LinkFact, parts: Parts) -> Option<Verdict> {
        let Some(path) = parts.path.strip_prefix("@/").filter(|_| link.form != LinkForm::Attribute) else {
            site.page(from).url.as_ref()?;
            let absolute = target::is_web(&link.url);
            return Some(site.by_url(from, Asked { absolute, ..Asked::written(parts) }));
        };
        let route = Route::walk(&self.content, path)?;
        if let Some(file) = site.tree.file(&route.path()) {
            return Some(match site.by_path.get(file).copied() {
                // Zola itself looks for the place in what became of the text, whatever layouts add.
                Some(index) => match site.to_page(from, index, Parts { fragment: None, ..parts }) {
                    Verdict::Exact { target } if !parts.fragment.is_some_and(is_made) => {
                        site.anchor_in_text(from, &target, parts)
                    }
                    verdict => verdict,
                },
                None => site.anchor(from, &Arc::clone(file), parts),
            });
        }
        if !site.tree.lacks(&route.path()) {
            return Some(Verdict::Unresolvable);
        }
        let suggestion = suggest::path(site, &route.path())
            .and_then(|file| Some(format!("@/{}", target::encode(file.strip_prefix(&format!("{}/", self.content))?))));
        Some(Verdict::Missing { path: route.path(), suggestion })
    }
}
