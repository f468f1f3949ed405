//! The checks of a walk that look at the keys of a map.

use super::place::{At, Subject};
use super::walk::{Out, Seen, Walk};
use super::{Aspect, Check, Condition, Id, Properties, Violation, choice, keys, union};
use crate::document::front_matter::{Data, Entry, Map, Value};

impl<'a> Walk<'a> {
    pub(super) fn map(
        &self,
        check: &Check,
        map: &'a Map,
        subject: Subject<'a>,
        at: &At,
        out: &mut Out,
        seen: &mut Seen,
    ) {
        match check {
            Check::Properties(properties) => self.properties(properties, map, at, out, seen),
            Check::Fields(fields) => {
                for (path, id) in fields {
                    if let Some(entry) = map.entry_at(path) {
                        self.entry(*id, map, entry, &at.key(path), at, out);
                    }
                }
            }
            Check::KeyNames(id) => {
                for entry in &map.entries {
                    let data = Data::String(entry.key.clone());
                    let name = Value { span: entry.key_span, data, style: entry.value.style };
                    let mut wrong = Vec::new();
                    let walk = Walk { schema: self.schema, front: self.front, faults: Vec::new() };
                    walk.inner(*id, &name, entry.key_span, &at.key(&entry.key), &mut wrong);
                    if let Some(first) = wrong.into_iter().next() {
                        let message = format!("{} is no key that is allowed here", at.name_of(&entry.key));
                        let help = first.help.unwrap_or_default();
                        out.push(Violation::new(Aspect::UnknownKey, entry.key_span, message, help));
                    }
                }
            }
            Check::MinKeys(least) if map.entries.len() < *least && self.front.complete => {
                let message = format!("{at} has only {}", super::near::count(map.entries.len(), "key"));
                out.push(Violation::new(
                    Aspect::Required,
                    subject.absent,
                    message,
                    format!("give it at least {least}"),
                ));
            }
            Check::MaxKeys(most) if map.entries.len() > *most => {
                let message = format!("{at} has {} keys, {} too many", map.entries.len(), map.entries.len() - most);
                out.push(Violation::new(Aspect::Value, subject.span, message, format!("keep at most {most}")));
            }
            Check::UnevaluatedKeys(id) => {
                let rest = map.entries.iter().enumerate().filter(|(index, _)| !seen.entries.contains(index));
                for (_, entry) in rest {
                    self.further(*id, map, entry, &[], at, out);
                }
                seen.entries.extend(0..map.entries.len());
            }
            Check::Known(known) => keys::unknown_paths(map, known, "", at, out),
            Check::Required(paths) => self.required(paths, map, subject, at, out),
            Check::Either(paths) => {
                let there = paths.iter().any(|path| keys::says(map, path));
                if !there && self.front.complete {
                    let names: Vec<String> = paths.iter().map(|path| at.name_of(path)).collect();
                    let names: Vec<&str> = names.iter().map(String::as_str).collect();
                    out.push(union::none_there(&subject, &names));
                }
            }
            Check::Excludes(key, others) => {
                if let Some(own) = map.entry_at(key) {
                    let there = others.iter().filter_map(|other| map.entry_at(other));
                    out.extend(there.map(|other| keys::excluded(own, other, at)));
                }
            }
            Check::Requires(key, others) => {
                if let Some(own) = map.entry_at(key) {
                    let first = out.len();
                    self.required(others, map, subject, at, out);
                    for one in &mut out[first..] {
                        one.labels.push(keys::label(own.key_span, "asks for it"));
                        one.message.push_str(&format!(", which {} asks for", at.name_of(key)));
                    }
                }
            }
            Check::Dependent(key, id) if map.entry(key).is_some() => self.apply(*id, subject, at, out, seen),
            Check::When(conditions, id) if conditions.iter().all(|condition| holds(condition, map)) => {
                let first = out.len();
                self.apply(*id, subject, at, out, seen);
                let cause: Vec<String> = conditions.iter().map(|one| cause(one, map)).collect();
                let cause = format!(" where {}", cause.join(" and "));
                out[first..].iter_mut().for_each(|one| one.message.push_str(&cause));
            }
            _ => {}
        }
    }

    fn properties(&self, properties: &Properties, map: &'a Map, at: &At, out: &mut Out, seen: &mut Seen) {
        for (index, entry) in map.entries.iter().enumerate() {
            let here = at.key(&entry.key);
            let mut known = false;
            let named = properties.named.iter().filter(|(key, _)| *key == entry.key).map(|(_, id)| id);
            let found = properties.patterns.iter().filter(|(pattern, _)| pattern.finds(&entry.key)).map(|(_, id)| id);
            for id in named.chain(found) {
                known = true;
                self.entry(*id, map, entry, &here, at, out);
            }
            if let (false, Some(rest)) = (known, properties.rest) {
                known = true;
                self.further(rest, map, entry, &properties.named, at, out);
            }
            if known && self.schema.tracks {
                seen.entries.push(index);
            }
        }
    }

    /// Looks at an entry of `map`, which is at `at`, that has no checks of its own.
    fn further(&self, id: Id, map: &'a Map, entry: &'a Entry, named: &[(String, Id)], at: &At, out: &mut Out) {
        if matches!(self.schema.checks(id), [Check::Never]) {
            if !self.is_faulty(entry) {
                out.push(keys::unknown(map, entry, named.iter().map(|(key, _)| key.as_str()), at));
            }
        } else {
            self.entry(id, map, entry, &at.key(&entry.key), at, out);
        }
    }

    /// Looks at an entry of `map`, which is at `at`.
    fn entry(&self, id: Id, map: &'a Map, entry: &'a Entry, here: &At, at: &At, out: &mut Out) {
        if self.is_faulty(entry) {
            return;
        }
        let implied = if self.schema.deprecates { self.schema.implied(id) } else { Vec::new() };
        for check in implied.into_iter().flat_map(|id| self.schema.checks(id)) {
            if let Check::Deprecated(said) = check {
                out.push(keys::deprecated(map, entry, said, at));
            }
        }
        // What is blank is told where it must be there; an empty list may still have too few items.
        let value = &entry.value;
        if !self.schema.house || !value.is_blank() || value.as_list().is_some() {
            self.inner(id, value, entry.key_span, here, out);
        }
    }

    fn required(&self, paths: &[String], map: &'a Map, subject: Subject<'a>, at: &At, out: &mut Out) {
        for path in paths {
            let entry = if self.schema.house { map.entry_at(path) } else { map.entry(path) };
            match entry {
                Some(entry) if self.schema.house && entry.value.is_blank() && !self.is_faulty(entry) => {
                    let message = format!("{} is empty", at.name_of(path));
                    out.push(Violation::new(Aspect::Required, entry.key_span, message, "give it a value"));
                }
                Some(_) => {}
                // What a fault swallowed may have held it.
                None if self.front.complete => {
                    out.push(keys::missing(&subject, map, path, paths, self.schema.house, at))
                }
                None => {}
            }
        }
    }
}

pub(super) fn holds(condition: &Condition, map: &Map) -> bool {
    let Some(entry) = map.entry_at(&condition.key) else { return false };
    if condition.values.is_empty() {
        return !entry.value.is_blank();
    }
    let one = |value: &Value| condition.values.iter().any(|wanted| choice::same(wanted, value));
    one(&entry.value) || entry.value.as_list().is_some_and(|items| items.iter().any(one))
}

/// Why something holds, as a clause.
fn cause(condition: &Condition, map: &Map) -> String {
    let key = &condition.key;
    match map.entry_at(key).map(|entry| &entry.value) {
        Some(value) if !condition.values.is_empty() && value.as_list().is_none() && value.as_map().is_none() => {
            format!("`{key}` is `{}`", super::shown(value))
        }
        Some(value) if value.as_list().is_some() => {
            let wanted: Vec<String> = condition.values.iter().map(super::shown).collect();
            let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
            format!("`{key}` holds {}", super::near::list(wanted))
        }
        _ => format!("`{key}` is given"),
    }
}
