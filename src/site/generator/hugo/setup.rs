//! What Hugo's configuration says: one file, or many in `config/_default/`. Keys are told apart without letter case.

use rustc_hash::FxHashMap;

use crate::document::front_matter::{Data, Map, Value};
use crate::site::generator::config::{self, Reader};
use crate::site::generator::layouts::{self, Layouts};
use crate::site::resolve::join;
use crate::site::slug::{HeadingIds, Hugo, Manner};
use crate::site::tree::{extension_of, name_of, stem_of};

/// What makes an address of a link's destination.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Hook {
    /// Nothing: it is put out as written.
    #[default]
    None,
    /// Hugo's own render hook, which finds pages and files and lets all else through.
    Embedded,
    /// A hook of the site or its theme, which may do anything.
    Own,
}

/// A folder that holds content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mount {
    /// Where it stands in the tree.
    pub source: String,
    /// Below which logical folder its files count; mostly empty.
    pub target: String,
    /// The language of its files, if it is of one.
    pub language: Option<String>,
}

/// A language of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Language {
    /// `fr`
    pub code: String,
    /// What its addresses begin with: `/fr`, or nothing.
    pub prefix: String,
}

/// Hugo's settings as far as links depend on them.
#[derive(Debug, Default)]
pub(super) struct Setup {
    pub base: String,
    pub content: Vec<Mount>,
    /// Folders in the tree whose files are served from the root, with the address below which they are.
    pub statics: Vec<(String, String)>,
    pub assets: Vec<String>,
    pub languages: Vec<Language>,
    pub default_language: String,
    /// By kind of page (`page`, `section`) and section: the pattern.
    pub permalinks: Vec<(&'static str, String, String)>,
    /// Whether permalinks are given in a form that is not read.
    pub odd_permalinks: bool,
    /// The plural names of taxonomies.
    pub taxonomies: Vec<String>,
    pub ugly: bool,
    pub keeps_case: bool,
    pub without_accents: bool,
    pub link_hook: Hook,
    pub image_hook: Hook,
    pub drafts: bool,
    pub future: bool,
    pub expired: bool,
    /// Whether other modules or themes, which are not in the tree, add files.
    pub borrows: bool,
    /// How headings get ids.
    pub ids: HeadingIds,
    /// Whether terms of definition lists get ids.
    pub term_ids: bool,
    /// Templates, those of shortcodes left out.
    pub layouts: Layouts,
    /// The site's own shortcodes, and whether each may put ids into a page.
    pub shortcodes: FxHashMap<String, bool>,
}

/// Hugo's own shortcodes that put no ids into a page.
const EMBEDDED: &[&str] = &[
    "ref",
    "relref",
    "figure",
    "gist",
    "param",
    "youtube",
    "vimeo",
    "x",
    "tweet",
    "twitter",
    "instagram",
    "highlight",
    "details",
    "qr",
];

/// With these words a shortcode may take in what is written elsewhere.
const INSERTS: &[&str] = &[
    "partial",
    "template",
    "readFile",
    "os.ReadFile",
    "resources.",
    "RawContent",
    "RenderShortcodes",
    ".Content",
    ".Inner",
    "GetPage",
    "attributes",
    "Attributes",
    "safeHTML",
];

/// How headings get ids.
fn heading_ids(layers: &Layers) -> HeadingIds {
    let parser = |key: &str| layers.get(&["markup", "goldmark", "parser", key]);
    let off = |value: Option<&Value>| matches!(value.map(|value| &value.data), Some(Data::Bool(false)));
    let other = layers.text(&["markup", "defaultmarkdownhandler"]).is_some_and(|name| name != "goldmark");
    if other || off(layers.get(&["markup", "goldmark", "parser", "attribute", "title"])) {
        return HeadingIds::Unknown;
    }
    if off(parser("autoheadingid")) {
        return HeadingIds::Written;
    }
    let manner = match parser("autoheadingidtype").and_then(Value::as_text) {
        None | Some("github") => Manner::GitHub,
        Some("github-ascii") => Manner::Ascii,
        Some("blackfriday") => Manner::Blackfriday,
        Some(_) => return HeadingIds::Unknown,
    };
    HeadingIds::Hugo(Hugo {
        manner,
        typographer: !layers.flag(&["markup", "goldmark", "extensions", "typographer", "disable"]),
        emoji: layers.flag(&["enableemoji"]),
    })
}

/// Settings from several files: each with the key under which its content counts, or none.
struct Layers(Vec<(Option<String>, Map)>);

impl Layers {
    fn read(reader: &Reader) -> Self {
        let roots = [
            "hugo.toml",
            "hugo.yaml",
            "hugo.yml",
            "hugo.json",
            "config.toml",
            "config.yaml",
            "config.yml",
            "config.json",
        ];
        let mut layers = Vec::new();
        for folder in ["config/production", "config/_default"] {
            for path in reader.tree.below(&join(reader.folder, folder)) {
                let name = name_of(path);
                let relative = join(folder, name);
                if !matches!(extension_of(name), "toml" | "yaml" | "yml" | "json")
                    || join(reader.folder, &relative) != **path
                {
                    continue;
                }
                let key = Some(stem_of(name).to_lowercase()).filter(|stem| !matches!(stem.as_str(), "hugo" | "config"));
                layers.extend(reader.map(&relative).map(|map| (key, map)));
            }
        }
        layers.extend(reader.first_map(&roots).map(|map| (None, map)));
        Self(layers)
    }

    fn get(&self, path: &[&str]) -> Option<&Value> {
        self.0.iter().find_map(|(key, map)| match key {
            None => config::get(map, path),
            Some(key) if path.len() > 1 && path[0].eq_ignore_ascii_case(key) => config::get(map, &path[1..]),
            Some(_) => None,
        })
    }

    /// The map under a key, whole files of that name included.
    fn map(&self, name: &str) -> Option<&Map> {
        let file = || self.0.iter().find(|(key, _)| key.as_deref() == Some(name)).map(|(_, map)| map);
        self.get(&[name]).and_then(Value::as_map).or_else(file)
    }

    fn text(&self, path: &[&str]) -> Option<&str> {
        self.get(path)?.as_text()
    }

    fn flag(&self, path: &[&str]) -> bool {
        matches!(self.get(path).map(|value| &value.data), Some(Data::Bool(true)))
    }
}

impl Setup {
    pub fn read(reader: &Reader) -> Self {
        let layers = Layers::read(reader);
        let at = |path: &str| join(reader.folder, path.trim_start_matches("./").trim_matches('/'));
        let mut new = Self {
            base: base_path(layers.text(&["baseurl"]).unwrap_or("")),
            ugly: layers.flag(&["uglyurls"]),
            keeps_case: layers.flag(&["disablepathtolower"]),
            without_accents: layers.flag(&["removepathaccents"]),
            drafts: layers.flag(&["builddrafts"]),
            future: layers.flag(&["buildfuture"]),
            expired: layers.flag(&["buildexpired"]),
            ids: heading_ids(&layers),
            term_ids: layers.flag(&["markup", "goldmark", "parser", "autodefinitiontermid"]),
            ..Self::default()
        };
        new.read_languages(&layers, &at);
        new.read_mounts(&layers, &at);
        new.read_permalinks(&layers);
        new.taxonomies = match layers.map("taxonomies") {
            Some(map) => map.entries.iter().filter_map(|entry| entry.value.as_text()).map(str::to_owned).collect(),
            None => vec!["tags".to_owned(), "categories".to_owned()],
        };
        let themes = layers.get(&["theme"]).map(|value| value.as_list().unwrap_or(std::slice::from_ref(value)));
        let themes: Vec<&str> = themes.unwrap_or_default().iter().filter_map(Value::as_text).collect();
        let there = |theme: &&&str| reader.tree.has_directory(&at(&format!("themes/{theme}")));
        let imports = layers.get(&["module", "imports"]).is_some();
        new.borrows = imports || themes.iter().any(|theme| !there(&theme));
        let mut layouts = vec![at("layouts")];
        layouts.extend(themes.iter().map(|theme| at(&format!("themes/{theme}/layouts"))));
        new.read_layouts(reader, &layouts);
        new.statics.extend(themes.iter().map(|theme| (String::new(), at(&format!("themes/{theme}/static")))));
        let hook = |kind: &str| {
            let file = format!("render-{kind}.");
            let own = layouts
                .iter()
                .flat_map(|folder| reader.tree.below(folder))
                .any(|path| name_of(path).starts_with(&file) && path.split('/').any(|part| part == "_markup"));
            let setting = ["markup", "goldmark", "renderhooks", kind];
            let named = |key| layers.get(&[setting[0], setting[1], setting[2], kind, key]);
            let legacy = matches!(named("enabledefault").map(|value| &value.data), Some(Data::Bool(true)));
            match named("useembedded").and_then(Value::as_text).unwrap_or(if legacy { "fallback" } else { "auto" }) {
                "always" => Hook::Embedded,
                _ if own || new.borrows => Hook::Own,
                "fallback" => Hook::Embedded,
                "auto"
                    if new.languages.len() > 1 && !layers.flag(&["markup", "goldmark", "duplicateresourcefiles"]) =>
                {
                    Hook::Embedded
                }
                _ => Hook::None,
            }
        };
        (new.link_hook, new.image_hook) = (hook("link"), hook("image"));
        new
    }

    fn read_layouts(&mut self, reader: &Reader, layouts: &[String]) {
        let shortcode = |path: &str| path.split('/').any(|part| matches!(part, "shortcodes" | "_shortcodes"));
        for folder in layouts {
            self.layouts.add(reader, folder, ".Content", |path| path.ends_with(".html") && !shortcode(path));
            for path in reader.tree.below(folder).iter().filter(|path| shortcode(path) && path.ends_with(".html")) {
                let inner = path.rsplit_once("shortcodes/").map_or(name_of(path), |(_, inner)| inner);
                let text = (reader.read)(path).unwrap_or_default();
                let inserts = text.trim().is_empty()
                    || layouts::ids(&text).next().is_some()
                    || INSERTS.iter().any(|word| text.contains(word));
                self.shortcodes.entry(inner.trim_end_matches(".html").to_owned()).or_insert(inserts);
            }
        }
        if self.borrows || self.layouts.are_unread() {
            self.layouts = Layouts::unknown();
        }
    }

    /// Whether the shortcode of this name may put ids into a page.
    pub fn inserts(&self, shortcode: &str) -> bool {
        let known = || !EMBEDDED.contains(&shortcode);
        self.shortcodes.get(shortcode).copied().unwrap_or_else(known)
    }

    fn read_languages(&mut self, layers: &Layers, at: &impl Fn(&str) -> String) {
        self.default_language = layers.text(&["defaultcontentlanguage"]).unwrap_or("en").to_lowercase();
        let in_folder = layers.flag(&["defaultcontentlanguageinsubdir"]);
        for entry in layers.map("languages").iter().flat_map(|map| &map.entries) {
            let code = entry.key.to_lowercase();
            let Some(map) = entry.value.as_map() else { continue };
            if matches!(config::get(map, &["disabled"]).map(|value| &value.data), Some(Data::Bool(true))) {
                continue;
            }
            if let Some(folder) = config::text(map, &["contentdir"]) {
                self.content.push(Mount { source: at(folder), target: String::new(), language: Some(code.clone()) });
            }
            let plain = code == self.default_language && !in_folder;
            let prefix = if plain { String::new() } else { format!("/{code}") };
            self.languages.push(Language { code, prefix });
        }
    }

    fn read_mounts(&mut self, layers: &Layers, at: &impl Fn(&str) -> String) {
        let mounts = layers.get(&["module", "mounts"]).and_then(Value::as_list).unwrap_or_default();
        for map in mounts.iter().filter_map(Value::as_map) {
            let (Some(source), Some(target)) = (config::text(map, &["source"]), config::text(map, &["target"])) else {
                continue;
            };
            let matrix = config::get(map, &["sites", "matrix", "languages"]).or_else(|| config::get(map, &["lang"]));
            let matrix = matrix.map(|value| value.as_list().unwrap_or(std::slice::from_ref(value))).unwrap_or_default();
            let language = match matrix {
                [one] => one.as_text().map(str::to_lowercase),
                _ => None,
            };
            let below = |root: &str| {
                let rest = target.trim_matches('/').strip_prefix(root)?;
                (rest.is_empty() || rest.starts_with('/')).then(|| rest.trim_matches('/').to_owned())
            };
            if let Some(target) = below("content") {
                self.content.push(Mount { source: at(source), target, language });
            } else if let Some(target) = below("static") {
                self.statics.push((target, at(source)));
            } else if below("assets").is_some() {
                self.assets.push(at(source));
            }
        }
        if self.content.is_empty() {
            let folder = at(layers.text(&["contentdir"]).unwrap_or("content"));
            self.content.push(Mount { source: folder, target: String::new(), language: None });
        }
        if self.statics.is_empty() {
            let named = layers.get(&["staticdir"]).map(|value| value.as_list().unwrap_or(std::slice::from_ref(value)));
            let named: Vec<&str> = named.unwrap_or_default().iter().filter_map(Value::as_text).collect();
            let folders = if named.is_empty() { vec!["static"] } else { named };
            self.statics = folders.into_iter().map(|folder| (String::new(), at(folder))).collect();
        }
        if self.assets.is_empty() {
            self.assets.push(at("assets"));
        }
    }

    fn read_permalinks(&mut self, layers: &Layers) {
        self.odd_permalinks = layers.get(&["permalinks"]).is_some_and(|value| value.as_list().is_some());
        for entry in layers.map("permalinks").iter().flat_map(|map| &map.entries) {
            match &entry.value.data {
                Data::String(pattern) => self.permalinks.push(("page", entry.key.to_lowercase(), pattern.clone())),
                Data::Map(map) => {
                    let kind = match entry.key.to_lowercase().as_str() {
                        "page" => "page",
                        "section" => "section",
                        "taxonomy" => "taxonomy",
                        "term" => "term",
                        _ => continue,
                    };
                    for entry in &map.entries {
                        if let Some(pattern) = entry.value.as_text() {
                            self.permalinks.push((kind, entry.key.to_lowercase(), pattern.to_owned()));
                        }
                    }
                }
                _ => self.odd_permalinks = true,
            }
        }
        // Permalinks of one language only are not told apart.
        self.odd_permalinks |= layers
            .map("languages")
            .iter()
            .flat_map(|map| &map.entries)
            .any(|entry| entry.value.as_map().is_some_and(|map| config::get(map, &["permalinks"]).is_some()));
    }

    /// The language with this code.
    pub fn language(&self, code: &str) -> Option<&Language> {
        self.languages.iter().find(|language| language.code == code)
    }
}

/// The path of a URL, without a slash at its end.
pub(in crate::site::generator) fn base_path(url: &str) -> String {
    let rest = url.find("//").map_or(url, |at| &url[at + 2..]);
    rest.find('/').map_or("", |at| rest[at..].trim_end_matches('/')).to_owned()
}
