//! Templates that compute an address from one that is written in them: `{{< ref "b.md" >}}`, `{{ '/a/' | url }}`.
//!
//! Owns finding that address in the text of a destination. What it leads to is for the engine, hence for the site.

use crate::span::Span;

/// What computes the address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Function {
    /// Hugo: `{{< ref "b.md" >}}`, and `{{% … %}}`
    Ref,
    /// Hugo: `{{< relref "b.md" >}}`
    RelRef,
    /// Jekyll: `{% link _posts/2020-01-31-b.md %}`
    Link,
    /// Jekyll: `{% post_url 2020-01-31-b %}`
    PostUrl,
    /// Eleventy's `{{ "/b/" | url }}`, Jekyll's `{{ "/b/" | relative_url }}`: the path of the site is put in front.
    Url,
    /// Jekyll: `{{ "/b/" | absolute_url }}`: the origin too.
    AbsoluteUrl,
    /// `{{ site.baseurl }}/b/`: the whole path stands behind the template.
    Base,
    /// Docusaurus: `{useBaseUrl('/img/b.png')}`
    UseBaseUrl,
    /// A bundler's: `{require('./b.png').default}`
    Require,
}

/// An address in a template. Spans are bytes of the destination's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Address<'u> {
    /// What makes an address of it.
    pub function: Function,
    /// The address that is written, without quotes; for [`Function::Base`] what stands behind the template.
    pub argument: &'u str,
    /// Where the argument stands.
    pub place: Span,
    /// What stands behind the template (`#heading`); empty for [`Function::Base`].
    pub rest: &'u str,
    /// The language that Hugo is told to look in (`lang="fr"`).
    pub language: Option<&'u str>,
}

/// What may stand in front of a path without leading out of the site.
const BASES: &[&str] = &["site.baseurl", "site.url", "site.base_url", "base_path", "config.base_url"];

/// Filters that put the path of the site in front; the second says whether the origin too.
const FILTERS: &[(&str, bool)] = &[
    ("url", false),
    ("relative_url", false),
    ("relURL", false),
    ("locale_url", false),
    ("htmlBaseUrl", false),
    ("absolute_url", true),
];

impl<'u> Address<'u> {
    /// The address in the text of a destination, as written; `None` if there is none or it is not the only thing that
    /// counts.
    pub fn of(url: &'u str) -> Option<Self> {
        let whole = Written { text: url, start: 0 };
        if url.starts_with('{') && !url.starts_with("{{") && !url.starts_with("{%") {
            return whole.expression();
        }
        let mut here = whole;
        let mut based = false;
        while let Some((inside, behind)) = here.output() {
            let name = inside.trimmed().text;
            if !BASES.contains(&name) {
                return inside.filtered(behind);
            }
            based = true;
            here = behind;
        }
        if let Some(found) = here.tag().or_else(|| here.shortcode()) {
            return Some(found);
        }
        let plain =
            based && here.text.starts_with(['/', '#', '?']) && !here.text.contains("{{") && !here.text.contains("{%");
        plain.then(|| here.address(Function::Base, ""))
    }
}

/// A part of a destination's text, and where it begins.
#[derive(Clone, Copy)]
struct Written<'u> {
    text: &'u str,
    start: usize,
}

impl<'u> Written<'u> {
    fn from(self, at: usize) -> Self {
        Self { text: &self.text[at..], start: self.start + at }
    }

    fn to(self, end: usize) -> Self {
        Self { text: &self.text[..end], start: self.start }
    }

    fn trimmed(self) -> Self {
        let start = self.text.len() - self.text.trim_start().len();
        let from = self.from(start);
        from.to(from.text.trim_end().len())
    }

    fn address(self, function: Function, rest: &'u str) -> Address<'u> {
        let place = Span::new(self.start, self.start + self.text.len());
        Address { function, argument: self.text, place, rest, language: None }
    }

    /// What stands between `open` and the next `close`, white-space control left out, and what stands behind.
    fn between(self, open: &str, close: &str) -> Option<(Self, Self)> {
        self.text.starts_with(open).then_some(())?;
        let inside = self.from(open.len());
        let end = inside.text.find(close)?;
        let behind = inside.from(end + close.len());
        let inside = inside.to(end);
        let dash = usize::from(inside.text.starts_with('-'));
        let inside = inside.from(dash);
        Some((inside.to(inside.text.strip_suffix('-').unwrap_or(inside.text).len()), behind))
    }

    /// `{{ … }}`, but no shortcode.
    fn output(self) -> Option<(Self, Self)> {
        let shortcode = self.text.starts_with("{{<") || self.text.starts_with("{{%");
        (!shortcode).then(|| self.between("{{", "}}"))?
    }

    /// The text in quotes at the start, and what stands behind.
    fn quoted(self) -> Option<(Self, Self)> {
        let quote = self.text.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
        let inside = self.from(1);
        let end = inside.text.find(quote)?;
        Some((inside.to(end), inside.from(end + 1)))
    }

    /// `"/b/" | url`
    fn filtered(self, behind: Self) -> Option<Address<'u>> {
        let (argument, filters) = self.trimmed().quoted()?;
        let mut absolute = None;
        for filter in filters.text.split('|').skip(1) {
            let name = filter.trim().trim_end_matches("()");
            let (_, whole) = FILTERS.iter().find(|(known, _)| *known == name)?;
            absolute = Some(absolute.unwrap_or(false) || *whole);
        }
        let before = filters.text.split('|').next().unwrap_or("").trim();
        let function = if absolute? { Function::AbsoluteUrl } else { Function::Url };
        (before.is_empty() && is_plain(behind.text)).then(|| argument.address(function, behind.text))
    }

    /// `{% link path %}`, `{% post_url name %}`
    fn tag(self) -> Option<Address<'u>> {
        let (inside, behind) = self.between("{%", "%}")?;
        let inside = inside.trimmed();
        let name = inside.text.split_whitespace().next()?;
        let function = match name {
            "link" => Function::Link,
            "post_url" => Function::PostUrl,
            _ => return None,
        };
        let argument = inside.from(name.len()).trimmed();
        let argument = argument.quoted().map_or(argument, |(inside, _)| inside);
        let variable = argument.text.is_empty() || argument.text.contains(['{', '|']);
        (!variable && is_plain(behind.text)).then(|| argument.address(function, behind.text))
    }

    /// `{{< ref "b.md" >}}`, `{{% relref path="b.md" lang="fr" %}}`
    fn shortcode(self) -> Option<Address<'u>> {
        let (inside, behind) = self.between("{{<", ">}}").or_else(|| self.between("{{%", "%}}"))?;
        let inside = inside.trimmed();
        let name = inside.text.split_whitespace().next()?;
        let function = match name {
            "ref" => Function::Ref,
            "relref" => Function::RelRef,
            _ => return None,
        };
        let (mut path, mut language) = (None, None);
        for argument in arguments(inside.text, name.len()) {
            let value = inside.from(argument.value.start).to(argument.value.len());
            match argument.name {
                None if path.is_none() => path = Some(value),
                Some("path") => path = Some(value),
                Some("lang") => language = Some(value.text),
                _ => {}
            }
        }
        let found = path.filter(|path| !path.text.is_empty() && is_plain(behind.text))?;
        Some(Address { language, ..found.address(function, behind.text) })
    }

    /// `{useBaseUrl('/b.png')}`, `{require('./b.png').default}`
    fn expression(self) -> Option<Address<'u>> {
        let inside = self.from(1).to(self.text.len().checked_sub(2)?).trimmed();
        let (function, call) = [(Function::UseBaseUrl, "useBaseUrl("), (Function::Require, "require(")]
            .into_iter()
            .find(|(_, call)| inside.text.starts_with(call))?;
        let (argument, behind) = inside.from(call.len()).trimmed().quoted()?;
        let behind = behind.text.trim_start().strip_prefix(')')?;
        let whole = behind.is_empty() || (function == Function::Require && behind == ".default");
        let literal = whole && !argument.text.contains(['$', '\\']);
        literal.then(|| argument.address(function, ""))
    }
}

fn is_plain(behind: &str) -> bool {
    !behind.contains("{{") && !behind.contains("{%") && !behind.contains('}')
}

/// An argument of a shortcode or tag, in bytes of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Argument<'t> {
    /// Its name, if it has one.
    pub name: Option<&'t str>,
    /// Its value, without quotes.
    pub value: Span,
}

/// The arguments in `text` from byte `at`: positional (`"a.png"`) and named (`src="a.png"`, `src: "a.png"` is not read).
pub(super) fn arguments(text: &str, at: usize) -> Vec<Argument<'_>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = at;
    while at < bytes.len() {
        if bytes[at].is_ascii_whitespace() || bytes[at] == b',' {
            at += 1;
            continue;
        }
        let start = at;
        let mut name = None;
        while at < bytes.len() && (bytes[at].is_ascii_alphanumeric() || matches!(bytes[at], b'_' | b'-')) {
            at += 1;
        }
        if at > start && bytes.get(at) == Some(&b'=') {
            name = Some(&text[start..at]);
            at += 1;
        } else {
            at = start;
        }
        let value = match bytes.get(at) {
            Some(&quote @ (b'"' | b'\'' | b'`')) => {
                let Some(length) = memchr::memchr(quote, &bytes[at + 1..]) else { break };
                let value = Span::new(at + 1, at + 1 + length);
                at = value.end + 1;
                value
            }
            _ => {
                let length = bytes[at..].iter().take_while(|b| !b.is_ascii_whitespace() && **b != b',').count();
                let value = Span::new(at, at + length);
                at = value.end;
                value
            }
        };
        if value.start == at {
            at += 1;
        }
        found.push(Argument { name, value });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(url: &str) -> Option<(Function, &str, &str)> {
        let found = Address::of(url)?;
        assert_eq!(found.place.of(url), found.argument, "{url}");
        Some((found.function, found.argument, found.rest))
    }

    #[test]
    fn addresses_are_found_in_templates() {
        use Function::*;
        for (url, expected) in [
            (r#"{{< ref "b.md" >}}"#, (Ref, "b.md", "")),
            (r#"{{<ref b.md>}}#x"#, (Ref, "b.md", "#x")),
            ("{{% relref `/é/b.md#日本` %}}", (RelRef, "/é/b.md#日本", "")),
            (r#"{{< relref path="b.md" lang="fr" >}}"#, (RelRef, "b.md", "")),
            ("{% link _posts/2020-01-31-b c.md %}", (Link, "_posts/2020-01-31-b c.md", "")),
            ("{{ site.baseurl }}{% post_url 2020-01-31-b %}#x", (PostUrl, "2020-01-31-b", "#x")),
            ("{%- post_url b -%}", (PostUrl, "b", "")),
            (r#"{{ "/b/" | url }}"#, (Url, "/b/", "")),
            (r#"{{ '/b/' | relative_url }}?x#y"#, (Url, "/b/", "?x#y")),
            (r#"{{- "/b/"|url -}}"#, (Url, "/b/", "")),
            (r#"{{ "/b/" | absolute_url }}"#, (AbsoluteUrl, "/b/", "")),
            ("{{ site.baseurl }}/b/#x", (Base, "/b/#x", "")),
            ("{{site.url}}{{site.baseurl}}/b/", (Base, "/b/", "")),
            ("{useBaseUrl('/img/b.png')}", (UseBaseUrl, "/img/b.png", "")),
            ("{ require(\"./b.png\").default }", (Require, "./b.png", "")),
        ] {
            assert_eq!(told(url), Some(expected), "{url}");
        }
        let french = Address::of(r#"{{< relref path="b.md" lang="fr" >}}"#);
        assert_eq!(french.and_then(|found| found.language), Some("fr"));
    }

    #[test]
    fn what_else_is_computed_is_not_guessed() {
        for url in [
            "{{ page.url }}",
            "{{ page.url | relative_url }}",
            r#"{{ "/b/" | prepend: site.baseurl }}"#,
            r#"{{ "/b/" | url }}{{ page.slug }}"#,
            "{{ site.github.repository_url }}/issues",
            "{{ site.baseurl }}",
            "{{ site.baseurl }}/{{ page.slug }}/",
            "{% link {{ page.next }} %}",
            "{% if x %}/a/{% endif %}",
            r#"{{< param "x" >}}"#,
            "{{< ref >}}",
            "{props.href}",
            "{useBaseUrl(path)}",
            "{require(`./${name}.png`)}",
            "/plain",
            "",
        ] {
            assert_eq!(told(url), None, "{url}");
        }
    }

    #[test]
    fn arguments_have_places() {
        let text = r#"figure src="a b.png" link=/x/ 'c' d, "e"#;
        let found: Vec<_> = arguments(text, 6).iter().map(|a| (a.name, a.value.of(text))).collect();
        assert_eq!(found, [(Some("src"), "a b.png"), (Some("link"), "/x/"), (None, "c"), (None, "d")]);
    }
}
