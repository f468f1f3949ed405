//! Agreement with the real generators: each link of the sites in `fixtures/sites`, and what became of it in the HTML that
//! the generator wrote (`fixtures/sites/verdicts.py` finds out). No generator is needed here.

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use copydesk::config::{Config, site_settings};
use copydesk::document::Document;
use copydesk::site::{Facts, Site, Tree, Verdict};
use copydesk::source::{Kind, Source};
use regex::Regex;
use serde_json::Value;

static NAME: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\bL\d{3}\b").expect("a constant"));

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of the fixture") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

/// The verdict on each link of the site in `folder`, by article and name of the link.
fn verdicts(folder: &Path) -> BTreeMap<(String, String), Verdict> {
    let mut paths = Vec::new();
    files(folder, &mut paths);
    let relative = |path: &Path| {
        let path = path.strip_prefix(folder).expect("below it");
        path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
    };
    let tree = Arc::new(Tree::new(paths.iter().map(|path| relative(path))));
    let config = Config { origin: Some("https://example.org".into()), ..Config::default() };
    let read = |path: &str| fs::read_to_string(folder.join(path)).ok();
    let settings = site_settings(&config, &tree, support::TODAY, read);
    let mut sources = Vec::new();
    for path in &paths {
        let name = relative(path);
        // As the articles of a site are found: no layouts, no files that are served as they are.
        let part = |part: &str| part.starts_with("_layouts") || part.starts_with("_includes");
        let page = !name.split('/').any(part) && !name.starts_with("layouts/") && !name.starts_with("static/");
        let readme = name.ends_with("README.md");
        if let Some(kind) = Kind::of_path(&name).filter(|_| page && !readme) {
            sources.push(Source::from_bytes(name, kind, fs::read(path).expect("readable")));
        }
    }
    let facts = sources.iter().map(|source| Facts::of(Document::parse(source), false)).collect();
    let site = Site::new(settings, tree, facts);
    let mut verdicts = BTreeMap::new();
    for (facts, source) in site.facts().iter().zip(&sources) {
        let article = site.article(facts);
        for (link, verdict) in facts.links.iter().zip(&article.verdicts) {
            if let Some(name) = NAME.find(source.slice(link.span)) {
                verdicts.insert((facts.path.to_string(), name.as_str().to_owned()), verdict.clone());
            }
        }
    }
    verdicts
}

/// Whether a verdict fits what became of the link. A link whose verdict is left open fits everything.
fn fits(real: &str, verdict: &Verdict) -> bool {
    match verdict {
        Verdict::Unresolvable => true,
        Verdict::Exact { .. } => real == "good",
        Verdict::Redirected { .. } => real == "redirect",
        Verdict::MissingAnchor { .. } => real == "anchor",
        Verdict::WrongCase { .. } | Verdict::Hidden { .. } | Verdict::Missing { .. } => real == "page",
    }
}

/// Compares the verdicts on a site. Left open are what another server may serve (`/about/` for `about.html`), what an index or
/// a feed may be, ids that a layout may have, and what a template makes.
fn check(name: &str, most_open: usize) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/sites");
    let verdicts = verdicts(&folder.join(name));
    let rows = fs::read_to_string(folder.join(format!("{name}.verdicts.jsonl"))).expect("the verdicts");
    let (mut wrong, mut open, mut total) = (String::new(), String::new(), 0);
    let mut open_count = 0;
    for row in rows.lines() {
        let row: Value = serde_json::from_str(row).expect("a line of JSON");
        let text = |key: &str| row[key].as_str().unwrap_or("").to_owned();
        let real = text("verdict");
        if matches!(real.as_str(), "out" | "text") {
            continue;
        }
        total += 1;
        let line = |verdict: &Verdict| {
            format!("{} {} `{}`: {real}, we say {verdict:?}\n", text("file"), text("link"), text("put"))
        };
        match verdicts.get(&(text("file"), text("link"))) {
            None => wrong += &format!("{} {}: no such link\n", text("file"), text("link")),
            Some(verdict) if !fits(&real, verdict) => wrong += &line(verdict),
            Some(Verdict::Unresolvable) => {
                open += &line(&Verdict::Unresolvable);
                open_count += 1;
            }
            Some(_) => {}
        }
    }
    assert!(total >= 40, "only {total} links");
    assert!(wrong.is_empty(), "of {total} links, these differ:\n{wrong}\nleft open:\n{open}");
    assert!(open_count <= most_open, "of {total} links {open_count} are left open:\n{open}");
}

#[test]
fn hugo() {
    check("hugo", 4);
}

#[test]
fn hugo_with_render_hooks_and_languages() {
    check("hugo-hooks", 0);
}

#[test]
fn jekyll() {
    check("jekyll", 24);
}

#[test]
fn jekyll_with_pretty_addresses_below_a_base() {
    check("jekyll-pretty", 5);
}

#[test]
fn eleventy() {
    check("eleventy", 14);
}

#[test]
fn starlight() {
    check("starlight", 6);
}

#[test]
fn mkdocs() {
    check("mkdocs", 3);
}

#[test]
fn mkdocs_without_folders() {
    check("mkdocs-flat", 17);
}

#[test]
fn docusaurus() {
    check("docusaurus", 14);
}

#[test]
fn docusaurus_below_a_base_with_several_sets_of_documents() {
    check("docusaurus-base", 1);
}
