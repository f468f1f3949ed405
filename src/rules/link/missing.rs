//! What `link/broken` says of links and `link/image` of images.

use super::{is_placeholder, noun, replace_path};
use crate::finding::Fix;
use crate::rule::Sink;
use crate::site::{Article, Verdict};

/// Reports the links of the article, or the images if `embeds`, that lead to nothing and to none of `except`.
pub(super) fn report(article: &Article, sink: &mut Sink, embeds: bool, except: &[String]) {
    for (link, verdict) in article.links().filter(|(link, _)| link.embeds == embeds) {
        let Verdict::Missing { path, suggestion } = verdict else { continue };
        if is_placeholder(&link.url) || except.iter().any(|pattern| fits(pattern, &link.url) || fits(pattern, path)) {
            continue;
        }
        let mut message = format!("the {} `{}` leads to nothing", noun(link), link.url);
        if *path != link.url {
            message.push_str(&format!(": there is no `{path}`"));
        }
        let finding = sink.report(link.destination, message);
        match suggestion {
            Some(meant) => {
                finding.help(format!("did you mean `{meant}`?"));
                if let Some(edit) = replace_path(article, link, meant) {
                    finding.fix(Fix::risky(format!("lead to `{meant}`"), [edit]));
                }
            }
            None if link.embeds => {
                finding.help("add the file, or take the image out");
            }
            None => {
                finding.help("lead to a page that is there, or take the link out");
            }
        }
    }
}

/// Whether `text` is what `pattern` says, in which `*` stands for anything. A query or a fragment may follow.
fn fits(pattern: &str, text: &str) -> bool {
    let path = text.split(['?', '#']).next().unwrap_or(text);
    let Some((first, parts)) = pattern.split_once('*') else { return pattern == text || pattern == path };
    let (middle, last) = parts.rsplit_once('*').unwrap_or(("", parts));
    [text, path].into_iter().any(|text| {
        let Some(mut rest) = text.strip_prefix(first).and_then(|rest| rest.strip_suffix(last)) else { return false };
        middle.split('*').all(|part| match rest.find(part) {
            Some(at) => {
                rest = &rest[at + part.len()..];
                true
            }
            None => false,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn a_star_stands_for_anything() {
        for (pattern, text) in [
            ("/app/*", "/app/"),
            ("/app/*", "/app/a/b?x#y"),
            ("/app", "/app#top"),
            ("*.pdf", "../a.pdf"),
            ("*.pdf", "/a.pdf.pdf?v=1"),
            ("/a/*/c", "/a/b/c"),
            ("/a/*/c", "/a/c/c/c"),
            ("a*bb", "abbb"),
            ("/*/b/*/d", "/a/b/c/d"),
            ("*", "x"),
            ("/é*", "/é😀"),
        ] {
            assert!(fits(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in
            [("/app/*", "/app"), ("/app", "/apps"), ("*.pdf", "/a.pdfx"), ("/a/*/c", "/a/c"), ("", "/a")]
        {
            assert!(!fits(pattern, text), "{pattern} {text}");
        }
    }
}
