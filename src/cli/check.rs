//! `check`: from the command line to the exit code.

use std::collections::{HashMap, HashSet};
use std::io::{self, Write};
use std::sync::Arc;

use super::args::{Check, Selection};
use super::mend::{self, Mended};
use super::online::{self, Told};
use super::run::{self, Refusal, Refused, Run};
use super::work::Work;
use super::{Exit, baseline, complain, output, since, suppress};
use crate::config::{FILE_NAMES, Only, UNUSED};
use crate::discover::{is_glob, plain_error};
use crate::engine::Outcome;
use crate::finding::{Finding, Level};
use crate::fingerprint;
use crate::fix::Changes;
use crate::report::{Report, Summary};
use crate::rule::Sink;
use crate::source::Source;

/// How many skipped paths are named before the rest is only counted.
const SKIPPED_SHOWN: usize = 5;

/// Checks articles.
///
/// # Errors
/// If the report cannot be written.
pub(super) fn check(args: &Check) -> io::Result<Exit> {
    if args.asking.is_said() && !args.online {
        return Ok(failed("nobody is asked without `--online`, or `copydesk links`"));
    }
    run(args, false)
}

/// Checks articles, with all rules or with those on links to other sites alone.
///
/// # Errors
/// If the report cannot be written.
pub(super) fn run(args: &Check, links_only: bool) -> io::Result<Exit> {
    let outputs = match output::outputs(args) {
        Ok(outputs) => outputs,
        Err(why) => return Ok(failed(&why)),
    };
    let mut run = match run::prepare(args, args.stdin_filename.as_deref()) {
        Ok(run) => run,
        Err(Refusal::Said(why)) => return Ok(failed(&why)),
        Err(Refusal::Config(refused)) => return refuse(args, *refused),
    };
    if !args.only.is_empty() {
        match Only::of(args.only.iter().map(String::as_str), &run.plan.rule_ids()) {
            Ok(only) => run.plan = run.plan.only(only),
            Err(why) => return Ok(failed(&format!("`--only`: {why}"))),
        }
    }
    let scope = match since::Scope::of(args, &mut run) {
        Ok(scope) => scope,
        Err(error) => return Ok(failed(&error.to_string())),
    };
    let baseline = match baseline::load(args, &run) {
        Ok(baseline) => baseline.filter(|_| !args.no_baseline && !links_only),
        Err(why) => return Ok(failed(&why)),
    };
    for error in &run.found.errors {
        complain(error);
    }
    let mut failed = !run.found.errors.is_empty();
    if args.show_files {
        show_files(&run)?;
        return Ok(if failed { Exit::Failed } else { Exit::Clean });
    }
    if !args.quiet {
        tell_other_sites(args, &run)?;
        tell_skipped(&run)?;
    }
    let files = run.wanted().count();
    if files == 0 && !failed {
        // The first commit of a repository may have none yet.
        if args.paths.is_empty() && !args.staged {
            complain(&format!("there are no articles in `{}`", run.cwd.display()));
            failed = true;
        } else if !args.quiet {
            writeln!(io::stderr(), "no articles to check")?;
        }
    }

    if links_only {
        run.plan = run.plan.only_web();
    }
    let asked = match (args.online || links_only).then(|| online::ask(args, &mut run, scope.as_ref())).transpose() {
        Ok(asked) => asked,
        Err(why) => return Ok(self::failed(&why)),
    };
    let work = Work::new(args, &run).baseline(baseline.as_ref()).scope(scope.as_ref());
    let mended = match &args.add_suppressions {
        Some(reason) => Some(suppress::add(reason, &run, &work)),
        None => (args.fix || args.diff).then(|| mend::mend(args, &work)),
    };
    let (mut outcome, mut mended) = match mended {
        Some(mut mended) => (std::mem::take(&mut mended.outcome), Some(mended)),
        None => (work.check(&Changes::new()), None),
    };
    // Of the articles that are only read because others may link to them, nothing is promised.
    let wanted: HashSet<&str> = run.wanted().map(|input| &*input.path).collect();
    outcome.unreadable.retain(|(path, _)| wanted.contains(&**path));
    for (path, error) in &outcome.unreadable {
        complain(&format!("cannot read `{path}`: {}", plain_error(error)));
        failed = true;
    }
    if let Some(mended) = &mut mended
        && finish_fixes(args, &run, mended)?
    {
        failed = true;
        // What stayed as it was has all that was found in it.
        outcome = work.check(&Changes::new());
        outcome.unreadable.retain(|(path, _)| wanted.contains(&**path));
    }
    show_from_here(&run, &mut outcome);
    if !links_only && args.only.is_empty() {
        report_unused(args, &run, &mut outcome);
    }
    let summary = Summary::of(files - outcome.unreadable.len(), &outcome.findings);
    let report = Report { findings: &outcome.findings, sources: &outcome.sources, summary };
    // The article from standard input has standard output to itself; a diff says all there is to say beside files.
    let stdout_taken = (args.fix || args.add_suppressions.is_some()) && run.stdin.is_some();
    let outputs: Vec<_> = outputs.into_iter().filter(|output| !args.diff || output.file.is_some()).collect();
    let written = if args.statistics {
        let mut out = io::BufWriter::new(io::stdout().lock());
        crate::report::statistics::render(&report, &mut out).and_then(|()| out.flush()).map(|()| false)
    } else {
        output::write(&report, &outputs, args, &run, stdout_taken)
    };
    failed |= quietly(written)?;
    if !args.quiet && files > 0 {
        asked.iter().try_for_each(Told::summarize)?;
        output::summarize(&report, outcome.suppressed, work.aside())?;
        // What the other rules would say is not known.
        if args.only.is_empty() {
            baseline::tell_stale(&work)?;
        }
    }
    if args.add_suppressions.is_some() && !args.quiet {
        suppress::tell_left(&outcome.findings)?;
    }
    let would_change = args.diff && mended.is_some_and(|mended| mended.changes_anything());
    let exit = match failed {
        true => Exit::Failed,
        false if fails(args, &summary) || (would_change && !args.exit_zero) => Exit::Findings,
        false => Exit::Clean,
    };
    // To free all patterns and paths takes a while, for which nobody has to wait.
    rayon::spawn(move || drop((run, outcome)));
    Ok(exit)
}

/// Shows or writes what was mended; whether something could not be written.
fn finish_fixes(args: &Check, run: &Run, mended: &mut Mended) -> io::Result<bool> {
    if args.diff {
        quietly(mended.show(args, run))?;
        mended.tell("would fix", args.quiet)?;
        return Ok(false);
    }
    let failed = mended.write(run)?;
    mended.tell(if args.fix { "fixed" } else { "suppressed" }, args.quiet)?;
    Ok(failed)
}

/// Who reads us has seen enough; what was found was found all the same.
fn quietly<T: Default>(written: io::Result<T>) -> io::Result<T> {
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(T::default()),
        written => written,
    }
}

pub(super) fn failed(why: &str) -> Exit {
    complain(why);
    Exit::Failed
}

/// Tells what is wrong in the configuration and in the files that it names. No article is checked: a run with half a configuration would be a lie.
pub(super) fn refuse(args: &Selection, refused: Refused) -> io::Result<Exit> {
    let Refused { source, named: mut sources, findings } = refused;
    let own = Arc::clone(source.path());
    sources.insert(Arc::clone(&own), source);
    let report = Report { findings: &findings, sources: &sources, summary: Summary::of(0, &findings) };
    output::write_config(&report, args)?;
    let mut wrong: Vec<&str> = findings.iter().map(|finding| &*finding.path).collect();
    wrong.dedup();
    let mistakes = output::count(findings.len(), "mistake");
    Ok(failed(&match wrong.as_slice() {
        [only] => format!("{only} has {mistakes}; no article was checked"),
        _ => format!("{own} and the files it names have {mistakes}; no article was checked"),
    }))
}

fn show_files(run: &Run) -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for input in run.wanted() {
        let shown = run.shown(&input.path);
        writeln!(out, "{}", crate::report::clean::line(shown.as_deref().unwrap_or(&input.path)))?;
    }
    out.flush()
}

/// Tells of configurations in folders that a check of everything goes by none of.
fn tell_other_sites(args: &Check, run: &Run) -> io::Result<()> {
    if run.config_source.is_some() || args.no_config || !args.paths.is_empty() {
        return Ok(());
    }
    let configs = run.found.files.iter().filter_map(|path| path.rsplit_once('/'));
    for (folder, name) in configs.filter(|(_, name)| FILE_NAMES.contains(name)).take(SKIPPED_SHOWN) {
        let folder = run.shown(folder).unwrap_or_else(|| folder.to_owned());
        let folder = crate::report::clean::line(&folder).to_string();
        writeln!(io::stderr(), "`{folder}/{name}` is not used here: `copydesk check {folder}` goes by it")?;
    }
    Ok(())
}

fn tell_skipped(run: &Run) -> io::Result<()> {
    let mut err = io::stderr().lock();
    let skipped = &run.found.skipped;
    for one in skipped.iter().take(SKIPPED_SHOWN) {
        writeln!(err, "skipped: {}", crate::report::clean::line(one))?;
    }
    match skipped.len().saturating_sub(SKIPPED_SHOWN) {
        0 => Ok(()),
        more => writeln!(err, "skipped: {more} more"),
    }
}

/// Turns paths from the root into those that are shown.
fn show_from_here(run: &Run, outcome: &mut Outcome) {
    let mut known: HashMap<Arc<str>, Arc<str>> = HashMap::new();
    let mut shown = |path: &mut Arc<str>| {
        let known = known.entry(Arc::clone(path));
        *path =
            Arc::clone(known.or_insert_with_key(|path| run.shown(path).map_or_else(|| Arc::clone(path), Arc::from)));
    };
    for finding in &mut outcome.findings {
        shown(&mut finding.path);
        finding.labels.iter_mut().filter_map(|label| label.path.as_mut()).for_each(&mut shown);
    }
    outcome.sources = std::mem::take(&mut outcome.sources)
        .into_iter()
        .map(|(mut path, source)| {
            shown(&mut path);
            (path, source)
        })
        .collect();
}

/// Adds a finding for each glob in the configuration that matches no file.
fn report_unused(args: &Check, run: &Run, outcome: &mut Outcome) {
    // Who names files asks about these files.
    let files_only =
        !args.paths.is_empty() && args.paths.iter().all(|name| !is_glob(name) && !run.cwd.join(name).is_dir());
    if !run.found.whole || files_only {
        return;
    }
    let (Some(level), Some(source)) = (run.config.unused_level(), &run.config_source) else { return };
    let mut findings: Vec<Finding> = Vec::new();
    for pattern in run.config.selecting() {
        let matches = pattern.matcher();
        if !run.found.files.iter().any(|path| matches(path)) {
            Sink::new(&mut findings, UNUSED.id, level, source.path())
                .report(pattern.span, format!("`{}` matches no file", pattern.text))
                .help("mend the glob or take it out; `*` stays within a folder, `**` crosses folders");
        }
    }
    if !findings.is_empty() {
        let copy = Source::from_bytes(Arc::clone(source.path()), source.kind(), source.bytes().to_vec());
        outcome.sources.insert(Arc::clone(source.path()), copy);
        fingerprint::stamp(&mut findings, &outcome.sources);
        findings.append(&mut outcome.findings);
        outcome.findings = findings;
    }
}

/// Whether what was found fails the run.
fn fails(args: &Check, summary: &Summary) -> bool {
    let fail_on = args.fail_on.level();
    let warnings = match args.max_warnings {
        Some(most) => summary.warnings > most,
        None => fail_on <= Level::Warning && summary.warnings > 0,
    };
    !args.exit_zero && (summary.errors > 0 || warnings || (fail_on <= Level::Note && summary.notes > 0))
}
