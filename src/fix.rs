//! Applying the fixes that findings offer: which of them go together, and to what end.
//!
//! Owns the laws of fixes that can be kept from here, whatever a rule offers: edits that do not fit the file are refused,
//! no byte outside the edits changes, the byte-order mark stays, and no parse that worked breaks. Reads and writes no file.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::document::Document;
use crate::finding::{Edit, Finding, Fix, Safety};
use crate::source::Source;
use crate::span::Span;

/// How many times articles are mended and looked at again. Rules that still want more by then contradict each other.
pub const MAX_ROUNDS: usize = 10;

/// One article after fixes that could be made at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fixed {
    /// The new content of the file.
    pub bytes: Vec<u8>,
    /// Which findings were fixed: indexes into those that were given, ascending.
    pub findings: Vec<usize>,
}

/// Edits that go together: none overlaps or touches one of another fix.
type Taken = BTreeMap<Span, String>;

/// Fixes what can be fixed at once in `source`; `None` if that is nothing. Findings in other files are passed over.
///
/// Of each finding, in order, the first fix that is no riskier than `allowed` is taken, unless its edits overlap or touch
/// edits taken before it: then it has to wait for another round. Equal edits of two findings are made once. They apply to
/// the file's own bytes, so that bytes that are not UTF-8 survive.
pub fn apply(source: &Source, findings: &[Finding], allowed: Safety) -> Option<Fixed> {
    let mut taken = Taken::new();
    let mut fixed = Vec::new();
    for (index, finding) in findings.iter().enumerate().filter(|(_, finding)| finding.path == *source.path()) {
        let fix = finding.fixes.iter().find(|fix| fix.safety <= allowed);
        let Some(edits) = fix.and_then(|fix| sound(fix, source)) else { continue };
        if edits.iter().all(|(span, _)| fits(*span, &edits, &taken)) {
            taken.extend(edits);
            fixed.push(index);
        }
    }
    let bytes = spliced(source.bytes(), &taken);
    (bytes != source.bytes()).then_some(Fixed { bytes, findings: fixed })
}

/// The edits of a fix in order, insertions at one place joined; `None` if they cannot be made: out of the file, off a
/// character boundary, in front of the byte-order mark, overlapping each other, or there are none.
fn sound(fix: &Fix, source: &Source) -> Option<Taken> {
    let text = source.text();
    let mut edits = Taken::new();
    for Edit { span, replacement } in &fix.edits {
        let inside = source.start() <= span.start && span.start <= span.end && span.end <= text.len();
        if !inside || !text.is_char_boundary(span.start) || !text.is_char_boundary(span.end) {
            return None;
        }
        if !span.is_empty() && edits.contains_key(span) {
            return None;
        }
        edits.entry(*span).or_default().push_str(replacement);
    }
    let apart = edits.keys().zip(edits.keys().skip(1)).all(|(a, b)| a.end <= b.start);
    (apart && !edits.is_empty()).then_some(edits)
}

/// Whether the edit at `span`, one of `own`, keeps away from all that was taken, or was taken itself.
fn fits(span: Span, own: &Taken, taken: &Taken) -> bool {
    let up_to = Span { start: span.end, end: usize::MAX };
    // They lie apart from each other and in order, so that only the nearest ones can touch.
    let near = taken.range(..=up_to).rev().take_while(|(other, _)| span.start <= other.end);
    near.into_iter().all(|(other, replacement)| own.get(other) == Some(replacement))
}

fn spliced(bytes: &[u8], edits: &Taken) -> Vec<u8> {
    let mut result = Vec::with_capacity(bytes.len());
    let mut at = 0;
    for (span, replacement) in edits {
        result.extend_from_slice(&bytes[at..span.start]);
        result.extend_from_slice(replacement.as_bytes());
        at = span.end;
    }
    result.extend_from_slice(&bytes[at..]);
    result
}

/// What became of one file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    /// Its content before all fixes.
    pub before: Vec<u8>,
    /// Its content after them.
    pub after: Vec<u8>,
    /// How many findings that fixed.
    pub fixed: usize,
    /// How many of them each rule had reported.
    pub rules: BTreeMap<Cow<'static, str>, usize>,
}

/// The files that fixes have changed so far, by path.
pub type Changes = BTreeMap<Arc<str>, Change>;

/// Fixes that were not made because they would have broken an article that could be read before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The file.
    pub path: Arc<str>,
    /// The rules that offered them, in order, each once.
    pub rules: Vec<Cow<'static, str>>,
}

/// What fixing came to.
#[derive(Debug, Default)]
pub struct Converged {
    /// What is left to report: the findings of the last check.
    pub findings: Vec<Finding>,
    /// The articles they point into, as they are now.
    pub sources: HashMap<Arc<str>, Source>,
    /// The files that are to be written.
    pub changes: Changes,
    /// How many findings were fixed.
    pub fixed: usize,
    /// Whose fixes were refused.
    pub refused: Vec<Refusal>,
    /// Whether nothing more applies; if not, [`MAX_ROUNDS`] were not enough.
    pub settled: bool,
}

/// Checks and fixes in turn until nothing more applies.
///
/// `check` looks at all articles, taking those in its argument as they stand there (`after`), the others from where they
/// are kept, and gives the findings and the articles they point into.
///
/// A file whose fixes would break its front matter, or make a problem in an article that had none, keeps its content, and
/// nothing more is done to it.
pub fn converge<C>(allowed: Safety, mut check: C) -> Converged
where
    C: FnMut(&Changes) -> (Vec<Finding>, HashMap<Arc<str>, Source>),
{
    let mut result = Converged::default();
    for round in 0..=MAX_ROUNDS {
        (result.findings, result.sources) = check(&result.changes);
        if round == MAX_ROUNDS {
            break;
        }
        let mut changed = false;
        // Findings come sorted by path; if not, a file's parts are only fixed in more rounds.
        for findings in result.findings.chunk_by(|a, b| a.path == b.path) {
            let path = &findings[0].path;
            let Some(source) = result.sources.get(path) else { continue };
            if result.refused.iter().any(|refusal| refusal.path == *path) {
                continue;
            }
            let Some(fixed) = apply(source, findings, allowed) else { continue };
            if breaks(source, &fixed.bytes) {
                result.refused.push(refusal(path, findings, &fixed));
                continue;
            }
            changed = true;
            let change = result.changes.entry(Arc::clone(path));
            let change = change.or_insert_with(|| Change { before: source.bytes().to_vec(), ..Change::default() });
            change.after = fixed.bytes;
            change.fixed += fixed.findings.len();
            for &index in &fixed.findings {
                *change.rules.entry(findings[index].rule.clone()).or_default() += 1;
            }
            result.fixed += fixed.findings.len();
        }
        if !changed {
            result.settled = true;
            break;
        }
    }
    result.changes.retain(|_, change| change.before != change.after);
    result
}

/// Whether `bytes` in place of `source` would break what could be read before.
fn breaks(source: &Source, bytes: &[u8]) -> bool {
    let changed = Source::from_bytes(Arc::clone(source.path()), source.kind(), bytes.to_vec());
    let (before, after) = (Document::parse(source), Document::parse(&changed));
    let complete = |document: &Document| document.front_matter.as_ref().is_some_and(|matter| matter.complete);
    (complete(&before) && !complete(&after)) || (before.problems.is_empty() && !after.problems.is_empty())
}

fn refusal(path: &Arc<str>, findings: &[Finding], fixed: &Fixed) -> Refusal {
    let mut rules = Vec::new();
    for &index in &fixed.findings {
        if !rules.contains(&findings[index].rule) {
            rules.push(findings[index].rule.clone());
        }
    }
    Refusal { path: Arc::clone(path), rules }
}
