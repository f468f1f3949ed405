//! Pattern rules: what a pack says, compiled so that all patterns of all packs run in one pass over an article.

use serde::Deserialize;

use crate::document::Document;
use crate::finding::{Finding, Level, Safety};

/// What a pack says of the rule that it makes.
#[derive(Debug, Clone)]
pub struct PatternRule {
    /// `group/name`.
    pub id: String,
    /// Its level unless configured; `None` if it is off by default.
    pub level: Option<Level>,
    /// The best fix it can offer.
    pub fix: Option<Safety>,
    /// Its page.
    pub page: String,
}

/// The options that every pattern rule has.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct PatternOptions {
    /// Lines that are left alone, compared as patterns are: letter case, decoration and spacing do not matter.
    pub allow: Vec<String>,
}

/// Which pattern rules look at a file, and how: one item for each of [`Scanner::rules`], in that order.
#[derive(Debug, Clone, Default)]
pub struct PatternSettings {
    /// The level of each rule; `None` if it is off.
    pub rules: Vec<Option<(Level, PatternOptions)>>,
}

/// All patterns of all packs.
#[derive(Debug, Default)]
pub struct Scanner {
    rules: Vec<PatternRule>,
}

impl Scanner {
    /// The packs that come with copydesk.
    pub fn embedded() -> Self {
        Self::default()
    }

    /// The rules that the packs make.
    pub fn rules(&self) -> &[PatternRule] {
        &self.rules
    }

    /// Adds what the patterns find in `document`.
    pub fn check(&self, _document: &Document, _settings: &PatternSettings, _findings: &mut Vec<Finding>) {}
}
