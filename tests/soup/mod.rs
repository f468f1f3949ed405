//! Random articles made of nasty pieces: whatever comes, no panic, and every span is in place.

use copydesk::document::{BlockKind, Document, LinkForm};
use copydesk::source::{Kind, Source};
use copydesk::span::Span;
use proptest::prelude::*;
use pulldown_cmark::{Event, Parser, Tag};

const PIECES: &[&str] = &[
    "word",
    "Two words",
    "é",
    "😀",
    "日本",
    " ",
    "  ",
    "    ",
    "\t",
    "\n",
    "\n\n",
    "\r\n",
    "\r\n\r\n",
    "\r",
    "\u{0}",
    "\u{A0}",
    "\u{FEFF}",
    "# ",
    "## ",
    "===\n",
    "---\n",
    "> ",
    "> > ",
    "- ",
    "* ",
    "1. ",
    "10) ",
    "- [ ] ",
    "| a | b |\n|---|---|\n| c | d |\n",
    "|",
    "\\|",
    "```",
    "```js\n",
    "~~~",
    "`",
    "``",
    "*",
    "**",
    "_",
    "~~",
    "\\",
    "\\`",
    "&amp;",
    "&eacute;",
    "&#x1F600;",
    "&",
    "&copy",
    "[",
    "]",
    "](",
    "](/x)",
    "[a](/b)",
    "[a](</b c> 't')",
    "[a][b]",
    "[a][]",
    "[b]: /c\n",
    "[b]: </d>\n'title'\n",
    "\n[B]:\n/e\n",
    "![",
    "![alt](/i.png)",
    "[^1]",
    "[^1]: note\n",
    "(",
    ")",
    "<https://x.example>",
    "<me@x.example>",
    "<",
    ">",
    "<a href=\"/x\">",
    "<a href='/y?a&amp;b'>",
    "<a href=/z>",
    "<a href",
    "<a name=n>",
    "</a>",
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<div\n",
    "<li>",
    "<ul>",
    "</ul>",
    "<td>",
    "<blockquote>",
    "<h2 id=h>",
    "</h2>",
    "<br>",
    "<br/>",
    "<img src=i srcset='a 1x, b 2x'>",
    "<pre>",
    "</pre>",
    "<code>",
    "</code>",
    "<script>",
    "</script>",
    "<style>",
    "<textarea>",
    "<template>",
    "</template>",
    "<svg>",
    "</svg>",
    "<!--",
    "-->",
    "<!-- c -->",
    "<!",
    "<?",
    "<![CDATA[",
    "<title>",
    "<plaintext>",
    "{",
    "}",
    "{{",
    "}}",
    "{{ x }}",
    "{{{ x }}}",
    "{{< ref \"a b\" >}}",
    "{{< x",
    ">}}",
    "{{% y %}}",
    "{{< highlight >}}",
    "{{< /highlight >}}",
    "{%",
    "%}",
    "{% if x %}",
    "{% raw %}",
    "{% endraw %}",
    "{% comment %}",
    "{% endcomment %}",
    "{# c #}",
    "{: #id .c}",
    "{:.c}",
    "{::comment}",
    "{:/comment}",
    "{#id}",
    "](",
    "({{ \"é\" | url }})",
    "import A from 'b'\n",
    "export const a = {\n",
    "<A b={c} to=\"/d\">",
    "<A b={{c: \"}\"}}/>",
    "</A>",
    "<>",
    "</>",
    "{/* c */}",
    "{/*",
    "*/}",
    "{'",
    "`${",
    "\"",
    "'",
    "//",
];

fn soup() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..40).prop_map(|pieces| pieces.concat())
}

/// What a destination may mean that is written so: in parentheses, in angle brackets, as an address.
fn meanings(written: &str) -> impl Iterator<Item = String> {
    let links = [format!("[]({written})"), format!("[](<{written}>)")];
    let urls = links.into_iter().filter_map(|link| match Parser::new(&link).nth(1) {
        Some(Event::Start(Tag::Link { dest_url, .. })) => Some(dest_url.into_string()),
        _ => None,
    });
    urls.chain([written.to_owned(), format!("mailto:{written}")])
}

/// What must hold of every document.
fn check(kind: Kind, text: &str) {
    let source = Source::new("a", kind, text);
    let document = Document::parse(&source);
    let inside = |what: &str, span: Span| {
        assert!(document.body.contains(span), "{what} {span:?} outside of the body of {kind:?} {text:?}");
        assert!(text.get(span.start..span.end).is_some(), "{what} {span:?} off a boundary of {kind:?} {text:?}");
    };
    let mut previous: Option<Span> = None;
    for block in &document.blocks {
        inside("block", block.span);
        assert!(document.prose.text().get(block.text.start..block.text.end).is_some());
        if let Some(previous) = previous {
            assert!(
                previous.start <= block.span.start,
                "blocks out of order in {kind:?} {text:?}: {:?}",
                document.blocks
            );
        }
        previous = Some(block.span);
        if matches!(block.kind, BlockKind::Code | BlockKind::Html) {
            assert!(block.text.is_empty());
            continue;
        }
        let place = document.prose.source_span(block.text);
        inside("prose", place);
        for (at, word) in document.text_of(block).match_indices("word") {
            let start = block.text.start + at;
            let span = document.prose.source_span(Span::new(start, start + word.len()));
            assert_eq!(source.slice(span), word, "in {kind:?} {text:?}");
        }
    }
    for link in &document.links {
        inside("link", link.span);
        inside("link text", link.text);
        assert!(link.span.contains(link.text), "text outside of the link in {kind:?} {text:?}: {link:?}");
        if let Some(destination) = &link.destination {
            inside("destination", destination.span);
            if kind == Kind::Markdown && link.form != LinkForm::Attribute && !destination.foreign {
                let written = source.slice(destination.span);
                let means = meanings(written).any(|url| url == destination.url);
                assert!(means, "{written:?} is not {:?} in {text:?}", destination.url);
            }
        }
    }
    for definition in &document.definitions {
        inside("definition", definition.span);
        inside("label", definition.label);
        inside("definition's destination", definition.destination.span);
        assert!(definition.span.contains(definition.destination.span), "in {kind:?} {text:?}: {definition:?}");
    }
    document.headings.iter().for_each(|heading| inside("heading", heading.span));
    document.anchors.iter().for_each(|anchor| inside("anchor", anchor.span));
    document.foreign.iter().for_each(|foreign| inside("foreign", foreign.span));
    document.comments.iter().for_each(|comment| inside("comment", *comment));
    for (at, _) in document.prose.text().char_indices() {
        inside("prose", document.prose.source_span(Span::new(at, document.prose.len())));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn markdown_soup(text in soup()) {
        check(Kind::Markdown, &text);
    }

    #[test]
    fn mdx_soup(text in soup()) {
        check(Kind::Mdx, &text);
    }

    #[test]
    fn html_soup(text in soup()) {
        check(Kind::Html, &text);
    }
}
