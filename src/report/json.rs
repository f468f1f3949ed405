//! JSON, version 1: a contract. Its types are its own, so that the rest of the program may change.
//!
//! Lines and columns are 1-based, columns count code points, offsets are bytes, ends are exclusive. A range in a file
//! whose text is not at hand has null for its places.

use std::io::{Result, Write};

use serde::Serialize;
use serde_json::ser::{CharEscape, Formatter};

use super::{Report, Summary, clean};
use crate::finding::{Edit, Finding, Fix, Label, Level, Safety};
use crate::source::{Source, Unit};
use crate::span::Span;

#[derive(Serialize)]
struct Output<'a> {
    version: u8,
    tool: Tool,
    summary: Numbers,
    findings: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Numbers {
    files: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
    fixable: usize,
}

/// A line of JSON Lines.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Line<'a> {
    Finding(Item<'a>),
    Summary { version: u8, tool: Tool, summary: Numbers },
}

/// The version of the contract.
const VERSION: u8 = 1;

const TOOL: Tool = Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") };

impl From<Summary> for Numbers {
    fn from(summary: Summary) -> Self {
        let Summary { files, errors, warnings, notes, fixable } = summary;
        Self { files, errors, warnings, notes, fixable }
    }
}

#[derive(Serialize)]
struct Item<'a> {
    rule: &'a str,
    level: Level,
    message: &'a str,
    help: Option<&'a str>,
    /// Where the rule is documented.
    url: Option<&'a str>,
    path: &'a str,
    range: Range,
    related: Vec<Related<'a>>,
    fixes: Vec<Mend<'a>>,
    fingerprint: String,
}

#[derive(Serialize)]
struct Range {
    start: Option<Place>,
    end: Option<Place>,
}

#[derive(Serialize)]
struct Place {
    line: usize,
    column: usize,
    offset: usize,
}

#[derive(Serialize)]
struct Related<'a> {
    path: &'a str,
    range: Range,
    message: &'a str,
}

#[derive(Serialize)]
struct Mend<'a> {
    title: &'a str,
    safety: Safety,
    edits: Vec<Change<'a>>,
}

#[derive(Serialize)]
struct Change<'a> {
    range: Range,
    replacement: &'a str,
}

/// Writes one JSON object, and a line end.
///
/// # Errors
/// If `out` cannot be written to.
pub fn render(report: &Report, out: &mut dyn Write) -> Result<()> {
    let output = Output {
        version: VERSION,
        tool: TOOL,
        summary: report.summary.into(),
        findings: report.findings.iter().map(|finding| item(report, finding)).collect(),
    };
    write_json(&output, out)?;
    out.write_all(b"\n")
}

/// Writes each finding as a JSON object on a line of its own, as it stands in the list of [`render`], with
/// `"type": "finding"`; a last line with `"type": "summary"` has the rest.
///
/// # Errors
/// If `out` cannot be written to.
pub fn render_lines(report: &Report, out: &mut dyn Write) -> Result<()> {
    for finding in report.findings {
        write_json(&Line::Finding(item(report, finding)), out)?;
        out.write_all(b"\n")?;
    }
    write_json(&Line::Summary { version: VERSION, tool: TOOL, summary: report.summary.into() }, out)?;
    out.write_all(b"\n")
}

/// Writes `value` as compact JSON, in which whatever a terminal might act on is escaped.
pub(super) fn write_json(value: &impl Serialize, out: &mut dyn Write) -> Result<()> {
    value.serialize(&mut serde_json::Serializer::with_formatter(out, Plain)).map_err(Into::into)
}

fn item<'a>(report: &Report<'a>, finding: &'a Finding) -> Item<'a> {
    let source = report.sources.get(&finding.path);
    Item {
        rule: &finding.rule,
        level: finding.level,
        message: &finding.message,
        help: finding.help.as_deref(),
        url: None,
        path: &finding.path,
        range: range(source, finding.span),
        related: finding.labels.iter().map(|label| related(report, finding, label)).collect(),
        fixes: finding.fixes.iter().map(|fix| mend(source, fix)).collect(),
        fingerprint: crate::fingerprint::written(finding.fingerprint),
    }
}

fn related<'a>(report: &Report<'a>, finding: &'a Finding, label: &'a Label) -> Related<'a> {
    let path = label.path.as_ref().unwrap_or(&finding.path);
    Related { path, range: range(report.sources.get(path), label.span), message: &label.message }
}

fn mend<'a>(source: Option<&Source>, fix: &'a Fix) -> Mend<'a> {
    let change = |edit: &'a Edit| Change { range: range(source, edit.span), replacement: &edit.replacement };
    Mend { title: &fix.title, safety: fix.safety, edits: fix.edits.iter().map(change).collect() }
}

fn range(source: Option<&Source>, span: Span) -> Range {
    let place = |offset| {
        let position = source?.position(offset, Unit::CodePoints);
        Some(Place { line: position.line, column: position.column, offset })
    };
    Range { start: place(span.start), end: place(span.end) }
}

/// Compact JSON in which whatever a terminal might act on is escaped.
struct Plain;

impl Formatter for Plain {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> Result<()> {
        let mut rest = fragment;
        while let Some(at) = rest.find(|c: char| c.is_control() || clean::is_hidden(c)) {
            writer.write_all(&rest.as_bytes()[..at])?;
            let c = rest[at..].chars().next().unwrap_or_default();
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = &rest[at + c.len_utf8()..];
        }
        writer.write_all(rest.as_bytes())
    }

    fn write_char_escape<W: ?Sized + Write>(&mut self, writer: &mut W, escape: CharEscape) -> Result<()> {
        serde_json::ser::CompactFormatter.write_char_escape(writer, escape)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;
    use std::sync::Arc;

    use super::*;

    fn finding(path: &str, span: Span) -> Finding {
        Finding {
            rule: "residue/advertisement".into(),
            level: Level::Warning,
            path: path.into(),
            span,
            message: "an \u{9B}advert \"marker\"".into(),
            help: Some("delete it".into()),
            label: None,
            labels: vec![Label { path: Some("b.md".into()), span: Span::new(0, 1), message: "as here".into() }],
            fixes: vec![Fix::safe("delete the line", [Edit::delete(Span::new(4, 8))])],
            fingerprint: 0,
        }
    }

    #[test]
    fn is_the_contract() {
        let text = "😀é AD\r\nx\r\n AD  y\r\n";
        let source = Source::new("a.md", crate::source::Kind::Markdown, text);
        let sources = HashMap::from([(Arc::from("a.md"), source)]);
        let mut findings = [finding("a.md", Span::new(7, 9)), finding("a.md", Span::new(15, 17))];
        crate::fingerprint::stamp(&mut findings, &sources);
        let report = Report { findings: &findings, sources: &sources, summary: Summary::of(3, &findings) };
        let mut out = Vec::new();
        render(&report, &mut out).expect("memory takes everything");
        let text = String::from_utf8(out).expect("JSON is UTF-8");
        assert!(!text.contains('\u{9B}'));
        let mut json: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
        assert_eq!(json["tool"]["version"].take(), env!("CARGO_PKG_VERSION"));
        insta::assert_json_snapshot!(json);
    }
}
