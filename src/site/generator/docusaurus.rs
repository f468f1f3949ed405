//! Docusaurus: documents by folder, id and `slug`, without the numbers in front of their names; posts by date; pages.
//!
//! Source of the rules: `@docusaurus/plugin-content-docs` (`slug.ts`, `numberPrefix.ts`) and `-blog` (`blogUtils.ts`) 3.

use super::config::{Reader, Script, bracketed, literal};
use super::infer::linked;
use super::{Engine, each, page};
use crate::document::LinkForm;
use crate::document::front_matter::{Data, Format, Map, Value};
use crate::site::generator::config::parse_map;
use crate::site::page::Page;
use crate::site::redirect::Redirect;
use crate::site::resolve::{Verdict, is_article, join};
use crate::site::served::Asked;
use crate::site::slug::HeadingIds;
use crate::site::target::{self, Parts, Route};
use crate::site::tree::{directory_of, extension_of, name_of, stem_of};
use crate::site::urls::{Spot, Urls};
use crate::site::{Facts, LinkFact, Site};

/// Parts of the usual set-up, and plugins that make no pages.
const HARMLESS: &[&str] = &[
    "content-docs",
    "content-blog",
    "content-pages",
    "client-redirects",
    "ideal-image",
    "pwa",
    "sitemap",
    "gtag",
    "debug",
    "sass",
    "search",
    "analytics",
];

/// A folder of documents.
#[derive(Debug, Clone)]
struct Docs {
    /// In the tree.
    folder: String,
    /// Below which address; `None` if that is to be found out.
    route: Option<String>,
}

/// How Docusaurus is set up.
#[derive(Debug, Default)]
pub(super) struct Docusaurus {
    folder: String,
    base: String,
    docs: Vec<Docs>,
    blog: Option<Docs>,
    locales: Vec<String>,
    default_locale: String,
    redirects: Vec<Redirect>,
    /// Addresses in sidebars and category files.
    named: Vec<String>,
    known: bool,
    certain: bool,
}

impl Docusaurus {
    pub fn read(reader: &Reader) -> Self {
        let script = Script::new(&reader.script("docusaurus.config").unwrap_or_default());
        let known = !script.is_empty();
        let at = |path: &str| Route::walk(reader.folder, path).map(|route| route.path()).unwrap_or_default();
        let route =
            |block: &Script, default: &str| block.text("routeBasePath").unwrap_or(default).trim_matches('/').to_owned();
        let mut docs = Vec::new();
        // `docs:` stands in the theme's configuration too, with other keys.
        let preset = script.values("docs").filter_map(bracketed).map(Script::new).find(|block| {
            ["sidebarPath", "routeBasePath", "path", "editUrl"].iter().any(|key| block.values(key).next().is_some())
        });
        let off = |key: &str| script.values(key).any(|value| value.starts_with("false"));
        if known && !off("docs") {
            let empty = Script::new("");
            let block = preset.as_ref().unwrap_or(&empty);
            docs.push(Docs { folder: at(block.text("path").unwrap_or("docs")), route: Some(route(block, "docs")) });
        } else if !known {
            let folder = ["docs", "../docs"].into_iter().map(at).find(|folder| reader.tree.has_directory(folder));
            docs.extend(folder.map(|folder| Docs { folder, route: None }));
        }
        for plugin in script.code().split("plugin-content-docs").skip(1) {
            let start = plugin.find('{').filter(|&at| at < 40);
            if let Some(block) = start.and_then(|at| bracketed(&plugin[at..])).map(Script::new) {
                docs.push(Docs {
                    folder: at(block.text("path").unwrap_or("docs")),
                    route: Some(route(&block, "docs")),
                });
            }
        }
        let blog = script.values("blog").filter_map(bracketed).map(Script::new).next();
        let blog = (known && !off("blog")).then(|| {
            let empty = Script::new("");
            let block = blog.as_ref().unwrap_or(&empty);
            Docs { folder: at(block.text("path").unwrap_or("blog")), route: Some(route(block, "blog")) }
        });
        let locales = script
            .block("locales")
            .map(|list| list.split(['"', '\'', '`']).skip(1).step_by(2).map(str::to_owned).collect());
        let mut named = Vec::new();
        for path in
            reader.tree.below(reader.folder).iter().chain(docs.iter().flat_map(|docs| reader.tree.below(&docs.folder)))
        {
            let name = name_of(path);
            if name.starts_with("_category_.") {
                named.extend((reader.read)(path).and_then(|text| slug_of_category(&text, name)));
            } else if name.starts_with("sidebars.") || name.ends_with("sidebar.js") {
                let text = Script::new(&(reader.read)(path).unwrap_or_default());
                named.extend(text.values("slug").filter_map(literal).map(str::to_owned));
            }
        }
        let plugins = script.block("plugins").unwrap_or("");
        let plugins = plugins
            .split(['"', '\'', '`'])
            .skip(1)
            .step_by(2)
            .filter(|name| name.contains("plugin") || name.starts_with(['.', '@']));
        let base = script.text("baseUrl").unwrap_or("/").trim_matches('/');
        Self {
            folder: reader.folder.to_owned(),
            base: if base.is_empty() { String::new() } else { format!("/{base}") },
            locales: locales.unwrap_or_default(),
            default_locale: script.text("defaultLocale").unwrap_or("en").to_owned(),
            redirects: redirects(&script),
            certain: known && plugins.into_iter().all(|name| HARMLESS.iter().any(|known| name.contains(known))),
            known,
            docs,
            blog,
            named,
        }
    }

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
        made.url =
            url.map(|url| format!("{}{}", self.base, if url.len() > 1 { url.trim_end_matches('/') } else { &url }));
        made
    }

    /// Where the documents are served, found by the links of the site where the configuration cannot be read.
    fn routes(&self, site: &Site) -> Vec<Option<String>> {
        let found = |docs: &Docs| {
            let linked = linked(site);
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
            let hits = |route: &&str| addresses.iter().filter(|own| linked.contains(&join(route, own))).count();
            let (plain, docs) = (hits(&""), hits(&"docs"));
            (plain.max(docs) >= 3 && plain != docs)
                .then(|| if plain > docs { String::new() } else { "docs".to_owned() })
        };
        self.docs.iter().map(|docs| docs.route.clone().or_else(|| found(docs))).collect()
    }
}

fn below<'p>(folder: &str, path: &'p str) -> Option<&'p str> {
    if folder.is_empty() { Some(path) } else { path.strip_prefix(folder)?.strip_prefix('/') }
}

/// The address of a document below its route, without slashes at the ends.
fn document(path: &str, map: Option<&Map>) -> String {
    let text = |key: &str| {
        map.and_then(|map| map.get(key)).and_then(|value| match &value.data {
            Data::Number(number) => Some(number.to_string()),
            _ => value.as_text().map(str::to_owned),
        })
    };
    let folder: Vec<&str> = directory_of(path).split('/').filter(|part| !part.is_empty()).map(without_number).collect();
    let slug = text("slug");
    if let Some(slug) = &slug {
        let base = if slug.starts_with('/') { String::new() } else { folder.join("/") };
        return Route::walk(&base, slug).map(|route| route.path()).unwrap_or_default();
    }
    let name = without_number(stem_of(name_of(path)));
    let lower = name.to_lowercase();
    let is_index = matches!(lower.as_str(), "index" | "readme")
        || folder.last().is_some_and(|folder| folder.to_lowercase() == lower);
    if is_index { folder.join("/") } else { join(&folder.join("/"), &text("id").unwrap_or_else(|| name.to_owned())) }
}

/// The address of a post below its route.
fn post(path: &str, map: Option<&Map>) -> String {
    if let Some(slug) = map.and_then(|map| map.get("slug")).and_then(Value::as_text) {
        return slug.trim_matches('/').to_owned();
    }
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    let stem = stem.strip_suffix("/index").unwrap_or(stem);
    let bytes = stem.as_bytes();
    let digits = |from: usize, to: usize| bytes.get(from..to).is_some_and(|part| part.iter().all(u8::is_ascii_digit));
    let at = (0..bytes.len()).find(|&at| {
        let between = |at: usize| matches!(bytes.get(at), Some(b'-' | b'/'));
        digits(at, at + 4) && between(at + 4) && digits(at + 5, at + 7) && between(at + 7) && digits(at + 8, at + 10)
    });
    match at.filter(|&at| stem.is_char_boundary(at)) {
        Some(at) => {
            let text = stem[at + 10..].trim_start_matches(['-', '/']);
            join(&stem[at..at + 10].replace('-', "/"), &format!("{}{text}", &stem[..at]))
        }
        None => stem.to_owned(),
    }
}

/// The address of a file of `src/pages`.
fn plain(path: &str) -> String {
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    let stem = if stem == "index" { "" } else { stem.strip_suffix("/index").unwrap_or(stem) };
    format!("/{stem}")
}

/// A name without the number in front of it, unless that is part of a date or a version.
fn without_number(name: &str) -> &str {
    let rest = name.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = name.len() - rest.len();
    let after = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '_' | '.'));
    let separated = rest.trim_start().starts_with(['-', '_', '.']);
    let like_version = rest.starts_with(['-', '_', '.']) && rest[1..].starts_with(|c: char| c.is_ascii_digit());
    if digits == 0 || !separated || like_version || after.is_empty() { name } else { after }
}

fn slug_of_category(text: &str, name: &str) -> Option<String> {
    let format = if extension_of(name) == "json" { Format::Json } else { Format::Yaml };
    Some(parse_map(text, format).entry_at("link.slug")?.value.as_text()?.to_owned())
}

/// The redirects of `plugin-client-redirects`.
fn redirects(script: &Script) -> Vec<Redirect> {
    let mut all = Vec::new();
    let Some(list) = script.block("redirects") else { return all };
    let mut rest = &list[1..];
    while let Some(at) = rest.find('{') {
        let Some(item) = bracketed(&rest[at..]) else { break };
        rest = &rest[at + item.len()..];
        let item = Script::new(item);
        let Some(to) = item.text("to") else { continue };
        let from: Vec<&str> = match item.values("from").next() {
            Some(list) if list.starts_with('[') => {
                bracketed(list).unwrap_or("").split(['"', '\'', '`']).skip(1).step_by(2).collect()
            }
            Some(one) => literal(one).into_iter().collect(),
            None => Vec::new(),
        };
        all.extend(from.into_iter().map(|from| Redirect::lasting(from, to)));
    }
    all
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
        let absolute = target::is_web(&link.url);
        let own = link.form == LinkForm::Attribute && link.embeds;
        if (is_article(parts.path) && !absolute) || link.embeds || own || parts.path.starts_with("@site/") {
            return None;
        }
        // A file beside the article is taken along.
        if !extension_of(name_of(parts.path)).is_empty() && !parts.path.starts_with('/') {
            return None;
        }
        site.page(from).url.as_ref()?;
        Some(site.by_url(from, Asked { absolute, ..Asked::written(parts) }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_documents_and_posts() {
        for (path, front, address) in [
            ("01-intro.md", "", "intro"),
            ("1. Guides/02 - first.mdx", "", "Guides/first"),
            ("2021-11-foo.md", "", "2021-11-foo"),
            ("7.0-foo.md", "", "7.0-foo"),
            ("api/index.md", "", "api"),
            ("api/README.md", "", "api"),
            ("api/Api.md", "", "api"),
            ("api/x.md", "id: y", "api/y"),
            ("api/x.md", "slug: z", "api/z"),
            ("api/x.md", "slug: /z/", "z"),
            ("api/x.md", "slug: ../z", "z"),
            ("api/x.md", "slug: /", ""),
        ] {
            assert_eq!(document(path, Some(&parse_map(front, Format::Yaml))), address, "{path} {front}");
        }
        assert_eq!(post("2021-08-26-welcome/index.md", None), "2021/08/26/welcome");
        assert_eq!(post("2019-05-29-long-post.mdx", None), "2019/05/29/long-post");
        assert_eq!(post("a/2019-05-29-b.md", None), "2019/05/29/a/b");
        assert_eq!(post("undated.md", None), "undated");
    }
}
