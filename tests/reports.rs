//! What findings look like, each format on the same small articles.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fs;
use std::process::Command;
use std::sync::Arc;

use copydesk::finding::{Edit, Finding, Fix, Label, Level};
use copydesk::report::diff::{self, Reader};
use copydesk::report::pretty::{self, Style};
use copydesk::report::{Report, Summary};
use copydesk::source::{Kind, Source};
use copydesk::span::Span;

/// A finding at `span` of the file at `path`.
fn finding(path: &str, span: Span, message: &str) -> Finding {
    Finding {
        rule: Cow::Borrowed("residue/advertisement"),
        level: Level::Warning,
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

/// The first place of `needle` in `text`.
fn find(text: &str, needle: &str) -> Span {
    let at = text.find(needle).unwrap_or_else(|| panic!("no {needle:?}"));
    Span::new(at, at + needle.len())
}

fn summary(findings: &[Finding], files: usize) -> Summary {
    let count = |level| findings.iter().filter(|finding| finding.level == level).count();
    Summary {
        files,
        errors: count(Level::Error),
        warnings: count(Level::Warning),
        notes: count(Level::Note),
        fixable: findings.iter().filter(|finding| !finding.fixes.is_empty()).count(),
    }
}

/// The findings as they stand on a terminal without colours, 80 columns wide; no line is wider and none ends in white space.
fn pretty(files: Vec<Source>, findings: &[Finding]) -> String {
    pretty_at(80, true, files, findings)
}

fn pretty_at(width: usize, unicode: bool, files: Vec<Source>, findings: &[Finding]) -> String {
    let sources: HashMap<Arc<str>, Source> =
        files.into_iter().map(|source| (Arc::clone(source.path()), source)).collect();
    let report = Report { findings, sources: &sources, summary: summary(findings, sources.len()) };
    let mut bytes = Vec::new();
    pretty::render(&report, &Style { color: false, width, unicode }, None, &mut bytes)
        .expect("a vector takes everything");
    let text = String::from_utf8(bytes).expect("UTF-8");
    for line in text.lines() {
        let columns: usize = line.chars().map(|c| unicode_width::UnicodeWidthChar::width(c).unwrap_or(99)).sum();
        assert!(columns <= width || line.contains(".md:"), "{columns} columns: {line}");
        assert_eq!(line, line.trim_end(), "white space at the end");
    }
    text
}

fn md(path: &str, text: impl Into<String>) -> Source {
    Source::new(path, Kind::Markdown, text)
}

/// Several places in one line, then what can be done.
#[test]
fn a_finding_with_everything() {
    let text = "---\ntitle: Ten tips\nauthors: [ana, bob]\ndate: 2025-07-18\nauthors: [cy]\n---\n\nText.\n";
    let mut twice = finding("content/a.md", find(text, "authors: [cy]"), "the key `authors` stands twice");
    twice.level = Level::Error;
    twice.rule = "front-matter/duplicate-key".into();
    twice
        .label("again here")
        .help("keep one of them; a reader that takes the last one loses the others without a word");
    twice.also(find(text, "authors: [ana, bob]"), "first here");
    twice.fix(Fix::safe("delete the line", [Edit::delete(find(text, "authors: [cy]\n"))]));
    twice.fix(Fix::risky("join the two lists", []));
    insta::assert_snapshot!(pretty(vec![md("content/a.md", text)], &[twice]));
}

#[test]
fn one_line() {
    let text = "The council met on Tuesday.\nADVERTISEMENT\nIt will meet again.\n";
    let mut marker = finding("a.md", find(text, "ADVERTISEMENT"), "an advertising marker stands in the text");
    marker.fix(Fix::safe("delete the line", [Edit::delete(find(text, "ADVERTISEMENT\n"))]));
    let plain = finding("a.md", find(text, "Tuesday"), "nothing but a message");
    insta::assert_snapshot!(pretty(vec![md("a.md", text)], &[marker.clone(), plain.clone()]));
    insta::assert_snapshot!("one_line_ascii", pretty_at(50, false, vec![md("a.md", text)], &[marker, plain]));
}

/// A paragraph of 3,000 characters.
fn paragraph() -> String {
    let mut text: String = (1..).map(|n| format!("Sentence {n} of it. ")).take(150).collect();
    text.truncate(2990);
    text.push_str(" The end.\n");
    text
}

#[test]
fn long_lines_are_cut_around_the_place() {
    let text = format!("A short line before.\n{}A short line after.\n", paragraph());
    let mut middle = finding("a.md", find(&text, "Sentence 77"), "in the middle");
    middle.label("this one, with a label that is long enough to need another line");
    let mut wide =
        finding("a.md", find(&text, "Sentence 40").to(find(&text, "Sentence 60")), "wider than the terminal");
    wide.label("all of it");
    let mut two = finding("a.md", find(&text, "Sentence 9 "), "two places far apart");
    two.label("here").also(find(&text, "Sentence 120"), "and there");
    let mut inside = finding("a.md", find(&text, "Sentence 9 of it"), "one place in another");
    inside.label("all of it").also(find(&text, "9 of"), "this");
    let mut many = finding("a.md", find(&text, "Sentence 9 "), "more places than fit");
    for n in [20, 30, 40, 50, 60, 70, 80, 90, 95, 98] {
        many.also(find(&text, &format!("Sentence {n} of it")), format!("number {n}"));
    }
    let findings = [
        finding("a.md", find(&text, "tence 1 of"), "near the start"),
        middle,
        finding("a.md", find(&text, "The end."), "near the end"),
        finding("a.md", Span::empty(find(&text, "end.").end), "after the end"),
        wide,
        two,
        inside,
        many,
    ];
    insta::assert_snapshot!(pretty(vec![md("a.md", text)], &findings));
}

#[test]
fn spans_over_several_lines() {
    let run = "ADVERTISEMENT\n\n".repeat(15);
    let text = format!("A [link with a\n long text](missing.md) in it.\n\n{run}Text.\n\nShare\nTweet\n");
    let link = find(&text, "[link").to(find(&text, "missing.md)"));
    let mut broken = finding("a.md", link, "the link leads nowhere");
    broken.label("no such file");
    let run = Span::new(find(&text, "ADVERTISEMENT").start, find(&text, "Text.").start);
    let mut markers = finding("a.md", run, "15 advertising markers in a row");
    markers.label("delete them all").fix(Fix::safe("delete the lines", []));
    let share = finding("a.md", find(&text, "Share\nTweet\n"), "a share bar");
    let all = finding("a.md", Span::new(0, text.len()), "the whole file");
    insta::assert_snapshot!(pretty(vec![md("a.md", text)], &[broken, markers, share, all]));
}

#[test]
fn places_without_length() {
    let text = "First.\n\nLast.\n";
    let mut start = finding("a.md", Span::empty(0), "no front matter");
    start.help("begin the file with a block between `---` lines");
    let mut end = finding("a.md", Span::empty(text.len()), "at the end of the file");
    end.label("here");
    let line_end = finding("a.md", Span::new(6, 7), "only a line feed");
    let cut = "No line feed";
    insta::assert_snapshot!(pretty(
        vec![md("a.md", text), md("b.md", cut), md("c.md", "")],
        &[
            start,
            line_end,
            end,
            finding("b.md", Span::empty(cut.len()), "after the last character"),
            finding("c.md", Span::empty(0), "an empty file"),
        ]
    ));
}

#[test]
fn labels_in_other_files() {
    let text = "---\ntitle: Ten tips\n---\n";
    let other = "x\n".repeat(120) + "# Ten tips\n";
    let mut same = finding("posts/b.md", find(text, "Ten tips"), "two articles have the same title");
    same.also_in("archive/old/ten-tips.md".into(), find(&other, "Ten tips"), "first used here");
    same.also_in("gone.md".into(), Span::new(3, 9), "used here too").help("give one of them another title");
    let mut unreadable = finding("c.md", Span::empty(0), "the file cannot be read");
    unreadable.help("permission denied");
    let sources = vec![md("posts/b.md", text), md("archive/old/ten-tips.md", other)];
    insta::assert_snapshot!(pretty(sources, &[same, unreadable]));
}

#[test]
fn underlines_stand_under_their_words() {
    let text = "\ttabbed\tword\n日本語 text\n😀 👩‍🚀 e\u{301}te\u{301} mark\nשלום word\n\u{FEFF}mid\u{200B}dle\n";
    let family = find(text, "mark");
    let findings = [
        finding("a.md", find(text, "word"), "after tabs"),
        finding("a.md", find(text, "\t"), "a tab"),
        finding("a.md", find(text, "本"), "a wide character"),
        finding("a.md", find(text, "text"), "after wide characters"),
        finding("a.md", family, "after emoji and combining marks"),
        finding("a.md", find(text, "\u{301}"), "a combining mark alone"),
        finding("a.md", find(text, "\u{200B}"), "an invisible character"),
    ];
    insta::assert_snapshot!(pretty(vec![md("a.md", text)], &findings));
}

#[test]
fn articles_give_no_orders_to_the_terminal() {
    let text = "red \u{1b}[31malert\u{1b}[0m and \u{202E}backwards\u{202C} \u{9B}1m \u{7} end\u{2028}\rnext\n";
    let mut order = finding("a\u{1b}[2J.md", find(text, "backwards"), "text runs \u{202E}backwards\u{1b}[1m");
    order.label("\u{1b}[7mlabel").help("help\u{7}").fix(Fix::safe("fix\u{9B}1m", []));
    let shown = pretty(vec![md("a\u{1b}[2J.md", text)], &[order]);
    assert!(!shown.contains(|c: char| c.is_control() && c != '\n'));
    insta::assert_snapshot!(shown);
}

#[test]
fn any_kind_of_file() {
    let crlf = "First.\r\nADVERTISEMENT\r\nLast.\r\n";
    let bom = "\u{FEFF}Title\nText\n";
    let latin = Source::from_bytes("latin.md", Kind::Markdown, b"Un caf\xE9 noir \x1A\n".to_vec());
    let bad = latin.bad_bytes().expect("one").first;
    let files = vec![md("crlf.md", crlf), md("bom.md", bom), latin];
    let findings = [
        finding("bom.md", find(bom, "Title"), "after a byte-order mark"),
        finding("bom.md", Span::empty(0), "at the very start"),
        finding("bom.md", Span::new(0, 3), "the mark itself"),
        finding("crlf.md", find(crlf, "ADVERTISEMENT\r\n"), "a whole line with its end"),
        finding("latin.md", bad, "a byte that is not UTF-8"),
    ];
    insta::assert_snapshot!(pretty(files, &findings));
}

/// No span of any kind makes it fall over.
#[test]
fn nonsense_is_survived() {
    let text = "\u{FEFF}é😀\r\n\t日本\u{1b}\r\n\n\u{301}";
    for width in [0, 1, 40, 41, 80] {
        let mut findings = Vec::new();
        for start in 0..text.len() + 3 {
            for end in 0..text.len() + 3 {
                let mut nonsense = finding("a.md", Span { start, end }, "m");
                nonsense.label("a label of some words");
                nonsense.labels.push(Label { path: None, span: Span { start: end, end: start }, message: "b".into() });
                findings.push(nonsense);
            }
        }
        let sources = HashMap::from([(Arc::from("a.md"), md("a.md", text))]);
        let report = Report { findings: &findings, sources: &sources, summary: Summary::default() };
        let style = Style { color: true, width, unicode: width % 2 == 0 };
        pretty::render(&report, &style, None, &mut Vec::new()).expect("a vector takes everything");
    }
}

fn difference(path: &str, before: &[u8], after: &[u8], reader: Reader) -> Vec<u8> {
    let mut out = Vec::new();
    diff::render(path, before, after, reader, &mut out).expect("a vector takes everything");
    out
}

#[test]
fn a_diff_shows_what_a_fix_changes() {
    let before = "one\ntwo\nthree\nfour\nAD\nfive\nsix\nseven\neight\nnine\nten\neleven\nlast";
    let after = "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten\neleven\nlast\n";
    let plain = difference("posts/a.md", before.as_bytes(), after.as_bytes(), Reader::Program);
    insta::assert_snapshot!(String::from_utf8(plain).expect("UTF-8"));
    assert!(difference("a.md", b"same", b"same", Reader::Program).is_empty());

    let hostile = difference("a.md", b"\x1b[2J\r\n", b"", Reader::Terminal { color: false });
    assert_eq!(String::from_utf8_lossy(&hostile), "--- a/a.md\n+++ b/a.md\n@@ -1 +0,0 @@\n-<U+001B>[2J\n");
    let colored = difference("a.md", b"a\n", b"b\n", Reader::Terminal { color: true });
    assert!(String::from_utf8_lossy(&colored).contains("\u{1b}[31m-a\u{1b}[0m\n\u{1b}[32m+b\u{1b}[0m\n"));
}

/// The file that git makes of `before` by the diff; `None` where there is no git.
fn patched(path: &str, before: &[u8], after: &[u8]) -> Option<Vec<u8>> {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join(path);
    fs::create_dir_all(file.parent().expect("a folder")).expect("made");
    fs::write(&file, before).expect("written");
    fs::write(folder.path().join("patch"), difference(path, before, after, Reader::Program)).expect("written");
    let mut git = Command::new("git");
    git.args(["-c", "core.autocrlf=false", "apply", "--whitespace=nowarn", "patch"]).current_dir(folder.path());
    // A repository around the folder would take the patch for its own.
    let applied = git.env("GIT_CEILING_DIRECTORIES", folder.path().parent()?).output().ok()?;
    assert!(applied.status.success(), "{path:?}: {}", String::from_utf8_lossy(&applied.stderr));
    Some(fs::read(&file).expect("read"))
}

#[test]
fn git_takes_the_diff() {
    let lines = |range: std::ops::Range<usize>, end: &str| range.map(|n| format!("line {n}{end}")).collect::<String>();
    let (lf, crlf) = (lines(0..40, "\n"), lines(0..40, "\r\n"));
    let two_hunks = lf.replace("line 3\n", "").replace("line 30\n", "x\ny\n");
    let one_line = crlf.replace("line 3\r\n", "new\r\n");
    let begun = format!("---\ntitle: x\n---\n{lf}");
    let cases: &[(&str, &[u8], &[u8])] = &[
        ("posts/a.md", lf.as_bytes(), two_hunks.as_bytes()),
        ("crlf.md", crlf.as_bytes(), one_line.as_bytes()),
        ("begin.md", lf.as_bytes(), begun.as_bytes()),
        ("no end.md", b"a\nb", b"a\nc"),
        ("end-comes.md", b"a\nb", b"a\nb\n"),
        ("end-goes.md", b"a\nb\n", b"a\nb"),
        ("grown.md", b"", b"a\n"),
        ("caf\u{e9} \u{65e5}\u{672c}.md", b"\xEF\xBB\xBFcaf\xE9\nAD\n", b"\xEF\xBB\xBFcaf\xE9\n"),
        #[cfg(unix)]
        ("a \"quote\"\\and\ttab.md", b"a\n", b"b\n"),
        ("controls.md", b"\x1b[31m\rx\n\0\n", b"\x1b[31m\rx\n"),
    ];
    for (path, before, after) in cases {
        let Some(result) = patched(path, before, after) else { return };
        assert_eq!(result, *after, "{path:?}");
    }
}

#[test]
fn a_diff_of_very_many_changes_does_not_take_for_ever() {
    let lines = |step: usize| (0..60_000).step_by(step).map(|n| format!("{}\n", n % 7)).collect::<String>();
    let (before, after) = (lines(1), lines(3));
    let start = std::time::Instant::now();
    let mut out = Vec::new();
    diff::render("a.md", before.as_bytes(), after.as_bytes(), Reader::Program, &mut out).expect("a vector takes it");
    assert!(!out.is_empty() && start.elapsed().as_secs() < 30, "{:?}", start.elapsed());
}
