//! Who claims which address: the articles' own ones, and those that their front matter adds.

use rustc_hash::FxHashMap;

use super::Site;
use crate::span::Span;

/// A claim of an article to an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// The article, by its place in [`Site::facts`].
    pub article: usize,
    /// Where the front matter claims it, if it is not the article's own address.
    pub alias: Option<Span>,
}

/// All claims, by address without slashes at its ends and in lower case.
#[derive(Debug, Default)]
pub(super) struct Claims {
    claims: FxHashMap<String, Vec<(Claim, String)>>,
}

impl Claims {
    /// The claims of all articles that readers see.
    pub(super) fn of(site: &Site) -> Self {
        let mut all = Self::default();
        for (article, page) in site.pages().iter().enumerate() {
            if page.visibility.is_hidden() {
                continue;
            }
            let own = page.url.iter().map(|url| (url, None));
            let further = page.aliases.iter().map(|alias| (&alias.url, Some(alias.span)));
            for (url, alias) in own.chain(further) {
                all.claims
                    .entry(key(url).to_lowercase())
                    .or_default()
                    .push((Claim { article, alias }, key(url).to_owned()));
            }
        }
        all
    }

    /// All claims to an address, itself included; the second of each says whether it is spelled in the same letters.
    pub(super) fn to(&self, url: &str) -> impl Iterator<Item = (Claim, bool)> {
        let own = key(url).to_owned();
        let found = self.claims.get(&own.to_lowercase()).map_or(&[][..], Vec::as_slice);
        found.iter().map(move |(claim, spelled)| (*claim, *spelled == own))
    }
}

/// An address without what makes no difference.
fn key(url: &str) -> &str {
    let url = url.trim_matches('/');
    match url.rsplit_once('/') {
        Some((folder, "index.html")) => folder,
        None if url == "index.html" => "",
        _ => url,
    }
}
