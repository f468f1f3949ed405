//! What the configuration of a generator says of the site besides what it is made with: its name and its time zone.

use super::{Found, Generator};

/// What a generator's configuration says of a site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// The name of the site.
    pub name: Option<String>,
    /// The zone of dates that name none.
    pub time_zone: Option<String>,
}

/// What the configuration of the generator that was found says. `read` gives the text of a file by its path.
pub fn said(found: &Found, read: impl Fn(&str) -> Option<String>) -> Said {
    let (files, names): (&[&str], &[&str]) = match found.generator {
        Generator::Hugo => (HUGO, &["title"]),
        Generator::Jekyll => (&["_config.yml", "_config.yaml", "_config.toml"], &["title", "name"]),
        Generator::Zola => (&["config.toml", "zola.toml"], &["title"]),
        Generator::MkDocs => (&["mkdocs.yml", "mkdocs.yaml"], &["site_name"]),
        Generator::Docusaurus => {
            (&["docusaurus.config.js", "docusaurus.config.ts", "docusaurus.config.mjs"], &["title"])
        }
        _ => return Said::default(),
    };
    let script = found.generator == Generator::Docusaurus;
    let path =
        |file: &&str| if found.folder.is_empty() { (*file).to_owned() } else { format!("{}/{file}", found.folder) };
    let Some(text) = files.iter().find_map(|file| read(&path(file))) else { return Said::default() };
    let first = |keys: &[&str]| keys.iter().find_map(|key| setting(&text, key, script));
    Said { name: first(names), time_zone: first(&["timeZone", "timezone"]) }
}

/// Where Hugo looks for its configuration.
#[rustfmt::skip]
const HUGO: &[&str] = &[
    "hugo.toml", "hugo.yaml", "hugo.yml", "config.toml", "config.yaml", "config.yml", "config/_default/hugo.toml",
    "config/_default/hugo.yaml", "config/_default/hugo.yml", "config/_default/config.toml", "config/_default/config.yaml",
    "config/_default/config.yml",
];

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
}
