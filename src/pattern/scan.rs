//! The scanner: all packs compiled, and one pass over a document from its text to findings.
//!
//! Owns what a finding of a pattern rule says and offers. What a pack may say is in [`super::pack`].

use std::collections::HashSet;

use super::expression::Deferred;
use super::matcher::{EntryIndex, Matcher, Parts};
use super::pack::{Confidence, Entry, Needs, Pack, Place, Removal};
use super::sight::{self, Sighting};
use super::weigh::{self, Run};
use super::{PatternRule, PatternSettings, normal, removal};
use crate::document::{Block, Document};
use crate::finding::{Edit, Finding, Fix, Level, Safety};
use crate::rule::Sink;
use crate::span::Span;

/// All patterns of all packs.
#[derive(Debug)]
pub struct Scanner {
    rules: Vec<PatternRule>,
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

/// An entry of a pack.
#[derive(Debug)]
struct Compiled {
    rule: usize,
    entry: Entry,
    /// Lines in normal form.
    except: HashSet<String>,
    removal: Removal,
    help: String,
}

impl Scanner {
    /// Makes a scanner of packs that were checked, each with its page.
    pub(super) fn compile(packs: Vec<(Pack, String)>) -> Self {
        let (mut rules, mut entries, mut parts) = (Vec::new(), Vec::new(), Parts::default());
        for (mut pack, page) in packs {
            let first = entries.len();
            for entry in std::mem::take(&mut pack.entries) {
                let index = entries.len();
                parts.phrases.extend(entry.phrases.iter().map(|phrase| (normal::normal_form(phrase), index)));
                for pattern in entry.patterns.iter().map(|pattern| pack.expand(pattern)) {
                    match entry.place {
                        Place::Line => parts.lines.push((Deferred::whole_line(pattern), index)),
                        Place::Sentence => parts.texts.push((Deferred::within_text(pattern), index)),
                    }
                }
                entries.push(Compiled {
                    rule: rules.len(),
                    except: entry.except.iter().map(|line| normal::normal_form(line)).collect(),
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
        Self { rules, entries, matcher: Matcher::new(parts) }
    }

    /// The rules that the packs make.
    pub fn rules(&self) -> &[PatternRule] {
        &self.rules
    }

    /// Adds what the patterns find in `document`.
    pub fn check(&self, document: &Document, settings: &PatternSettings, findings: &mut Vec<Finding>) {
        for (rule, run, place) in self.runs(document, settings) {
            let Some(Some((level, _))) = settings.rules.get(rule) else { continue };
            let level = match run.confidence {
                Confidence::Certain => *level,
                Confidence::Likely => (*level).min(Level::Warning),
            };
            let rule = &self.rules[rule];
            let mut sink = Sink::new(findings, rule.id.clone(), level, document.source.path());
            self.report(document, rule, &run, place, &mut sink);
        }
    }

    /// What the patterns find in `document`, hit by hit, with all rules on: for whoever writes a pack.
    pub fn hits(&self, document: &Document) -> Vec<Hit<'_>> {
        let settings = PatternSettings { rules: vec![Some((Level::Warning, Default::default())); self.rules.len()] };
        let runs = self.runs(document, &settings);
        let hits = runs.into_iter().flat_map(|(_, run, _)| run.hits);
        hits.map(|(entry, sighting)| {
            let compiled = &self.entries[entry];
            Hit { rule: &self.rules[compiled.rule].id, entry: &compiled.entry.id, span: sighting.span }
        })
        .collect()
    }

    /// The runs of hits of each rule that is on, first those of whole lines, then those in sentences.
    fn runs(&self, document: &Document, settings: &PatternSettings) -> Vec<(usize, Run, Place)> {
        let mut found = Vec::new();
        if settings.rules.iter().all(Option::is_none) {
            return found;
        }
        let asked = Asked { scanner: self, settings };
        let lines = sight::lines(document, &self.matcher, &asked);
        let sentences = sight::sentences(document, &self.matcher, &asked);
        if lines.is_empty() && sentences.is_empty() {
            return found;
        }
        for rule in 0..self.rules.len() {
            let of_rule = |sighting: &Sighting| {
                let mut sighting = sighting.clone();
                sighting.entries.retain(|&entry| self.entries[entry].rule == rule);
                (!sighting.entries.is_empty()).then_some(sighting)
            };
            let sighted = lines.iter().filter_map(of_rule).collect();
            let runs = weigh::runs(sighted, &asked, |one, next| removal::adjacent(document, one, next));
            let start = found.len();
            let meant =
                runs.into_iter().filter(|run| run.confidence == Confidence::Certain || !is_announced(document, run));
            found.extend(meant.map(|run| (rule, run, Place::Line)));
            for sighting in sentences.iter().filter_map(of_rule) {
                let seen = found[start..].iter().flat_map(|(_, run, _)| &run.hits);
                if !seen.into_iter().any(|(_, other)| other.span.overlaps(sighting.span)) {
                    let entry = sighting.entries[0];
                    let confidence = self.entries[entry].entry.confidence;
                    found.push((rule, Run { hits: vec![(entry, sighting)], confidence }, Place::Sentence));
                }
            }
        }
        found
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
            Place::Line => (removal::of_lines(document, first, last), "delete the line"),
            Place::Sentence => (removal::of_words(document, first), "delete the words"),
        };
        if let Some(removed) = removed {
            let title = if first.lines.0 == last.lines.1 { title } else { "delete the lines" };
            let sure = run.confidence == Confidence::Certain && removed.safety == Safety::Safe;
            let edits: Vec<_> = removed.spans.into_iter().map(Edit::delete).collect();
            finding.fix(if sure { Fix::safe(title, edits) } else { Fix::risky(title, edits) });
        }
    }
}

/// Whether the text above leads up to the run, as to a list of networks: "My favourites are:". A label that is itself part of
/// the residue would be one of the hits.
fn is_announced(document: &Document, run: &Run) -> bool {
    run.hits.first().is_some_and(|(_, first)| {
        let above = Span::new(document.body.start.min(first.region.start), first.region.start);
        document.source.slice(above).trim_end().ends_with([':', '：'])
    })
}

impl Compiled {
    /// The best fix that a hit can get.
    fn best_fix(&self) -> Option<Safety> {
        match (self.removal, self.entry.confidence, self.entry.place) {
            (Removal::None, ..) => None,
            (Removal::Delete, Confidence::Certain, Place::Line) => Some(Safety::Safe),
            (Removal::Delete, ..) => Some(Safety::Unsafe),
        }
    }
}

/// The scanner as one file asks for it.
struct Asked<'a> {
    scanner: &'a Scanner,
    settings: &'a PatternSettings,
}

impl Asked<'_> {
    fn compiled(&self, entry: EntryIndex) -> &Compiled {
        &self.scanner.entries[entry]
    }
}

impl sight::Wanted for Asked<'_> {
    fn in_block(&self, entry: EntryIndex, block: &Block) -> bool {
        let compiled = self.compiled(entry);
        self.settings.rules.get(compiled.rule).is_some_and(Option::is_some)
            && compiled.entry.blocks.iter().any(|within| within.takes(block.kind))
    }

    fn excepts(&self, entry: EntryIndex, normal: &str) -> bool {
        let compiled = self.compiled(entry);
        let allowed = self.settings.rules.get(compiled.rule).and_then(Option::as_ref);
        compiled.except.contains(normal)
            || allowed.is_some_and(|(_, options)| options.allow.iter().any(|line| normal::normal_form(line) == normal))
    }

    fn is_unlinked(&self, entry: EntryIndex) -> bool {
        self.compiled(entry).entry.unlinked
    }
}

impl weigh::Weights for Asked<'_> {
    fn confidence(&self, entry: EntryIndex) -> Confidence {
        self.compiled(entry).entry.confidence
    }

    fn needs(&self, entry: EntryIndex) -> Option<&Needs> {
        self.compiled(entry).entry.needs.as_ref()
    }
}
