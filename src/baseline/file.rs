//! The baseline as text: YAML, a line for each finding, sorted, so that two branches merge.

use std::fmt::Write as _;

use super::{Baseline, Known};
use crate::document::front_matter::{Data, Map, Value, parse_yaml};
use crate::fingerprint::written;
use crate::source::{Source, Unit};
use crate::span::Span;

/// What the file is called; it stands beside the configuration.
pub const FILE_NAME: &str = "copydesk-baseline.yaml";

/// The version of what is written.
const VERSION: f64 = 1.0;

const HEAD: &str = "\
# Findings that copydesk does not report any more. `copydesk baseline` writes this file anew,
# `copydesk baseline --prune` takes out what has been mended. Commit it.
version: 1
";

/// Why a text is no baseline.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct Corrupt {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong there, and what to do.
    pub what: String,
}

impl Baseline {
    /// Reads a baseline.
    ///
    /// # Errors
    /// If it is none, or was written by a later version.
    pub fn read(source: &Source) -> Result<Self, Corrupt> {
        let text = source.text();
        let line = |at: usize| source.position(at, Unit::CodePoints).line;
        let corrupt = |at: usize, what: &str| Corrupt { line: line(at), what: what.to_owned() };
        let conflict = |line: &&str| ["<<<<<<< ", "=======", ">>>>>>> "].iter().any(|mark| line.starts_with(mark));
        if let Some(found) = text.lines().find(conflict) {
            let at = text.find(found).unwrap_or(0);
            return Err(corrupt(at, "a merge conflict is not resolved: keep the lines of both sides"));
        }
        if let Some(bad) = source.bad_bytes() {
            return Err(corrupt(bad.first.start, "it is not UTF-8"));
        }
        let (map, problems) = parse_yaml(text, Span::new(source.start(), text.len()));
        if let Some(problem) = problems.first() {
            return Err(corrupt(problem.span.start, &problem.message));
        }
        match map.get("version").map(|value| &value.data) {
            Some(Data::Number(version)) if *version > VERSION => {
                return Err(corrupt(0, "a later version of copydesk wrote it: update copydesk"));
            }
            Some(Data::Number(version)) if *version >= VERSION => {}
            _ => return Err(corrupt(0, "it does not begin with `version: 1`")),
        }
        let mut baseline = Self::default();
        let empty = Map::default();
        let files = match map.get("findings") {
            Some(value) if value.data != Data::Null => {
                value.as_map().ok_or_else(|| corrupt(value.span.start, "`findings` is no map of articles"))?
            }
            _ => &empty,
        };
        for entry in &files.entries {
            let known = known(&entry.value)
                .ok_or_else(|| corrupt(entry.key_span.start, "what is known of this article cannot be read"))?;
            baseline.files.insert(entry.key.clone(), known);
        }
        Ok(baseline)
    }

    /// The text of the file.
    pub fn write(&self) -> String {
        let mut text = HEAD.to_owned();
        if self.is_empty() {
            text.push_str("findings: {}\n");
            return text;
        }
        text.push_str("findings:\n");
        for (path, known) in self.files.iter().filter(|(_, known)| !known.findings.is_empty()) {
            let path = serde_json::Value::from(path.as_str());
            let content = written(known.content);
            let _ = write!(text, "  {path}:\n    content: \"{content}\"\n    known:\n");
            let mut lines: Vec<String> =
                known.findings.iter().map(|(print, rule)| format!("      - {rule} {}\n", written(*print))).collect();
            lines.sort();
            text.extend(lines);
        }
        text
    }
}

fn known(value: &Value) -> Option<Known> {
    let map = value.as_map()?;
    let hash = |text: &str| (text.len() == 16).then(|| u64::from_str_radix(text, 16).ok())?;
    let mut known = Known { content: hash(map.get("content")?.as_text()?)?, ..Known::default() };
    for one in map.get("known")?.as_list()? {
        let (rule, print) = one.as_text()?.rsplit_once(' ')?;
        known.findings.insert((hash(print)?, rule.to_owned()));
    }
    Some(known)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Kind;

    fn read(text: &str) -> Result<Baseline, Corrupt> {
        Baseline::read(&Source::new(FILE_NAME, Kind::Text, text))
    }

    #[test]
    fn is_read_as_it_was_written() {
        let mut baseline = Baseline::default();
        let known = |prints: &[(u64, &str)]| Known {
            content: 7,
            findings: prints.iter().map(|(print, rule)| (*print, (*rule).to_owned())).collect(),
        };
        baseline.files.insert("posts/é \"b\".md".into(), known(&[(u64::MAX, "link/broken"), (1, "residue/credit")]));
        baseline.files.insert("a: b.md".into(), known(&[(1, "link/broken")]));
        let text = baseline.write();
        assert_eq!(read(&text), Ok(baseline), "{text}");
        assert!(text.contains("\n      - link/broken ffffffffffffffff\n      - residue/credit 0000000000000001\n"));
        let empty = Baseline::default();
        assert_eq!(read(&empty.write()), Ok(empty));
    }

    #[test]
    fn what_is_corrupt_is_told_with_its_line() {
        let told = |text| read(text).expect_err("it is corrupt").to_string();
        assert_eq!(told(""), "line 1: it does not begin with `version: 1`");
        assert_eq!(told("version: 2\n"), "line 1: a later version of copydesk wrote it: update copydesk");
        assert_eq!(
            told("version: 1\nfindings:\n<<<<<<< HEAD\n"),
            "line 3: a merge conflict is not resolved: keep the lines of both sides"
        );
        assert_eq!(told("version: 1\nfindings: [a]\n"), "line 2: `findings` is no map of articles");
        let broken = "version: 1\nfindings:\n  a.md:\n    content: \"00\"\n    known: []\n";
        assert_eq!(told(broken), "line 3: what is known of this article cannot be read");
        assert!(told("version: 1\nfindings: {").starts_with("line 2: "));
    }
}
