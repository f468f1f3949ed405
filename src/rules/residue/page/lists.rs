//! Lists of other articles in the text of a page.

use super::headings::{self, Heading};
use super::{Page, is_label, is_title};
use crate::document::{Document, Line};
use crate::span::Span;

/// A list of other articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct List {
    /// Its heading; `None` for a list without one.
    pub heading: Option<Span>,
    /// All of it, from the heading to the last line.
    pub span: Span,
    /// How many titles and teasers it has.
    pub entries: usize,
}

/// A teaser is no longer than this.
const LONGEST_TEASER: usize = 450;

/// The lists in `page`, in order. What `document` knows as its list of related articles is one of them.
pub fn lists(document: &Document, page: &Page) -> Vec<List> {
    let known = document.dump.as_ref().and_then(|dump| dump.related.as_ref());
    let mut lists = Vec::new();
    let mut index = 0;
    while let Some(line) = page.lines.get(index) {
        if let Some(related) = known.filter(|related| related.heading == line.span) {
            // A heading that reads like a button is left to the phrases for it.
            let known = headings::of(&line.simplified()).is_some();
            let first = related.entries.first().filter(|_| !known).map_or(line.span, |first| first.span);
            let span = related.entries.last().map_or(first, |last| first.to(last.span));
            lists.push(List { heading: Some(line.span), span, entries: related.entries.len() });
            index = page.lines.partition_point(|line| line.span.start < span.end);
            continue;
        }
        let Some(heading) = (line.weight <= 60).then(|| headings::of(&line.simplified())).flatten() else {
            index += 1;
            continue;
        };
        let (end, entries) = if index < page.first { (index + 1, 0) } else { extent(page, index) };
        let follows = entries > 0 || index + 1 == page.lines.len() || index >= page.end;
        let counts = match heading {
            // Above the text there is no part of the article to be headed.
            Heading::Sure => follows || index < page.first,
            Heading::Likely => entries >= 2 || entries == 1 && index >= page.end,
        };
        if counts {
            let span = line.span.to(page.lines[end - 1].span);
            lists.push(List { heading: Some(line.span), span, entries });
        }
        index = end;
    }
    if lists.iter().all(|list| list.span.end <= page.lines[page.end - 1].span.end) {
        lists.extend(dated(page));
    }
    lists
}

/// As many titles with a date below the text are a list of other articles, whatever stands above them.
const DATED: usize = 2;

/// The list without a heading below the text: titles, each with a date line under it.
fn dated(page: &Page) -> Option<List> {
    let below = &page.lines[page.end..];
    let is_date = |line: &Line| line.date().is_some_and(|date| line.weight <= date.len() + 24) && !is_entry(line);
    let titled = |&at: &usize| (1..=2).filter_map(|up| at.checked_sub(up)).filter(|&up| is_entry(&below[up])).max();
    let dates: Vec<usize> = (0..below.len()).filter(|&at| is_date(&below[at]) && titled(&at).is_some()).collect();
    let (first, last) = (dates.first().and_then(titled)?, dates.last()?);
    // Above the title of one may stand another line of it.
    (dates.len() >= DATED).then(|| List {
        heading: None,
        span: below[first].span.to(below[*last].span),
        entries: dates.len(),
    })
}

/// Where the list ends that line `index` heads (the index behind its last line), and how many entries it has.
fn extent(page: &Page, index: usize) -> (usize, usize) {
    let tail = index >= page.end;
    let (mut end, mut entries) = (index + 1, 0);
    let mut after_title = false;
    for (at, line) in page.lines.iter().enumerate().skip(index + 1) {
        if line.is_chrome() || line.is_foot() || headings::of(&line.simplified()) == Some(Heading::Sure) {
            break;
        }
        let number = line.text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        if is_entry(line) && (tail || line.words() >= 5) {
            (end, entries, after_title) = (at + 1, entries + 1, true);
        } else if tail && (number || line.date().is_some() && line.weight <= 40) {
            // A number after the last entry belongs to one that was lost.
            end = if number { end } else { at + 1 };
        } else if tail && after_title && line.ends_sentence() && line.weight <= LONGEST_TEASER {
            (end, after_title) = (at + 1, false);
        } else if !(tail && is_label(line)) {
            break;
        }
    }
    (end, entries)
}

fn is_entry(line: &Line) -> bool {
    is_title(line) && line.date().is_none_or(|date| date.len() * 2 < line.text.len()) && !line.is_byline()
}
