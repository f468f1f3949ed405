//! What people ask copydesk at a terminal: rules and their pages, what holds for a file, completions, watching.

mod common;
mod support;

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use common::{Desk, Ran};
use serde_json::Value;
use support::pages;

const ADVERT: &str = "Text.\n\nADVERTISEMENT\n\nMore text.\n";

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("it is JSON")
}

#[test]
fn rules_are_listed_for_people_and_programs() {
    let desk = Desk::new(&[]);
    let table = desk.run(&["rules"], b"");
    let line = table.stdout.lines().find(|line| line.starts_with("residue/advertisement ")).expect("a row");
    assert!(line.contains("  error") && line.contains("  fix ") && line.contains("A marker of an ad slot"), "{line}");
    let all = json(&desk.run(&["rules", "--json"], b"").stdout);
    let all = all.as_array().expect("a list");
    assert_eq!(all.len(), table.stdout.lines().count());
    let reason = all.iter().find(|rule| rule["id"] == "suppression/reason").expect("it is there");
    assert_eq!((&reason["level"], &reason["fix"]), (&"off".into(), &Value::Null));
    let group = desk.run(&["rules", "suppression"], b"").stdout;
    assert!(group.lines().count() == 4 && group.lines().all(|line| line.starts_with("suppression/")), "{group}");
    let ran = desk.run(&["rules", "residu"], b"");
    assert!(ran.code == 2 && ran.stderr.contains("there are config, date, "), "{ran:?}");
}

#[test]
fn a_rule_is_explained() {
    let desk = Desk::new(&[]);
    // A program gets the page as it is, a terminal gets it set.
    assert!(desk.run(&["explain", "residue/advertisement"], b"").stdout.starts_with("# residue/advertisement\n"));
    let set = desk.run(&["explain", "residue/advertisement", "--color", "always"], b"").stdout;
    assert!(set.contains("\u{1B}[1;4mWhy\u{1B}[0m") && !set.contains("## Why") && set.ends_with("· fix\n"), "{set:?}");
    let ran = desk.run(&["explain", "advertisement"], b"");
    assert_eq!(ran.stderr, "copydesk: there is no rule `advertisement`: did you mean `residue/advertisement`?\n");
    let ran = desk.run(&["explain", "suppression"], b"");
    assert!(ran.code == 2 && ran.stderr.contains("the rules of this group are suppression/reason, "), "{ran:?}");
}

const HOUSE: &str = "\
rule: house/words
level: note
summary: A word that the house does not use.
message: { one: not a word of ours, many: \"{count} words that are not ours\" }
help: write it otherwise
entries:
  - id: word
    phrases: [utilise]
    bad: [We utilise it.]
";

#[test]
fn rules_are_told_as_the_nearest_configuration_has_them() {
    let config =
        "packs: [house.yaml]\nrules:\n  residue/advertisement: off\n  suppression/reason: note\n  config/unused: off\n";
    let desk = Desk::new(&[("copydesk.yaml", config), ("house.yaml", HOUSE), ("posts/a.md", "x\n")]);
    let listed = |desk: &Desk| {
        let ran = desk.run(&["rules", "--json"], b"");
        let rules = json(&ran.stdout).as_array().expect("a list").clone();
        let of = move |id: &str| {
            let rule = rules.iter().find(|rule| rule["id"] == id).expect("it is there");
            format!("{} {}", rule["level"].as_str().expect("text"), rule["default"].as_str().expect("text"))
        };
        (of, ran.stderr)
    };
    let (of, stderr) = listed(&desk);
    assert_eq!(stderr, "");
    assert_eq!(of("house/words"), "note note");
    assert_eq!(of("residue/advertisement"), "off error");
    assert_eq!(of("suppression/reason"), "note off");
    assert_eq!((of("config/unused"), of("config/invalid")), ("off warning".into(), "error error".into()));
    let explained = |rule: &str| desk.run(&["explain", rule, "--color", "always"], b"").stdout;
    assert!(explained("residue/advertisement").ends_with("\nlevel: off here, error by default · fix\n"));
    assert!(explained("house/words").contains("A word that the house does not use."));
    let schema = json(&desk.run(&["config", "--schema"], b"").stdout);
    assert_eq!(
        schema["$defs"]["rules"]["properties"]["house/words"]["description"],
        "A word that the house does not use."
    );
    // A configuration with a mistake is passed over, not kept silent about.
    desk.write("copydesk.yaml", &format!("{config}contnet: x\n"));
    let (of, stderr) = listed(&desk);
    assert_eq!((of("house/words"), of("residue/advertisement")), ("note note".into(), "error error".into()));
    assert!(stderr.contains("`copydesk.yaml` has mistakes"), "{stderr}");
}

#[test]
fn what_holds_for_a_file_is_told_with_its_place() {
    let desk = Desk::new(&[
        (
            "copydesk.yaml",
            "collections:\n  posts:\n    files: ['posts/**']\n    front-matter: { fields: { day: { type: date } } }\nrules:\n  \
             residue/advertisement: { level: note, allow: [é] }\noverrides:\n  - files: ['posts/old/**']\n    rules:\n      \
             residue/advertisement: off\n",
        ),
        ("posts/a.md", "x\n"),
        ("posts/old/a.md", "x\n"),
    ]);
    let told = |args: &[&str]| {
        let ran = desk.run(&[&["config"], args].concat(), b"");
        assert_eq!(ran.code, 0, "{ran:?}");
        ran.stdout
    };
    let site = told(&[]);
    assert!(site.contains("configuration  copydesk.yaml\n") && site.contains("articles       2\n"), "{site}");
    let row = |file: &str, rule: &str| {
        let told = told(&[file]);
        let mut rows = told.lines().skip_while(|line| !line.starts_with(rule));
        let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
        (words(rows.next().expect("a row")), words(rows.next().expect("a row")))
    };
    let (level, option) = row("posts/a.md", "residue/advertisement");
    assert_eq!(level, "residue/advertisement note copydesk.yaml:6");
    assert_eq!(option, "allow: [\"é\"] copydesk.yaml:6");
    assert_eq!(
        row("posts/old/a.md", "residue/advertisement").0,
        "residue/advertisement off copydesk.yaml:10 (override 1)"
    );
    assert_eq!(row("posts/a.md", "link/broken").0, "link/broken error default");
    assert!(row("posts/a.md", "date/format").1.ends_with("collection `posts` (copydesk.yaml:2)"));
    assert!(told(&["new/one.md"]).contains("new/one.md (no article of the site)"));
    assert_eq!(desk.run(&["config", "posts"], b"").code, 2);
}

#[test]
fn the_published_schema_knows_what_the_reader_knows() {
    let desk = Desk::new(&[]);
    let ran = desk.run(&["config", "--schema"], b"");
    let schema = jsonschema::validator_for(&json(&ran.stdout)).expect("a JSON Schema");
    let valid = |text: &str| {
        let value: Value = serde_yaml::from_str(text).expect("YAML");
        schema.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect::<Vec<_>>()
    };
    // Every configuration in a page of a rule.
    let mut seen = 0;
    for rule in copydesk::rules::RULES {
        for case in pages::cases(rule.meta.page) {
            for file in case.files.iter().filter(|file| file.path == "copydesk.yaml") {
                assert_eq!(valid(&file.text), Vec::<String>::new(), "{}: {}", rule.meta.id, file.text);
                seen += 1;
            }
        }
    }
    for site in ["hugo", "astro", "jekyll"] {
        let path = format!("{}/fixtures/schemas/{site}/copydesk.yaml", env!("CARGO_MANIFEST_DIR"));
        assert_eq!(valid(&fs::read_to_string(path).expect("it is there")), Vec::<String>::new(), "{site}");
    }
    assert!(seen > 5, "only {seen} configurations were found in the pages");
    assert_eq!(valid("content: posts/**\nrules: { link/broken: off }\noverrides:\n"), Vec::<String>::new());
    for wrong in [
        "contnet: []",
        "packs: house.yaml",
        "site: { nam: x }",
        "site: { time-zone: [x] }",
        "collections: { a: { files: a, front-matter: { schema: [x] } } }",
        "collections: { a: { files: a, front-matter: { fields: { t: { max-length: many } } } } }",
        "site: { orign: x }",
        "site: { generator: wordpress }",
        "rules: { link/brokn: off }",
        "rules: { link/broken: loud }",
        "rules: { residue/advertisement: { alow: [x] } }",
        "collections: { a: { front-matter: {} } }",
        "collections: { a: { files: a, front-matter: { requird: [x] } } }",
        "collections: { a: { files: a, front-matter: { fields: { t: { typ: string } } } } }",
        "collections: { a: { files: a, front-matter: { fields: { t: { type: strin } } } } }",
        "overrides: [{ files: a, rule: {} }]",
    ] {
        assert_ne!(valid(wrong), Vec::<String>::new(), "{wrong}");
    }
}

#[test]
fn statistics_count_by_rule() {
    let desk = Desk::new(&[("a.md", ADVERT), ("b.md", &format!("{ADVERT}\n[x](gone.md)\n\nADVERTISEMENT\n\nEnd.\n"))]);
    let ran = desk.check(&["--statistics"]);
    assert_eq!(ran.code, 1);
    insta::assert_snapshot!(ran.stdout, @r"
    3  residue/advertisement  error    in 2 articles, 3 fixable
    1  link/broken            error    in 1 article
    ");
}

#[test]
fn shells_and_man_are_served() {
    let desk = Desk::new(&[("man/x", "")]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = desk.run(&["completions", shell], b"");
        assert!(ran.code == 0 && ran.stdout.contains("add-suppressions"), "{shell}: {ran:?}");
    }
    // Names are completed too, and what a pack of the house makes is taken all the same.
    let zsh = desk.run(&["completions", "zsh"], b"").stdout;
    for name in ["checkstyle", "residue/advertisement", "link/broken", "config/unused", "front-matter"] {
        assert!(zsh.contains(name), "{name}");
    }
    assert_eq!(desk.run(&["completions", "cmd"], b"").code, 2);
    assert!(desk.run(&["man"], b"").stdout.contains(".TH copydesk 1"));
    assert_eq!(desk.run(&["man", "man"], b""), Ran::new(0, "", ""));
    assert!(desk.read("man/copydesk-check.1").contains("add\\-suppressions"));
    assert!(desk.path("man/copydesk.1").exists() && desk.path("man/copydesk-baseline.1").exists());
    assert_eq!(desk.run(&["man", "nowhere"], b"").code, 2);
}

#[test]
fn a_watched_folder_is_checked_again() {
    let desk = Desk::new(&[("a.md", "Text.\n")]);
    let mut child = desk
        .command(&["check", "--watch", "--format", "concise", "--format", "json=report.json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("it runs");
    let (said, heard) = mpsc::channel();
    let out = child.stdout.take().expect("it is piped");
    thread::spawn(move || BufReader::new(out).lines().map_while(Result::ok).try_for_each(|line| said.send(line)));
    thread::sleep(Duration::from_millis(1500));
    desk.write("a.md", ADVERT);
    let line = heard.recv_timeout(Duration::from_secs(30)).expect("it checks again");
    assert!(line.starts_with("a.md:3:1: "), "{line}");
    // A broken configuration does not end it.
    desk.write("copydesk.yaml", "rules: [");
    thread::sleep(Duration::from_millis(1500));
    desk.write("copydesk.yaml", "rules: {}\n");
    let line = heard.recv_timeout(Duration::from_secs(30)).expect("it checks again");
    assert!(line.starts_with("a.md:3:1: "), "{line}");
    // An editor writes beside the file and renames; a file in a folder that is new; one that goes.
    desk.write("a.md~", "Text.\n\nText.\n\n\n\nADVERTISEMENT\n\nText.\n");
    fs::rename(desk.path("a.md~"), desk.path("a.md")).expect("renamed");
    let line = heard.recv_timeout(Duration::from_secs(30)).expect("it checks again");
    assert!(line.starts_with("a.md:7:1: "), "{line}");
    desk.write("new/b.md", ADVERT);
    // It may be seen before there is a word in it.
    while !heard.recv_timeout(Duration::from_secs(30)).expect("it checks again").starts_with("new/b.md:3:1: ") {}
    fs::remove_file(desk.path("a.md")).expect("removed");
    let line = heard.recv_timeout(Duration::from_secs(30)).expect("it checks again");
    assert!(line.starts_with("new/b.md:3:1: "), "{line}");
    // What it writes itself is no reason to check again, and neither is a file that nobody reads.
    desk.write(".new.md.swp", "");
    assert!(heard.recv_timeout(Duration::from_secs(5)).is_err(), "nothing has changed");
    assert!(desk.path("report.json").exists());
    child.kill().expect("it still runs");
    child.wait().expect("it ends");
}

#[cfg(unix)]
#[test]
fn what_cannot_be_written_is_2_and_leaves_no_half() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new(&[("a.md", ADVERT), ("folder/x", "")]);
    for (file, told) in [
        ("folder", "it is a folder; name a file that can be written"),
        ("nowhere/report.json", "there is no folder `nowhere`; make it first"),
        ("a.md/report.json", "not a directory; name a file that can be written"),
    ] {
        let ran = desk.check(&["--format", &format!("json={file}"), "--format", "concise=other.txt"]);
        assert!(ran.code == 2 && ran.stderr.contains(&format!("copydesk: cannot write `{file}`: {told}\n")), "{ran:?}");
        // One file that cannot be written takes nothing from the others.
        assert!(
            desk.read("other.txt").starts_with("a.md:3:1: ") && ran.stderr.contains("checked 1 article: "),
            "{ran:?}"
        );
        fs::remove_file(desk.path("other.txt")).expect("it was there");
        let told = format!("copydesk: cannot write `{file}`: {told}\n");
        for args in [&["baseline", "--baseline", file][..], &["graph", "--output", file]] {
            // A baseline is read first: what is a folder, or lies in no folder, is no baseline.
            let ran = desk.run(args, b"");
            assert!(ran.code == 2 && (args[0] == "baseline" || ran.stderr == told), "{args:?} {ran:?}");
        }
    }
    // A report that fails leaves the one that was there.
    desk.write("report.json", "old");
    fs::set_permissions(desk.path("report.json"), fs::Permissions::from_mode(0o444)).expect("set");
    let ran = desk.check(&["--format", "json=report.json"]);
    assert!(ran.code == 2 && ran.stderr.contains("the file is read-only"), "{ran:?}");
    assert_eq!(desk.read("report.json"), "old");
    let ran = desk.check(&["--format", "json=new.json"]);
    assert_eq!((ran.code, json(&desk.read("new.json"))["version"].clone()), (1, 1.into()));
    assert_eq!(fs::read_dir(desk.path("")).expect("a folder").count(), 4);
    // A full disk.
    if desk.path("/dev/full").exists() {
        let ran = desk.check(&["--format", "json=/dev/full"]);
        assert!(
            ran.code == 2 && ran.stderr.contains("no space left on device; make room, then run it again"),
            "{ran:?}"
        );
        let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("it is there");
        let output = desk.command(&["check"]).stdout(full).output().expect("it runs");
        assert_eq!(output.status.code(), Some(2));
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.contains("cannot write to standard output: no space left on device; make room"), "{said}");
    }
}

#[cfg(unix)]
#[test]
fn a_full_disk_during_a_fix_leaves_the_article_whole() {
    // No file may grow beyond a few bytes: as on a disk that is full.
    let text = format!("{ADVERT}{}", "A long paragraph. ".repeat(2000));
    let desk = Desk::new(&[("a.md", &text)]);
    let program = assert_cmd::cargo::cargo_bin!("copydesk");
    let script = format!("trap '' XFSZ; ulimit -f 1; exec '{}' check --fix", program.display());
    let output =
        std::process::Command::new("sh").args(["-c", &script]).current_dir(desk.path("")).output().expect("it runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(
        said.contains("cannot write `a.md`, it stays as it was: file too large; make room, then run it again"),
        "{said}"
    );
    assert_eq!(desk.read("a.md"), text);
    assert_eq!(fs::read_dir(desk.path("")).expect("a folder").count(), 1);
    // The same for all else that copydesk writes.
    for n in 0..40 {
        desk.write(&format!("posts/{n}.md"), &format!("{ADVERT}\n[x](gone-{n}.md)\n"));
    }
    for (args, file) in [
        ("baseline", "copydesk-baseline.yaml"),
        ("graph --format html --output graph.html", "graph.html"),
        ("check --quiet --format json=report.json", "report.json"),
    ] {
        let script = format!("trap '' XFSZ; ulimit -f 1; exec '{}' {args}", program.display());
        let mut command = std::process::Command::new("sh");
        let output = command.args(["-c", &script]).current_dir(desk.path("")).output().expect("it runs");
        let told = format!("copydesk: cannot write `{file}`: file too large; make room, then run it again\n");
        assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr)), (Some(2), told.into()), "{args}");
        assert_eq!(fs::read_dir(desk.path("")).expect("a folder").count(), 2, "{args}");
    }
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let files: Vec<(String, &str)> = (0..400).map(|n| (format!("posts/{n}.md"), ADVERT)).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), *text)).collect();
    let desk = Desk::new(&files);
    for args in [
        &["check", "--format", "pretty"][..],
        &["check", "--format", "json"],
        &["check", "--statistics"],
        &["check", "--diff"],
        &["rules", "--json"],
        &["config", "--schema"],
        &["completions", "bash"],
        &["man"],
    ] {
        let mut child = desk.command(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it runs");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("it ends");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!said.contains("panicked") && !said.contains("pipe"), "{args:?}: {said}");
        // What was found was found, whether or not anybody reads on.
        let code = i32::from(args[0] == "check");
        assert_eq!(output.status.code(), Some(code), "{args:?}: {said}");
    }
}

#[test]
fn places_are_links_where_they_can_be_clicked() {
    let desk = Desk::new(&[("é b.md", ADVERT)]);
    let pretty = |force: &str| {
        let mut command = desk.command(&["check", "--format", "pretty", "--color", "always"]);
        let output = command.env("FORCE_HYPERLINK", force).output().expect("it runs");
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let linked = pretty("1");
    assert!(linked.contains("\u{1B}]8;;file:///") && linked.contains("/%C3%A9%20b.md\u{1B}\\é b.md:3:1"), "{linked:?}");
    assert!(!pretty("0").contains("\u{1B}]8;;"));
    // Not a terminal: no links unless they are asked for.
    assert!(!desk.check(&["--format", "pretty", "--color", "always"]).stdout.contains("\u{1B}]8;;"));
}

#[test]
fn a_fix_says_which_rules_it_served() {
    let desk =
        Desk::new(&[("a.md", ADVERT), ("b.md", "One.\n\nADVERTISEMENT\n\nSubscribe to our newsletter\n\nTwo.\n")]);
    let ran = desk.check(&["--fix", "--unsafe-fixes"]);
    let said = "fixed 3 findings in 2 articles: residue/advertisement 2, residue/newsletter 1\n";
    assert!(ran.stderr.starts_with(said), "{ran:?}");
}
