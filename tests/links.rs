//! What links lead to: one table of link forms over a small site, and what each generator proves.

use std::sync::Arc;

use copydesk::document::LinkForm;
use copydesk::site::generator::{Reader, set_up};
use copydesk::site::{Facts, Generator, HeadingFact, LinkFact, Openness, Settings, Site, Tree, Verdict};
use copydesk::span::Span;

/// An article with these headings of level 2; `#x` is an explicit id.
fn article(path: &str, ids: &[&str]) -> Facts {
    let (anchors, headings): (Vec<&str>, Vec<&str>) = ids.iter().partition(|text| text.starts_with('#'));
    Facts {
        path: path.into(),
        front_matter: None,
        title: None,
        anchors: anchors.iter().map(|name| name[1..].to_owned()).collect(),
        headings: headings.iter().map(|text| heading(2, text)).collect(),
        open: Openness::default(),
        links: Vec::new(),
        related: Vec::new(),
        sketch: None,
        templates: Vec::new(),
        opening: None,
        lines: Vec::new(),
    }
}

fn heading(level: u8, text: &str) -> HeadingFact {
    HeadingFact { level, text: text.to_owned(), ..HeadingFact::default() }
}

fn link(url: &str) -> LinkFact {
    LinkFact {
        form: LinkForm::Inline,
        embeds: false,
        span: Span::default(),
        destination: Span::default(),
        url: url.to_owned(),
        foreign: false,
    }
}

fn image(url: &str) -> LinkFact {
    LinkFact { embeds: true, ..link(url) }
}

/// A verdict in one line.
fn told(verdict: Verdict) -> String {
    let meant = |suggestion: Option<String>| suggestion.map(|s| format!(" -> {s}")).unwrap_or_default();
    match verdict {
        Verdict::Exact { target } => format!("= {target}"),
        Verdict::WrongCase { target, actual } => format!("case {target} -> {actual}"),
        Verdict::Redirected { target, canonical, .. } => {
            format!("redirect {} -> {canonical}", target.as_deref().unwrap_or("?"))
        }
        Verdict::Hidden { target, visibility } => format!("hidden {target} {visibility:?}"),
        Verdict::Missing { path, suggestion } => format!("missing {path}{}", meant(suggestion)),
        Verdict::MissingAnchor { target, suggestion } => format!("no anchor {target}{}", meant(suggestion)),
        Verdict::Unresolvable => "?".to_owned(),
    }
}

struct Example {
    site: Site,
}

impl Example {
    fn new(settings: Settings, files: &[&str], articles: Vec<Facts>) -> Self {
        let paths = files.iter().copied().map(Arc::from).chain(articles.iter().map(|facts| Arc::clone(&facts.path)));
        let tree = Tree::new(paths.collect::<Vec<Arc<str>>>());
        Self { site: Site::new(settings, tree, articles) }
    }

    #[track_caller]
    fn leads(&self, from: &str, link: &LinkFact, expected: &str) {
        let facts = self.site.at(from).expect("the example has this article");
        assert_eq!(told(self.site.resolve_link(facts, link)), expected, "`{}` in {from}", link.url);
    }
}

fn plain() -> Example {
    let files = [
        "img/Chart 1.png",
        "img/100%.png",
        "docs/twin/Readme.md",
        "docs/twin/README.md",
        "docs/empty/data.csv",
        "static/logo.svg",
        "notes.txt",
        "page.html",
    ];
    let articles = vec![
        article("index.md", &[]),
        article("docs/a.md", &["intro", "#own", "été", "say-hello"]),
        article("docs/b.md", &["one", "one-1", "getstate", "dispatchaction"]),
        article("docs/post.v1.md", &[]),
        article("docs/My File.md", &[]),
        article("docs/cafe\u{301}.md", &[]),
        article("docs/guide/index.md", &["start"]),
        article("docs/guide/README.md", &["read-me"]),
        article("docs/c++.md", &[]),
        article("docs/日本語.md", &[]),
    ];
    Example::new(Settings::default(), &files, articles)
}

#[test]
fn every_form_of_link_has_its_verdict() {
    let site = plain();
    let mut wrong = String::new();
    for (url, expected) in [
        // Files, as they are named.
        ("b.md", "= docs/b.md"),
        ("./b.md", "= docs/b.md"),
        ("../docs/b.md", "= docs/b.md"),
        ("../docs/../index.md", "= index.md"),
        ("guide/../b.md", "= docs/b.md"),
        ("no-such-folder/../b.md", "= docs/b.md"),
        ("b.md?plain=1", "= docs/b.md"),
        (".//b.md", "= docs/b.md"),
        ("post.v1.md", "= docs/post.v1.md"),
        ("post.v1", "= docs/post.v1.md"),
        ("post.v1.html", "= docs/post.v1.md"),
        ("My%20File.md", "= docs/My File.md"),
        ("My File.md", "= docs/My File.md"),
        ("caf\u{e9}.md", "= docs/cafe\u{301}.md"),
        ("cafe\u{301}.md", "= docs/cafe\u{301}.md"),
        ("caf%C3%A9.md", "= docs/cafe\u{301}.md"),
        ("日本語.md", "= docs/日本語.md"),
        ("%E6%97%A5%E6%9C%AC%E8%AA%9E", "= docs/日本語.md"),
        ("c++.md", "= docs/c++.md"),
        ("../img/Chart%201.png", "= img/Chart 1.png"),
        ("../img/100%25.png", "= img/100%.png"),
        ("../img/100%.png", "= img/100%.png"),
        // Pages, their extension left out or made.
        ("b", "= docs/b.md"),
        ("b/", "= docs/b.md"),
        ("b.html", "= docs/b.md"),
        ("../page", "= page.html"),
        ("guide", "= docs/guide/index.md"),
        ("guide/", "= docs/guide/index.md"),
        ("guide/index.html", "= docs/guide/index.md"),
        ("empty/", "= docs/empty"),
        ("b.md/", "missing docs/b.md -> b.md"),
        (".", "= docs"),
        ("..", "= index.md"),
        ("../", "= index.md"),
        // From the root.
        ("/docs/b.md", "= docs/b.md"),
        ("/docs/b/", "= docs/b.md"),
        ("/", "= index.md"),
        ("/logo.svg", "= static/logo.svg"),
        ("/docs/nothing.md", "missing docs/nothing.md"),
        ("/elsewhere/x", "?"),
        ("/about", "?"),
        // Places.
        ("", "= docs/a.md"),
        ("#", "= docs/a.md"),
        ("#top", "= docs/a.md"),
        ("#intro", "= docs/a.md"),
        ("#own", "= docs/a.md"),
        ("#%C3%A9t%C3%A9", "= docs/a.md"),
        ("#user-content-intro", "= docs/a.md"),
        ("#:~:text=hello", "= docs/a.md"),
        ("#intro:~:text=hello", "= docs/a.md"),
        ("?x#intro", "= docs/a.md"),
        ("#Intro", "no anchor docs/a.md -> intro"),
        ("##intro", "no anchor docs/a.md -> intro"),
        ("#fn1", "?"),
        ("#L10-L20", "?"),
        ("b.md#one-1", "= docs/b.md"),
        ("b#one", "= docs/b.md"),
        ("b.md#one-2", "no anchor docs/b.md -> one-1"),
        ("b.md#getState", "no anchor docs/b.md -> getstate"),
        ("b.md#dispatch", "no anchor docs/b.md -> dispatchaction"),
        ("b.md#zzzzzz", "no anchor docs/b.md"),
        ("guide/#start", "= docs/guide/index.md"),
        ("guide/#read-me", "= docs/guide/README.md"),
        ("../notes.txt#anything", "?"),
        ("../page.html#anything", "?"),
        // In other letters.
        ("B.md", "case docs/b.md -> b.md"),
        ("../Docs/b.MD#one", "case docs/b.md -> ../docs/b.md"),
        ("GUIDE/", "case docs/guide -> guide/"),
        ("../Img/chart%201.png", "case img/Chart 1.png -> ../img/Chart%201.png"),
        ("/Docs/b.md", "?"),
        ("twin/readme.md", "missing docs/twin/readme.md"),
        // To nothing.
        ("c.md", "missing docs/c.md"),
        ("../b.md", "missing b.md -> b.md"),
        ("./guide/My%20File.md", "missing docs/guide/My File.md -> ./My%20File.md"),
        ("post.v2.md", "missing docs/post.v2.md -> post.v1.md"),
        ("../docs/guied/", "missing docs/guied"),
        ("..\\docs\\b.md", "missing docs/..\\docs\\b.md -> b.md"),
        ("no such file", "missing docs/no such file"),
        // Out of the site.
        ("../../other/x.md", "?"),
        ("%ff.md", "?"),
        ("https://example.org/docs/nothing.md", "?"),
        ("//example.org/x", "?"),
    ] {
        let facts = site.site.at("docs/a.md").expect("the example has this article");
        let verdict = told(site.site.resolve_link(facts, &link(url)));
        if verdict != expected {
            wrong += &format!("{url:?}: {verdict}, not {expected}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn templates_are_not_judged() {
    let site = plain();
    site.leads("docs/a.md", &LinkFact { foreign: true, ..link("{{ nothing }}") }, "?");
}

#[test]
fn links_written_for_the_url_are_not_judged() {
    let site = plain();
    // `docs/a.md` is served as `docs/a/`, so this is `docs/b`.
    site.leads("docs/guide/index.md", &link("../b"), "= docs/b.md");
    site.leads("docs/a.md", &link("../guide/"), "?");
    site.leads("docs/a.md", &LinkFact { form: LinkForm::Attribute, ..image("../empty/data.csv") }, "?");
    site.leads("docs/a.md", &image("../empty/data.csv"), "missing empty/data.csv -> empty/data.csv");
}

#[test]
fn an_origin_is_the_root() {
    let settings = Settings { origin: Some("https://example.org".into()), ..Settings::default() };
    let site = Example::new(settings, &[], vec![article("docs/a.md", &["x"])]);
    site.leads("docs/a.md", &link("https://example.org/docs/a.md#x"), "= docs/a.md");
    site.leads("docs/a.md", &link("http://EXAMPLE.org/docs/bb.md"), "missing docs/bb.md");
    site.leads("docs/a.md", &link("https://example.org"), "?");
    site.leads("docs/a.md", &link("https://example.org.evil/docs/bb.md"), "?");
}

#[test]
fn named_as_plain_the_root_is_known() {
    let settings = Settings { named: true, ..Settings::default() };
    let site = Example::new(settings, &[], vec![article("a.md", &[])]);
    site.leads("a.md", &link("/about"), "missing about");
    site.leads("a.md", &link("/A"), "case a.md -> /a");
}

#[test]
fn open_pages_may_have_any_id() {
    let open = Facts { open: Openness { parts: true, ..Openness::default() }, ..article("b.md", &["x"]) };
    let site = Example::new(Settings::default(), &[], vec![article("a.md", &[]), open]);
    site.leads("a.md", &link("b.md#y"), "?");
    site.leads("a.md", &link("b.md#x"), "= b.md");
}

fn generated(generator: Generator, folder: &str, files: &[&str], articles: &[&str]) -> Example {
    let settings = Settings { generator, folder: folder.to_owned(), ..Settings::default() };
    Example::new(settings, files, articles.iter().map(|path| article(path, &["known"])).collect())
}

#[test]
fn docusaurus_links_lead_to_files() {
    let articles = ["docs/api/Store.md", "docs/intro.mdx", "docs/api/01-first.md", "docs/_part.mdx", "README.md"];
    let files = ["website/docusaurus.config.ts", "website/static/img/a.png", "docs/api/b.png", "docs/api/chart.png"];
    let tree = Tree::new(files);
    let engine = set_up(Generator::Docusaurus, &Reader { folder: "website", tree: &tree, read: &|_| None });
    let settings =
        Settings { generator: Generator::Docusaurus, folder: "website".into(), engine, ..Settings::default() };
    let site = Example::new(settings, &files, articles.iter().map(|path| article(path, &["known"])).collect());
    for (url, expected) in [
        ("../intro.mdx#known", "= docs/intro.mdx"),
        ("../intro.mdx#unknown", "no anchor docs/intro.mdx -> known"),
        ("intro.mdx", "= docs/intro.mdx"),
        ("api/Store.md", "= docs/api/Store.md"),
        ("./intro.mdx", "missing docs/api/intro.mdx -> ../intro.mdx"),
        ("store.md", "case docs/api/Store.md -> Store.md"),
        ("./stoer.md", "missing docs/api/stoer.md -> ./Store.md"),
        ("first.md", "?"),
        ("./made/by-typedoc.md", "?"),
        ("/faq#x", "?"),
        ("/api/x.md", "?"),
        ("../intro", "?"),
        ("./data.zip", "?"),
        ("pathname:///x", "?"),
        ("@site/static/img/a.png", "= website/static/img/a.png"),
        ("@site/static/img/b.png", "missing website/static/img/b.png"),
    ] {
        site.leads("docs/api/Store.md", &link(url), expected);
    }
    site.leads("docs/api/Store.md", &image("./b.png"), "= docs/api/b.png");
    site.leads("docs/api/Store.md", &image("chrat.png"), "missing docs/api/chrat.png -> chart.png");
    site.leads("docs/api/Store.md", &image("/img/a.png"), "= website/static/img/a.png");
    site.leads("docs/api/Store.md", &image("/img/zzz.png"), "missing website/static/img/zzz.png");
    site.leads("docs/api/Store.md", &image("/elsewhere/zzz.png"), "?");
    site.leads("docs/api/Store.md", &LinkFact { form: LinkForm::Attribute, ..link("stoer.md") }, "?");
    site.leads("docs/_part.mdx", &link("./gone.md"), "?");
    site.leads("docs/_part.mdx", &link("#of-the-page-around-it"), "?");
}

#[test]
fn docusaurus_gives_no_id_to_the_title_and_lets_explicit_ones_replace_others() {
    let mut facts = article("docs/a.md", &["#own"]);
    facts.headings.push(heading(1, "Title"));
    facts.headings.push(HeadingFact {
        id: Some("own".into()),
        written: Some("Replaced {#own}".into()),
        ..heading(2, "Replaced")
    });
    let reader = Reader { folder: "", tree: &Tree::default(), read: &|_| None };
    let engine = set_up(Generator::Docusaurus, &reader);
    let settings = Settings { generator: Generator::Docusaurus, engine, ..Settings::default() };
    let docusaurus = Example::new(settings, &[], vec![facts.clone()]);
    docusaurus.leads("docs/a.md", &link("#own"), "= docs/a.md");
    docusaurus.leads("docs/a.md", &link("#title"), "no anchor docs/a.md");
    docusaurus.leads("docs/a.md", &link("#replaced"), "no anchor docs/a.md");
    let plain = Example::new(Settings::default(), &[], vec![facts]);
    plain.leads("docs/a.md", &link("#title"), "= docs/a.md");
    plain.leads("docs/a.md", &link("#replaced"), "= docs/a.md");
}

#[test]
fn zola_proves_paths_of_its_own_kind() {
    let articles = ["content/a.md", "content/blog/_index.md"];
    let site = generated(Generator::Zola, "", &["config.toml"], &articles);
    site.leads("content/a.md", &link("@/blog/_index.md#known"), "= content/blog/_index.md");
    site.leads("content/a.md", &link("@/blog/_index.md#unknown"), "?");
    site.leads("content/a.md", &link("@/blog/none.md"), "missing content/blog/none.md");
    site.leads("content/a.md", &link("@/b.md"), "missing content/b.md");
    site.leads("content/a.md", &link("../b.md"), "?");
}

/// A site that a generator makes of `content/a.md`, set up by these files.
fn set_up_by(generator: Generator, files: &[(&str, &str)], facts: Facts) -> Example {
    let names: Vec<&str> = files.iter().map(|(path, _)| *path).collect();
    let tree = Tree::new(names.iter().copied().chain([&*facts.path]));
    let read = |path: &str| files.iter().find(|(known, _)| *known == path).map(|(_, text)| (*text).to_owned());
    let engine = set_up(generator, &Reader { folder: "", tree: &tree, read: &read });
    Example::new(Settings { generator, engine, ..Settings::default() }, &names, vec![facts])
}

#[test]
fn ids_are_missing_where_no_layout_gives_them() {
    let page = |tags: &[&str]| {
        let open = Openness { tags: tags.iter().map(|&tag| tag.to_owned()).collect(), ..Openness::default() };
        Facts { open, ..article("content/a.md", &["Don’t — panic", "x_y"]) }
    };
    let config = ("hugo.toml", "");
    let layout = ("layouts/single.html", "<main id=\"main\"><p id=\"note-{{ .N }}\">{{ .Content }}");
    let hugo = |files: &[(&str, &str)], tags: &[&str]| set_up_by(Generator::Hugo, files, page(tags));
    let known = hugo(&[config, layout], &["ref"]);
    for (url, expected) in [
        ("#dont--panic", "= content/a.md"),
        ("#dont-panic", "no anchor content/a.md -> dont--panic"),
        ("#main", "?"),
        ("#note-7", "?"),
        ("#fn:1", "?"),
    ] {
        known.leads("content/a.md", &link(url), expected);
    }
    let note = ("layouts/shortcodes/note.html", "<b>{{ .Get 0 }}</b>");
    hugo(&[config, layout, note], &["note"]).leads("content/a.md", &link("#none"), "no anchor content/a.md");
    // A theme or a shortcode from elsewhere, a template that cannot be read, and ids that only a run would tell.
    for files in [
        &[("hugo.toml", "theme = 'x'"), layout][..],
        &[config, layout, ("layouts/shortcodes/note.html", "<b id=\"{{ .Get 0 }}\"></b>")],
        &[config, ("layouts/single.html", "")],
        &[config, ("layouts/single.html", "<b id=\"{{ .Title }}\">")],
    ] {
        hugo(files, &["note"]).leads("content/a.md", &link("#none"), "?");
    }
    hugo(&[config, layout], &["of-a-theme"]).leads("content/a.md", &link("#none"), "?");

    // Zola looks for the ids of its own links itself.
    let zola = set_up_by(Generator::Zola, &[("config.toml", "theme = 'x'")], page(&[]));
    zola.leads("content/a.md", &link("@/a.md#don-t-panic"), "= content/a.md");
    zola.leads("content/a.md", &link("@/a.md#x-y"), "= content/a.md");
    zola.leads("content/a.md", &link("@/a.md#x_y"), "no anchor content/a.md -> x-y");
    zola.leads("content/a.md", &link("#x_y"), "?");
    zola.leads("content/a.md", &link("@/a.md#continue-reading"), "= content/a.md");
}

#[test]
fn mkdocs_leaves_alone_what_leads_to_no_file() {
    let files = |config| [("mkdocs.yml", config), ("docs/chart.png", ""), ("docs/b.md", "")];
    for (config, gone, address) in
        [("site_name: x", "missing docs/reference/made.md", "missing /a/c"), ("plugins: [gen-files]", "?", "?")]
    {
        let site = set_up_by(Generator::MkDocs, &files(config), article("docs/a.md", &["Known"]));
        for (link, expected) in [
            (link("bb.md"), "missing docs/bb.md"),
            (link("b/"), "missing docs/b -> b.md"),
            (image("chart.jpg"), "missing docs/chart.jpg -> chart.png"),
            (link("#known"), "= docs/a.md"),
            (link("reference/made.md"), gone),
            (link("c"), address),
            (LinkFact { form: LinkForm::Attribute, ..image("../img/x.png") }, "?"),
        ] {
            site.leads("docs/a.md", &link, expected);
        }
    }
}

#[test]
fn other_generators_are_not_second_guessed() {
    for generator in [Generator::Hugo, Generator::Jekyll, Generator::Eleventy, Generator::Astro] {
        let site = generated(generator, "", &["static/a.png"], &["content/a.md", "content/b.md"]);
        site.leads("content/a.md", &link("b.md"), "= content/b.md");
        site.leads("content/a.md", &link("b.md#known"), "= content/b.md");
        for url in ["b.md#unknown", "c.md", "../c", "/about/", "B.md", "g", "/content/c.md", "#unknown"] {
            site.leads("content/a.md", &link(url), "?");
        }
    }
    let other = generated(Generator::Other, "web", &["web/next.config.js"], &["web/a.md", "docs/a.md"]);
    other.leads("web/a.md", &image("aa.png"), "?");
    other.leads("web/a.md", &link("bbb.md"), "missing web/bbb.md");
    other.leads("docs/a.md", &image("aa.png"), "missing docs/aa.png");
}
