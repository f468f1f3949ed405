//! From the comments of a document to directives.

use super::target::{self, Target};
use super::{Directive, Name, Scope, Slip, Suppressions};
use crate::config::{closest, closest_rule};
use crate::document::Document;
use crate::pattern::Scanner;
use crate::source::{Kind, Source};
use crate::span::Span;

/// What every comment that is meant for copydesk begins with.
const MARK: &str = "copydesk-";

const KEYWORDS: [&str; 5] = [
    "copydesk-disable-next-line",
    "copydesk-disable-line",
    "copydesk-disable-file",
    "copydesk-disable",
    "copydesk-enable",
];

/// The comment delimiters of all kinds of source.
const DELIMITERS: [(&str, &str); 5] = [("<!--", "-->"), ("{/*", "*/}"), ("{#", "#}"), ("/*", "*/"), ("#", "")];

impl Suppressions {
    /// The comments of `document` that are meant for copydesk; `None` if there are none. `scanner` holds the pattern rules
    /// that may be named.
    pub fn of(document: &Document, scanner: &Scanner) -> Option<Self> {
        let source = document.source;
        let front_matter = document.front_matter.iter().flat_map(|matter| &matter.comments);
        let comments: Vec<(Span, Span)> = front_matter
            .chain(&document.comments)
            .filter_map(|&comment| Some((comment, inside(source, comment)?)))
            .collect();
        if comments.is_empty() {
            return None;
        }
        let mut read = Self { directives: Vec::new(), slips: Vec::new() };
        for &(comment, inside) in &comments {
            let keyword = keyword(source, inside);
            let scope = match keyword.of(source.text()) {
                "copydesk-disable-next-line" => Scope::Lines(next_line(source, comment, &comments)),
                "copydesk-disable-line" => Scope::Lines(to_the_end(source, source.lines_around(comment))),
                "copydesk-disable-file" => Scope::File,
                "copydesk-disable" => Scope::From(comment.start),
                "copydesk-enable" => Scope::UpTo(comment.end),
                other => {
                    let meant = closest(other, KEYWORDS).or_else(|| meant(other));
                    read.slips.push(Slip { keyword, meant });
                    continue;
                }
            };
            let (removal, clean) = removal(source, comment);
            let (names, has_reason) = names(source, keyword, inside, scanner);
            read.directives.push(Directive { scope, comment, names, has_reason, removal, clean });
        }
        Some(read)
    }
}

/// What stands in a comment, white space around it left out, if it is meant for copydesk.
fn inside(source: &Source, comment: Span) -> Option<Span> {
    let text = source.slice(comment);
    let (open, close) = DELIMITERS.iter().find(|(open, close)| text.starts_with(open) && text.ends_with(close))?;
    let inside = Span::new(comment.start + open.len(), (comment.end - close.len()).max(comment.start + open.len()));
    let inside = inside.trimmed(source.text());
    inside.of(source.text()).starts_with(MARK).then_some(inside)
}

fn keyword(source: &Source, inside: Span) -> Span {
    let text = source.slice(inside);
    let length = text.find(|c: char| c.is_whitespace() || matches!(c, ':' | ',')).unwrap_or(text.len());
    Span::new(inside.start, inside.start + length)
}

/// The keyword that people may write for `word`, as other linters call it.
fn meant(word: &str) -> Option<&'static str> {
    let word = word.strip_prefix(MARK)?;
    Some(match word {
        _ if word.contains("next") => KEYWORDS[0],
        _ if word.contains("file") => KEYWORDS[2],
        _ if word.contains("line") || word == "ignore" => KEYWORDS[1],
        "off" | "start" | "ignore-start" | "disable-start" => KEYWORDS[3],
        "on" | "end" | "ignore-end" | "disable-end" => KEYWORDS[4],
        _ => return None,
    })
}

/// The line behind `comment` that is neither blank nor another such comment.
fn next_line(source: &Source, comment: Span, comments: &[(Span, Span)]) -> Span {
    let text = source.text();
    let mut index = source.line_index(comment.end.saturating_sub(1).max(comment.start)) + 1;
    while index < source.line_count() {
        let words = source.line(index).trimmed(text);
        let own = comments.iter().find(|(other, _)| other.start == words.start && !words.is_empty());
        match own {
            Some((own, _)) if text[own.end..].lines().next().unwrap_or("").trim().is_empty() => {
                index = source.line_index(own.end.saturating_sub(1)) + 1;
            }
            _ if words.is_empty() => index += 1,
            _ => return to_the_end(source, source.full_line(index)),
        }
    }
    Span::empty(text.len())
}

/// `lines`, and the place behind the last byte if they reach to it: a finding may point there.
fn to_the_end(source: &Source, lines: Span) -> Span {
    let end = if lines.end == source.text().len() { lines.end + 1 } else { lines.end };
    Span::new(lines.start, end)
}

/// What to delete to be rid of `comment`, and whether that changes nothing else.
fn removal(source: &Source, comment: Span) -> (Span, bool) {
    let text = source.text();
    let lines = source.lines_around(comment);
    let before = &text[lines.start..comment.start];
    let after = &text[comment.end..lines.end];
    if !before.trim_start_matches(crate::source::BOM).trim().is_empty() || !after.trim().is_empty() {
        let start = if after.trim().is_empty() { lines.start + before.trim_end().len() } else { comment.start };
        return (Span::new(start, comment.end), true);
    }
    let blank = |line: Option<&str>| line.is_none_or(|line| line.trim().is_empty());
    let (above, below) = (text[..lines.start].lines().next_back(), text[lines.end..].lines().next());
    // Of the blank lines around it, one is enough.
    let start = lines.start.max(source.start());
    let both = blank(above) && below.is_some() && blank(below);
    let end = if both { lines.end + source.full_line(source.line_index(lines.end)).len() } else { lines.end };
    let joins = matches!(source.kind(), Kind::Markdown | Kind::Mdx) && text[comment.start..].starts_with(['<', '{']);
    (Span::new(start, end), !joins || blank(above) || blank(below))
}

/// The names in a comment, and whether it gives a reason.
fn names(source: &Source, keyword: Span, inside: Span, scanner: &Scanner) -> (Vec<Name>, bool) {
    let text = source.slice(inside);
    let rest = &text[keyword.len()..];
    let colon = rest.find(':').map(|at| (at, 1));
    let dashes = rest.find(" -- ").map(|at| (at, 4));
    let reason = [colon, dashes].into_iter().flatten().min();
    let list = reason.map_or(rest, |(at, _)| &rest[..at]);
    let has_reason = reason.is_some_and(|(at, length)| !rest[at + length..].trim().is_empty());
    let mut spans: Vec<Span> = Vec::new();
    let mut at = 0;
    for word in list.split(|c: char| c.is_whitespace() || c == ',') {
        if !word.is_empty() {
            spans.push(Span::new(keyword.end + at, keyword.end + at + word.len()));
        }
        at += word.len() + 1;
    }
    if spans.is_empty() {
        let all = Name { target: Target::All, span: keyword, removal: keyword, used: false };
        return (vec![all], has_reason);
    }
    let removals: Vec<Span> = (0..spans.len())
        .map(|index| match spans.get(index + 1) {
            Some(next) => Span::new(spans[index].start, next.start),
            None if index > 0 => Span::new(spans[index - 1].end, spans[index].end),
            None => spans[index],
        })
        .collect();
    let name = |(&span, removal): (&Span, Span)| Name {
        target: Target::of(source.slice(span), scanner),
        span,
        removal,
        used: false,
    };
    (spans.iter().zip(removals).map(name).collect(), has_reason)
}

/// Help for a name that nothing has.
pub(super) fn meant_rule<'s>(name: &str, scanner: &'s Scanner) -> Option<&'s str> {
    closest_rule(name, target::rule_ids(scanner))
}
