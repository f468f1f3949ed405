//! What the values under one key have in common.

use std::collections::BTreeMap;

use crate::date::{self, Format};
use crate::document::front_matter::{Data, Value};

/// More words than this are no vocabulary.
const MOST_WORDS: usize = 12;

/// A word that stands in fewer articles than this may be one of a kind.
const FEWEST_USES: usize = 3;

/// The formats that a house may have settled on; with any other form of date, only the type is known.
const FORMATS: [&str; 8] = [
    "%Y-%m-%d",
    "%Y-%m-%d %H:%M:%S %z",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%B %-d, %Y",
    "%-d %B %Y",
    "%d.%m.%Y",
    "%Y/%m/%d",
];

/// What the values under one key have in common.
#[derive(Debug)]
pub(super) struct Field {
    /// In how many articles the key stands.
    pub used: usize,
    /// In how many articles the key has a value.
    pub filled: usize,
    /// The type that they share, by the configuration's name.
    pub kind: Option<&'static str>,
    /// The type that the items of the lists share.
    pub items: Option<&'static str>,
    /// The format that the dates share.
    pub format: Option<&'static str>,
    /// The few words that all of them are.
    pub words: Vec<String>,
}

impl Field {
    /// Looks at `values`, of which `share` makes a rule.
    pub fn of(values: &[&Value], share: f64) -> Self {
        let filled: Vec<&Value> = values.iter().copied().filter(|value| !value.is_blank()).collect();
        let kind = shared(&filled, share);
        let mut field =
            Self { used: values.len(), filled: filled.len(), kind, items: None, format: None, words: Vec::new() };
        match kind {
            Some("date") => field.format = format(&filled, share),
            Some("string") => field.words = words(&filled),
            Some("list") => {
                let items: Vec<&Value> = filled.iter().filter_map(|value| value.as_list()).flatten().collect();
                field.items = shared(&items, share);
            }
            _ => {}
        }
        field
    }
}

/// The type that `share` of the values have.
fn shared(values: &[&Value], share: f64) -> Option<&'static str> {
    if values.is_empty() {
        return None;
    }
    let needed = values.len() as f64 * share;
    // The narrowest first: every date is also a text.
    ["bool", "integer", "number", "date", "url", "list", "map", "string"]
        .into_iter()
        .find(|kind| values.iter().filter(|value| is(value, kind)).count() as f64 >= needed)
}

fn is(value: &Value, kind: &str) -> bool {
    match (&value.data, kind) {
        (Data::Bool(_), "bool")
        | (Data::Number(_), "number")
        | (Data::String(_), "string")
        | (Data::Date(_), "date")
        | (Data::List(_), "list")
        | (Data::Map(_), "map") => true,
        (Data::Number(number), "integer") => number.fract() == 0.0,
        (Data::String(text), "date") => {
            date::read(text).is_some_and(|outcome| outcome.reading().is_some_and(|reading| reading.is_certain()))
        }
        (Data::String(text), "url") => text.starts_with("https://") || text.starts_with("http://"),
        _ => false,
    }
}

fn format(values: &[&Value], share: f64) -> Option<&'static str> {
    let texts: Vec<&str> = values.iter().filter_map(|value| value.as_text()).collect();
    let fits = |pattern: &&str| {
        let format = Format::new(pattern).ok()?;
        let count = texts.iter().filter(|text| format.matches(text)).count();
        (!texts.is_empty() && count as f64 >= values.len() as f64 * share).then_some(())
    };
    FORMATS.into_iter().find(|pattern| fits(pattern).is_some())
}

/// The words that the values are, if they are few and each is used often.
fn words(values: &[&Value]) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for text in values.iter().filter_map(|value| value.as_text()) {
        *counts.entry(text).or_default() += 1;
    }
    // One word alone is a default rather than a vocabulary.
    let few = (2..=MOST_WORDS).contains(&counts.len()) && counts.values().all(|count| *count >= FEWEST_USES);
    if few { counts.into_keys().map(str::to_owned).collect() } else { Vec::new() }
}
