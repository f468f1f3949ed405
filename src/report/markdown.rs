//! GitHub-flavoured Markdown, for job summaries and comments on pull requests: the numbers, then each article's findings.
//!
//! Stays below what a comment may hold. Article text in a message is shown, and does nothing: no mention, no link, no HTML.

use std::fmt::Write as _;
use std::io::{Result, Write};

use super::{Report, clean, fixable};
use crate::finding::{Finding, Level, Safety};
use crate::source::Unit;

/// GitHub takes 65,536 characters in a comment; GitLab far more. What comes behind the list needs some room.
const MOST_BYTES: usize = 60_000;

/// More articles than this are folded.
const FOLDED_FROM: usize = 5;

/// Writes the report.
///
/// # Errors
/// If `out` cannot be written to.
pub fn render(report: &Report, out: &mut dyn Write) -> Result<()> {
    let summary = report.summary;
    let counted = |count: usize, one: &str| (count > 0).then(|| plural(count, one));
    let found: Vec<String> =
        [counted(summary.errors, "error"), counted(summary.warnings, "warning"), counted(summary.notes, "note")]
            .into_iter()
            .flatten()
            .collect();
    let found = if found.is_empty() { "nothing to report".to_owned() } else { found.join(", ") };
    writeln!(out, "### copydesk: {found}\n")?;
    write!(out, "Checked {}.", plural(summary.files, "article"))?;
    let risky = report.findings.iter().filter(|finding| fixable(finding, Safety::Unsafe)).count();
    match (summary.fixable, risky) {
        (0, 0) => writeln!(out)?,
        (safe, 0) => writeln!(out, " `copydesk check --fix` mends {safe}.")?,
        (0, risky) => writeln!(out, " `copydesk check --fix --unsafe-fixes` mends {risky}; look at the result.")?,
        (safe, risky) => {
            writeln!(out, " `copydesk check --fix` mends {safe}, `--unsafe-fixes` {risky} more; look at those.")?;
        }
    }
    let folded = report.by_file().count() >= FOLDED_FROM;
    let (mut room, mut left_out) = (MOST_BYTES, 0);
    for (path, findings) in report.by_file() {
        let part = article(report, path, findings, folded);
        if left_out > 0 || part.len() > room {
            left_out += findings.len();
            continue;
        }
        room -= part.len();
        out.write_all(part.as_bytes())?;
    }
    if left_out > 0 {
        writeln!(out, "\n… and {} in articles that do not fit here.", plural(left_out, "finding"))?;
    }
    Ok(())
}

fn article(report: &Report, path: &str, findings: &[Finding], folded: bool) -> String {
    let mut text = String::new();
    let (path, count) = (escape(path), plural(findings.len(), "finding"));
    // Writing to a string cannot fail.
    let _ = match folded {
        true => writeln!(text, "\n<details><summary><b>{path}</b>: {count}</summary>\n"),
        false => writeln!(text, "\n**{path}**\n"),
    };
    text.push_str("| Line | | What | Rule |\n| ---: | --- | --- | --- |\n");
    for finding in findings {
        let (start, _) = report.place(finding, Unit::CodePoints);
        let mark = match finding.level {
            Level::Error => "❌ error",
            Level::Warning => "⚠️ warning",
            Level::Note => "ℹ️ note",
        };
        let (message, rule) = (in_words(&finding.message), escape(&finding.rule));
        let help = finding.help.as_ref().map(|help| format!("<br>{}", in_words(help))).unwrap_or_default();
        let _ = writeln!(text, "| {} | {mark} | {message}{help} | <code>{rule}</code> |", start.line);
    }
    if folded {
        text.push_str("\n</details>\n");
    }
    text
}

/// A message, in which what stands between backticks is code.
fn in_words(message: &str) -> String {
    super::in_words(message, escape)
}

/// Text in which no character means anything to Markdown or HTML.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in clean::line(text).chars() {
        match c {
            // An entity would still be a mention.
            '@' => escaped.push_str("@\u{2060}"),
            '.' | ',' | ';' | '\'' | '"' | '-' | '(' | ')' | '/' | '?' => escaped.push(c),
            c if c.is_ascii_punctuation() => {
                let _ = write!(escaped, "&#{};", u32::from(c));
            }
            c => escaped.push(c),
        }
    }
    // A bare address would become a link.
    escaped.replace("www.", "www&#46;")
}

fn plural(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn article_text_does_nothing() {
        assert_eq!(in_words("`a|b` is <b>"), "<code>a&#124;b</code> is &#60;b&#62;");
        assert_eq!(in_words("odd ` tick"), "odd &#96; tick");
        assert_eq!(
            escape("@all https://x.example www.y.example *é*"),
            "@\u{2060}all https&#58;//x.example www&#46;y.example &#42;é&#42;"
        );
    }
}
