//! Raw HTML, cut into tags, comments and the text between them, each with its exact bytes.
//!
//! html5gum does the tokenizing; its spans are kept only where they are exact (tags), the rest is found in the source.

use std::borrow::Cow;
use std::convert::Infallible;

use html5gum::emitters::ForwardingEmitter;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Emitter, Span as Bytes, Tokenizer};

use super::element::Element;
use crate::span::Span;

/// An attribute that the document model reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::document) enum Key {
    Href,
    To,
    Src,
    Srcset,
    Poster,
    Data,
    Id,
    Name,
    Alt,
}

impl Key {
    const COUNT: usize = 9;

    /// The key for an attribute's name. `to` is no attribute of HTML.
    fn of_html(name: &[u8]) -> Option<Self> {
        Some(match name {
            b"href" => Self::Href,
            b"src" => Self::Src,
            b"srcset" => Self::Srcset,
            b"poster" => Self::Poster,
            b"data" => Self::Data,
            b"id" => Self::Id,
            b"name" => Self::Name,
            b"alt" => Self::Alt,
            _ => return None,
        })
    }

    /// The key for the name of a JSX property.
    pub fn of_jsx(name: &str) -> Option<Self> {
        match name {
            "to" => Some(Self::To),
            "srcSet" => Some(Self::Srcset),
            _ => Self::of_html(name.as_bytes()),
        }
    }
}

/// The value of an attribute.
#[derive(Debug, Clone)]
pub(in crate::document) struct Value {
    /// Its bytes, without quotes.
    pub span: Span,
    /// What it stands for, if that is not what is written.
    pub decoded: Option<String>,
    /// Whether it is a JSX expression.
    pub expression: bool,
}

impl Value {
    /// What the value stands for.
    pub fn text<'s>(&self, source: &'s str) -> Cow<'s, str> {
        self.decoded.clone().map_or(Cow::Borrowed(self.span.of(source)), Cow::Owned)
    }
}

/// The attributes of one tag; of a repeated one, the first.
#[derive(Debug, Clone, Default)]
pub(in crate::document) struct Attributes {
    values: [Option<Value>; Key::COUNT],
}

impl Attributes {
    /// The value under `key`.
    pub fn get(&self, key: Key) -> Option<&Value> {
        self.values[key as usize].as_ref()
    }

    /// Keeps a value, unless there is one already.
    pub fn set(&mut self, key: Key, value: Value) -> bool {
        let free = self.values[key as usize].is_none();
        if free {
            self.values[key as usize] = Some(value);
        }
        free
    }
}

/// A piece of HTML. Spans hold the offset of the slice that was given.
#[derive(Debug)]
pub(in crate::document) enum Token<'t> {
    /// Text with its entities as written.
    Text(Span),
    /// An opening tag.
    Open(Element, Span, &'t Attributes),
    /// A closing tag.
    Close(Element, Span),
    /// A comment with its delimiters.
    Comment(Span),
}

/// Cuts `html`, whose first byte has the offset `base`, and hands out each piece in order.
pub(in crate::document) fn cut(html: &str, base: usize, each: impl FnMut(Token)) {
    let mut cutter = Cutter { html, base, each, done: 0, open: None, attributes: Attributes::default(), current: None };
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, span: Bytes<usize>| {
        cutter.take(event, span);
        None::<Infallible>
    });
    emitter.naively_switch_states(true);
    let Ok(()) = Tokenizer::new_with_emitter(html, Faultless(emitter)).finish();
    // A tag that is never closed is dropped, as a browser drops it.
    if cutter.open.is_none() {
        cutter.text_up_to(html.len());
    }
}

/// Wants to hear of no faults in the HTML, so that nobody has to look at each of its bytes for them.
struct Faultless<E>(E);

impl<E: Emitter> ForwardingEmitter for Faultless<E> {
    type Token = E::Token;

    fn inner(&mut self) -> &mut impl Emitter<Token = E::Token> {
        &mut self.0
    }

    fn should_emit_errors(&mut self) -> bool {
        false
    }
}

struct Cutter<'h, F> {
    html: &'h str,
    base: usize,
    each: F,
    /// Where the text that was not handed out yet begins.
    done: usize,
    /// The opening tag that is being read, and where it begins.
    open: Option<(Element, usize)>,
    attributes: Attributes,
    /// The attribute whose value comes next.
    current: Option<Key>,
}

impl<F: FnMut(Token)> Cutter<'_, F> {
    fn take(&mut self, event: CallbackEvent<'_>, span: Bytes<usize>) {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.text_up_to(span.start);
                self.open = Some((Element::named(name), span.start));
                self.attributes = Attributes::default();
                self.current = None;
            }
            CallbackEvent::AttributeName { name } => {
                self.current = None;
                if let (Some(_), Some(key)) = (self.open, Key::of_html(name)) {
                    let span = value_after(self.html, span.end).shifted(self.base);
                    if self.attributes.set(key, Value { span, decoded: None, expression: false }) {
                        self.current = Some(key);
                    }
                }
            }
            CallbackEvent::AttributeValue { value } => {
                let slot = self.current.take().and_then(|key| self.attributes.values[key as usize].as_mut());
                if let Some(slot) = slot {
                    let written = &self.html[slot.span.start - self.base..slot.span.end - self.base];
                    if written.as_bytes() != value {
                        slot.decoded = Some(String::from_utf8_lossy(value).into_owned());
                    }
                }
            }
            CallbackEvent::CloseStartTag { .. } => {
                if let Some((element, start)) = self.open.take() {
                    self.done = span.end;
                    let span = Span::new(self.base + start, self.base + span.end);
                    (self.each)(Token::Open(element, span, &self.attributes));
                }
            }
            CallbackEvent::EndTag { name } => {
                self.text_up_to(span.start);
                self.done = span.end;
                (self.each)(Token::Close(Element::named(name), Span::from(span.start..span.end).shifted(self.base)));
            }
            CallbackEvent::Comment { .. } => {
                self.text_up_to(span.start);
                self.done = span.end;
                if self.html[span.start..].starts_with("<!--") {
                    (self.each)(Token::Comment(Span::from(span.start..span.end).shifted(self.base)));
                }
            }
            CallbackEvent::Doctype { .. } => {
                self.text_up_to(span.start);
                self.done = span.end;
            }
            CallbackEvent::String { .. } | CallbackEvent::Error(_) => {}
        }
    }

    fn text_up_to(&mut self, end: usize) {
        if self.done < end {
            (self.each)(Token::Text(Span::new(self.base + self.done, self.base + end)));
        }
        self.done = self.done.max(end);
    }
}

/// The value of the attribute whose name ends at byte `name_end`: empty where there is none.
fn value_after(html: &str, name_end: usize) -> Span {
    let bytes = html.as_bytes();
    let skip_space = |mut at: usize| {
        while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
            at += 1;
        }
        at
    };
    let equals = skip_space(name_end);
    if bytes.get(equals) != Some(&b'=') {
        return Span::empty(name_end);
    }
    let start = skip_space(equals + 1);
    let find = |start: usize, stops: fn(u8, u8) -> bool, quote: u8| {
        bytes[start..].iter().position(|byte| stops(*byte, quote)).map_or(bytes.len(), |length| start + length)
    };
    match bytes.get(start) {
        Some(&quote @ (b'"' | b'\'')) => Span::new(start + 1, find(start + 1, |byte, quote| byte == quote, quote)),
        _ => Span::new(start, find(start, |byte, _| byte.is_ascii_whitespace() || byte == b'>', 0)),
    }
}

/// What the entity at the start of `text`, an `&` and what follows it, stands for, and how many bytes it takes.
pub(in crate::document) fn entity(text: &str) -> Option<(String, usize)> {
    let name = text.as_bytes().iter().skip(1).take(34);
    let length = 1 + name.take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'#').count();
    let length = length + usize::from(text.as_bytes().get(length) == Some(&b';'));
    let written = text.get(..length).filter(|written| written.len() > 2)?;
    let mut decoded = String::new();
    let emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: Bytes<()>| {
        if let CallbackEvent::String { value } = event {
            decoded.push_str(&String::from_utf8_lossy(value));
        }
        None::<Infallible>
    });
    let Ok(()) = Tokenizer::new_with_emitter(written, Faultless(emitter)).finish();
    // `&copy2024` is a sign and a year.
    let shared = decoded.bytes().rev().zip(written.bytes().rev()).take_while(|(a, b)| a == b && b.is_ascii()).count();
    let resolved = decoded.len().checked_sub(shared).filter(|resolved| *resolved > 0)?;
    decoded.truncate(resolved);
    (decoded != written).then_some((decoded, length - shared))
}

/// `text` with its entities resolved.
pub(in crate::document) fn decode(text: &str) -> Option<String> {
    let mut rest = text;
    let mut decoded = String::new();
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        let (before, tail) = rest.split_at(at);
        decoded.push_str(before);
        let (resolved, length) = entity(tail).unwrap_or_else(|| ("&".to_owned(), 1));
        decoded.push_str(&resolved);
        rest = &tail[length..];
    }
    if rest.len() == text.len() {
        return None;
    }
    decoded.push_str(rest);
    (decoded != text).then_some(decoded)
}
