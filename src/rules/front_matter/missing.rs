//! `front-matter/missing`

use std::fmt::Write;

use serde::Deserialize;

use crate::date::{self, Outcome};
use crate::document::{Document, Dump};
use crate::finding::{Edit, Fix, Level, Safety};
use crate::rule::{Define, Meta, Rule, Sink};
use crate::source::Source;
use crate::span::Span;

/// Reports an article without front matter where front matter is expected.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Missing {
    /// Whether every article must have front matter; a page dump always must.
    pub expected: bool,
    /// How a lifted date is written.
    pub date_format: date::Format,
}

impl Define for Missing {
    const META: Meta = Meta {
        id: "front-matter/missing",
        level: Some(Level::Error),
        fix: Some(Safety::Unsafe),
        page: include_str!("../../../rules/front-matter/missing.md"),
    };
}

impl Rule for Missing {
    fn document(&self, document: &Document, sink: &mut Sink) {
        if document.front_matter.is_some() || !self.expected && document.dump.is_none() {
            return;
        }
        // An empty file is a placeholder, no article that lost something.
        if document.body.of(document.source.text()).trim().is_empty() {
            return;
        }
        let finding = sink.report(first_line(document.source), "the article has no front matter");
        finding.help("begin it with a title and a date between two `---` lines");
        if let Some(edits) = document.dump.as_ref().and_then(|dump| lift(document.source, dump, &self.date_format)) {
            finding.help("lift title, description and date from its first lines into front matter");
            finding.fix(Fix::risky("lift its first lines into front matter", edits));
        }
    }
}

/// The first line that holds more than white space.
fn first_line(source: &Source) -> Span {
    let start = source.start();
    let text = &source.text()[start..];
    let at = start + text.len() - text.trim_start().len();
    if at == source.text().len() { Span::empty(start) } else { Span::new(at, source.line(source.line_index(at)).end) }
}

/// The edits that turn the header lines of a page dump into front matter; `None` if it has none.
fn lift(source: &Source, dump: &Dump, date_format: &date::Format) -> Option<Vec<Edit>> {
    let end = source.line_end();
    let mut front_matter = format!("---{end}");
    let mut add = |key: &str, value: String| write!(front_matter, "{key}: {value}{end}").expect("a string takes all");
    let text = |span: Span| source.slice(span);
    if let Some(title) = dump.title {
        add("title", quoted(text(title)));
    }
    if let Some(summary) = dump.summary {
        add("description", quoted(text(summary)));
    }
    if let Some(span) = dump.date {
        add("date", scalar(&lifted_date(text(span), date_format)));
    }
    let mut header: Vec<Span> = [dump.title, dump.summary, dump.date].into_iter().flatten().collect();
    if header.is_empty() {
        return None;
    }
    header.sort();
    write!(front_matter, "---{end}{end}").expect("a string takes all");

    // The header lines go, with the blank lines around them; a line that says more than was lifted stays.
    let mut gone: Vec<Span> = Vec::new();
    for field in header {
        let lines = source.lines_around(field);
        if lines.trimmed(source.text()) != field.trimmed(source.text()) && !at_start(source, lines, field) {
            continue;
        }
        let lines = with_blank_lines(source, lines);
        match gone.last_mut().filter(|last| lines.start <= last.end) {
            Some(last) => last.end = last.end.max(lines.end),
            None => gone.push(lines),
        }
    }
    let mut edits: Vec<Edit> = gone.into_iter().map(Edit::delete).collect();
    match edits.first_mut().filter(|edit| edit.span.start == source.start()) {
        Some(first) => first.replacement = front_matter,
        None => edits.insert(0, Edit::insert(source.start(), front_matter)),
    }
    Some(edits)
}

/// Whether `lines` differ from `field` only by the byte-order mark before it.
fn at_start(source: &Source, lines: Span, field: Span) -> bool {
    lines.start < source.start()
        && Span::new(source.start(), lines.end).trimmed(source.text()) == field.trimmed(source.text())
}

/// These lines and the blank ones below them; above them too, where nothing else stands above. Without a byte-order mark.
fn with_blank_lines(source: &Source, lines: Span) -> Span {
    let text = source.text();
    let start = lines.start.max(source.start());
    let start = if text[source.start()..start].trim().is_empty() { source.start() } else { start };
    let rest = &text[lines.end..];
    let blank = rest.len() - rest.trim_start().len();
    // As far as whole lines go: the indentation of the next line is its own.
    let blank = if blank == rest.len() { blank } else { rest[..blank].rfind('\n').map_or(0, |at| at + 1) };
    Span::new(start, lines.end + blank)
}

/// The date as the front matter should have it; as it stands where it can mean more than one day.
fn lifted_date(text: &str, format: &date::Format) -> String {
    let outcome = date::read(text);
    let certain = outcome.as_ref().and_then(Outcome::reading).filter(|reading| reading.is_certain());
    certain.and_then(|reading| format.write(reading)).unwrap_or_else(|| text.trim().to_owned())
}

/// A text as a YAML scalar: as it is where YAML reads it as it is, else in quotes.
fn scalar(text: &str) -> String {
    let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    if plain { text.to_owned() } else { quoted(text) }
}

/// A text in YAML's double quotes, on one line.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for (index, word) in text.split_whitespace().enumerate() {
        if index > 0 {
            quoted.push(' ');
        }
        for c in word.chars() {
            match c {
                '"' | '\\' => quoted.extend(['\\', c]),
                c if c.is_control() || c == '\u{FEFF}' => {
                    write!(quoted, "\\u{:04X}", u32::from(c)).expect("a string takes all");
                }
                c => quoted.push(c),
            }
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::super::tests::{said, say};
    use super::*;
    use crate::source::Kind;

    /// What lifting makes of `text`, whose title, summary and date are these.
    fn lifted(text: &str, fields: [&str; 3]) -> Option<String> {
        let source = Source::new("a.txt", Kind::Text, text);
        let place = |field: &str| {
            let at = text.find(field).filter(|_| !field.is_empty())?;
            Some(Span::new(at, at + field.len()))
        };
        let [title, summary, date] = fields.map(place);
        let dump = Dump { title, summary, date, ..Dump::default() };
        let edits = lift(&source, &dump, &date::Format::iso())?;
        assert!(edits.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start), "{edits:?}");
        let mut mended = text.to_owned();
        for edit in edits.iter().rev() {
            mended.replace_range(edit.span.start..edit.span.end, &edit.replacement);
        }
        let source = Source::new("a.txt", Kind::Text, mended.as_str());
        let document = Document::parse(&source);
        assert!(document.problems.is_empty(), "{:?}", document.problems);
        let map = document.front_matter.expect("it has front matter now").map;
        let has = |key: &str, field: &str| map.get(key).and_then(|value| value.as_text()).unwrap_or("") == field.trim();
        let date = if fields[2].is_empty() { "" } else { "2025-07-18" };
        assert!(has("title", fields[0]) && has("description", fields[1]) && has("date", date), "{mended}");
        Some(mended)
    }

    #[test]
    fn header_lines_become_front_matter() {
        assert_eq!(
            lifted(
                "A \"title\": é\nWhat # it says\nJuly 18, 2025\nBody.\n",
                ["A \"title\": é", "What # it says", "July 18, 2025"]
            ),
            Some(
                "---\ntitle: \"A \\\"title\\\": é\"\ndescription: \"What # it says\"\ndate: 2025-07-18\n---\n\nBody.\n"
                    .to_owned()
            )
        );
        assert_eq!(
            lifted("\u{FEFF}\r\nTitle \\😀\r\n\r\n2025-07-18\r\n\r\n  Body.\r\n", ["Title \\😀", "", "2025-07-18"]),
            Some("\u{FEFF}---\r\ntitle: \"Title \\\\😀\"\r\ndate: 2025-07-18\r\n---\r\n\r\n  Body.\r\n".to_owned())
        );
    }

    #[test]
    fn what_is_not_lifted_stays() {
        assert_eq!(
            lifted("Home\nTitle\nBy Ann on 2025-07-18\n\nBody", ["Title", "", "2025-07-18"]),
            Some("---\ntitle: \"Title\"\ndate: 2025-07-18\n---\n\nHome\nBy Ann on 2025-07-18\n\nBody".to_owned())
        );
        assert_eq!(lifted("Body", ["", "", ""]), None);
        assert_eq!(lifted("Title", ["Title", "", ""]), Some("---\ntitle: \"Title\"\n---\n\n".to_owned()));
    }

    #[test]
    fn only_what_is_expected_is_missed() {
        let told = |text: &str| said::<Missing>("expected: true", Kind::Markdown, text);
        let message = "the article has no front matter (begin it with a title and a date between two `---` lines)";
        assert_eq!(told("\u{FEFF}\n# Título\n\ntext"), [format!("\"# Título\" {message}")]);
        assert_eq!(told(" \n"), [""; 0]);
        assert_eq!(told("---\n---\ntext"), [""; 0]);
        assert_eq!(said::<Missing>("{}", Kind::Markdown, "# Title\n"), [""; 0]);
        let source = Source::new("a.txt", Kind::Text, "Title\nBody");
        let mut document = Document::parse(&source);
        document.dump = Some(Dump { title: Some(Span::new(0, 5)), ..Dump::default() });
        assert_eq!(
            say(&Missing::default(), &document),
            [
                "\"Title\" the article has no front matter (lift title, description and date from its first lines into front matter)"
            ]
        );
    }
}
