//! The configuration files of generators: read through a closure, into maps; of scripts only what stands there literally.

use rayon::prelude::*;

use crate::document::front_matter::{Data, Format, Map, Value, parse_data};
use crate::site::Tree;
use crate::site::page::find;
use crate::site::resolve::join;
use crate::site::tree::extension_of;
use crate::span::Span;

/// Gives the files of a site's configuration.
pub struct Reader<'r> {
    /// Where the configuration stands, relative to the root.
    pub folder: &'r str,
    /// All files.
    pub tree: &'r Tree,
    /// Gives the text of a file by its path.
    pub read: &'r (dyn Fn(&str) -> Option<String> + Sync),
}

impl Reader<'_> {
    /// The text of a file below the folder of the configuration; `None` if there is none.
    pub fn text(&self, name: &str) -> Option<String> {
        let path = join(self.folder, name);
        self.tree.file(&path)?;
        (self.read)(&path)
    }

    /// The texts of files by their paths, in the same order, read by all threads.
    pub(super) fn texts(&self, paths: &[&str]) -> Vec<Option<String>> {
        paths.par_iter().with_min_len(8).map(|path| (self.read)(path)).collect()
    }

    /// A file of data below the folder of the configuration.
    pub fn map(&self, name: &str) -> Option<Map> {
        let format = match extension_of(name) {
            "toml" => Format::Toml,
            "json" => Format::Json,
            _ => Format::Yaml,
        };
        Some(parse_map(&self.text(name)?, format))
    }

    /// The first of these files that is there.
    pub fn first_map(&self, names: &[&str]) -> Option<Map> {
        names.iter().find_map(|name| self.map(name))
    }

    /// The first script of this name, whatever its dialect.
    pub fn script(&self, base: &str) -> Option<String> {
        ["js", "mjs", "cjs", "ts", "mts", "cts"].iter().find_map(|e| self.text(&format!("{base}.{e}")))
    }
}

/// The map that a file of data holds, as far as it can be read.
pub(in crate::site) fn parse_map(text: &str, format: Format) -> Map {
    match parse_data(format, text, Span::new(0, text.len())).0.map(|value| value.data) {
        Some(Data::Map(map)) => map,
        _ => Map::default(),
    }
}

/// The value at a path of keys, letter case left out.
pub(in crate::site) fn get<'m>(map: &'m Map, path: &[&str]) -> Option<&'m Value> {
    let (key, rest) = path.split_first()?;
    let value = &find(map, &[key])?.value;
    if rest.is_empty() { Some(value) } else { get(value.as_map()?, rest) }
}

/// The text at a path of keys.
pub(in crate::site) fn text<'m>(map: &'m Map, path: &[&str]) -> Option<&'m str> {
    get(map, path)?.as_text()
}

/// The yes or no at a path of keys.
pub(in crate::site) fn flag(map: &Map, path: &[&str]) -> Option<bool> {
    match get(map, path)?.data {
        Data::Bool(yes) => Some(yes),
        _ => None,
    }
}

/// The texts of a list, or the one text, at a path of keys.
pub(in crate::site) fn texts<'m>(map: &'m Map, path: &[&str]) -> Vec<&'m str> {
    let value = get(map, path);
    let values = value.map(|value| value.as_list().unwrap_or(std::slice::from_ref(value)));
    values.unwrap_or_default().iter().filter_map(Value::as_text).collect()
}

/// A script without its comments, in which literals can be looked for.
pub(super) struct Script(String);

impl Script {
    pub fn new(text: &str) -> Self {
        let mut code = String::with_capacity(text.len());
        let mut rest = text;
        let mut quote: Option<char> = None;
        while let Some(c) = rest.chars().next() {
            let mut length = c.len_utf8();
            match quote {
                Some(open) => {
                    if c == '\\' {
                        length += rest[length..].chars().next().map_or(0, char::len_utf8);
                    } else if c == open {
                        quote = None;
                    }
                    code.push_str(&rest[..length]);
                }
                None if rest.starts_with("//") => length = rest.find('\n').unwrap_or(rest.len()),
                None if rest.starts_with("/*") => length = rest.find("*/").map_or(rest.len(), |at| at + 2),
                None => {
                    if matches!(c, '"' | '\'' | '`') {
                        quote = Some(c);
                    }
                    code.push(c);
                }
            }
            rest = &rest[length..];
        }
        Self(code)
    }

    /// Whether nothing stands in it: then nothing is known.
    pub fn is_empty(&self) -> bool {
        self.0.trim().is_empty()
    }

    /// The script itself.
    pub fn code(&self) -> &str {
        &self.0
    }

    /// What follows each `key:` in it, `key` a whole word, perhaps in quotes.
    pub fn values<'s>(&'s self, key: &str) -> impl Iterator<Item = &'s str> + use<'s> {
        let places: Vec<usize> = self.0.match_indices(key).map(|(at, _)| at + key.len()).collect();
        let length = key.len();
        places.into_iter().filter_map(move |end| {
            let at = end - length;
            let before = self.0[..at].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '$' | '.' | '-')) {
                return None;
            }
            let rest = self.0[end..].trim_start_matches(['"', '\'']).trim_start();
            Some(rest.strip_prefix(':')?.trim_start())
        })
    }

    /// The text under `key`, if it is there once and a literal.
    pub fn text(&self, key: &str) -> Option<&str> {
        let mut values = self.values(key);
        let value = literal(values.next()?)?;
        values.next().is_none().then_some(value)
    }

    /// The object or list under `key`, with its brackets: the first one.
    pub fn block(&self, key: &str) -> Option<&str> {
        self.values(key).find_map(bracketed)
    }
}

/// The text literal with which a piece of a script begins.
pub(super) fn literal(code: &str) -> Option<&str> {
    let quote = code.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
    let end = code[1..].find(quote)? + 1;
    let text = &code[1..end];
    // A text that is put together with others is none.
    let whole = !code[end + 1..].trim_start().starts_with('+') && !text.contains("${") && !text.contains('\\');
    whole.then_some(text)
}

/// The brackets with which a piece of a script begins, and what is between them.
pub(super) fn bracketed(code: &str) -> Option<&str> {
    code.starts_with(['{', '[', '(']).then_some(())?;
    let mut depth = 0usize;
    let mut quote: Option<char> = None;
    let mut escaped = false;
    for (at, c) in code.char_indices() {
        match (quote, c) {
            (Some(_), _) if escaped => escaped = false,
            (Some(_), '\\') => escaped = true,
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'' | '`') => quote = Some(c),
            (None, '{' | '[' | '(') => depth += 1,
            (None, '}' | ']' | ')') => {
                depth -= 1;
                if depth == 0 {
                    return Some(&code[..=at]);
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_script_only_literals_are_known() {
        let script = Script::new(
            "// base: '/no/'\nexport default { url: 'https://x.org', /* c */ base: '/a/', n: `x${y}`, k: 'a' + b, o: {p: [1, '}']} }",
        );
        assert_eq!((script.text("base"), script.text("url")), (Some("/a/"), Some("https://x.org")));
        assert_eq!((script.text("n"), script.text("k"), script.text("none")), (None, None, None));
        assert_eq!(script.block("o"), Some("{p: [1, '}']}"));
        assert_eq!(bracketed("{ '"), None);
    }
}
