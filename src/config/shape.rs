//! What collections say of front matter in their own words, as a [`Schema`].

use super::field::Field;
use super::fields::{FrontMatterSpec, MapSpec};
use super::options::Switch;
use crate::schema::{Check, Id, Schema, Type, Unique};

/// The schemas for a file that belongs to the collections `specs`: their own words together, of which a later collection's
/// replace those of an earlier one key by key, and each JSON Schema.
pub(super) fn schemas(specs: &[&FrontMatterSpec]) -> Vec<Schema> {
    let mut schemas = Vec::new();
    let own = together(specs);
    if !own.checks(own.root).is_empty() {
        schemas.push(own);
    }
    schemas.extend(specs.iter().filter_map(|spec| spec.schema.as_deref()).cloned());
    schemas
}

fn together(specs: &[&FrontMatterSpec]) -> Schema {
    let mut schema = Schema::default();
    schema.house = true;
    schema.root = schema.reserve();
    let mut fields: Vec<(&str, &Field, &str)> = Vec::new();
    for spec in specs {
        for (key, field) in &spec.map.fields {
            match fields.iter_mut().find(|(known, ..)| known == key) {
                Some(earlier) => (earlier.1, earlier.2) = (field, &spec.collection),
                None => fields.push((key, field, &spec.collection)),
            }
        }
    }
    let mut required: Vec<String> = Vec::new();
    for key in specs.iter().flat_map(|spec| &spec.map.required) {
        if !required.contains(key) {
            required.push(key.clone());
        }
    }
    let mut checks = map_checks(&mut schema, required, &fields);
    for spec in specs {
        checks.extend(spec.map.either.iter().cloned().map(Check::Either));
        for (conditions, then) in &spec.when {
            let then = map(&mut schema, then, &spec.collection);
            checks.push(Check::When(conditions.clone(), schema.add(then)));
        }
    }
    let switch = specs.iter().rev().find_map(|spec| spec.unknown_keys);
    if switch.is_some_and(|switch| switch != Switch::Off) {
        checks.push(Check::Known(known(specs)));
    }
    schema.set(schema.root, checks);
    schema
}

/// What a map must pass.
fn map(schema: &mut Schema, spec: &MapSpec, collection: &str) -> Vec<Check> {
    let fields: Vec<_> = spec.fields.iter().map(|(key, field)| (key.as_str(), field, collection)).collect();
    let mut checks = map_checks(schema, spec.required.clone(), &fields);
    checks.extend(spec.either.iter().cloned().map(Check::Either));
    checks
}

fn map_checks(schema: &mut Schema, mut required: Vec<String>, fields: &[(&str, &Field, &str)]) -> Vec<Check> {
    let (mut always, mut checks) = (Vec::new(), Vec::new());
    for (key, field, collection) in fields {
        let value = value(schema, field, collection);
        let mut around = Vec::new();
        if !field.excludes.is_empty() {
            around.push(Check::Excludes((*key).to_owned(), field.excludes.clone()));
        }
        if !field.requires.is_empty() {
            around.push(Check::Requires((*key).to_owned(), field.requires.clone()));
        }
        if field.when.is_empty() {
            if field.required && !required.iter().any(|one| one == key) {
                required.push((*key).to_owned());
            }
            always.extend(value.map(|value| ((*key).to_owned(), value)));
            checks.append(&mut around);
        } else {
            around.extend(field.required.then(|| Check::Required(vec![(*key).to_owned()])));
            around.extend(value.map(|value| Check::Fields(vec![((*key).to_owned(), value)])));
            checks.push(Check::When(field.when.clone(), schema.add(around)));
        }
    }
    if !required.is_empty() {
        checks.push(Check::Required(required));
    }
    if !always.is_empty() {
        checks.push(Check::Fields(always));
    }
    checks
}

/// What the value of a field must pass; `None` if it may be anything.
fn value(schema: &mut Schema, field: &Field, collection: &str) -> Option<Id> {
    let mut checks = field.checks.clone();
    let has_items =
        || field.checks.iter().any(|c| matches!(c, Check::MinItems(_) | Check::MaxItems(_) | Check::UniqueItems));
    let has_keys = !field.map.fields.is_empty() || !field.map.required.is_empty() || !field.map.either.is_empty();
    let implied = if field.items.is_some() || has_items() {
        Some(Type::List)
    } else if has_keys {
        Some(Type::Map)
    } else if field.image != Default::default() {
        Some(Type::Image)
    } else if !field.by.is_empty() {
        Some(Type::Article)
    } else {
        None
    };
    let kind = field.kind.or(implied);
    checks.extend(kind.map(|kind| Check::Type(vec![kind])));
    if let Some(items) = field.items.as_deref().and_then(|items| value(schema, items, collection)) {
        checks.push(Check::Items(Vec::new(), Some(items)));
    }
    checks.extend(map(schema, &field.map, collection));
    checks.extend(field.deprecated.clone().map(Check::Deprecated));
    let unique = |scope| Check::Unique(Unique { scope, collection: collection.to_owned() });
    checks.extend(field.unique.map(unique));
    match kind {
        Some(Type::Article) if !field.by.is_empty() => checks.push(Check::Article(field.by.clone())),
        Some(Type::Image) => checks.push(Check::Image(field.image.clone())),
        _ => {}
    }
    (!checks.is_empty()).then(|| schema.add(checks))
}

/// The dotted paths of all keys that `specs` name.
fn known(specs: &[&FrontMatterSpec]) -> Vec<String> {
    let mut known: Vec<String> = Vec::new();
    let mut add = |path: String| {
        if !known.contains(&path) {
            known.push(path);
        }
    };
    for spec in specs {
        name_all(&spec.map, "", &mut add);
        for (conditions, then) in &spec.when {
            conditions.iter().for_each(|condition| add(condition.key.clone()));
            name_all(then, "", &mut add);
        }
        for property in spec.schema.iter().flat_map(|schema| schema.keys_with(|_| true)) {
            add(property);
        }
    }
    known
}

fn name_all(spec: &MapSpec, prefix: &str, add: &mut impl FnMut(String)) {
    spec.required.iter().chain(spec.either.iter().flatten()).for_each(|key| add(format!("{prefix}{key}")));
    for (key, field) in &spec.fields {
        let beside = field.excludes.iter().chain(&field.requires).chain(field.when.iter().map(|one| &one.key));
        beside.for_each(|key| add(format!("{prefix}{key}")));
        if let Some(new) = field.deprecated.as_ref().and_then(|deprecated| deprecated.replaced_by.as_ref()) {
            add(format!("{prefix}{new}"));
        }
        if field.map.fields.is_empty() {
            add(format!("{prefix}{key}"));
        } else {
            name_all(&field.map, &format!("{prefix}{key}."), add);
        }
    }
}
