//! `residue/html-entity`

use memchr::memchr;
use serde::Deserialize;

use super::entity::{self, Reference};
use crate::document::Document;
use crate::document::front_matter::{Data, Value};
use crate::finding::{Edit, Fix, Level, Safety};
use crate::rule::{Define, Meta, Rule, Sink};
use crate::site::{Article, Generator};
use crate::source::Kind;
use crate::span::Span;

/// Reports character references that a reader sees as such.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct HtmlEntity {
    /// The fields of the front matter that readers see.
    fields: Vec<String>,
}

impl Default for HtmlEntity {
    fn default() -> Self {
        Self { fields: ["title", "description", "summary", "excerpt", "subtitle"].map(str::to_owned).into() }
    }
}

impl Define for HtmlEntity {
    const META: Meta = Meta {
        id: "residue/html-entity",
        level: Some(Level::Warning),
        fix: Some(Safety::Unsafe),
        page: include_str!("../../../rules/residue/html-entity.md"),
    };
}

impl Rule for HtmlEntity {
    fn document(&self, document: &Document, sink: &mut Sink) {
        let prose = document.prose.text();
        if memchr(b'&', prose.as_bytes()).is_none() {
            return;
        }
        let found: Vec<Reference> = entity::all(prose).filter(|found| is_shown(document, found)).collect();
        let line = |found: &Reference| {
            let start = prose[..found.span.start].rfind('\n').map_or(0, |at| at + 1);
            Span::new(start, prose[start..].find('\n').map_or(prose.len(), |length| start + length))
        };
        for in_line in found.chunk_by(|a, b| line(a) == line(b)) {
            if !entity::is_about_markup(line(&in_line[0]).of(prose)) {
                report(document, in_line, sink);
            }
        }
    }

    fn article(&self, article: &Article, sink: &mut Sink) {
        let Some(front_matter) = &article.facts.front_matter else { return };
        // Jekyll and Eleventy put a title into the page as it stands; these escape it.
        let generator = article.site.settings.generator;
        let escapes = matches!(generator, Generator::Hugo | Generator::Zola | Generator::Astro | Generator::Docusaurus);
        let single = escapes || Kind::of_path(&article.facts.path) == Some(Kind::Text);
        for entry in front_matter.map.entries.iter().filter(|entry| self.fields.contains(&entry.key)) {
            field(&entry.key, &entry.value, single, sink);
        }
    }
}

/// Whether a reader sees the reference because it was escaped twice, or stands in plain text.
fn is_shown(document: &Document, found: &Reference) -> bool {
    if document.source.kind() == Kind::Text {
        return true;
    }
    let written = document.source.slice(document.prose.source_span(found.span));
    ["&amp;", "&#38;", "&#038;"].iter().any(|escaped| written.starts_with(escaped))
}

/// Reports what one line shows.
fn report(document: &Document, found: &[Reference], sink: &mut Sink) {
    let prose = &document.prose;
    let plain = document.source.kind() == Kind::Text;
    let first = &found[0];
    let shown = first.span.of(prose.text());
    let more = match found.len() {
        1 => String::new(),
        count => format!(", and {} more in this line", count - 1),
    };
    let why = if plain { "in plain text" } else { "escaped twice" };
    let finding = sink.report(prose.source_span(first.span), format!("`{shown}` shows on the page, {why}{more}"));
    let edit = |found: &Reference| {
        let written = if plain { found.character.to_string() } else { found.span.of(prose.text()).to_owned() };
        Edit::replace(prose.source_span(found.span), written)
    };
    let (help, title) = if plain {
        (format!("write `{}`", visible(first.character)), "write the character")
    } else {
        (format!("write `{shown}`"), "unescape it once")
    };
    finding.help(help).fix(Fix::risky(title, found.iter().map(edit).collect::<Vec<_>>()));
}

/// Looks at one field. `single` says whether a reference is wrong there that was not escaped twice.
fn field(key: &str, value: &Value, single: bool, sink: &mut Sink) {
    let Data::String(text) = &value.data else { return };
    // Only of a value that stands there letter by letter is the place of each letter known.
    let quotes = value.span.len().checked_sub(text.len());
    let start = match quotes {
        Some(0) => Some(value.span.start),
        Some(2) => Some(value.span.start + 1),
        _ => None,
    };
    let twice = |found: &Reference| {
        found.character == '&'
            && entity::all(&unescaped(text, found)).next().is_some_and(|again| again.span.start == found.span.start)
    };
    let Some(found) = entity::all(text).find(|found| single || twice(found)) else { return };
    let span = start.map_or(value.span, |start| found.span.shifted(start));
    let shown = found.span.of(text);
    let finding = sink.report(span, format!("`{shown}` in {key} shows on the page"));
    finding.help("take one level of escaping away");
    let harmless =
        found.span.start > 0 && !matches!(found.character, '"' | '\'' | '\\') && !found.character.is_whitespace();
    if start.is_some() && harmless {
        finding.fix(Fix::risky("unescape it once", [Edit::replace(span, found.character.to_string())]));
    }
}

/// `text` with one reference resolved.
fn unescaped(text: &str, found: &Reference) -> String {
    format!("{}{}{}", &text[..found.span.start], found.character, &text[found.span.end..])
}

/// A character as help may show it.
fn visible(character: char) -> String {
    match character {
        '\u{A0}' | '\u{2002}' | '\u{2003}' | '\u{2009}' => " ".to_owned(),
        '\u{AD}' | '\u{200C}' => String::new(),
        other => other.to_string(),
    }
}
