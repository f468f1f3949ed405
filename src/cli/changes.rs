//! What the change set at hand did to the articles, for the rule that asks for it; git tells.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use crate::config::{Config, RuleSetting, Switch};
use crate::discover::Found;
use crate::git::{Error, Git};
use crate::site::{Change, Changes};
use crate::source::{Kind, Source};

/// The rule that asks.
const RULE: &str = "date/unchanged";

/// What the history of HEAD is compared with if the configuration does not say, the first that is there.
const MAIN: [&str; 5] = ["origin/HEAD", "origin/main", "origin/master", "main", "master"];

/// What has changed in the articles below `root`, which are `found`; `None` if no rule asks.
///
/// # Errors
/// If git cannot tell; the error says what to do.
pub(super) fn changes(config: &Config, root: &Path, found: &Found) -> Result<Option<Arc<Changes>>, Error> {
    let everywhere = config.rules.iter();
    let somewhere = config.overrides.iter().flat_map(|one| &one.rules);
    let asks = |setting: &RuleSetting| setting.rule == RULE && setting.level != Some(Switch::Off);
    if !everywhere.clone().chain(somewhere).any(asks) {
        return Ok(None);
    }
    let git = Git::around(root, RULE)?;
    let since =
        everywhere.filter(|setting| setting.rule == RULE).find_map(|setting| setting.options.get("since")?.as_str());
    let base = match since {
        Some(revision) => git.merge_base(revision)?,
        None => match MAIN.iter().find_map(|branch| git.merge_base(branch).ok()) {
            Some(base) => base,
            // Before the first commit nothing can have changed.
            None => match git.commit("HEAD") {
                Ok(head) => head,
                Err(_) => return Ok(None),
            },
        },
    };
    let articles: HashSet<&str> = found.inputs.iter().map(|input| &*input.path).collect();
    let changed: Vec<(String, String)> = git
        .changed_since(&base)?
        .into_iter()
        .filter_map(|one| one.path.zip(one.before))
        .filter(|(path, _)| articles.contains(path.as_str()))
        .collect();
    let before: Vec<&str> = changed.iter().map(|(_, before)| before.as_str()).collect();
    let contents = git.contents(&base, &before)?;
    let changes = changed.iter().zip(contents).filter_map(|((path, _), before)| {
        let source = |bytes| Source::from_bytes(path.as_str(), Kind::of_path(path).unwrap_or(Kind::Text), bytes);
        // What cannot be read is told when it is checked.
        let now = std::fs::read(root.join(path)).ok()?;
        Some((Arc::from(path.as_str()), Change::between(&source(before?), &source(now))))
    });
    Ok(Some(Arc::new(changes.collect())))
}
