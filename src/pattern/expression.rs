//! A pattern as a pack writes it, made fit for the text that it is matched with.
//!
//! Owns the checks on a single regular expression, and what is known of one without parsing it. Knows no entry and no pack;
//! `build.rs` needs it too: it knows nothing of the crate but places.

use std::borrow::Cow;
use std::collections::BTreeMap;

use regex_syntax::ast::{self, Ast, ClassSetItem, LiteralKind};
use regex_syntax::hir::literal::{ExtractKind, Extractor};
use regex_syntax::hir::{Hir, Look, translate::TranslatorBuilder};

use super::letter;
use super::opening::OPENING;
use crate::span::Span;

/// Why a pattern is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where in the pattern, in bytes.
    pub span: Span,
    /// What is wrong.
    pub message: String,
}

/// So many bytes with which a pattern for running text begins are rare enough, and few enough to be listed.
pub const LONG: usize = 12;

/// A pattern that passed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expression {
    /// The pattern as it is matched.
    pub pattern: String,
    /// The bytes with which everything that it matches begins, at least one each; `None` if they cannot be listed.
    pub openings: Option<Vec<Vec<u8>>>,
    /// If those cannot be: the [`CLOSING`] ASCII bytes with which everything that it matches ends.
    pub closings: Option<Vec<Vec<u8>>>,
}

/// So many bytes at the end of a line in normal form are enough to tell most lines apart.
pub const CLOSING: usize = 4;

/// Named alternatives, as a pack has them.
pub type Words = BTreeMap<String, Vec<String>>;

/// `pattern` with each `{name}` of `words` in place.
pub fn expanded(pattern: &str, words: &Words) -> String {
    let mut expanded = pattern.to_owned();
    for (name, words) in words {
        let place = format!("{{{name}}}");
        if expanded.contains(&place) {
            let words: Vec<_> = words.iter().map(|word| regex_syntax::escape(word)).collect();
            expanded = expanded.replace(&place, &format!("(?:{})", words.join("|")));
        }
    }
    expanded
}

/// Checks `pattern` and rewrites its letters in normal form, anchored to a whole line.
pub fn whole_line(pattern: &str) -> Result<Expression, Fault> {
    let folded = folded(pattern)?;
    let hir = check(&folded, pattern)?;
    let openings = openings(&hir, OPENING);
    let closings = if openings.is_none() { closings(&hir) } else { None };
    Ok(Expression { pattern: format!("^(?:{folded})$"), openings, closings })
}

/// As [`whole_line`], without what is known of its ends.
pub fn line(pattern: &str) -> Result<Hir, Fault> {
    let hir = check(&folded(pattern)?, pattern)?;
    Ok(Hir::concat(vec![Hir::look(Look::Start), hir, Hir::look(Look::End)]))
}

/// `pattern` with its letters in normal form, since that is what it is compared with. Most patterns are written so, and need
/// not be parsed for it.
pub fn folded(pattern: &str) -> Result<Cow<'_, str>, Fault> {
    if pattern.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        return Ok(Cow::Borrowed(pattern));
    }
    let folder = Folder { pattern, out: String::with_capacity(pattern.len()), done: 0, in_class: 0 };
    Ok(Cow::Owned(ast::visit(&parse(pattern)?, folder).expect("folding letters never fails")))
}

/// Checks `pattern`, which looks for its words anywhere in running text, in either letter case unless it is `exact`.
pub fn within_text(pattern: &str, exact: bool) -> Result<Expression, Fault> {
    let Some(openings) = openings(&check(pattern, pattern)?, LONG) else {
        let message = "in a sentence a pattern must begin with fixed words, so that they can be found quickly".into();
        return Err(Fault { span: Span::new(0, pattern.len()), message });
    };
    let pattern = if exact { pattern.to_owned() } else { insensitive(pattern) };
    Ok(Expression { pattern, openings: Some(openings), closings: None })
}

pub fn insensitive(pattern: &str) -> String {
    format!("(?i:{pattern})")
}

/// `phrase` as a pattern for running text, in which any white space is as good as another.
pub fn phrase(phrase: &str) -> String {
    let words: Vec<_> = phrase.split_whitespace().map(regex_syntax::escape).collect();
    words.join(r"\s+")
}

fn closings(hir: &Hir) -> Option<Vec<Vec<u8>>> {
    let mut extractor = Extractor::new();
    extractor.kind(ExtractKind::Suffix).limit_class(16).limit_literal_len(CLOSING).limit_total(500);
    let sequence = extractor.extract(hir);
    let literals: Vec<_> = sequence.literals()?.iter().map(|literal| literal.as_bytes().to_vec()).collect();
    literals.iter().all(|literal| literal.len() == CLOSING && literal.is_ascii()).then_some(literals)
}

fn openings(hir: &Hir, longest: usize) -> Option<Vec<Vec<u8>>> {
    let mut extractor = Extractor::new();
    extractor.kind(ExtractKind::Prefix).limit_class(16).limit_literal_len(longest).limit_total(10_000);
    let sequence = extractor.extract(hir);
    let literals = sequence.literals()?.iter().map(|literal| literal.as_bytes().to_vec());
    let literals: Vec<_> = literals.collect();
    literals.iter().all(|literal| !literal.is_empty()).then_some(literals)
}

fn parse(pattern: &str) -> Result<Ast, Fault> {
    ast::parse::Parser::new().parse(pattern).map_err(|error| Fault {
        span: Span::new(error.span().start.offset, error.span().end.offset),
        message: error.kind().to_string(),
    })
}

/// Refuses what would match nothing sensible, or slowly. `original` is what the author wrote.
pub fn check(pattern: &str, original: &str) -> Result<Hir, Fault> {
    let whole = Span::new(0, original.len());
    let fault = |message: String| Fault { span: whole, message };
    let ast = parse(pattern)?;
    let hir =
        TranslatorBuilder::new().build().translate(pattern, &ast).map_err(|error| fault(error.kind().to_string()))?;
    let properties = hir.properties();
    if properties.minimum_len().is_none_or(|least| least == 0) {
        return Err(fault("it matches the empty string".into()));
    }
    let looks = properties.look_set();
    if looks.contains_word_unicode() {
        // A Unicode `\b` throws the regex engine off its fast path on every byte that is not ASCII.
        return Err(fault(r"`\b` is slow on text that is not English: write `(?-u:\b)`".into()));
    }
    if [Look::Start, Look::End].iter().any(|&look| looks.contains(look)) {
        return Err(fault("`^` and `$` are not needed: `where` says what the pattern covers".into()));
    }
    Ok(hir)
}

/// Rewrites the letters of a pattern, and nothing else of it, in normal form.
struct Folder<'p> {
    pattern: &'p str,
    out: String,
    /// How far `pattern` has been copied.
    done: usize,
    in_class: usize,
}

impl Folder<'_> {
    fn letter(&mut self, literal: &ast::Literal) {
        if literal.kind != LiteralKind::Verbatim {
            return;
        }
        let at = literal.span.start.offset;
        let mut folded = String::new();
        letter::fold(literal.c, |c| folded.push(c));
        let several = folded.chars().count() != 1;
        let folded = regex_syntax::escape(&folded);
        self.out.push_str(&self.pattern[self.done..at]);
        self.done = literal.span.end.offset;
        if several && self.in_class == 0 {
            self.out.push_str(&format!("(?:{folded})"));
        } else {
            self.out.push_str(&folded);
        }
    }
}

impl ast::Visitor for Folder<'_> {
    type Output = String;
    type Err = std::convert::Infallible;

    fn finish(mut self) -> Result<String, Self::Err> {
        self.out.push_str(&self.pattern[self.done..]);
        Ok(self.out)
    }

    fn visit_pre(&mut self, ast: &Ast) -> Result<(), Self::Err> {
        match ast {
            Ast::Literal(literal) => self.letter(literal),
            Ast::ClassBracketed(_) => self.in_class += 1,
            _ => {}
        }
        Ok(())
    }

    fn visit_post(&mut self, ast: &Ast) -> Result<(), Self::Err> {
        if matches!(ast, Ast::ClassBracketed(_)) {
            self.in_class -= 1;
        }
        Ok(())
    }

    fn visit_class_set_item_pre(&mut self, item: &ClassSetItem) -> Result<(), Self::Err> {
        match item {
            ClassSetItem::Literal(literal) => self.letter(literal),
            ClassSetItem::Range(range) => {
                self.letter(&range.start);
                self.letter(&range.end);
            }
            _ => {}
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::normal;
    use super::*;

    fn folded(pattern: &str) -> String {
        whole_line(pattern).expect("a good pattern").pattern
    }

    #[test]
    fn letters_take_their_normal_form_and_syntax_stays() {
        assert_eq!(folded(r"Publicité \S+[–—-]?"), r"^(?:publicite \S+[\-\-\-]?)$");
        assert_eq!(folded(r"реклама\.?"), format!(r"^(?:{}\.?)$", normal::normal_form("реклама")));
        assert_eq!(folded("straße+"), "^(?:stra(?:ss)e+)$");
        assert_eq!(folded(r"\p{L}[A-Z]{2,3}"), r"^(?:\p{L}[a-z]{2,3})$");
    }

    #[test]
    fn openings_are_listed_where_there_are_few() {
        let openings = |pattern| {
            let openings = whole_line(pattern).expect("a good pattern").openings?;
            Some(openings.iter().map(|opening| String::from_utf8_lossy(opening).into_owned()).collect::<Vec<_>>())
        };
        assert_eq!(openings("(?:Share|X) on"), Some(vec!["share on".to_owned(), "x on".to_owned()]));
        assert_eq!(openings("[a-z]+ad"), None);
        assert_eq!(openings(".*ad"), None);
    }

    #[test]
    fn faults_name_their_place() {
        let fault = |pattern| whole_line(pattern).expect_err("a bad pattern");
        assert_eq!(fault("ad(s").span, Span::new(2, 3));
        assert!(fault("ad(s").message.contains("unclosed group"));
        assert!(fault("(ad)?").message.contains("empty string"));
        assert!(fault(r"\bad").message.contains(r"(?-u:\b)"));
        assert!(fault("^ad").message.contains("not needed"));
        assert!(whole_line(r"(?-u:\b)ad").is_ok());
        assert!(within_text("div-gpt-ad-[0-9]+", false).is_ok());
        assert!(within_text(".*ad", false).expect_err("a bad pattern").message.contains("fixed words"));
    }
}
