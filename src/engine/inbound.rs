//! What changed files break elsewhere: links in other articles that led somewhere before, and lead nowhere now.
//!
//! Nothing is guessed: the site is put together as it was, the same rules look at the same articles, and what they say now
//! and did not say then was broken by the change. [`super::cause`] has the words for it.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::cause::{Causes, Today};
use super::relate::relate;
use super::{PER_TASK, together};
use crate::config::Plan;
use crate::document::Document;
use crate::finding::Finding;
use crate::site::{Facts, Page, Renames, Site, Tree, Verdict, related};
use crate::source::Source;

/// A file that differs from what it was.
#[derive(Debug)]
pub struct Change {
    /// Where it is or was, relative to the root, with forward slashes.
    pub path: Arc<str>,
    /// What it was.
    pub before: Before,
    /// Whether it is still there.
    pub remains: bool,
    /// Where it is now, if it was renamed.
    pub renamed_to: Option<Arc<str>>,
}

/// What a changed file was before.
#[derive(Debug)]
pub enum Before {
    /// It was not there.
    Absent,
    /// An article.
    Article(Source),
    /// Another file.
    File,
}

/// What is known of earlier times.
#[derive(Debug, Default)]
pub struct Past {
    /// The files that changed, if what the change did is asked about.
    pub changes: Vec<Change>,
    /// Whether every article is looked at, so that the changes only say why; else what they broke is all that is reported of
    /// articles which are not asked about.
    pub explain: bool,
    /// How files were called before.
    pub renames: Renames,
}

/// What the changes broke in articles that are not `wanted`: what rules on links find there now and did not find before.
pub(super) fn broken(site: &mut Site, past: &Past, wanted: &HashSet<Arc<str>>, plan: &Plan) -> Vec<Finding> {
    if past.changes.iter().all(|change| matches!(change.before, Before::Absent)) {
        return Vec::new();
    }
    // Only what could have been broken is looked at twice.
    let suspects: Vec<Arc<str>> = site
        .facts()
        .par_iter()
        .with_min_len(PER_TASK)
        .filter(|facts| !wanted.contains(&facts.path) && has_fault(site, facts))
        .map(|facts| Arc::clone(&facts.path))
        .collect();
    let now = about_links(site, &suspects, plan);
    if now.is_empty() {
        return now;
    }
    let (old, today) = earlier(site, past);
    let then: HashSet<_> = about_links(&old, &suspects, plan)
        .into_iter()
        .map(|finding| (finding.path, finding.rule, finding.span))
        .collect();
    let mut broken: Vec<Finding> = now
        .into_iter()
        .filter(|finding| !then.contains(&(Arc::clone(&finding.path), finding.rule.clone(), finding.span)))
        .collect();
    let causes = Causes::of(&old, &today, &past.changes);
    broken.retain_mut(|finding| match causes.tell(finding) {
        Some(cause) => {
            finding.message.push_str(&format!(", since {cause}"));
            // Nobody asked to mend this file.
            finding.fixes.clear();
            true
        }
        None => false,
    });
    broken
}

/// Says of the findings in articles that did not change themselves what change they come from, if they come from one.
pub(super) fn explain(site: &mut Site, past: &Past, findings: &mut [Finding]) {
    let changed: HashSet<&str> = past.changes.iter().map(|change| &*change.path).collect();
    let mut elsewhere =
        findings.iter_mut().filter(|one| is_about_links(one) && !changed.contains(&*one.path)).peekable();
    if elsewhere.peek().is_none() {
        return;
    }
    let (old, today) = earlier(site, past);
    let causes = Causes::of(&old, &today, &past.changes);
    for finding in elsewhere {
        if let Some(cause) = causes.tell(finding) {
            finding.message.push_str(&format!(", since {cause}"));
        }
    }
}

fn is_about_links(finding: &Finding) -> bool {
    finding.rule.starts_with("link/") || finding.rule.starts_with("related/")
}

fn has_fault(site: &Site, facts: &Facts) -> bool {
    let faulty = |verdict: &Verdict| !matches!(verdict, Verdict::Exact { .. } | Verdict::Unresolvable);
    let hidden = |verdict: &Verdict| {
        let target = verdict.target().and_then(|target| site.at(target));
        target.is_some_and(|target| site.page(target).visibility.is_hidden())
    };
    let linked = facts.links.iter().map(|link| site.resolve_link(facts, link));
    linked.into_iter().any(|verdict| faulty(&verdict) || hidden(&verdict))
        || related::entries(facts, related::KEYS).next().is_some()
}

/// What the rules on links say of these articles.
fn about_links(site: &Site, paths: &[Arc<str>], plan: &Plan) -> Vec<Finding> {
    site.prepare(paths.iter().any(|path| plan.for_path(path).needs.graph));
    let articles: Vec<&Facts> = paths.iter().filter_map(|path| site.at(path)).collect();
    let batches = articles.par_chunks(together(articles.len())).with_max_len(1);
    let findings = batches.flat_map_iter(|articles| relate(site, articles, plan, None).findings);
    findings.filter(is_about_links).collect()
}

/// The site as it was, and of the changed articles what they are today. Takes the articles out of `site`, which is of no more
/// use.
fn earlier(site: &mut Site, past: &Past) -> (Site, HashMap<Arc<str>, Today>) {
    let changed: HashSet<&str> = past.changes.iter().map(|change| &*change.path).collect();
    let page = |facts: &Facts| changed.contains(&*facts.path).then(|| site.page(facts).clone());
    let pages: Vec<Option<Page>> = site.facts().iter().map(page).collect();
    let mut facts = Vec::with_capacity(pages.len());
    let mut today = HashMap::new();
    for (one, page) in site.take_facts().into_iter().zip(pages) {
        match page {
            Some(page) => drop(today.insert(Arc::clone(&one.path), Today { facts: one, page })),
            None => facts.push(one),
        }
    }
    let mut paths: Vec<Arc<str>> =
        site.tree.paths().iter().filter(|path| !changed.contains(&***path)).cloned().collect();
    for change in &past.changes {
        match &change.before {
            Before::Absent => continue,
            Before::Article(source) => facts.push(Facts::of(Document::parse(source), false)),
            Before::File => {}
        }
        paths.push(Arc::clone(&change.path));
    }
    let tree = Tree::new(paths);
    let tree = if site.tree.is_partial() { tree.partial() } else { tree };
    (Site::new(site.settings.clone(), tree, facts), today)
}
