//! `date/invalid`: days that no calendar has, and words where a date belongs.

use serde::Deserialize;

use super::{dump_dates, field};
use crate::date::{self, Outcome};
use crate::document::Document;
use crate::finding::Level;
use crate::rule::{Define, Meta, Rule, Sink};
use crate::span::Span;

/// Its options.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Invalid {
    /// Keys that hold dates besides the usual ones; a dotted path leads into a map.
    pub fields: Vec<String>,
}

impl Define for Invalid {
    const META: Meta = Meta {
        id: "date/invalid",
        level: Some(Level::Error),
        fix: None,
        page: include_str!("../../../rules/date/invalid.md"),
    };
}

impl Rule for Invalid {
    fn document(&self, document: &Document, sink: &mut Sink) {
        if let Some(front_matter) = &document.front_matter {
            for value in field::values(front_matter, self.fields.iter()) {
                match date::read(&value.text) {
                    Some(found) => check(&value.text, value.span, &found, sink),
                    None if !self.fields.iter().any(|key| key == value.key)
                        && may_hold_words(value.key)
                        && !is_placeholder(&value.text) => {}
                    None => {
                        sink.report(value.span, format!("`{}` is not a date", shortened(&value.text)))
                            .help(format!("give `{}` a date such as 2025-07-18, or remove it", value.key));
                    }
                }
            }
        }
        for (span, found) in document.dates() {
            check(document.source.slice(*span), *span, found, sink);
        }
        for span in dump_dates(document).into_iter().filter(|span| !document.dates().iter().any(|(own, _)| own == span))
        {
            let text = document.source.slice(span);
            if let Some(found) = date::read(text) {
                check(text, span, &found, sink);
            }
        }
    }
}

fn check(text: &str, span: Span, found: &Outcome, sink: &mut Sink) {
    if let Outcome::Impossible(why) = found {
        // In running text it may stand on two lines.
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        sink.report(span, format!("`{words}` is no date: {why}")).help("write the day that was meant");
    }
}

/// Whether people also say who published a work under this key, or what was updated.
fn may_hold_words(key: &str) -> bool {
    ["published", "created", "updated", "modified"].contains(&key)
}

/// Whether the text stands in for a date that somebody meant to put there.
fn is_placeholder(text: &str) -> bool {
    const WORDS: [&str; 24] = [
        "tbd",
        "tba",
        "tbc",
        "todo",
        "n/a",
        "na",
        "none",
        "null",
        "nil",
        "unknown",
        "soon",
        "now",
        "today",
        "tomorrow",
        "yesterday",
        "later",
        "never",
        "undefined",
        "nan",
        "invalid date",
        "?",
        "??",
        "???",
        "-",
    ];
    let lower = text.to_lowercase();
    let pattern = lower.contains("yyyy") || lower.contains("mm-dd") || lower.contains("dd/mm");
    WORDS.contains(&lower.as_str()) || lower.ends_with(" ago") || pattern || looks_numeric(text)
}

/// Whether it is made of digits and the marks of dates alone: meant as a date, if not one.
fn looks_numeric(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit()) && text.chars().all(|c| c.is_ascii_digit() || "-/.:TZ+ ".contains(c))
}

/// As much of a long text as a message bears.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 40;
    let line = text.lines().next().unwrap_or(text);
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None if line.len() < text.len() => format!("{line}…"),
        None => line.to_owned(),
    }
}
