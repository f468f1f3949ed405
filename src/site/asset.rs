//! What shortcodes, tags and front matter name: a template puts a folder in front of it, or looks it up.

use std::sync::Arc;

use super::resolve::{Verdict, is_article};
use super::target::{End, Parts, Route, decode};
use super::tree::{directory_of, extension_of, name_of};
use super::{Facts, Site};

/// Segments that a path has at least, for its folder to tell that it counts from there.
const SURE: usize = 2;

impl Site {
    /// The image that `text` in the front matter of `from` names: it is missing if it is in none of the places from which a
    /// template could take it. What another site has, and what only a template or a bundler knows, is not resolved.
    pub fn resolve_image(&self, from: &Facts, text: &str) -> Verdict {
        let text = text.trim();
        let foreign = ["{{", "{%", "${", "<%"].iter().any(|template| text.contains(template));
        if foreign || text.starts_with(['@', '~', '#', '$']) {
            return Verdict::Unresolvable;
        }
        let Some((_, url)) = self.internal(text) else { return Verdict::Unresolvable };
        let parts = Parts::of(url);
        match self.named_file(from, parts) {
            Verdict::Unresolvable if !parts.path.is_empty() => {
                let base = if parts.path.starts_with('/') { "" } else { directory_of(&from.path) };
                let route = Route::walk(base, parts.path).filter(|route| self.tree.lacks(&route.path()));
                route.map_or(Verdict::Unresolvable, |route| Verdict::Missing { path: route.path(), suggestion: None })
            }
            verdict => verdict,
        }
    }

    /// What the address in an argument or a field leads to. It is missing only if the folder that it names is there and the
    /// file is not, wherever it may count from; and no other file has its name.
    pub(super) fn named_file(&self, from: &Facts, parts: Parts) -> Verdict {
        let path = parts.path;
        if path.is_empty() {
            return Verdict::Unresolvable;
        }
        let name = name_of(path);
        let page = extension_of(name).is_empty() || is_article(name) || extension_of(name) == "html";
        // Most names in front matter are those of no file, wherever it might stand.
        if page && decode(name).is_none_or(|name| self.tree.named(&name).is_empty()) && !path.ends_with("..") {
            return Verdict::Unresolvable;
        }
        let explicit = path.starts_with("./") || path.starts_with("../");
        let own = (!path.starts_with('/')).then(|| directory_of(&from.path));
        let shown = if explicit { &[][..] } else { self.folders().shown.as_slice() };
        let bases = || own.into_iter().chain(shown.iter().map(String::as_str));
        let file = |base| self.tree.file(&End::of(base, path)?.path);
        if let Some(file) = bases().find_map(file) {
            return Verdict::Exact { target: Arc::clone(file) };
        }
        if page {
            return Verdict::Unresolvable;
        }
        let routes: Vec<Route> = bases().filter_map(|base| Route::walk(base, path)).collect();
        for route in &routes {
            let Some(target) = self.tree.in_any_case(&route.path()) else { continue };
            if let Some(actual) = route.respelled(path, target) {
                return Verdict::WrongCase { target: Arc::clone(target), actual };
            }
        }
        let named = path.split('/').filter(|segment| !matches!(*segment, "" | "." | "..")).count();
        let home = |route: &&Route| {
            let path = route.path();
            let folder = directory_of(&path);
            !folder.is_empty() && named >= SURE && self.tree.has_directory(folder)
        };
        match routes.iter().find(home) {
            Some(route) if self.tree.named(route.name()).is_empty() && self.tree.lacks(&route.path()) => {
                Verdict::Missing { path: route.path(), suggestion: None }
            }
            _ => Verdict::Unresolvable,
        }
    }
}
