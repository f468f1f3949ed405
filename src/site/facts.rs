//! What the rest of the site needs to know of one article.

use std::sync::{Arc, LazyLock};

use memchr::memmem;
use regex::Regex;
use rustc_hash::FxHashSet;

use super::lines::{self, LineFact};
use super::listed::{self, Listing};
use super::sketch::Sketch;
use super::slug::{Slugger, slug};
use super::target;
use crate::document::{BlockKind, Document, ForeignKind, FrontMatter, LinkForm};
use crate::span::Span;

/// The summary of one article. Small; holds nothing of the source but spans into it.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The file, relative to the root, with forward slashes.
    pub path: Arc<str>,
    /// Its front matter.
    pub front_matter: Option<FrontMatter>,
    /// Its title: from the front matter, else the first heading of level 1, else a page dump's headline.
    pub title: Option<String>,
    /// Every id that a fragment can name: explicit ones, and those its headings get.
    pub ids: Vec<Id>,
    /// Whether it may have further ids: a template, a component or an imported part makes some of its content.
    pub open_ids: bool,
    /// Its links and images that may lead into the site: no `mailto:` and the like, none without a destination. Those of
    /// `http:` and `https:` are among them, since the site's own origin is not known here.
    pub links: Vec<LinkFact>,
    /// Its lists of related articles, those in front matter left out.
    pub related: Vec<Listing>,
    /// A sample of its wording, if one was asked for and the text is long enough.
    pub sketch: Option<Sketch>,
    /// The first shortcode of Hugo's and the first template tag in it.
    pub templates: Vec<TemplateFact>,
    /// Its first line, if it says the title of the front matter again.
    pub opening: Option<Opening>,
    /// Its short lines that a template may have put there.
    pub lines: Vec<LineFact>,
}

/// A first line that says the title again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opening {
    /// Where it stands.
    pub span: Span,
    /// Its whole lines, and the blank ones below it.
    pub lines: Span,
    /// Whether it is a heading.
    pub heading: bool,
}

/// Template syntax of one kind in an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TemplateFact {
    /// [`ForeignKind::Shortcode`] or [`ForeignKind::TemplateTag`].
    pub kind: ForeignKind,
    /// The first of them.
    pub span: Span,
    /// How many there are.
    pub count: usize,
}

/// A place that a fragment can name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Id {
    /// Its name, exact in letter case.
    pub name: String,
    /// Where it comes from.
    pub origin: IdOrigin,
}

/// Where an id comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdOrigin {
    /// The author wrote it.
    Explicit,
    /// The heading of this level, by GitHub's algorithm.
    Heading(u8),
    /// A heading that also has an explicit id, by GitHub's algorithm: where explicit ids are honoured, this one is not.
    Overridden,
}

/// A link or image of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkFact {
    /// How it is written.
    pub form: LinkForm,
    /// Whether it shows its target (an image) instead of leading to it.
    pub embeds: bool,
    /// The whole link.
    pub span: Span,
    /// Its destination's bytes.
    pub destination: Span,
    /// Its destination, entities and escapes resolved.
    pub url: String,
    /// Whether the destination holds template syntax.
    pub foreign: bool,
}

/// A line that takes in another article (`import Part from './_part.mdx'`), also where MDX hides in a `.md`. Given the
/// text from the start of that line on.
static IMPORTED_PART: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"^import\s[^\n]*\.(?:mdx?|markdown)["']"#).expect("the pattern is a constant that tests compile")
});

/// Components without content of their own that make no ids.
const WITHOUT_IDS: &[&str] = &["Tabs", "TabItem", "CodeBlock", "Card", "LinkCard", "Image", "Icon", "Badge", "Link"];

/// Components that make ids from their content: Docusaurus' own documentation gives one to every row of a table.
const MAKING_IDS: &[&str] = &["APITable"];

/// The texts in the attributes of a component: `title="…"`, `title={`…`}`.
static ATTRIBUTE_TEXT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"=\s*(?:"([^"]*)"|'([^']*)'|\{\s*[`"']([^`"']*)[`"']\s*\})"#)
        .expect("the pattern is a constant that tests compile")
});

impl Facts {
    /// Summarises a document, which is used up. A sketch takes time, so it is made only if `sketch` asks for it.
    pub fn of(document: Document, sketch: bool) -> Self {
        let sketch = if sketch { Sketch::of(document.prose.text()) } else { None };
        let (ids, open_ids) = (ids(&document), open_ids(&document));
        let title = title(&document);
        let templates = templates(&document);
        let (opening, lines) = (opening(&document), lines::of(&document));
        let related = listed::lists(&document);
        let mut links = Vec::with_capacity(document.links.len());
        if let Some(front) = &document.front_matter {
            super::fields::links(front, |link| links.push(link));
        }
        links.extend(document.links.into_iter().filter_map(|link| {
            let destination = link.destination?;
            // An autolink without a scheme is an e-mail address.
            let path = target::scheme(&destination.url).is_none() && link.form != LinkForm::Autolink;
            let internal = path || target::is_web(&destination.url);
            internal.then(|| LinkFact {
                form: link.form,
                embeds: link.embeds,
                span: link.span,
                destination: destination.span,
                url: destination.url.into_owned(),
                foreign: destination.foreign,
            })
        }));
        Self {
            path: Arc::clone(document.source.path()),
            title,
            ids,
            open_ids,
            links,
            related,
            sketch,
            templates,
            opening,
            lines,
            front_matter: document.front_matter,
        }
    }
}

fn title(document: &Document) -> Option<String> {
    let given = document.front_matter.as_ref().and_then(|front| front.map.get("title")?.as_text());
    let heading = || document.headings.iter().find(|heading| heading.level == 1).map(|heading| heading.text.as_str());
    let headline = || document.dump.as_ref()?.title.map(|span| document.source.slice(span));
    let filled = |text: &&str| !text.trim().is_empty();
    given.filter(filled).or_else(|| heading().filter(filled)).or_else(headline).map(|text| text.trim().to_owned())
}

fn opening(document: &Document) -> Option<Opening> {
    let title = document.front_matter.as_ref()?.map.get("title")?.as_text()?;
    let first = document.blocks.first()?;
    let letters =
        |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase() };
    let text = document.text_of(first);
    if text.len() > 2 * title.len() + 20 || letters(text) != letters(title) || letters(title).is_empty() {
        return None;
    }
    let heading = match first.kind {
        BlockKind::Heading(level) => (level == 1).then_some(true)?,
        BlockKind::Paragraph => false,
        _ => return None,
    };
    let source = document.source;
    let mut lines = source.lines_around(first.span);
    if lines.trimmed(source.text()) != first.span {
        return None;
    }
    let mut next = source.line_index(first.span.end - 1) + 1;
    while next < source.line_count() && source.slice(source.line(next)).trim().is_empty() {
        lines = lines.to(source.full_line(next));
        next += 1;
    }
    Some(Opening { span: first.span, lines, heading })
}

fn templates(document: &Document) -> Vec<TemplateFact> {
    let mut templates: Vec<TemplateFact> = Vec::new();
    for foreign in &document.foreign {
        match templates.iter_mut().find(|known| known.kind == foreign.kind) {
            Some(known) => known.count += 1,
            None if matches!(foreign.kind, ForeignKind::Shortcode | ForeignKind::TemplateTag) => {
                templates.push(TemplateFact { kind: foreign.kind, span: foreign.span, count: 1 });
            }
            None => {}
        }
    }
    templates
}

fn ids(document: &Document) -> Vec<Id> {
    let mut ids: Vec<Id> = Vec::with_capacity(document.anchors.len() + document.headings.len());
    let mut known: FxHashSet<String> = FxHashSet::default();
    let mut explicit = |ids: &mut Vec<Id>, name: &str| {
        if !name.is_empty() && known.insert(name.to_owned()) {
            ids.push(Id { name: name.to_owned(), origin: IdOrigin::Explicit });
        }
    };
    document.anchors.iter().for_each(|anchor| explicit(&mut ids, &anchor.name));
    document.headings.iter().filter_map(|heading| heading.id.as_deref()).for_each(|id| explicit(&mut ids, id));
    // Attribute lists (`{#id}`, `{: #id }`) give ids to paragraphs, images and tables too, in more engines than not.
    let body = document.source.slice(document.body);
    for at in memchr::memchr_iter(b'{', body.as_bytes()) {
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
    let mut slugger = Slugger::default();
    for heading in &document.headings {
        let mut add = |name: String, origin| {
            if !name.is_empty() {
                ids.push(Id { name, origin });
            }
        };
        match &heading.id {
            None => add(slugger.next(&heading.text), IdOrigin::Heading(heading.level)),
            Some(id) => {
                // An engine that knows no explicit ids takes it for text of the heading.
                add(slug(&heading.text), IdOrigin::Overridden);
                add(slug(&format!("{} {{#{id}}}", heading.text)), IdOrigin::Overridden);
            }
        }
    }
    ids
}

/// The name of the component in a tag.
fn component(tag: &str) -> &str {
    let name = tag.trim_start_matches(['<', '/']);
    name.split(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '_')).next().unwrap_or("")
}

fn open_ids(document: &Document) -> bool {
    let text = document.source.text();
    let made_elsewhere = document.foreign.iter().any(|foreign| match foreign.kind {
        ForeignKind::Shortcode | ForeignKind::TemplateTag => true,
        // In a destination or an attribute it is a value; elsewhere it may be a whole part of the page.
        ForeignKind::TemplateOutput => !document.links.iter().any(|link| link.span.contains(foreign.span)),
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
    let in_heading = |span: Span| document.headings.iter().any(|heading| heading.span.contains(span));
    let unsure_heading = || {
        document.links.iter().any(|link| link.embeds && in_heading(link.span))
            || document.foreign.iter().any(|f| f.kind != ForeignKind::Attributes && in_heading(f.span))
    };
    // Searched for by its first word: the pattern itself would look at every byte.
    let imports_part = || {
        let mut imports = memmem::find_iter(text.as_bytes(), b"import");
        imports.any(|at| (at == 0 || text.as_bytes()[at - 1] == b'\n') && IMPORTED_PART.is_match(&text[at..]))
    };
    made_elsewhere || unsure_heading() || imports_part()
}
