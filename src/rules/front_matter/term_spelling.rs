//! `front-matter/term-spelling`

use serde::Deserialize;

use super::terms::{KEYS, Terms, terms};
use crate::finding::{Level, Safety};
use crate::rule::{Define, Meta, Rule, Sink};
use crate::schema::replace_text;
use crate::site::{Article, Site};

/// Reports tags, categories and authors that other articles spell in another way.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct TermSpelling {
    /// The keys under which articles are filed.
    pub keys: Vec<String>,
}

impl Default for TermSpelling {
    fn default() -> Self {
        Self { keys: KEYS.map(str::to_owned).into() }
    }
}

impl Define for TermSpelling {
    const META: Meta = Meta {
        id: "front-matter/term-spelling",
        level: Some(Level::Note),
        fix: Some(Safety::Unsafe),
        page: include_str!("../../../rules/front-matter/term-spelling.md"),
    };
}

impl Rule for TermSpelling {
    fn prepare(&self, site: &Site) {
        Terms::of(site, &self.keys);
    }

    fn article(&self, article: &Article, sink: &mut Sink) {
        let site = article.site;
        let all = Terms::of(site, &self.keys);
        if !all.concern(site, article.facts) {
            return;
        }
        for term in terms(article.facts, &self.keys) {
            let Some(spellings) = all.several_spellings(site, article.facts, &term) else {
                continue;
            };
            // Most articles are right; of two spellings that are used as often, the one that comes first.
            let best = spellings.iter().max_by_key(|&(text, uses)| (uses.len(), std::cmp::Reverse(text)));
            let Some((meant, uses)) = best.filter(|(text, _)| *text != term.text) else { continue };
            let articles = if uses.len() == 1 { "article has" } else { "articles have" };
            let message = format!("`{}` is `{}` here, but {} {articles} `{meant}`", term.key, term.text, uses.len());
            let finding = sink.report(term.span, message);
            finding.help(format!("write `{meant}`, or change the others"));
            if let Some(facts) = uses.first().map(|index| &site.facts()[*index]) {
                let other = terms(facts, &self.keys).into_iter().find(|other| other.text == meant);
                if let Some(other) = other {
                    finding.also_in(std::sync::Arc::clone(&facts.path), other.span, "spelt like this");
                }
            }
            finding.fixes.extend(replace_text(term.value, meant));
        }
    }
}
