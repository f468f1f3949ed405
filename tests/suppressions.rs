//! Comments that switch rules off, in every kind of source, and writing them.

mod common;
mod support;

use std::collections::BTreeMap;

use common::{Desk, Ran};

/// The findings in one article, a line each: `line rule`.
fn found(path: &str, text: &str, configuration: &str) -> Vec<String> {
    let files = BTreeMap::from([(path.to_owned(), text.to_owned())]);
    let outcome = support::check(&files, configuration);
    let line = |at: usize| text[..at.min(text.len())].matches('\n').count() + 1;
    outcome.findings.iter().map(|one| format!("{} {}", line(one.span.start), one.rule)).collect()
}

#[test]
fn each_kind_of_comment_has_its_reach() {
    let advert = "residue/advertisement";
    for (comment, text, left) in [
        ("next line", "<!-- copydesk-disable-next-line -->\nADVERTISEMENT\n\nText.\n\nADVERTISEMENT\n", vec!["6"]),
        ("blank lines between", "<!-- copydesk-disable-next-line all -->\n\n \t\nADVERTISEMENT\n", vec![]),
        (
            "several above each other",
            "<!-- copydesk-disable-next-line residue/advertisement -->\n<!-- copydesk-disable-next-line residue/share-bar\n-->\n\nADVERTISEMENT\n",
            vec!["2 suppression/unused"],
        ),
        ("the line", "ADVERTISEMENT <!-- copydesk-disable-line residue -->\n\nText.\n\nADVERTISEMENT\n", vec!["5"]),
        (
            "a region",
            "ADVERTISEMENT\n\n<!-- copydesk-disable residue -->\n\nADVERTISEMENT\n\n<!-- copydesk-enable residue -->\n\nADVERTISEMENT\n",
            vec!["1", "9"],
        ),
        ("to the end", "ADVERTISEMENT\n\n<!-- copydesk-disable -->\n\nADVERTISEMENT\n", vec!["1"]),
        (
            "all but one",
            "<!-- copydesk-disable all: old -->\n<!-- copydesk-enable residue/advertisement -->\n\nADVERTISEMENT\n",
            vec!["1 suppression/unused", "4"],
        ),
        ("the file, wherever", "ADVERTISEMENT\n\nText.\n\n<!-- copydesk-disable-file residue -->\n", vec![]),
        (
            "a quote",
            "> <!-- copydesk-disable-next-line link -->\n> [a](gone.md)\n> [b](gone.md)\n",
            vec!["3 link/broken"],
        ),
        ("CRLF", "<!-- copydesk-disable-next-line residue -->\r\n\r\nADVERTISEMENT\r\n", vec![]),
        ("é 😀 日本", "é 😀 日本\n\n<!-- copydesk-disable-next-line residue: 日本 😀 -->\nADVERTISEMENT", vec![]),
        ("dashes", "<!-- copydesk-disable-next-line residue -- a reason -->\nADVERTISEMENT\n", vec![]),
        (
            "the other rule",
            "<!-- copydesk-disable-next-line link -->\nADVERTISEMENT\n",
            vec!["1 suppression/unused", "2"],
        ),
        ("code", "```html\n<!-- copydesk-disable-file -->\n```\n\nADVERTISEMENT\n", vec!["5"]),
        ("inline code", "See `<!-- copydesk-disable-file -->`.\n\nADVERTISEMENT\n", vec!["3"]),
    ] {
        let expected: Vec<String> = left
            .into_iter()
            .map(|one| if one.contains(' ') { one.to_owned() } else { format!("{one} {advert}") })
            .collect();
        assert_eq!(found("posts/a.md", text, ""), expected, "{comment}");
    }
}

#[test]
fn every_kind_of_source_has_its_comments() {
    for (path, text) in [
        ("a.mdx", "{/* copydesk-disable-next-line residue: quoted */}\nADVERTISEMENT\n"),
        ("a.html", "<p>One.</p>\n<!-- copydesk-disable-next-line residue -->\n<p>ADVERTISEMENT</p>\n"),
        ("a.md", "---\ntitle: One\ndate: 2025-13-01 # copydesk-disable-line date\n---\n\nText.\n"),
        ("a.md", "---\ntitle: One\n# copydesk-disable-next-line date: kept\ndate: 2025-13-01\n---\n\nText.\n"),
        ("a.md", "+++\ntitle = 'One'\ndate = '2025-13-01' # copydesk-disable-line date\n+++\n\nText.\n"),
        ("a.md", "{\"title\": \"One\", \"date\": \"2025-13-01\"}\n\n<!-- copydesk-disable-file date -->\n\nText.\n"),
        ("a.md", "---\ntitle: One # copydesk-disable-file residue\n---\n\nADVERTISEMENT\n"),
    ] {
        assert_eq!(found(path, text, ""), Vec::<String>::new(), "{text}");
        let without = text.replace("copydesk-disable", "copydask-disable");
        assert_ne!(found(path, &without, ""), Vec::<String>::new(), "{text}");
    }
    assert_eq!(found("a.txt", "<!-- copydesk-disable-file -->\n\nADVERTISEMENT\n", "").len(), 1);
}

#[test]
fn findings_about_an_article_in_its_site_are_suppressed_too() {
    let link = "See <!-- copydesk-disable-line link/broken: comes next week --> [it](gone.md).\n\n[more](gone.md)\n";
    assert_eq!(found("posts/a.md", link, ""), ["3 link/broken"]);
    let required = "collections: { all: { files: '**', front-matter: { required: [title, date] } } }";
    let file = "---\n# copydesk-disable-file front-matter/required\ntitle: One\n---\n\nText.\n";
    assert_eq!(found("posts/a.md", file, required), Vec::<String>::new());
}

#[test]
fn a_comment_for_a_rule_that_is_off_is_let_pass() {
    let text = "<!-- copydesk-disable-file residue/advertisement -->\n\nText.\n";
    assert_eq!(found("a.md", text, "rules: { residue/advertisement: off }"), Vec::<String>::new());
    assert_eq!(found("a.md", text, ""), ["1 suppression/unused"]);
    assert_eq!(found("a.md", text, "rules: { suppression/unused: off }"), Vec::<String>::new());
}

#[test]
fn comments_about_comments() {
    let unused = "<!-- copydesk-disable-next-line suppression/unused: kept for the next issue -->\n\
                  <!-- copydesk-disable-line residue -->\n\nText.\n";
    // The next line is the one that is no comment.
    assert_eq!(found("a.md", unused, ""), ["1 suppression/unused", "2 suppression/unused"]);
    let file = "<!-- copydesk-disable-file suppression -->\n\nText. <!-- copydesk-disable-line residue -->\n";
    assert_eq!(found("a.md", file, ""), Vec::<String>::new());
    // Everything does not mean what is said about comments.
    let all = "<!-- copydesk-disable-file -->\n\nADVERTISEMENT\n\nText. <!-- copydesk-disable-line link -->\n";
    assert_eq!(found("a.md", all, ""), ["5 suppression/unused"]);
    assert_eq!(found("a.md", "<!-- copydesk-disable-file suppression -->\n\nText.\n", ""), ["1 suppression/unused"]);
}

/// What is written into `text` so that a second check is silent. Nothing else may change.
fn written(path: &str, text: &str) -> String {
    let desk = Desk::new(&[(path, text)]);
    let ran = desk.check(&["--add-suppressions=old"]);
    assert_eq!(ran.code, 0, "{ran:?}\n{}", desk.read(path));
    let result = desk.read(path);
    let again = desk.check(&[]);
    assert!(again.code == 0 && again.stdout.is_empty(), "{again:?}\n{result}");
    assert!(desk.check(&["--add-suppressions=old"]).stderr.starts_with("checked 1 article"), "a second run is idle");
    assert_eq!(desk.read(path), result);
    result
}

#[test]
fn comments_are_written_where_they_change_nothing_else() {
    for (path, before, after) in [
        (
            "a.md",
            "Text.\n\nADVERTISEMENT\n\nThe walk goes on.\n",
            "Text.\n\n<!-- copydesk-disable-next-line residue/advertisement: old -->\nADVERTISEMENT\n\nThe walk goes on.\n",
        ),
        (
            "a.md",
            "One [it](gone.md)\r\nand [it](lost.md)  \r\nor not.\r\n",
            "<!-- copydesk-disable-next-line link/broken: old -->\r\nOne [it](gone.md)\r\nand [it](lost.md) \
             <!-- copydesk-disable-line link/broken: old -->  \r\nor not.\r\n",
        ),
        (
            "a.md",
            "1. [it](gone.md)\n2. two\n3. [é](lost.md)\n",
            "1. [it](gone.md) <!-- copydesk-disable-line link/broken: old -->\n2. two\n3. [é](lost.md) \
             <!-- copydesk-disable-line link/broken: old -->\n",
        ),
        (
            "a.md",
            "| a | b |\n|---|---|\n| 1 | [it](gone.md) |\n",
            "| a | b |\n|---|---|\n| 1 | [it](gone.md) <!-- copydesk-disable-line link/broken: old --> |\n",
        ),
        (
            "a.md",
            "---\ntitle: One\ndate: 2025-13-01\n---\n\nText.\n",
            "---\ntitle: One\ndate: 2025-13-01 # copydesk-disable-line date/invalid: old\n---\n\nText.\n",
        ),
        (
            "a.mdx",
            "Text.\n\n[it](gone.md)\n",
            "Text.\n\n{/* copydesk-disable-next-line link/broken: old */}\n[it](gone.md)\n",
        ),
        (
            "a.html",
            "<!doctype html>\n<p>Text.</p>\n  <p><a href=\"gone.html\">it</a></p>\n",
            "<!doctype html>\n<p>Text.</p>\n  <!-- copydesk-disable-next-line link/broken: old -->\n  <p><a href=\"gone.html\">it</a></p>\n",
        ),
        (
            "a.md",
            "\u{FEFF}[it](gone.md)\n",
            "\u{FEFF}<!-- copydesk-disable-next-line link/broken: old -->\n[it](gone.md)\n",
        ),
        (
            "a.md",
            "{\"title\": \"One\", \"date\": \"2025-13-01\"}\n\nText.\n",
            "{\"title\": \"One\", \"date\": \"2025-13-01\"}\n\n<!-- copydesk-disable-file date/invalid: old -->\n\nText.\n",
        ),
    ] {
        assert_eq!(written(path, before), after, "{before}");
    }
}

#[test]
fn a_finding_on_the_fence_is_suppressed_for_the_file() {
    let desk = Desk::new(&[
        ("copydesk.yaml", "collections: { all: { files: '**', front-matter: { required: [title, date] } } }\n"),
        ("a.md", "---\ntitle: One\n---\n\nText.\n"),
    ]);
    let ran = desk.check(&["--add-suppressions"]);
    assert_eq!(
        ran,
        Ran::new(0, "", "suppressed 1 finding in 1 article\nchecked 1 article: no findings, 1 suppressed\n")
    );
    assert_eq!(desk.read("a.md"), "---\n# copydesk-disable-file front-matter/required\ntitle: One\n---\n\nText.\n");
}

#[test]
fn plain_text_has_no_comments_and_says_what_to_do() {
    let desk = Desk::new(&[("a.txt", "Text.\n\nADVERTISEMENT\n\nThe walk goes on.\n")]);
    let ran = desk.check(&["--add-suppressions"]);
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.contains("overrides:\n    - files: [\"a.txt\"]\n"), "{ran:?}");
    assert_eq!(desk.read("a.txt"), "Text.\n\nADVERTISEMENT\n\nThe walk goes on.\n");
}

#[test]
fn a_reason_cannot_break_out_of_its_comment() {
    let desk = Desk::new(&[("a.md", "ADVERTISEMENT\n")]);
    for reason in ["a --> b", "a */ b", "a\nb"] {
        let ran = desk.check(&[&format!("--add-suppressions={reason}")]);
        assert_eq!(ran.code, 2, "{ran:?}");
    }
    assert_eq!(desk.check(&["--add-suppressions", "--fix"]).code, 2);
    assert_eq!(desk.read("a.md"), "ADVERTISEMENT\n");
    // Standard output is the article.
    let piped = desk.run(&["check", "-", "--add-suppressions=x"], b"ADVERTISEMENT\n");
    assert_eq!((piped.code, piped.stdout.lines().count()), (0, 2), "{piped:?}");
}
