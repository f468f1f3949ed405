//! One walk over folders: every file that no ignore file hides.

use std::path::{Path, PathBuf};

use ignore::{DirEntry, WalkBuilder};

use super::root::relative;

/// A file that was walked over.
#[derive(Debug)]
pub(super) struct Walked {
    /// Relative to the root, with forward slashes.
    pub path: String,
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
            .filter_entry(|entry| entry.depth() == 0 || !NEVER.iter().any(|name| entry.file_name() == *name))
            .build();
        let mut linked_folders: Vec<PathBuf> = Vec::new();
        for entry in walk {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    self.fault(&error);
                    continue;
                }
            };
            let Some(kind) = entry.file_type() else { continue };
            if kind.is_dir() {
                if entry.path_is_symlink() && entry.depth() > 0 {
                    linked_folders.push(entry.into_path());
                }
                continue;
            }
            if !kind.is_file() {
                continue;
            }
            match relative(root, entry.path()) {
                Some(path) => {
                    let second_name = is_linked(&entry, &linked_folders) && leads_into(root, entry.path());
                    self.files.push(Walked { path, second_name });
                }
                None => self.unnameable.push(entry.into_path()),
            }
        }
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

fn is_linked(entry: &DirEntry, linked_folders: &[PathBuf]) -> bool {
    entry.path_is_symlink() || linked_folders.iter().any(|folder| entry.path().starts_with(folder))
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
