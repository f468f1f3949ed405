//! How many requests a host has at once, and how fast they follow each other, wherever they come from: links and redirects.

use std::collections::HashMap;
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use super::lock;

/// After so many requests in a row without an answer, a host is left alone.
const PATIENCE: u32 = 3;

/// One gate for each host.
pub(super) struct Gates {
    hosts: Mutex<HashMap<String, Arc<Gate>>>,
    per_host: usize,
    pause: Duration,
}

/// The way to one host.
pub(super) struct Gate {
    way: Mutex<Way>,
    freed: Condvar,
    per_host: usize,
}

struct Way {
    /// Requests that run.
    running: usize,
    /// When the next one may begin.
    next: Instant,
    pause: Duration,
    /// Requests in a row that got no answer.
    failures: u32,
    /// Whether it ever gave one.
    answers: bool,
    /// Why nobody is let through any more.
    closed: Option<String>,
}

/// Leave to ask, until dropped.
pub(super) struct Pass<'g>(&'g Gate);

impl Gates {
    pub fn new(per_host: usize, pause: Duration) -> Self {
        Self { hosts: Mutex::default(), per_host: per_host.max(1), pause }
    }

    /// The gate of a host.
    pub fn of(&self, host: &str) -> Arc<Gate> {
        let way =
            || Way { running: 0, next: Instant::now(), pause: self.pause, failures: 0, answers: false, closed: None };
        let gate = || Arc::new(Gate { way: Mutex::new(way()), freed: Condvar::new(), per_host: self.per_host });
        Arc::clone(lock(&self.hosts).entry(host.to_owned()).or_insert_with(gate))
    }
}

impl Gate {
    /// Waits for its turn.
    ///
    /// # Errors
    /// If the host is not asked any more; the error says why.
    pub fn enter(&self) -> Result<Pass<'_>, String> {
        let mut way = lock(&self.way);
        loop {
            if let Some(why) = &way.closed {
                return Err(why.clone());
            }
            let now = Instant::now();
            if way.running < self.per_host && now >= way.next {
                way.running += 1;
                way.next = now + way.pause;
                return Ok(Pass(self));
            }
            let wait = if way.running < self.per_host { way.next - now } else { Duration::from_secs(1) };
            let woken = self.freed.wait_timeout(way, wait);
            way = woken.unwrap_or_else(std::sync::PoisonError::into_inner).0;
        }
    }

    /// Lets nobody through for a while.
    pub fn put_off(&self, wait: Duration) {
        let mut way = lock(&self.way);
        way.next = way.next.max(Instant::now() + wait);
    }

    /// Lets requests follow each other no faster than this.
    pub fn slow_down(&self, pause: Duration) {
        let mut way = lock(&self.way);
        way.pause = way.pause.max(pause);
    }

    /// Lets nobody through any more.
    pub fn close(&self, why: &str) {
        lock(&self.way).closed.get_or_insert_with(|| why.to_owned());
        self.freed.notify_all();
    }

    /// The host gave an answer, whatever it says.
    pub fn answered(&self) {
        let mut way = lock(&self.way);
        (way.failures, way.answers) = (0, true);
    }

    /// The host gave no answer; `first` if a page was asked for the first time. Of a host that answers otherwise, a page that
    /// it cannot give says little, however often it is asked for.
    pub fn failed(&self, why: &str, first: bool) {
        let mut way = lock(&self.way);
        if first || !way.answers {
            way.failures += 1;
        }
        if way.failures >= PATIENCE {
            drop(way);
            self.close(&format!("not asked, since its host gave no answer before ({why})"));
        }
    }
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        lock(&self.0.way).running -= 1;
        self.0.freed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_follow_each_other_at_a_distance() {
        let gates = Gates::new(1, Duration::from_millis(20));
        let begun = Instant::now();
        for _ in 0..3 {
            drop(gates.of("a.org").enter());
        }
        assert!(begun.elapsed() >= Duration::from_millis(40), "{:?}", begun.elapsed());
        gates.of("a.org").put_off(Duration::from_millis(50));
        drop(gates.of("a.org").enter());
        assert!(begun.elapsed() >= Duration::from_millis(90), "{:?}", begun.elapsed());
        drop(gates.of("b.org").enter().expect("another host has another gate"));
    }

    #[test]
    fn who_never_answers_is_left_alone() {
        let gate = Gates::new(1, Duration::ZERO).of("a.org");
        gate.failed("no connection", true);
        gate.failed("no connection", false);
        gate.answered();
        for _ in 0..PATIENCE {
            assert!(gate.enter().is_ok());
            gate.failed("no connection", false);
            gate.failed("no connection", true);
        }
        assert_eq!(
            gate.enter().err().as_deref(),
            Some("not asked, since its host gave no answer before (no connection)")
        );
    }
}
