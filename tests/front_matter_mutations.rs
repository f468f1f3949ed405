//! Random mutations of front matters: nothing panics, and every span lies in the source, on character boundaries.

use copydesk::document::Document;
use copydesk::document::front_matter::{Data, Map, Value};
use copydesk::source::{Kind, Source};

/// Front matters to mutate, and what to put into them.
const SEEDS: &[&str] = &[
    "---\ntitle: \"é: 😀\" # c\nlist: [a, {b: 'c'}]\ntext: |\n  日本\n\n  x\nbase: &b {k: v}\nmore:\n  <<: *b\n- x\n---\nbody\n",
    "\u{FEFF}---\r\ntitle: x\r\n\"q k\": >-\r\n  y\r\ntags:\r\n- a\r\n- \r\ndate: 2025-07-18\r\n...\r\nbody\r\n",
    "+++\ntitle = \"é\" # c\na.b = [1, 2.5, {c = 'd'}]\n[x.y]\nt = \"\"\"\n😀\"\"\"\n[[z]]\nd = 2025-07-18\n+++\nbody\n",
    "{\n  \"title\": \"é \\u00e9 😀\",\n  \"n\": [1, -2.5e3, null, {\"a\": true}]\n}\nbody\n",
    "<!--\n---\ntitle: é\n--- -->\n<p>x</p>\n",
];
const PIECES: &[&str] = &[
    "---\n", "+++\n", "...", "\n", "\r", "\t", " ", ": ", ":", "- ", "[", "]", "{", "}", "\"", "'", "|", ">", "&a ",
    "*a", "!!str ", "#", "é", "😀", "\u{FEFF}", "\u{85}", "\u{2028}", "\u{1A}", "\0", "\\", "%", "@", "=", ",", "<<: ",
    "-->", "<!--", "? ", "//", "\"\"\"", "'''", "a: b\n", "[t]\n", "0", "e", ".", "\u{A0}", "\\x", "\\u12",
];

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { failure_persistence: None, ..Default::default() })]

    #[test]
    fn no_mutation_breaks_a_span(
        seed in 0..SEEDS.len(),
        kind in 0..4usize,
        edits in proptest::collection::vec((proptest::num::usize::ANY, 0..6usize, 0..PIECES.len()), 0..8),
    ) {
        let mut text = SEEDS[seed].to_owned();
        for (at, remove, piece) in edits {
            let start = text.floor_char_boundary(at % (text.len() + 1));
            let end = text.ceil_char_boundary((start + remove).min(text.len()));
            text.replace_range(start..end, PIECES[piece]);
        }
        let kind = [Kind::Markdown, Kind::Mdx, Kind::Html, Kind::Text][kind];
        check_spans(&Source::new("a", kind, text));
    }
}

fn check_spans(source: &Source) {
    let text = source.text();
    let document = Document::parse(source);
    let fits = |span: copydesk::span::Span| text.get(span.start..span.end).is_some();
    assert!(fits(document.body));
    for problem in &document.problems {
        assert!(fits(problem.span) && problem.labels.iter().all(|(span, _)| fits(*span)), "{problem:?} in {text:?}");
        assert!(
            !problem.span.of(text).contains('\n') || problem.span.len() == 1,
            "{problem:?} runs over lines in {text:?}"
        );
    }
    let Some(front_matter) = &document.front_matter else {
        return;
    };
    assert!(fits(front_matter.span) && front_matter.span.contains(front_matter.opening), "{text:?}");
    assert!(fits(front_matter.content) && front_matter.span.contains(front_matter.content), "{text:?}");
    assert!(front_matter.span.end <= document.body.start, "{text:?}");
    assert!(front_matter.comments.iter().all(|span| fits(*span) && front_matter.content.contains(*span)), "{text:?}");
    check_map(text, &front_matter.map, front_matter.content);
}

fn check_map(text: &str, map: &Map, within: copydesk::span::Span) {
    for entry in &map.entries {
        assert!(within.contains(entry.key_span) && within.contains(entry.value.span), "{entry:?} in {text:?}");
        check_value(text, &entry.value, within);
    }
}

fn check_value(text: &str, value: &Value, within: copydesk::span::Span) {
    match &value.data {
        Data::Map(map) => check_map(text, map, within),
        Data::List(items) => items.iter().for_each(|item| check_value(text, item, within)),
        _ => assert!(text.get(value.span.start..value.span.end).is_some(), "{value:?} in {text:?}"),
    }
}
