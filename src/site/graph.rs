//! Which article leads to which: every link, seen from both ends.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::{Site, Verdict, related};

/// All links of a site. Indices are those of [`Site::facts`].
#[derive(Debug, Default)]
pub struct Graph {
    /// The links of each article that lead, or were meant to lead, into the site, in source order.
    pub links: Vec<Vec<Edge>>,
    /// For each article, how many other articles link to it.
    pub inbound: Vec<usize>,
}

/// A link into the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// The article that it leads to; `None` if that is a file that is no article, or nothing.
    pub to: Option<usize>,
    /// Its destination as written.
    pub url: String,
    /// What it leads to.
    pub verdict: Verdict,
}

impl Graph {
    /// The graph of all articles of a site.
    pub(super) fn of(site: &Site) -> Self {
        let facts = site.facts();
        let index: FxHashMap<&Arc<str>, usize> = facts.iter().enumerate().map(|(index, f)| (&f.path, index)).collect();
        let edge = |url: &str, verdict: Verdict| {
            let to = verdict.target().and_then(|target| index.get(target).copied());
            (verdict != Verdict::Unresolvable).then(|| Edge { to, url: url.to_owned(), verdict })
        };
        let links: Vec<Vec<Edge>> = facts
            .par_iter()
            .with_min_len(32)
            .map(|article| {
                let links = article.links.iter().filter_map(|link| edge(&link.url, site.resolve_link(article, link)));
                let listed = related::references(article, related::KEYS)
                    .filter_map(|name| edge(name, site.resolve_reference(article, name)));
                links.chain(listed).collect()
            })
            .collect();
        let mut graph = Self { links, inbound: vec![0; facts.len()] };
        for from in 0..facts.len() {
            for to in graph.leads_to(from) {
                graph.inbound[to] += 1;
            }
        }
        graph
    }

    /// The articles that an article leads to, each once, itself left out, in rising order.
    pub fn leads_to(&self, from: usize) -> Vec<usize> {
        let targets = self.links[from].iter().filter_map(|edge| edge.to).filter(|to| *to != from);
        let mut targets: Vec<usize> = targets.collect();
        targets.sort_unstable();
        targets.dedup();
        targets
    }
}
