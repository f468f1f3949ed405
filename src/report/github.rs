//! Annotations for GitHub Actions: every finding as a line of text, then the worst as workflow commands.
//!
//! GitHub shows ten errors, ten warnings and ten notices of a step and drops the rest, so that no more are sent; what is
//! left out is told. Article text can start no command of its own: commands begin with `::` at the start of a line, or
//! with `##[` anywhere in it. Source: <https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions>
//! and the runner's `ActionCommand`.

use std::io::{Result, Write};

use super::{Report, clean, concise, told};
use crate::finding::{Finding, Level};
use crate::source::Unit;

/// How many annotations of a kind GitHub shows for a step.
const SHOWN: usize = 10;

/// Writes the findings. GitHub looks for paths from the repository's root, which `prefix` leads to: empty, or `site/`.
///
/// # Errors
/// If `out` cannot be written to.
pub fn render(report: &Report, prefix: &str, out: &mut dyn Write) -> Result<()> {
    let mut text = Vec::new();
    concise::render(report, &mut text)?;
    let text = String::from_utf8_lossy(&text).replace("##[", "## [");
    for line in text.lines() {
        let guard = if line.trim_start().starts_with("::") { "./" } else { "" };
        writeln!(out, "{guard}{line}")?;
    }
    let findings = report.worst_first();
    let of = |level| findings.iter().filter(move |finding| finding.level == level);
    let mut hidden = 0;
    for level in [Level::Error, Level::Warning, Level::Note] {
        let count = of(level).count();
        // The line that tells what is left out is a notice itself.
        let room = if level == Level::Note && (hidden > 0 || count > SHOWN) { SHOWN - 1 } else { SHOWN };
        for finding in of(level).take(room) {
            writeln!(out, "{}", command(report, finding, prefix))?;
        }
        hidden += count.saturating_sub(room);
    }
    if hidden > 0 {
        let what = if hidden == 1 { "finding" } else { "findings" };
        writeln!(out, "::notice title=copydesk::{hidden} more {what}: the log of this step has all of them")?;
    }
    Ok(())
}

fn command(report: &Report, finding: &Finding, prefix: &str) -> String {
    let kind = match finding.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "notice",
    };
    let (start, end) = report.place(finding, Unit::CodePoints);
    // An end at a line's first column is the end of the line before; columns mean nothing over several lines.
    let last = if end.column == 1 && end.line > start.line { end.line - 1 } else { end.line };
    let columns = match start.line == last {
        true if end.line == start.line => format!(",col={},endColumn={}", start.column, end.column),
        true => format!(",col={}", start.column),
        false => String::new(),
    };
    format!(
        "::{kind} file={},line={},endLine={last}{columns},title={}::{}",
        property(&format!("{prefix}{}", finding.path)),
        start.line,
        property(&finding.rule),
        data(&told(finding)),
    )
}

/// Text behind the second `::`.
fn data(text: &str) -> String {
    clean::line(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property. A path is sent as it is, control characters and all, or GitHub would not find it.
fn property(text: &str) -> String {
    let text = text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    text.replace(':', "%3A").replace(',', "%2C")
}
