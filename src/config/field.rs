//! One field of a collection: what stands under a key of front matter, or in a list.

use std::collections::BTreeMap;

use super::data;
use super::fields::{MapSpec, map_setting};
use super::options::{self, Options};
use super::reader::Reader;
use super::{suggest, takes};
use crate::document::front_matter::{Data, Entry, Value};
use crate::schema::{By, Check, Choices, Condition, Deprecated, ImageLimits, Scope, Type};
use crate::span::Span;

/// What stands under a key of front matter, or in a list.
#[derive(Debug, Clone, Default)]
pub struct Field {
    /// Its type; `None` if any will do.
    pub kind: Option<Type>,
    /// What each item of a list is.
    pub items: Option<Box<Field>>,
    /// What a map holds.
    pub map: MapSpec,
    /// Whether it must be there.
    pub required: bool,
    /// What it must pass besides.
    pub checks: Vec<Check>,
    /// Among which articles it is the only one of its kind.
    pub unique: Option<Scope>,
    /// How an article is named; empty if any way will do.
    pub by: Vec<By>,
    /// What an image must be like.
    pub image: ImageLimits,
    /// Keys that cannot stand beside it.
    pub excludes: Vec<String>,
    /// Keys that must stand beside it.
    pub requires: Vec<String>,
    /// When all this holds; empty if it always does.
    pub when: Vec<Condition>,
    /// What takes its place, if it should be given up.
    pub deprecated: Option<Deprecated>,
    /// What rules on dates are told of it.
    pub dates: Options,
    /// Where each setting stands in the configuration.
    pub places: BTreeMap<String, Span>,
}

/// The types by their names.
pub(super) const TYPES: [(&str, Type); 12] = [
    ("string", Type::Text),
    ("number", Type::Number),
    ("integer", Type::Integer),
    ("bool", Type::Bool),
    ("date", Type::Date),
    ("list", Type::List),
    ("map", Type::Map),
    ("url", Type::Url),
    ("slug", Type::Slug),
    ("email", Type::Email),
    ("image", Type::Image),
    ("article", Type::Article),
];

fn name_of(kind: Type) -> &'static str {
    TYPES.iter().find(|(_, other)| *other == kind).map_or("", |(name, _)| name)
}

/// The type that people may write for `word`, as other schemas call it.
fn meant(word: &str) -> Option<&'static str> {
    match word.to_lowercase().as_str() {
        "text" | "str" => Some("string"),
        "int" => Some("integer"),
        "float" => Some("number"),
        "boolean" => Some("bool"),
        "datetime" | "time" | "timestamp" => Some("date"),
        "array" | "sequence" => Some("list"),
        "object" | "mapping" | "table" => Some("map"),
        "uri" | "link" => Some("url"),
        "picture" | "file" => Some("image"),
        "reference" | "page" | "post" => Some("article"),
        _ => suggest::closest(word, TYPES.iter().map(|(name, _)| *name)),
    }
}

/// What holds for any type.
const ANY: &[Type] = &[];
const TEXTS: &[Type] = &[Type::Text, Type::Url, Type::Slug, Type::Email, Type::Image, Type::Article];
const NUMBERS: &[Type] = &[Type::Number, Type::Integer];
const DATES: &[Type] = &[Type::Date];
const LIMITED: &[Type] = &[Type::Number, Type::Integer, Type::Date];
const LISTS: &[Type] = &[Type::List];
const MAPS: &[Type] = &[Type::Map];
const IMAGES: &[Type] = &[Type::Image];
const ARTICLES: &[Type] = &[Type::Article];
const SCALARS: &[Type] = &[
    Type::Text,
    Type::Number,
    Type::Integer,
    Type::Bool,
    Type::Date,
    Type::Url,
    Type::Slug,
    Type::Email,
    Type::Image,
    Type::Article,
];

/// The settings of a field, and for which types each makes sense.
pub(super) const SETTINGS: [(&str, &[Type]); 35] = [
    ("type", ANY),
    ("description", ANY),
    ("required", ANY),
    ("items", LISTS),
    ("min-items", LISTS),
    ("max-items", LISTS),
    ("unique-items", LISTS),
    ("format", DATES),
    ("min", NUMBERS),
    ("max", LIMITED),
    ("not-before", DATES),
    ("multiple-of", NUMBERS),
    ("one-of", SCALARS),
    ("one-of-file", SCALARS),
    ("min-length", TEXTS),
    ("max-length", TEXTS),
    ("pattern", TEXTS),
    ("fields", MAPS),
    ("either", MAPS),
    ("unique", ANY),
    ("by", ARTICLES),
    ("excludes", ANY),
    ("requires", ANY),
    ("when", ANY),
    ("deprecated", ANY),
    ("replaced-by", ANY),
    ("min-width", IMAGES),
    ("max-width", IMAGES),
    ("min-height", IMAGES),
    ("max-height", IMAGES),
    ("ratio", IMAGES),
    ("max-weight", IMAGES),
    ("formats", IMAGES),
    ("exclusive-min", NUMBERS),
    ("exclusive-max", NUMBERS),
];

/// Other words that people write for a setting.
fn other_word(key: &str) -> Option<&'static str> {
    match key {
        "enum" | "values" | "allowed" | "choices" | "options" => Some("one-of"),
        "minLength" | "min_length" => Some("min-length"),
        "maxLength" | "max_length" => Some("max-length"),
        "minItems" => Some("min-items"),
        "maxItems" => Some("max-items"),
        "uniqueItems" => Some("unique-items"),
        "minimum" => Some("min"),
        "maximum" => Some("max"),
        "regex" | "matches" => Some("pattern"),
        "properties" => Some("fields"),
        "max-size" => Some("max-weight"),
        _ => None,
    }
}

/// Reads the field called `name`.
pub(super) fn field(reader: &mut Reader, name: &str, value: &Value) -> Field {
    let mut field = Field::default();
    if let Data::String(word) = &value.data {
        let finding = reader.mismatch(name, "a map of settings", value);
        finding.help(format!("write it as `{name}: {{ type: {word} }}`"));
        return field;
    }
    let known = SETTINGS.map(|(setting, _)| setting);
    let entries = reader.entries(name, value, &known);
    for finding in reader.findings.iter_mut().rev().take_while(|finding| value.span.contains(finding.span)) {
        let word = finding.message.strip_prefix("unknown key `").and_then(|rest| rest.split('`').next());
        if let Some(meant) = word.and_then(other_word) {
            finding.help = Some(format!("did you mean `{meant}`?"));
        }
    }
    // The type decides what other settings mean.
    if let Some(entry) = entries.iter().find(|entry| entry.key == "type") {
        field.kind = kind(reader, &entry.value);
    }
    for entry in &entries {
        setting(reader, &mut field, entry);
        field.places.insert(entry.key.clone(), entry.value.span);
    }
    suits(reader, &field, &entries);
    in_order(reader, &field, &entries);
    field
}

fn setting(reader: &mut Reader, field: &mut Field, entry: &Entry) {
    let (key, value) = (entry.key.as_str(), &entry.value);
    let dated = field.kind == Some(Type::Date);
    let check = match key {
        "items" => {
            field.items = Some(Box::new(self::field(reader, "items", value)));
            None
        }
        "required" if matches!(value.data, Data::Bool(_)) => {
            field.required = value.data == Data::Bool(true);
            None
        }
        "required" | "fields" | "either" => {
            map_setting(reader, &mut field.map, entry);
            None
        }
        "min-items" => takes::count(reader, key, value).map(Check::MinItems),
        "max-items" => takes::count(reader, key, value).map(Check::MaxItems),
        "unique-items" => takes::truth(reader, key, value).filter(|is| *is).map(|_| Check::UniqueItems),
        "format" | "not-before" => {
            field.dates.insert(key.to_owned(), options::plain(value));
            None
        }
        "max" if dated => {
            field.dates.insert(key.to_owned(), options::plain(value));
            None
        }
        "min" => takes::number(reader, key, value).map(|limit| Check::Min(limit, false)),
        "max" => takes::number(reader, key, value).map(|limit| Check::Max(limit, false)),
        "exclusive-min" => takes::number(reader, key, value).map(|limit| Check::Min(limit, true)),
        "exclusive-max" => takes::number(reader, key, value).map(|limit| Check::Max(limit, true)),
        "multiple-of" => takes::number(reader, key, value).filter(|step| *step > 0.0).map(Check::MultipleOf),
        "one-of" => takes::choices(reader, key, value).map(|values| Check::OneOf(Choices::new(values))),
        "one-of-file" => data::choices(reader, value).map(Check::OneOf),
        "min-length" => takes::count(reader, key, value).map(Check::MinLength),
        "max-length" => takes::count(reader, key, value).map(Check::MaxLength),
        "pattern" => takes::pattern(reader, key, value).map(Check::Pattern),
        _ => {
            special(reader, field, key, value);
            None
        }
    };
    field.checks.extend(check);
}

fn special(reader: &mut Reader, field: &mut Field, key: &str, value: &Value) {
    let image = &mut field.image;
    match key {
        "unique" => field.unique = takes::scope(reader, value),
        "by" => field.by = takes::by(reader, value),
        "excludes" => field.excludes = takes::keys(reader, key, value),
        "requires" => field.requires = takes::keys(reader, key, value),
        "when" => field.when = takes::conditions(reader, key, value),
        "deprecated" => match &value.data {
            Data::Bool(true) => _ = field.deprecated.get_or_insert_default(),
            Data::Bool(false) | Data::Null => {}
            _ => {
                let message = reader.text(key, value).map(str::to_owned);
                field.deprecated.get_or_insert_default().message = message;
            }
        },
        "replaced-by" => {
            let new = reader.text(key, value).map(str::to_owned);
            field.deprecated.get_or_insert_default().replaced_by = new;
        }
        "min-width" => image.min_width = takes::count(reader, key, value),
        "max-width" => image.max_width = takes::count(reader, key, value),
        "min-height" => image.min_height = takes::count(reader, key, value),
        "max-height" => image.max_height = takes::count(reader, key, value),
        "ratio" => image.ratio = takes::ratio(reader, value),
        "max-weight" => image.max_weight = takes::weight(reader, value),
        "formats" => image.formats = takes::formats(reader, value),
        "description" => _ = reader.text(key, value),
        _ => {}
    }
}

/// Reports settings that make no sense for the field's type.
fn suits(reader: &mut Reader, field: &Field, entries: &[&Entry]) {
    let Some(kind) = field.kind else { return };
    for entry in entries {
        let Some((setting, kinds)) = SETTINGS.iter().find(|(setting, _)| *setting == entry.key) else { continue };
        if !kinds.is_empty() && !kinds.contains(&kind) {
            let fits: Vec<_> = kinds.iter().map(|kind| name_of(*kind)).collect();
            let message = format!("`{setting}` means nothing for the type `{}`", name_of(kind));
            reader.wrong(entry.key_span, message).help(format!("it is for {}", suggest::list(&fits)));
        }
    }
}

/// Reports limits between which nothing fits.
fn in_order(reader: &mut Reader, field: &Field, entries: &[&Entry]) {
    let pairs = ["length", "items", "width", "height"].map(|what| (format!("min-{what}"), format!("max-{what}")));
    for (least, most) in pairs.into_iter().chain([("min".into(), "max".into())]) {
        let number = |key: &str| match entries.iter().find(|entry| entry.key == key)?.value.data {
            Data::Number(number) => Some(number),
            _ => None,
        };
        if let (Some(min), Some(max), Some(place)) = (number(&least), number(&most), field.places.get(&most))
            && min > max
        {
            reader.wrong(*place, format!("`{most}` is less than `{least}`, so nothing would ever fit"));
        }
    }
}

fn kind(reader: &mut Reader, value: &Value) -> Option<Type> {
    let word = reader.text("type", value)?;
    let kind = TYPES.iter().find(|(name, _)| *name == word).map(|(_, kind)| *kind);
    if kind.is_none() {
        let help = match meant(word) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("one of {}", suggest::list(&TYPES.map(|(name, _)| name))),
        };
        reader.wrong(value.span, format!("there is no type `{word}`")).help(help);
    }
    kind
}
