//! The HTML elements by what they do to the text around them. Knows names only, no tree.

/// What an element does to the flow of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::document) enum Class {
    /// `h1` to `h6`.
    Heading(u8),
    /// `p`.
    Paragraph,
    /// `li`, `dt`, `dd`.
    Item,
    /// `blockquote`.
    Quote,
    /// `td`, `th`.
    Cell,
    /// Any other element that stands on its own lines: `div`, `ul`, `table` …
    Block,
    /// `pre`, `script`, `style`: a block of code.
    Code,
    /// `code` in a line.
    InlineCode,
    /// Shows something that is not text: `img`, `video`, `svg` …
    Object,
    /// Not shown in the page: `template`, `noscript`, `textarea`, `title`.
    Hidden,
    /// `br`.
    Break,
    /// Everything else: part of a line of text.
    Inline,
}

/// An element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::document) struct Element {
    /// Its name in lower case; empty for an element that HTML does not have.
    pub name: &'static str,
    /// What it does to the flow of text.
    pub class: Class,
}

impl Element {
    /// Whether it has no content and no closing tag.
    pub fn is_void(self) -> bool {
        matches!(
            self.name,
            "area"
                | "base"
                | "br"
                | "col"
                | "embed"
                | "hr"
                | "img"
                | "input"
                | "link"
                | "meta"
                | "source"
                | "track"
                | "wbr"
        )
    }

    /// Whether its end may be left out, so that it ends where a sibling begins.
    pub fn ends_by_itself(self) -> bool {
        matches!(self.class, Class::Paragraph | Class::Item | Class::Cell) || matches!(self.name, "tr" | "option")
    }

    /// Whether it begins or ends a line of its own.
    pub fn is_block(self) -> bool {
        !matches!(self.class, Class::InlineCode | Class::Object | Class::Hidden | Class::Break | Class::Inline)
    }

    /// The element of that name, which is in lower case.
    pub fn named(name: &[u8]) -> Self {
        macro_rules! table {
            ($($class:expr => $($name:literal)+;)+) => {
                match name {
                    $($(bytes if bytes == $name.as_bytes() => Self { name: $name, class: $class },)+)+
                    _ => Self { name: "", class: Class::Inline },
                }
            };
        }
        table! {
            Class::Inline => "a" "span" "b" "i" "em" "strong" "area" "link" "source" "track" "base" "col" "input" "meta"
                "wbr" "small" "sup" "sub" "picture";
            Class::Paragraph => "p";
            Class::Block => "div" "section" "article" "aside" "header" "footer" "main" "nav" "figure" "figcaption" "ul"
                "ol" "menu" "dl" "table" "caption" "colgroup" "thead" "tbody" "tfoot" "tr" "form" "fieldset" "legend"
                "details" "summary" "dialog" "address" "center" "hgroup" "html" "head" "body" "hr" "dir"
                "frameset" "frame" "noframes" "optgroup" "option" "search" "button" "label";
            Class::Item => "li" "dt" "dd";
            Class::Quote => "blockquote";
            Class::Cell => "td" "th";
            Class::Heading(1) => "h1";
            Class::Heading(2) => "h2";
            Class::Heading(3) => "h3";
            Class::Heading(4) => "h4";
            Class::Heading(5) => "h5";
            Class::Heading(6) => "h6";
            Class::Code => "pre" "script" "style" "xmp" "listing" "plaintext";
            Class::InlineCode => "code";
            Class::Object => "img" "video" "audio" "iframe" "object" "embed" "svg" "canvas" "math";
            Class::Hidden => "template" "noscript" "textarea" "noembed" "title";
            Class::Break => "br";
        }
    }
}
