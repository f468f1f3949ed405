//! What readers of YAML take a single word for. YAML 1.1 knows more numbers and truth values than YAML 1.2, and every
//! generator has its own parser.

use std::borrow::Cow;

use crate::document::front_matter::Data;
use crate::site::Generator;

/// What the parser behind a generator makes of plain scalars. Jekyll has Psych and MkDocs PyYAML, which speak YAML 1.1;
/// Eleventy and Docusaurus have js-yaml 3, which took over its numbers but not its truth values; Astro has js-yaml 4, Zola
/// serde's; Hugo has had several.
#[derive(Debug, Clone, Copy)]
pub(super) struct Engine {
    /// Whether `no` is false.
    truths: bool,
    /// Whether `no` is surely no truth value.
    no_truths: bool,
    /// Whether `0123` is an octal number.
    octal: bool,
    /// Whether `12:30` is a number to the base of sixty.
    sixty: bool,
    /// Whether a number as a layout finds none.
    strict_layout: bool,
    /// Who it is, for a message.
    name: &'static str,
}

impl Engine {
    /// The engine of a generator. Of an unknown one, all is expected.
    pub fn of(generator: Generator) -> Self {
        let any =
            Self { truths: true, no_truths: false, octal: true, sixty: true, strict_layout: true, name: "YAML 1.1" };
        let new = Self { truths: false, no_truths: true, octal: false, sixty: false, ..any };
        match generator {
            Generator::Jekyll => Self { name: "Jekyll", ..any },
            Generator::MkDocs => Self { name: "MkDocs", ..any },
            Generator::Hugo => Self { sixty: false, strict_layout: false, name: "Hugo", ..any },
            Generator::Eleventy => Self { octal: true, sixty: true, name: "Eleventy", ..new },
            Generator::Docusaurus => Self { octal: true, sixty: true, name: "Docusaurus", ..new },
            Generator::Astro => Self { name: "Astro", ..new },
            Generator::Zola => Self { name: "Zola", ..new },
            _ => any,
        }
    }
}

/// How a value is mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mend {
    /// In quotes, which is certain.
    Quote,
    /// In quotes, probably.
    QuoteUnsure,
    /// Written so, which is certain.
    Write(String),
    /// Written so, probably.
    WriteUnsure(String),
}

/// A value that is not read as it was meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Trap {
    /// What the parser sees.
    pub message: String,
    /// What to write instead.
    pub mend: Mend,
}

/// Keys whose values are words, a list of such included; in lower case, without hyphens and underscores.
#[rustfmt::skip]
const TEXT: &[&str] = &[
    "title", "linktitle", "shorttitle", "longtitle", "subtitle", "seotitle", "metatitle", "pagetitle", "navtitle", "sidebarlabel",
    "name", "label", "heading", "headline", "description", "summary", "excerpt", "lead", "slug", "layout", "author", "authors",
    "country", "countries", "lang", "language", "languages", "locale", "region", "regions", "city", "street", "tag", "tags",
    "category", "categories", "keyword", "keywords", "topic", "topics", "answer",
];

/// Those of them under which nobody keeps maps.
const PLAIN_TEXTS: &[&str] = &["tag", "tags", "category", "categories", "keyword", "keywords", "topic", "topics"];

/// Keys whose numbers are counted with: a leading zero is only for looks.
#[rustfmt::skip]
const ORDER: &[&str] = &[
    "weight", "order", "navorder", "menuorder", "position", "sidebarposition", "priority", "level", "index", "number", "month",
    "day", "episode", "chapter", "season", "part", "volume", "issue",
];

/// Keys that generators read as true or false.
#[rustfmt::skip]
const BOOL: &[&str] = &[
    "draft", "published", "unlisted", "hidetitle", "hidetableofcontents", "eleventyexcludefromcollections", "render", "toc",
    "comments", "featured", "noindex", "pin", "math",
];

/// The words that YAML 1.1 and its readers take for true or false, but YAML 1.2 does not.
const TRUTHS: [(&str, bool); 4] = [("yes", true), ("no", false), ("on", true), ("off", false)];

fn plain(key: &str) -> Cow<'_, str> {
    match key.bytes().all(|b| b.is_ascii_lowercase()) {
        true => key.into(),
        false => key.to_lowercase().replace(['-', '_', ' '], "").into(),
    }
}

/// Whether the values under `key` are words.
pub(super) fn holds_text(key: &str) -> bool {
    TEXT.contains(&&*plain(key))
}

/// Whether the values under `key` are words, and never maps.
pub(super) fn holds_plain_texts(key: &str) -> bool {
    PLAIN_TEXTS.contains(&&*plain(key))
}

/// Whether the value under `key` is a code made of digits: what a zero in it means is lost with it.
fn holds_code(key: &str) -> bool {
    const WORDS: [&str; 15] = [
        "zip", "postal", "postcode", "plz", "phone", "tel", "fax", "isbn", "issn", "sku", "commit", "hash", "sha",
        "ean", "serial",
    ];
    let key = plain(key);
    WORDS.iter().any(|word| key.starts_with(word) || key.ends_with(word))
}

fn holds_version(key: &str) -> bool {
    let key = plain(key);
    key.ends_with("version") || key.ends_with("versions") || ["release", "since", "releases"].contains(&&*key)
}

/// Whether `raw` is one of the words for true or false.
pub(super) fn is_truth(raw: &str) -> bool {
    truth(raw).is_some()
}

/// What a word for true or false says, written in one of the ways that YAML 1.1 knows.
fn truth(raw: &str) -> Option<bool> {
    if !(2..=3).contains(&raw.len()) {
        return None;
    }
    let (word, means) = *TRUTHS.iter().find(|(word, _)| raw.eq_ignore_ascii_case(word))?;
    let capital = raw.starts_with(char::is_uppercase) && raw[1..] == word[1..];
    (raw == word || capital || raw == word.to_uppercase()).then_some(means)
}

/// Whether `raw` is a number and marks around it: what stands behind it is no part of a title.
pub(super) fn is_number_like(raw: &str) -> bool {
    !raw.chars().any(char::is_alphabetic)
}

/// What is wrong with a key.
pub(super) fn key(key: &str, engine: Engine) -> Option<Trap> {
    let means = truth(key).filter(|_| engine.truths)?;
    Some(Trap { message: format!("as a key, `{key}` is {means} to {}", engine.name), mend: Mend::Quote })
}

/// What is wrong with a plain scalar under `key`, or in the list there.
pub(super) fn value(key: &str, raw: &str, data: &Data, in_list: bool, engine: Engine) -> Option<Trap> {
    let trap = |message: String, mend| Some(Trap { message, mend });
    // Looked up only for the few values to which it matters.
    let text = || holds_text(key);
    match data {
        Data::String(_) if is_truth(raw) => {
            let means = truth(raw)?;
            if (in_list || text()) && engine.truths {
                trap(format!("`{raw}` is {means} to {}, not a word", engine.name), Mend::Quote)
            } else if engine.no_truths && !in_list && BOOL.contains(&&*plain(key)) {
                trap(format!("`{raw}` is a word to {}, not {means}", engine.name), Mend::Write(means.to_string()))
            } else {
                None
            }
        }
        Data::String(_) if raw.len() > 1 && raw.starts_with('0') && raw.bytes().all(|b| b.is_ascii_digit()) => {
            zeros(key, raw, engine)
        }
        Data::String(_) if engine.sixty => {
            let number = sixties(raw)?;
            trap(format!("`{raw}` is the number {number} to {}, which counts by sixties", engine.name), Mend::Quote)
        }
        Data::Number(number) if raw.bytes().all(|b| b.is_ascii_digit() || b == b'.') => {
            if raw.contains('.') && raw.ends_with('0') && (text() || holds_version(key)) {
                trap(format!("`{raw}` is the number {number}: the zero at the end is lost"), Mend::Quote)
            } else if plain(key) == "layout" && engine.strict_layout {
                trap(format!("`{raw}` is a number, and layouts have names"), Mend::Quote)
            } else {
                None
            }
        }
        Data::Number(number) if raw.contains(['e', 'E', 'x', 'o']) && (text() || holds_code(key)) => {
            trap(format!("`{raw}` is the number {number}"), Mend::Quote)
        }
        Data::Date(_) if text() || holds_version(key) => {
            trap(format!("`{raw}` is a date, which many readers of YAML print with a time of day"), Mend::Quote)
        }
        Data::Null if in_list && text() => trap(format!("`{raw}` is nothing, not a word"), Mend::Quote),
        _ => None,
    }
}

/// A number that begins with a zero.
fn zeros(key: &str, raw: &str, engine: Engine) -> Option<Trap> {
    let code = holds_code(key);
    let digits = raw.trim_start_matches('0');
    let octal = u64::from_str_radix(raw, 8).ok().filter(|_| engine.octal);
    let changed = octal.filter(|number| number.to_string() != digits);
    let mend = match (code, ORDER.contains(&&*plain(key)) && !digits.is_empty()) {
        (true, _) => Mend::Quote,
        (false, true) => Mend::WriteUnsure(digits.to_owned()),
        (false, false) => Mend::QuoteUnsure,
    };
    let message = match changed {
        Some(number) => format!("`{raw}` is the octal number {number} to {}", engine.name),
        // A zero that is only for looks: "chapter 07".
        None if code => format!("`{raw}` is a number to some readers of YAML: the zero at the start is lost"),
        None => return None,
    };
    Some(Trap { message, mend })
}

/// The number that YAML 1.1 makes of `12:30` or `1:02:03`.
fn sixties(raw: &str) -> Option<u64> {
    // Most values are no numbers.
    if !raw.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mut parts = raw.split(':');
    let first = parts.next().filter(|part| !part.starts_with('0') && !part.is_empty())?;
    let digits = |part: &str| part.len() <= 6 && part.bytes().all(|b| b.is_ascii_digit());
    let mut number: u64 = Some(first).filter(|part| digits(part))?.parse().ok()?;
    let mut any = false;
    for part in parts {
        let small: u64 = Some(part).filter(|part| digits(part) && (1..=2).contains(&part.len()))?.parse().ok()?;
        number = number.checked_mul(60)?.checked_add(small).filter(|_| small < 60)?;
        any = true;
    }
    any.then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sixties_and_truths() {
        assert_eq!(sixties("12:30"), Some(750));
        assert_eq!(sixties("1:02:03"), Some(3723));
        for raw in ["09:30", "12:75", "12", "a:30", "12:", ":30", "12:300"] {
            assert_eq!(sixties(raw), None, "{raw}");
        }
        assert_eq!(
            (truth("no"), truth("No"), truth("YES"), truth("nO"), truth("n")),
            (Some(false), Some(false), Some(true), None, None)
        );
    }
}
