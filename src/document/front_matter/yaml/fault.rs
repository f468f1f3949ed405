//! What is wrong with a YAML text, in a copy editor's words.
//!
//! Owns the step from the parser's kind of error and where it gave up, to where the mistake is and how to write it
//! instead. The parser often notices a missing quote or bracket only lines later.

use granit_parser::ErrorKind;

use crate::document::Problem;
use crate::document::front_matter::lines::{Look, line_at, lines, look};
use crate::document::front_matter::{Format, MAX_DEPTH};
use crate::span::Span;

/// A place at which the parser gave up.
pub(super) struct Fault<'t> {
    pub text: &'t str,
    pub fragment: Span,
    /// Where it gave up.
    pub at: usize,
    /// The end of the last key, value or bracket that it took.
    pub last_end: usize,
    /// The innermost bracket that is open.
    pub open: Option<usize>,
}

impl Fault<'_> {
    /// The problem, and the place after whose line to read on.
    pub(super) fn explain(&self, kind: &ErrorKind) -> (Problem, usize) {
        if let Some(quote) = self.runaway_quote(kind) {
            let resume = quote.start;
            return (Problem::syntax(quote, "this quote is never closed", self.closing_quote(quote)), resume);
        }
        if let Some(open) = self.runaway_bracket(kind) {
            return (self.unclosed_bracket(open), open);
        }
        let (span, message, help) = self.describe(kind);
        let unquoted = self.unquoted_value(kind, span);
        (Problem { unquoted, ..Problem::syntax(span, message, help) }, span.start.max(self.line().start))
    }

    fn describe(&self, kind: &ErrorKind) -> (Span, String, String) {
        use ErrorKind as E;
        let here = self.character();
        let say = |span: Span, message: &str, help: &str| (span, message.to_owned(), help.to_owned());
        match kind {
            E::MappingValueNotAllowed | E::InvalidColonPlacement | E::MappingKeyNotAllowed => self.colon(),
            E::UnclosedQuotedScalar => say(here, "this quote is never closed", &self.closing_quote(here)),
            E::InvalidTrailingDoubleQuotedScalar => say(
                self.rest_of_line(),
                "text follows the closing quote",
                "write a quote inside double quotes as `\\\"`, or put single quotes around the whole value",
            ),
            E::InvalidTrailingSingleQuotedScalar => say(
                self.rest_of_line(),
                "text follows the closing quote",
                "write an apostrophe inside single quotes twice (`''`), or put double quotes around the whole value",
            ),
            E::UnknownQuotedScalarEscape
            | E::InvalidQuotedScalarHexEscape
            | E::InvalidUnicodeEscape
            | E::InvalidLowSurrogate
            | E::InvalidLowSurrogateHexEscape
            | E::MissingLowSurrogate
            | E::UnpairedLowSurrogate => {
                let (span, escape) = self.bad_escape();
                let message = format!("`{escape}` is no escape that YAML knows");
                say(span, &message, "write the backslash twice, or put single quotes around the value")
            }
            E::TabInBlockIndentation
            | E::TabInIndentation
            | E::TabNotAllowed
            | E::TabAtBlockScalarStart
            | E::TabInPlainScalar => say(self.tab(), "a tab stands where YAML wants spaces", "indent with spaces"),
            E::SimpleKeyExpected => self.no_key(),
            E::ExpectedBlockMappingKey | E::InvalidIndentation | E::ExpectedBlockSequenceEntry => self.misplaced(),
            E::BlockSequenceEntryNotAllowed => say(
                here,
                "a list cannot begin on the line of its key",
                "put each `- item` on a line of its own, or the value in quotes",
            ),
            E::UnexpectedCharacter { character } if character.is_control() => {
                let message = format!("a control character (U+{:04X}) stands here", u32::from(*character));
                // The parser gives up at the start of the value that holds it.
                let ahead = self.text[self.at..self.fragment.end].find(*character).unwrap_or(0);
                let span = Span::new(self.at + ahead, self.at + ahead + character.len_utf8());
                say(if ahead == 0 { here } else { span }, &message, "delete it")
            }
            E::UnexpectedCharacter { character } => {
                let message = format!("a value cannot begin with `{character}` unless it is quoted");
                (here, message, self.quoting())
            }
            E::CommentNotSeparated => say(
                here,
                "a comment needs a space before its `#`",
                "put a space before it, or quotes around the whole value",
            ),
            E::CommentInterceptedScalar => say(
                here,
                "a comment interrupts a value of several lines",
                "move the comment, or put the value in quotes",
            ),
            E::UnexpectedEofFlowSequence | E::UnexpectedEofFlowMapping | E::UnexpectedEofImplicitFlowMapping => {
                say(here, "a bracket is never closed", "close it with `]` or `}`")
            }
            E::UnclosedFlowCollection { open } => {
                let close = if *open == '{' { '}' } else { ']' };
                say(
                    here,
                    &format!("this `{open}` is never closed"),
                    &format!("close it with `{close}`, or put the value in quotes"),
                )
            }
            E::MismatchedFlowCollectionEnd { open, close } => {
                say(here, &format!("this `{open}` is closed by `{close}`"), "make the brackets match")
            }
            E::MisplacedFlowCollectionEnd => {
                say(here, "this bracket closes nothing", "delete it, or put the value in quotes")
            }
            E::ExpectedFlowSequenceSeparator | E::ExpectedFlowMappingSeparator => say(
                here,
                "a comma or the closing bracket is missing before this",
                "separate items by commas, and put an item that holds a colon or a bracket in quotes",
            ),
            E::RecursionLimitExceeded => {
                say(here, &format!("nested more than {MAX_DEPTH} deep"), "flatten the front matter")
            }
            E::InvalidBlockScalarHeader => say(
                self.rest_of_line(),
                "text follows a `|` or `>` on the same line",
                "begin the text on the next line, indented, or put the value in quotes",
            ),
            E::InvalidBlockScalarIndent => say(
                self.rest_of_line(),
                "this line of the text block is indented wrongly",
                "indent all its lines alike",
            ),
            E::MissingAnchorOrAliasName => {
                (here, "a value cannot begin with `*` or `&` unless it is quoted".to_owned(), self.quoting())
            }
            E::BomInsideDocument => say(here, "a byte-order mark stands here", "delete this invisible character"),
            other => (
                here,
                format!("YAML cannot read this: {other}"),
                "write it as `key: value`, with the value in quotes".to_owned(),
            ),
        }
    }

    /// A colon where none may be: inside an unquoted value, or in a line that is indented too deep.
    fn colon(&self) -> (Span, String, String) {
        let line = self.line();
        let before = &self.text[line.start..self.at.max(line.start)];
        let indent = before.len() - before.trim_start().len();
        let in_value = before.trim_start().contains(": ") || before.trim_start().starts_with("- ");
        if !in_value && indent > 0 {
            let span = Span::new(line.start + indent, self.at);
            let help = "indent it like its neighbours, or put the value above in quotes";
            return (span, "this key is indented below a key that already has a value".to_owned(), help.to_owned());
        }
        (self.character(), "a colon followed by a space stands inside an unquoted value".to_owned(), self.quoting())
    }

    /// A line that is neither key nor value.
    fn no_key(&self) -> (Span, String, String) {
        let span = self.line().trimmed(self.text);
        let words = span.of(self.text);
        if look(words, Format::Yaml) == Look::Key {
            return (span, "a space is missing after the colon".to_owned(), "write `key: value`".to_owned());
        }
        let help = "write `key: value`; if it continues the value above, indent it";
        (span, "this line is neither `key: value` nor part of the value above".to_owned(), help.to_owned())
    }

    /// Something well-formed that does not fit what stands above it.
    fn misplaced(&self) -> (Span, String, String) {
        let line = self.line();
        let before = self.text[line.start..self.at.max(line.start)].trim();
        if before.contains(": *") || before.starts_with("- *") {
            return (self.character(), "a value that begins with `*` is an alias in YAML".to_owned(), self.quoting());
        }
        let words = line.trimmed(self.text);
        if words.of(self.text).starts_with("- ") || before == "-" {
            let help = "indent the list below its key, and leave the key's own line without a value";
            return (words, "a list item stands where a key is expected".to_owned(), help.to_owned());
        }
        if line.start == words.start {
            let help = "write `- item` for each item, or `key: value`";
            return (words, "this line fits neither the list nor the keys above".to_owned(), help.to_owned());
        }
        (
            words,
            "this line is indented like none of the lines above".to_owned(),
            "indent it like its neighbours".to_owned(),
        )
    }

    /// The quote that swallowed further keys, where the parser complains only of what follows the next quote.
    fn runaway_quote(&self, kind: &ErrorKind) -> Option<Span> {
        let trailing = matches!(
            kind,
            ErrorKind::InvalidTrailingDoubleQuotedScalar
                | ErrorKind::InvalidTrailingSingleQuotedScalar
                | ErrorKind::UnknownQuotedScalarEscape
        );
        if !trailing {
            return None;
        }
        let start = skip_to_value(self.text, self.last_end, self.at, |c| matches!(c, '"' | '\''))?;
        self.swallows_keys(start).then(|| Span::new(start, start + 1))
    }

    /// The bracket that swallowed further keys.
    fn runaway_bracket(&self, kind: &ErrorKind) -> Option<usize> {
        let own = matches!(kind, ErrorKind::RecursionLimitExceeded | ErrorKind::UnclosedQuotedScalar);
        self.open.filter(|open| !own && self.text[*open..].starts_with(['[', '{']) && self.swallows_keys(*open))
    }

    /// Whether a line between byte `start` and the fault, its own line included, begins a key of the top level.
    fn swallows_keys(&self, start: usize) -> bool {
        let end = self.line().end;
        let (_, next) = line_at(self.text, start, end.max(start));
        let mut following = lines(self.text, Span::new(next, end.max(next)));
        following.any(|line| matches!(look(line.of(self.text), Format::Yaml), Look::Key | Look::LooseKey))
    }

    fn unclosed_bracket(&self, open: usize) -> Problem {
        let span = Span::new(open, open + 1);
        let close = if span.of(self.text) == "{" { '}' } else { ']' };
        let message = format!("this `{}` is never closed", span.of(self.text));
        Problem::syntax(span, message, format!("close it with `{close}`, or put the value in quotes"))
    }

    fn closing_quote(&self, quote: Span) -> String {
        format!("close it with `{}` at the end of the value", quote.of(self.text))
    }

    /// The value of the line, if all that it lacks is quotes: it is the only one there, and does not go on below.
    fn unquoted_value(&self, kind: &ErrorKind, fault: Span) -> Option<Span> {
        use ErrorKind as E;
        match kind {
            E::MappingValueNotAllowed | E::InvalidColonPlacement | E::MissingAnchorOrAliasName => {}
            E::UnexpectedCharacter { character } if !character.is_control() => {}
            _ => return None,
        }
        let line = self.line();
        let words = line.trimmed(self.text);
        let colon = words.start + words.of(self.text).find(": ")?;
        let value = Span::new(colon + 1, words.end).trimmed(self.text);
        let said = value.of(self.text);
        let key = Span::new(words.start, colon).of(self.text);
        let plain_key = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
        let alone =
            !said.starts_with(['\'', '[', '{', '|', '>', '!']) && !said.contains(['"', '\\']) && !said.contains(" #");
        let indent = words.start - line.start;
        let (_, next) = line_at(self.text, line.start, self.fragment.end);
        let below = line_at(self.text, next, self.fragment.end).0.of(self.text);
        let goes_on =
            next < self.fragment.end && !below.trim().is_empty() && below.len() - below.trim_start().len() > indent;
        (plain_key && alone && !goes_on && value.contains(fault)).then_some(value)
    }

    /// How to write the value of the line in quotes.
    fn quoting(&self) -> String {
        let line = self.line().trimmed(self.text).of(self.text);
        let value = line.split_once(": ").map(|(key, value)| (key, value.trim()));
        match value {
            Some((key, value)) if line.len() <= 60 && !value.contains(['"', '\\', '#']) && !value.is_empty() => {
                format!("put the value in quotes: `{key}: \"{value}\"`")
            }
            _ => "put the value in quotes".to_owned(),
        }
    }

    /// The escape that the parser does not know, in the quoted value that begins where it gave up.
    fn bad_escape(&self) -> (Span, &str) {
        let rest = &self.text[self.at..self.fragment.end];
        let mut escaped = false;
        for (at, c) in rest.char_indices() {
            if escaped {
                let known = "0abt\tnvfre \"/\\N_LPxuU\n\r".contains(c);
                let hex = match c {
                    'x' => 2,
                    'u' => 4,
                    'U' => 8,
                    _ => 0,
                };
                let digits = rest[at + c.len_utf8()..].chars().take_while(char::is_ascii_hexdigit).count();
                if !known || digits < hex {
                    let span = Span::new(self.at + at - 1, self.at + at + c.len_utf8());
                    return (span, span.of(self.text));
                }
                escaped = false;
            } else {
                escaped = c == '\\';
            }
        }
        (self.character(), "\\")
    }

    /// The tab at or just before the place, else the place.
    fn tab(&self) -> Span {
        let line = self.line();
        let indent = line.of(self.text);
        let indent = &indent[..indent.len() - indent.trim_start().len()];
        match indent.find('\t') {
            Some(at) => Span::new(line.start + at, line.start + at + 1),
            None => match self.text[self.at..self.fragment.end].find('\t') {
                Some(ahead) => Span::new(self.at + ahead, self.at + ahead + 1),
                None => self.character(),
            },
        }
    }

    /// The line on which the parser gave up; the last one if that is the end.
    pub(super) fn line(&self) -> Span {
        let before = self.text[self.fragment.start..self.at].rfind('\n');
        let start = before.map_or(self.fragment.start, |at| self.fragment.start + at + 1);
        line_at(self.text, start, self.fragment.end).0
    }

    /// From the place to the end of the line.
    fn rest_of_line(&self) -> Span {
        let end = self.line().end.max(self.at);
        let rest = Span::new(self.at, end);
        let words = Span::new(self.at, rest.trimmed(self.text).end);
        if words.is_empty() { self.character() } else { words }
    }

    /// The character at the place; at a line's end the empty place.
    fn character(&self) -> Span {
        match self.text[self.at..self.fragment.end].chars().next().filter(|c| !matches!(c, '\r' | '\n')) {
            Some(c) => Span::new(self.at, self.at + c.len_utf8()),
            None => Span::empty(self.at),
        }
    }
}

/// The place between bytes `from` and `to` at which a value begins with a character that is `wanted`: past white space,
/// the indicators `:`, `-` and `?`, anchors, tags and comments.
pub(super) fn skip_to_value(text: &str, from: usize, to: usize, wanted: fn(char) -> bool) -> Option<usize> {
    let mut at = from;
    while at < to {
        let rest = &text[at..to];
        let c = rest.chars().next()?;
        at += match c {
            _ if wanted(c) => return Some(at),
            '#' => rest.find('\n')?,
            '&' | '!' => rest.find(char::is_whitespace)?,
            ':' | '-' | '?' | ',' | '[' | '{' => 1,
            _ if c.is_whitespace() => c.len_utf8(),
            _ => return None,
        };
    }
    None
}
