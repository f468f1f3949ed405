//! What is wrong with a JSON text, in a copy editor's words, and what lets the parser go on.

use jsonc_parser::errors::ParseErrorKind;
use jsonc_parser::{ParseOptions, ParseStringErrorKind};

use crate::document::Problem;
use crate::document::front_matter::lines::{boundary_after, boundary_before};
use crate::span::Span;

/// The problem behind an error of the parser at `span`.
pub(super) fn explain(kind: &ParseErrorKind, text: &str, span: Span) -> Problem {
    use ParseErrorKind as E;
    let (message, help) = match kind {
        E::TrailingCommasNotAllowed => ("a comma stands after the last entry", "delete the comma"),
        E::CommentsNotAllowed => ("JSON has no comments", "delete the comment"),
        E::ExpectedComma => ("a comma is missing here", "put a comma after each entry but the last"),
        E::ExpectedStringObjectProperty => ("a key without quotes", "put the key in double quotes"),
        E::SingleQuotedStringsNotAllowed => ("JSON knows only double quotes", "write `\"` instead of `'`"),
        E::ExpectedColonAfterObjectKey => ("a colon is missing after the key", "write `\"key\": value`"),
        E::ExpectedObjectValue | E::UnexpectedComma | E::UnexpectedCloseBrace | E::UnexpectedCloseBracket => {
            ("a value is missing before this", "write a value, or delete the key or comma before it")
        }
        E::UnexpectedColon => ("a colon stands where a value is expected", "write `\"key\": value`, once for each key"),
        E::UnexpectedWord => ("a text without quotes", "put it in double quotes"),
        E::UnterminatedArray => ("this list is never closed", "close it with `]`"),
        E::UnterminatedObject => ("this object is never closed", "close it with `}`"),
        E::UnterminatedCommentBlock => ("this comment is never closed", "delete the comment; JSON has none"),
        E::String(ParseStringErrorKind::UnterminatedStringLiteral) => {
            ("this quote is never closed", "close it with `\"` at the end of the value")
        }
        E::String(_) => ("an escape that JSON does not know", "write a backslash as `\\\\`"),
        E::HexadecimalNumbersNotAllowed
        | E::UnaryPlusNumbersNotAllowed
        | E::BareDecimalPointNumbersNotAllowed
        | E::NonFiniteNumbersNotAllowed
        | E::ExpectedDigit
        | E::ExpectedDigitFollowingNegativeSign
        | E::ExpectedPlusMinusOrDigitInNumberLiteral => {
            ("a number that JSON does not know", "write digits, with a digit on each side of the point")
        }
        _ => ("JSON cannot read this", "write `\"key\": value`, with text in double quotes"),
    };
    // A fault at the end of a line would otherwise cover the line end.
    let shown = span.of(text).find(['\r', '\n']).filter(|at| *at > 0).map_or(span.end, |at| span.start + at);
    Problem::syntax(Span::new(span.start, shown), message, help)
}

/// Lets the parser pass over faults of this kind; `false` if it cannot, or already does.
pub(super) fn allow(kind: &ParseErrorKind, options: &mut ParseOptions) -> bool {
    use ParseErrorKind as E;
    let option = match kind {
        E::TrailingCommasNotAllowed => &mut options.allow_trailing_commas,
        E::CommentsNotAllowed => &mut options.allow_comments,
        E::ExpectedComma => &mut options.allow_missing_commas,
        E::ExpectedStringObjectProperty => &mut options.allow_loose_object_property_names,
        E::SingleQuotedStringsNotAllowed => &mut options.allow_single_quoted_strings,
        E::HexadecimalNumbersNotAllowed => &mut options.allow_hexadecimal_numbers,
        E::UnaryPlusNumbersNotAllowed => &mut options.allow_unary_plus_numbers,
        E::BareDecimalPointNumbersNotAllowed => &mut options.allow_bare_decimal_point_numbers,
        E::NonFiniteNumbersNotAllowed => &mut options.allow_non_finite_numbers,
        E::String(ParseStringErrorKind::UnterminatedStringLiteral) => return false,
        E::String(_) => &mut options.allow_extended_string_escapes,
        _ => return false,
    };
    !std::mem::replace(option, true)
}

/// The problem behind what only a strict parser finds: a raw line break in a string, white space that is none in JSON.
pub(super) fn explain_strict(error: &serde_json::Error, text: &str, content: Span) -> Problem {
    let line = content.of(text).split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum::<usize>();
    let said = error.to_string();
    let control = said.starts_with("control character");
    // The column counts the bytes up to and with the last one read, which a control character does not count as.
    let at = content.start + line + if control { error.column() } else { error.column().saturating_sub(1) };
    let start = boundary_before(text, at.min(content.end.saturating_sub(1)));
    let span = Span::new(start, boundary_after(text, (start + 1).min(content.end)));
    if control {
        let help = "write a line break as `\\n`, a tab as `\\t`";
        return Problem::syntax(span, "a line break or control character stands inside a text", help);
    }
    let said = said.split(" at line ").next().unwrap_or_default();
    Problem::syntax(
        span,
        format!("JSON cannot read this: {said}"),
        "write `\"key\": value`, with plain spaces around it",
    )
}
