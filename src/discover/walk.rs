//! One walk over folders: every file that no ignore file hides.

use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::sync::{Arc, mpsc};

use ignore::{DirEntry, WalkBuilder, WalkState};

use super::root::{absolute, relative};

/// A file that was walked over.
#[derive(Debug)]
pub(super) struct Walked {
    /// Relative to the root, with forward slashes.
    pub path: Arc<str>,
    /// Whether a symbolic link into the site led to it, so that it is another file of the site under a second name.
    pub second_name: bool,
}

/// What a walk came to.
#[derive(Debug, Default)]
pub(super) struct Walk {
    /// The files, in no order.
    pub files: Vec<Walked>,
    /// Folders and files that could not be read (path relative to the root if it has one), and why.
    pub unreadable: Vec<(PathBuf, String)>,
    /// Paths that are not UTF-8.
    pub unnameable: Vec<PathBuf>,
}

/// Never an article, never linked to, and large.
const NEVER: [&str; 6] = [".git", ".hg", ".svn", ".jj", "node_modules", "__pycache__"];

impl Walk {
    /// Adds the files in `folder`, and if `deep` those in the folders in it. `outer` says whether ignore files above
    /// `folder` hold too.
    pub fn add(&mut self, root: &Path, folder: &Path, deep: bool, outer: bool) {
        let walk = WalkBuilder::new(folder)
            .hidden(false)
            .require_git(false)
            .parents(outer)
            .follow_links(true)
            .max_depth((!deep).then_some(1))
            .filter_entry(|entry| entry.depth() == 0 || !is_never_walked(entry.path()))
            .threads(rayon::current_num_threads())
            .build_parallel();
        let (sender, hauls) = mpsc::channel();
        let within = &Within::of(root, folder);
        walk.run(|| {
            let mut haul = Haul { seen: Vec::new(), sender: sender.clone() };
            Box::new(move |entry| {
                haul.seen.extend(Seen::of(within, entry));
                WalkState::Continue
            })
        });
        drop(sender);
        let mut linked_folders: Vec<Arc<str>> = Vec::new();
        let mut files = Vec::new();
        for seen in hauls.into_iter().flatten() {
            match seen {
                Seen::File { path, linked } => files.push((path, linked)),
                Seen::LinkedFolder(path) => linked_folders.push(path),
                Seen::Unnameable(path) => self.unnameable.push(path),
                Seen::Fault(error) => self.fault(&error),
            }
        }
        let is_below = |path: &str, folder: &str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        self.files.extend(files.into_iter().map(|(path, linked)| {
            let linked = linked || linked_folders.iter().any(|folder| is_below(&path, folder));
            let second_name = linked && leads_into(root, &absolute(root, Path::new(&*path)));
            Walked { path, second_name }
        }));
    }

    fn fault(&mut self, error: &ignore::Error) {
        // A loop of links adds no file, a link to nothing is none; a line of an ignore file that is no glob hides nothing.
        let harmless = |error: &std::io::Error| error.kind() == std::io::ErrorKind::NotFound;
        let Some(cause) = error.io_error().filter(|cause| !harmless(cause)) else { return };
        let path = path_of(error).map(Path::to_owned).unwrap_or_default();
        // What the walk wraps around the system's error names the path a second time.
        self.unreadable.push((path, super::plain_error(&cause.kind().into())));
    }
}

/// Whether the file or folder at `path` is called like one that is never walked.
fn is_never_walked(path: &Path) -> bool {
    let path = path.as_os_str().as_encoded_bytes();
    NEVER.iter().any(|name| {
        let folder = path.strip_suffix(name.as_bytes());
        folder.is_some_and(|folder| folder.last().is_some_and(|last| std::path::is_separator(char::from(*last))))
    })
}

/// How the paths of a walk read from the root.
struct Within<'a> {
    root: &'a Path,
    /// What the paths below the walked folder begin with, and what stands for that when they are seen from the root; `None`
    /// if the folder is not below the root, or is not UTF-8.
    begins: Option<(&'a str, String)>,
}

impl<'a> Within<'a> {
    fn of(root: &'a Path, folder: &'a Path) -> Self {
        let below = folder.starts_with(root).then(|| relative(root, folder)).flatten();
        let begins = below
            .and_then(|below| Some((folder.to_str()?, if below.is_empty() { below } else { format!("{below}/") })));
        Self { root, begins }
    }

    /// The same as [`relative`], which takes both paths apart. The walk puts names behind the path of its folder, and
    /// separators between them; so what follows the folder is the same seen from the root.
    fn relative(&self, path: &Path) -> Option<Arc<str>> {
        let plain = || {
            let (folder, seen) = self.begins.as_ref()?;
            let rest = path.to_str()?.strip_prefix(folder)?;
            let rest =
                rest.strip_prefix(MAIN_SEPARATOR).or_else(|| folder.ends_with(MAIN_SEPARATOR).then_some(rest))?;
            Some(match seen.is_empty() && MAIN_SEPARATOR == '/' {
                true => rest.into(),
                false => [seen, &*rest.replace(MAIN_SEPARATOR, "/")].concat().into(),
            })
        };
        plain().or_else(|| relative(self.root, path).map(Into::into))
    }
}

/// What a thread of the walk comes upon. It is handed over in one piece, when the thread is done.
struct Haul {
    seen: Vec<Seen>,
    sender: mpsc::Sender<Vec<Seen>>,
}

impl Drop for Haul {
    fn drop(&mut self) {
        // Whoever does not wait for it any more has no use for it.
        self.sender.send(std::mem::take(&mut self.seen)).ok();
    }
}

/// What is of interest in a walk.
enum Seen {
    /// A file: its path relative to the root, and whether it is a symbolic link itself.
    File { path: Arc<str>, linked: bool },
    /// A symbolic link to a folder: its path relative to the root.
    LinkedFolder(Arc<str>),
    /// A file whose path is not UTF-8.
    Unnameable(PathBuf),
    /// Something that could not be read.
    Fault(ignore::Error),
}

impl Seen {
    /// What `entry` is; `None` for a folder, and for what is neither folder nor file.
    fn of(within: &Within, entry: Result<DirEntry, ignore::Error>) -> Option<Self> {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => return Some(Self::Fault(error)),
        };
        let kind = entry.file_type()?;
        let linked = entry.path_is_symlink();
        if kind.is_dir() {
            // What is in a folder whose path is not UTF-8 has no such path either.
            let path = if linked && entry.depth() > 0 { within.relative(entry.path()) } else { None };
            return path.map(Self::LinkedFolder);
        }
        kind.is_file().then(|| match within.relative(entry.path()) {
            Some(path) => Self::File { path, linked },
            None => Self::Unnameable(entry.into_path()),
        })
    }
}

fn leads_into(root: &Path, path: &Path) -> bool {
    match (root.canonicalize(), path.canonicalize()) {
        (Ok(root), Ok(path)) => path.starts_with(root),
        _ => false,
    }
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        ignore::Error::Loop { child, .. } => Some(child),
        _ => None,
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn paths_are_seen_from_the_root_as_ever(
            root in "(/[aé]{1,2}){0,2}",
            folder in "(/[abé]{1,2}){0,3}",
            rest in "(/[ab .é]{0,2}[abé]){1,3}",
        ) {
            let absolute = |path: &str| PathBuf::from(if path.is_empty() { "/" } else { path });
            let (root, folder) = (absolute(&root), absolute(&folder));
            let path = folder.join(&rest[1..]);
            let seen = Within::of(&root, &folder).relative(&path);
            prop_assert_eq!(seen, relative(&root, &path).map(Into::into));
        }
    }

    #[test]
    fn a_name_that_is_no_text_is_none() {
        let within = Within::of(Path::new("/a"), Path::new("/a"));
        assert_eq!(within.relative(&Path::new("/a/b").join(OsStr::from_bytes(b"\xff.md"))), None);
    }

    #[test]
    fn what_is_never_walked_is_told_by_its_name() {
        for (path, never) in
            [("/a/.git", true), ("/a/b/node_modules", true), ("/a/my.git", false), ("/a/.github", false)]
        {
            assert_eq!(is_never_walked(Path::new(path)), never, "{path}");
        }
    }
}
