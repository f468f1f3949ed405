//! Jekyll: posts by date and title, collections, pages where their files stand; permalinks in patterns and styles.
//!
//! Source of the rules: Jekyll 4's documentation, its `Page`, `Document`, `URL` and `Utils`, and what Jekyll does with
//! `fixtures/sites/jekyll`.

use super::config::{self, Reader};
use super::eleventy::undated;
use super::{Engine, each, page};
use crate::date;
use crate::document::LinkForm;
use crate::document::front_matter::{Data, Map, Value};
use crate::site::page::{Page, Visibility, find};
use crate::site::resolve::{Verdict, is_article, join};
use crate::site::served::Asked;
use crate::site::target::{self, Parts, Route};
use crate::site::template::Means;
use crate::site::tree::{directory_of, extension_of, name_of, stem_of};
use crate::site::urls::{Spot, Urls};
use crate::site::{Facts, LinkFact, Site};

/// Plugins that make no pages but those that are known here.
const HARMLESS: &[&str] = &[
    "jekyll-feed",
    "jekyll-sitemap",
    "jekyll-seo-tag",
    "jekyll-redirect-from",
    "jekyll-relative-links",
    "jekyll-optional-front-matter",
    "jekyll-titles-from-headings",
    "jekyll-readme-index",
    "jekyll-default-layout",
    "jekyll-paginate",
    "jekyll-mentions",
    "jemoji",
    "jekyll-gist",
    "jekyll-remote-theme",
    "jekyll-include-cache",
    "jekyll-coffeescript",
    "jekyll-commonmark-ghpages",
    "jekyll-last-modified-at",
    "kramdown-parser-gfm",
];

/// A group of documents with rules of its own.
#[derive(Debug)]
struct Collection {
    name: String,
    output: bool,
    permalink: Option<String>,
}

/// Values for all documents below a path, or of a type.
#[derive(Debug)]
struct Defaults {
    path: String,
    kind: Option<String>,
    permalink: Option<String>,
    published: Option<bool>,
}

/// How Jekyll is set up.
#[derive(Debug, Default)]
pub(super) struct Jekyll {
    source: String,
    base: String,
    permalink: String,
    collections: Vec<Collection>,
    collections_folder: String,
    defaults: Vec<Defaults>,
    future: bool,
    drafts: bool,
    unpublished: bool,
    /// Whether plugins may make pages that are not known here.
    certain: bool,
    /// Whether a theme from elsewhere may bring files.
    themed: bool,
    /// Whether links to Markdown files may be turned into addresses.
    links_by_path: bool,
}

/// What a file is to Jekyll.
enum Kind<'p> {
    Post { folders: &'p str },
    Draft,
    Document(usize, &'p str),
    Page,
    Nothing,
}

impl Jekyll {
    pub fn read(reader: &Reader) -> Self {
        let map = reader.first_map(&["_config.yml", "_config.yaml", "_config.toml"]).unwrap_or_default();
        let clean = |path: &str| path.trim_start_matches("./").trim_matches('/').to_owned();
        let text = |key: &str| config::text(&map, &[key]);
        let flag = |key: &str| config::flag(&map, &[key]).unwrap_or(false);
        let source = join(reader.folder, &clean(text("source").unwrap_or("")));
        let mut collections = Vec::new();
        match config::get(&map, &["collections"]).map(|value| &value.data) {
            Some(Data::Map(all)) => {
                for entry in &all.entries {
                    let own = entry.value.as_map();
                    let output = own.and_then(|own| config::flag(own, &["output"])).unwrap_or(false);
                    let permalink = own.and_then(|own| config::text(own, &["permalink"])).map(str::to_owned);
                    collections.push(Collection { name: entry.key.clone(), output, permalink });
                }
            }
            Some(Data::List(names)) => {
                collections.extend(names.iter().filter_map(Value::as_text).map(|name| Collection {
                    name: name.to_owned(),
                    output: false,
                    permalink: None,
                }))
            }
            _ => {}
        }
        let defaults = config::get(&map, &["defaults"]).and_then(Value::as_list).unwrap_or_default();
        let defaults = defaults.iter().filter_map(|value| {
            let map = value.as_map()?;
            Some(Defaults {
                path: clean(config::text(map, &["scope", "path"]).unwrap_or("")),
                kind: config::text(map, &["scope", "type"]).map(str::to_owned),
                permalink: config::text(map, &["values", "permalink"]).map(str::to_owned),
                published: config::flag(map, &["values", "published"]),
            })
        });
        let plugins = [config::texts(&map, &["plugins"]), config::texts(&map, &["gems"])].concat();
        let gems = reader.text("Gemfile");
        let gem = |name: &str| gems.as_ref().is_some_and(|gems| gems.contains(name));
        let own_plugins = !reader.tree.below(&join(reader.folder, "_plugins")).is_empty();
        let base = clean(text("baseurl").unwrap_or(""));
        Self {
            base: if base.is_empty() { base } else { format!("/{base}") },
            permalink: text("permalink").unwrap_or("date").to_owned(),
            collections_folder: join(&source, &clean(text("collections_dir").unwrap_or(""))),
            source,
            collections,
            defaults: defaults.collect(),
            future: flag("future"),
            drafts: flag("show_drafts"),
            unpublished: flag("unpublished"),
            certain: !own_plugins && plugins.iter().all(|plugin| HARMLESS.contains(plugin)),
            themed: text("theme").is_some() || text("remote_theme").is_some(),
            links_by_path: gems.is_none()
                || gem("github-pages")
                || gem("relative-links")
                || plugins.contains(&"jekyll-relative-links"),
        }
    }

    fn kind<'p>(&self, path: &'p str) -> Kind<'p> {
        let below =
            |folder: &str| if folder.is_empty() { Some(path) } else { path.strip_prefix(folder)?.strip_prefix('/') };
        for (index, collection) in self.collections.iter().enumerate().filter(|(_, one)| one.name != "posts") {
            if let Some(rest) = below(&join(&self.collections_folder, &format!("_{}", collection.name))) {
                return Kind::Document(index, rest);
            }
        }
        let Some(rest) = below(&self.source) else { return Kind::Nothing };
        let folders = rest.split('/').collect::<Vec<_>>();
        let (folders, _) = folders.split_at(folders.len() - 1);
        if let Some(at) = folders.iter().position(|folder| *folder == "_posts") {
            let own = folders[..at].join("/");
            return Kind::Post { folders: &rest[..own.len()] };
        }
        if folders.contains(&"_drafts") {
            return Kind::Draft;
        }
        let hidden = |part: &str| part.starts_with(['_', '.', '#', '~']);
        if folders.iter().any(|folder| hidden(folder)) || hidden(name_of(rest)) { Kind::Nothing } else { Kind::Page }
    }

    /// The first default that holds for a path; longer paths win.
    fn default<T>(&self, path: &str, kind: &str, value: impl Fn(&Defaults) -> Option<T>) -> Option<T> {
        let inside = |folder: &str| {
            folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let fits =
            self.defaults.iter().filter(|one| inside(&one.path) && one.kind.as_deref().is_none_or(|of| of == kind));
        fits.filter_map(|one| Some((one.path.len(), value(one)?)))
            .max_by_key(|(length, _)| *length)
            .map(|(_, value)| value)
    }

    fn make(&self, site: &Site, facts: &Facts) -> Page {
        let mut made = page(site, facts);
        let path = &*facts.path;
        let kind = self.kind(path);
        let map = facts.front_matter.as_ref().map(|front| &front.map);
        let inner = path.get(self.source.len()..).unwrap_or(path).trim_start_matches('/');
        let label = match &kind {
            Kind::Post { .. } => "posts",
            Kind::Draft => "drafts",
            Kind::Document(index, _) => &self.collections[*index].name,
            _ => "pages",
        };
        if self.default(inner, label, |one| one.published) == Some(false) && made.visibility == Visibility::Shown {
            made.visibility = Visibility::Draft;
        }
        let date = match &kind {
            Kind::Post { .. } | Kind::Document(..) => self.date(site, facts),
            _ => None,
        };
        if matches!(kind, Kind::Draft) && !self.drafts {
            made.visibility = Visibility::Draft;
        }
        if made.visibility == Visibility::Draft && self.unpublished {
            made.visibility = Visibility::Shown;
        }
        if let Some((_, Some(begins))) = date
            && !self.future
            && begins > site.settings.now
            && made.visibility == Visibility::Shown
        {
            made.visibility = Visibility::Future;
            made.hidden_by = map.and_then(|map| find(map, &["date"])).map(|entry| entry.value.span);
        }
        // Without front matter a file is copied as it is; but plugins may make a page of it.
        if map.is_none() {
            return made;
        }
        let own = map.and_then(|map| map.get("permalink")?.as_text()).map(str::to_owned);
        let given = own.or_else(|| self.default(inner, label, |one| one.permalink.clone()));
        let day = date.map(|(day, _)| day);
        let url = match kind {
            Kind::Post { folders } => {
                let pattern = given.unwrap_or_else(|| self.permalink.clone());
                self.expand(&style(&pattern), facts, map, folders, day)
            }
            Kind::Document(index, rest) => {
                let collection = &self.collections[index];
                let suffix = suffix(&self.permalink);
                let pattern = given.or_else(|| collection.permalink.clone());
                let pattern = pattern.unwrap_or_else(|| format!("/:collection/:path{suffix}"));
                let stem = join(directory_of(rest), stem_of(name_of(rest)));
                let pattern = style(&pattern).replace(":collection", &collection.name).replace(":path", &stem);
                if collection.output { self.expand(&pattern, facts, map, "", day) } else { None }
            }
            Kind::Page | Kind::Draft => {
                let stem = stem_of(name_of(inner));
                let folder = directory_of(inner);
                let path = if folder.is_empty() { String::new() } else { format!("/{folder}") };
                let page = match stem {
                    "index" => format!("{path}/"),
                    _ => format!("{path}/{stem}{}", suffix(&self.permalink)),
                };
                let pattern = given.map(|given| style(&given)).unwrap_or(page);
                let pattern = pattern.replace(":path", folder).replace(":basename", stem);
                if matches!(kind, Kind::Draft) { None } else { self.expand(&pattern, facts, map, "", None) }
            }
            Kind::Nothing => None,
        };
        made.url = url.map(|url| format!("{}{url}", self.base));
        made
    }

    /// The day in the address of a document, and the moment at which it is published.
    fn date(&self, site: &Site, facts: &Facts) -> Option<(jiff::civil::Date, Option<jiff::Timestamp>)> {
        let stem = stem_of(name_of(&facts.path));
        let map = facts.front_matter.as_ref().map(|front| &front.map);
        let given = map.and_then(|map| find(map, &["date"])?.value.as_text());
        let named = (undated(stem) != stem).then(|| &stem[..10]);
        let outcome = date::read(given.or(named)?)?;
        let reading = outcome.reading().filter(|reading| reading.is_certain())?;
        let zone = site.settings.zone();
        let begins = reading.begins(&zone);
        // A moment of another zone may fall on another day here.
        let day = match begins {
            Some(moment) if matches!(reading.zone, Some(date::Zone::Offset(_))) => moment.to_zoned(zone).date(),
            _ => reading.date,
        };
        Some((day, begins))
    }

    fn expand(
        &self,
        pattern: &str,
        facts: &Facts,
        map: Option<&Map>,
        folders: &str,
        day: Option<jiff::civil::Date>,
    ) -> Option<String> {
        let text = |key: &str| map.and_then(|map| find(map, &[key])?.value.as_text());
        let stem = undated(stem_of(name_of(&facts.path)));
        let mut url = String::new();
        let mut rest = pattern;
        while let Some(at) = rest.find(':') {
            url.push_str(&rest[..at]);
            rest = &rest[at + 1..];
            let length = rest.bytes().take_while(|b| b.is_ascii_alphabetic() || *b == b'_').count();
            let (token, after) = rest.split_at(length);
            rest = after;
            let format = |format: &str| Some(day?.strftime(format).to_string());
            let value = match token {
                "year" => format("%Y")?,
                "month" => format("%m")?,
                "i_month" => format("%-m")?,
                "short_month" => format("%b")?,
                "long_month" => format("%B")?,
                "day" => format("%d")?,
                "i_day" => format("%-d")?,
                "y_day" => format("%j")?,
                "short_year" => format("%y")?,
                "short_day" => format("%a")?,
                "week" => format("%V")?,
                "title" => pretty(text("slug").unwrap_or(stem)),
                "slug" => slugify(text("slug").unwrap_or(stem)),
                "name" | "basename" => stem.to_owned(),
                "categories" => categories(map, folders).join("/"),
                "output_ext" => ".html".to_owned(),
                _ => return None,
            };
            url.push_str(&value);
        }
        url.push_str(rest);
        let mut clean = String::with_capacity(url.len() + 1);
        for c in std::iter::once('/').chain(url.chars()) {
            if !(c == '/' && clean.ends_with('/')) {
                clean.push(c);
            }
        }
        Some(clean)
    }
}

/// The pattern of a style.
fn style(permalink: &str) -> String {
    match permalink {
        "date" => "/:categories/:year/:month/:day/:title:output_ext",
        "pretty" => "/:categories/:year/:month/:day/:title/",
        "ordinal" => "/:categories/:year/:y_day/:title:output_ext",
        "weekdate" => "/:categories/:year/W:week/:short_day/:title:output_ext",
        "none" => "/:categories/:title:output_ext",
        other => other,
    }
    .to_owned()
}

/// What pages and documents have at the end of their addresses under a permalink for posts.
fn suffix(permalink: &str) -> &'static str {
    match permalink {
        "pretty" => "/",
        "date" | "ordinal" | "none" | "weekdate" => ".html",
        other if other.ends_with('/') => "/",
        other if other.ends_with(":output_ext") => ".html",
        _ => "",
    }
}

fn categories(map: Option<&Map>, folders: &str) -> Vec<String> {
    let mut all: Vec<String> = folders.split('/').filter(|part| !part.is_empty()).map(str::to_lowercase).collect();
    let mut add = |name: &str| {
        let name = name.to_lowercase();
        if !name.is_empty() && !all.contains(&name) {
            all.push(name);
        }
    };
    if let Some(map) = map {
        if let Some(one) = map.get("category").and_then(Value::as_text) {
            add(one.trim());
        }
        match map.get("categories").map(|value| &value.data) {
            Some(Data::String(text)) => text.split_whitespace().for_each(&mut add),
            Some(Data::List(items)) => items.iter().filter_map(Value::as_text).for_each(&mut add),
            _ => {}
        }
    }
    all
}

/// Jekyll's `Utils.slugify` in its default mode.
fn slugify(text: &str) -> String {
    let mut slug = String::new();
    for c in text.chars() {
        if c.is_alphanumeric() {
            slug.extend(c.to_lowercase());
        } else if !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_matches('-').to_owned()
}

/// Jekyll's `Utils.slugify` in its mode `pretty`, letter case kept.
fn pretty(text: &str) -> String {
    let mut slug = String::new();
    for c in text.chars() {
        if c.is_alphanumeric() || "._~!$&'()+,;=@".contains(c) {
            slug.push(c);
        } else if !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_matches('-').to_owned()
}

impl Engine for Jekyll {
    fn pages(&self, site: &Site) -> Vec<Page> {
        each(site, |facts| self.make(site, facts))
    }

    fn base(&self) -> &str {
        &self.base
    }

    fn is_certain(&self) -> bool {
        self.certain
    }

    fn serve(&self, site: &Site, urls: &mut Urls) {
        for (facts, page) in site.facts().iter().zip(site.pages()) {
            let path = &*facts.path;
            let name = name_of(path);
            if page.url.is_none() && matches!(self.kind(path), Kind::Page) {
                let inner = path.get(self.source.len()..).unwrap_or(path).trim_start_matches('/');
                let stem = join(directory_of(inner), stem_of(name));
                urls.add(inner, Spot::File(facts.path.clone()));
                urls.name(&stem);
                urls.name(&format!("{stem}.html"));
                if matches!(stem_of(name), "README" | "readme" | "index") {
                    urls.name(directory_of(inner));
                }
            }
        }
        // Of files that are no articles to us, some are pages to Jekyll.
        for path in site.tree.below(&self.source) {
            let name = name_of(path);
            let article = site.at(path).is_some();
            if !article
                && matches!(self.kind(path), Kind::Page)
                && (is_article(name) || matches!(extension_of(name), "html" | "htm"))
            {
                let inner = path.get(self.source.len()..).unwrap_or(path).trim_start_matches('/');
                let stem = join(directory_of(inner), stem_of(name));
                urls.name(&format!("{stem}.html"));
                urls.name(inner);
                urls.name(&stem);
                urls.name(directory_of(inner));
            }
        }
        for made in ["/feed.xml", "/sitemap.xml", "/robots.txt", "/assets/css/style.css", "/404.html"] {
            urls.name(made);
        }
        if self.themed {
            urls.open("/assets");
        }
        for path in
            site.tree.below(&self.source).iter().filter(|path| matches!(extension_of(path), "scss" | "sass" | "coffee"))
        {
            let inner = path.get(self.source.len()..).unwrap_or(path).trim_start_matches('/');
            let made = if path.ends_with("coffee") { "js" } else { "css" };
            urls.add(
                &format!("{}.{made}", inner.rsplit_once('.').map_or(inner, |(stem, _)| stem)),
                Spot::File(path.clone()),
            );
        }
        urls.serve("", &self.source);
    }

    fn link(&self, site: &Site, from: &Facts, link: &LinkFact, parts: Parts) -> Option<Verdict> {
        site.page(from).url.as_ref()?;
        let absolute = target::is_web(&link.url);
        if is_article(parts.path) && link.form != LinkForm::Attribute && !absolute {
            let route = Route::walk(directory_of(&from.path), parts.path)?;
            let there = !parts.path.starts_with('/') && site.tree.file(&route.path()).is_some();
            if self.links_by_path && there {
                return None;
            }
        }
        Some(site.by_url(from, Asked { absolute, ..Asked::written(parts) }))
    }

    fn template(&self, site: &Site, from: &Facts, means: Means, value: &str, fragment: Option<&str>) -> Verdict {
        let parts = Parts { path: value, fragment };
        match means {
            Means::File => {
                let path = join(&self.source, value.trim_start_matches('/'));
                let Some(file) = site.tree.file(&path) else {
                    return if site.tree.is_whole() {
                        let suggestion = crate::site::suggest::path(site, &path);
                        let inner = |file: &str| {
                            file.get(self.source.len()..).map(|rest| rest.trim_start_matches('/').to_owned())
                        };
                        Verdict::Missing { path, suggestion: suggestion.and_then(|file| inner(&file)) }
                    } else {
                        Verdict::Unresolvable
                    };
                };
                match site.facts().iter().position(|facts| facts.path == *file) {
                    Some(index) => site.to_page(from, index, parts),
                    None => site.anchor(from, &file.clone(), parts),
                }
            }
            Means::Post => {
                let wanted = value.trim_start_matches('/');
                let is = |facts: &Facts| {
                    let Some((folders, rest)) = facts.path.split_once("_posts/") else { return false };
                    let stem = join(directory_of(rest), stem_of(name_of(rest)));
                    let folders = folders.get(self.source.len()..).unwrap_or(folders).trim_matches('/');
                    stem == wanted || join(folders, &stem) == wanted || name_of(&stem) == wanted
                };
                match site.facts().iter().position(is) {
                    Some(index) => site.to_page(from, index, parts),
                    None if site.tree.is_whole() => {
                        let posts = site.facts().iter().filter(|facts| facts.path.contains("_posts/"));
                        let names = posts.map(|facts| (stem_of(name_of(&facts.path)).to_owned(), facts));
                        let near =
                            crate::site::suggest::nearest(name_of(wanted), names.map(|(name, _)| (name.clone(), name)));
                        Verdict::Missing { path: value.to_owned(), suggestion: near }
                    }
                    None => Verdict::Unresolvable,
                }
            }
            Means::Address | Means::Ref => Verdict::Unresolvable,
        }
    }
}
