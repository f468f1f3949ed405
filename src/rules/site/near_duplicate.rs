//! `site/near-duplicate`

use serde::Deserialize;

use super::{place, place_of};
use crate::rule::{Define, Meta, Needs, Rule, Sink};
use crate::site::Article;

/// Reports articles with nearly the same text.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct NearDuplicate {
    /// How alike two texts must be, 0 to 1.
    likeness: f64,
}

impl Default for NearDuplicate {
    fn default() -> Self {
        Self { likeness: 0.9 }
    }
}

impl Define for NearDuplicate {
    const META: Meta = Meta {
        id: "site/near-duplicate",
        level: None,
        fix: None,
        page: include_str!("../../../rules/site/near-duplicate.md"),
    };
}

impl Rule for NearDuplicate {
    fn needs(&self) -> Needs {
        Needs { sketch: true, ..Needs::default() }
    }

    fn article(&self, article: &Article, sink: &mut Sink) {
        let page = article.page();
        if page.visibility.is_hidden() || is_version(&article.facts.path) {
            return;
        }
        let comparable = |index: usize| {
            let other = &article.site.facts()[index];
            let other_page = article.site.page(other);
            !other_page.visibility.is_hidden() && other_page.language == page.language && !is_version(&other.path)
        };
        let alike = article.site.similar(article.facts, self.likeness);
        let Some((other, likeness)) = alike.into_iter().find(|(index, _)| comparable(*index)) else { return };
        let other = &article.site.facts()[other];
        let part = (likeness * 100.0).round();
        let message = if part >= 100.0 {
            format!("`{}` has the same text, or nearly so", other.path)
        } else {
            format!("`{}` has nearly the same text: about {part} % of it", other.path)
        };
        sink.report(place(article), message)
            .help("keep one of the two and lead the other one's address to it, or tell them apart")
            .also_in(other.path.clone(), place_of(other), "the other one");
    }
}

/// Whether an article is one of several on purpose: documentation of an older version, or a translation not yet made.
fn is_version(path: &str) -> bool {
    path.split('/').any(|segment| {
        let version = segment.strip_prefix("version-").or_else(|| segment.strip_prefix('v')).unwrap_or(segment);
        let numbered =
            version.starts_with(|c: char| c.is_ascii_digit()) && version.contains('.') && !version.ends_with(".md");
        segment == "versioned_docs"
            || segment == "i18n"
            || numbered && version.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'x'))
    })
}
