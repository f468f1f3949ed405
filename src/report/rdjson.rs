//! Reviewdog's diagnostic format: <https://github.com/reviewdog/reviewdog/tree/master/proto/rdf>. Columns count UTF-8
//! bytes, ends are exclusive.

use std::io::{Result, Write};

use serde::Serialize;

use super::json::write_json;
use super::{Report, told};
use crate::finding::{Edit, Finding, Level, Safety};
use crate::source::{Position, Unit};
use crate::span::Span;

#[derive(Serialize)]
struct Output<'a> {
    source: Tool,
    diagnostics: Vec<Diagnostic<'a>>,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
}

#[derive(Serialize)]
struct Diagnostic<'a> {
    message: String,
    location: Location<'a>,
    severity: &'static str,
    code: Code<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion<'a>>,
    #[serde(rename = "relatedLocations", skip_serializing_if = "Vec::is_empty")]
    related: Vec<Related<'a>>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<Range>,
}

#[derive(Serialize)]
struct Range {
    start: Place,
    end: Place,
}

#[derive(Serialize)]
struct Place {
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct Code<'a> {
    value: &'a str,
}

#[derive(Serialize)]
struct Suggestion<'a> {
    range: Range,
    text: &'a str,
}

#[derive(Serialize)]
struct Related<'a> {
    message: &'a str,
    location: Location<'a>,
}

impl From<Position> for Place {
    fn from(position: Position) -> Self {
        Self { line: position.line, column: position.column }
    }
}

/// Writes one JSON object.
///
/// # Errors
/// If `out` cannot be written to.
pub fn render(report: &Report, out: &mut dyn Write) -> Result<()> {
    let output = Output {
        source: Tool { name: env!("CARGO_PKG_NAME") },
        diagnostics: report.findings.iter().map(|finding| diagnostic(report, finding)).collect(),
    };
    write_json(&output, out)?;
    out.write_all(b"\n")
}

fn diagnostic<'a>(report: &Report<'a>, finding: &'a Finding) -> Diagnostic<'a> {
    Diagnostic {
        message: told(finding),
        location: location(report, &finding.path, finding.span),
        severity: match finding.level {
            Level::Error => "ERROR",
            Level::Warning => "WARNING",
            Level::Note => "INFO",
        },
        code: Code { value: &finding.rule },
        suggestions: suggestions(report, finding),
        related: finding
            .labels
            .iter()
            .map(|label| Related {
                message: &label.message,
                location: location(report, label.path.as_ref().unwrap_or(&finding.path), label.span),
            })
            .collect(),
    }
}

fn location<'a>(report: &Report, path: &'a str, span: Span) -> Location<'a> {
    Location { path, range: range(report, path, span) }
}

fn range(report: &Report, path: &str, span: Span) -> Option<Range> {
    let (start, end) = report.range(path, span, Unit::Bytes)?;
    Some(Range { start: start.into(), end: end.into() })
}

/// Suggestions are alternatives, each of one edit: a fix of several edits cannot be told, nor one that is not safe, since
/// a reviewer applies it with a click.
fn suggestions<'a>(report: &Report, finding: &'a Finding) -> Vec<Suggestion<'a>> {
    let single = finding.fixes.iter().filter(|fix| fix.safety == Safety::Safe).filter_map(|fix| match &*fix.edits {
        [edit] => Some(edit),
        _ => None,
    });
    let suggestion = |edit: &'a Edit| {
        Some(Suggestion { range: range(report, &finding.path, edit.span)?, text: edit.replacement.as_str() })
    };
    single.filter_map(suggestion).collect()
}
