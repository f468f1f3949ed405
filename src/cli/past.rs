//! What a run knows of earlier times, from git. Without git nothing is known, and that is no error.

use std::collections::HashSet;
use std::sync::Arc;

use super::run::Run;
use crate::engine::{Before, Change, Past};
use crate::git::{Changed, Error, Git};
use crate::site::Renames;
use crate::source::{Kind, Source};

/// The last commit: what the working tree is compared with.
const LAST: &str = "HEAD";

/// What is known. If only some articles are asked about and `compare` says so, the changes to those since the last commit
/// count, and what is gone since then, which nobody can ask about.
pub(super) fn of(run: &Run, compare: bool) -> Past {
    let folder = run.root.path.clone();
    let renames = Renames::new(move || Git::around(&folder, "").and_then(|git| git.renames()).unwrap_or_default());
    let some = run.found.whole && run.found.inputs.iter().any(|input| !input.report);
    let changes = if compare && some { changes(run).unwrap_or_default() } else { Vec::new() };
    Past { changes, renames, explain: false }
}

/// What is known if all articles are looked at for what these files, which differ from a revision, did. `before` gives the
/// content of articles as it was.
pub(super) fn of_change(run: &Run, changed: &[Changed], before: impl Fn(&str) -> Option<Vec<u8>>) -> Past {
    let mut past = of(run, false);
    past.explain = true;
    for one in changed {
        let remains = one.before == one.path;
        if let Some(path) = &one.before {
            let article =
                Kind::of_path(path).and_then(|kind| Some(Source::from_bytes(path.as_str(), kind, before(path)?)));
            past.changes.push(Change {
                path: path.as_str().into(),
                before: article.map_or(Before::File, Before::Article),
                remains,
                renamed_to: one.path.as_deref().filter(|_| !remains).map(Arc::from),
            });
        }
        if let Some(path) = one.path.as_deref().filter(|_| !remains) {
            past.changes.push(Change { path: path.into(), before: Before::Absent, remains: true, renamed_to: None });
        }
    }
    past
}

fn changes(run: &Run) -> Result<Vec<Change>, Error> {
    let git = Git::around(&run.root.path, "")?;
    let wanted: HashSet<&str> = run.wanted().map(|input| &*input.path).collect();
    let mut changes = Vec::new();
    let change = |path: String, before, remains, renamed_to| Change { path: path.into(), before, remains, renamed_to };
    for one in git.changed_since(LAST)? {
        match (one.before, one.path) {
            (Some(before), Some(now)) if before != now => {
                changes.push(change(before, Before::File, false, Some(Arc::from(now.as_str()))));
                changes.push(change(now, Before::Absent, true, None));
            }
            (Some(before), None) => changes.push(change(before, Before::File, false, None)),
            (Some(_), Some(now)) if wanted.contains(now.as_str()) => {
                changes.push(change(now, Before::File, true, None));
            }
            (None, Some(now)) if wanted.contains(now.as_str()) => {
                changes.push(change(now, Before::Absent, true, None));
            }
            _ => {}
        }
    }
    let is_article =
        |change: &&mut Change| matches!(change.before, Before::File) && Kind::of_path(&change.path).is_some();
    let articles: Vec<&mut Change> = changes.iter_mut().filter(is_article).collect();
    let paths: Vec<Arc<str>> = articles.iter().map(|change| Arc::clone(&change.path)).collect();
    let paths: Vec<&str> = paths.iter().map(AsRef::as_ref).collect();
    let contents = git.contents(LAST, &paths)?;
    for (change, content) in articles.into_iter().zip(contents) {
        if let (Some(kind), Some(bytes)) = (Kind::of_path(&change.path), content) {
            change.before = Before::Article(Source::from_bytes(Arc::clone(&change.path), kind, bytes));
        }
    }
    Ok(changes)
}
