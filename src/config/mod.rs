//! `copydesk.yaml` -> [`Plan`]: which rules look at which files, at which level, with which options.
//!
//! Owns what may stand in the configuration and what it means. What is wrong in it is a finding with a place in the
//! configuration itself. Does not look for the file, and does not read it: the text is given.

mod compile;
mod data;
mod field;
mod fields;
mod files;
mod globs;
mod json_schema;
mod only;
mod options;
mod packs;
mod plan;
mod published;
mod read;
mod reader;
mod rules;
mod shape;
mod suggest;
mod takes;

use jiff::tz::TimeZone;

use crate::date::{Today, time_zone};
use crate::finding::Level;
use crate::rule::Meta;
use crate::site::{self, Generator, Tree, generator};

pub use field::Field;
pub use fields::{FrontMatterSpec, MapSpec};
pub use files::Load;
pub use globs::{Globs, Pattern};
pub use only::Only;
pub use options::{Options, RuleSetting, Switch};
pub use plan::{Active, FilePlan, Held, Origin, Plan};
pub use published::schema;
pub use read::{Reading, named_packs, read};
pub use suggest::{closest, closest_rule};

/// The names of the configuration file, in the order in which they are looked for in a directory.
pub const FILE_NAMES: [&str; 2] = ["copydesk.yaml", ".copydesk.yaml"];

/// What is wrong in the configuration. Always an error: a run with half a configuration would be a lie.
pub const INVALID: Meta = Meta {
    id: "config/invalid",
    level: Some(Level::Error),
    fix: None,
    page: include_str!("../../rules/config/invalid.md"),
};

/// A glob in the configuration that matches no file.
pub const UNUSED: Meta = Meta {
    id: "config/unused",
    level: Some(Level::Warning),
    fix: None,
    page: include_str!("../../rules/config/unused.md"),
};

/// What the configuration says.
#[derive(Debug, Default)]
pub struct Config {
    /// What makes pages of the articles; `None` is to be found out.
    pub generator: Option<Generator>,
    /// `https://example.org`, without a trailing slash.
    pub origin: Option<String>,
    /// The name of the site.
    pub name: Option<String>,
    /// Which addresses on other sites nobody is to be asked for.
    pub unasked: Vec<String>,
    /// The zone of dates that name none.
    pub time_zone: Option<TimeZone>,
    /// What an article is; empty if it is left to the file's name and place.
    pub content: Globs,
    /// Articles that are not reported on.
    pub exclude: Globs,
    /// Groups of articles with a front matter of their own, in source order.
    pub collections: Vec<Collection>,
    /// Rules everywhere.
    pub rules: Vec<RuleSetting>,
    /// Rules for some files, in source order; a later one wins.
    pub overrides: Vec<Override>,
}

/// Articles that belong together.
#[derive(Debug)]
pub struct Collection {
    /// Its name in the configuration.
    pub name: String,
    /// Which files belong to it.
    pub files: Globs,
    /// What their front matter should hold.
    pub front_matter: FrontMatterSpec,
}

/// Rules for some files.
#[derive(Debug)]
pub struct Override {
    /// Which files.
    pub files: Globs,
    /// What is different for them.
    pub rules: Vec<RuleSetting>,
}

impl Config {
    /// The level of [`UNUSED`]; `None` if it is off.
    pub fn unused_level(&self) -> Option<Level> {
        let set = self.rules.iter().rev().find(|setting| setting.rule == UNUSED.id).and_then(|setting| setting.level);
        set.map_or(UNUSED.level, Switch::level)
    }

    /// The globs that pick files for a collection, an override or as content: each of them is there to match something.
    pub fn selecting(&self) -> impl Iterator<Item = &Pattern> {
        let collections = self.collections.iter().map(|collection| &collection.files);
        let overrides = self.overrides.iter().map(|one| &one.files);
        std::iter::once(&self.content).chain(collections).chain(overrides).flat_map(Globs::patterns)
    }
}

/// What the site is, by what the configuration says of it and, where it says nothing, by the generator found in its files.
/// `read` gives the text of a file by its path; it is asked for configuration files of generators only. `today` is the
/// day or moment that counts as now.
pub fn site_settings(
    config: &Config,
    tree: &Tree,
    today: Today,
    read: impl Fn(&str) -> Option<String> + Sync,
) -> site::Settings {
    let named = config.generator;
    let found = generator::detect(tree, &read);
    let said = found.as_ref().map(|found| generator::said(found, &read)).unwrap_or_default();
    let time_zone = config.time_zone.clone().or_else(|| time_zone(&said.time_zone?));
    let known = found.as_ref().map(|found| found.generator);
    let generator = named.or(known).unwrap_or_default();
    let folder = found.map(|found| found.folder).unwrap_or_default();
    let reader = generator::Reader { folder: &folder, tree, read: &read };
    let (engine, redirects) = (generator::set_up(generator, &reader), site::redirects(&reader));
    site::Settings {
        generator,
        named: named.is_some(),
        folder,
        engine,
        redirects,
        origin: config.origin.clone().or(said.origin.filter(|_| named.is_none_or(|named| Some(named) == known))),
        name: config.name.clone().or(said.name),
        now: today.now(time_zone.as_ref().unwrap_or(&TimeZone::UTC)),
        time_zone,
        changes: None,
        web: None,
    }
}
