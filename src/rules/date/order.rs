//! `date/order`: dates of one article that contradict each other.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::field::{self, Role};
use super::{Dated, first_with, read_all};
use crate::finding::Level;
use crate::rule::{Define, Meta, Rule, Sink};
use crate::site::Article;

/// Its options.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Order {
    /// For a key, the key or keys whose dates must not be later than its own; dotted paths lead into maps.
    pub not_before: BTreeMap<String, Keys>,
}

/// One key, or several.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum Keys {
    /// One.
    One(String),
    /// Several.
    Many(Vec<String>),
}

impl Keys {
    fn as_slice(&self) -> &[String] {
        match self {
            Self::One(key) => std::slice::from_ref(key),
            Self::Many(keys) => keys,
        }
    }
}

impl Define for Order {
    const META: Meta = Meta {
        id: "date/order",
        level: Some(Level::Warning),
        fix: None,
        page: include_str!("../../../rules/date/order.md"),
    };
}

impl Rule for Order {
    fn article(&self, article: &Article, sink: &mut Sink) {
        let Some(front_matter) = &article.facts.front_matter else { return };
        let zone = article.site.settings.time_zone.as_ref();
        let configured = self.not_before.iter().flat_map(|(key, keys)| std::iter::once(key).chain(keys.as_slice()));
        let values = field::values(front_matter, configured);
        // Most articles have one date at most.
        let dates = if values.len() < 2 { return } else { read_all(values) };
        if dates.len() < 2 {
            return;
        }
        let starts = |dated: &Dated| dated.reading.begins(&article.site.settings.zone());
        let is_before = |one: &Dated, other: &Dated| one.reading.is_before(&other.reading, zone);
        for later in &dates {
            let own = self.not_before.get(later.value.key).map_or(&[][..], Keys::as_slice);
            for earlier in dates.iter().filter(|earlier| own.iter().any(|key| key == earlier.value.key)) {
                if is_before(later, earlier) {
                    report(later, earlier, "lies before", sink);
                }
            }
            // What the configuration says of a key stands for what usually holds of it.
            let usual = if own.is_empty() { later.role } else { None };
            let first = |role| first_with(&dates, role);
            match usual {
                Some(Role::Modified) => {
                    // Told of the earliest day that it contradicts: an article is begun before it comes out.
                    let contradicted = [Role::Created, Role::Published].into_iter().filter_map(first);
                    if let Some(earlier) = contradicted.into_iter().find(|earlier| is_before(later, earlier)) {
                        report(later, earlier, "lies before", sink);
                    }
                }
                Some(Role::Expires) => {
                    if let Some(earlier) = first(Role::Published) {
                        if is_before(later, earlier) {
                            report(later, earlier, "lies before", sink);
                        } else if starts(later) == starts(earlier) {
                            report(later, earlier, "is the same as", sink);
                        }
                    }
                }
                Some(Role::Published | Role::Created) | None => {}
            }
        }
    }
}

fn report(later: &Dated, earlier: &Dated, how: &str, sink: &mut Sink) {
    let (key, other) = (later.value.key, earlier.value.key);
    let finding = sink.report(later.value.span, format!("`{key}` {how} `{other}`"));
    finding.help(match later.role {
        Some(Role::Expires) => format!("the article would never be shown: correct `{key}` or `{other}`"),
        _ => format!("correct `{key}` or `{other}`"),
    });
    finding.also(earlier.value.span, format!("this is `{other}`"));
}
