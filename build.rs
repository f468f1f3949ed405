//! Writes down what a start needs of the packs that come with copydesk: as JSON, which is read twenty times sooner than YAML,
//! without their examples, which only tests need, and with their patterns taken apart, which takes longer than all the rest.

#![allow(dead_code, reason = "the crate needs more of these modules")]

#[path = "src/pattern/common.rs"]
mod common;
#[path = "src/pattern/edge.rs"]
mod edge;
#[path = "src/pattern/expression.rs"]
mod expression;
#[path = "src/pattern/letter.rs"]
mod letter;
#[path = "src/pattern/opening.rs"]
mod opening;
#[path = "src/pattern/parsed.rs"]
mod parsed;
#[path = "src/span.rs"]
mod span;

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use expression::{Deferred, Words};
use serde::Deserialize;
use serde_json::{Value, json};

/// What the patterns of an entry depend on; the defaults are those of the crate.
#[derive(Deserialize)]
struct Entry {
    #[serde(rename = "where")]
    place: Option<String>,
    #[serde(default)]
    phrases: Vec<String>,
    #[serde(default)]
    patterns: Vec<String>,
    #[serde(default)]
    exact: bool,
}

fn main() -> io::Result<()> {
    for path in ["rules/packs", "src/pattern", "src/span.rs"] {
        println!("cargo::rerun-if-changed={path}");
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it")).join("packs");
    fs::create_dir_all(&out)?;
    for file in fs::read_dir("rules/packs")? {
        let file = file?.path();
        if file.extension().is_some_and(|extension| extension == "yaml") {
            let to = out.join(file.file_stem().unwrap_or_default());
            let fault = |error: String| io::Error::other(format!("{}: {error}", file.display()));
            write_down(&file, &to).map_err(|error| fault(error.to_string()))?;
        }
    }
    Ok(())
}

/// Writes the pack at `path`, with empty lists of examples, and the expressions of each entry to the file `to` with the
/// extension `json`; and what each of them parses to, in a line of its own, to the one with the extension `parsed`.
fn write_down(path: &Path, to: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let mut pack: Value = serde_yaml::from_str(&fs::read_to_string(path)?)?;
    for entry in pack["entries"].as_array_mut().into_iter().flatten() {
        entry["bad"] = json!([]);
        entry["good"] = json!([]);
    }
    let words: Option<Words> = serde_json::from_value(pack["words"].clone())?;
    let entries: Vec<Entry> = serde_json::from_value(pack["entries"].clone())?;
    let of = |entry: Entry| {
        let whole = matches!(entry.place.as_deref(), None | Some("line" | "block"));
        let words = words.clone().unwrap_or_default();
        let expressions = Deferred::of_entry(&entry.patterns, &entry.phrases, whole, entry.exact, &words).into_iter();
        if whole { expressions.map(Deferred::with_common).collect() } else { expressions.collect() }
    };
    let expressions: Vec<Vec<Deferred>> = entries.into_iter().map(of).collect();
    let parsed = expressions.iter().flatten().map(|one| serde_json::to_string(&one.parsed()));
    fs::write(to.with_extension("parsed"), parsed.collect::<Result<Vec<_>, _>>()?.join("\n"))?;
    fs::write(to.with_extension("json"), serde_json::to_string(&(pack, expressions))?)?;
    Ok(())
}
