//! MkDocs: every Markdown file of the docs folder is a page; links in Markdown lead to files, raw HTML is left alone.
//!
//! Source of the rules: MkDocs 1.6's documentation, "Writing your docs" and "Configuration".

use super::config::{self, Reader};
use super::hugo::base_path;
use super::{Engine, each, page};
use crate::document::LinkForm;
use crate::document::front_matter::Data;
use crate::site::page::Page;
use crate::site::resolve::{Verdict, is_article, join};
use crate::site::served::Asked;
use crate::site::target::{self, Parts};
use crate::site::tree::{directory_of, name_of, stem_of};
use crate::site::urls::Urls;
use crate::site::{Facts, LinkFact, Site};

/// Plugins that make no pages and change no addresses.
const HARMLESS: &[&str] =
    &["search", "minify", "git-revision-date-localized", "git-revision-date", "glightbox", "social", "autorefs"];

/// How MkDocs is set up.
#[derive(Debug, Default)]
pub(super) struct MkDocs {
    docs: String,
    base: String,
    folders: bool,
    certain: bool,
}

impl MkDocs {
    pub fn read(reader: &Reader) -> Self {
        let map = reader.first_map(&["mkdocs.yml", "mkdocs.yaml", "properdocs.yml"]);
        let certain = map.is_some();
        let map = map.unwrap_or_default();
        let docs = config::text(&map, &["docs_dir"]).unwrap_or("docs").trim_start_matches("./").trim_matches('/');
        let harmless = |name: &str| HARMLESS.contains(&name.rsplit('/').next().unwrap_or(name));
        let plugins = match config::get(&map, &["plugins"]).map(|value| &value.data) {
            Some(Data::List(items)) => items.iter().all(|item| match &item.data {
                Data::String(name) => harmless(name),
                Data::Map(map) => map.entries.iter().all(|entry| harmless(&entry.key)),
                _ => false,
            }),
            Some(Data::Map(map)) => map.entries.iter().all(|entry| harmless(&entry.key)),
            _ => true,
        };
        Self {
            docs: if docs == "." { reader.folder.to_owned() } else { join(reader.folder, docs) },
            base: base_path(config::text(&map, &["site_url"]).unwrap_or("")),
            folders: config::flag(&map, &["use_directory_urls"]).unwrap_or(true),
            certain: certain && plugins && config::get(&map, &["hooks"]).is_none(),
        }
    }

    fn make(&self, site: &Site, facts: &Facts) -> Page {
        let made = page(site, facts);
        let inside = if self.docs.is_empty() {
            Some(&*facts.path)
        } else {
            facts.path.strip_prefix(self.docs.as_str()).and_then(|rest| rest.strip_prefix('/'))
        };
        let Some(inner) = inside.filter(|inner| is_article(inner)) else { return made };
        let (folder, stem) = (directory_of(inner), stem_of(name_of(inner)));
        let url = match stem {
            "index" | "README" if folder.is_empty() => "/".to_owned(),
            "index" | "README" => format!("/{folder}/"),
            _ if self.folders => format!("/{}/", join(folder, stem)),
            _ => format!("/{}.html", join(folder, stem)),
        };
        Page { url: Some(format!("{}{url}", self.base)), ..made }
    }
}

impl Engine for MkDocs {
    fn pages(&self, site: &Site) -> Vec<Page> {
        each(site, |facts| self.make(site, facts))
    }

    fn base(&self) -> &str {
        &self.base
    }

    fn is_certain(&self) -> bool {
        self.certain
    }

    fn serve(&self, site: &Site, urls: &mut Urls) {
        // READMEs are pages too, though no articles to us.
        for path in
            site.tree.below(&self.docs).iter().filter(|path| is_article(name_of(path)) && site.at(path).is_none())
        {
            let inner = path[self.docs.len()..].trim_start_matches('/');
            urls.name(&join(directory_of(inner), stem_of(name_of(inner))));
            urls.name(directory_of(inner));
        }
        for made in ["/sitemap.xml", "/sitemap.xml.gz", "/404.html", "/search.html"] {
            urls.name(made);
        }
        for folder in ["/assets", "/css", "/js", "/img", "/search", "/fonts"] {
            urls.open(folder);
        }
        urls.serve("", &self.docs);
    }

    fn link(&self, site: &Site, from: &Facts, link: &LinkFact, parts: Parts) -> Option<Verdict> {
        let absolute = target::is_web(&link.url);
        let raw = link.form == LinkForm::Attribute || absolute || parts.path.starts_with('/');
        site.page(from).url.as_ref().filter(|_| raw)?;
        Some(site.by_url(from, Asked { absolute, ..Asked::written(parts) }))
    }
}
