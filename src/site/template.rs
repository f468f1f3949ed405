//! Template syntax in a destination, as far as it says where it leads: `{{ "/x/" | url }}`, `{{< ref "x.md" >}}`,
//! `{% link _posts/x.md %}`, `{{ site.baseurl }}/x`.
//!
//! Knows the syntax of the few forms that are common to a generator's users; every other is unknown.

use memchr::{memchr, memchr_iter, memchr2};

/// What a template says of a destination.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Means {
    /// An address from the root of the site, which the engine puts the base in front of.
    Address,
    /// A page by its logical path: Hugo's `ref` and `relref`.
    Ref,
    /// A file by its path: Jekyll's `link`.
    File,
    /// A post by its name: Jekyll's `post_url`.
    Post,
}

/// A destination whose template is understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expanded<'u> {
    pub means: Means,
    /// What it names, as written.
    pub value: &'u str,
    /// What follows the template, if the value stands in it: `#fragment`.
    pub tail: &'u str,
    /// The byte of the destination at which the value stands.
    pub at: usize,
}

impl<'u> Expanded<'u> {
    /// Reads a destination that holds template syntax; `None` if it is not one of those that are understood.
    pub fn of(url: &'u str) -> Option<Self> {
        let (open, close) = if url.starts_with("{{<") {
            ("{{<", ">}}")
        } else if url.starts_with("{{%") {
            ("{{%", "%}}")
        } else if url.starts_with("{{") {
            ("{{", "}}")
        } else if url.starts_with("{%") {
            ("{%", "%}")
        } else {
            return None;
        };
        let end = find(url, close)?;
        let inner = url.get(open.len()..end)?.trim_matches(['-', ' ', '\t', '\n']);
        let tail = &url[end + close.len()..];
        // A line end in it is put out as it is, and with it the marks of a quote: no address then.
        if memchr2(b'{', b'}', tail.as_bytes()).is_some() || memchr(b'\n', url.as_bytes()).is_some() {
            return None;
        }
        let place = |value: &'u str| value.as_ptr() as usize - url.as_ptr() as usize;
        let expanded = |means, value: &'u str| Self { means, value, tail, at: place(value) };
        match open {
            "{{<" | "{{%" => shortcode(inner).map(|value| expanded(Means::Ref, value)),
            "{%" => {
                let (name, rest) = inner.split_once(char::is_whitespace)?;
                let value = unquoted(rest.trim());
                let means = match name {
                    "link" => Means::File,
                    "post_url" => Means::Post,
                    _ => return None,
                };
                (!value.is_empty() && !value.contains("{{")).then(|| expanded(means, value))
            }
            _ => {
                if is_base(inner) {
                    let (value, tail) = tail.split_at(tail.find(['#', '?']).unwrap_or(tail.len()));
                    return (value.is_empty() || value.starts_with('/')).then(|| Self {
                        means: Means::Address,
                        value,
                        tail,
                        at: place(value),
                    });
                }
                let at = find(inner, "|")?;
                let (value, filters) = (&inner[..at], &inner[at + 1..]);
                let value = quoted(value.trim())?;
                filters
                    .split('|')
                    .all(|filter| is_address_filter(filter.trim()))
                    .then(|| expanded(Means::Address, value))
            }
        }
    }

    /// The destination with another value.
    pub fn with(&self, url: &str, value: &str) -> String {
        format!("{}{value}{}", &url[..self.at], &url[self.at + self.value.len()..])
    }
}

/// Where a mark begins in a text: such a short one is found by its first byte.
fn find(text: &str, mark: &str) -> Option<usize> {
    let (text, mark) = (text.as_bytes(), mark.as_bytes());
    memchr_iter(*mark.first()?, text).find(|&at| text[at..].starts_with(mark))
}

/// Variables that hold the base of the site.
const BASES: &[&str] =
    &["site.baseurl", "site.url", "baseurl", "base_url", "site.base_url", "pathprefix", ".site.baseurl"];

/// Filters that make an address of a path from the root.
const ADDRESS_FILTERS: &[&str] = &["url", "relative_url", "absolute_url", "prepend:site.baseurl", "prepend:site.url"];

fn is_base(name: &str) -> bool {
    BASES.iter().any(|base| base.eq_ignore_ascii_case(name))
}

fn is_address_filter(filter: &str) -> bool {
    let bare = |known: &str| known.chars().eq(filter.chars().filter(|c| !c.is_whitespace()));
    ADDRESS_FILTERS.iter().any(|known| *known == filter || (known.len() < filter.len() && bare(known)))
}

/// The path that `ref "x"`, `relref path="x"` names.
fn shortcode(inner: &str) -> Option<&str> {
    let (name, rest) = inner.split_once(char::is_whitespace)?;
    if !matches!(name, "ref" | "relref") {
        return None;
    }
    let rest = rest.trim();
    // With a language or an output format it is another page's address.
    let names = |key: &str| rest.match_indices(key).any(|(at, _)| rest[at + key.len()..].trim_start().starts_with('='));
    if names("lang") || names("outputFormat") {
        return None;
    }
    let value = match rest.strip_prefix("path") {
        Some(after) if after.trim_start().starts_with('=') => after.trim_start()[1..].trim(),
        _ => rest,
    };
    quoted(value).or_else(|| (!value.contains(char::is_whitespace) && !value.is_empty()).then_some(value))
}

/// What stands in the quotes around a text.
fn quoted(text: &str) -> Option<&str> {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
    let inner = text[1..].strip_suffix(quote)?;
    (!inner.contains(quote) && !inner.contains('\\')).then_some(inner)
}

fn unquoted(text: &str) -> &str {
    quoted(text).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_forms_are_understood() {
        for (url, means, value, tail) in [
            ("{{ \"/a/\" | url }}", Means::Address, "/a/", ""),
            ("{{ '/a/' | relative_url }}#b", Means::Address, "/a/", "#b"),
            ("{{ '/a' | prepend: site.baseurl }}", Means::Address, "/a", ""),
            ("{{ site.baseurl }}/a/b.png", Means::Address, "/a/b.png", ""),
            ("{{site.baseurl}}/a/#c", Means::Address, "/a/", "#c"),
            ("{{< ref \"a b.md#c\" >}}", Means::Ref, "a b.md#c", ""),
            ("{{< relref a.md >}}#c", Means::Ref, "a.md", "#c"),
            ("{{% ref path=\"/a\" %}}", Means::Ref, "/a", ""),
            ("{% link _posts/2020-01-01-a.md %}", Means::File, "_posts/2020-01-01-a.md", ""),
            ("{% post_url 2020-01-01-a %}#b", Means::Post, "2020-01-01-a", "#b"),
        ] {
            let expanded = Expanded::of(url).unwrap_or_else(|| panic!("{url}"));
            assert_eq!((expanded.means, expanded.value, expanded.tail), (means, value, tail), "{url}");
            assert_eq!(expanded.with(url, value), url);
        }
    }

    #[test]
    fn all_else_is_unknown() {
        for url in [
            "{{ page.url }}",
            "{{ '/a/' | url | slugify }}",
            "{{< ref path=\"a\" lang=\"fr\" >}}",
            "{{< figure src=\"x\" >}}",
            "{% include x %}",
            "{{ '/a' | url }}/{{ b }}",
            "/a/{{ b }}",
            "{{ site.baseurl }}x",
            "{{",
        ] {
            assert_eq!(Expanded::of(url), None, "{url}");
        }
    }
}
