//! The scanner: all packs compiled, and one pass over a document from its text to findings.
//!
//! Owns what a finding of a pattern rule says and offers. What a pack may say is in [`super::pack`].

use std::collections::HashSet;

use super::finder::Searched;
use super::matcher::{EntryIndex, Matcher, Parts};
use super::pack::{Confidence, Entry, Needs, Pack, Place, Removal};
use super::sight::{self, Sighting};
use super::sought::Sought;
use super::surroundings::Surroundings;
use super::weigh::{self, Run};
use super::{PatternRule, PatternSettings, markup, normal, removal};
use crate::document::{Block, Document};
use crate::finding::{Edit, Finding, Fix, Level, Safety};
use crate::rule::Sink;
use crate::span::Span;

/// All patterns of all packs.
#[derive(Debug)]
pub struct Scanner {
    rules: Vec<PatternRule>,
    /// The rules of each group, `residue/…` and others; those of one group corroborate each other.
    groups: Vec<Vec<usize>>,
    entries: Vec<Compiled>,
    matcher: Matcher,
}

/// A place that an entry hit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit<'a> {
    /// The rule: `group/name`.
    pub rule: &'a str,
    /// The entry's id.
    pub entry: &'a str,
    /// The words in the source.
    pub span: Span,
}

/// An article that patterns are looked for in.
pub struct Scanned<'a> {
    /// What it holds.
    pub document: &'a Document<'a>,
    /// Which pattern rules look at it.
    pub settings: &'a PatternSettings,
    /// Takes what they find.
    pub findings: &'a mut Vec<Finding>,
}

/// An entry of a pack.
#[derive(Debug)]
struct Compiled {
    rule: usize,
    entry: Entry,
    /// Lines in normal form.
    allow: HashSet<String>,
    removal: Removal,
    help: String,
}

impl Scanner {
    /// Makes a scanner of packs that were checked, each with what its entries are matched by and its page.
    pub(super) fn compile(packs: Vec<(Pack, Sought, String)>) -> Self {
        let (mut rules, mut entries, mut parts) = (Vec::new(), Vec::new(), Parts::default());
        for (pack, sought, page) in packs {
            let (first, first_line) = (entries.len(), parts.lines.len());
            parts.phrases.extend(sought.phrases.into_iter().map(|(phrase, entry)| (phrase, first + entry)));
            parts.openings.extend(sought.openings.into_iter().map(|(opening, line)| (opening, first_line + line)));
            for (entry, expressions) in pack.entries.into_iter().zip(sought.expressions) {
                let index = entries.len();
                if entry.exclaimed {
                    parts.exclaimed.insert(index);
                }
                if entry.place.is_whole() {
                    parts.lines.extend(expressions.into_iter().map(|expression| (expression, index)));
                } else {
                    let searched = expressions.into_iter().map(|expression| Searched { expression, entry: index });
                    match entry.place {
                        Place::LinkTarget => parts.targets.extend(searched),
                        Place::Attribute => parts.attributes.extend(searched),
                        _ => parts.texts.extend(searched),
                    }
                }
                entries.push(Compiled {
                    rule: rules.len(),
                    allow: entry.allow.iter().map(|line| normal::normal_form(line)).collect(),
                    removal: entry.fix.unwrap_or(pack.fix),
                    help: entry.help.clone().unwrap_or_else(|| pack.help.clone()),
                    entry,
                });
            }
            rules.push(PatternRule {
                id: pack.rule,
                level: pack.level,
                fix: entries[first..].iter().filter_map(Compiled::best_fix).min(),
                page,
                message: pack.message,
            });
        }
        let groups = groups(&rules);
        Self { rules, groups, entries, matcher: Matcher::new(parts) }
    }

    /// The rules that the packs make.
    pub fn rules(&self) -> &[PatternRule] {
        &self.rules
    }

    /// The patterns that make a check slow: they may begin and end with anything, so that every line has to be looked at.
    pub fn slow(&self) -> Vec<&str> {
        self.matcher.unforeseen().collect()
    }

    /// Adds what the patterns find in `document`.
    pub fn check(&self, document: &Document, settings: &PatternSettings, findings: &mut Vec<Finding>) {
        self.check_all(std::iter::once(Scanned { document, settings, findings }));
    }

    /// Adds to the findings of each of `articles` what the patterns find in its document: first in the lines of all of them,
    /// then in their sentences and markup, so that what each of these needs stays in the processor's caches.
    pub fn check_all<'a>(&self, articles: impl Iterator<Item = Scanned<'a>>) {
        let is_asked = |one: &Scanned| one.settings.rules.iter().any(Option::is_some);
        let mut articles: Vec<Scanned> = articles.filter(is_asked).collect();
        let asked: Vec<Asked> = articles.iter().map(|one| self.asked(one.document, one.settings)).collect();
        let mut found: Vec<Vec<(Run, Place)>> = asked.iter().map(|asked| self.lines(asked)).collect();
        asked.iter().zip(&mut found).for_each(|(asked, found)| self.within(asked, found));
        for (Scanned { document, settings, findings }, found) in articles.iter_mut().zip(found) {
            for (run, place) in found {
                let Some(Some((level, _))) = settings.rules.get(run.rule) else { continue };
                let level = match run.confidence {
                    Confidence::Certain => *level,
                    Confidence::Likely => (*level).min(Level::Warning),
                };
                let rule = &self.rules[run.rule];
                let mut sink = Sink::new(findings, rule.id.clone(), level, document.source.path());
                self.report(document, rule, &run, place, &mut sink);
            }
        }
    }

    /// What the patterns find in `document`, hit by hit, with all rules on: for whoever writes a pack.
    pub fn hits(&self, document: &Document) -> Vec<Hit<'_>> {
        let settings = PatternSettings { rules: vec![Some((Level::Warning, Default::default())); self.rules.len()] };
        let asked = self.asked(document, &settings);
        let mut found = self.lines(&asked);
        self.within(&asked, &mut found);
        let hits = found.into_iter().flat_map(|(run, _)| run.hits);
        hits.map(|(entry, sighting)| {
            let compiled = &self.entries[entry];
            Hit { rule: &self.rules[compiled.rule].id, entry: &compiled.entry.id, span: sighting.span }
        })
        .collect()
    }

    /// The scanner as `document` asks for it.
    fn asked<'a>(&'a self, document: &'a Document<'a>, settings: &'a PatternSettings) -> Asked<'a> {
        Asked { scanner: self, settings, surroundings: Surroundings::new(document), document }
    }

    /// The runs of hits that are whole lines.
    fn lines(&self, asked: &Asked) -> Vec<(Run, Place)> {
        let document = asked.document;
        let mut found = Vec::new();
        let lines = sight::lines(document, &asked.surroundings, &self.matcher, asked);
        if lines.is_empty() {
            return found;
        }
        for group in &self.groups {
            let mut sighted = lines.clone();
            for sighting in &mut sighted {
                sighting.entries.retain(|&entry| group.contains(&self.entries[entry].rule));
            }
            sighted.retain(|sighting| !sighting.entries.is_empty());
            let adjacent = |one: &Sighting, next: &Sighting| removal::adjacent(document, one, next);
            let runs = weigh::runs(sighted, asked, adjacent, |first| is_announced(document, first));
            found.extend(runs.into_iter().map(|run| (run, Place::Line)));
        }
        found
    }

    /// Adds the hits in sentences and in markup to those in lines.
    fn within(&self, asked: &Asked, found: &mut Vec<(Run, Place)>) {
        let Asked { document, surroundings, .. } = asked;
        let lines = found.len();
        let sentences = sight::sentences(document, surroundings, &self.matcher, asked);
        let markup = markup::sightings(document, surroundings, &self.matcher, asked);
        for (sighting, place) in sentences.into_iter().map(|one| (one, Place::Sentence)).chain(markup) {
            let seen = found[..lines].iter().flat_map(|(run, _)| &run.hits);
            if seen.into_iter().any(|(_, other)| other.span.overlaps(sighting.span)) {
                continue;
            }
            let Some(&entry) = sighting.entries.first() else { continue };
            let Compiled { rule, entry: Entry { confidence, .. }, .. } = self.entries[entry];
            // Two patterns that meet in the same words have found one thing.
            let last = found[lines..].last_mut().filter(|(run, _)| run.rule == rule);
            let last = last.and_then(|(run, _)| run.hits.last_mut());
            if let Some((_, last)) = last.filter(|(_, last)| last.span.overlaps(sighting.span)) {
                last.span = last.span.to(sighting.span);
                last.region = last.span;
                continue;
            }
            found.push((Run { rule, hits: vec![(entry, sighting)], confidence, even: true }, place));
        }
    }

    fn report(&self, document: &Document, rule: &PatternRule, run: &Run, place: Place, sink: &mut Sink) {
        let ((_, first), (_, last)) = match (run.hits.first(), run.hits.last()) {
            (Some(first), Some(last)) => (first, last),
            _ => return,
        };
        let message = match run.hits.len() {
            1 => rule.message.one.clone(),
            count => rule.message.many.replace("{count}", &count.to_string()),
        };
        let surest = run.hits.iter().map(|(entry, _)| &self.entries[*entry]);
        let help = surest.rev().max_by_key(|compiled| compiled.entry.confidence).map(|compiled| compiled.help.as_str());
        let finding = sink.report(first.span.to(last.span), message);
        finding.help(help.unwrap_or_default());
        if run.hits.iter().any(|(entry, _)| self.entries[*entry].removal == Removal::None) {
            return;
        }
        let (removed, title) = match place {
            Place::Line | Place::Block => (removal::of_lines(document, first, last), "delete the line"),
            Place::Sentence => (removal::of_words(document, first), "delete the words"),
            // What is left of a link or of an element is for its author to say.
            Place::LinkTarget | Place::Attribute => return,
        };
        if let Some(removed) = removed {
            let title = if first.lines.0 == last.lines.1 { title } else { "delete the lines" };
            let sure = run.confidence == Confidence::Certain && run.even && removed.safety == Safety::Safe;
            let edits: Vec<_> = removed.spans.into_iter().map(Edit::delete).collect();
            finding.fix(if sure { Fix::safe(title, edits) } else { Fix::risky(title, edits) });
        }
    }
}

/// The indexes of the rules of each group.
fn groups(rules: &[PatternRule]) -> Vec<Vec<usize>> {
    let mut groups: Vec<(&str, Vec<usize>)> = Vec::new();
    for (index, rule) in rules.iter().enumerate() {
        let name = rule.id.split('/').next().unwrap_or_default();
        match groups.iter_mut().find(|(group, _)| *group == name) {
            Some((_, members)) => members.push(index),
            None => groups.push((name, vec![index])),
        }
    }
    groups.into_iter().map(|(_, members)| members).collect()
}

/// Whether the text above leads up to a hit, as to a list of networks: "My favourites are:". A label that is itself part of
/// the residue would be one of the hits.
fn is_announced(document: &Document, first: &Sighting) -> bool {
    let above = Span::new(document.body.start.min(first.region.start), first.region.start);
    document.source.slice(above).trim_end().ends_with([':', '：'])
}

impl Compiled {
    /// The best fix that a hit can get.
    fn best_fix(&self) -> Option<Safety> {
        match (self.removal, self.entry.confidence, self.entry.place) {
            (Removal::None, ..) | (.., Place::LinkTarget | Place::Attribute) => None,
            (Removal::Delete, Confidence::Certain, Place::Line | Place::Block) => Some(Safety::Safe),
            (Removal::Delete, ..) => Some(Safety::Unsafe),
        }
    }
}

/// The scanner as one file asks for it.
struct Asked<'a> {
    scanner: &'a Scanner,
    settings: &'a PatternSettings,
    surroundings: Surroundings<'a>,
    document: &'a Document<'a>,
}

impl Asked<'_> {
    fn compiled(&self, entry: EntryIndex) -> &Compiled {
        &self.scanner.entries[entry]
    }
}

impl sight::Wanted for Asked<'_> {
    fn is_on(&self, entry: EntryIndex) -> bool {
        self.settings.rules.get(self.compiled(entry).rule).is_some_and(Option::is_some)
    }

    fn in_block(&self, entry: EntryIndex, block: &Block) -> bool {
        self.is_on(entry) && self.compiled(entry).entry.blocks.iter().any(|within| within.takes(block.kind))
    }

    fn is_of_block(&self, entry: EntryIndex) -> bool {
        self.compiled(entry).entry.place == Place::Block
    }

    fn allows(&self, entry: EntryIndex, normal: &str) -> bool {
        let compiled = self.compiled(entry);
        let allowed = self.settings.rules.get(compiled.rule).and_then(Option::as_ref);
        compiled.allow.contains(normal)
            || allowed.is_some_and(|(_, options)| options.allow.iter().any(|line| normal::normal_form(line) == normal))
    }

    fn fits(&self, entry: EntryIndex, sighting: &Sighting) -> bool {
        let entry = &self.compiled(entry).entry;
        let language = || self.surroundings.language();
        (sighting.alone || !entry.blank_lines)
            && entry.at.is_none_or(|part| sighting.parts.contains(part))
            && !(entry.unlinked && sighting.linked)
            && !(entry.plain && sighting.emphasized)
            && !(entry.capitals && self.document.source.slice(sighting.span).contains(char::is_lowercase))
            && (entry.languages.is_empty()
                || language().is_some_and(|tag| entry.languages.iter().any(|one| one == tag)))
            && entry.apart_from_images.is_none_or(|reach| !self.surroundings.has_image_near(sighting.lines, reach))
    }
}

impl weigh::Weights for Asked<'_> {
    fn rule(&self, entry: EntryIndex) -> usize {
        self.compiled(entry).rule
    }

    fn confidence(&self, entry: EntryIndex) -> Confidence {
        self.compiled(entry).entry.confidence
    }

    fn needs(&self, entry: EntryIndex) -> Option<&Needs> {
        self.compiled(entry).entry.needs.as_ref()
    }
}
