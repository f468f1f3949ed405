//! The articles in fixtures/, from the command line to every format.

mod common;

use std::fs;
use std::path::Path;

use common::{Desk, Ran};

/// What copydesk says of a copy of fixtures/articles: a copy, so that no repository around it counts.
fn check(args: &[&str]) -> Ran {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/articles");
    let desk = Desk::new(&[]);
    for entry in fs::read_dir(folder).expect("the fixtures") {
        let entry = entry.expect("an entry");
        desk.write(&entry.file_name().to_string_lossy(), &fs::read_to_string(entry.path()).expect("UTF-8"));
    }
    desk.check(args)
}

#[test]
fn concise() {
    let ran = check(&["--format", "concise"]);
    assert_eq!(ran.code, 1);
    insta::assert_snapshot!(format!("{}---\n{}", ran.stdout, ran.stderr));
}

#[test]
fn pretty() {
    insta::assert_snapshot!(check(&["--format", "pretty"]).stdout);
}

#[test]
fn json() {
    let ran = check(&["--format", "json"]);
    let mut report: serde_json::Value = serde_json::from_str(&ran.stdout).expect("it is JSON");
    assert_eq!(report["tool"]["version"].take(), env!("CARGO_PKG_VERSION"));
    insta::assert_json_snapshot!(report);
}

#[test]
fn diff() {
    let ran = check(&["--diff", "--unsafe-fixes"]);
    assert_eq!(ran.code, 1);
    insta::assert_snapshot!(format!("{}---\n{}", ran.stdout, ran.stderr));
}
