//! The baseline, on real histories: what is known stays known, what is new is told, what is mended is taken out.

mod common;

use std::fs;

use common::{Desk, Ran};

const OLD: &str = "---\ntitle: Old\n---\n\nText.\n\nADVERTISEMENT\n\nMore text about the walk.\n";

/// A repository with one old finding, which its baseline knows.
fn desk() -> Desk {
    let desk =
        Desk::new(&[("copydesk.yaml", "content: ['posts/**']\n"), ("posts/old.md", OLD), ("posts/good.md", "Text.\n")]);
    desk.git(&["init", "-q"]);
    desk.commit();
    let ran = desk.run(&["baseline"], b"");
    let told = "copydesk-baseline.yaml holds 1 finding in 1 article: commit it; from now on only others are reported\n";
    assert_eq!(ran, Ran::new(0, "", told));
    desk.commit();
    assert_eq!(desk.check(&[]), Ran::new(0, "", "checked 2 articles: no findings, 1 in the baseline\n"));
    desk
}

/// The places of what a check reports.
fn found(desk: &Desk) -> Vec<String> {
    let ran = desk.check(&[]);
    assert!(ran.code < 2, "{ran:?}");
    ran.stdout.lines().map(|line| line.split(": ").next().unwrap_or("").to_owned()).collect()
}

#[test]
fn only_what_is_new_is_reported() {
    let desk = desk();
    desk.write("posts/new.md", OLD);
    assert_eq!(found(&desk), ["posts/new.md:7:1"]);
    // A second one on an equal line is one too many, and the first is still known.
    desk.write("posts/new.md", "Text.\n");
    desk.write("posts/old.md", &format!("{OLD}\nADVERTISEMENT\n\nEnd.\n"));
    assert_eq!(found(&desk), ["posts/old.md:11:1"]);
    assert_eq!(desk.check(&["--no-baseline"]).stdout.lines().count(), 2);
    // Only what is new is mended.
    assert_eq!(desk.check(&["--fix"]).code, 0);
    assert!(desk.read("posts/old.md").starts_with(OLD), "{}", desk.read("posts/old.md"));
}

#[test]
fn a_finding_that_moves_with_its_line_stays_known() {
    let desk = desk();
    desk.write("posts/old.md", &OLD.replace("Text.", "One.\n\nTwo.\n\nThree."));
    assert_eq!(found(&desk), Vec::<String>::new());
}

#[test]
fn a_renamed_file_stays_known() {
    // The same content, moved without git.
    let desk = desk();
    fs::rename(desk.path("posts/old.md"), desk.path("posts/moved.md")).expect("renamed");
    assert_eq!(found(&desk), Vec::<String>::new());
    // Pruned, it is known under its new name.
    assert_eq!(desk.run(&["baseline", "--prune"], b"").code, 0);
    let baseline = desk.read("copydesk-baseline.yaml");
    assert!(baseline.contains("posts/moved.md") && !baseline.contains("posts/old.md"), "{baseline}");
    assert_eq!(found(&desk), Vec::<String>::new());

    // Changed as well, moved with git, and committed.
    let desk = self::desk();
    desk.git(&["mv", "posts/old.md", "posts/moved.md"]);
    desk.write("posts/moved.md", &OLD.replace("More text", "Some more text"));
    desk.git(&["add", "-A"]);
    assert_eq!(found(&desk), Vec::<String>::new());
    desk.commit();
    assert_eq!(found(&desk), Vec::<String>::new());
}

#[test]
fn a_deleted_file_lends_its_name_to_no_other() {
    let desk = desk();
    desk.write("posts/bad.md", "# Quite another article\n\nOf other things.\n\nADVERTISEMENT\n\nIt goes on and on.\n");
    fs::remove_file(desk.path("posts/old.md")).expect("removed");
    assert_eq!(found(&desk), ["posts/bad.md:5:1"]);
}

#[test]
fn what_is_mended_is_told_and_pruned() {
    let desk = desk();
    let known = desk.read("copydesk-baseline.yaml");
    desk.write("posts/old.md", &OLD.replace("ADVERTISEMENT\n\n", ""));
    let told = "checked 2 articles: no findings\n1 finding in the baseline has been mended: take it out with `copydesk baseline --prune`\n";
    assert_eq!(desk.check(&[]), Ran::new(0, "", told));
    // Who asks about another article is told nothing of it.
    assert_eq!(desk.check(&["posts/good.md"]), Ran::new(0, "", "checked 1 article: no findings\n"));
    desk.run(&["baseline", "--prune", "posts/good.md"], b"");
    assert_eq!(desk.read("copydesk-baseline.yaml"), known);
    let ran = desk.run(&["baseline", "--prune"], b"");
    let told = "copydesk-baseline.yaml holds 0 findings in 0 articles, 1 that had been mended taken out\n";
    assert_eq!(ran, Ran::new(0, "", told));
    assert!(desk.read("copydesk-baseline.yaml").ends_with("findings: {}\n"));
    // What comes back is new.
    desk.write("posts/old.md", OLD);
    assert_eq!(found(&desk), ["posts/old.md:7:1"]);
    // Pruning puts nothing in.
    desk.run(&["baseline", "--prune"], b"");
    assert_eq!(found(&desk), ["posts/old.md:7:1"]);
}

#[test]
fn a_corrupt_baseline_is_2_and_says_what_to_do() {
    let desk = desk();
    let known = desk.read("copydesk-baseline.yaml");
    for (text, told) in [
        ("version: 1\nfindings: [", "line 2: "),
        ("<<<<<<< HEAD\n", "line 1: a merge conflict is not resolved"),
        ("version: 9\n", "line 1: a later version of copydesk wrote it"),
        ("\0\u{1}", "line 1: "),
    ] {
        desk.write("copydesk-baseline.yaml", text);
        for args in [&["check"][..], &["baseline"], &["baseline", "--prune"]] {
            let ran = desk.run(args, b"");
            assert!(ran.code == 2 && ran.stdout.is_empty() && ran.stderr.contains(told), "{text:?} {ran:?}");
            assert!(ran.stderr.contains("or delete it and run `copydesk baseline`"), "{ran:?}");
        }
        assert_eq!(desk.read("copydesk-baseline.yaml"), text);
    }
    desk.write("copydesk-baseline.yaml", &known);
    let ran = desk.check(&["--baseline", "other.yaml"]);
    assert!(ran.code == 2 && ran.stderr.contains("`copydesk baseline --baseline other.yaml`"), "{ran:?}");
    assert_eq!(desk.run(&["baseline", "--baseline", "posts"], b"").code, 2);
    assert_eq!(desk.run(&["baseline", "--baseline", "nowhere/b.yaml"], b"").code, 2);
}

#[test]
fn json_names_findings_as_the_baseline_does() {
    let desk = desk();
    let json = desk.check(&["--no-baseline", "--format", "json"]).stdout;
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let print = json["findings"][0]["fingerprint"].as_str().expect("a fingerprint").to_owned();
    assert!(desk.read("copydesk-baseline.yaml").contains(&format!("- residue/advertisement {print}\n")));
}

#[test]
fn nothing_to_write_writes_nothing() {
    let desk = Desk::new(&[("a.md", "Text.\n")]);
    let ran = desk.run(&["baseline"], b"");
    assert_eq!(ran, Ran::new(0, "", "no findings: there is nothing to write into a baseline\n"));
    assert!(!desk.path("copydesk-baseline.yaml").exists());
    assert_eq!(desk.run(&["baseline", "--prune"], b"").code, 2);
}
