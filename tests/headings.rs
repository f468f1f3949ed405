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

/// How many ids of each engine were compared, and those that differ.
fn compare(rows: &str) -> (BTreeMap<String, (usize, usize)>, String) {
    let (mut counts, mut differ) = (BTreeMap::<String, (usize, usize)>::new(), String::new());
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
                count.1 += 1;
                continue;
            }
            for ((real, ours), heading) in real.iter().zip(&made.names).zip(&facts.headings) {
                count.0 += 1;
                // Docusaurus shows the first heading of level 1 elsewhere.
                let title = name == "docusaurus" && heading.level == 1 && heading.id.is_none();
                let unknown = !made.whole && ours.is_empty();
                if !title && !unknown && !ours.iter().any(|id| id == real) {
                    count.1 += 1;
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
    assert!(counts.len() == 11 && counts.values().all(|(all, _)| *all >= 100), "{counts:?}");
    assert!(differ.is_empty(), "{counts:?}\n{differ}");
}

/// `HEADINGS` names a file that the script wrote of other folders.
#[test]
#[ignore = "needs a file that the script wrote"]
fn ids_of_other_folders_are_those_of_the_engines() {
    let file = std::env::var("HEADINGS").expect("HEADINGS names a file");
    let (counts, differ) = compare(&fs::read_to_string(file).expect("a readable file"));
    assert!(differ.is_empty(), "{counts:?}\n{differ}");
}
