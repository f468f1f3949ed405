//! Imports run one way only: a module may use those that stand before it in the list, never one behind it.

use std::fs;
use std::path::{Path, PathBuf};

/// The order of DESIGN.md. Modules in one row do not know each other.
const LAYERS: &[&[&str]] = &[
    &["span"],
    &["source", "date"],
    &["finding"],
    &["document"],
    &["site"],
    &["schema"],
    &["rule"],
    &["pattern", "rules"],
    &["config"],
    &["suppress", "fingerprint", "fix"],
    &["baseline"],
    &["engine"],
    &["discover", "git", "graph", "report", "web"],
    &["cli"],
];

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|row| row.contains(&module))
}

fn rust_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of the crate") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            rust_files(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// The modules that a source text names as `crate::module`.
fn imports(text: &str) -> impl Iterator<Item = &str> {
    text.split("crate::").skip(1).filter_map(|rest| {
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        (end > 0).then(|| &rest[..end])
    })
}

#[test]
fn imports_run_leftwards() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    rust_files(&root, &mut files);
    assert!(files.len() > 20, "only {} files found below {}", files.len(), root.display());

    let mut wrong = Vec::new();
    for file in &files {
        let relative = file.strip_prefix(&root).expect("below src");
        let first = relative.components().next().expect("a name").as_os_str().to_string_lossy();
        let module = first.trim_end_matches(".rs");
        if module == "lib" || module == "main" {
            continue;
        }
        let own = layer(module).unwrap_or_else(|| panic!("src/{first} has no layer: add it to LAYERS and to DESIGN"));
        let text = fs::read_to_string(file).expect("UTF-8");
        let code: String =
            text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
        for import in imports(&code) {
            match layer(import) {
                Some(other) if other < own => {}
                Some(_) if import == module => {}
                Some(_) => wrong.push(format!("{} imports crate::{import}", relative.display())),
                None => wrong.push(format!("{} imports crate::{import}, which has no layer", relative.display())),
            }
        }
    }
    assert!(wrong.is_empty(), "imports against the layers:\n{}", wrong.join("\n"));
}

#[test]
fn rules_know_nothing_of_the_world_around_them() {
    let mut files = Vec::new();
    rust_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules"), &mut files);
    for file in files {
        let text = fs::read_to_string(&file).expect("UTF-8");
        for forbidden in ["std::fs", "std::env", "std::process", "std::io", "std::time", "Timestamp::now", "miette"] {
            assert!(!text.contains(forbidden), "{} uses {forbidden}", file.display());
        }
    }
}

#[test]
fn only_the_pretty_report_renders_with_miette() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    rust_files(&root, &mut files);
    for file in files {
        let relative = file.strip_prefix(&root).expect("below src").to_string_lossy().replace('\\', "/");
        let text = fs::read_to_string(&file).expect("UTF-8");
        let renders = text.contains("GraphicalReportHandler") || text.contains("use miette");
        assert!(!renders || relative.starts_with("report/pretty"), "{relative} renders with miette");
    }
}
