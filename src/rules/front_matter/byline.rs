//! `front-matter/byline`

use serde::Deserialize;

use super::text::Text;
use crate::document::front_matter::{Data, Style, Value};
use crate::finding::{Edit, Fix, Level, Safety};
use crate::rule::{Define, Meta, Rule, Sink};
use crate::site::Article;

/// The keys that name who wrote an article.
const AUTHORS: &[&str] =
    &["author", "authors", "byline", "writer", "by", "contributor", "contributors", "params.author"];

/// What a page says in front of a name, the longest first.
const LEADS: &[&str] = &["written by", "posted by", "published by", "authored by", "author:", "by:", "by"];

/// Names of accounts, not of people.
const ACCOUNTS: &[&str] =
    &["admin", "administrator", "webmaster", "wp-admin", "wpadmin", "root", "superuser", "test user"];

/// Reports authors that are not just names.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Byline {
    /// Values that are meant, in any letter case.
    pub allow: Vec<String>,
}

impl Define for Byline {
    const META: Meta = Meta {
        id: "front-matter/byline",
        level: Some(Level::Warning),
        fix: Some(Safety::Safe),
        page: include_str!("../../../rules/front-matter/byline.md"),
    };
}

impl Rule for Byline {
    fn article(&self, article: &Article, sink: &mut Sink) {
        let Some(front_matter) = &article.facts.front_matter else { return };
        for key in AUTHORS {
            if let Some(entry) = front_matter.map.entry_at(key) {
                self.value(article, key, &entry.value, sink);
            }
        }
    }
}

impl Byline {
    fn value(&self, article: &Article, key: &str, value: &Value, sink: &mut Sink) {
        match &value.data {
            _ if value.style == Style::Alias => {}
            Data::List(items) => items.iter().for_each(|item| self.value(article, key, item, sink)),
            Data::Map(map) => {
                if let Some(name) = map.get("name") {
                    self.value(article, key, name, sink);
                }
            }
            _ => {
                if let Some(text) = Text::of(value).filter(|text| !text.is_template()) {
                    self.text(article, key, &text, sink);
                }
            }
        }
    }

    fn text(&self, article: &Article, key: &str, text: &Text, sink: &mut Sink) {
        let words = text.words;
        if self.allow.iter().any(|allowed| allowed.eq_ignore_ascii_case(words)) {
            return;
        }
        if let Some(name) = name_behind_lead(words) {
            let lead = text.part(0, words.len() - name.len());
            let said = words[..words.len() - name.len()].trim_end();
            let finding = sink.report(lead, format!("`{key}` says `{said}` in front of the name"));
            finding.help(format!("write the name alone: `{name}`"));
            if text.exact {
                finding.fix(Fix::safe("write the name alone", [Edit::delete(lead)]));
            }
        } else if ACCOUNTS.iter().any(|account| words.eq_ignore_ascii_case(account)) && !is_profile(article, words) {
            sink.report(text.span, format!("`{words}` is an account, not the name of an author"))
                .help("name the person or the desk that wrote the article");
        }
    }
}

/// The name behind "By " and the like.
fn name_behind_lead(words: &str) -> Option<&str> {
    LEADS.iter().find_map(|lead| {
        let head = words.get(..lead.len()).filter(|head| head.eq_ignore_ascii_case(lead))?;
        let rest = &words[head.len()..];
        let name = rest.trim_start();
        // "By Design Studio" is rare; "Byron" has no space, "by" alone no name.
        let parted = rest.starts_with(char::is_whitespace);
        let begins = name.starts_with(|c: char| c.is_uppercase() || (c.is_alphabetic() && !c.is_lowercase()));
        (parted && begins).then_some(name)
    })
}

/// Whether the site has a profile of this name: then it is an id, as some themes use it.
fn is_profile(article: &Article, name: &str) -> bool {
    let name = name.to_lowercase();
    let parts = |path: &str| {
        let mut parts = path.split('/').skip_while(|part| !matches!(*part, "authors" | "author" | "_authors"));
        parts.next().is_some() && parts.next().is_some_and(|part| part.split('.').next() == Some(name.as_str()))
    };
    article.site.tree.paths().iter().any(|path| parts(path))
}
