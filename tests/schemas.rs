//! Schemas as users have them: of a Hugo, a Jekyll and an Astro site, every keyword of JSON Schema, and what is told of
//! schemas and data that cannot be used.

mod common;
mod support;

use std::fs;
use std::path::Path;

use common::Desk;
use support::{Files, check, show};

/// What is found in one of the sites in `fixtures/schemas`, as the binary says it.
fn site(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/schemas").join(name);
    let desk = Desk::new(&[]);
    copy(&folder, &desk.path("."));
    let ran = desk.check(&["--today", "2026-06-30"]);
    format!("{}{}", ran.stdout, ran.stderr)
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("made");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            fs::copy(&from, &to).expect("copied");
        }
    }
}

#[test]
fn a_hugo_site_in_the_words_of_the_configuration() {
    insta::assert_snapshot!(site("hugo"));
}

#[test]
fn a_jekyll_site_with_a_schema_in_two_files() {
    insta::assert_snapshot!(site("jekyll"));
}

#[test]
fn an_astro_site_with_the_schema_that_it_writes() {
    insta::assert_snapshot!(site("astro"));
}

/// What the schema finds in an article with this front matter, in JSON: place and message, a line each.
fn found(schema: &str, front_matter: &str) -> Vec<String> {
    let files = Files::from([
        (
            "copydesk.yaml".to_owned(),
            "collections: { all: { files: '*.md', front-matter: { schema: s.json } } }\n".into(),
        ),
        ("s.json".to_owned(), schema.to_owned()),
        ("part.yaml".to_owned(), "$defs: { word: { type: string }, self: { $ref: 'part.yaml#/$defs/word' } }\n".into()),
        ("a.md".to_owned(), format!("{front_matter}\n")),
    ]);
    let outcome = check(&files, "");
    let text = &files["a.md"];
    let findings = outcome.findings.iter().filter(|finding| finding.rule.starts_with("front-matter/"));
    findings.map(|finding| format!("{} {}", finding.span.of(text), finding.message)).collect()
}

#[test]
fn every_keyword_is_followed() {
    #[rustfmt::skip]
    let rows: &[(&str, &str, &[&str])] = &[
        (r#"{"properties": {"a": {"type": ["string", "null"]}}}"#, r#"{"a": 1}"#, &["1 `a` is a number, not text or empty"]),
        (r#"{"properties": {"a": {"type": "integer"}}}"#, r#"{"a": 1.0}"#, &[]),
        (r#"{"properties": {"a": {"enum": [1, [2], null, {"b": 1}]}}}"#, r#"{"a": {"b": 1}}"#, &[]),
        (r#"{"properties": {"a": {"enum": [1, [2], null]}}}"#, r#"{"a": [3]}"#, &["[3] `a` is a list, which is not one of the allowed values"]),
        (r#"{"properties": {"a": {"const": 1}}}"#, r#"{"a": 2}"#, &["2 `a` is `2`, but must be `1`"]),
        (r#"{"properties": {"a": {"multipleOf": 0.1}}}"#, r#"{"a": 0.3}"#, &[]),
        (r#"{"properties": {"a": {"multipleOf": 5}}}"#, r#"{"a": 7}"#, &["7 `a` is 7, which is no multiple of 5"]),
        (r#"{"properties": {"a": {"minimum": 2, "exclusiveMaximum": 5}}}"#, r#"{"a": 5}"#, &["5 `a` is 5, which is too much"]),
        (r#"{"properties": {"a": {"minimum": 2, "exclusiveMinimum": true}}}"#, r#"{"a": 2}"#, &["2 `a` is 2, which is too little"]),
        (r#"{"properties": {"a": {"minLength": 2, "maxLength": 3}}}"#, r#"{"a": "é😀本x"}"#, &["\"é😀本x\" `a` is 4 characters long, 1 too many"]),
        (r#"{"properties": {"a": {"pattern": "^(?!b)"}}}"#, r#"{"a": "bc"}"#, &["\"bc\" `a` does not have the form that is asked for"]),
        (r#"{"properties": {"a": {"minItems": 1, "maxItems": 2}}}"#, r#"{"a": [1, 2, 3]}"#, &["[1, 2, 3] `a` has 3 items, 1 too many"]),
        (r#"{"properties": {"a": {"uniqueItems": true}}}"#, r#"{"a": [{"b": 1}, {"b": 1}]}"#, &["{\"b\": 1} `a` has the same item twice"]),
        (r#"{"properties": {"a": {"items": {"type": "string"}}}}"#, r#"{"a": ["b", 1]}"#, &["1 an item of `a` is a number, not text"]),
        (r#"{"properties": {"a": {"items": [{"type": "string"}], "additionalItems": {"type": "number"}}}}"#, r#"{"a": ["b", 1, "c"]}"#, &["\"c\" an item of `a` is text, not a number"]),
        (r#"{"properties": {"a": {"prefixItems": [{"type": "string"}], "items": false}}}"#, r#"{"a": ["b", 1]}"#, &["1 nothing may stand at an item of `a`"]),
        (r#"{"properties": {"a": {"contains": {"const": 1}, "maxContains": 1}}}"#, r#"{"a": [1, 2, 1]}"#, &["[1, 2, 1] `a` has 2 of a kind of item"]),
        (r#"{"properties": {"a": {"contains": {"const": 1}}}}"#, r#"{"a": [2]}"#, &["[2] `a` lacks an item that must be there"]),
        (r#"{"properties": {"a": {"contains": {"const": 1}, "minContains": 0}}}"#, r#"{"a": [2]}"#, &[]),
        (r#"{"properties": {"a": {"prefixItems": [true], "unevaluatedItems": {"type": "string"}}}}"#, r#"{"a": [1, 2]}"#, &["2 an item of `a` is a number, not text"]),
        (r#"{"minProperties": 2}"#, r#"{"a": 1}"#, &["{ the front matter has only 1 key"]),
        (r#"{"maxProperties": 1}"#, r#"{"a": 1, "b": 2}"#, &["{ the front matter has 2 keys, 1 too many"]),
        (r#"{"required": ["a", "b.c"]}"#, r#"{"a": "", "b": {"c": 1}}"#, &["{ `b.c` is missing"]),
        (r#"{"patternProperties": {"^x": {"type": "string"}}, "additionalProperties": {"type": "number"}}"#, r#"{"xa": 1, "b": "c"}"#, &["1 `xa` is a number, not text", "\"c\" `b` is text, not a number"]),
        (r#"{"properties": {"title": true}, "additionalProperties": false}"#, r#"{"titel": 1}"#, &["\"titel\" nothing is known of a key `titel`"]),
        (r#"{"propertyNames": {"pattern": "^[a-z]+$"}}"#, r#"{"a-b": 1}"#, &["\"a-b\" `a-b` is no key that is allowed here"]),
        (r#"{"allOf": [{"properties": {"a": true}}], "unevaluatedProperties": false}"#, r#"{"a": 1, "b": 2}"#, &["\"b\" nothing is known of a key `b`"]),
        (r#"{"if": {"properties": {"a": {"const": 1}}}, "then": {"properties": {"b": true}}, "properties": {"a": true}, "unevaluatedProperties": false}"#, r#"{"a": 1, "b": 2}"#, &[]),
        (r#"{"dependentRequired": {"a": ["b"]}}"#, r#"{"a": 1}"#, &["{ `b` is missing, which `a` asks for"]),
        (r#"{"dependentSchemas": {"a": {"properties": {"b": {"type": "string"}}}}}"#, r#"{"a": 1, "b": 2}"#, &["2 `b` is a number, not text"]),
        (r#"{"dependencies": {"a": ["b"], "b": {"required": ["c"]}}}"#, r#"{"a": 1, "b": 2}"#, &["{ `c` is missing"]),
        (r#"{"properties": {"a": {"allOf": [{"minLength": 2}, {"pattern": "x"}]}}}"#, r#"{"a": "b"}"#, &["\"b\" `a` does not have the form that is asked for", "\"b\" `a` is only 1 character long"]),
        (r#"{"properties": {"a": {"anyOf": [{"type": "string"}, {"type": "array"}]}}}"#, r#"{"a": 1}"#, &["1 `a` is a number, not text or a list"]),
        (r#"{"properties": {"a": {"anyOf": [{"const": "bed"}, {"enum": ["nap", "rest"]}]}}}"#, r#"{"a": "bad"}"#, &["\"bad\" `a` is `bad`, which is not one of the allowed values"]),
        (r#"{"properties": {"a": {"anyOf": [{"type": "string", "maxLength": 2}, {"type": "array"}]}}}"#, r#"{"a": "bcd"}"#, &["\"bcd\" `a` is 3 characters long, 1 too many"]),
        (r#"{"properties": {"a": {"anyOf": [{"minLength": 5}, {"pattern": "^x"}]}}}"#, r#"{"a": "bcd"}"#, &["\"bcd\" `a` fits none of the 2 forms that are allowed"]),
        (r#"{"anyOf": [{"required": ["a"]}, {"required": ["b"]}]}"#, r#"{"c": 1}"#, &["{ neither `a` nor `b` is there"]),
        (r#"{"properties": {"a": {"oneOf": [{"minimum": 1}, {"multipleOf": 2}]}}}"#, r#"{"a": 4}"#, &["4 `a` fits 2 forms of which just one is allowed"]),
        (r#"{"properties": {"a": {"oneOf": [{"properties": {"kind": {"const": "x"}, "b": {"type": "string"}}}, {"properties": {"kind": {"const": "y"}, "b": {"type": "number"}}}]}}}"#, r#"{"a": {"kind": "y", "b": "c"}}"#, &["\"c\" `a.b` is text, not a number"]),
        (r#"{"not": {"required": ["a", "b"]}}"#, r#"{"a": 1, "b": 2}"#, &["\"b\" `b` cannot stand beside `a`"]),
        (r#"{"properties": {"a": {"not": {"const": 1}}}}"#, r#"{"a": 1}"#, &["1 `a` must not be `1`"]),
        (r#"{"if": {"properties": {"a": {"const": 1}}}, "then": {"required": ["b"]}, "else": {"required": ["c"]}}"#, r#"{"a": 2}"#, &["{ `c` is missing"]),
        (r##"{"properties": {"a": {"$ref": "#/$defs/w"}}, "$defs": {"w": {"type": "string"}}}"##, r#"{"a": 1}"#, &["1 `a` is a number, not text"]),
        (r##"{"properties": {"a": {"$ref": "#/definitions/a~1b%20c"}}, "definitions": {"a/b c": false}}"##, r#"{"a": 1}"#, &["1 nothing may stand at `a`"]),
        (r##"{"properties": {"a": {"$ref": "#word"}}, "$defs": {"w": {"$anchor": "word", "type": "string"}}}"##, r#"{"a": 1}"#, &["1 `a` is a number, not text"]),
        (r##"{"$id": "https://example.org/s", "properties": {"a": {"$ref": "https://example.org/s#/$defs/w"}}, "$defs": {"w": {"type": "string"}}}"##, r#"{"a": 1}"#, &["1 `a` is a number, not text"]),
        (r##"{"properties": {"a": {"$ref": "https://example.org/w"}}, "$defs": {"x": {"$id": "https://example.org/w", "$ref": "#/$defs/y", "$defs": {"y": {"type": "string"}}}}}"##, r#"{"a": 1}"#, &["1 `a` is a number, not text"]),
        (r#"{"properties": {"a": {"$ref": "part.yaml#/$defs/self"}}}"#, r#"{"a": 1}"#, &["1 `a` is a number, not text"]),
        (r##"{"properties": {"a": {"$ref": "#"}, "b": {"type": "string"}}}"##, r#"{"a": {"a": {"b": 1}}}"#, &["1 `a.a.b` is a number, not text"]),
        (r#"{"properties": {"a": {"format": "email"}}}"#, r#"{"a": "b"}"#, &["\"b\" `a` is `b`, not an e-mail address"]),
        (r#"{"properties": {"a": {"format": "markdown"}}}"#, r#"{"a": "b"}"#, &[]),
        (r#"{"properties": {"a": {"deprecated": true, "deprecationMessage": "it is of no use"}}}"#, r#"{"a": "b"}"#, &["\"a\" `a` is no longer in use"]),
        (r#"true"#, r#"{"a": 1}"#, &[]),
        (r#"{"$comment": "x", "x-own": 1, "title": "y", "examples": [{"type": 3}], "default": {}}"#, r#"{"a": 1}"#, &[]),
    ];
    for (schema, front_matter, wanted) in rows {
        assert_eq!(found(schema, front_matter), *wanted, "{schema}\n{front_matter}");
    }
}

#[test]
fn dates_are_what_a_user_expects() {
    let schema = |form: &str| format!(r#"{{"properties": {{"day": {{"type": "string", "format": "{form}"}}}}}}"#);
    let told = |form: &str, front_matter: &str| -> Vec<String> {
        let files = Files::from([
            (
                "copydesk.yaml".to_owned(),
                "collections: { all: { files: '*.md', front-matter: { schema: s.json } } }\n".into(),
            ),
            ("s.json".to_owned(), schema(form)),
            ("a.md".to_owned(), format!("{front_matter}\n\nText.\n")),
        ]);
        check(&files, "").findings.iter().map(|finding| format!("{} {}", finding.rule, finding.message)).collect()
    };
    for good in [
        "---\nday: 2025-07-18\n---",
        "---\nday: '2025-07-18'\n---",
        "+++\nday = 2025-07-18\n+++",
        "{\n\"day\": \"2025-07-18\"\n}",
    ] {
        assert_eq!(told("date", good), [""; 0], "{good}");
    }
    assert_eq!(told("date-time", "+++\nday = 2025-07-18T10:00:00Z\n+++"), [""; 0]);
    assert_eq!(
        told("date-time", "---\nday: 2025-07-18\n---"),
        ["front-matter/value `day` is `2025-07-18`, not a day with a time and a zone"]
    );
    assert_eq!(
        told("date", "---\nday: 2025-07-18T10:00:00Z\n---"),
        ["front-matter/value `day` is `2025-07-18T10:00:00Z`, not a day"]
    );
    // Each told once, by the rule that can say most.
    assert_eq!(told("date", "---\nday: July 18, 2025\n---"), ["date/format `July 18, 2025` is not an ISO 8601 date"]);
    assert_eq!(told("date", "---\nday: 2025-02-30\n---").len(), 1);
    assert_eq!(told("date", "---\nday: tomorrow\n---"), ["date/invalid `tomorrow` is not a date"]);
    assert_eq!(told("date", "---\nday: 3\n---"), ["front-matter/type `day` is a number, not text"]);
}

/// What a run with these files says besides `copydesk.yaml`, which names them.
fn refused(setting: &str, files: &[(&str, &str)]) -> String {
    let config = format!("collections:\n  posts:\n    files: \"*.md\"\n    front-matter:\n      {setting}\n");
    let mut all = vec![("copydesk.yaml", config.as_str()), ("a.md", "---\ntitle: x\n---\n\nText.\n")];
    all.extend(files);
    let ran = Desk::new(&all).check(&[]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{ran:?}");
    format!("{setting}\n{}", ran.stderr)
}

#[test]
fn a_schema_that_cannot_be_used_is_told_in_its_own_file() {
    let told: Vec<String> = [
        r#"{"properties": {"title": {"type": "strng"}}"#,
        r#"{"properties": {"title": {"type": "strng", "maxLength": "7", "pattern": "(", "enum": []}}}"#,
        r#"{"properties": [], "required": true, "anyOf": {}, "items": 3, "minItems": -1, "multipleOf": 0}"#,
        r##"{"properties": {"a": {"$ref": "#/$defs/wrod"}, "b": {"$ref": "#none"}}, "$defs": {"word": {}}}"##,
        r#"{"properties": {"a": {"$ref": "https://example.org/a.json"}, "b": {"$ref": "none.json"}}}"#,
        r##"{"$ref": "#/$defs/a", "$defs": {"a": {"anyOf": [{"$ref": "#/$defs/a"}]}}}"##,
        r#"{"$schema": "http://json-schema.org/draft-03/schema#", "$dynamicRef": "b", "requried": [], "maxlength": 3}"#,
        r#"{"$ref": "broken.json"}"#,
        "[1, 2]",
        "",
    ]
    .into_iter()
    .map(|schema| {
        let files = [
            ("s.json", schema),
            ("broken.json", "{\n  \"type\": 3,\n  \"é\": {\"$ref\": 1},\n  \"not\": {\"type\": \"é\"}\n}\n"),
        ];
        format!("{schema}\n{}", refused("schema: s.json", &files))
    })
    .collect();
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn a_schema_without_keywords_asks_for_nothing() {
    for (path, schema) in [("s.json", "{}"), ("s.json", " { }\n"), ("s.yaml", "# nothing yet\n\n# at all\n{}\n")] {
        let config = format!("collections: {{ all: {{ files: '*.md', front-matter: {{ schema: {path} }} }} }}\n");
        let all = [("copydesk.yaml", config.as_str()), (path, schema), ("a.md", "---\ntitle: x\n---\n\nText.\n")];
        let ran = Desk::new(&all).check(&[]);
        assert_eq!(ran.code, 0, "{schema}: {ran:?}");
    }
}

#[test]
fn data_that_cannot_be_used_is_told_in_its_own_file() {
    let told: Vec<String> = [
        "fields: { author: { one-of-file: data/none.yaml } }",
        "fields: { author: { one-of-file: data/broken.yaml } }",
        "fields: { author: { one-of-file: data/people.yaml } }",
        "fields: { author: { one-of-file: { path: data/people.yaml, key: nmae } } }",
        "fields: { author: { one-of-file: { path: data/people.csv, key: ide } } }",
        "fields: { author: { one-of-file: data/empty.txt } }",
        "fields: { author: { one-of-file: data/people.xml } }",
        "fields: { author: { one-of-file: { file: data/people.yaml } } }",
        "schema: data/people.csv",
    ]
    .into_iter()
    .map(|setting| {
        refused(
            setting,
            &[
                ("data/broken.yaml", "jané: { name: x\nb: [\n"),
                ("data/people.yaml", "- { name: Jane Doe, id: jane }\n- { name: Maria Roe, id: maria }\n"),
                ("data/people.csv", "id,name\njane,Jane Doe\n"),
                ("data/empty.txt", "# nobody yet\n\n"),
                ("data/people.xml", "<a/>"),
            ],
        )
    })
    .collect();
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn data_may_have_any_format() {
    for (path, key, text) in [
        ("a.yaml", "", "- jané\n- maria\n"),
        ("a.yaml", "", "jané: {}\nmaria:\n"),
        ("a.yml", "team.authors[].id", "team:\n  authors: [{ id: jané }, { id: maria }]\n"),
        ("a.yml", "team.authors.id", "team:\n  authors: [{ id: jané }, { id: maria }]\n"),
        ("a.json", "*.id", "{\"x\": {\"id\": \"jané\"}, \"y\": {\"id\": \"maria\"}}"),
        ("a.json", "", "[\"jané\", \"maria\"]"),
        ("a.toml", "author.id", "[[author]]\nid = \"jané\"\n[[author]]\nid = \"maria\"\n"),
        ("a.csv", "", "id,name\r\njané,\"Doe, Jane\"\r\n\"maria\",Maria\r\n"),
        ("a.csv", "id", "\u{FEFF}name,id\n\"Doe, \"\"J\"\"\",jané\nMaria,maria"),
        ("a.tsv", "id", "name\tid\nJane\tjané\nMaria\tmaria\n"),
        ("a.txt", "", "\u{FEFF}jané\r\n# and\r\n  maria  \r\n"),
    ] {
        let named = if key.is_empty() { path.to_owned() } else { format!("{{ path: {path}, key: \"{key}\" }}") };
        let files = Files::from([
            (
                "copydesk.yaml".to_owned(),
                format!(
                    "collections: {{ all: {{ files: '*.md', front-matter: {{ fields: {{ by: {{ one-of-file: {named} }} }} }} }} }}\n"
                ),
            ),
            (path.to_owned(), text.to_owned()),
            ("a.md".to_owned(), "---\nby: jané\n---\n\nText.\n".to_owned()),
            ("b.md".to_owned(), "---\nby: john\n---\n\nText.\n".to_owned()),
        ]);
        let shown: Vec<String> = check(&files, "").findings.iter().map(|finding| show(finding, &files)).collect();
        let wanted = format!(
            "b.md:2:5: error[front-matter/value] `by` is `john`, which is not in `{path}`\n    at: \"john\"\n    help: one of `jané`, `maria`; or add it to `{path}`\n"
        );
        assert_eq!(shown, [wanted], "{path} {key}");
    }
}

#[test]
fn a_key_is_renamed_only_where_that_is_all_it_takes() {
    let config = "collections: { all: { files: '*.md', front-matter: { fields: { old: { replaced-by: new } } } } }\n";
    for (text, fixed) in [
        ("---\nold: é\n---\n", Some("---\nnew: é\n---\n")),
        ("---\n'old': { a: b }\n---\n", Some("---\n'new': { a: b }\n---\n")),
        ("---\nold:\n  a: b\n---\n", Some("---\nnew:\n  a: b\n---\n")),
        ("---\nold:\n- a: b\n---\n", Some("---\nnew:\n- a: b\n---\n")),
        ("+++\nold = [1]\n+++\n", Some("+++\nnew = [1]\n+++\n")),
        ("{\n\"old\": 1\n}\n", Some("{\n\"new\": 1\n}\n")),
        // A header stands for all below it, and so does the part of a dotted key.
        ("+++\n[old]\na = 1\n[old.b]\nc = 1\n+++\n", None),
        ("+++\n[[old]]\na = 1\n[[old]]\na = 2\n+++\n", None),
        ("+++\nold.a = 1\nold.b = 2\n+++\n", None),
        // What a merge key brings in belongs to others too.
        ("---\nbase: &b { old: 1 }\n<<: *b\ntitle: x\n---\n", None),
        ("---\nold: 1\nnew: 2\n---\n", None),
    ] {
        let files = Files::from([
            ("copydesk.yaml".to_owned(), config.to_owned()),
            ("a.md".to_owned(), format!("{text}\nText.\n")),
        ]);
        let told = check(&files, "").findings.iter().filter(|one| one.rule == "front-matter/deprecated").count();
        assert_eq!(told, 1, "{text}");
        let mended = support::fix_all(&files, "", copydesk::finding::Safety::Safe);
        assert_eq!(mended["a.md"], format!("{}\nText.\n", fixed.unwrap_or(text)), "{text}");
    }
}
