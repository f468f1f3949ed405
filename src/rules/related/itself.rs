//! `related/self`

use serde::Deserialize;

use super::Keys;
use super::listing::listings;
use crate::finding::Level;
use crate::rule::{Define, Meta, Rule, Sink};
use crate::site::Article;

/// Reports an article that lists itself as related.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Itself {
    keys: Keys,
}

impl Define for Itself {
    const META: Meta = Meta {
        id: "related/self",
        level: Some(Level::Warning),
        fix: None,
        page: include_str!("../../../rules/related/self.md"),
    };
}

impl Rule for Itself {
    fn article(&self, article: &Article, sink: &mut Sink) {
        for item in listings(article, &self.keys).iter().flat_map(|list| &list.items) {
            // A link to one of the article's own headings is a link to a place, not to the article.
            if !item.is_place() && item.target.as_ref().is_some_and(|target| *target == article.facts.path) {
                sink.report(item.place, format!("the article lists itself as related: `{}`", item.written))
                    .help("take it out, or name another article");
            }
        }
    }
}
