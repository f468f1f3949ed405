//! What articles are called besides their paths: slugs, ids, titles and the addresses that front matter declares.
//!
//! Lists of related articles name them so. Made once a run, when the first name is asked for.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Facts;
use super::tree::{directory_of, name_of, stem_of};
use crate::document::front_matter::{Data, Value};

/// Keys whose value is an article's own name.
const NAME_KEYS: &[&str] = &["slug", "id", "uid", "uuid", "key"];

/// Keys whose values are addresses of the article.
const ADDRESS_KEYS: &[&str] =
    &["permalink", "url", "path", "slug", "aliases", "alias", "redirect_from", "redirectFrom"];

/// The articles by every name that they have, in lower case.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Indices into the site's facts.
    names: FxHashMap<String, Vec<usize>>,
    /// Addresses from the root, without slashes at the ends.
    addresses: FxHashMap<String, Vec<usize>>,
    /// Last segments of addresses, and slugs.
    ends: FxHashSet<String>,
}

impl Names {
    pub(super) fn of(facts: &[Facts]) -> Self {
        let mut all = Self::default();
        for (index, article) in facts.iter().enumerate() {
            let slug = slug_of(&article.path).to_lowercase();
            let undated = without_date(&slug).to_owned();
            if undated != slug {
                all.ends.insert(undated.clone());
            }
            let mut own = vec![slug, undated];
            own.extend(article.title.as_ref().map(|title| title.to_lowercase()));
            for entry in article.front_matter.iter().flat_map(|front| &front.map.entries) {
                if NAME_KEYS.contains(&entry.key.as_str()) {
                    own.extend(scalar(&entry.value).map(|name| name.trim_matches('/').to_lowercase()));
                }
                if ADDRESS_KEYS.contains(&entry.key.as_str()) {
                    let one = std::slice::from_ref(&entry.value);
                    for address in entry.value.as_list().unwrap_or(one).iter().filter_map(Value::as_text) {
                        let address = address.trim().trim_matches('/').to_lowercase();
                        all.ends.insert(name_of(&address).to_owned());
                        all.addresses.entry(address).or_default().push(index);
                    }
                }
            }
            own.sort_unstable();
            own.dedup();
            for name in own.into_iter().filter(|name| !name.is_empty()) {
                all.names.entry(name).or_default().push(index);
            }
        }
        all
    }

    /// The articles of this slug, id or title, letter case ignored.
    pub(super) fn named(&self, name: &str) -> &[usize] {
        self.names.get(&name.trim().to_lowercase()).map_or(&[], Vec::as_slice)
    }

    /// The articles that declare this address.
    pub(super) fn at_address(&self, address: &str) -> &[usize] {
        self.addresses.get(&address.trim_matches('/').to_lowercase()).map_or(&[], Vec::as_slice)
    }

    /// Whether an address ends as one that front matter or a dated file name makes.
    pub(super) fn is_declared(&self, address: &str) -> bool {
        self.ends.contains(&name_of(address.trim_matches('/')).to_lowercase())
    }

    /// Every name.
    pub(super) fn all(&self) -> impl Iterator<Item = &str> {
        self.names.keys().map(String::as_str)
    }
}

/// What an article's path says it is called: its file's stem, or its folder's name if it is that folder's page.
pub(crate) fn slug_of(path: &str) -> &str {
    match stem_of(name_of(path)) {
        "index" | "_index" | "README" | "readme" => match name_of(directory_of(path)) {
            "" => stem_of(name_of(path)),
            folder => folder,
        },
        stem => stem,
    }
}

/// A slug without the date in front of it: `2020-01-31-name`.
fn without_date(slug: &str) -> &str {
    let form = [4, 2, 2];
    let mut rest = slug;
    for digits in form {
        let Some((part, after)) = rest.split_once(['-', '_']) else { return slug };
        if part.len() != digits || !part.bytes().all(|b| b.is_ascii_digit()) {
            return slug;
        }
        rest = after;
    }
    if rest.is_empty() { slug } else { rest }
}

fn scalar(value: &Value) -> Option<String> {
    match &value.data {
        Data::String(text) | Data::Date(text) => Some(text.trim().to_owned()),
        Data::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_come_from_paths() {
        assert_eq!(slug_of("posts/a-b.md"), "a-b");
        assert_eq!(slug_of("posts/bundle/index.md"), "bundle");
        assert_eq!(slug_of("index.md"), "index");
        assert_eq!(without_date("2020-01-31-name"), "name");
        assert_eq!((without_date("2020-01-31"), without_date("2020-1-31-x")), ("2020-01-31", "2020-1-31-x"));
    }
}
