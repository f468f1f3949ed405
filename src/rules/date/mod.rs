//! Rules on dates: in the fields of a front matter that hold them, and in the date lines of a page dump.

mod field;
pub mod filename;
pub mod format;
pub mod future;
pub mod invalid;
pub mod order;
pub mod stale;
pub mod unchanged;
pub mod weekday;

use jiff::tz::TimeZone;
use jiff::{Timestamp, Unit};

use crate::date::{self, Outcome, Reading};
use crate::document::Document;
use crate::document::front_matter::{Data, FrontMatter};
use crate::span::Span;
use field::{DateValue, Role};

/// The dates that a page dump shows: its own, and those of its related articles.
fn dump_dates(document: &Document) -> Vec<Span> {
    let Some(dump) = &document.dump else { return Vec::new() };
    let related = dump.related.iter().flat_map(|list| &list.entries).filter_map(|entry| entry.date);
    dump.date.into_iter().chain(related).collect()
}

/// A date in a front matter that is one.
struct Dated<'a> {
    value: DateValue<'a>,
    reading: Reading,
    /// What it says, if its key is one of the usual ones.
    role: Option<Role>,
}

/// The dates in a front matter, those under the keys of `more` too. What is no date is for `date/invalid`.
fn dates<'a>(front_matter: &'a FrontMatter, more: impl Iterator<Item = &'a String> + Clone) -> Vec<Dated<'a>> {
    read_all(field::values(front_matter, more))
}

/// What of `values` is a date.
fn read_all(values: Vec<DateValue>) -> Vec<Dated> {
    let values = values.into_iter();
    values
        .filter_map(|value| match date::read(&value.text)? {
            Outcome::Date(reading) => Some(Dated { role: field::role(value.key), reading, value }),
            Outcome::Impossible(_) => None,
        })
        .collect()
}

/// Whether `key` is one of the usual ones for dates.
pub(super) fn is_usual_date(key: &str) -> bool {
    field::role(key).is_some()
}

/// The first of `dates` under the likeliest of the usual keys with this role.
fn first_with<'d, 'a>(dates: &'d [Dated<'a>], role: Role) -> Option<&'d Dated<'a>> {
    field::usual(role).iter().find_map(|key| dates.iter().find(|dated| dated.value.key == *key))
}

/// Whether the front matter says that the article is not to be published yet.
fn is_draft(front_matter: &FrontMatter) -> bool {
    let says = |key: &str, wanted: bool| front_matter.map.get(key).is_some_and(|v| v.data == Data::Bool(wanted));
    says("draft", true) || says("published", false)
}

/// The time between two moments, in words: "3 days", "26 years".
fn apart(one: Timestamp, other: Timestamp) -> String {
    let (from, to) = if one < other { (one, other) } else { (other, one) };
    let from = from.to_zoned(TimeZone::UTC);
    let to = to.to_zoned(TimeZone::UTC);
    let count = |unit: Unit| from.until((unit, &to)).ok();
    let said = |count: i64, unit: &str| {
        let plural = if count == 1 { "" } else { "s" };
        format!("{count} {unit}{plural}")
    };
    let years = count(Unit::Year).map_or(0, |span| span.get_years());
    let months = count(Unit::Month).map_or(0, |span| span.get_months());
    let days = count(Unit::Day).map_or(0, |span| span.get_days());
    let hours = count(Unit::Hour).map_or(0, |span| span.get_hours());
    match (years, months, days, hours) {
        (2.., ..) => said(years.into(), "year"),
        (_, 2.., ..) => said(months.into(), "month"),
        (_, _, 2.., _) => said(days.into(), "day"),
        (.., 1..) => said(hours.into(), "hour"),
        _ => "less than an hour".to_owned(),
    }
}
