//! Docusaurus' addresses: of documents, posts and pages, by their files and front matter.

use crate::document::front_matter::{Data, Map, Value};
use crate::site::resolve::join;
use crate::site::target::Route;
use crate::site::tree::{directory_of, name_of, stem_of};

pub fn below<'p>(folder: &str, path: &'p str) -> Option<&'p str> {
    if folder.is_empty() { Some(path) } else { path.strip_prefix(folder)?.strip_prefix('/') }
}

/// The address of a document below its route, without slashes at the ends.
pub fn document(path: &str, map: Option<&Map>) -> String {
    let text = |key: &str| {
        map.and_then(|map| map.get(key)).and_then(|value| match &value.data {
            Data::Number(number) => Some(number.to_string()),
            _ => value.as_text().map(str::to_owned),
        })
    };
    let folder: Vec<&str> = directory_of(path).split('/').filter(|part| !part.is_empty()).map(without_number).collect();
    let slug = text("slug");
    if let Some(slug) = &slug {
        let base = if slug.starts_with('/') { String::new() } else { folder.join("/") };
        return Route::walk(&base, slug).map(|route| route.path()).unwrap_or_default();
    }
    let name = without_number(stem_of(name_of(path)));
    if is_index(path) {
        folder.join("/")
    } else {
        join(&folder.join("/"), &text("id").unwrap_or_else(|| name.to_owned()))
    }
}

/// Whether a document is the page of its folder: `index.md`, `README.md`, `guides/guides.md`.
fn is_index(path: &str) -> bool {
    let name = without_number(stem_of(name_of(path))).to_lowercase();
    let folder = without_number(name_of(directory_of(path))).to_lowercase();
    matches!(name.as_str(), "index" | "readme") || folder == name
}

/// Whether a slash stands at the end of an article's address, where the site does not say: of a folder, or given so.
pub fn is_folder(path: &str, map: Option<&Map>) -> bool {
    match map.and_then(|map| map.get("slug")?.as_text()) {
        Some(slug) => slug.ends_with('/'),
        None => is_index(path),
    }
}

/// The address of a post below its route.
pub fn post(path: &str, map: Option<&Map>) -> String {
    if let Some(slug) = map.and_then(|map| map.get("slug")).and_then(Value::as_text) {
        return slug.trim_matches('/').to_owned();
    }
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    let stem = stem.strip_suffix("/index").unwrap_or(stem);
    let bytes = stem.as_bytes();
    let digits = |from: usize, to: usize| bytes.get(from..to).is_some_and(|part| part.iter().all(u8::is_ascii_digit));
    let at = (0..bytes.len()).find(|&at| {
        let between = |at: usize| matches!(bytes.get(at), Some(b'-' | b'/'));
        digits(at, at + 4) && between(at + 4) && digits(at + 5, at + 7) && between(at + 7) && digits(at + 8, at + 10)
    });
    match at.filter(|&at| stem.is_char_boundary(at)) {
        Some(at) => {
            let text = stem[at + 10..].trim_start_matches(['-', '/']);
            join(&stem[at..at + 10].replace('-', "/"), &format!("{}{text}", &stem[..at]))
        }
        None => stem.to_owned(),
    }
}

/// The address of a file of `src/pages`.
pub fn plain(path: &str) -> String {
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    let stem = if stem == "index" { "" } else { stem.strip_suffix("/index").unwrap_or(stem) };
    format!("/{stem}")
}

/// A name without the number in front of it, unless that is part of a date or a version.
fn without_number(name: &str) -> &str {
    let rest = name.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = name.len() - rest.len();
    let after = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '_' | '.'));
    let separated = rest.trim_start().starts_with(['-', '_', '.']);
    let like_version = rest.starts_with(['-', '_', '.']) && rest[1..].starts_with(|c: char| c.is_ascii_digit());
    if digits == 0 || !separated || like_version || after.is_empty() { name } else { after }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::front_matter::Format;
    use crate::site::generator::config::parse_map;

    #[test]
    fn addresses_of_documents_and_posts() {
        for (path, front, address) in [
            ("01-intro.md", "", "intro"),
            ("1. Guides/02 - first.mdx", "", "Guides/first"),
            ("2021-11-foo.md", "", "2021-11-foo"),
            ("7.0-foo.md", "", "7.0-foo"),
            ("api/index.md", "", "api"),
            ("api/README.md", "", "api"),
            ("api/Api.md", "", "api"),
            ("api/x.md", "id: y", "api/y"),
            ("api/x.md", "slug: z", "api/z"),
            ("api/x.md", "slug: /z/", "z"),
            ("api/x.md", "slug: ../z", "z"),
            ("api/x.md", "slug: /", ""),
        ] {
            assert_eq!(document(path, Some(&parse_map(front, Format::Yaml))), address, "{path} {front}");
        }
        assert_eq!(post("2021-08-26-welcome/index.md", None), "2021/08/26/welcome");
        assert_eq!(post("2019-05-29-long-post.mdx", None), "2019/05/29/long-post");
        assert_eq!(post("a/2019-05-29-b.md", None), "2019/05/29/a/b");
        assert_eq!(post("undated.md", None), "undated");
    }
}
