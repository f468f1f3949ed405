//! Markdown and MDX: from pulldown-cmark's events to blocks, prose, headings and links.
//!
//! Owns the walk over the events. What a template engine or MDX reads was masked before (`foreign`), raw HTML is read by
//! `html`, and where the parts of links stand is found in [`destination`].

mod definition;
mod destination;
mod reader;

use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Options, Parser, Tag};

use super::foreign::Masked;
use super::{BlockKind, Document, Link, LinkForm};
use crate::span::Span;

/// What articles are written in: GitHub's Markdown with footnotes, and ids of headings, which Hugo, Zola, Docusaurus and
/// kramdown read. Alerts (`[!NOTE]`) are read so that their marker is no prose. Off: math, because two prices in a
/// paragraph look like it; smart punctuation, because prose must be what is written; definition lists, sub- and
/// superscript, wiki links, because GitHub does not have them; metadata blocks, because they match anywhere in a body.
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_GFM);

/// Reads the body of a Markdown or MDX file.
pub(super) fn read<'s>(document: &mut Document<'s>, masked: &Masked<'s>) {
    let base = document.body.start;
    let text = document.source.text();

    // References without a definition stay text, but the document tells of them.
    let mut undefined: Vec<Span> = Vec::new();
    let note = |link: BrokenLink<'_>| {
        let is_label = matches!(link.link_type, LinkType::Reference | LinkType::Collapsed);
        if is_label && !link.reference.starts_with('^') {
            undefined.push(masked.snapped(text, Span::from(link.span).shifted(base)));
        }
        None::<(CowStr<'_>, CowStr<'_>)>
    };
    let parser = Parser::new_with_broken_link_callback(&masked.text, OPTIONS, Some(note));
    definition::first_ones(document, masked, parser.reference_definitions());
    let mut reader = reader::Reader::new(document, masked);
    let mut events = parser.into_offset_iter();
    while let Some((event, range)) = events.next() {
        let definition = match &event {
            Event::Start(Tag::Link { link_type, id, .. } | Tag::Image { link_type, id, .. })
                if is_reference(*link_type) =>
            {
                events.reference_definitions().get(id).map(|definition| definition.span.start + base)
            }
            _ => None,
        };
        reader.take(&event, masked.snapped(text, Span::from(range).shifted(base)), definition);
    }
    reader.finish();
    definition::repeated_ones(document, masked, events.reference_definitions());
    drop(events);

    for span in undefined {
        // The parser leaves the second pair of brackets of `[label][]` out.
        let collapsed = text[span.end..].starts_with("[]");
        let span = Span::new(span.start, span.end + if collapsed { 2 } else { 0 });
        let text = reference_text(text, span);
        document.links.push(Link { form: LinkForm::Reference, embeds: false, span, text, destination: None });
    }
    insert_code(document, &masked.code);
    kramdown_ids(document);
    super::argument::read(document);
    document.links.sort_by_key(|link| (link.span.start, std::cmp::Reverse(link.span.end)));
    document.anchors.sort_by_key(|anchor| anchor.span);
    document.comments.sort();
}

fn is_reference(kind: LinkType) -> bool {
    matches!(kind, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut)
}

/// What stands between the first brackets of a reference.
fn reference_text(text: &str, span: Span) -> Span {
    let slice = span.of(text);
    let start = slice.find('[').map_or(0, |at| at + 1);
    let end = slice.rfind("][").unwrap_or(slice.len()).max(start);
    Span::new(span.start + start, span.start + end)
}

/// Adds the blocks of code that were masked.
fn insert_code(document: &mut Document, code: &[Span]) {
    if code.is_empty() {
        return;
    }
    let text = Span::empty(0);
    document.blocks.extend(code.iter().map(|&span| super::Block { kind: BlockKind::Code, span, text }));
    document.blocks.sort_by_key(|block| block.span);
}

/// Reads `#id` from kramdown's attribute lists: an anchor, and the id of a heading that the list belongs to.
fn kramdown_ids(document: &mut Document) {
    let text = document.source.text();
    let lists = document.foreign.iter().filter(|foreign| foreign.kind == super::ForeignKind::Attributes);
    for list in lists {
        let written = list.span.of(text);
        let Some(hash) = written.find([' ', ':']).and_then(|_| written.find('#')) else { continue };
        let id: &str = written[hash + 1..].split([' ', '\t', '}', '.', '#']).next().unwrap_or("");
        if id.is_empty() {
            continue;
        }
        let span = Span::new(list.span.start + hash + 1, list.span.start + hash + 1 + id.len());
        document.anchors.push(super::Anchor { span, name: id.to_owned() });
        let index = document.headings.partition_point(|heading| heading.span.start <= list.span.start);
        let Some(heading) = index.checked_sub(1).and_then(|index| document.headings.get_mut(index)) else { continue };
        let belongs = heading.span.contains(list.span)
            || text
                .get(heading.span.end..list.span.start)
                .is_some_and(|between| between.trim().is_empty() && between.matches('\n').count() <= 1);
        if belongs && heading.id.is_none() {
            heading.id = Some(id.to_owned());
        }
    }
}

/// What a destination means that is written so: pulldown-cmark is asked.
fn meaning(written: &str) -> String {
    let link = format!("[]({written})");
    let pointed = format!("[](<{written}>)");
    for text in [link, pointed] {
        if let Some(Event::Start(Tag::Link { dest_url, .. })) = Parser::new(&text).nth(1) {
            return dest_url.into_string();
        }
    }
    written.to_owned()
}
