//! The document model: what each kind of source becomes, and that every span is exact.

use copydesk::document::{BlockKind, Document, ForeignKind};
use copydesk::source::{Kind, Source};

mod soup;

fn markdown(text: &str) -> Source {
    Source::new("a.md", Kind::Markdown, text)
}

fn mdx(text: &str) -> Source {
    Source::new("a.mdx", Kind::Mdx, text)
}

fn html(text: &str) -> Source {
    Source::new("a.html", Kind::Html, text)
}

fn name(kind: BlockKind) -> String {
    match kind {
        BlockKind::Paragraph => "p".into(),
        BlockKind::Heading(level) => format!("h{level}"),
        BlockKind::ListItem => "li".into(),
        BlockKind::Quote => "quote".into(),
        BlockKind::Code => "code".into(),
        BlockKind::TableCell => "td".into(),
        BlockKind::Html => "html".into(),
    }
}

/// `kind | source | text`, a line for each block; objects are `#`, line feeds `\n`.
#[track_caller]
fn blocks(source: Source, expected: &[&str]) {
    let document = Document::parse(&source);
    let found: Vec<String> = document
        .blocks
        .iter()
        .map(|block| {
            let text = document.text_of(block).replace('\u{FFFC}', "#");
            let line = format!("{} | {} | {}", name(block.kind), source.slice(block.span), text);
            line.replace("\r\n", "\\n").replace('\n', "\\n").trim_end().to_owned()
        })
        .collect();
    assert_eq!(found, expected, "blocks of {:?}", source.text());
}

/// `whole | text | written destination | meaning`, a line for each link; foreign destinations end in `(foreign)`.
#[track_caller]
fn links(source: Source, expected: &[&str]) {
    let document = Document::parse(&source);
    let found: Vec<String> = document
        .links
        .iter()
        .map(|link| {
            let destination = link.destination.as_ref().map_or("none".to_owned(), |destination| {
                let foreign = if destination.foreign { " (foreign)" } else { "" };
                format!("{} | {}{foreign}", source.slice(destination.span), destination.url)
            });
            let embeds = if link.embeds { "image: " } else { "" };
            let line = format!("{embeds}{} | {} | {destination}", source.slice(link.span), source.slice(link.text));
            line.replace('\n', "\\n")
        })
        .collect();
    assert_eq!(found, expected, "links of {:?}", source.text());
}

/// `level text #id`, a line for each heading.
#[track_caller]
fn headings(source: Source, expected: &[&str]) {
    let document = Document::parse(&source);
    let id = |id: &Option<String>| id.as_ref().map_or(String::new(), |id| format!(" #{id}"));
    let found: Vec<String> = document.headings.iter().map(|h| format!("{} {}{}", h.level, h.text, id(&h.id))).collect();
    assert_eq!(found, expected, "headings of {:?}", source.text());
}

#[track_caller]
fn foreign(source: Source, expected: &[(ForeignKind, &str)]) {
    let document = Document::parse(&source);
    let found: Vec<_> = document.foreign.iter().map(|f| (f.kind, source.slice(f.span))).collect();
    assert_eq!(found, expected, "foreign syntax of {:?}", source.text());
}

#[track_caller]
fn comments(source: Source, expected: &[&str]) {
    let document = Document::parse(&source);
    let found: Vec<_> = document.comments.iter().map(|span| source.slice(*span)).collect();
    assert_eq!(found, expected, "comments of {:?}", source.text());
}

#[test]
fn markdown_blocks_are_leaves_with_their_markers() {
    blocks(
        markdown(
            "# Café {#top}\n\nOne *two*\n\tthree\n\n- a\n- b\n  - c\n\n1. d\n\n   e\n\n> q\n> r\n>\n> s\n\nSet\n===\n",
        ),
        &[
            "h1 | # Café {#top} | Café",
            "p | One *two*\\n\tthree | One two\\nthree",
            "li | - a | a",
            "li | - b | b",
            "li | - c | c",
            "li | 1. d | d",
            "li | e | e",
            "quote | > q\\n> r | q\\nr",
            "quote | > s | s",
            "h1 | Set\\n=== | Set",
        ],
    );
}

#[test]
fn prose_resolves_entities_and_skips_markup() {
    blocks(
        markdown(
            "a &eacute;&#x1F600; \\* **日本** `x` ![alt](i.png) [l](/x)[^1] <b>bold</b> <!-- c --> z\n\n[^1]: Note.\n",
        ),
        &[
            "p | a &eacute;&#x1F600; \\* **日本** `x` ![alt](i.png) [l](/x)[^1] <b>bold</b> <!-- c --> z | a é😀 * 日本 # # l bold  z",
            "p | Note. | Note.",
        ],
    );
}

#[test]
fn crlf_tabs_and_a_byte_order_mark_keep_spans() {
    blocks(
        markdown("\u{FEFF}# Ünder\r\n\r\n-\tone 😀\r\n  two\r\n\r\n> q\r\n"),
        &["h1 | # Ünder | Ünder", "li | -\tone 😀\\n  two | one 😀\\ntwo", "quote | > q | q"],
    );
}

#[test]
fn code_is_never_prose() {
    blocks(
        markdown(
            "```js\n[x](y)\n```\n\n    [x](y)\n\n<pre>\n[x](y)\n\n<a href=z>w</a>\n</pre>\n\nin <code>[x](y)</code> line\n",
        ),
        &[
            "code | ```js\\n[x](y)\\n``` |",
            "code | [x](y) |",
            "code | <pre>\\n[x](y)\\n\\n<a href=z>w</a>\\n</pre> |",
            "p | in <code>[x](y)</code> line | in # line",
        ],
    );
    links(
        markdown(
            "`[x](y)` <code>[x](y)</code>\n\n<pre><a href=z>w</a></pre>\n\n<script>\n'<a href=z>w</a>'\n</script>\n",
        ),
        &[],
    );
}

#[test]
fn table_cells_are_blocks() {
    blocks(markdown("| é | b |\n|---|---|\n| x \\| y | |\n"), &["td | é | é", "td | b | b", "td | x \\| y | x | y"]);
}

#[test]
fn text_in_raw_html_is_prose() {
    blocks(
        markdown(
            "<p>ADVERTISEMENT</p>\n\n<div align=center>\nA &amp; B<br>c\n</div>\n\n<img src=x>\n\n> <p>in\n> quote</p>\n\n<!-- c -->\n\n<h2 id=x>Head</h2>\n\n<ul><li>one<li>two</ul>\n",
        ),
        &[
            "p | <p>ADVERTISEMENT</p> | ADVERTISEMENT",
            "p | <div align=center>\\nA &amp; B<br>c\\n</div> | A & B\\nc",
            "html | <img src=x> |",
            "quote | <p>in\\n> quote</p> | in\\nquote",
            "html | <!-- c --> |",
            "h2 | <h2 id=x>Head</h2> | Head",
            "li | <li>one | one",
            "li | <li>two | two",
        ],
    );
}

#[test]
fn destinations_are_found_exactly() {
    links(
        markdown(
            "[a](/x) [b](</x y> 'ti)tle') [c [d]](/p(1)q \"t\") [e](/a\\)b&amp;c) [f](\n /g\n \"h\") [](/i) [j]() ![k ![l](/m)](/n) [![o](/p)](/q)\n",
        ),
        &[
            "[a](/x) | a | /x | /x",
            "[b](</x y> 'ti)tle') | b | /x y | /x y",
            "[c [d]](/p(1)q \"t\") | c [d] | /p(1)q | /p(1)q",
            "[e](/a\\)b&amp;c) | e | /a\\)b&amp;c | /a)b&c",
            "[f](\\n /g\\n \"h\") | f | /g | /g",
            "[](/i) |  | /i | /i",
            "[j]() | j |  | ",
            "image: ![k ![l](/m)](/n) | k ![l](/m) | /n | /n",
            "[![o](/p)](/q) | ![o](/p) | /q | /q",
            "image: ![o](/p) | o | /p | /p",
        ],
    );
    links(
        markdown("> [a](/é\n> \"t\")\n\n<https://é.example/😀> <me@example.org>\n"),
        &[
            "[a](/é\\n> \"t\") | a | /é | /é",
            "<https://é.example/😀> | https://é.example/😀 | https://é.example/😀 | https://é.example/😀",
            "<me@example.org> | me@example.org | me@example.org | mailto:me@example.org",
        ],
    );
}

#[test]
fn reference_links_point_into_their_definition() {
    let text = "[a][X] [x][] [x] [y][none] [none]\n\n[x]: /one\\_ \"t\"\n[X]: </two>\n> [x]:\n> /three 'u'\n";
    links(
        markdown(text),
        &[
            "[a][X] | a | /one\\_ | /one_",
            "[x][] | x | /one\\_ | /one_",
            "[x] | x | /one\\_ | /one_",
            "[y][none] | y | none",
        ],
    );
    let source = markdown(text);
    let document = Document::parse(&source);
    let found: Vec<_> = document
        .definitions
        .iter()
        .map(|d| {
            (source.slice(d.span), source.slice(d.label), source.slice(d.destination.span), d.destination.url.as_ref())
        })
        .collect();
    assert_eq!(
        found,
        [
            ("[x]: /one\\_ \"t\"", "x", "/one\\_", "/one_"),
            ("[X]: </two>", "X", "/two", "/two"),
            ("[x]:\n> /three 'u'", "x", "/three", "/three"),
        ]
    );
}

#[test]
fn html_links_have_exact_values() {
    links(
        markdown(
            "<a href='/x?a&amp;b'>t *x*</a> <A HREF = /y >u</A> <img alt=\"al\" src=\"a b\" srcset=\"c 1x, d 2x\">\n\n<video poster=/p>\n<source src=/s>\n</video>\n\n<a\nhref=\"/z\">\n\nmarkdown\n\n</a>\n",
        ),
        &[
            "<a href='/x?a&amp;b'>t *x*</a> | t *x* | /x?a&amp;b | /x?a&b",
            "<A HREF = /y >u</A> | u | /y | /y",
            "image: <img alt=\"al\" src=\"a b\" srcset=\"c 1x, d 2x\"> | al | a b | a b",
            "image: <img alt=\"al\" src=\"a b\" srcset=\"c 1x, d 2x\"> | al | c | c",
            "image: <img alt=\"al\" src=\"a b\" srcset=\"c 1x, d 2x\"> | al | d | d",
            "image: <video poster=/p>\\n<source src=/s>\\n</video> | \\n<source src=/s>\\n | /p | /p",
            "image: <source src=/s> |  | /s | /s",
            "<a\\nhref=\"/z\">\\n\\nmarkdown\\n\\n</a> | \\n\\nmarkdown\\n\\n | /z | /z",
        ],
    );
}

#[test]
fn headings_have_the_text_that_ids_are_made_from() {
    headings(
        markdown(
            "# A `code` & [link](x) ![no](y) &eacute; {#my-id}\n\n## The {name}\n\n## K\n{: #kid .c}\n\n## L {: #lid}\n\n<h3 id=\"h\">X <code>y</code></h3>\n",
        ),
        &["1 A code & link  é #my-id", "2 The {name}", "2 K #kid", "2 L #lid", "3 X y #h"],
    );
}

#[test]
fn anchors_are_explicit_ids() {
    let source = markdown("# A {#top}\n\n<a name=\"old&amp;\"></a> <span id=é>x</span>\n\n<div id='d'></div>\n");
    let document = Document::parse(&source);
    let found: Vec<_> = document.anchors.iter().map(|a| (a.name.as_str(), source.slice(a.span))).collect();
    assert_eq!(found, [("top", "top"), ("old&", "old&amp;"), ("é", "é"), ("d", "d")]);
}

#[test]
fn templates_are_masked_and_links_with_them_are_links() {
    links(
        markdown(
            "[x]({{< ref \"a b.md\" >}}) ![y]({{ \"/é |\" | url }}) [z]({% link a.md %}#b) <a href=\"{{ '/q' | url }}\">w</a>\n",
        ),
        &[
            "[x]({{< ref \"a b.md\" >}}) | x | {{< ref \"a b.md\" >}} | {{< ref \"a b.md\" >}} (foreign)",
            "image: ![y]({{ \"/é |\" | url }}) | y | {{ \"/é |\" | url }} | {{ \"/é |\" | url }} (foreign)",
            "[z]({% link a.md %}#b) | z | {% link a.md %}#b | {% link a.md %}#b (foreign)",
            "<a href=\"{{ '/q' | url }}\">w</a> | w | {{ '/q' | url }} | {{ '/q' | url }} (foreign)",
        ],
    );
    links(
        markdown(
            "é {{< figure src=\"/img/é 1.png\" >}} {{< figure src=\"/img/日.png\" link=\"/a/#b\" alt=\"/c.png\" >}} {% image \"img/b.JPG?x\" \"A cat\" %}\n\n{% include /a.html href=\"../b.md\" %} {{</* figure src=\"/x.png\" */>}} {% if \"/x/y.png\" %}{% endif %} [x]({{< ref \"/img/z.png\" >}})\r\n\n`{{< figure src=\"/c.png\" >}}` {{< card url=\"https://example.org/a\" >}}\n",
        ),
        &[
            "image: {{< figure src=\"/img/é 1.png\" >}} |  | /img/é 1.png | /img/é 1.png",
            "image: {{< figure src=\"/img/日.png\" link=\"/a/#b\" alt=\"/c.png\" >}} |  | /img/日.png | /img/日.png",
            "{{< figure src=\"/img/日.png\" link=\"/a/#b\" alt=\"/c.png\" >}} |  | /a/#b | /a/#b",
            "image: {% image \"img/b.JPG?x\" \"A cat\" %} |  | img/b.JPG?x | img/b.JPG?x",
            "{% include /a.html href=\"../b.md\" %} |  | ../b.md | ../b.md",
            "[x]({{< ref \"/img/z.png\" >}}) | x | {{< ref \"/img/z.png\" >}} | {{< ref \"/img/z.png\" >}} (foreign)",
            "{{< card url=\"https://example.org/a\" >}} |  | https://example.org/a | https://example.org/a",
        ],
    );
    blocks(
        markdown(
            "{{< figure src=\"x\"\n  title=\">}}\" >}}\n\na {{ b }} c\n\n{% if x %}\nADVERTISEMENT\n{% endif %}\n\n{{< highlight go >}}\nx := 1\n\ny\n{{< /highlight >}}\n\n> {% tip %}\n> in\n> {% endtip %}\n",
        ),
        &[
            "p | a {{ b }} c | a # c",
            "p | ADVERTISEMENT | ADVERTISEMENT",
            "code | {{< highlight go >}}\\nx := 1\\n\\ny\\n{{< /highlight >}} |",
            "quote | > in | in",
        ],
    );
}

#[test]
fn templates_in_odd_places_keep_the_structure() {
    blocks(
        markdown(
            "a\n{% if x %}\nb\n{% endif %}\nc {# d #} {{/* e */}}.\n\n| f {{ \"x|y\" }} | g |\n|---|---|\n| [h]({{< ref \"i\" >}}) | |\n\n- {{< j >}}\n  k\n- [ ] l {{ m }}\n\n*n*{:.o} p\n\n{% include q\n  r=\"%}\" %}\n\n``s ` {{ t }}`` {{ `u }}` }} v\n",
        ),
        &[
            "p | a | a",
            "p | b | b",
            "p | c {# d #} {{/* e */}}. | c  .",
            "td | f {{ \"x|y\" }} | f #",
            "td | g | g",
            "td | [h]({{< ref \"i\" >}}) | h",
            "li | - {{< j >}}\\n  k | #\\nk",
            "li | - [ ] l {{ m }} | l #",
            "p | *n*{:.o} p | n p",
            "p | ``s ` {{ t }}`` {{ `u }}` }} v | # # v",
        ],
    );
}

#[test]
fn prose_about_templates_stays_prose() {
    blocks(
        markdown("write `{{` and {{ to open\n\nand }} to close `{{ x }}`\n\n```\n{{< a\n```\n\nb >}}\n"),
        &[
            "p | write `{{` and {{ to open | write # and {{ to open",
            "p | and }} to close `{{ x }}` | and }} to close #",
            "code | ```\\n{{< a\\n``` |",
            "p | b >}} | b >}}",
        ],
    );
    foreign(
        markdown("a {x} <b {y}> {:foo bar} {#id} `{% x %}`\n\n{% raw %}\n\n{{ a }} b\n\n{% endraw %}\n"),
        &[(ForeignKind::TemplateTag, "{% raw %}"), (ForeignKind::TemplateTag, "{% endraw %}")],
    );
}

#[test]
fn raw_and_comment_content_is_not_prose() {
    blocks(
        markdown(
            "a {% raw %}{{ x }}{% endraw %} b {% comment %}no{% endcomment %}{:.c}\n\n{% comment %}\nno\n\nno\n{% endcomment %}\n\n{::comment}\nno\n{:/comment}\n",
        ),
        &["p | a {% raw %}{{ x }}{% endraw %} b {% comment %}no{% endcomment %}{:.c} | a # b"],
    );
}

#[test]
fn mdx_is_markdown_between_tags() {
    let text = "import A from './a'\nexport const b = {\n\n  c: 1\n}\n\n# T\n\n<Tabs values={[{a: \"x > y\"}]}>\n  <Tab>\n\n    Text {b} *c* <T to=\"/t\">d</T>.\n\n    ```js\n    {e}\n    ```\n\n  </Tab>\n</Tabs>\n\n{/* note */}\n\n<p>AD</p>\n\nf < g {\n";
    blocks(
        mdx(text),
        &[
            "h1 | # T | T",
            "p | Text {b} *c* <T to=\"/t\">d</T>. | Text # c d.",
            "code | ```js\\n    {e}\\n    ``` |",
            "p | <p>AD</p> | AD",
            "p | f < g { | f < g {",
        ],
    );
    links(mdx(text), &["<T to=\"/t\">d</T> | d | /t | /t"]);
    comments(mdx(text), &["{/* note */}"]);
    links(
        mdx("<img src={u('/x')} alt=\"é\" />\n\n<Link href={'/y'}>z</Link> [m](/n)\n"),
        &[
            "image: <img src={u('/x')} alt=\"é\" /> | é | {u('/x')} | {u('/x')} (foreign)",
            "<Link href={'/y'}>z</Link> | z | /y | /y",
            "[m](/n) | m | /n | /n",
        ],
    );
}

#[test]
fn markdown_with_an_import_is_mdx() {
    blocks(markdown("import A from './a';\n\n<A>\n\n    b\n\n</A>\n"), &["p | b | b"]);
    blocks(
        markdown("```\nimport A from './a';\n```\n\na {b}\n"),
        &["code | ```\\nimport A from './a';\\n``` |", "p | a {b} | a {b}"],
    );
}

#[test]
fn html_files_are_read_as_a_browser_would() {
    blocks(
        html(
            "<!doctype html><title>T &eacute;</title><style>p</style><h1>A <em>b</em></h1>\r\n<p>One\r\n  two<p>x &lt; y <code>z</code><ul><li>é<li>f</ul><td>g<th>h<div>i<p>j</p>k</div><blockquote>l</blockquote><script>m</script><template>n</template>",
        ),
        &[
            "code | <style>p</style> |",
            "h1 | <h1>A <em>b</em></h1> | A b",
            "p | <p>One\\n  two | One\\ntwo",
            "p | <p>x &lt; y <code>z</code> | x < y #",
            "li | <li>é | é",
            "li | <li>f | f",
            "td | <td>g | g",
            "td | <th>h | h",
            "td | i | i",
            "td | <p>j</p> | j",
            "td | k | k",
            "quote | <blockquote>l</blockquote> | l",
            "code | <script>m</script> |",
        ],
    );
}

#[test]
fn prose_maps_back_to_the_words() {
    let source = markdown("caf&eacute; **😀 b**\r\nnext {{ x }} &amp; <b>last</b>\r\n");
    let document = Document::parse(&source);
    for (word, written) in [
        ("café", "caf&eacute;"),
        ("😀 b", "😀 b"),
        ("next", "next"),
        ("&", "&amp;"),
        ("\u{FFFC}", "{{ x }}"),
        ("last", "last"),
    ] {
        let at = document.prose.text().find(word).expect("the word is there");
        let span = document.prose.source_span(copydesk::span::Span::new(at, at + word.len()));
        assert_eq!(source.slice(span), written);
    }
}
