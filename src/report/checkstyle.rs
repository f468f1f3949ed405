//! Checkstyle's XML, version 4.3: for Jenkins and whatever else grew up with it. Columns count code points.

use std::io::{Result, Write};

use super::xml::Text;
use super::{Report, told};
use crate::finding::Level;
use crate::source::Unit;

/// Writes the findings, an element for each file.
///
/// # Errors
/// If `out` cannot be written to.
pub fn render(report: &Report, out: &mut dyn Write) -> Result<()> {
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(out, r#"<checkstyle version="4.3">"#)?;
    for (path, findings) in report.by_file() {
        writeln!(out, r#"  <file name="{}">"#, Text(path))?;
        for finding in findings {
            let (start, _) = report.place(finding, Unit::CodePoints);
            let severity = match finding.level {
                Level::Error => "error",
                Level::Warning => "warning",
                Level::Note => "info",
            };
            writeln!(
                out,
                r#"    <error line="{}" column="{}" severity="{severity}" message="{}" source="copydesk.{}"/>"#,
                start.line,
                start.column,
                Text(&told(finding)),
                Text(&finding.rule),
            )?;
        }
        writeln!(out, "  </file>")?;
    }
    writeln!(out, "</checkstyle>")
}
