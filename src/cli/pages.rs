//! `explain` and `rules`: what the rules say of themselves.

use std::io::{self, IsTerminal, Write};

use serde_json::json;

use super::args::Color;
use super::nearest::Nearest;
use super::{Exit, complain, terminal};
use crate::config::{INVALID, UNUSED, closest_rule};
use crate::finding::{Level, Safety};
use crate::pattern::Scanner;
use crate::report::{clean, page};
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

/// Prints the page of a rule: set for a terminal, else as Markdown.
///
/// # Errors
/// If it cannot be printed.
pub(super) fn explain(rule: &str, color: Color) -> io::Result<Exit> {
    let nearest = Nearest::read()?;
    let pages = pages(&nearest.scanner);
    let Some(page) = pages.iter().find(|page| page.id == rule) else {
        let meant = closest_rule(rule, pages.iter().map(|page| page.id.as_str()));
        let group: Vec<&str> = pages.iter().map(|page| page.id.as_str()).filter(|id| in_group(id, rule)).collect();
        let help = match meant {
            _ if !group.is_empty() => format!("the rules of this group are {}", group.join(", ")),
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "`copydesk rules` lists all rules".to_owned(),
        };
        complain(&format!("there is no rule `{rule}`: {help}"));
        return Ok(Exit::Failed);
    };
    let style = terminal::style(color, io::stdout().is_terminal());
    let mut out = io::stdout().lock();
    if io::stdout().is_terminal() || style.color {
        let default = page.level.map_or("off unless configured", Level::as_str);
        let level = match nearest.level(&page.id, page.level) {
            here if here == page.level => default.to_owned(),
            here => format!("{} here, {default} by default", word(here)),
        };
        let fix = fix(page.fix).map(|fix| format!(" · {fix}")).unwrap_or_default();
        page::render(&page.text, &style, &mut out)?;
        writeln!(out, "\nlevel: {level}{fix}")?;
    } else {
        writeln!(out, "{}", page.text.trim_end())?;
    }
    Ok(Exit::Clean)
}

/// Where the page of the rule `id` can be read; `None` for rules of other people, and as long as the package names no
/// repository.
pub(super) fn address(id: &str) -> Option<String> {
    let repository = env!("CARGO_PKG_REPOSITORY").trim_end_matches('/');
    let ours = || {
        let metas = RULES.iter().map(|rule| rule.meta.id).chain([INVALID.id, UNUSED.id]);
        metas.into_iter().any(|known| known == id) || Scanner::comes_with(id)
    };
    (!repository.is_empty() && ours())
        .then(|| format!("{repository}/blob/v{}/rules/{id}.md", env!("CARGO_PKG_VERSION")))
}

fn word(level: Option<Level>) -> &'static str {
    level.map_or("off", Level::as_str)
}

fn in_group(id: &str, group: &str) -> bool {
    id.split_once('/').is_some_and(|(own, _)| own == group)
}

fn fix(fix: Option<Safety>) -> Option<&'static str> {
    fix.map(|safety| match safety {
        Safety::Safe => "fix",
        Safety::Unsafe => "unsafe fix",
    })
}

/// Prints a table of all rules, or of those in `group`, with the levels that the nearest configuration gives them.
///
/// # Errors
/// If it cannot be printed.
pub(super) fn rules(group: Option<&str>, as_json: bool, color: Color) -> io::Result<Exit> {
    let nearest = Nearest::read()?;
    if let Some(trouble) = &nearest.trouble {
        complain(trouble);
    }
    let mut pages = pages(&nearest.scanner);
    if let Some(group) = group {
        let groups: Vec<String> = pages.iter().filter_map(|page| Some(page.id.split_once('/')?.0.to_owned())).collect();
        pages.retain(|page| in_group(&page.id, group));
        if pages.is_empty() {
            let mut groups = groups;
            groups.dedup();
            complain(&format!("there is no group `{group}`: there are {}", groups.join(", ")));
            return Ok(Exit::Failed);
        }
    }
    let mut out = io::BufWriter::new(io::stdout().lock());
    if as_json {
        let rules: Vec<_> = pages
            .iter()
            .map(|page| {
                json!({
                    "id": page.id,
                    "level": word(nearest.level(&page.id, page.level)),
                    "default": word(page.level),
                    "fix": page.fix.map(|safety| match safety { Safety::Safe => "safe", Safety::Unsafe => "unsafe" }),
                    "summary": page.summary(),
                })
            })
            .collect();
        writeln!(out, "{}", serde_json::to_string_pretty(&rules)?)?;
        out.flush()?;
        return Ok(Exit::Clean);
    }
    let width = pages.iter().map(|page| page.id.len()).max().unwrap_or(0);
    let terminal = io::stdout().is_terminal();
    let style = terminal::style(color, terminal);
    for page in &pages {
        let level = nearest.level(&page.id, page.level);
        let padded = format!("{:7}", word(level));
        let level = match level {
            _ if !style.color => padded,
            Some(Level::Error) => owo_colors::Style::new().red().style(padded).to_string(),
            Some(Level::Warning) => owo_colors::Style::new().yellow().style(padded).to_string(),
            Some(Level::Note) => owo_colors::Style::new().blue().style(padded).to_string(),
            None => owo_colors::Style::new().dimmed().style(padded).to_string(),
        };
        let line = format!("{:width$}  {level}  {:10}", page.id, fix(page.fix).unwrap_or_default());
        // On a terminal a row is a line.
        let room = if terminal { style.width.saturating_sub(width + 23) } else { usize::MAX };
        writeln!(out, "{}", format!("{line}  {}", cropped(&page.summary(), room)).trim_end())?;
    }
    out.flush()?;
    Ok(Exit::Clean)
}

/// As much of `text` as there is room for.
fn cropped(text: &str, room: usize) -> String {
    if clean::width(text) <= room {
        return text.to_owned();
    }
    if room < 12 {
        return String::new();
    }
    let mut cropped = String::new();
    for word in text.split(' ') {
        if clean::width(&cropped) + clean::width(word) + 2 > room {
            break;
        }
        cropped.push_str(word);
        cropped.push(' ');
    }
    format!("{}…", cropped.trim_end())
}
