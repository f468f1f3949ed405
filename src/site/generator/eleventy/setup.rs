//! What Eleventy's configuration, data files and templates say.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::document::front_matter::{Data, Format, Map};
use crate::site::generator::config::{Reader, Script, bracketed, literal, parse_map};
use crate::site::page::find;
use crate::site::resolve::join;
use crate::site::tree::{directory_of, extension_of, name_of};

/// Files that Eleventy makes pages of and that are no articles to us.
pub const TEMPLATES: &[&str] = &["njk", "liquid", "hbs", "mustache", "ejs", "haml", "pug", "webc", "11ty.js"];

/// How Eleventy is set up.
#[derive(Debug, Default)]
pub struct Eleventy {
    /// The input folder, relative to the root of the tree.
    pub input: String,
    pub base: String,
    /// Whether links to templates by their paths may be turned into addresses.
    pub links_by_path: bool,
    /// Whether nothing in the configuration gives ids to headings.
    pub without_ids: bool,
    /// Whether all that is copied stands in the configuration.
    pub copies_known: bool,
    /// Folders of data and includes, which hold no pages.
    pub not_pages: Vec<String>,
    /// What is copied: address and path in the tree.
    pub copied: Vec<(String, String)>,
    /// By folder in the tree: the permalink that its data files give.
    pub data: FxHashMap<String, Given>,
    /// Templates that are no articles, with their permalinks.
    pub templates: Vec<(String, Given)>,
    /// Articles whose front matter is a script.
    pub scripted: FxHashSet<String>,
    /// Addresses in data files.
    pub declared: Vec<String>,
    /// Whether a template could not be read, so that it may have an address of its own.
    pub unread: bool,
}

/// What a file may say of addresses.
enum Says {
    /// A template: its own one.
    Address,
    /// A file of data: those of its folder, in a map or by a script.
    Addresses { map: bool },
    /// An article: that a script makes its front matter.
    Script,
}

/// What is known of a permalink.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
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
        let files = reader.tree.below(&self.input).iter();
        let files: Vec<(&str, Says)> = files.filter_map(|path| Some((&**path, self.says(path)?))).collect();
        let paths: Vec<&str> = files.iter().map(|(path, _)| *path).collect();
        let mut opaque = false;
        for ((path, says), text) in files.into_iter().zip(reader.texts(&paths)) {
            match says {
                Says::Address => {
                    let text = text.unwrap_or_default();
                    self.unread |= text.is_empty();
                    let given = front(&text);
                    opaque |= !matches!(&given, Given::Text(text) if !text.starts_with("{")) && is_paginated(&text);
                    self.templates.push((path.to_owned(), given));
                }
                Says::Addresses { map } => {
                    let read =
                        |text: String| if map { given(&parse_map(&text, Format::Json)) } else { scripted(&text) };
                    let given = text.map_or(Given::Script, read);
                    if given != Given::No {
                        self.data.insert(directory_of(path).to_owned(), given);
                    }
                }
                Says::Script => {
                    if text.is_some_and(|text| text.starts_with("---js")) {
                        self.scripted.insert(path.to_owned());
                    }
                }
            }
        }
        // Pages whose addresses stand in data are told by those.
        if opaque || !self.scripted.is_empty() || !self.templates.is_empty() {
            let data = reader.tree.paths().iter().map(AsRef::as_ref).filter(|path: &&str| {
                path.split('/').any(|part| matches!(part, "_data" | "data"))
                    && matches!(extension_of(path), "json" | "yml" | "yaml" | "toml")
            });
            let data: Vec<&str> = data.take(200).collect();
            for text in reader.texts(&data).into_iter().flatten() {
                self.declared.extend(rooted(&text).map(str::to_owned));
            }
        }
    }

    /// What the text of a file may say of addresses; `None` if nothing.
    fn says(&self, path: &str) -> Option<Says> {
        let (folder, name) = (directory_of(path), name_of(path));
        let own = name.strip_prefix(name_of(folder)).filter(|_| !folder.is_empty());
        let map = own.is_some_and(|own| own.ends_with(".json"));
        if is_template(name) && self.is_page(path) {
            Some(Says::Address)
        } else if map || own.is_some_and(|own| own.contains(".11tydata.")) {
            Some(Says::Addresses { map })
        } else {
            (extension_of(name) == "html" && self.is_page(path)).then_some(Says::Script)
        }
    }

    /// Whether a file is below no folder of data, includes or output.
    pub fn is_page(&self, path: &str) -> bool {
        !self
            .not_pages
            .iter()
            .any(|folder| path.strip_prefix(folder.as_str()).is_some_and(|rest| rest.starts_with('/')))
    }
}

/// The words of a text that begin with a slash and say more than that.
fn rooted(text: &str) -> impl Iterator<Item = &str> {
    let parts = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ',' | '(' | ')');
    let begins = move |at: &usize| text[..*at].chars().next_back().is_none_or(parts);
    let starts = memchr::memchr_iter(b'/', text.as_bytes()).filter(begins);
    starts.filter_map(move |at| text[at..].split(parts).next()).filter(|word| word.len() > 1)
}

/// Whether a name is that of a template that is no article to us.
pub fn is_template(name: &str) -> bool {
    match name.rsplit_once('.') {
        Some((stem, "js")) => stem.ends_with(".11ty"),
        Some((_, extension)) => TEMPLATES.contains(&extension),
        None => false,
    }
}

fn is_paginated(text: &str) -> bool {
    text.is_empty() || text.contains("pagination")
}

/// The permalink in a map.
pub fn given(map: &Map) -> Given {
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
