//! `related/title-differs`

use serde::Deserialize;

use super::Keys;
use super::listing::listings;
use crate::finding::{Edit, Fix, Level, Safety};
use crate::rule::{Define, Meta, Rule, Sink};
use crate::site::Article;

/// Reports related articles that are listed under an older title.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct TitleDiffers {
    keys: Keys,
}

impl Define for TitleDiffers {
    const META: Meta = Meta {
        id: "related/title-differs",
        level: Some(Level::Warning),
        fix: Some(Safety::Unsafe),
        page: include_str!("../../../rules/related/title-differs.md"),
    };
}

/// How alike two titles must be for one to be the older form of the other (0 to 1); others are told apart on purpose.
const ALIKE: f64 = 0.7;

impl Rule for TitleDiffers {
    fn article(&self, article: &Article, sink: &mut Sink) {
        for item in listings(article, &self.keys).iter().flat_map(|list| &list.items) {
            let (Some((shown, place, plain)), Some(target)) = (item.title, item.facts(article)) else { continue };
            let Some(title) = target.title.as_deref().filter(|_| !item.is_place()) else { continue };
            if !is_older(shown, title) {
                continue;
            }
            let finding = sink.report(place, format!("the article is called `{title}` now, not `{shown}`"));
            finding.help("list it under its title");
            let simple = |c: char| {
                c.is_control() || matches!(c, '[' | ']' | '`' | '*' | '_' | '<' | '"' | '\'' | '\\' | ':' | '#')
            };
            if plain && !title.contains(simple) {
                finding.fix(Fix::risky(format!("write `{title}`"), [Edit::replace(place, title)]));
            }
        }
    }
}

/// Whether `shown` is another wording of the title, not the title itself, a part of it or something else.
fn is_older(shown: &str, title: &str) -> bool {
    let words = |text: &str| {
        let word =
            |word: &str| word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
        text.split_whitespace().map(word).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
    };
    let (shown, title) = (words(shown), words(title));
    let (short, long) = if shown.len() < title.len() { (&shown, &title) } else { (&title, &shown) };
    !short.is_empty() && !long.contains(short.as_str()) && strsim::normalized_levenshtein(&shown, &title) >= ALIKE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_older_title_is_nearly_the_title() {
        assert!(is_older("The harbour in 1906", "The harbour in 1907"));
        assert!(is_older("Wie der Hafen entstnad", "Wie der Hafen entstand"));
        for (shown, title) in [
            ("The Harbour, in 1907!", "The harbour in 1907"),
            ("The harbour", "The harbour in 1907"),
            ("Another subject", "The harbour in 1907"),
            ("", "x"),
        ] {
            assert!(!is_older(shown, title), "{shown}");
        }
    }
}
