//! `--watch`: checks again whenever a file changes.
//!
//! Files are looked at again and again rather than asking the system to tell: that works alike on every system, in
//! containers and on network drives.

use std::collections::HashMap;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use super::args::Check;
use super::run::{self, Refusal};
use super::{Exit, baseline, check};
use crate::config::FILE_NAMES;
use crate::discover;

/// How long nothing is looked at, at least. Longer on a site whose files take long to look at.
const PAUSE: Duration = Duration::from_millis(150);

/// Clears a terminal and what has scrolled off it.
const CLEAR: &str = "\x1B[2J\x1B[3J\x1B[H";

/// What a file looks like from outside.
type Look = (Option<SystemTime>, u64);

/// Checks until somebody interrupts.
///
/// # Errors
/// If the report cannot be written.
pub(super) fn watch(args: &Check) -> io::Result<Exit> {
    let mut seen = look(args);
    loop {
        if io::stdout().is_terminal() {
            io::stdout().write_all(CLEAR.as_bytes())?;
            // Before anything is said on standard error, or that is cleared away.
            io::stdout().flush()?;
        }
        let begun = Instant::now();
        check::check(args)?;
        io::stdout().flush()?;
        if !args.quiet {
            let took = begun.elapsed().as_millis();
            writeln!(io::stderr(), "checked in {took} ms; waiting for changes, Ctrl-C ends")?;
        }
        loop {
            let begun = Instant::now();
            let now = look(args);
            let took = begun.elapsed();
            if now != seen {
                seen = now;
                break;
            }
            thread::sleep(PAUSE.max(took * 4));
        }
    }
}

/// What every file looks like that a check depends on.
fn look(args: &Check) -> HashMap<PathBuf, Look> {
    let mut files: Vec<PathBuf> = Vec::new();
    match run::prepare(args, None) {
        Ok(run) => {
            files.extend(run.found.files.iter().map(|path| run.root.path.join(path)));
            files.extend(FILE_NAMES.iter().map(|name| run.root.path.join(name)));
            files.push(baseline::path(args, &run));
        }
        // A broken configuration is watched until it is mended.
        Err(Refusal::Said(_)) => {}
        Err(Refusal::Config(refused)) => files.extend(refused.named.keys().map(|path| PathBuf::from(&**path))),
    }
    if let Ok(cwd) = std::env::current_dir() {
        files.extend(discover::find_config(&cwd));
        files.extend(args.config.iter().map(|path| discover::absolute(&cwd, path)));
    }
    let look = |path: PathBuf| {
        let data = std::fs::metadata(&path).ok()?;
        Some((path, (data.modified().ok(), data.len())))
    };
    files.into_iter().filter_map(look).collect()
}
