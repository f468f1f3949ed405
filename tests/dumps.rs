//! Which plain texts are saved web pages, and what each of their lines is.

use copydesk::document::{BlockKind, Document, Dump, LinkForm};
use copydesk::source::{Kind, Source};
use copydesk::span::Span;

const LONG: &str = "The dough rests under a cloth while the oven warms, and nobody in the kitchen looks at the clock. When the crust \
    has taken colour the loaf is turned out, knocked on its base, and left to cool on a rack by the open window for an hour.";

fn source(text: impl Into<String>) -> Source {
    Source::new("page.txt", Kind::Text, text)
}

fn dump(text: &str) -> Option<Dump> {
    Document::parse(&source(text)).dump
}

#[test]
fn a_page_with_everything() {
    let source = source(include_str!("../fixtures/articles/winter-bread.txt"));
    let document = Document::parse(&source);
    let dump = document.dump.as_ref().expect("a page dump");
    let text = |span: Option<Span>| span.map(|span| source.slice(span));
    assert_eq!(
        text(dump.title),
        Some("How a cold winter kitchen changes the rise of sourdough, and what bakers can do about it.")
    );
    assert!(
        text(dump.summary).is_some_and(|summary| summary.starts_with("A loaf") && summary.ends_with("fighting it."))
    );
    assert_eq!(text(dump.date), Some("January 16, 2026"));
    let quotes: Vec<_> = dump.pull_quotes.iter().map(|span| source.slice(*span)).collect();
    assert_eq!(
        quotes,
        [
            "Weighing the flour the night before costs nothing and saves an hour.",
            "A finger tells more about a loaf than any clock on the wall.",
        ]
    );
    let related = dump.related.as_ref().expect("a list");
    assert_eq!(source.slice(related.heading), "Related Articles");
    assert_eq!(related.entries.len(), 4);
    let dates: Vec<_> = related.entries.iter().map(|entry| text(entry.date)).collect();
    assert_eq!(dates, [Some("January 09, 2026"), None, None, Some("December 28, 2025")]);
    assert!(
        related.entries.iter().all(|entry| entry.title.is_none() && entry.link.is_none() && entry.teaser.is_some())
    );

    let kinds = |wanted: BlockKind| document.blocks.iter().filter(|block| block.kind == wanted).count();
    assert_eq!(kinds(BlockKind::Heading(1)), 1);
    assert_eq!(kinds(BlockKind::Heading(2)), 1);
    assert_eq!(kinds(BlockKind::Quote), 2);
    assert_eq!(kinds(BlockKind::ListItem), 6);
    assert_eq!(document.headings.len(), 2);
    every_span_holds(&document);
}

#[test]
fn line_ends_marks_and_wide_letters_move_nothing() {
    let page = format!(
        "\u{FEFF}Ein Café in 😀 Tokio und die Kunst des langsamen Brotes\r\nJuly 18, 2025 at 3:00 pm\r\n\r\n{LONG}\r\n{LONG}\r\n\
         Anzeige\r\n  {LONG} \r\n\r\nDas könnte Sie auch interessieren:\r\n• Brot für Anfänger – \
         https://example.org/brot.\r\n[東京のパン屋を歩く](/tokio) Ein Rundgang.\r\nWarum der Teig nicht aufgeht\r\n18. Juli 2025\r\n"
    );
    let source = source(page);
    let document = Document::parse(&source);
    let dump = document.dump.as_ref().expect("a page dump");
    assert_eq!(
        dump.title.map(|span| source.slice(span)),
        Some("Ein Café in 😀 Tokio und die Kunst des langsamen Brotes")
    );
    assert_eq!(dump.date.map(|span| source.slice(span)), Some("July 18, 2025 at 3:00 pm"));
    let entries = &dump.related.as_ref().expect("a list").entries;
    let parts: Vec<_> = entries
        .iter()
        .map(|entry| {
            [entry.title, entry.link, entry.teaser, entry.date].map(|span| span.map(|span| source.slice(span)))
        })
        .collect();
    assert_eq!(
        parts,
        [
            [Some("Brot für Anfänger"), Some("https://example.org/brot"), None, None],
            [Some("東京のパン屋を歩く"), Some("/tokio"), Some("Ein Rundgang."), None],
            [Some("Warum der Teig nicht aufgeht"), None, None, Some("18. Juli 2025")],
        ]
    );
    let links: Vec<_> = document.links.iter().map(|link| (link.form, source.slice(link.span))).collect();
    assert_eq!(
        links,
        [(LinkForm::Autolink, "https://example.org/brot"), (LinkForm::Inline, "[東京のパン屋を歩く](/tokio)")]
    );
    every_span_holds(&document);
}

#[test]
fn related_entries_in_every_manner() {
    let page = |tail: &str| {
        format!("A headline that says what the page is about\nJuly 18, 2025\n{LONG}\n{LONG}\n{LONG}\n{tail}")
    };
    let entries = |tail: &str| {
        let source = source(page(tail));
        let dump = Document::parse(&source).dump.expect("a page dump");
        dump.related.map(|list| {
            let flag = |span: Option<Span>, letter: char| if span.is_some() { letter } else { '-' };
            let parts = list.entries.iter().map(|entry| {
                [flag(entry.title, 't'), flag(entry.link, 'l'), flag(entry.teaser, 's'), flag(entry.date, 'd')]
            });
            parts.map(String::from_iter).collect::<Vec<_>>().join(" ")
        })
    };
    let teaser = "A teaser that ends as a sentence does and is long enough to be told from a button.";
    assert_eq!(entries(&format!("Related Stories\n{teaser}\n{teaser}\nAugust 1, 2025\n")), Some("--s- --sd".into()));
    assert_eq!(
        entries(&format!("You may also like:\nBread from three grains\n{teaser}\nRye for patient people\n{teaser}\n")),
        Some("t-s- t-s-".into())
    );
    assert_eq!(entries("Read next\n- [Bread from three grains](/three)\n- [Rye](/rye)\n"), Some("tl-- tl--".into()));
    assert_eq!(
        entries("READ NEXT\nBread from three grains\nhttps://example.org/three\nJuly 1, 2025\n"),
        Some("tl-d".into())
    );
    assert_eq!(entries(&format!("À lire aussi\nADVERTISEMENT\nFacebook X Reddit\n{teaser}\n")), Some("--s-".into()));
    assert_eq!(
        entries("Related Articles\nBread from three grains\nComments\nThis is a fine page indeed\n"),
        Some("t---".into())
    );
    assert_eq!(entries("Related Articles\n"), None);
    // The text goes on after a list in its middle.
    let rest = format!("{LONG} {LONG} {LONG}");
    assert_eq!(entries(&format!("Related\nBread from three grains\nRye for patient people\n{rest}\n{rest}\n")), None);
}

#[test]
fn a_page_without_a_date_needs_other_signs() {
    let essay = format!("A headline that says what this is about\n\n{LONG}\n\n{LONG}\n\n{LONG}\n");
    assert_eq!(dump(&essay), None);
    let page = essay.replace("\n\n", "\nAdvertisement\n");
    assert!(dump(&page).is_some());
}

#[test]
fn other_texts_are_no_pages() {
    let wrapped =
        "The dough rests under a cloth while the oven warms,\nand nobody in the kitchen looks at the clock.\n\n"
            .repeat(20);
    let texts = [
        ("robots", "User-agent: *\nDisallow: /private\nSitemap: https://example.org/sitemap.xml\n".to_owned()),
        ("llms", format!("# Bread\n\n> July 18, 2025\n\n- [Rye](https://example.org/rye): {LONG}\n- [Oat](/oat): {LONG}\n{LONG}\n")),
        (
            "letter",
            format!("The Village Bakery and Mill\nMarket Street\n\nJuly 18, 2025\n\nDear Ms Example,\n\n{LONG}\n\n{LONG}\n\n{LONG}\n\nYours,\nA baker\n"),
        ),
        ("mail", format!("From: a@example.org\nSubject: The bread we talked about\nDate: Fri, 18 Jul 2025 10:00:00 GMT\n\n{LONG}\n\n{LONG}\n\n{LONG}\n")),
        ("poem", "The oven in the morning light\n\nJuly 18, 2025\n\nThe dough is white,\nthe crust is brown,\nthe baker walks\nin her white gown.\n".repeat(3)),
        ("csv", format!("id,title,body,date\n1,\"Rye\",\"{LONG}\",2025-07-18\n2,\"Oat\",\"{LONG}\",2025-07-19\n3,\"Oat\",\"{LONG}\",2025-07-19\n")),
        ("changelog", format!("Changelog of the bread machine\n\nVersion 2.0, July 18, 2025\n\n- {LONG}\n- {LONG}\n- {LONG}\n- {LONG}\n")),
        ("log", format!("2025-07-18 10:00:00 INFO {LONG}\n").repeat(9)),
        ("essay", format!("On the slow rising of bread in winter\nJuly 18, 2025\n\n{wrapped}")),
        ("code", "fn main() {\n    println!(\"July 18, 2025\");\n}\n".repeat(9)),
        ("empty", String::new()),
        ("blank", "\u{FEFF}\r\n \r\n".to_owned()),
        ("one line", LONG.to_owned()),
    ];
    for (name, text) in texts {
        let source = source(text);
        let document = Document::parse(&source);
        assert_eq!(document.dump, None, "{name}");
        every_span_holds(&document);
    }
}

#[test]
fn ordinary_text_is_paragraphs() {
    let source = source("\u{FEFF}A first line,\r\n  wrapped. See (https://example.org/a_(b)).\r\n\r\nSecond 😀\r\n");
    let document = Document::parse(&source);
    let blocks: Vec<_> = document.blocks.iter().map(|block| (block.kind, document.text_of(block))).collect();
    assert_eq!(
        blocks,
        [
            (BlockKind::Paragraph, "A first line,\nwrapped. See (https://example.org/a_(b))."),
            (BlockKind::Paragraph, "Second 😀"),
        ]
    );
    assert_eq!(source.slice(document.links[0].span), "https://example.org/a_(b)");
    every_span_holds(&document);
}

/// Every span lies on character boundaries and in order, and the prose leads back to its own bytes.
fn every_span_holds(document: &Document) {
    let text = document.source.text();
    let inside = |span: Span| assert!(text.get(span.start..span.end).is_some(), "{span:?}");
    let mut end = 0;
    for block in &document.blocks {
        inside(block.span);
        assert!(block.span.start >= end && !block.span.is_empty());
        end = block.span.end;
        assert_eq!(document.prose.source_span(block.text), block.span);
        assert!(document.prose.text()[block.text.end..].starts_with('\n'));
    }
    let mut end = 0;
    for link in &document.links {
        inside(link.span);
        assert!(link.span.start >= end && link.span.contains(link.text));
        end = link.span.end;
        let destination = link.destination.as_ref().expect("it has one");
        assert_eq!(destination.span.of(text), destination.url);
    }
    let Some(dump) = &document.dump else { return };
    [dump.title, dump.summary, dump.date]
        .into_iter()
        .flatten()
        .chain(dump.pull_quotes.iter().copied())
        .for_each(inside);
    let mut end = 0;
    for entry in dump.related.iter().flat_map(|list| &list.entries) {
        assert!(entry.span.start >= end);
        end = entry.span.end;
        for part in [entry.title, entry.link, entry.teaser, entry.date].into_iter().flatten() {
            inside(part);
            assert!(entry.span.contains(part), "{entry:?}");
        }
    }
}

proptest::proptest! {
    #[test]
    fn any_rows_of_lines_are_read(picks in proptest::collection::vec(0usize..16, 0..40), noise in "\\PC{0,30}", crlf: bool) {
        let long = LONG.repeat(3);
        let lines = [
            "", "A headline that says what the page is about", "July 18, 2025", "By Jane Doe | 31.02.2025 • 2 min", LONG, long.as_str(),
            "ADVERTISEMENT", "Facebook X Reddit", "Related Articles", "A short sentence stands alone between the others.",
            "[Bread](/bread) é", "- https://example.org/é😀).", "関連記事", "東京のパン屋を歩いて、朝の光の中で考えたこと。", "\u{1A}\t]( [x](", noise.as_str(),
        ];
        let end = if crlf { "\r\n" } else { "\n" };
        let text = picks.iter().map(|&pick| lines[pick]).collect::<Vec<_>>().join(end);
        every_span_holds(&Document::parse(&source(text)));
    }

    #[test]
    fn any_text_is_read(text in "(?s).{0,300}") {
        every_span_holds(&Document::parse(&source(text)));
    }
}
