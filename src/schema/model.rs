//! What a schema is made of.

use fancy_regex::Regex as Fancy;
use regex::Regex;

use super::{Choices, Form};
use crate::document::front_matter::Value;

/// A group of checks of a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Id(pub(super) usize);

/// One thing that a value must pass. A check that is for another type of value lets it pass.
#[derive(Debug, Clone)]
pub enum Check {
    /// Nothing passes.
    Never,
    /// It is of one of these types.
    Type(Vec<Type>),
    /// It is one of these values.
    OneOf(Choices),
    /// A text is written in this form.
    Form(Form),
    /// A text has at least so many code points.
    MinLength(usize),
    /// A text has at most so many code points.
    MaxLength(usize),
    /// This is found in a text.
    Pattern(Pattern),
    /// A number is at least this, or more than this if it is exclusive.
    Min(f64, bool),
    /// A number is at most this, or less than this if it is exclusive.
    Max(f64, bool),
    /// A number is a multiple of this.
    MultipleOf(f64),
    /// A list has at least so many items.
    MinItems(usize),
    /// A list has at most so many items.
    MaxItems(usize),
    /// No two items of a list are equal.
    UniqueItems,
    /// The first items of a list pass these, all others that one.
    Items(Vec<Id>, Option<Id>),
    /// So many items of a list pass this: at least, at most.
    Contains(Id, usize, Option<usize>),
    /// What no other check of the group looked at among the items passes this.
    UnevaluatedItems(Id),
    /// A map has at least so many keys.
    MinKeys(usize),
    /// A map has at most so many keys.
    MaxKeys(usize),
    /// The values under the keys of a map.
    Properties(Properties),
    /// The names of the keys of a map.
    KeyNames(Id),
    /// What no other check of the group looked at among the values of a map passes this.
    UnevaluatedKeys(Id),
    /// The values at these dotted paths.
    Fields(Vec<(String, Id)>),
    /// A map has no other keys than these dotted paths.
    Known(Vec<String>),
    /// These keys, as dotted paths, are there.
    Required(Vec<String>),
    /// One of these keys is there.
    Either(Vec<String>),
    /// If this key is there, none of those is.
    Excludes(String, Vec<String>),
    /// If this key is there, so are those.
    Requires(String, Vec<String>),
    /// If this key is there, the map passes that.
    Dependent(String, Id),
    /// If the map is like this, it passes that.
    When(Vec<Condition>, Id),
    /// It passes the first, and then the second, or else the third.
    If(Id, Option<Id>, Option<Id>),
    /// It passes all of these.
    All(Vec<Id>),
    /// It passes one of these at least.
    Any(Vec<Id>),
    /// It passes just one of these.
    One(Vec<Id>),
    /// It does not pass this.
    Not(Id),
    /// Its key should be given up.
    Deprecated(Deprecated),
    /// No other article has it.
    Unique(Unique),
    /// It names an article of the site in one of these ways; in any way if there is none.
    Article(Vec<By>),
    /// It names an image like this.
    Image(ImageLimits),
}

/// Among which articles a value is the only one of its kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unique {
    /// Among which.
    pub scope: Scope,
    /// The collection that says so.
    pub collection: String,
}

/// Some articles of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Those of the same collection and language.
    Collection,
    /// Those of the same language.
    Language,
    /// All.
    Site,
}

/// How an article is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum By {
    /// By its file, from the naming article, the content folder or the root on.
    Path,
    /// By its address on the site.
    Url,
    /// By its slug: what its front matter says, else what its file is called.
    Slug,
    /// By the id in its front matter.
    Id,
    /// By its title.
    Title,
}

/// What an image must be like. What is not said is not looked at.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ImageLimits {
    /// Pixels.
    pub min_width: Option<usize>,
    /// Pixels.
    pub max_width: Option<usize>,
    /// Pixels.
    pub min_height: Option<usize>,
    /// Pixels.
    pub max_height: Option<usize>,
    /// Width to height, such as 16 to 9.
    pub ratio: Option<(f64, f64)>,
    /// Bytes.
    pub max_weight: Option<u64>,
    /// Names of formats, such as `jpeg`; empty if any will do.
    pub formats: Vec<String>,
}

/// The values under the keys of a map.
#[derive(Debug, Clone, Default)]
pub struct Properties {
    /// By key.
    pub named: Vec<(String, Id)>,
    /// By what is found in a key.
    pub patterns: Vec<(Pattern, Id)>,
    /// All others; `None` if they may be anything.
    pub rest: Option<Id>,
}

/// What a key of a map must be for something to hold.
#[derive(Debug, Clone)]
pub struct Condition {
    /// The key, as a dotted path.
    pub key: String,
    /// Its values; empty if it only has to be there.
    pub values: Vec<Value>,
}

/// What is said of a key that should be given up.
#[derive(Debug, Clone, Default)]
pub struct Deprecated {
    /// The key that takes its place.
    pub replaced_by: Option<String>,
    /// What else the author of the schema says.
    pub message: Option<String>,
}

/// What is found in a text.
#[derive(Debug, Clone)]
pub enum Pattern {
    /// A pattern of the fast engine.
    Plain(Regex),
    /// One that looks around or back.
    Fancy(Box<Fancy>),
}

impl Pattern {
    /// Compiles a pattern.
    ///
    /// # Errors
    /// In plain words, if it is none.
    pub fn new(text: &str) -> Result<Self, String> {
        match Regex::new(text) {
            Ok(regex) => Ok(Self::Plain(regex)),
            Err(error) => match Fancy::new(text) {
                Ok(regex) => Ok(Self::Fancy(Box::new(regex))),
                Err(_) => {
                    // The last line says what is wrong; those before it draw the place in the pattern.
                    let error = error.to_string();
                    Err(error.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned())
                }
            },
        }
    }

    /// Whether it is found in `text`. A text on which it would search for ever counts as one in which it is.
    pub fn finds(&self, text: &str) -> bool {
        match self {
            Self::Plain(regex) => regex.is_match(text),
            Self::Fancy(regex) => regex.is_match(text).unwrap_or(true),
        }
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Plain(regex) => regex.as_str(),
            Self::Fancy(regex) => regex.as_str(),
        }
    }
}

/// A type of value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// Text, which a date without quotes is not.
    Text,
    /// A string of JSON, which a date without quotes is.
    String,
    /// A number.
    Number,
    /// A whole number.
    Integer,
    /// True or false.
    Bool,
    /// Nothing.
    Null,
    /// A list.
    List,
    /// A map.
    Map,
    /// A date, with or without a time, in any form.
    Date,
    /// An absolute address.
    Url,
    /// A part of an address: lower-case letters, digits and hyphens.
    Slug,
    /// An e-mail address.
    Email,
    /// An image: its path or address, or a map that holds it.
    Image,
    /// An article of the site: its path or address, or a map that holds it.
    Article,
}
