//! `link/case`

use serde::Deserialize;

use super::{noun, replace_path};
use crate::finding::{Fix, Level, Safety};
use crate::rule::{Define, Meta, Rule, Sink};
use crate::site::{Article, Verdict};

/// Reports links that differ from their target in letter case only.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Case {}

impl Define for Case {
    const META: Meta = Meta {
        id: "link/case",
        level: Some(Level::Warning),
        fix: Some(Safety::Safe),
        page: include_str!("../../../rules/link/case.md"),
    };
}

impl Rule for Case {
    fn article(&self, article: &Article, sink: &mut Sink) {
        for (link, verdict) in article.links() {
            let Verdict::WrongCase { target, actual } = verdict else { continue };
            let message = format!("the {} `{}` is spelled `{target}` in other letter case", noun(link), link.url);
            let finding = sink.report(link.destination, message);
            finding.help(format!("write `{actual}`: most web servers tell the cases apart"));
            if let Some(edit) = replace_path(article, link, actual) {
                finding.fix(Fix::safe(format!("write `{actual}`"), [edit]));
            }
        }
    }
}
