//! Where the time of a check goes: the same work as the engine's, on one thread, with a clock between its phases.
//!
//! The sum is not the time of a check, which has all threads; the shares tell which phase has grown.

use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use copydesk::config::{Active, Config, Plan, site_settings};
use copydesk::document::Document;
use copydesk::finding::Finding;
use copydesk::pattern::{Scanned, Scanner};
use copydesk::report::{Report, Summary, concise};
use copydesk::rule::Sink;
use copydesk::site::{Facts, Site, Tree};

use super::{TODAY, find, load};

const NAMES: [&str; 12] =
    ["packs", "walk", "tree", "plan", "read", "parse", "rules", "patterns", "facts", "site", "sort, report", "free"];

const ROUNDS: usize = 7;

/// As many articles go through phase one together as in the engine.
const TOGETHER: usize = 16;

/// A clock that gives each stretch of time to a phase.
struct Clock {
    spent: [Duration; NAMES.len()],
    since: Instant,
}

impl Clock {
    fn lap(&mut self, phase: usize) {
        let now = Instant::now();
        self.spent[phase] += now - self.since;
        self.since = now;
    }
}

/// The least that each phase took in a few rounds over `folder`, as a table of a line.
pub fn shares(folder: &Path) -> String {
    let mut least = [Duration::MAX; NAMES.len()];
    for _ in 0..ROUNDS {
        for (least, spent) in least.iter_mut().zip(round(folder)) {
            *least = (*least).min(spent);
        }
    }
    let ms = |time: &Duration| time.as_secs_f64() * 1000.0;
    let whole: f64 = least.iter().map(ms).sum();
    let share =
        |(name, time): (&&str, &Duration)| format!("{name} {:.1} ({:.0} %)", ms(time), 100.0 * ms(time) / whole);
    let shares: Vec<_> = NAMES.iter().zip(&least).map(share).collect();
    format!("  on one thread {whole:.1} ms: {}", shares.join(", "))
}

fn round(folder: &Path) -> [Duration; NAMES.len()] {
    let config = Config::default();
    let mut clock = Clock { spent: [Duration::ZERO; NAMES.len()], since: Instant::now() };
    let scanner = Scanner::embedded();
    clock.lap(0);
    let (root, found) = find(folder, &config);
    clock.lap(1);
    let tree = Arc::new(Tree::new(found.files.iter().cloned()));
    clock.lap(2);
    let read = |path: &str| std::fs::read_to_string(root.file(path)).ok();
    let plan = Plan::new(&config, scanner, site_settings(&config, &tree, TODAY, read));
    clock.lap(3);

    let (mut findings, mut facts) = (Vec::new(), Vec::new());
    let mut sources = std::collections::HashMap::new();
    for inputs in found.inputs.chunks(TOGETHER) {
        let read = inputs.iter().filter_map(|input| Some((input, load(&root, input).ok()?)));
        let read: Vec<_> = read.collect();
        clock.lap(4);
        let documents = Document::parse_all(read.iter().map(|(_, source)| source));
        clock.lap(5);
        let files: Vec<_> = read.iter().map(|(input, _)| plan.for_path(&input.path)).collect();
        let mut own: Vec<Vec<Finding>> = documents.iter().map(|_| Vec::new()).collect();
        let most = files.iter().map(|file| file.rules.len()).max().unwrap_or(0);
        for index in 0..most {
            for ((document, file), findings) in documents.iter().zip(&files).zip(&mut own) {
                let Some(Active { meta, level, rule }) = file.rules.get(index) else { continue };
                rule.document(document, &mut Sink::new(findings, meta.id, *level, document.source.path()));
            }
        }
        clock.lap(6);
        let scanned = documents.iter().zip(&files).zip(&mut own);
        let scanned =
            scanned.map(|((document, file), findings)| Scanned { document, settings: &file.patterns, findings });
        plan.scanner.check_all(scanned);
        clock.lap(7);
        facts.extend(documents.into_iter().map(|document| Facts::of(document, false)));
        clock.lap(8);
        for ((input, source), own) in read.into_iter().zip(own) {
            if !own.is_empty() {
                sources.insert(Arc::clone(&input.path), source);
            }
            findings.extend(own);
        }
        clock.lap(11);
    }
    let site = Site::new(plan.site.clone(), Arc::clone(&tree), facts);
    for facts in site.facts().chunks(TOGETHER) {
        let articles: Vec<_> = facts.iter().map(|facts| (site.article(facts), plan.for_path(&facts.path))).collect();
        let most = articles.iter().map(|(_, file)| file.rules.len()).max().unwrap_or(0);
        for index in 0..most {
            for (article, file) in &articles {
                let Some(Active { meta, level, rule }) = file.rules.get(index) else { continue };
                rule.article(article, &mut Sink::new(&mut findings, meta.id, *level, &article.facts.path));
            }
        }
    }
    clock.lap(9);
    findings.sort_by(|a, b| (&a.path, a.span, &a.rule).cmp(&(&b.path, b.span, &b.rule)));
    let summary = Summary::of(found.inputs.len(), &findings);
    let report = Report { findings: &findings, sources: &sources, summary };
    let mut written = Vec::new();
    concise::render(&report, &mut written).expect("memory takes all");
    black_box(written);
    clock.lap(10);
    drop((site, findings, sources, tree, plan, found));
    clock.lap(11);
    clock.spent
}
