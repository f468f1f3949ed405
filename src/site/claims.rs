//! Who claims which address: the articles' own ones, and those that their front matter adds.

use std::borrow::Cow;

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

/// An address as it is spelled; `None` for lower case.
type Spelled = Option<String>;

/// All claims, by address without slashes at its ends and in lower case.
#[derive(Debug, Default)]
pub(super) struct Claims {
    claims: FxHashMap<String, Vec<(Claim, Spelled)>>,
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
                let (lower, spelled) = spelling(key(url));
                let claim = (Claim { article, alias }, spelled.map(str::to_owned));
                match all.claims.get_mut(&*lower) {
                    Some(known) => known.push(claim),
                    None => drop(all.claims.insert(lower.into_owned(), vec![claim])),
                }
            }
        }
        all
    }

    /// All claims to an address, itself included; the second of each says whether it is spelled in the same letters.
    pub(super) fn to<'a>(&'a self, url: &'a str) -> impl Iterator<Item = (Claim, bool)> + 'a {
        let (lower, own) = spelling(key(url));
        let found = self.claims.get(&*lower).map_or(&[][..], Vec::as_slice);
        found.iter().map(move |(claim, spelled)| (*claim, spelled.as_deref() == own))
    }
}

/// An address in lower case, and as it is spelled where that differs.
fn spelling(url: &str) -> (Cow<'_, str>, Option<&str>) {
    // Most are in lower case.
    if url.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
        return (Cow::Borrowed(url), None);
    }
    let lower = url.to_lowercase();
    let spelled = (lower != url).then_some(url);
    (Cow::Owned(lower), spelled)
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
