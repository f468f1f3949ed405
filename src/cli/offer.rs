//! What shells offer where a value is asked for. It is more than what is taken in one way, and less in another: a format may
//! go to a file, and a pack makes rules that nobody here knows.

use std::ffi::OsStr;

use clap::builder::{PossibleValue, TypedValueParser};
use clap::{Arg, Command, Error};

use super::format::Format;
use crate::config::{INVALID, UNUSED};
use crate::pattern::Scanner;
use crate::rules::RULES;

/// Reads a value as `read` does, and offers others.
#[derive(Clone)]
pub(super) struct Offering<P> {
    read: P,
    offered: Vec<&'static str>,
}

impl<P: TypedValueParser> TypedValueParser for Offering<P> {
    type Value = P::Value;

    fn parse_ref(&self, command: &Command, arg: Option<&Arg>, value: &OsStr) -> Result<P::Value, Error> {
        self.read.parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(self.offered.iter().map(PossibleValue::new)))
    }
}

/// Reads with `read`, offers the names of formats.
pub(super) fn formats<P: TypedValueParser>(read: P) -> Offering<P> {
    Offering { read, offered: Format::NAMES.iter().map(|(name, _)| *name).collect() }
}

/// Reads any text, offers the rules that come with copydesk.
pub(super) fn rules() -> Offering<clap::builder::StringValueParser> {
    let mut offered: Vec<&str> = RULES.iter().map(|rule| rule.meta.id).chain([INVALID.id, UNUSED.id]).collect();
    offered.extend(Scanner::come_with_us());
    offered.sort_unstable();
    Offering { read: clap::builder::StringValueParser::new(), offered }
}

/// Reads any text, offers the groups of those rules.
pub(super) fn groups() -> Offering<clap::builder::StringValueParser> {
    let mut offered: Vec<&str> = rules().offered.iter().filter_map(|rule| Some(rule.split_once('/')?.0)).collect();
    offered.dedup();
    Offering { read: clap::builder::StringValueParser::new(), offered }
}
