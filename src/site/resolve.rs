//! What a link leads to: one [`Verdict`] for each.
//!
//! A verdict is a proof. Where only an engine knows (a permalink, a template, a render hook) it is
//! [`Verdict::Unresolvable`], never missing.

use std::sync::Arc;

use memchr::memchr2;

use super::target::{self, End, Parts, Route};
use super::tree::{directory_of, extension_of, name_of, stem_of};
use super::{Facts, Generator, LinkFact, Settings, Site, Visibility, suggest};
use crate::document::LinkForm;
use crate::source::Kind;

/// What a link leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// To a page, a file or a place in it, just as written.
    Exact {
        /// The file, or the directory where that has no page of its own.
        target: Arc<str>,
    },
    /// To an address that another page has taken over: an alias, or a redirect.
    Redirected {
        /// The file of the page that the reader ends at, if it is one of the site.
        target: Option<Arc<str>>,
        /// The path part of the link as it should be written.
        canonical: String,
        /// Whether the address is given up for good.
        lasting: bool,
    },
    /// To a page that readers do not see.
    Hidden {
        /// The article.
        target: Arc<str>,
        /// Why they do not.
        visibility: Visibility,
    },
    /// To something whose path differs in letter case only.
    WrongCase {
        /// The file or directory that is there.
        target: Arc<str>,
        /// The path part of the link as it should be written.
        actual: String,
    },
    /// To nothing.
    Missing {
        /// The path that was looked for, relative to the root.
        path: String,
        /// The path part of a link to what was probably meant.
        suggestion: Option<String>,
    },
    /// To a page that is there, and a place in it that is not.
    MissingAnchor {
        /// The page.
        target: Arc<str>,
        /// The id that was probably meant, as it should be written.
        suggestion: Option<String>,
    },
    /// Only an engine knows, or it leads out of the site.
    Unresolvable,
}

impl Verdict {
    /// The file at which the reader ends, or would end if readers saw it.
    pub fn target(&self) -> Option<&Arc<str>> {
        match self {
            Self::Exact { target }
            | Self::WrongCase { target, .. }
            | Self::MissingAnchor { target, .. }
            | Self::Hidden { target, .. } => Some(target),
            Self::Redirected { target, .. } => target.as_ref(),
            Self::Missing { .. } | Self::Unresolvable => None,
        }
    }
}

/// What stands at a path.
enum Place {
    File(Arc<str>),
    /// A directory and its pages, in the order in which they would be taken.
    Directory(Arc<str>, Vec<Arc<str>>),
}

/// The names under which a directory has its page, the likeliest first.
const INDEXES: &[&str] = &[
    "index.md",
    "_index.md",
    "README.md",
    "index.mdx",
    "index.html",
    "readme.md",
    "index.markdown",
    "README.markdown",
    "index.htm",
    "README",
    "README.rst",
    "_index.html",
];

/// What may be left out at the end of a link to a page.
const PAGE_EXTENSIONS: &[&str] = &[".md", ".mdx", ".markdown", ".html", ".htm"];

impl Site {
    /// What `link` of the article `from` leads to.
    pub fn resolve_link(&self, from: &Facts, link: &LinkFact) -> Verdict {
        if link.foreign {
            return self.by_template(from, link);
        }
        let Some((_, url)) = self.internal(&link.url) else { return Verdict::Unresolvable };
        let parts = Parts::of(url);
        if matches!(link.form, LinkForm::Argument | LinkForm::Field) {
            return self.named_file(from, parts);
        }
        if parts.path.is_empty() {
            // An absolute link to the origin itself is one to the front page, wherever that comes from.
            return if url.len() == link.url.len() {
                self.anchor(from, &from.path, parts)
            } else {
                Verdict::Unresolvable
            };
        }
        if let Some(verdict) = self.settings.engine.link(self, from, link, parts) {
            return verdict;
        }
        let written = link.form != LinkForm::Attribute;
        match self.generator_of(from) {
            Generator::Plain => self.plain(from, parts, link.form),
            Generator::Other if written => self.by_file(from, parts, is_article),
            Generator::Zola if parts.path.starts_with("@/") => self.zola(from, parts),
            _ => self.likely(from, parts),
        }
    }

    /// The bytes of `url` that stand before its path, and what follows them, if it leads into the site.
    pub(crate) fn internal<'a>(&self, url: &'a str) -> Option<(usize, &'a str)> {
        let rest = if target::is_web(url) {
            target::within_origin(url, self.settings.origin.as_deref()?)?
        } else if target::scheme(url).is_some() {
            return None;
        } else {
            url
        };
        Some((url.len() - rest.len(), rest))
    }

    /// What reads an article: the site's generator, but an unknown one only in its own folder.
    pub(super) fn generator_of(&self, from: &Facts) -> Generator {
        let Settings { generator, folder, .. } = &self.settings;
        let within = folder.is_empty() || from.path.strip_prefix(folder.as_str()).is_some_and(|p| p.starts_with('/'));
        if *generator == Generator::Other && !within { Generator::Plain } else { *generator }
    }

    /// A path below the folder of the generator's configuration.
    pub(super) fn in_folder(&self, path: &str) -> String {
        join(&self.settings.folder, path)
    }

    /// Files are pages: a link leads to a file, or to a page whose extension it leaves out.
    fn plain(&self, from: &Facts, parts: Parts, form: LinkForm) -> Verdict {
        let bases = self.bases(from, parts.path);
        for base in &bases {
            let Some(route) = Route::walk(base, parts.path) else { return Verdict::Unresolvable };
            if let Some(place) = self.place(&route) {
                return self.at_place(from, place, parts);
            }
        }
        if parts.path.starts_with('/') && !self.is_served_from_root(parts.path) {
            return Verdict::Unresolvable;
        }
        // Only pages have URLs that differ from their files; raw HTML is left as it is, so it may be written for those.
        let page = extension_of(name_of(parts.path)).is_empty() || form == LinkForm::Attribute;
        if page && (self.is_found_by_url(from, parts.path) || self.is_declared(parts.path)) {
            return Verdict::Unresolvable;
        }
        self.missing(from, parts, &bases)
    }

    /// The directories from which a link's path may count: the article's own, or for a path from the root, those that
    /// are served there.
    pub(super) fn bases<'a>(&'a self, from: &'a Facts, path: &str) -> Vec<&'a str> {
        if path.starts_with('/') {
            self.folders().served.iter().map(String::as_str).collect()
        } else {
            vec![directory_of(&from.path)]
        }
    }

    /// Whether a path from the root can only mean the root of the tree: the user said that there is no generator, or the
    /// path begins with a folder of the tree.
    fn is_served_from_root(&self, path: &str) -> bool {
        let first = path.split('/').find(|segment| !segment.is_empty()).unwrap_or("");
        let known = || target::decode(first).is_some_and(|first| !first.is_empty() && self.tree.has_directory(&first));
        self.settings.named || known()
    }

    /// Whether a path that leads to no file does so from the article's URL: `a/b.md` served as `a/b/`, its links
    /// written for that.
    fn is_found_by_url(&self, from: &Facts, path: &str) -> bool {
        let own = stem_of(name_of(&from.path));
        let served = join(directory_of(&from.path), own);
        !path.starts_with('/')
            && !matches!(own, "index" | "_index" | "README")
            && Route::walk(&served, path).is_some_and(|route| !route.path().is_empty() && self.place(&route).is_some())
    }

    /// Whether an article says in its front matter that it stands at this path from the root.
    fn is_declared(&self, path: &str) -> bool {
        path.starts_with('/') && extension_of(name_of(path)).is_empty() && self.names().is_declared(path)
    }

    /// Markdown links lead to files, whatever their URLs will be; all else is up to the generator.
    fn by_file(&self, from: &Facts, parts: Parts, proves: impl Fn(&str) -> bool) -> Verdict {
        let base = directory_of(&from.path);
        let Some(route) = Route::walk(base, parts.path) else { return Verdict::Unresolvable };
        if parts.path.starts_with('/') || route.directory || extension_of(route.name()).is_empty() {
            return self.likely(from, parts);
        }
        if self.tree.file(&route.path()).is_some() || !proves(route.name()) {
            return self.likely(from, parts);
        }
        self.missing_unless_made(from, parts, &[base])
    }

    /// Zola's `@/path.md` leads to a file of `content/`; ids are made by its own algorithm.
    fn zola(&self, from: &Facts, parts: Parts) -> Verdict {
        let base = self.in_folder("content");
        let Some(route) = Route::walk(&base, &parts.path[2..]) else { return Verdict::Unresolvable };
        if let Some(file) = self.tree.file(&route.path()) {
            return self.known_place(from, &Arc::clone(file), parts);
        }
        let suggestion = suggest::path(self, &route.path())
            .and_then(|file| Some(format!("@/{}", target::encode(file.strip_prefix(&format!("{base}/"))?))));
        Verdict::Missing { path: route.path(), suggestion }
    }

    /// What a link most likely leads to under a generator whose URLs are not modelled: something, or unknown.
    pub(super) fn likely(&self, from: &Facts, parts: Parts) -> Verdict {
        // Without an extension, no file of this name is a page.
        if memchr2(b'.', b'%', name_of(parts.path).as_bytes()).is_none() {
            return Verdict::Unresolvable;
        }
        for base in self.bases(from, parts.path) {
            let Some(end) = End::of(base, parts.path) else { return Verdict::Unresolvable };
            if end.directory || extension_of(end.name()).is_empty() {
                continue;
            }
            if let Some(file) = self.tree.file(&end.path) {
                return self.known_place(from, &Arc::clone(file), parts);
            }
        }
        Verdict::Unresolvable
    }

    /// Exact if the fragment is known to be in `page`, else unknown.
    fn known_place(&self, from: &Facts, page: &Arc<str>, parts: Parts) -> Verdict {
        match self.anchor(from, page, parts) {
            Verdict::MissingAnchor { .. } => Verdict::Unresolvable,
            verdict => verdict,
        }
    }

    /// What stands where a route ends.
    fn place(&self, route: &Route) -> Option<Place> {
        let path = route.path();
        if let Some(file) = self.tree.file(&path).filter(|_| !route.directory) {
            return Some(Place::File(Arc::clone(file)));
        }
        if self.tree.has_directory(&path) {
            let pages = INDEXES.iter().filter_map(|name| self.tree.file(&join(&path, name)).cloned()).collect();
            return Some(Place::Directory(path.into(), pages));
        }
        let file = |path: String| self.tree.file(&path).map(|file| Place::File(Arc::clone(file)));
        page_spellings(&path).into_iter().find_map(file)
    }

    fn at_place(&self, from: &Facts, place: Place, parts: Parts) -> Verdict {
        match place {
            Place::File(file) => self.anchor(from, &file, parts),
            Place::Directory(directory, pages) => {
                let mut verdicts = pages.iter().map(|page| self.anchor(from, page, parts));
                let first = verdicts.next();
                let exact = |verdict: &Verdict| !matches!(verdict, Verdict::MissingAnchor { .. });
                match first {
                    Some(first) if exact(&first) => first,
                    Some(first) => verdicts.find(exact).unwrap_or(first),
                    None => Verdict::Exact { target: directory },
                }
            }
        }
    }

    /// Nothing is there, unless in other letters.
    fn missing(&self, from: &Facts, parts: Parts, bases: &[impl AsRef<str>]) -> Verdict {
        let routes = || bases.iter().filter_map(|base| Route::walk(base.as_ref(), parts.path));
        for route in routes() {
            let spellings = std::iter::once(String::new()).chain(PAGE_EXTENSIONS.iter().map(|e| (*e).to_owned()));
            for added in spellings {
                let Some(target) = self.tree.in_any_case(&format!("{}{added}", route.path())) else { continue };
                let kept = target.len().checked_sub(added.len()).and_then(|at| target.get(..at));
                // With a slash behind it the name of a file is none, in whatever letters.
                let actual =
                    kept.and_then(|kept| route.respelled(parts.path, kept)).filter(|actual| actual != parts.path);
                if let Some(actual) = actual {
                    return Verdict::WrongCase { target: Arc::clone(target), actual };
                }
            }
        }
        // Of several places where it could be, the one whose directory is there says most.
        let there = routes().find(|route| self.tree.has_directory(directory_of(&route.path())));
        let Some(route) = there.or_else(|| routes().next()) else { return Verdict::Unresolvable };
        let path = route.path();
        if !self.tree.lacks(&path) {
            return Verdict::Unresolvable;
        }
        let suggestion = suggest::path(self, &path).and_then(|file| suggest::as_link(&from.path, parts.path, &file));
        Verdict::Missing { path, suggestion }
    }

    /// Nothing is there; but where the whole directory is not, a build step may make it, unless the file is elsewhere.
    pub(super) fn missing_unless_made(&self, from: &Facts, parts: Parts, bases: &[impl AsRef<str>]) -> Verdict {
        match self.missing(from, parts, bases) {
            Verdict::Missing { path, suggestion: None } if !self.tree.has_directory(directory_of(&path)) => {
                if self.tree.named(name_of(&path)).is_empty() {
                    Verdict::Unresolvable
                } else {
                    Verdict::Missing { path, suggestion: None }
                }
            }
            verdict => verdict,
        }
    }
}

/// Where the page at `path` may stand under another name: its extension left out, or `.html` for the Markdown it is made of.
pub(super) fn page_spellings(path: &str) -> Vec<String> {
    let mut spellings: Vec<String> = Vec::new();
    if !path.is_empty() {
        spellings.extend(PAGE_EXTENSIONS.iter().map(|extension| format!("{path}{extension}")));
    }
    let name = name_of(path);
    if matches!(extension_of(name).to_ascii_lowercase().as_str(), "html" | "htm") {
        let (directory, stem) = (directory_of(path), stem_of(name));
        spellings.extend(["md", "mdx", "markdown"].map(|extension| join(directory, &format!("{stem}.{extension}"))));
        if stem == "index" {
            spellings.extend(["_index.md", "README.md"].map(|name| join(directory, name)));
            spellings.extend((!directory.is_empty()).then(|| format!("{directory}.md")));
        }
    }
    spellings
}

/// Whether a name is that of a Markdown article.
pub(super) fn is_article(name: &str) -> bool {
    matches!(Kind::of_path(name), Some(Kind::Markdown | Kind::Mdx))
}

/// `path` below `directory`, either of which may be empty.
pub(super) fn join(directory: &str, path: &str) -> String {
    match (directory, path) {
        ("", path) => path.to_owned(),
        (directory, "") => directory.to_owned(),
        (directory, path) => [directory, "/", path].concat(),
    }
}
