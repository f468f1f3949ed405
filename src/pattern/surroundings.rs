//! Where in an article a line stands: in which part, near which images, in an article of which language.
//!
//! Owns these answers, each worked out when it is first asked for: most articles hold no line that asks.

use std::cell::OnceCell;

use super::language;
use super::pack::Part;
use crate::document::{Block, BlockKind, Document, ForeignKind};
use crate::source::Kind;
use crate::span::Span;

/// So many bytes of text make a paragraph of some length.
const PARAGRAPH: usize = 200;

/// An article, to be asked about its places.
pub struct Surroundings<'a> {
    document: &'a Document<'a>,
    bounds: OnceCell<Bounds>,
    language: OnceCell<Option<String>>,
    images: OnceCell<Vec<(usize, usize)>>,
    page: OnceCell<bool>,
}

/// The blocks, by index, at which the start ends and the tail begins.
#[derive(Debug, Clone, Copy)]
struct Bounds {
    start: usize,
    tail: usize,
}

/// The parts of an article that a place belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Parts {
    start: bool,
    tail: bool,
}

impl Parts {
    /// Whether the place belongs to `part`.
    pub fn contains(self, part: Part) -> bool {
        match part {
            Part::Start => self.start,
            Part::Tail => self.tail,
        }
    }
}

impl<'a> Surroundings<'a> {
    /// The surroundings that `document` offers.
    pub fn new(document: &'a Document<'a>) -> Self {
        Self {
            document,
            bounds: OnceCell::new(),
            language: OnceCell::new(),
            images: OnceCell::new(),
            page: OnceCell::new(),
        }
    }

    /// The parts that the block with this index belongs to.
    pub fn parts(&self, block: usize) -> Parts {
        let bounds = self.bounds.get_or_init(|| self.find_bounds());
        Parts { start: block <= bounds.start, tail: block >= bounds.tail }
    }

    fn find_bounds(&self) -> Bounds {
        let blocks = &self.document.blocks;
        let long = |block: &Block| {
            block.text.len() >= PARAGRAPH && !matches!(block.kind, BlockKind::Heading(_) | BlockKind::TableCell)
        };
        let mut paragraphs = (0..blocks.len()).filter(|&index| long(&blocks[index]));
        let second = paragraphs.by_ref().nth(1);
        let last = paragraphs.next_back().or(second).map_or(0, |last| last + 1);
        let length = self.document.prose.len();
        let late = blocks.partition_point(|block| block.text.start * 5 < length * 3);
        Bounds { start: second.map_or(blocks.len(), |second| second.saturating_sub(1)), tail: last.min(late) }
    }

    /// Whether the article is a plain text that looks like a saved web page: its paragraphs are a line each.
    pub fn is_page(&self) -> bool {
        *self.page.get_or_init(|| {
            let document = self.document;
            let unwrapped = |block: &&Block| block.text.len() >= PARAGRAPH && !document.text_of(block).contains('\n');
            document.dump.is_some()
                || (document.source.kind() == Kind::Text && document.blocks.iter().filter(unwrapped).nth(1).is_some())
        })
    }

    /// The language of the article, as in `de`, if that can be told.
    pub fn language(&self) -> Option<&str> {
        self.language.get_or_init(|| language::of(self.document)).as_deref()
    }

    /// Whether an image, a figure or a video stands at most `reach` lines away from the lines `first` to `last`.
    pub fn has_image_near(&self, (first, last): (usize, usize), reach: usize) -> bool {
        let images = self.images.get_or_init(|| self.find_images());
        images.iter().any(|&(start, end)| start.saturating_sub(last) <= reach && first.saturating_sub(end) <= reach)
    }

    /// The lines of all that shows a picture, or may do so.
    fn find_images(&self) -> Vec<(usize, usize)> {
        let source = self.document.source;
        let embeds = self.document.links.iter().filter(|link| link.embeds).map(|link| link.span);
        let shows = |kind| matches!(kind, ForeignKind::Shortcode | ForeignKind::TemplateTag | ForeignKind::Jsx);
        let foreign = self.document.foreign.iter().filter(|foreign| shows(foreign.kind)).map(|foreign| foreign.span);
        let lines = |span: Span| (source.line_index(span.start), source.line_index(span.end.max(span.start + 1) - 1));
        embeds.chain(foreign).map(lines).collect()
    }
}
