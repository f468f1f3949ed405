//! What a response means, and what it means that there is none.

use std::fmt::Write as _;
use std::io::Read;
use std::time::Duration;

use jiff::Timestamp;
use ureq::Body;
use ureq::http::Response;

use super::failure::Failure;
use super::public::NOT_PUBLIC;
use super::wait::retry_after;
use super::{address, page};
use crate::site::web::{Answer, State};

/// Bytes of a page that are read for its places.
const LARGEST_PAGE: u64 = 4 * 1024 * 1024;

/// Bytes of an address that a redirect may lead to. What is longer is no address that anybody means.
const LONGEST_ADDRESS: usize = 8_000;

/// What asking for an address came to.
pub(super) enum Asked {
    Answer(Answer),
    /// Not worth remembering.
    ForNow(Answer),
    /// There is no such host, or no network.
    NoHost(Answer),
}

/// What one request came to.
pub(super) enum Step {
    Done(Asked),
    Redirect(Redirect),
    /// The server takes no HEAD.
    Refused,
    /// It could not tell; how long it wants us to wait, if it says so.
    Later(Answer, Option<Duration>),
    /// It said nothing, for this reason.
    Silent(String),
}

/// A way on.
pub(super) struct Redirect {
    pub to: String,
    /// The place in the page there, as written, if the server names one.
    pub fragment: Option<String>,
    /// Whether it is one for good: 301 and 308.
    pub permanent: bool,
}

impl From<Answer> for Step {
    fn from(answer: Answer) -> Self {
        Self::Done(Asked::Answer(answer))
    }
}

/// What a response means.
pub(super) fn read(mut response: Response<Body>, url: &str, fragments: &[String], head: bool) -> Step {
    let status = response.status();
    let said = format!("{} {}", status.as_u16(), status.canonical_reason().unwrap_or_default()).trim_end().to_owned();
    let wait = header(&response, "retry-after").and_then(|value| retry_after(&value, Timestamp::now()));
    match status.as_u16() {
        200..=300 | 304 => {
            let mut answer = Answer::new(State::Alive, "");
            if !fragments.is_empty() {
                answer.looked_for = fragments.to_vec();
                answer.missing = missing(&mut response, fragments);
            }
            answer.into()
        }
        301 | 302 | 303 | 307 | 308 => match location(&response) {
            Some(to) if to.len() > LONGEST_ADDRESS => {
                Answer::new(State::Blocked, "it leads on to an endless address").into()
            }
            Some(to) => match address::joined(url, &to) {
                Some(page) => Step::Redirect(Redirect {
                    to: page,
                    fragment: to
                        .split_once('#')
                        .map(|(_, fragment)| fragment.to_owned())
                        .filter(|name| !name.is_empty()),
                    permanent: matches!(status.as_u16(), 301 | 308),
                }),
                None => Answer::new(State::Blocked, format!("it leads on to `{to}`, which nobody can ask")).into(),
            },
            None if head => Step::Refused,
            None => Answer::new(State::Dead, format!("{said} without an address")).into(),
        },
        429 => Step::Later(Answer::new(State::Blocked, said), wait),
        503 if wait.is_some() => Step::Later(Answer::new(State::Transient, said), wait),
        // Many servers answer HEAD otherwise than GET, and wrongly.
        _ if head => Step::Refused,
        404 | 410 => Answer::new(State::Dead, said).into(),
        503 if header(&response, "cf-mitigated").is_some() => Answer::new(State::Blocked, "503, a challenge").into(),
        408 | 425 | 500..=599 => Step::Later(Answer::new(State::Transient, said), None),
        _ => Answer::new(State::Blocked, said).into(),
    }
}

/// Those of `fragments` that the page surely does not have.
fn missing(response: &mut Response<Body>, fragments: &[String]) -> Vec<String> {
    if !header(response, "content-type").is_some_and(|kind| kind.to_ascii_lowercase().contains("html")) {
        return Vec::new();
    }
    let mut html = Vec::new();
    let read = response.body_mut().as_reader().take(LARGEST_PAGE + 1).read_to_end(&mut html);
    // What is not there in half a page may be in the other half.
    if read.is_err() || html.len() as u64 > LARGEST_PAGE {
        return Vec::new();
    }
    page::missing(&String::from_utf8_lossy(&html), fragments)
}

/// What it means that there is no response.
pub(super) fn failed(failure: Failure, head: bool) -> Step {
    match failure {
        Failure::NoHost => Step::Done(Asked::NoHost(Answer::new(State::Dead, "there is no such host"))),
        Failure::NoLookup => Step::Silent("its name could not be looked up".to_owned()),
        Failure::NoWay => Step::Silent("there is no way to its host".to_owned()),
        Failure::Private => Step::Done(Asked::ForNow(Answer::new(State::Blocked, NOT_PUBLIC))),
        Failure::NoAddress => Answer::new(State::Dead, "it is no valid address").into(),
        // Whom to trust is said anew for each run.
        Failure::Untrusted(why) => Step::Done(Asked::ForNow(Answer::new(State::Blocked, why))),
        Failure::Garbled if head => Step::Refused,
        Failure::Garbled => Answer::new(State::Blocked, "what it answers is no HTTP").into(),
        Failure::Silent(why) => Step::Silent(why),
    }
}

/// Where a response leads on to, what is not ASCII in it escaped.
pub(super) fn location<B>(response: &Response<B>) -> Option<String> {
    let mut to = String::new();
    for &byte in response.headers().get("location")?.as_bytes() {
        if byte.is_ascii() {
            to.push(char::from(byte));
        } else {
            // A string takes all that is written.
            let _ = write!(to, "%{byte:02X}");
        }
    }
    Some(to)
}

fn header<B>(response: &Response<B>, name: &str) -> Option<String> {
    response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
}
