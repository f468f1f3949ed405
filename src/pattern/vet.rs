//! What is refused in a pack, each refusal with its place.

use std::collections::HashSet;

use regex::Regex;

use super::expression::Expression;
use super::pack::{Entry, Needs, Pack, PackError};
use super::{expression, normal};
use crate::span::Span;

impl Pack {
    /// Whether all that it says can be meant.
    pub(super) fn check(&self) -> Result<(), Fault> {
        let (group, name) = self.rule.split_once('/').unwrap_or_default();
        if !is_kebab(group) || !is_kebab(name) {
            return Err(Fault::new(None, &self.rule, "a rule is called `group/name`, in kebab-case"));
        }
        for (name, words) in &self.words {
            if !is_kebab(name) || words.is_empty() {
                return Err(Fault::new(None, name, format!("`{name}`: words need a kebab-case name and a list")));
            }
        }
        if self.entries.is_empty() {
            return Err(Fault::new(None, "entries", "a pack needs at least one entry"));
        }
        let mut ids = HashSet::new();
        for entry in &self.entries {
            if !is_kebab(&entry.id) {
                return Err(Fault::new(Some(&entry.id), &entry.id, "an id is written in kebab-case"));
            }
            if !ids.insert(entry.id.as_str()) {
                return Err(Fault::new(Some(&entry.id), &entry.id, "there are two entries with this id").at_last());
            }
            self.check_entry(entry)?;
        }
        Ok(())
    }

    fn check_entry(&self, entry: &Entry) -> Result<(), Fault> {
        let id = Some(entry.id.as_str());
        if entry.phrases.is_empty() && entry.patterns.is_empty() {
            return Err(Fault::new(id, &entry.id, "it has neither phrases nor patterns"));
        }
        if entry.bad.is_empty() {
            return Err(Fault::new(id, &entry.id, "it has no `bad` line to show what it finds"));
        }
        if entry.blocks.is_empty() {
            return Err(Fault::new(id, &entry.id, "`blocks` is empty, so it can never hit"));
        }
        if entry.needs.as_ref().is_some_and(|needs| *needs == Needs::default()) {
            return Err(Fault::new(id, &entry.id, "`needs` is empty: leave it out"));
        }
        let whole = entry.place.is_whole();
        if !whole && (entry.needs.is_some() || entry.unlinked || entry.plain || entry.blank_lines) {
            let message = "`needs`, `unlinked`, `plain` and `blank-lines` speak of a whole line, not of part of one";
            return Err(Fault::new(id, &entry.id, message));
        }
        if whole && entry.exact {
            return Err(Fault::new(id, &entry.id, "letter case never matters in a whole line: leave out `exact`"));
        }
        if let Some(tag) = entry.languages.iter().find(|tag| !is_language(tag)) {
            return Err(Fault::new(id, tag, format!("`{tag}` is no language: write two or three letters, as in `de`")));
        }
        for phrase in entry.phrases.iter().chain(&entry.allow) {
            let mut normal = String::new();
            if !normal::normalise(phrase, &mut normal) {
                return Err(Fault::new(id, phrase, format!("`{phrase}` can never be a whole line")));
            }
        }
        for pattern in &entry.patterns {
            let expanded = expression::expanded(pattern, &self.words);
            let compiled =
                if whole { expression::whole_line(&expanded) } else { expression::within_text(&expanded, entry.exact) };
            if let Err(fault) = compiled.and_then(|expression| try_out(&expression, &expanded)) {
                let mut refused = Fault::new(id, pattern, format!("pattern `{pattern}`: {}", fault.message));
                refused.within = (expanded == *pattern).then_some(fault.span);
                return Err(refused);
            }
        }
        Ok(())
    }
}

/// Compiles an expression, to see that it can be; `written` is what the author wrote.
fn try_out(expression: &Expression, written: &str) -> Result<(), expression::Fault> {
    let whole = Span::new(0, written.len());
    let refused = |error: regex::Error| expression::Fault { span: whole, message: error.to_string() };
    Regex::new(&expression.pattern).map(drop).map_err(refused)
}

fn is_language(tag: &str) -> bool {
    (2..=3).contains(&tag.len()) && tag.bytes().all(|byte| byte.is_ascii_lowercase())
}

fn is_kebab(name: &str) -> bool {
    !name.is_empty()
        && name
            .split('-')
            .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()))
}

/// What is wrong with a pack that is valid YAML.
pub(super) struct Fault {
    entry: Option<String>,
    /// The words at fault, as they stand in the file unless they are quoted with escapes.
    words: String,
    /// Which part of `words`.
    within: Option<Span>,
    last: bool,
    message: String,
}

impl Fault {
    fn new(entry: Option<&str>, words: &str, message: impl Into<String>) -> Self {
        let (entry, words) = (entry.map(str::to_owned), words.to_owned());
        Self { entry, words, within: None, last: false, message: message.into() }
    }

    fn at_last(mut self) -> Self {
        self.last = true;
        self
    }

    /// The refusal of the pack in `text`.
    pub(super) fn in_file(self, file: &str, text: &str) -> PackError {
        // serde_yaml tells no places of values, so the words are looked for from where their entry begins.
        let mut entries = text.match_indices("id: ").map(|(at, key)| at + key.len()).filter(|&at| {
            let id = text[at..].split(['\r', '\n', ' ']).next();
            id.is_some_and(|id| self.entry.as_deref() == Some(id.trim_matches(['"', '\''])))
        });
        let from = if self.last { entries.last() } else { entries.next() }.unwrap_or(0);
        let span = text[from..].find(&self.words).filter(|_| !self.words.is_empty()).map(|at| {
            let found = Span::new(from + at, from + at + self.words.len());
            self.within.map_or(found, |within| within.shifted(found.start))
        });
        PackError { file: file.to_owned(), entry: self.entry, message: self.message, span }
    }
}
