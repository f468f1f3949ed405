//! What a change set did to the articles: whose text it changed, and what their front matter was before.

use std::collections::HashMap;
use std::sync::Arc;

use crate::document::Document;
use crate::document::front_matter::FrontMatter;
use crate::source::Source;

/// What happened to one article.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Whether what stands below the front matter reads otherwise than before; white space does not count.
    pub text: bool,
    /// The front matter as it was.
    pub front_matter: Option<FrontMatter>,
}

impl Change {
    /// What happened between two versions of an article.
    pub fn between(before: &Source, now: &Source) -> Self {
        let (before, now) = (Document::parse(before), Document::parse(now));
        let words = |document: &Document| -> String {
            let body = document.source.slice(document.body);
            body.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        Self { text: words(&before) != words(&now), front_matter: before.front_matter }
    }
}

/// What a change set did to the articles that were there before and still are, by the path of today.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    changes: HashMap<Arc<str>, Change>,
}

impl FromIterator<(Arc<str>, Change)> for Changes {
    fn from_iter<I: IntoIterator<Item = (Arc<str>, Change)>>(changes: I) -> Self {
        Self { changes: changes.into_iter().collect() }
    }
}

impl Changes {
    /// What happened to the article at `path`; `None` if it is new or as it was.
    pub fn of(&self, path: &str) -> Option<&Change> {
        self.changes.get(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Kind;

    #[test]
    fn only_words_below_the_front_matter_count() {
        let text_changed = |before: &str, now: &str| {
            let source = |text: &str| Source::new("a.md", Kind::Markdown, text);
            Change::between(&source(before), &source(now)).text
        };
        assert!(text_changed("---\na: 1\n---\nOne.\n", "---\na: 1\n---\nTwo.\n"));
        assert!(!text_changed("---\na: 1\n---\nOne two.\n", "---\na: 2\n---\n\nOne\ntwo.\r\n"));
        assert!(!text_changed("One.\n", "---\na: 1\n---\nOne.\n"));
    }
}
