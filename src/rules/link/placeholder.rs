//! `link/placeholder`

use serde::Deserialize;

use super::{is_placeholder, noun};
use crate::finding::Level;
use crate::rule::{Define, Meta, Rule, Sink};
use crate::site::{Article, LinkFact, Verdict, target};

/// Reports links whose destination was never filled in.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Placeholder {
    /// Hosts that stand for another one in this house: `example.com`. None unless named, since documentation needs them.
    hosts: Vec<String>,
}

impl Define for Placeholder {
    const META: Meta = Meta {
        id: "link/placeholder",
        level: Some(Level::Warning),
        fix: None,
        page: include_str!("../../../rules/link/placeholder.md"),
    };
}

impl Rule for Placeholder {
    fn article(&self, article: &Article, sink: &mut Sink) {
        for (link, verdict) in article.links() {
            // Somebody may well have a page that is called so.
            let there = matches!(verdict, Verdict::Exact { .. } | Verdict::WrongCase { .. });
            if !there && (is_placeholder(&link.url) || self.is_stand_in(link)) {
                let message = format!("the {} `{}` is a placeholder", noun(link), link.url);
                sink.report(link.destination, message).help("put the real address in, or take the link out");
            }
        }
    }
}

impl Placeholder {
    fn is_stand_in(&self, link: &LinkFact) -> bool {
        let is_named = |host: &str| self.hosts.iter().any(|named| target::is_host_of(host, named));
        !self.hosts.is_empty() && target::host(&link.url).is_some_and(is_named)
    }
}
