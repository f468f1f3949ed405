//! The ids that layouts and other templates give to places of a page besides its article.
//!
//! Owns the search for `id=` in templates. A proof that a page lacks an id needs them all: where no template of the site can
//! be read, or one gives an id that only a run would tell, any id may be there.

use rustc_hash::FxHashSet;

use super::config::Reader;

/// More templates than these are not read.
const MOST: usize = 3_000;

/// The ids of templates.
#[derive(Debug, Clone, Default)]
pub(super) struct Layouts {
    /// Those that stand there literally.
    names: FxHashSet<String>,
    /// How others begin and end.
    made: Vec<(String, String)>,
    /// Whether any id may be given, since not all is known.
    open: bool,
    /// Whether a template may show articles on the pages of others.
    gathers: bool,
    /// How many templates there are that say something.
    read: usize,
    /// How many there are.
    found: usize,
}

impl Layouts {
    /// Of which nothing is known.
    pub fn unknown() -> Self {
        Self { open: true, ..Self::default() }
    }

    /// Takes in every template below `folder` that `is_layout` tells by its path below it. `content` is how a template
    /// writes an article that it shows.
    pub fn add(&mut self, reader: &Reader, folder: &str, content: &str, is_layout: impl Fn(&str) -> bool) {
        if self.open {
            return;
        }
        let below = reader.tree.below(folder).iter().map(AsRef::as_ref);
        let inner = |path: &&str| is_layout(path.get(folder.len()..).unwrap_or(path).trim_start_matches('/'));
        let paths: Vec<&str> = below.filter(inner).take(MOST + 1 - self.found).collect();
        for text in reader.texts(&paths) {
            if self.open {
                return;
            }
            self.found += 1;
            if self.found > MOST {
                self.open = true;
                return;
            }
            let text = text.unwrap_or_default();
            if !text.trim().is_empty() {
                self.read += 1;
                self.add_text(&text);
                let loops = ["range", "{% for", "{%- for", ".map(", "GetPage"].iter().any(|word| text.contains(word));
                self.gathers |= loops && text.contains(content);
            }
        }
    }

    fn add_text(&mut self, text: &str) {
        for value in ids(text) {
            // Hugo gives the id of a heading to its own template for it.
            if value.starts_with("{{") && value.contains(".Anchor") {
                continue;
            }
            match value.find(['{', '<', '$']) {
                None => {
                    self.names.insert(value.to_owned());
                }
                Some(at) => {
                    let end = value.rfind(['}', '>']).map_or(value.len(), |end| end + 1).max(at);
                    let (begins, ends) = (&value[..at], &value[end..]);
                    self.open |= begins.len() + ends.len() < 2;
                    self.made.push((begins.to_owned(), ends.to_owned()));
                }
            }
        }
    }

    /// Adds ids that are known to be there.
    pub fn name(&mut self, ids: &[&str]) {
        self.names.extend(ids.iter().map(|&id| id.to_owned()));
    }

    /// Whether nothing that was found could be read, so that nothing is known.
    pub fn are_unread(&self) -> bool {
        self.read == 0
    }

    /// Whether a template may show articles on the pages of others.
    pub fn gather(&self) -> bool {
        self.gathers
    }

    /// Whether a page may have the place `id` by a template.
    pub fn may_give(&self, id: &str) -> bool {
        let made = |(begins, ends): &(String, String)| id.starts_with(begins.as_str()) && id.ends_with(ends.as_str());
        self.open || self.names.contains(id) || self.made.iter().any(made)
    }
}

/// The value of every `id=`, of an anchor's `name=` too, in the source of a template.
pub(super) fn ids(text: &str) -> impl Iterator<Item = &str> {
    let named = text.match_indices("<a name=").map(|(at, found)| at + found.len());
    let places = text.match_indices("id=").map(|(at, found)| (at, at + found.len()));
    let whole = places.filter(|&(at, _)| {
        let before = text[..at].chars().next_back();
        before.is_none_or(|c| c.is_whitespace() || matches!(c, '"' | '\'' | '}' | '>' | '%'))
    });
    whole.map(|(_, end)| end).chain(named).filter_map(|end| value(&text[end..]))
}

/// The value with which a text begins, the braces of a template in it whole.
fn value(text: &str) -> Option<&str> {
    let quote = text.chars().next()?;
    let (inner, stops): (&str, &[char]) = match quote {
        '"' | '\'' => (&text[1..], &[]),
        _ => (text, &[' ', '\t', '\n', '>', '/']),
    };
    let mut depth = 0usize;
    for (at, c) in inner.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            c if depth == 0 && (stops.contains(&c) || (stops.is_empty() && c == quote)) => {
                return Some(inner[..at].trim()).filter(|value| !value.is_empty());
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
    fn ids_stand_in_templates() {
        let text = "<main id=main class=x><div id=\"a b\" data-id=\"no\"><p id='{{ printf \"%s\" .X }}-end'>\n\
                    <a name=\"old\"></a><i {{ with .ID }}id=\"{{ . }}\"{{ end }}><b id={props.id}><u id=\"\">{{ $id = 1 }}";
        let found: Vec<&str> = ids(text).collect();
        assert_eq!(found, ["main", "a b", "{{ printf \"%s\" .X }}-end", "{{ . }}", "{props.id}", "old"]);
    }

    #[test]
    fn what_only_a_run_tells_leaves_all_open() {
        let of = |text: &str| {
            let mut layouts = Layouts::default();
            layouts.add_text(text);
            layouts
        };
        let known = of("<main id=\"main\"><li id=\"item-{{ .Ordinal }}\"><h2 id=\"{{ .Anchor | safeURL }}\">");
        assert!(known.may_give("main") && known.may_give("item-3") && !known.may_give("mian"));
        assert!(of("<li id=\"{{ .Title }}\">").may_give("anything"));
    }
}
