//! `related/self`

use serde::Deserialize;

use super::{Keys, lists};
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
        for list in lists(article, &self.keys) {
            for item in &list.items {
                // A link to one of the article's own headings is a link to a place, not to the article.
                let place = item.text.contains('#');
                if !place && item.target().is_some_and(|target| *target == article.facts.path) {
                    sink.report(item.name.span, format!("the article lists itself as related: `{}`", item.text))
                        .help("take it out, or name another article");
                }
            }
        }
    }
}
