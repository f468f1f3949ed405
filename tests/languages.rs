//! The same article in YAML, TOML and JSON: every check of front matter finds the same in all three, at the right bytes.
//!
//! A [`Row`] gives a front matter once, as JSON; it is written in each language, and the findings must stand at the key or
//! value that the row names. What has no common form, such as a syntax error, is written out in [`SPELT`] with `«»` around
//! the place. Every rule on front matter must have a row (see [`every_check_has_a_row`]).

mod support;

use std::collections::BTreeMap;

use copydesk::rules::RULES;
use copydesk::span::Span;
use serde_json::{Map, Value, json};
use support::{Files, check};

/// Where a finding is expected.
#[derive(Debug, Clone, Copy)]
enum At {
    /// The opening fence.
    Opening,
    /// A key, as a dotted path; items of lists are counted from 0.
    Key(&'static str),
    /// A value, its quotes left out.
    Value(&'static str),
    /// The last place in a value that reads so.
    Part(&'static str, &'static str),
}

use At::{Key, Opening, Part, Value as Val};

/// One check on one front matter.
struct Row {
    rule: &'static str,
    /// Its options, in YAML's flow style without the braces.
    options: &'static str,
    /// What else stands in the configuration, such as collections.
    configuration: &'static str,
    /// The article's path, without its extension.
    path: &'static str,
    front_matter: Value,
    /// The front matter of other articles beside it.
    others: Vec<Value>,
    /// Files that are no articles: data, images.
    files: Vec<(&'static str, &'static str)>,
    /// Place and message of each finding, in any order.
    found: Vec<(At, &'static str)>,
}

fn row(rule: &'static str, front_matter: Value, found: &[(At, &'static str)]) -> Row {
    Row {
        rule,
        options: "",
        configuration: "",
        path: "posts/a",
        front_matter,
        others: Vec::new(),
        files: Vec::new(),
        found: found.to_vec(),
    }
}

impl Row {
    /// What else the collection of [`Row::fields`] says of front matter.
    fn and(self, more: &str) -> Self {
        let all = self.configuration.replacen("fields:", &format!("{more}, fields:"), 1);
        Self { configuration: all.leak(), ..self }
    }

    /// The fields of a collection that holds all articles, in YAML's flow style without the braces.
    fn fields(self, fields: &str) -> Self {
        let all = format!("collections: {{ all: {{ files: '**', front-matter: {{ fields: {{ {fields} }} }} }} }}");
        Self { configuration: all.leak(), ..self }
    }

    fn options(self, options: &'static str) -> Self {
        Self { options, ..self }
    }

    fn path(self, path: &'static str) -> Self {
        Self { path, ..self }
    }

    fn others(self, others: Vec<Value>) -> Self {
        Self { others, ..self }
    }

    fn files(self, files: &[(&'static str, &'static str)]) -> Self {
        Self { files: files.to_vec(), ..self }
    }
}

/// The rows. Today is 30 June 2026.
fn rows() -> Vec<Row> {
    vec![
        row(
            "date/filename",
            json!({ "date": "2025-01-05", "slug": "2024-02-03-é" }),
            &[
                (Val("date"), "the name of the file says 2026-01-05, `date` says 2025-01-05"),
                (Part("slug", "2024-02-03"), "`slug` says 2024-02-03, `date` says 2025-01-05"),
            ],
        )
        .path("posts/2026-01-05-rye"),
        row(
            "date/format",
            json!({ "date": "July 18, 2025", "updated": "03/04/2025", "last_update": { "date": "18.07.2025" } }),
            &[
                (Val("date"), "`July 18, 2025` is not an ISO 8601 date"),
                (Val("updated"), "`03/04/2025` can mean 3 April 2025 or 4 March 2025"),
                (Val("last_update.date"), "`18.07.2025` is not an ISO 8601 date"),
            ],
        ),
        row(
            "date/format",
            json!({ "date": "2025-07-18" }),
            &[(Val("date"), "`2025-07-18` is not in the format `%d.%m.%Y`")],
        )
        .options("format: '%d.%m.%Y'"),
        row(
            "date/future",
            json!({ "date": "2052-07-18", "tasted": "2026-07-04T10:00:00+02:00" }),
            &[
                (Val("date"), "`date` lies 26 years in the future"),
                (Val("tasted"), "`tasted` lies 3 days in the future"),
            ],
        )
        .options("limits: { tasted: now }"),
        row(
            "date/future",
            json!({ "date": "2025-07-18", "lastmod": "2026-07-18" }),
            &[(Val("lastmod"), "`lastmod` lies 17 days in the future")],
        ),
        row(
            "date/invalid",
            json!({ "date": "30 February 2025", "updated": "2024-13-45", "expiryDate": "TBD" }),
            &[
                (Val("date"), "`30 February 2025` is no date: February 2025 has 28 days, not 30"),
                (Val("updated"), "`2024-13-45` is no date: there is no month 13"),
                (Val("expiryDate"), "`TBD` is not a date"),
            ],
        ),
        row(
            "date/order",
            json!({ "date": "2025-07-18", "updated": "2024-07-18", "expiryDate": "2025-07-18", "ends": "2025-02-01" }),
            &[
                (Val("updated"), "`updated` lies before `date`"),
                (Val("expiryDate"), "`expiryDate` is the same as `date`"),
                (Val("ends"), "`ends` lies before `date`"),
            ],
        )
        .options("not-before: { ends: date }"),
        row(
            "date/stale",
            json!({ "date": "2021-07-18", "extra": { "reviewed": "2024-03-01" } }),
            &[(Val("extra.reviewed"), "`extra.reviewed` is 2 years ago, the limit is 90d")],
        )
        .options("max-age: 90d, fields: [extra.reviewed, date]"),
        row(
            "date/weekday",
            json!({ "date": "Dienstag, 18. Juli 2025" }),
            &[(Val("date"), "2025-07-18 is a Friday, not a Tuesday")],
        ),
        row(
            "front-matter/byline",
            json!({ "author": "By Jane Doe", "authors": ["Jane Doe", "Admin"] }),
            &[
                (Part("author", "By "), "`author` says `By` in front of the name"),
                (Val("authors.1"), "`Admin` is an account, not the name of an author"),
            ],
        ),
        row(
            "front-matter/conflict",
            json!({ "canonical": "https://example.org/é", "external": "https://example.org/b" }),
            &[(Key("external"), "`external` cannot stand beside `canonical`")],
        )
        .fields("external: { excludes: canonical }"),
        row(
            "front-matter/deprecated",
            json!({ "author": "é", "permalink": "/b/" }),
            &[
                (Key("author"), "`author` is now called `authors`"),
                (Key("permalink"), "`permalink` is no longer in use"),
            ],
        )
        .fields("author: { replaced-by: authors }, permalink: { deprecated: true }"),
        row(
            "front-matter/echo",
            json!({ "title": "Rye, for beginners", "summary": "Rye for beginners." }),
            &[(Val("summary"), "`summary` only repeats the title")],
        ),
        row(
            "front-matter/empty",
            json!({ "tags": [], "seo": { "title": "" }, "draft": false }),
            &[(Key("tags"), "`tags` is empty"), (Key("seo.title"), "`seo.title` is empty")],
        ),
        row(
            "front-matter/key-case",
            json!({ "Title": "x" }),
            &[(Key("Title"), "`Title` is spelt `title` in 9 articles beside this one")],
        )
        .others(vec![json!({ "title": "y" }); 9]),
        row(
            "front-matter/placeholder",
            json!({ "title": "TODO", "seo": { "description": "Your description here" }, "status": "TODO" }),
            &[
                (Val("title"), "`title` is still to be written"),
                (Val("seo.description"), "`seo.description` is still to be written"),
            ],
        ),
        row(
            "front-matter/site-name",
            json!({ "title": "Rye é本😀 | The Oven" }),
            &[(Part("title", " | The Oven"), "the title ends with `The Oven`, as 2 others do")],
        )
        .others(vec![json!({ "title": "Wheat | The Oven" }), json!({ "title": "Oats | The Oven" })]),
        row(
            "front-matter/truncated",
            json!({ "description": "Rye behaves unlike wheat at every […]" }),
            &[(Part("description", "[…]"), "`description` ends in `[…]`, as a text does that was cut off")],
        ),
        row(
            "front-matter/required",
            json!({ "titel": "x", "seo": { "a": "b" }, "tags": [], "rating": 3 }),
            &[
                (Opening, "`title` is missing"),
                (Key("seo"), "`seo.title` is missing"),
                (Key("tags"), "`tags` is empty"),
                (Opening, "`reviewer` is missing, which `rating` asks for"),
                (Opening, "neither `summary` nor `description` is there"),
            ],
        )
        .fields("rating: { requires: reviewer }"  )
        .and("either: [summary, description], required: [title, seo.title, tags]"),
        row(
            "front-matter/image",
            json!({ "portrait": "images/é.jpg", "gallery": ["b.jpg"] }),
            &[
                (Val("portrait"), "`portrait` is `images/é.jpg`, but there is no such image"),
                (Val("gallery.0"), "an item of `gallery` is `b.jpg`, but there is no such image"),
            ],
        )
        .fields("portrait: { type: image }, gallery: { items: { type: image } }"),
        row(
            "front-matter/reference",
            json!({ "next": "é", "parts": ["x", "other-0"] }),
            &[
                (Val("next"), "`next` is `é`, which is the slug of no article"),
                (Val("parts.0"), "an item of `parts` is `x`, which is the slug or id of no article"),
            ],
        )
        .fields("next: { type: article, by: slug }, parts: { items: { type: article, by: [slug, id] } }")
        .others(vec![json!({ "title": "Other" })]),
        row(
            "front-matter/series",
            json!({ "series": { "name": "é", "part": 4 } }),
            &[(Val("series.part"), "parts 2 to 3 are missing in the series `é` before this part 4")],
        )
        .others(vec![json!({ "series": ["é"], "series_order": 1 })]),
        row(
            "front-matter/term-once",
            json!({ "tags": ["é", "b"], "author": "Jane Doe" }),
            &[
                (Val("tags.0"), "no other article has `é` among its `tags`"),
                (Val("author"), "no other article has `Jane Doe` among its `author`"),
            ],
        )
        .others(vec![json!({ "tags": ["b"] })]),
        row(
            "front-matter/term-spelling",
            json!({ "tags": ["a", "Éa b"], "author": "Jane Doe" }),
            &[(Val("tags.1"), "`tags` is `Éa b` here, but 2 articles have `éa-b`")],
        )
        .others(vec![json!({ "tags": ["éa-b"] }), json!({ "tags": ["éa-b"] })]),
        row(
            "front-matter/unique",
            json!({ "title": "é b", "slug": "B" }),
            &[
                (Val("title"), "`title` `é b` is that of `posts/other-0.md` too"),
                (Val("slug"), "`slug` `B` is that of `posts/other-0.md` and 1 more too"),
            ],
        )
        .fields("title: { unique: true }, slug: { unique: true }")
        .others(vec![json!({ "title": "é b", "slug": "b" }), json!({ "slug": "/b/" })]),
        row(
            "front-matter/type",
            json!({ "draft": "no", "tags": "ai", "order": 1.5, "slug": "É b", "seo": { "title": ["é"] }, "parts": ["a", 2] }),
            &[
                (Val("draft"), "`draft` is text, not true or false"),
                (Val("tags"), "`tags` is text, not a list"),
                (Val("order"), "`order` is a number, not a whole number"),
                (Val("slug"), "`slug` is `É b`, not a slug"),
                (Val("seo.title"), "`seo.title` is a list, not text"),
                (Val("parts.1"), "an item of `parts` is a number, not text"),
            ],
        )
        .fields(
            "draft: { type: bool }, tags: { type: list }, order: { type: integer }, slug: { type: slug }, \
             seo: { type: map, fields: { title: { type: string } } }, parts: { items: { type: string } }",
        ),
        row(
            "front-matter/unknown-key",
            json!({ "title": "x", "autor": "y", "seo": { "titel": "é" } }),
            &[
                (Key("autor"), "nothing is known of a key `autor`"),
                (Key("seo.titel"), "nothing is known of a key `seo.titel`"),
            ],
        )
        .fields("title: {}, author: {}, _: {}, seo: { fields: { title: {} } }")
        .and("unknown-keys: warning"),
        row(
            "front-matter/value",
            json!({ "tags": ["ai", "heatlh", "ai"], "title": "é😀本xy", "rating": 6, "slug": "é" }),
            &[
                (Val("tags.1"), "an item of `tags` is `heatlh`, which is not one of the allowed values"),
                (Val("tags.2"), "`tags` has `ai` twice"),
                (Val("title"), "`title` is 5 characters long, 1 too many"),
                (Val("rating"), "`rating` is 6, which is too much"),
                (Val("slug"), "`slug` does not have the form that is asked for"),
            ],
        )
        .fields(
            "tags: { unique-items: true, items: { one-of: [ai, health] } }, title: { max-length: 4 }, rating: { max: 5 }, \
             slug: { pattern: '^[a-z]+$' }",
        ),
        row(
            "front-matter/type",
            json!({
                "subtitle": true, "rating": "5", "canonical": "example", "mail": "é at example", "next": ["a"], "cover": 3,
                "checked": 20250718, "seo": "é"
            }),
            &[
                (Val("subtitle"), "`subtitle` is true or false, not text"),
                (Val("rating"), "`rating` is text, not a number"),
                (Val("canonical"), "`canonical` is `example`, not an address"),
                (Val("mail"), "`mail` is `é at example`, not an e-mail address"),
                (Val("next"), "`next` is a list, not an article"),
                (Val("cover"), "`cover` is a number, not an image"),
                (Val("checked"), "`checked` is a number, not a date"),
                (Val("seo"), "`seo` is text, not a map"),
            ],
        )
        .fields(
            "subtitle: { type: string }, rating: { type: number }, canonical: { type: url }, mail: { type: email }, \
             next: { type: article }, cover: { type: image }, checked: { type: date }, seo: { type: map }",
        ),
        row(
            "front-matter/value",
            json!({
                "title": "é", "rating": 0, "order": 3, "weight": 7, "share": 1, "tags": ["é"], "authors": ["a", "b", "c"],
                "status": "darft", "author": "janné", "seo": { "title": "é本😀" }
            }),
            &[
                (Val("title"), "`title` is only 1 character long"),
                (Val("rating"), "`rating` is 0, which is too little"),
                (Val("order"), "`order` is 3, which is no multiple of 2"),
                (Val("weight"), "`weight` is 7, which is too much"),
                (Val("share"), "`share` is 1, which is too little"),
                (Val("tags"), "`tags` has only 1 item"),
                (Val("authors"), "`authors` has 3 items, 1 too many"),
                (Val("status"), "`status` is `darft`, which is not one of the allowed values"),
                (Val("author"), "`author` is `janné`, which is not in `data/people.csv`"),
                (Val("seo.title"), "`seo.title` is 3 characters long, 1 too many"),
            ],
        )
        .fields(
            "title: { min-length: 2, description: what it is called }, rating: { min: 1 }, order: { multiple-of: 2 }, \
             weight: { exclusive-max: 7 }, share: { exclusive-min: 1 }, tags: { min-items: 2 }, authors: { max-items: 2 }, \
             status: { one-of: [draft, done] }, author: { one-of-file: { path: data/people.csv, key: name } }, \
             seo: { type: map, fields: { title: { max-length: 2 } } }",
        )
        .files(&[("data/people.csv", "id,name\n1,jané\n")]),
        row(
            "front-matter/value",
            json!({ "author": "janné" }),
            &[
                (Val("author"), "`author` is `janné`, which is not in `data/people.txt`"),
            ],
        )
        .fields("author: { one-of-file: data/people.txt }")
        .files(&[("data/people.txt", "jané\n")]),
        row(
            "front-matter/required",
            json!({ "layout": "review", "seo": { "x": "é" } }),
            &[
                (Opening, "`rating` is missing where `layout` is `review`"),
                (Opening, "`verdict` is missing where `layout` is `review`"),
                (Key("seo"), "neither `seo.title` nor `seo.description` is there"),
            ],
        )
        .fields(
            "rating: { required: true, when: { layout: review } }, stars: { required: true, when: { layout: note } }, \
             seo: { type: map, either: [title, description] }",
        )
        .and("when: [{ if: { layout: review }, required: [verdict] }]"),
        row(
            "front-matter/image",
            json!({
                "small": "é.svg", "large": "é.svg", "square": "é.svg", "heavy": "é.svg", "jpeg": "é.svg"
            }),
            &[
                (Val("small"), "`posts/é.svg` is 640 pixels wide, 160 too few"),
                (Val("small"), "`posts/é.svg` is 400 pixels high, 1 too few"),
                (Val("large"), "`posts/é.svg` is 640 pixels wide, 1 too many"),
                (Val("large"), "`posts/é.svg` is 400 pixels high, 1 too many"),
                (Val("square"), "`posts/é.svg` is 640 × 400 pixels, which is not 1:1"),
                (Val("heavy"), "`posts/é.svg` weighs 71 bytes, more than 10 bytes"),
                (Val("jpeg"), "`posts/é.svg` is an SVG, not JPEG or WebP"),
            ],
        )
        .fields(
            "small: { type: image, min-width: 800, min-height: 401 }, large: { type: image, max-width: 639, max-height: 399 }, \
             square: { type: image, ratio: '1:1' }, heavy: { type: image, max-weight: 10 }, \
             jpeg: { type: image, formats: [jpg, webp] }",
        )
        .files(&[("posts/é.svg", IMAGE)]),
        row(
            "date/order",
            json!({ "date": "2025-07-18", "checked": "2025-07-17" }),
            &[
                (Val("checked"), "`checked` lies before `date`"),
            ],
        )
        .fields("checked: { type: date, not-before: date }"),
        row(
            "date/format",
            json!({ "checked": "2025-07-17" }),
            &[
                (Val("checked"), "`2025-07-17` is not in the format `%d.%m.%Y`"),
            ],
        )
        .fields("checked: { type: date, format: '%d.%m.%Y' }"),
        row(
            "date/future",
            json!({ "checked": "2027-07-17" }),
            &[
                (Val("checked"), "`checked` lies 12 months in the future"),
            ],
        )
        .fields("checked: { type: date, max: today }"),
    ]
}

/// A picture of 640 by 400 pixels.
const IMAGE: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" width="640" height="400"></svg>"#;

/// A rule, and the same fault in YAML, TOML and JSON, with `«»` around its place and `‹›` around the other
/// place that explains it; the message in each.
type Spelt = (&'static str, &'static str, [(&'static str, &'static str); 3]);

/// The marks around the place of a finding, and around the other place that it shows.
const MARKS: [char; 4] = ['«', '»', '‹', '›'];

/// What each language spells in its own way.
const SPELT: &[Spelt] = &[(
    "front-matter/duplicate-key",
    "",
    [
        ("---\n‹title›: é\n«title»: b\n---\n", "the key `title` is there twice"),
        ("+++\n‹title› = \"é\"\n«title» = \"b\"\n+++\n", "the key `title` is there twice"),
        ("{\n  ‹\"title\"›: \"é\",\n  «\"title\"»: \"b\"\n}\n", "the key `title` is there twice"),
    ],
)];

/// Rules that look at something else than keys and values, or at YAML alone.
const ELSEWHERE: &[&str] =
    &["date/unchanged", "front-matter/fence", "front-matter/misread", "front-matter/missing", "front-matter/syntax"];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Language {
    Yaml,
    Toml,
    Json,
}

const LANGUAGES: [Language; 3] = [Language::Yaml, Language::Toml, Language::Json];

/// A front matter, written in one language, and where its keys and values stand. Values without their quotes.
struct Written {
    text: String,
    opening: Span,
    keys: BTreeMap<String, Span>,
    values: BTreeMap<String, Span>,
    language: Language,
}

impl Written {
    /// Writes a front matter behind a first key that holds characters of two, three and four bytes.
    fn new(language: Language, front_matter: &Value) -> Self {
        let (open, close) = match language {
            Language::Yaml => ("---", "---\n\nText.\n"),
            Language::Toml => ("+++", "+++\n\nText.\n"),
            Language::Json => ("{", "}\n\nText.\n"),
        };
        let (keys, values) = (BTreeMap::new(), BTreeMap::new());
        let mut written = Self { text: format!("{open}\n"), opening: Span::new(0, open.len()), keys, values, language };
        let mut map = Map::from_iter([("_".to_owned(), json!("é本😀"))]);
        map.extend(front_matter.as_object().expect("a map").clone());
        // Keys behind a TOML table would belong to it.
        let (tables, plain): (Vec<_>, Vec<_>) = map.iter().partition(|(_, value)| value.is_object());
        let entries: Vec<_> = plain.into_iter().chain(tables).collect();
        let last = entries.len() - 1;
        for (index, (key, value)) in entries.into_iter().enumerate() {
            written.entry("", key, value, 0);
            written.text.push_str(if language == Language::Json && index < last { ",\n" } else { "\n" });
        }
        written.text.push_str(close);
        written
    }

    fn mark(&mut self, text: &str) -> Span {
        let start = self.text.len();
        self.text.push_str(text);
        Span::new(start, self.text.len())
    }

    fn entry(&mut self, prefix: &str, key: &str, value: &Value, depth: usize) {
        let path = format!("{prefix}{key}");
        if let (Language::Toml, Value::Object(map)) = (self.language, value) {
            self.text.push('[');
            let span = self.mark(&path);
            self.keys.insert(path.clone(), span);
            self.text.push(']');
            for (key, value) in map {
                self.text.push('\n');
                self.entry(&format!("{path}."), key, value, depth + 1);
            }
            return;
        }
        if self.language != Language::Toml {
            self.text.push_str(&"  ".repeat(depth));
        }
        let (quote, between) = match self.language {
            Language::Yaml => ("", ":"),
            Language::Toml => ("", " ="),
            Language::Json => ("\"", ":"),
        };
        self.text.push_str(quote);
        let span = self.mark(key);
        self.keys.insert(path.clone(), span);
        self.text.push_str(quote);
        self.text.push_str(between);
        match value {
            Value::Object(map) => {
                self.text.push_str(if self.language == Language::Json { " {" } else { "" });
                for (index, (key, value)) in map.iter().enumerate() {
                    self.text.push_str(if self.language == Language::Json && index > 0 { ",\n" } else { "\n" });
                    self.entry(&format!("{path}."), key, value, depth + 1);
                }
                self.text.push_str(if self.language == Language::Json { " }" } else { "" });
            }
            value => {
                self.text.push(' ');
                self.value(&path, value);
            }
        }
    }

    fn value(&mut self, path: &str, value: &Value) {
        let start = self.text.len();
        let span = match value {
            Value::Array(items) => {
                self.text.push('[');
                for (index, item) in items.iter().enumerate() {
                    self.text.push_str(if index > 0 { ", " } else { "" });
                    self.value(&format!("{path}.{index}"), item);
                }
                self.text.push(']');
                Span::new(start, self.text.len())
            }
            Value::String(text) if self.is_bare(text) => self.mark(text),
            value => {
                let span = self.mark(&value.to_string());
                if value.is_string() { Span::new(span.start + 1, span.end - 1) } else { span }
            }
        };
        self.values.insert(path.to_owned(), span);
    }

    /// Whether a text stands without quotes: dates do where the language has them, and words in YAML.
    fn is_bare(&self, text: &str) -> bool {
        let date = text.parse::<jiff::Timestamp>().is_ok()
            || text.len() == 10 && text.contains('-') && text.parse::<jiff::civil::Date>().is_ok();
        match self.language {
            Language::Yaml => {
                let words = text.starts_with(char::is_alphabetic) && !text.contains([':', '#', '|', '\'', '"', '\\']);
                date || words && !["no", "yes", "true", "false", "null", "on", "off"].contains(&&*text.to_lowercase())
            }
            Language::Toml => date,
            Language::Json => false,
        }
    }

    /// The bytes that `at` names.
    fn span(&self, at: At) -> Span {
        let known = |places: &BTreeMap<String, Span>, path: &str| {
            *places.get(path).unwrap_or_else(|| panic!("there is no `{path}` in\n{}", self.text))
        };
        match at {
            Opening => self.opening,
            Key(path) => known(&self.keys, path),
            Val(path) => known(&self.values, path),
            Part(path, part) => {
                let value = known(&self.values, path);
                let at = value.of(&self.text).rfind(part).unwrap_or_else(|| panic!("no `{part}` in `{path}`"));
                Span::new(value.start + at, value.start + at + part.len())
            }
        }
    }
}

/// The span without the quotes around it: whether they belong to a place is for each rule to say.
fn unquoted(span: Span, text: &str) -> Span {
    let inside = span.of(text);
    let quoted = inside.len() >= 2 && ['"', '\''].iter().any(|q| inside.starts_with(*q) && inside.ends_with(*q));
    if quoted { Span::new(span.start + 1, span.end - 1) } else { span }
}

#[test]
fn every_check_finds_the_same_in_every_language() {
    let mut faults = String::new();
    for row in rows() {
        for language in LANGUAGES {
            let written = Written::new(language, &row.front_matter);
            let path = format!("{}.md", row.path);
            let mut files = Files::from([(path.clone(), written.text.clone())]);
            files.extend(row.files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())));
            for (index, other) in row.others.iter().enumerate() {
                files.insert(format!("posts/other-{index}.md"), Written::new(language, other).text);
            }
            let options = if row.options.is_empty() { String::new() } else { format!(", {}", row.options) };
            let configuration =
                format!("{}\nrules:\n  {}: {{ level: warning{options} }}\n", row.configuration, row.rule);
            let outcome = check(&files, &configuration);
            let mut found: Vec<(Span, String)> = outcome
                .findings
                .iter()
                .filter(|finding| finding.rule == row.rule && *finding.path == path)
                .map(|finding| (unquoted(finding.span, &written.text), finding.message.clone()))
                .collect();
            found.sort();
            let mut wanted: Vec<(Span, String)> =
                row.found.iter().map(|(at, message)| (written.span(*at), (*message).to_owned())).collect();
            wanted.sort();
            if found != wanted {
                let show = |list: &[(Span, String)]| -> String {
                    list.iter().map(|(span, said)| format!("  {:?} {said}\n", span.of(&written.text))).collect()
                };
                faults.push_str(&format!(
                    "{} in {language:?}: found\n{}instead of\n{}in\n{}\n",
                    row.rule,
                    show(&found),
                    show(&wanted),
                    written.text
                ));
            }
        }
    }
    assert!(faults.is_empty(), "{faults}");
}

#[test]
fn faults_that_each_language_spells_in_its_own_way() {
    for (rule, options, texts) in SPELT {
        for (marked, message) in texts {
            let place = |open: char, close: char| {
                let plain = |until: usize| marked[..until].replace(MARKS, "").len();
                Some(Span::new(plain(marked.find(open)?), plain(marked.find(close)?)))
            };
            let text = marked.replace(MARKS, "");
            let files = Files::from([("posts/a.md".to_owned(), text.clone())]);
            let outcome = check(&files, &format!("rules: {{ {rule}: {{ level: warning, {options} }} }}\n"));
            let found: Vec<_> = outcome
                .findings
                .iter()
                .filter(|finding| finding.rule == *rule)
                .map(|finding| (finding.span, finding.message.as_str()))
                .collect();
            assert_eq!(found, [(place('«', '»').expect("a place"), *message)], "{rule} in\n{text}");
            let labels: Vec<_> = outcome.findings.iter().filter(|finding| finding.rule == *rule).collect();
            let label = labels[0].labels.first().map(|label| label.span);
            assert_eq!(label, place('‹', '›'), "{rule}: the other place in\n{text}");
        }
    }
}

#[test]
fn every_type_and_setting_of_a_field_has_a_row() {
    let schema = copydesk::config::schema(&copydesk::pattern::Scanner::embedded());
    let field = &schema["$defs"]["field"]["properties"];
    let said: String = rows().iter().map(|row| row.configuration).collect();
    let types = field["type"]["enum"].as_array().expect("types").iter().filter_map(Value::as_str);
    let types = types.map(|kind| format!("type: {kind}"));
    let settings = field.as_object().expect("settings").keys().map(|setting| format!("{setting}: "));
    let missing: Vec<String> = types.chain(settings).filter(|wanted| !said.contains(wanted)).collect();
    assert_eq!(missing, [""; 0]);
}

#[test]
fn every_check_has_a_row() {
    let rows = rows();
    for id in RULES.iter().map(|rule| rule.meta.id) {
        let shown = rows.iter().any(|row| row.rule == id) || SPELT.iter().any(|(rule, ..)| *rule == id);
        let concerned = id.starts_with("front-matter/") || id.starts_with("date/");
        assert!(!concerned || shown || ELSEWHERE.contains(&id), "{id} has no row");
    }
}
