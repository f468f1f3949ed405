//! Whether what links to other sites lead to is there: asked over the network, politely, and remembered.
//!
//! Owns the order of the requests, their pace, and what answers mean. Knows no article and no rule.

mod address;
mod cache;
mod cookie;
mod failure;
mod fetch;
mod gate;
mod page;
mod public;
mod response;
mod robots;
mod roots;
mod wait;

use std::collections::{BTreeMap, HashMap};
use std::net::ToSocketAddrs;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread;
use std::time::Duration;

pub use cache::{Cache, Damage};
use fetch::Fetcher;
use response::Asked;
pub use roots::Roots;

use crate::site::web::{Answer, Answers};

/// How to ask.
#[derive(Debug, Clone)]
pub struct Options {
    /// How many requests may run at once.
    pub requests: usize,
    /// How many of them to one host.
    pub per_host: usize,
    /// The least time between the beginnings of two requests to one host.
    pub pause: Duration,
    /// How long one request may take, the page included.
    pub timeout: Duration,
    /// How long a server may make us wait (`Retry-After`); what asks for more is left for another run.
    pub longest_wait: Duration,
    /// How often to ask again where the server could not tell.
    pub retries: u32,
    /// The hosts, those below them included, that may have addresses which are not public.
    pub private: Vec<String>,
    /// What redirects are not followed to, as [`crate::site::web::excludes`] reads it.
    pub excluded: Vec<String>,
    /// Who vouches for certificates; `None` if those who are built in do.
    pub roots: Option<Roots>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            requests: 32,
            per_host: 2,
            pause: Duration::from_millis(100),
            timeout: Duration::from_secs(20),
            longest_wait: Duration::from_secs(60),
            retries: 2,
            private: Vec::new(),
            excluded: Vec::new(),
            roots: None,
        }
    }
}

/// Every page to ask for, as [`crate::site::web::Address::page`], and the fragments that are to be in it.
pub type Wanted = BTreeMap<String, Vec<String>>;

/// One page and its fragments.
type Question<'w> = (&'w String, &'w Vec<String>);

/// After so many requests in vain it is asked whether there is a network.
const IN_VAIN: usize = 8;

/// No name of a host led to an address: nothing can be said of any page.
#[derive(Debug, thiserror::Error)]
#[error("no address was found for any host: is there a network?")]
pub struct Offline;

/// Asks for every page of `wanted`, but for what `cache` knows, and tells `cache` each answer as it comes. `told` hears of each
/// of them, too, from several threads.
///
/// # Errors
/// If there is no network.
pub fn ask(
    wanted: &Wanted,
    cache: &Mutex<Cache>,
    options: &Options,
    told: impl Fn(&Answer) + Sync,
) -> Result<Answers, Offline> {
    let mut answers = HashMap::with_capacity(wanted.len());
    let mut unknown = Vec::new();
    for question in wanted {
        match lock(cache).get(question.0, question.1) {
            Some(known) => {
                told(&known);
                answers.insert(question.0.clone(), known);
            }
            None => unknown.push(question),
        }
    }
    let lanes = lanes(unknown, options.per_host);
    let (next, answers, no_host) = (AtomicUsize::new(0), Mutex::new(answers), Mutex::new(Vec::new()));
    let fetcher = Fetcher::new(options);
    // Hosts are gone only if others are there; else it is we who are not.
    let elsewhere = OnceLock::new();
    let is_offline = |in_vain: usize| {
        let seems_so = !fetcher.found() && fetcher.lost() >= in_vain;
        seems_so && !*elsewhere.get_or_init(|| is_found(&lock(cache).hosts_once_alive()))
    };
    thread::scope(|scope| {
        for _ in 0..options.requests.clamp(1, lanes.len().max(1)) {
            scope.spawn(|| {
                while let Some(lane) = lanes.get(next.fetch_add(1, Ordering::Relaxed)) {
                    for (url, fragments) in lane {
                        if is_offline(IN_VAIN) {
                            return;
                        }
                        let (answer, keep) = match fetcher.ask(url, fragments) {
                            Asked::Answer(answer) => (answer, true),
                            Asked::ForNow(answer) => (answer, false),
                            // There is a network: what has no host is gone.
                            Asked::NoHost(answer) if fetcher.found() => (answer, true),
                            Asked::NoHost(answer) => {
                                lock(&no_host).push((*url).clone());
                                (answer, false)
                            }
                        };
                        told(&answer);
                        if keep {
                            lock(cache).put(url, &answer);
                        }
                        lock(&answers).insert((*url).clone(), answer);
                    }
                }
            });
        }
    });
    if is_offline(1) {
        return Err(Offline);
    }
    let answers = answers.into_inner().unwrap_or_else(PoisonError::into_inner);
    for url in no_host.into_inner().unwrap_or_else(PoisonError::into_inner) {
        if let Some(answer) = answers.get(&url) {
            lock(cache).put(&url, answer);
        }
    }
    Ok(answers)
}

/// Whether one of these hosts can be looked up.
fn is_found(hosts: &[String]) -> bool {
    hosts.iter().any(|host| (host.as_str(), 443).to_socket_addrs().is_ok())
}

/// Questions that are asked one after the other. A host has as many lanes as it may have requests at once, so that nobody
/// waits for it who could ask others.
fn lanes(questions: Vec<Question>, per_host: usize) -> Vec<Vec<Question>> {
    let mut hosts: BTreeMap<String, Vec<Question>> = BTreeMap::new();
    for question in questions {
        hosts.entry(address::host(question.0)).or_default().push(question);
    }
    let mut lanes: Vec<Vec<Question>> = Vec::new();
    for questions in hosts.into_values() {
        let count = per_host.clamp(1, questions.len());
        lanes.extend((0..count).map(|lane| questions.iter().skip(lane).step_by(count).copied().collect()));
    }
    // The longest first: it decides how long the run takes.
    lanes.sort_by_key(|lane| std::cmp::Reverse(lane.len()));
    lanes
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_host_has_as_many_lanes_as_it_may_have_requests() {
        let pages = ["http://a.org/1", "http://a.org/2", "https://a.org/3", "http://b.org/1"].map(str::to_owned);
        let none = Vec::new();
        let lanes = lanes(pages.iter().map(|page| (page, &none)).collect(), 2);
        let lanes: Vec<Vec<&str>> =
            lanes.iter().map(|lane| lane.iter().map(|(page, _)| page.as_str()).collect()).collect();
        assert_eq!(lanes, [vec!["http://a.org/1", "https://a.org/3"], vec!["http://a.org/2"], vec!["http://b.org/1"]]);
    }
}
