//! One address: the requests that it takes, and what their answers mean.

use std::collections::HashMap;
use std::io::Read;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::thread;
use std::time::Duration;

use ureq::http::Response;
use ureq::tls::TlsConfig;
use ureq::typestate::WithoutBody;
use ureq::unversioned::resolver::DefaultResolver;
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body, RequestBuilder};

use super::cookie::Jar;
use super::failure::Failure;
use super::gate::Gates;
use super::public::PublicOnly;
use super::response::{Asked, Redirect, Step, failed, location, read};
use super::robots::Robots;
use super::wait::said;
use super::{Options, Roots, address, lock};
use crate::site::target;
use crate::site::web::{Answer, State, excludes};

/// Redirects in a row that are followed.
const MOST_REDIRECTS: usize = 10;

/// Bytes of a robots.txt that are read. Source: RFC 9309, 2.5.
const LARGEST_ROBOTS: u64 = 500 * 1024;

/// Redirects of a robots.txt that are followed. Source: RFC 9309, 2.3.1.2.
const ROBOTS_REDIRECTS: usize = 5;

/// The longest pause between two requests that a robots.txt can ask for.
const LONGEST_DELAY: Duration = Duration::from_secs(10);

/// How many pauses lie before the first question that is asked again; before each further one twice as many.
const FIRST_WAIT: u32 = 5;

pub(super) struct Fetcher<'o> {
    agent: Agent,
    options: &'o Options,
    gates: Gates,
    robots: Mutex<HashMap<String, Arc<OnceLock<Robots>>>>,
    /// Whether any name of a host led to an address.
    found: AtomicBool,
    /// How many requests were in vain since that of their host did not.
    lost: AtomicUsize,
}

/// An answer that may be another one later.
struct Later {
    answer: Answer,
    /// How long the server wants us to wait, if it says so.
    wait: Option<Duration>,
    /// The host that gave it.
    host: String,
    /// Whether it gave none at all.
    silent: bool,
}

impl<'o> Fetcher<'o> {
    pub fn new(options: &'o Options) -> Self {
        let config = Agent::config_builder()
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            // A proxy would look hosts up for us, private ones too.
            .proxy(None)
            .timeout_global(Some(options.timeout))
            .timeout_resolve(Some(options.timeout / 2))
            // Connections to many hosts, a page or two of each.
            .max_idle_connections_per_host(options.per_host)
            .tls_config(options.roots.as_ref().map_or_else(TlsConfig::default, Roots::config))
            .user_agent(concat!("copydesk/", env!("CARGO_PKG_VERSION"), " (link check)"))
            .build();
        let resolver = PublicOnly { inner: DefaultResolver::default(), private: options.private.clone() };
        Self {
            agent: Agent::with_parts(config, DefaultConnector::default(), resolver),
            options,
            gates: Gates::new(options.per_host, options.pause),
            robots: Mutex::default(),
            found: AtomicBool::new(false),
            lost: AtomicUsize::new(0),
        }
    }

    /// Whether any name of a host led to an address.
    pub fn found(&self) -> bool {
        self.found.load(Ordering::Relaxed)
    }

    /// How many requests were in vain since the name of their host led to no address.
    pub fn lost(&self) -> usize {
        self.lost.load(Ordering::Relaxed)
    }

    /// Asks for `url`, and for `fragments` in its page; again if the server could not tell.
    pub fn ask(&self, url: &str, fragments: &[String]) -> Asked {
        let (mut waited, mut pause) = (Duration::ZERO, self.options.pause * FIRST_WAIT);
        for again in 0.. {
            // Who had trouble with HEAD may have none with GET.
            let later = match self.follow(url, fragments, again == 0 && fragments.is_empty()) {
                Ok(asked) => return asked,
                Err(later) => later,
            };
            if later.silent {
                self.gates.of(&later.host).failed(&later.answer.why, again == 0);
            }
            let wait = later.wait.unwrap_or(pause);
            if waited.saturating_add(wait) > self.options.longest_wait {
                let mut answer = later.answer;
                if later.wait.is_some() {
                    answer.why = format!("{}, and asks to wait {}", answer.why, said(wait));
                    // Others of this host would only hear the same.
                    self.gates.of(&later.host).close(&format!("not asked, since its host said {}", answer.why));
                }
                return Asked::Answer(answer);
            }
            if again >= self.options.retries {
                return Asked::Answer(later.answer);
            }
            if later.wait.is_some() {
                self.gates.of(&later.host).put_off(wait);
            } else {
                thread::sleep(wait);
            }
            waited += wait;
            pause *= 2;
        }
        unreachable!("the numbers do not end")
    }

    /// Follows redirects to the end.
    fn follow(&self, url: &str, fragments: &[String], head: bool) -> Result<Asked, Box<Later>> {
        let (mut here, mut jar) = (url.to_owned(), Jar::default());
        let mut seen = vec![(here.clone(), jar.changes())];
        let (mut permanent, mut moved_to, mut place) = (true, None, None);
        loop {
            let host = address::host(&here);
            let step = match self.robots_of(&here).get().and_then(|robots| robots.forbids(&address::path(&here))) {
                Some(answer) => answer.into(),
                None => self.request(&here, &host, fragments, head, &mut jar),
            };
            let Redirect { to, fragment, permanent: for_good } = match step {
                Step::Redirect(redirect) => redirect,
                Step::Done(Asked::Answer(mut answer)) => {
                    answer.moved_to = moved_to.filter(|_| answer.state == State::Alive);
                    if place.is_some() {
                        // The reader is sent to that place, not to the one that the link names.
                        answer.missing.clear();
                    }
                    return Ok(Asked::Answer(answer));
                }
                Step::Done(asked) => return Ok(asked),
                Step::Later(answer, wait) => return Err(Box::new(Later { answer, wait, host, silent: false })),
                Step::Silent(why) => {
                    let answer = Answer::new(State::Transient, why);
                    return Err(Box::new(Later { answer, wait: None, host, silent: true }));
                }
                Step::Refused => return Ok(Asked::Answer(Answer::new(State::Blocked, "it answers no request"))),
            };
            place = fragment.or(place);
            permanent &= for_good;
            if permanent {
                let place = place.as_ref().map_or(String::new(), |place| format!("#{place}"));
                moved_to = Some(format!("{to}{place}"));
            }
            if self.options.excluded.iter().any(|pattern| excludes(pattern, &to)) {
                return Ok(Asked::ForNow(Answer::new(
                    State::Blocked,
                    format!("it leads on to `{to}`, which is excluded"),
                )));
            }
            let next = (to.clone(), jar.changes());
            let endless = if seen.contains(&next) { "go round in a circle" } else { "do not end" };
            if seen.contains(&next) || seen.len() > MOST_REDIRECTS {
                if head {
                    return self.follow(url, fragments, false);
                }
                // Who sets cookies treats browsers otherwise.
                let state = if jar.changes() > 0 { State::Blocked } else { State::Dead };
                return Ok(Asked::Answer(Answer::new(state, format!("its redirects {endless}"))));
            }
            seen.push(next);
            here = to;
        }
    }

    /// Asks with HEAD if that will do, else or if it is refused with GET.
    fn request(&self, url: &str, host: &str, fragments: &[String], head: bool, jar: &mut Jar) -> Step {
        match head.then(|| self.send(url, host, fragments, true, jar)) {
            None | Some(Step::Refused) => self.send(url, host, fragments, false, jar),
            Some(step) => step,
        }
    }

    fn send(&self, url: &str, host: &str, fragments: &[String], head: bool, jar: &mut Jar) -> Step {
        let gate = self.gates.of(host);
        let _pass = match gate.enter() {
            Ok(pass) => pass,
            Err(why) => return Step::Done(Asked::ForNow(Answer::new(State::Transient, why))),
        };
        let name = target::host(url).unwrap_or(host);
        let mut request = if head { self.agent.head(url) } else { self.agent.get(url) };
        request = request.header("accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        let cookies = jar.of(name);
        if !cookies.is_empty() {
            request = request.header("cookie", cookies);
        }
        match self.call(request) {
            Ok(response) => {
                gate.answered();
                jar.take(name, response.headers());
                read(response, url, fragments, head)
            }
            Err(failure) => failed(failure, head),
        }
    }

    fn call(&self, request: RequestBuilder<WithoutBody>) -> Result<Response<Body>, Failure> {
        let called = request.call().map_err(|error| Failure::from(&error));
        match called {
            Err(Failure::NoHost | Failure::NoLookup) => drop(self.lost.fetch_add(1, Ordering::Relaxed)),
            // That can be said of a number, too.
            Err(Failure::NoWay | Failure::Private | Failure::NoAddress) => {}
            _ => self.found.store(true, Ordering::Relaxed),
        }
        called
    }

    /// The robots.txt of the host, read once.
    fn robots_of(&self, url: &str) -> Arc<OnceLock<Robots>> {
        let origin = address::origin(url);
        let known = Arc::clone(lock(&self.robots).entry(origin.clone()).or_default());
        known.get_or_init(|| {
            let robots = self.read_robots(format!("{origin}/robots.txt"));
            if let Some(delay) = robots.delay {
                self.gates.of(&address::host(url)).slow_down(delay.min(LONGEST_DELAY));
            }
            robots
        });
        known
    }

    /// What a robots.txt says. Where there is none everything is allowed; where the server fails, nothing is. Source: RFC 9309,
    /// 2.3.1. A host that cannot be reached will show that in what is asked for.
    fn read_robots(&self, mut url: String) -> Robots {
        for _ in 0..=ROBOTS_REDIRECTS {
            let host = address::host(&url);
            let gate = self.gates.of(&host);
            let Ok(_pass) = gate.enter() else { return Robots::default() };
            let Ok(mut response) = self.call(self.agent.get(&url)) else { return Robots::default() };
            gate.answered();
            match response.status().as_u16() {
                200..=299 => {
                    let mut text = Vec::new();
                    // Half a file says more than none.
                    let _ = response.body_mut().as_reader().take(LARGEST_ROBOTS).read_to_end(&mut text);
                    return Robots::read(&String::from_utf8_lossy(&text));
                }
                301 | 302 | 303 | 307 | 308 => match location(&response).and_then(|to| address::joined(&url, &to)) {
                    Some(to) => url = to,
                    None => return Robots::default(),
                },
                status @ 500..=599 => return Robots::unreadable(status),
                _ => return Robots::default(),
            }
        }
        Robots::default()
    }
}
