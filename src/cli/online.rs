//! `links` and `check --online`: asks other sites for what the articles link to, before the articles are checked.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::net::IpAddr;

use super::args::Check;
use super::output::count;
use super::run::Run;
use super::since::Scope;
use super::{Exit, check};
use crate::config::Plan;
use crate::engine::{self, Input};
use crate::site::Site;
use crate::site::target::{host, is_host_of};
use crate::site::web::{Answers, State, excludes};

/// Every page to ask for, and the fragments that are to be in it.
pub(super) type Wanted = BTreeMap<String, Vec<String>>;

/// What came of asking.
pub(super) struct Told {
    answers: Vec<State>,
    /// How many answers were known from before.
    known: usize,
    /// How many pages were not to be asked for.
    left_out: usize,
}

/// Checks nothing but links to other sites.
///
/// # Errors
/// If the report cannot be written.
pub(super) fn links(args: &Check) -> io::Result<Exit> {
    if args.watch {
        return Ok(check::failed("other sites are not to be asked again and again: `--watch` goes with `check`"));
    }
    if !args.only.is_empty() {
        return Ok(check::failed("`links` has its own rules: `--only` goes with `check --online`"));
    }
    if args.on.baseline.is_some() {
        return Ok(check::failed("no baseline knows what other sites answer: use `--add-suppressions`"));
    }
    check::run(args, true)
}

/// Asks for what the articles that are reported on link to, and lets `run` know the answers.
///
/// # Errors
/// If the cache cannot be used, in words.
pub(super) fn ask(args: &Check, run: &mut Run, scope: Option<&Scope>) -> Result<Told, String> {
    let site = engine::site(&run.found.inputs, |input| run.load(input), &run.tree, &run.plan);
    let is_asked = |path: &str| {
        let index = run.found.inputs.binary_search_by(|input: &Input| (*input.path).cmp(path));
        index.is_ok_and(|index| run.found.inputs[index].report) && scope.is_none_or(|scope| scope.touches(path))
    };
    let excluded: Vec<String> = run.config.unasked.iter().chain(&args.asking.exclude_url).cloned().collect();
    let is_left_out = |page: &str| {
        let host = host(page).unwrap_or_default().trim_matches(['[', ']']);
        let is_meant = || args.asking.allow_private.iter().any(|named| is_host_of(host, named));
        (is_nobodys(host) && !is_meant()) || excluded.iter().any(|pattern| excludes(pattern, page))
    };
    let (wanted, left_out) = wanted(&site, &run.plan, is_asked, is_left_out);
    drop(site);
    let (answers, known) = send(args, run, &wanted, excluded)?;
    let told = Told { answers: answers.values().map(|answer| answer.state).collect(), known, left_out };
    run.plan.site.web = Some(std::sync::Arc::new(answers));
    Ok(told)
}

/// The pages to ask for, and how many are left out.
fn wanted(
    site: &Site,
    plan: &Plan,
    is_asked: impl Fn(&str) -> bool,
    is_left_out: impl Fn(&str) -> bool,
) -> (Wanted, usize) {
    let (mut wanted, mut left_out) = (Wanted::new(), BTreeSet::new());
    for facts in site.facts().iter().filter(|facts| is_asked(&facts.path) && plan.for_path(&facts.path).needs.web) {
        for address in facts.links.iter().filter_map(|link| site.elsewhere(facts, link)) {
            if is_left_out(&address.page) {
                left_out.insert(address.page);
                continue;
            }
            let fragments = wanted.entry(address.page).or_default();
            if let Some(fragment) = address.fragment.filter(|one| !fragments.iter().any(|known| known == one)) {
                fragments.push(fragment.to_owned());
            }
        }
    }
    (wanted, left_out.len())
}

/// Hosts that stand in texts for any site. Source: RFC 2606, 3.
const EXAMPLES: &[&str] = &["example.com", "example.net", "example.org"];

/// Whether a host is one of an example, or the reader's own computer: a link to it says nothing of any site.
fn is_nobodys(host: &str) -> bool {
    EXAMPLES.iter().any(|named| is_host_of(host, named))
        || is_host_of(host, "localhost")
        || host.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}

#[cfg(not(feature = "online"))]
fn send(_args: &Check, _run: &Run, _wanted: &Wanted, _excluded: Vec<String>) -> Result<(Answers, usize), String> {
    Err("this copydesk was built without the feature `online`: it asks nobody".to_owned())
}

#[cfg(feature = "online")]
fn send(args: &Check, run: &Run, wanted: &Wanted, excluded: Vec<String>) -> Result<(Answers, usize), String> {
    use std::sync::{Mutex, PoisonError};
    use std::time::Duration;

    use super::progress::Asked;
    use crate::discover::plain_error;
    use crate::web::{self, Cache, Options};

    let said = &args.asking;
    let path = if said.no_link_cache { None } else { said.link_cache.clone().or_else(|| cache_path(run)) };
    let cache = match &path {
        None => Cache::nowhere(),
        Some(path) => Cache::open(path).map_err(|damage| {
            let shown = path.display();
            format!("cannot use the cache of links `{shown}`: {damage}; delete it, or name another with `--link-cache`")
        })?,
    };
    let roots = said.ca_file.as_deref().map(roots).transpose()?;
    let usual = Options::default();
    let options = Options {
        requests: said.requests.map_or(usual.requests, Into::into),
        per_host: said.per_host.map_or(usual.per_host, Into::into),
        pause: said.pause.map_or(usual.pause, |pause| Duration::from_millis(pause.into())),
        timeout: said.timeout.map_or(usual.timeout, |timeout| Duration::from_secs(timeout.into())),
        retries: said.retries.map_or(usual.retries, Into::into),
        private: said.allow_private.clone(),
        excluded,
        roots,
        ..usual
    };
    let known = wanted.iter().filter(|(page, fragments)| cache.knows(page, fragments)).count();
    let progress = Asked::new(wanted.len(), args.quiet);
    let cache = Mutex::new(cache);
    let answers = web::ask(wanted, &cache, &options, |answer| progress.step(answer.state));
    progress.finish();
    if let Err(error) = cache.into_inner().unwrap_or_else(PoisonError::into_inner).finish() {
        let path = path.unwrap_or_default();
        super::complain(&format!("cannot keep the answers in `{}`: {}", path.display(), plain_error(&error)));
    }
    Ok((answers.map_err(|offline| offline.to_string())?, known))
}

#[cfg(feature = "online")]
fn roots(path: &std::path::Path) -> Result<crate::web::Roots, String> {
    let shown = path.display();
    let pem = std::fs::read(path)
        .map_err(|error| format!("cannot read the certificates `{shown}`: {}", crate::discover::plain_error(&error)))?;
    crate::web::Roots::read(&pem).ok_or_else(|| format!("`{shown}` holds no certificate in PEM"))
}

/// A file for this site in the user's cache folder; `None` if there is no such folder.
#[cfg(feature = "online")]
fn cache_path(run: &Run) -> Option<std::path::PathBuf> {
    use std::path::PathBuf;

    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let in_home = if cfg!(target_os = "macos") { "Library/Caches" } else { ".cache" };
    let folder = set("XDG_CACHE_HOME").or_else(|| set("LOCALAPPDATA")).or_else(|| Some(set("HOME")?.join(in_home)))?;
    let site = xxhash_rust::xxh3::xxh3_64(run.root.path.as_os_str().as_encoded_bytes());
    Some(folder.join("copydesk").join(format!("links-{site:016x}.jsonl")))
}

impl Told {
    /// Tells the numbers on standard error.
    ///
    /// # Errors
    /// If standard error cannot be written.
    pub fn summarize(&self) -> io::Result<()> {
        let states = [(State::Dead, "dead"), (State::Blocked, "blocked"), (State::Transient, "not reached")];
        let states = states.map(|(state, what)| (self.answers.iter().filter(|one| **one == state).count(), what));
        let bad: String = states.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!(", {n} {what}")).collect();
        let there = self.answers.iter().filter(|state| **state == State::Alive).count();
        let apart = [(self.known, "answered before"), (self.left_out, "more left out")];
        let apart: Vec<String> = apart.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
        let apart = if apart.is_empty() { String::new() } else { format!(" ({})", apart.join(", ")) };
        writeln!(io::stderr(), "asked for {}{apart}: {there} there{bad}", count(self.answers.len(), "page"))
    }
}
