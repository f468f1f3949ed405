//! `source/encoding`

use serde::Deserialize;

use crate::document::Document;
use crate::finding::Level;
use crate::rule::{Define, Meta, Rule, Sink};
use crate::source::BadBytes;

/// Reports bytes that are not UTF-8.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Encoding {}

impl Define for Encoding {
    const META: Meta = Meta {
        id: "source/encoding",
        level: Some(Level::Error),
        fix: None,
        page: include_str!("../../../rules/source/encoding.md"),
    };
}

impl Rule for Encoding {
    fn document(&self, document: &Document, sink: &mut Sink) {
        let Some(bad) = document.source.bad_bytes() else { return };
        let bytes = document.source.bytes();
        sink.report(bad.first, message(bad, bytes)).help(help(bad, bytes));
    }
}

fn message(bad: BadBytes, bytes: &[u8]) -> String {
    if bad.utf16 {
        return "the file is UTF-16, not UTF-8".to_owned();
    }
    let offset = bad.first.start;
    let byte = bytes.get(offset).map(|byte| format!("byte 0x{byte:02X} ")).unwrap_or_default();
    match bad.count {
        1 => format!("{byte}at offset {offset} is not UTF-8"),
        count => format!("{byte}at offset {offset} is not UTF-8, the first of {count} such bytes"),
    }
}

fn help(bad: BadBytes, bytes: &[u8]) -> String {
    let plain = "save the file as UTF-8";
    match bytes.get(bad.first.start).and_then(|&byte| windows_1252(byte)) {
        Some(character) if !bad.utf16 && stands_in_text(bad, bytes) => {
            format!("{plain}; in Windows-1252 (Latin-1) this byte is `{character}`")
        }
        _ => plain.to_owned(),
    }
}

/// Whether the bad byte stands singly among printable text, as one accented letter or quotation mark does.
fn stands_in_text(bad: BadBytes, bytes: &[u8]) -> bool {
    let printable = |byte: &u8| !byte.is_ascii_control() || matches!(byte, b'\t' | b'\n' | b'\r');
    let before = bad.first.start.checked_sub(1).and_then(|at| bytes.get(at));
    bad.first.len() == 1 && before.is_none_or(printable) && bytes.get(bad.first.end).is_none_or(printable)
}

/// The character that a byte above 0x7F is in Windows-1252, the encoding that most "Latin-1" files are really in; `None`
/// for the few that are unused. Source: the WHATWG Encoding Standard's index, control characters left out.
fn windows_1252(byte: u8) -> Option<char> {
    const QUOTES_AND_DASHES: [char; 32] = [
        '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘', '’', '“', '”',
        '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
    ];
    match byte {
        0xA1..=0xFF if byte != 0xAD => Some(char::from(byte)),
        0x80..=0x9F => Some(QUOTES_AND_DASHES[usize::from(byte - 0x80)]).filter(|&character| character != '\0'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Finding;
    use crate::source::{Kind, Source};

    fn check(bytes: &[u8]) -> Vec<Finding> {
        let source = Source::from_bytes("a.md", Kind::Markdown, bytes.to_vec());
        let mut findings = Vec::new();
        let mut sink = Sink::new(&mut findings, Encoding::META.id, Level::Error, source.path());
        Encoding {}.document(&Document::parse(&source), &mut sink);
        findings
    }

    fn told(bytes: &[u8]) -> (usize, usize, String, String) {
        let finding = check(bytes).pop().expect("one finding");
        (finding.span.start, finding.span.end, finding.message, finding.help.unwrap_or_default())
    }

    #[test]
    fn a_latin_1_letter_is_named() {
        let (start, end, message, help) = told(b"A caf\xE9 here.\n");
        assert_eq!((start, end), (5, 6));
        assert_eq!(message, "byte 0xE9 at offset 5 is not UTF-8");
        assert_eq!(help, "save the file as UTF-8; in Windows-1252 (Latin-1) this byte is `é`");
    }

    #[test]
    fn all_bad_bytes_are_counted_and_the_first_run_is_shown() {
        let (start, end, message, help) = told(b"\xEF\xBB\xBF\xC3\xA9 \xFF\xFE\x81 \x93x\x94");
        assert_eq!((start, end), (6, 9));
        assert_eq!(message, "byte 0xFF at offset 6 is not UTF-8, the first of 5 such bytes");
        assert_eq!(help, "save the file as UTF-8");
    }

    #[test]
    fn utf_16_is_recognised() {
        let (.., message, help) = told(b"\xFF\xFEh\0i\0");
        assert_eq!(message, "the file is UTF-16, not UTF-8");
        assert_eq!(help, "save the file as UTF-8");
    }

    #[test]
    fn utf_8_is_fine() {
        assert!(check("\u{FEFF}é 😀 \u{FFFD}".as_bytes()).is_empty());
        assert!(check(b"").is_empty());
    }
}
