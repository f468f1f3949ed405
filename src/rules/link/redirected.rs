//! `link/redirected`

use serde::Deserialize;

use super::{noun, replace_path};
use crate::finding::{Fix, Safety};
use crate::rule::{Define, Meta, Rule, Sink};
use crate::site::{Article, Verdict};

/// Reports links to an address that was given up for another one.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Redirected {}

impl Define for Redirected {
    const META: Meta = Meta {
        id: "link/redirected",
        level: None,
        fix: Some(Safety::Safe),
        page: include_str!("../../../rules/link/redirected.md"),
    };
}

impl Rule for Redirected {
    fn article(&self, article: &Article, sink: &mut Sink) {
        for (link, verdict) in article.links() {
            let Verdict::Redirected { target, canonical, lasting: true } = verdict else { continue };
            let message = format!("the {} `{}` has moved to `{canonical}`", noun(link), link.url);
            let finding = sink.report(link.destination, message);
            finding
                .help(format!("write `{canonical}`: then no reader is led there by a detour, which may end one day"));
            // The redirect may name a place in the page, which would come to stand before the link's query.
            let fits = target.is_some() && !(canonical.contains('#') && link.url.contains(['?', '#']));
            if let Some(edit) = replace_path(article, link, canonical).filter(|_| fits) {
                finding.fix(Fix::safe(format!("write `{canonical}`"), [edit]));
            }
        }
    }
}
