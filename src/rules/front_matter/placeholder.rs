//! `front-matter/placeholder`

use std::fmt;

use serde::Deserialize;

use super::text::Text;
use crate::document::Document;
use crate::document::front_matter::{Data, Map, Style, Value};
use crate::finding::Level;
use crate::rule::{Define, Meta, Rule, Sink};
use crate::rules::date::is_usual_date;

/// Words that stand for a value that is yet to be written.
const WORDS: &[&str] =
    &["todo", "tbd", "tbc", "tba", "fixme", "xxx", "placeholder", "lorem ipsum", "change me", "changeme"];

/// What templates and sample content say.
#[rustfmt::skip]
const SAMPLES: &[&str] = &[
    "your title here", "your title", "title here", "title goes here", "enter title here", "post title", "article title",
    "page title", "insert title here", "add title here", "untitled", "untitled post", "new post", "my new post",
    "your description here", "your description", "description here", "description goes here", "enter description here",
    "insert description here", "add description here", "add a description", "short description", "a short description",
    "your name", "your name here", "author name", "firstname lastname", "first name last name", "enter text here",
    "insert text here", "text here",
];

/// For each letter with which one of [`WORDS`] or [`SAMPLES`] begins, the bits of the letters that come second.
const SECOND: [u32; 26] = with_seconds(with_seconds([0; 26], WORDS), SAMPLES);

const fn with_seconds(mut second: [u32; 26], all: &[&str]) -> [u32; 26] {
    let mut at = 0;
    while at < all.len() {
        let known = all[at].as_bytes();
        // Behind a word of one letter stands white space, whichever.
        second[(known[0] - b'a') as usize] |= if known[1] == b' ' { u32::MAX } else { 1 << (known[1] - b'a') };
        at += 1;
    }
    second
}

/// The longest of [`WORDS`] and [`SAMPLES`], in bytes, with a few spaces more.
const LONGEST: usize = 26;

/// Keys whose values are the state of a work or its subject: "todo" is a fair one.
const STATES: &[&str] = &[
    "status",
    "state",
    "stage",
    "type",
    "kind",
    "category",
    "categories",
    "tag",
    "tags",
    "keyword",
    "keywords",
    "topic",
    "topics",
    "slug",
    "id",
    "permalink",
    "url",
    "layout",
    "icon",
    "label",
    "labels",
];

/// Reports values that were to be replaced.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Placeholder {
    /// Values that are meant, in any letter case.
    pub allow: Vec<String>,
    /// Whether drafts are looked at too.
    pub drafts: bool,
}

impl Define for Placeholder {
    const META: Meta = Meta {
        id: "front-matter/placeholder",
        level: Some(Level::Warning),
        fix: None,
        page: include_str!("../../../rules/front-matter/placeholder.md"),
    };
}

impl Rule for Placeholder {
    fn document(&self, document: &Document, sink: &mut Sink) {
        let Some(front_matter) = &document.front_matter else { return };
        let draft = front_matter.map.get("draft").is_some_and(|value| value.data == Data::Bool(true));
        if self.drafts || !draft {
            self.map(None, &front_matter.map, sink);
        }
    }
}

/// A key, and the one of the map that it stands in.
struct Path<'p> {
    map: Option<&'p Path<'p>>,
    key: &'p str,
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(map) = self.map {
            write!(out, "{map}.")?;
        }
        out.write_str(self.key)
    }
}

impl Placeholder {
    fn map(&self, path: Option<&Path>, map: &Map, sink: &mut Sink) {
        for entry in &map.entries {
            // A date that is none is for the rules on dates.
            if !is_state(&entry.key) && !is_usual_date(&entry.key) {
                self.value(&Path { map: path, key: &entry.key }, &entry.value, sink);
            }
        }
    }

    fn value(&self, path: &Path, value: &Value, sink: &mut Sink) {
        match &value.data {
            _ if value.style == Style::Alias => {}
            Data::Map(inner) => self.map(Some(path), inner, sink),
            Data::List(items) => items.iter().for_each(|item| self.value(path, item, sink)),
            _ => {
                let said = |text: &&str| self.is_placeholder(path.key, text.trim());
                let Some(text) = value.as_text().filter(said).and_then(|_| Text::of(value)) else { return };
                sink.report(text.span, format!("`{path}` is still to be written"))
                    .help("write it, or remove the key; a draft may say `draft: true`");
            }
        }
    }

    /// Whether `words`, without white space around them, are yet to be replaced.
    fn is_placeholder(&self, key: &str, words: &str) -> bool {
        let begins = |marks: &[&str]| marks.iter().any(|mark| words.starts_with(mark));
        let bracketed = words.starts_with(['[', '<']);
        // "TODO", "FIXME", "TBD", "XXX", "Lorem ipsum", "lorem ipsum".
        let may_begin = words.starts_with(['T', 'F', 'X', 'L', 'l']);
        // Long texts are looked at only if they begin like one.
        let marked =
            || bracketed || may_begin && begins(&["TODO", "FIXME", "TBD", "XXX", "Lorem ipsum", "lorem ipsum"]);
        let long = words.len() > 40 && !marked();
        if long || self.allow.iter().any(|allowed| allowed.eq_ignore_ascii_case(words)) {
            return false;
        }
        // "TODO: a better title", "TODO add a summary"; "TODO lists compared" is a title.
        if may_begin && begins(&["TODO:", "FIXME:", "TBD:", "XXX:", "Lorem ipsum dolor", "lorem ipsum dolor"]) {
            return true;
        }
        // Marks around the words are for looks, those between them are not: `PAGE.Title` is code.
        let bare = words.trim_matches(|c: char| !c.is_alphanumeric());
        let bracketed = bracketed && words.ends_with([']', '>']);
        // One that is longer than all of them is none of them.
        if bare.len() > LONGEST && !bracketed {
            return false;
        }
        let mut known = WORDS.iter().chain(SAMPLES);
        if !bracketed && bare.is_ascii() {
            // Most differ in their first two letters.
            return begins_known(bare) && known.any(|known| says(bare, known));
        }
        let said = plain(bare);
        known.any(|known| *known == said)
            || bracketed && (said == key.to_lowercase() || ["title", "description", "author", "name"].contains(&&*said))
    }
}

/// Whether the values under `key` are the state of a work or its subject.
fn is_state(key: &str) -> bool {
    STATES.iter().any(|state| state.len() == key.len() && state.eq_ignore_ascii_case(key))
}

/// Whether `text`, which is ASCII, has the first two letters of a known one.
fn begins_known(text: &str) -> bool {
    let &[first, second, ..] = text.as_bytes() else { return false };
    let letter = |byte: u8| Some(byte.to_ascii_lowercase().wrapping_sub(b'a')).filter(|letter| *letter < 26);
    let seconds = letter(first).map_or(0, |first| SECOND[usize::from(first)]);
    // All bits are set where white space may come second.
    seconds >> letter(second).unwrap_or(31) & 1 == 1
}

/// Whether `text`, which begins with no white space, has the words of `known`, in any letter case and with any space between
/// them.
fn says(text: &str, known: &str) -> bool {
    // Most differ in their second letter.
    let alike = |at: usize| {
        let (said, known) = (text.as_bytes()[at], known.as_bytes()[at]);
        known == b' ' || said.eq_ignore_ascii_case(&known)
    };
    if text.len() < known.len() || !alike(0) || !alike(1) {
        return false;
    }
    let mut words = known.split(' ');
    let same = text.split_whitespace().all(|said| words.next().is_some_and(|word| said.eq_ignore_ascii_case(word)));
    same && words.next().is_none()
}

/// `text` in lower case, single spaces between its words.
fn plain(text: &str) -> String {
    text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn words_are_compared_as_in_lower_case(
            known in prop::sample::select([WORDS, SAMPLES].concat()),
            upper in prop::collection::vec(any::<bool>(), 30),
            space in "[ \t\n\x0B\x1F]{1,2}",
            more in "[a ]{0,2}",
        ) {
            let cased = known.chars().zip(upper).map(|(c, upper)| if upper { c.to_ascii_uppercase() } else { c });
            let text = cased.collect::<String>().replace(' ', &space) + &more;
            for known in WORDS.iter().chain(SAMPLES) {
                prop_assert_eq!(says(&text, known), plain(&text) == *known, "{:?} {}", text, known);
                prop_assert!(begins_known(&text) || !says(&text, known), "{:?} {}", text, known);
            }
        }
    }
}
