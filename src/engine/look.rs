//! Phase one: articles on their own, some of them together.
//!
//! They go through it step by step, not one after the other: the code of all steps and rules is many times what a
//! processor's instruction cache holds, so that each of them would have to be fetched again for every article.

use std::sync::Arc;

use super::Input;
use crate::config::{Active, FilePlan, Plan};
use crate::document::Document;
use crate::finding::{Finding, Level};
use crate::pattern::Scanned;
use crate::rule::Sink;
use crate::schema::Violation;
use crate::site::Facts;
use crate::source::Source;
use crate::suppress::Suppressions;

/// What becomes of articles that are looked at together.
#[derive(Default)]
pub(super) struct Batch<'i> {
    pub looked: Vec<Looked<'i>>,
    /// Those that could not be read, and why.
    pub unreadable: Vec<(Arc<str>, std::io::Error)>,
}

/// What becomes of an article.
pub(super) struct Looked<'i> {
    pub input: &'i Input,
    /// Kept only if something was found in it.
    pub source: Option<Source>,
    pub facts: Facts,
    pub findings: Vec<Finding>,
    /// Whether a rule asks which article leads to which.
    pub graph: bool,
    /// Which rules its comments switch off; also for what phase two finds.
    pub suppressions: Option<Suppressions>,
}

/// Looks at `inputs`, each read through `load`, in their order.
pub(super) fn look<'i, L>(inputs: &'i [Input], load: &L, plan: &Plan) -> Batch<'i>
where
    L: Fn(&Input) -> std::io::Result<Source>,
{
    let mut batch = Batch::default();
    let mut sources = Vec::with_capacity(inputs.len());
    for input in inputs {
        match load(input) {
            Ok(source) => sources.push((input, source)),
            Err(error) => batch.unreadable.push((Arc::clone(&input.path), error)),
        }
    }

    let documents = Document::parse_all(sources.iter().map(|(_, source)| source));
    let mut open: Vec<Open> =
        sources.iter().zip(documents).map(|((input, _), document)| Open::new(input, document, plan)).collect();
    let mut reported: Vec<&mut Open> = open.iter_mut().filter(|article| article.input.report).collect();
    for article in &mut reported {
        article.suppressions = Suppressions::of(&article.document, &plan.scanner);
        article.violations = article.file.violations(&article.document);
    }
    apply_rules(&mut reported);
    plan.scanner.check_all(reported.into_iter().map(|Open { document, file, findings, .. }| Scanned {
        document,
        settings: &file.patterns,
        findings,
    }));

    batch.looked.extend(open.into_iter().map(Open::close));
    for (looked, (_, source)) in batch.looked.iter_mut().zip(sources) {
        looked.source = (!looked.findings.is_empty()).then_some(source);
    }
    batch
}

/// Each rule looks at all `articles` in turn.
fn apply_rules(articles: &mut [&mut Open]) {
    let mut sinks = Vec::with_capacity(articles.len());
    for Open { input, document, file, violations, findings, .. } in articles {
        sinks.push((Sink::new(findings, "", Level::Warning, &input.path), &*document, &file.rules, &*violations));
    }
    let most = sinks.iter().map(|(_, _, rules, _)| rules.len()).max().unwrap_or(0);
    for index in 0..most {
        for (sink, document, rules, violations) in &mut sinks {
            let Some(Active { meta, level, rule }) = rules.get(index) else { continue };
            sink.hand_to(meta.id, *level);
            rule.document(document, sink);
            if !violations.is_empty() {
                sink.tell_all(violations, rule.aspect());
            }
        }
    }
}

/// An article that is being looked at.
struct Open<'i, 's> {
    input: &'i Input,
    document: Document<'s>,
    file: Arc<FilePlan>,
    suppressions: Option<Suppressions>,
    violations: Vec<Violation>,
    findings: Vec<Finding>,
}

impl<'i, 's> Open<'i, 's> {
    fn new(input: &'i Input, document: Document<'s>, plan: &Plan) -> Self {
        Self {
            input,
            document,
            file: plan.for_path(&input.path),
            suppressions: None,
            violations: Vec::new(),
            findings: Vec::new(),
        }
    }

    fn close(self) -> Looked<'i> {
        let Self { input, document, file, suppressions, findings, .. } = self;
        let facts = Facts::of(document, file.needs.sketch);
        Looked { input, source: None, facts, findings, graph: file.needs.graph && input.report, suppressions }
    }
}
