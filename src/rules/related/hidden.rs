//! `related/hidden`

use serde::Deserialize;

use super::Keys;
use super::listing::listings;
use crate::finding::Level;
use crate::rule::{Define, Meta, Rule, Sink};
use crate::rules::link::hidden::reason;
use crate::site::Article;

/// Reports related articles that readers do not see.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Hidden {
    keys: Keys,
}

impl Define for Hidden {
    const META: Meta = Meta {
        id: "related/hidden",
        level: Some(Level::Warning),
        fix: None,
        page: include_str!("../../../rules/related/hidden.md"),
    };
}

impl Rule for Hidden {
    fn article(&self, article: &Article, sink: &mut Sink) {
        if article.page().visibility.is_hidden() {
            return;
        }
        for item in listings(article, &self.keys).iter().flat_map(|list| &list.items) {
            // In the text it is a link, which `link/hidden` reports.
            let Some(target) = item.facts(article).filter(|_| !item.in_text) else { continue };
            let page = article.site.page(target);
            if !page.visibility.is_hidden() {
                continue;
            }
            let message =
                format!("the related article `{}` is `{}`, {}", item.written, target.path, reason(page.visibility));
            let finding = sink.report(item.place, message);
            finding.help("publish it, or name another article");
            if let Some(span) = page.hidden_by {
                finding.also_in(target.path.clone(), span, "this hides it");
            }
        }
    }
}
