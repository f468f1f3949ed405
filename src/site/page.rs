//! What the built site makes of an article: its URL, the other addresses that lead to it, its language, and whether a
//! reader can see it.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::Settings;
use crate::date;
use crate::document::front_matter::{Data, Entry, Map, Value};
use crate::span::Span;

/// The page that is made of an article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// Its address from the origin on, not percent-encoded: `/blog/first-post/`. `None` where no page is made of the
    /// article, or only the generator knows its address.
    pub url: Option<String>,
    /// Further addresses that lead to it, as its front matter gives them.
    pub aliases: Vec<Alias>,
    /// Its language, where the site has several.
    pub language: Option<Arc<str>>,
    /// Whether a reader can see it.
    pub visibility: Visibility,
    /// The value in the front matter that hides it; `None` if it is shown, or hidden by its folder.
    pub hidden_by: Option<Span>,
}

/// A further address of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias {
    /// The address from the origin on, in the form of [`Page::url`].
    pub url: String,
    /// Where it stands in the front matter.
    pub span: Span,
}

/// Whether a reader can see a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Visibility {
    /// It is published.
    #[default]
    Shown,
    /// It is not finished, says its front matter or its folder.
    Draft,
    /// It is published on a later day.
    Future,
    /// Its time is over.
    Expired,
    /// It is published, but only who has its address finds it.
    Unlisted,
}

impl Visibility {
    /// Whether who follows a link to the page finds nothing.
    pub fn is_hidden(self) -> bool {
        matches!(self, Self::Draft | Self::Future | Self::Expired)
    }
}

/// Keys of front matter that decide who sees an article, in a generator's spelling; letter case is left out.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct VisibilityKeys {
    /// True for a draft.
    pub draft: &'static [&'static str],
    /// False for a draft.
    pub published: &'static [&'static str],
    /// When it is published; the first key that is there counts.
    pub from: &'static [&'static str],
    /// When its time is over, likewise.
    pub until: &'static [&'static str],
    /// True if it is in no list.
    pub unlisted: &'static [&'static str],
}

impl VisibilityKeys {
    /// What a front matter says, and the value that hides the article.
    pub fn read(&self, map: &Map, settings: &Settings) -> (Visibility, Option<Span>) {
        let is = |keys: &[&str], wanted: bool| find(map, keys).filter(|e| truth(&e.value) == Some(wanted));
        let hidden = |entry: &Entry, visibility| (visibility, Some(entry.value.span));
        if let Some(entry) = is(self.draft, true).or_else(|| is(self.published, false)) {
            return hidden(entry, Visibility::Draft);
        }
        let zone = settings.zone();
        if let Some((entry, until)) = moment(map, self.until, &zone)
            && until < settings.now
        {
            return hidden(entry, Visibility::Expired);
        }
        if let Some((entry, from)) = moment(map, self.from, &zone)
            && from > settings.now
        {
            return hidden(entry, Visibility::Future);
        }
        match is(self.unlisted, true) {
            Some(entry) => hidden(entry, Visibility::Unlisted),
            None => (Visibility::Shown, None),
        }
    }
}

/// The first of `keys` that the map has with a value.
pub(super) fn find<'m>(map: &'m Map, keys: &[&str]) -> Option<&'m Entry> {
    let named = |key: &str| map.entries.iter().find(|e| e.key.eq_ignore_ascii_case(key) && !e.value.is_blank());
    keys.iter().find_map(|key| named(key))
}

/// What a value says of yes and no. Generators take the words for the values.
pub(super) fn truth(value: &Value) -> Option<bool> {
    match &value.data {
        Data::Bool(yes) => Some(*yes),
        Data::String(text) if text.eq_ignore_ascii_case("true") => Some(true),
        Data::String(text) if text.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}

fn moment<'m>(map: &'m Map, keys: &[&str], zone: &TimeZone) -> Option<(&'m Entry, Timestamp)> {
    let entry = find(map, keys)?;
    let outcome = date::read(entry.value.as_text()?)?;
    let reading = outcome.reading().filter(|reading| reading.is_certain())?;
    Some((entry, reading.begins(zone)?))
}

/// The addresses under one of `keys`: a text, or a list of texts.
pub(super) fn addresses<'m>(map: &'m Map, keys: &[&str]) -> impl Iterator<Item = (&'m str, Span)> {
    let values = find(map, keys).map(|entry| entry.value.as_list().unwrap_or(std::slice::from_ref(&entry.value)));
    values.unwrap_or_default().iter().filter_map(|value| Some((value.as_text()?.trim(), value.span)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::front_matter::parse_yaml;

    const KEYS: VisibilityKeys = VisibilityKeys {
        draft: &["draft"],
        published: &["published"],
        from: &["publishDate", "date"],
        until: &["expiryDate"],
        unlisted: &["unlisted"],
    };

    #[test]
    fn what_hides_an_article() {
        let now = "2026-06-30T12:00:00Z".parse().expect("a moment");
        let settings = Settings { now, ..Settings::default() };
        for (text, visibility, place) in [
            ("title: x", Visibility::Shown, None),
            ("draft: true", Visibility::Draft, Some("true")),
            ("Draft: 'true'", Visibility::Draft, Some("'true'")),
            ("draft: no", Visibility::Shown, None),
            ("published: false", Visibility::Draft, Some("false")),
            ("date: 2026-06-30", Visibility::Shown, None),
            ("date: 2026-07-01", Visibility::Future, Some("2026-07-01")),
            ("date: 2026-07-01\npublishDate: 2026-01-01", Visibility::Shown, None),
            ("date: 2026-06-30T14:00:00+02:00", Visibility::Shown, None),
            ("date: 2026-06-30T14:30:00+02:00", Visibility::Future, Some("2026-06-30T14:30:00+02:00")),
            ("expirydate: 2026-06-30", Visibility::Expired, Some("2026-06-30")),
            ("expiryDate: 2027-01-01", Visibility::Shown, None),
            ("date: soon", Visibility::Shown, None),
            ("unlisted: true", Visibility::Unlisted, Some("true")),
        ] {
            let (map, _) = parse_yaml(text, Span::new(0, text.len()));
            let (found, span) = KEYS.read(&map, &settings);
            assert_eq!((found, span.map(|span| span.of(text))), (visibility, place), "{text}");
        }
    }
}
