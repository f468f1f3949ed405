//! The guide: its list of rules is made from the rules' own pages, its configurations are valid, and copydesk has
//! nothing to say against it.

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::Desk;

/// Set to write docs/rules.md anew.
const UPDATE: &str = "UPDATE_DOCS";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// docs/rules.md as it should be.
fn list_of_rules() -> String {
    let listed = Desk::new(&[]).run(&["rules", "--json"], b"");
    assert_eq!(listed.code, 0);
    let listed: Vec<serde_json::Value> = serde_json::from_str(&listed.stdout).expect("a list");
    let mut text = String::from(
        "# The rules\n\n<!-- Made from the pages in rules/ by `UPDATE_DOCS=1 cargo test --test docs`. -->\n\n\
         Each page says what its rule reports, why, with which options, and how it is fixed, with examples that are run\n\
         as tests. `copydesk explain RULE` prints one, `copydesk rules` lists them all.\n",
    );
    let mut group = String::new();
    for listed in &listed {
        let said = |key: &str| listed[key].as_str().unwrap_or_default();
        let (rule, level, fix) = (said("id"), said("level"), said("fix"));
        let fix = match fix {
            "safe" => "fix",
            "unsafe" => "unsafe fix",
            none => none,
        };
        assert!(root().join(format!("rules/{rule}.md")).exists(), "{rule} has no page");
        let (of, name) = rule.split_once('/').expect("group/name");
        if of != group {
            group = of.to_owned();
            text += &format!("\n## {group}\n\n| rule | level | fix | reports |\n| --- | --- | --- | --- |\n");
        }
        let summary = said("summary").replace('|', "\\|");
        text += &format!("| [{name}](../rules/{rule}.md) | {level} | {fix} | {summary} |\n");
    }
    text
}

#[test]
fn the_list_of_rules_is_up_to_date() {
    let (path, wanted) = (root().join("docs/rules.md"), list_of_rules());
    if std::env::var_os(UPDATE).is_some() {
        fs::write(&path, &wanted).expect("written");
    }
    let there = fs::read_to_string(&path).expect("docs/rules.md").replace("\r\n", "\n");
    assert!(there == wanted, "docs/rules.md is out of date: run `{UPDATE}=1 cargo test --test docs`");
}

/// Every Markdown file of the guide, and the README.
fn pages() -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join("docs")).expect("docs").map(|entry| entry.expect("an entry").path());
    let mut pages: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|is| is == "md")).collect();
    pages.push(root().join("README.md"));
    pages.sort();
    pages
}

/// The YAML blocks of a page that are a whole `copydesk.yaml`: one begins with a key that nothing else begins with.
fn configurations(page: &str) -> Vec<String> {
    const KEYS: [&str; 8] =
        ["site:", "content:", "exclude:", "collections:", "rules:", "overrides:", "packs:", "online:"];
    let blocks = page.split("```yaml\n").skip(1).filter_map(|rest| rest.split_once("\n```"));
    let whole = |block: &&str| KEYS.iter().any(|key| block.lines().any(|line| line.starts_with(key)));
    blocks
        .map(|(block, _)| block)
        .filter(|block| whole(block) && !block.contains("\nentries:"))
        .map(str::to_owned)
        .collect()
}

#[test]
fn configurations_in_the_guide_are_valid() {
    let mut seen = 0;
    for path in pages() {
        let page = fs::read_to_string(&path).expect("a page").replace("\r\n", "\n");
        for configuration in configurations(&page) {
            // What the configurations name is there, and says nothing wrong.
            let desk = Desk::new(&[
                ("copydesk.yaml", &configuration),
                ("schemas/post.schema.json", "{\"type\": \"object\"}"),
                ("data/authors.yaml", "ana: {}\n"),
                ("rules/house-style.yaml", HOUSE_STYLE),
                ("index.md", "Text.\n"),
                ("content/index.md", "Text.\n"),
                ("src/index.md", "Text.\n"),
            ]);
            let ran = desk.check(&["--exit-zero"]);
            assert_eq!(ran.code, 0, "{}:\n{configuration}\n{}", path.display(), ran.stderr);
            // The published schema, which knows the rules of the packs that it names, says the same.
            let schema = serde_json::from_str(&desk.run(&["config", "--schema"], b"").stdout).expect("JSON");
            let value: serde_json::Value = serde_yaml::from_str(&configuration).expect("YAML");
            let valid =
                jsonschema::validator_for(&schema).expect("a schema").validate(&value).map_err(|e| e.to_string());
            assert_eq!(valid, Ok(()), "{}:\n{configuration}", path.display());
            seen += 1;
        }
    }
    assert!(seen >= 5, "{seen}");
}

const HOUSE_STYLE: &str = "\
rule: house/words
level: warning
summary: A word that the house does not use.
message: { one: not a word of ours, many: \"{count} words that are not ours\" }
help: write it otherwise
entries:
  - id: word
    phrases: [To be continued]
    bad: [To be continued]
";

/// The commands and options that the guide names are there.
#[test]
fn options_in_the_guide_exist() {
    let desk = Desk::new(&[]);
    let help = |command: &str| desk.run(&[command, "--help"], b"").stdout;
    let all: String =
        ["check", "links", "baseline", "init", "rules", "explain", "config", "graph", "test", "completions", "man"]
            .map(help)
            .concat();
    let guide: String = pages().iter().map(|path| fs::read_to_string(path).expect("a page")).collect();
    let mut seen = 0;
    for line in guide.lines().filter(|line| line.contains("copydesk ")) {
        for call in line.split("copydesk ").skip(1) {
            let call = call.split(['`', '#', '|', '<']).next().unwrap_or("");
            for option in call.split_whitespace().filter(|word| word.starts_with("--") && word.len() > 2) {
                let option = option.split('=').next().unwrap_or(option).trim_end_matches([',', '.', ';', ')', '"']);
                assert!(all.contains(option), "{option} in: {line}");
                seen += 1;
            }
        }
    }
    assert!(seen > 15, "{seen}");
}

#[test]
fn copydesk_has_nothing_to_say_against_its_guide() {
    let desk = Desk::new(&[]);
    for folder in ["docs", "rules"] {
        copy(&root().join(folder), folder, &desk);
    }
    for file in ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "action.yml", "copydesk.yaml"] {
        desk.write(file, &fs::read_to_string(root().join(file)).expect("it is there"));
    }
    let ran = desk.check(&["--format", "concise"]);
    assert_eq!((ran.code, &*ran.stdout), (0, ""), "{}", ran.stderr);
}

fn copy(from: &Path, to: &str, desk: &Desk) {
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let to = format!("{to}/{}", path.file_name().expect("a name").to_string_lossy());
        match path.is_dir() {
            true => copy(&path, &to, desk),
            false => desk.write(&to, &fs::read_to_string(&path).expect("UTF-8")),
        }
    }
}
