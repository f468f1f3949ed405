//! What front matter should hold: one model of constraints, whether the configuration or a JSON Schema says them, and the
//! one validator behind both.
//!
//! Owns the model, the walk over the value tree and the words for what is wrong. Knows no configuration: who reads one
//! builds a [`Schema`]. Knows no rule: a [`Violation`] says which [`Aspect`] of a schema it breaks, and a rule tells it.

mod across;
mod choice;
mod form;
mod image;
mod keys;
mod maps;
mod model;
mod near;
mod place;
mod reference;
mod scalar;
mod seek;
mod union;
mod walk;

pub use across::{Index, violations as across};
pub use choice::Choices;
pub use form::Form;
pub use keys::replace_text;
pub use model::*;
pub use near::closest;

use crate::document::Document;
use crate::document::front_matter::{Data, Value};
use crate::finding::{Fix, Label};
use crate::span::Span;

/// What front matter should hold.
#[derive(Debug, Clone, Default)]
pub struct Schema {
    nodes: Vec<Vec<Check>>,
    /// What the front matter as a whole must pass.
    pub root: Id,
    /// Whether it was written in the configuration, not as a JSON Schema: then an empty value is one that is not there,
    /// white space around a text does not count, and a date is not text.
    pub house: bool,
    /// Keys at the top whose values are looked at by the rules on dates: what these tell is not told again.
    pub dates: Vec<String>,
    /// Whether something in it asks which keys and items were looked at elsewhere.
    tracks: bool,
    /// Whether a key in it should be given up.
    deprecates: bool,
    /// Whether something in it can only be told in the site.
    across: bool,
}

/// What a violation is about. Each is told by a rule of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Aspect {
    /// The type of a value.
    Type,
    /// All else about a value on its own.
    Value,
    /// A key that is not there, or says nothing.
    Required,
    /// A key that nothing is known of.
    UnknownKey,
    /// Keys that do not go together.
    Conflict,
    /// A key that should be given up.
    Deprecated,
    /// A value that another article has too.
    Unique,
    /// A reference to an article.
    Reference,
    /// An image.
    Image,
}

/// Something that a schema does not allow.
#[derive(Debug, Clone, PartialEq)]
pub struct Violation {
    /// What it is about.
    pub aspect: Aspect,
    /// The value or key.
    pub span: Span,
    /// What is wrong: lower case, no final period.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// Other places that explain it.
    pub labels: Vec<Label>,
    /// How to mend it.
    pub fix: Option<Fix>,
    /// What it comes to when several ways to pass fail at once.
    detail: Detail,
}

/// What of a violation can be put together with that of others.
#[derive(Debug, Clone, PartialEq)]
enum Detail {
    None,
    /// It should be of one of these types.
    Types(Vec<Type>),
    /// It should be one of these values.
    Choices(Vec<String>),
    /// It should be written in this form.
    Form(Form),
    /// This key should be there.
    Missing(String),
}

impl Violation {
    fn new(aspect: Aspect, span: Span, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            aspect,
            span,
            message: message.into(),
            help: Some(help.into()).filter(|help: &String| !help.is_empty()),
            labels: Vec::new(),
            fix: None,
            detail: Detail::None,
        }
    }
}

impl Schema {
    /// A place for a group of checks, which are set later: groups may lead to each other.
    pub fn reserve(&mut self) -> Id {
        self.nodes.push(Vec::new());
        Id(self.nodes.len() - 1)
    }

    /// Sets the checks of a group, in any order.
    pub fn set(&mut self, id: Id, mut checks: Vec<Check>) {
        // The type says most; what asks for the rest must come last.
        checks.sort_by_key(|check| match check {
            Check::Type(_) | Check::Never => 0,
            Check::OneOf(_) => 1,
            Check::UnevaluatedItems(_) | Check::UnevaluatedKeys(_) => 3,
            _ => 2,
        });
        self.tracks |= checks.iter().any(|c| matches!(c, Check::UnevaluatedItems(_) | Check::UnevaluatedKeys(_)));
        self.deprecates |= checks.iter().any(|check| matches!(check, Check::Deprecated(_)));
        self.across |= checks.iter().any(|c| matches!(c, Check::Unique(_) | Check::Article(_) | Check::Image(_)));
        self.nodes[id.0] = checks;
    }

    /// Adds a group of checks.
    pub fn add(&mut self, checks: Vec<Check>) -> Id {
        let id = self.reserve();
        self.set(id, checks);
        id
    }

    /// The checks of a group.
    pub fn checks(&self, id: Id) -> &[Check] {
        &self.nodes[id.0]
    }

    /// The groups that a value must pass besides `id` because it must pass that, itself first.
    pub fn implied(&self, id: Id) -> Vec<Id> {
        let mut ids = vec![id];
        let mut at = 0;
        while let Some(&id) = ids.get(at) {
            for check in self.checks(id) {
                if let Check::All(more) = check {
                    more.iter().for_each(|id| {
                        if !ids.contains(id) {
                            ids.push(*id)
                        }
                    });
                }
            }
            at += 1;
        }
        ids
    }

    /// Whether the values under a key of the top map, and those in a list there, must pass a check like this.
    pub fn keys_with(&self, wanted: impl Fn(&Check) -> bool) -> Vec<String> {
        let mut keys = Vec::new();
        let has = |id: Id| self.implied(id).into_iter().any(|id| self.checks(id).iter().any(&wanted));
        let listed = |id: Id| {
            self.implied(id).into_iter().flat_map(|id| self.checks(id)).any(|check| match check {
                Check::Items(_, Some(items)) => has(*items),
                _ => false,
            })
        };
        for check in self.implied(self.root).into_iter().flat_map(|id| self.checks(id)) {
            let named = match check {
                Check::Properties(properties) => &properties.named,
                Check::Fields(fields) => fields,
                _ => continue,
            };
            keys.extend(named.iter().filter(|(_, id)| has(*id) || listed(*id)).map(|(key, _)| key.clone()));
        }
        keys
    }

    /// The keys at the top whose values must be dates, whatever else they may be besides text.
    pub fn dated_keys(&self) -> Vec<String> {
        self.keys_with(|check| match check {
            Check::Form(form) => form.is_date(),
            Check::Any(ids) | Check::One(ids) => {
                let has = |id: &Id, wanted: &dyn Fn(&Check) -> bool| self.checks(*id).iter().any(wanted);
                let dated = |id: &Id| has(id, &|check| matches!(check, Check::Form(form) if form.is_date()));
                let no_text =
                    |id: &Id| has(id, &|check| matches!(check, Check::Type(types) if !types.contains(&Type::String)));
                ids.iter().any(dated) && ids.iter().all(|id| dated(id) || no_text(id))
            }
            _ => false,
        })
    }

    /// Whether a group leads back to itself without a step into the value, so that no walk would ever end.
    pub fn is_circular(&self, id: Id) -> bool {
        let mut next = vec![id];
        let mut seen = std::collections::HashSet::new();
        while let Some(from) = next.pop() {
            for check in self.checks(from) {
                let more: Vec<Id> = match check {
                    Check::All(ids) | Check::Any(ids) | Check::One(ids) => ids.clone(),
                    Check::Not(one) | Check::Dependent(_, one) | Check::When(_, one) => vec![*one],
                    Check::If(one, then, other) => [Some(*one), *then, *other].into_iter().flatten().collect(),
                    _ => Vec::new(),
                };
                for to in more {
                    if to == id {
                        return true;
                    }
                    if seen.insert(to) {
                        next.push(to);
                    }
                }
            }
        }
        false
    }

    /// What in the front matter of `document` it does not allow, in source order. Nothing if there is none.
    pub fn violations(&self, document: &Document) -> Vec<Violation> {
        walk::violations(self, document)
    }
}

/// The formats of images that can be told apart.
pub fn image_formats() -> &'static [&'static str] {
    &["avif", "bmp", "gif", "heif", "ico", "jpeg", "jxl", "png", "svg", "tiff", "webp"]
}

/// A scalar as a message shows it.
fn shown(value: &Value) -> String {
    match &value.data {
        Data::String(text) | Data::Date(text) => near::shortened(text),
        Data::Number(number) => number.to_string(),
        Data::Bool(truth) => truth.to_string(),
        _ => value.describe().to_owned(),
    }
}
