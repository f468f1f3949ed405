//! Sends the report where it is wanted, and tells the numbers.

use std::io::{self, BufWriter, IsTerminal, Write};

use super::args::{Check, Selection};
use super::format::{Format, Output};
use super::run::Run;
use super::work::Aside;
use super::{complain, terminal, write};
use crate::finding::Safety;
use crate::report::link::{Links, file_url};
use crate::report::{self, Report};

/// Where reports go: what was asked for, or one that suits standard output.
pub(super) fn outputs(args: &Check) -> Result<Vec<Output>, String> {
    if args.format.is_empty() {
        let format = if io::stdout().is_terminal() { Format::Pretty } else { Format::Concise };
        return Ok(vec![Output { format, file: None }]);
    }
    if args.format.iter().filter(|output| output.file.is_none()).count() > 1 {
        return Err("only one format can go to standard output; give the others a file: `--format json=FILE`".into());
    }
    for (at, output) in args.format.iter().enumerate() {
        if let Some(file) = &output.file
            && args.format[..at].iter().any(|earlier| earlier.file.as_ref() == Some(file))
        {
            return Err(format!("two formats cannot go to the same file, `{}`", file.display()));
        }
    }
    Ok(args.format.clone())
}

/// Writes the report to each output. Where standard output is taken, what would go there goes to standard error. Tells
/// which files could not be written; whether there were any.
///
/// # Errors
/// If standard output or standard error cannot be written.
pub(super) fn write(
    report: &Report,
    outputs: &[Output],
    args: &Check,
    run: &Run,
    stdout_taken: bool,
) -> io::Result<bool> {
    let mut failed = false;
    // Files first: they do not mind that nobody reads standard output to its end.
    let (files, streams): (Vec<&Output>, Vec<&Output>) = outputs.iter().partition(|output| output.file.is_some());
    let render = |format, terminal, out: &mut dyn Write| render(report, format, args, run, terminal, out);
    for output in files.into_iter().chain(streams) {
        match &output.file {
            None if stdout_taken => {
                let mut out = BufWriter::new(io::stderr().lock());
                render(output.format, io::stderr().is_terminal(), &mut out)?;
                out.flush()?;
            }
            None => {
                let mut out = BufWriter::new(io::stdout().lock());
                render(output.format, io::stdout().is_terminal(), &mut out)?;
                out.flush()?;
            }
            Some(path) => {
                let mut whole = Vec::new();
                render(output.format, false, &mut whole)?;
                if let Err(error) = write::put(path, &whole) {
                    complain(&write::refusal(path, &path.display().to_string(), &error));
                    failed = true;
                }
            }
        }
    }
    Ok(failed)
}

/// Writes findings that are not about articles, but about the configuration, to standard error.
pub(super) fn write_config(report: &Report, args: &Selection) -> io::Result<()> {
    let terminal = io::stderr().is_terminal();
    let format = if terminal { Format::Pretty } else { Format::Concise };
    let mut out = BufWriter::new(io::stderr().lock());
    if format == Format::Pretty {
        report::pretty::render(report, &terminal::style(args.color, terminal), None, &mut out)?;
    } else {
        for finding in report.findings {
            let findings = std::slice::from_ref(finding);
            report::concise::render(&Report { findings, ..*report }, &mut out)?;
            if let Some(help) = &finding.help {
                writeln!(out, "  help: {}", report::clean::line(help))?;
            }
        }
    }
    out.flush()
}

fn render(
    report: &Report,
    format: Format,
    args: &Check,
    run: &Run,
    terminal: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let pages = || super::pages::pages(&run.plan.scanner);
    match format {
        Format::Pretty => {
            let style = terminal::style(args.color, terminal);
            let file = |path: &str| run.absolute(path).to_str().map(file_url);
            let links = Links { file: &file, page: &super::pages::address };
            let links = terminal::links(args.color, terminal).then_some(links);
            report::pretty::render(report, &style, links, out)
        }
        Format::Concise => report::concise::render(report, out),
        Format::Json => report::json::render(report, out),
        Format::JsonLines => report::json::render_lines(report, out),
        Format::Github => report::github::render(report, &run.prefix(), out),
        Format::Gitlab => report::gitlab::render(report, &run.prefix(), out),
        Format::Sarif => report::sarif::render(report, &pages(), &run.prefix(), out),
        Format::Junit => report::junit::render(report, out),
        Format::Checkstyle => report::checkstyle::render(report, out),
        Format::Rdjson => report::rdjson::render(report, out),
        Format::Markdown => report::markdown::render(report, out),
        Format::Html => report::html::render(report, &pages(), out),
    }
}

/// Tells the numbers on standard error: how many articles were checked, and what came of it; beside the report, how many
/// findings comments suppress, the baseline knows, and the change did not bring.
pub(super) fn summarize(report: &Report, suppressed: usize, aside: Aside) -> io::Result<()> {
    let summary = report.summary;
    let counts = [(summary.errors, "error"), (summary.warnings, "warning"), (summary.notes, "note")];
    let found: Vec<String> = counts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| count(*n, what)).collect();
    let found = if found.is_empty() { "no findings".to_owned() } else { found.join(", ") };
    let risky = report.findings.iter().filter(|finding| report::fixable(finding, Safety::Unsafe)).count();
    let fixes = match (summary.fixable, risky) {
        (0, 0) => String::new(),
        (safe, 0) => format!(" ({safe} fixable with --fix)"),
        (0, risky) => format!(" ({risky} fixable with --fix --unsafe-fixes)"),
        (safe, risky) => format!(" ({safe} fixable with --fix, {risky} more with --unsafe-fixes)"),
    };
    let aside = [(suppressed, "suppressed"), (aside.known, "in the baseline"), (aside.outside, "not of this change")];
    let aside: String = aside.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!(", {n} {what}")).collect();
    writeln!(io::stderr(), "checked {}: {found}{fixes}{aside}", count(summary.files, "article"))
}

/// `1 error`, `2 errors`.
pub(super) fn count(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}
