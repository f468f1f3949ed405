//! What several test files need: little sites in memory, and the examples in rule pages.
#![allow(dead_code, reason = "each test file uses its own part")]

pub mod pages;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;
use std::sync::Arc;

use copydesk::config::{self, Plan, site_settings};
use copydesk::date::Today;
use copydesk::engine::{self, Input, Outcome};
use copydesk::finding::{Finding, Safety};
use copydesk::fix;
use copydesk::pattern::Scanner;
use copydesk::site::{Head, Tree};
use copydesk::source::{Kind, Source, Unit};

/// A site in memory: path -> text.
pub type Files = BTreeMap<String, String>;

/// What counts as now in every test: the last second of 30 June 2026.
pub const TODAY: Today = Today::Day(jiff::civil::date(2026, 6, 30));

/// A plan from the text of a configuration, for a site of these files.
pub fn plan(configuration: &str, tree: &Tree, files: &Files) -> Plan {
    let scanner = Scanner::embedded();
    let source = Source::new("copydesk.yaml", Kind::Text, configuration);
    let load = |path: &str| {
        let text = files.get(path).ok_or(io::ErrorKind::NotFound)?;
        Ok(text.clone().into_bytes())
    };
    let config::Reading { config, findings, packs, .. } = config::read(&source, &scanner, &load);
    assert!(findings.is_empty(), "the configuration is wrong: {findings:#?}\n{configuration}");
    let mut site = site_settings(&config, tree, TODAY, |path| files.get(path).cloned());
    // What other sites answer, in the examples of rules that need it.
    site.web = files.get("web.yaml").map(|text| Arc::new(serde_yaml::from_str(text).expect("answers")));
    Plan::new(&config, packs.unwrap_or(scanner), site)
}

/// Checks a site in memory; `copydesk.yaml` among the files is its configuration, `default` stands in for it.
pub fn check(files: &Files, default: &str) -> Outcome {
    let configuration = files.get("copydesk.yaml").map_or(default, String::as_str);
    let texts = files.clone();
    let head = move |path: &str, most: usize| {
        let bytes = texts.get(path).ok_or(io::ErrorKind::NotFound)?.as_bytes();
        Ok(Head { weight: bytes.len() as u64, bytes: bytes[..most.min(bytes.len())].to_vec() })
    };
    let tree = Arc::new(Tree::new(files.keys().map(String::as_str)).probed_by(head));
    let plan = plan(configuration, &tree, files);
    let inputs: Vec<Input> = files
        .keys()
        .filter(|path| Kind::of_path(path).is_some())
        .map(|path| Input { path: Arc::from(path.as_str()), report: true })
        .collect();
    let load = |input: &Input| -> io::Result<Source> {
        let kind = Kind::of_path(&input.path).expect("filtered above");
        Ok(Source::new(Arc::clone(&input.path), kind, files[&*input.path].clone()))
    };
    engine::check(&inputs, load, &tree, &plan)
}

/// The files after all fixes that `allowed` lets through.
pub fn fix_all(files: &Files, default: &str, allowed: Safety) -> Files {
    let mut fixed = files.clone();
    let done = fix::converge(allowed, |changes| {
        for (path, change) in changes {
            let text = String::from_utf8(change.after.clone()).expect("fixes keep UTF-8");
            fixed.insert(path.to_string(), text);
        }
        let outcome = check(&fixed, default);
        (outcome.findings, outcome.sources)
    });
    assert!(done.settled, "the fixes do not converge");
    assert!(done.refused.is_empty(), "fixes were refused: {:?}", done.refused);
    for (path, change) in done.changes {
        fixed.insert(path.to_string(), String::from_utf8(change.after).expect("fixes keep UTF-8"));
    }
    fixed
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
