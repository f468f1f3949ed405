//! The values of a front matter about which a schema says something that only the site can tell.

use super::maps::holds;
use super::place::At;
use super::{Check, Id, Schema};
use crate::document::front_matter::{Map, Value};

/// Such a value.
pub(super) struct Sought<'a> {
    pub check: &'a Check,
    pub value: &'a Value,
    /// The key above it, without the path to that.
    pub key: &'a str,
    /// What it is called.
    pub name: String,
}

/// Gives each such value to `each`.
pub(super) fn seek<'a>(schema: &'a Schema, map: &'a Map, each: &mut impl FnMut(Sought<'a>)) {
    if schema.across {
        in_map(schema, schema.root, map, &At::WHOLE, each);
    }
}

fn in_map<'a>(schema: &'a Schema, id: Id, map: &'a Map, at: &At, each: &mut impl FnMut(Sought<'a>)) {
    for check in schema.checks(id) {
        match check {
            Check::Fields(fields) => {
                for (path, id) in fields {
                    if let Some(entry) = map.entry_at(path) {
                        in_value(schema, *id, &entry.value, &entry.key, &at.key(path), each);
                    }
                }
            }
            Check::When(conditions, id) if conditions.iter().all(|condition| holds(condition, map)) => {
                in_map(schema, *id, map, at, each);
            }
            _ => {}
        }
    }
}

fn in_value<'a>(
    schema: &'a Schema,
    id: Id,
    value: &'a Value,
    key: &'a str,
    at: &At,
    each: &mut impl FnMut(Sought<'a>),
) {
    if value.is_blank() {
        return;
    }
    for check in schema.checks(id) {
        match check {
            Check::Unique(_) | Check::Article(_) | Check::Image(_) => {
                each(Sought { check, value, key, name: at.to_string() });
            }
            Check::Items(_, Some(items)) => {
                let item = at.item();
                let values = value.as_list().into_iter().flatten();
                values.for_each(|value| in_value(schema, *items, value, key, &item, each));
            }
            _ => {}
        }
    }
    if let Some(map) = value.as_map() {
        in_map(schema, id, map, at, each);
    }
}
