//! Eleventy: every template below the input folder is a page, where its `permalink` says, else where its file stands.
//!
//! Source of the rules: the documentation of Eleventy 3, and its `TemplatePermalink` and `TemplateFileSlug`.

use rustc_hash::{FxHashMap, FxHashSet};

use super::config::{self, Reader, Script, bracketed, literal};
use super::infer::infer;
use super::permalink::{Pattern, Values};
use super::{Engine, each, page};
use crate::document::LinkForm;
use crate::document::front_matter::{Data, Format, Map};
use crate::site::generator::config::parse_map;
use crate::site::page::{Page, find};
use crate::site::resolve::{Verdict, is_article, join};
use crate::site::served::Asked;
use crate::site::target::{Parts, Route};
use crate::site::tree::{directory_of, extension_of, name_of, stem_of};
use crate::site::urls::{Spot, Urls};
use crate::site::{Facts, LinkFact, Site};

/// Files that Eleventy makes pages of and that are no articles to us.
const TEMPLATES: &[&str] = &["njk", "liquid", "hbs", "mustache", "ejs", "haml", "pug", "webc", "11ty.js"];

/// How Eleventy is set up.
#[derive(Debug, Default)]
pub(super) struct Eleventy {
    /// The input folder, relative to the root of the tree.
    input: String,
    base: String,
    /// Whether links to templates by their paths may be turned into addresses.
    links_by_path: bool,
    /// Whether nothing in the configuration gives ids to headings.
    without_ids: bool,
    /// Whether all that is copied stands in the configuration.
    copies_known: bool,
    /// Folders of data and includes, which hold no pages.
    not_pages: Vec<String>,
    /// What is copied: address and path in the tree.
    copied: Vec<(String, String)>,
    /// By folder in the tree: the permalink that its data files give.
    data: FxHashMap<String, Given>,
    /// Templates that are no articles, with their permalinks.
    templates: Vec<(String, Given)>,
    /// Articles whose front matter is a script.
    scripted: FxHashSet<String>,
    /// Addresses in data files.
    declared: Vec<String>,
    /// Whether a template could not be read, so that it may have an address of its own.
    unread: bool,
}

/// What is known of a permalink.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Given {
    /// None is given.
    No,
    /// No page is made.
    Off,
    /// This one, perhaps with template syntax.
    Text(String),
    /// A script gives it.
    Script,
}

impl Eleventy {
    pub fn read(reader: &Reader) -> Self {
        let text = reader.text(".eleventy.js").or_else(|| reader.script("eleventy.config")).unwrap_or_default();
        let script = Script::new(&text);
        let known = !script.is_empty();
        let call = |name: &str| {
            script.code().split(name).nth(1).and_then(|rest| literal(rest.strip_prefix('(')?.trim_start()))
        };
        let clean = |path: &str| path.trim_start_matches("./").trim_matches('/').to_owned();
        let named = script.text("input").or_else(|| call("setInputDirectory")).unwrap_or(".");
        let named = if named == "." { String::new() } else { clean(named) };
        let input = join(reader.folder, &named);
        let mut not_pages: Vec<String> = ["_includes", "_data", "_layouts"].map(|name| join(&input, name)).into();
        for key in ["includes", "layouts", "data"] {
            not_pages.extend(script.text(key).map(|folder| join(&input, &clean(folder))));
        }
        let output = script.text("output").map_or_else(|| "_site".to_owned(), clean);
        not_pages.extend([join(reader.folder, &output), join(reader.folder, "node_modules")]);
        let base = script.text("pathPrefix").map(|prefix| format!("/{}", clean(prefix))).unwrap_or_default();
        let code = script.code();
        let mut new = Self {
            base: if base == "/" { String::new() } else { base },
            without_ids: known && !["anchor", "IdAttribute", "heading", "slug"].iter().any(|name| code.contains(name)),
            copies_known: known
                && code.matches("addPassthroughCopy").count() == code.matches("addPassthroughCopy(").count(),
            links_by_path: !known
                || ["InputPathToUrl", "replace-link", "replaceLink", "addTransform"].iter().any(|n| code.contains(n)),
            not_pages,
            copied: copied(code, reader.folder, &named),
            input,
            ..Self::default()
        };
        new.look_around(reader);
        new
    }

    /// Reads data files and templates.
    fn look_around(&mut self, reader: &Reader) {
        let mut opaque = false;
        for path in reader.tree.below(&self.input) {
            let (folder, name) = (directory_of(path), name_of(path));
            let read = || (reader.read)(path);
            let own = name.strip_prefix(name_of(folder)).filter(|_| !folder.is_empty());
            if self.is_page(path) && is_template(name) {
                let text = read().unwrap_or_default();
                self.unread |= text.is_empty();
                let given = front(&text);
                opaque |= !matches!(&given, Given::Text(text) if !text.starts_with("{")) && is_paginated(&text);
                self.templates.push((path.to_string(), given));
            } else if let Some(own) = own.filter(|own| own.ends_with(".json") || own.contains(".11tydata.")) {
                let given = if own.ends_with(".json") {
                    read().map_or(Given::Script, |text| given(&parse_map(&text, Format::Json)))
                } else {
                    read().map_or(Given::Script, |text| scripted(&text))
                };
                if given != Given::No {
                    self.data.insert(folder.to_owned(), given);
                }
            } else if self.is_page(path)
                && extension_of(name) == "html"
                && read().is_some_and(|text| text.starts_with("---js"))
            {
                self.scripted.insert(path.to_string());
            }
        }
        // Pages whose addresses stand in data are told by those.
        if opaque || !self.scripted.is_empty() || !self.templates.is_empty() {
            let data = reader.tree.paths().iter().filter(|path| {
                path.split('/').any(|part| matches!(part, "_data" | "data"))
                    && matches!(extension_of(path), "json" | "yml" | "yaml" | "toml")
            });
            for text in data.take(200).filter_map(|path| (reader.read)(path)) {
                let words = text.split(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ',' | '(' | ')'));
                self.declared.extend(words.filter(|word| word.len() > 1 && word.starts_with('/')).map(str::to_owned));
            }
        }
    }

    fn is_page(&self, path: &str) -> bool {
        !self
            .not_pages
            .iter()
            .any(|folder| path.strip_prefix(folder.as_str()).is_some_and(|rest| rest.starts_with('/')))
    }

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

fn is_template(name: &str) -> bool {
    TEMPLATES.iter().any(|extension| name.strip_suffix(extension).is_some_and(|stem| stem.ends_with('.')))
}

fn is_paginated(text: &str) -> bool {
    text.is_empty() || text.contains("pagination")
}

/// The permalink in a map.
fn given(map: &Map) -> Given {
    if find(map, &["eleventyComputed"]).is_some() {
        return Given::Script;
    }
    match map.get("permalink").map(|value| &value.data) {
        None | Some(Data::Null) => Given::No,
        Some(Data::Bool(false)) => Given::Off,
        Some(Data::String(text)) => Given::Text(text.clone()),
        Some(_) => Given::Script,
    }
}

/// The permalink in a front matter of a template.
fn front(text: &str) -> Given {
    if text.is_empty() || text.starts_with("---js") {
        return Given::Script;
    }
    let yaml = text.strip_prefix("---").and_then(|rest| rest.split_once("\n---"));
    match yaml {
        Some((yaml, _)) => given(&parse_map(yaml, Format::Yaml)),
        None if text.contains("permalink") => Given::Script,
        None => Given::No,
    }
}

/// The permalink in a script of data.
fn scripted(text: &str) -> Given {
    let script = Script::new(text);
    if !script.is_empty() && !script.code().contains("permalink") {
        return Given::No;
    }
    script.text("permalink").map_or(Given::Script, |text| Given::Text(text.to_owned()))
}

/// What `addPassthroughCopy` is called with, where that is literal.
fn copied(code: &str, folder: &str, input: &str) -> Vec<(String, String)> {
    let clean = |path: &str| path.trim_start_matches("./").trim_matches('/').to_owned();
    let mut copied = Vec::new();
    for call in code.split("addPassthroughCopy(").skip(1) {
        let call = call.trim_start();
        if let Some(path) = literal(call) {
            let path = clean(path);
            let address = path.strip_prefix(input).unwrap_or(&path).trim_matches('/').to_owned();
            copied.push((address, join(folder, &path)));
        } else if let Some(map) = bracketed(call).filter(|map| map.starts_with('{')) {
            let pieces: Vec<&str> = map.split(['"', '\'', '`']).collect();
            for pair in pieces.chunks(4) {
                if let [_, from, _, to] = pair {
                    copied.push((clean(to), join(folder, &clean(from))));
                }
            }
        }
    }
    copied
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

    fn makes_heading_ids(&self) -> bool {
        !self.without_ids
    }

    fn serve(&self, site: &Site, urls: &mut Urls) {
        for (path, _) in self.templates.iter().filter(|(_, given)| matches!(given, Given::No | Given::Text(_))) {
            let given = self.templates.iter().find(|(p, _)| p == path).map(|(_, given)| given);
            if let Some(Given::Text(text)) = given {
                let known = text.split(['{', '%']).next().unwrap_or("");
                if text.contains("{{") || text.contains("{%") {
                    let folder = if known.ends_with('/') { known } else { directory_of(known) };
                    if !folder.trim_matches('/').is_empty() {
                        urls.open(folder);
                    }
                } else {
                    urls.add(&as_address(text), Spot::File(path.as_str().into()));
                }
            } else {
                urls.add(&self.default_address(path), Spot::File(path.as_str().into()));
            }
        }
        // A template or data may make pages under its own name.
        for path in site.tree.paths() {
            let name = name_of(path);
            let data = matches!(extension_of(name), "json" | "yml" | "yaml" | "toml") || name.ends_with("data.js");
            if is_template(name) || (data && path.contains('/')) {
                let stem = name.split('.').next().unwrap_or(name).trim_start_matches('_');
                if !matches!(stem, "" | "index" | "package" | "package-lock") {
                    urls.open(stem);
                    urls.open(&format!("{stem}s"));
                    stem.strip_suffix('s').into_iter().for_each(|one| urls.open(one));
                }
            }
        }
        for (facts, page) in site.facts().iter().zip(site.pages()) {
            let map = facts.front_matter.as_ref().map(|front| &front.map);
            if page.url.is_none()
                && let Given::Text(text) = self.given(&facts.path, map)
            {
                let known = text.split(['{', '%']).next().unwrap_or("");
                if !known.trim_matches('/').is_empty() {
                    urls.open(directory_of(known.trim_start_matches('/')));
                }
            }
            for value in map.iter().flat_map(|map| &map.entries).map(|entry| &entry.value) {
                let values = value.as_list().unwrap_or(std::slice::from_ref(value));
                let addresses = values.iter().filter_map(|value| value.as_text()).filter(|text| text.starts_with('/'));
                addresses.for_each(|address| urls.name(Parts::of(address).path));
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

impl Eleventy {
    /// Of articles whose addresses a script makes, finds them by what the site's own links lead to: the one usual form
    /// that fits.
    fn infer(&self, site: &Site, pages: &mut [Page]) {
        let unknown: Vec<usize> = (0..pages.len())
            .filter(|&index| {
                let facts = &site.facts()[index];
                let map = facts.front_matter.as_ref().map(|front| &front.map);
                pages[index].url.is_none() && self.address(&facts.path, map).1
            })
            .collect();
        infer(site, pages, &unknown, USUAL, |facts, form| self.usual(facts, form));
    }

    /// The address of an article in one of the usual forms.
    fn usual(&self, facts: &Facts, form: &str) -> Option<String> {
        let map = facts.front_matter.as_ref().map(|front| &front.map);
        let values = Values { stem: self.stem(&facts.path), map, path: &facts.path };
        let slug = undated(stem_of(name_of(&facts.path)));
        let url = form.replace(":slug", slug).replace(":folder", name_of(directory_of(&facts.path)));
        if url.contains('%') { values.dated(&url) } else { Some(url) }
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
