//! A text cut into what dates are made of: numbers, words, and marks between them.

use std::borrow::Cow;

use super::names::fold;
use crate::span::Span;

/// What a token is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind<'t> {
    /// A run of ASCII digits.
    Number,
    /// A run of letters in one script, folded. An ideograph is a word of its own, as is 'T' between digits.
    Word(Cow<'t, str>),
    /// Anything else that is not white space.
    Mark(char),
}

/// A token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token<'t> {
    /// What it is.
    pub kind: Kind<'t>,
    /// Its own bytes.
    pub text: &'t str,
    /// Its byte range in the text.
    pub span: Span,
    /// Whether white space stands in front of it.
    pub spaced: bool,
}

impl Token<'_> {
    /// The value of a number of `min` to `max` digits.
    pub fn number(&self, min: usize, max: usize) -> Option<u16> {
        let fits = self.kind == Kind::Number && (min..=max).contains(&self.text.len());
        if fits { self.text.parse().ok() } else { None }
    }

    /// The folded word.
    pub fn word(&self) -> Option<&str> {
        match &self.kind {
            Kind::Word(word) => Some(word),
            _ => None,
        }
    }

    /// Whether it is an ideograph, which no space parts from its neighbours.
    pub fn is_ideograph(&self) -> bool {
        self.text.chars().all(is_ideograph)
    }

    /// The mark.
    pub fn mark(&self) -> Option<char> {
        match self.kind {
            Kind::Mark(mark) => Some(mark),
            _ => None,
        }
    }
}

/// The tokens of `text`.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    // A date has hardly more tokens than half its characters.
    let mut tokens = Vec::with_capacity(text.len() / 2 + 1);
    let mut spaced = false;
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if c.is_whitespace() {
            spaced = true;
            continue;
        }
        let mut end = start + c.len_utf8();
        let mut extend = |wanted: fn(char) -> bool| {
            while let Some((at, c)) = chars.next_if(|(_, c)| wanted(*c)) {
                end = at + c.len_utf8();
            }
            end
        };
        let (end, kind) = if c.is_ascii_digit() {
            (extend(|c| c.is_ascii_digit()), Kind::Number)
        } else if is_ideograph(c) {
            (end, Kind::Word(text[start..end].into()))
        } else if c.is_alphabetic() {
            let end = extend(|c| (c.is_alphabetic() || is_accent(c)) && !is_ideograph(c));
            (end, Kind::Word(fold(&text[start..end])))
        } else {
            (end, Kind::Mark(c))
        };
        tokens.push(Token { kind, text: &text[start..end], span: Span::new(start, end), spaced });
        spaced = false;
    }
    tokens
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}')
}

fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}')
}

/// A place among tokens. Whatever is asked for is taken if it is there, and nothing moves if it is not.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'a, 't> {
    tokens: &'a [Token<'t>],
    at: usize,
}

impl<'a, 't> Cursor<'a, 't> {
    /// The place in front of the first token.
    pub fn new(tokens: &'a [Token<'t>]) -> Self {
        Self { tokens, at: 0 }
    }

    /// The next token.
    pub fn peek(&self) -> Option<&'a Token<'t>> {
        self.tokens.get(self.at)
    }

    /// The token that was taken last.
    pub fn last(&self) -> Option<&'a Token<'t>> {
        self.tokens.get(self.at.checked_sub(1)?)
    }

    /// How many tokens have been taken.
    pub fn taken(&self) -> usize {
        self.at
    }

    /// Whether all tokens have been taken.
    pub fn is_done(&self) -> bool {
        self.at >= self.tokens.len()
    }

    /// Whether the next token follows the last one without white space.
    pub fn is_joined(&self) -> bool {
        self.peek().is_some_and(|token| !token.spaced)
    }

    /// What `wanted` makes of the next token.
    pub fn take<T>(&mut self, wanted: impl FnOnce(&'a Token<'t>) -> Option<T>) -> Option<T> {
        let found = wanted(self.peek()?)?;
        self.at += 1;
        Some(found)
    }

    /// What `parse` reads from here; nothing moves if it reads nothing.
    pub fn attempt<T>(&mut self, parse: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let before = self.at;
        let found = parse(self);
        if found.is_none() {
            self.at = before;
        }
        found
    }

    /// A number of `min` to `max` digits.
    pub fn number(&mut self, min: usize, max: usize) -> Option<u16> {
        self.take(|token| token.number(min, max))
    }

    /// A number that follows without white space.
    pub fn joined_number(&mut self, min: usize, max: usize) -> Option<u16> {
        if self.is_joined() { self.number(min, max) } else { None }
    }

    /// One of these marks.
    pub fn mark(&mut self, wanted: &[char]) -> Option<char> {
        self.take(|token| token.mark().filter(|mark| wanted.contains(mark)))
    }

    /// One of these marks, without white space before it.
    pub fn joined_mark(&mut self, wanted: &[char]) -> Option<char> {
        if self.is_joined() { self.mark(wanted) } else { None }
    }

    /// One of these folded words.
    pub fn word(&mut self, wanted: &[&str]) -> Option<&'a str> {
        self.take(|token| token.word().filter(|word| wanted.contains(word)))
    }

    /// One of these folded words, without white space before it.
    pub fn joined_word(&mut self, wanted: &[&str]) -> Option<&'a str> {
        if self.is_joined() { self.word(wanted) } else { None }
    }
}
