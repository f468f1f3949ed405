//! One check of the articles that a run has found, as often as fixing needs it.

use std::cell::{Cell, OnceCell, Ref, RefCell};
use std::io;
use std::sync::Arc;

use rayon::{ThreadPool, ThreadPoolBuilder};

use super::args::Selection;
use super::baseline;
use super::past;
use super::progress::Progress;
use super::run::Run;
use super::since::Scope;
use crate::baseline::{Baseline, Sifted};
use crate::engine::{self, Input, Outcome, Past};
use crate::fix::Changes;
use crate::site::Tree;
use crate::source::{Kind, Source};

/// All that it takes to check.
pub(super) struct Work<'r> {
    run: &'r Run,
    /// `None` if the system gives no threads of our own: then the global ones do.
    threads: Option<ThreadPool>,
    quiet: bool,
    baseline: Option<&'r Baseline>,
    scope: Option<&'r Scope>,
    /// What the last check left aside.
    sifted: RefCell<Sifted>,
    outside: Cell<usize>,
    past: OnceCell<Past>,
}

/// How many findings were left aside.
#[derive(Debug, Clone, Copy)]
pub(super) struct Aside {
    /// Because the baseline knows them.
    pub known: usize,
    /// Because the change did not bring them.
    pub outside: usize,
}

impl<'r> Work<'r> {
    pub fn new(args: &Selection, run: &'r Run) -> Self {
        let threads = args.threads.and_then(|n| ThreadPoolBuilder::new().num_threads(n.into()).build().ok());
        let (sifted, outside) = (RefCell::default(), Cell::default());
        let past = OnceCell::new();
        Self { run, threads, quiet: args.quiet, baseline: None, scope: None, sifted, outside, past }
    }

    /// Leaves aside what the baseline knows.
    pub fn baseline(self, baseline: Option<&'r Baseline>) -> Self {
        Self { baseline, ..self }
    }

    /// Leaves aside what a change did not bring.
    pub fn scope(self, scope: Option<&'r Scope>) -> Self {
        Self { scope, ..self }
    }

    /// What the last check left aside because the baseline knows it, and what the baseline holds beside that.
    pub fn sifted(&self) -> Ref<'_, Sifted> {
        self.sifted.borrow()
    }

    /// How many findings the last check left aside.
    pub fn aside(&self) -> Aside {
        Aside { known: self.sifted.borrow().known.len(), outside: self.outside.get() }
    }

    /// Checks the articles, taking those in `changes` as they stand there.
    pub fn check(&self, changes: &Changes) -> Outcome {
        let load = |input: &Input| match changes.get(&input.path) {
            Some(change) => {
                let kind = Kind::of_path(&input.path).unwrap_or(Kind::Text);
                Ok(Source::from_bytes(Arc::clone(&input.path), kind, change.after.clone()))
            }
            None => self.run.load(input),
        };
        let past =
            self.past.get_or_init(|| self.scope.map_or_else(|| past::of(self.run, true), |scope| scope.past(self.run)));
        let mut outcome = self.check_since(&self.run.found.inputs, load, &self.run.tree, past);
        if let Some(baseline) = self.baseline {
            let sifted = baseline::sift(baseline, self.run, &mut outcome);
            self.sifted.replace(sifted);
        }
        if let Some(scope) = self.scope {
            self.outside.set(scope.restrict(&mut outcome, self));
        }
        outcome
    }

    /// Checks these articles, and takes nothing out.
    pub fn check_all<L>(&self, inputs: &[Input], load: L, tree: &Arc<Tree>) -> Outcome
    where
        L: Fn(&Input) -> io::Result<Source> + Sync,
    {
        self.check_since(inputs, load, tree, &Past::default())
    }

    fn check_since<L>(&self, inputs: &[Input], load: L, tree: &Arc<Tree>, past: &Past) -> Outcome
    where
        L: Fn(&Input) -> io::Result<Source> + Sync,
    {
        let progress = Progress::new(inputs.len(), self.quiet);
        let load = |input: &Input| {
            progress.step();
            load(input)
        };
        let check = || engine::check_since(inputs, load, tree, &self.run.plan, past);
        let outcome = self.threads.as_ref().map_or_else(check, |threads| threads.install(check));
        progress.finish();
        outcome
    }

    /// What is checked.
    pub fn run(&self) -> &'r Run {
        self.run
    }
}
