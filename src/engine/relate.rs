//! Phase two: articles in their site, some of them together, rule by rule like in phase one.

use std::collections::HashMap;

use crate::config::{Active, Plan};
use crate::finding::Finding;
use crate::rule::Sink;
use crate::schema::{self, Index};
use crate::site::{Facts, Site};

/// What phase two finds.
#[derive(Default)]
pub(super) struct Related {
    pub findings: Vec<Finding>,
    /// What gives way to other findings at the same place.
    pub yielding: Vec<Finding>,
}

/// Looks at the articles that are summarised in `facts`.
pub(super) fn relate(site: &Site, facts: &[&Facts], plan: &Plan, index: Option<&Index>) -> Related {
    let mut related = Related::default();
    let articles: Vec<_> = facts
        .iter()
        .map(|facts| {
            let (article, file) = (site.article(facts), plan.for_path(&facts.path));
            let violations = index.map_or(Vec::new(), |index| schema::across(&article, &file.schemas, index));
            (article, file, violations)
        })
        .collect();
    let most = articles.iter().map(|(_, file, _)| file.rules.len()).max().unwrap_or(0);
    for index in 0..most {
        for (article, file, violations) in &articles {
            let Some(Active { meta, level, rule }) = file.rules.get(index) else { continue };
            let findings = if rule.yields() { &mut related.yielding } else { &mut related.findings };
            let mut sink = Sink::new(findings, meta.id, *level, &article.facts.path);
            rule.article(article, &mut sink);
            if !violations.is_empty() {
                sink.tell_all(violations, rule.aspect());
            }
        }
    }
    related
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
