//! What other sites answered about what the articles link to. The answers are given, like the day of today: nothing here asks.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use super::{Facts, LinkFact, Site, Verdict, idn, target};

/// What became of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It is there.
    Alive,
    /// It is gone, and will stay so: 404, 410, no such host, redirects without an end.
    Dead,
    /// The server does not tell programs: 401, 403, 429, a challenge, robots.txt, an address that is not public.
    Blocked,
    /// The server could not tell just now: 5xx, no answer, no connection.
    Transient,
}

/// What is known of an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Answer {
    /// What became of it.
    pub state: State,
    /// Why, in a few words; empty if it is alive.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
    /// Where it has moved for good: as far as 301 and 308 lead from its beginning on, if a page is there in the end. With a
    /// fragment if the server names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved_to: Option<String>,
    /// The fragments that were looked for in the page, as written in links.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub looked_for: Vec<String>,
    /// Those of them that it does not have.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
}

impl Answer {
    /// An answer without more to it.
    pub fn new(state: State, why: impl Into<String>) -> Self {
        Self { state, why: why.into(), moved_to: None, looked_for: Vec::new(), missing: Vec::new() }
    }
}

/// All answers, by [`Address::page`].
pub type Answers = HashMap<String, Answer>;

/// The address of a link to another site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address<'l> {
    /// What a server is asked for: scheme and host in lower case, a path, percent escapes for what cannot stand in one.
    pub page: String,
    /// What stands after `#`, as written; `None` if nothing does.
    pub fragment: Option<&'l str>,
}

/// Endings of hosts that stand for no site on purpose. Source: RFC 2606, RFC 6761.
const RESERVED: &[&str] = &["example", "test", "invalid"];

impl<'l> Address<'l> {
    /// Of a link's text; `None` if no server can be asked for it: it is not of `http:` or `https:`, or its host is none.
    pub fn of(url: &'l str) -> Option<Self> {
        let url = url.trim();
        let written = target::host(url)?;
        let host = &*if written.is_ascii() { Cow::Borrowed(written) } else { Cow::Owned(idn::to_ascii(written)?) };
        let named = host.contains('.') || host.starts_with('[') || host.eq_ignore_ascii_case("localhost");
        let plain =
            host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b'[' | b']' | b':'));
        if !named || !plain || RESERVED.iter().any(|ending| target::is_host_of(host.trim_end_matches('.'), ending)) {
            return None;
        }
        let (rest, fragment) = url.split_once('#').map_or((url, None), |(rest, fragment)| (rest, Some(fragment)));
        let (scheme, rest) = rest.split_once("//")?;
        let scheme = if scheme.is_empty() { "https:".to_owned() } else { scheme.to_ascii_lowercase() };
        let (authority, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
        // A name and a password are not for us to send.
        if authority.contains('@') {
            return None;
        }
        let port = authority.strip_prefix(written).unwrap_or("");
        let mut page = format!("{scheme}//{}{port}", host.to_ascii_lowercase());
        if !path.starts_with('/') {
            page.push('/');
        }
        for c in path.chars() {
            if c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}') {
                page.push(c);
            } else {
                for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                    // A string takes all that is written.
                    let _ = write!(page, "%{byte:02X}");
                }
            }
        }
        Some(Self { page, fragment: fragment.filter(|fragment| !fragment.is_empty()) })
    }
}

/// Whether `pattern`, a host with all below it or an address with `*` for anything, means `page`. The scheme may be left out.
pub fn excludes(pattern: &str, page: &str) -> bool {
    let pattern = pattern.trim();
    let authority = pattern.find("://").map_or(0, |at| at + 3);
    let (head, path) = pattern.split_at(pattern[authority..].find('/').map_or(pattern.len(), |at| authority + at));
    let pattern = &*(head.to_ascii_lowercase() + path);
    if !pattern.contains(['*', '/']) {
        return target::host(page).is_some_and(|host| target::is_host_of(host, pattern));
    }
    let bare = page.split_once("://").map_or(page, |(_, bare)| bare);
    let page = if pattern.contains("://") { page } else { bare };
    let Some((first, rest)) = pattern.split_once('*') else {
        return page == pattern || page.strip_suffix('/') == Some(pattern);
    };
    let Some(mut page) = page.strip_prefix(first) else { return false };
    let (middle, last) = rest.rsplit_once('*').map_or(("", rest), |(middle, last)| (middle, last));
    for part in middle.split('*') {
        let Some(at) = page.find(part) else { return false };
        page = &page[at + part.len()..];
    }
    page.ends_with(last)
}

impl Site {
    /// The address of a link of the article `from` that leads to another site which can be asked, or to what another program
    /// serves under the origin of this one; `None` if it leads elsewhere.
    pub fn elsewhere<'l>(&self, from: &Facts, link: &'l LinkFact) -> Option<Address<'l>> {
        if link.foreign || !target::is_web(&link.url) {
            return None;
        }
        if self.internal(&link.url).is_some() && self.resolve_link(from, link) != Verdict::Unresolvable {
            return None;
        }
        Address::of(&link.url)
    }

    /// Where the links of an article to other sites begin of which nobody knows what they lead to.
    pub fn unanswered(&self, facts: &Facts) -> impl Iterator<Item = usize> {
        let answers = self.settings.web.as_deref();
        let is_open = move |link: &LinkFact| {
            let address = self.elsewhere(facts, link);
            address.is_some_and(|address| answers.is_none_or(|answers| !answers.contains_key(&address.page)))
        };
        facts.links.iter().filter(move |link| is_open(link)).map(|link| link.destination.start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_hosts_or_addresses_with_stars() {
        for (pattern, page, expected) in [
            ("example.org", "https://www.example.org/a", true),
            ("example.org", "https://notexample.org/", false),
            ("https://example.org", "https://example.org/", true),
            ("https://example.org/a", "https://example.org/a/b", false),
            ("https://example.org/a*", "https://example.org/a/b?c", true),
            ("Example.org/A", "https://example.org/A", true),
            ("example.org/a/*", "http://example.org/a/b", true),
            ("example.org/a/*", "http://www.example.org/a/b", false),
            ("*.example.org/*", "http://www.example.org/a/b", true),
            ("*.pdf", "https://example.org/a.pdf", true),
            ("*.pdf", "https://example.org/a.pdf?x", false),
            ("*/login?*", "https://example.org/login?x", true),
            ("http://*/a/*/c", "http://example.org/a/b/c", true),
            ("http://*/a/*/c", "http://example.org/a/b/d", false),
            ("http://*ab*b*", "http://xab", false),
        ] {
            assert_eq!(excludes(pattern, page), expected, "{pattern} {page}");
        }
    }

    #[test]
    fn addresses_are_what_a_server_can_be_asked_for() {
        let page = |url| Address::of(url).map(|address| address.page);
        for (url, expected) in [
            ("HTTPS://Example.ORG", "https://example.org/"),
            ("//example.org/A?b=c d", "https://example.org/A?b=c%20d"),
            ("http://example.org?q", "http://example.org/?q"),
            ("http://127.0.0.1:80/é#x", "http://127.0.0.1:80/%C3%A9"),
            ("https://Bücher.de:8080/ü", "https://xn--bcher-kva.de:8080/%C3%BC"),
            ("http://[::1]:8080/", "http://[::1]:8080/"),
            ("https://example.org/a%20b/{x}", "https://example.org/a%20b/%7Bx%7D"),
        ] {
            assert_eq!(page(url).as_deref(), Some(expected), "{url}");
        }
        for url in [
            "/a",
            "mailto:a@example.org",
            "http://jane:secret@example.org/",
            "http://shop.example/",
            "http://todo",
            "https://bü cher.de/",
            "http://",
        ] {
            assert_eq!(page(url), None, "{url}");
        }
        assert_eq!(Address::of("http://a.org/#b#c").and_then(|address| address.fragment), Some("b#c"));
        assert_eq!(Address::of("http://a.org/#").and_then(|address| address.fragment), None);
    }
}
