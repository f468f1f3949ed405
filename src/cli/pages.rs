//! `explain` and `rules`: what the rules say of themselves.

use std::io::{self, Write};

use super::{Exit, complain};
use crate::config::{INVALID, UNUSED, closest_rule};
use crate::finding::{Level, Safety};
use crate::pattern::Scanner;
use crate::rule::Page;
use crate::rules::RULES;

/// The pages of all rules, by id; `scanner` knows those that are made of patterns.
pub(super) fn pages(scanner: &Scanner) -> Vec<Page> {
    let patterns = scanner.rules().iter().map(|rule| Page {
        id: rule.id.clone(),
        level: rule.level,
        fix: rule.fix,
        text: rule.page.clone(),
    });
    let own = [INVALID, UNUSED];
    let mut pages: Vec<Page> = RULES.iter().map(|rule| Page::from(&rule.meta)).chain(patterns).collect();
    pages.extend(own.iter().filter(|meta| !RULES.iter().any(|rule| rule.meta.id == meta.id)).map(Page::from));
    pages.sort_by(|a, b| a.id.cmp(&b.id));
    pages
}

/// Prints the page of a rule.
pub(super) fn explain(rule: &str) -> io::Result<Exit> {
    let pages = pages(&Scanner::embedded());
    let Some(page) = pages.iter().find(|page| page.id == rule) else {
        let meant = closest_rule(rule, pages.iter().map(|page| page.id.as_str()));
        let help = meant.map_or("`copydesk rules` lists all rules".into(), |meant| format!("did you mean `{meant}`?"));
        complain(&format!("there is no rule `{rule}`: {help}"));
        return Ok(Exit::Failed);
    };
    writeln!(io::stdout(), "{}", page.text.trim_end())?;
    Ok(Exit::Clean)
}

/// Prints a table of all rules.
pub(super) fn rules() -> io::Result<Exit> {
    let pages = pages(&Scanner::embedded());
    let width = pages.iter().map(|page| page.id.len()).max().unwrap_or(0);
    let mut out = io::stdout().lock();
    for page in &pages {
        let level = page.level.map_or("off", Level::as_str);
        let fix = match page.fix {
            Some(Safety::Safe) => "fix",
            Some(Safety::Unsafe) => "unsafe fix",
            None => "",
        };
        writeln!(out, "{}", format!("{:width$}  {level:7}  {fix}", page.id).trim_end())?;
    }
    Ok(Exit::Clean)
}
