//! `copydesk.yaml` -> [`Plan`]: which rules look at which files, at which level, with which options.

use std::sync::Arc;

use crate::finding::Level;
use crate::pattern::{PatternSettings, Scanner};
use crate::rule::{Meta, Rule};
use crate::rules::RULES;
use crate::site;

/// What a run does, settled before the first article is read.
pub struct Plan {
    /// All patterns.
    pub scanner: Scanner,
    /// What the site is.
    pub site: site::Settings,
    everywhere: Arc<FilePlan>,
}

/// What happens to one file. Files with the same collections and overrides share it.
pub struct FilePlan {
    /// The rules that look at it.
    pub rules: Vec<Active>,
    /// The pattern rules that look at it.
    pub patterns: PatternSettings,
}

/// A rule that is on for a file.
pub struct Active {
    /// What it says of itself.
    pub meta: Meta,
    /// Its level for this file.
    pub level: Level,
    /// The rule with its options for this file.
    pub rule: Box<dyn Rule>,
}

impl Plan {
    /// The plan without a configuration.
    pub fn unconfigured(site: site::Settings) -> Self {
        let scanner = Scanner::embedded();
        let empty = || serde_yaml::Value::Mapping(serde_yaml::Mapping::default());
        let rules = RULES
            .iter()
            .filter_map(|definition| {
                let rule = definition.build(empty()).expect("every option has a default");
                Some(Active { meta: definition.meta, level: definition.meta.level?, rule })
            })
            .collect();
        let patterns = PatternSettings {
            rules: scanner.rules().iter().map(|rule| Some((rule.level?, Default::default()))).collect(),
        };
        Self { scanner, site, everywhere: Arc::new(FilePlan { rules, patterns }) }
    }

    /// What happens to the file at `path`, relative to the root, with forward slashes.
    pub fn for_path(&self, _path: &str) -> Arc<FilePlan> {
        Arc::clone(&self.everywhere)
    }
}
