//! `date/unchanged`: articles whose text a change set changed, and whose date of change it left as it was.

use serde::Deserialize;

use super::field::{Role, usual};
use super::{Dated, dates};
use crate::document::front_matter::FrontMatter;
use crate::finding::{Edit, Fix, Safety};
use crate::rule::{Define, Meta, Rule, Sink};
use crate::site::Article;

/// Its options.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Unchanged {
    /// The keys that tell when the article was last changed, the first one that is there; dotted paths lead into maps.
    pub fields: Vec<String>,
    /// The revision since which the change set is looked at. Read by who asks git, not here.
    pub since: Option<String>,
}

impl Default for Unchanged {
    fn default() -> Self {
        Self { fields: usual(Role::Modified).iter().map(|key| (*key).to_owned()).collect(), since: None }
    }
}

impl Define for Unchanged {
    const META: Meta = Meta {
        id: "date/unchanged",
        level: None,
        fix: Some(Safety::Unsafe),
        page: include_str!("../../../rules/date/unchanged.md"),
    };
}

impl Rule for Unchanged {
    fn article(&self, article: &Article, sink: &mut Sink) {
        let settings = &article.site.settings;
        let change = settings.changes.as_ref().and_then(|changes| changes.of(&article.facts.path));
        let Some((change, front_matter)) = change.filter(|change| change.text).zip(article.facts.front_matter.as_ref())
        else {
            return;
        };
        let Some(now) = self.date(front_matter) else { return };
        let same = change.front_matter.as_ref().and_then(|before| {
            let before = self.date(before)?;
            Some(before.value.key == now.value.key && before.reading == now.reading)
        });
        // An article that had no such date before has been given one.
        if same != Some(true) {
            return;
        }
        let key = now.value.key;
        let finding = sink.report(now.value.span, format!("the text has changed, `{key}` has not"));
        let today = settings.now.to_zoned(settings.zone()).date();
        let plain_day = now.value.text.len() == 10 && now.value.text.parse::<jiff::civil::Date>().is_ok();
        finding.help(format!("set `{key}` to the day of the change"));
        if plain_day && now.value.span.len() == 10 && today > now.reading.date {
            finding.fix(Fix::risky(format!("write `{today}`"), [Edit::replace(now.value.span, today.to_string())]));
        }
    }
}

impl Unchanged {
    /// The date of change in a front matter.
    fn date<'f>(&'f self, front_matter: &'f FrontMatter) -> Option<Dated<'f>> {
        let mut dates = dates(front_matter, self.fields.iter());
        let index = self.fields.iter().find_map(|key| dates.iter().position(|dated| dated.value.key == key))?;
        Some(dates.swap_remove(index))
    }
}
