//! Which places a fetched page has.

use std::collections::HashSet;

use crate::document::Document;
use crate::site::target;
use crate::source::{Kind, Source};

/// What begins the names of places that scripts put into pages of code hosts.
const BY_SCRIPT: &[&str] = &[
    "issuecomment-",
    "issue-",
    "discussion_r",
    "discussioncomment-",
    "pullrequestreview-",
    "diff-",
    "commitcomment-",
    "note_",
    "lines-",
    "readme",
];

/// Those of `fragments`, as written in links, that the page surely does not have.
pub(super) fn missing(html: &str, fragments: &[String]) -> Vec<String> {
    let source = Source::new("page.html", Kind::Html, html.to_owned());
    let document = Document::parse(&source);
    // A page without any heading is one that a script fills.
    if document.headings.is_empty() {
        return Vec::new();
    }
    let places: HashSet<&str> = document.anchors.iter().map(|anchor| &*anchor.name).collect();
    let has = |fragment: &str| {
        let name = target::decode(fragment).unwrap_or_default();
        is_not_in_the_text(&name)
            || places.contains(fragment)
            || places.contains(&*name)
            // GitHub puts that in front of what its users write, and finds it in any letter case.
            || places.contains(&*format!("user-content-{}", name.to_lowercase()))
            // Its letters are written in an encoding that nobody knows for sure.
            || (!name.is_ascii() && html.contains(char::REPLACEMENT_CHARACTER))
            || is_named_by_script(html, &name)
    };
    fragments.iter().filter(|fragment| !has(fragment)).cloned().collect()
}

/// Whether a page holds a name in quotes, as do the data from which scripts make its text.
fn is_named_by_script(html: &str, name: &str) -> bool {
    html.match_indices(name).any(|(at, _)| {
        let (before, after) = (&html[..at], &html[at + name.len()..]);
        before.ends_with(['"', '\'', '\\', '=', '`']) && after.starts_with(['"', '\'', '\\', '`'])
            || before.ends_with("user-content-")
    })
}

/// Whether a fragment does not name an element of the text: it is one of text, the route of an app, a line of code.
fn is_not_in_the_text(name: &str) -> bool {
    let line = name.strip_prefix('L').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    line || name.is_empty()
        || name.starts_with([':', '/', '!', '?'])
        || name.contains(":~:")
        || name.contains('=')
        || name.eq_ignore_ascii_case("top")
        || BY_SCRIPT.iter().any(|start| name.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_names_are_places() {
        let html = r#"<h1 id="é x">A</h1><a name=b></a><p id="user-content-c">"#;
        let wanted = ["%C3%A9%20x", "b", "c", "top", "L10", ":~:text=x", "gone"].map(str::to_owned);
        assert_eq!(missing(html, &wanted), ["gone"]);
        let data = r##"<h1>A</h1><script>{"text": "<h2 id=\"b\">", "toc": ["c"]}</script><a href="#gone">"##;
        assert_eq!(missing(data, &wanted), ["%C3%A9%20x", "gone"]);
        let latin = String::from_utf8_lossy(b"<h1 id=\"\xe9 x\">A</h1>");
        assert!(!missing(&latin, &wanted).contains(&wanted[0]), "its encoding is unknown");
        assert!(missing("<div id=app></div><script src=a.js></script>", &wanted).is_empty());
    }
}
