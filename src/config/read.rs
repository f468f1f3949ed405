//! Reads the text of `copydesk.yaml` into a [`Config`], and tells all that is wrong in it.

use std::collections::HashMap;
use std::sync::Arc;

use super::compile::compile;
use super::fields::{FrontMatterSpec, front_matter};
use super::files::Load;
use super::globs::Globs;
use super::packs;
use super::reader::{Reader, unique};
use super::rules::rules;
use super::{Collection, Config, Override, suggest};
use crate::date;
use crate::document::ProblemKind;
use crate::document::front_matter::{Data, Entry, Value, parse_yaml};
use crate::finding::{Finding, Label};
use crate::pattern::{PatternRule, Scanner};
use crate::rules::RULES;
use crate::site::Generator;
use crate::source::Source;
use crate::span::Span;

pub(super) const KEYS: [&str; 8] =
    ["site", "content", "exclude", "collections", "rules", "overrides", "packs", "online"];

/// What stands under `online`.
pub(super) const ONLINE_KEYS: [&str; 1] = ["exclude"];

/// What stands under `site`.
pub(super) const SITE_KEYS: [&str; 4] = ["generator", "name", "origin", "time-zone"];

/// The word for a generator that is to be found out.
const AUTO: &str = "auto";

/// A configuration as it was read.
#[derive(Debug)]
pub struct Reading {
    /// What could be understood. Not to be used if there is a finding.
    pub config: Config,
    /// What is wrong in the configuration and in the files that it names, by path and span, the configuration first.
    pub findings: Vec<Finding>,
    /// All patterns, if it names packs of its own.
    pub packs: Option<Scanner>,
    /// The files that it names, by the paths that findings in them have.
    pub named: HashMap<Arc<str>, Source>,
}

/// Reads the configuration, and through `load` the files that it names. `scanner` holds the pattern rules that may be
/// configured.
pub fn read(source: &Source, scanner: &Scanner, load: Load) -> Reading {
    let mut reader = Reader::new(source.path(), load);
    let (config, packs) = whole(&mut reader, source, scanner);
    let own = source.path();
    reader.findings.sort_by(|a, b| {
        (a.path != *own, &a.path, a.span, &a.message).cmp(&(b.path != *own, &b.path, b.span, &b.message))
    });
    // A file that is named twice is told of once.
    reader.findings.dedup();
    Reading { config, findings: reader.findings, packs, named: reader.files.into_sources() }
}

/// The packs that a configuration with this text names, as written there; none if it cannot be read.
pub fn named_packs(text: &str) -> Vec<String> {
    let (map, _) = parse_yaml(text, Span::new(0, text.len()));
    let items = map.get("packs").and_then(Value::as_list).unwrap_or_default();
    items.iter().filter_map(|item| item.as_text().map(|name| name.trim().to_owned())).collect()
}

fn whole(reader: &mut Reader, source: &Source, scanner: &Scanner) -> (Config, Option<Scanner>) {
    let mut config = Config::default();
    if let Some(bad) = source.bad_bytes() {
        let finding = reader.wrong(bad.first, "the configuration is not UTF-8");
        finding.help(if bad.utf16 { "it looks like UTF-16: save it as UTF-8" } else { "save it as UTF-8" });
        return (config, None);
    }
    let (map, problems) = parse_yaml(source.text(), Span::new(source.start(), source.text().len()));
    // After a syntax error the tree ends somewhere: what seems to be missing from it may well be there.
    let readable = problems.iter().all(|problem| problem.kind == ProblemKind::DuplicateKey);
    for problem in problems {
        let finding = reader.wrong(problem.span, problem.message);
        finding.help = problem.help;
        finding.labels =
            problem.labels.into_iter().map(|(span, message)| Label { path: None, span, message }).collect();
    }
    // The rules that packs make may be configured like all others, wherever `packs` stands.
    let packs = unique(&map).find(|entry| readable && entry.key == "packs");
    let packs = packs.and_then(|entry| packs::packs(reader, &entry.value));
    let patterns = packs.as_ref().unwrap_or(scanner).rules();
    for entry in unique(&map).filter(|_| readable) {
        section(reader, &mut config, entry, patterns);
    }
    (config, packs)
}

fn section(reader: &mut Reader, config: &mut Config, entry: &Entry, patterns: &[PatternRule]) {
    let value = &entry.value;
    match entry.key.as_str() {
        // Read first of all.
        "packs" => {}
        "site" => site(reader, config, value),
        "content" => config.content = reader.globs("content", value),
        "exclude" => config.exclude = reader.globs("exclude", value),
        "online" => {
            for entry in reader.entries("online", value, &ONLINE_KEYS) {
                let texts = reader.texts(&entry.key, &entry.value);
                config.unasked = texts.into_iter().map(|(text, _)| text.to_owned()).collect();
            }
        }
        "rules" => config.rules = rules(reader, value, patterns),
        "collections" => {
            let map = reader.map("collections", value);
            config.collections = map.into_iter().flat_map(unique).map(|entry| collection(reader, entry)).collect();
        }
        "overrides" => match &value.data {
            Data::List(items) => {
                config.overrides = items.iter().map(|item| one_override(reader, item, patterns)).collect()
            }
            Data::Null => {}
            _ => {
                let finding = reader.mismatch("overrides", "a list", value);
                finding.help("begin each override with `- files: [...]`");
            }
        },
        _ => reader.unknown_key("", entry, &KEYS),
    }
}

fn site(reader: &mut Reader, config: &mut Config, value: &Value) {
    for entry in reader.entries("site", value, &SITE_KEYS) {
        let Some(text) = reader.text(&entry.key, &entry.value) else { continue };
        let span = entry.value.span;
        if entry.key == "generator" {
            config.generator = Generator::from_name(text);
            if config.generator.is_none() && text != AUTO {
                let known: Vec<&str> = std::iter::once(AUTO).chain(Generator::names()).collect();
                reader.wrong(span, format!("there is no generator `{text}`")).help = suggest::help(text, &known);
            }
        } else if entry.key == "name" {
            config.name = Some(text.to_owned());
        } else if entry.key == "time-zone" {
            config.time_zone = date::time_zone(text);
            if config.time_zone.is_none() {
                let help = closest_zone(text).map(|zone| format!("did you mean `{zone}`?"));
                let help = help.unwrap_or_else(|| "name a place such as `Europe/Berlin`, or write `+02:00`".to_owned());
                reader.wrong(span, format!("there is no time zone `{text}`")).help(help);
            }
        } else {
            let origin = text.trim_end_matches('/');
            let host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
            match host {
                Some(host) if !host.is_empty() && !host.contains(char::is_whitespace) => {
                    config.origin = Some(origin.to_owned());
                }
                _ => {
                    let finding = reader.wrong(span, "`origin` is not the address of a site");
                    finding.help("write it as `https://example.org`");
                }
            }
        }
    }
}

/// The time zone that a mistyped name, or that of a city alone, was meant to be.
fn closest_zone(text: &str) -> Option<String> {
    let names = date::time_zone_names();
    let city = text.replace(' ', "_");
    let same_city = |name: &&String| name.rsplit('/').next().is_some_and(|last| last.eq_ignore_ascii_case(&city));
    let by_city = names.iter().find(same_city).map(String::as_str);
    by_city.or_else(|| suggest::closest(text, names.iter().map(String::as_str))).map(str::to_owned)
}

fn collection(reader: &mut Reader, entry: &Entry) -> Collection {
    let mut collection =
        Collection { name: entry.key.clone(), files: Globs::default(), front_matter: FrontMatterSpec::default() };
    let mut has_files = false;
    for setting in reader.entries(&entry.key, &entry.value, &["files", "front-matter"]) {
        if setting.key == "files" {
            has_files = true;
            collection.files = files(reader, setting);
        } else {
            collection.front_matter = front_matter(reader, &entry.key, &setting.value);
        }
    }
    if !has_files {
        reader
            .wrong(entry.key_span, format!("the collection `{}` has no `files`", entry.key))
            .help("say which files belong to it, such as `files: [\"content/posts/**\"]`");
    }
    check_compiled(reader, entry, &collection.front_matter);
    collection
}

/// Reads the globs of a collection or an override, of which there must be one.
fn files(reader: &mut Reader, entry: &Entry) -> Globs {
    let before = reader.findings.len();
    let globs = reader.globs("files", &entry.value);
    if globs.is_empty() && reader.findings.len() == before {
        reader
            .wrong(entry.key_span, "`files` is empty")
            .help("say which files are meant, such as `files: [\"posts/**\"]`");
    }
    globs
}

fn one_override(reader: &mut Reader, value: &Value, patterns: &[PatternRule]) -> Override {
    let mut one = Override { files: Globs::default(), rules: Vec::new() };
    if value.data == Data::Null {
        reader.wrong(value.span, "this override is empty");
        return one;
    }
    let mut has_files = value.as_map().is_none();
    for setting in reader.entries("override", value, &["files", "rules"]) {
        if setting.key == "files" {
            has_files = true;
            one.files = files(reader, setting);
        } else {
            one.rules = rules(reader, &setting.value, patterns);
        }
    }
    if !has_files {
        let at = value.as_map().and_then(|map| map.entries.first()).map_or(value.span, |entry| entry.key_span);
        reader
            .wrong(at, "this override has no `files`")
            .help("say which files it is for, such as `files: [\"archive/**\"]`");
    }
    one
}

/// Lets the rules look at what a collection comes to: they know best what a date format may be.
fn check_compiled(reader: &mut Reader, collection: &Entry, spec: &FrontMatterSpec) {
    for setting in compile(&[spec]) {
        let Some(definition) = RULES.iter().find(|rule| rule.meta.id == setting.rule) else { continue };
        let Err(error) = definition.build(super::options::as_value(&setting.options)) else { continue };
        let path: Vec<String> = error.path().iter().map(ToString::to_string).collect();
        let place = spec.map.fields.iter().find(|(key, _)| path.contains(key)).and_then(|(_, field)| {
            let about = match setting.rule.as_str() {
                "date/future" => "max",
                "date/order" => "not-before",
                _ => "format",
            };
            field.places.get(about).copied()
        });
        let message = format!("`{}` does not take this: {}", setting.rule, error.inner());
        reader.wrong(place.unwrap_or(collection.key_span), message);
    }
}
