//! Findings for people at a terminal: each with its place, the lines it is about, and what to do.
//!
//! The only place that renders with miette, which draws underlines, labels and brackets. The lines themselves, their
//! numbers and all that stands around them are ours: miette would count columns in bytes, pass escapes through and cut nothing.

use std::collections::HashMap;
use std::fmt::{self, Write as _};
use std::io;
use std::ops::Range;
use std::sync::Arc;

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode,
    SourceSpan, SpanContents, ThemeCharacters, ThemeStyles,
};
use owo_colors::Style as Paint;

use super::excerpt::{Excerpt, Mark, Room, excerpt};
use super::link::{Links, linked};
use super::{Report, clean};
use crate::finding::{Finding, Level, Safety};
use crate::source::{Source, Unit};
use crate::span::Span;

/// What the terminal can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Whether to use colours.
    pub color: bool,
    /// Its width in columns.
    pub width: usize,
    /// Whether it shows more than ASCII, so that frames can be lines rather than dashes.
    pub unicode: bool,
}

/// Narrower than this nothing is readable.
const NARROWEST: usize = 40;

/// How many places are shown besides the finding's own.
const MOST_LABELS: usize = 8;

/// Writes the findings of `report`, with `links` where names can be clicked.
///
/// # Errors
/// If `out` cannot be written.
pub fn render(report: &Report, style: &Style, links: Option<Links>, out: &mut dyn io::Write) -> io::Result<()> {
    let painter = Painter::new(style, links);
    for finding in report.findings {
        let mut text = String::new();
        painter.finding(finding, report.sources, &mut text).map_err(io::Error::other)?;
        writeln!(out, "{text}")?;
    }
    Ok(())
}

/// Colours and characters, settled once for a whole report.
struct Painter<'a> {
    links: Option<Links<'a>>,
    width: usize,
    cut: &'static str,
    gap: &'static str,
    characters: ThemeCharacters,
    frame: Paint,
    place: Paint,
    strong: Paint,
    help: Paint,
    fix: Paint,
    also: Paint,
    levels: [Paint; 3],
}

/// A line below the frame: what it is, and what it says.
type Remark = (&'static str, String);

/// A part of the frame: where it is, and the lines, if the file could be read.
struct Panel {
    /// `path:line:col`, and where that leads.
    place: String,
    link: Option<String>,
    excerpt: Excerpt,
}

impl<'a> Painter<'a> {
    fn new(style: &Style, links: Option<Links<'a>>) -> Self {
        let paint = |paint: Paint| if style.color { paint } else { Paint::new() };
        let bold = Paint::new().bold();
        Self {
            links,
            width: style.width.max(NARROWEST),
            cut: if style.unicode { "…" } else { "..." },
            gap: if style.unicode { "⋮" } else { ":" },
            characters: if style.unicode { ThemeCharacters::unicode() } else { ThemeCharacters::ascii() },
            frame: paint(Paint::new().dimmed()),
            place: paint(Paint::new().cyan()),
            strong: paint(bold),
            help: paint(bold.cyan()),
            fix: paint(bold.green()),
            also: paint(bold.blue()),
            levels: [paint(bold.blue()), paint(bold.yellow()), paint(bold.red())],
        }
    }

    fn level(&self, level: Level) -> Paint {
        self.levels[level as usize]
    }

    fn finding(&self, finding: &Finding, sources: &HashMap<Arc<str>, Source>, out: &mut String) -> fmt::Result {
        let mut remarks = Vec::new();
        let digits = self.digits(finding, sources);
        let panels = self.panels(finding, sources, digits, &mut remarks);
        remarks.extend(finding.help.iter().map(|help| ("help", clean::line(help).into_owned())));
        remarks.extend(finding.fixes.iter().map(|fix| {
            let safety = match fix.safety {
                Safety::Safe => "safe",
                Safety::Unsafe => "unsafe, --unsafe-fixes",
            };
            ("fix", format!("{} ({safety})", clean::line(&fix.title)))
        }));

        self.head(finding, digits, out)?;
        let drawing = self.draw(finding.level, &panels, digits)?;
        self.arrange(&drawing, &panels, digits, out)?;
        self.close(&remarks, digits, out)
    }

    /// How many digits the line numbers of a finding take.
    fn digits(&self, finding: &Finding, sources: &HashMap<Arc<str>, Source>) -> usize {
        let own = std::iter::once((&finding.path, finding.span));
        let labels = finding.labels.iter().map(|label| (label.path.as_ref().unwrap_or(&finding.path), label.span));
        let last = own.chain(labels).filter_map(|(path, span)| {
            let source = sources.get(path)?;
            Some((source.line_index(span.end) + 2).min(source.line_count()))
        });
        last.max().unwrap_or(1).to_string().len()
    }

    /// The lines of the finding's own file, then those of others; what cannot be shown is added to `remarks`.
    fn panels(
        &self,
        finding: &Finding,
        sources: &HashMap<Arc<str>, Source>,
        digits: usize,
        remarks: &mut Vec<Remark>,
    ) -> Vec<Panel> {
        let own = Mark { span: finding.span, text: String::new(), primary: true };
        let own = Mark { text: finding.label.as_deref().map(clean::line).unwrap_or_default().into_owned(), ..own };
        let mut files: Vec<(&Arc<str>, Vec<Mark>)> = vec![(&finding.path, vec![own])];
        for label in finding.labels.iter().take(MOST_LABELS) {
            let path = label.path.as_ref().unwrap_or(&finding.path);
            let mark = Mark { span: label.span, text: clean::line(&label.message).into_owned(), primary: false };
            match files.iter_mut().find(|(known, _)| *known == path) {
                Some((_, marks)) => marks.push(mark),
                None => files.push((path, vec![mark])),
            }
        }
        if let Some(more) = finding.labels.len().checked_sub(MOST_LABELS).filter(|more| *more > 0) {
            remarks.push(("also", format!("{more} more places")));
        }

        let room = Room { width: self.width - digits - " │  ".chars().count(), cut: self.cut };
        let mut panels = Vec::new();
        for (path, mut marks) in files {
            let link = self.links.and_then(|links| (links.file)(path));
            let Some(source) = sources.get(path) else {
                if panels.is_empty() {
                    let place = clean::line(path).into_owned();
                    panels.push(Panel { place, link, excerpt: Excerpt::default() });
                } else {
                    let said = marks.iter().map(|mark| mark.text.as_str()).collect::<Vec<_>>().join("; ");
                    remarks.push(("also", format!("{}: {said}", clean::line(path))));
                }
                continue;
            };
            while let Some(first) = marks.first() {
                let place = place(path, source, first.span);
                let (excerpt, left) = excerpt(source, marks, room);
                if excerpt.numbers.is_empty() {
                    break;
                }
                panels.push(Panel { place, link: link.clone(), excerpt });
                marks = left;
            }
        }
        panels
    }

    /// Level, rule and message; what does not fit on the first line hangs above the frame's left edge.
    fn head(&self, finding: &Finding, digits: usize, out: &mut String) -> fmt::Result {
        let title = format!("{}[{}]:", finding.level.as_str(), clean::line(&finding.rule));
        let hang = digits + 2;
        let used = (clean::width(&title) + 1).saturating_sub(hang);
        let message = clean::line(&finding.message);
        let page = self.links.and_then(|links| (links.page)(&finding.rule));
        write!(out, "{} ", self.level(finding.level).style(linked(&title, page.as_deref())))?;
        for (nth, line) in clean::wrap(&message, self.width - hang, used).iter().enumerate() {
            let lead = if nth == 0 { "" } else { &format!("\n{:hang$}", "") };
            write!(out, "{lead}{}", self.strong.style(line))?;
        }
        writeln!(out)
    }

    /// Lets miette draw the panels, with line numbers of its own: all have as many digits as the greatest real one.
    fn draw(&self, level: Level, panels: &[Panel], digits: usize) -> Result<String, fmt::Error> {
        let sheet = Sheet::new(panels, first_number(digits));
        let labels = panels.iter().zip(&sheet.starts).flat_map(|(panel, start)| {
            panel.excerpt.marks.iter().map(move |mark| {
                let Range { start: from, end: to } = mark.range.clone();
                LabeledSpan::new(mark.label.clone(), start + from, to - from)
            })
        });
        let labels = labels.collect();
        let highlights = panels.iter().flat_map(|panel| &panel.excerpt.marks);
        let highlights = highlights.map(|mark| if mark.primary { self.level(level) } else { self.also }).collect();
        let handler = GraphicalReportHandler::new_themed(GraphicalTheme {
            characters: self.characters.clone(),
            styles: ThemeStyles { highlights, ..ThemeStyles::none() },
        });
        let mut drawing = String::new();
        let handler = handler.with_wrap_lines(false).without_cause_chain().without_syntax_highlighting();
        handler.render_report(&mut drawing, &Frames { sheet, labels })?;
        Ok(drawing)
    }

    /// Puts what miette drew into one frame: real line numbers, our own places, no white space at the ends of lines.
    fn arrange(&self, drawing: &str, panels: &[Panel], digits: usize, out: &mut String) -> fmt::Result {
        let characters = &self.characters;
        let indent = " ".repeat(digits + 2);
        let opening = format!("{indent}{}{}", characters.ltop, characters.hbar);
        let closing = format!("{indent}{}{}", characters.lbot, characters.hbar);
        let beside = format!(" {:digits$} {}", "", characters.vbar_break);
        let mut lines = drawing.lines().peekable();
        while lines.next_if(|line| !line.starts_with(&opening)).is_some() {}
        for (index, panel) in panels.iter().enumerate() {
            let corner = if index == 0 { characters.ltop } else { characters.lcross };
            let corner = format!("{indent}{corner}{}{}", characters.hbar, characters.lbox);
            let end = characters.rbox;
            let place = linked(&panel.place, panel.link.as_deref());
            writeln!(out, "{}{}{}", self.frame.style(corner), self.place.style(place), self.frame.style(end))?;
            if panel.excerpt.numbers.is_empty() {
                continue;
            }
            let mut numbers = panel.excerpt.numbers.iter();
            let mut drawn = first_number(digits);
            while let Some(line) = lines.next_if(|line| !line.starts_with(&closing)) {
                if let Some(rest) = line.strip_prefix(&format!(" {drawn} {}", characters.vbar)) {
                    let number = match numbers.next().copied().flatten() {
                        Some(number) => number.to_string(),
                        None => self.gap.to_owned(),
                    };
                    let number = format!(" {number:>digits$} {}", characters.vbar);
                    writeln!(out, "{}{}", self.frame.style(number), rest.trim_end())?;
                    drawn += 1;
                } else if let Some(rest) = line.strip_prefix(&beside) {
                    writeln!(out, "{}{}", self.frame.style(&beside), rest.trim_end())?;
                }
            }
            lines.next();
        }
        Ok(())
    }

    /// Closes the frame with the remarks.
    fn close(&self, remarks: &[Remark], digits: usize, out: &mut String) -> fmt::Result {
        let characters = &self.characters;
        let indent = " ".repeat(digits + 2);
        if remarks.is_empty() {
            let bottom = format!("{indent}{}{}", characters.lbot, characters.hbar.to_string().repeat(4));
            return writeln!(out, "{}", self.frame.style(bottom));
        }
        for (index, (kind, text)) in remarks.iter().enumerate() {
            let last = index + 1 == remarks.len();
            let corner = if last { characters.lbot } else { characters.lcross };
            let corner = format!("{indent}{corner}{}", characters.hbar);
            let paint = match *kind {
                "help" => self.help,
                "fix" => self.fix,
                _ => self.also,
            };
            write!(out, "{} {}", self.frame.style(corner), paint.style(format!("{kind}:")))?;
            let hang = digits + 5 + kind.len() + 2;
            for (nth, line) in clean::wrap(text, self.width.saturating_sub(hang), 0).iter().enumerate() {
                if nth > 0 {
                    let bar = if last { ' ' } else { characters.vbar };
                    let bar = self.frame.style(format!("{indent}{bar}"));
                    write!(out, "{bar}{}", " ".repeat(hang - digits - 4))?;
                }
                writeln!(out, " {line}")?;
            }
        }
        Ok(())
    }
}

/// `path:line:column`, in code points, as terminals and editors understand it.
fn place(path: &str, source: &Source, span: Span) -> String {
    let position = source.position(span.start, Unit::CodePoints);
    format!("{}:{}:{}", clean::line(path), position.line, position.column)
}

/// The first of the numbers that miette gives to the lines of a panel: the least that has so many digits. There are
/// enough of them, for a panel has less than ninety lines, and less than ten where the greatest number is below ten.
fn first_number(digits: usize) -> usize {
    10_usize.pow(u32::try_from(digits).unwrap_or(1).saturating_sub(1))
}

/// All panels of a finding as one text, of which miette sees one panel at a time.
#[derive(Debug)]
struct Sheet {
    text: String,
    starts: Vec<usize>,
    first_number: usize,
}

impl Sheet {
    fn new(panels: &[Panel], first_number: usize) -> Self {
        let mut sheet = Self { text: String::new(), starts: Vec::new(), first_number };
        for panel in panels {
            sheet.starts.push(sheet.text.len());
            sheet.text.push_str(&panel.excerpt.text);
        }
        sheet
    }
}

impl SourceCode for Sheet {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        _before: usize,
        _after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let index = self.starts.partition_point(|&start| start <= span.offset()).saturating_sub(1);
        let start = self.starts.get(index).copied().unwrap_or(0);
        let end = self.starts.get(index + 1).copied().unwrap_or(self.text.len());
        // Across panels there is nothing to read: so miette frames each on its own.
        if span.offset() + span.len() > end {
            return Err(MietteError::OutOfBounds);
        }
        let text = &self.text[start..end];
        let lines = text.matches('\n').count();
        let whole = SourceSpan::from(start..end);
        Ok(Box::new(MietteSpanContents::new(text.as_bytes(), whole, self.first_number - 1, 0, lines)))
    }
}

/// The frames of a finding as miette wants them, without a message.
#[derive(Debug)]
struct Frames {
    sheet: Sheet,
    labels: Vec<LabeledSpan>,
}

impl fmt::Display for Frames {
    fn fmt(&self, _: &mut fmt::Formatter) -> fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Frames {}

impl Diagnostic for Frames {
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.sheet)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}
