//! What change made a link lead nowhere, in words: an article was deleted, renamed, moved to another address; a heading became
//! another one.

use std::collections::HashMap;
use std::sync::Arc;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::inbound::Change;
use crate::document::front_matter::{Data, Value};
use crate::finding::Finding;
use crate::site::target::decode;
use crate::site::{Facts, LinkFact, Page, Site, Verdict, Visibility, related};

/// Keys of front matter that may make an address, those first that say it outright.
const ADDRESS_KEYS: &[&str] = &["url", "permalink", "path", "slug", "id", "title", "date"];

/// A changed article as it is now.
pub(super) struct Today {
    pub facts: Facts,
    pub page: Page,
}

/// What is known of a change.
pub(super) struct Causes<'c> {
    old: &'c Site,
    today: &'c HashMap<Arc<str>, Today>,
    changes: HashMap<&'c str, &'c Change>,
}

impl<'c> Causes<'c> {
    pub fn of(old: &'c Site, today: &'c HashMap<Arc<str>, Today>, changes: &'c [Change]) -> Self {
        Self { old, today, changes: changes.iter().map(|change| (&*change.path, change)).collect() }
    }

    /// What made a finding, which stands in an article that did not change; `None` if it was there before, or comes from
    /// something else.
    pub fn tell(&self, finding: &Finding) -> Option<String> {
        let facts = self.old.at(&finding.path)?;
        let link = facts.links.iter().find(|link| link.destination.contains(finding.span));
        let verdict = match link {
            Some(link) => self.old.resolve_link(facts, link),
            None => {
                let items = related::entries(facts, related::KEYS).flat_map(related::items);
                let name = items.filter_map(related::name_in).find(|value| value.span == finding.span)?;
                self.old.resolve_reference(facts, name.as_text()?)
            }
        };
        let rule = finding.rule.rsplit('/').next().unwrap_or_default();
        let as_before = match &verdict {
            Verdict::MissingAnchor { .. } => rule == "anchor",
            Verdict::Redirected { .. } => rule == "redirected",
            Verdict::Hidden { .. } => rule == "hidden",
            Verdict::WrongCase { .. } => rule == "case",
            _ => false,
        };
        let target = verdict.target().filter(|_| !as_before)?;
        let change = self.changes.get(&**target)?;
        if let Some(new) = &change.renamed_to {
            return Some(format!("`{target}` was renamed to `{new}`"));
        }
        if !change.remains {
            return Some(format!("`{target}` was deleted"));
        }
        let said = match (self.old.at(target), self.today.get(target)) {
            (Some(before), Some(now)) => match (rule, link) {
                ("anchor", Some(link)) => self.heading(before, &now.facts, link),
                ("hidden", _) => hidden(target, now.page.visibility),
                _ => self.address(before, now, &verdict),
            },
            _ => None,
        };
        Some(said.unwrap_or_else(|| format!("`{target}` was changed")))
    }

    /// What became of the address of an article.
    fn address(&self, before: &Facts, now: &Today, verdict: &Verdict) -> Option<String> {
        let path = &before.path;
        let page = self.old.page(before);
        if matches!(verdict, Verdict::Redirected { .. }) && page.url == now.page.url {
            let gone = page.aliases.iter().filter(|old| !now.page.aliases.iter().any(|new| new.url == old.url));
            let gone: Vec<String> = gone.map(|alias| format!("`{}`", alias.url)).collect();
            return (!gone.is_empty()).then(|| format!("`{path}` gave up the alias {}", gone.join(" or ")));
        }
        let (old, new) = (page.url.as_deref()?, now.page.url.as_deref());
        if new == Some(old) {
            return None;
        }
        let of = |facts: &Facts, key: &str| -> Option<String> { said(facts.front_matter.as_ref()?.map.get(key)?) };
        let key = ADDRESS_KEYS.iter().find(|key| of(before, key) != of(&now.facts, key));
        let key = key.map(|key| (key, of(before, key), of(&now.facts, key)));
        Some(match (key, new) {
            (Some((key, Some(old), Some(new))), _) => {
                format!("`{key}` of `{path}` was changed from `{old}` to `{new}`")
            }
            (Some((key, None, Some(new))), _) => format!("`{path}` was given the {key} `{new}`"),
            (Some((key, Some(old), None)), _) => format!("the {key} `{old}` of `{path}` was taken out"),
            (_, Some(new)) => format!("`{path}` moved from `{old}` to `{new}`"),
            (_, None) => format!("`{path}` is no longer at `{old}`"),
        })
    }

    /// What became of the heading, or another place, that a link leads to.
    fn heading(&self, before: &Facts, now: &Facts, link: &LinkFact) -> Option<String> {
        let path = &before.path;
        // Behind it, a template may end.
        let fragment = link.url.split_once('#')?.1.split(['"', '\'', '`', ' ', '}']).next()?;
        let id = decode(fragment)?;
        let made =
            |facts: &Facts| self.old.settings.engine.heading_ids(facts).of(&facts.headings, &facts.anchors).names;
        let Some(index) = made(before).iter().position(|names| names.iter().any(|name| *name == *id)) else {
            return Some(format!("the anchor `#{id}` of `{path}` was taken out"));
        };
        let text = before.headings[index].text.as_str();
        Some(match successor(before, now, index) {
            Some(at) if now.headings[at].text == text => {
                let new = made(now).get(at).and_then(|names| names.first().cloned()).unwrap_or_default();
                format!("the heading `{text}` of `{path}` is now `#{new}`")
            }
            Some(at) => format!("the heading `{text}` of `{path}` became `{}`", now.headings[at].text),
            None => format!("the heading `{text}` of `{path}` was taken out"),
        })
    }
}

fn hidden(path: &str, visibility: Visibility) -> Option<String> {
    match visibility {
        Visibility::Draft => Some(format!("`{path}` was made a draft")),
        Visibility::Future | Visibility::Expired => Some(format!("the dates of `{path}` were changed")),
        Visibility::Shown | Visibility::Unlisted => None,
    }
}

/// Which heading of today stands where the one at `index` stood: it, or the one that took its place.
fn successor(before: &Facts, now: &Facts, index: usize) -> Option<usize> {
    let texts = |facts: &Facts| facts.headings.iter().map(|heading| heading.text.clone()).collect::<Vec<_>>();
    let (old, new) = (texts(before), texts(now));
    let ops = capture_diff_slices(Algorithm::Myers, &old, &new);
    let op = ops.into_iter().find(|op| op.old_range().contains(&index))?;
    let (offset, new_range) = (index - op.old_range().start, op.new_range());
    match op {
        DiffOp::Equal { new_index, .. } => Some(new_index + offset),
        // As many as before: each became the one in its place.
        DiffOp::Replace { old_len, new_len, new_index, .. } if old_len == new_len => Some(new_index + offset),
        DiffOp::Replace { .. } => {
            let lower = old[index].to_lowercase();
            let near = |at: &usize| {
                let other = new[*at].to_lowercase();
                other.contains(&lower) || lower.contains(&other)
            };
            let mut near = new_range.filter(near);
            near.next().filter(|_| near.next().is_none())
        }
        DiffOp::Insert { .. } | DiffOp::Delete { .. } => None,
    }
}

/// A value as it reads.
fn said(value: &Value) -> Option<String> {
    match &value.data {
        Data::Number(number) => Some(number.to_string()),
        _ => value.as_text().map(str::to_owned),
    }
}
