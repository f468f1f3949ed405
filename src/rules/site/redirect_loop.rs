//! `site/redirect-loop`

use serde::Deserialize;

use super::place;
use crate::document::LinkForm;
use crate::finding::Level;
use crate::rule::{Define, Meta, Rule, Sink};
use crate::site::{Article, Facts, LinkFact, Site};

/// Reports redirects that end where they began.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct RedirectLoop {}

impl Define for RedirectLoop {
    const META: Meta = Meta {
        id: "site/redirect-loop",
        level: Some(Level::Error),
        fix: None,
        page: include_str!("../../../rules/site/redirect-loop.md"),
    };
}

/// Articles in a row that a reader is led on through before it is given up.
const LONGEST: usize = 20;

impl Rule for RedirectLoop {
    fn article(&self, article: &Article, sink: &mut Sink) {
        let page = article.page();
        for alias in &page.aliases {
            if page.url.as_ref().is_some_and(|url| article.site.settings.engine.overwrites(url, &alias.url)) {
                sink.report(alias.span, format!("the alias `{}` is the article's own address", alias.url))
                    .help("take it out: it would lead the page to itself");
            }
        }
        if let Some(addresses) = article.site.way_round(article.facts) {
            let way: Vec<String> = addresses.iter().map(|address| format!("`{address}`")).collect();
            sink.report(
                place(article),
                format!("the site's redirects lead round and back to here: {}", way.join(" → ")),
            )
            .help("take one of them out: nobody can read the article");
        }
        let Some(first) = redirect(article.facts) else { return };
        let mut way: Vec<&Facts> = vec![article.facts];
        let mut here = follow(article.site, article.facts, first);
        while let Some(next) = here {
            if next.path == article.facts.path {
                let steps: Vec<String> = way.iter().skip(1).map(|facts| format!("`{}`", facts.path)).collect();
                let message = match steps.as_slice() {
                    [] => "this article leads readers on to itself".to_owned(),
                    steps => format!("this article leads readers on to itself, by way of {}", steps.join(", ")),
                };
                let finding = sink.report(first.destination, message);
                finding.help("lead to a page that stays");
                for (facts, link) in way.iter().skip(1).filter_map(|facts| Some((facts, redirect(facts)?))) {
                    finding.also_in(facts.path.clone(), link.destination, "and this one on");
                }
                return;
            }
            if way.len() > LONGEST || way.iter().any(|known| known.path == next.path) {
                return;
            }
            way.push(next);
            here = redirect(next).and_then(|link| follow(article.site, next, link));
        }
    }
}

/// The field that leads a reader of this article on.
fn redirect(facts: &Facts) -> Option<&LinkFact> {
    facts.links.iter().find(|link| link.form == LinkForm::Field && !link.embeds)
}

fn follow<'s>(site: &'s Site, from: &Facts, link: &LinkFact) -> Option<&'s Facts> {
    site.redirect_target(from, link)
}
