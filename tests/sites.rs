//! Links in sites of each generator: little sites in memory, with the verdict of every link in one line.

mod support;

use std::collections::BTreeMap;
use std::sync::Arc;

use copydesk::config::{Config, site_settings};
use copydesk::document::Document;
use copydesk::site::{Facts, Site, Tree, Verdict};
use copydesk::source::{Kind, Source};

/// A site of these files, at <https://example.org>.
fn site(files: &[(&str, &str)]) -> Site {
    let files: BTreeMap<&str, &str> = files.iter().copied().collect();
    let tree = Arc::new(Tree::new(files.keys().copied()));
    let config = Config { origin: Some("https://example.org".into()), ..Config::default() };
    let read = |path: &str| files.get(path).map(|text| (*text).to_owned());
    let settings = site_settings(&config, &tree, support::TODAY, read);
    let articles = files.iter().filter_map(|(path, text)| Some((path, Kind::of_path(path)?, text)));
    let facts = articles.map(|(path, kind, text)| Facts::of(Document::parse(&Source::new(*path, kind, *text)), false));
    let facts = facts.collect();
    Site::new(settings, tree, facts)
}

/// A verdict in one line.
fn told(verdict: &Verdict) -> String {
    let meant = |suggestion: &Option<String>| suggestion.as_ref().map(|s| format!(" -> {s}")).unwrap_or_default();
    match verdict {
        Verdict::Exact { target } => format!("= {target}"),
        Verdict::Redirected { target, canonical, .. } => {
            format!("redirect {} -> {canonical}", target.as_deref().unwrap_or("?"))
        }
        Verdict::Hidden { target, visibility } => format!("hidden {target} {visibility:?}"),
        Verdict::WrongCase { target, actual } => format!("case {target} -> {actual}"),
        Verdict::Missing { path, suggestion } => format!("missing {path}{}", meant(suggestion)),
        Verdict::MissingAnchor { target, suggestion } => format!("no anchor {target}{}", meant(suggestion)),
        Verdict::Unresolvable => "?".to_owned(),
    }
}

/// The links of the article at `path`, each with its verdict.
fn verdicts(site: &Site, path: &str) -> String {
    let facts = site.at(path).expect("the site has this article");
    let article = site.article(facts);
    let lines =
        facts.links.iter().zip(&article.verdicts).map(|(link, verdict)| format!("{}  {}\n", link.url, told(verdict)));
    lines.collect()
}

fn url<'s>(site: &'s Site, path: &str) -> Option<&'s str> {
    site.page(site.at(path).expect("the site has this article")).url.as_deref()
}

#[test]
fn hugo_finds_pages_by_their_addresses() {
    let site = site(&[
        ("hugo.toml", "baseURL = 'https://example.org/'\n[permalinks]\nblog = '/:year/:slug/'\n"),
        (
            "content/a.md",
            "[b](/docs/b/) [B](/docs/B/) [slug](/docs/other/) [file](b.md) [relative](docs/b/) [none](/docs/bb/)\n\
                 [made](/tags/x/) [unmade](/tags/y/) [section](/blog/) [post](/2024/hello/) [page 2](/blog/page/2/)\n\
                 [draft](/docs/draft/) [future](/docs/future/) [old](/old/c/) [static](/f.pdf) [no static](/g.pdf)\n\
                 [ref]({{< ref \"b\" >}}) [relref]({{< relref \"/docs/b.md#x\" >}}) [no ref]({{< ref \"bb.md\" >}})\n\
                 [origin](https://example.org/docs/b/) [other app](https://example.org/app/) ![pic](/docs/bundle/pic.png)\n",
        ),
        ("content/docs/b.md", "---\ntags: [x]\n---\n## X\n"),
        ("content/docs/c.md", "---\nslug: other\naliases: [/old/c/]\n---\n"),
        ("content/docs/draft.md", "---\ndraft: true\n---\n"),
        ("content/docs/future.md", "---\ndate: 2030-01-01\n---\n"),
        ("content/docs/bundle/index.md", "![own](pic.png) ![not own](pci.png)\n"),
        ("content/docs/bundle/pic.png", ""),
        ("content/blog/post.md", "---\ntitle: Hello\ndate: 2024-05-06\n---\n"),
        ("static/f.pdf", ""),
    ]);
    assert_eq!(
        verdicts(&site, "content/a.md"),
        "\
/docs/b/  = content/docs/b.md
/docs/B/  case content/docs/b.md -> /docs/b/
/docs/other/  = content/docs/c.md
b.md  missing /a/b.md
docs/b/  missing /a/docs/b/ -> ../docs/b/
/docs/bb/  missing /docs/bb/
/tags/x/  = /tags/x
/tags/y/  missing /tags/y/
/blog/  = /blog
/2024/hello/  = content/blog/post.md
/blog/page/2/  ?
/docs/draft/  hidden content/docs/draft.md Draft
/docs/future/  hidden content/docs/future.md Future
/old/c/  redirect content/docs/c.md -> /docs/other/
/f.pdf  = static/f.pdf
/g.pdf  missing /g.pdf
{{< ref \"b\" >}}  = content/docs/b.md
{{< relref \"/docs/b.md#x\" >}}  = content/docs/b.md
{{< ref \"bb.md\" >}}  missing bb.md
https://example.org/docs/b/  = content/docs/b.md
https://example.org/app/  ?
/docs/bundle/pic.png  = content/docs/bundle/pic.png
"
    );
    assert_eq!(
        verdicts(&site, "content/docs/bundle/index.md"),
        "pic.png  = content/docs/bundle/pic.png\npci.png  missing /docs/bundle/pci.png\n"
    );
    assert_eq!(url(&site, "content/blog/post.md"), Some("/2024/hello/"));
}

#[test]
fn eleventy_finds_pages_by_their_permalinks() {
    let site = site(&[
        (
            ".eleventy.js",
            "module.exports = (c) => { c.addPassthroughCopy('src/img'); return { dir: { input: 'src' } } }",
        ),
        (
            "src/index.md",
            "[post](/posts/2024-01-02-first/) [by filter]({{ '/posts/2024-01-02-first/' | url }}) [no such]({{ '/posts/2024-01-02-frist/' | url }})\n\
                 [own](/own/) [off](/posts/off/) [data](/notes/n.html) [image](/img/a.png) [none](/img/b.png) [list](/tags/x/)\n\
                 [template]({{ page.url }}) [file](posts/2024-01-02-first.md) [gone](gone.md) [family](/author/jo/)\n",
        ),
        ("src/posts/2024-01-02-first.md", "[sibling](../own/) [up](../../own/)"),
        ("src/posts/b.md", "---\npermalink: /own/\n---\n"),
        ("src/posts/off.md", "---\npermalink: false\n---\n"),
        ("src/notes/n.md", ""),
        ("src/notes/notes.json", "{\"permalink\": \"/notes/{{ page.fileSlug }}.html\"}"),
        ("src/tags.njk", "---\npagination: {data: collections, size: 1}\npermalink: /tags/{{ tag }}/\n---\n"),
        ("src/img/a.png", ""),
        ("src/good.md", &"[post](/posts/2024-01-02-first/) [own](/own/)\n".repeat(20)),
    ]);
    assert_eq!(
        verdicts(&site, "src/index.md"),
        "\
/posts/2024-01-02-first/  = src/posts/2024-01-02-first.md
{{ '/posts/2024-01-02-first/' | url }}  = src/posts/2024-01-02-first.md
{{ '/posts/2024-01-02-frist/' | url }}  missing /posts/2024-01-02-frist/ -> {{ '/posts/2024-01-02-first/' | url }}
/own/  = src/posts/b.md
/posts/off/  missing /posts/off/
/notes/n.html  = src/notes/n.md
/img/a.png  = src/img/a.png
/img/b.png  missing /img/b.png
/tags/x/  ?
{{ page.url }}  ?
posts/2024-01-02-first.md  missing /posts/2024-01-02-first.md -> posts/2024-01-02-first/
gone.md  missing /gone.md
/author/jo/  missing /author/jo/
"
    );
}
