//! Permalinks with template syntax, as far as front matter and the file's own name give their values.

use jiff::civil::Date;

use crate::date;
use crate::document::front_matter::{Data, Map};
use crate::site::generator::eleventy::undated;
use crate::site::tree::{directory_of, name_of, stem_of};

/// A permalink: literal text, and expressions.
pub(super) struct Pattern<'p>(&'p str);

/// What its expressions can name.
pub(super) struct Values<'v> {
    /// The file's path without extension and date.
    pub stem: String,
    /// The front matter.
    pub map: Option<&'v Map>,
    /// The file.
    pub path: &'v str,
}

impl<'p> Pattern<'p> {
    /// A permalink in Liquid or Nunjucks.
    pub fn liquid(text: &'p str) -> Self {
        Self(text)
    }

    /// The permalink with its values; `None` if one of them is not known.
    pub fn evaluate(&self, values: &Values) -> Option<String> {
        let mut result = String::new();
        let mut rest = self.0;
        if rest.contains("{%") {
            return None;
        }
        while let Some(at) = rest.find("{{") {
            result.push_str(&rest[..at]);
            let end = rest[at..].find("}}")? + at;
            result.push_str(&values.expression(rest[at + 2..end].trim_matches(['-', ' ']))?);
            rest = &rest[end + 2..];
        }
        result.push_str(rest);
        Some(result)
    }
}

impl Values<'_> {
    fn expression(&self, text: &str) -> Option<String> {
        let mut parts = text.split('|').map(str::trim);
        let mut value = self.name(parts.next()?)?;
        for filter in parts {
            let (name, argument) = match filter.find([':', '(']) {
                Some(at) => (filter[..at].trim(), filter[at + 1..].trim_matches([' ', ')', '"', '\''])),
                None => (filter, ""),
            };
            value = match (name, argument) {
                ("slugify" | "slug", "") => slugify(&value)?,
                ("downcase" | "lower", "") => value.to_lowercase(),
                ("url" | "trim" | "strip", "") => value.trim().to_owned(),
                ("date", format) => date_in(&value, format)?,
                _ => return None,
            };
        }
        Some(value)
    }

    fn name(&self, name: &str) -> Option<String> {
        let slug = || {
            let own = name_of(&self.stem);
            let own = if own == "index" { name_of(directory_of(&self.stem)) } else { own };
            undated(own).to_owned()
        };
        match name {
            "page.fileSlug" => return Some(slug()),
            "page.filePathStem" => return Some(format!("/{}", self.stem)),
            "page.date" | "date" => return date_of(self.map, self.path).map(str::to_owned),
            _ => {}
        }
        match &self.map?.entry_at(name)?.value.data {
            Data::String(text) | Data::Date(text) => Some(text.clone()),
            Data::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }
}

/// The date of a page, as it is written in its front matter, or in the name of its file.
fn date_of<'v>(map: Option<&'v Map>, path: &'v str) -> Option<&'v str> {
    let given = map.and_then(|map| map.get("date")?.as_text());
    let stem = stem_of(name_of(path));
    let named = (undated(stem) != stem).then(|| &stem[..10]);
    given.or(named)
}

/// The day of a page, if it is certain.
pub(super) fn day_of(map: Option<&Map>, path: &str) -> Option<Date> {
    day_in(date_of(map, path)?)
}

fn day_in(text: &str) -> Option<Date> {
    let outcome = date::read(text)?;
    Some(outcome.reading().filter(|reading| reading.is_certain())?.date)
}

/// A date in a format of `strftime`.
fn date_in(text: &str, format: &str) -> Option<String> {
    let date = day_in(text)?;
    let known =
        format.match_indices('%').all(|(at, _)| "YmdyjeBb-".contains(format[at + 1..].chars().next().unwrap_or('?')));
    (known && format.contains('%')).then(|| date.strftime(format).to_string())
}

/// A text as `@sindresorhus/slugify` has it; `None` where that needs a table of letters.
pub(super) fn slugify(text: &str) -> Option<String> {
    use unicode_normalization::UnicodeNormalization;
    use unicode_normalization::char::is_combining_mark;
    let mut slug = String::new();
    let mut gap = false;
    for c in text.nfd().filter(|c| !is_combining_mark(*c)) {
        let c = c.to_ascii_lowercase();
        if c.is_ascii_alphanumeric() {
            if gap && !slug.is_empty() {
                slug.push('-');
            }
            gap = false;
            slug.push(c);
        } else if c == '&' {
            slug.push_str(if slug.is_empty() { "and" } else { "-and" });
            gap = true;
        } else if c.is_alphabetic() {
            return None;
        } else if c != '\'' && c != '’' {
            gap = true;
        }
    }
    Some(slug)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::front_matter::Format;
    use crate::site::generator::config::parse_map;

    #[test]
    fn permalinks_take_their_values_from_front_matter_and_file() {
        let map = parse_map("title: Ein Café & mehr\ndate: 2024-03-09\n", Format::Yaml);
        let values = Values { stem: "posts/a-b".into(), map: Some(&map), path: "posts/2024-01-02-a-b.md" };
        for (pattern, url) in [
            ("/x/", Some("/x/")),
            ("/{{ page.fileSlug }}/", Some("/a-b/")),
            ("{{ page.filePathStem }}.html", Some("/posts/a-b.html")),
            ("/{{ title | slugify }}/index.html", Some("/ein-cafe-and-mehr/index.html")),
            ("/{{ page.date | date: '%Y/%m' }}/", Some("/2024/03/")),
            ("/{{ page.date | when }}/", None),
            ("/{{ nothing }}/", None),
            ("{% if x %}/a/{% endif %}", None),
            ("/{{ title", None),
        ] {
            assert_eq!(Pattern::liquid(pattern).evaluate(&values).as_deref(), url, "{pattern}");
        }
    }
}
