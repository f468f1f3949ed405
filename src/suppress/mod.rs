//! Comments in articles that switch rules off: `<!-- copydesk-disable-next-line residue/credit: reason -->`.
//!
//! Owns what such comments say, which findings they take out, and what is wrong with them (the rules of the group
//! `suppression`). Where new ones are to be written is in [`mod@write`].

mod apply;
mod read;
mod target;
pub mod write;

pub use apply::apply;

use crate::span::Span;
use target::Target;

/// The comments of one article that are meant for copydesk, in source order.
#[derive(Debug)]
pub struct Suppressions {
    directives: Vec<Directive>,
    /// Those that cannot be understood.
    slips: Vec<Slip>,
}

/// What a comment does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    /// `-disable-file`
    File,
    /// `-disable-line`, `-disable-next-line`: findings that begin within these bytes.
    Lines(Span),
    /// `-disable`: from this byte on.
    From(usize),
    /// `-enable`: up to this byte.
    UpTo(usize),
}

/// One comment.
#[derive(Debug)]
struct Directive {
    scope: Scope,
    /// The comment, delimiters included.
    comment: Span,
    names: Vec<Name>,
    has_reason: bool,
    /// What is to be deleted to be rid of it.
    removal: Span,
    /// Whether nothing else changes when it is deleted.
    clean: bool,
}

/// One rule that a comment names, or everything.
#[derive(Debug)]
struct Name {
    target: Target,
    /// The name; the keyword where everything is meant because nothing is named.
    span: Span,
    /// What is to be deleted to be rid of it where others stay.
    removal: Span,
    used: bool,
}

/// A comment that cannot be understood.
#[derive(Debug)]
struct Slip {
    keyword: Span,
    /// The keyword that was meant, if one is close.
    meant: Option<&'static str>,
}
