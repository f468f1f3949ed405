//! Articles and a [`Plan`] in, findings out. Parallel, pure: the same input gives the same findings in the same order,
//! and nothing here reads a file but through the `load` that it is given.

mod cause;
mod inbound;
mod look;
mod relate;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

pub use inbound::{Before, Change, Past};

use look::{Batch, look};
use relate::{Related, give_way, relate};

use crate::config::Plan;
use crate::document::Document;
use crate::finding::Finding;
use crate::fingerprint;
use crate::schema::Index;
use crate::site::{Facts, Site, Tree};
use crate::source::Source;
use crate::suppress;

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

/// How many articles one task takes at most, so that threads are done at about the same time; much smaller pieces cost more
/// than they balance.
const PER_TASK: usize = 32;

/// How many of `articles` are looked at together: not so many that a thread is left with nothing to do.
fn together(articles: usize) -> usize {
    /// With more of them the code of a step is fetched less often, but what it works on no longer fits in the cache.
    const MOST: usize = 16;
    (articles / (4 * rayon::current_num_threads())).clamp(1, MOST)
}

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
    let batches: Vec<Batch> =
        inputs.par_chunks(together(inputs.len())).with_max_len(1).map(|inputs| look(inputs, &load, plan)).collect();

    let mut outcome = Outcome::default();
    let (mut facts, mut wanted) = (Vec::with_capacity(inputs.len()), Vec::with_capacity(inputs.len()));
    let mut suppressions = HashMap::new();
    let mut graph = false;
    for Batch { looked, unreadable } in batches {
        outcome.unreadable.extend(unreadable);
        for looked in looked {
            let path = &looked.input.path;
            outcome.sources.extend(looked.source.map(|source| (Arc::clone(path), source)));
            outcome.findings.extend(looked.findings);
            suppressions.extend(looked.suppressions.map(|own| (Arc::clone(path), own)));
            facts.push(looked.facts);
            wanted.push(looked.input.report);
            graph |= looked.graph;
        }
    }

    // Phase two: each article in its site.
    let mut site = Site::new(plan.site.clone(), Arc::clone(tree), facts);
    site.renames = past.renames.clone();
    prepare(&site, graph, plan);
    let index = index(&site, plan);
    let articles: Vec<&Facts> =
        site.facts().iter().zip(wanted).filter_map(|(facts, yes)| yes.then_some(facts)).collect();
    let related: Vec<Related> = articles
        .par_chunks(together(articles.len()))
        .with_max_len(1)
        .map(|articles| relate(&site, articles, plan, index.as_ref()))
        .collect();
    let mut yielding = Vec::new();
    for batch in related {
        outcome.findings.extend(batch.findings);
        yielding.extend(batch.yielding);
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
    outcome
        .findings
        .sort_by(|a, b| (&a.path, a.span, &a.rule, &a.message).cmp(&(&b.path, b.span, &b.rule, &b.message)));
    outcome.sources.extend(missing_sources(inputs, &load, &outcome));
    fingerprint::stamp(&mut outcome.findings, &outcome.sources);
    // To free all that is known of a site takes a while, for which nobody has to wait, and which has all threads.
    rayon::spawn(move || drop(site));
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

/// Makes what most articles are asked about, by all threads.
fn prepare(site: &Site, graph: bool, plan: &Plan) {
    // Both of the others ask for the pages.
    site.pages();
    let rules = || {
        for file in plan.asked_for() {
            file.rules.iter().for_each(|active| active.rule.prepare(site));
        }
    };
    rayon::join(|| site.prepare(graph), rules);
}

/// What schemas must know of all articles.
fn index(site: &Site, plan: &Plan) -> Option<Index> {
    if !plan.has_collections() {
        return None;
    }
    let plans: Vec<_> = site.facts().par_iter().map(|facts| plan.for_path(&facts.path)).collect();
    Index::of(site, plans.iter().map(|file| &*file.schemas))
}
