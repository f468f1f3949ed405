//! Front matter to the byte: every key and value stands where its span says, in all three formats, on text that is made
//! to break offsets.

use copydesk::document::front_matter::{Data, Format, Map, Style, Value};
use copydesk::document::{Document, ProblemKind};
use copydesk::source::{Kind, Source};

fn source(text: &str) -> Source {
    Source::new("a.md", Kind::Markdown, text)
}

/// Each entry at any depth as `path = source of the value`, after a check that the key's own span shows the key.
fn outline(text: &str) -> Vec<String> {
    let source = source(text);
    let document = Document::parse(&source);
    let front_matter = document.front_matter.as_ref().expect("it has front matter");
    let mut lines = Vec::new();
    outline_map(text, &front_matter.map, "", &mut lines);
    lines
}

fn outline_map(text: &str, map: &Map, path: &str, lines: &mut Vec<String>) {
    for entry in &map.entries {
        let written = entry.key_span.of(text);
        assert!(written.contains(entry.key.as_str()), "{written:?} is not the key {:?}", entry.key);
        let path = format!("{path}{}", entry.key);
        lines.push(format!("{path} = {}", entry.value.span.of(text)));
        outline_value(text, &entry.value, &path, lines);
    }
}

fn outline_value(text: &str, value: &Value, path: &str, lines: &mut Vec<String>) {
    match &value.data {
        Data::Map(map) => outline_map(text, map, &format!("{path}."), lines),
        Data::List(items) => {
            for (index, item) in items.iter().enumerate() {
                lines.push(format!("{path}[{index}] = {}", item.span.of(text)));
                outline_value(text, item, &format!("{path}[{index}]"), lines);
            }
        }
        _ => {}
    }
}

/// The value at a dotted path.
fn value(text: &str, path: &str) -> Value {
    let source = source(text);
    let document = Document::parse(&source);
    let front_matter = document.front_matter.expect("it has front matter");
    front_matter.map.entry_at(path).expect("the key is there").value.clone()
}

fn string(text: &str) -> Data {
    Data::String(text.to_owned())
}

/// Each problem as `kind "source" message`.
fn problems(text: &str) -> Vec<String> {
    problems_in(&source(text))
}

fn problems_in(source: &Source) -> Vec<String> {
    let document = Document::parse(source);
    let show = |problem: &copydesk::document::Problem| {
        format!("{:?} {:?} {}", problem.kind, source.slice(problem.span), problem.message)
    };
    document.problems.iter().map(show).collect()
}

/// The body of `text`, parsed as `kind`.
fn body(kind: Kind, text: &str) -> Option<String> {
    let source = Source::new("a", kind, text);
    let document = Document::parse(&source);
    document.front_matter.as_ref()?;
    Some(source.slice(document.body).to_owned())
}

#[test]
fn yaml_places_survive_every_width_of_character() {
    let text = "\u{FEFF}---\r\n\"títle\": 'It''s é 😀'\r\n日本: 語 # c😀\r\nempty:\r\nnested:\r\n  deep: {a: [1, \"é\"], b: }\r\n  \
                list:\r\n  - x\r\n  -\r\n  - k: v\r\n    l: w\r\n---\r\nbody\r\n";
    assert_eq!(
        outline(text),
        [
            "títle = 'It''s é 😀'",
            "日本 = 語",
            "empty = ",
            "nested = deep: {a: [1, \"é\"], b: }\r\n  list:\r\n  - x\r\n  -\r\n  - k: v\r\n    l: w",
            "nested.deep = {a: [1, \"é\"], b: }",
            "nested.deep.a = [1, \"é\"]",
            "nested.deep.a[0] = 1",
            "nested.deep.a[1] = \"é\"",
            "nested.deep.b = ",
            "nested.list = - x\r\n  -\r\n  - k: v\r\n    l: w",
            "nested.list[0] = x",
            "nested.list[1] = ",
            "nested.list[2] = k: v\r\n    l: w",
            "nested.list[2].k = v",
            "nested.list[2].l = w",
        ]
    );
    assert_eq!(value(text, "títle").data, string("It's é 😀"));
    let empty = value(text, "empty");
    assert_eq!(&text[empty.span.start - 6..empty.span.end], "empty:", "an empty value stands right after its colon");
    let source = source(text);
    let document = Document::parse(&source);
    let front_matter = document.front_matter.expect("it has front matter");
    assert!(front_matter.complete);
    assert_eq!(front_matter.comments.iter().map(|span| span.of(text)).collect::<Vec<_>>(), ["# c😀"]);
    assert_eq!(front_matter.opening.of(text), "---");
    assert!(front_matter.content.of(text).starts_with("\"títle\"") && front_matter.content.of(text).ends_with("l: w"));
    assert!(front_matter.span.of(text).starts_with("---") && front_matter.span.of(text).ends_with("\r\n---"));
    assert_eq!(document.body.of(text), "body\r\n");
}

#[test]
fn yaml_block_scalars_run_from_their_header() {
    let text = "---\na: | # why\n  é\n   two\n\n\nb: >-\n\n  folded 😀\n  more\n# foot\nc: !!str &n |+\n  q\n\nd: |\ne:\n  - >\n    item\n  - last\n---\n";
    assert_eq!(
        outline(text),
        [
            "a = | # why\n  é\n   two",
            "b = >-\n\n  folded 😀\n  more",
            "c = |+\n  q",
            "d = |",
            "e = - >\n    item\n  - last",
            "e[0] = >\n    item",
            "e[1] = last",
        ]
    );
    assert_eq!(value(text, "a").data, string("é\n two\n"));
    assert_eq!(value(text, "b").data, string("\nfolded 😀 more"));
    assert_eq!(value(text, "a").style, Style::Block);
}

#[test]
fn yaml_lines_that_go_on_are_one_value() {
    let text = "---\np: plain é\n  goes on\nq: \"quoted\n  too\"\nt: !tag bar\nu: &x baz\n---\n";
    assert_eq!(outline(text), ["p = plain é\n  goes on", "q = \"quoted\n  too\"", "t = bar", "u = baz"]);
    assert_eq!(value(text, "p").data, string("plain é goes on"));
}

#[test]
fn yaml_aliases_and_merge_keys_keep_the_places_of_their_anchor() {
    let text = "---\nbase: &b {x: é, y: 2}\ncopy: *b\nmore:\n  <<: *b\n  y: 3\n---\n";
    assert_eq!(
        outline(text),
        [
            "base = {x: é, y: 2}",
            "base.x = é",
            "base.y = 2",
            "copy = *b",
            "copy.x = é",
            "copy.y = 2",
            "more = <<: *b\n  y: 3",
            "more.y = 3",
            "more.x = é",
        ]
    );
    assert_eq!(value(text, "copy").style, Style::Alias);
    assert_eq!(value(text, "more.y").data, Data::Number(3.0));
}

#[test]
fn yaml_keys_of_any_type_are_text_as_written() {
    let text = "---\n12: a\n~: b\ntrue: c\n? [q, r]\n: d\n'it''s': e\n---\n";
    let source = source(text);
    let document = Document::parse(&source);
    let front_matter = document.front_matter.expect("it has front matter");
    let keys: Vec<_> = front_matter.map.entries.iter().map(|e| (e.key.as_str(), e.key_span.of(text))).collect();
    assert_eq!(keys, [("12", "12"), ("~", "~"), ("true", "true"), ("[q, r]", "[q, r]"), ("it's", "'it''s'")]);
}

#[test]
fn yaml_dates_are_dates_only_without_quotes() {
    let text =
        "---\na: 2025-07-18\nb: \"2025-07-18\"\nc: 2025-07-18 10:00:00 -0600\nd: 2024-13-45\ne: July 18, 2025\n---\n";
    let date = |text: &str| Data::Date(text.to_owned());
    assert_eq!(value(text, "a").data, date("2025-07-18"));
    assert_eq!(value(text, "b").data, string("2025-07-18"));
    assert_eq!(value(text, "c").data, date("2025-07-18 10:00:00 -0600"));
    assert_eq!(value(text, "c").span.of(text), "2025-07-18 10:00:00 -0600");
    assert_eq!(value(text, "d").data, date("2024-13-45"));
    assert_eq!(value(text, "e").data, string("July 18, 2025"));
}

#[test]
fn toml_places() {
    let text = "\u{FEFF}+++ \r\ntitle = \"é 😀 # no\" # yes\r\ndate = 2025-07-18T10:00:00Z\r\n\"quoted key\" = 'x'\r\na.b = 1\r\n\
                list = [1, \"é\",\r\n  { k = 'v' }]\r\n[extra] # there\r\nlong = \"\"\"\r\n# in\r\nit\"\"\"\r\n[[part]]\r\nn = 1\r\n[[part]]\r\nn = 2\r\n+++\r\nbody";
    assert_eq!(
        outline(text),
        [
            "title = \"é 😀 # no\"",
            "date = 2025-07-18T10:00:00Z",
            "quoted key = 'x'",
            "a = a",
            "a.b = 1",
            "list = [1, \"é\",\r\n  { k = 'v' }]",
            "list[0] = 1",
            "list[1] = \"é\"",
            "list[2] = { k = 'v' }",
            "list[2].k = 'v'",
            "extra = [extra]",
            "extra.long = \"\"\"\r\n# in\r\nit\"\"\"",
            "part = [[part]]",
            "part[0] = [[part]]",
            "part[0].n = 1",
            "part[1] = [[part]]",
            "part[1].n = 2",
        ]
    );
    assert_eq!(value(text, "date").data, Data::Date("2025-07-18T10:00:00Z".to_owned()));
    assert_eq!(value(text, "extra.long").style, Style::Block);
    let source = source(text);
    let document = Document::parse(&source);
    let front_matter = document.front_matter.expect("it has front matter");
    assert_eq!((front_matter.format, front_matter.complete), (Format::Toml, true));
    assert_eq!(front_matter.comments.iter().map(|span| span.of(text)).collect::<Vec<_>>(), ["# yes", "# there"]);
    assert_eq!(document.body.of(text), "body");
}

#[test]
fn json_places() {
    let text = "\u{FEFF}{\r\n\t\"títle\": \"é \\\"😀\\\" }\",\r\n\t\"n\": -1.5e3, \"list\": [true, null, {\"k\": []}]\r\n}\r\n\r\nbody";
    assert_eq!(
        outline(text),
        [
            "títle = \"é \\\"😀\\\" }\"",
            "n = -1.5e3",
            "list = [true, null, {\"k\": []}]",
            "list[0] = true",
            "list[1] = null",
            "list[2] = {\"k\": []}",
            "list[2].k = []",
        ]
    );
    assert_eq!(value(text, "títle").data, string("é \"😀\" }"));
    assert_eq!(body(Kind::Markdown, text).as_deref(), Some("\r\nbody"));
}

#[test]
fn every_kind_of_source_has_front_matter() {
    for kind in [Kind::Markdown, Kind::Mdx, Kind::Html, Kind::Text] {
        for text in [
            "---\ntitle: x\n---\nbody",
            "\n\n---\ntitle: x\n---\nbody",
            "--- \t\ntitle: x\n---\t\nbody",
            "---\ntitle: x\n...\nbody",
            "---yaml\ntitle: x\n---\nbody",
            "---toml\ntitle = 'x'\n---\nbody",
            "---json\n{\"title\": \"x\"}\n---\nbody",
            "---\n---\nbody",
            "---\n# only a comment\n---\nbody",
            "---\n{title: x}\n---\nbody",
            "+++\ntitle = 'x'\n+++\nbody",
            "{\"title\": \"x\"}\nbody",
            "<!--\n---\ntitle: x\n---\n-->\nbody",
            "<!-- ---\ntitle: x\n--- -->\nbody",
            "\u{FEFF}<!--\r\n+++\r\ntitle = 'x'\r\n+++\r\n-->\r\nbody",
        ] {
            assert_eq!(body(kind, text).as_deref(), Some("body"), "{kind:?} {text:?}");
            assert_eq!(problems_in(&Source::new("a", kind, text)), [""; 0], "{kind:?} {text:?}");
        }
    }
    let comment = source("<!--\n---\ntitle: x\n---\n-->\nbody");
    let document = Document::parse(&comment);
    let front_matter = document.front_matter.expect("it has front matter");
    assert_eq!(comment.slice(front_matter.span), "<!--\n---\ntitle: x\n---\n-->");
}

#[test]
fn what_only_begins_like_front_matter_is_none() {
    for text in [
        "",
        "\n",
        "---",
        "---\n",
        "+++\n",
        "---\n\nSome prose.\n\n---\n\nMore prose.\n",
        "---\nA heading\n---\n\nText.\n",
        "---\n- a\n- b\n---\n",
        "---\n\nNote: this is prose with a colon, and goes on.\nIt has a second line.\n\n---\n",
        "---\nNote: prose after a rule\n\nmore prose",
        "---\n# A heading\n\nText without another rule.\n",
        "-----\nSome prose.\n-----\n",
        "{{ template }}\n",
        "{{< shortcode >}}\n",
        "{% tag %}\n",
        "{/* a comment */}\n",
        "{ prose in braces }\n",
        "{\"quoted\"} prose\n",
        "{\"id\": 5} is what the server answers.\n",
        "<!-- a comment -->\n\nText\n\n---\n\nText: more\n",
        "<!--\n-->\n---\n",
        "<!-- never closed",
        "<!--",
        "--\n",
        "Title: x\nAuthor: y\n---\n",
    ] {
        for kind in [Kind::Markdown, Kind::Mdx, Kind::Html, Kind::Text] {
            let source = Source::new("a", kind, text);
            let document = Document::parse(&source);
            assert!(document.front_matter.is_none(), "{text:?}");
            assert_eq!(problems_in(&source), [""; 0], "{text:?}");
            assert_eq!(document.body.of(text), text);
        }
    }
}

#[test]
fn a_fence_that_does_not_close_is_told_at_its_opening() {
    let text = "---\ntitle: x\ntags:\n  - é\n\ndate: 2025-07-18\n\n# Heading\n\nProse: more.\n";
    assert_eq!(problems(text), ["Fence \"---\" the front matter is never closed"]);
    assert_eq!(body(Kind::Markdown, text).as_deref(), Some("\n# Heading\n\nProse: more.\n"));
    assert_eq!(outline(text).last().map(String::as_str), Some("date = 2025-07-18"));
    // A thematic break far below closes it for the parser, not for the reader.
    let text = "---\ntitle: x\ndate: 2025-07-18\n\nA paragraph of prose.\n\nAnd another one.\n\n---\n\nThe end.\n";
    assert_eq!(problems(text), ["Fence \"---\" the front matter is never closed"]);
    assert_eq!(
        body(Kind::Markdown, text).as_deref(),
        Some("\nA paragraph of prose.\n\nAnd another one.\n\n---\n\nThe end.\n")
    );
    let text = "+++\ntitle = 'x'\ndate = 2025-07-18\n\nProse.\n";
    assert_eq!(problems(text), ["Fence \"+++\" the front matter is never closed"]);
    let text = "{\n  \"title\": \"x\",\n  \"tags\": [\"a\"]\n\nProse.\n";
    assert_eq!(problems(text), ["Fence \"{\" the front matter is never closed"]);
    assert_eq!(body(Kind::Markdown, text).as_deref(), Some("\nProse.\n"));
    assert_eq!(outline(text)[0], "title = \"x\"");
    let text = "<!--\n---\ntitle: x\n-->\nbody";
    assert_eq!(problems(text), ["Fence \"---\" the front matter is never closed"]);
    assert_eq!(body(Kind::Html, text).as_deref(), Some("body"));
    let text = "<!--\n---\ntitle: x\n---\nbody";
    assert_eq!(problems(text), ["Fence \"<!--\" this comment is never closed"]);
}

#[test]
fn a_spoiled_fence_is_told_at_its_place() {
    for fence in ["--", "----", "—-", "—", "- - -", "–––", "+++"] {
        let text = format!("---\ntitle: x\ntags: [a]\n{fence}\n\nBody.\n\n---\n\nEnd.\n");
        assert_eq!(problems(&text), [format!("Fence {fence:?} this line does not close the front matter")]);
        assert_eq!(body(Kind::Markdown, &text).as_deref(), Some("\nBody.\n\n---\n\nEnd.\n"));
    }
    let text = "---\ntitle: x\n  ---\nBody.\n";
    assert_eq!(problems(text), ["Fence \"---\" an indented `---` does not close the front matter"]);
    let text = "+++\ntitle = 'x'\n---\nBody.\n";
    assert_eq!(problems(text), ["Fence \"---\" this line does not close the front matter"]);
    for fence in ["--", "----", "—-"] {
        let text = format!("{fence}\ntitle: x\ntags: [a]\n---\nBody.\n");
        assert_eq!(problems(&text), [format!("Fence {fence:?} this line does not open front matter")]);
        assert_eq!(body(Kind::Markdown, &text).as_deref(), Some("Body.\n"));
    }
    let text = "  ---\ntitle: x\n---\nBody.\n";
    assert_eq!(problems(text), ["Fence \"---\" the opening `---` is indented"]);
    let text = "<!-- licence -->\n---\ntitle: x\n---\nBody.\n";
    assert_eq!(problems(text), ["Fence \"---\" front matter must begin on the first line"]);
    // In a text block a rule is text.
    assert_eq!(problems("---\na: |\n  x\n  ---\n  y\nb: z\n---\n"), [""; 0]);
}

#[test]
fn repeated_keys_are_told_at_the_second() {
    let text = "---\na: 1\nb:\n  c: é\n  c: 2\n\"a\": 3\n---\n";
    let source = source(text);
    let document = Document::parse(&source);
    let told: Vec<_> = document.problems.iter().map(|p| (p.span.start, p.span.of(text), p.labels[0].0.start)).collect();
    assert_eq!(told, [(22, "c", 14), (27, "\"a\"", 4)]);
    assert!(document.problems.iter().all(|problem| problem.kind == ProblemKind::DuplicateKey));
    assert!(document.front_matter.expect("it has front matter").complete);

    for (text, second, first) in [
        ("+++\na = 1\n[t]\na = 2\nb = 'é'\nb = 3\n+++\n", 29, 20),
        ("+++\na = 1\nx.a = 2\na = 3\n+++\n", 18, 4),
        ("+++\n[t]\na = 1\n[u]\nb = 2\n[t]\nc = 3\n+++\n", 25, 5),
        ("+++\nx = {a = 1, a = 2}\n+++\n", 16, 9),
        ("{\"a\": 1, \"é\": {\"b\": 1, \"b\": 2}, \"a\": 3}\n", 24, 16),
    ] {
        let source = Source::new("a.md", Kind::Markdown, text);
        let document = Document::parse(&source);
        let problem = document.problems.first().expect("it is told");
        assert_eq!(problem.kind, ProblemKind::DuplicateKey, "{text}");
        assert_eq!((problem.span.start, problem.labels[0].0.start), (second, first), "{text}");
        assert!(document.front_matter.is_some_and(|front_matter| front_matter.complete), "{text}");
    }
}

#[test]
fn a_fault_keeps_what_stands_around_it() {
    let text = "---\ntitle: Foo: bar\ndate: 2025-07-18\ntags: [a\nlayout: x\n---\nbody";
    assert_eq!(
        problems(text),
        [
            "Syntax \":\" a colon followed by a space stands inside an unquoted value",
            "Syntax \"[\" this `[` is never closed",
        ]
    );
    let keys = outline(text);
    assert!(keys.contains(&"date = 2025-07-18".to_owned()) && keys.contains(&"layout = x".to_owned()), "{keys:?}");
    assert_eq!(body(Kind::Markdown, text).as_deref(), Some("body"));
}

#[test]
fn yaml_faults_in_plain_words() {
    for (text, told) in [
        ("a: b: c", "\":\" a colon followed by a space stands inside an unquoted value"),
        ("a: \"Foo\nb: \"c\"", "\"\\\"\" this quote is never closed"),
        ("a: \"Foo\nb: c", "\"\\\"\" this quote is never closed"),
        ("a: \"Foo\" bar\nb: c", "\"bar\" text follows the closing quote"),
        ("a: 'It's é'\nb: c", "\"s é'\" text follows the closing quote"),
        ("a:\n\tb: c", "\"\\t\" a tab stands where YAML wants spaces"),
        ("a: b\nfoo bar é\nc: d", "\"foo bar é\" this line is neither `key: value` nor part of the value above"),
        ("a: b\nc:d\ne: f", "\"c:d\" a space is missing after the colon"),
        ("a:b\nc:d", "\"a:b\" a space is missing after the colon"),
        ("a: b\n  c: d", "\"c\" this key is indented below a key that already has a value"),
        ("a:\n    b: 1\n  c: 2", "\"c: 2\" this line is indented like none of the lines above"),
        ("a: @é", "\"@\" a value cannot begin with `@` unless it is quoted"),
        ("a: {% x %}", "\"%\" a value cannot begin with `%` unless it is quoted"),
        ("a: \"é\\d\"", "\"\\\\d\" `\\d` is no escape that YAML knows"),
        ("a: [x, é\nb: c", "\"[\" this `[` is never closed"),
        ("a: {x: 1\nb: c", "\"{\" this `{` is never closed"),
        ("a: [x, {y: z]", "\"{\" this `{` is closed by `]`"),
        ("a: *foo* bar", "\"*foo*\" `*foo*` names an anchor that is not there"),
        ("a: *foo", "\"*foo\" `*foo` names an anchor that is not there"),
        ("a: &x [*x]", "\"*x\" this alias stands inside its own anchor"),
        ("a: - b", "\"-\" a list cannot begin on the line of its key"),
        ("a: b\n- c", "\"- c\" a list item stands where a key is expected"),
        ("a: |x\n  y", "\"|x\" text follows a `|` or `>` on the same line"),
        ("a: b\u{7}c", "\"\\u{7}\" a control character (U+0007) stands here"),
        ("a: \"x\"#y", "\"#\" a comment needs a space before its `#`"),
    ] {
        let text = format!("---\n{text}\n---\nbody\n");
        assert_eq!(problems(&text), [format!("Syntax {told}")], "{text}");
        let source = source(&text);
        assert!(!Document::parse(&source).front_matter.is_some_and(|front_matter| front_matter.complete), "{text}");
    }
}

#[test]
fn toml_faults_in_plain_words() {
    for (text, told) in [
        ("a = é b\nc = 1", "Syntax \"é b\" a text without quotes"),
        ("a\nc = 1", "Syntax \"a\" a key without a value"),
        ("a = \"é\nc = 1", "Syntax \"\\\"é\" this quote is never closed, or holds what a quoted text cannot"),
        ("a = [1, 2\nc = 1", "Syntax \"a = [1, 2\" a comma is missing after this"),
    ] {
        let text = format!("+++\nx = 1\n{text}\n+++\nbody\n");
        assert_eq!(problems(&text).first().map(String::as_str), Some(told), "{text}");
    }
}

#[test]
fn json_faults_in_plain_words() {
    let text = "{\n  // why\n  \"a\": 'é',\n  b: 1\n  \"c\": [1, 2,],\n}\nbody";
    assert_eq!(
        problems(text),
        [
            "Syntax \"// why\" JSON has no comments",
            "Syntax \"'\" JSON knows only double quotes",
            "Syntax \"b\" a key without quotes",
            "Syntax \"\" a comma is missing here",
            "Syntax \",\" a comma stands after the last entry",
        ]
    );
    assert_eq!(outline(text).iter().filter(|line| !line.contains('[')).count(), 2 + 1 - 1);
    let text = "{\"a\": \"x\", \"é\": [1, oops!], \"c\": 2}\nbody";
    assert_eq!(problems(text).len(), 1);
    assert_eq!(outline(text), ["a = \"x\""]);
    let text = "{\"a\": \"é\nb\", \"c\": 2}\nbody";
    assert_eq!(problems(text), ["Syntax \"\\n\" a line break or control character stands inside a text"]);
}

#[test]
fn hostile_nesting_and_growth_are_capped() {
    let deep = 100_000;
    for text in [
        format!("---\na: {}\n---\n", "[".repeat(deep)),
        format!("---\na: {}{}\n---\n", "[".repeat(deep), "]".repeat(deep)),
        format!("---\na: {}\n---\n", "{a: ".repeat(deep)),
        format!("---\na:\n  {}x\n---\n", "- ".repeat(deep)),
        format!("+++\na = {}\n+++\n", "[".repeat(deep)),
        format!("+++\n{}a = 1\n+++\n", "a.".repeat(deep)),
        format!("{{\"a\": {}{}}}\n", "[".repeat(deep), "]".repeat(deep)),
        format!("{{\"a\": {}1{}\n", "{\"a\":".repeat(deep), "}".repeat(deep)),
        format!(
            "---\na: &a0 [x, x]\n{}---\n",
            (1..60).map(|n| format!("b{n}: &a{n} [*a{0}, *a{0}]\n", n - 1)).collect::<String>()
        ),
        format!("---\n{}---\n", "a: [\n".repeat(deep)),
        format!("---\n{}---\n", "a: \"x\n".repeat(deep)),
        format!("---\n{}", "a: x\n".repeat(deep)),
        format!("---\n{}---\n", "a: b: c\n".repeat(deep)),
        "---\n".repeat(deep),
        "--\n".repeat(deep),
        "<!---->\n".repeat(deep),
        "\n".repeat(deep),
    ] {
        let start = std::time::Instant::now();
        let source = source(&text);
        Document::parse(&source);
        let took = start.elapsed();
        assert!(took < std::time::Duration::from_secs(5), "{took:?} for {:?}…", &text[..30]);
    }
}

#[test]
fn aliases_that_grow_are_told_once() {
    let levels: String = (1..60).map(|n| format!("b{n}: &a{n} [*a{0}, *a{0}]\n", n - 1)).collect();
    let told = problems(&format!("---\na: &a0 [x, x]\n{levels}---\n"));
    assert_eq!(told, ["Syntax \"*a10\" the aliases up to here repeat more than 10000 values"]);
    let deep = format!("---\na: {}{}\nb: c\n---\n", "[".repeat(100), "]".repeat(100));
    assert_eq!(problems(&deep), ["Syntax \"[\" nested more than 64 deep"]);
    let deep = format!("{{\"a\": {}{}}}\n", "[".repeat(100), "]".repeat(100));
    assert_eq!(problems(&deep), ["Syntax \"[\" nested more than 64 deep"]);
    let deep = format!("+++\na = {}{}\n+++\n", "[".repeat(100), "]".repeat(100));
    assert_eq!(problems(&deep).len(), 1, "{:?}", problems(&deep));
}
