//! What it costs to check front matter against a schema, in the configuration's words and as a JSON Schema.

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use copydesk::config::{self, Config, Plan};
use copydesk::document::Document;
use copydesk::pattern::Scanner;
use copydesk::site;
use copydesk::source::{Kind, Source};

use super::ROUNDS;

/// What a house asks of the made-up site; every article has all of it.
const HOUSE: &str = r#"collections:
  posts:
    files: "posts/**"
    front-matter:
      required: [title, description, date, tags]
      unknown-keys: warning
      fields:
        title: { type: string, min-length: 3, max-length: 70, unique: true }
        description: { type: string, max-length: 160, pattern: "^[A-Z]", unique: true }
        date: { type: date, format: "%Y-%m-%d" }
        updated: { type: date, not-before: date }
        tags: { type: list, max-items: 5, unique-items: true, items: { one-of: [one, two, three] } }
        cover: { type: image, min-width: 1200, requires: cover-alt }
"#;

/// The same as a JSON Schema.
const JSON: &str = r##"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "required": ["title", "description", "date", "tags"],
  "properties": {
    "title": { "type": "string", "minLength": 3, "maxLength": 70 },
    "description": { "type": "string", "maxLength": 160, "pattern": "^[A-Z]" },
    "date": { "type": "string", "format": "date" },
    "updated": { "anyOf": [{ "type": "string", "format": "date" }, { "type": "null" }] },
    "tags": { "type": "array", "maxItems": 5, "uniqueItems": true, "items": { "$ref": "#/$defs/tag" } },
    "cover": { "type": "string" }
  },
  "dependentRequired": { "cover": ["cover-alt"] },
  "additionalProperties": false,
  "$defs": { "tag": { "enum": ["one", "two", "three"] } }
}"##;

/// The configuration with all of it in the house's own words.
pub fn house() -> Config {
    read(HOUSE)
}

fn read(text: &str) -> Config {
    let source = Source::new("copydesk.yaml", Kind::Text, text);
    let load = |_: &str| Ok(JSON.as_bytes().to_vec());
    let reading = config::read(&source, &Scanner::embedded(), &load);
    assert!(reading.findings.is_empty(), "{:?}", reading.findings);
    reading.config
}

/// Times the validation alone, on one thread, of the front matter of all articles below `folder`.
pub fn alone(folder: &Path) {
    let mut files = Vec::new();
    gather(folder, &mut files);
    let sources: Vec<Source> =
        files.into_iter().map(|text| Source::new("posts/0/a.md", Kind::Markdown, text)).collect();
    let documents: Vec<Document> = sources.iter().map(Document::parse).collect();
    let json = "collections: { posts: { files: 'posts/**', front-matter: { schema: s.json } } }";
    for (name, text) in [("in the configuration's words", HOUSE), ("as a JSON Schema", json)] {
        let plan = Plan::new(&read(text), Scanner::embedded(), site::Settings::default());
        let plan = plan.for_path("posts/0/a.md");
        let mut best = Duration::MAX;
        for _ in 0..ROUNDS {
            let begun = Instant::now();
            let wrong: usize = documents.iter().map(|document| black_box(plan.violations(document)).len()).sum();
            best = best.min(begun.elapsed());
            assert_eq!(wrong, 0, "the made-up site is as it should be");
        }
        #[expect(clippy::cast_precision_loss, reason = "there are not that many")]
        let each = best.as_secs_f64() * 1e6 / documents.len() as f64;
        let all = best.as_secs_f64() * 1000.0;
        println!("  validation {name}: {all:.1} ms, {each:.2} µs an article");
    }
}

fn gather(folder: &Path, texts: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            gather(&path, texts);
        } else {
            texts.push(std::fs::read_to_string(path).expect("an article"));
        }
    }
}
