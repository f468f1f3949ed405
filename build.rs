//! Writes down what a start needs of the packs that come with copydesk: as JSON, which is read twenty times sooner than YAML,
//! without their examples, which only tests need, and apart from that what their entries are matched by, with their patterns
//! taken apart, which takes longer than all the rest.

#![allow(dead_code, reason = "the crate needs more of these modules")]

#[path = "src/pattern/common.rs"]
mod common;
#[path = "src/pattern/deferred.rs"]
mod deferred;
#[path = "src/pattern/edge.rs"]
mod edge;
#[path = "src/pattern/expression.rs"]
mod expression;
#[path = "src/pattern/glance.rs"]
mod glance;
#[path = "src/pattern/letter.rs"]
mod letter;
#[path = "src/pattern/normal.rs"]
mod normal;
#[path = "src/pattern/opening.rs"]
mod opening;
#[path = "src/pattern/parsed.rs"]
mod parsed;
#[path = "src/pattern/sought.rs"]
mod sought;
#[path = "src/span.rs"]
mod span;
#[path = "src/pattern/written.rs"]
mod written;

/// All that these modules need of the one with this name.
mod document {
    pub const OBJECT: char = '\u{FFFC}';
}

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use deferred::Deferred;
use expression::Words;
use serde::Deserialize;
use serde_json::{Value, json};
use sought::Sought;
use written::Written;

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

/// Writes the pack at `path`, with empty lists of examples and without what its entries are matched by, to the file `to` with
/// the extension `json`, and the latter to the one with the extension `written`.
fn write_down(path: &Path, to: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let mut pack: Value = serde_yaml::from_str(&fs::read_to_string(path)?)?;
    let words: Option<Words> = serde_json::from_value(pack["words"].take())?;
    let words = words.unwrap_or_default();
    let entries: Vec<Entry> = serde_json::from_value(pack["entries"].clone())?;
    for entry in pack["entries"].as_array_mut().into_iter().flatten() {
        entry["bad"] = json!([]);
        for kept_apart in ["good", "phrases", "patterns"] {
            entry.as_object_mut().map(|entry| entry.remove(kept_apart));
        }
    }
    pack["words"] = json!({});
    let mut sought = Sought::default();
    for Entry { place, phrases, patterns, exact } in entries {
        let whole = matches!(place.as_deref(), None | Some("line" | "block"));
        sought.add(&patterns, &phrases, whole, exact, &words);
    }
    for expressions in &mut sought.expressions {
        let told = |one: Deferred| if one.is_for_lines() { one.with_common() } else { one };
        *expressions = std::mem::take(expressions).into_iter().map(told).collect();
    }
    let mut written = Vec::new();
    sought.write(&mut written);
    fs::write(to.with_extension("written"), written)?;
    fs::write(to.with_extension("json"), serde_json::to_string(&pack)?)?;
    Ok(())
}
