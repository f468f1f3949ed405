//! `residue/menu`

use serde::Deserialize;

use super::page::{self, Page};
use crate::document::Document;
use crate::finding::{Edit, Fix, Level, Safety};
use crate::rule::{Define, Meta, Rule, Sink};

/// Reports the menus of a page that stand above or below the text of an article.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Menu {}

impl Define for Menu {
    const META: Meta = Meta {
        id: "residue/menu",
        level: Some(Level::Warning),
        fix: Some(Safety::Unsafe),
        page: include_str!("../../../rules/residue/menu.md"),
    };
}

impl Rule for Menu {
    fn document(&self, document: &Document, sink: &mut Sink) {
        let Some(page) = Page::of(document) else { return };
        // Topics and sections amid a list of other articles are part of it.
        let lists = page::lists(document, &page);
        let menus = page::menus(&page).into_iter();
        for span in menus.filter(|menu| !lists.iter().any(|list| list.span.overlaps(*menu))) {
            let lines = document.source.lines_around(span);
            let finding = sink.report(span, "the menu of a page stands in the text");
            finding.help("delete it").fix(Fix::risky("delete the menu", [Edit::delete(lines)]));
        }
    }
}
