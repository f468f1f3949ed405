//! `--add-suppressions`: comments for all that is reported now.

use std::io::{self, Write};

use super::mend::Mended;
use super::output;
use super::run::Run;
use super::work::Work;
use crate::finding::Finding;
use crate::fix::{Change, Changes};
use crate::source::Kind;
use crate::suppress::write;

/// Checks, and writes comments, in memory, that suppress what is found. What is left is checked for once more.
pub(super) fn add(reason: &str, run: &Run, work: &Work) -> Mended {
    let reason = Some(reason).filter(|reason| !reason.is_empty());
    let found = work.check(&Changes::new());
    let mut changes = Changes::new();
    for findings in found.findings.chunk_by(|a, b| a.path == b.path) {
        let path = &findings[0].path;
        let Some(source) = found.sources.get(path) else { continue };
        let wanted: Vec<&Finding> = findings.iter().collect();
        if let Some(after) = write::suppressed(source, &wanted, reason, &run.plan.scanner) {
            let fixed = findings.len();
            changes.insert(path.clone(), Change { before: source.bytes().to_vec(), after, fixed });
        }
    }
    let left = work.check(&changes);
    for (path, change) in &mut changes {
        change.fixed = change.fixed.saturating_sub(left.findings.iter().filter(|one| one.path == *path).count());
    }
    Mended::suppressed(left, changes)
}

/// Tells what to do about findings for which there is no comment.
///
/// # Errors
/// If standard error cannot be written.
pub(super) fn tell_left(findings: &[Finding]) -> io::Result<()> {
    let text: Vec<&Finding> = findings.iter().filter(|one| Kind::of_path(&one.path) == Some(Kind::Text)).collect();
    let Some(first) = text.first() else { return Ok(()) };
    let left = output::count(text.len(), "finding");
    writeln!(
        io::stderr(),
        "{left} in plain text, which has no comments: switch the rule off for the file in copydesk.yaml:\n  \
         overrides:\n    - files: [\"{}\"]\n      rules: {{ {}: off }}",
        crate::report::clean::line(&first.path),
        first.rule
    )
}
