//! The graph as a page to look at: one file without anything from elsewhere.

use serde_json::json;

use super::{state, visibility};
use crate::site::{Site, Verdict};

/// The page, with a place for the data.
const PAGE: &str = include_str!("page.html");

/// What stands in the page where the data go.
const SLOT: &str = "/*DATA*/";

/// The graph as a page.
pub fn html(site: &Site) -> String {
    let graph = site.graph();
    let facts = site.facts();
    let nodes: Vec<_> = facts
        .iter()
        .enumerate()
        .map(|(index, facts)| {
            let title = facts.title.as_deref().unwrap_or(&facts.path);
            let broken = graph.links[index].iter().filter(|edge| state(edge, site) == "missing").count();
            json!({ "p": &*facts.path, "t": title, "i": graph.inbound[index], "v": visibility(site, index), "b": broken })
        })
        .collect();
    let mut missing: Vec<&str> = Vec::new();
    let mut links: Vec<(usize, usize)> = Vec::new();
    for (from, edges) in graph.links.iter().enumerate() {
        links.extend(graph.leads_to(from).into_iter().map(|to| (from, to)));
        for edge in edges {
            let Verdict::Missing { path, .. } = &edge.verdict else { continue };
            let at = missing.iter().position(|known| known == path).unwrap_or_else(|| {
                missing.push(path);
                missing.len() - 1
            });
            links.push((from, facts.len() + at));
        }
    }
    // `</script>` and `<!--` would end the data early.
    let data = json!({ "nodes": nodes, "missing": missing, "links": links }).to_string().replace('<', "\\u003c");
    PAGE.replacen(SLOT, &data, 1)
}
