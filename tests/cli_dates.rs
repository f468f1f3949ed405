//! Dates and the clock, and dates and git, by the command line.

mod common;

use std::process::Command;

use common::Desk;

const ARTICLE: &str = "---\ntitle: Rye\ndate: 2025-07-18\nlastmod: 2025-07-19\n---\n\nRye behaves unlike wheat.\n";

/// Runs git in the desk's folder, without any configuration of this machine.
fn git(desk: &Desk, args: &[&str]) {
    let done = Command::new("git")
        .args(["-c", "user.name=Jane Doe", "-c", "user.email=jane@example.org", "-c", "commit.gpgSign=false"])
        .args(args)
        .current_dir(desk.path(""))
        .envs([("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1")])
        .output()
        .expect("git is there");
    assert!(done.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn today_is_what_the_command_line_says() {
    let desk = Desk::new(&[
        ("copydesk.yaml", "site: { time-zone: Asia/Tokyo }\nrules: { date/future: { level: warning, max: now } }\n"),
        ("a.md", ARTICLE),
    ]);
    assert_eq!(desk.check(&["--today", "2025-07-19"]).code, 0);
    let ran = desk.check(&["--today", "2025-07-17"]);
    // Both dates are ahead, and what has been worked on before it comes out is told of its publication alone.
    assert_eq!(ran.stdout, "a.md:3:7: warning[date/future] `date` lies less than an hour in the future\n");
    // In Tokyo the 18th has begun at 15:00 UTC.
    assert_eq!(desk.check(&["--today", "2025-07-17T15:00:00Z"]).code, 0);
    assert_eq!(desk.check(&["--today", "2025-07-17T14:59:00Z"]).code, 1);
}

#[test]
fn a_changed_text_wants_a_new_date() {
    let desk = Desk::new(&[("copydesk.yaml", "rules: { date/unchanged: warning }\n"), ("posts/é 1.md", ARTICLE)]);
    git(&desk, &["init", "-q", "-b", "main"]);
    // Nothing was committed yet.
    assert_eq!(desk.check(&[]).code, 0);
    git(&desk, &["add", "."]);
    git(&desk, &["commit", "-qm", "Begin"]);
    assert_eq!(desk.check(&[]).code, 0);
    desk.write(
        "posts/é 1.md",
        &ARTICLE.replace("title: Rye", "title: Rye, a portrait").replace("behaves ", "behaves\n"),
    );
    assert_eq!(desk.check(&[]).code, 0, "neither front matter nor line ends are text");

    desk.write("posts/é 1.md", &ARTICLE.replace("unlike", "like"));
    let ran = desk.check(&[]);
    assert_eq!(ran.stdout, "posts/é 1.md:4:10: warning[date/unchanged] the text has changed, `lastmod` has not\n");
    // On a branch all of its commits count, whatever name the file has now.
    git(&desk, &["checkout", "-qb", "work"]);
    git(&desk, &["mv", "posts/é 1.md", "posts/b.md"]);
    git(&desk, &["commit", "-qam", "Correct"]);
    assert!(desk.check(&[]).stdout.starts_with("posts/b.md:4:10: warning[date/unchanged]"));
    desk.write("copydesk.yaml", "rules: { date/unchanged: { level: warning, since: HEAD } }\n");
    assert_eq!(desk.check(&[]).code, 0);

    desk.write("copydesk.yaml", "rules: { date/unchanged: warning }\n");
    assert_eq!(desk.check(&["--today", "2025-07-30", "--fix", "--unsafe-fixes"]).code, 0);
    assert!(desk.read("posts/b.md").contains("lastmod: 2025-07-30\n"));
}

#[test]
fn a_rule_that_needs_git_says_so() {
    let desk = Desk::new(&[("copydesk.yaml", "rules: { date/unchanged: warning }\n"), ("a.md", ARTICLE)]);
    let ran = desk.check(&[]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("is in no git repository"), "{}", ran.stderr);
    git(&desk, &["init", "-q"]);
    git(&desk, &["add", "."]);
    git(&desk, &["commit", "-qm", "Begin"]);
    desk.write("copydesk.yaml", "rules: { date/unchanged: { level: warning, since: nowhere } }\n");
    let ran = desk.check(&[]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("there is no revision `nowhere`"), "{}", ran.stderr);
}
