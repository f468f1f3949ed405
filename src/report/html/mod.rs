//! One self-contained page for people who would rather look than read: findings by article with the text around them,
//! filters by level, rule, section and author, totals and a chart. Loads nothing, and works without scripts, unfiltered.

mod context;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Result, Write};

use super::xml::Text;
use super::{Report, page};
use crate::document::Document;
use crate::document::front_matter::Value;
use crate::finding::{Finding, Level, Safety};
use crate::rule::Page;
use crate::source::{OUR_PAGE, Unit};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

const LEVELS: [Level; 3] = [Level::Error, Level::Warning, Level::Note];

/// The keys under which front matter names authors.
const AUTHOR_KEYS: [&str; 2] = ["authors", "author"];

/// An article with findings, and what it can be picked by.
struct Item<'a> {
    path: &'a str,
    title: Option<String>,
    /// The folder that it stands in, or that the folder stands in which is its own; empty at the root.
    section: &'a str,
    authors: Vec<String>,
    findings: &'a [Finding],
}

/// Writes the page.
///
/// # Errors
/// If `out` cannot be written to.
pub fn render(report: &Report, pages: &[Page], out: &mut dyn Write) -> Result<()> {
    let items: Vec<Item> = report.by_file().map(|(path, findings)| item(report, path, findings)).collect();
    writeln!(out, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n{OUR_PAGE}")?;
    writeln!(out, "<meta name=\"viewport\" content=\"width=device-width\">")?;
    // Whatever an article says, this page loads nothing and sends nothing.
    let policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'";
    writeln!(out, "<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">")?;
    writeln!(out, "<title>copydesk report</title>\n<style>\n{STYLE}</style>\n</head>\n<body>")?;
    header(report, out)?;
    writeln!(out, "<main>")?;
    if items.is_empty() {
        writeln!(out, "<p>Nothing to report.</p>\n</main>\n</body>\n</html>")?;
        return Ok(());
    }
    chart(report, pages, out)?;
    filters(report, &items, out)?;
    for item in &items {
        article(report, item, out)?;
    }
    writeln!(out, "</main>\n<script>\n{SCRIPT}</script>\n</body>\n</html>")
}

fn item<'a>(report: &Report, path: &'a str, findings: &'a [Finding]) -> Item<'a> {
    let (mut section, name) = path.rsplit_once('/').unwrap_or(("", path));
    if name.starts_with("index.") {
        section = folder_of(section);
    }
    let mut item = Item { path, title: None, section, authors: Vec::new(), findings };
    let Some(source) = report.sources.get(path) else { return item };
    if let Some(front) = Document::parse(source).front_matter {
        item.title = front.map.get("title").and_then(Value::as_text).map(str::to_owned);
        let named = AUTHOR_KEYS.iter().find_map(|key| front.map.get(key));
        item.authors = named.map(names).unwrap_or_default();
    }
    item
}

fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The folders that some articles stand in and others do not, at any depth.
fn sections<'a>(items: &[Item<'a>]) -> BTreeSet<&'a str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for item in items {
        let folders = std::iter::successors(Some(item.section), |folder| Some(folder_of(folder)));
        for folder in folders.take_while(|folder| !folder.is_empty()) {
            *counts.entry(folder).or_default() += 1;
        }
    }
    counts.into_iter().filter(|(_, count)| *count < items.len()).map(|(folder, _)| folder).collect()
}

/// The names in a value: a text, a list, a map with a `name`.
fn names(value: &Value) -> Vec<String> {
    match (value.as_text(), value.as_list(), value.as_map()) {
        (Some(name), ..) => vec![name.trim().to_owned()],
        (_, Some(list), _) => list.iter().flat_map(names).collect(),
        (.., Some(map)) => map.get("name").map(names).unwrap_or_default(),
        _ => Vec::new(),
    }
}

fn header(report: &Report, out: &mut dyn Write) -> Result<()> {
    let summary = report.summary;
    writeln!(out, "<header>\n<h1>copydesk report</h1>\n<ul class=\"totals\">")?;
    let numbers = [
        ("", summary.files, "articles checked"),
        ("error", summary.errors, "errors"),
        ("warning", summary.warnings, "warnings"),
        ("note", summary.notes, "notes"),
        ("", summary.fixable, "mended by --fix"),
    ];
    for (class, number, what) in numbers {
        writeln!(out, "<li class=\"{class}\"><b>{number}</b>{what}</li>")?;
    }
    writeln!(out, "</ul>\n</header>")
}

/// A bar for each rule, the most frequent first; a click shows only that rule.
fn chart(report: &Report, pages: &[Page], out: &mut dyn Write) -> Result<()> {
    let mut counts: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for finding in report.findings {
        let at = LEVELS.iter().position(|level| *level == finding.level).unwrap_or(0);
        counts.entry(&finding.rule).or_default()[at] += 1;
    }
    let total = |levels: &[usize; 3]| levels.iter().sum::<usize>();
    let most = counts.values().map(total).max().unwrap_or(1);
    let mut rows: Vec<_> = counts.iter().collect();
    rows.sort_by_key(|(_, levels)| std::cmp::Reverse(total(levels)));
    writeln!(out, "<div class=\"chart\" role=\"group\" aria-label=\"findings by rule\">")?;
    for (rule, levels) in rows {
        let summary = page(pages, rule).map(Page::summary).unwrap_or_default();
        let (shown, hint) = (Text(rule), Text(&summary));
        write!(
            out,
            "<button type=\"button\" data-rule=\"{shown}\" title=\"{hint}\"><span>{shown}</span><span class=\"bar\">"
        )?;
        for (level, count) in LEVELS.iter().zip(levels).filter(|(_, count)| **count > 0) {
            // Per mille of the longest bar.
            let width = (count * 1000).div_ceil(most);
            write!(out, "<i class=\"{}\" style=\"width:{}.{}%\"></i>", level.as_str(), width / 10, width % 10)?;
        }
        writeln!(out, "</span><span class=\"count\">{}</span></button>", total(levels))?;
    }
    writeln!(out, "</div>")
}

fn filters(report: &Report, items: &[Item], out: &mut dyn Write) -> Result<()> {
    // Of no use without scripts, hence hidden until they run.
    writeln!(out, "<form hidden>")?;
    for level in LEVELS {
        let name = level.as_str();
        writeln!(
            out,
            "<label class=\"{name}\"><input type=\"checkbox\" name=\"level\" value=\"{name}\" checked> {name}s</label>"
        )?;
    }
    let rules = report.findings.iter().map(|finding| &*finding.rule).collect();
    select(out, "rule", "all rules", &rules)?;
    select(out, "section", "all sections", &sections(items))?;
    select(out, "author", "all authors", &items.iter().flat_map(|item| &item.authors).map(String::as_str).collect())?;
    writeln!(out, "<input type=\"search\" name=\"words\" placeholder=\"words\" aria-label=\"words\">")?;
    writeln!(
        out,
        "<button type=\"reset\">Show all</button> <span class=\"soft\" id=\"shown\" role=\"status\"></span>\n</form>"
    )
}

fn select(out: &mut dyn Write, name: &str, all: &str, values: &BTreeSet<&str>) -> Result<()> {
    // One value is no choice; the script asks for the field all the same.
    let hidden = if values.iter().filter(|value| !value.is_empty()).count() < 2 { " hidden" } else { "" };
    write!(out, "<select name=\"{name}\" aria-label=\"{name}\"{hidden}><option value=\"\">{all}</option>")?;
    for value in values.iter().filter(|value| !value.is_empty()) {
        write!(out, "<option>{}</option>", Text(value))?;
    }
    writeln!(out, "</select>")
}

fn article(report: &Report, item: &Item, out: &mut dyn Write) -> Result<()> {
    let name = item.title.as_deref().unwrap_or(item.path);
    let (shown, path) = (Text(name), Text(item.path));
    // One name a line, which a name cannot hold: `Text` has no line ends.
    let authors: Vec<String> = item.authors.iter().map(|author| Text(author).to_string()).collect();
    writeln!(
        out,
        "<article data-section=\"{}\" data-authors=\"{}\" data-name=\"{shown} {path}\">\n<h2>{shown}</h2>",
        Text(item.section),
        authors.join("&#10;"),
    )?;
    let by = if authors.is_empty() { String::new() } else { format!(" · {}", authors.join(", ")) };
    writeln!(out, "<div class=\"path\">{path}{by}</div>")?;
    for finding in item.findings {
        let (level, rule) = (finding.level.as_str(), Text(&finding.rule));
        let (start, _) = report.place(finding, Unit::CodePoints);
        writeln!(out, "<div class=\"finding\" data-level=\"{level}\" data-rule=\"{rule}\">")?;
        writeln!(
            out,
            "<p><b class=\"{level}\">{level}</b> {} <span class=\"soft\">{rule} · line {}</span></p>",
            in_words(&finding.message),
            start.line
        )?;
        if let Some(help) = &finding.help {
            writeln!(out, "<p class=\"help soft\">{}</p>", in_words(help))?;
        }
        if let Some(fix) = finding.fixes.first() {
            let flag = if fix.safety == Safety::Safe { "--fix" } else { "--fix --unsafe-fixes" };
            writeln!(out, "<p class=\"help soft\"><code>{flag}</code> can {}</p>", in_words(&fix.title))?;
        }
        if let Some(source) = report.sources.get(&finding.path) {
            context::write(source, finding.span, out)?;
        }
        for label in &finding.labels {
            let path = label.path.as_ref().unwrap_or(&finding.path);
            let line = report.range(path, label.span, Unit::CodePoints).map_or(1, |(start, _)| start.line);
            writeln!(out, "<p class=\"soft\">{}, line {line}: {}</p>", Text(path), in_words(&label.message))?;
        }
        writeln!(out, "</div>")?;
    }
    writeln!(out, "</article>")
}

/// A message, in which what stands between backticks is code.
fn in_words(message: &str) -> String {
    super::in_words(message, |text| Text(text).to_string())
}
