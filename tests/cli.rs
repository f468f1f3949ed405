//! The command line: exit codes, paths, configuration, formats.

mod common;

use std::fs;

use common::{Desk, Ran};

#[test]
fn nothing_wrong_is_0_and_tells_how_many_articles_were_checked() {
    let desk = Desk::new(&[("a.md", "# One\n"), ("b/c.mdx", "x\n"), ("d.png", "")]);
    let ran = desk.check(&[]);
    assert_eq!(ran, Ran::new(0, "", "checked 2 articles: no findings\n"));
    assert_eq!(desk.check(&["--quiet"]), Ran::new(0, "", ""));
    assert_eq!(desk.check(&["a.md"]).stderr, "checked 1 article: no findings\n");
}

#[test]
fn findings_are_1_unless_told_otherwise() {
    let desk = Desk::new(&[("copydesk.yaml", "content: ['*.md', 'gone/**']\n"), ("a.md", "x\n")]);
    let line = "copydesk.yaml:1:19: warning[config/unused] `gone/**` matches no file\n";
    assert_eq!(desk.check(&[]), Ran::new(1, line, "checked 1 article: 1 warning\n"));
    assert_eq!(desk.check(&["--fail-on", "error"]).code, 0);
    assert_eq!(desk.check(&["--fail-on", "note"]).code, 1);
    assert_eq!(desk.check(&["--max-warnings", "1"]).code, 0);
    assert_eq!(desk.check(&["--max-warnings", "0"]).code, 1);
    assert_eq!(desk.check(&["--exit-zero"]).code, 0);
    assert_eq!(desk.check(&["--no-config"]).code, 0);
    // Who names files asks about these files.
    assert_eq!(desk.check(&["a.md"]), Ran::new(0, "", "checked 1 article: no findings\n"));
    desk.write("copydesk.yaml", "content: ['*.md', 'gone/**']\nrules: { config/unused: off }\n");
    assert_eq!(desk.check(&[]).code, 0);
    desk.write("copydesk.yaml", "content: ['*.md', 'gone/**']\nrules: { config/unused: error }\n");
    assert_eq!(desk.check(&["--max-warnings", "1"]).code, 1);
}

#[test]
fn a_broken_configuration_is_2_and_told_on_standard_error() {
    let desk = Desk::new(&[("copydesk.yaml", "rules: { config/unusd: off }\ncontnet: []\n"), ("a.md", "x\n")]);
    let ran = desk.check(&["--format", "json"]);
    insta::assert_snapshot!(ran.stderr, @r"
    copydesk.yaml:1:10: error[config/invalid] there is no rule `config/unusd`
      help: did you mean `config/unused`?
    copydesk.yaml:2:1: error[config/invalid] unknown key `contnet`
      help: did you mean `content`?
    copydesk: copydesk.yaml has 2 mistakes; no article was checked
    ");
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    // Not even `--exit-zero` makes that a success.
    assert_eq!(desk.check(&["--exit-zero"]).code, 2);
    assert_eq!(desk.check(&["--config", "other.yaml"]).code, 2);
    assert!(desk.check(&["--config", "other.yaml"]).stderr.contains("cannot read the configuration"));
}

#[test]
fn wrong_usage_is_2() {
    let desk = Desk::new(&[("a.md", "x\n")]);
    for args in [
        &["--fail-on", "info"][..],
        &["--format", "yaml"],
        &["--today", "tomorrow"],
        &["--today", "2025-02-30"],
        &["--today", "2025-07-18T10:00:00"],
        &["--format", "json="],
        &["--format", "json", "--format", "concise"],
        &["--unsafe-fixes"],
        &["--fix", "--diff"],
        &["--stdin-filename", "a.md"],
        &["-", "a.md"],
        &["--config", "a", "--no-config"],
        &["-j", "0"],
    ] {
        let ran = desk.check(args);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{args:?} {ran:?}");
    }
    assert_eq!(desk.run(&["chek"], b"").code, 2);
    assert_eq!(desk.run(&["check", "--help"], b"").code, 0);
}

#[test]
fn a_missing_path_is_2_and_the_others_are_checked() {
    let desk = Desk::new(&[("a.md", "x\n"), ("b.md", "x\n")]);
    let ran = desk.check(&["nope.md", "a.md", "no*.md", "gone/"]);
    insta::assert_snapshot!(ran.stderr, @r"
    copydesk: there is no file or folder `nope.md`
    copydesk: there is no file or folder `gone/`
    copydesk: the glob `no*.md` matches no file
    checked 1 article: no findings
    ");
    assert_eq!(ran.code, 2);
}

#[test]
fn an_empty_path_is_not_the_whole_site() {
    let desk = Desk::new(&[("a.md", "x\n\nADVERTISEMENT\n")]);
    let ran = desk.check(&["--fix", ""]);
    assert_eq!(ran, Ran::new(2, "", "copydesk: an empty path names no file or folder\n"));
    assert_eq!(desk.read("a.md"), "x\n\nADVERTISEMENT\n");
}

#[test]
fn an_article_that_cannot_be_written_does_not_count_as_fixed() {
    let desk = Desk::new(&[("a.md", "x\n\nADVERTISEMENT\n"), ("b.md", "x\n\nADVERTISEMENT\n")]);
    let mut permissions = fs::metadata(desk.path("b.md")).expect("metadata").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(desk.path("b.md"), permissions).expect("set");
    let ran = desk.check(&["--fix"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("cannot write `b.md`"), "{}", ran.stderr);
    assert!(ran.stderr.contains("fixed 1 finding in 1 article: residue/advertisement\n"), "{}", ran.stderr);
    assert!(ran.stdout.starts_with("b.md:3:1: error[residue/advertisement]"), "{}", ran.stdout);
}

#[test]
fn globs_work_in_any_shell() {
    let desk = Desk::new(&[("a/x.md", ""), ("a/b/y.md", ""), ("c/z.md", ""), ("c/[id].md", "")]);
    assert_eq!(desk.files(&["a/**/*.md"]), ["a/b/y.md", "a/x.md"]);
    assert_eq!(desk.files(&["*/*.md"]), ["a/x.md", "c/[id].md", "c/z.md"]);
    assert_eq!(desk.files(&["{a,c}/?.md"]), ["a/x.md", "c/z.md"]);
    // A name that is there is no glob.
    assert_eq!(desk.files(&["c/[id].md"]), ["c/[id].md"]);
    let inner = desk.within("a");
    assert_eq!(inner.files(&["**/*.md"]), ["b/y.md", "x.md"]);
}

#[test]
fn ignore_files_and_exclude_hold_for_named_files_too() {
    let desk = Desk::new(&[
        ("copydesk.yaml", "exclude: ['drafts/**', 'old.md']\n"),
        (".gitignore", "build/\n/local.md\n"),
        ("a.md", ""),
        ("old.md", ""),
        ("local.md", ""),
        ("build/b.md", ""),
        ("drafts/c.md", ""),
    ]);
    assert_eq!(desk.files(&[]), ["a.md"]);
    assert_eq!(desk.files(&["."]), ["a.md"]);
    assert_eq!(desk.files(&["*.md"]), ["a.md"]);
    let ran = desk.check(&["old.md", "local.md", "build/b.md", "drafts/c.md"]);
    insta::assert_snapshot!(ran.stderr, @r"
    skipped: `old.md` is excluded by the configuration
    skipped: `local.md` is hidden by an ignore file
    skipped: `build/b.md` is hidden by an ignore file
    skipped: `drafts/c.md` is excluded by the configuration
    no articles to check
    ");
    assert_eq!(ran.code, 0);
    // The same without a configuration or a repository around.
    assert_eq!(desk.check(&["--no-config", "local.md"]).stderr.lines().count(), 2);
    assert_eq!(desk.files(&["--no-config", "old.md"]), ["old.md"]);
}

#[test]
fn nothing_to_check_is_an_error_only_if_nothing_was_named() {
    let desk = Desk::new(&[("x.png", ""), ("empty/x.png", "")]);
    let ran = desk.check(&[]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("there are no articles in"), "{}", ran.stderr);
    let none = |folder: &str| {
        format!("skipped: there is no Markdown, MDX, HTML or plain text in `{folder}`, or an ignore file hides it\n")
    };
    let empty = desk.path("empty").display().to_string();
    assert_eq!(desk.check(&["empty"]), Ran::new(0, "", &format!("{}no articles to check\n", none(&empty))));
    desk.write("copydesk.yaml", "");
    assert_eq!(desk.check(&["empty"]), Ran::new(0, "", &format!("{}no articles to check\n", none("empty"))));
    desk.write("old/a.md", "x\n");
    desk.write("docs/_layouts/x.html", "x\n");
    desk.write("docs/a.md", "x\n");
    desk.write("copydesk.yaml", "exclude: [old]\n");
    let told = |folder: &str| desk.check(&[folder]).stderr;
    assert_eq!(told("old"), "skipped: `old` is excluded by the configuration\nno articles to check\n");
    desk.write("copydesk.yaml", "content: ['posts/**']\nrules: { config/unused: off }\n");
    assert!(told("docs").starts_with("skipped: `content` in the configuration names nothing in `docs`"));
    assert_eq!(desk.check(&["x.png"]).code, 0);
}

#[test]
fn what_is_no_article_is_one_if_named() {
    let desk = Desk::new(&[
        (".git/HEAD", ""),
        ("README.md", ""),
        ("a.md", ""),
        ("layouts/x.html", ""),
        ("node_modules/x/a.md", ""),
        (".github/b.md", ""),
        ("content/layouts/x.html", ""),
        ("requirements.txt", ""),
    ]);
    assert_eq!(desk.files(&[]), ["a.md", "content/layouts/x.html"]);
    assert_eq!(desk.files(&["README.md", "layouts/x.html"]), ["README.md", "layouts/x.html"]);
    assert_eq!(desk.files(&["layouts"]), Vec::<String>::new());
    desk.write("copydesk.yaml", "content: ['README.md', 'layouts/**', '.github/**']\n");
    assert_eq!(desk.files(&[]), [".github/b.md", "README.md", "layouts/x.html"]);
    desk.write("copydesk.yaml", "collections: { pages: { files: layouts } }\n");
    assert_eq!(desk.files(&[]), ["a.md", "content/layouts/x.html", "layouts/x.html"]);
}

#[test]
fn paths_are_seen_from_the_configuration_else_from_the_working_directory() {
    let desk = Desk::new(&[(".git/HEAD", ""), ("content/posts/a.md", ""), ("content/b.md", "")]);
    let inner = desk.within("content/posts");
    assert_eq!(inner.files(&[".."]), ["../b.md", "a.md"]);
    assert_eq!(inner.files(&[]), ["a.md"]);
    assert_eq!(inner.files(&["../b.md"]), ["../b.md"]);
    desk.write(".copydesk.yaml", "");
    assert_eq!(inner.files(&[]), ["content/posts/a.md"]);
    assert_eq!(desk.within("content").files(&["posts"]), ["content/posts/a.md"]);
    // A configuration from elsewhere does not say where the site is.
    desk.write("conf/house.yaml", "exclude: ['content/b.md']\n");
    assert_eq!(desk.files(&["--config", "conf/house.yaml"]), ["content/posts/a.md"]);
}

#[test]
fn a_site_in_a_folder_goes_by_its_own_configuration() {
    let bad = "One.\n\nADVERTISEMENT\n\nTwo.\n";
    let desk = Desk::new(&[
        (".git/HEAD", ""),
        ("site/copydesk.yaml", "exclude: [posts/old]\ncontent: ['posts/**']\n"),
        ("site/posts/a.md", bad),
        ("site/posts/old/b.md", bad),
        ("notes/c.md", bad),
    ]);
    // As a hook asks that runs at the top of the repository, or an editor.
    let line = "site/posts/a.md:3:1: error[residue/advertisement] advertising marker in the text\n";
    for names in [&["site"][..], &["site/posts/a.md", "site/posts/old/b.md"], &["site/posts/*.md"]] {
        assert_eq!((desk.check(names).code, desk.check(names).stdout.as_str()), (1, line), "{names:?}");
    }
    let piped = desk.run(&["check", "-", "--stdin-filename", "site/posts/old/new.md"], bad.as_bytes());
    assert!(piped.code == 0 && piped.stderr.contains("is excluded by the configuration"), "{piped:?}");
    assert!(desk.run(&["config", "site/posts/a.md"], b"").stdout.contains("configuration  site/copydesk.yaml"));
    // The baseline is that of the site.
    assert_eq!(desk.run(&["baseline", "site"], b"").code, 0);
    assert!(desk.path("site/copydesk-baseline.yaml").exists());
    assert_eq!(desk.check(&["site"]).code, 0);
    // All of the repository is no site: what it does not go by is told.
    let all = desk.check(&[]);
    assert_eq!(all.stdout.lines().count(), 3);
    assert!(
        all.stderr.starts_with("`site/copydesk.yaml` is not used here: `copydesk check site` goes by it\n"),
        "{all:?}"
    );
    assert!(!desk.check(&["--no-config"]).stderr.contains("is not used"));
    desk.write("site/copydesk.yaml", "contnet: []\n");
    assert!(desk.check(&["site"]).stderr.starts_with("site/copydesk.yaml:1:1: error[config/invalid] unknown key"));
    // One site at a time.
    desk.write("other/.copydesk.yaml", "");
    desk.write("other/d.md", "x\n");
    let ran = desk.check(&["other", "site"]);
    let told = "copydesk: what is named belongs to `other/.copydesk.yaml` and to `site/copydesk.yaml`: check one site at a time\n";
    assert_eq!(ran, Ran::new(2, "", told));
}

#[test]
fn standard_input_is_an_article_at_a_path() {
    let desk = Desk::new(&[("copydesk.yaml", "exclude: [old]\n"), ("a.md", "x\n")]);
    let ran = |args: &[&str]| desk.run(&[&["check"], args].concat(), b"text\n");
    assert_eq!(ran(&["-"]).stderr, "checked 1 article: no findings\n");
    assert_eq!(ran(&["-", "--stdin-filename", "new/b.txt"]).stderr, "checked 1 article: no findings\n");
    assert_eq!(ran(&["-", "--stdin-filename", "new/b.txt", "--show-files"]).stdout, "new/b.txt\n");
    let skipped = ran(&["-", "--stdin-filename", "old/b.md"]);
    assert_eq!((skipped.code, skipped.stdout.as_str()), (0, ""));
    assert_eq!(skipped.stderr, "skipped: `old/b.md` is excluded by the configuration\nno articles to check\n");
    assert_eq!(ran(&["-", "--stdin-filename", "b.css"]).code, 2);
    // The file may be there already, inside a site or not.
    for args in [&["-", "--stdin-filename", "a.md"][..], &["--no-config", "-", "--stdin-filename", "a.md"]] {
        assert_eq!(ran(args).stderr, "checked 1 article: no findings\n");
    }
}

#[test]
fn several_formats_go_to_files_at_once() {
    let desk = Desk::new(&[("copydesk.yaml", "content: ['*.md', 'é\u{202E}/**']\n"), ("a.md", "x\n")]);
    let ran = desk.check(&["--format", "concise", "--format", "json=out.json", "--format", "concise=out.txt"]);
    assert_eq!(ran.code, 1);
    assert_eq!(ran.stdout, "copydesk.yaml:1:19: warning[config/unused] `é<U+202E>/**` matches no file\n");
    assert_eq!(desk.read("out.txt"), ran.stdout);
    let json: serde_json::Value = serde_json::from_str(&desk.read("out.json")).expect("it is JSON");
    assert_eq!(json["summary"]["warnings"], 1);
    assert_eq!(json["findings"][0]["range"]["end"]["column"], 26);
    assert!(!desk.read("out.json").contains('\u{202E}'));
    let ran = desk.check(&["--format", "json=no/such/folder.json"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("cannot write `no/such/folder.json`"), "{}", ran.stderr);
    // An empty result is still a document.
    desk.write("copydesk.yaml", "");
    let ran = desk.check(&["--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&ran.stdout).expect("it is JSON");
    assert_eq!((ran.code, json["findings"].as_array().map(Vec::len)), (0, Some(0)));
}

#[test]
fn a_report_is_no_article() {
    let desk = Desk::new(&[("a.md", "One.\n\nADVERTISEMENT\n\nTwo.\n"), ("b.html", "<p>Text.</p>\n")]);
    desk.check(&["--format", "html=report.html"]);
    desk.run(&["graph", "--output", "graph.html"], b"");
    assert_eq!(desk.files(&[]), ["a.md", "b.html"]);
    // Whoever names it means it.
    assert_eq!(desk.files(&["report.html"]), ["report.html"]);
}

#[test]
fn explain_prints_the_page_and_rules_the_table() {
    let desk = Desk::new(&[]);
    let ran = desk.run(&["explain", "config/unused"], b"");
    assert!(ran.code == 0 && ran.stdout.starts_with("# config/unused\n\nReports a glob"), "{ran:?}");
    let ran = desk.run(&["explain", "config/unusd"], b"");
    assert_eq!(ran, Ran::new(2, "", "copydesk: there is no rule `config/unusd`: did you mean `config/unused`?\n"));
    let ran = desk.run(&["rules"], b"");
    let row = ran.stdout.lines().find(|line| line.starts_with("config/unused ")).expect("a row");
    assert!(row.split_whitespace().take(4).eq(["config/unused", "warning", "Reports", "a"]), "{row}");
}

#[test]
fn bytes_that_are_not_utf_8_and_empty_files_are_articles() {
    let desk = Desk::new(&[("empty.md", ""), ("bom.md", "\u{FEFF}"), ("crlf.md", "# a\r\n\r\nb\r\n")]);
    fs::write(desk.path("latin.txt"), b"caf\xE9\n").expect("written");
    assert_eq!(desk.files(&[]).len(), 4);
    assert!(desk.check(&[]).code < 2);
}

#[cfg(unix)]
mod unix {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn links_are_followed_once() {
        let desk = Desk::new(&[("a.md", "x\n"), ("posts/b.md", "x\n")]);
        let link = |to: &str, from: &str| symlink(to, desk.path(from)).expect("linked");
        link("..", "posts/loop");
        link("posts", "again");
        link("a.md", "same.md");
        link("nowhere.md", "dead.md");
        assert_eq!(desk.files(&[]), ["a.md", "posts/b.md"]);
        assert_eq!(desk.check(&[]), Ran::new(0, "", "checked 2 articles: no findings\n"));
        assert_eq!(desk.check(&["dead.md"]).code, 2);
        // From outside the site, a link is the only name there is.
        let other = Desk::new(&[("c.md", "x\n")]);
        symlink(other.path(""), desk.path("more")).expect("linked");
        assert_eq!(desk.files(&[]), ["a.md", "more/c.md", "posts/b.md"]);
    }

    #[test]
    fn names_that_are_not_utf_8_are_told() {
        let desk = Desk::new(&[("a.md", "x\n")]);
        let name = OsStr::from_bytes(b"caf\xE9.md");
        if fs::write(desk.path("").join(name), "x").is_err() {
            return; // Not every file system has such names.
        }
        let ran = desk.check(&[]);
        assert_eq!(ran.code, 0);
        assert!(ran.stderr.contains("has a name that is not UTF-8"), "{}", ran.stderr);
        assert!(ran.stderr.ends_with("checked 1 article: no findings\n"), "{}", ran.stderr);
        // Nobody asked about it here.
        assert_eq!(desk.check(&["a.md"]).stderr, "checked 1 article: no findings\n");
        assert_eq!(desk.run(&["check", "-"], b"x").stderr, "checked 1 article: no findings\n");
    }

    #[test]
    fn what_cannot_be_read_is_2_and_the_others_are_checked() {
        use std::os::unix::fs::PermissionsExt;
        let desk = Desk::new(&[("a.md", "x\n"), ("b.md", "x\n")]);
        fs::set_permissions(desk.path("b.md"), fs::Permissions::from_mode(0o000)).expect("set");
        if fs::read(desk.path("b.md")).is_ok() {
            return; // Root may read everything.
        }
        let ran = desk.check(&[]);
        assert_eq!(ran.code, 2);
        assert_eq!(ran.stderr, "copydesk: cannot read `b.md`: permission denied\nchecked 1 article: no findings\n");
        assert_eq!(desk.check(&["a.md"]), Ran::new(0, "", "checked 1 article: no findings\n"));
        fs::create_dir(desk.path("c")).expect("made");
        fs::set_permissions(desk.path("c"), fs::Permissions::from_mode(0o000)).expect("set");
        assert!(desk.check(&[]).stderr.starts_with("copydesk: cannot read `c`: permission denied\n"));
    }

    #[test]
    fn a_closed_pipe_ends_quietly() {
        let files: Vec<(String, &str)> = (0..5000).map(|n| (format!("a-rather-long-name-{n}.md"), "")).collect();
        let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), *text)).collect();
        let desk = Desk::new(&files);
        let mut child = desk
            .command(&["check", "--show-files"])
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .expect("it runs");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
        assert_eq!(output.status.code(), Some(0));
    }
}

const PACK: &str = "\
rule: house/clutter
level: warning
summary: A phrase that the house does not want.
message: { one: unwanted phrase, many: '{count} unwanted phrases in a row' }
help: delete it
entries:
  - id: over
    phrases: [Over and out]
    bad: [Over and out, '**OVER AND OUT**']
    good: [The match is over and the lights are out.]
";

#[test]
fn packs_of_the_configuration_make_rules_like_all_others() {
    let desk = Desk::new(&[
        ("copydesk.yaml", "packs: [rules/house.yaml]\nrules: { house/clutter: error }\n"),
        ("rules/house.yaml", PACK),
        ("a.md", "One.\n\n— Over and out —\n\nTwo.\n"),
    ]);
    let ran = desk.check(&["--format", "concise"]);
    assert_eq!(ran.stdout, "a.md:3:1: error[house/clutter] unwanted phrase\n");
    assert_eq!(ran.code, 1);
    desk.check(&["--fix"]);
    assert_eq!(desk.read("a.md"), "One.\n\nTwo.\n");
}

#[test]
fn a_pack_that_cannot_be_meant_is_2_and_told_at_its_place() {
    let desk = Desk::new(&[("copydesk.yaml", "packs: [house.yaml, gone.yaml]\n"), ("a.md", "x\n")]);
    desk.write("house.yaml", &PACK.replace("phrases: [Over and out]", "patterns: ['(over)?']"));
    let ran = desk.check(&[]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    insta::assert_snapshot!(ran.stderr, @r"
    copydesk.yaml:1:21: error[config/invalid] cannot read `gone.yaml`: there is no such file
      help: a path is relative to the folder of the configuration
    house.yaml:8:17: error[config/invalid] entry `over`: pattern `(over)?`: it matches the empty string
      help: `copydesk test` tries a pack without checking articles
    copydesk: copydesk.yaml and the files it names have 2 mistakes; no article was checked
    ");
    desk.write("copydesk.yaml", "packs: [house.yaml]\n");
    desk.write("house.yaml", &PACK.replace("help:", "hlep:"));
    insta::assert_snapshot!(desk.check(&[]).stderr, @r"
    house.yaml:5:1: error[config/invalid] hlep: unknown field `hlep`, expected one of `rule`, `level`, `summary`, `message`, `help`, `fix`, `words`, `entries`
      help: `copydesk test` tries a pack without checking articles
    copydesk: house.yaml has 1 mistake; no article was checked
    ");
    desk.write("house.yaml", &PACK.replace("house/clutter", "residue/share-bar"));
    insta::assert_snapshot!(desk.check(&[]).stderr, @r"
    house.yaml:1:7: error[config/invalid] another pack makes the rule `residue/share-bar` already
      help: `copydesk test` tries a pack without checking articles
    copydesk: house.yaml has 1 mistake; no article was checked
    ");
}

#[test]
fn a_pack_is_tried_by_its_own_lines() {
    let desk = Desk::new(&[("copydesk.yaml", "packs: [rules/house.yaml]\n"), ("rules/house.yaml", PACK)]);
    let ran = desk.run(&["test"], b"");
    assert_eq!(ran, Ran::new(0, "rules/house.yaml: 2 bad and 1 good lines tried, all as they should be\n", ""));
    desk.write(
        "rules/house.yaml",
        &PACK.replace("'**OVER AND OUT**'", "Roger").replace("The match", "Over and out, the match"),
    );
    desk.write("other.yaml", &PACK.replace("The match is over and the lights are out.", "Over and out"));
    let ran = desk.run(&["test", "rules/house.yaml", "other.yaml"], b"");
    assert_eq!(ran.code, 1);
    insta::assert_snapshot!(ran.stdout, @r"
    rules/house.yaml:9:25: entry `over`: this bad line is not found in Markdown: Roger
    rules/house.yaml:10:12: entry `over`: this good line is found by the entry `over` of house/clutter: Over and out
    rules/house.yaml: 2 bad and 2 good lines tried, 2 not as they should be
    other.yaml:10:12: entry `over`: this good line is found by the entry `over` of house/clutter: Over and out
    other.yaml: 2 bad and 1 good lines tried, 1 not as they should be
    ");
    desk.write("other.yaml", &PACK.replace("id: over", "id: Over"));
    assert_eq!(desk.run(&["test", "other.yaml"], b"").code, 2);
    assert_eq!(desk.run(&["test", "none.yaml"], b"").code, 2);
    desk.write("copydesk.yaml", "");
    assert_eq!(desk.run(&["test"], b"").code, 2);
}
