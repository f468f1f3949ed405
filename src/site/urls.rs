//! Everything that the built site serves, by address, as far as it is known; and where more may be served.
//!
//! An address is a miss only if nothing known stands there, nothing unknown may, and the site's other links show that
//! what is known is what the site has.

use std::sync::{Arc, OnceLock};

use rustc_hash::{FxHashMap, FxHashSet};

use super::redirect::{Manner, Redirect};
use super::resolve::{is_article, join};
use super::target::{Route, segments};
use super::tree::{Tree, compose, directory_of, extension_of, name_of};

/// What stands at an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spot {
    /// The page made of the article with this index.
    Page(usize),
    /// A file, served as it is or as a page.
    File(Arc<str>),
    /// Another address, which the reader is sent on to.
    Redirect {
        /// The other address.
        to: String,
        /// Whether this one is given up for it.
        lasting: bool,
    },
    /// A page that is made of no single file: a list, a feed.
    Made,
}

/// All addresses. Keys have no slash at either end, no `index.html`, no percent escapes; letters are composed (NFC).
#[derive(Debug, Default)]
pub struct Urls {
    places: FxHashMap<String, Spot>,
    /// Folders that are served as they are.
    folders: Vec<Folder>,
    /// Folders whose files may be served at their own paths.
    doubtful: Vec<String>,
    /// Rules with a wildcard at the end: what an address begins with, and where it leads (`:splat` is the rest).
    splats: Vec<(String, Spot)>,
    /// Addresses below which anything may be served.
    open: FxHashSet<String>,
    /// Addresses that something in the site names without saying what stands there.
    named: FxHashSet<String>,
    /// Whether any address of one segment may be one of a page.
    open_at_the_top: bool,
    /// First segments of addresses under which something is known.
    families: FxHashMap<String, Family>,
    /// Articles by names that the engine gives them; in lower case.
    pub logical: FxHashMap<String, Vec<usize>>,
    by_case: OnceLock<FxHashMap<String, Vec<String>>>,
    by_name: OnceLock<FxHashMap<String, Vec<String>>>,
}

/// A folder that is served as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Folder {
    /// Below which address.
    address: String,
    /// Where it stands in the tree.
    path: String,
    /// Whether the articles in it are served as they are too, and not made into pages.
    articles: bool,
}

impl Folder {
    /// Whether a file in it is served as it is.
    fn serves(&self, file: &str) -> bool {
        let name = name_of(file);
        self.articles || !(is_article(name) || extension_of(name) == "html")
    }
}

/// What is known under one first segment.
#[derive(Debug, Clone, Copy, Default)]
struct Family {
    /// How many links lead to something known.
    found: usize,
    /// How many lead to nothing known.
    missed: usize,
    /// How many pages it has.
    pages: usize,
}

/// The key of a walked path.
pub fn key_of(route: &Route) -> String {
    key(&route.path())
}

/// The key of a path as it is written from the root; `None` if it leads above the root, or its escapes are not UTF-8.
pub fn key_of_written(path: &str) -> Option<String> {
    // Most are walked already.
    let mut before = 0;
    let walked = path.bytes().all(|b| {
        let stays = b != b'%' && !(before == b'/' && matches!(b, b'/' | b'.'));
        before = b;
        stays
    });
    if walked && path.starts_with('/') { Some(key(path)) } else { Some(key_of(&Route::walk("", path)?)) }
}

/// The key of an address from the root that holds no percent escapes.
pub fn key(address: &str) -> String {
    let path = compose(address.trim_matches('/'));
    let kept = match name_of(&path) {
        "index.html" | "index.htm" => directory_of(&path),
        _ => &path,
    };
    kept.to_owned()
}

impl Urls {
    /// Adds a place; what is there already stays.
    pub fn add(&mut self, address: &str, spot: Spot) {
        let key = key(address);
        self.family(&key).pages += 1;
        self.places.entry(key).or_insert(spot);
    }

    /// Adds a redirect. A `*` at its end stands for anything; its target may hold `:splat` in its place.
    pub fn redirect(&mut self, redirect: &Redirect) {
        let Redirect { from, to, manner, .. } = redirect;
        let spot = || Spot::Redirect { to: to.clone(), lasting: *manner == Manner::Lasting };
        match from.strip_suffix('*') {
            _ if from.trim_end_matches('*').contains(['*', ':', '(', '[']) => {
                let known = from.split(['*', ':', '(', '[']).next().unwrap_or("");
                self.open(directory_of(known));
            }
            Some(start) if *manner == Manner::Rewritten => self.open(start),
            None if *manner == Manner::Rewritten => self.name(from),
            Some(start) => self.splats.push((compose(start.trim_start_matches('/')).into_owned(), spot())),
            None => self.add(from, spot()),
        }
    }

    /// Serves the files of a folder of the tree below an address, articles too.
    pub fn serve_all(&mut self, address: &str, folder: &str) {
        self.serve_folder(Folder { address: key(address), path: folder.to_owned(), articles: true });
    }

    /// Serves the files of a folder of the tree below an address, but for articles, which are made into pages.
    pub fn serve(&mut self, address: &str, folder: &str) {
        self.serve_folder(Folder { address: key(address), path: folder.to_owned(), articles: false });
    }

    fn serve_folder(&mut self, folder: Folder) {
        if !self.folders.contains(&folder) {
            self.folders.push(folder);
        }
    }

    /// The files of a folder of the tree may be served at their paths in it.
    pub fn doubt(&mut self, folder: &str) {
        self.doubtful.push(folder.to_owned());
    }

    /// Whether a file that may be served as it is stands at a key.
    pub fn is_doubtful(&self, key: &str, tree: &Tree) -> bool {
        self.doubtful.iter().any(|folder| tree.file(&join(folder, key)).is_some_and(|file| !is_article(name_of(file))))
    }

    /// Anything may be served at this address and below.
    pub fn open(&mut self, address: &str) {
        self.open.insert(key(address));
    }

    /// Any address of one segment may be that of a page.
    pub fn open_at_the_top(&mut self) {
        self.open_at_the_top = true;
    }

    /// Whether something is known to be served under the first segment of a key.
    pub fn knows_family(&self, key: &str, tree: &Tree) -> bool {
        let first = first(key);
        self.families.get(first).is_some_and(|family| family.pages > 0)
            || self.folders.iter().any(|folder| tree.has_directory(&join(&folder.path, first)))
    }

    /// Something may be served at this address.
    pub fn name(&mut self, address: &str) {
        self.named.insert(key(address));
    }

    /// What stands at a key.
    pub fn find(&self, key: &str, tree: &Tree) -> Option<Spot> {
        if let Some(spot) = self.places.get(key) {
            return Some(spot.clone());
        }
        for folder in self.folders.iter().filter(|folder| tree.has_directory(&folder.path)) {
            let Some(rest) = below(&folder.address, key) else { continue };
            let path = join(&folder.path, rest);
            let index = || tree.has_directory(&path).then(|| tree.file(&join(&path, "index.html"))).flatten();
            if let Some(file) = tree.file(&path).or_else(index).filter(|file| folder.serves(file)) {
                return Some(Spot::File(Arc::clone(file)));
            }
        }
        self.splats.iter().find_map(|(start, spot)| {
            let rest =
                key.strip_prefix(start.as_str()).or_else(|| (start.strip_suffix('/') == Some(key)).then_some(""))?;
            let Spot::Redirect { to, lasting } = spot else { return None };
            Some(Spot::Redirect { to: to.replace(":splat", rest), lasting: *lasting })
        })
    }

    /// The page that stands at a key with `.html` behind it: most servers let that be left out, but few a slash follow.
    pub fn find_page(&self, key: &str, tree: &Tree) -> Option<Spot> {
        let page = (!key.is_empty()).then(|| [key, ".html"].concat())?;
        self.find(&page, tree)
    }

    /// The one key that differs from `wanted` in letter case only.
    pub fn in_other_case(&self, wanted: &str, tree: &Tree) -> Option<String> {
        let fold = || {
            let mut folded: FxHashMap<String, Vec<String>> = FxHashMap::default();
            for key in self.places.keys() {
                folded.entry(key.to_lowercase()).or_default().push(key.clone());
            }
            folded
        };
        if let Some([only]) = self.by_case.get_or_init(fold).get(&wanted.to_lowercase()).map(Vec::as_slice) {
            return Some(only.clone());
        }
        self.folders.iter().find_map(|folder| {
            let rest = below(&folder.address, wanted)?;
            let path = tree.in_any_case(&join(&folder.path, rest))?;
            tree.file(path).filter(|file| folder.serves(file))?;
            let served = path.get(folder.path.len()..)?.trim_start_matches('/');
            Some(join(&folder.address, served))
        })
    }

    /// Whether something may stand at a key at which nothing is known.
    pub fn may_have(&self, key: &str) -> bool {
        let paged = key.rsplit_once('/').is_some_and(|(rest, number)| {
            number.bytes().all(|b| b.is_ascii_digit()) && matches!(name_of(rest), "page" | "p")
        });
        paged
            || (self.open_at_the_top && !key.contains(['/', '.']))
            || self.named.contains(key)
            || with_those_above(key).any(|start| self.open.contains(start))
    }

    /// Counts so many links of the site that lead to something known, or not.
    pub fn count(&mut self, key: &str, links: usize, found: bool) {
        let family = self.family(key);
        *(if found { &mut family.found } else { &mut family.missed }) += links;
    }

    fn family(&mut self, key: &str) -> &mut Family {
        self.families.entry(first(key).to_owned()).or_default()
    }

    /// Whether the links of the site bear out what is known of it: nearly all of them lead to something, and so do those
    /// to the neighbours of `key`.
    pub fn is_borne_out(&self, key: &str) -> bool {
        let all = self.families.values().fold(Family::default(), |sum, one| Family {
            found: sum.found + one.found,
            missed: sum.missed + one.missed,
            pages: 0,
        });
        let own = self.families.get(first(key)).copied().unwrap_or_default();
        let most = |family: Family| family.missed <= 3 || family.missed * 5 <= family.found * 2;
        most(all) && (own.found == 0 || own.missed * 2 <= own.found + 6)
    }

    /// The key that was probably meant.
    pub fn nearest(&self, wanted: &str) -> Option<String> {
        let names = self.by_name.get_or_init(|| {
            let mut names: FxHashMap<String, Vec<String>> = FxHashMap::default();
            for (key, spot) in &self.places {
                if matches!(spot, Spot::Page(_) | Spot::File(_)) {
                    names.entry(name_of(key).to_lowercase()).or_default().push(key.clone());
                }
            }
            names
        });
        if let Some([only]) = names.get(&name_of(wanted).to_lowercase()).map(Vec::as_slice) {
            return Some(only.clone());
        }
        let parent = directory_of(wanted);
        let near = names.iter().flat_map(|(name, keys)| {
            keys.iter().filter(|key| directory_of(key) == parent).map(move |key| (name.clone(), key))
        });
        // The source is a hash map, but a tie gives none.
        super::suggest::nearest(name_of(wanted), near).cloned()
    }
}

/// What follows `start/` in a key; nothing if the key is `start` itself.
fn below<'k>(start: &str, key: &'k str) -> Option<&'k str> {
    if start.is_empty() {
        return Some(key);
    }
    let rest = key.strip_prefix(start)?;
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix('/') }
}

/// A key, and the addresses above it up to the empty one.
fn with_those_above(key: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(key), |key| (!key.is_empty()).then(|| directory_of(key)))
}

fn first(key: &str) -> &str {
    segments(key).next().unwrap_or(key)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_key_is_that_of_the_walked_path(path in "/?(([ab.é]|e\u{301}|%2F|%C3%A9|%ff|index.html){0,3}/{0,2}){0,5}") {
            prop_assert_eq!(key_of_written(&path), Route::walk("", &path).map(|route| key_of(&route)));
        }
    }
}
