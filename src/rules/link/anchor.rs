//! `link/anchor`

use serde::Deserialize;

use super::{fragment_span, replace_fragment};
use crate::finding::{Fix, Level, Safety};
use crate::rule::{Define, Meta, Rule, Sink};
use crate::site::target::Parts;
use crate::site::{Article, Verdict};

/// Reports links to a place that the page does not have.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Anchor {}

impl Define for Anchor {
    const META: Meta = Meta {
        id: "link/anchor",
        level: Some(Level::Warning),
        fix: Some(Safety::Unsafe),
        page: include_str!("../../../rules/link/anchor.md"),
    };
}

impl Rule for Anchor {
    fn article(&self, article: &Article, sink: &mut Sink) {
        for (link, verdict) in article.links() {
            let Verdict::MissingAnchor { target, suggestion } = verdict else { continue };
            let fragment = Parts::of(&link.url).fragment.unwrap_or_default();
            let own = *target == article.facts.path;
            let page = if own { "this page".to_owned() } else { format!("`{target}`") };
            let place = fragment_span(article, link);
            let finding = sink.report(place, format!("{page} has no heading or anchor `#{fragment}`"));
            match suggestion {
                Some(meant) => {
                    finding.help(format!("did you mean `#{meant}`?"));
                    if let Some(edit) = replace_fragment(article, link, meant) {
                        finding.fix(Fix::risky(format!("lead to `#{meant}`"), [edit]));
                    }
                }
                None => {
                    finding.help("lead to a heading that is there, or leave the fragment out");
                }
            }
        }
    }
}
