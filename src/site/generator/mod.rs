//! What makes pages of the articles: found by its configuration file, or named by the user.
//!
//! Owns which generators are known and where each keeps its articles. What a link means to one is for
//! [`crate::site::resolve`].

mod astro;
pub mod config;
mod detect;
mod docusaurus;
mod eleventy;
mod hugo;
mod infer;
mod jekyll;
mod layouts;
mod mkdocs;
mod permalink;
mod said;
mod zola;

use std::fmt;
use std::sync::Arc;

use rayon::prelude::*;

pub use config::Reader;
pub use detect::{Found, detect};
pub use said::{Said, said};

use super::page::{self, Alias, Page, VisibilityKeys};
use super::slug::HeadingIds;
use super::target::Parts;
use super::template::Means;
use super::urls::Urls;
use super::{Facts, LinkFact, Site, Verdict};

/// A site generator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Generator {
    /// No generator: files are pages, links lead to files, ids are those of GitHub.
    #[default]
    Plain,
    /// <https://gohugo.io>
    Hugo,
    /// <https://jekyllrb.com>
    Jekyll,
    /// <https://www.getzola.org>
    Zola,
    /// <https://www.11ty.dev>
    Eleventy,
    /// <https://astro.build>, Starlight too
    Astro,
    /// <https://docusaurus.io>
    Docusaurus,
    /// <https://www.mkdocs.org>: Markdown links lead to files, as without a generator; URLs and ids are its own.
    MkDocs,
    /// Another one, of which only its presence is known, so that links are not read as plain ones.
    Other,
}

/// Every generator that a configuration can name, by that name.
const NAMES: &[(&str, Generator)] = &[
    ("plain", Generator::Plain),
    ("hugo", Generator::Hugo),
    ("jekyll", Generator::Jekyll),
    ("zola", Generator::Zola),
    ("eleventy", Generator::Eleventy),
    ("astro", Generator::Astro),
    ("docusaurus", Generator::Docusaurus),
    ("mkdocs", Generator::MkDocs),
];

impl Generator {
    /// The generator of this name, as a configuration writes it; `None` if there is none. `auto` is no generator.
    pub fn from_name(name: &str) -> Option<Self> {
        NAMES.iter().find(|(known, _)| *known == name).map(|(_, generator)| *generator)
    }

    /// Its name, as a configuration writes it; of one that cannot be named, what it is.
    pub fn name(self) -> &'static str {
        NAMES.iter().find(|(_, known)| *known == self).map_or("another one", |(name, _)| name)
    }

    /// The names that [`Generator::from_name`] knows.
    pub fn names() -> impl Iterator<Item = &'static str> {
        NAMES.iter().map(|(name, _)| *name)
    }

    /// The folders, relative to that of the generator's configuration, in which every article is expected to have
    /// front matter. None where front matter is optional (Docusaurus, MkDocs) or the folder is anyone's choice (Eleventy).
    pub fn content_folders(self) -> &'static [&'static str] {
        match self {
            Self::Hugo | Self::Zola => &["content"],
            Self::Jekyll => &["_posts", "_drafts"],
            Self::Astro => &["src/content", "src/pages"],
            Self::Plain | Self::Eleventy | Self::Docusaurus | Self::MkDocs | Self::Other => &[],
        }
    }

    /// The folders, relative to that of the generator's configuration, whose files are served from the site's root as
    /// they are. Without a generator any of the usual ones.
    pub(super) fn static_folders(self) -> &'static [&'static str] {
        match self {
            Self::Hugo | Self::Zola | Self::Docusaurus => &["static"],
            Self::Astro => &["public"],
            Self::Jekyll => &[""],
            Self::MkDocs => &["docs"],
            Self::Eleventy => &["", "src", "public", "static"],
            Self::Plain | Self::Other => &["", "static", "public", "assets", "source"],
        }
    }

    /// Keys of front matter under which an article lists its further addresses.
    fn alias_keys(self) -> &'static [&'static str] {
        match self {
            Self::Hugo | Self::Zola => &["aliases"],
            Self::Jekyll | Self::Eleventy => &["redirect_from"],
            _ => &[],
        }
    }

    /// Keys of front matter that decide who sees an article.
    fn visibility_keys(self) -> VisibilityKeys {
        let none = VisibilityKeys::default();
        match self {
            Self::Hugo => VisibilityKeys {
                draft: &["draft"],
                from: &["publishDate", "pubdate", "published", "date"],
                until: &["expiryDate", "unpublishdate"],
                ..none
            },
            Self::Jekyll => VisibilityKeys { published: &["published"], ..none },
            Self::Eleventy => VisibilityKeys { unlisted: &["eleventyExcludeFromCollections"], ..none },
            Self::Docusaurus => VisibilityKeys { draft: &["draft"], unlisted: &["unlisted"], ..none },
            Self::MkDocs | Self::Other => none,
            Self::Plain | Self::Zola | Self::Astro => VisibilityKeys { draft: &["draft"], ..none },
        }
    }
}

/// What a generator does with the articles of a site, by its configuration.
pub trait Engine: fmt::Debug + Send + Sync {
    /// The page that is made of each article, in the order of [`Site::facts`].
    fn pages(&self, site: &Site) -> Vec<Page>;

    /// The path of the base URL: what stands in front of every address, without a slash at its end; mostly empty.
    fn base(&self) -> &str {
        ""
    }

    /// Whether all that makes pages is known, so that no other link needs to bear it out.
    fn is_certain(&self) -> bool {
        false
    }

    /// How headings of an article get ids of their texts.
    fn heading_ids(&self, _article: &Facts) -> HeadingIds {
        HeadingIds::Unknown
    }

    /// Whether something besides its own text may give the page of an article the place `id`: a layout, a shortcode.
    fn may_give(&self, _site: &Site, _article: &Facts, _id: &str) -> bool {
        true
    }

    /// Whether a further address of the page at `url` is written over it, so that it leads to itself. Of those that the page
    /// is written over no more is known: [`Engine::pages`] leaves them out.
    fn overwrites(&self, url: &str, alias: &str) -> bool {
        is_same(url, alias)
    }

    /// Adds what is served besides the pages of articles.
    fn serve(&self, _site: &Site, _urls: &mut Urls) {}

    /// What a link without template syntax leads to, if the engine is known to make something of it.
    fn link(&self, _site: &Site, _from: &Facts, _link: &LinkFact, _parts: Parts) -> Option<Verdict> {
        None
    }

    /// What a template that names a page or file leads to.
    fn template(&self, _: &Site, _from: &Facts, _means: Means, _value: &str, _fragment: Option<&str>) -> Verdict {
        Verdict::Unresolvable
    }
}

/// An engine of which nothing is known but which one it is.
#[derive(Debug)]
pub(super) struct Unknown;

impl Engine for Unknown {
    fn heading_ids(&self, _article: &Facts) -> HeadingIds {
        HeadingIds::GitHub
    }

    fn may_give(&self, site: &Site, article: &Facts, _id: &str) -> bool {
        let known = matches!(site.settings.generator, Generator::Plain | Generator::Docusaurus | Generator::Other);
        !known || article.open.any()
    }

    fn pages(&self, site: &Site) -> Vec<Page> {
        each(site, |facts| page(site, facts))
    }
}

/// Reads how a generator is set up. `folder` is that of its configuration.
pub fn set_up(generator: Generator, reader: &Reader) -> Arc<dyn Engine> {
    match generator {
        Generator::Eleventy => Arc::new(eleventy::Eleventy::read(reader)),
        Generator::Hugo => Arc::new(hugo::Hugo::read(reader)),
        Generator::Jekyll => Arc::new(jekyll::Jekyll::read(reader)),
        Generator::Zola => Arc::new(zola::Zola::read(reader)),
        Generator::Astro => Arc::new(astro::Astro::read(reader)),
        Generator::Docusaurus => Arc::new(docusaurus::Docusaurus::read(reader)),
        Generator::MkDocs => Arc::new(mkdocs::MkDocs::read(reader)),
        Generator::Plain | Generator::Other => Arc::new(Unknown),
    }
}

/// One page for each article.
fn each(site: &Site, page: impl Fn(&Facts) -> Page + Send + Sync) -> Vec<Page> {
    site.facts().par_iter().with_min_len(64).map(page).collect()
}

/// Whether two addresses are one, but for the slashes at their ends.
fn is_same(a: &str, b: &str) -> bool {
    a.trim_matches('/') == b.trim_matches('/')
}

/// What is the same for every generator: who sees an article, and its further addresses that begin at the root.
fn page(site: &Site, facts: &Facts) -> Page {
    let generator = site.generator_of(facts);
    let Some(front) = &facts.front_matter else { return Page::default() };
    let (visibility, hidden_by) = generator.visibility_keys().read(&front.map, &site.settings);
    let rooted = |(url, span): (&str, _)| url.starts_with('/').then(|| Alias { url: url.to_owned(), span });
    let aliases = page::addresses(&front.map, generator.alias_keys()).filter_map(rooted).collect();
    Page { visibility, hidden_by, aliases, ..Page::default() }
}
