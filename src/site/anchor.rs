//! Whether a page has the place that a fragment names.

use std::sync::Arc;

use super::facts::{Id, IdOrigin};
use super::ids::{Ids, MANY};
use super::resolve::{Verdict, is_article};
use super::target::{self, Parts};
use super::tree::name_of;
use super::{Facts, Generator, Site, suggest};

impl Site {
    /// The page is there; is the place in it?
    pub(super) fn anchor(&self, from: &Facts, page: &Arc<str>, parts: Parts) -> Verdict {
        let exact = || Verdict::Exact { target: Arc::clone(page) };
        // A text fragment (`#:~:text=`) is no id.
        let written = parts.fragment.unwrap_or("").split(":~:").next().unwrap_or("");
        if written.is_empty() || written.eq_ignore_ascii_case("top") {
            return exact();
        }
        let Some(article) = (if *page == from.path { Some(from) } else { self.at(page) }) else {
            return Verdict::Unresolvable;
        };
        if !is_article(page) {
            return Verdict::Unresolvable;
        }
        let Some(name) = target::decode(written) else { return Verdict::Unresolvable };
        let generator = self.settings.generator;
        let strict = generator == Generator::Docusaurus;
        let honours = strict || matches!(generator, Generator::Hugo | Generator::Jekyll | Generator::Zola);
        let made = self.settings.engine.makes_heading_ids();
        let reaches = |id: &Id| match id.origin {
            // Docusaurus shows a heading of level 1 without an id, and an explicit id stands in for the made one.
            IdOrigin::Heading(1) => !strict && made,
            IdOrigin::Overridden => !honours && made,
            IdOrigin::Explicit => true,
            IdOrigin::Heading(_) => made,
        };
        let bare = name.strip_prefix("user-content-").unwrap_or(&name);
        let names = [&*name, bare, written];
        let reached = if article.ids.len() > MANY {
            let named =
                |ids: &Ids| names.iter().any(|name| ids.named(name).iter().any(|&at| reaches(&article.ids[at])));
            self.with_ids(article, named)
        } else {
            article.ids.iter().any(|id| names.contains(&id.name.as_str()) && reaches(id))
        };
        if reached {
            // Where headings get no ids, `{#id}` may be text, as it is an id elsewhere.
            let doubtful = !made && article.ids.iter().any(|id| id.origin == IdOrigin::Overridden);
            return if doubtful { Verdict::Unresolvable } else { exact() };
        }
        let provable = matches!(self.generator_of(from), Generator::Plain | Generator::Docusaurus);
        let included = name_of(page).starts_with('_') && !name_of(page).starts_with("_index.");
        if !provable || included || article.open_ids || is_made_by_engine(&name) {
            return Verdict::Unresolvable;
        }
        let suggestion = self.with_ids(article, |ids| suggest::id(&name, &article.ids, ids, reaches));
        Verdict::MissingAnchor { target: Arc::clone(page), suggestion: suggestion.map(str::to_owned) }
    }
}

/// Whether an id is of a kind that engines give to other things than headings: lines, footnotes, routes of an app.
fn is_made_by_engine(id: &str) -> bool {
    let digits = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    let line = id.strip_prefix('L').is_some_and(digits);
    let footnote = id.strip_prefix("fn").is_some_and(|rest| {
        let rest = rest.strip_prefix("ref").unwrap_or(rest);
        rest.starts_with([':', '-', '_']) || digits(rest)
    });
    line || footnote || id.starts_with(['/', '!', '?']) || id.contains('=')
}
