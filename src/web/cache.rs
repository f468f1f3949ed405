//! Answers of earlier runs, in a file, each good for a while.
//!
//! The file is a journal: a first line that says what it is, then an answer a line, the latest of an address counts. So nothing
//! that was heard is lost when a run is killed; at its end a run writes the file anew, without what has grown too old.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use crate::site::target;
use crate::site::web::{Answer, State};

/// A minute and an hour, in seconds.
const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;

/// The version of the file's form; a file of another one is begun anew.
const VERSION: u32 = 1;

/// The first line.
#[derive(Debug, Serialize, Deserialize)]
struct Head {
    #[serde(rename = "copydesk-links")]
    version: u32,
}

/// Any other line.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Entry {
    url: String,
    /// Seconds since 1970.
    asked: u64,
    answer: Answer,
}

/// Why a file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Damage {
    /// It cannot be read.
    #[error("{0}")]
    Unreadable(#[from] io::Error),
    /// It was not written by us.
    #[error("it is no file of copydesk's")]
    Foreign,
    /// It was, but not this line (1-based).
    #[error("line {0} is damaged")]
    Line(usize),
}

/// Answers that are still good.
#[derive(Debug)]
pub struct Cache {
    path: Option<PathBuf>,
    entries: BTreeMap<String, Entry>,
    /// The end of the file; `None` until something is put there.
    journal: Option<File>,
    /// Whether the file is as it should be, so that lines can be added.
    sound: bool,
    /// Why something could not be written.
    failed: Option<io::Error>,
    now: fn() -> u64,
}

impl Cache {
    /// A cache that is kept nowhere.
    pub fn nowhere() -> Self {
        Self { path: None, entries: BTreeMap::new(), journal: None, sound: false, failed: None, now }
    }

    /// The cache in the file at `path`, empty if there is none.
    ///
    /// # Errors
    /// If there is a file that cannot be read or was damaged. A last line without an end is what a killed run leaves, and fine.
    pub fn open(path: &Path) -> Result<Self, Damage> {
        let mut cache = Self { path: Some(path.to_owned()), ..Self::nowhere() };
        let bytes = match std::fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(cache),
            Err(error) => return Err(error.into()),
        };
        let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        if bytes.is_empty() {
            return Ok(cache);
        }
        let mut lines = bytes[..whole].split(|byte| *byte == b'\n');
        let head: Head = serde_json::from_slice(lines.next().unwrap_or_default()).map_err(|_| Damage::Foreign)?;
        if head.version != VERSION {
            return Ok(cache);
        }
        for (index, line) in lines.enumerate().filter(|(_, line)| !line.is_empty()) {
            let entry: Entry = serde_json::from_slice(line).map_err(|_| Damage::Line(index + 2))?;
            cache.entries.insert(entry.url.clone(), entry);
        }
        cache.sound = whole == bytes.len();
        Ok(cache)
    }

    /// Whether there is an answer for `url` that is still good and says something of all `fragments`.
    pub fn knows(&self, url: &str, fragments: &[String]) -> bool {
        self.get(url, fragments).is_some()
    }

    /// The answer for `url`, if it is still good and says something of all `fragments`.
    pub(super) fn get(&self, url: &str, fragments: &[String]) -> Option<Answer> {
        let entry = self.entries.get(url)?;
        let looked =
            entry.answer.state != State::Alive || fragments.iter().all(|one| entry.answer.looked_for.contains(one));
        (looked && self.is_good(entry)).then(|| entry.answer.clone())
    }

    /// Some hosts that have answered, however long ago, by name.
    pub(super) fn hosts_once_alive(&self) -> Vec<String> {
        let alive = self.entries.values().filter(|entry| entry.answer.state == State::Alive);
        let hosts = alive.filter_map(|entry| target::host(&entry.url));
        let named = hosts.filter(|host| !host.starts_with('[') && host.parse::<std::net::Ipv4Addr>().is_err());
        let mut hosts: Vec<String> = named.map(str::to_owned).collect();
        hosts.dedup();
        hosts.truncate(3);
        hosts
    }

    fn is_good(&self, entry: &Entry) -> bool {
        // What comes from the future was written by another clock.
        (self.now)().checked_sub(entry.asked).is_some_and(|age| age < lifetime(&entry.url, entry.answer.state))
    }

    /// Keeps an answer, in the file too.
    pub(super) fn put(&mut self, url: &str, answer: &Answer) {
        let entry = Entry { url: url.to_owned(), asked: (self.now)(), answer: answer.clone() };
        let line = line(&entry);
        self.entries.insert(entry.url.clone(), entry);
        if self.failed.is_none()
            && let Err(error) = line.and_then(|line| self.add(&line))
        {
            self.failed = Some(error);
        }
    }

    fn add(&mut self, line: &[u8]) -> io::Result<()> {
        let Some(path) = self.path.clone() else { return Ok(()) };
        if !self.sound {
            // Holds the new entry already.
            return self.write(&path);
        }
        let journal = match &mut self.journal {
            Some(journal) => journal,
            none => none.insert(OpenOptions::new().append(true).open(path)?),
        };
        // At once, so that two runs do not write into each other's lines.
        journal.write_all(line)
    }

    /// Writes the file anew, whole or not at all.
    fn write(&mut self, path: &Path) -> io::Result<()> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder)?;
        let mut text = line(&Head { version: VERSION })?;
        for entry in self.entries.values().filter(|entry| self.is_good(entry)) {
            text.extend(line(entry)?);
        }
        let mut beside = tempfile::NamedTempFile::new_in(folder)?;
        beside.write_all(&text)?;
        self.journal = None;
        beside.persist(path).map_err(|error| error.error)?;
        self.sound = true;
        Ok(())
    }

    /// Ends a run: takes what is too old out of the file.
    ///
    /// # Errors
    /// If it could not be written, now or before.
    pub fn finish(mut self) -> io::Result<()> {
        if let Some(error) = self.failed.take() {
            return Err(error);
        }
        let Some(path) = self.path.clone().filter(|_| self.sound) else { return Ok(()) };
        // What another run has put there in the meantime.
        let there = Self::open(&path).map(|there| there.entries).unwrap_or_default();
        for (url, entry) in there {
            let is_newer = self.entries.get(&url).is_none_or(|known| known.asked < entry.asked);
            if is_newer {
                self.entries.insert(url, entry);
            }
        }
        self.write(&path)
    }
}

fn line(value: &impl Serialize) -> io::Result<Vec<u8>> {
    let mut line = serde_json::to_vec(value)?;
    line.push(b'\n');
    Ok(line)
}

/// How long an answer is good, in seconds: a page that is there is there for days, one that is gone may come back. Up to a
/// fifth more or less, by the address, so that not all grow old on one day.
fn lifetime(url: &str, state: State) -> u64 {
    let base = match state {
        State::Alive => 7 * 24 * HOUR,
        State::Blocked => 24 * HOUR,
        State::Dead => 12 * HOUR,
        // Long enough for a run that was interrupted to go on.
        State::Transient => 15 * MINUTE,
    };
    let share = xxh3_64(url.as_bytes()) % 401;
    base * (800 + share) / 1_000
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_age_by_state_and_address() {
        let mut cache = Cache { now: || 1_000_000, ..Cache::nowhere() };
        cache.put("https://a.org/", &Answer::new(State::Alive, ""));
        cache.put("https://b.org/", &Answer::new(State::Dead, "404"));
        assert!(cache.get("https://a.org/", &[]).is_some());
        assert!(cache.get("https://a.org/", &["x".to_owned()]).is_none(), "nobody looked for the fragment");
        cache.now = || 1_000_000 + 24 * HOUR;
        assert!(cache.get("https://a.org/", &[]).is_some() && cache.get("https://b.org/", &[]).is_none());
        cache.now = || 1_000_000 + 9 * 24 * HOUR;
        assert!(cache.get("https://a.org/", &[]).is_none());
        cache.now = || 999_999;
        assert!(cache.get("https://a.org/", &[]).is_none(), "it comes from the future");
        let ages: std::collections::BTreeSet<u64> =
            (0..50).map(|n| lifetime(&format!("https://a.org/{n}"), State::Alive)).collect();
        assert!(ages.len() > 40 && ages.iter().all(|age| (130 * HOUR..205 * HOUR).contains(age)), "{ages:?}");
    }

    #[test]
    fn a_killed_run_loses_no_whole_line() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("cache/links.jsonl");
        let mut cache = Cache::open(&path).expect("there is none");
        for page in ["https://a.org/", "https://b.org/"] {
            cache.put(page, &Answer::new(State::Alive, ""));
        }
        drop(cache);
        let whole = std::fs::read(&path).expect("written");
        std::fs::write(&path, &whole[..whole.len() - 5]).expect("written");
        let mut cache = Cache::open(&path).expect("a torn last line is fine");
        assert!(cache.get("https://a.org/", &[]).is_some() && cache.get("https://b.org/", &[]).is_none());
        cache.put("https://c.org/", &Answer::new(State::Alive, ""));
        cache.finish().expect("written");
        let cache = Cache::open(&path).expect("whole again");
        assert!(cache.get("https://c.org/", &[]).is_some());

        let mut one = Cache::open(&path).expect("whole");
        let mut other = Cache::open(&path).expect("whole");
        one.put("https://d.org/", &Answer::new(State::Alive, ""));
        other.put("https://e.org/", &Answer::new(State::Alive, ""));
        one.finish().expect("written");
        other.finish().expect("written");
        let cache = Cache::open(&path).expect("whole");
        assert!(["c", "d", "e"].iter().all(|name| cache.knows(&format!("https://{name}.org/"), &[])));

        std::fs::write(&path, [&whole[..10], &whole[20..]].concat()).expect("written");
        assert!(matches!(Cache::open(&path), Err(Damage::Foreign)));
        let mut damaged = whole.clone();
        damaged[21] = b'!';
        std::fs::write(&path, &damaged).expect("written");
        assert!(matches!(Cache::open(&path), Err(Damage::Line(2))));
    }
}
