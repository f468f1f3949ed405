//! `residue/repeated`

use std::collections::HashSet;

use serde::Deserialize;

use crate::finding::Level;
use crate::rule::{Define, Meta, Rule, Sink};
use crate::site::Article;

/// Reports lines that many articles share, learned from the articles themselves.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Repeated {
    /// A line that fewer articles have is a coincidence.
    min_articles: usize,
    /// So is a line that a smaller share of all articles has, from 0 to 1.
    min_share: f64,
}

impl Default for Repeated {
    fn default() -> Self {
        Self { min_articles: 3, min_share: 0.01 }
    }
}

impl Define for Repeated {
    const META: Meta = Meta {
        id: "residue/repeated",
        level: Some(Level::Warning),
        fix: None,
        page: include_str!("../../../rules/residue/repeated.md"),
    };
}

impl Rule for Repeated {
    fn article(&self, article: &Article, sink: &mut Sink) {
        let all = article.site.facts().len();
        let enough = |count: usize| {
            #[expect(clippy::cast_precision_loss, reason = "no site has that many articles")]
            let share = count as f64 / all as f64;
            count >= self.min_articles.max(2) && share >= self.min_share
        };
        let mut told = HashSet::new();
        for line in &article.facts.lines {
            let count = article.site.articles_with(line.hash);
            if enough(count) && told.insert(line.hash) {
                let finding = sink.report(line.span, format!("this line stands in {count} of {all} articles"));
                finding.help("delete it, or let the site's template print it");
            }
        }
    }

    fn yields(&self) -> bool {
        true
    }
}
