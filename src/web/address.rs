//! Addresses as servers give and take them.

use ureq::http::Uri;

use crate::site::target;
use crate::site::web::Address;

/// `https://host:port` of an address.
pub(super) fn origin(url: &str) -> String {
    let parsed: Option<Uri> = url.parse().ok();
    parsed
        .and_then(|uri| Some(format!("{}://{}", uri.scheme_str()?, uri.authority()?)))
        .unwrap_or_else(|| url.to_owned())
        .to_lowercase()
}

/// The host of an address with its port, if it names one. `http` and `https` are one host.
pub(super) fn host(url: &str) -> String {
    let origin = origin(url);
    origin.split_once("://").map_or_else(|| origin.clone(), |(_, host)| host.to_owned())
}

/// Path and query of an address.
pub(super) fn path(url: &str) -> String {
    let parsed: Option<Uri> = url.parse().ok();
    parsed.and_then(|uri| uri.path_and_query().map(ToString::to_string)).unwrap_or_else(|| "/".to_owned())
}

/// A `Location`, which may be relative, without its fragment. `None` if it is not of the web.
pub(super) fn joined(base: &str, to: &str) -> Option<String> {
    let to = to.split('#').next().unwrap_or(to).trim();
    let (scheme, rest) = base.split_once("://")?;
    let joined = if target::scheme(to).is_some() {
        to.to_owned()
    } else if to.starts_with("//") {
        format!("{scheme}:{to}")
    } else {
        let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        let path = path.split(['?', '#']).next().unwrap_or(path);
        let query = to.find('?').unwrap_or(to.len());
        let walked = match &to[..query] {
            "" => path.to_owned(),
            absolute if absolute.starts_with('/') => walked(absolute),
            relative => walked(&format!("{}/{relative}", path.rsplit_once('/').map_or("", |(folder, _)| folder))),
        };
        format!("{scheme}://{authority}{walked}{}", &to[query..])
    };
    let address = Address::of(&joined).map(|address| address.page);
    // Hosts that no link may name are no addresses either.
    address.filter(|address| address.starts_with("http://") || address.starts_with("https://"))
}

/// A path without `.` and `..`.
fn walked(path: &str) -> String {
    let mut steps: Vec<&str> = Vec::new();
    let mut names = path.split('/').skip(1).peekable();
    while let Some(name) = names.next() {
        let last = names.peek().is_none();
        match name {
            "." | ".." => {
                if name == ".." {
                    steps.pop();
                }
                if last {
                    steps.push("");
                }
            }
            name => steps.push(name),
        }
    }
    format!("/{}", steps.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locations_are_joined() {
        for (to, expected) in [
            ("/b?c#d", Some("https://a.org/b?c")),
            ("b", Some("https://a.org/x/b")),
            ("../b/./c/..", Some("https://a.org/b/")),
            ("../../../b", Some("https://a.org/b")),
            ("?q=http://c.org", Some("https://a.org/x/y?q=http://c.org")),
            ("/login?next=https://a.org/", Some("https://a.org/login?next=https://a.org/")),
            ("//c.org/", Some("https://c.org/")),
            ("http://C.org", Some("http://c.org/")),
            ("/é ü", Some("https://a.org/%C3%A9%20%C3%BC")),
            ("z?u=http://c.org/", Some("https://a.org/x/z?u=http://c.org/")),
            ("HTTPS://C.org/d", Some("https://c.org/d")),
            ("ftp://c.org", None),
            ("mailto:a@c.org", None),
        ] {
            assert_eq!(joined("https://a.org/x/y?z", to).as_deref(), expected, "{to}");
        }
        assert_eq!(joined("https://a.org", "b").as_deref(), Some("https://a.org/b"));
    }

    #[test]
    fn hosts_keep_their_ports() {
        assert_eq!(host("HTTP://A.org:8080/x"), "a.org:8080");
        assert_eq!(host("https://a.org/x"), host("http://a.org/y"));
        assert_eq!(path("http://a.org/x?y"), "/x?y");
    }
}
