//! `copydesk init` on small repositories.

mod common;

use common::Desk;

/// A Hugo site with twelve posts of one kind and two pages.
fn site() -> Desk {
    let desk = Desk::new(&[
        ("hugo.toml", "title = 'A site'\n"),
        ("content/_index.md", "---\ntitle: Home\n---\n"),
        ("content/about.md", "---\ntitle: About\n---\n\nText.\n"),
        ("content/posts/_index.md", "---\nheading: Posts\n---\n"),
    ]);
    for n in 1..=12 {
        let kind = if n % 2 == 0 { "news" } else { "essay" };
        // One of them has no description, and one a key of its own.
        let description = if n == 7 { String::new() } else { format!("description: About {n}\n") };
        let own = if n == 3 { "mood: good\n" } else { "" };
        let front = format!("title: Number {n}\n{description}date: 2025-03-{n:02}\nkind: {kind}\ntags: [a, b]\n{own}");
        desk.write(&format!("content/posts/number-{n}.md"), &format!("---\n{front}---\n\nText number {n}.\n"));
    }
    desk
}

#[test]
fn writes_what_the_articles_have_in_common() {
    let desk = site();
    let ran = desk.run(&["init"], b"");
    assert_eq!((ran.code, &*ran.stderr), (0, ""));
    insta::assert_snapshot!(ran.stdout);
    insta::assert_snapshot!(desk.read("copydesk.yaml"));
    assert_eq!(desk.check(&[]).code, 0);
    // It is a configuration that holds: what the others have is missed.
    desk.write("content/posts/new.md", "---\ntitle: New\ndate: March 3, 2025\nkind: poem\n---\n\nText.\n");
    insta::assert_snapshot!(desk.check(&[]).stdout);
}

#[test]
fn strict_makes_a_rule_of_what_nearly_all_have() {
    let desk = site();
    for n in 13..=40 {
        let front =
            format!("title: Number {n}\ndescription: About {n}\ndate: 2025-04-{:02}\nkind: news\ntags: [a]\n", n - 12);
        desk.write(&format!("content/posts/number-{n}.md"), &format!("---\n{front}---\n\nText number {n}.\n"));
    }
    let ran = desk.run(&["init", "--strict", "--stdout"], b"");
    assert_eq!(ran.code, 0);
    assert!(ran.stdout.contains("required: [date, kind, tags, title, description]"), "{}", ran.stdout);
    assert!(!desk.path("copydesk.yaml").exists());
    let loose = desk.run(&["init", "--stdout"], b"").stdout;
    assert!(loose.contains("# description: 1 of 40 articles lacks it"), "{loose}");
    // A check with the strict one tells of the article that lacks it, and `init` says so.
    let told = desk.run(&["init", "--strict"], b"");
    assert!(
        told.stdout.contains("1 finding today") && told.stdout.contains("front-matter/required"),
        "{}",
        told.stdout
    );
    assert_eq!(desk.check(&[]).code, 1);
}

#[test]
fn a_configuration_that_is_there_stays() {
    let desk = site();
    desk.write("copydesk.yaml", "rules: {}\n");
    let ran = desk.run(&["init"], b"");
    assert_eq!((ran.code, &*ran.stdout), (2, ""));
    assert!(ran.stderr.contains("--force replaces it"), "{}", ran.stderr);
    assert_eq!(desk.read("copydesk.yaml"), "rules: {}\n");
    assert_eq!(desk.run(&["init", "--force"], b"").code, 0);
    assert!(desk.read("copydesk.yaml").contains("collections:"));
}

#[test]
fn hostile_keys_and_values_make_a_valid_configuration() {
    let desk = Desk::new(&[]);
    for n in 0..10 {
        let front = format!(
            "\"a: b # c\": 1\n\"no\": x\n\"é😀\": \"{}\"\n'quo\"te': yes\nnested.key: 2\n",
            ["on", "#x: y"][n % 2]
        );
        desk.write(&format!("posts/{n}.md"), &format!("---\n{front}---\n\nText.\n"));
    }
    let ran = desk.run(&["init"], b"");
    assert_eq!((ran.code, &*ran.stderr), (0, ""));
    let ran = desk.check(&[]);
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, desk.read("copydesk.yaml"));
    assert!(desk.read("copydesk.yaml").contains(r##""é😀": { type: string, one-of: ["#x: y", "on"] }"##));
}

#[test]
fn without_articles_there_is_nothing_to_look_at() {
    let ran = Desk::new(&[("a.rs", "")]).run(&["init"], b"");
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("there are no articles"), "{}", ran.stderr);
}

#[test]
fn a_baseline_of_today_is_written_with_it() {
    let desk = site();
    desk.write(
        "content/posts/bad.md",
        "---\ntitle: Bad\ndate: 2025-03-20\nkind: news\n---\n\nADVERTISEMENT\n\n[x](gone.md)\n",
    );
    let ran = desk.run(&["init", "--baseline"], b"");
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(
        ran.stdout.contains("wrote copydesk.yaml\n") && ran.stderr.starts_with("copydesk-baseline.yaml holds "),
        "{ran:?}"
    );
    assert_eq!(desk.check(&[]).code, 0);
    assert_ne!(desk.check(&["--no-baseline"]).code, 0);
    // What is printed has nothing to go with.
    assert_eq!(desk.run(&["init", "--baseline", "--stdout"], b"").code, 2);
}
