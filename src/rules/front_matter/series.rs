//! `front-matter/series`

use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::document::front_matter::{Data, Value};
use crate::finding::Level;
use crate::rule::{Define, Meta, Rule, Sink};
use crate::site::{Article, Facts, Site};
use crate::span::Span;

/// Reports parts of a series that have the number of another part, or before which a part is missing.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Series {
    /// The keys that name the series; the first that is there counts.
    pub keys: Vec<String>,
    /// The keys that hold the number of the part, in the front matter or in the map that names the series.
    pub order: Vec<String>,
}

impl Default for Series {
    fn default() -> Self {
        let texts = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        Self {
            keys: texts(&["series"]),
            order: texts(&[
                "series_order",
                "series-order",
                "seriesOrder",
                "series_index",
                "series_part",
                "seriesPart",
                "series_weight",
                "part",
                "order",
                "index",
                "number",
            ]),
        }
    }
}

impl Define for Series {
    const META: Meta = Meta {
        id: "front-matter/series",
        level: Some(Level::Warning),
        fix: None,
        page: include_str!("../../../rules/front-matter/series.md"),
    };
}

/// A part of a series.
#[derive(Debug, Clone)]
struct Part {
    /// Which article, by its index in the site.
    article: usize,
    number: i64,
    /// The number, in the front matter.
    span: Span,
}

/// The parts that readers see and those that they do not, of each series in each language, by number.
#[derive(Debug, Default)]
struct All {
    shown: FxHashMap<(String, Option<Arc<str>>), Vec<Part>>,
    hidden: FxHashMap<(String, Option<Arc<str>>), Vec<Part>>,
}

impl Rule for Series {
    fn prepare(&self, site: &Site) {
        self.all(site);
    }

    fn article(&self, article: &Article, sink: &mut Sink) {
        let Some((name, number, span)) = self.part(article.facts) else { return };
        let site = article.site;
        if article.page().visibility.is_hidden() {
            return;
        }
        let all = self.all(site);
        let key = (name.to_lowercase(), article.page().language.clone());
        let Some(parts) = all.shown.get(&key).filter(|parts| parts.len() > 1) else { return };
        let path = |part: &Part| &site.facts()[part.article].path;
        let same = parts.iter().find(|part| part.number == number && *path(part) != article.facts.path);
        if let Some(same) = same {
            let message = format!("part {number} of the series `{name}` is also `{}`", path(same));
            let finding = sink.report(span, message).help("number each part of a series once");
            finding.also_in(Arc::clone(path(same)), same.span, "the same number");
            return;
        }
        let before = parts.iter().filter(|part| part.number < number).max_by_key(|part| part.number);
        let Some(before) = before.filter(|before| before.number + 1 < number) else { return };
        let missing = match number - before.number {
            2 => format!("part {} is", number - 1),
            _ => format!("parts {} to {} are", before.number + 1, number - 1),
        };
        let message = format!("{missing} missing in the series `{name}` before this part {number}");
        let finding = sink.report(span, message).help("number the parts of a series without gaps");
        finding.also_in(Arc::clone(path(before)), before.span, "the part before");
        let between = |part: &&Part| before.number < part.number && part.number < number;
        for draft in all.hidden.get(&key).into_iter().flatten().filter(between) {
            finding.also_in(Arc::clone(path(draft)), draft.span, "no reader sees this part yet");
        }
    }
}

impl Series {
    fn all(&self, site: &Site) -> Arc<All> {
        site.once(&[&self.keys, &self.order], || {
            let mut all = All::default();
            for (index, facts) in site.facts().iter().enumerate() {
                let Some((name, number, span)) = self.part(facts) else { continue };
                let page = site.page(facts);
                let parts = if page.visibility.is_hidden() { &mut all.hidden } else { &mut all.shown };
                let key = (name.to_lowercase(), page.language.clone());
                parts.entry(key).or_default().push(Part { article: index, number, span });
            }
            all
        })
    }

    /// The series of an article, the number of its part, and where that stands. `None` if it has no number.
    fn part<'a>(&self, facts: &'a Facts) -> Option<(&'a str, i64, Span)> {
        let map = &facts.front_matter.as_ref()?.map;
        let series = self.keys.iter().find_map(|key| map.get(key))?;
        // A list with more than one series has no single number.
        let series = match series.as_list() {
            Some([only]) => only,
            Some(_) => return None,
            None => series,
        };
        let (name, number) = match series.as_map() {
            Some(own) => {
                let name = ["name", "title", "id", "slug"].iter().find_map(|key| own.get(key)?.as_text())?;
                (name, self.order.iter().find_map(|key| own.get(key)))
            }
            None => (series.as_text()?, None),
        };
        let number = number.or_else(|| self.order.iter().find_map(|key| map.get(key)))?;
        Some((name.trim(), whole(number)?, number.span)).filter(|(name, ..)| !name.is_empty())
    }
}

fn whole(value: &Value) -> Option<i64> {
    match &value.data {
        #[expect(clippy::cast_possible_truncation, reason = "it is a small whole number")]
        Data::Number(number) if number.fract() == 0.0 && number.abs() < 1e9 => Some(*number as i64),
        Data::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}
