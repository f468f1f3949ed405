//! `--fix` and `--diff`: what fixes come to, and where the result goes.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;

use super::args::Check;
use super::run::Run;
use super::work::Work;
use super::{complain, output, terminal, write};
use crate::engine::Outcome;
use crate::finding::Safety;
use crate::fix::{self, Changes, Refusal};
use crate::report::clean;
use crate::report::diff::{self, Reader};

/// How many rules are named whose findings were fixed, before the others are only counted.
const RULES_SHOWN: usize = 6;

/// Articles after fixes, not yet written.
pub(super) struct Mended {
    /// What is left to report.
    pub outcome: Outcome,
    changes: Changes,
    /// How many findings that takes away.
    fixed: usize,
    refused: Vec<Refusal>,
    settled: bool,
}

/// Fixes what `args` allow, in memory.
pub(super) fn mend(args: &Check, work: &Work) -> Mended {
    let allowed = if args.unsafe_fixes { Safety::Unsafe } else { Safety::Safe };
    let (mut unreadable, mut suppressed) = (Vec::new(), 0);
    let done = fix::converge(allowed, |changes| {
        let outcome = work.check(changes);
        (unreadable, suppressed) = (outcome.unreadable, outcome.suppressed);
        (outcome.findings, outcome.sources)
    });
    Mended {
        outcome: Outcome { findings: done.findings, sources: done.sources, unreadable, suppressed },
        changes: done.changes,
        fixed: done.fixed,
        refused: done.refused,
        settled: done.settled,
    }
}

impl Mended {
    /// Articles with comments in them that suppress what was reported.
    pub fn suppressed(outcome: Outcome, changes: Changes) -> Self {
        let fixed = changes.values().map(|change| change.fixed).sum();
        Self { outcome, changes, fixed, refused: Vec::new(), settled: true }
    }

    /// Whether any article differs.
    pub fn changes_anything(&self) -> bool {
        !self.changes.is_empty()
    }

    /// Shows the changes on standard output instead of making them.
    ///
    /// # Errors
    /// If they cannot be written there.
    pub fn show(&self, args: &Check, run: &Run) -> io::Result<()> {
        let terminal = io::stdout().is_terminal();
        let color = terminal::colors(args.color, terminal);
        let reader = if terminal || color { Reader::Terminal { color } } else { Reader::Program };
        let mut out = BufWriter::new(io::stdout().lock());
        for (path, change) in &self.changes {
            let shown = run.shown(path);
            diff::render(shown.as_deref().unwrap_or(path), &change.before, &change.after, reader, &mut out)?;
        }
        out.flush()
    }

    /// Writes the changed articles, each whole or not at all; the one from standard input goes to standard output, changed
    /// or not. Tells which could not be written, and whether there were any; those are no changes any more.
    ///
    /// # Errors
    /// If standard output cannot be written.
    pub fn write(&mut self, run: &Run) -> io::Result<bool> {
        if let Some(piped) = &run.stdin {
            let bytes = self.changes.get(&piped.path).map_or(&piped.bytes, |change| &change.after);
            let mut out = io::stdout().lock();
            out.write_all(bytes)?;
            out.flush()?;
            return Ok(false);
        }
        let all = self.changes.len();
        let fixed = &mut self.fixed;
        self.changes.retain(|path, change| {
            let file = run.root.path.join(Path::new(&**path));
            let written = write::replace(&file, &change.after);
            if let Err(error) = &written {
                complain(&format!("cannot write `{path}`, it stays as it was: {}", write::reason(&file, error)));
                *fixed -= change.fixed;
            }
            written.is_ok()
        });
        Ok(self.changes.len() < all)
    }

    /// Tells on standard error how much was mended, and what was not and why.
    ///
    /// # Errors
    /// If standard error cannot be written.
    pub fn tell(&self, verb: &str, quiet: bool) -> io::Result<()> {
        for Refusal { path, rules } in &self.refused {
            complain(&format!("`{path}` stays as it is: the fixes of {} would break it", rules.join(", ")));
        }
        if !self.settled {
            complain("some fixes undo each other; what is left is reported");
        }
        if !quiet && self.fixed > 0 {
            let fixed = output::count(self.fixed, "finding");
            let articles = output::count(self.changes.len(), "article");
            writeln!(io::stderr(), "{verb} {fixed} in {articles}{}", self.by_rule())?;
        }
        Ok(())
    }

    /// What was fixed, the rule with most findings first: `: residue/read-more 8, date/format 2`.
    fn by_rule(&self) -> String {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for (rule, count) in self.changes.values().flat_map(|change| &change.rules) {
            *counts.entry(rule).or_default() += count;
        }
        let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
        counts.sort_by_key(|(rule, count)| (Reverse(*count), *rule));
        match counts.as_slice() {
            [] => String::new(),
            [(rule, _)] => format!(": {}", clean::line(rule)),
            counts => {
                let mut told: Vec<String> =
                    counts.iter().map(|(rule, n)| format!("{} {n}", clean::line(rule))).collect();
                if let Some(more) = told.len().checked_sub(RULES_SHOWN).filter(|more| *more > 1) {
                    told.truncate(RULES_SHOWN);
                    told.push(format!("{more} other rules"));
                }
                format!(": {}", told.join(", "))
            }
        }
    }
}
