//! Where references lead: files, and the parts of them that have a name of their own.

use std::rc::Rc;

use super::Compiler;
use crate::config::data;
use crate::config::suggest;
use crate::document::front_matter::{Data, Value};
use crate::schema::{Check, Id};
use crate::source::Source;
use crate::span::Span;

/// A schema that references can be relative to: a file, or a part of one with an `$id`.
pub(super) struct Resource {
    /// The path of its file, relative to the configuration.
    pub path: String,
    pub file: Rc<Source>,
    pub root: Rc<Value>,
    /// Its `$id`, without a `#` at the end.
    pub id: Option<String>,
    /// The place of its root in the file.
    place: Span,
}

impl Compiler<'_, '_> {
    /// Takes note of a file, and of all parts of it that have an `$id`; gives the resource of the whole.
    pub(super) fn register(&mut self, path: &str, file: &Rc<Source>, root: Value) -> usize {
        let first = self.resources.len();
        let mut parts = Vec::new();
        named_parts(&root, &mut parts);
        let parts: Vec<Value> = parts.into_iter().filter(|part| part.span != root.span).cloned().collect();
        for part in std::iter::once(root).chain(parts) {
            self.resources.push(Resource {
                path: path.to_owned(),
                file: Rc::clone(file),
                id: id_of(&part).map(|id| id.trim_end_matches('#').to_owned()),
                place: part.span,
                root: Rc::new(part),
            });
        }
        first
    }

    /// The resource that `value`, a part of `within`, is the root of; else `within`.
    pub(super) fn embedded(&self, within: usize, value: &Value) -> usize {
        let same = |one: &Resource| Rc::ptr_eq(&one.file, &self.resources[within].file) && one.place == value.span;
        self.resources.iter().position(same).unwrap_or(within)
    }

    /// Follows the reference `entry` of the group `id`.
    pub(super) fn reference(&mut self, id: Id, resource: usize, text: &str, span: Span) -> Option<Check> {
        self.references.push((id, resource, span));
        let (base, fragment) = text.split_once('#').unwrap_or((text, ""));
        let target = if base.is_empty() { resource } else { self.resource(resource, base, span)? };
        let root = Rc::clone(&self.resources[target].root);
        let found = if fragment.is_empty() {
            Some(&*root)
        } else if let Some(pointer) = fragment.strip_prefix('/') {
            self.pointed(target, &root, pointer, resource, span)
        } else {
            let found = anchored(&root, fragment);
            if found.is_none() {
                self.wrong(resource, span, format!("nothing in the schema has the anchor `{fragment}`"));
            }
            found
        };
        let group = found.map(|found| self.group(target, found))?;
        Some(Check::All(vec![group]))
    }

    /// The resource that `base` names in a reference.
    fn resource(&mut self, from: usize, base: &str, span: Span) -> Option<usize> {
        let known = |one: &Resource| one.id.as_deref() == Some(base);
        if let Some(known) = self.resources.iter().position(known) {
            return Some(known);
        }
        if base.contains("://") || base.starts_with("urn:") {
            let finding = self.wrong(from, span, format!("`{base}` would have to be read from the network"));
            finding.help("save it beside this schema, and refer to it by its path");
            return None;
        }
        let folder = self.resources[from].path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let path =
            if base.starts_with('/') || folder.is_empty() { base.to_owned() } else { format!("{folder}/{base}") };
        let file = match self.reader.files.read(&path) {
            Ok(file) => file,
            Err(why) => {
                let finding = self.wrong(from, span, format!("cannot read `{base}`: {why}"));
                finding.help("a path is relative to the folder of this schema");
                return None;
            }
        };
        let same = |one: &Resource| Rc::ptr_eq(&one.file, &file);
        if let Some(known) = self.resources.iter().position(same) {
            return Some(known);
        }
        if let Some(bad) = file.bad_bytes() {
            self.reader.wrong_in(&file, bad.first, "the file is not UTF-8").help("save it as UTF-8");
            return None;
        }
        if data::format_of(file.path()).is_none() {
            let finding = self.wrong(from, span, format!("`{base}` is of no kind that can be read"));
            finding.help("give it a name that ends in `.json` or `.yaml`");
            return None;
        }
        let root = data::parse(self.reader, &file, span)?;
        Some(self.register(&path, &file, root))
    }

    /// The value at a JSON pointer, without its first slash.
    fn pointed<'v>(
        &mut self,
        target: usize,
        root: &'v Value,
        pointer: &str,
        from: usize,
        span: Span,
    ) -> Option<&'v Value> {
        let mut here = root;
        for step in pointer.split('/') {
            let step = crate::site::target::decode(step).map(|step| step.replace("~1", "/").replace("~0", "~"))?;
            let next = match &here.data {
                Data::Map(map) => map.get(&step),
                Data::List(items) => step.parse::<usize>().ok().and_then(|index| items.get(index)),
                _ => None,
            };
            let Some(next) = next else {
                let known: Vec<&str> = match &here.data {
                    Data::Map(map) => map.entries.iter().map(|entry| entry.key.as_str()).collect(),
                    _ => Vec::new(),
                };
                let help = suggest::help(&step, &known);
                let path = self.resources[target].file.path().to_string();
                let finding = self.wrong(from, span, format!("`{path}` has nothing at `#/{pointer}`"));
                finding.help = help.or_else(|| Some("mend the reference".into()));
                return None;
            };
            here = next;
        }
        Some(here)
    }
}

fn id_of(value: &Value) -> Option<&str> {
    let map = value.as_map()?;
    let id = map.get("$id").or_else(|| map.get("id").filter(|_| map.get("$schema").is_some()))?;
    // Before 2019-09, `$id: "#name"` was an anchor.
    id.as_text().filter(|id| !id.starts_with('#'))
}

fn children(value: &Value) -> Box<dyn Iterator<Item = &Value> + '_> {
    match &value.data {
        Data::Map(map) => {
            // What stands there is data, not schema.
            let data = ["enum", "const", "default", "examples"];
            Box::new(map.entries.iter().filter(move |e| !data.contains(&e.key.as_str())).map(|entry| &entry.value))
        }
        Data::List(items) => Box::new(items.iter()),
        _ => Box::new(std::iter::empty()),
    }
}

fn named_parts<'v>(value: &'v Value, parts: &mut Vec<&'v Value>) {
    if id_of(value).is_some() {
        parts.push(value);
    }
    children(value).for_each(|child| named_parts(child, parts));
}

/// The part of a schema that has this anchor.
fn anchored<'v>(value: &'v Value, name: &str) -> Option<&'v Value> {
    let is = |key: &str, wanted: &str| value.as_map()?.get(key)?.as_text().filter(|text| *text == wanted).map(drop);
    let own = is("$anchor", name).or_else(|| is("$dynamicAnchor", name)).or_else(|| is("$id", &format!("#{name}")));
    if own.is_some() {
        return Some(value);
    }
    children(value).find_map(|child| anchored(child, name))
}
