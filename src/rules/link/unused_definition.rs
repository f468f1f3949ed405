//! `link/unused-definition`

use std::collections::HashSet;

use serde::Deserialize;

use crate::document::{Document, LinkForm};
use crate::finding::{Edit, Fix, Safety};
use crate::rule::{Define, Meta, Rule, Sink};
use crate::span::Span;

/// Reports link definitions that nothing refers to.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct UnusedDefinition {}

impl Define for UnusedDefinition {
    const META: Meta = Meta {
        id: "link/unused-definition",
        level: None,
        fix: Some(Safety::Unsafe),
        page: include_str!("../../../rules/link/unused-definition.md"),
    };
}

impl Rule for UnusedDefinition {
    fn document(&self, document: &Document, sink: &mut Sink) {
        if document.definitions.is_empty() {
            return;
        }
        let references = document.links.iter().filter(|link| link.form == LinkForm::Reference);
        let used: HashSet<Span> = references.filter_map(|link| Some(link.destination.as_ref()?.span)).collect();
        let mut first: Vec<(String, Span)> = Vec::new();
        for definition in &document.definitions {
            let label = document.source.slice(definition.label);
            let folded = label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
            if is_comment(label, &definition.destination.url) {
                continue;
            }
            let earlier = first.iter().find(|(known, _)| *known == folded).map(|(_, span)| *span);
            let finding = match earlier {
                Some(earlier) => {
                    let message = format!("`[{label}]` is defined already: this definition does not count");
                    let finding = sink.report(definition.label, message);
                    finding.help("take one of the two out").also(earlier, "this one counts");
                    finding
                }
                None => {
                    first.push((folded, definition.label));
                    if used.contains(&definition.destination.span) {
                        continue;
                    }
                    let finding = sink.report(definition.label, format!("nothing refers to `[{label}]`"));
                    finding.help("refer to it, or take the definition out");
                    finding
                }
            };
            if let Some(line) = whole_line(document, definition.span) {
                finding.fix(Fix::risky("take the definition out", [Edit::delete(line)]));
            }
        }
    }
}

/// `[//]: # (a comment)` is how some write comments.
fn is_comment(label: &str, url: &str) -> bool {
    url == "#" || url.is_empty() || label.starts_with("//") || label.eq_ignore_ascii_case("comment")
}

/// The lines of a definition that has them for itself, the last line end included.
fn whole_line(document: &Document, span: Span) -> Option<Span> {
    let text = document.source.text();
    let start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[span.end..].find('\n').map_or(text.len(), |at| span.end + at + 1);
    let alone = text[start..span.start].trim().is_empty() && text[span.end..end].trim().is_empty();
    alone.then(|| Span::new(start, end))
}
