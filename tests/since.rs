//! Only what a change brought, on real histories.

mod common;

use std::fs;

use common::{Desk, Ran};

const OLD: &str = "One paragraph.\n\nADVERTISEMENT\n\n[good](good.md#a-part)\n\nThe end.\n";
const GOOD: &str = "# Good\n\n## A part\n\nText.\n";

/// A repository with an old finding on `main`, and the branch `change` checked out.
fn desk() -> Desk {
    let desk = Desk::new(&[
        ("copydesk.yaml", "content: ['**/*.md']\n"),
        ("old.md", OLD),
        ("good.md", GOOD),
        ("é b.md", "Text.\n"),
    ]);
    desk.git(&["init", "-q", "-b", "main"]);
    desk.commit();
    desk.git(&["checkout", "-qb", "change"]);
    desk
}

fn found(desk: &Desk, args: &[&str]) -> Vec<String> {
    let ran = desk.check(args);
    assert!(ran.code < 2, "{ran:?}");
    let place = |line: &str| {
        let (place, rest) = line.split_once(": ").expect("a place");
        let rule = rest.split(['[', ']']).nth(1).expect("a rule");
        format!("{} {rule}", place.rsplit_once(':').expect("a column").0)
    };
    ran.stdout.lines().map(place).collect()
}

const NOTHING: [&str; 0] = [];

#[test]
fn findings_on_changed_lines_are_reported() {
    let desk = desk();
    assert_eq!(desk.check(&["--since", "main"]).stderr, "checked 3 articles: no findings, 1 not of this change\n");
    desk.write("old.md", &OLD.replace("The end.", "The end.\n\nADVERTISEMENT\n\nReally."));
    desk.write("new é.md", "Text.\n\nADVERTISEMENT\n\nThe walk goes on.\n");
    // Committed or not, known to git or not.
    let expected = ["new é.md:3 residue/advertisement", "old.md:9 residue/advertisement"];
    assert_eq!(found(&desk, &["--since", "main"]), expected);
    desk.commit();
    assert_eq!(found(&desk, &["--since", "main"]), expected);
    assert_eq!(found(&desk, &["--since", "main", "old.md"]), expected[1..]);
    assert_eq!(found(&desk, &["--since", "HEAD"]), NOTHING);
    assert_eq!(found(&desk, &["--since", "main", "--scope", "files"]).len(), 3);
    assert_eq!(found(&desk, &["--since", "HEAD", "--scope", "all"]).len(), 3);
    // Only what the change brought is mended.
    desk.check(&["--since", "main", "--fix"]);
    assert_eq!(desk.read("old.md"), OLD.replace("The end.", "The end.\n\nReally."));
}

#[test]
fn what_main_did_meanwhile_is_not_of_the_change() {
    let desk = desk();
    desk.write("new.md", "Text.\n\nADVERTISEMENT\n\nThe walk goes on.\n");
    desk.commit();
    desk.git(&["checkout", "-q", "main"]);
    desk.write("old.md", &OLD.replace("ADVERTISEMENT\n\n", ""));
    desk.commit();
    desk.git(&["checkout", "-q", "change"]);
    assert_eq!(found(&desk, &["--since", "main"]), ["new.md:3 residue/advertisement"]);
    assert_eq!(found(&desk, &["--since", "main", "--no-merge-base"]).len(), 2);
}

#[test]
fn what_the_change_broke_elsewhere_is_reported() {
    // A heading in another article.
    let desk = desk();
    desk.write("good.md", &GOOD.replace("A part", "Some part"));
    assert_eq!(found(&desk, &["--since", "main"]), ["old.md:5 link/anchor"]);
    // Another article is gone.
    fs::remove_file(desk.path("good.md")).expect("removed");
    assert_eq!(found(&desk, &["--since", "main"]), ["old.md:5 link/broken"]);
    desk.commit();
    assert_eq!(found(&desk, &["--since", "main", "--scope", "files"]), ["old.md:5 link/broken"]);
    // It is renamed.
    let desk = self::desk();
    desk.git(&["mv", "good.md", "better.md"]);
    assert_eq!(found(&desk, &["--since", "main"]), ["old.md:5 link/broken"]);
    // The article with old findings is renamed: they are still old.
    let desk = self::desk();
    desk.git(&["mv", "old.md", "older.md"]);
    desk.write("older.md", &OLD.replace("One", "A new"));
    desk.git(&["add", "-A"]);
    assert_eq!(found(&desk, &["--since", "main"]), NOTHING);
}

#[test]
fn staged_content_is_what_is_checked() {
    let desk = desk();
    let bad = "Text.\n\nADVERTISEMENT\n\nThe walk goes on.\n";
    desk.write("é b.md", bad);
    assert_eq!(found(&desk, &["--staged"]), NOTHING);
    desk.git(&["add", "é b.md"]);
    assert_eq!(found(&desk, &["--staged"]), ["é b.md:3 residue/advertisement"]);
    // Mended in the working tree, but not staged.
    desk.write("é b.md", "Text.\n");
    assert_eq!(found(&desk, &["--staged"]), ["é b.md:3 residue/advertisement"]);
    desk.git(&["add", "é b.md"]);
    assert_eq!(found(&desk, &["--staged"]), NOTHING);
    // A link to what is not staged is broken in the commit; a file that is only deleted here is still there.
    desk.write("draft.md", "Text.\n");
    desk.write("é b.md", "[draft](draft.md) and [good](good.md#a-part)\n");
    desk.git(&["add", "é b.md"]);
    fs::remove_file(desk.path("good.md")).expect("removed");
    assert_eq!(found(&desk, &["--staged"]), ["é b.md:1 link/broken"]);
    assert_eq!(desk.check(&["--staged", "--fix"]).code, 2);
    // The first commit of all.
    let fresh = Desk::new(&[("a.md", bad)]);
    fresh.git(&["init", "-q"]);
    fresh.git(&["add", "-A"]);
    assert_eq!(found(&fresh, &["--staged"]), ["a.md:3 residue/advertisement"]);
}

#[test]
fn a_site_in_a_folder_of_the_repository() {
    let desk = Desk::new(&[
        ("site/copydesk.yaml", "content: ['**/*.md']\n"),
        ("site/a.md", OLD),
        ("site/good.md", GOOD),
        ("b.md", "x\n"),
    ]);
    desk.git(&["init", "-q", "-b", "main"]);
    desk.commit();
    desk.write("site/new.md", "Text.\n\nADVERTISEMENT\n\nThe walk goes on.\n");
    desk.write("c.md", "Text.\n\nADVERTISEMENT\n\nThe walk goes on.\n");
    let site = desk.within("site");
    assert_eq!(found(&site, &["--since", "HEAD"]), ["new.md:3 residue/advertisement"]);
    desk.git(&["add", "-A"]);
    assert_eq!(found(&site, &["--staged"]), ["new.md:3 residue/advertisement"]);
    // A hook is given the repository by variables, relative to where it runs.
    desk.write("site/hugo.toml", "");
    desk.git(&["mv", "site/copydesk.yaml", "copydesk.yml"]);
    desk.git(&["mv", "site/new.md", "site/newer.md"]);
    desk.git(&["add", "-A"]);
    let mut hook = desk.command(&["check", "--staged", "site"]);
    hook.env("GIT_DIR", ".git").env("GIT_INDEX_FILE", ".git/index");
    let output = hook.output().expect("it runs");
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("site/newer.md:3:1"), "{output:?}");
}

#[test]
fn what_git_cannot_tell_is_2_and_says_what_to_do() {
    let desk = desk();
    let told = |desk: &Desk, args: &[&str]| {
        let ran = desk.check(args);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{ran:?}");
        ran.stderr
    };
    assert!(
        told(&desk, &["--since", "nope"])
            .starts_with("copydesk: there is no revision `nope`: name a branch, a tag or a commit")
    );
    told(&desk, &["--since", "--upload-pack=x"]);
    let plain = Desk::new(&[("a.md", "x\n")]);
    assert!(told(&plain, &["--since", "main"]).contains("is in no git repository"));
    assert!(
        told(&plain, &["--staged"]).contains("is in no git repository: run it within one, or check without `--staged`")
    );
    // As in a container into which somebody's folder was mounted.
    let mut foreign = desk.command(&["check", "--since", "main"]);
    foreign
        .env("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1");
    let output = foreign.output().expect("it runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        said.contains("belongs to another user: allow it with `git config --global --add safe.directory /"),
        "{said}"
    );
    assert_eq!(desk.check(&["--since", "main", "--staged"]).code, 2);

    // A shallow clone: of a branch whose start is out of reach, with a main that was fetched to the same depth.
    desk.write("new.md", "Text.\n\nADVERTISEMENT\n\nThe walk goes on.\n");
    desk.commit();
    desk.git(&["checkout", "-q", "main"]);
    desk.write("other.md", "x\n");
    desk.commit();
    let clone = Desk::new(&[]);
    let url = format!("file://{}", desk.path("").display());
    clone.git(&["clone", "-q", "--depth=1", "--branch=change", &url, "."]);
    assert!(told(&clone, &["--since", "origin/main"]).contains("`git fetch origin main:refs/remotes/origin/main`"));
    assert!(told(&clone, &["--since", "HEAD~1"]).contains("`git fetch --unshallow`"));
    let said = told(&clone, &["--since", "main"]);
    let fetch = "if it is a branch of `origin`, fetch it with `git fetch origin main:refs/remotes/origin/main`";
    assert!(said.contains(fetch) && said.contains("compare with `origin/main`"), "{said}");
    clone.git(&["fetch", "-q", "--depth=1", "origin", "main:refs/remotes/origin/main"]);
    assert!(told(&clone, &["--since", "main"]).contains("there is no revision `main`: did you mean `origin/main`?"));
    let said = told(&clone, &["--since", "origin/main"]);
    assert!(said.contains("no common ancestor; this clone is shallow") && said.contains("fetch-depth: 0"), "{said}");
    // Two trees can be compared without their history, and after what it says the rest works.
    assert_eq!(found(&clone, &["--since", "origin/main", "--no-merge-base"]), ["new.md:3 residue/advertisement"]);
    clone.git(&["fetch", "-q", "--unshallow"]);
    assert_eq!(found(&clone, &["--since", "origin/main"]), ["new.md:3 residue/advertisement"]);
}

#[test]
fn findings_of_a_change_and_a_baseline() {
    let desk = desk();
    assert_eq!(desk.run(&["baseline"], b"").code, 0);
    desk.write("old.md", &OLD.replace("ADVERTISEMENT", "ADVERTISEMENT\n\nThe walk goes on.\n\nADVERTISEMENT"));
    let ran = desk.check(&["--since", "main"]);
    assert_eq!((ran.code, ran.stdout.lines().count()), (1, 1), "{ran:?}");
    desk.write("old.md", OLD);
    let told = "checked 3 articles: no findings, 1 in the baseline\n";
    assert_eq!(desk.check(&["--since", "main"]), Ran::new(0, "", told));
}
