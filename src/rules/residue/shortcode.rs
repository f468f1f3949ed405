//! `residue/shortcode`
//!
//! Owns what is reported, in running text and of template syntax; what a shortcode in brackets is, is in `bracket`.

use serde::Deserialize;

use super::bracket::{self, Bracket};
use crate::document::{BlockKind, Document, ForeignKind};
use crate::finding::Level;
use crate::rule::{Define, Meta, Rule, Sink};
use crate::site::{Article, Generator, TemplateFact};
use crate::span::Span;

/// Reports shortcodes and template tags that nothing will fill in.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Shortcode {
    /// Names of shortcodes that the site's engine knows.
    allow: Vec<String>,
}

impl Define for Shortcode {
    const META: Meta = Meta {
        id: "residue/shortcode",
        level: Some(Level::Warning),
        fix: None,
        page: include_str!("../../../rules/residue/shortcode.md"),
    };
}

impl Rule for Shortcode {
    fn document(&self, document: &Document, sink: &mut Sink) {
        let (prose, brackets) = (document.prose.text(), document.brackets());
        if brackets.is_empty() {
            return;
        }
        let has_bracket =
            |text: Span| brackets.get(brackets.partition_point(|&at| at < text.start)).is_some_and(|&at| at < text.end);
        let mut found: Vec<Bracket> = Vec::new();
        for block in document.blocks.iter().filter(|block| block.kind != BlockKind::Code) {
            if !has_bracket(block.text) {
                continue;
            }
            let text = document.text_of(block);
            // Whoever names them shows them on purpose.
            if !text.to_lowercase().contains("shortcode") {
                found.extend(bracket::all(text).map(|bracket| bracket.shifted(block.text.start)));
            }
        }
        let allowed =
            |bracket: &Bracket| self.allow.iter().any(|name| name.eq_ignore_ascii_case(bracket.name.of(prose)));
        found.retain(|bracket| !allowed(bracket));
        for (index, bracket) in found.iter().enumerate() {
            let name = bracket.name.of(prose);
            let same = |other: &&Bracket| other.name.of(prose).eq_ignore_ascii_case(name);
            let pair = if bracket.closes {
                found[..index].iter().rev().find(same).filter(|other| !other.closes)
            } else {
                found[index + 1..].iter().find(same).filter(|other| other.closes)
            };
            if !bracket.is_sure(prose, pair.is_some()) || bracket.closes && pair.is_some() {
                continue;
            }
            let span = document.prose.source_span(bracket.span);
            let finding = sink.report(span, format!("the shortcode `{name}` stands in the text"));
            finding.help("put in what it stood for, or delete it");
            if let Some(pair) = pair {
                finding.also(document.prose.source_span(pair.span), "it ends here");
            }
        }
    }

    fn article(&self, article: &Article, sink: &mut Sink) {
        let generator = article.site.settings.generator;
        for template in &article.facts.templates {
            let Some(engine) = stranger(template.kind, generator) else { continue };
            report_template(*template, engine, sink);
        }
    }
}

/// Whose syntax `kind` is, if it is not that of `generator`.
fn stranger(kind: ForeignKind, generator: Generator) -> Option<&'static str> {
    use Generator::{Astro, Docusaurus, Eleventy, Hugo, Jekyll, MkDocs, Zola};
    match (kind, generator) {
        (ForeignKind::Shortcode, Jekyll | Eleventy | Zola | Astro | Docusaurus | MkDocs) => Some("a Hugo shortcode"),
        (ForeignKind::TemplateTag, Hugo | Astro | Docusaurus) => Some("a template tag of Liquid or Nunjucks"),
        _ => None,
    }
}

fn report_template(template: TemplateFact, engine: &str, sink: &mut Sink) {
    let more = match template.count {
        1 => String::new(),
        count => format!(", and {} more in this article", count - 1),
    };
    let finding =
        sink.report(template.span, format!("{engine} stands in the text, which this site does not know{more}"));
    finding.help("put in what it stood for, or delete it; to show it, put it in code");
}
