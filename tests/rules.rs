//! The examples in the rule pages, run as tests, and what every rule must have.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use copydesk::finding::Safety;
use copydesk::pattern::Scanner;
use copydesk::rules::RULES;
use support::pages::{self, Case, File};
use support::{Files, check, show};

/// Id and page of every rule there is.
fn rules() -> Vec<(String, String)> {
    let scanner = Scanner::embedded();
    let patterns = scanner.rules().iter().map(|rule| (rule.id.clone(), rule.page.clone()));
    RULES.iter().map(|rule| (rule.meta.id.to_owned(), rule.meta.page.to_owned())).chain(patterns).collect()
}

fn site(files: &[File]) -> Files {
    files.iter().map(|file| (file.path.clone(), file.text.clone())).collect()
}

#[test]
fn examples_in_the_pages_hold() {
    let mut faults = String::new();
    for (id, page) in rules() {
        let cases = pages::cases(&page);
        for bad in [true, false] {
            // No page can hold bytes that are not UTF-8, or a history in git; such rules have tests of their own.
            let shown = cases.iter().any(|case| case.bad == bad)
                || (["source/encoding", "date/unchanged"].contains(&id.as_str()) && bad);
            assert!(shown, "{id}: its page has no {} example", if bad { "bad" } else { "good" });
        }
        let mut shown = String::new();
        for case in &cases {
            let fault = run(&id, case, &mut shown);
            if !fault.is_empty() {
                faults.push_str(&format!("{id}: {}: {fault}\n", case.name));
            }
        }
        insta::with_settings!({ snapshot_path => "snapshots/rules", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(id.replace('/', "__"), shown);
        });
    }
    assert!(faults.is_empty(), "{faults}");
}

/// Runs one example, adds its findings to `shown`, and says what is wrong with it.
fn run(id: &str, case: &Case, shown: &mut String) -> String {
    let files = site(&case.files);
    let outcome = check(&files, &format!("rules: {{ {id}: warning }}"));
    let lines: Vec<String> = outcome.findings.iter().map(|finding| show(finding, &files)).collect();
    if !case.bad {
        return if lines.is_empty() { String::new() } else { format!("must be silent, but:\n{}", lines.concat()) };
    }
    shown.push_str(&format!("## {}\n\n{}\n", case.name, lines.concat()));
    let fired: BTreeSet<&str> = outcome.findings.iter().map(|finding| &*finding.rule).collect();
    if fired != BTreeSet::from([id]) {
        return format!("must fire {id} alone, but:\n{}", lines.concat());
    }
    for fixed in &case.fixed {
        let result = support::fix_all(&files, &format!("rules: {{ {id}: warning }}"), Safety::Unsafe);
        if result.get(&fixed.path) != Some(&fixed.text) {
            return format!("fixed, {} must be\n{}\nbut is\n{}", fixed.path, fixed.text, result[&fixed.path]);
        }
    }
    String::new()
}

#[test]
fn every_rule_has_its_page_where_its_name_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let mut seen = BTreeSet::new();
    for (id, page) in rules() {
        assert!(seen.insert(id.clone()), "{id} stands twice in the table");
        let on_disk = fs::read_to_string(root.join(format!("{id}.md"))).unwrap_or_else(|error| panic!("{id}: {error}"));
        assert_eq!(on_disk.replace("\r\n", "\n"), page.replace("\r\n", "\n"), "{id}: another page is built in");
        assert!(page.starts_with(&format!("# {id}\n")), "{id}: its page must begin with its name");
        assert!(page.contains("\n## Why\n"), "{id}: its page must say why");
    }
}

#[test]
fn every_page_belongs_to_a_rule() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let mut known: BTreeSet<String> = rules().into_iter().map(|(id, _)| id).collect();
    known.extend([copydesk::config::INVALID.id.to_owned(), copydesk::config::UNUSED.id.to_owned()]);
    for group in fs::read_dir(&root).expect("rules/") {
        let group = group.expect("an entry").path();
        for page in fs::read_dir(&group).expect("a group of rules") {
            let page = page.expect("an entry").path();
            if page.extension().is_some_and(|extension| extension == "md") {
                let id =
                    page.with_extension("").strip_prefix(&root).expect("below").to_string_lossy().replace('\\', "/");
                assert!(known.contains(&id), "rules/{id}.md belongs to no rule");
            }
        }
    }
}

#[test]
fn messages_are_written_in_one_style() {
    for (id, page) in rules() {
        for case in pages::cases(&page).iter().filter(|case| case.bad) {
            let files = site(&case.files);
            for finding in check(&files, &format!("rules: {{ {id}: warning }}")).findings {
                for text in
                    [Some(&finding.message), finding.help.as_ref(), finding.label.as_ref()].into_iter().flatten()
                {
                    let first = text.chars().next().unwrap_or('A');
                    assert!(
                        !first.is_uppercase()
                            || text.starts_with("YAML")
                            || text.starts_with("TOML")
                            || text.starts_with("JSON")
                            || text.starts_with("UTF"),
                        "{id}: begins with a capital: {text}"
                    );
                    assert!(!text.ends_with('.') || text.ends_with("…"), "{id}: ends in a period: {text}");
                    assert!(!text.contains('\n'), "{id}: has a line break: {text}");
                }
            }
        }
    }
}
