//! Phase two: articles in their site, some of them together, rule by rule like in phase one.

use std::collections::HashMap;
use std::sync::Arc;

use crate::config::{Active, FilePlan, Plan};
use crate::finding::{Finding, Level};
use crate::rule::Sink;
use crate::schema::{self, Index, Violation};
use crate::site::{Article, Facts, Site};

/// What phase two finds.
#[derive(Default)]
pub(super) struct Related {
    pub findings: Vec<Finding>,
    /// What gives way to other findings at the same place.
    pub yielding: Vec<Finding>,
}

/// Looks at the articles that are summarised in `facts`.
pub(super) fn relate(site: &Site, facts: &[&Facts], plan: &Plan, index: Option<&Index>) -> Related {
    let mut open: Vec<Open> = facts
        .iter()
        .map(|facts| {
            let (article, file) = (site.article(facts), plan.for_path(&facts.path));
            let violations = index.map_or(Vec::new(), |index| schema::across(&article, &file.schemas, index));
            Open { article, file, violations, found: Related::default() }
        })
        .collect();
    apply_rules(&mut open);
    let mut related = Related::default();
    for Open { found, .. } in open {
        related.findings.extend(found.findings);
        related.yielding.extend(found.yielding);
    }
    related
}

/// Each rule looks at all `articles` in turn.
fn apply_rules(articles: &mut [Open]) {
    let mut sinks = Vec::with_capacity(articles.len());
    for Open { article, file, violations, found: Related { findings, yielding } } in articles {
        let sink = |findings| Sink::new(findings, "", Level::Warning, &article.facts.path);
        sinks.push((sink(findings), sink(yielding), &*article, &file.rules, &*violations));
    }
    let most = sinks.iter().map(|(_, _, _, rules, _)| rules.len()).max().unwrap_or(0);
    for index in 0..most {
        for (findings, yielding, article, rules, violations) in &mut sinks {
            let Some(Active { meta, level, rule }) = rules.get(index) else { continue };
            let sink = if rule.yields() { yielding } else { findings };
            sink.hand_to(meta.id, *level);
            rule.article(article, sink);
            if !violations.is_empty() {
                sink.tell_all(violations, rule.aspect());
            }
        }
    }
}

/// An article that is being looked at.
struct Open<'s> {
    article: Article<'s>,
    file: Arc<FilePlan>,
    violations: Vec<Violation>,
    found: Related,
}

/// Keeps of `yielding` what no finding of the same group overlaps.
pub(super) fn give_way(yielding: &mut Vec<Finding>, findings: &[Finding]) {
    fn group(finding: &Finding) -> &str {
        finding.rule.split('/').next().unwrap_or("")
    }
    if yielding.is_empty() {
        return;
    }
    let mut places: HashMap<&str, Vec<&Finding>> = HashMap::new();
    for finding in findings {
        places.entry(&finding.path).or_default().push(finding);
    }
    yielding.retain(|weaker| {
        let others = places.get(&*weaker.path).into_iter().flatten();
        !others.into_iter().any(|other| group(other) == group(weaker) && other.span.overlaps(weaker.span))
    });
}
