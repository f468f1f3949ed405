//! `front-matter/fence`

use serde::Deserialize;

use super::report_problems;
use crate::document::{Document, ProblemKind};
use crate::finding::Level;
use crate::rule::{Define, Meta, Rule, Sink};

/// Reports front matter that is not properly fenced off from the article.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Fence {
    /// Whether blank lines above the opening fence are reported too.
    pub first_line: bool,
}

impl Define for Fence {
    const META: Meta = Meta {
        id: "front-matter/fence",
        level: Some(Level::Error),
        fix: None,
        page: include_str!("../../../rules/front-matter/fence.md"),
    };
}

impl Rule for Fence {
    fn document(&self, document: &Document, sink: &mut Sink) {
        report_problems(document, ProblemKind::Fence, sink);
        let Some(front_matter) = document.front_matter.as_ref().filter(|_| self.first_line) else {
            return;
        };
        let start = document.source.start();
        let blank = document.source.text()[start..front_matter.span.start].trim().is_empty();
        if blank && document.source.line_index(front_matter.span.start) > 0 {
            let finding = sink.report(front_matter.opening, "front matter must begin on the first line");
            finding.help("delete the blank lines above it");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::said;
    use super::*;
    use crate::source::Kind;

    #[test]
    fn blank_lines_above_matter_only_where_told() {
        let text = "\n\n---\ntitle: x\n---\n";
        assert_eq!(said::<Fence>("{}", Kind::Markdown, text), [""; 0]);
        assert_eq!(
            said::<Fence>("first-line: true", Kind::Markdown, text),
            ["\"---\" front matter must begin on the first line (delete the blank lines above it)"]
        );
        assert_eq!(said::<Fence>("first-line: true", Kind::Markdown, "\u{FEFF}---\ntitle: x\n---\n"), [""; 0]);
    }
}
