//! Where a new comment goes, so that it suppresses a finding and changes nothing else.
//!
//! Owns the places that are tried, in order, and the proof of each: the article is read again, must be what it was, and the
//! finding must be suppressed. Writes no file.

use std::collections::BTreeMap;

use super::Suppressions;
use crate::document::front_matter::{Data, Format, Map};
use crate::document::{BlockKind, Document};
use crate::finding::Finding;
use crate::pattern::Scanner;
use crate::source::{Kind, Source};
use crate::span::Span;

/// The content of the file with comments that suppress `findings`, all of them in `source`; `None` if no comment can be
/// written that does. Those for which there is no place are left. `reason` is one line that ends no comment.
pub fn suppressed(source: &Source, findings: &[&Finding], reason: Option<&str>, scanner: &Scanner) -> Option<Vec<u8>> {
    let document = Document::parse(source);
    let writer = Writer { source, document: &document, was: Print::of(&document), reason, scanner };
    let mut lines: BTreeMap<usize, Wanted> = BTreeMap::new();
    for finding in findings {
        let line = lines.entry(source.line_index(finding.span.start)).or_default();
        line.add(&finding.rule, finding.span.start);
    }
    let (mut edits, mut rest) = (Vec::new(), Wanted::default());
    for (line, wanted) in &lines {
        match writer.on_line(*line, wanted) {
            Some(edit) => edits.push(edit),
            None => rest.merge(wanted),
        }
    }
    edits.extend(writer.for_file(&rest));
    if edits.is_empty() {
        return None;
    }
    // Each alone does no harm; should they together, the whole file gets one comment.
    let everything = || {
        lines.values().fold(Wanted::default(), |mut all, wanted| {
            all.merge(wanted);
            all
        })
    };
    if writer.holds(&edits, &[]) {
        return Some(spliced(source.bytes(), &edits));
    }
    writer.for_file(&everything()).map(|edit| spliced(source.bytes(), &[edit]))
}

/// What is put in at a byte offset.
type Insertion = (usize, String);

/// What a comment is to suppress.
#[derive(Default)]
struct Wanted {
    /// Ids, sorted, each once.
    rules: Vec<String>,
    /// Rule and place of each finding.
    findings: Vec<(String, usize)>,
}

impl Wanted {
    fn add(&mut self, rule: &str, at: usize) {
        self.findings.push((rule.to_owned(), at));
        if let Err(index) = self.rules.binary_search_by(|known| known.as_str().cmp(rule)) {
            self.rules.insert(index, rule.to_owned());
        }
    }

    fn merge(&mut self, other: &Self) {
        other.findings.iter().for_each(|(rule, at)| self.add(rule, *at));
    }
}

struct Writer<'d> {
    source: &'d Source,
    document: &'d Document<'d>,
    was: Print,
    reason: Option<&'d str>,
    scanner: &'d Scanner,
}

impl Writer<'_> {
    /// A comment for the findings that begin on one line.
    fn on_line(&self, index: usize, wanted: &Wanted) -> Option<Insertion> {
        let at = wanted.findings.first()?.1;
        let matter =
            self.document.front_matter.as_ref().filter(|matter| matter.span.start <= at && at < matter.span.end);
        let (open, close) = match (matter, self.source.kind()) {
            (Some(matter), _) if matter.format == Format::Json => return None,
            (Some(_), _) => ("# ", ""),
            (None, Kind::Text) => return None,
            (None, kind) => delimiters(kind),
        };
        let comment = |keyword| format!("{open}{}{close}", self.words(keyword, wanted));
        let above = || {
            let line = self.source.full_line(index);
            let start = line.start.max(self.source.start());
            let text = &self.source.text()[start..line.end];
            let indent = &text[..text.len() - text.trim_start_matches([' ', '\t']).len()];
            let end = self.source.line_end();
            (start, format!("{indent}{}{end}", comment("copydesk-disable-next-line")))
        };
        let beside = || {
            let line = self.source.line(index);
            let end = line.start + self.source.slice(line).trim_end().len();
            (end, format!(" {}", comment("copydesk-disable-line")))
        };
        let in_last_cell = || {
            let (end, text) = beside();
            let bar = self.source.text()[..end].strip_suffix('|')?.trim_end().len();
            Some((bar, text))
        };
        let candidates = if matter.is_some() {
            [Some(beside()), Some(above()), None]
        } else {
            [
                self.may_stand_above(at).then(above),
                (!self.source.slice(self.source.line(index)).trim_end().ends_with('\\')).then(beside),
                in_last_cell(),
            ]
        };
        candidates.into_iter().flatten().find(|one| self.holds(std::slice::from_ref(one), &wanted.findings))
    }

    /// Whether a line of its own above byte `at` leaves the list, quote or table there whole.
    fn may_stand_above(&self, at: usize) -> bool {
        let index = self.document.blocks.partition_point(|block| block.span.start <= at);
        let block = index.checked_sub(1).map(|index| &self.document.blocks[index]);
        let inside = |span: Span| span.start <= at && at <= span.end;
        let list_or_table = |kind| matches!(kind, BlockKind::ListItem | BlockKind::Quote | BlockKind::TableCell);
        self.source.kind() == Kind::Html || !block.is_some_and(|block| inside(block.span) && list_or_table(block.kind))
    }

    /// A comment for the whole file: in the front matter, where no page shows it; else at the top, else at the end.
    fn for_file(&self, wanted: &Wanted) -> Option<Insertion> {
        if wanted.rules.is_empty() {
            return None;
        }
        let words = self.words("copydesk-disable-file", wanted);
        let (text, end) = (self.source.text(), self.source.line_end());
        let matter = self.document.front_matter.as_ref().filter(|matter| matter.format != Format::Json);
        let in_matter = matter.map(|matter| (matter.content.start, format!("# {words}{end}")));
        let in_body = (self.source.kind() != Kind::Text).then(|| {
            let (open, close) = delimiters(self.source.kind());
            let body = self.document.body.start.max(self.source.start());
            let first = text[body..].find(|c: char| !c.is_whitespace()).map_or(text.len(), |at| body + at);
            let top = text[..first].rfind('\n').map_or(first, |at| (at + 1).max(body));
            let gap = if text.is_empty() || text.ends_with('\n') { "" } else { end };
            let at_top = (top, format!("{open}{words}{close}{end}{end}"));
            let at_end = (text.len(), format!("{gap}{end}{open}{words}{close}{end}"));
            // Above `<!doctype html>` stands nothing.
            if self.source.kind() == Kind::Html { [Some(at_end), None] } else { [Some(at_top), Some(at_end)] }
        });
        let candidates = in_matter.into_iter().chain(in_body.into_iter().flatten().flatten());
        candidates.into_iter().find(|one| self.holds(std::slice::from_ref(one), &wanted.findings))
    }

    fn words(&self, keyword: &str, wanted: &Wanted) -> String {
        let reason = self.reason.map(|reason| format!(": {reason}")).unwrap_or_default();
        format!("{keyword} {}{reason}", wanted.rules.join(", "))
    }

    /// Whether the article with `edits` in it is what it was, and `findings` are suppressed.
    fn holds(&self, edits: &[Insertion], findings: &[(String, usize)]) -> bool {
        let bytes = spliced(self.source.bytes(), edits);
        let source = Source::from_bytes(self.source.path().clone(), self.source.kind(), bytes);
        let document = Document::parse(&source);
        if Print::of(&document) != self.was {
            return false;
        }
        let moved =
            |at: usize| at + edits.iter().filter(|(to, _)| *to <= at).map(|(_, text)| text.len()).sum::<usize>();
        match Suppressions::of(&document, self.scanner) {
            Some(all) => findings.iter().all(|(rule, at)| all.by(rule, moved(*at)).is_some()),
            None => false,
        }
    }
}

/// What stands around a comment in the body.
fn delimiters(kind: Kind) -> (&'static str, &'static str) {
    if kind == Kind::Mdx { ("{/* ", " */}") } else { ("<!-- ", " -->") }
}

fn spliced(bytes: &[u8], edits: &[Insertion]) -> Vec<u8> {
    let mut sorted: Vec<&Insertion> = edits.iter().collect();
    sorted.sort_by_key(|(at, _)| *at);
    let mut result = Vec::with_capacity(bytes.len());
    let mut from = 0;
    for (at, text) in sorted {
        result.extend_from_slice(&bytes[from..*at]);
        result.extend_from_slice(text.as_bytes());
        from = *at;
    }
    result.extend_from_slice(&bytes[from..]);
    result
}

/// What must not change about an article, free of places.
#[derive(PartialEq)]
struct Print {
    front_matter: Option<Vec<String>>,
    problems: usize,
    blocks: Vec<(BlockKind, String)>,
    headings: Vec<(u8, String, Option<String>)>,
    links: Vec<(bool, Option<String>)>,
    anchors: Vec<String>,
    /// What a template engine or MDX reads.
    foreign: Vec<String>,
}

impl Print {
    fn of(document: &Document) -> Self {
        let blocks = document.blocks.iter().filter(|block| block.kind != BlockKind::Html).map(|block| {
            let text = match block.kind {
                BlockKind::Code => document.source.slice(block.span).to_owned(),
                // White space around a comment is no text of its own.
                _ => document.text_of(block).split_whitespace().collect::<Vec<_>>().join(" "),
            };
            (block.kind, text)
        });
        let headings = document.headings.iter();
        let headings = headings.map(|one| (one.level, one.text.trim().to_owned(), one.id.clone()));
        let url = |link: &crate::document::Link| link.destination.as_ref().map(|to| to.url.clone().into_owned());
        Self {
            front_matter: document.front_matter.as_ref().map(|matter| plain(&matter.map)),
            problems: document.problems.len(),
            blocks: blocks.collect(),
            headings: headings.collect(),
            links: document.links.iter().map(|link| (link.embeds, url(link))).collect(),
            anchors: document.anchors.iter().map(|anchor| anchor.name.clone()).collect(),
            foreign: document.foreign.iter().map(|foreign| document.source.slice(foreign.span).to_owned()).collect(),
        }
    }
}

/// A map without its places.
fn plain(map: &Map) -> Vec<String> {
    map.entries.iter().map(|entry| format!("{:?}: {}", entry.key, plain_data(&entry.value.data))).collect()
}

fn plain_data(data: &Data) -> String {
    match data {
        Data::List(items) => format!("{:?}", items.iter().map(|item| plain_data(&item.data)).collect::<Vec<_>>()),
        Data::Map(map) => format!("{:?}", plain(map)),
        // These have no places inside.
        scalar => format!("{scalar:?}"),
    }
}
