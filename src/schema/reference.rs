//! References to articles that are named in a certain way.

use std::collections::HashMap;

use super::near::{closest, shortened};
use super::seek::Sought;
use super::{Aspect, By, Violation};
use crate::document::front_matter::{Data, Value};
use crate::finding::Label;
use crate::site::target::Route;
use crate::site::{Article, Facts, Site, Visibility, slug_of};
use crate::span::Span;

/// What the articles of a site are called, in each of some ways.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Indices into the facts of the site.
    names: HashMap<(By, String), Vec<usize>>,
}

/// Keys of front matter that hold the id of an article.
const IDS: &[&str] = &["id", "uid", "uuid", "key"];

impl Names {
    pub fn of(site: &Site, ways: &[By]) -> Self {
        let mut all = Self::default();
        for (index, facts) in site.facts().iter().enumerate().filter(|_| !ways.is_empty()) {
            for &way in ways {
                for name in names(site, facts, way) {
                    let indices = all.names.entry((way, name)).or_default();
                    if indices.last() != Some(&index) {
                        indices.push(index);
                    }
                }
            }
        }
        all
    }

    /// The articles that `text` in the front matter of `from` names in this way.
    fn find(&self, site: &Site, from: &Facts, way: By, text: &str) -> &[usize] {
        let lookup = |name: String| self.names.get(&(way, name)).map_or(&[][..], Vec::as_slice);
        match way {
            By::Path => {
                let text = text.strip_prefix("@/").unwrap_or(text);
                let own = from.path.rsplit_once('/').map_or("", |(folder, _)| folder);
                let folders = site.settings.generator.content_folders();
                let bases = [own, ""].into_iter().chain(folders.iter().copied());
                let routes = bases.filter_map(|base| Route::walk(base, text));
                routes.map(|route| lookup(bare(&route.path()))).find(|found| !found.is_empty()).unwrap_or(&[])
            }
            By::Url => {
                let url = site.internal(text).map_or(text, |(_, url)| url);
                lookup(url.split(['#', '?']).next().unwrap_or("").trim_matches('/').to_lowercase())
            }
            By::Slug => lookup(text.trim_matches('/').to_lowercase()),
            By::Id => lookup(text.to_owned()),
            By::Title => lookup(text.to_lowercase()),
        }
    }
}

/// The names of one article in one way, as they are compared.
fn names(site: &Site, facts: &Facts, way: By) -> Vec<String> {
    let field = |key: &str| facts.front_matter.as_ref().and_then(|front| scalar(front.map.get(key)?));
    match way {
        By::Path => vec![bare(&facts.path)],
        By::Url => {
            let page = site.page(facts);
            let urls = page.url.iter().chain(page.aliases.iter().map(|alias| &alias.url));
            urls.map(|url| url.trim_matches('/').to_lowercase()).collect()
        }
        By::Slug => match field("slug") {
            Some(slug) => vec![slug.trim_matches('/').to_lowercase()],
            None => {
                let slug = slug_of(&facts.path).to_lowercase();
                let undated = slug.get(11..).filter(|_| is_dated(&slug)).map(str::to_owned);
                std::iter::once(slug.clone()).chain(undated).collect()
            }
        },
        By::Id => IDS.iter().find_map(|key| field(key)).into_iter().collect(),
        By::Title => facts.title.iter().map(|title| title.to_lowercase()).collect(),
    }
}

fn is_dated(slug: &str) -> bool {
    slug.len() > 11
        && slug
            .bytes()
            .take(11)
            .enumerate()
            .all(|(at, b)| if matches!(at, 4 | 7 | 10) { b == b'-' } else { b.is_ascii_digit() })
}

/// A path without its extension, and without the name of a folder's own page.
fn bare(path: &str) -> String {
    let (folder, name) = path.rsplit_once('/').map_or(("", path), |(folder, name)| (folder, name));
    let known = [".md", ".mdx", ".markdown", ".html", ".htm", ".txt"];
    let stem = known.iter().find_map(|extension| name.strip_suffix(extension)).unwrap_or(name);
    match (folder, stem) {
        ("", stem) => stem.to_owned(),
        (folder, "index" | "_index") => folder.to_owned(),
        (folder, stem) => format!("{folder}/{stem}"),
    }
}

fn scalar(value: &Value) -> Option<String> {
    match &value.data {
        Data::String(text) | Data::Date(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Data::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn word(way: By) -> &'static str {
    match way {
        By::Path => "path",
        By::Url => "url",
        By::Slug => "slug",
        By::Id => "id",
        By::Title => "title",
    }
}

/// What is wrong with a reference.
pub(super) fn violation(article: &Article, by: &[By], sought: &Sought, names: &Names) -> Option<Violation> {
    let whole = sought.value;
    if whole.as_list().is_some() {
        return None;
    }
    // A map names its article under the key that is the way.
    let (value, by) = match whole.as_map() {
        Some(map) => by.iter().find_map(|way| Some((map.get(word(*way))?, vec![*way])))?,
        None => (whole, by.to_vec()),
    };
    let text = scalar(value)?;
    if ["{{", "{%", "${", "<%"].iter().any(|template| text.contains(template)) {
        return None;
    }
    let site = article.site;
    let found = by.iter().map(|way| names.find(site, article.facts, *way, &text)).find(|found| !found.is_empty());
    let shown = shortened(&text);
    let Some(found) = found else {
        let ways: Vec<&str> = by.iter().map(|way| word(*way)).collect();
        let message = format!("{} is `{shown}`, which is the {} of no article", sought.name, ways.join(" or "));
        let known = names.names.keys().filter(|(way, _)| by.contains(way)).map(|(_, name)| name.as_str());
        let help = match closest(text.trim_matches('/'), known) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("write the {} of an article that is there", ways.join(" or ")),
        };
        return Some(Violation::new(Aspect::Reference, value.span, message, help));
    };
    let facts = site.facts();
    // Of translations, the one in the article's own language is meant.
    let language = &article.page().language;
    let same = found.iter().copied().filter(|index| site.page(&facts[*index]).language == *language);
    let same: Vec<usize> = same.collect();
    let meant = if same.is_empty() { found } else { &same };
    let other = &facts[meant[0]];
    if meant.len() > 1 {
        let message = format!("{} is `{shown}`, which {} articles are called", sought.name, meant.len());
        let mut violation =
            Violation::new(Aspect::Reference, value.span, message, "name the one that is meant by its path");
        violation.labels.extend(meant.iter().take(3).map(|index| at_opening(&facts[*index])));
        return Some(violation);
    }
    let hidden = match site.page(other).visibility {
        Visibility::Draft => "a draft",
        Visibility::Future => "yet to be published",
        Visibility::Expired => "no longer published",
        Visibility::Shown | Visibility::Unlisted => return None,
    };
    // Both may well come out together.
    if article.page().visibility.is_hidden() {
        return None;
    }
    let message = format!("{} is `{shown}`, but that article is {hidden}", sought.name);
    let mut violation = Violation::new(Aspect::Reference, value.span, message, "publish it, or name another article");
    let mut label = at_opening(other);
    if let Some(by) = site.page(other).hidden_by {
        label = Label { span: by, message: "this hides it".into(), ..label };
    }
    violation.labels.push(label);
    Some(violation)
}

fn at_opening(facts: &Facts) -> Label {
    let span = facts.front_matter.as_ref().map_or(Span::empty(0), |front| front.opening);
    Label { path: Some(std::sync::Arc::clone(&facts.path)), span, message: "this article".into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_compared_without_what_may_be_left_out() {
        assert_eq!(bare("posts/a.md"), "posts/a");
        assert_eq!(bare("posts/a/index.md"), "posts/a");
        assert_eq!(bare("posts/v1.2"), "posts/v1.2");
        assert_eq!(bare("index.md"), "index");
        assert!(is_dated("2025-07-18-x") && !is_dated("2025-07-18") && !is_dated("a025-07-18-x"));
    }
}
