//! Where a front matter begins and ends: `---` and `+++` lines, also spoiled ones, also inside an HTML comment.
//!
//! Owns the fences. A page may as well begin with a thematic break and prose, so nothing is called a front matter, and
//! nothing a spoiled fence, unless the text between looks like one.
//!
//! Blank lines above the opening fence are let pass: Hugo, Zola and Astro accept them, and which generator reads the page
//! is not known here.

use super::lines::{Look, Tally, head_end, line_at, lines, look};
use super::{Block, Format, Parsed, json, toml, yaml};
use crate::document::{Problem, ProblemKind};
use crate::span::Span;

/// Finds the front matter at the top of `text`, which begins at byte `start`, and parses it.
pub(super) fn find(text: &str, start: usize) -> Option<(Block, Parsed)> {
    let opening = Opening::find(text, start)?;
    let (closing, spoiled) = opening.closings(text);
    let Some(closing) = closing else {
        let spoiled = spoiled.and_then(|line| opening.spoiled_by(text, line));
        return spoiled.or_else(|| opening.unclosed(text, opening.limit));
    };
    let content = opening.content(text, closing.start);
    let parsed = opening.parse(text, content);
    let tally = || Tally::of(text, content, opening.format);
    if parsed.complete() || opening.fault.is_some() {
        let whole = parsed.complete() && parsed.other.is_none();
        return (whole && (opening.fault.is_none() || tally().certain()))
            .then(|| opening.closed_by(text, closing, parsed));
    }
    // It does not parse. Perhaps it ends earlier, and that fence is a rule in the body.
    if let Some(line) = spoiled
        && !Tally::of(text, Span::new(line.end, closing.start), opening.format).likely()
        && let Some(found) = opening.spoiled_by(text, line)
    {
        return Some(found);
    }
    if let Some(found) = opening.unclosed(text, content.end)
        && prose_follows(text, Span::new(found.0.content.end, content.end), opening.format)
    {
        return Some(found);
    }
    tally().likely().then(|| opening.closed_by(text, closing, parsed))
}

/// An opening fence.
struct Opening {
    format: Format,
    fence: Span,
    /// The fence as it ought to be: what closes it.
    mark: &'static str,
    content_start: usize,
    /// The `<!--` of the comment that it stands in.
    comment: Option<Span>,
    /// Where the front matter ends at the latest: at the end of that comment, or of the text.
    limit: usize,
    fault: Option<Problem>,
}

impl Opening {
    fn find(text: &str, start: usize) -> Option<Self> {
        let mut preceded = false;
        let mut at = start;
        loop {
            at = skip_blank_lines(text, at)?;
            let (line, next) = line_at(text, at, text.len());
            let words = line.trimmed(text);
            let Some(inside) = words.of(text).strip_prefix("<!--") else {
                let mut opening = Self::on_line(text, words, next)?;
                if preceded {
                    let message = "front matter must begin on the first line";
                    let help = "move what stands above it below its closing fence";
                    opening.fault = Some(Problem::fence(opening.fence, message, help));
                } else if opening.fault.is_none() && words.start > line.start {
                    let message = format!("the opening `{}` is indented", opening.fence.of(text));
                    opening.fault = Some(Problem::fence(opening.fence, message, "begin it at the start of the line"));
                }
                return Some(opening);
            };
            // A comment: around the front matter, or one that precedes it.
            let delimiter = Span::new(words.start, words.start + "<!--".len());
            let fence = if inside.trim().is_empty() {
                skip_blank_lines(text, next).map(|at| line_at(text, at, text.len()))
            } else {
                Some((Span::new(delimiter.end, line.end), next))
            };
            let opening = fence.and_then(|(line, next)| Self::on_line(text, line.trimmed(text), next));
            if let Some(opening) = opening.filter(|opening| opening.fault.is_none() && !preceded) {
                let limit =
                    text[opening.content_start..].find("-->").map_or(text.len(), |at| opening.content_start + at);
                return Some(Self { comment: Some(delimiter), limit, ..opening });
            }
            at = delimiter.end + text[delimiter.end..].find("-->")? + "-->".len();
            preceded = true;
        }
    }

    /// The fence that `words`, a line without the white space around it, is; also a spoiled one.
    fn on_line(text: &str, words: Span, content_start: usize) -> Option<Self> {
        // gray-matter takes a language after the fence.
        let (format, mark) = match words.of(text) {
            "+++" => (Format::Toml, "+++"),
            "---" | "---yaml" | "--- yaml" => (Format::Yaml, "---"),
            "---toml" | "--- toml" => (Format::Toml, "---"),
            "---json" | "--- json" => (Format::Json, "---"),
            line if is_spoiled(line, "---") => (Format::Yaml, "---"),
            line if is_spoiled(line, "+++") => (Format::Toml, "+++"),
            _ => return None,
        };
        let intact = words.of(text).starts_with(mark) && !is_spoiled(words.of(text), mark);
        let fence = if intact { Span::new(words.start, words.start + mark.len()) } else { words };
        let fault =
            (!intact).then(|| Problem::fence(fence, "this line does not open front matter", format!("write `{mark}`")));
        Some(Self { format, fence, mark, content_start, comment: None, limit: text.len(), fault })
    }

    /// The line that closes it, and the first one before that which looks as if it should.
    fn closings(&self, text: &str) -> (Option<Span>, Option<Span>) {
        let fence = self.mark;
        let mut spoiled = None;
        for line in lines(text, Span::new(self.content_start, self.limit)) {
            let words = line.of(text).trim_end();
            // Jekyll takes `...` too, which ends a document in YAML.
            if words == fence || self.format == Format::Yaml && words == "..." {
                return (Some(Span::new(line.start, line.start + words.len())), spoiled);
            }
            if spoiled.is_none() && (words.trim_start() == fence || is_spoiled(words.trim_start(), fence)) {
                spoiled = Some(line.trimmed(text));
            }
        }
        (None, spoiled)
    }

    /// What stands between the opening and a closing at byte `end`, the line end before it left out.
    fn content(&self, text: &str, end: usize) -> Span {
        let between = &text[self.content_start..end.max(self.content_start)];
        let between = between.trim_end_matches([' ', '\t']);
        let kept = between.strip_suffix('\n').map_or(between, |rest| rest.strip_suffix('\r').unwrap_or(rest));
        Span::new(self.content_start, self.content_start + kept.len())
    }

    fn parse(&self, text: &str, content: Span) -> Parsed {
        match self.format {
            Format::Yaml => yaml::parse(text, content),
            Format::Toml => toml::parse(text, content),
            Format::Json => json::parse(text, content),
        }
    }

    fn closed_by(&self, text: &str, closing: Span, parsed: Parsed) -> (Block, Parsed) {
        let block = self.block(text, self.content(text, closing.start), closing.end, None);
        (Block { closed: true, ..block }, parsed)
    }

    /// The front matter if `line` was meant to close it.
    fn spoiled_by(&self, text: &str, line: Span) -> Option<(Block, Parsed)> {
        let content = self.content(text, line.start);
        if self.fault.is_some() || !Tally::of(text, content, self.format).certain() {
            return None;
        }
        let fence = self.mark;
        let mut problem = if line.of(text) == fence {
            let message = format!("an indented `{fence}` does not close the front matter");
            Problem::fence(line, message, "begin it at the start of the line")
        } else {
            let message = "this line does not close the front matter";
            Problem::fence(line, message, format!("write `{fence}`, with nothing before or after it"))
        };
        problem.labels.push((self.fence, "opened here".to_owned()));
        Some((self.block(text, content, line.end, Some(problem)), self.parse(text, content)))
    }

    /// The front matter if nothing closes it: as far as the text before byte `limit` looks like one.
    fn unclosed(&self, text: &str, limit: usize) -> Option<(Block, Parsed)> {
        let rest = Span::new(self.content_start, limit.max(self.content_start));
        let end = head_end(text, rest, self.format).filter(|_| self.fault.is_none())?;
        let content = Span::new(self.content_start, end);
        let fence = self.mark;
        let help = format!("write `{fence}` on a line of its own after its last line");
        let mut problem = Problem::fence(self.fence, "the front matter is never closed", help);
        if let Some(last) = lines(text, content).last() {
            problem.labels.push((last, "its last line, it seems".to_owned()));
        }
        let mut parsed = self.parse(text, content);
        // The fault that matters is the missing fence; what the parser says of a guessed end may be wrong.
        parsed.problems.retain(|problem| problem.kind != ProblemKind::Syntax);
        Some((self.block(text, content, end, Some(problem)), parsed))
    }

    /// A block that is not closed as it must be, up to byte `end`.
    fn block(&self, text: &str, content: Span, end: usize, problem: Option<Problem>) -> Block {
        let start = self.comment.map_or(self.fence.start, |comment| comment.start);
        let (end, problem) = match self.comment {
            Some(_) if self.limit < text.len() => (self.limit + "-->".len(), problem),
            Some(comment) => {
                let (message, help) = ("this comment is never closed", "write `-->` after the front matter");
                (end, problem.or_else(|| Some(Problem::fence(comment, message, help))))
            }
            None => (end, problem),
        };
        // The body begins on the next line, unless more than blanks follow on this one.
        let (line, next) = line_at(text, end, text.len());
        let body_start = if line.trimmed(text).is_empty() { next } else { end };
        let problem = self.fault.clone().or(problem);
        Block {
            format: self.format,
            span: Span::new(start, end),
            opening: self.fence,
            content,
            body_start,
            closed: false,
            problem,
        }
    }
}

/// Whether `line`, without white space around it, is nearly the fence: too short or too long, spaced out, a dash that a
/// word processor made of it, the other language's fence.
fn is_spoiled(line: &str, fence: &str) -> bool {
    // Most lines begin with a letter; of the marks, those that are not ASCII all begin with the same byte.
    if !matches!(line.as_bytes().first(), Some(b'-' | b'+' | b' ' | 0xE2)) {
        return false;
    }
    let marks = |mark: fn(char) -> bool| {
        line.chars().all(|c| mark(c) || c == ' ') && line.chars().filter(|c| mark(*c)).count() >= 2
    };
    match fence {
        _ if line == fence => false,
        "+++" => line == "---" || marks(|c| c == '+'),
        _ => line == "+++" || line == "—" || marks(|c| matches!(c, '-' | '‐' | '‑' | '–' | '—' | '―' | '−')),
    }
}

/// Whether what follows a guessed end of the front matter is the body: a paragraph after a blank line, few keys in it.
fn prose_follows(text: &str, rest: Span, format: Format) -> bool {
    let mut following = lines(text, rest).map(|line| look(line.of(text), format)).skip(1).peekable();
    let blank = following.peek() == Some(&Look::Blank);
    let paragraph = following.find(|look| *look != Look::Blank);
    blank
        && matches!(paragraph, Some(Look::Other | Look::Comment | Look::Inner))
        && !Tally::of(text, rest, format).likely()
}

/// The start of the first line from byte `at` on that holds more than white space.
fn skip_blank_lines(text: &str, mut at: usize) -> Option<usize> {
    while at < text.len() {
        let (line, next) = line_at(text, at, text.len());
        if !line.trimmed(text).is_empty() {
            return Some(at);
        }
        at = next;
    }
    None
}
