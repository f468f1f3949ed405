//! The text of a link, taken apart: scheme, path, fragment, percent escapes; and a path walked step by step.
//!
//! Knows nothing of what exists.

use std::borrow::Cow;

use memchr::{memchr, memchr2};

/// The parts of a link that say where it leads; the query is left out, since no file depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parts<'a> {
    /// What stands before `?` and `#`, as written.
    pub path: &'a str,
    /// What stands after `#`, as written.
    pub fragment: Option<&'a str>,
}

impl<'a> Parts<'a> {
    /// Takes a link without scheme and host apart.
    pub fn of(url: &'a str) -> Self {
        let bytes = url.as_bytes();
        match memchr2(b'#', b'?', bytes) {
            None => Self { path: url, fragment: None },
            Some(end) => {
                let fragment = memchr(b'#', &bytes[end..]).map(|at| &url[end + at + 1..]);
                Self { path: &url[..end], fragment }
            }
        }
    }
}

/// The scheme of a link (`https`, `mailto`), without the colon, as written.
pub fn scheme(url: &str) -> Option<&str> {
    let bytes = url.as_bytes();
    // Most links have none, and show it in their first byte or in their first segment.
    let begins = bytes.first().is_some_and(u8::is_ascii_alphabetic);
    let end = bytes.iter().position(|b| !b.is_ascii_alphanumeric() && !matches!(b, b'+' | b'-' | b'.'))?;
    (begins && bytes[end] == b':').then(|| &url[..end])
}

/// Whether a link is of `http:` or `https:`, or takes that over from the page (`//host`).
pub fn is_web(url: &str) -> bool {
    match url.as_bytes() {
        [b'/', b'/', ..] => true,
        // Few others begin so.
        [b'h' | b'H', rest @ ..] => {
            let goes_on = |with: &[u8]| rest.get(..with.len()).is_some_and(|head| head.eq_ignore_ascii_case(with));
            goes_on(b"ttp:") || goes_on(b"ttps:")
        }
        _ => false,
    }
}

/// The host of a web address, a port left out, as written.
pub fn host(url: &str) -> Option<&str> {
    if !is_web(url) {
        return None;
    }
    let rest = &url[url.find("//")? + 2..];
    let authority = rest.split(['/', '?', '#']).next().unwrap_or("");
    let host = authority.rsplit('@').next().unwrap_or(authority);
    // An address of IPv6 has colons of its own.
    let name = host.starts_with('[').then(|| host.find(']')).flatten().map_or(0, |at| at + 1);
    let host = &host[..host[name..].find(':').map_or(host.len(), |at| name + at)];
    (!host.is_empty()).then_some(host)
}

/// Whether `host` is the named one or one below it, letter case ignored.
pub fn is_host_of(host: &str, named: &str) -> bool {
    let Some(head) = host.len().checked_sub(named.len()).and_then(|at| host.get(..at).zip(host.get(at..))) else {
        return false;
    };
    !named.is_empty() && head.1.eq_ignore_ascii_case(named) && (head.0.is_empty() || head.0.ends_with('.'))
}

/// The file `path` as a link from the file `from`, both relative to the root.
pub fn relative_to(from: &str, path: &str) -> String {
    relative(from.rsplit_once('/').map_or("", |(directory, _)| directory), path)
}

/// What follows `origin` in an absolute link to it, beginning with `/`, `?` or `#`, or empty. `http` and `https` are one.
pub fn within_origin<'a>(url: &'a str, origin: &str) -> Option<&'a str> {
    let host = |url: &'a str| url.find("//").map(|at| &url[at + 2..]);
    let origin = origin.find("//").map_or(origin, |at| &origin[at + 2..]).trim_end_matches('/');
    let url = host(url)?;
    let (head, rest) = (url.get(..origin.len())?, &url[origin.len()..]);
    let ends = rest.is_empty() || rest.starts_with(['/', '?', '#']);
    (ends && !origin.is_empty() && head.eq_ignore_ascii_case(origin)).then_some(rest)
}

/// The text behind percent escapes; `None` if it is not UTF-8.
pub fn decode(text: &str) -> Option<Cow<'_, str>> {
    if !text.as_bytes().contains(&b'%') {
        return Some(Cow::Borrowed(text));
    }
    let hex = |byte: Option<&u8>| byte.and_then(|&b| char::from(b).to_digit(16));
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match (byte, hex(bytes.get(at + 1)), hex(bytes.get(at + 2))) {
            (b'%', Some(high), Some(low)) => {
                decoded.push((high * 16 + low) as u8);
                at += 3;
            }
            _ => {
                decoded.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(decoded).ok().map(Cow::Owned)
}

/// A path as it can stand in a link of any form: what would end the link or mean something else is escaped.
pub fn encode(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for c in path.chars() {
        match c {
            ' '
            | '"'
            | '\''
            | '<'
            | '>'
            | '\\'
            | '^'
            | '`'
            | '{'
            | '|'
            | '}'
            | '%'
            | '#'
            | '?'
            | '('
            | ')'
            | '['
            | ']'
            | '*'
            | '&'
            | '\0'..='\x1f' => encoded.push_str(&format!("%{:02X}", u32::from(c))),
            _ => encoded.push(c),
        }
    }
    encoded
}

/// What stands between the slashes of a path: the same as `split('/')`, by bytes, as names are short.
pub(super) fn segments(path: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(path);
    std::iter::from_fn(move || {
        let path = rest?;
        let end = path.bytes().position(|b| b == b'/');
        rest = end.map(|end| &path[end + 1..]);
        Some(end.map_or(path, |end| &path[..end]))
    })
}

/// Whether a path is a row of names, with no segment that is empty or begins with a dot: it ends where it says.
fn is_walked(path: &str) -> bool {
    let mut before = b'/';
    let walked = path.bytes().all(|b| {
        let goes_on = !(before == b'/' && matches!(b, b'/' | b'.'));
        before = b;
        goes_on
    });
    walked && before != b'/'
}

/// Most paths have no more segments.
const USUAL_DEPTH: usize = 8;

/// A path from the root, and which of its segments the author wrote.
#[derive(Debug, Clone, Default)]
pub struct Route<'a> {
    steps: Vec<(Cow<'a, str>, Option<usize>)>,
    /// Whether the path was written with a slash at its end, or ends in `.` or `..`: it names a directory.
    pub directory: bool,
}

impl<'a> Route<'a> {
    /// Walks from the directory `base` along `path` as written, `.` and `..` lexically. `None` if it leads above the
    /// root, or its escapes are not UTF-8.
    pub fn walk(base: &'a str, path: &'a str) -> Option<Self> {
        Self::step(base, path, false)
    }

    /// The same as a browser does it with an address: above the root it stays there.
    pub fn browse(base: &'a str, path: &'a str) -> Option<Self> {
        Self::step(base, path, true)
    }

    fn step(base: &'a str, path: &'a str, stays: bool) -> Option<Self> {
        let mut steps = Vec::with_capacity(USUAL_DEPTH);
        steps.extend(segments(base).filter(|s| !s.is_empty()).map(|s| (Cow::Borrowed(s), None)));
        let mut directory = false;
        for (index, written) in segments(path).enumerate() {
            directory = matches!(written, "" | "." | "..");
            match written {
                "" | "." => {}
                ".." => {
                    steps.pop().map(drop).or(stays.then_some(()))?;
                }
                _ => steps.push((decode(written)?, Some(index))),
            }
        }
        Some(Self { steps, directory })
    }

    /// The path, without a slash at its end; empty for the root.
    pub fn path(&self) -> String {
        let mut path = String::with_capacity(self.steps.iter().map(|(name, _)| name.len() + 1).sum());
        for (name, _) in &self.steps {
            if !path.is_empty() {
                path.push('/');
            }
            path.push_str(name);
        }
        path
    }

    /// The last segment.
    pub fn name(&self) -> &str {
        self.steps.last().map_or("", |(name, _)| &**name)
    }

    /// The path as it was `written`, with those segments put right in which `actual`, the same path in other letters,
    /// differs. `None` if a segment that differs was not written by the author.
    pub fn respelled(&self, written: &str, actual: &str) -> Option<String> {
        let mut segments: Vec<Cow<str>> = written.split('/').map(Cow::Borrowed).collect();
        let mut actual = actual.split('/');
        for (name, index) in &self.steps {
            let right = actual.next()?;
            if right != name {
                *segments.get_mut((*index)?)? = Cow::Owned(encode(right));
            }
        }
        actual.next().is_none().then(|| segments.join("/"))
    }
}

/// Where a route ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    /// [`Route::path`].
    pub path: String,
    /// Where [`Route::name`] begins in it.
    name: usize,
    /// [`Route::directory`].
    pub directory: bool,
}

impl End {
    /// Of [`Route::walk`], without the steps to it: of most only the end is looked at.
    pub fn of(base: &str, path: &str) -> Option<Self> {
        // A name behind an escape may hold a slash of its own.
        if path.as_bytes().contains(&b'%') {
            let route = Route::walk(base, path)?;
            let path = route.path();
            return Some(Self { name: path.len() - route.name().len(), path, directory: route.directory });
        }
        let mut end = String::with_capacity(base.len() + 1 + path.len());
        let step = |end: &mut String, name: &str| {
            if !end.is_empty() {
                end.push('/');
            }
            end.push_str(name);
        };
        segments(base).filter(|name| !name.is_empty()).for_each(|name| step(&mut end, name));
        let mut directory = false;
        if is_walked(path) {
            step(&mut end, path);
        } else {
            for written in segments(path) {
                directory = matches!(written, "" | "." | "..");
                match written {
                    "" | "." => {}
                    ".." if end.is_empty() => return None,
                    ".." => end.truncate(end.bytes().rposition(|b| b == b'/').unwrap_or(0)),
                    _ => step(&mut end, written),
                }
            }
        }
        let name = end.bytes().rposition(|b| b == b'/').map_or(0, |at| at + 1);
        Some(Self { path: end, name, directory })
    }

    /// The last segment.
    pub fn name(&self) -> &str {
        &self.path[self.name..]
    }
}

/// `path` as a link from a file in the directory `base`: `../b/c.md`.
pub fn relative(base: &str, path: &str) -> String {
    let base: Vec<_> = base.split('/').filter(|s| !s.is_empty()).collect();
    let path: Vec<_> = path.split('/').collect();
    let directories = path.len().saturating_sub(1);
    let common = base.iter().zip(&path[..directories]).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..".to_owned(), base.len() - common);
    up.chain(path[common..].iter().map(|segment| encode(segment))).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn bytes_tell_what_letters_tell(url in "(https?:|HTTP:|ht|/|//|[a?#é/:]){0,6}") {
            let (rest, fragment) = url.split_once('#').map_or((&*url, None), |(rest, after)| (rest, Some(after)));
            let path = rest.split('?').next().unwrap_or(rest);
            prop_assert_eq!(Parts::of(&url), Parts { path, fragment });
            let begins = |start: &str| url.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start));
            prop_assert_eq!(is_web(&url), url.starts_with("//") || begins("http:") || begins("https:"));
            prop_assert!(segments(&url).eq(url.split('/')));
        }

        #[test]
        fn a_route_ends_where_its_steps_lead(base in "[aé.]{0,2}(/{1,2}[aé]{1,2}){0,2}", path in "([aé.]{0,3}|%2F|%C3%A9|%)(/([aé]|\\.{0,3}|b%2Fc)){0,5}") {
            let route = Route::walk(&base, &path).map(|route| (route.path(), route.name().to_owned(), route.directory));
            let end = End::of(&base, &path).map(|end| (end.path.clone(), end.name().to_owned(), end.directory));
            prop_assert_eq!(end, route);
        }
    }

    #[test]
    fn links_come_apart() {
        assert_eq!(Parts::of("a.md?x=1#b?c"), Parts { path: "a.md", fragment: Some("b?c") });
        assert_eq!(Parts::of("#"), Parts { path: "", fragment: Some("") });
        assert_eq!(
            (scheme("mailto:x"), scheme("./a:b"), scheme("1:2"), scheme("é:b")),
            (Some("mailto"), None, None, None)
        );
        assert!(is_web("//cdn.example") && is_web("HTTPS://x") && !is_web("/x") && !is_web("ftp://x"));
    }

    #[test]
    fn an_origin_is_a_host_not_a_prefix() {
        let origin = "https://example.org";
        assert_eq!(within_origin("http://Example.org/a#b", origin), Some("/a#b"));
        assert_eq!(within_origin("//example.org", origin), Some(""));
        assert_eq!(within_origin("https://example.org.evil/a", origin), None);
        assert_eq!(within_origin("https://é", origin), None);
        assert_eq!(within_origin("https://example.org/sub/x", "https://example.org/sub/"), Some("/x"));
    }

    #[test]
    fn hosts_are_found() {
        assert_eq!(host("http://me@Example.org:80/x"), Some("Example.org"));
        assert_eq!(
            (host("//a.b"), host("https://"), host("/x"), host("http://[::1]:8/")),
            (Some("a.b"), None, None, Some("[::1]"))
        );
        assert!(is_host_of("www.Example.org", "example.org") && is_host_of("example.org", "example.org"));
        assert!(
            !is_host_of("notexample.org", "example.org") && !is_host_of("é", "x") && !is_host_of("org", "example.org")
        );
    }

    #[test]
    fn escapes_are_read_and_written() {
        assert_eq!(decode("caf%C3%A9%20%zz%").as_deref(), Some("café %zz%"));
        assert_eq!(decode("%ff"), None);
        assert_eq!(encode("a b(1)#é.md"), "a%20b%281%29%23é.md");
    }

    #[test]
    fn routes_are_walked_lexically() {
        let route = |base, path| Route::walk(base, path).map(|route| route.path());
        assert_eq!(route("a/b", "../c/./d.md").as_deref(), Some("a/c/d.md"));
        assert_eq!(route("a", "../.."), None);
        assert_eq!(route("a", "..").as_deref(), Some(""));
        assert_eq!(relative("a/b", "a/c/d.md"), "../c/d.md");
        assert_eq!(relative("", "c.md"), "c.md");
        assert_eq!(relative("a", "a/a"), "a");
        let walked = Route::walk("a", "./B/x/../C%20d.md").expect("within the root");
        assert_eq!(walked.respelled("./B/x/../C%20d.md", "a/b/c d.md").as_deref(), Some("./b/x/../c%20d.md"));
    }
}
