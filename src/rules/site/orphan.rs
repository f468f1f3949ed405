//! `site/orphan`

use serde::Deserialize;

use super::place;
use crate::rule::{Define, Meta, Needs, Rule, Sink};
use crate::site::Article;

/// Reports articles that no other article links to.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Orphan {}

impl Define for Orphan {
    const META: Meta =
        Meta { id: "site/orphan", level: None, fix: None, page: include_str!("../../../rules/site/orphan.md") };
}

/// Names of pages that readers come to without a link: the pages of folders, and those that a server shows.
const REACHED: &[&str] = &["index", "_index", "readme", "404", "500", "search", "license", "changelog", "contributing"];

impl Rule for Orphan {
    fn needs(&self) -> Needs {
        Needs { graph: true, ..Needs::default() }
    }

    fn article(&self, article: &Article, sink: &mut Sink) {
        let path = &article.facts.path;
        let name = path.rsplit('/').next().unwrap_or(path);
        let stem = name.split('.').next().unwrap_or(name).to_ascii_lowercase();
        let home = article.page().url.as_deref() == Some("/");
        if home || article.page().visibility.is_hidden() || name.starts_with('_') || REACHED.contains(&stem.as_str()) {
            // A page bundle's `index.md` is an article like any other, if its folder is not a section.
            return;
        }
        if article.site.inbound(article.facts) == 0 {
            sink.report(place(article), "no other article links to this one")
                .help("link to it from an article on the same subject, so that readers come across it");
        }
    }
}
