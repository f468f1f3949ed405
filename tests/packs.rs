//! The packs: every entry finds its own bad lines and no good line is found, a pack that cannot be meant is refused with
//! its place, and a fix leaves an article as if the marker had never been there.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::LazyLock;

use copydesk::document::{BlockKind, Document};
use copydesk::finding::{Finding, Level, Safety};
use copydesk::pattern::{Pack, PackError, PatternOptions, PatternSettings, Scanner, article};
use copydesk::source::{Kind, Source};
use proptest::prelude::*;

/// The packs that come with copydesk.
static SCANNER: LazyLock<Scanner> = LazyLock::new(Scanner::embedded);

/// Every pack in rules/packs: its file name and its text.
fn packs() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/packs");
    let mut packs: Vec<_> = std::fs::read_dir(folder)
        .expect("the folder is there")
        .map(|file| {
            let path = file.expect("it can be listed").path();
            let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
            (name, std::fs::read_to_string(&path).expect("a pack is text"))
        })
        .collect();
    packs.sort();
    packs
}

#[test]
fn every_entry_finds_its_bad_lines_and_no_entry_a_good_one() {
    let mut failures = String::new();
    for (file, text) in packs() {
        let pack = Pack::parse(&file, &text).unwrap_or_else(|error| panic!("{error}"));
        for failure in SCANNER.prove(&pack, &text, true).failures {
            writeln!(failures, "{file}: {}: {:?}: {}", failure.entry, failure.example, failure.message)
                .expect("a string");
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}

#[test]
fn no_pattern_makes_every_line_be_looked_at() {
    assert_eq!(SCANNER.slow(), Vec::<&str>::new());
}

#[test]
fn every_pack_comes_with_copydesk_and_its_page_says_what_it_says() {
    let files: HashSet<_> = packs()
        .into_iter()
        .map(|(file, text)| {
            let pack = Pack::parse(&file, &text).expect("the pack is sound");
            let rule = SCANNER.rules().iter().find(|rule| rule.id == pack.rule).expect("each file is embedded");
            let mut page = rule.page.lines();
            assert_eq!(page.next(), Some(format!("# {}", pack.rule).as_str()));
            assert_eq!(page.nth(1), Some(pack.summary.as_str()), "{file}");
            pack.rule
        })
        .collect();
    assert_eq!(files.len(), SCANNER.rules().len());
}

const SMALL: &str = r#"rule: house/style
level: note
summary: A line that the house does not want.
message: { one: unwanted line, many: "{count} unwanted lines in a row" }
help: delete it
entries:
  - id: first
    phrases: [Over and out]
    bad: [Over and out]
"#;

fn refused(from: &str, to: &str) -> (PackError, String) {
    let text = SMALL.replace(from, to);
    assert_ne!(text, SMALL, "the test changes nothing");
    (Pack::parse("house.yaml", &text).expect_err("it is refused"), text)
}

#[track_caller]
fn refusal(from: &str, to: &str, message: &str, place: &str) {
    let (error, text) = refused(from, to);
    assert_eq!(error.to_string(), message);
    assert_eq!(error.span.map(|span| span.of(&text)), Some(place));
}

#[test]
fn a_pack_that_cannot_be_meant_is_refused_with_its_place() {
    assert!(Pack::parse("house.yaml", SMALL).is_ok());
    let phrase = "phrases: [Over and out]";
    refusal(phrase, "patterns: ['over (out']", "house.yaml: entry `first`: pattern `over (out`: unclosed group", "(");
    refusal(
        phrase,
        "patterns: ['(over)?']",
        "house.yaml: entry `first`: pattern `(over)?`: it matches the empty string",
        "(over)?",
    );
    refusal(
        phrase,
        r"patterns: ['\bover']",
        r"house.yaml: entry `first`: pattern `\bover`: `\b` is slow on text that is not English: write `(?-u:\b)`",
        r"\bover",
    );
    refusal(phrase, "phrases: ['***']", "house.yaml: entry `first`: `***` can never be a whole line", "***");
    refusal(phrase, "confidence: likely", "house.yaml: entry `first`: it has neither phrases nor patterns", "first");
    refusal(
        "bad: [Over and out]",
        "bad: []",
        "house.yaml: entry `first`: it has no `bad` line to show what it finds",
        "first",
    );
    refusal("id: first", "id: First One", "house.yaml: entry `First One`: an id is written in kebab-case", "First One");
    refusal("rule: house/style", "rule: house", "house.yaml: a rule is called `group/name`, in kebab-case", "house");
    refusal(
        phrase,
        "phrases: [Over and out]\n    needs: {}",
        "house.yaml: entry `first`: `needs` is empty: leave it out",
        "first",
    );
    refusal(
        phrase,
        "where: sentence\n    needs: { alone: true }\n    patterns: ['over and out']",
        "house.yaml: entry `first`: `needs`, `unlinked`, `plain` and `blank-lines` speak of a whole line, not of part of one",
        "first",
    );
}

#[test]
fn the_second_of_two_entries_is_the_one_that_is_refused() {
    let twice = format!("{SMALL}  - id: first\n    phrases: [Roger]\n    bad: [Roger]\n");
    let error = Pack::parse("house.yaml", &twice).expect_err("it is refused");
    assert_eq!(error.to_string(), "house.yaml: entry `first`: there are two entries with this id");
    assert_eq!(error.span.map(|span| span.start), twice.rfind("first"));
}

#[test]
fn a_field_that_is_unknown_missing_or_wrong_is_refused_by_name() {
    for (from, to, words) in [
        ("help: delete it", "hlep: delete it", "hlep"),
        ("    bad: [Over and out]\n", "", "bad"),
        ("level: note", "level: loud", "level"),
        ("    bad: [", "    where: page\n    bad: [", "entries[0].where"),
        ("entries:", "entries: [", "house.yaml"),
    ] {
        let (error, text) = refused(from, to);
        assert!(error.to_string().starts_with("house.yaml: "), "{error}");
        assert!(error.to_string().contains(words), "{error}");
        assert!(error.span.is_none_or(|span| span.end <= text.len()));
    }
}

#[test]
fn a_house_pack_joins_the_others_and_may_not_repeat_them() {
    let scanner = Scanner::with_packs(&[("house.yaml", SMALL)]).expect("it is sound");
    let rule = scanner.rules().last().expect("it has a rule");
    assert_eq!((rule.id.as_str(), rule.level), ("house/style", Some(Level::Note)));
    let page = "# house/style\n\nA line that the house does not want.\n\n## What to do\n\ndelete it\n\n## Bad\n\n~~~~~~md\nOver and out\n~~~~~~\n";
    assert_eq!(rule.page, page);
    let source = Source::new("a.md", Kind::Markdown, "*Over and out!*\n\n— OVER AND OUT.\n");
    let hits = scanner.hits(&Document::parse(&source));
    assert_eq!(hits.len(), 1);
    assert_eq!(source.slice(hits[0].span), "— OVER AND OUT.");

    let again = SMALL.replace("house/style", "residue/share-bar");
    let error = Scanner::with_packs(&[("house.yaml", &again)]).expect_err("there is one already");
    assert_eq!(error.to_string(), "house.yaml: another pack makes the rule `residue/share-bar` already");
}

#[test]
fn a_pattern_known_by_its_end_alone_is_found_with_its_accents() {
    let french = SMALL.replace("phrases: [Over and out]", "patterns: ['.{2,40} publicité']");
    let scanner = Scanner::with_packs(&[("house.yaml", &french)]).expect("it is sound");
    for line in [
        "La pause publicité",
        "*La pause PUBLICITÉ*",
        "La pause publicite",
        "« La pause publicité »",
        "Une pause publicite\u{301}…",
    ] {
        let source = Source::new("a.md", Kind::Markdown, format!("Un texte.\n\n{line}\n\nUn autre texte é.\n"));
        assert_eq!(scanner.hits(&Document::parse(&source)).len(), 1, "{line}");
    }
}

/// The settings that nobody configured, with these lines allowed.
fn settings(allow: &[&str]) -> PatternSettings {
    let options = PatternOptions { allow: allow.iter().map(|line| (*line).to_owned()).collect() };
    PatternSettings { rules: SCANNER.rules().iter().map(|rule| Some((rule.level?, options.clone()))).collect() }
}

fn check(source: &Source, allow: &[&str]) -> Vec<Finding> {
    let mut findings = Vec::new();
    SCANNER.check(&Document::parse(source), &settings(allow), &mut findings);
    findings.sort_by_key(|finding| finding.span);
    findings
}

/// `text` after every safe fix (`unsafe_too`: every fix), again and again until there is none.
fn fixed(kind: Kind, text: &str, unsafe_too: bool) -> String {
    let mut text = text.to_owned();
    for _ in 0..100 {
        let source = Source::new("a", kind, text.as_str());
        let findings = check(&source, &[]);
        let mut fixes = findings.iter().filter_map(|finding| finding.fixes.first());
        let Some(fix) = fixes.rfind(|fix| unsafe_too || fix.safety == Safety::Safe) else { return text };
        for edit in fix.edits.iter().rev() {
            text.replace_range(edit.span.start..edit.span.end, &edit.replacement);
        }
    }
    panic!("it does not converge: {text:?}");
}

#[track_caller]
fn fixes(kind: Kind, text: &str, expected: &str) {
    assert_eq!(fixed(kind, text, false), expected);
}

#[track_caller]
fn keeps(text: &str) {
    fixes(Kind::Markdown, text, text);
}

#[test]
fn hits_in_a_row_are_one_finding_over_the_run() {
    let source =
        Source::new("a.md", Kind::Markdown, "Café 😀.\n\nADVERTISEMENT\n\n**Advertisement**\n\nText.\n\n> Advert\n");
    let findings = check(&source, &[]);
    let told: Vec<_> = findings.iter().map(|f| (source.slice(f.span), f.message.as_str(), f.level)).collect();
    assert_eq!(
        told,
        [
            ("ADVERTISEMENT\n\n**Advertisement**", "2 advertising markers in a row", Level::Error),
            ("Advert", "advertising marker in the text", Level::Error),
        ]
    );
}

#[test]
fn the_label_is_known_in_many_languages() {
    for label in [
        "Advertisement",
        "Werbung",
        "Advertentie",
        "Annons",
        "Annonse",
        "Annonce",
        "Mainos",
        "Auglýsing",
        "Publicité",
        "Publicidad",
        "Publicitat",
        "Publicidade",
        "Pubblicità",
        "Publicitate",
        "Iragarkia",
        "Reklama",
        "Oglas",
        "Reklam",
        "Hirdetés",
        "Реклама",
        "Διαφήμιση",
        "რეკლამა",
        "Գովազդ",
        "広告",
        "광고",
        "广告",
        "廣告",
        "إعلان",
        "פרסומת",
        "تبلیغات",
        "Iklan",
        "Quảng cáo",
        "โฆษณา",
        "विज्ञापन",
        "বিজ্ঞাপন",
        "விளம்பரம்",
    ] {
        for line in [label.to_owned(), label.to_uppercase(), format!("[ {label} ]")] {
            let source = article(Kind::Markdown, &line);
            let hits = SCANNER.hits(&Document::parse(&source));
            assert_eq!(hits.len(), 1, "{line}");
            assert_eq!(source.slice(hits[0].span), line);
        }
    }
}

#[test]
fn a_doubtful_hit_is_a_warning_unless_a_sure_one_is_beside_it() {
    let levels = |text: &str| {
        let source = Source::new("a.md", Kind::Markdown, text);
        let fix = |f: &Finding| f.fixes.first().map(|fix| fix.safety);
        check(&source, &[]).iter().map(|f| (f.level, fix(f))).collect::<Vec<_>>()
    };
    assert_eq!(levels("Text.\n\nAnzeige\n\nText.\n"), [(Level::Warning, Some(Safety::Unsafe))]);
    assert_eq!(levels("Text.\n\nAnzeige\n\nWerbung\n\nText.\n"), [(Level::Error, Some(Safety::Safe))]);
    assert_eq!(levels("Facebook\n\nTwitter\n\nEmail\n"), [(Level::Warning, Some(Safety::Unsafe))]);
    assert_eq!(levels("Share this:\n\nFacebook\n\nTwitter\n"), [(Level::Error, Some(Safety::Safe))]);
}

#[test]
fn allowed_lines_are_compared_in_normal_form() {
    let source = Source::new("a.md", Kind::Markdown, "Text.\n\n*Sponsored Content*\n\nText.\n");
    assert_eq!(check(&source, &[]).len(), 1);
    assert_eq!(check(&source, &["— SPONSORED   content —"]).len(), 0);
}

#[test]
fn a_rule_that_is_off_finds_nothing() {
    let source = Source::new("a.md", Kind::Markdown, "ADVERTISEMENT\n");
    let mut findings = Vec::new();
    let off = PatternSettings { rules: vec![None; SCANNER.rules().len()] };
    SCANNER.check(&Document::parse(&source), &off, &mut findings);
    assert!(findings.is_empty());
}

#[test]
fn a_term_that_is_defined_and_the_name_of_a_page_are_no_markers() {
    for (kind, text) in [
        (Kind::Markdown, "A.\n\nAdvertisement\n: A notice.\n\nB.\n"),
        (Kind::Markdown, "A.\n\nADVERTISEMENT\n:   A notice.\n\nB.\n"),
        (Kind::Html, "<!doctype html><html><head><title>Advertisement</title></head><body><p>A.</p></body></html>"),
    ] {
        assert_eq!(check(&Source::new("a", kind, text), &[]), [], "{text}");
    }
}

#[test]
fn a_list_that_the_text_leads_up_to_is_no_share_bar() {
    for (kind, text) in [
        (Kind::Text, "We are on these networks:\nFacebook\nTwitter\nReddit\nNone of them pays.\n"),
        (Kind::Markdown, "We are on these networks:\n\nFacebook\nTwitter\nReddit\n\nNone of them pays.\n"),
    ] {
        assert_eq!(check(&Source::new("a", kind, text), &[]), [], "{text}");
    }
    let bar = Source::new("a", Kind::Text, "A line of text.\nShare this:\nFacebook\nTwitter\nReddit\nAnother line.\n");
    assert_eq!(check(&bar, &[]).len(), 1);
}

#[test]
fn a_deleted_marker_leaves_one_blank_line() {
    let md = Kind::Markdown;
    fixes(md, "One é.\n\nADVERTISEMENT\n\nTwo 😀.\n", "One é.\n\nTwo 😀.\n");
    fixes(md, "One.\n\n\nADVERTISEMENT\n\n\n\nTwo.\n", "One.\n\nTwo.\n");
    fixes(md, "One.\n\nADVERTISEMENT\n\nADVERTISEMENT\n\nTwo.\n", "One.\n\nTwo.\n");
    fixes(md, "# One\nADVERTISEMENT\n\nTwo.\n", "# One\n\nTwo.\n");
    fixes(md, "One.\n\nADVERTISEMENT\n# Two\n", "One.\n\n# Two\n");
    fixes(md, "# One\nADVERTISEMENT\n\nADVERTISEMENT\n# Two\n", "# One\n\n# Two\n");
    fixes(md, "# One\nADVERTISEMENT\n# Two\n", "# One\n# Two\n");
    fixes(md, "One.\r\n\r\nADVERTISEMENT\r\n\r\nTwo.\r\n", "One.\r\n\r\nTwo.\r\n");
    fixes(md, "One.\n \t\nADVERTISEMENT\n\nTwo.\n", "One.\n \t\nTwo.\n");
}

#[test]
fn a_marker_goes_from_both_ends_of_a_file() {
    let md = Kind::Markdown;
    fixes(md, "ADVERTISEMENT\n\nOne.\n", "One.\n");
    fixes(md, "\u{FEFF}ADVERTISEMENT\r\n\r\nOne.\r\n", "\u{FEFF}One.\r\n");
    fixes(md, "\n\nADVERTISEMENT\n\nOne.\n", "One.\n");
    fixes(md, "One.\n\nADVERTISEMENT\n", "One.\n");
    fixes(md, "One.\n\nADVERTISEMENT", "One.\n");
    fixes(md, "One.\n\n**Advertisement**\n\n\n", "One.\n");
    fixes(md, "ADVERTISEMENT\n", "");
    fixes(md, "---\ntitle: A\n---\n\nADVERTISEMENT\n\nOne.\n", "---\ntitle: A\n---\n\nOne.\n");
    fixes(md, "---\ntitle: A\n---\nADVERTISEMENT\nOne.\n", "---\ntitle: A\n---\nOne.\n");
    // What would become front matter stays where it is.
    keeps("ADVERTISEMENT\n\n---\n\nOne.\n");
}

#[test]
fn a_marker_inside_a_paragraph_takes_only_its_line() {
    let md = Kind::Markdown;
    fixes(md, "One.\nADVERTISEMENT\nTwo.\n", "One.\nTwo.\n");
    fixes(md, "One.\r\nADVERTISEMENT\r\nTwo.\r\n", "One.\r\nTwo.\r\n");
    fixes(md, "ADVERTISEMENT\nTwo.\n", "Two.\n");
    fixes(md, "One.\nADVERTISEMENT\n\nTwo.\n", "One.\n\nTwo.\n");
    // Without the line above, these would be read as something else.
    keeps("ADVERTISEMENT\n    Two.\n");
    keeps("One.\n\nADVERTISEMENT\n2. Two.\n");
    keeps("One\\\nADVERTISEMENT\n\nTwo.\n");
}

#[test]
fn a_marker_in_a_quote_or_a_list_takes_the_marks_with_it() {
    let md = Kind::Markdown;
    fixes(md, "> One.\n>\n> ADVERTISEMENT\n>\n> Two.\n", "> One.\n>\n> Two.\n");
    fixes(md, "> One.\n>\n> ADVERTISEMENT\n\nTwo.\n", "> One.\n\nTwo.\n");
    fixes(md, "One.\n\n> ADVERTISEMENT\n\nTwo.\n", "One.\n\nTwo.\n");
    fixes(md, "One.\n\n> ADVERTISEMENT\n>\n> Two.\n", "One.\n\n> Two.\n");
    fixes(md, "> One.\n> ADVERTISEMENT\n> Two.\n", "> One.\n> Two.\n");
    fixes(md, "> > ADVERTISEMENT\n\nTwo.\n", "Two.\n");
    fixes(md, "- One\n- Scroll to continue\n- Two\n", "- One\n- Two\n");
    keeps("- Scroll to continue\n  - Two\n");
    keeps("> ADVERTISEMENT\nTwo.\n");
}

#[test]
fn two_lists_are_not_joined_unseen() {
    let text = "- One\n\nADVERTISEMENT\n\n- Two\n";
    assert_eq!(fixed(Kind::Markdown, text, false), text);
    assert_eq!(fixed(Kind::Markdown, text, true), "- One\n\n- Two\n");
}

#[test]
fn a_marker_with_company_is_left_to_a_person() {
    keeps("ADVERTISEMENT <!-- keep -->\n\nTwo.\n");
    keeps("<!-- ad -->ADVERTISEMENT\n\nTwo.\n");
}

#[test]
fn an_element_that_held_only_a_marker_goes_with_it() {
    let html = Kind::Html;
    fixes(html, "<p>One.</p>\n<p>Advertisement</p>\n<p>Two.</p>\n", "<p>One.</p>\n<p>Two.</p>\n");
    fixes(
        html,
        "<p>One.</p>\n\n<div class=\"ad\">\n  <p><b>Advertisement</b></p>\n</div>\n\n<p>Two.</p>\n",
        "<p>One.</p>\n\n<p>Two.</p>\n",
    );
    fixes(
        html,
        "<p>One.</p>\n<div class=\"ad\"><p>Advertisement</p>\n<p>Advertisement</p></div>\n<p>Two.</p>\n",
        "<p>One.</p>\n<p>Two.</p>\n",
    );
    fixes(html, "<p>One.</p><p>Advertisement</p><p>Two.</p>", "<p>One.</p><p>Two.</p>");
    fixes(html, "<body><p>Advertisement</p></body>", "<body></body>");
    fixes(Kind::Markdown, "One.\n\n<div class=\"ad\">\n\nADVERTISEMENT\n\n</div>\n\nTwo.\n", "One.\n\nTwo.\n");
    fixes(Kind::Markdown, "One.\n\n<p align=center>Advertisement</p>\n\nTwo.\n", "One.\n\nTwo.\n");
}

#[test]
fn plain_text_loses_just_the_lines() {
    let text = Kind::Text;
    fixes(text, "One.\nADVERTISEMENT\nADVERTISEMENT\nTwo.\n", "One.\nTwo.\n");
    fixes(text, "One.\r\n\r\nADVERTISEMENT\r\n\r\nTwo.", "One.\r\n\r\nTwo.");
    fixes(text, "One.\nFacebook X Reddit\nTwo.\n", "One.\nTwo.\n");
}

#[test]
fn glued_words_are_offered_for_deletion_only_on_request() {
    let text = "He smiled. Advertisement - Continue Reading Below\n\nTwo.\n";
    assert_eq!(fixed(Kind::Markdown, text, false), text);
    assert_eq!(fixed(Kind::Markdown, text, true), "He smiled.\n\nTwo.\n");
}

#[test]
fn a_fixed_article_has_nothing_more_to_fix() {
    for (file, text) in packs() {
        let pack = Pack::parse(&file, &text).expect("the pack is sound");
        for bad in pack.entries.iter().flat_map(|entry| &entry.bad) {
            let source = article(Kind::Markdown, bad);
            let once = fixed(Kind::Markdown, source.text(), true);
            assert_eq!(fixed(Kind::Markdown, &once, true), once, "{bad:?}");
        }
    }
}

/// Pieces that articles with markers are made of.
fn piece() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "ADVERTISEMENT",
        "**Advertisement**",
        "Anzeige",
        "Share this:",
        "Facebook",
        "Twitter",
        "Facebook X Reddit",
        "é 😀.",
        "# H",
        "> ",
        "- ",
        "1. ",
        "    ",
        "\n",
        "\n\n",
        "\r\n",
        "\r\n\r\n",
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "| a |",
        "`c`",
        "```\n",
        "[x](y)",
        "![i](j)",
        "&amp;",
        "\\",
        "---\n",
        "<!-- c -->",
        "\u{FEFF}",
        "{{< s >}}",
        "\t",
        " ",
        "Advertisement - Continue Reading Below",
        "div-gpt-ad-12",
    ])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_panics_and_every_edit_lies_in_the_article(
        pieces in prop::collection::vec(piece(), 0..24),
        kind in prop::sample::select(vec![Kind::Markdown, Kind::Mdx, Kind::Html, Kind::Text]),
    ) {
        let text = pieces.concat();
        let source = Source::new("a", kind, text.as_str());
        for finding in check(&source, &[]) {
            prop_assert!(text.get(finding.span.start..finding.span.end).is_some_and(|words| !words.is_empty()));
            for fix in &finding.fixes {
                prop_assert!(fix.edits.iter().any(|edit| edit.span.overlaps(finding.span)));
                for edit in &fix.edits {
                    let words = text.get(edit.span.start..edit.span.end);
                    prop_assert!(words.is_some());
                    // Beside the words only the tags around them go, which may stand on lines of their own.
                    let is_tag = words.is_some_and(|words| words.trim().starts_with('<') && words.trim().ends_with('>'));
                    prop_assert!(edit.span.overlaps(finding.span) || (kind == Kind::Html && is_tag));
                }
            }
        }
        fixed(kind, &text, true);
    }
}

/// What an article says apart from its markers: each block's kind and its lines without the marks of Markdown.
fn rest(text: &str) -> Vec<(BlockKind, Vec<String>)> {
    let source = Source::new("a.md", Kind::Markdown, text);
    let document = Document::parse(&source);
    let marks = |c: char| c.is_whitespace() || "*>-+|=.12".contains(c);
    let blocks = document.blocks.iter().map(|block| {
        let text = if block.kind == BlockKind::Code { source.slice(block.span) } else { document.text_of(block) };
        let lines = text.lines().map(|line| line.trim_matches(marks).to_owned());
        (block.kind, lines.filter(|line| !line.is_empty() && !line.eq_ignore_ascii_case("advertisement")).collect())
    });
    blocks.filter(|(kind, lines): &(_, Vec<_>)| *kind == BlockKind::Code || !lines.is_empty()).collect()
}

/// Pieces that come close to being read as something else.
fn hazard() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "ADVERTISEMENT\n",
        "ADVERTISEMENT\n",
        "**Advertisement**\n",
        "One.\n",
        "two\n",
        "# H\n",
        "> ",
        ">\n",
        "- ",
        "1. ",
        "2. ",
        "    ",
        "  ",
        "\n",
        "\n",
        "\n\n",
        "<p>",
        "</p>\n",
        "<div>\n",
        "</div>\n",
        "| a |\n|---|\n| c |\n",
        "```\n",
        "---\n",
        "===\n",
        "<!-- c -->\n",
        "[x]: y\n",
        "three\\\n",
        "\t",
        "* * *\n",
        "+ ",
    ])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_safe_fix_leaves_the_rest_as_it_was(pieces in prop::collection::vec(hazard(), 0..14)) {
        let text = pieces.concat();
        let after = fixed(Kind::Markdown, &text, false);
        if after != text {
            prop_assert_eq!(rest(&text), rest(&after), "{:?}", after);
        }
    }
}

#[test]
fn a_word_beside_a_marker_is_still_a_word() {
    for text in ["Text.\n\nADVERTISEMENT\n\nMore.\n", "x\n\nADVERTISEMENT\n"] {
        let source = Source::new("a.md", Kind::Markdown, text);
        let found = check(&source, &[]);
        assert_eq!(
            found.iter().map(|finding| source.slice(finding.span)).collect::<Vec<_>>(),
            ["ADVERTISEMENT"],
            "{text}"
        );
    }
}
