//! What a run came to, for people and programs: one file for each format.
//!
//! A format sees findings, sources and the summary, and writes to whatever it is given. It decides nothing.

pub mod clean;
pub mod concise;
mod crop;
pub mod diff;
mod excerpt;
pub mod json;
pub mod pretty;

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::Arc;

use crate::finding::{Finding, Level, Safety};
use crate::source::Source;

/// What a run came to.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// All findings, by path, span and rule.
    pub findings: &'a [Finding],
    /// The files that findings point into.
    pub sources: &'a HashMap<Arc<str>, Source>,
    /// The numbers.
    pub summary: Summary,
}

/// The numbers of a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// How many articles were checked.
    pub files: usize,
    /// How many findings are errors.
    pub errors: usize,
    /// How many are warnings.
    pub warnings: usize,
    /// How many are notes.
    pub notes: usize,
    /// How many `--fix` would mend.
    pub fixable: usize,
}

impl Summary {
    /// Counts `findings` on `files` articles.
    pub fn of(files: usize, findings: &[Finding]) -> Self {
        let count = |level| findings.iter().filter(|finding| finding.level == level).count();
        Self {
            files,
            errors: count(Level::Error),
            warnings: count(Level::Warning),
            notes: count(Level::Note),
            fixable: findings.iter().filter(|finding| fixable(finding, Safety::Safe)).count(),
        }
    }
}

/// Whether the fix that would be taken for `finding` is of this kind.
pub fn fixable(finding: &Finding, safety: Safety) -> bool {
    finding.fixes.first().is_some_and(|fix| fix.safety == safety)
}

/// `text` with everything that could move the cursor, change a terminal's state or hide text made visible: control
/// characters as their pictures (␛), others as `\u{202E}`. One line stays one line.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\0'..='\u{1F}' => shown.extend(char::from_u32(0x2400 + u32::from(c))),
            '\u{7F}' => shown.push('\u{2421}'),
            c if is_unsafe(c) => write!(shown, "\\u{{{:04X}}}", u32::from(c)).expect("a string takes everything"),
            c => shown.push(c),
        }
    }
    Cow::Owned(shown)
}

/// Whether a terminal might act on `c` instead of showing it: C0 and C1 controls, line and paragraph separators,
/// bidirectional marks, embeddings, overrides and isolates.
pub fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn nothing_reaches_the_terminal_but_text() {
        assert_eq!(visible("héllo 😀"), "héllo 😀");
        assert_eq!(visible("a\u{1B}[31mb\tc\nd\u{7F}"), "a␛[31mb␉c␊d␡");
        assert_eq!(visible("x\u{9B}2J \u{202E}evil\u{2066}"), "x\\u{009B}2J \\u{202E}evil\\u{2066}");
    }
}
