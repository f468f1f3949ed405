//! One article, parsed: the same model for Markdown, MDX, HTML, plain text and page dumps.
//!
//! Owns what an article *is*: front matter, blocks of prose, links, anchors, and where each stands in the source.
//! Knows no rule, no site and no configuration. A broken article is a document with [`Problem`]s, never an error.

mod argument;
mod foreign;
pub mod front_matter;
mod html;
mod ink;
mod markdown;
mod places;
mod prose;
mod text;

use std::borrow::Cow;
use std::sync::OnceLock;

pub use front_matter::FrontMatter;
pub use prose::{OBJECT, Prose};
pub(crate) use text::Line;
pub use text::{Dump, RelatedEntry, RelatedList, is_related_heading};

use crate::date;
use crate::source::{Kind, Source};
use crate::span::Span;

/// A parsed article.
#[derive(Debug)]
pub struct Document<'s> {
    /// The text that every span here points into.
    pub source: &'s Source,
    /// The front matter, if a fence was found, even a broken one.
    pub front_matter: Option<FrontMatter>,
    /// What follows the front matter, to the end of the file.
    pub body: Span,
    /// The plain text of all blocks, mapped back to bytes.
    pub prose: Prose,
    /// The blocks in source order; leaves only: a quote that holds two paragraphs is two blocks.
    pub blocks: Vec<Block>,
    /// The headings in source order; each is also a block.
    pub headings: Vec<Heading>,
    /// Links and images in source order, raw HTML and JSX ones included; none from code.
    pub links: Vec<Link<'s>>,
    /// Link definitions (`[label]: url`), in source order, repeated ones included.
    pub definitions: Vec<Definition<'s>>,
    /// Places that a fragment can name by an explicit id: `id=`, `<a name=>`, `{#id}` of a heading.
    pub anchors: Vec<Anchor>,
    /// What a template engine or MDX reads, masked from the Markdown parser.
    pub foreign: Vec<Foreign>,
    /// HTML and MDX comments in the body, delimiters included.
    pub comments: Vec<Span>,
    /// What a plain text is, if it looks like a saved web page.
    pub dump: Option<Dump>,
    /// What is wrong with the article's own syntax.
    pub problems: Vec<Problem>,
    dates: OnceLock<Vec<(Span, date::Outcome)>>,
    places: places::Places,
}

/// What a block is. A paragraph inside a list item is a `ListItem`, one inside a block quote a `Quote`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// Running text.
    Paragraph,
    /// A heading, levels 1 to 6.
    Heading(u8),
    /// The text of a list item, or a further paragraph in it.
    ListItem,
    /// A paragraph in a block quote, or a pull quote of a page dump.
    Quote,
    /// Fenced or indented code, `<pre>`, `<script>`, `<style>`. Its text range is empty: code is never prose.
    Code,
    /// One cell of a table.
    TableCell,
    /// A block of raw HTML in Markdown that holds no text of its own.
    Html,
}

/// A leaf block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its source, markers (`#`, `>`, `-`) of the block itself included, the last line's end left out.
    pub span: Span,
    /// Its plain text, as a byte range of [`Prose::text`]; empty for code and HTML.
    pub text: Span,
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// The whole heading in the source, as in its block.
    pub span: Span,
    /// The text a reader sees, inline code included, markup and `{#id}` left out. What heading ids are made from.
    pub text: String,
    /// What of the text is inline code, as byte ranges of it.
    pub code: Vec<Span>,
    /// The id that the author gave: `{#id}`, kramdown `{: #id}`, or the `id` attribute of an HTML heading.
    pub id: Option<String>,
}

/// How a link is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LinkForm {
    /// `[text](destination)` or `![alt](destination)`
    Inline,
    /// `[text][label]`, `[label][]`, `[label]`
    Reference,
    /// `<https://example.org>`
    Autolink,
    /// An attribute of an HTML element or a JSX component: `href`, `src`, `srcset`, `poster` …
    Attribute,
    /// An argument of a shortcode or a template tag: `{{< figure src="a.png" >}}`, `{% include card.html href="/a/" %}`
    Argument,
    /// A field of the front matter: `image: a.png`
    Field,
}

/// A link or an image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link<'s> {
    /// How it is written.
    pub form: LinkForm,
    /// Whether it shows its target (image, video, audio) instead of leading to it.
    pub embeds: bool,
    /// The whole link: from `[` to `)`, the HTML element from its opening tag to the end of its closing tag.
    pub span: Span,
    /// What a reader clicks or the alternative text: between the brackets or tags. Empty where there is none.
    pub text: Span,
    /// Where it leads; `None` for a reference without definition.
    pub destination: Option<Destination<'s>>,
}

/// Where a link leads, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination<'s> {
    /// The destination's bytes, without brackets, quotes or title. For a reference link it stands in the definition.
    pub span: Span,
    /// The destination with entities and backslash escapes resolved; percent escapes stay. Template syntax is as written.
    pub url: Cow<'s, str>,
    /// Whether it holds template or MDX syntax, so that only an engine knows its value.
    pub foreign: bool,
}

/// A link definition: `[label]: destination "title"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition<'s> {
    /// The whole definition, its line end left out.
    pub span: Span,
    /// The label between the brackets.
    pub label: Span,
    /// Where it leads.
    pub destination: Destination<'s>,
}

/// An id that a fragment can name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// The name itself, in the source.
    pub span: Span,
    /// The name, entities resolved.
    pub name: String,
}

/// What kind of foreign syntax stands in a Markdown file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ForeignKind {
    /// Hugo: `{{< … >}}`, `{{% … %}}`
    Shortcode,
    /// Liquid, Nunjucks, Tera, Jinja tags: `{% … %}`
    TemplateTag,
    /// Template output: `{{ … }}`
    TemplateOutput,
    /// kramdown attribute lists: `{: … }`
    Attributes,
    /// MDX `import` and `export` blocks
    Esm,
    /// MDX `{ … }`
    Expression,
    /// MDX `<Component …>` and its closing tag
    Jsx,
}

/// A piece of foreign syntax.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Foreign {
    /// What it is.
    pub kind: ForeignKind,
    /// Its source, delimiters included.
    pub span: Span,
}

/// What is wrong with an article's own syntax.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ProblemKind {
    /// A front-matter fence that is never closed, or spoiled.
    Fence,
    /// Front matter that its parser rejects.
    Syntax,
    /// A key that a map already has.
    DuplicateKey,
}

/// A fault in an article's own syntax. Rules turn it into a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What kind of fault.
    pub kind: ProblemKind,
    /// Where it is.
    pub span: Span,
    /// What is wrong: lower case, no final period.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// Other places that explain it.
    pub labels: Vec<(Span, String)>,
    /// The value that could be read if it stood in double quotes, where that is certain.
    pub unquoted: Option<Span>,
}

impl<'s> Document<'s> {
    /// Parses `source` by its kind. Never fails: what cannot be parsed becomes a [`Problem`] and the rest is still read.
    pub fn parse(source: &'s Source) -> Self {
        let mut document = Self::begin(source);
        let masked = foreign::mask(&mut document);
        document.read_body(&masked);
        document
    }

    /// Parses each of `sources`, in their order: step by step, not one after the other, so that the code of each step stays in
    /// the processor's instruction cache.
    pub fn parse_all(sources: impl Iterator<Item = &'s Source>) -> Vec<Self> {
        let mut documents: Vec<Self> = sources.map(Self::begin).collect();
        let masked: Vec<_> = documents.iter_mut().map(foreign::mask).collect();
        documents.iter_mut().zip(&masked).for_each(|(document, masked)| document.read_body(masked));
        documents
    }

    /// With its front matter alone.
    fn begin(source: &'s Source) -> Self {
        let (front_matter, body_start, problems) = front_matter::read(source);
        Self {
            source,
            front_matter,
            body: Span::new(body_start, source.text().len()),
            prose: Prose::default(),
            blocks: Vec::new(),
            headings: Vec::new(),
            links: Vec::new(),
            definitions: Vec::new(),
            anchors: Vec::new(),
            foreign: Vec::new(),
            comments: Vec::new(),
            dump: None,
            problems,
            dates: OnceLock::new(),
            places: places::Places::default(),
        }
    }

    /// Makes room for what usually stands in a body of that many bytes.
    fn reserve(&mut self, body: usize) {
        self.prose.reserve(body);
        self.blocks.reserve(body / 128);
        self.links.reserve(body / 512);
    }

    fn read_body(&mut self, masked: &foreign::Masked<'s>) {
        match self.source.kind() {
            Kind::Markdown | Kind::Mdx => markdown::read(self, masked),
            Kind::Html => html::read(self, masked),
            Kind::Text => text::read(self),
        }
    }

    /// The full dates in its paragraphs, headings, lists and tables (see [`date::in_prose`]), but for quotes, which keep the
    /// mistakes of others. Their places are in the source. Looked for when first asked for.
    pub fn dates(&self) -> &[(Span, date::Outcome)] {
        self.dates.get_or_init(|| {
            // One look at all of the text: most blocks have no year in them.
            let years: Vec<usize> = date::years(self.prose.text()).collect();
            if years.is_empty() {
                return Vec::new();
            }
            let dated = |block: &&Block| {
                let next = years.partition_point(|&year| year < block.text.start);
                years.get(next).is_some_and(|&year| year < block.text.end)
            };
            let own = self.blocks.iter().filter(|block| !matches!(block.kind, BlockKind::Quote | BlockKind::Code));
            let found = own.filter(dated).flat_map(|block| {
                let dates = date::in_prose(self.text_of(block)).into_iter();
                dates.map(|(span, found)| (self.prose.source_span(span.shifted(block.text.start)), found))
            });
            found.collect()
        })
    }

    /// Where `<` stands in the source, in order. Looked for when first asked for, like the others.
    pub(crate) fn angles(&self) -> &[usize] {
        self.places.angles(self.source.text())
    }

    /// Where `{` stands in the source, in order; of several in a row, the last.
    pub(crate) fn braces(&self) -> &[usize] {
        self.places.braces(self.source.text())
    }

    /// Where `[` stands in the prose, in order.
    pub(crate) fn brackets(&self) -> &[usize] {
        self.places.brackets(self.prose.text())
    }

    /// Where a character of the source begins that is not ASCII, in order.
    pub(crate) fn beyond_ascii(&self) -> &[usize] {
        self.places.beyond_ascii(self.source.text())
    }

    /// The plain text of a block.
    pub fn text_of(&self, block: &Block) -> &str {
        block.text.of(self.prose.text())
    }
}
