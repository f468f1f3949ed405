//! From sightings to hits: which of them hold, how sure they are, and which follow each other.
//!
//! Owns corroboration: residue comes in heaps, so that a line which proves nothing by itself does so beside others. All
//! rules of one group (`residue/…`) corroborate each other. Sees no text.

use std::collections::{HashMap, HashSet};

use super::matcher::EntryIndex;
use super::pack::{Confidence, Needs};
use super::sight::Sighting;

/// What weighing needs to know of an entry.
pub trait Weights {
    /// The rule it belongs to.
    fn rule(&self, entry: EntryIndex) -> usize;
    /// How sure a hit is.
    fn confidence(&self, entry: EntryIndex) -> Confidence;
    /// What must hold besides the words.
    fn needs(&self, entry: EntryIndex) -> Option<&Needs>;
}

/// Hits of one rule that follow each other, at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The rule.
    pub rule: usize,
    /// The hits in source order, each with the entry that it is put down to.
    pub hits: Vec<(EntryIndex, Sighting)>,
    /// How sure the surest of them is.
    pub confidence: Confidence,
    /// Whether all of them are that sure.
    pub even: bool,
}

/// Hits that follow each other, of whatever rule.
#[derive(Debug, Default)]
struct Heap {
    hits: Vec<(EntryIndex, Sighting)>,
    confidence: Confidence,
}

/// The hits among the sightings of one group of rules, which are in source order. `adjacent` says whether nothing stands
/// between two; `announced` whether the text leads up to what is not certain, so that it is meant to be there.
pub fn runs(
    sightings: Vec<Sighting>,
    weights: &impl Weights,
    adjacent: impl Fn(&Sighting, &Sighting) -> bool,
    announced: impl Fn(&Sighting) -> bool,
) -> Vec<Run> {
    let accepted = accept(&sightings, weights, &adjacent);
    let mut heaps: Vec<Heap> = Vec::new();
    for (sighting, entry) in sightings.into_iter().zip(accepted) {
        let Some(entry) = entry else { continue };
        let confidence = weights.confidence(entry);
        match heaps.last_mut() {
            Some(heap) if heap.hits.last().is_some_and(|(_, last)| adjacent(last, &sighting)) => {
                heap.confidence = heap.confidence.max(confidence);
                heap.hits.push((entry, sighting));
            }
            _ => heaps.push(Heap { hits: vec![(entry, sighting)], confidence }),
        }
    }
    heaps.retain(|heap| {
        heap.confidence == Confidence::Certain || !heap.hits.first().is_some_and(|(_, first)| announced(first))
    });
    heaps.into_iter().flat_map(|heap| split(heap, weights)).collect()
}

/// As many hits make a heap in which nothing is there by chance.
const HEAP: usize = 4;

/// The runs of a heap. What its company can vouch for is as sure as the surest there, if that is of the same rule or the heap
/// is of some size: a word between a paragraph and a single advertising marker may still be the author's.
fn split(heap: Heap, weights: &impl Weights) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let certain = |&&(entry, _): &&(EntryIndex, Sighting)| weights.confidence(entry) == Confidence::Certain;
    let sure: HashSet<usize> = heap.hits.iter().filter(certain).map(|&(entry, _)| weights.rule(entry)).collect();
    let large = heap.hits.len() >= HEAP;
    for (entry, sighting) in heap.hits {
        let vouched =
            weights.needs(entry).is_some_and(|needs| needs.another_hit.or(needs.own_hit).or(needs.run).is_some());
        let rule = weights.rule(entry);
        let vouched = vouched && (large || sure.contains(&rule));
        let confidence = if vouched { heap.confidence } else { weights.confidence(entry) };
        match runs.last_mut() {
            Some(run) if run.rule == rule => {
                run.even &= run.confidence == confidence;
                run.confidence = run.confidence.max(confidence);
                run.hits.push((entry, sighting));
            }
            _ => runs.push(Run { rule, hits: vec![(entry, sighting)], confidence, even: true }),
        }
    }
    runs
}

/// For each sighting, the entry by which it holds.
fn accept(
    sightings: &[Sighting],
    weights: &impl Weights,
    adjacent: &impl Fn(&Sighting, &Sighting) -> bool,
) -> Vec<Option<EntryIndex>> {
    // The surest of the entries that hold; of equally sure ones that of the neighbour's rule, else the first.
    let surest = |sighting: &Sighting, holds: &dyn Fn(EntryIndex) -> bool, neighbour: Option<EntryIndex>| {
        let holding = sighting.entries.iter().copied().filter(|&entry| holds(entry));
        let rule = neighbour.map(|entry| weights.rule(entry));
        holding.rev().max_by_key(|&entry| (weights.confidence(entry), Some(weights.rule(entry)) == rule))
    };
    let by_itself = |sighting: &Sighting, needs: Option<&Needs>| {
        needs.is_none_or(|needs| {
            (needs.alone && sighting.alone)
                || (needs.page && sighting.page)
                || needs.at.is_some_and(|part| sighting.parts.contains(part))
        })
    };
    let mut accepted: Vec<Option<EntryIndex>> = sightings
        .iter()
        .map(|sighting| surest(sighting, &|entry| by_itself(sighting, weights.needs(entry)), None))
        .collect();
    let mut start = 0;
    while start < sightings.len() {
        let mut end = start + 1;
        while end < sightings.len() && adjacent(&sightings[end - 1], &sightings[end]) {
            end += 1;
        }
        let counts = |index: usize| {
            let needs = sightings[index].entries.iter().map(|&entry| weights.needs(entry));
            accepted[index].is_some() || needs.into_iter().any(|needs| needs.is_none_or(|needs| needs.run.is_some()))
        };
        let length = (start..end).filter(|&index| counts(index)).count();
        for index in start..end {
            let enough = |entry| weights.needs(entry).and_then(|needs| needs.run).is_some_and(|run| length >= run);
            if accepted[index].is_none() {
                let others =
                    [index.checked_sub(1).filter(|&other| other >= start), Some(index + 1).filter(|&n| n < end)];
                let neighbour = others.into_iter().flatten().find_map(|other| accepted[other]);
                accepted[index] = surest(&sightings[index], &enough, neighbour);
            }
        }
        start = end;
    }
    // A hit that holds may let its neighbours hold, and they theirs: down the page, up again, until nothing changes.
    loop {
        let held = accepted.iter().flatten().count();
        for upwards in [false, true] {
            let mut nearest: Option<usize> = None;
            let mut nearest_of: HashMap<usize, usize> = HashMap::new();
            for step in 0..sightings.len() {
                let index = if upwards { sightings.len() - 1 - step } else { step };
                if accepted[index].is_none()
                    && let Some(lines) = nearest.map(|other| distance(&sightings[other], &sightings[index]))
                {
                    let within = |lines: usize, reach: Option<usize>| reach.is_some_and(|reach| lines <= reach);
                    let reaches = |entry: EntryIndex| {
                        let own = nearest_of.get(&weights.rule(entry));
                        let own = own.map(|&other| distance(&sightings[other], &sightings[index]));
                        weights.needs(entry).is_some_and(|needs| {
                            within(lines, needs.another_hit) || own.is_some_and(|own| within(own, needs.own_hit))
                        })
                    };
                    let neighbour = nearest.and_then(|other| accepted[other]);
                    accepted[index] = surest(&sightings[index], &reaches, neighbour);
                }
                if let Some(entry) = accepted[index] {
                    nearest = Some(index);
                    nearest_of.insert(weights.rule(entry), index);
                }
            }
        }
        if accepted.iter().flatten().count() == held {
            return accepted;
        }
    }
}

/// How many lines further one sighting stands than the other.
fn distance(one: &Sighting, other: &Sighting) -> usize {
    one.lines.0.saturating_sub(other.lines.1).max(other.lines.0.saturating_sub(one.lines.1))
}
