//! Articles and a [`Plan`] in, findings out. Parallel, pure: the same input gives the same findings in the same order,
//! and nothing here reads a file but through the `load` that it is given.

mod cause;
mod inbound;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

pub use inbound::{Before, Change, Past};

use crate::config::{Active, Plan};
use crate::document::Document;
use crate::finding::{Finding, Level};
use crate::fingerprint;
use crate::rule::Sink;
use crate::schema::{self, Index};
use crate::site::{Facts, Site, Tree};
use crate::source::Source;
use crate::suppress::{self, Suppressions};

/// An article to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Relative to the root, with forward slashes.
    pub path: Arc<str>,
    /// Whether its findings are wanted; if not it is read only because others may link to it.
    pub report: bool,
}

/// What a run came to.
#[derive(Debug, Default)]
pub struct Outcome {
    /// All findings on the wanted articles, by path, span and rule.
    pub findings: Vec<Finding>,
    /// The articles that a finding points into.
    pub sources: HashMap<Arc<str>, Source>,
    /// The articles that could not be read, and why.
    pub unreadable: Vec<(Arc<str>, std::io::Error)>,
    /// How many findings comments in the articles suppress.
    pub suppressed: usize,
}

/// How many articles one task takes at least; smaller pieces cost more than they balance (research: 1.17 s against 2.28 s).
const PER_TASK: usize = 32;

/// The site of `inputs`, each read through `load`, without a look at what rules say. What cannot be read is left out.
pub fn site<L>(inputs: &[Input], load: L, tree: &Arc<Tree>, plan: &Plan) -> Site
where
    L: Fn(&Input) -> std::io::Result<Source> + Sync,
{
    let summarize = |input: &Input| Some(Facts::of(Document::parse(&load(input).ok()?), false));
    let facts = inputs.par_iter().with_max_len(PER_TASK).filter_map(summarize).collect();
    Site::new(plan.site.clone(), Arc::clone(tree), facts)
}

/// Checks `inputs`, each read through `load`, as the articles of a site whose files are `tree`.
pub fn check<L>(inputs: &[Input], load: L, tree: &Arc<Tree>, plan: &Plan) -> Outcome
where
    L: Fn(&Input) -> std::io::Result<Source> + Sync,
{
    check_since(inputs, load, tree, plan, &Past::default())
}

/// Checks `inputs` likewise, and reports also what the changes in `past` broke in the other articles.
pub fn check_since<L>(inputs: &[Input], load: L, tree: &Arc<Tree>, plan: &Plan, past: &Past) -> Outcome
where
    L: Fn(&Input) -> std::io::Result<Source> + Sync,
{
    // Phase one: each article on its own.
    let read: Vec<_> =
        inputs.par_iter().with_max_len(PER_TASK).map(|input| load(input).map(|s| look(input, s, plan))).collect();

    let mut outcome = Outcome::default();
    let (mut facts, mut wanted) = (Vec::with_capacity(inputs.len()), Vec::with_capacity(inputs.len()));
    let mut suppressions = HashMap::new();
    let mut graph = false;
    for (input, looked) in inputs.iter().zip(read) {
        match looked {
            Ok(looked) => {
                if let Some(source) = looked.source {
                    outcome.sources.insert(Arc::clone(&input.path), source);
                }
                outcome.findings.extend(looked.findings);
                suppressions.extend(looked.suppressions.map(|own| (Arc::clone(&input.path), own)));
                facts.push(looked.facts);
                wanted.push(input.report);
                graph |= looked.graph;
            }
            Err(error) => outcome.unreadable.push((Arc::clone(&input.path), error)),
        }
    }

    // Phase two: each article in its site.
    let mut site = Site::new(plan.site.clone(), Arc::clone(tree), facts);
    site.renames = past.renames.clone();
    site.prepare(graph);
    let index = index(&site, plan);
    let articles = site.facts().par_iter().zip(wanted).with_max_len(PER_TASK);
    let wanted = articles.filter(|(_, wanted)| *wanted);
    let related: Vec<Related> = wanted.map(|(facts, _)| relate(&site, facts, plan, index.as_ref())).collect();
    let mut yielding = Vec::new();
    for article in related {
        outcome.findings.extend(article.findings);
        yielding.extend(article.yielding);
    }
    give_way(&mut yielding, &outcome.findings);
    outcome.findings.append(&mut yielding);

    if past.explain && !past.changes.is_empty() {
        inbound::explain(&mut site, past, &mut outcome.findings);
    } else if !past.changes.is_empty() {
        let wanted = inputs.iter().filter(|input| input.report).map(|input| Arc::clone(&input.path)).collect();
        outcome.findings.extend(inbound::broken(&mut site, past, &wanted, plan));
    }

    outcome.suppressed = suppress::apply(&mut outcome.findings, suppressions, plan, &site);
    // To free all that is known of a site takes a while, for which nobody has to wait.
    rayon::spawn(move || drop(site));
    outcome
        .findings
        .sort_by(|a, b| (&a.path, a.span, &a.rule, &a.message).cmp(&(&b.path, b.span, &b.rule, &b.message)));
    outcome.sources.extend(missing_sources(inputs, &load, &outcome));
    fingerprint::stamp(&mut outcome.findings, &outcome.sources);
    outcome
}

/// The articles that only phase two found something in, read once more: to keep all texts until then would cost more.
fn missing_sources<L>(inputs: &[Input], load: &L, outcome: &Outcome) -> Vec<(Arc<str>, Source)>
where
    L: Fn(&Input) -> std::io::Result<Source> + Sync,
{
    let own = outcome.findings.iter().map(|finding| &finding.path);
    let others = outcome.findings.iter().flat_map(|finding| &finding.labels).filter_map(|label| label.path.as_ref());
    let shown: HashSet<&Arc<str>> = own.chain(others).filter(|path| !outcome.sources.contains_key(*path)).collect();
    let again = inputs.par_iter().filter(|input| shown.contains(&input.path));
    again.filter_map(|input| Some((Arc::clone(&input.path), load(input).ok()?))).collect()
}

/// What phase one makes of an article.
struct Looked {
    /// Kept only if something was found in it.
    source: Option<Source>,
    facts: Facts,
    findings: Vec<Finding>,
    /// Whether a rule asks which article leads to which.
    graph: bool,
    /// Which rules its comments switch off; also for what phase two finds.
    suppressions: Option<Suppressions>,
}

fn look(input: &Input, source: Source, plan: &Plan) -> Looked {
    let mut findings = Vec::new();
    let document = Document::parse(&source);
    let mut suppressions = None;
    let file = plan.for_path(&input.path);
    if input.report {
        suppressions = Suppressions::of(&document, &plan.scanner);
        let violations = file.violations(&document);
        let mut sink = Sink::new(&mut findings, "", Level::Warning, &input.path);
        for Active { meta, level, rule } in &file.rules {
            sink.hand_to(meta.id, *level);
            rule.document(&document, &mut sink);
            if !violations.is_empty() {
                sink.tell_all(&violations, rule.aspect());
            }
        }
        plan.scanner.check(&document, &file.patterns, &mut findings);
    }
    let facts = Facts::of(document, file.needs.sketch);
    let source = (!findings.is_empty()).then_some(source);
    Looked { source, facts, findings, graph: file.needs.graph && input.report, suppressions }
}

/// What phase two finds in an article.
#[derive(Default)]
struct Related {
    findings: Vec<Finding>,
    /// What gives way to other findings at the same place.
    yielding: Vec<Finding>,
}

/// What schemas must know of all articles.
fn index(site: &Site, plan: &Plan) -> Option<Index> {
    if !plan.has_collections() {
        return None;
    }
    let plans: Vec<_> = site.facts().par_iter().map(|facts| plan.for_path(&facts.path)).collect();
    Index::of(site, plans.iter().map(|file| &*file.schemas))
}

fn relate(site: &Site, facts: &Facts, plan: &Plan, index: Option<&Index>) -> Related {
    let mut related = Related::default();
    let article = site.article(facts);
    let file = plan.for_path(&facts.path);
    let violations = index.map_or(Vec::new(), |index| schema::across(&article, &file.schemas, index));
    for Active { meta, level, rule } in &file.rules {
        let findings = if rule.yields() { &mut related.yielding } else { &mut related.findings };
        let mut sink = Sink::new(findings, meta.id, *level, &facts.path);
        rule.article(&article, &mut sink);
        if !violations.is_empty() {
            sink.tell_all(&violations, rule.aspect());
        }
    }
    related
}

/// Keeps of `yielding` what no finding of the same group overlaps.
fn give_way(yielding: &mut Vec<Finding>, findings: &[Finding]) {
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
