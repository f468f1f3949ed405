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
                lines(&text, &mut redirects);
            }
            if let Some(map) = reader.map(&at("redirects.json")) {
                pairs(&map, &mut redirects);
            }
        }
        if let Some(map) = reader.map("netlify.toml") {
            list(&map, "redirects", ["from", "to"], &mut redirects);
        }
        if let Some(map) = reader.map("vercel.json") {
            list(&map, "redirects", ["source", "destination"], &mut redirects);
        }
    }
    redirects
}

/// Adds what they redirect to what the site serves.
pub(super) fn serve(site: &Site, urls: &mut Urls) {
    for Redirect { from, to } in &site.settings.redirects {
        urls.redirect(from, to);
    }
}

/// `from to [status]` in each line.
fn lines(text: &str, redirects: &mut Vec<Redirect>) {
    for line in text.lines() {
        let mut words = line.split('#').next().unwrap_or("").split_whitespace();
        if line.trim_start().starts_with('#') {
            continue;
        }
        let (Some(from), Some(_)) = (words.next(), words.next()) else { continue };
        // A fragment of the target holds the sign that begins a comment elsewhere.
        let Some(to) = line.split_whitespace().nth(1) else { continue };
        let status = line.split_whitespace().nth(2).unwrap_or("");
        if from.starts_with('/') && !status.starts_with("404") {
            redirects.push(Redirect { from: from.to_owned(), to: to.to_owned() });
        }
    }
}

/// `{"/old": "/new"}`, or a list of maps under `redirects`.
fn pairs(map: &Map, redirects: &mut Vec<Redirect>) {
    list(map, "redirects", ["from", "to"], redirects);
    list(map, "redirects", ["source", "destination"], redirects);
    for entry in &map.entries {
        if let (true, Some(to)) = (entry.key.starts_with('/'), entry.value.as_text()) {
            redirects.push(Redirect { from: entry.key.clone(), to: to.to_owned() });
        }
    }
}

fn list(map: &Map, key: &str, [from, to]: [&str; 2], redirects: &mut Vec<Redirect>) {
    let items = config::get(map, &[key]).and_then(Value::as_list).unwrap_or_default();
    for item in items {
        let Data::Map(item) = &item.data else { continue };
        let both = (item.get(from).and_then(Value::as_text), item.get(to).and_then(Value::as_text));
        if let (Some(from), Some(to)) = both
            && from.starts_with('/')
        {
            redirects.push(Redirect { from: from.to_owned(), to: to.to_owned() });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_redirects() {
        let mut found = Vec::new();
        lines("# a\n/old  /new#x 301!\n/a/* /b/:splat\nhttps://x /y\n/only\n/gone /404 404", &mut found);
        let pairs: Vec<_> = found.iter().map(|one| (one.from.as_str(), one.to.as_str())).collect();
        assert_eq!(pairs, [("/old", "/new#x"), ("/a/*", "/b/:splat")]);
    }
}
