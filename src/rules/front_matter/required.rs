//! `front-matter/required`

use serde::Deserialize;

use super::{closest, is_faulty};
use crate::document::Document;
use crate::document::front_matter::{Data, FrontMatter, Map};
use crate::finding::Level;
use crate::rule::{Define, Meta, Rule, Sink};
use crate::span::Span;

/// Reports keys that front matter must have and that are not there, or that say nothing.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Required {
    /// The keys, as dotted paths.
    pub fields: Vec<String>,
}

impl Define for Required {
    const META: Meta = Meta {
        id: "front-matter/required",
        level: Some(Level::Error),
        fix: None,
        page: include_str!("../../../rules/front-matter/required.md"),
    };
}

impl Rule for Required {
    fn document(&self, document: &Document, sink: &mut Sink) {
        // Without front matter `front-matter/missing` has said it all.
        let Some(front_matter) = &document.front_matter else {
            return;
        };
        for path in &self.fields {
            match front_matter.map.entry_at(path) {
                Some(entry) if entry.value.is_blank() && !is_faulty(document, entry) => {
                    sink.report(entry.key_span, format!("`{path}` is empty")).help("give it a value");
                }
                Some(_) => {}
                // What a fault swallowed may have held it.
                None if front_matter.complete => self.report_missing(front_matter, path, sink),
                None => {}
            }
        }
    }
}

impl Required {
    fn report_missing(&self, front_matter: &FrontMatter, path: &str, sink: &mut Sink) {
        let (place, siblings, prefix) = siblings(front_matter, path);
        let name = &path[prefix.len()..];
        // A key that is wanted itself is no slip for another.
        let wanted = |key: &str| self.fields.iter().any(|field| field.strip_prefix(prefix) == Some(key));
        let others = siblings.entries.iter().map(|entry| entry.key.as_str()).filter(|key| !wanted(key));
        let near = closest(name, others).and_then(|key| siblings.entry(key));
        let finding = sink.report(place, format!("`{path}` is missing"));
        match near {
            Some(near) => {
                finding.help(format!("`{}` is there; did you mean `{name}`?", near.key));
                finding.also(near.key_span, "this key is close");
            }
            None => _ = finding.help("add it"),
        }
    }
}

/// Where the missing key at a dotted path belongs: the place to point at, the map, and the map's own path with its dot.
fn siblings<'a>(front_matter: &'a FrontMatter, path: &'a str) -> (Span, &'a Map, &'a str) {
    let mut place = front_matter.opening;
    let mut map = &front_matter.map;
    let mut prefix = 0;
    while let Some((head, _)) = path[prefix..].split_once('.') {
        let Some(entry) = map.entry(head) else { break };
        let Data::Map(inner) = &entry.value.data else { break };
        (place, map, prefix) = (entry.key_span, inner, prefix + head.len() + 1);
    }
    (place, map, &path[..prefix])
}

#[cfg(test)]
mod tests {
    use super::super::tests::said;
    use super::*;
    use crate::source::Kind;

    const FIELDS: &str = "fields: [title, date, seo.title, author]";

    #[test]
    fn each_missing_key_is_told_at_its_map() {
        let text = "\u{FEFF}---\r\nTitle: é\r\nautor: x\r\ndate: \"\"\r\nseo: {}\r\n---\r\n";
        assert_eq!(
            said::<Required>(FIELDS, Kind::Markdown, text),
            [
                "\"---\" `title` is missing (`Title` is there; did you mean `title`?)",
                "\"date\" `date` is empty (give it a value)",
                "\"seo\" `seo.title` is missing (add it)",
                "\"---\" `author` is missing (`autor` is there; did you mean `author`?)",
            ]
        );
        assert_eq!(said::<Required>(FIELDS, Kind::Markdown, "{\"title\": \"x\"}\n").len(), 3);
    }

    #[test]
    fn nothing_is_told_twice() {
        for text in ["no front matter", "---\ntitle: a: b\n---\n", "---\ntitle: x\nb: y\n----\n\nText\n"] {
            assert_eq!(said::<Required>(FIELDS, Kind::Markdown, text), [""; 0], "{text}");
        }
    }
}
