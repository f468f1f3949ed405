//! The cookies that one address and its redirects set: some servers let nobody in who does not send them back.

use ureq::http::HeaderMap;
use ureq::http::header::SET_COOKIE;

use crate::site::target::is_host_of;

/// Cookies that are kept at most.
const MOST: usize = 64;

/// Bytes of a cookie's name and value at most. Source: RFC 6265, 6.1.
const LONGEST: usize = 4096;

/// What was set on the way to one address, in the order in which it was set. Forgotten at its end.
#[derive(Debug, Default)]
pub(super) struct Jar {
    cookies: Vec<Cookie>,
    /// How often something changed.
    changes: usize,
}

#[derive(Debug)]
struct Cookie {
    /// The host that it goes to.
    host: String,
    /// Whether it goes to the hosts below, too.
    below: bool,
    name: String,
    value: String,
}

impl Jar {
    /// Keeps what a response of `host`, without a port, sets.
    pub fn take(&mut self, host: &str, headers: &HeaderMap) {
        for set in headers.get_all(SET_COOKIE).iter().filter_map(|value| value.to_str().ok()) {
            let mut parts = set.split(';').map(str::trim);
            let Some((name, value)) = parts.next().and_then(|pair| pair.split_once('=')) else { continue };
            if name.is_empty() || name.len() + value.len() > LONGEST {
                continue;
            }
            let (mut at, mut below, mut gone) = (host, false, false);
            for (key, value) in parts.filter_map(|part| part.split_once('=')) {
                if key.eq_ignore_ascii_case("domain") {
                    let named = value.trim_start_matches('.');
                    // Nobody sets cookies for others, nor for all of `.org`.
                    if named.contains('.') && is_host_of(host, named) {
                        (at, below) = (named, true);
                    }
                } else if key.eq_ignore_ascii_case("max-age") {
                    gone = value == "0" || value.starts_with('-');
                }
            }
            self.put(Cookie { host: at.to_owned(), below, name: name.to_owned(), value: value.to_owned() }, gone);
        }
    }

    fn put(&mut self, new: Cookie, gone: bool) {
        let known = self.cookies.iter().position(|one| one.host == new.host && one.name == new.name);
        match known {
            Some(at) if gone => drop(self.cookies.remove(at)),
            Some(at) if self.cookies[at].value != new.value => self.cookies[at] = new,
            None if !gone && self.cookies.len() < MOST => self.cookies.push(new),
            _ => return,
        }
        self.changes += 1;
    }

    /// What a request to `host`, without a port, brings with it; empty if it is nothing.
    pub fn of(&self, host: &str) -> String {
        let fits = |one: &&Cookie| if one.below { is_host_of(host, &one.host) } else { one.host == host };
        let pairs = self.cookies.iter().filter(fits).map(|one| format!("{}={}", one.name, one.value));
        pairs.collect::<Vec<_>>().join("; ")
    }

    /// How often something changed: a request that comes again with other cookies is another one.
    pub fn changes(&self) -> usize {
        self.changes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_go_back_to_who_set_them() {
        let mut jar = Jar::default();
        let mut set = |host: &str, cookies: &[&'static str]| {
            let mut headers = HeaderMap::new();
            for cookie in cookies {
                headers.append(SET_COOKIE, ureq::http::HeaderValue::from_static(cookie));
            }
            jar.take(host, &headers);
            (jar.of("a.org"), jar.of("www.a.org"), jar.of("b.org"), jar.changes())
        };
        let is = |a: &str, www: &str, b: &str, n| (a.to_owned(), www.to_owned(), b.to_owned(), n);
        assert_eq!(set("a.org", &["x=1; Path=/; Secure", "y=2; Domain=.a.org"]), is("x=1; y=2", "y=2", "", 2));
        assert_eq!(set("a.org", &["x=1", "z=3; domain=b.org", "w=4; Domain=org"]).3, 4);
        assert_eq!(set("a.org", &["x=1"]), is("x=1; y=2; z=3; w=4", "y=2", "", 4));
        assert_eq!(set("a.org", &["y=; Max-Age=0; Domain=a.org", "no cookie"]).1, "");
    }
}
