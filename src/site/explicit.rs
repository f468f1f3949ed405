//! The ids that an author gave to places in an article.

use std::borrow::Cow;

use rustc_hash::FxHashSet;

use super::slug::slug;
use crate::document::{Document, ForeignKind};

/// The ids that the author of a document gave to places in it, each once.
pub(super) fn anchors<'d>(document: &'d Document) -> Vec<String> {
    let mut ids: Vec<String> = Vec::with_capacity(document.anchors.len());
    let mut known: FxHashSet<Cow<str>> = FxHashSet::default();
    let mut explicit = |name: Cow<'d, str>| {
        if !name.is_empty() && !known.contains(&name) {
            ids.push(name.clone().into_owned());
            known.insert(name);
        }
    };
    document.anchors.iter().for_each(|anchor| explicit(Cow::Borrowed(&anchor.name)));
    let given = document.headings.iter().filter_map(|heading| heading.id.as_deref());
    given.for_each(|id| explicit(Cow::Borrowed(id)));
    // Attribute lists (`{#id}`, `{: #id }`) give ids to paragraphs, images and tables too, in more engines than not.
    let text = document.source.text();
    for &at in document.braces().iter().filter(|&&at| at >= document.body.start) {
        // Most braces are those of code and templates.
        let behind = at + 1 + text.as_bytes()[at + 1..].iter().take_while(|byte| matches!(byte, b':' | b' ')).count();
        if text.as_bytes().get(behind) == Some(&b'#') {
            let id = text[behind + 1..].split(|c: char| c.is_whitespace() || c == '}').next().unwrap_or("");
            explicit(Cow::Borrowed(id));
        }
    }
    // A component around a part of the page may make an id of its title.
    for foreign in document.foreign.iter().filter(|foreign| foreign.kind == ForeignKind::Jsx) {
        for value in attribute_texts(document.source.slice(foreign.span)) {
            explicit(Cow::Borrowed(value));
            explicit(Cow::Owned(slug(value)));
        }
    }
    ids
}

/// The texts in the attributes of a component: `title="…"`, `title={`…`}`.
fn attribute_texts(tag: &str) -> impl Iterator<Item = &str> {
    let mut rest = tag;
    std::iter::from_fn(move || {
        loop {
            rest = rest.split_once('=')?.1;
            if let Some((text, behind)) = quoted(rest.trim_start()) {
                rest = behind;
                return Some(text);
            }
        }
    })
}

/// The text that `value` begins with, and what follows its quotes and braces.
fn quoted(value: &str) -> Option<(&str, &str)> {
    const QUOTES: [char; 3] = ['`', '"', '\''];
    if let Some(quote @ ('"' | '\'')) = value.chars().next() {
        return value[1..].split_once(quote);
    }
    let inner = value.strip_prefix('{')?.trim_start().strip_prefix(QUOTES)?;
    let (text, behind) = inner.split_at(inner.find(QUOTES)?);
    Some((text, behind[1..].trim_start().strip_prefix('}')?))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use regex::Regex;

    use super::*;

    proptest! {
        #[test]
        fn attributes_are_read_as_by_a_pattern(tag in "[=\"'`{} é\u{A0}a\n]{0,14}") {
            let pattern = r#"=\s*(?:"([^"]*)"|'([^']*)'|\{\s*[`"']([^`"']*)[`"']\s*\})"#;
            let pattern = Regex::new(pattern).expect("a pattern");
            let expected: Vec<&str> = pattern
                .captures_iter(&tag)
                .map(|captures| captures.iter().skip(1).flatten().next().map_or("", |value| value.as_str()))
                .collect();
            prop_assert_eq!(attribute_texts(&tag).collect::<Vec<_>>(), expected, "{:?}", tag);
        }
    }

    #[test]
    fn texts_stand_in_quotes_of_any_kind() {
        let tag = "<Tab a=\"é\" b={`c`} d={e} f= 'g' h={ \"i\" }/>";
        assert_eq!(attribute_texts(tag).collect::<Vec<_>>(), ["é", "c", "g", "i"]);
    }
}
