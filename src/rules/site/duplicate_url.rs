//! `site/duplicate-url`

use serde::Deserialize;

use super::{place, place_of};
use crate::document::front_matter::FrontMatter;
use crate::finding::Level;
use crate::rule::{Define, Meta, Rule, Sink};
use crate::site::{Article, Claim};
use crate::span::Span;

/// Reports articles that claim one address.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct DuplicateUrl {}

impl Define for DuplicateUrl {
    const META: Meta = Meta {
        id: "site/duplicate-url",
        level: Some(Level::Error),
        fix: None,
        page: include_str!("../../../rules/site/duplicate-url.md"),
    };
}

impl Rule for DuplicateUrl {
    fn article(&self, article: &Article, sink: &mut Sink) {
        let page = article.page();
        if page.visibility.is_hidden() {
            return;
        }
        let own = page.url.iter().map(|url| (url, None));
        for (url, alias) in own.chain(page.aliases.iter().map(|alias| (&alias.url, Some(alias.span)))) {
            let others: Vec<(Claim, bool)> = article
                .site
                .claims_to(url)
                .filter(|(claim, _)| article.site.facts()[claim.article].path != article.facts.path)
                // Aliases in other letters lead to two pages on one server and to one on another.
                .filter(|(claim, same)| *same || (alias.is_none() && claim.alias.is_none()))
                .collect();
            let Some(&(other, same)) =
                others.iter().find(|(claim, same)| *same && claim.alias.is_none()).or(others.first())
            else {
                continue;
            };
            let facts = &article.site.facts()[other.article];
            let case = if same { "" } else { ", but for letter case" };
            let message = match (alias, other.alias) {
                (None, None) => format!("`{}` has the same address, `{url}`{case}", facts.path),
                (None, Some(_)) => format!("`{}` claims the address of this article, `{url}`", facts.path),
                (Some(_), None) => format!("`{url}` is the address of `{}`", facts.path),
                (Some(_), Some(_)) => format!("`{}` claims `{url}` too", facts.path),
            };
            let own_place = alias.unwrap_or_else(|| address_place(article));
            sink.report(own_place, message)
                .help(match alias {
                    None => "give one of the two another slug or file name: only one of them is published",
                    Some(_) => "take the alias out of one of the two: it can lead to one page only",
                })
                .also_in(facts.path.clone(), other.alias.unwrap_or_else(|| place_of(facts)), "the other one");
        }
    }
}

/// What in the front matter makes the address, else the title.
fn address_place(article: &Article) -> Span {
    let made = |front: &FrontMatter| {
        ["url", "permalink", "path", "slug"].iter().find_map(|key| Some(front.map.entry(key)?.value.span))
    };
    article.facts.front_matter.as_ref().and_then(made).unwrap_or_else(|| place(article))
}
