//! Pattern rules: what a pack says, compiled so that all patterns of all packs run in one pass over an article.
//!
//! Owns which packs there are, and what a user may say of the rules they make. Knows no configuration file; what is on and what is allowed comes in
//! with each document.

mod common;
mod deferred;
mod edge;
mod expression;
mod finder;
mod glance;
mod hazard;
mod hint;
mod language;
mod letter;
mod markup;
mod matcher;
mod mention;
mod normal;
mod opening;
pub mod pack;
mod parsed;
mod prefix;
mod proof;
mod removal;
mod scan;
mod sight;
mod sought;
mod surroundings;
mod vet;
mod walk;
mod weigh;
mod written;

use serde::Deserialize;

pub use pack::{Pack, PackError};
pub use proof::{Failure, Proof, article};
pub use scan::{Hit, Scanned, Scanner};

use crate::finding::{Level, Safety};
use pack::Message;

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
    message: Message,
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

/// File, text, what its entries are matched by, and page of a pack that comes with copydesk.
macro_rules! embedded {
    ($($name:literal),+ $(,)?) => {
        &[$((
            concat!("rules/packs/", $name, ".yaml"),
            include_str!(concat!(env!("OUT_DIR"), "/packs/", $name, ".json")),
            include_bytes!(concat!(env!("OUT_DIR"), "/packs/", $name, ".written")),
            include_str!(concat!("../../rules/residue/", $name, ".md")),
        )),+]
    };
}

/// The packs that come with copydesk: file, text as JSON without the examples and what its entries are matched by (both by
/// `build.rs`), page. Of equally sure entries of two packs the first one takes a line.
const EMBEDDED: &[(&str, &str, &[u8], &str)] = embedded![
    "advertisement",
    "share-bar",
    "newsletter",
    "cookie-notice",
    "comments",
    "read-more",
    "player",
    "legal",
    "author-box",
    "byline",
    "credit",
    "placeholder",
    "assistant",
    "navigation",
];

impl Default for Scanner {
    fn default() -> Self {
        Self::compile(Vec::new())
    }
}

impl Scanner {
    /// The packs that come with copydesk.
    pub fn embedded() -> Self {
        Self::with_packs(&[]).expect("tests/packs.rs checks the packs that come with copydesk")
    }

    /// Whether `rule` is made by a pack that comes with copydesk, and so has a page in `rules/residue/`.
    pub fn comes_with(rule: &str) -> bool {
        Self::come_with_us().any(|known| known == rule)
    }

    /// The rules that the packs make that come with copydesk: what their pages are called.
    pub fn come_with_us() -> impl Iterator<Item = &'static str> {
        EMBEDDED.iter().filter_map(|(.., page)| page.lines().next()?.strip_prefix("# "))
    }

    /// The packs that come with copydesk, and `packs`: the name of each file, and its text.
    ///
    /// # Errors
    /// If a pack is refused, or makes a rule that another one makes.
    pub fn with_packs(packs: &[(&str, &str)]) -> Result<Self, PackError> {
        let mut parsed = Vec::with_capacity(EMBEDDED.len() + packs.len());
        for (file, text, written, page) in EMBEDDED {
            // Checked by tests/packs.rs, and not at every start.
            let (pack, sought) = Pack::from_build(file, text, written)?;
            parsed.push((pack, sought, (*page).to_owned()));
        }
        for (file, text) in packs {
            let pack = Pack::parse(file, text)?;
            if parsed.iter().any(|(other, ..)| other.rule == pack.rule) {
                return Err(PackError::clash(file, text, &pack.rule));
            }
            let (sought, page) = (pack.sought(), pack.page());
            parsed.push((pack, sought, page));
        }
        Ok(Self::compile(parsed))
    }
}
