//! `residue/markup`
//!
//! Owns what is reported; which markup belongs to which program is in `program`, what a line of code in running text
//! looks like in `leak`.

use serde::Deserialize;

use super::program::{self, Trace};
use super::{leak, place};
use crate::document::{BlockKind, Document};
use crate::finding::{Edit, Fix, Level, Safety};
use crate::rule::{Define, Meta, Rule, Sink};
use crate::source::Kind;
use crate::span::Span;

/// Reports what word processors, content systems and scripts leave in a text.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Markup {}

impl Define for Markup {
    const META: Meta = Meta {
        id: "residue/markup",
        level: Some(Level::Warning),
        fix: Some(Safety::Safe),
        page: include_str!("../../../rules/residue/markup.md"),
    };
}

impl Rule for Markup {
    fn document(&self, document: &Document, sink: &mut Sink) {
        if document.source.kind() != Kind::Text {
            traces(document, sink);
        }
        lines(document, sink);
        hidden_addresses(document, sink);
    }
}

/// Reports the markup of each program once, with a count.
fn traces(document: &Document, sink: &mut Sink) {
    let mut found: Vec<Trace> = program::traces(document);
    found.retain(|trace| !place::is_code(document, trace.span.start));
    // A mark within a comment speaks of the comment.
    found.retain(|trace| trace.is_comment || !place::is_comment(document, trace.span.start));
    found.sort_by_key(|trace| (trace.program, trace.span));
    for of_program in found.chunk_by(|a, b| a.program == b.program) {
        let first = &of_program[0];
        let shown = shown(document.source.slice(first.span));
        let more = match of_program.len() {
            1 => String::new(),
            count => format!(", and {} more in this article", count - 1),
        };
        let name = first.program.name();
        let finding = sink.report(first.span, format!("`{shown}` is left over from {name}{more}"));
        finding.help("delete it");
        let edits: Vec<Edit> =
            of_program.iter().filter(|trace| trace.removable).map(|trace| removal(document, trace)).collect();
        if edits.len() == of_program.len() {
            let safe = of_program.iter().all(|trace| !trace.is_comment || parts_nothing(document, trace.span));
            let title = if edits.len() == 1 { "delete it" } else { "delete them all" };
            finding.fix(if safe { Fix::safe(title, edits) } else { Fix::risky(title, edits) });
        }
    }
}

/// Takes a trace out, with its line if it has one to itself.
fn removal(document: &Document, trace: &Trace) -> Edit {
    let lines = document.source.lines_around(trace.span);
    let alone = trace.is_comment && lines.trimmed(document.source.text()) == trace.span;
    Edit::delete(if alone { lines } else { trace.span })
}

/// Whether a comment at `span` has a line to itself, with nothing in the line above or nothing in the line below.
fn parts_nothing(document: &Document, span: Span) -> bool {
    let source = document.source;
    let line = source.line_index(span.start);
    let blank = |line: Option<usize>| {
        line.is_none_or(|line| line >= source.line_count() || source.slice(source.line(line)).trim().is_empty())
    };
    let alone = source.lines_around(span).trimmed(source.text()) == span;
    !alone || blank(line.checked_sub(1)) || blank(Some(source.line_index(span.end - 1) + 1))
}

/// The beginning of a trace, short enough for a message.
fn shown(text: &str) -> String {
    const LONGEST: usize = 40;
    let line = text.lines().next().unwrap_or(text);
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}

/// Reports what stands in place of e-mail addresses.
fn hidden_addresses(document: &Document, sink: &mut Sink) {
    let prose = document.prose.text();
    for &at in document.brackets() {
        let hidden = leak::HIDDEN_ADDRESSES.iter().find(|hidden| prose[at..].starts_with(**hidden));
        if let Some(hidden) = hidden {
            let span = document.prose.source_span(Span::new(at, at + hidden.len()));
            let finding =
                sink.report(span, format!("`{}` stands in place of an e-mail address", hidden.replace('\u{A0}', " ")));
            finding.help("put the address back, or delete it");
        }
    }
}

/// Reports lines of code in running text, those that follow each other as one.
fn lines(document: &Document, sink: &mut Sink) {
    let signs = leak::signs(document.prose.text());
    if signs.is_empty() {
        return;
    }
    let has_sign =
        |text: Span| signs.get(signs.partition_point(|&at| at < text.start)).is_some_and(|&at| at < text.end);
    let mut run: Option<(Span, &'static str)> = None;
    for block in document.blocks.iter().filter(|block| !matches!(block.kind, BlockKind::Code | BlockKind::Html)) {
        if !has_sign(block.text) {
            report_leak(run.take(), sink);
            continue;
        }
        let mut start = block.text.start;
        for line in document.text_of(block).split('\n') {
            let text = Span::new(start, start + line.len());
            start = text.end + 1;
            let what = if has_sign(text) { leak::what(line) } else { None };
            match (what, &mut run) {
                (Some(what), Some((span, known))) if what == *known => {
                    *span = span.to(document.prose.source_span(text));
                }
                (Some(what), run) => {
                    report_leak(run.take(), sink);
                    *run = Some((document.prose.source_span(text).trimmed(document.source.text()), what));
                }
                (None, run) => report_leak(run.take(), sink),
            }
        }
    }
    report_leak(run, sink);
}

fn report_leak(leak: Option<(Span, &'static str)>, sink: &mut Sink) {
    if let Some((span, what)) = leak {
        sink.report(span, format!("{what} stands in the text")).help("delete it; if it is to be shown, make it code");
    }
}
