//! `link/hidden`

use std::sync::Arc;

use serde::Deserialize;

use super::noun;
use crate::finding::Level;
use crate::rule::{Define, Meta, Rule, Sink};
use crate::site::{Article, Verdict, Visibility};

/// Reports links to articles that readers do not see.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Hidden {}

impl Define for Hidden {
    const META: Meta = Meta {
        id: "link/hidden",
        level: Some(Level::Warning),
        fix: None,
        page: include_str!("../../../rules/link/hidden.md"),
    };
}

impl Rule for Hidden {
    fn article(&self, article: &Article, sink: &mut Sink) {
        // Nobody follows a link in an article that nobody sees.
        if article.page().visibility.is_hidden() {
            return;
        }
        for (link, verdict) in article.links() {
            let Some((target, visibility)) = hidden(article, verdict) else { continue };
            let message = format!("the {} `{}` leads to `{target}`, {}", noun(link), link.url, reason(visibility));
            let finding = sink.report(link.destination, message);
            finding.help(match visibility {
                Visibility::Future => "link to it when it is out, or publish it first",
                Visibility::Expired => "lead to what took its place, or take the link out",
                _ => "publish it, or take the link out",
            });
            if let Some(span) = article.site.at(target).and_then(|facts| article.site.page(facts).hidden_by) {
                finding.also_in(Arc::clone(target), span, "this hides it");
            }
        }
    }
}

/// The article that a link leads to and why readers do not see it, if they do not.
pub(in crate::rules) fn hidden<'v>(article: &Article, verdict: &'v Verdict) -> Option<(&'v Arc<str>, Visibility)> {
    let (target, visibility) = match verdict {
        Verdict::Hidden { target, visibility } => (target, *visibility),
        // Where links lead to files, they do so whatever is in them.
        verdict => {
            let target = verdict.target()?;
            (target, article.site.page(article.site.at(target)?).visibility)
        }
    };
    visibility.is_hidden().then_some((target, visibility))
}

/// Why readers do not see it.
pub(in crate::rules) fn reason(visibility: Visibility) -> &'static str {
    match visibility {
        Visibility::Future => "which is not out yet",
        Visibility::Expired => "which has expired",
        Visibility::Unlisted => "which is in no list",
        Visibility::Draft | Visibility::Shown => "which is a draft",
    }
}
