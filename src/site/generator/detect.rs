//! Which generator a repository uses, by the configuration files in it.

use super::Generator;
use crate::site::Tree;
use crate::site::target::segments;
use crate::site::tree::{directory_of, extension_of, name_of, stem_of};

/// A generator that was found in a repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Which one.
    pub generator: Generator,
    /// Where its configuration stands, relative to the root; empty for the root itself.
    pub folder: String,
}

/// How far below the root a configuration is looked for: `website/`, `packages/docs/`.
const DEPTH: usize = 2;

/// Folders whose configurations are somebody else's, or samples.
const NOT_THE_SITE: &[&str] = &[
    "node_modules",
    "vendor",
    "third_party",
    "themes",
    "examples",
    "example",
    "fixtures",
    "test",
    "tests",
    "templates",
];

/// Extensions of a configuration that is a script.
const SCRIPTS: &[&str] = &["js", "mjs", "cjs", "ts", "mts", "cts"];

/// Extensions of the files that [`by_config`] knows: few files have one of these.
const EXTENSIONS: &[&str] = &["toml", "yaml", "yml", "json", "py", "js", "mjs", "cjs", "ts", "mts", "cts"];

/// The generator of the site, if one is found: the one nearest to the root, the first by file name if two stand together. `read` gives
/// the text of a file by its path; it is asked only where the name alone does not tell.
pub fn detect(tree: &Tree, read: impl Fn(&str) -> Option<String>) -> Option<Found> {
    let mut candidates: Vec<(usize, &str)> = tree
        .paths()
        .iter()
        .filter(|path| EXTENSIONS.contains(&extension_of(path)))
        .map(|path| (memchr::memchr_iter(b'/', path.as_bytes()).count(), path.as_ref()))
        .filter(|(depth, path)| *depth <= DEPTH + 1 && !segments(path).any(|part| NOT_THE_SITE.contains(&part)))
        .collect();
    candidates.sort_unstable();
    let found = candidates.into_iter().filter_map(|(_, path)| {
        let (generator, folder) = by_config(path, tree, &read)?;
        (folder.matches('/').count() < DEPTH).then_some((generator, folder))
    });
    // `min_by_key` takes the first of equals, which is the one that sorts first.
    found
        .min_by_key(|(generator, folder)| {
            let depth = if folder.is_empty() { 0 } else { 1 + folder.matches('/').count() };
            (depth, *generator == Generator::Other)
        })
        .map(|(generator, folder)| Found { generator, folder: folder.to_owned() })
}

/// The generator that the file at `path` configures, and the folder of its site.
fn by_config<'p>(path: &'p str, tree: &Tree, read: &impl Fn(&str) -> Option<String>) -> Option<(Generator, &'p str)> {
    let (folder, name) = (directory_of(path), name_of(path));
    let of_script = SCRIPTS.contains(&extension_of(name)).then(|| stem_of(name));
    let script = |base: &str| of_script == Some(base);
    let beside = |other: &str| if folder.is_empty() { other.to_owned() } else { format!("{folder}/{other}") };
    let generator = match name {
        "hugo.toml" | "hugo.yaml" | "hugo.yml" | "hugo.json" => {
            // `config/_default/hugo.toml` configures the site two folders up.
            let site = folder.strip_suffix("config/_default").unwrap_or(folder).trim_end_matches('/');
            return Some((Generator::Hugo, site));
        }
        "config.toml" | "config.yaml" | "config.yml" => {
            let content = || tree.has_directory(&beside("content")) || tree.has_directory(&beside("archetypes"));
            if folder.ends_with("config/_default") {
                return Some((Generator::Hugo, folder.strip_suffix("config/_default")?.trim_end_matches('/')));
            }
            if !content() {
                return None;
            }
            hugo_or_zola(&read(path)?)?
        }
        "_config.yml" | "_config.yaml" | "_config.toml" => {
            let text = read(path).unwrap_or_default();
            if is_hexo(&text) { Generator::Other } else { Generator::Jekyll }
        }
        "book.toml" | "_quarto.yml" | "antora.yml" | "pelicanconf.py" => Generator::Other,
        "mkdocs.yml" | "mkdocs.yaml" | "properdocs.yml" | "zensical.toml" => Generator::MkDocs,
        "conf.py" => read(path)?.contains("extensions").then_some(Generator::Other)?,
        ".eleventy.js" => Generator::Eleventy,
        _ if script("eleventy.config") => Generator::Eleventy,
        _ if script("astro.config") => Generator::Astro,
        _ if script("docusaurus.config") => Generator::Docusaurus,
        _ if script("gatsby-config") || script("next.config") || script("nuxt.config") => Generator::Other,
        _ if script("config") && (folder.ends_with(".vitepress") || folder.ends_with(".vuepress")) => {
            return Some((Generator::Other, directory_of(folder)));
        }
        _ => return None,
    };
    Some((generator, folder))
}

/// Both read a `config.toml`. Zola must have `base_url`; Hugo spells it `baseURL`, in any case.
fn hugo_or_zola(text: &str) -> Option<Generator> {
    let key = |line: &str| line.split(['=', ':']).next().unwrap_or("").trim().trim_matches(['"', '\'']).to_lowercase();
    text.lines().find_map(|line| match key(line).as_str() {
        "base_url" => Some(Generator::Zola),
        "baseurl" | "languagecode" | "theme" | "[params]" | "[markup]" | "params" | "markup" | "module" => {
            Some(Generator::Hugo)
        }
        _ => None,
    })
}

/// Hexo and Jekyll both read a `_config.yml`; these keys are Hexo's.
fn is_hexo(text: &str) -> bool {
    text.lines().any(|line| ["source_dir:", "public_dir:", "new_post_name:"].iter().any(|key| line.starts_with(key)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(files: &[(&str, &str)]) -> Option<(Generator, String)> {
        let tree = Tree::new(files.iter().map(|(path, _)| *path));
        let read = |path: &str| files.iter().find(|(p, _)| *p == path).map(|(_, text)| (*text).to_owned());
        detect(&tree, read).map(|found| (found.generator, found.folder))
    }

    #[test]
    fn a_generator_is_known_by_its_configuration() {
        use Generator::*;
        for (files, generator, folder) in [
            (&[("hugo.toml", "")][..], Hugo, ""),
            (&[("site/config/_default/hugo.yaml", "")], Hugo, "site"),
            (&[("config/_default/config.toml", "")], Hugo, ""),
            (&[("config.toml", "baseURL = 'x'"), ("content/a.md", "")], Hugo, ""),
            (&[("docs/config.toml", "# a\nbase_url = 'x'"), ("docs/content/a.md", "")], Zola, "docs"),
            (&[("_config.yml", "title: x")], Jekyll, ""),
            (&[("_config.yml", "source_dir: source")], Other, ""),
            (&[(".eleventy.js", "")], Eleventy, ""),
            (&[("astro.config.mjs", "")], Astro, ""),
            (&[("website/docusaurus.config.ts", ""), ("docs/a.md", "")], Docusaurus, "website"),
            (&[("mkdocs.yml", "")], MkDocs, ""),
            (&[("docs/.vitepress/config.mts", "")], Other, "docs"),
            (&[("next.config.js", ""), ("astro.config.mjs", "")], Astro, ""),
            (&[("mkdocs.yml", ""), ("website/astro.config.mjs", "")], MkDocs, ""),
        ] {
            assert_eq!(found(files), Some((generator, folder.to_owned())), "{files:?}");
        }
    }

    #[test]
    fn other_configurations_are_none() {
        for files in [
            &[("config.toml", "baseURL = 'x'")][..],
            &[("config.toml", "[server]\nport = 1"), ("content/a.md", "")],
            &[("examples/hugo/hugo.toml", "")],
            &[("a/b/c/hugo.toml", "")],
            &[("eleventy.config.md", ""), ("README.md", "")],
        ] {
            assert_eq!(found(files), None, "{files:?}");
        }
    }

    #[test]
    fn names_go_there_and_back() {
        assert!(Generator::names().all(|name| Generator::from_name(name).is_some()));
        assert_eq!(Generator::from_name("auto"), None);
    }
}
