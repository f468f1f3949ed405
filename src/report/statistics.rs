//! How often each rule spoke: for whoever decides where to begin.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Result, Write};

use super::{Report, clean, fixable};
use crate::finding::{Level, Safety};

/// What one rule said.
#[derive(Default)]
struct Count<'a> {
    findings: usize,
    fixable: usize,
    level: Option<Level>,
    articles: BTreeSet<&'a str>,
}

/// Writes a line for each rule, the one with most findings first.
///
/// # Errors
/// If `out` cannot be written.
pub fn render(report: &Report, out: &mut dyn Write) -> Result<()> {
    let mut counts: BTreeMap<&str, Count> = BTreeMap::new();
    for finding in report.findings {
        let count = counts.entry(&finding.rule).or_default();
        count.findings += 1;
        count.fixable += usize::from(fixable(finding, Safety::Safe));
        count.level = count.level.max(Some(finding.level));
        count.articles.insert(&finding.path);
    }
    let mut counts: Vec<(&str, Count)> = counts.into_iter().collect();
    counts.sort_by_key(|(rule, count)| (std::cmp::Reverse(count.findings), *rule));
    let digits = counts.first().map_or(0, |(_, count)| count.findings.to_string().len());
    let width = counts.iter().map(|(rule, _)| clean::width(rule)).max().unwrap_or(0);
    for (rule, count) in &counts {
        let level = count.level.map_or("", Level::as_str);
        let articles = count.articles.len();
        let plural = if articles == 1 { "" } else { "s" };
        let fixable = if count.fixable > 0 { format!(", {} fixable", count.fixable) } else { String::new() };
        let rule = clean::line(rule);
        writeln!(out, "{:>digits$}  {rule:width$}  {level:7}  in {articles} article{plural}{fixable}", count.findings)?;
    }
    Ok(())
}
