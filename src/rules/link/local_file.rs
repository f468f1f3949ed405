//! `link/local-file`

use serde::Deserialize;

use crate::document::Document;
use crate::finding::Level;
use crate::rule::{Define, Meta, Rule, Sink};
use crate::span::Span;

/// Reports links to files on the machine of whoever wrote the article.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct LocalFile {}

impl Define for LocalFile {
    const META: Meta = Meta {
        id: "link/local-file",
        level: Some(Level::Warning),
        fix: None,
        page: include_str!("../../../rules/link/local-file.md"),
    };
}

impl Rule for LocalFile {
    fn document(&self, document: &Document, sink: &mut Sink) {
        // References that share a definition are one.
        let mut told: Vec<Span> = Vec::new();
        for link in &document.links {
            let Some(destination) = link.destination.as_ref().filter(|destination| is_local(&destination.url)) else {
                continue;
            };
            if told.contains(&destination.span) {
                continue;
            }
            told.push(destination.span);
            let noun = if link.embeds { "image" } else { "link" };
            let message = format!("the {noun} `{}` leads to a file on the writer's own machine", destination.url);
            sink.report(destination.span, message)
                .help("put the file into the site and lead to it there, or take it out");
        }
    }
}

/// Whether `url` names a place in a file system: a `file:` address (RFC 8089), or a path that begins with a drive.
fn is_local(url: &str) -> bool {
    let bytes = url.as_bytes();
    let file = bytes.len() > 6 && bytes[..6].eq_ignore_ascii_case(b"file:/");
    let drive = matches!(bytes, [letter, b':', b'\\' | b'/', ..] if letter.is_ascii_alphabetic());
    file || drive
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_systems_are_told_from_the_web() {
        for url in ["file:///home/x/é.pdf", "FILE:/a", "file://server/a.doc", "C:\\Texte\\a.doc", "d:/a.png"] {
            assert!(is_local(url), "{url}");
        }
        for url in ["file:", "file.html", "profile:/a", "https://example.org/C:/a", "a:b", "é:/a", "/C:/a", ""] {
            assert!(!is_local(url), "{url}");
        }
    }
}
