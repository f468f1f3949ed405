//! Redirects that a site's host reads: `_redirects`, `redirects.json`, `netlify.toml`, `vercel.json`.

use super::Site;
use super::urls::Urls;
use crate::document::front_matter::{Data, Map, Value};
use crate::site::generator::config::{self, Reader};

/// A redirect: from an address, perhaps with a wildcard at its end, to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// The address that is sent on, as the host writes it.
    pub from: String,
    /// Where it is sent.
    pub to: String,
    /// How it is sent there.
    pub manner: Manner,
    /// Whether it is sent on even if something stands at the address.
    pub forced: bool,
}

/// How a host leads from one address to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// The address is given up for the other one.
    Lasting,
    /// The address stays the one to link to: it leads elsewhere for a while, or only some readers.
    Passing,
    /// The reader sees what the other address has, and is not sent there.
    Rewritten,
}

impl Manner {
    /// By the status that a host answers with; 301 if none is given. `None` if the answer leads nowhere.
    fn of_status(status: &str) -> Option<Self> {
        match status.trim_end_matches('!') {
            "" | "301" | "308" => Some(Self::Lasting),
            "302" | "303" | "307" => Some(Self::Passing),
            "200" => Some(Self::Rewritten),
            _ => None,
        }
    }
}

impl Redirect {
    /// One that gives the address up.
    pub fn lasting(from: impl Into<String>, to: impl Into<String>) -> Self {
        Self { from: from.into(), to: to.into(), manner: Manner::Lasting, forced: false }
    }
}

/// Where these files stand, relative to the generator's folder or the root.
const PLACES: &[&str] = &["", "static", "public", "src", "source", "content", "docs"];

/// Reads them all. Those of the root count too, since a host reads them there.
pub fn read(reader: &Reader) -> Vec<Redirect> {
    let mut redirects = Vec::new();
    let root = Reader { folder: "", ..*reader };
    let readers: &[&Reader] = if reader.folder.is_empty() { &[reader] } else { &[reader, &root] };
    for reader in readers {
        for place in PLACES {
            let at = |name: &str| super::resolve::join(place, name);
            if let Some(text) = reader.text(&at("_redirects")) {
                redirects.extend(text.lines().filter_map(of_line));
            }
            if let Some(map) = reader.map(&at("redirects.json")) {
                pairs(&map, &mut redirects);
            }
        }
        if let Some(map) = reader.map("netlify.toml") {
            list(&map, &mut redirects, of_netlify);
        }
        if let Some(map) = reader.map("vercel.json") {
            list(&map, &mut redirects, of_vercel);
        }
    }
    redirects
}

/// Adds to what the site serves what they lead to: those that go before anything that stands there, or the others.
pub(super) fn serve(site: &Site, urls: &mut Urls, forced: bool) {
    site.settings.redirects.iter().filter(|one| one.forced == forced).for_each(|one| urls.redirect(one));
}

/// `from [parameter=value …] to [status] [condition=value …]`
fn of_line(line: &str) -> Option<Redirect> {
    // Elsewhere in the line, the sign is part of an address.
    if line.trim_start().starts_with('#') {
        return None;
    }
    let mut words = line.split_whitespace().take_while(|word| !word.starts_with('#'));
    let from = words.next().filter(|from| from.starts_with('/'))?;
    let is_address = |word: &&str| word.starts_with('/') || word.contains("://");
    let mut some_readers = false;
    let to = words.by_ref().inspect(|word| some_readers |= !is_address(word)).find(is_address)?;
    let mut words = words.peekable();
    let status = words.next_if(|word| word.starts_with(|c: char| c.is_ascii_digit())).unwrap_or("");
    some_readers |= words.next().is_some();
    let manner = Manner::of_status(status)?;
    Some(Redirect {
        from: from.to_owned(),
        to: to.to_owned(),
        manner: if some_readers && manner == Manner::Lasting { Manner::Passing } else { manner },
        forced: status.ends_with('!') && !some_readers,
    })
}

/// `{"/old": "/new"}`, or a list of maps under `redirects`.
fn pairs(map: &Map, redirects: &mut Vec<Redirect>) {
    list(map, redirects, |item| ends(item, ["from", "to"]).or_else(|| ends(item, ["source", "destination"])));
    for entry in &map.entries {
        if let (true, Some(to)) = (entry.key.starts_with('/'), entry.value.as_text()) {
            redirects.push(Redirect::lasting(entry.key.as_str(), to));
        }
    }
}

fn list(map: &Map, redirects: &mut Vec<Redirect>, read: impl Fn(&Map) -> Option<Redirect>) {
    let items = config::get(map, &["redirects"]).and_then(Value::as_list).unwrap_or_default();
    redirects.extend(items.iter().filter_map(|item| match &item.data {
        Data::Map(item) => read(item),
        _ => None,
    }));
}

/// The two addresses of a redirect.
fn ends(item: &Map, [from, to]: [&str; 2]) -> Option<Redirect> {
    let (from, to) = (item.get(from)?.as_text()?, item.get(to)?.as_text()?);
    from.starts_with('/').then(|| Redirect::lasting(from, to))
}

/// `status` 301 by default, `force`, `conditions` and `query`.
fn of_netlify(item: &Map) -> Option<Redirect> {
    let mut redirect = ends(item, ["from", "to"])?;
    redirect.manner = Manner::of_status(&number(item, "status"))?;
    let some_readers = ["conditions", "query"].iter().any(|key| item.get(key).is_some());
    if some_readers && redirect.manner == Manner::Lasting {
        redirect.manner = Manner::Passing;
    }
    redirect.forced = config::flag(item, &["force"]) == Some(true) && !some_readers;
    Some(redirect)
}

/// `permanent`, or a `statusCode`; `has` and `missing`. What stands at the address is not looked at.
fn of_vercel(item: &Map) -> Option<Redirect> {
    let mut redirect = ends(item, ["source", "destination"])?;
    let some_readers = ["has", "missing"].iter().any(|key| item.get(key).is_some());
    let lasting = config::flag(item, &["permanent"]).unwrap_or(false);
    redirect.manner = match Manner::of_status(&number(item, "statusCode")) {
        Some(Manner::Lasting) if some_readers => Manner::Passing,
        _ if lasting && !some_readers => Manner::Lasting,
        Some(Manner::Lasting) if item.get("statusCode").is_some() => Manner::Lasting,
        _ => Manner::Passing,
    };
    redirect.forced = !some_readers;
    Some(redirect)
}

/// A number, or a text in its place; empty if there is none.
fn number(item: &Map, key: &str) -> String {
    match item.get(key).map(|value| &value.data) {
        Some(Data::Number(number)) => number.to_string(),
        Some(Data::String(text)) => text.trim().to_owned(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::front_matter::Format;

    #[test]
    fn lines_of_redirects() {
        use Manner::{Lasting, Passing, Rewritten};
        for (line, expected) in [
            ("# a", None),
            ("/old  /new#x 301!", Some(("/old", "/new#x", Lasting, true))),
            ("/a/* /b/:splat # why", Some(("/a/*", "/b/:splat", Lasting, false))),
            ("/now /2026 302", Some(("/now", "/2026", Passing, false))),
            ("/store id=:id /blog/:id 301", Some(("/store", "/blog/:id", Passing, false))),
            ("/ /fr 301! Language=fr", Some(("/", "/fr", Passing, false))),
            ("/app/* /app/index.html 200", Some(("/app/*", "/app/index.html", Rewritten, false))),
            ("https://x /y", None),
            ("/only", None),
            ("/gone /404 404", None),
        ] {
            let found = of_line(line);
            let found = found.as_ref().map(|one| (one.from.as_str(), one.to.as_str(), one.manner, one.forced));
            assert_eq!(found, expected, "{line}");
        }
    }

    #[test]
    fn hosts_have_defaults_of_their_own() {
        let read = |text: &str, format, of: fn(&Map) -> Option<Redirect>| {
            let mut all = Vec::new();
            list(&config::parse_map(text, format), &mut all, of);
            all.into_iter().map(|one| (one.manner, one.forced)).collect::<Vec<_>>()
        };
        let netlify = "[[redirects]]\nfrom = '/a'\nto = '/b'\n[[redirects]]\nfrom = '/a'\nto = '/b'\nstatus = 302\nforce = true\n\
                       [[redirects]]\nfrom = '/a'\nto = '/b'\nforce = true\n[redirects.conditions]\nLanguage = ['fr']\n";
        assert_eq!(
            read(netlify, Format::Toml, of_netlify),
            [(Manner::Lasting, false), (Manner::Passing, true), (Manner::Passing, false)]
        );
        let vercel = r#"{"redirects": [{"source": "/a", "destination": "/b"}, {"source": "/a", "destination": "/b", "permanent": true},
            {"source": "/a", "destination": "/b", "statusCode": 301}, {"source": "/a", "destination": "/b", "permanent": true, "has": []}]}"#;
        assert_eq!(
            read(vercel, Format::Json, of_vercel),
            [(Manner::Passing, true), (Manner::Lasting, true), (Manner::Lasting, true), (Manner::Passing, false)]
        );
    }
}
