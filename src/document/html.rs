use super::Document;
pub(super) fn read(_document: &mut Document) {}
