//! The folders of a site from which paths count that do not count from the article. Every such link asks for them, so they
//! are made once.

use super::resolve::join;
use super::{Settings, Site};

/// Folders of a site below which templates look for what is shown.
const SHOWN: &[&str] = &["static", "assets", "public", "content", "src", "source", "docs", "_includes"];

/// These folders, the root among them, relative to it.
#[derive(Debug)]
pub(super) struct Folders {
    /// Those whose files are served from the root of the site as they are, each once.
    pub served: Vec<String>,
    /// Those from which what templates show may count.
    pub shown: Vec<String>,
}

impl Folders {
    fn of(settings: &Settings) -> Self {
        let below = |folder: &&str| join(&settings.folder, folder);
        let mut served = vec![String::new()];
        for folder in settings.generator.static_folders().iter().map(below) {
            if !served.contains(&folder) {
                served.push(folder);
            }
        }
        let root = [String::new(), settings.folder.clone()];
        Self { served, shown: root.into_iter().chain(SHOWN.iter().map(below)).collect() }
    }
}

impl Site {
    /// The folders from which paths count. Made when first asked for.
    pub(super) fn folders(&self) -> &Folders {
        self.folders.get_or_init(|| Folders::of(&self.settings))
    }
}
