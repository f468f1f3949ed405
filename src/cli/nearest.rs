//! The rules as the nearest configuration has them, for commands that ask of rules and not of articles.

use std::collections::HashMap;
use std::io;

use crate::config::{self, Plan, Reading, UNUSED};
use crate::discover;
use crate::finding::Level;
use crate::pattern::Scanner;
use crate::site;
use crate::source::{Kind, Source};

/// What the nearest configuration makes of the rules; the defaults if there is none.
pub(super) struct Nearest {
    /// All patterns, those of its packs included.
    pub scanner: Scanner,
    /// The level of each rule where no collection and no override says otherwise; `None` where it is off.
    levels: HashMap<String, Option<Level>>,
    /// What keeps the configuration from being used.
    pub trouble: Option<String>,
}

impl Nearest {
    /// Reads the configuration that a check in the working directory would use. One that cannot be used is passed over.
    ///
    /// # Errors
    /// If there is no working directory.
    pub fn read() -> io::Result<Self> {
        let cwd = std::env::current_dir()?;
        let none = Self { scanner: Scanner::embedded(), levels: HashMap::new(), trouble: None };
        let Some(path) = discover::find_config(&cwd) else { return Ok(none) };
        let shown = discover::relative(&cwd, &path).unwrap_or_else(|| path.display().to_string());
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) => {
                let why = format!("cannot read `{shown}`: {}", discover::plain_error(&error));
                return Ok(Self { trouble: Some(why), ..none });
            }
        };
        let source = Source::from_bytes(shown, Kind::Text, bytes);
        let folder = path.parent().unwrap_or(&cwd);
        let load = |named: &str| std::fs::read(folder.join(named));
        let Reading { config, findings, packs, .. } = config::read(&source, &none.scanner, &load);
        let scanner = packs.unwrap_or(none.scanner);
        if !findings.is_empty() {
            let why = format!("`{}` has mistakes, `copydesk check` tells which: these are the defaults", source.path());
            return Ok(Self { scanner, levels: HashMap::new(), trouble: Some(why) });
        }
        let unused = config.unused_level();
        let plan = Plan::new(&config, scanner, site::Settings::default());
        let mut levels: HashMap<_, _> = plan.common_levels().into_iter().collect();
        levels.insert(UNUSED.id.to_owned(), unused);
        Ok(Self { scanner: plan.scanner, levels, trouble: None })
    }

    /// The level of the rule `id`, which is `default` unless the configuration says otherwise.
    pub fn level(&self, id: &str, default: Option<Level>) -> Option<Level> {
        self.levels.get(id).copied().unwrap_or(default)
    }
}
