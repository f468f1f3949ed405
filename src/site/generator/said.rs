//! What the configuration of a generator says of the site besides what it is made with: its name, its time zone, its origin.

use super::{Found, Generator};

/// What a generator's configuration says of a site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// The name of the site.
    pub name: Option<String>,
    /// The zone of dates that name none.
    pub time_zone: Option<String>,
    /// Scheme and host under which it is published: `https://example.org`.
    pub origin: Option<String>,
}

/// What the configuration of the generator that was found says. `read` gives the text of a file by its path.
pub fn said(found: &Found, read: impl Fn(&str) -> Option<String>) -> Said {
    let (files, names, urls): (&[&str], &[&str], &[&str]) = match found.generator {
        Generator::Hugo => (HUGO, &["title"], &["baseURL", "baseurl", "baseUrl", "BaseURL"]),
        Generator::Jekyll => (&["_config.yml", "_config.yaml", "_config.toml"], &["title", "name"], &["url"]),
        Generator::Zola => (&["config.toml", "zola.toml"], &["title"], &["base_url"]),
        Generator::MkDocs => (&["mkdocs.yml", "mkdocs.yaml"], &["site_name"], &["site_url"]),
        Generator::Docusaurus => {
            (&["docusaurus.config.js", "docusaurus.config.ts", "docusaurus.config.mjs"], &["title"], &["url"])
        }
        Generator::Astro => (ASTRO, &[], &["site"]),
        _ => return Said::default(),
    };
    let script = matches!(found.generator, Generator::Docusaurus | Generator::Astro);
    let path =
        |file: &&str| if found.folder.is_empty() { (*file).to_owned() } else { format!("{}/{file}", found.folder) };
    let Some(text) = files.iter().find_map(|file| read(&path(file))) else { return Said::default() };
    let first = |keys: &[&str]| keys.iter().find_map(|key| setting(&text, key, script));
    // Where several languages have one each, none is that of the site.
    let is_url = |line: &&str| urls.iter().any(|key| setting(line.trim_start(), key, script).is_some());
    let only = text.lines().filter(is_url).count() == 1;
    let origin = first(urls).filter(|_| only).and_then(|url| origin(&url));
    Said { name: first(names), time_zone: first(&["timeZone", "timezone"]), origin }
}

/// Scheme and host of an address that a site is published under; `None` for what stands there until it has one.
fn origin(url: &str) -> Option<String> {
    let url = url.trim().to_lowercase();
    let (scheme, rest) = url.split_once("://").filter(|(scheme, _)| matches!(*scheme, "http" | "https"))?;
    let host =
        rest.split(['/', '?', '#']).next().filter(|host| host.contains('.') && !host.contains(['@', '{', '$', ':']))?;
    let mut names = host.rsplit('.');
    let top = names.next()?;
    let placeholder =
        matches!(top, "example" | "test" | "invalid" | "localhost" | "local") || names.next() == Some("example");
    let address = top.bytes().all(|byte| byte.is_ascii_digit());
    (!placeholder && !address).then(|| format!("{scheme}://{host}"))
}

/// Where Hugo looks for its configuration.
#[rustfmt::skip]
const HUGO: &[&str] = &[
    "hugo.toml", "hugo.yaml", "hugo.yml", "config.toml", "config.yaml", "config.yml", "config/_default/hugo.toml",
    "config/_default/hugo.yaml", "config/_default/hugo.yml", "config/_default/config.toml", "config/_default/config.yaml",
    "config/_default/config.yml",
];

/// Where Astro does.
const ASTRO: &[&str] =
    &["astro.config.mjs", "astro.config.js", "astro.config.ts", "astro.config.mts", "astro.config.cjs"];

/// The plain text that a line of its own gives to `key`. In a script, the first such line, however far indented.
fn setting(text: &str, key: &str, script: bool) -> Option<String> {
    text.lines().find_map(|line| {
        let line = if script { line.trim_start() } else { line };
        let rest = line.strip_prefix(key)?.trim_start();
        let value = rest.strip_prefix('=').or_else(|| rest.strip_prefix(':'))?.trim();
        let value = match value.chars().next()? {
            quote @ ('"' | '\'') => value[1..].split(quote).next()?,
            '[' | '{' | '|' | '>' | '`' | '$' | '&' | '*' => return None,
            _ if script => return None,
            _ => value.split(" #").next()?.trim(),
        };
        (!value.is_empty()).then(|| value.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_and_zone_stand_in_the_configuration() {
        let said = |generator, folder: &str, path: &str, text: &str| {
            let found = Found { generator, folder: folder.to_owned() };
            let said = said(&found, |asked| (asked == path).then(|| text.to_owned()));
            (said.name.unwrap_or_default(), said.time_zone.unwrap_or_default())
        };
        let both = ("The Oven".to_owned(), "Europe/Oslo".to_owned());
        let toml = "baseURL = 'x'\ntitle = \"The Oven\"\ntimeZone = 'Europe/Oslo'\n[params]\ntitle = 'no'\n";
        assert_eq!(said(Generator::Hugo, "", "config/_default/hugo.toml", toml), both);
        let yaml = "title: The Oven # on the page\ntimezone: Europe/Oslo\n";
        assert_eq!(said(Generator::Jekyll, "docs", "docs/_config.yml", yaml), both);
        let script = "const config = {\n  title: 'The Oven',\n  navbar: { title: 'no' },\n";
        assert_eq!(said(Generator::Docusaurus, "website", "website/docusaurus.config.ts", script).0, "The Oven");
        assert_eq!(said(Generator::Docusaurus, "", "docusaurus.config.js", "  title: name,\n").0, "");
        assert_eq!(said(Generator::Eleventy, "", "package.json", "title: x").0, "");
    }

    #[test]
    fn the_origin_is_that_of_a_site_that_has_one() {
        let origin = |generator, text: &str| {
            let found = Found { generator, folder: String::new() };
            said(&found, |_| Some(text.to_owned())).origin.unwrap_or_default()
        };
        for (generator, text, expected) in [
            (Generator::Hugo, "baseURL = 'https://Bread.Oven.net/base/'\n", "https://bread.oven.net"),
            (Generator::Hugo, "baseurl: http://oven.net # here", "http://oven.net"),
            (
                Generator::Hugo,
                "[languages.en]\nbaseURL = 'https://a.net'\n[languages.fr]\nbaseURL = 'https://b.net'\n",
                "",
            ),
            (Generator::Hugo, "baseURL = '/'\n", ""),
            (Generator::Jekyll, "url: https://oven.github.io\nbaseurl: /bread\n", "https://oven.github.io"),
            (Generator::Jekyll, "url: https://www.example.com\n", ""),
            (Generator::Jekyll, "url: http://localhost:4000\n", ""),
            (Generator::Docusaurus, "const c = {\n  url: 'https://your-site.example.com',\n", ""),
            (Generator::Docusaurus, "  url: \"https://oven.net\",\n  baseUrl: '/',\n", "https://oven.net"),
            (Generator::Docusaurus, "  url: process.env.URL,\n", ""),
            (Generator::Astro, "  site: 'https://oven.net',\n  base: '/x',\n", "https://oven.net"),
            (Generator::Zola, "base_url = \"https://oven.net\"\n", "https://oven.net"),
            (Generator::MkDocs, "site_url: http://127.0.0.1/docs\n", ""),
            (Generator::Eleventy, "url: https://oven.net\n", ""),
        ] {
            assert_eq!(origin(generator, text), expected, "{text}");
        }
    }
}
