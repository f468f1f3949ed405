//! `date/format`: dates that are written in another form than the house's.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;

use super::{dump_dates, field};
use crate::date::{self, Outcome, Reading};
use crate::document::Document;
use crate::finding::{Edit, Fix, Level, Safety};
use crate::rule::{Define, Meta, Rule, Sink};
use crate::span::Span;

/// Its options.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Format {
    /// The format: `iso`, or a `strftime` pattern.
    pub format: date::Format,
    /// Keys that hold dates besides the usual ones; a dotted path leads into a map.
    pub fields: Vec<String>,
    /// Formats of single keys.
    pub formats: BTreeMap<String, date::Format>,
}

impl Define for Format {
    const META: Meta = Meta {
        id: "date/format",
        level: Some(Level::Warning),
        fix: Some(Safety::Safe),
        page: include_str!("../../../rules/date/format.md"),
    };
}

impl Rule for Format {
    fn document(&self, document: &Document, sink: &mut Sink) {
        if let Some(front_matter) = &document.front_matter {
            for value in field::values(front_matter, self.fields.iter().chain(self.formats.keys())) {
                let format = self.formats.get(value.key).unwrap_or(&self.format);
                let found = Found { text: &value.text, span: value.span, alone: true };
                check(&found, format, |text| value.replace(text, document.source), sink);
            }
        }
        for span in dump_dates(document) {
            let text = document.source.slice(span);
            let found = Found { text, span, alone: is_alone(document, span) };
            check(&found, &self.format, |text| Some(Edit::replace(span, text)), sink);
        }
    }
}

/// A date.
struct Found<'a> {
    text: &'a str,
    span: Span,
    /// Whether it is all there is of a value or a line; else it may be part of a sentence.
    alone: bool,
}

/// Whether the line says nothing but the date.
fn is_alone(document: &Document, span: Span) -> bool {
    let source = document.source;
    source.line(source.line_index(span.start)).trimmed(source.text()) == span
}

/// Reports a date if it is not in `format`. What is no date, or one that cannot be, is left to `date/invalid`.
fn check(found: &Found, format: &date::Format, replace: impl FnOnce(&str) -> Option<Edit>, sink: &mut Sink) {
    let Found { text, span, alone } = *found;
    let Some(Outcome::Date(reading)) = date::read(text) else { return };
    if reading.true_weekday().is_some() || format.matches_as(text, Some(&reading)) {
        return;
    }
    let written = format.write(&reading);
    if let [other] = reading.others.as_slice() {
        let finding =
            sink.report(span, format!("`{text}` can mean {} or {}", in_words(reading.date), in_words(*other)));
        let second = format.write(&Reading { date: *other, ..reading.clone() });
        if let (Some(first), Some(second)) = (written, second) {
            finding.help(format!("write `{first}` or `{second}`"));
        }
        return;
    }
    let finding = sink.report(span, format!("`{text}` is not {}", format.describe()));
    let Some(written) = written else {
        finding.help(format!("the format shows more than this date tells: write it like `{}`", format.example()));
        return;
    };
    finding.help(format!("write `{written}`"));
    let Some(edit) = replace(&written) else { return };
    finding.fix(if !reading.is_certain() {
        Fix::risky(format!("write `{written}`, taking the century for ours"), [edit])
    } else if !alone {
        Fix::risky(format!("write `{written}` within the line"), [edit])
    } else if !format.keeps(&reading) {
        Fix::risky(format!("write `{written}`, leaving out what the format does not show"), [edit])
    } else {
        Fix::safe(format!("write `{written}`"), [edit])
    });
}

fn in_words(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}
