//! What makes pages of the articles: found by its configuration file, or named by the user.
//!
//! Owns which generators are known and where each keeps its articles. What a link means to one is for
//! [`crate::site::resolve`].

mod detect;

pub use detect::{Found, detect};

use super::page::{self, Alias, Page, VisibilityKeys};
use super::{Facts, Site};

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
            Self::Jekyll => &["redirect_from"],
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

/// What the site's generator makes of an article.
pub(super) fn page(site: &Site, facts: &Facts) -> Page {
    let keys = site.generator_of(facts).visibility_keys();
    let (visibility, hidden_by) =
        facts.front_matter.as_ref().map(|front| keys.read(&front.map, &site.settings)).unwrap_or_default();
    let map = facts.front_matter.as_ref().map(|front| &front.map);
    let rooted = |(url, span): (&str, _)| url.starts_with('/').then(|| Alias { url: url.to_owned(), span });
    let aliases = map.iter().flat_map(|map| page::addresses(map, site.generator_of(facts).alias_keys()));
    Page { visibility, hidden_by, aliases: aliases.filter_map(rooted).collect(), ..Page::default() }
}
