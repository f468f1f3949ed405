//! YAML front matter into the tree, every key and value with its place.
//!
//! Owns the building of the tree from the parser's events, aliases and merge keys, and going on after a fault.

mod fault;
mod scalar;
mod usual;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use granit_parser::{Event, Parser, ScalarStyle, ScanError, StructureStyle, TryLoadError, TrySpannedEventReceiver};

use super::lines::{Look, boundary_before, line_at, look};
use super::{Data, Entry, Format, MAX_DEPTH, Map, Parsed, Style, Value};
use crate::document::Problem;
use crate::span::Span;

/// How many values all aliases together may repeat, so that a few nested ones do not grow into billions.
const MAX_REPEATED: usize = 10_000;

/// After how many faults the rest is left unread.
const MAX_FAULTS: usize = 20;

/// Parses what stands between the fences.
pub(super) fn parse(text: &str, content: Span) -> Parsed {
    usual::parse(text, content).unwrap_or_else(|| parse_all(text, content))
}

/// Parses what may be any YAML.
fn parse_all(text: &str, content: Span) -> Parsed {
    let mut parsed = Parsed::default();
    let mut next = Some(content.start);
    let mut faults = 0;
    while let Some(start) = next {
        let mut builder = Builder::new(text, Span::new(start, content.end), faults > 0);
        next = builder.run().and_then(|from| key_line_after(text, from, content.end));
        parsed.problems.append(&mut builder.problems);
        parsed.comments.append(&mut builder.comments);
        match builder.root {
            Some(Value { data: Data::Map(mut map), .. }) => parsed.map.entries.append(&mut map.entries),
            None | Some(Value { data: Data::Null, .. }) => {}
            Some(value) if faults == 0 => refuse(text, value, &mut parsed),
            Some(_) => {}
        }
        faults += 1;
        if faults == MAX_FAULTS {
            break;
        }
    }
    parsed.comments.sort();
    parsed.comments.dedup();
    parsed
}

/// Something else than a map: either no front matter, or keys whose colons lack their space.
fn refuse(text: &str, value: Value, parsed: &mut Parsed) {
    let (first, _) = line_at(text, value.span.start, value.span.end);
    match &value.data {
        Data::String(_) if value.style == Style::Plain && look(first.of(text), Format::Yaml) == Look::Key => {
            let help = "put a space after the colon: `key: value`";
            parsed.problems.push(Problem::syntax(first, "a space is missing after the colon", help));
        }
        _ => parsed.other = Some(value),
    }
}

/// The start of the first line after the one that holds byte `from` which begins a new key.
fn key_line_after(text: &str, from: usize, end: usize) -> Option<usize> {
    let (_, mut start) = line_at(text, from.min(end), end);
    while start < end {
        let (line, next) = line_at(text, start, end);
        if matches!(look(line.of(text), Format::Yaml), Look::Key | Look::LooseKey) {
            return Some(start);
        }
        start = next;
    }
    None
}

/// A map or list that is not yet closed.
struct Frame {
    start: usize,
    /// The end of the last thing in it.
    end: usize,
    style: Style,
    anchor: usize,
    held: Held,
}

enum Held {
    List(Vec<Value>),
    Map {
        entries: Vec<Entry>,
        /// The key that waits for its value.
        key: Option<(String, Span)>,
        /// The values of merge keys.
        merges: Vec<Entry>,
    },
}

struct Builder<'t> {
    text: &'t str,
    fragment: Span,
    /// Whether faults came before this fragment: anchors may have been lost with them.
    resumed: bool,
    /// Whether a document has begun.
    begun: bool,
    frames: Vec<Frame>,
    root: Option<Value>,
    anchors: HashMap<usize, Value>,
    has_aliases: bool,
    repeated: usize,
    /// The end of the last thing that was read.
    last_end: usize,
    comments: Vec<Span>,
    problems: Vec<Problem>,
}

impl<'t> Builder<'t> {
    fn new(text: &'t str, fragment: Span, resumed: bool) -> Self {
        Self {
            text,
            fragment,
            resumed,
            begun: false,
            frames: Vec::new(),
            root: None,
            anchors: HashMap::new(),
            has_aliases: memchr::memchr(b'*', fragment.of(text).as_bytes()).is_some(),
            repeated: 0,
            last_end: fragment.start,
            comments: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// Reads the fragment. After a fault, returns the place from which to look for the next key.
    fn run(&mut self) -> Option<usize> {
        let options = granit_parser::options! {
            emit_unresolved_aliases: true,
            emit_anchor_events: self.has_aliases,
            flow_nesting_limit: MAX_DEPTH,
            block_nesting_limit: MAX_DEPTH,
            max_buffered_comment_events: usize::MAX,
        };
        let mut parser = Parser::new_from_str_with_options(self.fragment.of(self.text), options);
        let resume = match parser.try_load(self, true) {
            Err(TryLoadError::Scan(error)) => Some(self.fault(&error)),
            Ok(()) | Err(TryLoadError::Receiver(Enough)) => None,
        };
        self.close_all();
        resume
    }

    /// Tells a fault, and the place from which to look for the next key.
    fn fault(&mut self, error: &ScanError) -> usize {
        let at = self.fragment.start + error.marker().byte_offset().unwrap_or(0);
        let fault = fault::Fault {
            text: self.text,
            fragment: self.fragment,
            at: self.on_boundary(at),
            last_end: self.last_end,
            open: self.frames.last().filter(|frame| frame.style == Style::Flow).map(|frame| frame.start),
        };
        let (problem, resume) = fault.explain(error.kind());
        // What follows an alias that is none has been told with it.
        let told = self.problems.last().is_some_and(|last| fault.line().contains(last.span));
        if !told {
            self.problems.push(problem);
        }
        resume
    }

    fn span_of(&self, place: &granit_parser::Span) -> Span {
        let range = place.byte_range().unwrap_or_default();
        let start = self.on_boundary(self.fragment.start + range.start);
        Span::new(start, self.on_boundary(self.fragment.start + range.end).max(start))
    }

    fn on_boundary(&self, at: usize) -> usize {
        boundary_before(self.text, at.min(self.fragment.end))
    }

    /// How a scalar is written, and where it stands, given the parser's words for both.
    fn style_of(&self, style: ScalarStyle, span: Span, tag_end: usize) -> (Style, Span) {
        match style {
            ScalarStyle::Plain => (Style::Plain, span),
            ScalarStyle::SingleQuoted => (Style::SingleQuoted, span),
            ScalarStyle::DoubleQuoted => (Style::DoubleQuoted, span),
            _ => (Style::Block, self.block_span(span, tag_end)),
        }
    }

    /// Whether what comes next is a key.
    fn awaits_key(&self) -> bool {
        matches!(self.frames.last(), Some(Frame { held: Held::Map { key: None, .. }, .. }))
    }

    /// The span of a block scalar from its `|` or `>`, given the parser's, which begins at its first word.
    fn block_span(&self, words: Span, tag_end: usize) -> Span {
        let after = self.last_end.max(tag_end).min(words.start);
        let start =
            fault::skip_to_value(self.text, after, words.start, |c| matches!(c, '|' | '>')).unwrap_or(words.start);
        let mut kept = Span::new(start, words.end).of(self.text);
        // Blank lines at the end do not show; those that only hold the next line's indentation neither.
        while let Some(at) = kept.rfind('\n').filter(|at| kept[*at..].trim().is_empty()) {
            kept = kept[..at].strip_suffix('\r').unwrap_or(&kept[..at]);
        }
        Span::new(start, start + kept.len())
    }

    fn alias(&mut self, anchor: usize, span: Span) {
        let style = Style::Alias;
        let Some(target) = self.anchors.get(&anchor) else {
            let (message, help) = ("this alias stands inside its own anchor", "write the value out");
            self.problems.push(Problem::syntax(span, message, help));
            return self.add(Value { span, data: Data::Null, style }, 0, None);
        };
        let budget = MAX_REPEATED.saturating_sub(self.repeated);
        let size = size_of(target, budget);
        if size > budget {
            if self.repeated <= MAX_REPEATED {
                let message = format!("the aliases up to here repeat more than {MAX_REPEATED} values");
                self.problems.push(Problem::syntax(span, message, "write the values out"));
            }
            self.repeated = MAX_REPEATED + 1; // told once, and none is followed from here on
            return self.add(Value { span, data: Data::Null, style }, 0, None);
        }
        let data = target.data.clone();
        self.repeated += size;
        let key = match &data {
            Data::String(text) | Data::Date(text) => Some(text.clone()),
            _ => None,
        };
        self.add(Value { span, data, style }, 0, key);
    }

    fn open(&mut self, held: Held, style: StructureStyle, anchor: usize, span: Span) {
        let style = if style == StructureStyle::Flow { Style::Flow } else { Style::Tree };
        let mut start = span.start;
        // The parser starts a list that is not indented below its key after its first dash.
        if style == Style::Tree && matches!(held, Held::List(_)) && !self.text[start..].starts_with('-') {
            start = fault::skip_to_value(self.text, self.last_end, start, |c| c == '-').unwrap_or(start);
        }
        self.frames.push(Frame { start, end: span.end, style, anchor, held });
        self.last_end = self.last_end.max(span.end);
    }

    /// Closes the innermost map or list, whose closing bracket, if it has one, ends at byte `end`.
    fn close(&mut self, end: usize) {
        let Some(frame) = self.frames.pop() else {
            return;
        };
        // Without brackets it ends with the last thing in it; the parser says: at the next thing.
        let bracketed = frame.style == Style::Flow && self.text[frame.start..].starts_with(['[', '{']);
        let end = if bracketed { end.max(frame.end) } else { frame.end };
        let data = match frame.held {
            Held::List(items) => Data::List(items),
            Held::Map { entries, merges, .. } => {
                let mut map = Map { entries };
                self.merge(&mut map, merges);
                Data::Map(map)
            }
        };
        let value = Value { span: Span::new(frame.start, end.max(frame.start)), data, style: frame.style };
        self.add(value, frame.anchor, None);
    }

    /// Closes what a fault left open. A key without its value is lost, what was read is kept.
    fn close_all(&mut self) {
        while let Some(frame) = self.frames.last() {
            self.close(frame.end);
        }
    }

    /// Adds what the merge keys bring and the map does not have yet.
    fn merge(&mut self, map: &mut Map, merges: Vec<Entry>) {
        for merge in merges {
            let sources = match merge.value.data {
                Data::Map(source) => vec![source],
                Data::List(items) => items.into_iter().filter_map(into_map).collect(),
                _ => Vec::new(),
            };
            let mut known: HashSet<String> = map.entries.iter().map(|entry| entry.key.clone()).collect();
            for entry in sources.into_iter().flat_map(|source| source.entries) {
                if known.insert(entry.key.clone()) {
                    map.entries.push(entry);
                }
            }
        }
    }

    /// Puts a value where it belongs. `key` is its text, should it be a key; the source if there is none.
    fn add(&mut self, mut value: Value, anchor: usize, key: Option<String>) {
        self.last_end = self.last_end.max(value.span.end);
        if anchor != 0 && self.has_aliases {
            self.anchors.insert(anchor, value.clone());
        }
        let Some(frame) = self.frames.last_mut() else {
            self.root = self.root.take().or(Some(value));
            return;
        };
        frame.end = frame.end.max(value.span.end);
        match &mut frame.held {
            Held::List(items) => items.push(value),
            Held::Map { entries, key: waiting, merges } => match waiting.take() {
                None => {
                    let key = key.unwrap_or_else(|| value.span.of(self.text).to_owned());
                    *waiting = Some((key, value.span));
                }
                Some((key, key_span)) => {
                    if value.span.is_empty() {
                        value.span = Span::empty(past_colon(self.text, value.span.start));
                        frame.end = frame.end.max(value.span.end);
                    }
                    let merges_in = key == "<<" && matches!(value.data, Data::Map(_) | Data::List(_));
                    let entry = Entry { key, key_span, value };
                    if merges_in { merges.push(entry) } else { entries.push(entry) }
                }
            },
        }
    }
}

/// The rest is not read.
struct Enough;

impl<'t> TrySpannedEventReceiver<'t> for Builder<'t> {
    type Error = Enough;

    fn on_event(&mut self, event: Event<'t>, place: granit_parser::Span) -> Result<(), Enough> {
        let span = self.span_of(&place);
        let tag_end = place.tag_span().map_or(0, |tag| self.span_of(&tag).end);
        match event {
            Event::DocumentStart(..) if self.begun => {
                let (line, _) = line_at(self.text, span.start, self.fragment.end);
                let (message, help) = ("a second YAML document begins here", "keep everything in one");
                self.problems.push(Problem::syntax(line, message, help));
                return Err(Enough);
            }
            Event::DocumentStart(..) => self.begun = true,
            Event::Comment(..) => self.comments.push(span),
            Event::Scalar(content, style, anchor, tag) => {
                let (style, span) = self.style_of(style, span, tag_end);
                let text = |content: Cow<str>| if span.is_empty() { String::new() } else { content.into_owned() };
                let awaits_key = self.awaits_key();
                // What a key would be as a value matters only where an alias may repeat it.
                let (data, key) = if awaits_key && !self.has_aliases {
                    (Data::Null, Some(text(content)))
                } else {
                    let key = awaits_key.then(|| text(content.clone()));
                    (scalar::read(content, style, tag.as_deref(), span.is_empty()), key)
                };
                self.add(Value { span, data, style }, anchor, key);
            }
            Event::Alias(anchor) => self.alias(anchor, span),
            Event::UnresolvedAlias(name) => {
                if !self.resumed {
                    let message = format!("`*{name}` names an anchor that is not there");
                    let help = "if it is no YAML alias, put the value in quotes";
                    self.problems.push(Problem::syntax(span, message, help));
                }
                self.add(Value { span, data: Data::Null, style: Style::Alias }, 0, None);
            }
            Event::SequenceStart(style, anchor, _) => self.open(Held::List(Vec::new()), style, anchor, span),
            Event::MappingStart(style, anchor, _) => {
                let held = Held::Map { entries: Vec::new(), key: None, merges: Vec::new() };
                self.open(held, style, anchor, span);
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span.end),
            _ => {}
        }
        Ok(())
    }
}

/// Where an empty value stands: past the colon before which the parser puts it.
fn past_colon(text: &str, at: usize) -> usize {
    let rest = text[at..].trim_start_matches([' ', '\t']);
    if rest.starts_with(':') { text.len() - rest.len() + 1 } else { at }
}

fn into_map(value: Value) -> Option<Map> {
    match value.data {
        Data::Map(map) => Some(map),
        _ => None,
    }
}

/// How many values there are in `value`, counted up to a little more than `limit`.
fn size_of(value: &Value, limit: usize) -> usize {
    let add = |sum: usize, value: &Value| if sum > limit { sum } else { sum + size_of(value, limit - sum) };
    match &value.data {
        Data::List(items) => items.iter().fold(1, add),
        Data::Map(map) => map.entries.iter().map(|entry| &entry.value).fold(1, add),
        _ => 1,
    }
}
