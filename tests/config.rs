//! The configuration: all mistakes told at their places, and what it comes to for a file.

use std::sync::Arc;

use copydesk::config::{Config, Plan, Reading, read};
use copydesk::finding::Finding;
use copydesk::pattern::Scanner;
use copydesk::site;
use copydesk::source::{Kind, Source, Unit};

fn parse(text: &str) -> (Source, Config, Vec<Finding>) {
    let source = Source::from_bytes("copydesk.yaml", Kind::Text, text.as_bytes().to_vec());
    let no_file = |_: &str| Err(std::io::ErrorKind::NotFound.into());
    let Reading { config, findings, .. } = read(&source, &Scanner::embedded(), &no_file);
    (source, config, findings)
}

/// All mistakes in `text`, a line each: place, the text there, message, help.
fn mistakes(text: &str) -> String {
    let (source, _, findings) = parse(text);
    let line = |finding: &Finding| {
        let at = source.position(finding.span.start, Unit::CodePoints);
        let there = source.slice(finding.span).replace('\n', "⏎").replace('\r', "");
        let help = finding.help.as_deref().map_or(String::new(), |help| format!("\n    {help}"));
        format!("{}:{} {there:?} {}{help}", at.line, at.column, finding.message)
    };
    findings.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn valid(text: &str) -> Config {
    let (_, config, findings) = parse(text);
    assert!(findings.is_empty(), "{findings:#?}");
    config
}

#[test]
fn all_mistakes_are_told_in_one_go() {
    insta::assert_snapshot!(mistakes(
        r##"
site: { generator: hugoo, origin: example.org, orgin: 1 }
content: ["**/*.md", "!x", "a[b", 3]
contnet: []
exclude: { a: b }
collections:
  posts:
    files: []
    front-matter:
      required: [title, 3, ""]
      unknown-keys: warn
      fields:
        title: { type: strng, max-length: 7.5, pattern: "(a" }
        date: { type: date, fromat: "%Y" }
        updated: { type: datetime }
        tags: { type: list, max-items: 1, min-items: 3, items: { one-of: [] } }
        n: { type: bool, min-length: 3 }
        s: string
        m: [a]
  pages:
    front-matter: 3
  empty:
rules:
  no/such: error
  config/unused: { level: loud, foo: 1 }
  config/invalid: off
  config/unused: off
overrides:
  - rules: { config/unsed: off }
  - files: "a/**"
    rule: {}
  -
  - 3
"##
    ));
}

#[test]
fn places_are_exact_in_any_encoding_of_text() {
    let text = "\u{FEFF}# 😀 é\r\ncontent: ['日本/[', \"é/**\"]\r\nrulez:\r\n  a: 1\r\n";
    insta::assert_snapshot!(mistakes(text), @r#"
    2:11 "'日本/['" `日本/[` is not a glob: unclosed character class; missing ']'
    3:1 "rulez" unknown key `rulez`
        did you mean `rules`?
    "#);
}

#[test]
fn what_is_no_configuration_is_said() {
    for text in
        ["", "\u{FEFF}", "# nothing yet\n", "---\n", "rules:\nsite:\ncontent:\ncollections:\noverrides:\nexclude:\n"]
    {
        valid(text);
    }
    let all: Vec<String> = [
        "just text",
        "- a\n- b\n",
        "rules: [a\n",
        "a: b: c\n",
        "\tx: 1\n",
        "rules: off\n",
        "a: 1\n---\nb: 2\n",
        "rules: *x\n",
    ]
    .into_iter()
    .map(|text| format!("{text:?}\n{}", mistakes(text)))
    .collect();
    insta::assert_snapshot!(all.join("\n"));
    let source = Source::from_bytes("copydesk.yaml", Kind::Text, b"content: caf\xE9\n".to_vec());
    let no_file = |_: &str| Err(std::io::ErrorKind::NotFound.into());
    let findings = read(&source, &Scanner::embedded(), &no_file).findings;
    assert_eq!((findings[0].message.as_str(), findings[0].span.start), ("the configuration is not UTF-8", 12));
}

#[test]
fn levels_may_be_written_the_way_people_write_them() {
    for word in ["off", "false", "False", "'off'", "error", "warning", "note", "{ level: off }"] {
        valid(&format!("rules: {{ config/unused: {word} }}"));
    }
    assert_eq!(valid("rules: { config/unused: false }").unused_level(), None);
    assert_eq!(valid("").unused_level(), Some(copydesk::finding::Level::Warning));
    let told: Vec<String> = ["warn", "info", "on", "true", "2", "Error", "[]", "x", "", "{}"]
        .into_iter()
        .map(|word| mistakes(&format!("rules:\n  config/unused: {word}\n")))
        .collect();
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn anchors_work_and_origins_lose_their_slash() {
    let config = valid(
        "site: { origin: 'https://example.org/' }\ncollections:\n  a: &a { files: &f ['a/**'] }\n  b: { files: *f }\n  c: *a\n",
    );
    assert_eq!(config.origin.as_deref(), Some("https://example.org"));
    assert!(config.collections.iter().all(|one| one.files.matches("a/x.md")));
}

#[test]
fn the_zone_of_a_site_is_a_place_or_a_distance() {
    for zone in ["Europe/Berlin", "UTC", "'+05:30'", "-08:00"] {
        assert!(valid(&format!("site: {{ time-zone: {zone} }}\n")).time_zone.is_some(), "{zone}");
    }
    let told: Vec<String> = ["Berlin", "Europe/Berlinn", "new york", "CEST", "2"]
        .map(|zone| mistakes(&format!("site: {{ time-zone: {zone} }}\n")))
        .into();
    insta::assert_snapshot!(told.join("\n"), @r#"
    1:20 "Berlin" there is no time zone `Berlin`
        did you mean `Europe/Berlin`?
    1:20 "Europe/Berlinn" there is no time zone `Europe/Berlinn`
        did you mean `Europe/Berlin`?
    1:20 "new york" there is no time zone `new york`
        did you mean `America/New_York`?
    1:20 "CEST" there is no time zone `CEST`
        did you mean `CET`?
    1:20 "2" `time-zone` takes text, but this is a number
        put it in quotes
    "#);
}

#[test]
fn files_under_the_same_globs_share_a_plan() {
    let config = valid(
        "collections: { posts: { files: 'posts/**' }, all: { files: '**/*.md' } }\noverrides: [{ files: archive, rules: {} }]\n",
    );
    let plan = Plan::new(&config, Scanner::embedded(), site::Settings::default());
    let same = |a: &str, b: &str| Arc::ptr_eq(&plan.for_path(a), &plan.for_path(b));
    assert!(same("posts/a.md", "posts/x/b.md"));
    assert!(same("a.txt", "b/c.txt"));
    assert!(!same("posts/a.md", "posts/a.txt"));
    assert!(!same("archive/a.md", "b/a.md"));
}
