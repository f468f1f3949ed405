//! Where the configuration is, and where the site begins.

use std::path::{Component, Path, PathBuf};

use crate::config::FILE_NAMES;

/// The folder that all paths are relative to, and how it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Root {
    /// Absolute.
    pub path: PathBuf,
    /// How it was found.
    pub by: RootBy,
}

impl Root {
    /// Where the file at `path` is, which is relative to the root.
    pub fn file(&self, path: &str) -> PathBuf {
        // Room for all of it at once: joined, it would be moved.
        let mut file = PathBuf::with_capacity(self.path.as_os_str().len() + 1 + path.len());
        file.push(&self.path);
        file.push(path);
        file
    }
}

/// How the root was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RootBy {
    /// It holds `copydesk.yaml`, and the working directory lies in it.
    Config,
    /// It holds `copydesk.yaml`, and what is named lies in it.
    ConfigOfNamed,
    /// It holds the configuration of a site generator.
    Generator,
    /// It is a repository.
    Repository,
    /// There is no site: it is the folder that all named paths have in common.
    Named,
}

/// Names of configuration files that only site generators have.
const GENERATOR_FILES: [&str; 22] = [
    "hugo.toml",
    "hugo.yaml",
    "hugo.yml",
    "hugo.json",
    "_config.yml",
    "_config.yaml",
    "_config.toml",
    ".eleventy.js",
    ".eleventy.cjs",
    "eleventy.config.js",
    "eleventy.config.cjs",
    "eleventy.config.mjs",
    "eleventy.config.ts",
    "astro.config.js",
    "astro.config.mjs",
    "astro.config.cjs",
    "astro.config.ts",
    "astro.config.mts",
    "docusaurus.config.js",
    "docusaurus.config.mjs",
    "docusaurus.config.cjs",
    "docusaurus.config.ts",
];

/// Names that Zola and older Hugo sites use, as other programs do: only the key of a site's address tells.
const AMBIGUOUS_FILES: [&str; 4] = ["config.toml", "config.yaml", "config.yml", "config.json"];

/// The nearest `copydesk.yaml` or `.copydesk.yaml` in `from` or a folder above it.
pub fn find_config(from: &Path) -> Option<PathBuf> {
    from.ancestors().find_map(|folder| FILE_NAMES.iter().map(|name| folder.join(name)).find(|path| path.is_file()))
}

/// The root of the site that `base` lies in, if there is no configuration.
pub fn site_root(base: &Path) -> Root {
    for folder in base.ancestors() {
        if has_generator(folder) {
            return Root { path: folder.to_owned(), by: RootBy::Generator };
        }
        if folder.join(".git").exists() {
            return Root { path: folder.to_owned(), by: RootBy::Repository };
        }
    }
    Root { path: base.to_owned(), by: RootBy::Named }
}

/// Whether a site generator is configured in `folder`.
fn has_generator(folder: &Path) -> bool {
    let site_address = |text: String| text.contains("baseURL") || text.contains("baseurl") || text.contains("base_url");
    GENERATOR_FILES.iter().any(|name| folder.join(name).is_file())
        || AMBIGUOUS_FILES.iter().any(|name| std::fs::read_to_string(folder.join(name)).is_ok_and(site_address))
        || ["hugo.toml", "hugo.yaml", "config.toml", "config.yaml"]
            .iter()
            .any(|name| folder.join("config/_default").join(name).is_file())
}

/// Whether a file of this name says that a site begins in its folder.
pub(super) fn is_generator_file(name: &str) -> bool {
    GENERATOR_FILES.contains(&name) || name == "config.toml"
}

/// `path` seen from `cwd`, with `.` and `..` taken out of it. Symbolic links are not followed.
pub fn absolute(cwd: &Path, path: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for component in cwd.join(path).components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                clean.pop();
            }
            other => clean.push(other),
        }
    }
    clean
}

/// `path` seen from `root`, with forward slashes; both are absolute. `None` if it is not UTF-8, or on another drive.
pub fn relative(root: &Path, path: &Path) -> Option<String> {
    let common = root.components().zip(path.components()).take_while(|(a, b)| a == b).count();
    if common == 0 {
        return None;
    }
    let up = root.components().skip(common).map(|_| "..");
    let mut relative = String::with_capacity(path.as_os_str().len());
    for part in up.map(Some).chain(path.components().skip(common).map(|part| part.as_os_str().to_str())) {
        if !relative.is_empty() {
            relative.push('/');
        }
        relative.push_str(part?);
    }
    Some(relative)
}

/// The folder that all of `paths`, which are absolute, have in common.
pub fn common(paths: &[PathBuf]) -> Option<PathBuf> {
    let (first, rest) = paths.split_first()?;
    let mut common = first.clone();
    for path in rest {
        while !path.starts_with(&common) && common.pop() {}
    }
    Some(common)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn paths_are_cleaned_and_seen_from_the_root() {
        let path = |text: &str| absolute(Path::new("/site/content"), Path::new(text));
        assert_eq!(path("../a/./b.md"), Path::new("/site/a/b.md"));
        assert_eq!(path("/x/../../y"), Path::new("/y"));
        let seen = |text: &str| relative(Path::new("/site"), Path::new(text));
        assert_eq!(seen("/site/a/b.md").as_deref(), Some("a/b.md"));
        assert_eq!(seen("/other/é.md").as_deref(), Some("../other/é.md"));
        assert_eq!(seen("/site").as_deref(), Some(""));
        assert_eq!(common(&["/a/b/c".into(), "/a/b".into(), "/a/x".into()]), Some("/a".into()));
    }
}
