//! What several test files need: little sites in memory, and the examples in rule pages.
#![allow(dead_code, reason = "each test file uses its own part")]

pub mod pages;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;
use std::sync::Arc;

use copydesk::config::{self, Plan};
use copydesk::engine::{self, Input, Outcome};
use copydesk::finding::Finding;
use copydesk::pattern::Scanner;
use copydesk::site::{Settings, Tree};
use copydesk::source::{Kind, Source, Unit};

/// A site in memory: path -> text.
pub type Files = BTreeMap<String, String>;

/// A plan from the text of a configuration, for a site of these files.
pub fn plan(configuration: &str, tree: &Tree) -> Plan {
    let scanner = Scanner::embedded();
    let source = Source::new("copydesk.yaml", Kind::Text, configuration);
    let (config, wrong) = config::read(&source, &scanner);
    assert!(wrong.is_empty(), "the configuration is wrong: {wrong:#?}\n{configuration}");
    let _ = tree;
    Plan::new(&config, scanner, Settings { origin: config.origin.clone(), ..Settings::default() })
}

/// Checks a site in memory; `copydesk.yaml` among the files is its configuration, `default` stands in for it.
pub fn check(files: &Files, default: &str) -> Outcome {
    let configuration = files.get("copydesk.yaml").map_or(default, String::as_str);
    let tree = || Tree::new(files.keys().map(|path| Arc::from(path.as_str())));
    let plan = plan(configuration, &tree());
    let inputs: Vec<Input> = files
        .keys()
        .filter(|path| Kind::of_path(path).is_some())
        .map(|path| Input { path: Arc::from(path.as_str()), report: true })
        .collect();
    let load = |input: &Input| -> io::Result<Source> {
        let kind = Kind::of_path(&input.path).expect("filtered above");
        Ok(Source::new(Arc::clone(&input.path), kind, files[&*input.path].clone()))
    };
    engine::check(&inputs, load, tree(), &plan)
}

/// A finding as a test shows it: place, level, rule and message, the selected text, help and fixes.
pub fn show(finding: &Finding, files: &Files) -> String {
    let text = &files[&*finding.path];
    let source = Source::new(Arc::clone(&finding.path), Kind::Markdown, text.clone());
    let at = source.position(finding.span.start, Unit::CodePoints);
    let mut out = format!(
        "{}:{}:{}: {}[{}] {}\n    at: {:?}\n",
        finding.path,
        at.line,
        at.column,
        finding.level.as_str(),
        finding.rule,
        finding.message,
        finding.span.of(text)
    );
    for label in &finding.labels {
        let in_file = label.path.as_ref().map_or(text, |path| &files[&**path]);
        writeln!(out, "    also: {:?} {}", label.span.of(in_file), label.message).expect("a string");
    }
    if let Some(help) = &finding.help {
        writeln!(out, "    help: {help}").expect("a string");
    }
    for fix in &finding.fixes {
        writeln!(out, "    fix ({:?}): {}", fix.safety, fix.title).expect("a string");
    }
    out
}
