//! The collection of articles: a small summary of each, all of them together, and what a link in one of them leads to.
//!
//! Phase two of a run sees only what is here, never a parsed document, so that phase one can be done anywhere.

mod anchor;
mod asset;
mod changes;
mod claims;
mod cover;
mod explicit;
mod facts;
mod fields;
mod folders;
pub mod generator;
mod graph;
mod habits;
mod headings;
mod idn;
mod ids;
mod lines;
mod listed;
mod made;
mod names;
mod openness;
mod page;
mod redirect;
mod reference;
pub mod related;
mod renames;
pub mod resolve;
mod served;
mod similar;
mod sketch;
pub mod slug;
mod suggest;
pub mod target;
mod template;
mod tree;
mod urls;
pub mod web;

use std::sync::{Arc, LazyLock, OnceLock};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rayon::prelude::*;

pub use changes::{Change, Changes};
pub use claims::Claim;
use claims::Claims;
pub use facts::{Facts, LinkFact, Opening, TemplateFact};
use folders::Folders;
pub use generator::{Engine, Generator};
pub use graph::{Edge, Graph};
pub use habits::{Ending, Habits};
pub use headings::HeadingFact;
use ids::PageIds;
pub use lines::LineFact;
pub use listed::{ListedLink, Listing};
use made::Made;
use names::Names;
pub(crate) use names::slug_of;
pub use openness::Openness;
pub use page::{Alias, Page, Visibility};
pub use redirect::{Manner, Redirect, read as redirects};
pub(crate) use reference::is_address;
pub use renames::Renames;
pub use resolve::Verdict;
use rustc_hash::{FxHashMap, FxHashSet};
use similar::Similar;
pub use sketch::Sketch;
pub use suggest::nearest;
pub use tree::{Head, Tree};
use urls::Urls;

use crate::document::LinkForm;

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
    /// Redirects that the host of the site reads.
    pub redirects: Vec<Redirect>,
    /// How the generator is set up.
    pub engine: Arc<dyn Engine>,
    /// Its name, as its pages show it.
    pub name: Option<String>,
    /// The moment that is now: what is dated later is yet to come. By default nothing is.
    pub now: Timestamp,
    /// The zone of dates that name none; `None` if the site does not say.
    pub time_zone: Option<TimeZone>,
    /// What the change set at hand did to the articles; `None` if nobody asked.
    pub changes: Option<Arc<Changes>>,
    /// What other sites answered; `None` if nobody asked them.
    pub web: Option<Arc<web::Answers>>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            generator: Generator::default(),
            named: false,
            folder: String::new(),
            origin: None,
            redirects: Vec::new(),
            engine: Arc::new(generator::Unknown),
            name: None,
            now: Timestamp::MAX,
            time_zone: None,
            changes: None,
            web: None,
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
    /// How files were called before; empty unless set.
    pub renames: Renames,
    facts: Vec<Facts>,
    by_path: FxHashMap<Arc<str>, usize>,
    names: OnceLock<Names>,
    lines: OnceLock<FxHashMap<u64, usize>>,
    pages: OnceLock<Vec<Page>>,
    folders: OnceLock<Folders>,
    claims: OnceLock<Claims>,
    similar: OnceLock<Similar>,
    graph: OnceLock<Graph>,
    /// The ids of each article, in the order of `facts`, of those that were asked for.
    ids: Vec<OnceLock<Box<PageIds>>>,
    asked: OnceLock<FxHashMap<String, usize>>,
    urls: OnceLock<Urls>,
    habits: OnceLock<Habits>,
    made: Made,
}

impl Site {
    /// A site of these articles, in any order.
    pub fn new(settings: Settings, tree: impl Into<Arc<Tree>>, facts: Vec<Facts>) -> Self {
        let by_path = facts.iter().enumerate().map(|(index, facts)| (Arc::clone(&facts.path), index)).collect();
        let ids = facts.iter().map(|_| OnceLock::new()).collect();
        Self {
            settings,
            tree: tree.into(),
            facts,
            by_path,
            renames: Renames::default(),
            names: OnceLock::new(),
            lines: OnceLock::new(),
            pages: OnceLock::new(),
            folders: OnceLock::new(),
            claims: OnceLock::new(),
            similar: OnceLock::new(),
            graph: OnceLock::new(),
            ids,
            asked: OnceLock::new(),
            urls: OnceLock::new(),
            habits: OnceLock::new(),
            made: Made::default(),
        }
    }

    /// The summaries of all articles, in the order in which they were given.
    pub fn facts(&self) -> &[Facts] {
        &self.facts
    }

    /// Takes the summaries out, for another site to be made of them. This one is empty then.
    pub fn take_facts(&mut self) -> Vec<Facts> {
        self.by_path.clear();
        std::mem::take(&mut self.facts)
    }

    /// The article at `path`, relative to the root.
    pub fn at(&self, path: &str) -> Option<&Facts> {
        self.by_path.get(path).map(|&index| &self.facts[index])
    }

    /// Makes, by all threads, what most articles are asked about, and the graph if it is wanted. It would be made when first
    /// asked for; but within a task of one of the threads, that one could be given another task meanwhile that asks for it
    /// too, and would wait for itself.
    pub fn prepare(&self, graph: bool) {
        let addresses = || {
            self.pages();
            // Without an engine there are no addresses to ask for.
            if !matches!(self.settings.generator, Generator::Plain | Generator::Other) {
                self.urls();
            }
        };
        rayon::join(addresses, || self.habits());
        if graph {
            self.graph();
        }
    }

    /// What the built site makes of each article, in the order of [`Site::facts`]. Made when first asked for.
    pub fn pages(&self) -> &[Page] {
        self.pages.get_or_init(|| self.settings.engine.pages(self))
    }

    /// What the built site makes of the article that `facts` summarise, which must be of this site; of any other it is a page without
    /// an address.
    pub fn page(&self, facts: &Facts) -> &Page {
        static UNKNOWN: LazyLock<Page> = LazyLock::new(Page::default);
        self.index_of(facts).map_or(&UNKNOWN, |index| &self.pages()[index])
    }

    /// The place of `facts` among those of the site; of a copy of one of them, the place of that.
    pub fn index_of(&self, facts: &Facts) -> Option<usize> {
        // Most are asked about as they stand in the list, and where that is their address tells.
        let from_start = std::ptr::from_ref(facts).addr().checked_sub(self.facts.as_ptr().addr());
        let index = from_start.map(|bytes| bytes / size_of::<Facts>());
        let own = index.filter(|&index| self.facts.get(index).is_some_and(|known| std::ptr::eq(known, facts)));
        own.or_else(|| self.by_path.get(&facts.path).copied())
    }

    /// What the articles have in common. Made when first asked for.
    pub fn habits(&self) -> &Habits {
        self.habits.get_or_init(|| Habits::of(&self.facts))
    }

    /// In how many articles the line with this hash stands.
    pub fn articles_with(&self, line: u64) -> usize {
        self.lines.get_or_init(|| lines::count(&self.facts)).get(&line).copied().unwrap_or(0)
    }

    /// What the articles are called.
    fn names(&self) -> &Names {
        self.names.get_or_init(|| Names::of(&self.facts))
    }

    /// The articles that claim the address `url`: it is theirs, or an alias. Hidden ones do not count. The second of each
    /// says whether it is spelled in the same letter case.
    pub fn claims_to<'a>(&'a self, url: &'a str) -> impl Iterator<Item = (Claim, bool)> + 'a {
        self.claims.get_or_init(|| Claims::of(self)).to(url)
    }

    fn similar_index(&self) -> &Similar {
        self.similar.get_or_init(|| Similar::of(&self.facts))
    }

    /// Which article leads to which. Made when first asked for.
    pub fn graph(&self) -> &Graph {
        self.graph.get_or_init(|| Graph::of(self))
    }

    /// How many other articles link to the one that `facts` summarise.
    pub fn inbound(&self, facts: &Facts) -> usize {
        self.index_of(facts).map_or(0, |index| self.graph().inbound[index])
    }

    /// The article that a redirect in the front matter of `from` leads to, if it is known.
    pub fn redirect_target(&self, from: &Facts, link: &LinkFact) -> Option<&Facts> {
        if let Some(found) = self.resolve_link(from, link).target().and_then(|target| self.at(target)) {
            return Some(found);
        }
        let (_, url) = self.internal(&link.url)?;
        let path = target::Parts::of(url).path;
        let (claim, _) = self.claims_to(path).find(|(claim, _)| claim.alias.is_none())?;
        self.facts.get(claim.article)
    }

    /// Looks something up among the ids of `article`, which are made when first asked for.
    fn with_ids<T>(&self, article: &Facts, look: impl FnOnce(&PageIds) -> T) -> T {
        let make = || Box::new(PageIds::of(article, &self.settings.engine.heading_ids(article)));
        match self.index_of(article).filter(|&index| std::ptr::eq(&self.facts[index], article)) {
            Some(index) => look(self.ids[index].get_or_init(make)),
            None => look(&make()),
        }
    }

    /// The article that `facts` summarise, with a verdict on each of its links.
    pub fn article<'a>(&'a self, facts: &'a Facts) -> Article<'a> {
        let verdicts = facts.links.iter().map(|link| self.resolve_link(facts, link)).collect();
        let mut seen = FxHashSet::default();
        let mut is_new = |link: &LinkFact| link.form != LinkForm::Reference || seen.insert(link.destination);
        let again = facts.links.iter().enumerate().filter(|(_, link)| !is_new(link)).map(|(index, _)| index).collect();
        Article { site: self, facts, verdicts, again }
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

    /// Each link with what it leads to; a definition once, at the first link that refers to it.
    pub fn links(&self) -> impl Iterator<Item = (&'a LinkFact, &Verdict)> {
        let is_new = |index: &usize| self.again.is_empty() || self.again.binary_search(index).is_err();
        let all = self.facts.links.iter().zip(&self.verdicts).enumerate();
        all.filter(move |(index, _)| is_new(index)).map(|(_, pair)| pair)
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
    /// Those of `facts.links` that refer to a definition which a link before them refers to, in rising order.
    again: Vec<usize>,
}
