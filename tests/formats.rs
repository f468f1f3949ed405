//! The formats for other programs, on findings that try to break out of them.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use copydesk::finding::{Edit, Finding, Fix, Level};
use copydesk::report::{
    Report, Summary, checkstyle, concise, github, gitlab, html, json, junit, markdown, rdjson, sarif,
};
use copydesk::rule::Page;
use copydesk::source::{Kind, Source};
use copydesk::span::Span;
use serde_json::Value;

/// `AD` stands at code point 6, UTF-16 unit 7, byte 14 of line 2.
const TEXT: &str = "First.\né😀日本 AD <b>\nADVERTISEMENT\nADVERTISEMENT\nLast.\n";

/// A name that means something to every format.
const PATH: &str = "posts/ü, 100%: <a>&\"b\".md";

fn finding(path: &str, span: Span, level: Level, message: &str) -> Finding {
    Finding {
        rule: "residue/advertisement".into(),
        level,
        path: path.into(),
        span,
        message: message.into(),
        help: None,
        label: None,
        labels: Vec::new(),
        fixes: Vec::new(),
        fingerprint: 0,
    }
}

fn at(needle: &str) -> Span {
    let start = TEXT.find(needle).expect("it is there");
    Span::new(start, start + needle.len())
}

/// Findings with everything: a place in a line, one over lines, one in a file without a text, hostile words.
fn findings() -> Vec<Finding> {
    let mut word =
        finding(PATH, at("AD"), Level::Warning, "`AD|<b>` 50%\n::error::x @all ##[error]y ]]> \u{1B}[31m \u{202E}z");
    word.help("delete it, \"really\"");
    word.fix(Fix::safe("delete the word", [Edit::delete(at("AD "))]));
    word.also(at("Last"), "before `this`");
    let mut run = finding(PATH, at("ADVERTISEMENT\nADVERTISEMENT\n"), Level::Error, "2 advertising markers in a row");
    run.fix(Fix::risky("delete the lines", [Edit::delete(at("ADVERTISEMENT\nADVERTISEMENT\n"))]));
    run.also_in("posts/other.md".into(), Span::new(0, 3), "the same here");
    vec![finding("gone.md", Span::new(3, 9), Level::Note, "its text is not at hand"), word, run]
}

fn pages() -> Vec<Page> {
    let text = "# residue/advertisement\n\nA marker of an ad slot\nstands in the text.\n\n## Why\n\nBecause.\n";
    vec![Page { id: "residue/advertisement".into(), level: Some(Level::Error), fix: None, text: text.into() }]
}

/// What `render` writes of `findings`.
fn rendered(findings: &[Finding], render: impl Fn(&Report, &mut Vec<u8>) -> std::io::Result<()>) -> String {
    let sources = HashMap::from([(Arc::from(PATH), Source::new(PATH, Kind::Markdown, TEXT))]);
    let mut findings = findings.to_vec();
    copydesk::fingerprint::stamp(&mut findings, &sources);
    let report = Report { findings: &findings, sources: &sources, summary: Summary::of(7, &findings) };
    let mut out = Vec::new();
    render(&report, &mut out).expect("memory takes everything");
    String::from_utf8(out).expect("UTF-8").replace(env!("CARGO_PKG_VERSION"), "0.0.0")
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).expect("it is JSON")
}

#[test]
fn github_commands_are_ours_alone() {
    let text = rendered(&findings(), |report, out| github::render(report, "site/", out));
    insta::assert_snapshot!(text);
    assert_eq!(text.lines().filter(|line| line.trim_start().starts_with("::")).count(), 3);
    assert!(!text.lines().any(|line| line.contains("##[") && !line.starts_with("::")));
}

#[test]
fn github_gets_the_worst_and_is_told_of_the_rest() {
    let mut many: Vec<Finding> = Vec::new();
    for level in [Level::Note, Level::Warning, Level::Error] {
        many.extend((0..12).map(|n| finding(PATH, at("AD"), level, &format!("number {n}"))));
    }
    let text = rendered(&many, |report, out| github::render(report, "", out));
    let commands: Vec<&str> = text.lines().filter(|line| line.starts_with("::")).collect();
    let count = |kind: &str| commands.iter().filter(|line| line.starts_with(kind)).count();
    assert_eq!((count("::error"), count("::warning"), count("::notice")), (10, 10, 10));
    assert!(commands[0].starts_with("::error") && commands[10].starts_with("::warning"));
    assert_eq!(commands[29], "::notice title=copydesk::7 more findings: the log of this step has all of them");
    assert_eq!(text.lines().filter(|line| !line.starts_with("::")).count(), 36, "the log has all of them");
    // A kind that fits needs no such line.
    let text = rendered(&many[..10], |report, out| github::render(report, "", out));
    assert_eq!(text.lines().filter(|line| line.starts_with("::")).count(), 10);
}

#[test]
fn gitlab_is_an_array_of_issues() {
    let text = rendered(&findings(), |report, out| gitlab::render(report, "site/", out));
    insta::assert_json_snapshot!(parsed(&text));
}

#[test]
fn sarif_is_one_run() {
    let text = rendered(&findings(), |report, out| sarif::render(report, &pages(), "site/", out));
    let log = parsed(&text);
    insta::assert_json_snapshot!(log);
    let results = log["runs"][0]["results"].as_array().expect("results");
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().expect("rules");
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().expect("a number")).expect("small");
        assert_eq!(rules[index]["id"], result["ruleId"]);
    }
}

#[test]
fn sarif_leaves_out_what_github_would_refuse() {
    let mut many = vec![finding("gone.md", Span::new(0, 1), Level::Note, "the least"); 25_001];
    many.push(finding("gone.md", Span::new(0, 1), Level::Error, "the worst"));
    let log = parsed(&rendered(&many, |report, out| sarif::render(report, &pages(), "", out)));
    let results = log["runs"][0]["results"].as_array().expect("results");
    assert_eq!((results.len(), &results[0]["message"]["text"]), (25_000, &Value::from("the worst.")));
    let told = &log["runs"][0]["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"];
    assert_eq!(told, "2 findings are left out: GitHub takes 25000");
}

#[test]
fn rdjson_counts_bytes() {
    let text = rendered(&findings(), |report, out| rdjson::render(report, out));
    insta::assert_json_snapshot!(parsed(&text));
}

#[test]
fn json_lines_are_the_items_of_json() {
    let lines = rendered(&findings(), |report, out| json::render_lines(report, out));
    let whole = parsed(&rendered(&findings(), |report, out| json::render(report, out)));
    let mut lines: Vec<Value> = lines.lines().map(parsed).collect();
    let last = lines.pop().expect("a summary");
    assert_eq!((&last["type"], &last["version"], &last["summary"]), (&"summary".into(), &1.into(), &whole["summary"]));
    for line in &mut lines {
        assert_eq!(line.as_object_mut().expect("an object").remove("type"), Some("finding".into()));
    }
    assert_eq!(Value::from(lines), whole["findings"]);
}

/// The elements and attributes of Jenkins' junit-10.xsd that are used; any other attribute would not validate.
const JUNIT: &[(&str, &[&str])] = &[
    ("testsuites", &["name", "tests", "failures", "errors"]),
    ("testsuite", &["name", "tests", "failures", "errors"]),
    ("testcase", &["name", "classname"]),
    ("failure", &["type", "message"]),
];

/// The elements of `xml`, each with its attributes; panics where it is not well-formed in the way that we write it.
fn elements(xml: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut found = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let body = xml.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n").expect("a declaration");
    for part in body.split('<').skip(1) {
        let (tag, text) = part.split_once('>').expect("the tag ends");
        assert!(!text.contains('>'), "{text}");
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name));
            continue;
        }
        let (tag, empty) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
        let (name, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
        let mut attributes = Vec::new();
        while let Some((key, value)) = rest.split_once("=\"") {
            let (value, more) = value.split_once('"').expect("the value ends");
            attributes.push((key.trim().to_owned(), value.to_owned()));
            rest = more;
        }
        assert_eq!(rest.trim(), "");
        if !empty {
            open.push(name.to_owned());
        }
        found.push((name.to_owned(), attributes));
    }
    assert!(open.is_empty(), "{open:?}");
    found
}

#[test]
fn junit_keeps_to_the_schema_of_jenkins() {
    let text = rendered(&findings(), |report, out| junit::render(report, out));
    insta::assert_snapshot!(text);
    let empty = rendered(&[], |report, out| junit::render(report, out));
    insta::assert_snapshot!("junit_without_findings", empty);
    for (name, attributes) in elements(&text).into_iter().chain(elements(&empty)) {
        let (_, known) = JUNIT.iter().find(|(known, _)| *known == name).expect("a known element");
        let given: Vec<&str> = attributes.iter().map(|(key, _)| key.as_str()).collect();
        assert_eq!(given, *known, "{name}");
    }
}

#[test]
fn checkstyle_is_well_formed() {
    let text = rendered(&findings(), |report, out| checkstyle::render(report, out));
    insta::assert_snapshot!(text);
    let names: HashSet<String> = elements(&text).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["checkstyle", "file", "error"].map(str::to_owned).into());
}

#[test]
fn markdown_shows_article_text_as_text() {
    insta::assert_snapshot!(rendered(&findings(), |report, out| markdown::render(report, out)));
}

#[test]
fn markdown_fits_a_comment() {
    let many: Vec<Finding> = (0..3000)
        .map(|n| finding(&format!("posts/{}.md", n / 3), Span::new(0, 1), Level::Error, "a broken link"))
        .collect();
    let text = rendered(&many, |report, out| markdown::render(report, out));
    assert!(text.len() < 65_000, "{}", text.len());
    let shown = text.lines().filter(|line| line.contains("❌")).count();
    let last = text.lines().last().expect("a last line");
    assert_eq!(last, format!("… and {} findings in articles that do not fit here.", 3000 - shown));
    assert!(shown > 300);
}

#[test]
fn the_page_holds_no_word_of_an_article_as_markup() {
    let text = rendered(&findings(), |report, out| html::render(report, &pages(), out));
    let body = text.split_once("<header>").expect("a header").1.split_once("<script>").expect("a script").0;
    assert!(!body.contains("<b>\n") && !body.contains("<a>") && !body.contains('\u{1B}') && !body.contains('\u{202E}'));
    insta::assert_snapshot!(body);
    assert!(rendered(&[], |report, out| html::render(report, &pages(), out)).contains("Nothing to report"));
}

/// Where each format says that `AD` stands.
#[test]
fn columns_are_in_the_units_of_the_format() {
    let findings = &findings()[1..2];
    let text = |render: &dyn Fn(&Report, &mut Vec<u8>) -> std::io::Result<()>| rendered(findings, render);
    assert!(text(&|report, out| concise::render(report, out)).starts_with(&format!("{PATH}:2:6: ")));
    assert!(text(&|report, out| github::render(report, "", out)).contains(",line=2,endLine=2,col=6,endColumn=8,"));
    assert!(text(&|report, out| checkstyle::render(report, out)).contains(r#"line="2" column="6""#));
    assert!(text(&|report, out| junit::render(report, out)).contains("line 2, column 6"));
    let json = parsed(&text(&|report, out| json::render(report, out)));
    assert_eq!(json["findings"][0]["range"]["start"]["column"], 6);
    let sarif = parsed(&text(&|report, out| sarif::render(report, &pages(), "", out)));
    assert_eq!(sarif["runs"][0]["columnKind"], "unicodeCodePoints");
    let region = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"];
    assert_eq!((&region["startColumn"], &region["endColumn"]), (&6.into(), &8.into()));
    let rdjson = parsed(&text(&|report, out| rdjson::render(report, out)));
    let range = &rdjson["diagnostics"][0]["location"]["range"];
    assert_eq!((&range["start"]["column"], &range["end"]["column"]), (&14.into(), &16.into()));
}

#[test]
fn nothing_to_report_is_a_valid_document() {
    assert_eq!(rendered(&[], |report, out| gitlab::render(report, "", out)), "[]\n");
    assert_eq!(rendered(&[], |report, out| github::render(report, "", out)), "");
    assert_eq!(parsed(&rendered(&[], |report, out| rdjson::render(report, out)))["diagnostics"], Value::Array(vec![]));
    let log = parsed(&rendered(&[], |report, out| sarif::render(report, &pages(), "", out)));
    assert_eq!(log["runs"][0]["results"], Value::Array(vec![]));
    assert_eq!(elements(&rendered(&[], |report, out| checkstyle::render(report, out))).len(), 1);
    assert_eq!(rendered(&[], |report, out| json::render_lines(report, out)).lines().count(), 1);
    let summary = rendered(&[], |report, out| markdown::render(report, out));
    assert_eq!(summary, "### copydesk: nothing to report\n\nChecked 7 articles.\n");
}
