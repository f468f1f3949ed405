//! The collection of articles: a small summary of each, all of them together, and what a link in one of them leads to.
//!
//! Phase two of a run sees only what is here, never a parsed document, so that phase one can be done anywhere.

mod anchor;
mod asset;
mod facts;
mod fields;
pub mod generator;
mod names;
mod page;
mod reference;
pub mod resolve;
mod slug;
mod suggest;
pub mod target;
mod tree;

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, OnceLock};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rayon::prelude::*;

pub use facts::{Facts, Id, IdOrigin, LinkFact};
pub use generator::Generator;
use names::Names;
pub use page::{Alias, Page, Visibility};
pub(crate) use reference::is_address;
pub use resolve::Verdict;
pub use suggest::nearest;
pub use tree::Tree;

/// What the site is, besides its articles.
#[derive(Debug, Clone)]
pub struct Settings {
    /// What makes pages of the articles.
    pub generator: Generator,
    /// Whether the user named the generator; if not, it was found, or none was. Named as plain, the root of the tree is
    /// the root of the site.
    pub named: bool,
    /// Where the generator's configuration stands, relative to the root (`website`); empty for the root itself.
    pub folder: String,
    /// `https://example.org`: links to it are internal. Without a trailing slash.
    pub origin: Option<String>,
    /// The moment that is now: what is dated later is yet to come. By default nothing is.
    pub now: Timestamp,
    /// The zone of dates that name none; `None` if the site does not say.
    pub time_zone: Option<TimeZone>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            generator: Generator::default(),
            named: false,
            folder: String::new(),
            origin: None,
            now: Timestamp::MAX,
            time_zone: None,
        }
    }
}

impl Settings {
    /// The zone in which the site counts its days: UTC unless it says otherwise.
    pub fn zone(&self) -> TimeZone {
        self.time_zone.clone().unwrap_or(TimeZone::UTC)
    }
}

/// All articles of a site, and all its files.
#[derive(Debug, Default)]
pub struct Site {
    /// What the site is, besides its articles.
    pub settings: Settings,
    /// Every file below the root.
    pub tree: Arc<Tree>,
    facts: Vec<Facts>,
    by_path: HashMap<Arc<str>, usize>,
    names: OnceLock<Names>,
    pages: OnceLock<Vec<Page>>,
}

impl Site {
    /// A site of these articles, in any order.
    pub fn new(settings: Settings, tree: impl Into<Arc<Tree>>, facts: Vec<Facts>) -> Self {
        let by_path = facts.iter().enumerate().map(|(index, facts)| (Arc::clone(&facts.path), index)).collect();
        Self { settings, tree: tree.into(), facts, by_path, names: OnceLock::new(), pages: OnceLock::new() }
    }

    /// The summaries of all articles, in the order in which they were given.
    pub fn facts(&self) -> &[Facts] {
        &self.facts
    }

    /// The article at `path`, relative to the root.
    pub fn at(&self, path: &str) -> Option<&Facts> {
        self.by_path.get(path).map(|&index| &self.facts[index])
    }

    /// What the built site makes of each article, in the order of [`Site::facts`]. Made when first asked for.
    pub fn pages(&self) -> &[Page] {
        self.pages
            .get_or_init(|| self.facts.par_iter().with_min_len(64).map(|facts| generator::page(self, facts)).collect())
    }

    /// What the built site makes of the article that `facts` summarise, which must be of this site; of any other it is a page without
    /// an address.
    pub fn page(&self, facts: &Facts) -> &Page {
        static UNKNOWN: LazyLock<Page> = LazyLock::new(Page::default);
        self.by_path.get(&facts.path).map_or(&UNKNOWN, |&index| &self.pages()[index])
    }

    /// What the articles are called.
    fn names(&self) -> &Names {
        self.names.get_or_init(|| Names::of(&self.facts))
    }

    /// The article that `facts` summarise, with a verdict on each of its links.
    pub fn article<'a>(&'a self, facts: &'a Facts) -> Article<'a> {
        let verdicts = facts.links.iter().map(|link| self.resolve_link(facts, link)).collect();
        Article { site: self, facts, verdicts }
    }
}

impl Drop for Site {
    /// To free thousands of small summaries takes a while: hence on all processors.
    fn drop(&mut self) {
        std::mem::take(&mut self.facts).into_par_iter().with_min_len(64).for_each(drop);
    }
}

impl<'a> Article<'a> {
    /// What the built site makes of it.
    pub fn page(&self) -> &'a Page {
        self.site.page(self.facts)
    }
}

/// One article, seen in its site.
#[derive(Debug)]
pub struct Article<'a> {
    /// The site.
    pub site: &'a Site,
    /// The article's own summary.
    pub facts: &'a Facts,
    /// For each of `facts.links`, in the same order, what it leads to.
    pub verdicts: Vec<Verdict>,
}
