//! Ids of headings against the engines themselves: `fixtures/headings/ids.py` asks those. No engine is needed here.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use copydesk::document::Document;
use copydesk::site::Facts;
use copydesk::site::slug::{HeadingIds, Hugo, Kramdown, Manner, Toc};
use copydesk::source::{Kind, Source};
use serde_json::Value;

/// Ours for an engine of the script.
fn engine(name: &str) -> HeadingIds {
    let hugo = |manner| HeadingIds::Hugo(Hugo { manner, ..Hugo::default() });
    let kramdown = |gfm, stripped| HeadingIds::Kramdown(Kramdown { gfm, stripped, ..Kramdown::default() });
    match name {
        "github" => HeadingIds::GitHub,
        "docusaurus" => HeadingIds::Docusaurus,
        "astro" => HeadingIds::Astro { compatible: false },
        "hugo-github" => hugo(Manner::GitHub),
        "hugo-github-ascii" => hugo(Manner::Ascii),
        "hugo-blackfriday" => hugo(Manner::Blackfriday),
        "kramdown-gfm" => kramdown(true, false),
        "kramdown-own" => kramdown(false, false),
        "kramdown-stripped" => kramdown(false, true),
        "toc" => HeadingIds::Toc(Toc::default()),
        "toc-attributes" => HeadingIds::Toc(Toc { attributes: true, ..Toc::default() }),
        other => panic!("no engine `{other}`"),
    }
}

/// What became of the ids of an engine.
#[derive(Debug, Default)]
struct Count {
    same: usize,
    different: usize,
    /// Those of which we say that we do not know them.
    unsure: usize,
}

/// Compares the ids of each engine; also those that differ, a line each.
fn compare(rows: &str) -> (BTreeMap<String, Count>, String) {
    let (mut counts, mut differ) = (BTreeMap::<String, Count>::new(), String::new());
    for row in rows.lines() {
        let row: Value = serde_json::from_str(row).expect("a line of JSON");
        let source = Source::new("a.md", Kind::Markdown, row["text"].as_str().expect("a text"));
        let facts = Facts::of(Document::parse(&source), false);
        for (name, real) in row["ids"].as_object().expect("ids by engine") {
            let real: Vec<&str> = real.as_array().expect("a list").iter().map(|id| id.as_str().unwrap_or("")).collect();
            let made = engine(name).of(&facts.headings, &facts.anchors);
            let count = counts.entry(name.clone()).or_default();
            if real.len() != made.names.len() {
                writeln!(differ, "{} {name}: {} headings, we have {}", row["page"], real.len(), made.names.len())
                    .expect("a string");
                count.different += 1;
                continue;
            }
            for (index, (real, ours)) in real.iter().zip(&made.names).enumerate() {
                let heading = &facts.headings[index];
                // Docusaurus shows the first heading of level 1 elsewhere.
                let title = name == "docusaurus" && heading.level == 1 && heading.id.is_none();
                if made.unsure.contains(&index) {
                    count.unsure += 1;
                } else if title || ours.iter().any(|id| id == real) {
                    count.same += 1;
                } else {
                    count.different += 1;
                    writeln!(differ, "{} {name}: `{}` is `{real}`, we say {ours:?}", row["page"], heading.text)
                        .expect("a string");
                }
            }
        }
    }
    (counts, differ)
}

#[test]
fn ids_are_those_of_the_engines() {
    let rows = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/headings/ids.jsonl");
    let (counts, differ) = compare(&fs::read_to_string(rows).expect("the ids"));
    assert!(differ.is_empty(), "{counts:?}\n{differ}");
    assert!(counts.len() == 11 && counts.values().all(|count| count.same >= 90 && count.unsure <= 15), "{counts:?}");
}

#[test]
fn an_empty_file_may_have_any_id() {
    let open = |text: &str| Facts::of(Document::parse(&Source::new("a.md", Kind::Markdown, text)), false).open.any();
    assert!(open("") && open(" \n"));
    assert!(!open("x\n") && !open("---\ntitle: x\n---\n"));
}

/// `HEADINGS` names a file that the script wrote of other folders.
#[test]
#[ignore = "needs a file that the script wrote"]
#[allow(clippy::print_stderr, reason = "figures for who asked for them")]
fn ids_of_other_folders_are_those_of_the_engines() {
    let file = std::env::var("HEADINGS").expect("HEADINGS names a file");
    let (counts, differ) = compare(&fs::read_to_string(file).expect("a readable file"));
    for (engine, count) in &counts {
        eprintln!("{engine:18} {count:?}");
    }
    assert!(differ.is_empty(), "{differ}");
}
