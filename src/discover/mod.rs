//! Which articles there are, and which of them are asked about.
//!
//! The whole site is found in one walk; what is named on the command line only says which findings are wanted. Owns
//! ignore files, globs and names; reads no article, and only of pages that may be our own reports the beginning.

mod article;
mod read;
mod root;
mod walk;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use crate::config::{Config, Globs, Pattern};
use crate::engine::Input;
use crate::site::Head;
use crate::source::{Kind, OUR_PAGE};
use crate::span::Span;

pub use read::read;
pub use root::{Root, RootBy, absolute, common, find_config, relative, site_root};
use walk::{Walk, Walked};

/// What was asked for.
#[derive(Debug)]
pub struct Request<'a> {
    /// Where the site begins.
    pub root: &'a Root,
    /// The working directory, absolute: what names are relative to.
    pub cwd: &'a Path,
    /// Files, folders and globs; all of the working directory if there is none.
    pub names: &'a [String],
    /// The path of an article that is read from standard input, in place of the file there, if there is one.
    pub stdin: Option<&'a Path>,
    /// What an article is, and what is left out.
    pub config: &'a Config,
}

/// What was found.
#[derive(Debug, Default)]
pub struct Found {
    /// All articles of the site by path; the findings of those that were asked for are wanted.
    pub inputs: Vec<Input>,
    /// All files that were walked over, articles or not, sorted: what links may lead to.
    pub files: Vec<Arc<str>>,
    /// Whether all files of the site were walked over, so that what is not in `files` does not exist.
    pub whole: bool,
    /// What was asked for and cannot be done, in words; each fails the run.
    pub errors: Vec<String>,
    /// What is left out though it was named, in words.
    pub skipped: Vec<String>,
}

/// What a name on the command line means.
enum Named {
    /// A file that is there, relative to the root.
    File(String),
    /// All in a folder: its path with a trailing slash, or nothing for the root.
    Folder(String),
    /// What a glob matches.
    Glob { text: String, globs: Globs },
}

/// A system error without its number: "permission denied".
pub fn plain_error(error: &std::io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or(&text);
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// The beginning of a file: at most so many bytes of it, and how many it has.
///
/// # Errors
/// If it cannot be read.
pub fn head(path: &Path, most: usize) -> std::io::Result<Head> {
    use std::io::Read;
    let file = std::fs::File::open(path)?;
    let weight = file.metadata()?.len();
    let mut bytes = Vec::new();
    file.take(most as u64).read_to_end(&mut bytes)?;
    Ok(Head { weight, bytes })
}

/// Whether a name is written as a glob.
pub fn is_glob(name: &str) -> bool {
    name.contains(['*', '?', '[', '{'])
}

/// The folder of a name from which on it is to be walked: itself, the folder of a file, or what stands in front of a glob.
pub fn base_of(cwd: &Path, name: &str) -> PathBuf {
    let path = absolute(cwd, Path::new(name));
    if path.is_dir() {
        return path;
    }
    let literal = if path.exists() { name } else { name.split(['*', '?', '[', '{']).next().unwrap_or("") };
    let folder = literal.rsplit_once('/').map_or("", |(folder, _)| if folder.is_empty() { "/" } else { folder });
    absolute(cwd, Path::new(folder))
}

/// Finds the articles.
pub fn discover(request: &Request) -> Found {
    let mut found = Found::default();
    let named = names(request, &mut found);
    let walked = walk(request, &mut found);
    let bases = bases(&found.files);

    let is_article = |path: &str| {
        let Some(kind) = Kind::of_path(path) else { return false };
        let is = says_article(request.config, path) || by_name(request.config, path, &bases);
        is && !(kind == Kind::Html && is_our_page(request, path))
    };
    let articles = walked.into_par_iter().filter(|file| !file.second_name && is_article(&file.path));
    let mut inputs: Vec<Input> = articles.map(|file| Input { path: file.path, report: false }).collect();
    let mut wanted = Wanted { request, found: &mut found, inputs: &mut inputs };
    for one in named {
        wanted.add(one);
    }
    if let Some(path) = request.stdin {
        wanted.add_stdin(path);
    }
    found.inputs = inputs;
    found
}

/// Whether a page is a report of copydesk itself, in the root, where people put them: there are few pages to look into.
fn is_our_page(request: &Request, path: &str) -> bool {
    /// The mark stands in the first lines.
    const BEGINNING: usize = 256;
    if path.contains('/') {
        return false;
    }
    head(&request.root.file(path), BEGINNING)
        .is_ok_and(|head| memchr::memmem::find(&head.bytes, OUR_PAGE.as_bytes()).is_some())
}

/// What the names mean; those that mean nothing are errors.
fn names(request: &Request, found: &mut Found) -> Vec<Named> {
    let root = &request.root.path;
    let here = [".".to_owned()];
    let names = if request.names.is_empty() && request.stdin.is_none() { &here } else { request.names };
    let mut named = Vec::new();
    for name in names {
        if name.is_empty() {
            // Joined to the working directory it would mean all of it: not what `--fix "$UNSET"` was to do.
            found.errors.push("an empty path names no file or folder".to_owned());
            continue;
        }
        let path = absolute(request.cwd, Path::new(name));
        let seen = relative(root, &path);
        match (std::fs::metadata(&path), seen) {
            (Ok(data), Some(seen)) if data.is_dir() => {
                named.push(Named::Folder(if seen.is_empty() { seen } else { format!("{seen}/") }));
            }
            (Ok(_), Some(seen)) => named.push(Named::File(seen)),
            (Ok(_), None) => found.errors.push(format!("`{}` has a name that is not UTF-8", path.display())),
            (Err(_), _) if is_glob(name) => match glob(request, name) {
                Ok(glob) => named.push(glob),
                Err(why) => found.errors.push(format!("`{name}` is not a glob: {why}")),
            },
            (Err(error), _) if error.kind() == std::io::ErrorKind::NotFound => {
                found.errors.push(format!("there is no file or folder `{name}`"));
            }
            (Err(error), _) => found.errors.push(format!("cannot read `{name}`: {}", plain_error(&error))),
        }
    }
    named
}

/// A glob on the command line is relative to the working directory.
fn glob(request: &Request, name: &str) -> Result<Named, String> {
    let text = if cfg!(windows) { name.replace('\\', "/") } else { name.to_owned() };
    let path = absolute(request.cwd, Path::new(&text));
    let seen = relative(&request.root.path, &path).ok_or("it is on another drive")?;
    let Some(rest) = seen.strip_prefix("../") else {
        let globs = Globs::new(vec![Pattern::new(&seen, Span::default())?]);
        return Ok(Named::Glob { text: name.to_owned(), globs });
    };
    Err(format!("`../{rest}` leads out of `{}`", request.root.path.display()))
}

/// Walks the site, or what was named if there is none, and says of each file whether it is one under a second name.
fn walk(request: &Request, found: &mut Found) -> Vec<Walked> {
    let root = &request.root.path;
    let mut walk = Walk::default();
    let site = request.root.by != RootBy::Named;
    let mut folders: BTreeMap<PathBuf, bool> = BTreeMap::new();
    if site {
        folders.insert(root.clone(), true);
    }
    let here = [".".to_owned()];
    let names = if request.names.is_empty() && request.stdin.is_none() { &here } else { request.names };
    let stdin = request.stdin.map(|path| path.to_string_lossy().into_owned());
    for name in names.iter().chain(&stdin) {
        let base = base_of(request.cwd, name);
        if base.is_dir() && !(site && base.starts_with(root)) {
            // Of a file only the folder it stands in: its neighbours may be linked to, and an ignore file may hide it.
            *folders.entry(base).or_default() |= is_glob(name) || absolute(request.cwd, Path::new(name)).is_dir();
        }
    }
    let beside_stdin = request.stdin.and_then(|path| absolute(request.cwd, path).parent().map(Path::to_owned));
    if let Some(folder) = beside_stdin.filter(|folder| folder.is_dir() && !(site && folder.starts_with(root))) {
        folders.entry(folder).or_default();
    }
    found.whole = folders.get(root) == Some(&true);
    let covered = |folder: &Path| folder.ancestors().skip(1).any(|above| folders.get(above) == Some(&true));
    for (folder, deep) in &folders {
        if !covered(folder) {
            walk.add(root, folder, *deep, !folder.join(".git").exists());
        }
    }
    for (path, why) in walk.unreadable {
        let shown = relative(root, &path).unwrap_or_else(|| path.display().to_string());
        if !request.config.exclude.matches(&shown) && !request.config.exclude.matches(&format!("{shown}/_")) {
            found.errors.push(format!("cannot read `{shown}`: {why}"));
            found.whole = false;
        }
    }
    for path in walk.unnameable {
        let article = path.to_string_lossy().rsplit('/').next().and_then(Kind::of_path).is_some();
        // Who names files or pipes one in has not asked about it.
        let asked = names.iter().map(|name| absolute(request.cwd, Path::new(name)));
        if article && request.stdin.is_none() && asked.into_iter().any(|name| path.starts_with(name)) {
            found.skipped.push(format!("`{}` has a name that is not UTF-8", path.display()));
        }
    }
    walk.files.par_sort_unstable_by(|a, b| a.path.cmp(&b.path));
    walk.files.dedup_by(|a, b| a.path == b.path);
    found.files = walk.files.iter().map(|file| Arc::clone(&file.path)).collect();
    walk.files
}

/// The folders in which a site or a repository begins, each with a trailing slash, the root as an empty text.
fn bases(files: &[Arc<str>]) -> Vec<String> {
    let mut bases = vec![String::new()];
    for file in files {
        if let Some(at) = memchr::memrchr(b'/', file.as_bytes())
            && root::is_generator_file(&file[at + 1..])
        {
            bases.push(file[..=at].to_owned());
        }
    }
    bases
}

/// Whether the configuration names the text at `path` as an article. A collection of a whole folder does not mean the README in it.
fn says_article(config: &Config, path: &str) -> bool {
    let in_collection = || config.collections.iter().any(|one| one.files.matches(path));
    config.content.matches(path) || (in_collection() && !article::is_no_page(path))
}

/// Whether `path` is an article by its name, where the configuration leaves that open.
fn by_name(config: &Config, path: &str, bases: &[String]) -> bool {
    config.content.is_empty() && article::is_article(path, bases)
}

/// Marks the articles that were asked for.
struct Wanted<'a, 'r> {
    request: &'r Request<'r>,
    found: &'a mut Found,
    /// In the order of their paths.
    inputs: &'a mut Vec<Input>,
}

impl Wanted<'_, '_> {
    fn add(&mut self, named: Named) {
        match named {
            Named::File(path) => self.add_file(path),
            Named::Folder(folder) => {
                // The root and all folders above it hold everything.
                let all = folder.is_empty() || folder.split('/').all(|part| part == ".." || part.is_empty());
                let meant = |path: &str| all || path.starts_with(&folder);
                self.mark(meant);
                let named = !self.request.names.is_empty();
                if named && !self.inputs.iter().any(|input| input.report && meant(&input.path)) {
                    self.tell_why_empty(&folder);
                }
            }
            Named::Glob { text, globs } => {
                if !self.mark(|path| globs.matches(path)) && !self.found.files.iter().any(|path| globs.matches(path)) {
                    self.found.errors.push(format!("the glob `{text}` matches no file"));
                }
            }
        }
    }

    /// Says why there is nothing to check in a folder that was named, so that nobody takes silence for praise.
    fn tell_why_empty(&mut self, folder: &str) {
        let config = self.request.config;
        let inside = if folder.starts_with("../") { "" } else { folder };
        let texts = self.found.files.iter().filter(|path| path.starts_with(inside) && Kind::of_path(path).is_some());
        let (excluded, others): (Vec<&Arc<str>>, Vec<&Arc<str>>) = texts.partition(|path| config.exclude.matches(path));
        let shown = match folder.trim_end_matches('/') {
            "" => self.request.root.path.display().to_string(),
            folder => folder.to_owned(),
        };
        self.found.skipped.push(match (excluded.is_empty(), others.is_empty()) {
            (true, true) => {
                format!("there is no Markdown, MDX, HTML or plain text in `{shown}`, or an ignore file hides it")
            }
            (false, true) => format!("`{shown}` is excluded by the configuration"),
            (_, false) if !config.content.is_empty() => {
                format!("`content` in the configuration names nothing in `{shown}`; `--no-config` goes without")
            }
            (_, false) => format!("what is in `{shown}` is about the repository or for a program, not an article"),
        });
    }

    /// Marks the articles that are meant, but for those that are excluded. Whether any was meant.
    fn mark(&mut self, meant: impl Fn(&str) -> bool) -> bool {
        let exclude = &self.request.config.exclude;
        let mut any = false;
        for input in self.inputs.iter_mut().filter(|input| meant(&input.path)) {
            any = true;
            input.report |= !exclude.matches(&input.path);
        }
        any
    }

    /// A file that is named is an article whatever its name and place, unless it is ignored or excluded.
    fn add_file(&mut self, path: String) {
        let Some(path) = self.walked(path) else { return };
        if Kind::of_path(&path).is_none() {
            self.found.skipped.push(format!("`{path}` is not Markdown, MDX, HTML or plain text"));
        } else if self.request.config.exclude.matches(&path) {
            self.found.skipped.push(format!("`{path}` is excluded by the configuration"));
        } else {
            self.insert(path);
        }
    }

    fn insert(&mut self, path: String) {
        match self.inputs.binary_search_by(|input| (*input.path).cmp(&path)) {
            Ok(known) => self.inputs[known].report = true,
            Err(place) => self.inputs.insert(place, Input { path: path.into(), report: true }),
        }
    }

    /// The path of a named file as the walk knows it; `None` if an ignore file hides it.
    fn walked(&mut self, path: String) -> Option<String> {
        let known = |path: &String| self.found.files.binary_search_by(|file| (**file).cmp(path)).is_ok();
        if known(&path) {
            return Some(path);
        }
        // Another spelling of the same file: letter case, or a link in front of the root.
        let root = &self.request.root.path;
        let real = root.canonicalize().ok().zip(root.join(&path).canonicalize().ok());
        if let Some(real) = real.and_then(|(root, file)| relative(&root, &file)).filter(known) {
            return Some(real);
        }
        self.found.skipped.push(format!("`{path}` is hidden by an ignore file"));
        None
    }

    fn add_stdin(&mut self, path: &Path) {
        let path = absolute(self.request.cwd, path);
        let Some(seen) = relative(&self.request.root.path, &path) else {
            self.found.errors.push(format!("`{}` is not a path in the site", path.display()));
            return;
        };
        if Kind::of_path(&seen).is_none() {
            let message = format!("`{seen}` is not Markdown, MDX, HTML or plain text by its name");
            self.found.errors.push(message);
        } else if path.exists() {
            self.add_file(seen);
        } else if self.request.config.exclude.matches(&seen) {
            self.found.skipped.push(format!("`{seen}` is excluded by the configuration"));
        } else {
            self.insert(seen);
        }
    }
}
