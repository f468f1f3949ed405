//! `residue/mojibake`
//!
//! Owns what is reported and how it reads repaired; which letters are misread, and as what, is in `misread`.

use serde::Deserialize;

use super::misread::{self, Misread};
use super::place;
use crate::document::Document;
use crate::finding::{Edit, Fix, Level, Safety};
use crate::rule::{Define, Meta, Rule, Sink};

/// Reports letters that come from reading UTF-8 as another encoding.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Mojibake {}

impl Define for Mojibake {
    const META: Meta = Meta {
        id: "residue/mojibake",
        level: Some(Level::Warning),
        fix: Some(Safety::Safe),
        page: include_str!("../../../rules/residue/mojibake.md"),
    };
}

impl Rule for Mojibake {
    fn document(&self, document: &Document, sink: &mut Sink) {
        let (source, beyond_ascii) = (document.source, document.beyond_ascii());
        if beyond_ascii.is_empty() {
            return;
        }
        let mut found: Vec<Misread> = misread::find(source.text(), beyond_ascii).collect();
        found.extend(misread::lost(source.text(), beyond_ascii));
        found.retain(|misread| {
            let at = misread.span.start;
            !place::is_code(document, at) && !place::is_comment(document, at)
        });
        found.sort_by_key(|misread| misread.span);
        let line = |misread: &Misread| source.line_index(misread.span.start);
        for in_line in found.chunk_by(|a, b| line(a) == line(b)) {
            if !is_about_encodings(source.slice(source.line(line(&in_line[0])))) {
                report(source.text(), in_line, sink);
            }
        }
    }
}

/// Reports what is misread in one line.
fn report(text: &str, misread: &[Misread], sink: &mut Sink) {
    let first = &misread[0];
    let more = match misread.len() {
        1 => String::new(),
        count => format!(", and {} more in this line", count - 1),
    };
    let written: String = first.span.of(text).chars().filter(|c| !c.is_control()).collect();
    let message = match &first.repaired {
        Some(repaired) if !repaired.trim().is_empty() => format!("`{written}` is `{repaired}`, misread{more}"),
        Some(_) => format!("`{written}` is a space, misread{more}"),
        None if written == "\u{FFFD}" => format!("`\u{FFFD}` stands for a character that was lost{more}"),
        None => format!("`{written}` is a misread character{more}"),
    };
    let finding = sink.report(first.span, message);
    let edits: Vec<Edit> =
        misread.iter().filter_map(|misread| Some(Edit::replace(misread.span, misread.repaired.as_deref()?))).collect();
    if edits.is_empty() {
        finding.help("put in the character that was meant, and save the file as UTF-8");
        return;
    }
    finding.help("put in what was meant, and save the file as UTF-8");
    let title = if edits.len() == 1 { "repair it" } else { "repair the line" };
    let certain = misread.iter().all(|misread| misread.certain || misread.repaired.is_none());
    finding.fix(if certain { Fix::safe(title, edits) } else { Fix::risky(title, edits) });
}

/// Whether a line speaks of encodings, and shows misread text on purpose.
fn is_about_encodings(line: &str) -> bool {
    const WORDS: [&str; 8] = ["mojibake", "utf-8", "utf8", "encod", "unicode", "latin-1", "windows-1252", "iso-8859"];
    let lower = line.to_lowercase();
    WORDS.iter().any(|word| lower.contains(word))
}
