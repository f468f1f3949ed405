//! `front-matter/echo`

use serde::Deserialize;

use super::text::{Text, folded, texts};
use super::truncated::SUMMARIES;
use crate::document::Document;
use crate::rule::{Define, Meta, Rule, Sink};

/// Reports summaries that only repeat the title.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Echo {}

impl Define for Echo {
    const META: Meta = Meta {
        id: "front-matter/echo",
        level: None,
        fix: None,
        page: include_str!("../../../rules/front-matter/echo.md"),
    };
}

impl Rule for Echo {
    fn document(&self, document: &Document, sink: &mut Sink) {
        let Some(front_matter) = &document.front_matter else { return };
        let Some(title) = front_matter.map.get("title").and_then(Text::of) else { return };
        let said = folded(title.words);
        for (key, text) in texts(&front_matter.map, SUMMARIES) {
            if !said.is_empty() && folded(text.words) == said {
                sink.report(text.span, format!("`{key}` only repeats the title"))
                    .help("say what the title does not, or remove it")
                    .also(title.span, "the title");
            }
        }
    }
}
