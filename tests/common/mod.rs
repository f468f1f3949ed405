//! A folder of articles, and copydesk run in it with a clean environment.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::rc::Rc;

use tempfile::TempDir;

/// A folder of articles.
pub struct Desk {
    folder: Rc<TempDir>,
    cwd: PathBuf,
}

/// What a run came to.
#[derive(Debug, PartialEq, Eq)]
pub struct Ran {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Ran {
    #[allow(dead_code, reason = "not every test file compares all of a run")]
    pub fn new(code: i32, stdout: &str, stderr: &str) -> Self {
        Self { code, stdout: stdout.into(), stderr: stderr.into() }
    }
}

#[allow(dead_code, reason = "not every test file uses all of it")]
impl Desk {
    /// A folder with these files.
    pub fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let cwd = folder.path().canonicalize().expect("it is there");
        let desk = Self { folder: Rc::new(folder), cwd };
        for (path, text) in files {
            desk.write(path, text);
        }
        desk
    }

    /// The same files, seen from a folder among them.
    pub fn within(&self, folder: &str) -> Self {
        Self { folder: Rc::clone(&self.folder), cwd: self.path(folder) }
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.cwd.join(path)
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).expect("made");
        fs::write(path, text).expect("written");
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).expect("read")
    }

    /// copydesk with these arguments, of which nothing in the environment changes the meaning.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("copydesk"));
        command.args(args).current_dir(&self.cwd).stdin(Stdio::null());
        for (name, _) in std::env::vars_os() {
            if name != "PATH" && name != "SystemRoot" {
                command.env_remove(name);
            }
        }
        // The user's own ignore file must not count.
        command.env("HOME", &self.cwd).env("XDG_CONFIG_HOME", self.cwd.join(".config"));
        command
    }

    /// git with these arguments, by the same person at the same time everywhere.
    pub fn git(&self, args: &[&str]) -> String {
        let mut command = Command::new("git");
        command.args(["-c", "user.name=Jane Doe", "-c", "user.email=jane@example.org", "-c", "commit.gpgsign=false"]);
        command.args(["-c", "init.defaultBranch=main", "-c", "core.autocrlf=false"]).args(args).current_dir(&self.cwd);
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("GIT_") {
                command.env_remove(name);
            }
        }
        command.env("HOME", &self.cwd).env("GIT_CONFIG_NOSYSTEM", "1");
        let output = command.output().expect("git is there");
        assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    /// All as it is now, committed.
    pub fn commit(&self) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-qm", "change"]);
    }

    pub fn run(&self, args: &[&str], stdin: &[u8]) -> Ran {
        let mut command = self.command(args);
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it runs");
        let mut input = child.stdin.take().expect("it is piped");
        // It may well end without reading.
        let _ = input.write_all(stdin);
        drop(input);
        let output = child.wait_with_output().expect("it ends");
        Ran {
            code: output.status.code().expect("it was not killed"),
            stdout: String::from_utf8(output.stdout).expect("UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }

    pub fn check(&self, args: &[&str]) -> Ran {
        self.run(&[&["check"], args].concat(), b"")
    }

    /// The files that would be checked.
    pub fn files(&self, args: &[&str]) -> Vec<String> {
        let ran = self.run(&[&["check", "--show-files"], args].concat(), b"");
        assert_eq!(ran.code, 0, "{ran:?}");
        ran.stdout.lines().map(str::to_owned).collect()
    }
}
