//! `baseline`: the file of known findings, read and written.

use std::io::{self, Write};
use std::path::PathBuf;

use super::args::{BaselineArgs, Selection};
use super::check::{failed, refuse};
use super::run::{self, Refusal, Run};
use super::work::Work;
use super::{Exit, complain, output, write};
use crate::baseline::{Baseline, FILE_NAME, Looked, Sifted};
use crate::discover::{self, plain_error};
use crate::engine::Outcome;
use crate::fix::Changes;
use crate::git::Git;
use crate::source::{Kind, Source};

/// Writes the findings of today down, or takes out of what is written down what has been mended.
///
/// # Errors
/// If nothing can be said any more.
pub(super) fn command(args: &BaselineArgs) -> io::Result<Exit> {
    if args.on.paths.iter().any(|path| path == "-") {
        return Ok(failed("a baseline is made of files: name files, folders or globs"));
    }
    let run = match run::prepare(&args.on, None) {
        Ok(run) => run,
        Err(Refusal::Said(why)) => return Ok(failed(&why)),
        Err(Refusal::Config(refused)) => return refuse(&args.on, *refused),
    };
    run.found.errors.iter().for_each(|error| complain(error));
    if !run.found.errors.is_empty() {
        return Ok(Exit::Failed);
    }
    let earlier = match read(&args.on, &run) {
        Ok(earlier) => earlier,
        Err(why) => return Ok(failed(&why)),
    };
    if args.prune && earlier.is_none() {
        return Ok(failed(&format!("there is no `{}` to prune", name(&args.on, &run))));
    }
    let work = Work::new(&args.on, &run);
    let mut outcome = work.check(&Changes::new());
    for (path, error) in &outcome.unreadable {
        complain(&format!("cannot read `{path}`: {}", plain_error(error)));
    }
    if !outcome.unreadable.is_empty() {
        return Ok(failed("the baseline stays as it is: not all articles could be read"));
    }
    let all = Baseline::of(&outcome.findings, &outcome.sources);
    let sifted = earlier.as_ref().map(|earlier| sift(earlier, &run, &mut outcome)).unwrap_or_default();
    let next = match (&earlier, args.prune) {
        (Some(earlier), true) => earlier.pruned(&sifted, &outcome.sources),
        (Some(earlier), false) => {
            let mut all = all;
            all.keep_unseen(earlier, &sifted);
            all
        }
        (None, _) => all,
    };
    if earlier.is_none() && next.is_empty() {
        writeln!(io::stderr(), "no findings: there is nothing to write into a baseline")?;
        return Ok(Exit::Clean);
    }
    if earlier.as_ref() != Some(&next)
        && let Err(error) = write::put(&path(&args.on, &run), next.write().as_bytes())
    {
        return Ok(failed(&write::refusal(&path(&args.on, &run), &name(&args.on, &run), &error)));
    }
    if !args.on.quiet {
        tell(args, &run, earlier.as_ref(), &next, &sifted)?;
    }
    Ok(Exit::Clean)
}

fn tell(
    args: &BaselineArgs,
    run: &Run,
    earlier: Option<&Baseline>,
    next: &Baseline,
    sifted: &Sifted,
) -> io::Result<()> {
    let name = name(&args.on, run);
    let (findings, articles) = (output::count(next.len(), "finding"), output::count(next.files.len(), "article"));
    let gone = match sifted.stale.len() {
        0 => String::new(),
        gone => format!(", {gone} that had been mended taken out"),
    };
    let commit = if earlier.is_none() { ": commit it; from now on only others are reported" } else { "" };
    writeln!(io::stderr(), "{name} holds {findings} in {articles}{gone}{commit}")
}

/// The baseline that a check is to use, if there is one.
///
/// # Errors
/// If it cannot be read, in words.
pub(super) fn load(args: &Selection, run: &Run) -> Result<Option<Baseline>, String> {
    let read = read(args, run)?;
    if read.is_none()
        && let Some(named) = &args.baseline
    {
        let named = named.display();
        return Err(format!("there is no baseline `{named}`: write it with `copydesk baseline --baseline {named}`"));
    }
    Ok(read)
}

/// Where the baseline is.
pub(super) fn path(args: &Selection, run: &Run) -> PathBuf {
    match &args.baseline {
        Some(named) => discover::absolute(&run.cwd, named),
        None => run.root.path.join(FILE_NAME),
    }
}

fn name(args: &Selection, run: &Run) -> String {
    let path = path(args, run);
    discover::relative(&run.cwd, &path).unwrap_or_else(|| path.display().to_string())
}

fn read(args: &Selection, run: &Run) -> Result<Option<Baseline>, String> {
    let name = name(args, run);
    let bytes = match std::fs::read(path(args, run)) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(format!("cannot read the baseline `{name}`: {}", plain_error(&error))),
    };
    let source = Source::from_bytes(name.as_str(), Kind::Text, bytes);
    let read = Baseline::read(&source).map_err(|corrupt| {
        let again = "mend it, take it from version control, or delete it and run `copydesk baseline`";
        format!("the baseline `{name}` cannot be used: {corrupt}; {again}")
    });
    read.map(Some)
}

/// Takes what `baseline` knows out of `outcome`.
pub(super) fn sift(baseline: &Baseline, run: &Run, outcome: &mut Outcome) -> Sifted {
    let found = |path: &str| {
        let index = run.found.inputs.binary_search_by(|input| (*input.path).cmp(path));
        index.ok().map(|index| &run.found.inputs[index])
    };
    let unread = |path: &str| outcome.unreadable.iter().any(|(unread, _)| **unread == *path);
    let at = |path: &str| found(path).is_some_and(|input| input.report) && !unread(path);
    // What is no article any more but still there is not gone.
    let exists = |path: &str| found(path).is_some() || run.root.path.join(path).exists();
    let renames = || {
        let git = Git::around(&run.root.path, "a baseline").ok();
        git.and_then(|git| git.renamed_since(FILE_NAME).ok()).unwrap_or_default()
    };
    let looked = Looked { at: &at, exists: &exists, renames: &renames };
    baseline.sift(&mut outcome.findings, &outcome.sources, &looked)
}

/// Tells how to be rid of what has been mended.
///
/// # Errors
/// If standard error cannot be written.
pub(super) fn tell_stale(work: &Work) -> io::Result<()> {
    let stale = work.sifted().stale.len();
    if stale == 0 {
        return Ok(());
    }
    let them = if stale == 1 { "has been mended: take it" } else { "have been mended: take them" };
    let known = output::count(stale, "finding");
    writeln!(io::stderr(), "{known} in the baseline {them} out with `copydesk baseline --prune`")
}
