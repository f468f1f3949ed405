//! Which plain texts are saved web pages, and what stands at the top and in the middle of one.
//!
//! A saved page has a line for each paragraph, a headline, and either a date line at the top or the page's furniture:
//! advertising markers, sharing buttons, a list of related articles. An essay, a letter, a log or a README has not.

use aho_corasick::AhoCorasick;

use super::line::Line;
use super::title::Words;
use super::{Dump, related};
use crate::span::Span;

/// How many lines the top of a page takes at most: navigation, headline, summary, names, date.
const TOP: usize = 15;

/// What `lines` are as a saved web page, if they look like one. Below a front matter the headline may be missing.
pub(super) fn recognise(lines: &[Line], has_front_matter: bool) -> Option<Dump> {
    if lines.len() < 3 || is_other_writing(lines) {
        return None;
    }
    let paragraphs = lines.iter().filter(|line| line.is_paragraph()).count();
    if paragraphs < 2 || paragraphs < 3 && lines.iter().map(|line| line.weight).sum::<usize>() < 1000 {
        return None;
    }
    let top = Top::of(lines).or_else(|| Top::undated(lines, has_front_matter))?.checked(lines);
    let related = related::read(lines, top.end);
    if top.date.is_none() {
        let furniture = lines.iter().filter(|line| line.is_chrome()).count();
        if furniture < 2 && related.as_ref().is_none_or(|list| list.entries.len() < 2) {
            return None;
        }
    }
    let body_end = related
        .as_ref()
        .map_or(lines.len(), |list| lines.iter().position(|line| line.span == list.heading).unwrap_or(lines.len()));
    let place = |index: Option<usize>| index.map(|index| lines[index].span);
    Some(Dump {
        title: place(top.title),
        summary: place(top.summary),
        date: top.date,
        pull_quotes: pull_quotes(&lines[top.end.min(body_end)..body_end]),
        related,
    })
}

/// Letters, mails, and texts full of markup.
fn is_other_writing(lines: &[Line]) -> bool {
    const MAIL: [&str; 10] =
        ["from:", "to:", "subject:", "date:", "received:", "return-path:", "message-id:", "x-", "cc:", "reply-to:"];
    const SALUTATIONS: [&str; 22] = [
        "dear ",
        "hi ",
        "hello ",
        "hey ",
        "to whom ",
        "sehr geehrte",
        "liebe ",
        "lieber ",
        "hallo ",
        "cher ",
        "chère ",
        "bonjour ",
        "madame",
        "monsieur",
        "estimad",
        "querid",
        "caro ",
        "cara ",
        "gentile ",
        "beste ",
        "geachte ",
        "szanown",
    ];
    let mail = lines.iter().take(6).filter(|line| {
        let lower = line.text.to_lowercase();
        MAIL.iter().any(|field| lower.starts_with(field))
    });
    let greets = |line: &Line| {
        let lower = line.text.to_lowercase();
        let ends = line.text.ends_with([',', ':', '!']) || line.words() <= 2;
        line.weight <= 60 && ends && SALUTATIONS.iter().any(|word| lower.starts_with(word))
    };
    let markup = lines.iter().filter(|line| line.has_markup()).count();
    mail.count() >= 2 || lines.iter().take(TOP).any(greets) || markup * 3 > lines.len()
}

/// The top of a page: indices of lines, and the date.
struct Top {
    title: Option<usize>,
    summary: Option<usize>,
    date: Option<Span>,
    /// The index of the first line below it.
    end: usize,
}

impl Top {
    /// The top of a page that has a date line there.
    fn of(lines: &[Line]) -> Option<Self> {
        let (at, date) =
            lines.iter().take(TOP).enumerate().find_map(|(at, line)| line.date().map(|date| (at, date)))?;
        // A date below the first paragraphs is about something else; the summary may be long.
        if lines[..at].iter().filter(|line| line.is_paragraph()).count() > 1 {
            return None;
        }
        let above = Self::headline(&lines[..at]);
        let (title, summary) = above.or_else(|| {
            // The date may stand above the headline.
            let title = (at + 1..lines.len().min(TOP)).take_while(|&index| !lines[index].is_paragraph());
            title.into_iter().find(|&index| lines[index].is_headline()).map(|index| (index, None))
        })?;
        let end = at.max(title).max(summary.unwrap_or(0)) + 1;
        Some(Self { title: Some(title), summary, date: Some(date), end })
    }

    /// The top of a page without a date. Below a front matter nothing at all need be left of it.
    fn undated(lines: &[Line], has_front_matter: bool) -> Option<Self> {
        if has_front_matter {
            return Some(Self { title: None, summary: None, date: None, end: 0 });
        }
        let title = lines.first().is_some_and(Line::is_headline).then_some(0)?;
        // Only a sentence that is set apart from the paragraphs by the page's furniture is a summary for certain.
        let summary = (lines[1].ends_sentence() && lines[2].is_chrome()).then_some(1);
        Some(Self { title: Some(title), summary, date: None, end: summary.unwrap_or(title) + 1 })
    }

    /// The same with the headline that the text itself speaks for.
    fn checked(mut self, lines: &[Line]) -> Self {
        let Some(found) = self.title else { return self };
        // Not far below the date.
        let end = self.end + 2;
        let paragraph = lines.iter().position(Line::is_paragraph).unwrap_or(lines.len()).min(end);
        let title = Words::of(&lines[found + 1..]).headline(lines, found, paragraph.max(found + 1).min(TOP));
        // Right above its date, with at most a summary between, it is a headline whatever the text says.
        let date = self.date.and_then(|date| lines.iter().position(|line| line.span.contains(date)));
        let last = self.summary.unwrap_or(found).max(found);
        if title.is_none() && date == Some(last + 1) {
            return self;
        }
        if title != self.title {
            let below = title.map(|title| title + 1).filter(|&below| below < paragraph);
            self.summary = below.filter(|&below| lines[below].ends_sentence() && lines[below].words() >= 8);
            self.title = title;
        }
        self
    }

    /// The headline and the summary among the lines above the date: the last one that could be a headline, unless it is a
    /// sentence that says more about the line before it.
    fn headline(above: &[Line]) -> Option<(usize, Option<usize>)> {
        let skipped = |line: &Line| line.is_byline() || line.is_chrome() || line.weight < 12;
        let mut backwards = (0..above.len()).rev().filter(|&index| !skipped(&above[index]));
        let mut last = backwards.next()?;
        // A row of names under the headline: "Jane Doe and John Roe Example Daily".
        if above[last].is_all_names()
            && last.checked_sub(1).is_some_and(|before| {
                above[before].is_headline()
                    && !above[before].is_all_names()
                    && above[before].weight > above[last].weight
            })
        {
            last = backwards.next()?;
        }
        let tells = above[last].ends_sentence() || above[last].weight >= 90;
        if tells
            && let Some(before) = backwards.next()
            && before + 1 == last
            && above[before].is_headline()
            && above[before].weight < above[last].weight
        {
            return Some((before, Some(last)));
        }
        if above[last].is_headline() {
            return Some((last, None));
        }
        (0..last).rev().find(|&index| above[index].is_headline()).map(|index| (index, None))
    }
}

/// Paragraphs beside a pull quote are at least this long, and the quote at most this.
const BESIDE_QUOTE: usize = 300;
const LONGEST_QUOTE: usize = 200;

/// The pull quotes of a body: one sentence alone between two long paragraphs, or one that a paragraph says too.
fn pull_quotes(body: &[Line]) -> Vec<Span> {
    let lines: Vec<&Line> = body.iter().filter(|line| !line.is_chrome()).collect();
    let long = |index: Option<usize>| {
        let line = index.and_then(|index| lines.get(index));
        line.is_some_and(|line| line.is_paragraph() && line.weight >= BESIDE_QUOTE)
    };
    let apart = |index: usize| {
        let line = lines[index];
        could_be_quote(line)
            && line.ends_sentence()
            && is_one_sentence(line.text)
            && long(index.checked_sub(1))
            && long(Some(index + 1))
    };
    let repeated = repeated(&lines);
    // A single short paragraph is just that; where they keep coming, they are pull quotes.
    let many = (0..lines.len()).filter(|&index| apart(index)).count() >= 2;
    let is_quote = |index: &usize| many && apart(*index) || repeated[*index];
    (0..lines.len()).filter(is_quote).map(|index| lines[index].span).collect()
}

/// For each line whether a longer paragraph says it too. One pass, however many lines there are.
fn repeated(lines: &[&Line]) -> Vec<bool> {
    let mut found = vec![false; lines.len()];
    let candidates: Vec<usize> = (0..lines.len()).filter(|&index| could_be_quote(lines[index])).collect();
    let bare = |index: &usize| lines[*index].text.trim_matches(|c: char| "\"'“”‘’«»".contains(c));
    // Building it fails only when the lines are too many to be a page's.
    let Ok(phrases) = AhoCorasick::new(candidates.iter().map(bare)) else { return found };
    for paragraph in lines.iter().filter(|line| line.is_paragraph()) {
        for hit in phrases.find_overlapping_iter(paragraph.text) {
            let index = candidates[hit.pattern().as_usize()];
            found[index] |= paragraph.weight > 2 * lines[index].weight;
        }
    }
    found
}

fn could_be_quote(line: &Line) -> bool {
    let ideographs = line.weight > line.text.chars().count();
    (30..=LONGEST_QUOTE).contains(&line.weight) && (line.words() >= 5 || ideographs) && !line.text.ends_with('?')
}

/// Whether no sentence ends before the end, and nothing is quoted in it.
fn is_one_sentence(text: &str) -> bool {
    !["“", "\"", "”", ": "].iter().any(|mark| text.contains(mark))
        && !text.char_indices().any(|(at, c)| matches!(c, '.' | '!' | '?') && text[at + 1..].starts_with(' '))
}
