//! `date/stale`: articles that nobody has looked at for too long.

use serde::Deserialize;

use super::field::{Role, usual};
use super::{Dated, apart, dates, is_draft};
use crate::date::Age;
use crate::rule::{Define, Meta, Rule, Sink};
use crate::site::Article;

/// The keys under which people note when an article was last looked at.
#[rustfmt::skip]
const REVIEWED: &[&str] = &[
    "reviewed", "reviewedAt", "reviewed_at", "reviewed_on", "reviewDate", "review_date", "review-date", "lastReviewed",
    "last_reviewed", "last-reviewed", "lastReview", "last_review", "lastVerified", "last_verified", "verified", "ms.date",
];

/// The keys under which people note when an article is to be looked at again.
#[rustfmt::skip]
const DUE: &[&str] = &[
    "reviewBy", "review_by", "review-by", "nextReview", "next_review", "next-review", "reviewDue", "review_due",
];

/// Its options.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Stale {
    /// How old an article may be.
    pub max_age: Age,
    /// The keys that tell when it was last looked at, the first one that is there; dotted paths lead into maps.
    pub fields: Vec<String>,
    /// The keys that tell when it is to be looked at again.
    pub due: Vec<String>,
}

impl Default for Stale {
    fn default() -> Self {
        let keys = |groups: &[&[&str]]| groups.concat().into_iter().map(str::to_owned).collect();
        Self {
            max_age: "1y".to_owned().try_into().expect("an age that a test reads"),
            fields: keys(&[REVIEWED, usual(Role::Modified), usual(Role::Published)]),
            due: keys(&[DUE]),
        }
    }
}

impl Define for Stale {
    const META: Meta =
        Meta { id: "date/stale", level: None, fix: None, page: include_str!("../../../rules/date/stale.md") };
}

impl Rule for Stale {
    fn article(&self, article: &Article, sink: &mut Sink) {
        let Some(front_matter) = article.facts.front_matter.as_ref().filter(|front| !is_draft(front)) else { return };
        let settings = &article.site.settings;
        let zone = settings.zone();
        let dates = dates(front_matter, self.fields.iter().chain(&self.due));
        let first = |keys: &[String]| -> Option<&Dated> {
            keys.iter().find_map(|key| dates.iter().find(|dated| dated.value.key == key))
        };
        if let Some(due) = first(&self.due) {
            // Whoever says when to look again knows better than a general limit.
            if let Some(end) = due.reading.ends(&zone).filter(|end| *end < settings.now) {
                let message = format!("`{}` passed {} ago", due.value.key, apart(end, settings.now));
                sink.report(due.value.span, message).help("look the article over, and set the next day");
            }
        } else if let Some(last) = first(&self.fields)
            && let Some(oldest) = self.max_age.before(settings.now, &zone)
            && let Some(end) = last.reading.ends(&zone).filter(|end| *end < oldest)
        {
            let message =
                format!("`{}` is {} ago, the limit is {}", last.value.key, apart(end, settings.now), self.max_age);
            sink.report(last.value.span, message)
                .help(format!("look the article over, mend what is out of date, and renew `{}`", last.value.key));
        }
    }
}
