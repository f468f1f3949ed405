//! `related/broken`

use serde::Deserialize;

use super::{Item, Keys, lists};
use crate::finding::{Edit, Fix, Level, Safety};
use crate::rule::{Define, Meta, Rule, Sink};
use crate::site::{Article, Generator, Verdict, is_address};

/// Reports related articles that are not there.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Broken {
    keys: Keys,
}

impl Define for Broken {
    const META: Meta = Meta {
        id: "related/broken",
        level: Some(Level::Error),
        fix: Some(Safety::Unsafe),
        page: include_str!("../../../rules/related/broken.md"),
    };
}

impl Rule for Broken {
    fn article(&self, article: &Article, sink: &mut Sink) {
        for list in lists(article, &self.keys) {
            let some_lead_somewhere = list.items.iter().any(|item| item.target().is_some());
            for item in &list.items {
                let (meant, message) = match &item.verdict {
                    Verdict::WrongCase { target, actual } => {
                        (Some(actual), format!("the related article `{}` is spelled `{target}`", item.text))
                    }
                    Verdict::Missing { suggestion, .. } if is_certain(article, item, some_lead_somewhere) => {
                        (suggestion.as_ref(), format!("no article goes by `{}`, listed as related", item.text))
                    }
                    _ => continue,
                };
                let finding = sink.report(item.name.span, message);
                match meant {
                    Some(meant) => {
                        finding.help(format!("did you mean `{meant}`?"));
                        // What comes after the path (`#heading`) and what YAML would read differently is left to people.
                        let simple = !item.text.contains(['#', '?']) && !meant.contains(['#', ':', '\'', '"', '\\']);
                        if let Some(span) = item.inner().filter(|_| simple) {
                            finding.fix(Fix::risky(format!("name `{meant}`"), [Edit::replace(span, meant)]));
                        }
                    }
                    None => {
                        finding.help("name an article of this site by its path, slug, id or title, or take it out");
                    }
                }
            }
        }
    }
}

/// Whether an item can be meant for nothing but an article of this site. A bare word may be a topic, or a book.
fn is_certain(article: &Article, item: &Item, some_lead_somewhere: bool) -> bool {
    let Verdict::Missing { suggestion, .. } = &item.verdict else { return false };
    if is_address(item.text) {
        let file = item.text.to_ascii_lowercase();
        return article.site.settings.generator == Generator::Plain || file.ends_with(".md") || file.ends_with(".mdx");
    }
    let slug = item.text.contains('-') && item.text.chars().all(|c| c == '-' || c.is_lowercase() || c.is_ascii_digit());
    article.site.settings.generator == Generator::Plain && (slug || suggestion.is_some() || some_lead_somewhere)
}
