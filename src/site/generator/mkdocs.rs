//! MkDocs: every Markdown file of the docs folder is a page; links in Markdown lead to files, raw HTML is left alone.
//!
//! Source of the rules: MkDocs 1.6's documentation, "Writing your docs" and "Configuration".

use std::sync::Arc;

use super::config::{self, Reader};
use super::hugo::base_path;
use super::layouts::Layouts;
use super::{Engine, each, page};
use crate::document::LinkForm;
use crate::document::front_matter::{Data, Map, Value};
use crate::site::page::Page;
use crate::site::resolve::{Verdict, is_article, join};
use crate::site::served::Asked;
use crate::site::slug::{HeadingIds, Toc};
use crate::site::target::{self, Parts, Route};
use crate::site::tree::{directory_of, extension_of, name_of, stem_of};
use crate::site::urls::Urls;
use crate::site::{Facts, LinkFact, Site, suggest};

/// Plugins that make no pages and change no addresses.
const HARMLESS: &[&str] =
    &["search", "minify", "git-revision-date-localized", "git-revision-date", "glightbox", "social", "autorefs"];

/// How MkDocs is set up.
#[derive(Debug, Default)]
pub(super) struct MkDocs {
    docs: String,
    base: String,
    folders: bool,
    certain: bool,
    ids: HeadingIds,
    layouts: Layouts,
}

/// Ids in the themes that come with MkDocs, and in Material.
const OF_THEMES: &[&str] = &[
    "404-page-not-found",
    "hljs-dark",
    "hljs-light",
    "keyboardModalLabel",
    "main-content",
    "mkdocs-search-query",
    "mkdocs-search-results",
    "mkdocs_keyboard_modal",
    "mkdocs_search_modal",
    "navbar-collapse",
    "searchModalLabel",
    "theme-menu",
    "toc-collapse",
    "content_search",
    "search",
];

/// The ids of headings by the extension `toc`, which is always on.
fn heading_ids(map: &Map) -> HeadingIds {
    let extensions = config::get(map, &["markdown_extensions"]).map(|value| &value.data);
    let options = |name: &str| -> Option<Option<&Map>> {
        match extensions {
            Some(Data::List(items)) => items.iter().find_map(|item| match &item.data {
                Data::String(one) if one == name => Some(None),
                Data::Map(map) => map.get(name).map(Value::as_map),
                _ => None,
            }),
            Some(Data::Map(map)) => map.get(name).map(Value::as_map),
            _ => None,
        }
    };
    let on = |name: &str| options(name).is_some() || options(&format!("markdown.extensions.{name}")).is_some();
    let toc = options("toc").or_else(|| options("markdown.extensions.toc")).flatten();
    let odd = toc.is_some_and(|toc| ["slugify", "marker", "baselevel"].iter().any(|key| toc.get(key).is_some()));
    let separator = toc.and_then(|toc| config::text(toc, &["separator"])).unwrap_or("-");
    match separator.chars().next().filter(|c| separator.len() == 1 && (*c == '-' || *c == '_')) {
        Some(separator) if !odd => {
            HeadingIds::Toc(Toc { separator, attributes: ["attr_list", "extra", "pymdownx.extra"].into_iter().any(on) })
        }
        _ => HeadingIds::Unknown,
    }
}

impl MkDocs {
    pub fn read(reader: &Reader) -> Self {
        let map = reader.first_map(&["mkdocs.yml", "mkdocs.yaml", "properdocs.yml"]);
        let certain = map.is_some();
        let map = map.unwrap_or_default();
        let docs = config::text(&map, &["docs_dir"]).unwrap_or("docs").trim_start_matches("./").trim_matches('/');
        let mut layouts = Layouts::default();
        let theme = config::text(&map, &["theme", "name"]).or_else(|| config::text(&map, &["theme"]));
        match theme.unwrap_or("mkdocs") {
            "mkdocs" | "readthedocs" | "material" => layouts.name(OF_THEMES),
            _ => layouts = Layouts::unknown(),
        }
        if let Some(folder) = config::text(&map, &["theme", "custom_dir"]) {
            let folder = join(reader.folder, folder.trim_start_matches("./").trim_matches('/'));
            layouts.add(reader, &folder, "page.content", |path| path.ends_with(".html"));
            if layouts.are_unread() {
                layouts = Layouts::unknown();
            }
        }
        let harmless = |name: &str| HARMLESS.contains(&name.rsplit('/').next().unwrap_or(name));
        let plugins = match config::get(&map, &["plugins"]).map(|value| &value.data) {
            Some(Data::List(items)) => items.iter().all(|item| match &item.data {
                Data::String(name) => harmless(name),
                Data::Map(map) => map.entries.iter().all(|entry| harmless(&entry.key)),
                _ => false,
            }),
            Some(Data::Map(map)) => map.entries.iter().all(|entry| harmless(&entry.key)),
            _ => true,
        };
        Self {
            docs: if docs == "." { reader.folder.to_owned() } else { join(reader.folder, docs) },
            base: base_path(config::text(&map, &["site_url"]).unwrap_or("")),
            ids: heading_ids(&map),
            layouts,
            folders: config::flag(&map, &["use_directory_urls"]).unwrap_or(true),
            certain: certain && plugins && config::get(&map, &["hooks"]).is_none(),
        }
    }

    fn make(&self, site: &Site, facts: &Facts) -> Page {
        let made = page(site, facts);
        let inside = if self.docs.is_empty() {
            Some(&*facts.path)
        } else {
            facts.path.strip_prefix(self.docs.as_str()).and_then(|rest| rest.strip_prefix('/'))
        };
        let Some(inner) = inside.filter(|inner| is_article(inner)) else { return made };
        let (folder, stem) = (directory_of(inner), stem_of(name_of(inner)));
        let url = match stem {
            "index" | "README" if folder.is_empty() => "/".to_owned(),
            "index" | "README" => format!("/{folder}/"),
            _ if self.folders => format!("/{}/", join(folder, stem)),
            _ => format!("/{}.html", join(folder, stem)),
        };
        Page { url: Some(format!("{}{url}", self.base)), ..made }
    }
}

impl Engine for MkDocs {
    fn pages(&self, site: &Site) -> Vec<Page> {
        each(site, |facts| self.make(site, facts))
    }

    fn base(&self) -> &str {
        &self.base
    }

    fn is_certain(&self) -> bool {
        self.certain
    }

    fn heading_ids(&self, _article: &Facts) -> HeadingIds {
        self.ids.clone()
    }

    fn may_give(&self, _site: &Site, article: &Facts, id: &str) -> bool {
        let unread = article.open.any() || article.open.cramped || article.open.inserts;
        // Material's own begin with two underscores.
        unread || !self.certain || id.starts_with("__") || self.layouts.may_give(id)
    }

    fn serve(&self, site: &Site, urls: &mut Urls) {
        // READMEs are pages too, though no articles to us.
        for path in
            site.tree.below(&self.docs).iter().filter(|path| is_article(name_of(path)) && site.at(path).is_none())
        {
            let inner = path[self.docs.len()..].trim_start_matches('/');
            urls.name(&join(directory_of(inner), stem_of(name_of(inner))));
            urls.name(directory_of(inner));
        }
        for made in ["/sitemap.xml", "/sitemap.xml.gz", "/404.html", "/search.html"] {
            urls.name(made);
        }
        for folder in ["/assets", "/css", "/js", "/img", "/search", "/fonts"] {
            urls.open(folder);
        }
        urls.serve("", &self.docs);
    }

    fn link(&self, site: &Site, from: &Facts, link: &LinkFact, parts: Parts) -> Option<Verdict> {
        let absolute = target::is_web(&link.url);
        let as_written = || {
            Some(site.by_url(from, Asked { absolute, ..Asked::written(parts) }))
                .filter(|_| site.page(from).url.is_some())
        };
        // An entity in a destination is taken for one of an e-mail address in disguise: the link is left alone.
        let disguised = link.url.contains('&') && link.destination.len() > link.url.len();
        if link.form == LinkForm::Attribute || absolute || disguised || parts.path.starts_with('/') {
            return as_written();
        }
        let route = Route::walk(directory_of(&from.path), parts.path)?;
        let inside = |path: &str| {
            self.docs.is_empty() || path.strip_prefix(&*self.docs).is_some_and(|rest| rest.starts_with('/'))
        };
        if !inside(&route.path()) {
            return as_written();
        }
        if let Some(file) = site.tree.file(&route.path()) {
            return Some(site.anchor(from, &Arc::clone(file), parts));
        }
        // Where no file is, the link is left alone too, and may be right by chance.
        let page = matches!(extension_of(route.name()), "" | "html");
        let made = || site.missing_unless_made(from, parts, &[directory_of(&from.path)]);
        Some(match (as_written(), self.meant(site, from, parts, &route)) {
            (Some(Verdict::Missing { .. }), Some(verdict)) => verdict,
            (Some(Verdict::Missing { path, .. }), None) if self.certain => {
                let suggestion = suggest::path(site, &route.path());
                let suggestion = suggestion.and_then(|file| suggest::as_link(&from.path, parts.path, &file));
                // Who names a file looks for it where files are.
                Verdict::Missing { path: if page { path } else { route.path() }, suggestion }
            }
            (Some(Verdict::Missing { .. } | Verdict::Unresolvable) | None, _) if page => Verdict::Unresolvable,
            (Some(Verdict::Missing { .. } | Verdict::Unresolvable) | None, _) => made(),
            (Some(verdict), _) => verdict,
        })
    }
}

impl MkDocs {
    /// The file that a link which leads nowhere was meant to lead to: the name of the page is not that of its file, or
    /// its letters are not.
    fn meant(&self, site: &Site, from: &Facts, parts: Parts, route: &Route) -> Option<Verdict> {
        let path = route.path();
        if let Some(other) = site.tree.in_any_case(&path).filter(|other| site.tree.file(other).is_some()) {
            let actual = route.respelled(parts.path, other)?;
            return Some(Verdict::WrongCase { target: Arc::clone(other), actual });
        }
        let bare = path.strip_suffix(".html").unwrap_or(&path);
        let names = [format!("{bare}.md"), join(bare, "index.md"), join(bare, "README.md")];
        let file = names.iter().find_map(|name| site.tree.file(name))?;
        Some(Verdict::Missing { path, suggestion: Some(target::relative(directory_of(&from.path), file)) })
    }
}
