//! Jekyll: posts by date and title, collections, pages where their files stand; permalinks in patterns and styles.
//!
//! Source of the rules: Jekyll 4's documentation, its `Page`, `Document`, `URL` and `Utils`, and what Jekyll does with
//! `fixtures/sites/jekyll`.

mod address;
mod setup;

use address::{file_of, style, suffix};
use setup::Defaults;
pub(super) use setup::Jekyll;

use super::eleventy::undated;
use super::{Engine, each, page};
use crate::date;
use crate::document::LinkForm;
use crate::site::page::{Page, Visibility, find};
use crate::site::resolve::{Verdict, is_article, join};
use crate::site::served::Asked;
use crate::site::slug::HeadingIds;
use crate::site::target::{self, Parts, Route};
use crate::site::template::Means;
use crate::site::tree::{directory_of, extension_of, name_of, stem_of};
use crate::site::urls::{Spot, Urls};
use crate::site::{Facts, LinkFact, Site};

/// Tags of Liquid that put no element into a page.
const WITHOUT_IDS: &[&str] = &[
    "link",
    "post_url",
    "raw",
    "endraw",
    "highlight",
    "endhighlight",
    "comment",
    "endcomment",
    "assign",
    "if",
    "elsif",
    "else",
    "endif",
    "unless",
    "endunless",
];

/// What a file is to Jekyll.
enum Kind<'p> {
    Post { folders: &'p str },
    Draft,
    Document(usize, &'p str),
    Page,
    Nothing,
}

impl Jekyll {
    fn kind<'p>(&self, path: &'p str) -> Kind<'p> {
        let below =
            |folder: &str| if folder.is_empty() { Some(path) } else { path.strip_prefix(folder)?.strip_prefix('/') };
        for (index, collection) in self.collections.iter().enumerate().filter(|(_, one)| one.name != "posts") {
            if let Some(rest) = below(&join(&self.collections_folder, &format!("_{}", collection.name))) {
                return Kind::Document(index, rest);
            }
        }
        let Some(rest) = below(&self.source) else { return Kind::Nothing };
        let folders = rest.split('/').collect::<Vec<_>>();
        let (folders, _) = folders.split_at(folders.len() - 1);
        if let Some(at) = folders.iter().position(|folder| *folder == "_posts") {
            let own = folders[..at].join("/");
            return Kind::Post { folders: &rest[..own.len()] };
        }
        if folders.contains(&"_drafts") {
            return Kind::Draft;
        }
        let hidden = |part: &str| part.starts_with(['_', '.', '#', '~']);
        if folders.iter().any(|folder| hidden(folder)) || hidden(name_of(rest)) { Kind::Nothing } else { Kind::Page }
    }

    /// The first default that holds for a path; longer paths win.
    fn default<T>(&self, path: &str, kind: &str, value: impl Fn(&Defaults) -> Option<T>) -> Option<T> {
        let inside = |folder: &str| {
            folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let fits =
            self.defaults.iter().filter(|one| inside(&one.path) && one.kind.as_deref().is_none_or(|of| of == kind));
        fits.filter_map(|one| Some((one.path.len(), value(one)?)))
            .max_by_key(|(length, _)| *length)
            .map(|(_, value)| value)
    }

    fn make(&self, site: &Site, facts: &Facts) -> Page {
        let mut made = page(site, facts);
        let path = &*facts.path;
        let kind = self.kind(path);
        let map = facts.front_matter.as_ref().map(|front| &front.map);
        let inner = path.get(self.source.len()..).unwrap_or(path).trim_start_matches('/');
        let label = match &kind {
            Kind::Post { .. } => "posts",
            Kind::Draft => "drafts",
            Kind::Document(index, _) => &self.collections[*index].name,
            _ => "pages",
        };
        if self.default(inner, label, |one| one.published) == Some(false) && made.visibility == Visibility::Shown {
            made.visibility = Visibility::Draft;
        }
        let date = match &kind {
            Kind::Post { .. } | Kind::Document(..) => self.date(site, facts),
            _ => None,
        };
        if matches!(kind, Kind::Draft) && !self.drafts {
            made.visibility = Visibility::Draft;
        }
        if made.visibility == Visibility::Draft && self.unpublished {
            made.visibility = Visibility::Shown;
        }
        if let Some((_, Some(begins))) = date
            && !self.future
            && begins > site.settings.now
            && made.visibility == Visibility::Shown
        {
            made.visibility = Visibility::Future;
            made.hidden_by = map.and_then(|map| find(map, &["date"])).map(|entry| entry.value.span);
        }
        // Without front matter a file is copied as it is; but plugins may make a page of it.
        if map.is_none() {
            return made;
        }
        let own = map.and_then(|map| map.get("permalink")?.as_text()).map(str::to_owned);
        let given = own.or_else(|| self.default(inner, label, |one| one.permalink.clone()));
        let day = date.map(|(day, _)| day);
        let is_document = matches!(kind, Kind::Post { .. } | Kind::Document(..));
        let url = match kind {
            Kind::Post { folders } => {
                let pattern = given.unwrap_or_else(|| self.permalink.clone());
                self.expand(&style(&pattern), facts, map, folders, day)
            }
            Kind::Document(index, rest) => {
                let collection = &self.collections[index];
                let suffix = suffix(&self.permalink);
                let pattern = given.or_else(|| collection.permalink.clone());
                let pattern = pattern.unwrap_or_else(|| format!("/:collection/:path{suffix}"));
                let stem = join(directory_of(rest), stem_of(name_of(rest)));
                let pattern = style(&pattern).replace(":collection", &collection.name).replace(":path", &stem);
                if collection.output { self.expand(&pattern, facts, map, "", day) } else { None }
            }
            Kind::Page | Kind::Draft => {
                let stem = stem_of(name_of(inner));
                let folder = directory_of(inner);
                let path = if folder.is_empty() { String::new() } else { format!("/{folder}") };
                let page = match stem {
                    "index" => format!("{path}/"),
                    _ => format!("{path}/{stem}{}", suffix(&self.permalink)),
                };
                let pattern = given.map(|given| style(&given)).unwrap_or(page);
                let pattern = pattern.replace(":path", folder).replace(":basename", stem);
                if matches!(kind, Kind::Draft) { None } else { self.expand(&pattern, facts, map, "", None) }
            }
            Kind::Nothing => None,
        };
        // Documents are written after the redirects, and so over one at their own address; pages before them. Aliases are
        // given without the base.
        made.aliases
            .retain(|alias| !is_document || url.as_deref().is_none_or(|url| file_of(url) != file_of(&alias.url)));
        made.aliases.iter_mut().for_each(|alias| alias.url.insert_str(0, &self.base));
        made.url = url.map(|url| format!("{}{url}", self.base));
        made
    }

    /// The day in the address of a document, and the moment at which it is published.
    fn date(&self, site: &Site, facts: &Facts) -> Option<(jiff::civil::Date, Option<jiff::Timestamp>)> {
        let stem = stem_of(name_of(&facts.path));
        let map = facts.front_matter.as_ref().map(|front| &front.map);
        let given = map.and_then(|map| find(map, &["date"])?.value.as_text());
        let named = (undated(stem) != stem).then(|| &stem[..10]);
        let outcome = date::read(given.or(named)?)?;
        let reading = outcome.reading().filter(|reading| reading.is_certain())?;
        let zone = site.settings.zone();
        let begins = reading.begins(&zone);
        // A moment of another zone may fall on another day here.
        let day = match begins {
            Some(moment) if matches!(reading.zone, Some(date::Zone::Offset(_))) => moment.to_zoned(zone).date(),
            _ => reading.date,
        };
        Some((day, begins))
    }
}

impl Engine for Jekyll {
    fn pages(&self, site: &Site) -> Vec<Page> {
        each(site, |facts| self.make(site, facts))
    }

    fn base(&self) -> &str {
        &self.base
    }

    fn is_certain(&self) -> bool {
        self.certain
    }

    fn heading_ids(&self, _article: &Facts) -> HeadingIds {
        self.ids.clone()
    }

    fn may_give(&self, _site: &Site, article: &Facts, id: &str) -> bool {
        let tags = article.open.tags.iter().any(|tag| !WITHOUT_IDS.contains(&tag.as_str()));
        let inserted = article.open.outputs || tags || self.layouts.gather() || !self.certain;
        inserted || id.starts_with("markdown-toc") || self.layouts.may_give(id)
    }

    fn overwrites(&self, url: &str, alias: &str) -> bool {
        file_of(url) == file_of(alias)
    }

    fn serve(&self, site: &Site, urls: &mut Urls) {
        for (facts, page) in site.facts().iter().zip(site.pages()) {
            let path = &*facts.path;
            let name = name_of(path);
            if page.url.is_none() && matches!(self.kind(path), Kind::Page) {
                let inner = path.get(self.source.len()..).unwrap_or(path).trim_start_matches('/');
                let stem = join(directory_of(inner), stem_of(name));
                urls.add(inner, Spot::File(facts.path.clone()));
                urls.name(&stem);
                urls.name(&format!("{stem}.html"));
                if matches!(stem_of(name), "README" | "readme" | "index") {
                    urls.name(directory_of(inner));
                }
            }
        }
        // Of files that are no articles to us, some are pages to Jekyll.
        for path in site.tree.below(&self.source) {
            let name = name_of(path);
            let article = site.at(path).is_some();
            if !article
                && matches!(self.kind(path), Kind::Page)
                && (is_article(name) || matches!(extension_of(name), "html" | "htm"))
            {
                let inner = path.get(self.source.len()..).unwrap_or(path).trim_start_matches('/');
                let stem = join(directory_of(inner), stem_of(name));
                urls.name(&format!("{stem}.html"));
                urls.name(inner);
                urls.name(&stem);
                urls.name(directory_of(inner));
            }
        }
        for made in ["/feed.xml", "/sitemap.xml", "/robots.txt", "/assets/css/style.css", "/404.html"] {
            urls.name(made);
        }
        if self.themed {
            urls.open("/assets");
        }
        for path in
            site.tree.below(&self.source).iter().filter(|path| matches!(extension_of(path), "scss" | "sass" | "coffee"))
        {
            let inner = path.get(self.source.len()..).unwrap_or(path).trim_start_matches('/');
            let made = if path.ends_with("coffee") { "js" } else { "css" };
            urls.add(
                &format!("{}.{made}", inner.rsplit_once('.').map_or(inner, |(stem, _)| stem)),
                Spot::File(path.clone()),
            );
        }
        urls.serve("", &self.source);
    }

    fn link(&self, site: &Site, from: &Facts, link: &LinkFact, parts: Parts) -> Option<Verdict> {
        site.page(from).url.as_ref()?;
        let absolute = target::is_web(&link.url);
        if is_article(parts.path) && link.form != LinkForm::Attribute && !absolute {
            let route = Route::walk(directory_of(&from.path), parts.path)?;
            let there = !parts.path.starts_with('/') && site.tree.file(&route.path()).is_some();
            if self.links_by_path && there {
                return None;
            }
        }
        Some(site.by_url(from, Asked { absolute, ..Asked::written(parts) }))
    }

    fn template(&self, site: &Site, from: &Facts, means: Means, value: &str, fragment: Option<&str>) -> Verdict {
        let parts = Parts { path: value, fragment };
        match means {
            Means::File => {
                let path = join(&self.source, value.trim_start_matches('/'));
                let Some(file) = site.tree.file(&path) else {
                    return if site.tree.is_whole() {
                        let suggestion = crate::site::suggest::path(site, &path);
                        let inner = |file: &str| {
                            file.get(self.source.len()..).map(|rest| rest.trim_start_matches('/').to_owned())
                        };
                        Verdict::Missing { path, suggestion: suggestion.and_then(|file| inner(&file)) }
                    } else {
                        Verdict::Unresolvable
                    };
                };
                match site.facts().iter().position(|facts| facts.path == *file) {
                    Some(index) => site.to_page(from, index, parts),
                    None => site.anchor(from, &file.clone(), parts),
                }
            }
            Means::Post => {
                let wanted = value.trim_start_matches('/');
                let is = |facts: &Facts| {
                    let Some((folders, rest)) = facts.path.split_once("_posts/") else { return false };
                    let stem = join(directory_of(rest), stem_of(name_of(rest)));
                    let folders = folders.get(self.source.len()..).unwrap_or(folders).trim_matches('/');
                    stem == wanted || join(folders, &stem) == wanted || name_of(&stem) == wanted
                };
                match site.facts().iter().position(is) {
                    Some(index) => site.to_page(from, index, parts),
                    None if site.tree.is_whole() => {
                        let posts = site.facts().iter().filter(|facts| facts.path.contains("_posts/"));
                        let names = posts.map(|facts| (stem_of(name_of(&facts.path)).to_owned(), facts));
                        let near =
                            crate::site::suggest::nearest(name_of(wanted), names.map(|(name, _)| (name.clone(), name)));
                        Verdict::Missing { path: value.to_owned(), suggestion: near }
                    }
                    None => Verdict::Unresolvable,
                }
            }
            Means::Address | Means::Ref => Verdict::Unresolvable,
        }
    }
}
