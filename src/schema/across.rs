//! What can only be told when all articles have been read: values that must be the only ones of their kind, references,
//! and images.
//!
//! Owns the index of such values, which is made once a run.

use std::collections::HashMap;
use std::sync::Arc;

use super::reference::Names;
use super::seek::{Sought, seek};
use super::{Aspect, By, Check, Schema, Scope, Unique, Violation, image, reference};
use crate::document::front_matter::{Data, Value};
use crate::finding::Label;
use crate::site::{Article, Facts, Site};
use crate::span::Span;

/// Values of all articles, by what they must be unique in.
#[derive(Debug, Default)]
pub struct Index {
    /// The places of a value, in the order of the articles.
    values: HashMap<Key, Vec<Place>>,
    names: Names,
}

/// A value among some articles.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key {
    /// The collection, if only its articles count.
    collection: Option<String>,
    language: Option<Arc<str>>,
    kind: Kind,
    value: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Kind {
    /// An address of an article.
    Address,
    /// The value under a key.
    Field(String),
}

#[derive(Debug, Clone)]
struct Place {
    article: usize,
    span: Span,
}

/// Keys whose values are addresses of the article.
const ADDRESSES: &[&str] = &["url", "permalink", "path", "aliases", "alias", "redirect_from", "redirectFrom"];

impl Index {
    /// The index of a site in which each article, in the order of the site, has these schemas. `None` if none of them
    /// says anything that takes one.
    pub fn of<'s>(site: &Site, schemas: impl Iterator<Item = &'s [Schema]>) -> Option<Self> {
        let mut index = Self::default();
        let mut ways: Vec<By> = Vec::new();
        let mut needed = false;
        let mut scopes: Vec<Unique> = Vec::new();
        for (article, schemas) in schemas.enumerate() {
            let facts = &site.facts()[article];
            let across = schemas.iter().filter(|schema| schema.across);
            for schema in across {
                needed = true;
                let Some(front) = &facts.front_matter else { continue };
                seek(schema, &front.map, &mut |sought| match sought.check {
                    Check::Unique(unique) => {
                        if ADDRESSES.contains(&sought.key) && !scopes.contains(unique) {
                            scopes.push(unique.clone());
                        }
                        for (key, span) in keys(site, facts, unique, &sought) {
                            index.values.entry(key).or_default().push(Place { article, span });
                        }
                    }
                    Check::Article(by) => by.iter().for_each(|way| {
                        if !ways.contains(way) {
                            ways.push(*way);
                        }
                    }),
                    _ => {}
                });
            }
        }
        // What an article is called without saying so counts too, where addresses must be unique.
        for (article, facts) in site.facts().iter().enumerate().filter(|_| !scopes.is_empty()) {
            let page = site.page(facts);
            let opening = facts.front_matter.as_ref().map_or(Span::empty(0), |front| front.opening);
            let own = page.url.iter().map(|url| (url.as_str(), opening));
            let aliases = page.aliases.iter().map(|alias| (alias.url.as_str(), alias.span));
            for (url, span) in own.chain(aliases) {
                for unique in &scopes {
                    let key = key(site, facts, unique, Kind::Address, address(url));
                    let places = index.values.entry(key).or_default();
                    if !places.iter().any(|place| place.article == article) {
                        places.push(Place { article, span });
                    }
                }
            }
        }
        index.names = Names::of(site, &ways);
        needed.then_some(index)
    }
}

/// What `schemas` do not allow in an article, seen in its site.
pub fn violations(article: &Article, schemas: &[Schema], index: &Index) -> Vec<Violation> {
    let mut out = Vec::new();
    let Some(front) = &article.facts.front_matter else { return out };
    for schema in schemas {
        seek(schema, &front.map, &mut |sought| match sought.check {
            Check::Unique(unique) => out.extend(repeated(article, unique, &sought, index)),
            Check::Article(by) => out.extend(reference::violation(article, by, &sought, &index.names)),
            Check::Image(limits) => out.extend(image::violations(article, limits, &sought)),
            _ => {}
        });
    }
    out
}

fn repeated(article: &Article, unique: &Unique, sought: &Sought, index: &Index) -> Vec<Violation> {
    let facts = article.site.facts();
    let mut out = Vec::new();
    for (key, span) in keys(article.site, article.facts, unique, sought) {
        let places = index.values.get(&key).map_or(&[][..], Vec::as_slice);
        let mut others = places.iter().filter(|place| facts[place.article].path != article.facts.path);
        let Some(first) = others.next() else { continue };
        let path = &facts[first.article].path;
        let more = match others.count() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let (name, shown) = (&sought.name, super::near::shortened(&text_at(sought.value, span).unwrap_or_default()));
        let message = match (key.kind, shown.is_empty()) {
            (Kind::Address, _) => format!("`{shown}` is an address of `{path}`{more} too"),
            (Kind::Field(_), false) => format!("{name} `{shown}` is that of `{path}`{more} too"),
            (Kind::Field(_), true) => format!("{name} is that of `{path}`{more} too"),
        };
        let among = match unique.scope {
            Scope::Collection => format!("in the collection `{}`", unique.collection),
            Scope::Language => "among the articles of its language".to_owned(),
            Scope::Site => "in the site".to_owned(),
        };
        let mut violation = Violation::new(
            Aspect::Unique,
            span,
            message,
            format!("give each article its own; it must be unique {among}"),
        );
        violation.labels.push(Label { path: Some(Arc::clone(path)), span: first.span, message: "also here".into() });
        out.push(violation);
    }
    out
}

fn text_at(value: &Value, span: Span) -> Option<String> {
    let values = value.as_list().unwrap_or(std::slice::from_ref(value));
    values.iter().find(|value| value.span == span).map(super::shown)
}

/// What of a value must be unique, and where each part of it stands.
fn keys(site: &Site, facts: &Facts, unique: &Unique, sought: &Sought) -> Vec<(Key, Span)> {
    let values = sought.value.as_list().unwrap_or(std::slice::from_ref(sought.value));
    let addressed = ADDRESSES.contains(&sought.key);
    let mut keys: Vec<(Key, Span)> = Vec::new();
    for value in values {
        let text = match &value.data {
            Data::String(text) | Data::Date(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
            Data::Number(number) => number.to_string(),
            _ => continue,
        };
        let made = if addressed {
            key(site, facts, unique, Kind::Address, address(&text))
        } else {
            let text = if sought.key == "slug" { address(&text) } else { text };
            key(site, facts, unique, Kind::Field(sought.name.clone()), text)
        };
        if !made.value.is_empty() && !keys.iter().any(|(known, _)| *known == made) {
            keys.push((made, value.span));
        }
    }
    keys
}

/// An address as it is compared: letter case, slashes at its ends and a scheme with its host do not count.
fn address(text: &str) -> String {
    let path = match text.split_once("://") {
        Some((_, rest)) => rest.split_once('/').map_or("", |(_, path)| path),
        None => text,
    };
    let path = path.trim().trim_matches('/').to_lowercase();
    path.strip_suffix("/index.html").map(str::to_owned).unwrap_or(path)
}

fn key(site: &Site, facts: &Facts, unique: &Unique, kind: Kind, value: String) -> Key {
    let collection = (unique.scope == Scope::Collection).then(|| unique.collection.clone());
    let language = (unique.scope != Scope::Site).then(|| site.page(facts).language.clone()).flatten();
    Key { collection, language, kind, value }
}
