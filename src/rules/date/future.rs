//! `date/future`: dates that are yet to come, where they should not be.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::field::Role;
use super::{Dated, apart, dates, first_with, is_draft};
use crate::date::Limit;
use crate::finding::Level;
use crate::rule::{Define, Meta, Rule, Sink};
use crate::site::{Article, Settings};

/// Its options.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Future {
    /// The last day or moment at which an article may come out; a distance from now, or a date.
    pub max: Limit,
    /// The same for the dates at which it was begun or last worked on.
    pub max_modified: Limit,
    /// The same for single keys, which hold dates; a dotted path leads into a map.
    pub limits: BTreeMap<String, Limit>,
}

impl Default for Future {
    fn default() -> Self {
        let limit = |text: &str| text.parse().expect("a limit that a test reads");
        Self { max: limit("+1y"), max_modified: limit("+24h"), limits: BTreeMap::new() }
    }
}

impl Define for Future {
    const META: Meta = Meta {
        id: "date/future",
        level: Some(Level::Warning),
        fix: None,
        page: include_str!("../../../rules/date/future.md"),
    };
}

impl Rule for Future {
    fn article(&self, article: &Article, sink: &mut Sink) {
        let Some(front_matter) = &article.facts.front_matter else { return };
        let settings = &article.site.settings;
        let dates = dates(front_matter, self.limits.keys());
        let draft = is_draft(front_matter);
        let planned = first_with(&dates, Role::Published).is_some_and(|dated| lies_ahead(dated, settings));
        for dated in &dates {
            let limit = match (self.limits.get(dated.value.key), dated.role) {
                (Some(own), _) => own,
                (None, Some(Role::Published)) if !draft => &self.max,
                // Of an article that is to come out later, all dates may be that day's.
                (None, Some(Role::Modified | Role::Created)) if !draft && !planned => &self.max_modified,
                (None, _) => continue,
            };
            check(dated, limit, settings, sink);
        }
    }
}

fn lies_ahead(dated: &Dated, settings: &Settings) -> bool {
    dated.reading.begins(&settings.zone()).is_some_and(|begins| begins > settings.now)
}

/// Reports a date that is beyond `limit`, whatever it can mean.
fn check(dated: &Dated, limit: &Limit, settings: &Settings, sink: &mut Sink) {
    let zone = settings.zone();
    let begins = dated.reading.meanings().filter_map(|reading| reading.begins(&zone)).min();
    let last = limit.moments(settings.now, &zone).map(|(_, last)| last);
    let Some((begins, last)) = begins.zip(last).filter(|(begins, last)| begins > last) else { return };
    let key = dated.value.key;
    let message = match begins > settings.now {
        true => format!("`{key}` lies {} in the future", apart(settings.now, begins)),
        false => format!("`{key}` lies {} after the last day that is allowed", apart(last, begins)),
    };
    let finding = sink.report(dated.value.span, message);
    finding.help(match limit.to_string().as_str() {
        "now" | "today" => "give it a date that has come".to_owned(),
        limit => format!("check the year and the day; the limit is `{limit}`"),
    });
}
