//! What a rule reports: a finding, where it points, and how it may be fixed.
//!
//! A rule fills in everything but rule id, level and path; the sink stamps those (see [`crate::rule`]).

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::span::Span;

/// How much a finding matters. Ordered: a note is less than an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Worth knowing; never fails a run.
    Note,
    /// Should be mended; fails a run.
    Warning,
    /// Must be mended; fails a run.
    Error,
}

impl Level {
    /// The word used in every output format.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Whether a fix may be applied without looking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Safety {
    /// Cannot change what the article means.
    Safe,
    /// A person should look at the result.
    Unsafe,
}

/// Replaces the bytes of `span` by `replacement`; an empty span inserts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// The bytes to replace, in the finding's own file.
    pub span: Span,
    /// What stands there afterwards.
    pub replacement: String,
}

impl Edit {
    /// Put `replacement` in place of `span`.
    pub fn replace(span: Span, replacement: impl Into<String>) -> Self {
        Self { span, replacement: replacement.into() }
    }

    /// Take the bytes of `span` out.
    pub fn delete(span: Span) -> Self {
        Self::replace(span, "")
    }

    /// Put `text` in front of byte `offset`.
    pub fn insert(offset: usize, text: impl Into<String>) -> Self {
        Self::replace(Span::empty(offset), text)
    }
}

/// One way to mend a finding. All its edits are applied, or none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as a command: "delete the line".
    pub title: String,
    /// Whether it may be applied without looking.
    pub safety: Safety,
    /// The edits, which do not overlap.
    pub edits: Vec<Edit>,
}

impl Fix {
    /// A fix that cannot change what the article means.
    pub fn safe(title: impl Into<String>, edits: impl Into<Vec<Edit>>) -> Self {
        Self { title: title.into(), safety: Safety::Safe, edits: edits.into() }
    }

    /// A fix that a person should look at.
    pub fn risky(title: impl Into<String>, edits: impl Into<Vec<Edit>>) -> Self {
        Self { title: title.into(), safety: Safety::Unsafe, edits: edits.into() }
    }
}

/// A further place that explains a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The file, if it is not the finding's own.
    pub path: Option<Arc<str>>,
    /// Where in it.
    pub span: Span,
    /// What is there.
    pub message: String,
}

/// One thing a reader would see wrong, or a publisher would regret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// `group/name`.
    pub rule: Cow<'static, str>,
    /// How much it matters, as configured for this file.
    pub level: Level,
    /// The file, relative to the root, with forward slashes.
    pub path: Arc<str>,
    /// The bytes that the message talks about.
    pub span: Span,
    /// What is wrong: lower case, no final period.
    pub message: String,
    /// What to do: lower case, no final period.
    pub help: Option<String>,
    /// A short word at the primary place, if the message alone does not say it.
    pub label: Option<String>,
    /// Other places that explain it.
    pub labels: Vec<Label>,
    /// Ways to mend it, the best first. The first one is what `--fix` takes.
    pub fixes: Vec<Fix>,
    /// What it is known by from run to run (see [`crate::fingerprint`]); 0 until it is stamped.
    pub fingerprint: u64,
}

impl Finding {
    /// Says what to do.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(help.into());
        self
    }

    /// Puts a short word at the primary place.
    pub fn label(&mut self, label: impl Into<String>) -> &mut Self {
        self.label = Some(label.into());
        self
    }

    /// Points at another place in the same file.
    pub fn also(&mut self, span: Span, message: impl Into<String>) -> &mut Self {
        self.labels.push(Label { path: None, span, message: message.into() });
        self
    }

    /// Points at a place in another file.
    pub fn also_in(&mut self, path: Arc<str>, span: Span, message: impl Into<String>) -> &mut Self {
        self.labels.push(Label { path: Some(path), span, message: message.into() });
        self
    }

    /// Offers a fix.
    pub fn fix(&mut self, fix: Fix) -> &mut Self {
        self.fixes.push(fix);
        self
    }
}
