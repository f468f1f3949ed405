//! `path:line:col: level[rule] message`, a line for each finding: for editors, pipes and logs.

use std::io::{Result, Write};

use super::{Report, clean};
use crate::source::{Position, Source, Unit};

/// Writes the findings.
///
/// # Errors
/// If `out` cannot be written to.
pub fn render(report: &Report, out: &mut dyn Write) -> Result<()> {
    for finding in report.findings {
        let start = Position { line: 1, column: 1 };
        let at = |source: &Source| source.position(finding.span.start, Unit::CodePoints);
        let Position { line, column } = report.sources.get(&finding.path).map_or(start, at);
        let (path, level) = (clean::line(&finding.path), finding.level.as_str());
        let (rule, message) = (clean::line(&finding.rule), clean::line(&finding.message));
        writeln!(out, "{path}:{line}:{column}: {level}[{rule}] {message}")?;
    }
    Ok(())
}
