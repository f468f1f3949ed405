//! The graph for Graphviz.

use std::fmt::Write;

use super::state;
use crate::site::{Site, Verdict};

/// The graph in DOT: an edge for each pair of articles, dashed and red where a link leads to nothing.
pub fn dot(site: &Site) -> String {
    let mut out = String::from("digraph site {\n  rankdir=LR;\n  node [shape=box, fontname=\"sans-serif\"];\n");
    let graph = site.graph();
    let mut write = |line: String| out.push_str(&line);
    for facts in site.facts() {
        let label = facts.title.as_deref().unwrap_or(&facts.path);
        let hidden = site.page(facts).visibility.is_hidden();
        let style = if hidden { ", style=dashed" } else { "" };
        write(format!("  {} [label={}{style}];\n", quoted(&facts.path), quoted(label)));
    }
    for (from, facts) in site.facts().iter().enumerate() {
        for to in graph.leads_to(from) {
            write(format!("  {} -> {};\n", quoted(&facts.path), quoted(&site.facts()[to].path)));
        }
        for edge in graph.links[from].iter().filter(|edge| state(edge, site) == "missing") {
            let Verdict::Missing { path, .. } = &edge.verdict else { continue };
            write(format!("  {} -> {} [color=red, style=dashed];\n", quoted(&facts.path), quoted(path)));
        }
    }
    let _ = writeln!(out, "}}");
    out
}

fn quoted(text: &str) -> String {
    let text: String = text.chars().filter(|c| !c.is_control()).collect();
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_quoted() {
        assert_eq!(quoted("a \"b\" \\ é\n"), "\"a \\\"b\\\" \\\\ é\"");
    }
}
