//! `residue/truncated`

use serde::Deserialize;

use crate::document::{Block, BlockKind, Document, OBJECT};
use crate::finding::Level;
use crate::rule::{Define, Meta, Rule, Sink};
use crate::source::Kind;
use crate::span::Span;

/// Reports an article that breaks off.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Truncated {
    /// Whether a last paragraph that ends without any end mark is reported too.
    end_mark: bool,
}

impl Define for Truncated {
    const META: Meta = Meta {
        id: "residue/truncated",
        level: Some(Level::Warning),
        fix: None,
        page: include_str!("../../../rules/residue/truncated.md"),
    };
}

/// Shorter last lines, in words, are signatures, places, calls.
const SENTENCE: usize = 12;

/// Ends of an excerpt.
const CUTS: &[&str] = &["[…]", "[...]", "[ … ]", "[ ... ]", "(…)[Read more]", "[…", "[..."];

/// Words that no sentence ends with, in lower case.
#[rustfmt::skip]
const LINKING: &[&str] = &[
    "the", "a", "an", "and", "of", "to", "in", "with", "for", "from", "or", "but", "because", "that", "which", "whose", "their",
    "its", "is", "are", "was", "were", "has", "have", "will", "would", "und", "der", "die", "das", "ein", "eine", "mit", "von",
    "weil", "dass", "le", "la", "les", "des", "du", "et", "que", "qui", "avec", "el", "los", "las", "y", "de", "con", "il", "lo",
    "gli", "di", "che", "het", "een", "van", "met", "och", "att", "som", "og", "at",
];

impl Rule for Truncated {
    fn document(&self, document: &Document, sink: &mut Sink) {
        counts_of_missing(document, sink);
        let Some(last) = document.blocks.last() else { return };
        if last.kind != BlockKind::Paragraph {
            return;
        }
        let text = document.text_of(last);
        if let Some(cut) = CUTS.iter().find(|cut| text.ends_with(**cut)) {
            // An author who leaves something out goes on.
            let span = Span::new(last.text.end - cut.len(), last.text.end);
            sink.report(document.prose.source_span(span), "the article breaks off here; only an excerpt of it is left")
                .help("put in the whole text");
        } else if document.source.kind() != Kind::Text {
            self.last_sentence(document, last, text, sink);
        }
    }
}

impl Truncated {
    /// Looks at the end of the last paragraph of an article.
    fn last_sentence(&self, document: &Document, last: &Block, text: &str, sink: &mut Sink) {
        let line = text.rsplit('\n').next().unwrap_or(text);
        let word = line.rsplit(char::is_whitespace).next().unwrap_or("");
        let breaks_off = text.ends_with(',') || (word.chars().all(char::is_lowercase) && LINKING.contains(&word));
        let unmarked = self.end_mark && text.ends_with(char::is_alphanumeric);
        if !breaks_off && !unmarked {
            return;
        }
        let ends_in_link =
            document.links.iter().any(|link| link.span.end >= last.span.end && last.span.contains(link.span));
        let is_sentence = text.split_whitespace().count() >= SENTENCE && !line.ends_with(OBJECT) && !ends_in_link;
        if is_sentence && !goes_on(document, last) {
            let span = Span::new(last.text.end - word.len(), last.text.end);
            sink.report(document.prose.source_span(span), "the article ends in the middle of a sentence")
                .help("put in the rest, or end the sentence");
        }
    }
}

/// Whether something that shows stands behind the last paragraph: raw HTML, a component, what a template puts there.
fn goes_on(document: &Document, last: &Block) -> bool {
    !document.source.slice(Span::new(last.span.end, document.source.text().len())).trim().is_empty()
}

/// `[+1234 chars]`, as an interface for news puts it.
fn counts_of_missing(document: &Document, sink: &mut Sink) {
    let prose = document.prose.text();
    for &at in document.brackets() {
        let Some(count) = prose[at..].strip_prefix("[+") else { continue };
        let digits = count.bytes().take_while(u8::is_ascii_digit).count();
        let rest = &count[digits..];
        let Some(unit) = [" chars]", " characters]"].into_iter().find(|unit| rest.starts_with(unit)) else { continue };
        if digits > 0 {
            let span = Span::new(at, at + 2 + digits + unit.len());
            sink.report(document.prose.source_span(span), "the article breaks off here; only its beginning is left")
                .help("put in the whole text");
        }
    }
}
