//! What the articles of a repository have in common: the collections they fall into, and each one's front matter.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::field::Field;
use crate::cli::run::Run;
use crate::document::Document;
use crate::document::front_matter::{Map, Value};

/// A folder with fewer articles is no collection: what they have in common may well be chance.
const FEWEST: usize = 8;

/// A folder in which fewer articles than this have front matter is not expected to have any.
const WITH_FRONT_MATTER: f64 = 0.8;

/// A folder that holds so many of the articles is looked into rather than taken as it is.
const MOST: f64 = 0.9;

/// What a repository's articles have in common.
#[derive(Debug, Default)]
pub(super) struct Survey {
    pub collections: Vec<Collection>,
}

/// Articles in one folder.
#[derive(Debug)]
pub(super) struct Collection {
    /// What it is called: the folder's own name.
    pub name: String,
    /// The glob that stands for its articles.
    pub files: String,
    /// How many there are.
    pub articles: usize,
    /// The keys of their front matter, the most frequent first.
    pub fields: Vec<(String, Field)>,
    /// The share of articles that makes a rule: 1 if all must agree.
    share: f64,
}

impl Collection {
    /// The keys that the articles have, as far as a rule can be made of it.
    pub fn required(&self) -> impl Iterator<Item = &str> {
        // `_comment` is a note to whoever opens the file.
        let is_own = |key: &str| key.starts_with('_');
        let keys = self.fields.iter().filter(move |(key, field)| self.is_rule(field.filled) && !is_own(key));
        keys.map(|(key, _)| key.as_str())
    }

    /// The keys that most articles have, though too few to make a rule of it.
    pub fn nearly_required(&self) -> impl Iterator<Item = (&str, &Field)> {
        let most = |field: &Field| field.filled as f64 >= self.articles as f64 * MOST;
        let fields = self.fields.iter().filter(move |(_, field)| !self.is_rule(field.filled) && most(field));
        fields.map(|(key, field)| (key.as_str(), field))
    }

    /// Whether so many articles make a rule for all.
    pub fn is_rule(&self, articles: usize) -> bool {
        articles as f64 >= self.articles as f64 * self.share
    }
}

/// An article's path and front matter.
struct Article {
    path: String,
    front: Option<Map>,
}

impl Survey {
    /// Looks at all articles of a run. `share` of them makes a rule: 1 if all must agree.
    pub fn of(run: &Run, share: f64) -> Self {
        let read = |input| {
            // An empty file is a placeholder.
            let source = run.load(input).ok().filter(|source| !source.text().trim().is_empty())?;
            let front = Document::parse(&source).front_matter.filter(|front| !front.map.entries.is_empty());
            Some(Article { path: input.path.to_string(), front: front.map(|front| front.map) })
        };
        let articles: Vec<Article> = run.found.inputs.par_iter().filter_map(read).collect();
        let with: Vec<&Article> = articles.iter().filter(|article| article.front.is_some()).collect();
        let base = common_folder(&with);
        let mut groups: BTreeMap<Option<&str>, Vec<&Article>> = BTreeMap::new();
        for article in articles.iter().filter(|article| article.path.starts_with(&base)) {
            let below = &article.path[base.len()..];
            groups.entry(below.split_once('/').map(|(folder, _)| folder)).or_default().push(article);
        }
        let collections =
            groups.into_iter().filter_map(|(folder, articles)| collection(&base, folder, &articles, share));
        Self { collections: collections.collect() }
    }
}

/// The folder, with a slash behind it, in which nearly all of `articles` stand; empty for the root.
fn common_folder(articles: &[&Article]) -> String {
    let mut base = String::new();
    loop {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for article in articles {
            let below = article.path.strip_prefix(&base).and_then(|below| below.split_once('/'));
            if let Some((folder, _)) = below {
                *counts.entry(folder).or_default() += 1;
            }
        }
        match counts.into_iter().max_by_key(|(_, count)| *count) {
            Some((folder, count)) if count as f64 >= articles.len() as f64 * MOST => {
                base.push_str(folder);
                base.push('/');
            }
            _ => return base,
        }
    }
}

fn collection(base: &str, folder: Option<&str>, articles: &[&Article], share: f64) -> Option<Collection> {
    // The page of a section (`_index.md`) is no article of the section.
    let is_section =
        |article: &&&Article| article.path.rsplit('/').next().is_some_and(|name| name.starts_with("_index."));
    let sections = articles.iter().filter(is_section).count();
    let own: Vec<&&Article> = articles.iter().filter(|article| !is_section(article)).collect();
    let with: Vec<&Map> = own.iter().filter_map(|article| article.front.as_ref()).collect();
    if with.len() < FEWEST || (with.len() as f64) < own.len() as f64 * WITH_FRONT_MATTER {
        return None;
    }
    let name = match folder {
        Some(folder) => folder,
        None => base.trim_end_matches('/').rsplit('/').next().filter(|name| !name.is_empty()).unwrap_or("pages"),
    };
    // With a dot, since a glob that fits a folder stands for all that is in it.
    let file = if sections > 0 { "[!_]*.*" } else { "*" };
    let files = match folder {
        Some(folder) if sections > 0 => format!("{base}{folder}/**/{file}"),
        Some(folder) => format!("{base}{folder}/**"),
        None => format!("{base}{file}"),
    };
    let mut values: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
    for entry in with.iter().flat_map(|map| &map.entries) {
        values.entry(&entry.key).or_default().push(&entry.value);
    }
    let mut fields: Vec<(String, Field)> =
        values.into_iter().map(|(key, values)| (key.to_owned(), Field::of(&values, share))).collect();
    fields.sort_by_key(|(_, field)| std::cmp::Reverse(field.filled));
    let name = name.trim_start_matches('_').to_owned();
    Some(Collection { name, files, articles: own.len(), fields, share })
}
