//! Hugo's addresses: from a file's path, a permalink pattern, `slug` and `url`.

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::setup::Setup;
use crate::date;
use crate::document::front_matter::Map;
use crate::site::page::find;
use crate::site::tree::{directory_of, name_of};

/// An article in Hugo's eyes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Logical {
    /// Its folder and name below the content folder, without extension and language; a bundle's is its folder. Empty for
    /// the home page.
    pub path: String,
    /// Whether it is the page of a section (`_index.md`).
    pub is_section: bool,
    /// Whether it is a bundle (`index.md`, `_index.md`), whose folder's other files belong to it.
    pub is_bundle: bool,
    /// Its language, if the site has several.
    pub language: Option<String>,
}

impl Setup {
    /// What the file at `path` is to Hugo; `None` if it is no content.
    pub fn logical(&self, path: &str) -> Option<Logical> {
        let inside =
            |folder: &str| if folder.is_empty() { Some(path) } else { path.strip_prefix(folder)?.strip_prefix('/') };
        let mounts = self.content.iter().filter_map(|mount| Some((mount, inside(&mount.source)?)));
        let (mount, rest) = mounts.min_by_key(|(_, rest)| rest.len())?;
        let (folder, name) = (directory_of(rest), name_of(rest));
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let (stem, named) = match stem.rsplit_once('.') {
            Some((stem, code)) if self.language(&code.to_lowercase()).is_some() => (stem, Some(code.to_lowercase())),
            _ => (stem, None),
        };
        let (is_section, is_bundle) = (stem == "_index", matches!(stem, "index" | "_index"));
        let inner = if is_bundle { folder.to_owned() } else { super::join(folder, stem) };
        let language = named.or_else(|| mount.language.clone());
        let language = language.or_else(|| (!self.languages.is_empty()).then(|| self.default_language.clone()));
        Some(Logical { path: super::join(&mount.target, &inner), is_section, is_bundle, language })
    }

    /// A path or name as it stands in an address.
    pub fn urlize(&self, path: &str) -> String {
        let path = sanitize(path);
        let path = if self.keeps_case { path } else { path.to_lowercase() };
        if self.without_accents { path.nfd().filter(|c| !is_combining_mark(*c)).nfc().collect() } else { path }
    }

    /// The address of an article, the base left out; `None` if it cannot be known.
    pub fn address(&self, logical: &Logical, map: Option<&Map>, title: Option<&str>) -> Option<String> {
        let prefix = logical.language.as_deref().and_then(|code| self.language(code)).map_or("", |l| l.prefix.as_str());
        let text = |key: &str| map.and_then(|map| find(map, &[key])).and_then(|entry| entry.value.as_text());
        if let Some(url) = text("url") {
            if url.contains(':') {
                return None;
            }
            let url = url.strip_prefix('/').map_or_else(|| format!("{prefix}/{url}"), |rest| format!("/{rest}"));
            return Some(url.strip_suffix("index.html").unwrap_or(&url).to_owned());
        }
        if self.odd_permalinks {
            return None;
        }
        let kind = if logical.is_section { "section" } else { "page" };
        let section = logical.path.split('/').next().unwrap_or("").to_lowercase();
        let section = if logical.path.contains('/') || logical.is_section { section } else { String::new() };
        let pattern = self.permalinks.iter().find(|(of, key, _)| {
            let key = key.trim_matches('/');
            *of == kind
                && (key == section || (key.contains('/') && key.eq_ignore_ascii_case(directory_of(&logical.path))))
        });
        let path = match pattern {
            Some((_, _, pattern)) if !logical.path.is_empty() => self.expand(pattern, logical, map, title)?,
            _ => {
                let own = text("slug").filter(|_| !logical.path.is_empty());
                // In the path of a file each space is a hyphen; elsewhere white space is one.
                let own = own.map_or_else(|| name_of(&logical.path).replace(' ', "-"), str::to_owned);
                let folder = directory_of(&logical.path).replace(' ', "-");
                self.urlize(&super::join(&folder, &own))
            }
        };
        let path = path.trim_matches('/');
        Some(match path {
            "" => format!("{prefix}/"),
            path if self.ugly && !logical.is_section => format!("{prefix}/{path}.html"),
            path => format!("{prefix}/{path}/"),
        })
    }

    fn expand(&self, pattern: &str, logical: &Logical, map: Option<&Map>, title: Option<&str>) -> Option<String> {
        let text = |key: &str| map.and_then(|map| find(map, &[key])).and_then(|entry| entry.value.as_text());
        let date = || date_of(map?);
        let own = name_of(&logical.path);
        let folders = directory_of(&logical.path);
        let mut result = String::new();
        let mut rest = pattern;
        while let Some(at) = rest.find(':') {
            result.push_str(&rest[..at]);
            rest = &rest[at + 1..];
            let length = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
            let (token, after) = rest.split_at(length);
            rest = after;
            if token == "sections" && rest.starts_with('[') {
                return None;
            }
            let value = match token {
                "year" => date()?.strftime("%Y").to_string(),
                "month" => date()?.strftime("%m").to_string(),
                "monthname" => date()?.strftime("%B").to_string(),
                "day" => date()?.strftime("%d").to_string(),
                "yearday" => date()?.strftime("%-j").to_string(),
                "weekday" => date()?.strftime("%w").to_string(),
                "weekdayname" => date()?.strftime("%A").to_string(),
                "section" => folders.split('/').next()?.to_owned(),
                "sections" => folders.to_owned(),
                "title" => title?.replace('/', " "),
                "slug" => text("slug").or(title)?.replace('/', " "),
                "slugorfilename" | "slugorcontentbasename" => text("slug").unwrap_or(own).to_owned(),
                "filename" | "contentbasename" => own.to_owned(),
                _ => return None,
            };
            result.push_str(&self.urlize(&value));
        }
        result.push_str(rest);
        Some(self.urlize(&result))
    }
}

/// The date of a page.
fn date_of(map: &Map) -> Option<Date> {
    let entry = find(map, &["date"])
        .or_else(|| find(map, &["publishdate", "pubdate", "published"]))
        .or_else(|| find(map, &["lastmod", "modified"]))?;
    let outcome = date::read(entry.value.as_text()?)?;
    Some(outcome.reading().filter(|reading| reading.is_certain())?.date)
}

/// Hugo's `paths.Sanitize`: letters, digits, marks and a few signs stay, white space becomes one hyphen, all else goes.
fn sanitize(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let (mut hyphen, mut was_hyphen) = (false, false);
    for (at, c) in text.char_indices() {
        let escape = || {
            let hex = text.as_bytes().get(at + 1..at + 3);
            c == '%' && hex.is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit))
        };
        if c.is_alphabetic()
            || c.is_numeric() && is_decimal(c)
            || "./\\_#+~-@".contains(c)
            || is_combining_mark(c)
            || escape()
        {
            was_hyphen = c == '-';
            if hyphen && !was_hyphen {
                clean.push('-');
            }
            hyphen = false;
            clean.push(c);
        } else if !clean.is_empty() && !was_hyphen && c.is_whitespace() {
            hyphen = true;
        }
    }
    clean
}

/// Go's `unicode.IsDigit`: decimal digits only.
fn is_decimal(c: char) -> bool {
    c.is_ascii_digit() || (!c.is_ascii() && regex_syntax::is_word_character(c) && c.is_numeric() && !c.is_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::front_matter::Format;
    use crate::site::generator::config::parse_map;
    use crate::site::generator::hugo::setup::{Language, Mount};

    fn setup() -> Setup {
        let mount = |source: &str, language: Option<&str>| Mount {
            source: source.into(),
            target: String::new(),
            language: language.map(str::to_owned),
        };
        let language = |code: &str, prefix: &str| Language { code: code.into(), prefix: prefix.into() };
        Setup {
            content: vec![mount("content", None), mount("content/de", Some("de"))],
            languages: vec![language("en", ""), language("fr", "/fr"), language("de", "/de")],
            default_language: "en".into(),
            permalinks: vec![
                ("page", "blog".into(), "/:year/:month/:slug/".into()),
                ("section", "blog".into(), "/journal/".into()),
            ],
            ..Setup::default()
        }
    }

    #[test]
    fn addresses_come_from_paths_and_front_matter() {
        let setup = setup();
        for (path, front, address) in [
            ("content/_index.md", "", "/"),
            ("content/a.md", "", "/a/"),
            ("content/docs/My Page.v2.md", "", "/docs/my-page.v2/"),
            ("content/docs/Café & Co.md", "", "/docs/café--co/"),
            ("content/docs/_index.md", "", "/docs/"),
            ("content/docs/bundle/index.md", "", "/docs/bundle/"),
            ("content/docs/a.md", "slug: 'Some Slug'", "/docs/some-slug/"),
            ("content/docs/a.md", "url: /elsewhere/", "/elsewhere/"),
            ("content/docs/a.fr.md", "", "/fr/docs/a/"),
            ("content/docs/a.xx.md", "", "/docs/a.xx/"),
            ("content/de/docs/a.md", "", "/de/docs/a/"),
            ("content/blog/a.md", "title: Hello, World!\ndate: 2024-02-03", "/2024/02/hello-world/"),
            ("content/blog/a.md", "slug: b\ndate: 2024-02-03", "/2024/02/b/"),
            ("content/blog/_index.md", "", "/journal/"),
        ] {
            let map = parse_map(front, Format::Yaml);
            let title = map.get("title").and_then(|value| value.as_text());
            let logical = setup.logical(path).expect("content");
            assert_eq!(setup.address(&logical, Some(&map), title).as_deref(), Some(address), "{path} {front}");
        }
        assert_eq!(setup.logical("static/a.md"), None);
    }
}
