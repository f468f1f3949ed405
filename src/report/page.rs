//! A rule's page, from Markdown to a terminal: what a reader sees, without the marks.

use std::io::{self, Write};

use owo_colors::Style as Paint;
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use super::clean;
use super::pretty::Style;

/// Lines longer than this are hard to read, however wide the terminal is.
const WIDEST: usize = 100;

/// Writes `page`, which is Markdown.
///
/// # Errors
/// If `out` cannot be written.
pub fn render(page: &str, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let mut setter = Setter::new(style);
    for event in Parser::new(page) {
        setter.take(event);
    }
    out.write_all(setter.text.trim_start_matches('\n').as_bytes())
}

/// Sets the page block by block.
struct Setter {
    width: usize,
    color: bool,
    bullet: &'static str,
    text: String,
    /// The words of the block at hand, each with whether a space stands before it.
    words: Vec<(bool, String, Paint)>,
    space: bool,
    paint: Vec<Paint>,
    /// How far lists have indented, and the mark that the next line begins with.
    indent: usize,
    mark: Option<String>,
    numbers: Vec<Option<u64>>,
    code: bool,
    heading: bool,
}

impl Setter {
    fn new(style: &Style) -> Self {
        Self {
            width: style.width.min(WIDEST),
            color: style.color,
            bullet: if style.unicode { "• " } else { "- " },
            text: String::new(),
            words: Vec::new(),
            space: false,
            paint: vec![Paint::new()],
            indent: 0,
            mark: None,
            numbers: Vec::new(),
            code: false,
            heading: false,
        }
    }

    fn take(&mut self, event: Event) {
        let now = self.paint.last().copied().unwrap_or_default();
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                self.heading = true;
                self.gap();
                let paint = Paint::new().bold();
                self.paint.push(if level as u8 == 2 { paint.underline() } else { paint });
            }
            Event::Start(Tag::Paragraph) if self.mark.is_none() && self.indent == 0 => self.gap(),
            Event::Start(Tag::Strong) => self.paint.push(now.bold()),
            Event::Start(Tag::Emphasis) => self.paint.push(now.italic()),
            Event::Start(Tag::Link { .. }) => self.paint.push(now.underline()),
            Event::End(TagEnd::Strong | TagEnd::Emphasis | TagEnd::Link) => drop(self.paint.pop()),
            Event::End(TagEnd::Heading(_)) => {
                self.end_block();
                self.paint.pop();
                self.heading = false;
            }
            Event::End(TagEnd::Paragraph) => self.end_block(),
            Event::Start(Tag::List(first)) => {
                self.end_block();
                if self.numbers.is_empty() {
                    self.gap();
                }
                self.numbers.push(first);
            }
            Event::End(TagEnd::List(_)) => drop(self.numbers.pop()),
            Event::Start(Tag::Item) => {
                let mark = match self.numbers.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}. ", *number - 1)
                    }
                    _ => self.bullet.to_owned(),
                };
                self.indent += clean::width(&mark);
                self.mark = Some(mark);
            }
            Event::End(TagEnd::Item) => {
                self.end_block();
                self.indent = self.indent.saturating_sub(2);
                if self.numbers.len() == 1 {
                    self.indent = 0;
                }
            }
            Event::Start(Tag::CodeBlock(kind)) => {
                self.end_block();
                self.gap();
                self.code = true;
                let CodeBlockKind::Fenced(info) = kind else { return };
                // `md posts/a.md fixed`: a file of an example.
                if let Some((_, path)) = info.split_once(' ') {
                    let fixed = path.strip_suffix(" fixed");
                    let caption = fixed.map_or_else(|| path.to_owned(), |path| format!("{path}, after all fixes"));
                    let caption = self.painted(&caption, Paint::new().dimmed());
                    self.text.push_str(&format!("  {caption}\n"));
                }
            }
            Event::End(TagEnd::CodeBlock) => self.code = false,
            Event::Text(text) if self.code => {
                for line in text.lines() {
                    let line = self.painted(&clean::line(line), Paint::new().cyan());
                    self.text.push_str(format!("    {line}").trim_end());
                    self.text.push('\n');
                }
            }
            Event::Text(text) => self.add(&text, now),
            Event::Code(text) => {
                // A reader of plain text needs to see where it begins.
                let text = if self.color || self.heading { text.to_string() } else { format!("`{text}`") };
                self.add_whole(&text, if self.heading { now } else { now.cyan() });
            }
            Event::SoftBreak | Event::HardBreak => self.space = true,
            _ => {}
        }
    }

    fn add(&mut self, text: &str, paint: Paint) {
        self.space |= text.starts_with(char::is_whitespace);
        for word in text.split_whitespace() {
            let space = std::mem::replace(&mut self.space, true);
            self.words.push((space, clean::line(word).into_owned(), paint));
        }
        self.space = text.ends_with(char::is_whitespace);
    }

    /// Adds code, which is broken only where it has spaces.
    fn add_whole(&mut self, text: &str, paint: Paint) {
        self.add(text, paint);
    }

    fn painted(&self, text: &str, paint: Paint) -> String {
        if self.color { paint.style(text).to_string() } else { text.to_owned() }
    }

    /// One empty line, unless there is one.
    fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// Sets the words at hand in lines.
    fn end_block(&mut self) {
        if self.words.is_empty() {
            return;
        }
        let mark = self.mark.take().unwrap_or_default();
        let mut used = self.indent;
        self.text.push_str(&" ".repeat(self.indent.saturating_sub(clean::width(&mark))));
        self.text.push_str(&mark);
        let words = std::mem::take(&mut self.words);
        let mut at = 0;
        while at < words.len() {
            // What no space parts stays together.
            let end = words[at + 1..].iter().position(|(space, ..)| *space).map_or(words.len(), |found| at + 1 + found);
            let width: usize = words[at..end].iter().map(|(_, word, _)| clean::width(word)).sum();
            let first = used == self.indent;
            if !first && used + 1 + width > self.width {
                self.text.push('\n');
                self.text.push_str(&" ".repeat(self.indent));
                used = self.indent;
            } else if !first {
                self.text.push(' ');
                used += 1;
            }
            for (_, word, paint) in &words[at..end] {
                let word = self.painted(word, *paint);
                self.text.push_str(&word);
            }
            used += width;
            at = end;
        }
        self.text.push('\n');
        self.space = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rendered(page: &str, width: usize, color: bool) -> String {
        let mut out = Vec::new();
        render(page, &Style { color, width, unicode: true }, &mut out).expect("memory takes everything");
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn a_page_is_set_in_lines() {
        let page = "# date/format\n\nDates in `another form`, **not** this\none.\n\n- `fields` (list): keys\n  that hold dates\n- two\n\n~~~md posts/a.md fixed\n---\ntitle: é\n\nx\n~~~\n";
        insta::assert_snapshot!(rendered(page, 30, false), @r"
        date/format

        Dates in `another form`, not
        this one.

        • `fields` (list): keys that
          hold dates
        • two

          posts/a.md, after all fixes
            ---
            title: é

            x
        ");
        assert!(rendered(page, 30, true).contains("\u{1B}[36manother\u{1B}[0m \u{1B}[36mform\u{1B}[0m,"));
    }

    #[test]
    fn every_page_fits() {
        for rule in crate::rules::RULES {
            let text = rendered(rule.meta.page, 80, false);
            let prose = text.lines().filter(|line| !line.starts_with("    "));
            for line in prose.filter(|line| line.contains(' ')) {
                let longest = line.split(' ').map(clean::width).max().unwrap_or(0);
                assert!(clean::width(line) <= 80 || longest > 60, "{}: {line}", rule.meta.id);
            }
            assert!(text.contains("\nWhy\n"), "{}: {text}", rule.meta.id);
        }
    }
}
