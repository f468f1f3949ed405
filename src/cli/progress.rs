//! A bar on a terminal for runs that take a while.

use std::io::{self, IsTerminal};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

#[cfg(feature = "online")]
use crate::site::web::State;

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

/// Counts what other sites have answered.
#[cfg(feature = "online")]
pub(super) struct Asked {
    bar: ProgressBar,
    /// Dead, blocked, not reached.
    counts: [AtomicUsize; 3],
}

#[cfg(feature = "online")]
impl Asked {
    pub fn new(total: usize, quiet: bool) -> Self {
        let shown = !quiet && total > 0 && io::stderr().is_terminal();
        let target = if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(total as u64), target);
        let style = ProgressStyle::with_template("asking other sites {wide_bar} {pos}/{len}{msg}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        Self { bar, counts: Default::default() }
    }

    /// One more.
    pub fn step(&self, state: State) {
        let place = match state {
            State::Alive => None,
            State::Dead => Some(0),
            State::Blocked => Some(1),
            State::Transient => Some(2),
        };
        if let Some(place) = place {
            self.counts[place].fetch_add(1, Ordering::Relaxed);
            let [dead, blocked, unreached] = [0, 1, 2].map(|place: usize| self.counts[place].load(Ordering::Relaxed));
            self.bar.set_message(format!(": {dead} dead, {blocked} blocked, {unreached} not reached"));
        }
        self.bar.inc(1);
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

fn draw(total: usize) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(total as u64), ProgressDrawTarget::stderr());
    let style = ProgressStyle::with_template("reading articles {wide_bar} {pos}/{len}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}
