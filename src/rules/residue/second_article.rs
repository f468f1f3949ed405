//! `residue/second-article`

use serde::Deserialize;

use super::page::{self, Page};
use crate::document::Document;
use crate::finding::Level;
use crate::rule::{Define, Meta, Rule, Sink};

/// Reports another article behind the end of this one.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct SecondArticle {}

impl Define for SecondArticle {
    const META: Meta = Meta {
        id: "residue/second-article",
        level: Some(Level::Warning),
        fix: None,
        page: include_str!("../../../rules/residue/second-article.md"),
    };
}

/// As many paragraphs come before another article begins.
const BEFORE: usize = 2;

/// Lines between headline and date, and between date and first paragraph: names, a summary, share buttons.
const BETWEEN: usize = 3;

impl Rule for SecondArticle {
    fn document(&self, document: &Document, sink: &mut Sink) {
        // Only of a page whose own date stands under its headline is it known what an article begins like.
        let Some(own) = document.dump.as_ref().and_then(|dump| dump.title.and(dump.date)) else { return };
        let Some(page) = Page::of(document) else { return };
        let listed = page::lists(document, &page);
        let mut paragraphs = 0;
        for (index, line) in page.lines.iter().enumerate() {
            paragraphs += usize::from(line.is_paragraph());
            // A quoted post ends in a name and a date.
            let signs = line.text.starts_with(['—', '–', '-']) || line.text.contains('@');
            let is_date = !signs && line.date().is_some_and(|date| line.weight <= date.len() + 24);
            if paragraphs < BEFORE || line.span.start <= own.start || !is_date {
                continue;
            }
            let above = &page.lines[index.saturating_sub(BETWEEN)..index];
            let headline = above
                .iter()
                .rposition(|line| page::is_title(line) && line.is_headline() && !line.text.ends_with(['.', '…']));
            let text = page.lines[index + 1..].iter().take(BETWEEN + 1).any(|line| line.is_paragraph());
            let Some(headline) = headline.map(|at| &above[at]) else { continue };
            // Between a headline and its date there is no paragraph.
            let begins = !above.iter().any(|line| line.is_paragraph() && line.span > headline.span);
            let span = headline.span.to(line.span);
            if text && begins && !listed.iter().any(|list| list.span.overlaps(span)) {
                sink.report(span, "another article begins here").help("delete it, or give it a file of its own");
                return;
            }
        }
    }
}
