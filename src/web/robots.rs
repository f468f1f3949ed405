//! robots.txt: what a host lets programs ask for. Source: RFC 9309.

use std::time::Duration;

use crate::site::web::{Answer, State};

/// The rules that hold for us.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Robots {
    /// Path patterns, and whether they allow.
    rules: Vec<(String, bool)>,
    /// The pause that the host asks for.
    pub delay: Option<Duration>,
    /// The status with which the server failed to give the file.
    failed: Option<u16>,
}

/// What we are called there.
const NAME: &str = "copydesk";

impl Robots {
    /// Reads a robots.txt: the group that names us, else the one for everybody.
    pub fn read(text: &str) -> Self {
        let (mut own, mut any) = (None::<Self>, Self::default());
        let (mut named, mut starred, mut in_names) = (false, false, false);
        for line in text.trim_start_matches('\u{feff}').lines() {
            let line = line.split('#').next().unwrap_or("");
            let Some((key, value)) = line.split_once(':') else { continue };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            if key == "user-agent" {
                if !in_names {
                    (named, starred) = (false, false);
                }
                in_names = true;
                // A version may follow.
                let product = value.split(|c: char| !c.is_ascii_alphabetic() && !matches!(c, '-' | '_')).next();
                named |= product.is_some_and(|product| product.eq_ignore_ascii_case(NAME));
                starred |= value == "*";
                if named && own.is_none() {
                    own = Some(Self::default());
                }
                continue;
            }
            in_names = false;
            let targets = [own.as_mut().filter(|_| named), Some(&mut any).filter(|_| starred)];
            for group in targets.into_iter().flatten() {
                match key.as_str() {
                    "allow" | "disallow" if !value.is_empty() => group.rules.push((value.to_owned(), key == "allow")),
                    "crawl-delay" => {
                        let seconds = value.parse::<f64>().ok().filter(|seconds| (0.0..86_400.0).contains(seconds));
                        group.delay = seconds.map(Duration::from_secs_f64);
                    }
                    _ => {}
                }
            }
        }
        own.unwrap_or(any)
    }

    /// Of a server that fails to give the file.
    pub fn unreadable(status: u16) -> Self {
        Self { failed: Some(status), ..Self::default() }
    }

    /// What is to be said of a path, its query included, that is not to be asked for; `None` if it may be.
    pub fn forbids(&self, path: &str) -> Option<Answer> {
        match self.failed {
            Some(status) => Some(Answer::new(State::Transient, format!("its robots.txt cannot be read ({status})"))),
            None => {
                (!self.allows(path)).then(|| Answer::new(State::Blocked, "its robots.txt asks programs to stay away"))
            }
        }
    }

    /// Whether a path, its query included, may be asked for: the longest pattern decides, and `allow` between equals.
    fn allows(&self, path: &str) -> bool {
        let matching = self.rules.iter().filter(|(pattern, _)| matches(pattern, path));
        matching.max_by_key(|(pattern, allow)| (pattern.len(), *allow)).is_none_or(|(_, allow)| *allow)
    }
}

/// `*` stands for anything, `$` at the end for the end.
fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, to_the_end) = pattern.strip_suffix('$').map_or((pattern, false), |pattern| (pattern, true));
    let mut parts = pattern.split('*');
    let Some(mut rest) = path.strip_prefix(parts.next().unwrap_or("")) else { return false };
    let parts: Vec<&str> = parts.collect();
    for (index, part) in parts.iter().enumerate() {
        if to_the_end && index + 1 == parts.len() {
            return rest.ends_with(part);
        }
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    !to_the_end || rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_rule_decides() {
        let robots = Robots::read(
            "User-agent: *\nDisallow: /private\nAllow: /private/open # yes\nDisallow: /*.pdf$\nCrawl-delay: 2\n",
        );
        assert!(robots.allows("/") && robots.allows("/private/open/x") && robots.allows("/a.pdf?x"));
        assert!(!robots.allows("/private/x") && !robots.allows("/b/a.pdf"));
        assert_eq!(robots.delay, Some(Duration::from_secs(2)));
    }

    #[test]
    fn our_own_group_comes_first() {
        let robots =
            Robots::read("User-agent: other\nUser-agent: Copydesk\nDisallow: /x\n\nUser-agent: *\nDisallow: /\n");
        assert!(robots.allows("/y") && !robots.allows("/x"));
        let like_ours = Robots::read("User-agent: copydeskbot\nDisallow: /\n\nUser-agent: copydesk/2.0\nAllow: /\n");
        assert!(like_ours.allows("/x"), "another program's name begins like ours");
        assert!(Robots::read("User-agent: *\nDisallow:\n").allows("/x"));
        assert!(Robots::read("").allows("/x"));
    }
}
