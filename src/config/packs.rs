//! `packs`: the user's own packs of patterns, in files that the configuration names.

use std::rc::Rc;

use super::reader::Reader;
use crate::document::front_matter::{Data, Value};
use crate::pattern::{Pack, PackError, Scanner};
use crate::source::Source;

/// The built-in packs together with those that the list `value` names. `None` if there are none, or if something is wrong,
/// which is told in the pack where it stands.
pub(super) fn packs(reader: &mut Reader, value: &Value) -> Option<Scanner> {
    let Some(items) = value.as_list() else {
        if value.data != Data::Null {
            reader.mismatch("packs", "a list", value).help("write it as `packs: [rules/house-style.yaml]`");
        }
        return None;
    };
    let mut files: Vec<Rc<Source>> = Vec::new();
    for item in items {
        let Some(file) = reader.file("packs", item) else { continue };
        if files.iter().any(|other| other.path() == file.path()) {
            reader.wrong(item.span, format!("the pack `{}` is named twice", file.path()));
            continue;
        }
        match Pack::parse(file.path(), file.text()) {
            Ok(_) => files.push(file),
            Err(error) => refuse(reader, &file, &error),
        }
    }
    let packs: Vec<(&str, &str)> = files.iter().map(|file| (&**file.path(), file.text())).collect();
    match Scanner::with_packs(&packs) {
        Ok(scanner) => (!files.is_empty()).then_some(scanner),
        Err(error) => {
            if let Some(file) = files.iter().find(|file| **file.path() == *error.file) {
                refuse(reader, file, &error);
            }
            None
        }
    }
}

fn refuse(reader: &mut Reader, file: &Source, error: &PackError) {
    let span = error.span.unwrap_or_default();
    reader.wrong_in(file, span, error.what()).help("`copydesk test` tries a pack without checking articles");
}
