//! SARIF 2.1.0, as GitHub's code scanning takes it. Columns count code points (`columnKind` says so), ends are exclusive.
//!
//! Sources: <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html> and
//! <https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning>.

use std::collections::HashMap;
use std::io::{Result, Write};

use serde_json::{Value, json};

use super::json::write_json;
use super::{Report, page, told};
use crate::finding::{Finding, Fix, Level, Safety};
use crate::rule::Page;
use crate::source::Unit;
use crate::span::Span;

/// More results than this in a run, and GitHub refuses the file.
const MOST: usize = 25_000;

/// How many characters GitHub shows of a rule's description.
const DESCRIPTION: usize = 1024;

/// Writes one run. Paths are taken to begin at the repository's root, which `prefix` leads to: empty, or `site/`.
///
/// # Errors
/// If `out` cannot be written to.
pub fn render(report: &Report, pages: &[Page], prefix: &str, out: &mut dyn Write) -> Result<()> {
    let mut rules: Vec<&str> = report.findings.iter().map(|finding| &*finding.rule).collect();
    rules.sort_unstable();
    rules.dedup();
    let index: HashMap<&str, usize> = rules.iter().enumerate().map(|(at, rule)| (*rule, at)).collect();
    let mut results: Vec<(Level, Value)> = report
        .findings
        .iter()
        .map(|finding| {
            let print = crate::fingerprint::written(finding.fingerprint);
            (finding.level, result(report, finding, index[&*finding.rule], print, prefix))
        })
        .collect();
    results.sort_by_key(|(level, _)| std::cmp::Reverse(*level));
    let left_out = results.len().saturating_sub(MOST);
    results.truncate(MOST);
    let notes = match left_out {
        0 => json!([]),
        n => json!([{
            "level": "warning",
            "message": { "text": format!("{n} findings are left out: GitHub takes {MOST}") },
        }]),
    };
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": env!("CARGO_PKG_NAME"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(|rule| descriptor(rule, page(pages, rule))).collect::<Vec<_>>(),
            } },
            "automationDetails": { "id": "copydesk/" },
            "columnKind": "unicodeCodePoints",
            "invocations": [{ "executionSuccessful": true, "toolExecutionNotifications": notes }],
            "results": results.into_iter().map(|(_, result)| result).collect::<Vec<_>>(),
        }],
    });
    write_json(&log, out)?;
    out.write_all(b"\n")
}

/// What SARIF tells of a rule.
fn descriptor(rule: &str, page: Option<&Page>) -> Value {
    let group = rule.split('/').next().unwrap_or(rule);
    let summary = page.map_or_else(|| rule.to_owned(), Page::summary);
    let summary: String = summary.chars().take(DESCRIPTION).collect();
    let text = page.map_or(rule, |page| page.text.trim());
    let level = page.and_then(|page| page.level).unwrap_or(Level::Warning);
    let severity = match level {
        Level::Note => "recommendation",
        level => level.as_str(),
    };
    json!({
        "id": rule,
        "name": name(rule),
        "shortDescription": { "text": summary },
        "fullDescription": { "text": summary },
        "help": { "text": text, "markdown": text },
        "defaultConfiguration": { "level": level.as_str() },
        "properties": { "tags": ["content", group], "precision": "high", "problem.severity": severity },
    })
}

/// `residue/share-bar` as SARIF likes names: `ResidueShareBar`.
fn name(rule: &str) -> String {
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect::<String>()
    };
    rule.split(['/', '-']).map(capital).collect()
}

fn result(report: &Report, finding: &Finding, rule: usize, fingerprint: String, prefix: &str) -> Value {
    let mut result = json!({
        "ruleId": finding.rule,
        "ruleIndex": rule,
        "level": finding.level.as_str(),
        "message": { "text": sentence(&told(finding)) },
        "locations": [{ "physicalLocation": physical(report, &finding.path, finding.span, prefix) }],
        "partialFingerprints": { "primaryLocationLineHash": fingerprint },
    });
    if !finding.labels.is_empty() {
        let related = finding.labels.iter().enumerate().map(|(id, label)| {
            let path = label.path.as_ref().unwrap_or(&finding.path);
            json!({
                "id": id,
                "message": { "text": label.message },
                "physicalLocation": physical(report, path, label.span, prefix),
            })
        });
        result["relatedLocations"] = related.collect();
    }
    let fixes: Vec<Value> = finding.fixes.iter().filter_map(|one| fix(report, finding, one, prefix)).collect();
    if !fixes.is_empty() {
        result["fixes"] = fixes.into();
    }
    result
}

/// A message as SARIF's viewers expect it: a sentence.
fn sentence(text: &str) -> String {
    let end = if text.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{text}{end}")
}

fn physical(report: &Report, path: &str, span: Span, prefix: &str) -> Value {
    let mut location = json!({ "artifactLocation": { "uri": uri(&format!("{prefix}{path}")) } });
    if let Some(region) = region(report, path, span) {
        location["region"] = region;
    }
    location
}

fn region(report: &Report, path: &str, span: Span) -> Option<Value> {
    let (start, end) = report.range(path, span, Unit::CodePoints)?;
    Some(json!({
        "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column,
    }))
}

fn fix(report: &Report, finding: &Finding, fix: &Fix, prefix: &str) -> Option<Value> {
    let edits = fix.edits.iter().map(|edit| {
        let deleted = region(report, &finding.path, edit.span)?;
        Some(json!({ "deletedRegion": deleted, "insertedContent": { "text": edit.replacement } }))
    });
    let edits = edits.collect::<Option<Vec<_>>>().filter(|edits| !edits.is_empty())?;
    let care = if fix.safety == Safety::Unsafe { " (look at the result)" } else { "" };
    let uri = uri(&format!("{prefix}{}", finding.path));
    Some(json!({
        "description": { "text": sentence(&format!("{}{care}", fix.title)) },
        "artifactChanges": [{ "artifactLocation": { "uri": uri }, "replacements": edits }],
    }))
}

/// A relative path as a URI reference: RFC 3986, section 4.2. A colon in the first segment would make it a scheme.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(byte.into()),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}
