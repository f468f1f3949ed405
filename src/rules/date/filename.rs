//! `date/filename`: file names and addresses that tell another day than the front matter.

use jiff::civil::Date;
use memchr::{memchr, memrchr};
use serde::Deserialize;

use super::field::Role;
use super::{Dated, dates, first_with};
use crate::date::{self, Impossible, Outcome};
use crate::document::front_matter::{FrontMatter, Style};
use crate::finding::Level;
use crate::rule::{Define, Meta, Rule, Sink};
use crate::site::Article;
use crate::span::Span;

/// The keys that hold an article's own address, or the end of it.
const ADDRESSES: &[&str] = &["permalink", "url", "slug", "path"];

/// Its options.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Filename {
    /// How many days may lie between the dates.
    pub tolerance: u16,
    /// The key whose date is compared; the usual ones if there is none. A dotted path leads into a map.
    pub field: Option<String>,
}

impl Default for Filename {
    fn default() -> Self {
        Self { tolerance: 60, field: None }
    }
}

impl Define for Filename {
    const META: Meta = Meta {
        id: "date/filename",
        level: Some(Level::Warning),
        fix: None,
        page: include_str!("../../../rules/date/filename.md"),
    };
}

impl Rule for Filename {
    fn article(&self, article: &Article, sink: &mut Sink) {
        let path = &article.facts.path;
        let Some(front_matter) = &article.facts.front_matter else {
            if let Some(Named { day: Err(why), text }) = in_path(path) {
                report_impossible(Span::empty(0), text, why, sink);
            }
            return;
        };
        let file = in_path(path);
        let addresses: Vec<_> = addresses(front_matter).collect();
        if file.is_none() && addresses.is_empty() {
            return;
        }
        let dates = dates(front_matter, self.field.iter());
        let own = match &self.field {
            Some(key) => dates.iter().find(|dated| dated.value.key == key),
            None => first_with(&dates, Role::Published),
        };
        let place = own.map_or(front_matter.opening, |dated| dated.value.span);
        match (&file, own) {
            (Some(Named { day: Err(why), text }), _) => report_impossible(place, text, *why, sink),
            (Some(Named { day: Ok(day), text }), Some(own)) if self.differ(own, *day) => {
                let message =
                    format!("the name of the file says {text}, `{}` says {}", own.value.key, own.reading.date);
                sink.report(place, message).help("rename the file, or correct the date");
            }
            _ => {}
        }
        for (key, span, named) in addresses {
            let text = named.text;
            match (named.day, own, &file) {
                (Err(why), ..) => {
                    let message = format!("`{text}` in the address is no date: {why}");
                    sink.report(span, message).help("write the day that was meant");
                }
                (Ok(day), Some(own), _) if self.differ(own, day) => {
                    let message = format!("`{key}` says {text}, `{}` says {}", own.value.key, own.reading.date);
                    sink.report(span, message)
                        .help("correct the address or the date; an address that is published needs a redirect")
                        .also(own.value.span, "this is the date");
                }
                (Ok(day), None, Some(Named { day: Ok(other), text: name })) if self.are_apart(day, *other) => {
                    let message = format!("`{key}` says {text}, the name of the file says {name}");
                    sink.report(span, message).help("correct the one that is wrong");
                }
                _ => {}
            }
        }
    }
}

impl Filename {
    /// Whether `day` is none that the date can mean, nor close to one.
    fn differ(&self, dated: &Dated, day: Date) -> bool {
        dated.reading.precision >= date::Precision::Day
            && dated.reading.meanings().all(|meaning| self.are_apart(meaning.date, day))
    }

    fn are_apart(&self, one: Date, other: Date) -> bool {
        (one - other).get_days().unsigned_abs() > u32::from(self.tolerance)
    }
}

fn report_impossible(place: Span, text: &str, why: Impossible, sink: &mut Sink) {
    sink.report(place, format!("the name of the file begins with {text}, which is no date: {why}"))
        .help("rename the file; Jekyll passes over an article with such a name");
}

/// A day that a name tells.
struct Named<'a> {
    text: &'a str,
    day: Result<Date, Impossible>,
}

/// The day with which the name of a file begins, or that of its folder if it is an index.
fn in_path(path: &str) -> Option<Named<'_>> {
    let cut = |path| memrchr(b'/', str::as_bytes(path)).map_or((None, path), |at| (Some(&path[..at]), &path[at + 1..]));
    let (folder, file) = cut(path);
    let stem = memchr(b'.', file.as_bytes()).map_or(file, |at| &file[..at]);
    let name = if matches!(stem, "index" | "_index") { cut(folder?).1 } else { file };
    leading_day(name)
}

/// `2025-07-18` at the start of a name.
fn leading_day(name: &str) -> Option<Named<'_>> {
    let mut rest = name;
    let mut length = 0;
    for (part, digits) in [4..=4, 1..=2, 1..=2].into_iter().enumerate() {
        if part > 0 {
            rest = rest.strip_prefix('-')?;
            length += 1;
        }
        let count = rest.bytes().take_while(u8::is_ascii_digit).count();
        if !digits.contains(&count) {
            return None;
        }
        rest = &rest[count..];
        length += count;
    }
    // `2025-07-18-rye.md`, `2025-07-18.md`; but `2025-10-20x30` is none.
    let ends = rest.is_empty() || rest.starts_with(['-', '_', '.', ' ']);
    let text = &name[..length];
    ends.then(|| named(text)).flatten()
}

fn named(text: &str) -> Option<Named<'_>> {
    let day = match date::read(text)? {
        Outcome::Date(reading) => Ok(reading.date),
        Outcome::Impossible(why) => Err(why),
    };
    // Other numbers stand at the start of names too, such as those of standards.
    let year = text.get(..4)?.parse().is_ok_and(|year: u16| (1900..2200).contains(&year));
    year.then_some(Named { text, day })
}

/// The days in the addresses that the front matter gives the article, each with its key and its place.
fn addresses(front_matter: &FrontMatter) -> impl Iterator<Item = (&str, Span, Named<'_>)> {
    ADDRESSES.iter().filter_map(|key| {
        let value = &front_matter.map.entry(key)?.value;
        let text = value.as_text()?;
        let (at, named) = in_address(text)?;
        let quote = usize::from(matches!(value.style, Style::SingleQuoted | Style::DoubleQuoted));
        // Escapes and folded lines move the bytes: then the whole value is the place.
        let exact = value.span.len() == text.len() + 2 * quote;
        let start = value.span.start + quote + at;
        Some((*key, if exact { Span::new(start, start + named.text.len()) } else { value.span }, named))
    })
}

/// The day in an address, and where: `/2025/07/18/rye/`, `/news/2025-07-18-rye`.
fn in_address(text: &str) -> Option<(usize, Named<'_>)> {
    let starts = std::iter::once(0).chain(text.match_indices('/').map(|(at, _)| at + 1));
    starts.filter_map(|at| Some((at, leading_day(&text[at..]).or_else(|| folders(&text[at..]))?))).next()
}

/// `2025/07/18` in front of a slash or the end.
fn folders(text: &str) -> Option<Named<'_>> {
    let bytes = text.as_bytes();
    let shape = bytes.len() >= 10
        && bytes[..10]
            .iter()
            .enumerate()
            .all(|(at, b)| if matches!(at, 4 | 7) { *b == b'/' } else { b.is_ascii_digit() })
        && matches!(bytes.get(10), None | Some(b'/'));
    if shape { named(&text[..10]) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_names() {
        let day = |path: &str| in_path(path).map(|named| named.day.map_err(|why| why.to_string()));
        let the_18th = Some(Ok(jiff::civil::date(2025, 7, 18)));
        for path in
            ["_posts/2025-07-18-rye.md", "2025-07-18.md", "a/2025-7-18_é.html", "news/2025-07-18-rye/index.fr.md"]
        {
            assert_eq!(day(path), the_18th, "{path}");
        }
        assert_eq!(day("_posts/2025-13-01-rye.md"), Some(Err("there is no month 13".to_owned())));
        for path in ["rye-2025-07-18.md", "2025-07.md", "2025-07-18x.md", "9000-01-02-iso.md", "12025-07-18.md", "é.md"]
        {
            assert_eq!(day(path), None, "{path}");
        }
    }

    #[test]
    fn days_in_addresses() {
        let day = |text: &str| in_address(text).map(|(at, named)| (at, named.text.to_owned()));
        assert_eq!(day("/blog/2025/07/18/rye/"), Some((6, "2025/07/18".to_owned())));
        assert_eq!(day("2025-07-18-rye"), Some((0, "2025-07-18".to_owned())));
        assert_eq!(day("/:year/:month/:day/rye"), None);
        assert_eq!(day("/2025/07/rye"), None);
    }
}
