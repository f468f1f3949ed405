//! What changed files break in other articles, on real histories of git; and the link graph.

mod common;

use std::process::Command;

use common::Desk;

fn git(desk: &Desk, args: &[&str]) {
    let settings = ["-c", "user.name=Jane Doe", "-c", "user.email=jane@example.org", "-c", "commit.gpgsign=false"];
    let done = Command::new("git")
        .arg("-C")
        .arg(desk.path(""))
        .args(settings)
        .args(args)
        .env("GIT_CONFIG_GLOBAL", desk.path("no-such-file"))
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output()
        .expect("git runs");
    assert!(done.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&done.stderr));
}

/// A folder whose files are committed.
fn committed(files: &[(&str, &str)]) -> Desk {
    let desk = Desk::new(files);
    git(&desk, &["init", "-q", "."]);
    git(&desk, &["add", "-A"]);
    git(&desk, &["commit", "-qm", "First"]);
    desk
}

const LINKS: &str =
    "# É 😀\n\nSee [b](b.md#two), [c](c.md \"t\"), [d](../docs/d.md) and ![i](i.png).\n\n[gone](never-was.md)\n";

fn site() -> Desk {
    committed(&[
        ("docs/a.md", LINKS),
        ("docs/b.md", "# B\n\n## Two\n\nText.\n"),
        ("docs/c.md", "# C\n\nA text that is long enough for git to know it again.\n"),
        ("docs/d.md", "# D\n\nAnother text, which is also long enough to be known.\n"),
        ("docs/i.png", "picture"),
        ("docs/e.md", "# E\n"),
    ])
}

#[test]
fn what_a_change_breaks_elsewhere_is_reported_where_the_link_stands() {
    let desk = site();
    // The link that was broken before is nobody's fault now, and nothing else is.
    assert_eq!(desk.check(&["docs/b.md"]).stdout, "");
    desk.write("docs/b.md", "# B\n\n## Three\n\nText.\n");
    git(&desk, &["mv", "docs/c.md", "docs/c2.md"]);
    std::fs::remove_file(desk.path("docs/d.md")).expect("removed");
    std::fs::remove_file(desk.path("docs/i.png")).expect("removed");
    insta::assert_snapshot!(desk.check(&["docs/b.md"]).stdout, @r"
    docs/a.md:3:13: warning[link/anchor] `docs/b.md` has no heading or anchor `#two`, since the heading `Two` of `docs/b.md` became `Three`
    docs/a.md:3:24: error[link/broken] the link `c.md` leads to nothing: there is no `docs/c.md`, since `docs/c.md` was renamed to `docs/c2.md`
    docs/a.md:3:39: error[link/broken] the link `../docs/d.md` leads to nothing: there is no `docs/d.md`, since `docs/d.md` was deleted
    docs/a.md:3:62: error[link/image] the image `i.png` leads to nothing: there is no `docs/i.png`, since `docs/i.png` was deleted
    ");
    // Of the changed articles only those that are named count; what is gone cannot be named.
    let other = desk.check(&["docs/e.md"]).stdout;
    assert!(!other.contains("link/anchor") && other.contains("docs/d.md` was deleted"), "{other}");
    // Seen as a whole, the site needs no comparison.
    let all = desk.check(&[]).stdout;
    assert!(all.contains("never-was.md") && !all.contains("since"), "{all}");
}

#[test]
fn a_fix_stays_within_the_named_files() {
    let desk = site();
    git(&desk, &["mv", "docs/c.md", "docs/c2.md"]);
    let ran = desk.check(&["docs/b.md", "--fix", "--unsafe-fixes"]);
    assert!(ran.stdout.contains("renamed to `docs/c2.md`"), "{ran:?}");
    assert_eq!(desk.read("docs/a.md"), LINKS);
}

#[test]
fn an_article_that_became_a_draft_is_told_of() {
    let desk = committed(&[("a.md", "See [b](b.md).\n"), ("b.md", "---\ntitle: B\n---\nText.\n")]);
    desk.write("b.md", "---\ntitle: B\ndraft: true\n---\nText.\n");
    insta::assert_snapshot!(desk.check(&["b.md"]).stdout, @"a.md:1:9: warning[link/hidden] the link `b.md` leads to `b.md`, which is a draft, since `b.md` was made a draft");
}

/// A site of Hugo's with a link to each page that `change` does something to.
fn hugo() -> Desk {
    let page = |title: &str, more: &str, text: &str| {
        format!("---\ntitle: {title}\n{more}---\n\nA text of its own, {title}.\n{text}")
    };
    let links = "---\ntitle: Links\n---\n\n[1](/docs/old/) [2](/legacy/) [3](/docs/drafted/)\n\n[4](/docs/long/#second-part) [5](/docs/long/#third-part)\n\
                 [6](/docs/long/#by-hand) [7](/docs/long/#fourth)\n\n[8]({{< ref \"moved.md\" >}}) [9](/docs/plain/)\n";
    let headings = "\n## First\n\n## Second part\n\n## Third part\n\n## Fourth\n\n<a id=\"by-hand\"></a>\n";
    committed(&[
        ("hugo.toml", ""),
        ("layouts/single.html", "<main>{{ .Content }}</main>"),
        ("content/docs/links.md", links),
        ("content/docs/slugged.md", &page("Slugged", "slug: old\n", "")),
        ("content/docs/aliased.md", &page("Aliased", "aliases: [/legacy/]\n", "")),
        ("content/docs/drafted.md", &page("Drafted", "", "")),
        ("content/docs/long.md", &page("Long", "", headings)),
        ("content/docs/moved.md", &page("Moved", "", "")),
        ("content/docs/plain.md", &page("Plain", "", "")),
    ])
}

const CHANGES: &[(&str, &str, &str)] = &[
    ("content/docs/slugged.md", "slug: old", "slug: new"),
    ("content/docs/aliased.md", "aliases: [/legacy/]\n", ""),
    ("content/docs/drafted.md", "title: Drafted", "title: Drafted\ndraft: true"),
    ("content/docs/long.md", "## Second part\n\n## Third part\n", "## The second part\n"),
    ("content/docs/long.md", "## Fourth", "## Fourth {#4th}"),
    ("content/docs/long.md", "<a id=\"by-hand\"></a>\n", ""),
];

#[test]
fn the_change_that_broke_a_link_is_named() {
    let desk = hugo();
    for (path, from, to) in CHANGES {
        let text = desk.read(path);
        assert!(text.contains(from), "{path}");
        desk.write(path, &text.replace(from, to));
    }
    git(&desk, &["mv", "content/docs/moved.md", "content/docs/went.md"]);
    let named: Vec<&str> = CHANGES.iter().map(|(path, ..)| *path).collect();
    let told = desk.check(&named).stdout;
    insta::assert_snapshot!(told);
    git(&desk, &["add", "-A"]);
    assert_eq!(desk.check(&["--staged"]).stdout, told);
    git(&desk, &["commit", "-qm", "Second"]);
    assert_eq!(desk.check(&["--since", "HEAD~1"]).stdout, told);
    // What was broken before has another cause, whatever changed since.
    desk.write("content/docs/long.md", &desk.read("content/docs/long.md").replace("## First", "## 1st"));
    let later = desk.check(&["--since", "HEAD", "--scope", "all"]).stdout;
    assert!(later.lines().count() == told.lines().count() && !later.contains("since"), "{later}");
}

#[test]
fn a_related_article_that_went_is_told_of() {
    let desk = committed(&[
        ("a.md", "---\ntitle: A\nrelated: [b, c.md]\n---\nText.\n"),
        ("b.md", "---\ntitle: B\n---\nText.\n"),
        ("c.md", "---\ntitle: C\n---\nAnother text.\n"),
        ("d.md", "---\ntitle: D\n---\nText.\n"),
    ]);
    std::fs::remove_file(desk.path("c.md")).expect("removed");
    insta::assert_snapshot!(desk.check(&["d.md"]).stdout, @"a.md:3:14: error[related/broken] no article goes by `c.md`, listed as related, since `c.md` was deleted");
}

#[test]
fn without_git_or_a_commit_there_is_nothing_to_compare_with() {
    let desk = Desk::new(&[("a.md", "See [b](b.md).\n"), ("c.md", "Text.\n")]);
    assert_eq!(desk.check(&["c.md"]).stdout, "");
    git(&desk, &["init", "-q", "."]);
    assert_eq!(desk.check(&["c.md"]).stdout, "");
}

#[test]
fn a_rename_in_the_history_is_suggested() {
    let desk = site();
    git(&desk, &["mv", "docs/c.md", "docs/chapter.md"]);
    git(&desk, &["commit", "-qm", "Second"]);
    std::fs::create_dir_all(desk.path("docs/new")).expect("made");
    git(&desk, &["mv", "docs/chapter.md", "docs/new/third é.md"]);
    git(&desk, &["commit", "-qm", "Third"]);
    let ran = desk.check(&["docs/a.md", "--format", "json"]);
    assert!(ran.stdout.contains("did you mean `new/third%20é.md`?"), "{}", ran.stdout);
    assert_eq!(desk.check(&["docs/a.md", "--fix", "--unsafe-fixes"]).code, 1);
    assert!(desk.read("docs/a.md").contains("[c](new/third%20é.md \"t\")"));
}

#[test]
fn the_graph_is_written_in_three_forms() {
    let desk = Desk::new(&[
        (
            "a.md",
            "---\ntitle: A </script>\n---\n[b](b.md), [again](b.md), [itself](a.md), [gone](gone.md), [web](https://example.org)\n",
        ),
        ("b.md", "---\ntitle: \"B \\\"quoted\\\" é\"\nrelated: [c]\n---\n"),
        ("c.md", "---\ndraft: true\n---\n"),
    ]);
    insta::assert_snapshot!(desk.run(&["graph", "--format", "dot"], b"").stdout, @r#"
    digraph site {
      rankdir=LR;
      node [shape=box, fontname="sans-serif"];
      "a.md" [label="A </script>"];
      "b.md" [label="B \"quoted\" é"];
      "c.md" [label="c.md", style=dashed];
      "a.md" -> "b.md";
      "a.md" -> "gone.md" [color=red, style=dashed];
      "b.md" -> "c.md";
    }
    "#);
    let json: serde_json::Value =
        serde_json::from_str(&desk.run(&["graph", "--format", "json"], b"").stdout).expect("JSON");
    assert_eq!(json["nodes"][1]["inbound"], 1);
    let states: Vec<_> = json["links"].as_array().expect("a list").iter().map(|l| l["state"].as_str()).collect();
    assert_eq!(states, [Some("exact"), Some("exact"), Some("exact"), Some("missing"), Some("hidden")]);
    let ran = desk.run(&["graph", "--output", "out.html"], b"");
    assert_eq!((ran.code, ran.stdout.as_str()), (0, ""));
    let page = desk.read("out.html");
    assert!(page.contains(r"A \u003c/script>") && page.matches("</script>").count() == 1 && !page.contains("https://"));
    assert_eq!(desk.run(&["graph", "nowhere"], b"").code, 2);
}
