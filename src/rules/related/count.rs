//! `related/count`

use serde::Deserialize;

use super::Keys;
use super::listing::listings;
use crate::rule::{Define, Meta, Rule, Sink};
use crate::site::Article;

/// Reports lists of related articles with too few or too many items.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Count {
    keys: Keys,
    /// The fewest items; of an article without a list nothing is said.
    min: Option<usize>,
    /// The most items.
    max: Option<usize>,
}

impl Define for Count {
    const META: Meta =
        Meta { id: "related/count", level: None, fix: None, page: include_str!("../../../rules/related/count.md") };
}

impl Rule for Count {
    fn article(&self, article: &Article, sink: &mut Sink) {
        for list in listings(article, &self.keys) {
            let count = list.items.len();
            let articles =
                if count == 1 { "1 related article".to_owned() } else { format!("{count} related articles") };
            if let Some(min) = self.min.filter(|min| count < *min) {
                sink.report(list.place, format!("the list has {articles}, fewer than {min}")).help("add further ones");
            }
            if let Some(max) = self.max.filter(|max| count > *max) {
                sink.report(list.place, format!("the list has {articles}, more than {max}"))
                    .help("keep those that lead furthest");
            }
        }
    }
}
