//! A bar on a terminal for runs that take a while.

use std::io::{self, IsTerminal};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Nobody wonders before that.
const PATIENCE: Duration = Duration::from_secs(1);

/// Counts the articles that were read; shows the count when the run takes more than a second.
pub(super) struct Progress {
    total: usize,
    done: AtomicUsize,
    begun: Instant,
    /// `None` where nobody watches.
    bar: Option<OnceLock<ProgressBar>>,
}

impl Progress {
    pub fn new(total: usize, quiet: bool) -> Self {
        let bar = (!quiet && io::stderr().is_terminal()).then(OnceLock::new);
        Self { total, done: AtomicUsize::new(0), begun: Instant::now(), bar }
    }

    /// One more; articles that are read again no longer count.
    pub fn step(&self) {
        let done = (self.done.fetch_add(1, Ordering::Relaxed) + 1).min(self.total);
        let Some(bar) = &self.bar else { return };
        if self.begun.elapsed() >= PATIENCE {
            bar.get_or_init(|| draw(self.total)).set_position(done as u64);
        }
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        if let Some(bar) = self.bar.as_ref().and_then(OnceLock::get) {
            bar.finish_and_clear();
        }
    }
}

fn draw(total: usize) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(total as u64), ProgressDrawTarget::stderr());
    let style = ProgressStyle::with_template("reading articles {wide_bar} {pos}/{len}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}
