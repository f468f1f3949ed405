//! What a reference to an article leads to: a path, an address, a slug, an id or a title, as front matter gives them.

use std::sync::Arc;

use super::resolve::{Verdict, is_article, join, page_spellings};
use super::target::{self, Parts, Route};
use super::tree::{directory_of, extension_of, name_of, stem_of};
use super::{Facts, Generator, Site, suggest};

impl Site {
    /// What the reference `text` in the front matter of `from` leads to. A suggestion in the verdict is in the same form as
    /// `text`, so that it can stand in its place.
    pub fn resolve_reference(&self, from: &Facts, text: &str) -> Verdict {
        let text = text.trim();
        if text.is_empty() || ["{{", "{%", "${", "<%"].iter().any(|template| text.contains(template)) {
            return Verdict::Unresolvable;
        }
        if is_address(text) {
            let Some((_, url)) = self.internal(text) else { return Verdict::Unresolvable };
            return self.by_address(from, Parts::of(url).path);
        }
        self.by_name(text)
    }

    fn by_address(&self, from: &Facts, path: &str) -> Verdict {
        let generator = self.settings.generator;
        let (path, rooted) = match path.strip_prefix("@/") {
            Some(rest) => (rest, true),
            None => (path.trim_start_matches('/'), path.starts_with('/')),
        };
        if path.is_empty() {
            return Verdict::Unresolvable;
        }
        let explicit = path.starts_with("./") || path.starts_with("../");
        let mut bases: Vec<String> = Vec::new();
        if !rooted {
            bases.push(directory_of(&from.path).to_owned());
        }
        if !explicit {
            bases.push(String::new());
            let folders = generator.content_folders().iter().chain(generator.static_folders());
            bases.extend(folders.map(|folder| self.in_folder(folder)));
            // Above the article's own folder there is the content folder, whatever its name.
            bases.extend(
                std::iter::successors(Some(directory_of(&from.path)), |d| (!d.is_empty()).then(|| directory_of(d)))
                    .map(str::to_owned),
            );
        }
        let routes: Vec<Route> = bases.iter().filter_map(|base| Route::walk(base, path)).collect();
        let Some(nearest) = routes.first() else { return Verdict::Unresolvable };
        for route in &routes {
            if let Some(target) = self.page_at(&route.path()) {
                return Verdict::Exact { target };
            }
        }
        let facts = self.facts();
        match self.names().at_address(path) {
            [only] => return Verdict::Exact { target: Arc::clone(&facts[*only].path) },
            [] => {}
            _ => return Verdict::Unresolvable,
        }
        let name = name_of(path.trim_end_matches('/'));
        let file = is_article(name);
        if !file {
            // `/blog/2020/name/`: only the last part is the article's own.
            match self.names().named(stem_of(name)) {
                [only] => return Verdict::Exact { target: Arc::clone(&facts[*only].path) },
                [] if generator == Generator::Plain => {}
                _ => return Verdict::Unresolvable,
            }
        }
        for route in &routes {
            let Some(target) = self.tree.in_any_case(&route.path()) else { continue };
            if let Some(actual) = route.respelled(path, target) {
                let slash = if rooted { "/" } else { "" };
                return Verdict::WrongCase { target: Arc::clone(target), actual: format!("{slash}{actual}") };
            }
        }
        if generator != Generator::Plain && !self.tree.named(name).is_empty() {
            return Verdict::Unresolvable;
        }
        let written = if rooted { format!("/{path}") } else { path.to_owned() };
        let suggestion =
            suggest::path(self, &nearest.path()).and_then(|file| suggest::as_link(&from.path, &written, &file));
        // Written from the content folder, a suggestion from the article's own would not fit.
        let suggestion = suggestion.filter(|_| rooted || explicit || generator == Generator::Plain);
        Verdict::Missing { path: nearest.path(), suggestion }
    }

    fn by_name(&self, name: &str) -> Verdict {
        let names = self.names();
        let facts = self.facts();
        match names.named(name) {
            [] => {}
            [only] => return Verdict::Exact { target: Arc::clone(&facts[*only].path) },
            _ => return Verdict::Unresolvable,
        }
        // An article that is left out of the check is one all the same.
        let files = ["md", "mdx", "markdown", "html", "txt"].map(|extension| format!("{name}.{extension}"));
        if let Some(file) = files.iter().find_map(|file| self.tree.named(file).first()) {
            return Verdict::Exact { target: Arc::clone(file) };
        }
        let suggestion = suggest::nearest(name, names.all().map(|known| (known.to_owned(), known)));
        Verdict::Missing { path: name.to_owned(), suggestion: suggestion.map(str::to_owned) }
    }

    /// The article or file at a path, its extension perhaps left out.
    fn page_at(&self, path: &str) -> Option<Arc<str>> {
        if let Some(file) = self.tree.file(path) {
            return Some(Arc::clone(file));
        }
        let pages = ["index.md", "_index.md", "index.mdx", "README.md", "index.html"];
        let inside = pages.iter().map(|page| join(path, page));
        page_spellings(path).into_iter().chain(inside).find_map(|path| self.tree.file(&path).map(Arc::clone))
    }
}

/// Whether a reference is a path or an address rather than a name.
pub(crate) fn is_address(text: &str) -> bool {
    if text.contains(char::is_whitespace) && !text.starts_with(['/', '.']) && extension_of(text).is_empty() {
        return false;
    }
    let file = Parts::of(text).path.to_ascii_lowercase();
    text.contains('/')
        || [".md", ".mdx", ".markdown", ".html"].iter().any(|e| file.ends_with(e))
        || target::is_web(text)
}
