//! `--watch`: checks again whenever a file changes.
//!
//! Files are looked at again and again rather than asking the system to tell: that works alike on every system, in
//! containers and on network drives.

use std::collections::{HashMap, HashSet};
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use super::args::Check;
use super::run::{self, Refusal};
use super::{Exit, baseline, check};
use crate::config::FILE_NAMES;
use crate::discover;

/// How long nothing is looked at, at least. Longer on a site whose files take long to look at.
const PAUSE: Duration = Duration::from_millis(100);

/// How often the site is walked anew, for what no file and no folder that was seen last tells: a file in a folder that was
/// empty, an ignore file that says something else.
const WALK: Duration = Duration::from_secs(3);

/// Clears a terminal and what has scrolled off it.
const CLEAR: &str = "\x1B[2J\x1B[3J\x1B[H";

/// What a file or folder looks like from outside; `None` if it is not there.
type Look = Option<(Option<SystemTime>, u64)>;

/// What a check depends on, as it was last seen.
#[derive(Default)]
struct Seen {
    files: HashMap<PathBuf, Look>,
    /// The folders of these files, where one that comes or goes is noticed: along with what does not matter.
    folders: HashMap<PathBuf, Look>,
}

impl Seen {
    /// Whether any of it looks different by now.
    fn is_old(&self) -> bool {
        self.files.iter().chain(&self.folders).any(|(path, seen)| look(path) != *seen)
    }
}

/// Checks until somebody interrupts.
///
/// # Errors
/// If the report cannot be written.
pub(super) fn watch(args: &Check) -> io::Result<Exit> {
    let mut seen = walk(args);
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
        let mut walked = Instant::now();
        loop {
            let begun = Instant::now();
            if walked.elapsed() > WALK || seen.is_old() {
                let now = walk(args);
                walked = Instant::now();
                let changed = now.files != seen.files;
                seen = now;
                if changed {
                    break;
                }
            }
            thread::sleep(PAUSE.max(begun.elapsed() * 4));
        }
    }
}

/// What all looks like that a check depends on. What the check itself writes is no part of it.
fn walk(args: &Check) -> Seen {
    let mut files: Vec<PathBuf> = Vec::new();
    match run::prepare(args, None) {
        Ok(run) => {
            let found = run.found.files.iter().filter(|path| !is_of_an_editor(path));
            files.extend(found.map(|path| run.root.path.join(&**path)));
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
        let written = args.format.iter().filter_map(|output| output.file.as_deref());
        let written: HashSet<PathBuf> = written.map(|file| discover::absolute(&cwd, file)).collect();
        files.retain(|file| !written.contains(file));
    }
    let folders: HashSet<PathBuf> = files.iter().filter_map(|file| Some(file.parent()?.to_owned())).collect();
    let looks = |path: PathBuf| {
        let look = look(&path);
        (path, look)
    };
    Seen { files: files.into_iter().map(looks).collect(), folders: folders.into_iter().map(looks).collect() }
}

/// Whether an editor keeps it beside the file that is edited, and writes it while somebody types.
fn is_of_an_editor(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.ends_with('~') || name.starts_with('#') || name.starts_with(".#") || {
        name.starts_with('.') && [".swp", ".swo", ".swx"].iter().any(|end| name.ends_with(end))
    }
}

fn look(path: &Path) -> Look {
    let data = std::fs::metadata(path).ok()?;
    Some((data.modified().ok(), data.len()))
}
