//! The laws of fixes: over any site, whatever its rules offer, and the machinery that keeps them.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;
use std::sync::Arc;

use copydesk::config::Plan;
use copydesk::document::Document;
use copydesk::engine::{self, Input};
use copydesk::finding::{Edit, Finding, Fix, Level, Safety};
use copydesk::fix::{self, Change, Changes, MAX_ROUNDS};
use copydesk::site::{Settings, Tree};
use copydesk::source::{Kind, Source};
use copydesk::span::Span;

/// A site in memory: path -> bytes.
type Files = BTreeMap<Arc<str>, Vec<u8>>;

/// What a check gives: the findings, and the articles they point into.
type Checked = (Vec<Finding>, HashMap<Arc<str>, Source>);

/// Says which laws the fixes of a site break; nothing if none. `check` looks at all of it.
fn broken_laws(files: &Files, allowed: Safety, check: impl Fn(&Files) -> Checked) -> Vec<String> {
    let mut broken = Vec::new();
    let (findings, sources) = check(files);

    // Each fix on its own.
    for finding in &findings {
        let Some(fix) = finding.fixes.iter().find(|fix| fix.safety <= allowed) else { continue };
        let mut complain = |law: &str| {
            broken.push(format!("{} {:?} {}: “{}” {law}", finding.path, finding.span, finding.rule, fix.title));
        };
        let source = &sources[&finding.path];
        let Some(fixed) = fix::apply(source, std::slice::from_ref(finding), allowed) else {
            complain("has edits that cannot be made, or that change nothing");
            continue;
        };
        if fixed.bytes != by_hand(source.bytes(), fix) {
            complain("touches bytes outside its edits");
        }
        if !same_ends(source.bytes(), &fixed.bytes) {
            complain("changes the byte-order mark or the line ends");
        }
        if breaks(source, &fixed.bytes) {
            complain("breaks what could be read before");
        }
        let mut after = files.clone();
        after.insert(Arc::clone(&finding.path), fixed.bytes);
        let of_its_kind =
            |all: &[Finding]| all.iter().filter(|f| f.rule == finding.rule && f.path == finding.path).count();
        if of_its_kind(&check(&after).0) >= of_its_kind(&findings) {
            complain("does not remove the finding it was offered for");
        }
    }

    // All of them, until nothing more applies.
    let result = fix::converge(allowed, |changes| check(&with(files, changes)));
    if !result.settled {
        broken
            .push(format!("after {MAX_ROUNDS} rounds fixes still want more: {:?}", offers(&result.findings, allowed)));
    }
    for refusal in &result.refused {
        broken.push(format!("{}: fixes of {:?} together break what could be read before", refusal.path, refusal.rules));
    }
    if result.settled && result.refused.is_empty() {
        for finding in offers(&result.findings, allowed) {
            broken.push(format!("{finding} is offered to the end but never made"));
        }
    }
    for (path, Change { before, after, .. }) in &result.changes {
        if !same_ends(before, after) {
            broken.push(format!("{path}: all fixes together change the byte-order mark or the line ends"));
        }
    }
    broken
}

fn offers(findings: &[Finding], allowed: Safety) -> Vec<String> {
    let offers = |finding: &&Finding| finding.fixes.iter().any(|fix| fix.safety <= allowed);
    findings.iter().filter(offers).map(|f| format!("{} {:?} {}", f.path, f.span, f.rule)).collect()
}

/// The site as it stands after changes.
fn with(files: &Files, changes: &Changes) -> Files {
    let mut files = files.clone();
    files.extend(changes.iter().map(|(path, change)| (Arc::clone(path), change.after.clone())));
    files
}

/// The edits made one by one from the back, without the machinery that is tested.
fn by_hand(bytes: &[u8], fix: &Fix) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let mut edits = fix.edits.clone();
    edits.sort_by_key(|edit| edit.span);
    for Edit { span, replacement } in edits.iter().rev() {
        bytes.splice(span.start..span.end, replacement.bytes());
    }
    bytes
}

/// Whether the byte-order mark stays, and a file that had one kind of line end has no other.
fn same_ends(before: &[u8], after: &[u8]) -> bool {
    let bom = |bytes: &[u8]| bytes.starts_with(b"\xEF\xBB\xBF");
    let ends = |bytes: &[u8]| {
        let crlf = bytes.windows(2).filter(|pair| pair == b"\r\n").count();
        (crlf, bytes.iter().filter(|&&byte| byte == b'\n').count() - crlf)
    };
    let kept = match (ends(before), ends(after)) {
        ((0, 0), _) => true,
        ((0, _), (crlf, _)) => crlf == 0,
        ((_, 0), (_, lf)) => lf == 0,
        _ => true,
    };
    bom(before) == bom(after) && kept
}

fn breaks(source: &Source, bytes: &[u8]) -> bool {
    let changed = Source::from_bytes(Arc::clone(source.path()), source.kind(), bytes.to_vec());
    let (before, after) = (Document::parse(source), Document::parse(&changed));
    let complete = |document: &Document| document.front_matter.as_ref().is_some_and(|matter| matter.complete);
    (complete(&before) && !complete(&after)) || (before.problems.is_empty() && !after.problems.is_empty())
}

/// Checks a site with the default rules.
fn check(files: &Files) -> Checked {
    let inputs: Vec<Input> = files
        .keys()
        .map(|path| Input { path: Arc::clone(path), report: true })
        .filter(|input| kind(&input.path).is_some())
        .collect();
    let load = |input: &Input| {
        let kind = kind(&input.path).expect("filtered above");
        Ok(Source::from_bytes(Arc::clone(&input.path), kind, files[&input.path].clone()))
    };
    let outcome = engine::check(
        &inputs,
        load,
        &Arc::new(Tree::new(inputs.iter().map(|input| Arc::clone(&input.path)))),
        &Plan::unconfigured(Settings::default()),
    );
    (outcome.findings, outcome.sources)
}

fn kind(path: &str) -> Option<Kind> {
    Kind::of_path(path)
}

fn assert_laws(site: &str, files: &Files) {
    for allowed in [Safety::Safe, Safety::Unsafe] {
        let broken = broken_laws(files, allowed, check);
        assert!(broken.is_empty(), "{site}, {allowed:?} fixes:\n{}", broken.join("\n"));
    }
}

/// All files below a folder, by their paths in it.
fn read(folder: &Path, below: &str, files: &mut Files) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.map(|entry| entry.expect("an entry")) {
        let path = format!("{below}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            read(&entry.path(), &format!("{path}/"), files);
        } else if kind(&path).is_some() {
            files.insert(path.into(), fs::read(entry.path()).expect("a file"));
        }
    }
}

#[test]
fn fixes_of_all_fixtures_keep_the_laws() {
    let mut all = Files::new();
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures"), "", &mut all);
    assert_laws("fixtures", &all);
}

#[test]
fn fixes_of_hostile_files_keep_the_laws() {
    let body = "Title of the piece\nBy A. Writer\nJuly 8, 2025\nShare\nFacebook\nTwitter\n\nA first paragraph with é, 😀 and 日本.\nADVERTISEMENT\n\nAdvertisement\n\nMore.\n";
    let matter = "---\ntitle: \"A title\"\ndate: 2025-7-8\n---\n";
    let mut files = Files::new();
    for (name, text) in [("plain", body.to_owned()), ("matter", format!("{matter}{body}"))] {
        for extension in ["md", "mdx", "html", "txt"] {
            let mut add = |variant: &str, bytes: Vec<u8>| {
                files.insert(format!("{name}-{variant}.{extension}").into(), bytes);
            };
            add("lf", text.clone().into_bytes());
            add("no-end", text.trim_end().as_bytes().to_vec());
            add("crlf", text.replace('\n', "\r\n").into_bytes());
            add("bom", format!("\u{FEFF}{text}").into_bytes());
            add("bom-crlf", format!("\u{FEFF}{}", text.replace('\n', "\r\n")).into_bytes());
            add("latin1", text.replace('é', "\u{1}").bytes().map(|b| if b == 1 { 0xE9 } else { b }).collect());
        }
    }
    files.insert("empty.md".into(), Vec::new());
    assert_laws("hostile files", &files);
}

// The machinery, with rules made for the purpose.

const FILE: &str = "a.md";

fn source(bytes: impl Into<Vec<u8>>) -> Source {
    Source::from_bytes(FILE, Kind::Markdown, bytes.into())
}

fn finding(rule: &'static str, span: Span, fixes: impl Into<Vec<Fix>>) -> Finding {
    Finding {
        rule: Cow::Borrowed(rule),
        level: Level::Warning,
        path: FILE.into(),
        span,
        message: "something is wrong".into(),
        help: None,
        label: None,
        labels: Vec::new(),
        fixes: fixes.into(),
        fingerprint: 0,
    }
}

/// A finding whose fix has these edits.
fn offer(edits: impl Into<Vec<Edit>>) -> Finding {
    finding("test/offer", Span::empty(0), [Fix::safe("mend it", edits)])
}

fn replace(start: usize, end: usize, with: &str) -> Edit {
    Edit { span: Span { start, end }, replacement: with.into() }
}

/// The text after fixes, and which findings were fixed.
fn applied(text: &str, findings: &[Finding]) -> Option<(String, Vec<usize>)> {
    let fixed = fix::apply(&source(text), findings, Safety::Safe)?;
    Some((String::from_utf8(fixed.bytes).expect("UTF-8"), fixed.findings))
}

#[test]
fn edits_that_overlap_or_touch_wait() {
    let first = offer([replace(2, 4, "X")]);
    let some = |text: &str, fixed: &[usize]| Some((text.to_owned(), fixed.to_vec()));
    assert_eq!(applied("0123456789", &[first.clone(), offer([replace(3, 5, "Y")])]), some("01X456789", &[0]));
    assert_eq!(applied("0123456789", &[first.clone(), offer([replace(4, 5, "Y")])]), some("01X456789", &[0]));
    assert_eq!(applied("0123456789", &[first.clone(), offer([Edit::insert(2, "Y")])]), some("01X456789", &[0]));
    assert_eq!(applied("0123456789", &[first.clone(), offer([Edit::insert(4, "Y")])]), some("01X456789", &[0]));
    assert_eq!(applied("0123456789", &[first.clone(), offer([replace(5, 6, "Y")])]), some("01X4Y6789", &[0, 1]));
    assert_eq!(applied("0123456789", &[first, offer([replace(0, 1, "Y")])]), some("Y1X456789", &[0, 1]));
    // A fix is made whole or not at all.
    let both = offer([replace(0, 1, "a"), replace(5, 6, "b")]);
    assert_eq!(applied("0123456789", &[offer([replace(6, 7, "X")]), both]), some("012345X789", &[0]));
}

#[test]
fn equal_edits_of_two_findings_are_made_once() {
    let insertion = || offer([Edit::insert(4, "X")]);
    assert_eq!(applied("0123456789", &[insertion(), insertion()]), Some(("0123X456789".into(), vec![0, 1])));
    let shared = offer([replace(0, 2, ""), replace(5, 6, "Y")]);
    assert_eq!(applied("0123456789", &[offer([replace(0, 2, "")]), shared]), Some(("234Y6789".into(), vec![0, 1])));
    let other_text = offer([Edit::insert(4, "Z")]);
    assert_eq!(applied("0123456789", &[insertion(), other_text]), Some(("0123X456789".into(), vec![0])));
}

#[test]
fn a_fix_may_touch_itself() {
    let fix = offer([replace(4, 6, ""), Edit::insert(4, "a"), Edit::insert(4, "b"), Edit::insert(6, "c")]);
    assert_eq!(applied("0123456789", &[fix]), Some(("0123abc6789".into(), vec![0])));
}

#[test]
fn fixes_that_make_no_sense_are_refused() {
    let text = "aé😀z";
    for edits in [
        vec![],
        vec![replace(0, 99, "")],
        vec![replace(99, 99, "x")],
        vec![replace(3, 2, "x")],
        vec![replace(2, 3, "x")],
        vec![replace(1, 4, "x")],
        vec![replace(0, 3, "x"), replace(1, 7, "y")],
        vec![replace(0, 3, "x"), replace(0, 3, "x")],
        vec![replace(0, 3, ""), replace(0, 3, "x")],
        vec![replace(0, 3, "x"), Edit::insert(1, "y")],
        vec![replace(0, 0, "x"), replace(usize::MAX, usize::MAX, "y")],
        vec![replace(0, 1, "a")],
    ] {
        assert_eq!(applied(text, &[offer(edits.clone())]), None, "{edits:?}");
    }
    let good = offer([replace(7, 8, "y")]);
    assert_eq!(applied(text, &[offer([replace(2, 3, "x")]), good]), Some(("aé😀y".into(), vec![1])));
}

#[test]
fn byte_order_mark_and_bad_bytes_survive() {
    let source = source(b"\xEF\xBB\xBFcaf\xE9 AD\r\n\xFFend".to_vec());
    let at = source.text().find("AD").expect("present");
    let fixed = fix::apply(&source, &[offer([replace(at, at + 4, "")])], Safety::Safe).expect("fixed");
    assert_eq!(fixed.bytes, b"\xEF\xBB\xBFcaf\xE9 \xFFend");
    assert_eq!(fix::apply(&source, &[offer([Edit::insert(0, "x")])], Safety::Unsafe), None, "in front of the mark");
    assert_eq!(fix::apply(&source, &[offer([replace(0, 3, "")])], Safety::Unsafe), None, "the mark itself");
    assert!(fix::apply(&source, &[offer([Edit::insert(3, "x")])], Safety::Unsafe).is_some());
}

#[test]
fn the_first_fix_that_is_allowed_is_taken() {
    let fixes = [Fix::risky("risky", [replace(0, 1, "R")]), Fix::safe("safe", [replace(0, 1, "S")])];
    let findings = [finding("test/two", Span::empty(0), fixes)];
    let first = |allowed| fix::apply(&source("abc"), &findings, allowed).map(|fixed| fixed.bytes);
    assert_eq!(first(Safety::Safe), Some(b"Sbc".to_vec()));
    assert_eq!(first(Safety::Unsafe), Some(b"Rbc".to_vec()));
    let risky = [finding("test/one", Span::empty(0), [Fix::risky("risky", [replace(0, 1, "R")])])];
    assert_eq!(fix::apply(&source("abc"), &risky, Safety::Safe), None);
}

/// Checks one file with a rule made of a function.
fn checking(rule: impl Fn(&Source) -> Vec<Finding>) -> impl Fn(&Files) -> Checked {
    move |files| {
        let source = source(files[FILE].clone());
        (rule(&source), HashMap::from([(Arc::clone(source.path()), source)]))
    }
}

fn one_file(text: &str) -> Files {
    Files::from([(FILE.into(), text.into())])
}

/// Reports each `AD` and deletes it.
fn markers(source: &Source) -> Vec<Finding> {
    let places = source.text().match_indices("AD").map(|(at, _)| Span::new(at, at + 2));
    places.map(|span| finding("test/marker", span, [Fix::safe("delete it", [Edit::delete(span)])])).collect()
}

#[test]
fn fixing_goes_on_until_nothing_applies() {
    let check = checking(markers);
    // Neighbours touch, so they go in two rounds; then a new one has come together, which goes in a third.
    let files = one_file("xADADx AADD\n");
    let result = fix::converge(Safety::Safe, |changes| check(&with(&files, changes)));
    let change = &result.changes[FILE];
    assert_eq!((&*change.before, &*change.after), (&b"xADADx AADD\n"[..], &b"xx \n"[..]));
    assert_eq!((result.fixed, result.settled, result.findings.len()), (4, true, 0));
    assert!(broken_laws(&one_file("xADyADx\r\nAD\r\n"), Safety::Safe, &check).is_empty());
}

#[test]
fn rules_that_contradict_each_other_come_to_an_end() {
    let flip = checking(|source| {
        let to = if source.text().starts_with('a') { "b" } else { "a" };
        vec![offer([replace(0, 1, to)])]
    });
    let files = one_file("a\n");
    let result = fix::converge(Safety::Safe, |changes| flip(&with(&files, changes)));
    assert!(!result.settled);
    assert_eq!(result.fixed, MAX_ROUNDS);
    assert!(result.changes.is_empty(), "ten flips are none");
    assert!(!broken_laws(&files, Safety::Safe, flip).is_empty());
}

#[test]
fn broken_laws_are_seen() {
    let law = |text: &str, rule: fn(&Source) -> Vec<Finding>| {
        broken_laws(&one_file(text), Safety::Safe, checking(rule)).join("\n")
    };
    let useless = law("a AD\n", |source| {
        let insert =
            if source.text().len() < 9 { [Fix::safe("add", [Edit::insert(0, "x")])].into() } else { Vec::new() };
        vec![finding("test/useless", Span::empty(0), insert)]
    });
    assert!(useless.contains("does not remove the finding"), "{useless}");
    let ends = law("a\r\nAD\r\n", |source| {
        let at = source.text().find("AD\r\n");
        at.map(|at| offer([replace(at, at + 4, "ad\n")])).into_iter().collect()
    });
    assert!(ends.contains("the line ends"), "{ends}");
    let off = law("é", |_| vec![offer([replace(1, 2, "")])]);
    assert!(off.contains("cannot be made"), "{off}");
}

/// A fix that spoils the front matter is dropped and told; those of other files are made.
#[test]
fn a_fix_that_breaks_the_front_matter_is_not_made() {
    let text = "---\ntitle: x\n---\nAD\n";
    let files: Files = ["a.md", "b.md"].into_iter().map(|path| (path.into(), text.into())).collect();
    let check = |files: &Files| -> Checked {
        let sources: HashMap<Arc<str>, Source> = files
            .iter()
            .map(|(path, bytes)| {
                (Arc::clone(path), Source::from_bytes(Arc::clone(path), Kind::Markdown, bytes.clone()))
            })
            .collect();
        let mut findings = Vec::new();
        for path in files.keys() {
            let source = &sources[path];
            for mut found in markers(source) {
                found.path = Arc::clone(path);
                findings.push(found);
            }
            if &**path == "a.md" {
                findings.push(offer([replace(13, 16, "")]));
            }
        }
        (findings, sources)
    };
    let result = fix::converge(Safety::Safe, |changes| check(&with(&files, changes)));
    assert!(result.settled);
    assert_eq!(result.changes.keys().map(|path| &**path).collect::<Vec<_>>(), ["b.md"]);
    assert_eq!(result.refused.len(), 1);
    assert_eq!(&*result.refused[0].path, "a.md");
    assert_eq!(result.refused[0].rules, ["test/marker", "test/offer"]);
}
