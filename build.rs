//! Writes the packs that come with copydesk as JSON, which is read twenty times sooner than YAML at every start, and leaves out
//! their examples, which only tests need.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use serde_json::{Value, json};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=rules/packs");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it")).join("packs");
    fs::create_dir_all(&out)?;
    for file in fs::read_dir("rules/packs")? {
        let file = file?.path();
        if file.extension().is_some_and(|extension| extension == "yaml") {
            let name = Path::new(file.file_stem().unwrap_or_default()).with_extension("json");
            fs::write(out.join(name), as_json(&file)?)?;
        }
    }
    Ok(())
}

/// The pack at `path` as JSON, with empty lists of examples.
fn as_json(path: &Path) -> io::Result<String> {
    let fault = |error: serde_yaml::Error| io::Error::other(format!("{}: {error}", path.display()));
    let mut pack: Value = serde_yaml::from_str(&fs::read_to_string(path)?).map_err(fault)?;
    for entry in pack["entries"].as_array_mut().into_iter().flatten() {
        entry["bad"] = json!([]);
        entry["good"] = json!([]);
    }
    Ok(pack.to_string())
}
