//! What the rest of the site needs to know of one article.

use std::sync::Arc;

use super::explicit;
use super::headings::{self, HeadingFact};
use super::lines::{self, LineFact};
use super::listed::{self, Listing};
use super::openness::{self, Openness};
use super::sketch::Sketch;
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
    /// The ids that its author gave to places in it, each once.
    pub anchors: Vec<String>,
    /// Its headings.
    pub headings: Vec<HeadingFact>,
    /// What may give it further ids.
    pub open: Openness,
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

impl Facts {
    /// Summarises a document, which is used up. A sketch takes time, so it is made only if `sketch` asks for it.
    pub fn of(mut document: Document, sketch: bool) -> Self {
        let sketch = if sketch { Sketch::of(document.prose.text()) } else { None };
        let title = title(&document);
        let templates = templates(&document);
        let (opening, lines) = (opening(&document), lines::of(&document));
        let related = listed::lists(&document);
        let (anchors, open) = (explicit::anchors(&document), openness::openness(&document));
        let headings = headings::take(&mut document);
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
            anchors,
            headings,
            open,
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
    let text = document.text_of(first);
    if text.len() > 2 * title.len() + 20 || !has_letters_of(text, title) {
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
    let mut below = source.text()[lines.end..].split_inclusive('\n');
    while let Some(line) = below.next().filter(|line| line.trim().is_empty()) {
        lines.end += line.len();
    }
    Some(Opening { span: first.span, lines, heading })
}

/// Whether both texts have the same letters and digits, whatever their case, and any at all.
fn has_letters_of(text: &str, title: &str) -> bool {
    if text.is_ascii() && title.is_ascii() {
        let mut letters = [text, title].map(|text| text.bytes().filter(u8::is_ascii_alphanumeric).peekable());
        let [text, title] = &mut letters;
        return text.peek().is_some() && text.map(|b| b.to_ascii_lowercase()).eq(title.map(|b| b.to_ascii_lowercase()));
    }
    let letters =
        |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase() };
    letters(text) == letters(title) && !letters(title).is_empty()
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
