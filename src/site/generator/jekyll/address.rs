//! Jekyll's addresses: permalink patterns and styles, slugs, categories.

use super::setup::Jekyll;
use crate::document::front_matter::{Data, Map, Value};
use crate::site::Facts;
use crate::site::generator::eleventy::undated;
use crate::site::page::find;
use crate::site::tree::{name_of, stem_of};

impl Jekyll {
    /// The address that a pattern makes of an article; `None` if it holds what is not known.
    pub fn expand(
        &self,
        pattern: &str,
        facts: &Facts,
        map: Option<&Map>,
        folders: &str,
        day: Option<jiff::civil::Date>,
    ) -> Option<String> {
        let text = |key: &str| map.and_then(|map| find(map, &[key])?.value.as_text());
        let stem = undated(stem_of(name_of(&facts.path)));
        let mut url = String::new();
        let mut rest = pattern;
        while let Some(at) = rest.find(':') {
            url.push_str(&rest[..at]);
            rest = &rest[at + 1..];
            let length = rest.bytes().take_while(|b| b.is_ascii_alphabetic() || *b == b'_').count();
            let (token, after) = rest.split_at(length);
            rest = after;
            let format = |format: &str| Some(day?.strftime(format).to_string());
            let value = match token {
                "year" => format("%Y")?,
                "month" => format("%m")?,
                "i_month" => format("%-m")?,
                "short_month" => format("%b")?,
                "long_month" => format("%B")?,
                "day" => format("%d")?,
                "i_day" => format("%-d")?,
                "y_day" => format("%j")?,
                "short_year" => format("%y")?,
                "short_day" => format("%a")?,
                "week" => format("%V")?,
                "title" => pretty(text("slug").unwrap_or(stem)),
                "slug" => slugify(text("slug").unwrap_or(stem)),
                "name" | "basename" => stem.to_owned(),
                "categories" => categories(map, folders).join("/"),
                "output_ext" => ".html".to_owned(),
                _ => return None,
            };
            url.push_str(&value);
        }
        url.push_str(rest);
        let mut clean = String::with_capacity(url.len() + 1);
        for c in std::iter::once('/').chain(url.chars()) {
            if !(c == '/' && clean.ends_with('/')) {
                clean.push(c);
            }
        }
        Some(clean)
    }
}

/// The file that a page at an address, or a redirect from it, is written to.
pub fn file_of(url: &str) -> String {
    match url.rsplit_once('/') {
        Some((_, "")) => format!("{url}index.html"),
        _ if url.ends_with(".html") => url.to_owned(),
        _ => format!("{url}.html"),
    }
}

/// The pattern of a style.
pub fn style(permalink: &str) -> String {
    match permalink {
        "date" => "/:categories/:year/:month/:day/:title:output_ext",
        "pretty" => "/:categories/:year/:month/:day/:title/",
        "ordinal" => "/:categories/:year/:y_day/:title:output_ext",
        "weekdate" => "/:categories/:year/W:week/:short_day/:title:output_ext",
        "none" => "/:categories/:title:output_ext",
        other => other,
    }
    .to_owned()
}

/// What pages and documents have at the end of their addresses under a permalink for posts.
pub fn suffix(permalink: &str) -> &'static str {
    match permalink {
        "pretty" => "/",
        "date" | "ordinal" | "none" | "weekdate" => ".html",
        other if other.ends_with('/') => "/",
        other if other.ends_with(":output_ext") => ".html",
        _ => "",
    }
}

fn categories(map: Option<&Map>, folders: &str) -> Vec<String> {
    let mut all: Vec<String> = folders.split('/').filter(|part| !part.is_empty()).map(str::to_lowercase).collect();
    let mut add = |name: &str| {
        let name = name.to_lowercase();
        if !name.is_empty() && !all.contains(&name) {
            all.push(name);
        }
    };
    if let Some(map) = map {
        if let Some(one) = map.get("category").and_then(Value::as_text) {
            add(one.trim());
        }
        match map.get("categories").map(|value| &value.data) {
            Some(Data::String(text)) => text.split_whitespace().for_each(&mut add),
            Some(Data::List(items)) => items.iter().filter_map(Value::as_text).for_each(&mut add),
            _ => {}
        }
    }
    all
}

/// Jekyll's `Utils.slugify` in its default mode.
fn slugify(text: &str) -> String {
    let mut slug = String::new();
    for c in text.chars() {
        if c.is_alphanumeric() {
            slug.extend(c.to_lowercase());
        } else if !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_matches('-').to_owned()
}

/// Jekyll's `Utils.slugify` in its mode `pretty`, letter case kept.
fn pretty(text: &str) -> String {
    let mut slug = String::new();
    for c in text.chars() {
        if c.is_alphanumeric() || "._~!$&'()+,;=@".contains(c) {
            slug.push(c);
        } else if !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_matches('-').to_owned()
}
