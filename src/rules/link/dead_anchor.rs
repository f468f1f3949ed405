//! `link/dead-anchor`

use serde::Deserialize;

use super::elsewhere::answered;
use super::fragment_span_of;
use crate::finding::Level;
use crate::rule::{Define, Meta, Needs, Rule, Sink};
use crate::site::Article;
use crate::site::web::State;

/// Reports links to places that pages of other sites do not have.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DeadAnchor {}

impl Define for DeadAnchor {
    const META: Meta = Meta {
        id: "link/dead-anchor",
        level: Some(Level::Note),
        fix: None,
        page: include_str!("../../../rules/link/dead-anchor.md"),
    };
}

impl Rule for DeadAnchor {
    fn needs(&self) -> Needs {
        Needs { web: true, ..Needs::default() }
    }

    fn article(&self, article: &Article, sink: &mut Sink) {
        for (link, address, answer) in answered(article).filter(|(_, _, answer)| answer.state == State::Alive) {
            let Some(fragment) = address.fragment else { continue };
            if answer.missing.iter().any(|missing| missing == fragment) {
                let message = format!("`{}` has no place `#{fragment}`", address.page);
                sink.report(fragment_span_of(link), message)
                    .help("lead to a place that is there, or leave the fragment out");
            }
        }
    }
}
