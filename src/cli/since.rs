//! `--since` and `--staged`: what a change brought, and nothing else.
//!
//! A finding is brought by the change if it stands on a changed line, or if it was not there before: what the change broke
//! in articles that it did not touch. Whether it was there is found out by a check of the site as it was, which is made only
//! when there is a finding to ask about.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use similar::{Algorithm, DiffOp};

use super::args::{Check, ScopeOf};
use super::past;
use super::run::Run;
use super::work::Work;
use crate::engine::{Input, Outcome, Past};
use crate::finding::Finding;
use crate::fingerprint;
use crate::git::{Changed, Error, Git};
use crate::site::Tree;
use crate::source::{Kind, Source};

/// How long two versions of an article are compared before more lines than need be count as changed.
const DIFF_TIME: Duration = Duration::from_millis(500);

/// A change, and what of it is reported.
pub(super) struct Scope {
    of: ScopeOf,
    changed: Vec<Changed>,
    /// The content of changed articles as it was, by the path of then.
    before: HashMap<String, Vec<u8>>,
    /// What was found before the change.
    known_before: OnceCell<HashSet<(Arc<str>, u64)>>,
}

impl Scope {
    /// The change that `args` ask about; for `--staged`, `run` is made to see what is staged.
    ///
    /// # Errors
    /// If git cannot tell; the error says what to do.
    pub fn of(args: &Check, run: &mut Run) -> Result<Option<Self>, Error> {
        let of = args.scope.unwrap_or(ScopeOf::Lines);
        let (git, changed, base) = if let Some(revision) = &args.since {
            let git = Git::around(&run.root.path, "--since")?;
            let base = if args.no_merge_base { git.commit(revision)? } else { git.merge_base(revision)? };
            let changed = git.changed_since(&base)?;
            (git, changed, base)
        } else if args.staged {
            let git = Git::around(&run.root.path, "--staged")?;
            let (changed, base) = git.staged()?;
            see_staged(&git, run)?;
            (git, changed, base)
        } else {
            return Ok(None);
        };
        let paths: Vec<&str> =
            changed.iter().filter_map(|one| one.before.as_deref()).filter(|path| is_article(path)).collect();
        let contents = git.contents(&base, &paths)?;
        let before =
            paths.iter().zip(contents).filter_map(|(path, bytes)| Some(((*path).to_owned(), bytes?))).collect();
        Ok(Some(Self { of, changed, before, known_before: OnceCell::new() }))
    }

    /// Whether what is found in the article at `path` can be reported: the change did something to it, or all is asked for.
    pub fn touches(&self, path: &str) -> bool {
        self.of == ScopeOf::All || self.changed.iter().any(|one| one.path.as_deref() == Some(path))
    }

    /// What the change did, so that it can be said of what it broke.
    pub fn past(&self, run: &Run) -> Past {
        past::of_change(run, &self.changed, |path| self.before.get(path).cloned())
    }

    /// Takes out what the change did not bring, and says how much that was.
    pub fn restrict(&self, outcome: &mut Outcome, work: &Work) -> usize {
        if self.of == ScopeOf::All {
            return 0;
        }
        let all = outcome.findings.len();
        let mut lines: HashMap<Arc<str>, Vec<bool>> = HashMap::new();
        let mut touched = |finding: &Finding| {
            let Some(changed) = self.changed.iter().find(|one| one.path.as_deref() == Some(&*finding.path)) else {
                return false;
            };
            if self.of == ScopeOf::Files {
                return true;
            }
            let Some(source) = outcome.sources.get(&finding.path) else { return true };
            let lines = lines.entry(Arc::clone(&finding.path)).or_insert_with(|| self.lines(changed, source));
            let first = source.line_index(finding.span.start);
            let last = source.line_index(finding.span.end.saturating_sub(1).max(finding.span.start));
            (first..=last).any(|line| lines.get(line).copied().unwrap_or(false))
        };
        let on_change: Vec<bool> = outcome.findings.iter().map(&mut touched).collect();
        if on_change.iter().any(|on| !on) {
            let then = |path: &Arc<str>| {
                let changed = self.changed.iter().find(|one| one.path.as_deref() == Some(&**path));
                changed.and_then(|one| one.before.as_deref()).map_or_else(|| Arc::clone(path), Arc::from)
            };
            let prints = fingerprint::of(&outcome.findings, &outcome.sources, then);
            let before = self.known_before.get_or_init(|| self.check_before(outcome, work));
            let is_new = |(finding, print): (&Finding, u64)| !before.contains(&(then(&finding.path), print));
            let is_new: Vec<bool> = outcome.findings.iter().zip(prints).map(is_new).collect();
            let mut kept = on_change.iter().zip(is_new).map(|(on, new)| *on || new);
            outcome.findings.retain(|_| kept.next().unwrap_or(true));
        }
        all - outcome.findings.len()
    }

    /// For each line of `source` whether the change made it what it is.
    fn lines(&self, changed: &Changed, source: &Source) -> Vec<bool> {
        let before = changed.before.as_ref().and_then(|path| self.before.get(path));
        let mut lines = vec![before.is_none(); source.line_count()];
        if let Some(before) = before {
            let before = String::from_utf8_lossy(before);
            let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), source.text().lines().collect());
            let deadline = Some(Instant::now() + DIFF_TIME);
            for op in similar::capture_diff_slices_deadline(Algorithm::Myers, &old, &new, deadline) {
                if !matches!(op, DiffOp::Equal { .. }) {
                    lines[op.new_range()].fill(true);
                }
            }
        }
        lines
    }

    /// What was found before the change in the articles in which something is found now: path and fingerprint of then.
    fn check_before(&self, now: &Outcome, work: &Work) -> HashSet<(Arc<str>, u64)> {
        let run = work.run();
        let today: HashMap<&str, &Changed> =
            self.changed.iter().filter_map(|one| Some((one.path.as_deref()?, one))).collect();
        let asked: HashSet<&str> = now.findings.iter().map(|finding| &*finding.path).collect();
        let mut inputs: Vec<Input> = Vec::with_capacity(run.found.inputs.len());
        for input in &run.found.inputs {
            let report = asked.contains(&*input.path);
            match today.get(&*input.path) {
                None => inputs.push(Input { path: Arc::clone(&input.path), report }),
                Some(changed) => inputs.extend(
                    changed
                        .before
                        .as_deref()
                        .filter(|path| self.before.contains_key(*path))
                        .map(|path| Input { path: path.into(), report }),
                ),
            }
        }
        let deleted = self.changed.iter().filter(|one| one.path.is_none()).filter_map(|one| one.before.as_deref());
        inputs.extend(
            deleted
                .filter(|path| self.before.contains_key(*path))
                .map(|path| Input { path: path.into(), report: false }),
        );
        inputs.sort_by(|a, b| a.path.cmp(&b.path));
        inputs.dedup_by(|a, b| a.path == b.path);
        let kept = run.found.files.iter().map(AsRef::as_ref).filter(|path| !today.contains_key(path));
        let mut files: Vec<&str> = kept.chain(self.changed.iter().filter_map(|one| one.before.as_deref())).collect();
        files.sort_unstable();
        files.dedup();
        let tree = Tree::new(files);
        let tree = Arc::new(if run.found.whole { tree } else { tree.partial() });
        let contents = &self.before;
        let load = |input: &Input| match contents.get(&*input.path) {
            Some(bytes) => {
                let kind = Kind::of_path(&input.path).unwrap_or(Kind::Text);
                Ok(Source::from_bytes(Arc::clone(&input.path), kind, bytes.clone()))
            }
            None => run.load(input),
        };
        let findings = work.check_all(&inputs, load, &tree).findings;
        findings.into_iter().map(|finding| (finding.path, finding.fingerprint)).collect()
    }
}

fn is_article(path: &str) -> bool {
    Kind::of_path(path).is_some()
}

/// Makes `run` see the site as it is staged: what git does not know is not there, and what was changed since is as it was.
fn see_staged(git: &Git, run: &mut Run) -> Result<(), Error> {
    let untracked: HashSet<String> = git.untracked()?.into_iter().collect();
    run.found.inputs.retain(|input| !untracked.contains(&*input.path));
    run.found.files.retain(|path| !untracked.contains(&**path));
    let changed = git.unstaged()?;
    let articles: Vec<&str> = changed.iter().map(String::as_str).filter(|path| is_article(path)).collect();
    for (path, content) in articles.iter().zip(git.contents("", &articles)?) {
        let Some(content) = content else { continue };
        run.overlay.insert(Arc::from(*path), content);
    }
    // Deleted, and the deletion is not staged: still there.
    for path in changed {
        if let Err(index) = run.found.files.binary_search_by(|file| (**file).cmp(&path)) {
            if is_article(&path)
                && let Err(at) = run.found.inputs.binary_search_by(|input| (*input.path).cmp(&path))
            {
                run.found.inputs.insert(at, Input { path: Arc::from(path.as_str()), report: false });
            }
            run.found.files.insert(index, path.into());
        }
    }
    let tree = Tree::new(run.found.files.iter().cloned());
    run.tree = Arc::new(if run.found.whole { tree } else { tree.partial() });
    Ok(())
}
