//! `--add-suppressions`: comments for all that is reported now.

use std::io::{self, Write};

use super::mend::Mended;
use super::output;
use super::run::Run;
use super::work::Work;
use crate::finding::Finding;
use crate::fix::{Change, Changes};
use crate::rules::suppression::GROUP;
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
        // What is wrong with the comments that are there is to be mended, not covered by more of them.
        let wanted: Vec<&Finding> = findings.iter().filter(|one| !is_about_comments(one)).collect();
        if wanted.is_empty() {
            continue;
        }
        if let Some(after) = write::suppressed(source, &wanted, reason, &run.plan.scanner) {
            let fixed = wanted.len();
            changes.insert(path.clone(), Change { before: source.bytes().to_vec(), after, fixed, ..Change::default() });
        }
    }
    let left = work.check(&changes);
    for (path, change) in &mut changes {
        let still = left.findings.iter().filter(|one| one.path == *path && !is_about_comments(one)).count();
        change.fixed = change.fixed.saturating_sub(still);
    }
    Mended::suppressed(left, changes)
}

fn is_about_comments(finding: &Finding) -> bool {
    finding.rule.split('/').next() == Some(GROUP)
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
