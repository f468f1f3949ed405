//! GitLab's Code Quality report: <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>.

use std::io::{Result, Write};

use serde::Serialize;

use super::json::write_json;
use super::{Report, told};
use crate::finding::Level;
use crate::source::Unit;

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

/// Writes one JSON array. GitLab looks for paths from the repository's root, which `prefix` leads to: empty, or `site/`.
///
/// # Errors
/// If `out` cannot be written to.
pub fn render(report: &Report, prefix: &str, out: &mut dyn Write) -> Result<()> {
    let issues = report.findings.iter().map(|finding| {
        let (start, end) = report.place(finding, Unit::CodePoints);
        // An end at a line's first column is the end of the line before.
        let last = if end.column == 1 && end.line > start.line { end.line - 1 } else { end.line };
        Issue {
            description: told(finding),
            check_name: &finding.rule,
            fingerprint: crate::fingerprint::written(finding.fingerprint),
            severity: match finding.level {
                Level::Error => "major",
                Level::Warning => "minor",
                Level::Note => "info",
            },
            location: Location {
                path: format!("{prefix}{}", finding.path),
                lines: Lines { begin: start.line, end: last },
            },
        }
    });
    write_json(&issues.collect::<Vec<_>>(), out)?;
    out.write_all(b"\n")
}
