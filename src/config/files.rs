//! The files that a configuration names: schemas, data, packs.
//!
//! Owns where such a path leads and that each file is read once. Does not touch the file system: it is given a loader.

use std::collections::HashMap;
use std::io;
use std::rc::Rc;
use std::sync::Arc;

use crate::source::{Kind, Source};

/// Gives the bytes of the file at a path relative to the folder of the configuration, with forward slashes.
pub type Load<'l> = &'l dyn Fn(&str) -> io::Result<Vec<u8>>;

/// The files that were read on behalf of a configuration.
pub(super) struct Files<'l> {
    load: Load<'l>,
    /// The folder of the configuration, as its path is shown; empty, or with a slash at its end.
    folder: String,
    read: HashMap<String, Rc<Source>>,
}

impl<'l> Files<'l> {
    /// The files around the configuration that is shown as `path`.
    pub(super) fn new(path: &str, load: Load<'l>) -> Self {
        let folder = path.rfind('/').map_or("", |at| &path[..=at]).to_owned();
        Self { load, folder, read: HashMap::new() }
    }

    /// The file at `path`, relative to the configuration. Its source is shown as seen from the root, as the configuration
    /// itself is.
    ///
    /// # Errors
    /// In plain words, if it cannot be read.
    pub(super) fn read(&mut self, path: &str) -> Result<Rc<Source>, String> {
        let path = normal(path);
        if let Some(source) = self.read.get(&path) {
            return Ok(Rc::clone(source));
        }
        let bytes = (self.load)(&path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => "there is no such file".to_owned(),
            io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
            io::ErrorKind::PermissionDenied => "it may not be read".to_owned(),
            _ => error.to_string(),
        })?;
        let shown = if path.starts_with('/') { path.clone() } else { normal(&format!("{}{path}", self.folder)) };
        let source = Rc::new(Source::from_bytes(shown, Kind::Text, bytes));
        self.read.insert(path, Rc::clone(&source));
        Ok(source)
    }

    /// All files that were read, by the paths that findings in them have.
    pub(super) fn into_sources(self) -> HashMap<Arc<str>, Source> {
        let sources = self.read.into_values().filter_map(Rc::into_inner);
        sources.map(|source| (Arc::clone(source.path()), source)).collect()
    }
}

/// `path` with `.` and `..` walked, as far as that goes without asking the file system.
pub(super) fn normal(path: &str) -> String {
    let mut steps: Vec<&str> = Vec::new();
    for step in path.split('/') {
        match step {
            "" | "." => {}
            ".." if steps.last().is_some_and(|last| *last != "..") => _ = steps.pop(),
            _ => steps.push(step),
        }
    }
    let root = if path.starts_with('/') { "/" } else { "" };
    format!("{root}{}", steps.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_told_from_the_configuration_and_shown_from_the_root() {
        let load = |path: &str| match path {
            "data/authors.yaml" | "../shared/a.yaml" => Ok(path.as_bytes().to_vec()),
            _ => Err(io::ErrorKind::NotFound.into()),
        };
        let mut files = Files::new("site/copydesk.yaml", &load);
        let mut shown = |path: &str| files.read(path).map(|source| source.path().to_string());
        assert_eq!(shown("./data/authors.yaml").as_deref(), Ok("site/data/authors.yaml"));
        assert_eq!(shown("data/x/../authors.yaml").as_deref(), Ok("site/data/authors.yaml"));
        assert_eq!(shown("../shared/a.yaml").as_deref(), Ok("shared/a.yaml"));
        assert_eq!(shown("none.yaml"), Err("there is no such file".to_owned()));
        let mut sources: Vec<_> = files.into_sources().into_keys().collect();
        sources.sort();
        assert_eq!(sources.iter().map(|path| &**path).collect::<Vec<_>>(), ["shared/a.yaml", "site/data/authors.yaml"]);
    }
}
