//! `link/undefined-reference`

use serde::Deserialize;

use crate::document::{Document, Link, LinkForm};
use crate::finding::{Edit, Fix, Level, Safety};
use crate::rule::{Define, Meta, Rule, Sink};
use crate::site::nearest;
use crate::source::Kind;
use crate::span::Span;

/// Reports `[text][label]` whose label is defined nowhere, so that a reader sees the brackets.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct UndefinedReference {}

impl Define for UndefinedReference {
    const META: Meta = Meta {
        id: "link/undefined-reference",
        level: Some(Level::Warning),
        fix: Some(Safety::Unsafe),
        page: include_str!("../../../rules/link/undefined-reference.md"),
    };
}

impl Rule for UndefinedReference {
    fn document(&self, document: &Document, sink: &mut Sink) {
        if !matches!(document.source.kind(), Kind::Markdown | Kind::Mdx) {
            return;
        }
        let undefined = document.links.iter().filter(|l| l.form == LinkForm::Reference && l.destination.is_none());
        for link in undefined {
            let text = document.source.text();
            let (label, collapsed) = label(text, link);
            let written = label.of(text);
            let known = document.definitions.iter().map(|definition| document.source.slice(definition.label));
            let near = nearest(written, known.map(|known| (known.to_owned(), known)));
            if !is_meant(document, link, label, collapsed, near.is_some()) {
                continue;
            }
            let finding =
                sink.report(label, format!("no link is defined for `[{written}]`, so the brackets are shown"));
            match near {
                Some(meant) => {
                    finding.help(format!("did you mean `[{meant}]`?"));
                    if !collapsed {
                        finding.fix(Fix::risky(format!("refer to `[{meant}]`"), [Edit::replace(label, meant)]));
                    }
                }
                None => {
                    finding.help(format!("define it (`[{written}]: …`), or take the brackets out"));
                }
            }
        }
    }
}

/// The label's place, and whether it is also the text (`[label][]`).
fn label(text: &str, link: &Link) -> (Span, bool) {
    let written = link.span.of(text);
    match written.rfind("][") {
        Some(at) if !written.ends_with("[]") => (Span::new(link.span.start + at + 2, link.span.end - 1), false),
        _ => (link.text, true),
    }
}

/// Whether a link was surely meant. Brackets beside brackets also stand in formulas, in code that nobody marked as such
/// (`a[i][j]`), in placeholders of commands and in citations.
fn is_meant(document: &Document, link: &Link, label: Span, collapsed: bool, near: bool) -> bool {
    let text = document.source.text();
    let before = text[..link.span.start].chars().next_back();
    let after = text[link.span.end..].chars().next();
    let glued = before.is_some_and(|c| {
        c.is_alphanumeric() || matches!(c, '_' | ')' | ']' | '\\' | '.' | '$' | '}' | '`' | '/' | '@')
    }) || after.is_some_and(|c| matches!(c, '[' | '=' | '{' | '(' | ':' | '/'));
    let (shown, label) = (link.text.of(text).trim(), label.of(text).trim());
    let wordy = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count() >= 2;
    let odd = |c: char| matches!(c, '<' | '>' | '=' | '|' | '{' | '}' | '$' | ';' | '"' | '`' | '\\' | '\n' | '@');
    if glued || !wordy(shown) || label.is_empty() || label.contains(odd) || shown.starts_with(['-', '<', '$', '!', '^'])
    {
        return false;
    }
    // `[x][1]` is a reference where others are, else a footnote of a kind of its own.
    let used_here = !document.definitions.is_empty();
    // Commands show what may be left out so: `[options][files]`.
    let sentence = shown.contains(' ') || near;
    if collapsed { used_here && wordy(label) } else { (wordy(label) || used_here) && sentence }
}
