//! The command line with rules that look at articles: findings, levels by place, reports that do not depend on what was named.

mod common;

use common::{Desk, Ran};

const ADVERT: &str = "---\ntitle: One\ndate: 2025-07-18\n---\n\nText.\n\nADVERTISEMENT\n\nMore text.\n";

#[test]
fn page_residue_is_found_at_its_place() {
    let desk = Desk::new(&[("posts/a.md", ADVERT), ("posts/b.md", "Text.\n")]);
    let ran = desk.check(&[]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.stdout.starts_with("posts/a.md:8:1: ") && ran.stdout.contains("[residue/advertisement] "), "{ran:?}");
    assert_eq!(ran.stdout.lines().count(), 1);
    assert_eq!(desk.check(&["posts/b.md"]), Ran::new(0, "", "checked 1 article: no findings\n"));
    assert_eq!(desk.run(&["check", "-", "--stdin-filename", "posts/b.md"], ADVERT.as_bytes()).code, 1);
}

#[test]
fn levels_and_options_go_by_place() {
    let desk = Desk::new(&[
        (
            "copydesk.yaml",
            "rules: { residue/advertisement: error }\noverrides:\n  - files: [archive]\n    rules: { residue/advertisement: off }\n  \
             - files: ['notes/**']\n    rules: { residue/advertisement: { allow: [advertisement] } }\n",
        ),
        ("a.md", ADVERT),
        ("archive/a.md", ADVERT),
        ("notes/a.md", ADVERT),
    ]);
    let ran = desk.check(&[]);
    assert!(ran.stdout.starts_with("a.md:8:1: error[residue/advertisement] "), "{ran:?}");
    assert_eq!(ran.stdout.lines().count(), 1, "{ran:?}");
}

#[test]
fn a_collection_says_what_its_front_matter_holds() {
    let desk = Desk::new(&[
        (
            "copydesk.yaml",
            "collections:\n  posts:\n    files: ['posts/**']\n    front-matter:\n      required: [title, date]\n",
        ),
        ("posts/none.md", "Text.\n"),
        ("posts/some.md", "---\ntitle: One\n---\n\nText.\n"),
        ("posts/all.md", "---\ntitle: One\ndate: 2025-07-18\n---\n\nText.\n"),
        ("posts/README.md", "How we name our posts.\n"),
        ("notes/a.md", "Text.\n"),
    ]);
    let ran = desk.check(&[]);
    let rules: Vec<&str> = ran.stdout.lines().filter_map(|line| line.split_once("] ").map(|(head, _)| head)).collect();
    assert_eq!(rules.len(), 2, "{ran:?}");
    assert!(rules[0].starts_with("posts/none.md:1:1: ") && rules[0].ends_with("[front-matter/missing"), "{ran:?}");
    assert!(rules[1].starts_with("posts/some.md:") && rules[1].ends_with("[front-matter/required"), "{ran:?}");
}

#[test]
fn a_wrong_option_is_2() {
    let desk = Desk::new(&[("copydesk.yaml", "rules: { residue/advertisement: { alow: [x] } }\n"), ("a.md", "x\n")]);
    let ran = desk.check(&[]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr
            .starts_with("copydesk.yaml:1:35: error[config/invalid] `residue/advertisement` has no option `alow`")
    );
    assert!(ran.stderr.contains("did you mean `allow`?"), "{ran:?}");
}

#[test]
fn controls_in_an_article_never_reach_the_terminal() {
    let text = "---\ntitle: \"x\"\n\u{1B}]0;x\u{7}: \u{202E}1\n---\n\n\u{1B}[31mADVERTISEMENT\n";
    let desk = Desk::new(&[("a.md", text)]);
    for format in ["concise", "json", "pretty"] {
        let ran = desk.check(&["--format", format, "--color", "never"]);
        let unsafe_char = |c: char| (c.is_control() && c != '\n') || c == '\u{202E}';
        assert!(!ran.stdout.contains(unsafe_char), "{format}: {:?}", ran.stdout);
    }
}

#[test]
fn fixes_are_shown_made_and_then_gone() {
    let desk = Desk::new(&[("posts/a.md", ADVERT), ("posts/b.md", "Text.\n")]);
    let mended = ADVERT.replace("ADVERTISEMENT\n\n", "");
    let diff = desk.check(&["--diff"]);
    assert!(diff.code == 1 && diff.stdout.contains("-ADVERTISEMENT"), "{diff:?}");
    assert!(diff.stderr.starts_with("would fix 1 finding in 1 article: residue/advertisement\n"), "{diff:?}");
    assert_eq!(desk.read("posts/a.md"), ADVERT);
    // On standard input, standard output is the article; nothing is written.
    let piped = desk.run(&["check", "-", "--stdin-filename", "posts/a.md", "--fix"], ADVERT.as_bytes());
    assert_eq!((piped.code, piped.stdout.as_str()), (0, mended.as_str()), "{piped:?}");
    assert_eq!(desk.read("posts/a.md"), ADVERT);
    let fixed = desk.check(&["--fix"]);
    assert_eq!(
        fixed,
        Ran::new(0, "", "fixed 1 finding in 1 article: residue/advertisement\nchecked 2 articles: no findings\n")
    );
    assert_eq!(desk.read("posts/a.md"), mended);
    assert_eq!(desk.check(&["--diff"]), Ran::new(0, "", "checked 2 articles: no findings\n"));
}

#[test]
fn rules_are_picked_by_name_and_by_group() {
    let text = "---\ntitle: One\ndate: 2025-07-18\n---\n\nADVERTISEMENT\n\n[A](none.md) [B](http://example.org/b) <!-- copydesk-disable-line link/case -->\n";
    let desk = Desk::new(&[("copydesk.yaml", "rules: { link/broken: off, link/empty: error }\n"), ("a.md", text)]);
    let told = |only: &str| -> Vec<String> {
        let ran = desk.check(&["--only", only]);
        assert_eq!(ran.code, i32::from(!ran.stdout.is_empty()), "{ran:?}");
        let rule = |line: &str| line.split(['[', ']']).nth(1).map(str::to_owned);
        ran.stdout.lines().filter_map(rule).collect()
    };
    assert_eq!(told("residue"), ["residue/advertisement"]);
    // A rule that is named is on, one of a group as the configuration has it.
    assert_eq!(told("link/broken"), ["link/broken"]);
    assert_eq!(told("link/*"), [""; 0]);
    assert_eq!(told("link/insecure,residue/advertisement"), ["residue/advertisement", "link/insecure"]);
    assert_eq!(told("date"), [""; 0]);
    let ran = desk.check(&["--only", "link/brokn"]);
    let said = "copydesk: `--only`: there is no rule or group of rules `link/brokn`; did you mean `link/broken`?\n";
    assert_eq!((ran.code, ran.stderr.as_str()), (2, said), "{ran:?}");
}
