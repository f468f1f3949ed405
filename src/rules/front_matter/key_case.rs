//! `front-matter/key-case`

use serde::Deserialize;

use crate::finding::{Edit, Fix, Level, Safety};
use crate::rule::{Define, Meta, Rule, Sink};
use crate::site::Article;

/// Reports keys in another letter case than in the articles beside it.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct KeyCase {}

impl Define for KeyCase {
    const META: Meta = Meta {
        id: "front-matter/key-case",
        level: Some(Level::Warning),
        fix: Some(Safety::Unsafe),
        page: include_str!("../../../rules/front-matter/key-case.md"),
    };
}

impl Rule for KeyCase {
    fn article(&self, article: &Article, sink: &mut Sink) {
        let Some(front_matter) = &article.facts.front_matter else { return };
        let Some(odd) = article.site.habits().odd_keys_beside(&article.facts.path) else { return };
        for entry in &front_matter.map.entries {
            let Some((usual, count)) = odd.get(&entry.key) else { continue };
            let message = format!("`{}` is spelt `{usual}` in {count} articles beside this one", entry.key);
            let finding = sink.report(entry.key_span, message);
            match front_matter.map.entry(usual) {
                Some(other) => {
                    finding.help("keep one of the two").also(other.key_span, "the usual spelling is here too");
                }
                None => {
                    finding.help(format!("write `{usual}`: most generators tell letter case apart"));
                    // Quotes, where the key has any, stay.
                    let start = entry.key_span.start + (entry.key_span.len() - entry.key.len()) / 2;
                    let bare = crate::span::Span::new(start, start + entry.key.len());
                    finding.fix(Fix::risky(format!("write `{usual}`"), [Edit::replace(bare, usual.as_str())]));
                }
            }
        }
    }
}
