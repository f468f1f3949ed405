//! `residue/title-repeated`

use serde::Deserialize;

use crate::finding::{Edit, Fix, Level, Safety};
use crate::rule::{Define, Meta, Rule, Sink};
use crate::site::Article;

/// Reports a body that begins with the title that the page shows above it anyway.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct TitleRepeated {
    /// Whether a heading is reported too.
    headings: bool,
}

impl Define for TitleRepeated {
    const META: Meta = Meta {
        id: "residue/title-repeated",
        level: Some(Level::Warning),
        fix: Some(Safety::Unsafe),
        page: include_str!("../../../rules/residue/title-repeated.md"),
    };
}

impl Rule for TitleRepeated {
    fn article(&self, article: &Article, sink: &mut Sink) {
        let Some(opening) = article.facts.opening else { return };
        if opening.heading && !self.headings {
            return;
        }
        let finding = sink.report(opening.span, "the article begins with its title, which the page shows above it");
        finding.help("delete it").fix(Fix::risky("delete the line", [Edit::delete(opening.lines)]));
    }
}
