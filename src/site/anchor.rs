//! Whether a page has the place that a fragment names.

use std::sync::Arc;

use super::resolve::{Verdict, is_article};
use super::slug::{HeadingIds, Toc};
use super::target::{self, Parts};
use super::tree::name_of;
use super::{Facts, Generator, Site, suggest};

impl Site {
    /// The page is there; is the place in it?
    pub(super) fn anchor(&self, from: &Facts, page: &Arc<str>, parts: Parts) -> Verdict {
        self.anchor_in(from, page, parts, |article, id| self.settings.engine.may_give(self, article, id))
    }

    /// The same for an engine that looks for the place itself, and only in what became of the article's own text.
    pub(super) fn anchor_in_text(&self, from: &Facts, page: &Arc<str>, parts: Parts) -> Verdict {
        self.anchor_in(from, page, parts, |article, _| article.open.any())
    }

    fn anchor_in(
        &self,
        from: &Facts,
        page: &Arc<str>,
        parts: Parts,
        may_have: impl Fn(&Facts, &str) -> bool,
    ) -> Verdict {
        let exact = || Verdict::Exact { target: Arc::clone(page) };
        // A text fragment (`#:~:text=`) is no id.
        let fragment = parts.fragment.unwrap_or("");
        let written = if fragment.contains('~') { fragment.split(":~:").next().unwrap_or("") } else { fragment };
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
        let bare = name.strip_prefix("user-content-").unwrap_or(&name);
        self.with_ids(article, |ids| {
            if ids.has(&[&name, bare, written]) {
                // Where `{#id}` may be text, as it is an id elsewhere, it is not relied on.
                let doubtful = match self.settings.engine.heading_ids(article) {
                    HeadingIds::None => article.headings.iter().any(|heading| heading.id.is_some()),
                    HeadingIds::Toc(Toc { attributes: false, .. }) => {
                        article.headings.iter().any(|heading| heading.id.as_deref() == Some(bare))
                    }
                    _ => false,
                };
                return if doubtful { Verdict::Unresolvable } else { exact() };
            }
            let included = name_of(page).starts_with('_') && !name_of(page).starts_with("_index.");
            let open = included || !ids.whole || article.open.parts || is_made_by_engine(bare);
            if open || self.generator_of(from) == Generator::Other || may_have(article, &name) {
                return Verdict::Unresolvable;
            }
            let suggestion = suggest::id(&name, &ids.names, ids.index());
            Verdict::MissingAnchor { target: Arc::clone(page), suggestion: suggestion.map(str::to_owned) }
        })
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
    line || footnote || id == "footnote-label" || id.starts_with(['/', '!', '?']) || id.contains('=')
}
