//! Several ways to pass: which one was probably meant, and what is said if none is passed.

use super::near::{count, list, shortened};
use super::place::{At, Subject};
use super::scalar::{or, wrong_type};
use super::{Aspect, Detail, Type, Violation, choice};

/// What is said of `subject`, which passes none of several ways, of which each was found to be broken as in `ways`.
pub(super) fn none_fits(subject: &Subject, mut ways: Vec<Vec<Violation>>, at: &At) -> Vec<Violation> {
    if ways.is_empty() {
        return vec![Violation::new(Aspect::Value, subject.span, format!("nothing may stand at {at}"), "delete it")];
    }
    if ways.len() == 1 {
        return ways.remove(0);
    }
    let here = |violation: &Violation| violation.span == subject.span;
    // All want another type.
    let types: Vec<&[Type]> = ways.iter().filter_map(|way| types_of(way, subject)).collect();
    if types.len() == ways.len() {
        return vec![wrong_type(subject, &types.concat(), at)];
    }
    // All want a key that is not there.
    let missing: Vec<&str> = ways.iter().filter_map(|way| missing_of(way)).collect();
    if missing.len() == ways.len() {
        return vec![none_there(subject, &missing)];
    }
    // Ways for another type of value were not meant.
    ways.retain(|way| types_of(way, subject).is_none());
    let choices: Vec<&[String]> = ways.iter().filter_map(|way| choices_of(way, subject)).collect();
    if choices.len() == ways.len()
        && let Some(value) = subject.value
    {
        return vec![choice::violation(&at.to_string(), value, subject.span, choices.concat(), None)];
    }
    let forms: Vec<super::Form> = ways.iter().filter_map(|way| form_of(way, subject)).collect();
    if let (Some(text), [first, ..], true) = (subject.text(), forms.as_slice(), forms.len() == ways.len()) {
        let words: Vec<&str> = forms.iter().map(|form| form.describe().0).collect();
        let message = format!("{at} is `{}`, not {}", shortened(text), or(&words));
        return vec![Violation::new(Aspect::Value, subject.span, message, first.describe().1)];
    }
    // A way that asks for another fixed value under some key is for another sort of map.
    let other_sort =
        |way: &Vec<Violation>| way.iter().any(|one| !here(one) && matches!(one.detail, Detail::Choices(_)));
    if ways.iter().any(|way| !other_sort(way)) {
        ways.retain(|way| !other_sort(way));
    }
    let fewest = ways.iter().map(Vec::len).min().unwrap_or(0);
    let number = ways.len();
    let mut nearest = ways.into_iter().filter(|way| way.len() == fewest);
    let Some(first) = nearest.next() else { return Vec::new() };
    if nearest.next().is_none() {
        return first;
    }
    let message = format!("{at} fits none of the {number} forms that are allowed");
    let help = first.first().map_or(String::new(), |one| format!("for one of them, {}", one.message));
    vec![Violation::new(Aspect::Value, subject.span, message, help)]
}

/// Says that none of these keys, which are in backticks, is there.
pub(super) fn none_there(subject: &Subject, keys: &[&str]) -> Violation {
    let message = format!("neither {} is there", keys.join(" nor "));
    let keys = if keys.len() > 2 { or(keys) } else { keys.join(" or ") };
    Violation::new(Aspect::Required, subject.absent, message, format!("add {keys}"))
}

/// What is said of `subject`, which passes more than one of several ways where just one is allowed.
pub(super) fn several_fit(subject: &Subject, fitting: usize, at: &At) -> Violation {
    let message = format!("{at} fits {} of which just one is allowed", count(fitting, "form"));
    Violation::new(Aspect::Value, subject.span, message, "leave out what belongs to only one of them")
}

/// Says that `subject` must not hold all of these keys.
pub(super) fn must_not_hold(subject: &Subject, keys: &[String], at: &At) -> Option<Violation> {
    let map = subject.map?;
    let entries: Vec<_> = keys.iter().filter_map(|key| map.entry_at(key)).collect();
    let last = entries.iter().max_by_key(|entry| entry.key_span)?;
    let others: Vec<&str> = entries.iter().filter(|e| e.key_span != last.key_span).map(|e| e.key.as_str()).collect();
    let first = entries.iter().filter(|entry| entry.key_span != last.key_span).map(|entry| entry.key_span);
    let labels = first.map(|span| super::keys::label(span, "already here")).collect();
    let name = at.name_of(&last.key);
    let (message, help) = match others.as_slice() {
        [] => (format!("{name} must not be there"), "delete it".to_owned()),
        _ => (format!("{name} cannot stand beside {}", list(others)), "keep one of them".to_owned()),
    };
    Some(Violation { labels, ..Violation::new(Aspect::Conflict, last.key_span, message, help) })
}

fn types_of<'v>(way: &'v [Violation], subject: &Subject) -> Option<&'v [Type]> {
    match way {
        [Violation { detail: Detail::Types(types), span, .. }] if *span == subject.span => Some(types),
        _ => None,
    }
}

fn choices_of<'v>(way: &'v [Violation], subject: &Subject) -> Option<&'v [String]> {
    match way {
        [Violation { detail: Detail::Choices(words), span, .. }] if *span == subject.span => Some(words),
        _ => None,
    }
}

fn form_of(way: &[Violation], subject: &Subject) -> Option<super::Form> {
    match way {
        [Violation { detail: Detail::Form(form), span, .. }] if *span == subject.span => Some(*form),
        _ => None,
    }
}

fn missing_of(way: &[Violation]) -> Option<&str> {
    match way {
        [Violation { detail: Detail::Missing(key), .. }] => Some(key),
        _ => None,
    }
}
