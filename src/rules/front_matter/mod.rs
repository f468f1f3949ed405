//! Rules on front matter: whether it is there, whether it can be read, and whether it holds what it should.

pub mod byline;
pub mod conflict;
pub mod deprecated;
pub mod duplicate_key;
pub mod echo;
pub mod empty;
pub mod fence;
pub mod image;
pub mod key_case;
pub mod misread;
pub mod missing;
pub mod placeholder;
pub mod reference;
pub mod required;
pub mod series;
pub mod site_name;
pub mod syntax;
pub mod term_once;
pub mod term_spelling;
mod terms;
mod text;
pub mod truncated;
pub mod r#type;
pub mod unique;
pub mod unknown_key;
pub mod value;

use crate::document::{Document, ProblemKind};
use crate::finding::{Edit, Fix};
use crate::rule::Sink;

/// Reports the document's problems of one kind.
fn report_problems(document: &Document, kind: ProblemKind, sink: &mut Sink) {
    for problem in document.problems.iter().filter(|problem| problem.kind == kind) {
        let finding = sink.report(problem.span, problem.message.as_str());
        finding.help = problem.help.clone();
        for (span, message) in &problem.labels {
            finding.also(*span, message.as_str());
        }
        if let Some(value) = problem.unquoted {
            // It cannot be read as it stands: in quotes it says just what is written.
            let quoted = format!("\"{}\"", document.source.slice(value));
            finding.fix(Fix::safe("put the value in quotes", [Edit::replace(value, quoted)]));
        }
    }
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
}
