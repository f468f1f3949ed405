//! The repository around a site, asked through the `git` program: what changed since a revision, what is staged, what was
//! renamed. Owns how git is called and what its answers and refusals mean. Changes nothing in the repository.

use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The empty tree, which is in every repository: what a first commit is compared with.
const EMPTY_TREE: &str = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

/// What git says of a repository that belongs to somebody else; where it is follows in quotes.
const UNTRUSTED: &str = "detected dubious ownership";

/// A folder in a repository. All paths that come from here are relative to it, with forward slashes; what lies outside of
/// it is not seen.
#[derive(Debug)]
pub struct Git {
    folder: PathBuf,
    /// Variables that hold paths relative to the working directory: hooks are called with such.
    paths: Vec<(&'static str, OsString)>,
}

/// A file that differs from a revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Its path today; `None` if it was deleted.
    pub path: Option<String>,
    /// Its path in the revision; `None` if it is new.
    pub before: Option<String>,
}

/// Why git cannot answer. Each says what to do.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such program.
    #[error("the program `git` is needed for this and was not found: install it, or check without `{0}`")]
    NoGit(&'static str),
    /// The folder is in no repository.
    #[error("`{0}` is in no git repository: run it within one, or check without `{1}`")]
    NoRepository(String, &'static str),
    /// Git reads nothing in a repository that belongs to somebody else: a folder that was mounted into a container.
    #[error(
        "git does not trust the repository around `{0}`, which belongs to another user: allow it with \
         `git config --global --add safe.directory {0}`"
    )]
    Untrusted(String),
    /// The revision is not there.
    #[error("there is no revision `{0}`{1}")]
    NoRevision(String, String),
    /// Its history and that of HEAD do not meet.
    #[error("`{0}` and HEAD have no common ancestor{1}")]
    NoMergeBase(String, String),
    /// Anything else.
    #[error("git {0} failed: {1}")]
    Failed(String, String),
}

impl Git {
    /// The repository that `folder` is in. `asked` is the option for which it is asked.
    ///
    /// # Errors
    /// If it is in none, or there is no git.
    pub fn around(folder: &Path, asked: &'static str) -> Result<Self, Error> {
        let absolute = |name| {
            let value = std::env::var_os(name).filter(|value| !value.is_empty())?;
            Some((name, std::path::absolute(&value).ok()?.into_os_string()))
        };
        let paths = ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "GIT_OBJECT_DIRECTORY"];
        let mut paths: Vec<_> = paths.into_iter().filter_map(absolute).collect();
        let has = |name| paths.iter().any(|(known, _)| *known == name);
        // With this one alone the working directory is the top of the working tree.
        if has("GIT_DIR") && !has("GIT_WORK_TREE") {
            paths.extend(std::env::current_dir().ok().map(|here| ("GIT_WORK_TREE", here.into_os_string())));
        }
        let git = Self { folder: folder.to_owned(), paths };
        match git.output(&["rev-parse", "--is-inside-work-tree"], b"") {
            Ok(output) if output.starts_with(b"true") => Ok(git),
            Err(Error::NoGit(_)) => Err(Error::NoGit(asked)),
            Err(Error::Failed(_, why)) if why.starts_with(UNTRUSTED) => {
                let top = why.split('\'').nth(1).map_or_else(|| folder.display().to_string(), str::to_owned);
                Err(Error::Untrusted(top))
            }
            _ => Err(Error::NoRepository(folder.display().to_string(), asked)),
        }
    }

    /// The commit where the history of HEAD parted from `revision`.
    ///
    /// # Errors
    /// If there is no such revision, or a shallow clone does not reach back to it; the error says what to fetch.
    pub fn merge_base(&self, revision: &str) -> Result<String, Error> {
        let commit = self.commit(revision)?;
        let base = self.output(&["merge-base", &commit, "HEAD"], b"");
        base.map(|base| line(&base)).map_err(|_| {
            let help = if self.is_shallow() {
                "; this clone is shallow: fetch more of the history with `git fetch --unshallow` (in GitHub Actions: \
                 `fetch-depth: 0` for actions/checkout; in GitLab: `GIT_DEPTH: 0`)"
            } else {
                ": compare with the revision itself by `--no-merge-base`"
            };
            Error::NoMergeBase(revision.to_owned(), help.to_owned())
        })
    }

    /// The commit that `revision` names.
    ///
    /// # Errors
    /// If there is none; the error says what to fetch.
    pub fn commit(&self, revision: &str) -> Result<String, Error> {
        let commit = self
            .output(&["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{revision}^{{commit}}")], b"");
        commit
            .map(|commit| line(&commit))
            .map_err(|_| Error::NoRevision(revision.to_owned(), self.where_from(revision)))
    }

    /// What to do about a revision that is not here.
    fn where_from(&self, revision: &str) -> String {
        let remotes = self.output(&["remote"], b"").unwrap_or_default();
        let remotes = String::from_utf8_lossy(&remotes);
        let fetch = |remote, branch| format!("`git fetch {remote} {branch}:refs/remotes/{remote}/{branch}`");
        let of_remote = |remote| Some((remote, revision.strip_prefix(remote)?.strip_prefix('/')?));
        if let Some((remote, branch)) = remotes.lines().find_map(of_remote) {
            return format!(": fetch it with {}", fetch(remote, branch));
        }
        let is_there =
            |name: &str| self.output(&["rev-parse", "--verify", "--quiet", "--end-of-options", name], b"").is_ok();
        let there = |remote: &&str| is_there(&format!("refs/remotes/{remote}/{revision}"));
        if let Some(remote) = remotes.lines().find(there) {
            return format!(": did you mean `{remote}/{revision}`?");
        }
        let is_commit = revision.len() >= 7 && revision.bytes().all(|byte| byte.is_ascii_hexdigit());
        let is_branch = !is_commit && !revision.contains(['~', '^', '@', ':']) && !revision.starts_with('-');
        match remotes.lines().next() {
            Some(remote) if is_branch => format!(
                ": if it is a branch of `{remote}`, fetch it with {} and compare with `{remote}/{revision}`",
                fetch(remote, revision)
            ),
            _ if self.is_shallow() => {
                "; this clone is shallow: fetch the rest of the history with `git fetch --unshallow` (in GitHub Actions: \
                 `fetch-depth: 0` for actions/checkout; in GitLab: `GIT_DEPTH: 0`)"
                    .to_owned()
            }
            _ => ": name a branch, a tag or a commit; `git branch --all` lists the branches".to_owned(),
        }
    }

    /// The files that differ between `commit` and the working tree, new ones that git does not know yet among them, unless
    /// it ignores them.
    ///
    /// # Errors
    /// If git fails.
    pub fn changed_since(&self, commit: &str) -> Result<Vec<Changed>, Error> {
        let mut changed = self.diff(&[commit])?;
        changed.extend(self.untracked()?.into_iter().map(|path| Changed { path: Some(path), before: None }));
        Ok(changed)
    }

    /// The files whose staged content differs from HEAD, and the revision that this is.
    ///
    /// # Errors
    /// If git fails.
    pub fn staged(&self) -> Result<(Vec<Changed>, String), Error> {
        let head = self.commit("HEAD").unwrap_or_else(|_| EMPTY_TREE.to_owned());
        Ok((self.diff(&["--cached", &head])?, head))
    }

    /// The files whose content in the working tree is not the staged one, deleted ones among them.
    ///
    /// # Errors
    /// If git fails.
    pub fn unstaged(&self) -> Result<Vec<String>, Error> {
        let output = self.output(&["diff", "--name-only", "--relative", "--no-renames", "-z"], b"")?;
        Ok(names(&output))
    }

    /// The files that git neither knows nor ignores.
    ///
    /// # Errors
    /// If git fails.
    pub fn untracked(&self) -> Result<Vec<String>, Error> {
        Ok(names(&self.output(&["ls-files", "--others", "--exclude-standard", "-z"], b"")?))
    }

    /// The files that were renamed since `path` was last committed, or since HEAD, from old to new.
    ///
    /// # Errors
    /// If git fails.
    pub fn renamed_since(&self, path: &str) -> Result<Vec<(String, String)>, Error> {
        let last = line(&self.output(&["log", "-1", "--format=%H", "--", path], b"")?);
        let changed = self.diff(&[if last.is_empty() { "HEAD" } else { &last }])?;
        let renamed = |one: Changed| Some((one.before?, one.path?)).filter(|(old, new)| old != new);
        Ok(changed.into_iter().filter_map(renamed).collect())
    }

    /// The renames in the history of HEAD, oldest first, then those since: old path and new path.
    ///
    /// # Errors
    /// If git fails.
    pub fn renames(&self) -> Result<Vec<(String, String)>, Error> {
        let log = [
            "log",
            "--diff-filter=R",
            "--find-renames",
            "--name-status",
            "-z",
            "--relative",
            "--format=",
            "--max-count=5000",
        ];
        let output = self.output(&log, b"")?;
        // Between two commits there may be a line end.
        let words: Vec<String> = names(&output).iter().map(|word| word.trim_start_matches('\n').to_owned()).collect();
        let mut found = Vec::new();
        let mut words = words.into_iter().filter(|word| !word.is_empty());
        while let Some(status) = words.next() {
            let renames = status.strip_prefix('R').is_some_and(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
            if let (true, Some(old), Some(new)) = (renames, words.next(), words.next()) {
                found.push((old, new));
            }
        }
        found.reverse();
        let renamed = |one: Changed| Some((one.before?, one.path?)).filter(|(old, new)| old != new);
        found.extend(self.diff(&["HEAD"])?.into_iter().filter_map(renamed));
        Ok(found)
    }

    /// The content of each of `paths` in `revision`, or as staged if that is empty; `None` where there is none.
    ///
    /// # Errors
    /// If git fails.
    pub fn contents(&self, revision: &str, paths: &[&str]) -> Result<Vec<Option<Vec<u8>>>, Error> {
        // A path with a line feed cannot be asked for.
        let asked = paths.iter().map(|path| format!("{revision}:./{}\n", path.replace('\n', "?")));
        let answers = self.output(&["cat-file", "--batch"], asked.collect::<String>().as_bytes())?;
        let mut rest = answers.as_slice();
        let mut contents = Vec::with_capacity(paths.len());
        for _ in paths {
            let end = rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
            let head = String::from_utf8_lossy(&rest[..end]).into_owned();
            rest = rest.get(end + 1..).unwrap_or_default();
            let mut words = head.rsplit(' ');
            let size = words.next().and_then(|size| size.parse::<usize>().ok());
            let kind = words.next();
            let Some(size) = size.filter(|size| kind.is_some_and(|kind| kind != "missing") && *size <= rest.len())
            else {
                contents.push(None);
                continue;
            };
            contents.push((kind == Some("blob")).then(|| rest[..size].to_vec()));
            rest = rest.get(size + 1..).unwrap_or_default();
        }
        Ok(contents)
    }

    fn is_shallow(&self) -> bool {
        self.output(&["rev-parse", "--is-shallow-repository"], b"").is_ok_and(|output| output.starts_with(b"true"))
    }

    fn diff(&self, of: &[&str]) -> Result<Vec<Changed>, Error> {
        let mut args =
            vec!["diff", "--name-status", "--relative", "--find-renames", "--no-ext-diff", "--ignore-submodules", "-z"];
        args.extend(of);
        args.push("--");
        let output = self.output(&args, b"")?;
        let mut words = names(&output).into_iter();
        let mut changed = Vec::new();
        while let (Some(status), Some(path)) = (words.next(), words.next()) {
            let one = match status.as_bytes().first() {
                Some(b'A') => Changed { path: Some(path), before: None },
                Some(b'D') => Changed { path: None, before: Some(path) },
                Some(b'R') => Changed { path: words.next(), before: Some(path) },
                Some(b'C') => Changed { path: words.next(), before: None },
                _ => Changed { path: Some(path.clone()), before: Some(path) },
            };
            changed.push(one);
        }
        Ok(changed)
    }

    fn output(&self, args: &[&str], input: &[u8]) -> Result<Vec<u8>, Error> {
        let failed = |why: String| Error::Failed(args.first().copied().unwrap_or_default().to_owned(), why);
        let mut command = Command::new("git");
        command.arg("-C").arg(&self.folder).args(args).envs(self.paths.iter().map(|(name, path)| (*name, path)));
        // Nobody is asked for a password, nothing is locked, and what is said is not translated.
        command.envs([("GIT_OPTIONAL_LOCKS", "0"), ("GIT_TERMINAL_PROMPT", "0"), ("LC_ALL", "C")]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => Error::NoGit("git"),
            _ => failed(error.to_string()),
        })?;
        let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
        let mut output = Vec::new();
        // Written and read at once: git answers while it is still asked.
        let read = std::thread::scope(|scope| {
            scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(input)));
            stdout.map(|mut stdout| stdout.read_to_end(&mut output)).transpose()
        });
        let done = child.wait_with_output().map_err(|error| failed(error.to_string()))?;
        read.map_err(|error| failed(error.to_string()))?;
        if done.status.success() {
            return Ok(output);
        }
        let said = String::from_utf8_lossy(&done.stderr);
        Err(failed(said.lines().next().unwrap_or("it did not say why").trim_start_matches("fatal: ").to_owned()))
    }
}

/// The first line of what git said.
fn line(output: &[u8]) -> String {
    String::from_utf8_lossy(output).lines().next().unwrap_or_default().to_owned()
}

/// Names that are ended by zero bytes. One that is not UTF-8 names no article.
fn names(output: &[u8]) -> Vec<String> {
    let names = output.split(|byte| *byte == 0).filter(|name| !name.is_empty());
    names.map(|name| String::from_utf8_lossy(name).into_owned()).collect()
}
