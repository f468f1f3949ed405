//! `front-matter/unknown-key`

use serde::Deserialize;

use super::closest;
use crate::document::Document;
use crate::document::front_matter::Map;
use crate::rule::{Define, Meta, Rule, Sink};

/// Reports keys in front matter that nothing reads.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct UnknownKey {
    /// The keys that may be there, as dotted paths.
    pub known: Vec<String>,
}

impl Define for UnknownKey {
    const META: Meta = Meta {
        id: "front-matter/unknown-key",
        level: None,
        fix: None,
        page: include_str!("../../../rules/front-matter/unknown-key.md"),
    };
}

impl Rule for UnknownKey {
    fn document(&self, document: &Document, sink: &mut Sink) {
        if let Some(front_matter) = document.front_matter.as_ref().filter(|_| !self.known.is_empty()) {
            self.check(&front_matter.map, "", sink);
        }
    }
}

impl UnknownKey {
    /// Looks at a map whose own path, with its dot, is `prefix`.
    fn check(&self, map: &Map, prefix: &str, sink: &mut Sink) {
        for entry in &map.entries {
            let path = format!("{prefix}{}", entry.key);
            if self.known.contains(&path) {
                continue;
            }
            let below = format!("{path}.");
            if self.known.iter().any(|known| known.starts_with(&below)) {
                // Only some of what stands below it is known.
                if let Some(inner) = entry.value.as_map() {
                    self.check(inner, &below, sink);
                }
                continue;
            }
            let finding = sink.report(entry.key_span, format!("nothing is known of a key `{path}`"));
            // A key that is there already cannot be the one that was meant.
            let free =
                self.known.iter().filter_map(|known| known.strip_prefix(prefix)).filter(|key| map.entry(key).is_none());
            match closest(&entry.key, free) {
                Some(meant) => finding.help(format!("did you mean `{prefix}{meant}`?")),
                None => finding.help("delete it, or name it in the configuration"),
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::said;
    use super::*;
    use crate::source::Kind;

    #[test]
    fn only_what_is_not_named_is_unknown() {
        let known = "known: [title, seo.title, extra]";
        let text = "---\nTitel: é\nseo:\n  title: x\n  titel: y\nextra: {any: 1}\nfoo: 1\n---\n";
        assert_eq!(
            said::<UnknownKey>(known, Kind::Markdown, text),
            [
                "\"Titel\" nothing is known of a key `Titel` (did you mean `title`?)",
                "\"titel\" nothing is known of a key `seo.titel` (delete it, or name it in the configuration)",
                "\"foo\" nothing is known of a key `foo` (delete it, or name it in the configuration)",
            ]
        );
        assert_eq!(said::<UnknownKey>("{}", Kind::Markdown, text), [""; 0]);
    }
}
