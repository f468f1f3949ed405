//! JUnit's XML as Jenkins, GitLab and the rest read it: a suite for each file with findings, a failed case for each finding.
//!
//! Follows junit-10.xsd of Jenkins' xUnit plugin, the strictest of the readers: no attribute but those it names. A run
//! without findings has one case, which passed, since readers take a report without cases for a failure of the build.

use std::io::{Result, Write};

use super::xml::Text;
use super::{Report, told};
use crate::source::Unit;

/// Writes the findings.
///
/// # Errors
/// If `out` cannot be written to.
pub fn render(report: &Report, out: &mut dyn Write) -> Result<()> {
    let failures = report.findings.len();
    let tests = failures.max(1);
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(out, r#"<testsuites name="copydesk" tests="{tests}" failures="{failures}" errors="0">"#)?;
    if failures == 0 {
        let files = report.summary.files;
        writeln!(out, r#"  <testsuite name="copydesk" tests="1" failures="0" errors="0">"#)?;
        writeln!(out, r#"    <testcase name="{files} articles checked" classname="copydesk"/>"#)?;
        writeln!(out, "  </testsuite>")?;
    }
    for (path, findings) in report.by_file() {
        let count = findings.len();
        writeln!(out, r#"  <testsuite name="{}" tests="{count}" failures="{count}" errors="0">"#, Text(path))?;
        for finding in findings {
            let (start, _) = report.place(finding, Unit::CodePoints);
            let (level, path, rule) = (finding.level.as_str(), Text(path), Text(&finding.rule));
            let (line, column) = (start.line, start.column);
            writeln!(out, r#"    <testcase name="{rule}: line {line}, column {column}" classname="{path}">"#)?;
            writeln!(
                out,
                r#"      <failure type="{level}" message="{}">{path}:{line}:{column}: {level}[{rule}] {}</failure>"#,
                Text(&finding.message),
                Text(&told(finding)),
            )?;
            writeln!(out, "    </testcase>")?;
        }
        writeln!(out, "  </testsuite>")?;
    }
    writeln!(out, "</testsuites>")
}
