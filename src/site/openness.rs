//! What may give ids to places of an article besides its headings and what its author named.

use std::sync::LazyLock;

use memchr::memchr_iter;
use memchr::memmem::Finder;

use super::cover::Cover;
use crate::document::{Document, ForeignKind};

/// The first letter of a line that may take in another article. Two bytes are looked for faster than a word.
static IMPORT: LazyLock<Finder> = LazyLock::new(|| Finder::new("\ni"));

/// The start of a line that may tell what the term above it means.
static MEANING: LazyLock<Finder> = LazyLock::new(|| Finder::new("\n:"));

/// A line that may be a heading. Most `#` stand in links.
static HASH: LazyLock<Finder> = LazyLock::new(|| Finder::new("\n#"));

/// An attribute that says what stands in an element. Most `=` stand in others.
static MARKDOWN: LazyLock<Finder> = LazyLock::new(|| Finder::new("markdown="));

/// Components without content of their own that make no ids.
const WITHOUT_IDS: &[&str] = &["Tabs", "TabItem", "CodeBlock", "Card", "LinkCard", "Image", "Icon", "Badge", "Link"];

/// Components that make ids from their content: Docusaurus' own documentation gives one to every row of a table.
const MAKING_IDS: &[&str] = &["APITable"];

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

/// Whether a line takes in another article (`import Part from './_part.mdx'`), also where MDX hides in a `.md`.
fn imports_part(text: &str) -> bool {
    /// An article's ending, and the quote behind it.
    const PARTS: [&str; 6] = [".md\"", ".md'", ".mdx\"", ".mdx'", ".markdown\"", ".markdown'"];
    let lines = IMPORT.find_iter(text.as_bytes()).map(|end| &text[end + 1..]);
    std::iter::once(text).chain(lines).any(|line| {
        let Some(rest) = line.strip_prefix("import") else { return false };
        let mut characters = rest.chars();
        let spaced = characters.next().is_some_and(char::is_whitespace);
        let line = characters.as_str().split('\n').next().unwrap_or("");
        spaced && memchr_iter(b'.', line.as_bytes()).any(|at| PARTS.iter().any(|part| line[at..].starts_with(part)))
    })
}

/// Whether headings in an element are read is its attribute's matter: `<div markdown="1">`.
fn reads_inside(body: &[u8]) -> bool {
    MARKDOWN.find(body).is_some()
}

/// Whether text is taken in from elsewhere: `--8<-- "file"`.
fn has_snippet(document: &Document) -> bool {
    let bytes = document.source.text().as_bytes();
    let sign = |at: usize| bytes.get(at + 1) == Some(&b'-') && bytes[document.body.start..at].ends_with(b"-8");
    document.angles().iter().any(|&at| at > document.body.start && sign(at))
}

/// What stands above each definition, and whether a line begins with more than one colon.
fn terms(body: &str) -> (Vec<String>, bool) {
    let (mut terms, mut colons) = (Vec::new(), false);
    for at in MEANING.find_iter(body.as_bytes()) {
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
        let images = document.links.iter().filter(|link| link.embeds).map(|link| link.span);
        let masked = document.foreign.iter().filter(|foreign| foreign.kind != ForeignKind::Attributes);
        let mut unsure = images.chain(masked.map(|foreign| foreign.span)).peekable();
        unsure.peek().is_some() && {
            let headings = Cover::of(document.headings.iter().map(|heading| heading.span));
            unsure.any(|span| headings.holds(span))
        }
    };
    let body = document.source.slice(document.body).as_bytes();
    let cramped = HASH.find_iter(body).any(|end| {
        let next = body[end + 1..].iter().find(|byte| **byte != b'#');
        next.is_some_and(|byte| !matches!(byte, b' ' | b'\t' | b'\n' | b'\r'))
    });
    let (terms, colons) = terms(document.source.slice(document.body));
    // A file with nothing in it stands in for one that is elsewhere, or is yet to be made.
    let is_stand_in = text.trim().is_empty();
    Openness {
        parts: is_stand_in || made_elsewhere || unsure_heading() || imports_part(text) || reads_inside(body),
        outputs,
        terms,
        cramped,
        inserts: colons || has_snippet(document),
        tags,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use regex::Regex;

    use super::*;
    use crate::source::{Kind, Source};

    fn of(text: &str) -> Openness {
        openness(&Document::parse(&Source::new("a.md", Kind::Markdown, text)))
    }

    proptest! {
        #[test]
        fn parts_are_found_as_by_a_pattern(
            parts in prop::collection::vec(
                prop::sample::select(
                    &["import", " ", "\t", "\u{A0}", "\n", "\r\n", "x", "é", "'./_part", ".md", ".mdx", ".markdown", "x", "\"", "'", "."][..],
                ),
                0..14,
            ),
        ) {
            let text = parts.concat();
            let pattern = Regex::new(r#"(?:^|\n)import\s[^\n]*\.(?:mdx?|markdown)["']"#).expect("a pattern");
            prop_assert_eq!(imports_part(&text), pattern.is_match(&text));
        }
    }

    #[test]
    fn signs_are_found_in_the_body_alone() {
        let plain = of("---\ntitle: -8<- markdown=\n---\n# A\n\n## B\n\n###\n-8 <- markdown\n");
        assert_eq!(plain, Openness::default());
        assert!(of("a\n--8<-- \"é.md\"\n").inserts && of("-8<-").inserts && !of("8<-").inserts);
        assert!(of("a\n\n:::note\n").inserts);
        assert!(of("<div markdown=1>\n").parts && of("markdown=").parts);
        assert!(of("a\n##B\n").cramped && !of("##B\n").cramped && !of("a ##B\n").cramped);
        assert!(of("import A from './a.mdx'\n").parts && !of("An import A from './a.mdx'\n").parts);
        assert!(of("# ![a](b.png)\n").parts && !of("![a](b.png)\n").parts);
        assert_eq!(of("é\n: a\nb\n\n:\tc\nd:\n").terms, ["é", "b"]);
    }
}
