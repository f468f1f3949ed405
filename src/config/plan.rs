//! The configuration, settled: what happens to each file. Files under the same globs share one [`FilePlan`].

use std::sync::{Arc, PoisonError, RwLock};

use globset::{GlobSet, GlobSetBuilder};
use rustc_hash::FxHashMap;

use super::Config;
use super::compile::compile;
use super::fields::FrontMatterSpec;
use super::globs::Pattern;
use super::only::Only;
use super::options::{self, Options, RuleSetting, Switch};
use super::shape::schemas;
use crate::document::Document;
use crate::finding::Level;
use crate::pattern::{PatternSettings, Scanner};
use crate::rule::{Define, Definition, Meta, Needs, Rule};
use crate::rules::RULES;
use crate::rules::suppression::{Policy, reason::Reason, syntax::Syntax, unknown_rule::UnknownRule, unused::Unused};
use crate::schema::{Schema, Violation};
use crate::site::{self, Generator};

/// What a run does, settled before the first article is read.
pub struct Plan {
    /// All patterns.
    pub scanner: Scanner,
    /// What the site is.
    pub site: site::Settings,
    rules: Vec<RuleSetting>,
    layers: Vec<Layer>,
    /// The globs of all layers, and for each the layer it belongs to.
    globs: GlobSet,
    owners: Vec<usize>,
    /// Whether only rules on what other sites answer look at articles.
    only_web: bool,
    /// The rules that are looked at, if not all.
    only: Option<Only>,
    made: RwLock<FxHashMap<Key, Arc<FilePlan>>>,
}

/// What holds for some files only, in the order in which it applies: collections, then overrides.
enum Layer {
    Collection(FrontMatterSpec),
    Override(Vec<RuleSetting>),
}

/// What decides over a file: whether front matter is expected of it by its place, and which layers hold for it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key {
    expected: bool,
    layers: Vec<usize>,
}

/// Settings that hold for a file, and where they come from.
#[derive(Debug)]
pub struct Held {
    /// Where they come from.
    pub origin: Origin,
    /// What they are.
    pub settings: Vec<RuleSetting>,
}

/// Where settings come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// What the site is made with.
    Generator,
    /// `rules` of the configuration.
    Rules,
    /// The folder that the file is in, from which the generator makes pages.
    Place,
    /// The collections that it belongs to.
    Collections(Vec<String>),
    /// The override with this 0-based index.
    Override(usize),
}

/// What happens to one file. Files with the same collections and overrides share it.
pub struct FilePlan {
    /// The rules that look at it.
    pub rules: Vec<Active>,
    /// What all of them together need to know of it.
    pub needs: Needs,
    /// The pattern rules that look at it.
    pub patterns: PatternSettings,
    /// What its front matter should hold.
    pub schemas: Arc<[Schema]>,
    /// What is said about comments that switch rules off.
    pub suppression: Policy,
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
        Self::new(&Config::default(), Scanner::embedded(), site)
    }

    /// The plan for a configuration in which nothing is wrong.
    pub fn new(config: &Config, scanner: Scanner, site: site::Settings) -> Self {
        let collections =
            config.collections.iter().map(|one| (&one.files, Layer::Collection(one.front_matter.clone())));
        let overrides = config.overrides.iter().map(|one| (&one.files, Layer::Override(one.rules.clone())));
        let (mut layers, mut owners, mut globs) = (Vec::new(), Vec::new(), GlobSetBuilder::new());
        for (files, layer) in collections.chain(overrides) {
            for glob in files.patterns().iter().flat_map(Pattern::globs) {
                globs.add(glob.clone());
                owners.push(layers.len());
            }
            layers.push(layer);
        }
        Self {
            scanner,
            site,
            rules: config.rules.clone(),
            layers,
            // Each glob compiled alone; together they can only outgrow the size limit of the regex engine.
            globs: globs.build().unwrap_or_default(),
            owners,
            only_web: false,
            only: None,
            made: RwLock::default(),
        }
    }

    /// The same plan with no other rules than those on what other sites answer.
    pub fn only_web(self) -> Self {
        Self { only_web: true, made: RwLock::default(), ..self }
    }

    /// The same plan with these rules alone. Whether a comment switches off a rule in vain is not told then.
    pub fn only(self, only: Only) -> Self {
        Self { only: Some(only), made: RwLock::default(), ..self }
    }

    /// The ids of all rules: those of the table and those of the packs.
    pub fn rule_ids(&self) -> Vec<&str> {
        let own = RULES.iter().map(|rule| rule.meta.id);
        own.chain(self.scanner.rules().iter().map(|rule| rule.id.as_str())).collect()
    }

    /// Whether there are collections, which say what front matter should hold.
    pub fn has_collections(&self) -> bool {
        self.layers.iter().any(|layer| matches!(layer, Layer::Collection(_)))
    }

    /// What happens to the file at `path`, relative to the root, with forward slashes.
    pub fn for_path(&self, path: &str) -> Arc<FilePlan> {
        let key = self.key(path);
        if let Some(plan) = self.made.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Arc::clone(plan);
        }
        let plan = Arc::new(self.make(&key));
        Arc::clone(self.made.write().unwrap_or_else(PoisonError::into_inner).entry(key).or_insert(plan))
    }

    /// What happens to the files that [`Plan::for_path`] was asked about, each such plan once.
    pub fn asked_for(&self) -> Vec<Arc<FilePlan>> {
        self.made.read().unwrap_or_else(PoisonError::into_inner).values().cloned().collect()
    }

    fn key(&self, path: &str) -> Key {
        let mut layers: Vec<usize> = Vec::new();
        // An empty set takes the path apart all the same.
        if !self.globs.is_empty() {
            layers.extend(self.globs.matches(path).into_iter().map(|glob| self.owners[glob]));
            layers.sort_unstable();
            layers.dedup();
        }
        Key { expected: self.expects_front_matter(path), layers }
    }

    /// Whether an article at `path` is expected to have front matter because of where it stands: in a folder from which
    /// the site's generator makes pages.
    fn expects_front_matter(&self, path: &str) -> bool {
        let Some(path) = below(&self.site.folder, path) else { return false };
        self.site.generator.content_folders().iter().any(|folder| below(folder, path).is_some())
    }

    /// Tells the rule on what YAML is taken for who reads it.
    fn reader(&self) -> RuleSetting {
        let name = Some(self.site.generator.name()).filter(|name| Generator::from_name(name).is_some());
        let name = name.map(|name| ("reader".to_owned(), name.into()));
        RuleSetting { rule: "front-matter/misread".to_owned(), level: None, options: name.into_iter().collect() }
    }

    /// What is said of the file at `path`, in the order in which it applies: what comes later wins.
    pub fn held(&self, path: &str) -> Vec<Held> {
        self.held_by(&self.key(path))
    }

    /// The level of every rule for the file at `path`, by id; `None` where it is off.
    pub fn levels(&self, path: &str) -> Vec<(String, Option<Level>)> {
        self.levels_of(&self.for_path(path))
    }

    /// The level of every rule, by id, for a file to which no collection and no override applies; `None` where it is off.
    pub fn common_levels(&self) -> Vec<(String, Option<Level>)> {
        self.levels_of(&self.make(&Key { expected: false, layers: Vec::new() }))
    }

    fn levels_of(&self, file: &FilePlan) -> Vec<(String, Option<Level>)> {
        let own = RULES.iter().map(|rule| {
            let active = file.rules.iter().find(|active| active.meta.id == rule.meta.id);
            (rule.meta.id.to_owned(), active.map(|active| active.level))
        });
        let patterns = self.scanner.rules().iter().zip(&file.patterns.rules);
        let patterns = patterns.map(|(rule, set)| (rule.id.clone(), set.as_ref().map(|(level, _)| *level)));
        let mut levels: Vec<_> = own.chain(patterns).collect();
        levels.sort();
        levels
    }

    fn held_by(&self, key: &Key) -> Vec<Held> {
        let mut held = vec![Held { origin: Origin::Generator, settings: vec![self.reader()] }];
        held.push(Held { origin: Origin::Rules, settings: self.rules.clone() });
        if key.expected {
            held.push(Held { origin: Origin::Place, settings: compile(&[&FrontMatterSpec::default()]) });
        }
        let collections = self.collections_of(key);
        if !collections.is_empty() {
            let names = collections.iter().map(|spec| spec.collection.clone()).collect();
            held.push(Held { origin: Origin::Collections(names), settings: compile(&collections) });
        }
        let first = self.layers.iter().filter(|layer| matches!(layer, Layer::Collection(_))).count();
        for &layer in &key.layers {
            if let Layer::Override(rules) = &self.layers[layer] {
                held.push(Held { origin: Origin::Override(layer - first), settings: rules.clone() });
            }
        }
        held
    }

    fn collections_of(&self, key: &Key) -> Vec<&FrontMatterSpec> {
        let layers = key.layers.iter().map(|&layer| &self.layers[layer]);
        layers
            .filter_map(|layer| match layer {
                Layer::Collection(spec) => Some(spec),
                Layer::Override(_) => None,
            })
            .collect()
    }

    fn make(&self, key: &Key) -> FilePlan {
        let mut settings: Vec<RuleSetting> = self.held_by(key).into_iter().flat_map(|held| held.settings).collect();
        let mut plan = FilePlan::new(&self.scanner, &settings);
        if let Some(only) = &self.only {
            let off = only.named().iter().filter(|id| !plan.has(id, &self.scanner));
            let on = off.map(|id| RuleSetting {
                rule: id.clone(),
                level: Some(Switch::On(Level::Warning)),
                options: Options::new(),
            });
            settings.extend(on.collect::<Vec<_>>());
            plan = FilePlan::new(&self.scanner, &settings).only(only, &self.scanner);
        }
        if self.only_web {
            plan.rules.retain(|active| active.rule.needs().web);
            plan.patterns.rules.fill_with(|| None);
            plan.suppression = Policy::default();
            return plan;
        }
        FilePlan { schemas: schemas(&self.collections_of(key)).into(), ..plan }
    }
}

/// What follows `folder/` in `path`, if it lies below that folder; all of it below the root, which is empty.
fn below<'p>(folder: &str, path: &'p str) -> Option<&'p str> {
    if folder.is_empty() { Some(path) } else { path.strip_prefix(folder)?.strip_prefix('/') }
}

impl FilePlan {
    /// What in the front matter of `document` is not as it should be.
    pub fn violations(&self, document: &Document) -> Vec<Violation> {
        self.schemas.iter().flat_map(|schema| schema.violations(document)).collect()
    }

    /// What `settings` come to, of which later ones win.
    fn new(scanner: &Scanner, settings: &[RuleSetting]) -> Self {
        let rules = RULES.iter().filter_map(|definition| {
            let (level, options) =
                settle(definition.meta.level, settings.iter().filter(|s| s.rule == definition.meta.id));
            Some(Active { meta: definition.meta, level: level?, rule: build(definition, &options) })
        });
        let patterns = scanner.rules().iter().map(|rule| {
            let (level, options) = settle(rule.level, settings.iter().filter(|s| s.rule == rule.id));
            Some((level?, serde_yaml::from_value(options::as_value(&options)).unwrap_or_default()))
        });
        let suppression = policy(settings);
        let rules: Vec<Active> = rules.collect();
        let patterns = PatternSettings { rules: patterns.collect() };
        Self { needs: needs_of(&rules), rules, patterns, suppression, schemas: Arc::new([]) }
    }

    /// The rules that look at the file and need what other sites answer.
    pub fn web_rules(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.rules.iter().filter(|active| active.rule.needs().web).map(|active| active.meta.id)
    }

    /// The same with these rules alone.
    fn only(mut self, only: &Only, scanner: &Scanner) -> Self {
        self.rules.retain(|active| only.has(active.meta.id));
        self.needs = needs_of(&self.rules);
        for (rule, set) in scanner.rules().iter().zip(&mut self.patterns.rules) {
            set.take_if(|_| !only.has(&rule.id));
        }
        let Policy { unused, unknown_rule, syntax, reason } = &mut self.suppression;
        *unused = None;
        unknown_rule.take_if(|_| !only.has(UnknownRule::META.id));
        syntax.take_if(|_| !only.has(Syntax::META.id));
        reason.take_if(|_| !only.has(Reason::META.id));
        self
    }

    /// Whether the rule `id`, one of the table or of the packs in `scanner`, is on.
    pub fn has(&self, id: &str, scanner: &Scanner) -> bool {
        let pattern = || scanner.rules().iter().position(|rule| rule.id == id);
        self.rules.iter().any(|active| active.meta.id == id)
            || pattern().is_some_and(|index| self.patterns.rules.get(index).is_some_and(Option::is_some))
    }
}

/// What all of `rules` together need to know.
fn needs_of(rules: &[Active]) -> Needs {
    let some = |need: fn(Needs) -> bool| rules.iter().any(|active| need(active.rule.needs()));
    Needs { sketch: some(|needs| needs.sketch), web: some(|needs| needs.web), graph: some(|needs| needs.graph) }
}

fn policy(settings: &[RuleSetting]) -> Policy {
    let settled = |meta: Meta| settle(meta.level, settings.iter().filter(|setting| setting.rule == meta.id));
    let level = |meta| settled(meta).0;
    let (reason, options) = settled(Reason::META);
    Policy {
        unused: level(Unused::META),
        unknown_rule: level(UnknownRule::META),
        syntax: level(Syntax::META),
        reason: reason.map(|level| (level, serde_yaml::from_value(options::as_value(&options)).unwrap_or_default())),
    }
}

/// The level and the options that layers come to. Options without a level switch a rule on that is off by default: they
/// would mean nothing otherwise.
fn settle<'s>(default: Option<Level>, layers: impl Iterator<Item = &'s RuleSetting>) -> (Option<Level>, Options) {
    let (mut switch, mut options) = (None, Options::new());
    for layer in layers {
        switch = layer.level.or(switch);
        options.extend(layer.options.iter().map(|(key, value)| (key.clone(), value.clone())));
    }
    let unset = if options.is_empty() { default } else { default.or(Some(Level::Warning)) };
    (switch.map_or(unset, options::Switch::level), options)
}

/// The rule with these options. Each layer of them was checked when it was read, and layers merge key by key; should a rule
/// still refuse the sum of them, it runs with its defaults.
fn build(definition: &Definition, options: &Options) -> Box<dyn Rule> {
    let built = definition.build(options::as_value(options));
    built.or_else(|_| definition.build(options::as_value(&Options::new()))).expect("every option has a default")
}
