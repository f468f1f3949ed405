//! From sightings to hits: which of them hold, how sure they are, and which follow each other.
//!
//! Owns corroboration within one rule. Sees no text.

use super::matcher::EntryIndex;
use super::pack::{Confidence, Needs};
use super::sight::Sighting;

/// What weighing needs to know of an entry.
pub trait Weights {
    /// How sure a hit is.
    fn confidence(&self, entry: EntryIndex) -> Confidence;
    /// What must hold besides the words.
    fn needs(&self, entry: EntryIndex) -> Option<&Needs>;
}

/// Hits of one rule that follow each other, at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The hits in source order, each with the entry that it is put down to.
    pub hits: Vec<(EntryIndex, Sighting)>,
    /// How sure the surest of them is, and so all of them are.
    pub confidence: Confidence,
}

/// The hits among the sightings of one rule, which are in source order. `adjacent` says whether nothing stands between two.
pub fn runs(
    sightings: Vec<Sighting>,
    weights: &impl Weights,
    adjacent: impl Fn(&Sighting, &Sighting) -> bool,
) -> Vec<Run> {
    let accepted = accept(&sightings, weights, &adjacent);
    let mut runs: Vec<Run> = Vec::new();
    for (sighting, entry) in sightings.into_iter().zip(accepted) {
        let Some(entry) = entry else { continue };
        let confidence = weights.confidence(entry);
        match runs.last_mut() {
            Some(run) if run.hits.last().is_some_and(|(_, last)| adjacent(last, &sighting)) => {
                run.confidence = run.confidence.max(confidence);
                run.hits.push((entry, sighting));
            }
            _ => runs.push(Run { hits: vec![(entry, sighting)], confidence }),
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
    // The surest of the entries that hold; of equally sure ones the first.
    let surest = |sighting: &Sighting, holds: &dyn Fn(Option<&Needs>) -> bool| {
        let holding = sighting.entries.iter().copied().filter(|&entry| holds(weights.needs(entry)));
        holding.rev().max_by_key(|&entry| weights.confidence(entry))
    };
    let mut accepted: Vec<Option<EntryIndex>> = sightings
        .iter()
        .map(|sighting| surest(sighting, &|needs| needs.is_none_or(|needs| needs.alone && sighting.alone)))
        .collect();
    let mut start = 0;
    while start < sightings.len() {
        let mut end = start + 1;
        while end < sightings.len() && adjacent(&sightings[end - 1], &sightings[end]) {
            end += 1;
        }
        let counts = |sighting: &Sighting| {
            let needs = sighting.entries.iter().map(|&entry| weights.needs(entry));
            needs.into_iter().any(|needs| needs.is_none_or(|needs| needs.run.is_some()))
        };
        let length = sightings[start..end].iter().filter(|sighting| counts(sighting)).count();
        for index in start..end {
            let enough = |needs: Option<&Needs>| needs.and_then(|needs| needs.run).is_some_and(|run| length >= run);
            accepted[index] = accepted[index].or_else(|| surest(&sightings[index], &enough));
        }
        start = end;
    }
    // A hit that holds may let its neighbours hold, and they theirs: down the page, up again, until nothing changes.
    loop {
        let held = accepted.iter().flatten().count();
        for upwards in [false, true] {
            let mut nearest: Option<usize> = None;
            for step in 0..sightings.len() {
                let index = if upwards { sightings.len() - 1 - step } else { step };
                if accepted[index].is_none()
                    && let Some(lines) = nearest.map(|other| distance(&sightings[other], &sightings[index]))
                {
                    let reaches = |needs: Option<&Needs>| {
                        needs.and_then(|needs| needs.another_hit).is_some_and(|reach| lines <= reach)
                    };
                    accepted[index] = surest(&sightings[index], &reaches);
                }
                if accepted[index].is_some() {
                    nearest = Some(index);
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
