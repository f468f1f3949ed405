//! `residue/related-list`

use serde::Deserialize;

use super::page::headings::{self, Heading};
use super::page::{self, List, Page};
use crate::document::{Block, BlockKind, Document, OBJECT};
use crate::finding::{Edit, Fix, Level, Safety};
use crate::rule::{Define, Meta, Rule, Sink};
use crate::source::Kind;

/// Reports lists of other articles that a page shows beside this one.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct RelatedList {
    /// Headings of lists that are left alone.
    allow: Vec<String>,
}

impl Define for RelatedList {
    const META: Meta = Meta {
        id: "residue/related-list",
        level: Some(Level::Warning),
        fix: Some(Safety::Unsafe),
        page: include_str!("../../../rules/residue/related-list.md"),
    };
}

impl Rule for RelatedList {
    fn document(&self, document: &Document, sink: &mut Sink) {
        let lists = match document.source.kind() {
            Kind::Text => Page::of(document).map(|page| page::lists(document, &page)).unwrap_or_default(),
            _ => in_blocks(document),
        };
        for list in lists {
            let heading = list.heading.map(|heading| document.source.slice(heading));
            let allowed = |heading: &str| self.allow.iter().any(|allowed| simplified(allowed) == simplified(heading));
            // An author's own links are content.
            let links = document.links.iter().filter(|link| list.span.contains(link.span)).count();
            let linked = list.entries > 0 && links >= list.entries;
            if !linked && !heading.is_some_and(allowed) {
                report(document, list, sink);
            }
        }
    }
}

fn report(document: &Document, list: List, sink: &mut Sink) {
    let message = match list.entries {
        0 => "the heading of a list of other articles stands in the text".to_owned(),
        1 => "a list of other articles stands in the text, with one entry".to_owned(),
        count => format!("a list of other articles stands in the text, with {count} entries"),
    };
    let finding = sink.report(list.span, message);
    // A list whose entries are known for articles of the site may be mended entry by entry, so nobody is offered to lose it.
    let known = document.dump.as_ref().and_then(|dump| dump.related.as_ref());
    if known.is_some_and(|known| list.span.overlaps(known.heading)) {
        finding.help("give each entry its title and link, name the articles in the front matter, or delete the list");
        return;
    }
    finding.help("delete it; name related articles in the front matter, or link to them");
    let lines = document.source.lines_around(list.span);
    let title = if list.entries == 0 { "delete the heading" } else { "delete the list" };
    finding.fix(Fix::risky(title, [Edit::delete(lines)]));
}

/// Lists under a heading in Markdown or HTML, none of whose entries leads anywhere.
fn in_blocks(document: &Document) -> Vec<List> {
    let mut lists = Vec::new();
    // Few blocks stand above a list of two entries; only of those are the words read.
    for (index, above) in document.blocks.windows(3).enumerate() {
        let [block, first, second] = above else { continue };
        let listed = first.kind == BlockKind::ListItem && second.kind == BlockKind::ListItem;
        let heads = matches!(block.kind, BlockKind::Heading(_) | BlockKind::Paragraph) && block.text.len() <= 120;
        if !listed || !heads || headings::of(&simplified(document.text_of(block))) != Some(Heading::Sure) {
            continue;
        }
        let below = &document.blocks[index + 1..];
        let entries = entries(document, below);
        if let Some(last) = entries.last() {
            let span = block.span.to(last.span);
            lists.push(List { heading: Some(block.span), span, entries: entries.len() });
        }
    }
    lists
}

/// The items of a list at the start of `blocks`, if each could be the title of an article and none is a link.
fn entries<'d>(document: &Document, blocks: &'d [Block]) -> &'d [Block] {
    let items = blocks.iter().take_while(|block| block.kind == BlockKind::ListItem).count();
    let items = &blocks[..items];
    let (Some(first), Some(last)) = (items.first(), items.last()) else { return &[] };
    let whole = first.span.to(last.span);
    let linked = document.links.iter().any(|link| whole.overlaps(link.span))
        || document.foreign.iter().any(|foreign| whole.overlaps(foreign.span));
    let title = |block: &Block| {
        let text = document.text_of(block);
        (2..=25).contains(&text.split_whitespace().count()) && !text.contains([OBJECT, '\n']) && !text.ends_with('.')
    };
    if linked || !items.iter().all(title) { &[] } else { items }
}

/// `text` in lower case, with plain apostrophes and without decoration.
fn simplified(text: &str) -> String {
    let lower = text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    if lower.is_ascii() { lower } else { lower.replace('’', "'") }
}
