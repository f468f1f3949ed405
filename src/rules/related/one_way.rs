//! `related/one-way`

use serde::Deserialize;

use super::Keys;
use super::listing::listings;
use crate::rule::{Define, Meta, Rule, Sink};
use crate::site::Article;

/// Reports articles that list another one as related that does not list them.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct OneWay {
    keys: Keys,
}

impl Define for OneWay {
    const META: Meta =
        Meta { id: "related/one-way", level: None, fix: None, page: include_str!("../../../rules/related/one-way.md") };
}

impl Rule for OneWay {
    fn article(&self, article: &Article, sink: &mut Sink) {
        for item in listings(article, &self.keys).iter().flat_map(|list| &list.items) {
            let Some(target) = item.facts(article).filter(|target| target.path != article.facts.path) else { continue };
            let other = article.site.article(target);
            let back = listings(&other, &self.keys)
                .iter()
                .flat_map(|list| &list.items)
                .any(|item| item.target.as_ref() == Some(&article.facts.path));
            if !back {
                sink.report(item.place, format!("`{}` does not list this article as related", target.path))
                    .help("list this article there too");
            }
        }
    }
}
