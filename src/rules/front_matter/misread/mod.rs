//! `front-matter/misread`: values that a reader of YAML takes for something else than their author meant.
//!
//! Owns where such values are looked for; what a single one is taken for is in `trap`.

mod trap;

use serde::Deserialize;

use crate::document::Document;
use crate::document::front_matter::{Data, Entry, Format, Map, Style, Value};
use crate::finding::{Edit, Fix, Level, Safety};
use crate::rule::{Define, Meta, Rule, Sink};
use crate::site::Generator;
use crate::span::Span;
use trap::{Engine, Mend, Trap};

/// Reports values that a reader of YAML takes for something else than their author meant.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Misread {
    /// The generator that reads the front matter, by the name that `site.generator` has; any if there is none.
    pub reader: Reader,
}

/// What reads the front matter.
#[derive(Debug, Default, Deserialize)]
#[serde(try_from = "String")]
pub struct Reader(Generator);

impl TryFrom<String> for Reader {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        let known = || Generator::names().collect::<Vec<_>>().join(", ");
        Generator::from_name(&name).map(Self).ok_or_else(|| format!("`{name}` is none of {}", known()))
    }
}

impl Define for Misread {
    const META: Meta = Meta {
        id: "front-matter/misread",
        level: Some(Level::Warning),
        fix: Some(Safety::Safe),
        page: include_str!("../../../../rules/front-matter/misread.md"),
    };
}

impl Rule for Misread {
    fn document(&self, document: &Document, sink: &mut Sink) {
        let Some(front_matter) = document.front_matter.as_ref().filter(|front| front.format == Format::Yaml) else {
            return;
        };
        let mut visit = Visit { document, comments: &front_matter.comments, engine: Engine::of(self.reader.0), sink };
        visit.map(&front_matter.map);
    }
}

struct Visit<'v, 's> {
    document: &'v Document<'v>,
    comments: &'v [Span],
    engine: Engine,
    sink: &'v mut Sink<'s>,
}

impl Visit<'_, '_> {
    fn map(&mut self, map: &Map) {
        for entry in &map.entries {
            self.key(entry);
            match &entry.value.data {
                // What an alias repeats stands elsewhere.
                _ if entry.value.style == Style::Alias => {}
                Data::Map(inner) => self.map(inner),
                Data::List(items) => self.list(&entry.key, items, entry.key_span.end),
                _ => self.scalar(&entry.key, &entry.value, false),
            }
        }
    }

    fn key(&mut self, entry: &Entry) {
        let span = entry.key_span;
        // A merge key's entries have the spans of their anchor: they are seen there.
        if let Some(trap) = trap::key(&entry.key, self.engine)
            && self.document.source.slice(span) == entry.key
        {
            self.report(span, &entry.key, trap);
        }
    }

    /// The items of a list below `key`, which ends at byte `from`.
    fn list(&mut self, key: &str, items: &[Value], mut from: usize) {
        let text_of = |item: &Value| self.document.source.slice(item.span);
        let truths = items.iter().all(|item| item.style == Style::Plain && trap::is_truth(text_of(item)));
        for item in items {
            match &item.data {
                _ if item.style == Style::Alias => {}
                Data::Map(map) if trap::holds_text(key) => self.colon_in_item(key, item, map),
                Data::Map(map) => self.map(map),
                Data::List(inner) => self.list(key, inner, item.span.start),
                Data::Null if item.span.is_empty() => from = self.comment_for_item(key, from).unwrap_or(from),
                _ => self.scalar(key, item, !truths),
            }
            if !item.span.is_empty() {
                from = from.max(item.span.end);
            }
        }
    }

    /// A plain scalar under `key`, or in the list there that does not hold truth values alone.
    fn scalar(&mut self, key: &str, value: &Value, in_list: bool) {
        if value.style != Style::Plain || value.span.is_empty() {
            return;
        }
        let source = self.document.source;
        let raw = source.slice(value.span);
        if raw.contains('\n') {
            return;
        }
        let tagged = || source.slice(source.line_at(value.span.start)).contains("!!");
        if let Some(trap) = trap::value(key, raw, &value.data, in_list, self.engine) {
            if !tagged() {
                self.report(value.span, raw, trap);
            }
        } else if matches!(value.data, Data::String(_)) && !self.comments.is_empty() && !tagged() {
            self.comment_in_value(key, value, raw);
        }
    }

    /// `title: The C# language and #2`: what follows a space and `#` is a comment.
    fn comment_in_value(&mut self, key: &str, value: &Value, raw: &str) {
        let source = self.document.source;
        let line = source.line_at(value.span.start);
        let Some(comment) = self.comments.iter().find(|span| span.start >= value.span.end && span.end <= line.end)
        else {
            return;
        };
        let said = source.slice(*comment);
        let next = said[1..].chars().next();
        // "# note" is a comment; "#2" and "#hashtag" belong to what stands before them.
        let number = next.is_some_and(|c| c.is_ascii_digit()) && !trap::is_number_like(raw);
        let word = trap::holds_text(key) && next.is_some_and(char::is_alphanumeric);
        if !number && !word {
            return;
        }
        let whole = value.span.to(*comment);
        let text = source.slice(whole);
        let finding = self.sink.report(*comment, format!("YAML takes `{}` for a comment", shortened(said)));
        finding.help(format!("the value ends with `{}`: put all of it in quotes", last_words(raw)));
        if !text.contains(['"', '\\']) {
            finding.fix(Fix::risky("put the whole line in quotes", [Edit::replace(whole, format!("\"{text}\""))]));
        }
    }

    /// `- #news`: an empty item and a comment, the next one behind byte `from`. Returns where the comment ends.
    fn comment_for_item(&mut self, key: &str, from: usize) -> Option<usize> {
        let source = self.document.source;
        let comment = *self.comments.iter().find(|span| {
            let line = source.line(source.line_index(span.start));
            span.start >= from && Span::new(line.start, span.start).of(source.text()).trim() == "-"
        })?;
        let said = source.slice(comment);
        if trap::holds_text(key) && said[1..].starts_with(char::is_alphanumeric) && !said.contains(['"', '\\', ' ']) {
            self.sink
                .report(comment, format!("YAML takes `{}` for a comment, and the item is empty", shortened(said)))
                .help(format!("write `\"{said}\"`, or leave the `#` out"))
                .fix(Fix::risky("put it in quotes", [Edit::replace(comment, format!("\"{said}\""))]));
        }
        Some(comment.end)
    }

    /// `- Rye: a portrait` among tags: a map with one key.
    fn colon_in_item(&mut self, key: &str, item: &Value, map: &Map) {
        let raw = self.document.source.slice(item.span);
        let [entry] = map.entries.as_slice() else { return };
        let scalar = entry.value.as_list().is_none() && entry.value.as_map().is_none();
        if !trap::holds_plain_texts(key) || !scalar || raw.starts_with('{') || raw.contains(['\n', '"', '\\']) {
            return;
        }
        let help = format!("put the item in quotes: `\"{raw}\"`");
        self.sink
            .report(item.span, format!("the colon makes this item of `{key}` a map with the key `{}`", entry.key))
            .help(help)
            .fix(Fix::safe("put the item in quotes", [Edit::replace(item.span, format!("\"{raw}\""))]));
    }

    fn report(&mut self, span: Span, raw: &str, trap: Trap) {
        let finding = self.sink.report(span, trap.message);
        let (help, edit) = match trap.mend {
            Mend::Quote | Mend::QuoteUnsure => {
                (format!("put it in quotes: `\"{raw}\"`"), Edit::replace(span, format!("\"{raw}\"")))
            }
            Mend::Write(ref text) | Mend::WriteUnsure(ref text) => {
                (format!("write `{text}`"), Edit::replace(span, text.as_str()))
            }
        };
        let title = help.split(':').next().unwrap_or_default().to_owned();
        finding.help(help);
        finding.fix(match trap.mend {
            Mend::Quote | Mend::Write(_) => Fix::safe(title, [edit]),
            Mend::QuoteUnsure | Mend::WriteUnsure(_) => Fix::risky(title, [edit]),
        });
    }
}

/// As much of a comment as a message bears.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 30;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

/// The end of a value, as much of it as a message bears.
fn last_words(text: &str) -> &str {
    const LONGEST: usize = 30;
    let start = text.char_indices().rev().nth(LONGEST).map_or(0, |(at, _)| at);
    let start = if start == 0 { 0 } else { text[start..].find(' ').map_or(start, |at| start + at + 1) };
    &text[start..]
}
