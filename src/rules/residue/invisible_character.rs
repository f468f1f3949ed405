//! `residue/invisible-character`
//!
//! Owns what is reported; which characters show nothing, and where they are wanted all the same, is in `invisible`.

use serde::Deserialize;

use super::invisible::{self, Invisible, Remedy};
use super::place;
use crate::document::Document;
use crate::finding::{Edit, Fix, Level, Safety};
use crate::rule::{Define, Meta, Rule, Sink};

/// Reports characters that nobody can see.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct InvisibleCharacter {
    /// Characters that are left alone.
    allow: Vec<char>,
    /// Whether soft hyphens within words are reported too, where they do what they are for.
    soft_hyphens: bool,
}

impl Define for InvisibleCharacter {
    const META: Meta = Meta {
        id: "residue/invisible-character",
        level: Some(Level::Warning),
        fix: Some(Safety::Safe),
        page: include_str!("../../../rules/residue/invisible-character.md"),
    };
}

impl Rule for InvisibleCharacter {
    fn document(&self, document: &Document, sink: &mut Sink) {
        let source = document.source;
        let mut found = invisible::find(source.text(), source.start(), document.beyond_ascii(), self.soft_hyphens);
        found.retain(|invisible| {
            let at = invisible.span.start;
            let substitute = invisible.character == '\u{1A}' && source.bad_bytes().is_some();
            let unseen = place::is_code(document, at) || place::is_comment(document, at);
            !(substitute || unseen || self.allow.contains(&invisible.character))
        });
        let line = |invisible: &Invisible| source.line_index(invisible.span.start);
        for in_line in found.chunk_by(|a, b| line(a) == line(b)) {
            report(in_line, sink);
        }
    }
}

/// Reports what cannot be seen in one line.
fn report(found: &[Invisible], sink: &mut Sink) {
    let first = &found[0];
    let name = invisible::name(first.character);
    let code = u32::from(first.character);
    let message = match found.len() {
        1 => format!("an invisible {name} (U+{code:04X})"),
        count => format!("an invisible {name} (U+{code:04X}), and {} more in this line", count - 1),
    };
    let finding = sink.report(first.span, message);
    let edits: Vec<Edit> = found
        .iter()
        .map(|invisible| match invisible.remedy {
            Remedy::Delete => Edit::delete(invisible.span),
            Remedy::Space => Edit::replace(invisible.span, " "),
        })
        .collect();
    let deletes = found.iter().all(|invisible| invisible.remedy == Remedy::Delete);
    let (help, title) = match (deletes, found.len()) {
        (true, 1) => ("delete it", "delete the character"),
        (true, _) => ("delete them", "delete the characters"),
        (false, 1) => ("put a plain space in its place", "put a plain space in its place"),
        (false, _) => ("delete them, or put plain spaces in their place", "clean the line"),
    };
    finding.help(help);
    let safe = found.iter().all(|invisible| invisible.safe);
    finding.fix(if safe { Fix::safe(title, edits) } else { Fix::risky(title, edits) });
}
