//! The headings of an article, as far as their ids depend on them.

use std::borrow::Cow;

use memchr::memchr2;

use crate::document::{Document, Heading};
use crate::source::Kind;
use crate::span::Span;

/// What engines do not agree on in a heading.
const BREAKING: &[&str] = &["<!--", "<br", "&#", "<<"];

/// A heading, as ids are made of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HeadingFact {
    /// 1 to 6.
    pub level: u8,
    /// The text that a reader sees.
    pub text: String,
    /// What of it is inline code, as byte ranges.
    pub code: Vec<Span>,
    /// The id that the author gave.
    pub id: Option<String>,
    /// Its Markdown without the signs that make it a heading, if that is not the text.
    pub written: Option<String>,
    /// Whether engines do not agree on its text: it has several lines, a comment, a numbered character.
    pub broken: bool,
    /// Whether it is an element of raw HTML among Markdown.
    pub raw: bool,
}

impl HeadingFact {
    fn of(heading: Heading, document: &Document) -> Self {
        let source = document.source.slice(heading.span);
        let markdown = document.source.kind() != Kind::Html;
        let raw = markdown && source.starts_with('<');
        let mut fact = Self {
            level: heading.level,
            text: heading.text,
            code: heading.code,
            id: heading.id,
            raw,
            ..Self::default()
        };
        if raw || !markdown {
            return fact;
        }
        let written = if source.starts_with('#') {
            let inner = source.trim_start_matches('#').trim();
            let bare = inner.trim_end_matches('#');
            if bare.is_empty() || bare.ends_with([' ', '\t']) { bare.trim_end() } else { inner }
        } else {
            let lines = source.trim_end().rsplit_once('\n').map_or("", |(lines, _)| lines.trim_end());
            fact.broken = lines.contains('\n');
            lines
        };
        fact.broken |=
            memchr2(b'<', b'&', written.as_bytes()).is_some() && BREAKING.iter().any(|sign| written.contains(sign));
        fact.written = (written != fact.text).then(|| written.to_owned());
        fact
    }

    /// The braces at its end that were read as attributes: `{#id .class}`.
    pub fn braces(&self) -> Option<&str> {
        let written = self.written.as_deref()?;
        if !written.ends_with('}') || self.text.ends_with('}') || written.contains("{:") {
            return None;
        }
        written.rfind('{').map(|at| &written[at..])
    }

    /// Its text, the braces included: what an engine sees that does not know attributes.
    pub fn with_braces(&self) -> Cow<'_, str> {
        match self.braces() {
            None => Cow::Borrowed(&self.text),
            Some(braces) => Cow::Owned(format!("{} {braces}", self.text)),
        }
    }
}

/// The headings of a document, which loses them.
pub(super) fn take(document: &mut Document) -> Vec<HeadingFact> {
    let headings = std::mem::take(&mut document.headings);
    headings.into_iter().map(|heading| HeadingFact::of(heading, document)).collect()
}
