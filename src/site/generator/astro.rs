//! Astro: pages by the files of `src/pages`; Starlight: documents by the files of `src/content/docs`, their names as slugs.
//!
//! Source of the rules: the documentation of Astro 5 and Starlight. Pages that a route makes of a collection are found by
//! what the site's own links lead to.

use super::config::{Reader, Script, bracketed, literal};
use super::infer::{Named, infer};
use super::layouts::Layouts;
use super::{Engine, each, page};
use crate::document::LinkForm;
use crate::document::front_matter::Value;
use crate::site::page::Page;
use crate::site::redirect::{Manner, Redirect};
use crate::site::resolve::{Verdict, is_article, join};
use crate::site::served::Asked;
use crate::site::slug::{HeadingIds, slug};
use crate::site::target::{self, Parts, Route};
use crate::site::tree::{directory_of, extension_of, name_of};
use crate::site::urls::{Spot, Urls};
use crate::site::{Facts, LinkFact, Site};

/// Forms of addresses that routes often make of a collection.
const USUAL: &[&str] = &["/:slug/", "/posts/:slug/", "/blog/:slug/", "/:folder/:slug/"];

/// How Astro is set up.
#[derive(Debug, Default)]
pub(super) struct Astro {
    folder: String,
    base: String,
    starlight: bool,
    locales: Vec<String>,
    redirects: Vec<Redirect>,
    links_by_path: bool,
    ids: HeadingIds,
    layouts: Layouts,
}

/// Ids in Starlight's pages besides those that begin with its name.
const OF_STARLIGHT: &[&str] = &["_top", "theme-icons"];

impl Astro {
    pub fn read(reader: &Reader) -> Self {
        let script = Script::new(&reader.script("astro.config").unwrap_or_default());
        let code = script.code();
        let base = script.text("base").unwrap_or("").trim_matches('/');
        let starlight = code.contains("starlight(")
            || (script.is_empty() && reader.tree.has_directory(&join(reader.folder, "src/content/docs")));
        let locales = script.block("locales").map(|block| match block.starts_with('[') {
            true => block.split(['"', '\'', '`']).skip(1).step_by(2).map(str::to_owned).collect(),
            false => keys(block),
        });
        let mut redirects = Vec::new();
        if let Some(block) = script.block("redirects") {
            let pieces: Vec<&str> = block.split(['"', '\'', '`']).collect();
            let mut at = 1;
            // `'/a': '/b'` or `'/a': { status: 302, destination: '/b' }`: the text after a key is its target.
            while at + 2 < pieces.len() {
                let passing = ["302", "303", "307"].iter().any(|status| pieces[at + 1].contains(status));
                let manner = if passing { Manner::Passing } else { Manner::Lasting };
                redirects.push(Redirect { manner, ..Redirect::lasting(pieces[at], pieces[at + 2]) });
                at += 4;
            }
        }
        let plugins =
            ["remarkPlugins", "rehypePlugins", "markdown:", "smartypants"].iter().any(|word| code.contains(word));
        let mut layouts = Layouts::default();
        let components = ["astro", "jsx", "tsx", "vue", "svelte", "html"];
        layouts.add(reader, &join(reader.folder, "src"), ".body", |path| components.contains(&extension_of(path)));
        if starlight {
            layouts.name(OF_STARLIGHT);
        } else if layouts.are_unread() {
            layouts = Layouts::unknown();
        }
        Self {
            ids: if script.is_empty() || plugins {
                HeadingIds::Unknown
            } else {
                HeadingIds::Astro { compatible: code.contains("headingIdCompat") }
            },
            layouts,
            folder: reader.folder.to_owned(),
            base: if base.is_empty() { String::new() } else { format!("/{base}") },
            starlight,
            locales: locales.unwrap_or_default(),
            redirects,
            links_by_path: script.is_empty()
                || code.contains("relative-markdown-links")
                || code.contains("remarkPlugins")
                || code.contains("rehypePlugins"),
        }
    }

    fn make(&self, site: &Site, facts: &Facts) -> Page {
        let mut made = page(site, facts);
        let at = |folder: &str| {
            let folder = join(&self.folder, folder);
            facts.path.strip_prefix(folder.as_str())?.strip_prefix('/')
        };
        let url = if let Some(rest) = at("src/pages") {
            (!rest.split('/').any(|part| part.starts_with('_'))).then(|| format!("/{}", without_index(stem(rest))))
        } else if let Some(rest) =
            at("src/content/docs").filter(|rest| self.starlight && !rest.split('/').any(|part| part.starts_with('_')))
        {
            let first = rest.split('/').next().unwrap_or("");
            if !self.locales.is_empty() {
                let language = if self.locales.iter().any(|l| l == first) { first } else { "root" };
                made.language = Some(language.into());
            }
            let front = facts.front_matter.as_ref().and_then(|front| front.map.get("slug")).and_then(Value::as_text);
            Some(format!(
                "/{}",
                front.map_or_else(
                    || without_index(&slugs(stem(rest))).to_owned(),
                    |own| own.trim_matches('/').to_owned()
                )
            ))
        } else {
            None
        };
        made.url = url.map(|url| format!("{}{}{}", self.base, url, if url.ends_with('/') { "" } else { "/" }));
        made
    }

    /// The collection of an article, and its path in it.
    fn collected<'p>(&self, path: &'p str) -> Option<(&'p str, &'p str)> {
        let rest = path.strip_prefix(join(&self.folder, "src/content").as_str())?.strip_prefix('/')?;
        rest.split_once('/')
    }
}

/// The keys of an object.
fn keys(block: &str) -> Vec<String> {
    let mut keys = Vec::new();
    let mut rest = &block[1..];
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        let Some((key, value)) = rest.split_once(':') else { return keys };
        keys.push(key.trim_matches(['"', '\'', ' ', '\n']).to_owned());
        let value = value.trim_start();
        let end = match (bracketed(value), literal(value)) {
            (Some(inner), _) => inner.len(),
            (None, Some(text)) => text.len() + 2,
            _ => value.find([',', '}']).unwrap_or(value.len()),
        };
        rest = &value[end..];
    }
}

fn stem(path: &str) -> &str {
    path.rsplit_once('.').map_or(path, |(stem, _)| stem)
}

fn without_index(path: &str) -> &str {
    if path == "index" { "" } else { path.strip_suffix("/index").unwrap_or(path) }
}

fn slugs(path: &str) -> String {
    path.split('/').map(slug).collect::<Vec<_>>().join("/")
}

impl Engine for Astro {
    fn pages(&self, site: &Site) -> Vec<Page> {
        let mut pages = each(site, |facts| self.make(site, facts));
        let unknown: Vec<usize> = (0..pages.len())
            .filter(|&index| pages[index].url.is_none() && self.collected(&site.facts()[index].path).is_some())
            .collect();
        infer(site, &mut pages, &unknown, USUAL, |facts| {
            let (folder, rest) = self.collected(&facts.path)?;
            let own = facts.front_matter.as_ref().and_then(|front| front.map.get("slug")).and_then(Value::as_text);
            let slug = own.map_or_else(
                || without_index(&slugs(stem(rest))).to_owned().into(),
                |own| own.trim_matches('/').into(),
            );
            Some(Named { slug, folder, day: None })
        });
        pages
    }

    fn base(&self) -> &str {
        &self.base
    }

    fn heading_ids(&self, _article: &Facts) -> HeadingIds {
        self.ids.clone()
    }

    fn may_give(&self, site: &Site, article: &Facts, id: &str) -> bool {
        let starlight = self.starlight && (id.starts_with("starlight__") || id.starts_with("tab-"));
        // Of a collection, the page is shown by a route that may do more than that.
        let known = site.page(article).url.is_some() && (self.starlight || !self.layouts.gather());
        !known || starlight || article.open.any() || self.layouts.may_give(id)
    }

    fn serve(&self, site: &Site, urls: &mut Urls) {
        let pages = join(&self.folder, "src/pages");
        for path in site.tree.below(&pages) {
            let rest = &path[pages.len() + 1..];
            let name = name_of(rest);
            if rest.split('/').any(|part| part.starts_with('_')) {
                continue;
            }
            if let Some(at) = rest.find('[') {
                let known = directory_of(&rest[..at]);
                if !(self.starlight && known.is_empty()) {
                    urls.open(known);
                }
            } else if matches!(extension_of(name), "astro" | "html") {
                urls.add(without_index(stem(rest)), Spot::File(path.clone()));
            } else if matches!(extension_of(name), "js" | "ts") {
                urls.name(stem(rest));
            }
        }
        if self.starlight {
            self.locales.iter().filter(|locale| *locale != "root").for_each(|locale| urls.open(locale));
        }
        for made in ["/sitemap-index.xml", "/sitemap-0.xml", "/rss.xml", "/404.html", "/404", "/robots.txt"] {
            urls.name(made);
        }
        self.redirects.iter().for_each(|redirect| urls.redirect(redirect));
        urls.serve_all("", &join(&self.folder, "public"));
    }

    fn link(&self, site: &Site, from: &Facts, link: &LinkFact, parts: Parts) -> Option<Verdict> {
        site.page(from).url.as_ref()?;
        let absolute = target::is_web(&link.url);
        let written = link.form != LinkForm::Attribute && !absolute && !parts.path.starts_with('/');
        if written && link.embeds {
            // Images in Markdown are imported from beside the article.
            let route = Route::walk(directory_of(&from.path), parts.path)?;
            return Some(match site.tree.file(&route.path()) {
                Some(file) => site.anchor(from, &file.clone(), parts),
                None if !site.tree.lacks(&route.path()) => Verdict::Unresolvable,
                None => {
                    let suggestion = crate::site::suggest::path(site, &route.path());
                    let suggestion =
                        suggestion.and_then(|file| crate::site::suggest::as_link(&from.path, parts.path, &file));
                    Verdict::Missing { path: route.path(), suggestion }
                }
            });
        }
        if written && is_article(parts.path) && self.links_by_path {
            let route = Route::walk(directory_of(&from.path), parts.path)?;
            if site.tree.file(&route.path()).is_some() {
                return None;
            }
        }
        Some(site.by_url(from, Asked { absolute, ..Asked::written(parts) }))
    }
}
