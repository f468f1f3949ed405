//! What Docusaurus' configuration says, as far as its text tells.

use crate::document::front_matter::Format;
use crate::site::generator::config::{Reader, Script, bracketed, literal, parse_map};
use crate::site::redirect::Redirect;
use crate::site::target::Route;
use crate::site::tree::{extension_of, name_of};

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
pub struct Docs {
    /// In the tree.
    pub folder: String,
    /// Below which address; `None` if that is to be found out.
    pub route: Option<String>,
}

/// How Docusaurus is set up.
#[derive(Debug, Default)]
pub struct Docusaurus {
    pub folder: String,
    pub base: String,
    pub docs: Vec<Docs>,
    pub blog: Option<Docs>,
    pub locales: Vec<String>,
    pub default_locale: String,
    pub redirects: Vec<Redirect>,
    /// Addresses in sidebars and category files.
    pub named: Vec<String>,
    /// `trailingSlash`: whether every address ends with a slash, or none does; those of folders do if it does not say.
    pub slash: Option<bool>,
    pub known: bool,
    pub certain: bool,
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
            slash: script.values("trailingSlash").find_map(|value| match value {
                _ if value.starts_with("true") => Some(true),
                _ if value.starts_with("false") => Some(false),
                _ => None,
            }),
            certain: known && plugins.into_iter().all(|name| HARMLESS.iter().any(|known| name.contains(known))),
            known,
            docs,
            blog,
            named,
        }
    }
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
