//! Rules on front matter: whether it is there, whether it can be read, and whether it holds what it should.

pub mod duplicate_key;
pub mod fence;
pub mod missing;
pub mod required;
pub mod shape;
pub mod syntax;
pub mod r#type;
pub mod unknown_key;

use crate::document::front_matter::Entry;
use crate::document::{Document, ProblemKind};
use crate::rule::Sink;

/// Reports the document's problems of one kind.
fn report_problems(document: &Document, kind: ProblemKind, sink: &mut Sink) {
    for problem in document.problems.iter().filter(|problem| problem.kind == kind) {
        let finding = sink.report(problem.span, problem.message.as_str());
        finding.help = problem.help.clone();
        for (span, message) in &problem.labels {
            finding.also(*span, message.as_str());
        }
    }
}

/// Whether the parser met a fault in this entry, so that its value may not be what the author wrote.
fn is_faulty(document: &Document, entry: &Entry) -> bool {
    let whole = entry.key_span.to(entry.value.span);
    let mut faults = document.problems.iter().filter(|problem| problem.kind == ProblemKind::Syntax);
    faults.any(|fault| whole.start <= fault.span.start && fault.span.start <= whole.end)
}

/// The one of `known` that `word` was meant to be, if one is close: the same letters in other case or with other hyphens,
/// or at most a third of the letters wrong.
fn closest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let plain = |word: &str| word.to_lowercase().replace(['_', '-', ' '], "");
    let meant = plain(word);
    let limit = (meant.chars().count() / 3).max(1);
    known
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&meant, &plain(candidate)), candidate))
        .filter(|(distance, candidate)| *distance <= limit && *distance < plain(candidate).chars().count())
        .min()
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::{Define, Rule};
    use crate::source::{Kind, Source};

    /// What a rule with these options says of `text`, each finding as `"source" message (help)`.
    pub(super) fn said<R: Define>(options: &str, kind: Kind, text: &str) -> Vec<String> {
        let rule: R = serde_yaml::from_str(options).expect("the options fit");
        let source = Source::new("a", kind, text);
        let document = Document::parse(&source);
        say(&rule, &document)
    }

    pub(super) fn say(rule: &dyn Rule, document: &Document) -> Vec<String> {
        let mut findings = Vec::new();
        rule.document(
            document,
            &mut Sink::new(&mut findings, "", crate::finding::Level::Error, document.source.path()),
        );
        let show = |finding: &crate::finding::Finding| {
            let help = finding.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
            format!("{:?} {}{help}", document.source.slice(finding.span), finding.message)
        };
        findings.iter().map(show).collect()
    }

    #[test]
    fn a_near_miss_is_found() {
        let keys = ["title", "publishDate", "tags"];
        assert_eq!(closest("Title", keys), Some("title"));
        assert_eq!(closest("publish_date", keys), Some("publishDate"));
        assert_eq!(closest("tag", keys), Some("tags"));
        assert_eq!(closest("author", keys), None);
        assert_eq!(closest("", keys), None);
        assert_eq!(closest("b", ["a"]), None);
    }
}
