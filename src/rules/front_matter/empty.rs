//! `front-matter/empty`

use serde::Deserialize;

use crate::document::front_matter::{Data, Entry, Map, Style};
use crate::document::{Document, ProblemKind};
use crate::rule::{Define, Meta, Rule, Sink};

/// Reports keys under which nothing stands.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Empty {
    /// Keys that may be empty; dotted paths lead into maps.
    pub allow: Vec<String>,
}

impl Define for Empty {
    const META: Meta = Meta {
        id: "front-matter/empty",
        level: None,
        fix: None,
        page: include_str!("../../../rules/front-matter/empty.md"),
    };
}

impl Rule for Empty {
    fn document(&self, document: &Document, sink: &mut Sink) {
        if let Some(front_matter) = &document.front_matter {
            self.map(document, "", &front_matter.map, sink);
        }
    }
}

impl Empty {
    /// Looks at the entries of the map at `path`, which is empty or ends in a dot.
    fn map(&self, document: &Document, path: &str, map: &Map, sink: &mut Sink) {
        for entry in &map.entries {
            let name = format!("{path}{}", entry.key);
            if entry.value.style == Style::Alias || self.allow.contains(&name) || is_faulty(document, entry) {
                continue;
            }
            match &entry.value.data {
                _ if entry.value.is_blank() => {
                    sink.report(entry.key_span, format!("`{name}` is empty")).help("give it a value, or remove it");
                }
                Data::Map(inner) => self.map(document, &format!("{name}."), inner, sink),
                _ => {}
            }
        }
    }
}

/// Whether the parser met a fault in this entry, so that its value may not be what the author wrote.
fn is_faulty(document: &Document, entry: &Entry) -> bool {
    let whole = entry.key_span.to(entry.value.span);
    let mut faults = document.problems.iter().filter(|problem| problem.kind == ProblemKind::Syntax);
    faults.any(|fault| whole.start <= fault.span.start && fault.span.start <= whole.end)
}
