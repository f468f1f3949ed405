//! What findings look like, each format on the same small articles.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use copydesk::finding::{Edit, Finding, Fix, Label, Level};
use copydesk::report::pretty::{self, Style};
use copydesk::report::{Report, Summary};
use copydesk::source::{Kind, Source};
use copydesk::span::Span;

/// A finding at `span` of the file at `path`.
fn finding(path: &str, span: Span, message: &str) -> Finding {
    Finding {
        rule: Cow::Borrowed("residue/advertisement"),
        level: Level::Warning,
        path: path.into(),
        span,
        message: message.into(),
        help: None,
        label: None,
        labels: Vec::new(),
        fixes: Vec::new(),
    }
}

/// The first place of `needle` in `text`.
fn find(text: &str, needle: &str) -> Span {
    let at = text.find(needle).unwrap_or_else(|| panic!("no {needle:?}"));
    Span::new(at, at + needle.len())
}

fn summary(findings: &[Finding], files: usize) -> Summary {
    let count = |level| findings.iter().filter(|finding| finding.level == level).count();
    Summary {
        files,
        errors: count(Level::Error),
        warnings: count(Level::Warning),
        notes: count(Level::Note),
        fixable: findings.iter().filter(|finding| !finding.fixes.is_empty()).count(),
    }
}

/// The findings as they stand on a terminal without colours, 80 columns wide; no line is wider and none ends in white space.
fn pretty(files: Vec<Source>, findings: &[Finding]) -> String {
    pretty_at(80, true, files, findings)
}

fn pretty_at(width: usize, unicode: bool, files: Vec<Source>, findings: &[Finding]) -> String {
    let sources: HashMap<Arc<str>, Source> =
        files.into_iter().map(|source| (Arc::clone(source.path()), source)).collect();
    let report = Report { findings, sources: &sources, summary: summary(findings, sources.len()) };
    let mut bytes = Vec::new();
    pretty::render(&report, &Style { color: false, width, unicode }, &mut bytes).expect("a vector takes everything");
    let text = String::from_utf8(bytes).expect("UTF-8");
    for line in text.lines() {
        let columns: usize = line.chars().map(|c| unicode_width::UnicodeWidthChar::width(c).unwrap_or(99)).sum();
        assert!(columns <= width || line.contains(".md:"), "{columns} columns: {line}");
        assert_eq!(line, line.trim_end(), "white space at the end");
    }
    text
}

fn md(path: &str, text: impl Into<String>) -> Source {
    Source::new(path, Kind::Markdown, text)
}
