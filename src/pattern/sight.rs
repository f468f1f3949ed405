//! From a document to sightings: the places where the words of an entry stand as a line of its own, or in a sentence.
//!
//! Owns what a line of its own is. Whether a sighting counts is for [`super::weigh`].

use std::cell::OnceCell;

use super::matcher::{EntryIndex, Matcher};
use super::mention;
use super::normal::LONGEST;
use super::removal;
use super::surroundings::{Parts, Surroundings};
use crate::document::{Block, BlockKind, Document};
use crate::source::Kind;
use crate::span::Span;

/// A place where the words of an entry stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sighting {
    /// The entries that know these words.
    pub entries: Vec<EntryIndex>,
    /// The block, by its index in the document.
    pub block: usize,
    /// The words in the source, with the emphasis around them.
    pub span: Span,
    /// What goes with them: the whole line or block, and the elements that hold nothing else.
    pub region: Span,
    /// The 0-based source line of the first and the last byte of `span`.
    pub lines: (usize, usize),
    /// Whether the line is a block of its own.
    pub alone: bool,
    /// The parts of the article that it stands in.
    pub parts: Parts,
    /// Whether it holds a link or an image.
    pub linked: bool,
    /// Whether the article looks like a saved web page.
    pub page: bool,
    /// Whether it is set in bold or italics as a whole.
    pub emphasized: bool,
    /// Whether the block has other text before it.
    pub text_before: bool,
    /// Whether the block has other text after it.
    pub text_after: bool,
}

/// Which entries count in a document.
pub trait Wanted {
    /// Whether `entry` is looked for in the document at all.
    fn is_on(&self, entry: EntryIndex) -> bool;
    /// Whether `entry` is looked for in `block` at all.
    fn in_block(&self, entry: EntryIndex, block: &Block) -> bool;
    /// Whether `entry` speaks of whole blocks only.
    fn is_of_block(&self, entry: EntryIndex) -> bool;
    /// Whether a line with this normal form is one that `entry` or the user leaves alone.
    fn allows(&self, entry: EntryIndex, normal: &str) -> bool;
    /// Whether what stands around the sighting is as `entry` says it must be.
    fn fits(&self, entry: EntryIndex, sighting: &Sighting) -> bool;
}

/// The lines of `document` that are the words of an entry and nothing else, in source order.
pub fn lines(
    document: &Document,
    surroundings: &Surroundings,
    matcher: &Matcher,
    wanted: &impl Wanted,
) -> Vec<Sighting> {
    let prose = document.prose.text();
    let mut found = Vec::new();
    let mut normal = String::with_capacity(LONGEST);
    let mut candidates: Vec<(Span, Vec<EntryIndex>)> = Vec::new();
    let mut last = None;
    for (index, block) in document.blocks.iter().enumerate() {
        let mut look = |text: Span, whole: bool| {
            let mut entries = matcher.line(text.of(prose), |entry| wanted.is_on(entry), &mut normal);
            if entries.is_empty() {
                return None;
            }
            entries.retain(|&entry| {
                wanted.in_block(entry, block) && (whole || !wanted.is_of_block(entry)) && !wanted.allows(entry, &normal)
            });
            (!entries.is_empty()).then(|| (text.trimmed(prose), entries))
        };
        let text = document.text_of(block);
        let several = memchr::memchr(b'\n', text.as_bytes()).is_some();
        if (!several || is_wrapped(text))
            && let Some(candidate) = look(block.text, true)
        {
            candidates.push(candidate);
        }
        if several && candidates.is_empty() {
            let lines = Lines { text, plain: document.source.kind() == Kind::Text, kind: block.kind };
            let mut end = text.len();
            let mut below = false;
            // Upwards, since most lines of a text that is wrapped are known not to stand by themselves from the line below.
            for start in memchr::memrchr_iter(b'\n', text.as_bytes()).map(|at| at + 1).chain([0]) {
                let line = Span::new(start, end);
                end = start.saturating_sub(1);
                let asked = below || lines.may_end(line);
                let candidate = if asked { look(line.shifted(block.text.start), false) } else { None };
                below = candidate.is_some();
                if let Some(candidate) = candidate {
                    candidates.push(candidate);
                }
            }
            candidates.reverse();
        }
        if let Some(dump) = &document.dump {
            // What a saved page says of itself is what its article is made of, wherever it will be put.
            let own = [dump.title, dump.summary, dump.date].into_iter().flatten();
            candidates.retain(|(text, _)| !own.clone().any(|own| own.overlaps(document.prose.source_span(*text))));
        }
        let width = OnceCell::new();
        for at in 0..candidates.len() {
            let (text, entries) = &candidates[at];
            let line = Line { document, block: index, width: &width, text: *text };
            let after_other = last.is_some_and(|last: Span| line.follows(last));
            let before_other = candidates.get(at + 1).is_some_and(|next| Line { text: next.0, ..line }.follows(*text));
            if !line.stands_by_itself(after_other, before_other) {
                continue;
            }
            let mut sighting = line.sighting(entries.clone(), line.is_set_apart(after_other, before_other));
            sighting.parts = surroundings.parts(index);
            sighting.page = surroundings.is_page();
            let mut entries = std::mem::take(&mut sighting.entries);
            entries.retain(|&entry| wanted.fits(entry, &sighting));
            sighting.entries = entries;
            if !sighting.entries.is_empty() {
                last = Some(*text);
                found.push(sighting);
            }
        }
        candidates.clear();
    }
    found
}

/// Whether the lines of a block are one text that was too wide, rather than lines that were meant.
fn is_wrapped(text: &str) -> bool {
    /// Shorter lines, in bytes, are not wrapped.
    const SHORT: usize = 40;
    if text.len() > LONGEST {
        return false;
    }
    let mut start = 0;
    let long =
        memchr::memchr_iter(b'\n', text.as_bytes()).all(|end| end - std::mem::replace(&mut start, end + 1) >= SHORT);
    long && text[start..].contains(char::is_alphanumeric)
}

/// The lines of a block that has several.
struct Lines<'a> {
    text: &'a str,
    /// Whether it stands in plain text, where nobody can tell a wrapped line from one that was meant without measuring.
    plain: bool,
    kind: BlockKind,
}

impl Lines<'_> {
    /// Whether the line at `line` may be one of its own though the line below is no candidate: see
    /// [`Line::stands_by_itself`].
    fn may_end(&self, line: Span) -> bool {
        if !matches!(self.kind, BlockKind::Paragraph | BlockKind::Quote | BlockKind::ListItem) {
            return false;
        }
        let after = self.text[line.end..].trim_start();
        self.plain || !after.starts_with(char::is_lowercase) || !line.of(self.text).contains(char::is_lowercase)
    }
}

/// The places in running text that are the words of an entry, in source order.
pub fn sentences(
    document: &Document,
    surroundings: &Surroundings,
    matcher: &Matcher,
    wanted: &impl Wanted,
) -> Vec<Sighting> {
    let mut found = Vec::new();
    for (entry, text) in matcher.text(document.prose.text()) {
        let Some(index) = document.blocks.iter().position(|block| block.text.contains(text)) else { continue };
        let block = &document.blocks[index];
        let normal = super::normal::normal_form(text.of(document.prose.text()));
        if !wanted.in_block(entry, block) || wanted.allows(entry, &normal) {
            continue;
        }
        let within = Span::new(text.start - block.text.start, text.end - block.text.start);
        if mention::is_quoted(block.text.of(document.prose.text()), within) {
            continue;
        }
        let line = Line { document, block: index, width: &OnceCell::new(), text };
        let span = document.prose.source_span(text);
        let parts = surroundings.parts(index);
        let sighting = Sighting { span, region: span, parts, ..line.sighting(vec![entry], false) };
        if wanted.fits(entry, &sighting) {
            found.push(sighting);
        }
    }
    found
}

/// A line of a block.
#[derive(Clone, Copy)]
struct Line<'a> {
    document: &'a Document<'a>,
    block: usize,
    /// The characters of the block's longest line, once they are counted.
    width: &'a OnceCell<usize>,
    /// Its text in the document's prose, trimmed.
    text: Span,
}

impl Line<'_> {
    fn block(&self) -> &Block {
        &self.document.blocks[self.block]
    }

    /// The text of the same block before it.
    fn before(&self) -> &str {
        self.document.prose.text()[self.block().text.start..self.text.start].trim_end()
    }

    /// The text of the same block after it.
    fn after(&self) -> &str {
        self.document.prose.text()[self.text.end..self.block().text.end.max(self.text.end)].trim_start()
    }

    /// Whether only white space parts it from the line `other` above it.
    fn follows(&self, other: Span) -> bool {
        let between = self.document.prose.text().get(other.end..self.text.start);
        between.is_some_and(|between| between.trim().is_empty())
    }

    /// Whether it is more than the place where a sentence happens to be wrapped: its neighbours do not run on into it.
    fn stands_by_itself(&self, after_other: bool, before_other: bool) -> bool {
        let words = self.text.of(self.document.prose.text());
        let (before, after) = (self.before(), self.after());
        if before.is_empty() && after.is_empty() {
            return after_other || !self.ends_a_wrapped_text(words);
        }
        if !matches!(self.block().kind, BlockKind::Paragraph | BlockKind::Quote | BlockKind::ListItem) {
            return false;
        }
        if self.is_defined() {
            return false;
        }
        if self.is_set_apart(after_other, before_other) {
            return true;
        }
        // Nobody wraps a sentence so that a word in capitals is alone on its line.
        words.chars().any(char::is_uppercase) && !words.chars().any(char::is_lowercase)
    }

    /// Whether a sentence ends before it and none goes on after it.
    fn is_set_apart(&self, after_other: bool, before_other: bool) -> bool {
        let (before, after) = (self.before(), self.after());
        let begins = before.is_empty() || after_other || ends_a_sentence(before);
        let ends = after.is_empty() || before_other || !after.starts_with(char::is_lowercase);
        begins && ends || (self.document.source.kind() == Kind::Text && self.is_broken_on_purpose())
    }

    /// Whether it is the term of a definition list, which reads as a paragraph where such lists are not known.
    fn is_defined(&self) -> bool {
        self.before().is_empty() && self.after().starts_with(": ")
    }

    /// In plain text, where a paragraph may be wrapped or may be the lines of a page: whether there was room for the line
    /// after the one before it, and for the next word after the line itself.
    fn is_broken_on_purpose(&self) -> bool {
        let length = |text: &str| text.chars().count();
        let first_word = |text: &str| length(text.split_whitespace().next().unwrap_or(""));
        let words = self.text.of(self.document.prose.text());
        let longest = || self.document.text_of(self.block()).lines().map(length).max().unwrap_or(0);
        let width = *self.width.get_or_init(longest);
        let above = length(self.before().rsplit('\n').next().unwrap_or(""));
        let fits = |line: usize, word: usize| line == 0 || word == 0 || line + 1 + word <= width;
        fits(above, first_word(words)) && fits(length(words), first_word(self.after()))
    }

    /// In plain text each line may be a block: whether this one is the last word of the line above.
    fn ends_a_wrapped_text(&self, words: &str) -> bool {
        /// Shorter lines, in characters, are no wrapped text.
        const SHORT: usize = 40;
        let source = self.document.source;
        if source.kind() != Kind::Text || !words.starts_with(char::is_lowercase) {
            return false;
        }
        let Some(above) = source.line_index(self.words_span().start).checked_sub(1) else { return false };
        let above = source.slice(source.line(above)).trim_end();
        above.chars().count() > SHORT && !ends_a_sentence(above)
    }

    fn words_span(&self) -> Span {
        self.document.prose.source_span(self.text)
    }

    fn sighting(self, entries: Vec<EntryIndex>, set_apart: bool) -> Sighting {
        let words = self.words_span();
        let span = self.with_emphasis(words);
        let (text_before, text_after) = (!self.before().is_empty(), !self.after().is_empty());
        let single = !text_before && !text_after;
        let region = if single { self.block_region(span) } else { self.line_region(span) };
        let source = self.document.source;
        let last = span.end.max(span.start + 1) - 1;
        let enclosed = removal::enclosing(self.document, region);
        Sighting {
            entries,
            block: self.block,
            span,
            region: enclosed,
            page: false,
            emphasized: span != words,
            linked: self.document.links.iter().any(|link| link.span.overlaps(enclosed)),
            lines: (source.line_index(span.start), source.line_index(last)),
            alone: if source.kind() == Kind::Text { set_apart } else { single && self.has_room(region) },
            parts: Parts::default(),
            text_before,
            text_after,
        }
    }

    /// `span` with the emphasis marks that touch it.
    fn with_emphasis(&self, span: Span) -> Span {
        let text = self.document.source.text();
        if !matches!(self.document.source.kind(), Kind::Markdown | Kind::Mdx) {
            return span;
        }
        let mark = |c| matches!(c, '*' | '_' | '~');
        let start = text[..span.start].trim_end_matches(mark).len().max(self.block().span.start.min(span.start));
        let rest = &text[span.end..self.block().span.end.max(span.end)];
        Span::new(start, span.end + rest.len() - rest.trim_start_matches(mark).len())
    }

    /// The whole block, unless it reaches into others.
    fn block_region(&self, span: Span) -> Span {
        let region = self.block().span.to(span);
        let blocks = &self.document.blocks;
        let before = self.block.checked_sub(1).and_then(|index| blocks.get(index));
        let shared =
            [before, blocks.get(self.block + 1)].into_iter().flatten().any(|other| other.span.overlaps(region));
        if shared { span } else { region.trimmed(self.document.source.text()) }
    }

    /// The whole source line, unless the block has other text on it.
    fn line_region(&self, span: Span) -> Span {
        let source = self.document.source;
        let line = source.lines_around(span).trimmed(source.text());
        let prose = &self.document.prose;
        let before = Span::new(self.block().text.start, self.text.start).trimmed(prose.text());
        let after = Span::new(self.text.end, self.block().text.end).trimmed(prose.text());
        let free = (before.is_empty() || prose.source_span(before).end <= line.start)
            && (after.is_empty() || prose.source_span(after).start >= line.end);
        if free { line } else { span }
    }

    /// Whether there are blank lines around `region`, in formats where they part blocks.
    fn has_room(&self, region: Span) -> bool {
        let source = self.document.source;
        if !matches!(source.kind(), Kind::Markdown | Kind::Mdx) {
            return true;
        }
        let first = source.line_index(region.start);
        let last = source.line_index(region.end.max(region.start + 1) - 1);
        let above = first.checked_sub(1).map(|index| source.line(index));
        let below = (last + 1 < source.line_count()).then(|| source.line(last + 1));
        let blank = |line: Option<Span>| {
            line.is_none_or(|line| {
                line.start < self.document.body.start || removal::is_blank(source.kind(), source.slice(line))
            })
        };
        blank(above) && blank(below)
    }
}

/// Whether `text` ends where a sentence, a heading or a label does.
fn ends_a_sentence(text: &str) -> bool {
    let closing = |c: char| matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '*' | '_' | '」');
    text.trim_end_matches(closing).ends_with(['.', '!', '?', ':', '…', '。', '！', '？', '：', '।'])
}
