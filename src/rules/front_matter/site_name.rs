//! `front-matter/site-name`

use serde::Deserialize;

use super::text::{Text, folded};
use crate::finding::{Edit, Fix, Level, Safety};
use crate::rule::{Define, Meta, Rule, Sink};
use crate::site::{Article, Ending};

/// Reports titles that end with the name of the site.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct SiteName {
    /// Further names that the site has.
    pub names: Vec<String>,
    /// Endings that are meant, in any letter case.
    pub allow: Vec<String>,
}

impl Define for SiteName {
    const META: Meta = Meta {
        id: "front-matter/site-name",
        level: Some(Level::Warning),
        fix: Some(Safety::Safe),
        page: include_str!("../../../rules/front-matter/site-name.md"),
    };
}

impl Rule for SiteName {
    fn article(&self, article: &Article, sink: &mut Sink) {
        let Some(front_matter) = &article.facts.front_matter else { return };
        let Some(title) = front_matter.map.get("title").and_then(Text::of) else { return };
        let Some(ending) = Ending::of(title.words) else { return };
        if self.allow.iter().any(|allowed| allowed.eq_ignore_ascii_case(ending.words)) {
            return;
        }
        let known = self.is_name(article, ending.words);
        let count = article.site.habits().titles_ending_in(ending.words);
        if !known && !is_habit(count, article.site.habits().titled, ending.sure) {
            return;
        }
        let place = title.part(ending.start, title.words.len());
        let message = match known {
            true => format!("the title ends with the name of the site, `{}`", ending.words),
            false => format!("the title ends with `{}`, as {} others do", ending.words, count - 1),
        };
        let finding = sink.report(place, message);
        finding.help("leave it out: the template adds the name of the site where it belongs");
        if title.exact {
            let edit = [Edit::delete(place)];
            finding.fix(match known {
                true => Fix::safe("leave the name of the site out", edit),
                false => Fix::risky("leave the ending out", edit),
            });
        }
    }
}

impl SiteName {
    /// Whether `words` are a name of the site: one that is configured, or that of its host.
    fn is_name(&self, article: &Article, words: &str) -> bool {
        let settings = &article.site.settings;
        let said = folded(words);
        if settings.name.iter().chain(&self.names).any(|name| folded(name) == said) {
            return true;
        }
        let host = settings.origin.as_deref().and_then(|origin| origin.split("://").nth(1)).unwrap_or_default();
        let host = host.split([':', '/']).next().unwrap_or_default().trim_start_matches("www.").to_lowercase();
        let joined: String = said.split(' ').collect();
        let bare = host.rsplit_once('.').map_or("", |(bare, _)| bare);
        joined.len() >= 3 && (words.eq_ignore_ascii_case(&host) || joined == bare.replace(['-', '.'], ""))
    }
}

/// Whether so many titles of all those that there are end alike because of the site, and not of a series.
fn is_habit(count: usize, titled: usize, sure: bool) -> bool {
    if sure { count >= 3 && count * 10 >= titled } else { count >= 5 && count * 3 >= titled }
}
