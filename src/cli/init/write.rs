//! The text of the configuration that `init` writes: valid YAML, with a comment wherever somebody should decide.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::field::Field;
use super::survey::{Collection, Survey};
use crate::site::{Generator, Settings};

/// A key that so few articles have may be a mistake.
const RARE: usize = 2;

/// Bytes of the longest key that may be one.
const LONGEST_KEY: usize = 40;

/// The configuration for a repository like that. `findings` counts what the rules find without it.
pub(super) fn config(site: &Settings, survey: &Survey, findings: &BTreeMap<&str, usize>) -> String {
    let mut text =
        String::from("# What copydesk should know of this site. `copydesk config --schema` describes every key.\n");
    let found = match site.generator {
        Generator::Plain => "none was found".to_owned(),
        generator => format!("{} was found", generator.name()),
    };
    let origin = match &site.origin {
        None => "# origin: https://example.org".to_owned(),
        Some(origin) => format!("# origin: {origin}"),
    };
    // Writing to a string cannot fail.
    let _ = write!(text, "\nsite:\n  generator: auto  # {found}\n  {origin}  # links to it are internal\n");
    text.push_str("\n# exclude: [\"archive/**\"]\n");
    if !survey.collections.is_empty() {
        text.push_str("\n# What the articles have in common today.\ncollections:\n");
        survey.collections.iter().for_each(|one| collection(&mut text, one));
    }
    rules(&mut text, findings);
    text
}

fn collection(text: &mut String, collection: &Collection) {
    let all = collection.articles;
    let _ = writeln!(text, "  {}:  # {all} articles", scalar(&collection.name));
    let _ = writeln!(text, "    files: [{}]", quoted(&collection.files));
    text.push_str("    front-matter:\n");
    let required: Vec<String> = collection.required().map(scalar).collect();
    let _ = writeln!(text, "      required: [{}]", required.join(", "));
    for (key, field) in collection.nearly_required() {
        let (key, lacking) = (comment(key), all - field.filled);
        let lack = if lacking == 1 { "lacks" } else { "lack" };
        let _ = writeln!(text, "      # {key}: {lacking} of {all} articles {lack} it");
    }
    // All that are in use, so that whoever switches `unknown-keys` on hears of new ones only. A dot in a key would be read
    // as a path.
    let is_shown = |key: &str, field: &Field| field.used > RARE && !key.contains('.') && key.len() <= LONGEST_KEY;
    let shown: Vec<_> = collection.fields.iter().filter(|(key, field)| is_shown(key, field)).collect();
    if !shown.is_empty() {
        text.push_str("      fields:\n");
    }
    for (key, field) in shown {
        let settings = settings(field);
        let settings = if settings.is_empty() { "{}".to_owned() } else { format!("{{ {settings} }}") };
        let _ = writeln!(text, "        {}: {settings}", scalar(key));
    }
    // What is longer is text that got between the keys.
    let rare = collection.fields.iter().filter(|(key, field)| field.used <= RARE && key.len() <= LONGEST_KEY);
    let rare: Vec<String> = rare.map(|(key, _)| comment(key)).collect();
    if !rare.is_empty() {
        let _ = writeln!(text, "      # In one or two articles only: {}", rare.join(", "));
    }
    text.push_str("      # unknown-keys: warning  # report keys that are not named here\n");
}

fn settings(field: &Field) -> String {
    let mut settings: Vec<String> = field.kind.iter().map(|kind| format!("type: {kind}")).collect();
    if let Some(format) = field.format {
        settings.push(format!("format: {}", quoted(format)));
    }
    if let Some(items) = field.items {
        settings.push(format!("items: {{ type: {items} }}"));
    }
    if !field.words.is_empty() {
        let words: Vec<String> = field.words.iter().map(|word| scalar(word)).collect();
        settings.push(format!("one-of: [{}]", words.join(", ")));
    }
    settings.join(", ")
}

/// The rules that find something today, each as a line to decide on.
fn rules(text: &mut String, findings: &BTreeMap<&str, usize>) {
    text.push_str("\n# Levels: error, warning, note, off. `copydesk rules` lists all rules, `copydesk explain RULE` tells about one.\n");
    let found: Vec<_> = findings.iter().filter(|(rule, _)| !rule.starts_with("config/")).collect();
    if found.is_empty() {
        text.push_str("# rules:\n#   date/format: error\n");
        return;
    }
    text.push_str("# rules:\n");
    for (rule, count) in found {
        let what = if *count == 1 { "finding" } else { "findings" };
        let _ = writeln!(text, "#   {rule}: warning  # {count} {what} today");
    }
}

/// A text as a plain YAML scalar where that is certain to be read as text, else quoted.
fn scalar(text: &str) -> String {
    let plain = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
        && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(&&*text.to_ascii_lowercase());
    if plain { text.to_owned() } else { quoted(text) }
}

/// A text in double quotes: JSON's are YAML's.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// A text within a comment: in one line.
fn comment(text: &str) -> String {
    crate::report::clean::line(text).into_owned()
}
