//! Walks the value tree of the configuration and notes what is wrong, so that one run tells all mistakes.
//!
//! Owns how a mistake is put; what may stand where is for [`super::read`], [`super::fields`] and [`super::rules`].

use std::rc::Rc;
use std::sync::Arc;

use super::files::{Files, Load};
use super::globs::{Globs, Pattern};
use super::{INVALID, suggest};
use crate::document::front_matter::{Data, Entry, Map, Value};
use crate::finding::{Finding, Level};
use crate::rule::Sink;
use crate::source::Source;
use crate::span::Span;

/// Takes what is wrong.
pub(super) struct Reader<'l> {
    path: Arc<str>,
    pub(super) findings: Vec<Finding>,
    pub(super) files: Files<'l>,
}

impl<'l> Reader<'l> {
    pub(super) fn new(path: &Arc<str>, load: Load<'l>) -> Self {
        Self { path: Arc::clone(path), findings: Vec::new(), files: Files::new(path, load) }
    }

    /// Says that something is wrong at `span`.
    pub(super) fn wrong(&mut self, span: Span, message: impl Into<String>) -> &mut Finding {
        Sink::new(&mut self.findings, INVALID.id, Level::Error, &self.path).report(span, message);
        self.findings.last_mut().expect("one was just reported")
    }

    /// Says that something is wrong at `span` of a file that the configuration names.
    pub(super) fn wrong_in(&mut self, file: &Source, span: Span, message: impl Into<String>) -> &mut Finding {
        Sink::new(&mut self.findings, INVALID.id, Level::Error, file.path()).report(span, message);
        self.findings.last_mut().expect("one was just reported")
    }

    /// The file whose path, relative to the configuration, is the text of `value`. What makes it unreadable is told where
    /// it is named; that it is not UTF-8, in itself.
    pub(super) fn file(&mut self, name: &str, value: &Value) -> Option<Rc<Source>> {
        let path = self.text(name, value)?.trim();
        let file = match self.files.read(path) {
            Ok(file) => file,
            Err(why) => {
                let finding = self.wrong(value.span, format!("cannot read `{path}`: {why}"));
                finding.help("a path is relative to the folder of the configuration");
                return None;
            }
        };
        if let Some(bad) = file.bad_bytes() {
            let help = if bad.utf16 { "it looks like UTF-16: save it as UTF-8" } else { "save it as UTF-8" };
            self.wrong_in(&file, bad.first, "the file is not UTF-8").help(help);
            return None;
        }
        Some(file)
    }

    /// Says that `value` is not what `name` takes.
    pub(super) fn mismatch(&mut self, name: &str, takes: &str, value: &Value) -> &mut Finding {
        let found = value.describe();
        self.wrong(value.span, format!("`{name}` takes {takes}, but this is {found}"))
    }

    /// The entries of a map; an empty value is an empty map. Keys that are none of `known` are reported and left out.
    pub(super) fn entries<'v>(&mut self, name: &str, value: &'v Value, known: &[&str]) -> Vec<&'v Entry> {
        let Some(map) = self.map(name, value) else { return Vec::new() };
        let mut entries = Vec::new();
        for entry in unique(map) {
            if known.contains(&entry.key.as_str()) {
                entries.push(entry);
            } else {
                self.unknown_key(name, entry, known);
            }
        }
        entries
    }

    /// A map under any keys; an empty value is an empty map.
    pub(super) fn map<'v>(&mut self, name: &str, value: &'v Value) -> Option<&'v Map> {
        match &value.data {
            Data::Map(map) => Some(map),
            Data::Null => None,
            _ => {
                self.mismatch(name, "a map", value);
                None
            }
        }
    }

    /// Says that `entry` has a key that the map `name` does not have.
    pub(super) fn unknown_key(&mut self, name: &str, entry: &Entry, known: &[&str]) {
        let within = if name.is_empty() { String::new() } else { format!(" in `{name}`") };
        let finding = self.wrong(entry.key_span, format!("unknown key `{}`{within}", entry.key));
        finding.help = suggest::help(&entry.key, known);
    }

    /// Text that is not blank.
    pub(super) fn text<'v>(&mut self, name: &str, value: &'v Value) -> Option<&'v str> {
        match value.as_text() {
            Some(text) if !text.trim().is_empty() => Some(text),
            Some(_) => {
                self.wrong(value.span, format!("`{name}` is empty"));
                None
            }
            None => {
                let finding = self.mismatch(name, "text", value);
                if matches!(value.data, Data::Bool(_) | Data::Number(_)) {
                    finding.help("put it in quotes");
                }
                None
            }
        }
    }

    /// A list of texts.
    pub(super) fn texts<'v>(&mut self, name: &str, value: &'v Value) -> Vec<(&'v str, Span)> {
        let Some(items) = value.as_list() else {
            if value.data != Data::Null {
                self.mismatch(name, "a list", value).help(format!("write it as `{name}: [one, two]`"));
            }
            return Vec::new();
        };
        items.iter().filter_map(|item| Some((self.text(name, item)?, item.span))).collect()
    }

    /// A list of globs, or a single one.
    pub(super) fn globs(&mut self, name: &str, value: &Value) -> Globs {
        let texts = match &value.data {
            Data::List(_) | Data::Null => self.texts(name, value),
            Data::String(_) => self.text(name, value).map(|text| (text, value.span)).into_iter().collect(),
            _ => {
                self.mismatch(name, "a glob or a list of globs", value)
                    .help(format!("write it as `{name}: [\"posts/**\"]`"));
                Vec::new()
            }
        };
        let mut patterns = Vec::new();
        for (text, span) in texts {
            match Pattern::new(text, span) {
                Ok(pattern) => patterns.push(pattern),
                Err(why) => {
                    let finding = self.wrong(span, format!("`{text}` is not a glob: {why}"));
                    if text.starts_with('!') {
                        finding.help("put what should be left out under `exclude`");
                    }
                }
            }
        }
        Globs::new(patterns)
    }
}

/// The entries of a map, of repeated keys only the first: the others have been reported with the syntax.
pub(super) fn unique(map: &Map) -> impl Iterator<Item = &Entry> {
    map.entries.iter().filter(|entry| map.entry(&entry.key).is_some_and(|first| first.key_span == entry.key_span))
}
