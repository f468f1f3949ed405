//! What Jekyll's configuration says.

use crate::document::front_matter::{Data, Map, Value};
use crate::site::generator::config::{self, Reader};
use crate::site::generator::layouts::Layouts;
use crate::site::resolve::join;
use crate::site::slug::{HeadingIds, Kramdown};
use crate::site::tree::extension_of;

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
pub struct Collection {
    pub name: String,
    pub output: bool,
    pub permalink: Option<String>,
}

/// Values for all documents below a path, or of a type.
#[derive(Debug)]
pub struct Defaults {
    pub path: String,
    pub kind: Option<String>,
    pub permalink: Option<String>,
    pub published: Option<bool>,
}

/// How Jekyll is set up.
#[derive(Debug, Default)]
pub struct Jekyll {
    pub source: String,
    pub base: String,
    pub permalink: String,
    pub collections: Vec<Collection>,
    pub collections_folder: String,
    pub defaults: Vec<Defaults>,
    pub future: bool,
    pub drafts: bool,
    pub unpublished: bool,
    /// Whether plugins may make pages that are not known here.
    pub certain: bool,
    /// Whether a theme from elsewhere may bring files.
    pub themed: bool,
    /// Whether links to Markdown files may be turned into addresses.
    pub links_by_path: bool,
    pub ids: HeadingIds,
    pub layouts: Layouts,
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
        let themed = text("theme").is_some() || text("remote_theme").is_some();
        let mut layouts = Layouts::default();
        for (key, usual) in [("layouts_dir", "_layouts"), ("includes_dir", "_includes")] {
            let folder = join(&source, &clean(text(key).unwrap_or(usual)));
            layouts.add(reader, &folder, ".content", |path| matches!(extension_of(path), "html" | "liquid" | "md"));
        }
        if themed || layouts.are_unread() {
            layouts = Layouts::unknown();
        }
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
            themed,
            ids: heading_ids(&map),
            layouts,
            links_by_path: gems.is_none()
                || gem("github-pages")
                || gem("relative-links")
                || plugins.contains(&"jekyll-relative-links"),
        }
    }
}

/// The ids of headings, by the parser and its options.
fn heading_ids(map: &Map) -> HeadingIds {
    let option = |key: &str| config::get(map, &["kramdown", key]);
    let flag = |key: &str| config::flag(map, &["kramdown", key]);
    let kramdown = config::text(map, &["markdown"]).is_none_or(|parser| parser.eq_ignore_ascii_case("kramdown"));
    if !kramdown || flag("transliterated_header_ids") == Some(true) {
        return HeadingIds::Unknown;
    }
    if flag("auto_ids") == Some(false) {
        return HeadingIds::Written;
    }
    let gfm = match option("input").and_then(Value::as_text) {
        None => true,
        Some(input) if input.eq_ignore_ascii_case("gfm") => true,
        Some(input) if input.eq_ignore_ascii_case("kramdown") => false,
        Some(_) => return HeadingIds::Unknown,
    };
    HeadingIds::Kramdown(Kramdown {
        gfm,
        prefix: option("auto_id_prefix").and_then(Value::as_text).unwrap_or("").to_owned(),
        stripped: flag("auto_id_stripping") == Some(true),
    })
}
