//! The walk of a schema over a front matter.

use super::place::{At, Subject};
use super::{Aspect, Check, Detail, Form, Id, Schema, Violation, choice, keys, scalar, union};
use crate::date::{self, Outcome};
use crate::document::front_matter::{Entry, FrontMatter, Value};
use crate::document::{Document, ProblemKind};
use crate::span::Span;

/// What in the front matter of `document` the schema does not allow, in source order.
pub(super) fn violations(schema: &Schema, document: &Document) -> Vec<Violation> {
    let Some(front) = &document.front_matter else { return Vec::new() };
    let faults = document.problems.iter().filter(|problem| problem.kind == ProblemKind::Syntax);
    let walk = Walk { schema, front, faults: faults.map(|fault| fault.span).collect() };
    let mut out = Vec::new();
    walk.apply(schema.root, Subject::whole(&front.map, front.opening), &At::WHOLE, &mut out, &mut Seen::default());
    // Two groups of checks can ask for the same thing.
    out.sort_by(|a, b| (a.span, a.aspect, &a.message).cmp(&(b.span, b.aspect, &b.message)));
    out.dedup_by(|a, b| a.span == b.span && a.aspect == b.aspect && a.message == b.message);
    out
}

pub(super) struct Walk<'a> {
    pub(super) schema: &'a Schema,
    pub(super) front: &'a FrontMatter,
    /// Where the parser met a fault: what it touches may not be what the author wrote.
    pub(super) faults: Vec<Span>,
}

/// Which entries and items of one value some check has looked at, by index.
#[derive(Default)]
pub(super) struct Seen {
    pub(super) entries: Vec<usize>,
    items: Vec<usize>,
}

impl Seen {
    fn take(&mut self, mut other: Self) {
        self.entries.append(&mut other.entries);
        self.items.append(&mut other.items);
    }
}

pub(super) type Out = Vec<Violation>;

impl<'a> Walk<'a> {
    /// Passes `subject` through a group of checks.
    pub(super) fn apply(&self, id: Id, subject: Subject<'a>, at: &At, out: &mut Out, seen: &mut Seen) {
        for check in self.schema.checks(id) {
            let before = out.len();
            self.check(check, subject, at, out, seen);
            // Of a value of the wrong type, or none of the allowed ones, nothing else needs to be said.
            if matches!(check, Check::Type(_) | Check::OneOf(_) | Check::Never) && out.len() > before {
                return;
            }
        }
    }

    /// What is wrong with `subject`, and what was looked at.
    fn quietly(&self, id: Id, subject: Subject<'a>, at: &At) -> (Out, Seen) {
        let (mut out, mut seen) = (Vec::new(), Seen::default());
        self.apply(id, subject, at, &mut out, &mut seen);
        (out, seen)
    }

    pub(super) fn inner(&self, id: Id, value: &'a Value, absent: Span, at: &At, out: &mut Out) {
        self.apply(id, Subject::of(value, absent), at, out, &mut Seen::default());
    }

    fn check(&self, check: &Check, subject: Subject<'a>, at: &At, out: &mut Out, seen: &mut Seen) {
        let house = self.schema.house;
        match check {
            Check::Never => {
                let message = format!("nothing may stand at {at}");
                out.push(Violation::new(Aspect::Value, subject.span, message, "delete it"));
            }
            Check::Type(types) => {
                if !types.iter().any(|kind| kind.takes(&subject)) {
                    out.push(scalar::wrong_type(&subject, types, at));
                }
            }
            Check::OneOf(choices) => match subject.value {
                // Of a list and a map in the configuration's own words the type is told, if there is one.
                Some(value) if house && (value.as_list().is_some() || value.as_map().is_some()) => {}
                Some(value) if !choices.has(value) => {
                    out.push(choices.violation(&at.to_string(), value, subject.span));
                }
                _ => {}
            },
            Check::Form(form) => out.extend(self.form(*form, &subject, at)),
            Check::MinLength(least) => out.extend(scalar::min_length(&subject, *least, house, at)),
            Check::MaxLength(most) => out.extend(scalar::max_length(&subject, *most, house, at)),
            Check::Pattern(pattern) => out.extend(scalar::pattern(&subject, pattern, house, at)),
            Check::Min(least, exclusive) => out.extend(scalar::min(&subject, *least, *exclusive, at)),
            Check::Max(most, exclusive) => out.extend(scalar::max(&subject, *most, *exclusive, at)),
            Check::MultipleOf(step) => out.extend(scalar::multiple_of(&subject, *step, at)),
            Check::MinItems(_)
            | Check::MaxItems(_)
            | Check::UniqueItems
            | Check::Items(..)
            | Check::Contains(..)
            | Check::UnevaluatedItems(_) => {
                if let Some(items) = subject.list() {
                    self.list(check, items, subject, at, out, seen);
                }
            }
            Check::All(ids) => ids.iter().for_each(|id| self.apply(*id, subject, at, out, seen)),
            Check::Any(ids) | Check::One(ids) => self.several(check, ids, subject, at, out, seen),
            Check::Not(id) => {
                if self.quietly(*id, subject, at).0.is_empty() {
                    out.push(self.forbidden(*id, &subject, at));
                }
            }
            Check::If(condition, then, otherwise) => {
                let (wrong, looked) = self.quietly(*condition, subject, at);
                let next = if wrong.is_empty() { then } else { otherwise };
                if wrong.is_empty() {
                    seen.take(looked);
                }
                if let Some(next) = next {
                    self.apply(*next, subject, at, out, seen);
                }
            }
            _ => {
                if let Some(map) = subject.map {
                    self.map(check, map, subject, at, out, seen);
                }
            }
        }
    }

    fn several(&self, check: &Check, ids: &[Id], subject: Subject<'a>, at: &At, out: &mut Out, seen: &mut Seen) {
        let (mut ways, mut fitting) = (Vec::new(), 0);
        for id in ids {
            let (wrong, looked) = self.quietly(*id, subject, at);
            if wrong.is_empty() {
                fitting += 1;
                seen.take(looked);
            } else {
                ways.push(wrong);
            }
        }
        match fitting {
            0 => out.extend(union::none_fits(&subject, ways, at)),
            1 => {}
            _ if matches!(check, Check::One(_)) => out.push(union::several_fit(&subject, fitting, at)),
            _ => {}
        }
    }

    /// Says that `subject` passes what it should not.
    fn forbidden(&self, id: Id, subject: &Subject, at: &At) -> Violation {
        let told = match self.schema.checks(id) {
            [Check::Required(keys)] => union::must_not_hold(subject, keys, at),
            [Check::OneOf(_)] => subject.value.map(|value| {
                let message = format!("{at} must not be `{}`", super::shown(value));
                Violation::new(Aspect::Value, subject.span, message, "give it another value")
            }),
            [Check::Pattern(pattern)] => subject.text().map(|_| {
                let message = format!("{at} has a form that is not allowed");
                let help = format!("it must not match `{}`", pattern.as_str());
                Violation::new(Aspect::Value, subject.span, message, help)
            }),
            _ => None,
        };
        told.unwrap_or_else(|| {
            let message = format!("{at} is what the schema does not allow");
            Violation::new(Aspect::Value, subject.span, message, "change it")
        })
    }

    /// Checks the form of a text. What a rule on dates tells of it is left to that.
    fn form(&self, form: Form, subject: &Subject, at: &At) -> Option<Violation> {
        let text = subject.text()?;
        if form.fits(text) {
            return None;
        }
        let dated = form.is_date() && at.top_key().is_some_and(|key| self.schema.dates.iter().any(|date| date == key));
        let iso = matches!(date::read(text), Some(Outcome::Date(reading)) if reading.form == date::Form::Iso);
        if dated && !iso {
            return None;
        }
        let (what, help) = form.describe();
        let message = format!("{at} is `{}`, not {what}", super::near::shortened(text));
        let mut violation = Violation::new(Aspect::Value, subject.span, message, help);
        violation.detail = Detail::Form(form);
        Some(violation)
    }

    fn list(&self, check: &Check, items: &'a [Value], subject: Subject<'a>, at: &At, out: &mut Out, seen: &mut Seen) {
        let mut told = |message: String, help: String| {
            out.push(Violation::new(Aspect::Value, subject.span, message, help));
        };
        let number = items.len();
        match check {
            Check::MinItems(least) if number < *least => {
                let message = format!("{at} has only {}", super::near::count(number, "item"));
                told(message, format!("name at least {least}"));
            }
            Check::MaxItems(most) if number > *most => {
                let message = format!("{at} has {number} items, {} too many", number - most);
                told(message, format!("keep at most {most}"));
            }
            Check::UniqueItems => out.extend(repeated(items, at)),
            Check::Items(first, rest) => {
                let item = at.item();
                for (index, value) in items.iter().enumerate() {
                    let Some(id) = first.get(index).or(rest.as_ref()) else { break };
                    if self.schema.house && value.is_blank() && value.as_list().is_none() {
                        let message = format!("{item} is empty");
                        let span = if value.span.is_empty() { subject.span } else { value.span };
                        out.push(Violation::new(Aspect::Value, span, message, "delete it, or give it a value"));
                    } else {
                        self.inner(*id, value, subject.span, &item, out);
                    }
                    seen.items.push(index);
                }
            }
            Check::Contains(id, least, most) => {
                let item = at.item();
                let fits = |value: &&Value| {
                    let mut wrong = Vec::new();
                    self.inner(*id, value, subject.span, &item, &mut wrong);
                    wrong.is_empty()
                };
                let fitting: Vec<usize> = (0..number).filter(|&index| fits(&&items[index])).collect();
                if fitting.len() < *least {
                    let message = format!("{at} lacks an item that must be there");
                    told(message, format!("{} must be as the schema asks", super::near::count(*least, "item")));
                } else if most.is_some_and(|most| fitting.len() > most) {
                    let message = format!("{at} has {} of a kind of item", fitting.len());
                    told(message, format!("keep at most {}", most.unwrap_or(0)));
                }
                seen.items.extend(fitting);
            }
            Check::UnevaluatedItems(id) => {
                for (_, value) in items.iter().enumerate().filter(|(index, _)| !seen.items.contains(index)) {
                    self.inner(*id, value, subject.span, &at.item(), out);
                }
                seen.items.extend(0..number);
            }
            _ => {}
        }
    }

    /// Whether the parser met a fault in this entry, so that its value may not be what the author wrote.
    pub(super) fn is_faulty(&self, entry: &Entry) -> bool {
        let whole = entry.key_span.to(entry.value.span);
        self.faults.iter().any(|fault| whole.start <= fault.start && fault.start <= whole.end)
    }
}

/// Tells each item that the list already has.
fn repeated(items: &[Value], at: &At) -> Vec<Violation> {
    let mut out = Vec::new();
    for (index, item) in items.iter().enumerate() {
        if let Some(first) = items[..index].iter().find(|earlier| choice::same(earlier, item)) {
            let message = match item.as_list().is_some() || item.as_map().is_some() {
                true => format!("{at} has the same item twice"),
                false => format!("{at} has `{}` twice", super::shown(item)),
            };
            let mut violation = Violation::new(Aspect::Value, item.span, message, "keep one of the two");
            violation.labels.push(keys::label(first.span, "first here"));
            out.push(violation);
        }
    }
    out
}
