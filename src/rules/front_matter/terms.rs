//! The terms under which articles are filed: tags, categories, authors.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::document::front_matter::{Data, Value};
use crate::site::{Facts, Site};
use crate::span::Span;

/// The keys under which articles are filed unless a rule is told others.
pub(super) const KEYS: [&str; 7] = ["tags", "tag", "categories", "category", "topics", "authors", "author"];

/// All terms of a site.
#[derive(Debug, Default)]
pub(super) struct Terms {
    /// The uses of each spelling, by key and language, and by what the spellings have in common.
    uses: FxHashMap<Slot, Spellings>,
    /// The terms, as they are written, that are spelt in several ways somewhere.
    varied: FxHashSet<String>,
    /// The articles with such a term, by their places in [`Site::facts`].
    concerned: FxHashSet<usize>,
}

/// A term as it is written, behind its key and its language.
type Written<'a> = (&'a str, Option<&'a Arc<str>>, &'a str);

/// Each spelling of a term once, in no order, with the articles that use it.
pub(super) type Spellings = Vec<(String, Vec<usize>)>;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Slot {
    key: Arc<str>,
    language: Option<Arc<str>>,
    /// The term in lower case, without what people leave out or put in: spaces, hyphens, dots.
    bare: String,
}

/// A term in an article.
pub(super) struct Term<'a> {
    pub key: &'a str,
    pub text: &'a str,
    pub span: Span,
    pub value: &'a Value,
}

impl Terms {
    /// The terms under `keys`, counted once for all rules that ask for the same keys.
    pub fn of(site: &Site, keys: &[String]) -> Arc<Self> {
        site.once(&[keys], || {
            // By each spelling first: there are far fewer of them than uses.
            let mut spelt: FxHashMap<Written, Vec<usize>> = FxHashMap::default();
            for (index, (facts, page)) in site.facts().iter().zip(site.pages()).enumerate() {
                for term in terms(facts, keys) {
                    let uses = spelt.entry((term.key, page.language.as_ref(), term.text)).or_default();
                    if uses.last() != Some(&index) {
                        uses.push(index);
                    }
                }
            }
            let mut all = Self::default();
            let keys: FxHashMap<&str, Arc<str>> = keys.iter().map(|key| (&**key, Arc::from(&**key))).collect();
            for ((key, language, text), uses) in spelt {
                let slot = Slot { key: Arc::clone(&keys[key]), language: language.cloned(), bare: bare(text) };
                all.uses.entry(slot).or_default().push((text.to_owned(), uses));
            }
            let several = all.uses.values().filter(|spellings| spellings.len() > 1);
            for (text, uses) in several.flatten() {
                all.varied.insert(text.clone());
                all.concerned.extend(uses);
            }
            all
        })
    }

    /// Whether an article has a term that is spelt in several ways. Nearly none has.
    pub fn concern(&self, site: &Site, facts: &Facts) -> bool {
        site.index_of(facts).is_some_and(|index| self.concerned.contains(&index))
    }

    /// Every spelling of a term of an article, with the articles that use it.
    pub fn spellings(&self, site: &Site, facts: &Facts, term: &Term) -> Option<&Spellings> {
        let language = site.page(facts).language.clone();
        self.uses.get(&Slot { key: term.key.into(), language, bare: bare(term.text) })
    }

    /// The same if there are several.
    pub fn several_spellings(&self, site: &Site, facts: &Facts, term: &Term) -> Option<&Spellings> {
        // Nearly all terms are spelt in one way.
        let known = self.varied.contains(term.text).then(|| self.spellings(site, facts, term))?;
        known.filter(|spellings| spellings.len() > 1)
    }
}

/// A term in lower case, without what people leave out or put in.
fn bare(text: &str) -> String {
    let mut bare = String::with_capacity(text.len());
    let kept = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '_' | '.'));
    bare.extend(kept.flat_map(char::to_lowercase));
    bare
}

/// The terms of an article. A text under a key that takes several may be a list of words, so it is left alone.
pub(super) fn terms<'a>(facts: &'a Facts, keys: &[String]) -> Vec<Term<'a>> {
    let entries = facts.front_matter.iter().flat_map(|front| &front.map.entries);
    let mut found = Vec::new();
    for entry in entries.filter(|entry| keys.contains(&entry.key)) {
        let values = match &entry.value.data {
            Data::List(items) => items.as_slice(),
            Data::String(_) if !entry.key.ends_with('s') => std::slice::from_ref(&entry.value),
            _ => &[],
        };
        found.extend(values.iter().filter_map(|value| match &value.data {
            Data::String(text) if !text.trim().is_empty() => {
                Some(Term { key: &entry.key, text: text.trim(), span: value.span, value })
            }
            _ => None,
        }));
    }
    found
}
