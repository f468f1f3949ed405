//! `date/weekday`: days of the week on which a date does not fall.

use serde::Deserialize;

use super::{dump_dates, field};
use crate::date::{self, Language, Outcome};
use crate::document::Document;
use crate::finding::Level;
use crate::rule::{Define, Meta, Rule, Sink};
use crate::span::Span;

/// Its options.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Weekday {
    /// Keys that hold dates besides the usual ones; a dotted path leads into a map.
    pub fields: Vec<String>,
}

impl Define for Weekday {
    const META: Meta = Meta {
        id: "date/weekday",
        level: Some(Level::Error),
        fix: None,
        page: include_str!("../../../rules/date/weekday.md"),
    };
}

impl Rule for Weekday {
    fn document(&self, document: &Document, sink: &mut Sink) {
        if let Some(front_matter) = &document.front_matter {
            for value in field::values(front_matter, self.fields.iter()) {
                check(&value.text, value.span, sink);
            }
        }
        for (span, found) in document.dates() {
            report(found, *span, sink);
        }
        for span in dump_dates(document).into_iter().filter(|span| !document.dates().iter().any(|(own, _)| own == span))
        {
            check(document.source.slice(span), span, sink);
        }
    }
}

fn check(text: &str, span: Span, sink: &mut Sink) {
    if let Some(found) = date::read(text) {
        report(&found, span, sink);
    }
}

fn report(found: &Outcome, span: Span, sink: &mut Sink) {
    if let Outcome::Date(reading) = found
        && let (Some(stated), Some(real)) = (reading.weekday, reading.true_weekday())
    {
        let name = |day| Language::ENGLISH.weekday(day);
        let (stated, real) = (name(stated), name(real));
        sink.report(span, format!("{} is a {real}, not a {stated}", reading.date))
            .help("correct the date or the day of the week");
    }
}
