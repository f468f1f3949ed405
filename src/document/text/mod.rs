//! Plain text: paragraphs, and the page dump, a plain text that was saved from a web page.

use super::Document;
use crate::span::Span;

/// A plain text that was saved from a web page: what each of its lines is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dump {
    /// The headline.
    pub title: Option<Span>,
    /// The summary under it.
    pub summary: Option<Span>,
    /// The date line, only the date itself.
    pub date: Option<Span>,
    /// The pull quotes in the body: short sentences repeated or set apart between paragraphs.
    pub pull_quotes: Vec<Span>,
    /// The list of related articles at the end.
    pub related: Option<RelatedList>,
}

/// A list of related articles at the end of a page dump.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelatedList {
    /// Its heading ("Related Articles").
    pub heading: Span,
    /// Its entries.
    pub entries: Vec<RelatedEntry>,
}

/// One entry of that list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelatedEntry {
    /// The whole entry: title, teaser and date.
    pub span: Span,
    /// Its title, if it kept one.
    pub title: Option<Span>,
    /// Its address, if it kept one.
    pub link: Option<Span>,
    /// Its teaser.
    pub teaser: Option<Span>,
    /// Its date.
    pub date: Option<Span>,
}

pub(super) fn read(_document: &mut Document) {}
