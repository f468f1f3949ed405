//! The graph for programs. The form is a contract: it changes only with `version`.

use serde::Serialize;

use super::{state, visibility};
use crate::site::{Site, Verdict};

#[derive(Serialize)]
struct Out<'s> {
    version: u8,
    nodes: Vec<Node<'s>>,
    links: Vec<Link<'s>>,
}

#[derive(Serialize)]
struct Node<'s> {
    path: &'s str,
    title: Option<&'s str>,
    url: Option<&'s str>,
    visibility: &'static str,
    /// How many other articles link to it.
    inbound: usize,
    /// To how many other articles it links.
    outbound: usize,
}

#[derive(Serialize)]
struct Link<'s> {
    from: &'s str,
    /// The file that it leads to; for a missing one, where it was looked for.
    to: Option<&'s str>,
    /// The destination as written.
    written: &'s str,
    state: &'static str,
}

/// The graph as JSON, every link of it.
pub fn json(site: &Site) -> String {
    let graph = site.graph();
    let facts = site.facts();
    let nodes = facts.iter().enumerate().map(|(index, facts)| Node {
        path: &facts.path,
        title: facts.title.as_deref(),
        url: site.page(facts).url.as_deref(),
        visibility: visibility(site, index),
        inbound: graph.inbound[index],
        outbound: graph.leads_to(index).len(),
    });
    let links = graph.links.iter().enumerate().flat_map(|(from, edges)| {
        edges.iter().map(move |edge| Link {
            from: &facts[from].path,
            to: match &edge.verdict {
                Verdict::Missing { path, .. } => Some(path),
                verdict => verdict.target().map(AsRef::as_ref),
            },
            written: &edge.url,
            state: state(edge, site),
        })
    });
    let out = Out { version: 1, nodes: nodes.collect(), links: links.collect() };
    let mut text = serde_json::to_string_pretty(&out).unwrap_or_default();
    text.push('\n');
    text
}
