//! `front-matter/term-once`

use serde::Deserialize;

use super::terms::{KEYS, Terms, terms};
use crate::rule::{Define, Meta, Rule, Sink};
use crate::site::{Article, Site};

/// Reports tags, categories and authors that no other article has.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct TermOnce {
    /// The keys under which articles are filed.
    pub keys: Vec<String>,
}

impl Default for TermOnce {
    fn default() -> Self {
        Self { keys: KEYS.map(str::to_owned).into() }
    }
}

impl Define for TermOnce {
    const META: Meta = Meta {
        id: "front-matter/term-once",
        level: None,
        fix: None,
        page: include_str!("../../../rules/front-matter/term-once.md"),
    };
}

impl Rule for TermOnce {
    fn prepare(&self, site: &Site) {
        Terms::of(site, &self.keys);
    }

    fn article(&self, article: &Article, sink: &mut Sink) {
        let own = terms(article.facts, &self.keys);
        if own.is_empty() {
            return;
        }
        let all = Terms::of(article.site, &self.keys);
        for term in own {
            let Some(spellings) = all.spellings(article.site, article.facts, &term) else { continue };
            if spellings.iter().map(|(_, uses)| uses.len()).sum::<usize>() == 1 {
                let message = format!("no other article has `{}` among its `{}`", term.text, term.key);
                sink.report(term.span, message).help("take one that other articles have, or delete it");
            }
        }
    }
}
