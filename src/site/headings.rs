//! The headings of an article, as far as their ids depend on them, and what else may give ids to places in it.

use std::borrow::Cow;
use std::sync::LazyLock;

use memchr::memmem::{self, Finder};
use regex::Regex;
use rustc_hash::FxHashSet;

use super::cover::Cover;
use super::slug::slug;
use crate::document::{Document, ForeignKind, Heading};
use crate::source::Kind;
use crate::span::Span;

/// A line that takes in another article (`import Part from './_part.mdx'`), also where MDX hides in a `.md`. Given the
/// text from the start of that line on.
static IMPORTED_PART: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"^import\s[^\n]*\.(?:mdx?|markdown)["']"#).expect("the pattern is a constant that tests compile")
});

/// Whether headings in an element are read is its attribute's matter: `<div markdown="1">`.
static READ_INSIDE: LazyLock<Finder> = LazyLock::new(|| Finder::new("markdown="));

/// Takes in text from elsewhere: `--8<-- "file"`.
static SNIPPET: LazyLock<Finder> = LazyLock::new(|| Finder::new("-8<-"));

/// Components without content of their own that make no ids.
const WITHOUT_IDS: &[&str] = &["Tabs", "TabItem", "CodeBlock", "Card", "LinkCard", "Image", "Icon", "Badge", "Link"];

/// Components that make ids from their content: Docusaurus' own documentation gives one to every row of a table.
const MAKING_IDS: &[&str] = &["APITable"];

/// The texts in the attributes of a component: `title="…"`, `title={`…`}`.
static ATTRIBUTE_TEXT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"=\s*(?:"([^"]*)"|'([^']*)'|\{\s*[`"']([^`"']*)[`"']\s*\})"#)
        .expect("the pattern is a constant that tests compile")
});

/// What engines do not agree on in a heading.
const BREAKING: &[&str] = &["<!--", "<br", "&#", "<<"];

/// A heading, as ids are made of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HeadingFact {
    /// 1 to 6.
    pub level: u8,
    /// The text that a reader sees.
    pub text: String,
    /// What of it is inline code, as byte ranges.
    pub code: Vec<Span>,
    /// The id that the author gave.
    pub id: Option<String>,
    /// Its Markdown without the signs that make it a heading, if that is not the text.
    pub written: Option<String>,
    /// Whether engines do not agree on its text: it has several lines, a comment, a numbered character.
    pub broken: bool,
    /// Whether it is an element of raw HTML among Markdown.
    pub raw: bool,
}

impl HeadingFact {
    fn of(heading: Heading, document: &Document) -> Self {
        let source = document.source.slice(heading.span);
        let markdown = document.source.kind() != Kind::Html;
        let raw = markdown && source.starts_with('<');
        let mut fact = Self {
            level: heading.level,
            text: heading.text,
            code: heading.code,
            id: heading.id,
            raw,
            ..Self::default()
        };
        if raw || !markdown {
            return fact;
        }
        let written = if source.starts_with('#') {
            let inner = source.trim_start_matches('#').trim();
            let bare = inner.trim_end_matches('#');
            if bare.is_empty() || bare.ends_with([' ', '\t']) { bare.trim_end() } else { inner }
        } else {
            let lines = source.trim_end().rsplit_once('\n').map_or("", |(lines, _)| lines.trim_end());
            fact.broken = lines.contains('\n');
            lines
        };
        fact.broken |= written.contains(['<', '&']) && BREAKING.iter().any(|sign| written.contains(sign));
        fact.written = (written != fact.text).then(|| written.to_owned());
        fact
    }

    /// The braces at its end that were read as attributes: `{#id .class}`.
    pub fn braces(&self) -> Option<&str> {
        let written = self.written.as_deref()?;
        if !written.ends_with('}') || self.text.ends_with('}') || written.contains("{:") {
            return None;
        }
        written.rfind('{').map(|at| &written[at..])
    }

    /// Its text, the braces included: what an engine sees that does not know attributes.
    pub fn with_braces(&self) -> Cow<'_, str> {
        match self.braces() {
            None => Cow::Borrowed(&self.text),
            Some(braces) => Cow::Owned(format!("{} {braces}", self.text)),
        }
    }
}

/// What may give ids to places of an article besides what is seen of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Openness {
    /// A component, an imported part, an expression, or a heading whose text cannot be told.
    pub parts: bool,
    /// Template output: `{{ … }}`, where it is no part of a link.
    pub outputs: bool,
    /// The terms of lists of definitions, as they are written: what stands in the line above `: …`.
    pub terms: Vec<String>,
    /// A line that some take for a heading, without a space: `##Title`.
    pub cramped: bool,
    /// A sign that takes in something from elsewhere: `--8<--`, `:::`.
    pub inserts: bool,
    /// The names of shortcodes and template tags, each once.
    pub tags: Vec<String>,
}

impl Openness {
    /// Whether something may.
    pub fn any(&self) -> bool {
        self.parts || self.outputs || !self.tags.is_empty()
    }
}

/// The headings of a document, which loses them.
pub(super) fn take(document: &mut Document) -> Vec<HeadingFact> {
    let headings = std::mem::take(&mut document.headings);
    headings.into_iter().map(|heading| HeadingFact::of(heading, document)).collect()
}

/// The ids that the author of a document gave to places in it, each once.
pub(super) fn anchors(document: &Document) -> Vec<String> {
    let mut ids: Vec<String> = Vec::with_capacity(document.anchors.len());
    let mut known: FxHashSet<String> = FxHashSet::default();
    let mut explicit = |ids: &mut Vec<String>, name: &str| {
        if !name.is_empty() && known.insert(name.to_owned()) {
            ids.push(name.to_owned());
        }
    };
    document.anchors.iter().for_each(|anchor| explicit(&mut ids, &anchor.name));
    document.headings.iter().filter_map(|heading| heading.id.as_deref()).for_each(|id| explicit(&mut ids, id));
    // Attribute lists (`{#id}`, `{: #id }`) give ids to paragraphs, images and tables too, in more engines than not.
    let body = document.source.slice(document.body);
    for at in memchr::memchr_iter(b'{', body.as_bytes()) {
        // Most braces are those of code and templates.
        if !matches!(body.as_bytes().get(at + 1), Some(b'#' | b':' | b' ')) {
            continue;
        }
        let rest = body[at + 1..].trim_start_matches([':', ' ']);
        if let Some(rest) = rest.strip_prefix('#') {
            explicit(&mut ids, rest.split(|c: char| c.is_whitespace() || c == '}').next().unwrap_or(""));
        }
    }
    // A component around a part of the page may make an id of its title.
    for foreign in document.foreign.iter().filter(|foreign| foreign.kind == ForeignKind::Jsx) {
        for captures in ATTRIBUTE_TEXT.captures_iter(document.source.slice(foreign.span)) {
            let value = captures.iter().skip(1).flatten().next().map_or("", |value| value.as_str());
            explicit(&mut ids, value);
            explicit(&mut ids, &slug(value));
        }
    }
    ids
}

/// The name of a shortcode or template tag: `{{< /note >}}`, `{% include x %}`.
fn tag_name(tag: &str) -> &str {
    let inner = tag.trim_start_matches(['{', '%', '<', '-', '/', ' ', '\t', '\n', '\r']);
    inner.split(|c: char| c.is_whitespace() || matches!(c, '%' | '>' | '}' | '(')).next().unwrap_or("")
}

/// The name of the component in a tag.
fn component(tag: &str) -> &str {
    let name = tag.trim_start_matches(['<', '/']);
    name.split(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '_')).next().unwrap_or("")
}

/// What stands above each definition, and whether a line begins with more than one colon.
fn terms(body: &str) -> (Vec<String>, bool) {
    let (mut terms, mut colons) = (Vec::new(), false);
    for at in memmem::find_iter(body.as_bytes(), b"\n:") {
        let rest = &body[at + 2..];
        colons |= rest.starts_with(':');
        if rest.starts_with([' ', '\t']) {
            let term = body[..at].trim_end().rsplit('\n').next().unwrap_or("");
            terms.extend((!term.starts_with([':', ' ', '\t'])).then(|| term.to_owned()));
        }
    }
    (terms, colons)
}

/// What may give ids to places of a document besides what is seen of it.
pub(super) fn openness(document: &Document) -> Openness {
    let text = document.source.text();
    let mut tags: Vec<String> = Vec::new();
    for foreign in &document.foreign {
        if matches!(foreign.kind, ForeignKind::Shortcode | ForeignKind::TemplateTag) {
            let name = tag_name(foreign.span.of(text));
            if !tags.iter().any(|known| known == name) {
                tags.push(name.to_owned());
            }
        }
    }
    // In a destination or an attribute it is a value; elsewhere it may be a whole part of the page.
    let mut outputs = document.foreign.iter().filter(|foreign| foreign.kind == ForeignKind::TemplateOutput);
    let outputs = outputs.clone().next().is_some() && {
        let links = Cover::of(document.links.iter().map(|link| link.span));
        outputs.any(|output| !links.holds(output.span))
    };
    let made_elsewhere = document.foreign.iter().any(|foreign| match foreign.kind {
        ForeignKind::Shortcode | ForeignKind::TemplateTag | ForeignKind::TemplateOutput => false,
        ForeignKind::Jsx => {
            let tag = foreign.span.of(text);
            let name = component(tag);
            // What stands between the tags of a component is seen; what an empty one shows is not.
            let empty = tag.ends_with("/>") && name.starts_with(char::is_uppercase) && !WITHOUT_IDS.contains(&name);
            empty || MAKING_IDS.contains(&name)
        }
        ForeignKind::Expression => foreign.span.of(text).contains('<'),
        ForeignKind::Esm | ForeignKind::Attributes => false,
    });
    // Engines do not agree on what an image, or something masked, adds to the id of its heading.
    let unsure_heading = || {
        let headings = Cover::of(document.headings.iter().map(|heading| heading.span));
        document.links.iter().any(|link| link.embeds && headings.holds(link.span))
            || document.foreign.iter().any(|f| f.kind != ForeignKind::Attributes && headings.holds(f.span))
    };
    // Searched for by its first word: the pattern itself would look at every byte.
    let imports_part = || {
        let mut imports = memmem::find_iter(text.as_bytes(), b"import");
        imports.any(|at| (at == 0 || text.as_bytes()[at - 1] == b'\n') && IMPORTED_PART.is_match(&text[at..]))
    };
    let body = document.source.slice(document.body).as_bytes();
    let cramped = memmem::find_iter(body, b"\n#").any(|at| {
        let next = body[at + 1..].iter().find(|byte| **byte != b'#');
        next.is_some_and(|byte| !matches!(byte, b' ' | b'\t' | b'\n' | b'\r'))
    });
    let (terms, colons) = terms(document.source.slice(document.body));
    // A file with nothing in it stands in for one that is elsewhere, or is yet to be made.
    let is_stand_in = text.trim().is_empty();
    Openness {
        parts: is_stand_in || made_elsewhere || unsure_heading() || imports_part() || READ_INSIDE.find(body).is_some(),
        outputs,
        terms,
        cramped,
        inserts: colons || SNIPPET.find(body).is_some(),
        tags,
    }
}
