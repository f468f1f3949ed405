//! Every file of the site, by path: what exists is asked here, never of the file system.
//!
//! So a link has one answer on every operating system: letter case counts, and the two Unicode spellings of `é` are
//! one. Knows nothing of links.

use std::borrow::Cow;
use std::fmt;
use std::io;
use std::sync::{Arc, OnceLock};

use rustc_hash::{FxHashMap, FxHashSet};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};
use xxhash_rust::xxh3::xxh3_64;

/// All files below the root, and the directories that hold them.
#[derive(Debug, Default)]
pub struct Tree {
    /// Sorted, so that a directory is one stretch of it.
    paths: Vec<Arc<str>>,
    /// By composed (NFC) path.
    files: FxHashMap<Arc<str>, usize>,
    /// Composed paths of all directories, without a trailing slash; the root is not among them.
    directories: FxHashSet<Arc<str>>,
    /// Whether only some directories were listed, without those in them.
    partial: bool,
    /// Files and directories by path in lower case; made when the first link misses.
    folded: OnceLock<Groups>,
    /// Files by name in lower case; made when the first link misses.
    names: OnceLock<Groups>,
    probe: Probe,
}

/// The beginning of a file.
#[derive(Debug, Clone)]
pub struct Head {
    /// How many bytes the whole file has.
    pub weight: u64,
    /// Its first bytes.
    pub bytes: Vec<u8>,
}

/// Reads at most so many bytes of the file at a path.
type Read = dyn Fn(&str, usize) -> io::Result<Head> + Send + Sync;

/// What looks into files, if anything does.
#[derive(Default)]
struct Probe(Option<Box<Read>>);

impl fmt::Debug for Probe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Probe" } else { "no Probe" })
    }
}

impl Tree {
    /// The tree of these files: relative to the root, with forward slashes, in any order.
    pub fn new(paths: impl IntoIterator<Item = impl Into<Arc<str>>>) -> Self {
        let mut paths: Vec<Arc<str>> = paths.into_iter().map(Into::into).collect();
        paths.sort_unstable();
        paths.dedup();
        let keys: Vec<Arc<str>> = paths.iter().map(composed).collect();
        let files = || keys.iter().enumerate().map(|(index, key)| (Arc::clone(key), index)).collect();
        let (files, directories) = rayon::join(files, || directories(&keys));
        Self {
            paths,
            files,
            directories,
            partial: false,
            folded: OnceLock::new(),
            names: OnceLock::new(),
            probe: Probe::default(),
        }
    }

    /// The same tree, of which only some directories were listed: what is not in it may be there all the same.
    #[must_use]
    pub fn partial(self) -> Self {
        Self { partial: true, ..self }
    }

    /// Whether only some directories were listed.
    pub fn is_partial(&self) -> bool {
        self.partial
    }

    /// The same tree, whose files `read` looks into: it gives at most so many bytes from the start of the file at a path.
    #[must_use]
    pub fn probed_by(self, read: impl Fn(&str, usize) -> io::Result<Head> + Send + Sync + 'static) -> Self {
        Self { probe: Probe(Some(Box::new(read))), ..self }
    }

    /// The beginning of a file, at most so many bytes; `None` if it cannot be read, or nothing looks into files.
    pub fn head(&self, path: &str, most: usize) -> Option<Head> {
        self.probe.0.as_ref()?(path, most).ok()
    }

    /// Whether it is certain that there is no file at `path`, given that the tree has none: its directory was listed. Of a
    /// partial tree only files were listed, which a name without an extension need not be.
    pub fn lacks(&self, path: &str) -> bool {
        let directory = directory_of(path);
        let listed = || self.paths.iter().any(|known| directory_of(known) == directory);
        !self.partial || (!extension_of(name_of(path)).is_empty() && listed())
    }

    /// Whether all files were listed, so that what is not here does not exist.
    pub fn is_whole(&self) -> bool {
        !self.partial
    }

    /// All files, sorted.
    pub fn paths(&self) -> &[Arc<str>] {
        &self.paths
    }

    /// The file at `path`, exact in letter case, as the tree spells it.
    pub fn file(&self, path: &str) -> Option<&Arc<str>> {
        self.files.get(compose(path).as_ref()).map(|&index| &self.paths[index])
    }

    /// Whether there is a directory at `path`, exact in letter case. The root is the empty path.
    pub fn has_directory(&self, path: &str) -> bool {
        path.is_empty() || self.directories.contains(compose(path).as_ref())
    }

    /// The one file or directory whose path differs from `path` in letter case at most; `None` if there are two.
    pub fn in_any_case(&self, path: &str) -> Option<&Arc<str>> {
        let groups = self.folded.get_or_init(|| {
            let paths: Vec<&Arc<str>> = self.files.keys().chain(&self.directories).collect();
            Groups::of(&paths, folded)
        });
        match groups.get(&compose(path)) {
            [only] => Some(only),
            _ => None,
        }
    }

    /// All files of this name, letter case ignored.
    pub fn named(&self, name: &str) -> &[Arc<str>] {
        let names = self.names.get_or_init(|| {
            let paths: Vec<&Arc<str>> = self.paths.iter().collect();
            Groups::of(&paths, |path| folded(&compose(name_of(path))))
        });
        names.get(&compose(name))
    }

    /// The files in a directory and below it, sorted; all files for the empty path.
    pub fn below(&self, directory: &str) -> &[Arc<str>] {
        if directory.is_empty() {
            return &self.paths;
        }
        let inside = |path: &str| path.strip_prefix(directory).is_some_and(|rest| rest.starts_with('/'));
        let start = self
            .paths
            .partition_point(|path| path.as_bytes().iter().copied().lt(directory.bytes().chain(std::iter::once(b'/'))));
        let rest = &self.paths[start..];
        &rest[..rest.partition_point(|path| inside(path))]
    }
}

/// A path as its key.
fn composed(path: &Arc<str>) -> Arc<str> {
    match compose(path) {
        Cow::Borrowed(_) => Arc::clone(path),
        Cow::Owned(composed) => composed.into(),
    }
}

/// All directories that hold one of the files, or another directory.
fn directories(files: &[Arc<str>]) -> FxHashSet<Arc<str>> {
    let mut directories: FxHashSet<Arc<str>> = FxHashSet::default();
    let mut before = "";
    for file in files {
        let mut rest = directory_of(file);
        if std::mem::replace(&mut before, rest) == rest {
            // Like the file before it.
            continue;
        }
        while !rest.is_empty() && !directories.contains(rest) {
            directories.insert(rest.into());
            rest = directory_of(rest);
        }
    }
    directories
}

/// Where a byte of ASCII stands last in a name or a path. These are asked about again and again, and their names are short:
/// a loop finds it sooner than a search that has to be set up.
fn last(byte: u8, path: &str) -> Option<usize> {
    path.as_bytes().iter().rposition(|b| *b == byte)
}

/// The last segment of a path.
pub(super) fn name_of(path: &str) -> &str {
    last(b'/', path).map_or(path, |at| &path[at + 1..])
}

/// The directory of a path, the empty path for a file at the root.
pub(super) fn directory_of(path: &str) -> &str {
    last(b'/', path).map_or("", |at| &path[..at])
}

/// A name without its extension; a leading dot begins none.
pub(super) fn stem_of(name: &str) -> &str {
    match last(b'.', name) {
        Some(at) if at > 0 => &name[..at],
        _ => name,
    }
}

/// A name's extension, the empty text if it has none.
pub(super) fn extension_of(name: &str) -> &str {
    match last(b'.', name) {
        Some(at) if at > 0 => &name[at + 1..],
        _ => "",
    }
}

/// The composed spelling (NFC): what people mean by equal names. macOS hands out the other one.
pub(super) fn compose(path: &str) -> Cow<'_, str> {
    if path.is_ascii() || is_nfc_quick(path.chars()) == IsNormalized::Yes {
        Cow::Borrowed(path)
    } else {
        Cow::Owned(path.nfc().collect())
    }
}

/// Paths by what they are called, which several may be.
#[derive(Debug)]
struct Groups {
    /// Stands for what each of `paths` is called, sorted.
    keys: Vec<u64>,
    paths: Vec<Arc<str>>,
}

impl Groups {
    /// Of paths, given what stands for the name of one ([`folded`]). Twins stay in the order of `paths`.
    fn of(paths: &[&Arc<str>], called: impl Fn(&str) -> u64) -> Self {
        let mut entries: Vec<(u64, usize)> =
            paths.iter().enumerate().map(|(index, path)| (called(path), index)).collect();
        entries.sort_unstable();
        let keys = entries.iter().map(|(key, _)| *key).collect();
        Self { keys, paths: entries.iter().map(|&(_, index)| Arc::clone(paths[index])).collect() }
    }

    /// Those that are called `name`, letter case ignored.
    fn get(&self, name: &str) -> &[Arc<str>] {
        let key = folded(name);
        let start = self.keys.partition_point(|known| *known < key);
        let count = self.keys[start..].iter().take_while(|known| **known == key).count();
        &self.paths[start..start + count]
    }
}

/// Stands for a text in lower case.
fn folded(text: &str) -> u64 {
    // Nearly all are short and of ASCII, of which each byte is a letter of its own.
    let mut letters = [0; 256];
    match letters.get_mut(..text.len()).filter(|_| text.is_ascii()) {
        Some(letters) => {
            letters.copy_from_slice(text.as_bytes());
            letters.make_ascii_lowercase();
            xxh3_64(letters)
        }
        None => xxh3_64(text.to_lowercase().as_bytes()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_text_is_folded_as_it_is_lowered(text in "[aZ.ÉİΣ]{0,8}|[aZ/]{250,260}") {
            prop_assert_eq!(folded(&text), xxh3_64(text.to_lowercase().as_bytes()));
        }

        #[test]
        fn names_have_the_parts_that_splitting_finds(path in "[a./é]{0,8}") {
            prop_assert_eq!(name_of(&path), path.rsplit('/').next().unwrap_or(&path));
            prop_assert_eq!(directory_of(&path), path.rsplit_once('/').map_or("", |(directory, _)| directory));
            let parts = path.rsplit_once('.').filter(|(stem, _)| !stem.is_empty());
            prop_assert_eq!((stem_of(&path), extension_of(&path)), parts.unwrap_or((&path, "")));
        }
    }

    #[test]
    fn letter_case_counts_and_composition_does_not() {
        let tree = Tree::new(["docs/Cafe\u{301}.md", "docs/A.md", "docs/a.md", "docs/B.md", "docs-2/x.md"]);
        assert_eq!(tree.file("docs/Caf\u{e9}.md").map(AsRef::as_ref), Some("docs/Cafe\u{301}.md"));
        assert!(tree.file("docs/b.md").is_none() && tree.has_directory("docs") && tree.has_directory(""));
        assert_eq!(tree.in_any_case("Docs/b.MD").map(AsRef::as_ref), Some("docs/B.md"));
        assert!(tree.in_any_case("docs/a.MD").is_none(), "A.md and a.md are twins");
        assert_eq!(tree.in_any_case("DOCS").map(AsRef::as_ref), Some("docs"));
        assert_eq!(tree.below("docs").len(), 4);
        assert_eq!(tree.below("").len(), 5);
        assert!(tree.below("doc").is_empty());
        assert_eq!(tree.named("X.MD").len(), 1);
    }

    #[test]
    fn names_have_parts() {
        assert_eq!((stem_of("post.v1.md"), extension_of("post.v1.md")), ("post.v1", "md"));
        assert_eq!((stem_of(".env"), extension_of(".env")), (".env", ""));
        assert_eq!((directory_of("a/b/c"), directory_of("c"), name_of("a/b/c")), ("a/b", "", "c"));
    }
}
