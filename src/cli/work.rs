//! One check of the articles that a run has found, as often as fixing needs it.

use std::io;
use std::sync::Arc;

use rayon::{ThreadPool, ThreadPoolBuilder};

use super::args::Check;
use super::progress::Progress;
use super::run::Run;
use crate::engine::{self, Input, Outcome};
use crate::fix::Changes;
use crate::source::{Kind, Source};

/// All that it takes to check.
pub(super) struct Work<'r> {
    run: &'r Run,
    /// `None` if the system gives no threads of our own: then the global ones do.
    threads: Option<ThreadPool>,
    quiet: bool,
}

impl<'r> Work<'r> {
    pub fn new(args: &Check, run: &'r Run) -> Self {
        let threads = args.threads.and_then(|n| ThreadPoolBuilder::new().num_threads(n.into()).build().ok());
        Self { run, threads, quiet: args.quiet }
    }

    /// Checks the articles, taking those in `changes` as they stand there.
    pub fn check(&self, changes: &Changes) -> Outcome {
        let inputs = &self.run.found.inputs;
        let progress = Progress::new(inputs.len(), self.quiet);
        let load = |input: &Input| -> io::Result<Source> {
            progress.step();
            match changes.get(&input.path) {
                Some(change) => {
                    let kind = Kind::of_path(&input.path).unwrap_or(Kind::Text);
                    Ok(Source::from_bytes(Arc::clone(&input.path), kind, change.after.clone()))
                }
                None => self.run.load(input),
            }
        };
        let check = || engine::check(inputs, load, &self.run.tree, &self.run.plan);
        let outcome = self.threads.as_ref().map_or_else(check, |threads| threads.install(check));
        progress.finish();
        outcome
    }
}
