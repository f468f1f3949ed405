//! `front-matter/truncated`

use serde::Deserialize;

use super::text::{Text, folded, texts};
use crate::document::{BlockKind, Document};
use crate::finding::Level;
use crate::rule::{Define, Meta, Rule, Sink};

/// The keys that sum an article up.
pub(super) const SUMMARIES: &[&str] =
    &["description", "summary", "excerpt", "lead", "abstract", "teaser", "seo.description", "params.description"];

/// Ends that only a content management system writes.
const CUT: [&str; 6] = ["[…]", "[...]", "[&hellip;]", "&hellip;", "[\u{2026} ]", "[ \u{2026}]"];

/// Links to the rest, which is not there.
const MORE: [&str; 5] = ["read more", "continue reading", "read more →", "continue reading →", "weiterlesen"];

/// Reports summaries that were cut off.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Truncated {
    /// Whether every summary that ends in an ellipsis is reported, and not only those that begin like the article.
    pub any: bool,
}

impl Define for Truncated {
    const META: Meta = Meta {
        id: "front-matter/truncated",
        level: Some(Level::Warning),
        fix: None,
        page: include_str!("../../../rules/front-matter/truncated.md"),
    };
}

impl Rule for Truncated {
    fn document(&self, document: &Document, sink: &mut Sink) {
        let Some(front_matter) = &document.front_matter else { return };
        for (key, text) in texts(&front_matter.map, SUMMARIES) {
            let Some(end) = end_of(&text) else { continue };
            let (kept, cut) = text.words.split_at(end);
            let kept = kept.trim_end();
            let dots = matches!(cut, "…" | "...");
            if kept.is_empty() || dots && !self.any && !begins_like(document, kept) {
                continue;
            }
            let place = text.part(end, text.words.len());
            let message = format!("`{key}` ends in `{cut}`, as a text does that was cut off");
            sink.report(place, message).help("write a summary that is whole, or end it with its last sentence");
        }
    }
}

/// Where the mark at the end begins that says that there is more.
fn end_of(text: &Text) -> Option<usize> {
    let words = text.words;
    let cut = words.ends_with([']', ';']);
    let mark = CUT.iter().filter(|_| cut).find(|mark| words.ends_with(**mark)).copied();
    if let Some(mark) = mark.or_else(|| ["…", "..."].into_iter().find(|dots| words.ends_with(dots))) {
        return Some(words.len() - mark.len());
    }
    let said = words.trim_end_matches(['.', '»', '>']);
    if !said.ends_with(['e', 'E', 'g', 'G', 'n', 'N', '→']) {
        return None;
    }
    let start = |more: &&str| {
        let start = said.len().checked_sub(more.len())?;
        said.get(start..)?.eq_ignore_ascii_case(more).then_some(start)
    };
    let at = MORE.iter().filter_map(start).min()?;
    // "Where to read more" is a sentence; "… read more" and "Read more" behind a full stop are links.
    words[..at].trim_end().ends_with(['.', '!', '?', '…', '|', ']']).then_some(at)
}

/// Whether the article itself begins with these words.
fn begins_like(document: &Document, kept: &str) -> bool {
    let kept = folded(kept);
    if kept.len() < 30 {
        return false;
    }
    let mut paragraphs =
        document.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Paragraph | BlockKind::Quote));
    paragraphs.by_ref().take(3).any(|block| folded(document.text_of(block)).starts_with(&kept))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_mark_ends_as_it_is_looked_for() {
        assert!(CUT.iter().all(|mark| mark.ends_with([']', ';'])));
        assert!(MORE.iter().all(|more| more.ends_with(['e', 'g', 'n', '→'])));
    }
}
