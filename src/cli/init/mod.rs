//! `init`: looks at the repository and writes a `copydesk.yaml` that fits it today.

mod field;
mod survey;
mod write;

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use super::args::{Check, Init, baseline_args, check_args};
use super::run::{self, Refusal, Run};
use super::work::Work;
use super::{Exit, baseline, complain, output};
use crate::config::FILE_NAMES;
use crate::discover;
use crate::finding::Finding;
use crate::fix::Changes;
use survey::Survey;

/// Looks at the articles below the working directory and writes the configuration.
///
/// # Errors
/// If standard output cannot be written to.
pub(super) fn init(args: &Init) -> io::Result<Exit> {
    let blind = check_args(&["--no-config"]);
    let run = match run::prepare(&blind, None) {
        Ok(run) => run,
        Err(Refusal::Said(why)) => return Ok(failed(&why)),
        // Without a configuration there is nothing in it to be wrong.
        Err(Refusal::Config(_)) => return Ok(Exit::Failed),
    };
    let there = FILE_NAMES.iter().map(|name| run.root.path.join(name)).find(|path| path.exists());
    if let Some(path) = there.filter(|_| !args.force && !args.stdout) {
        return Ok(failed(&format!("there is a `{}` already; --force replaces it", path.display())));
    }
    if run.found.inputs.is_empty() {
        return Ok(failed(&format!("there are no articles in `{}`", run.root.path.display())));
    }
    let survey = Survey::of(&run, if args.strict { NEARLY_ALL } else { 1.0 });
    let text = write::config(&run.plan.site, &survey, &by_rule(&findings(&blind, &run)));
    if args.stdout {
        write!(io::stdout(), "{text}")?;
        return Ok(Exit::Clean);
    }
    let path = run.root.path.join(FILE_NAMES[0]);
    if let Err(error) = super::write::put(&path, text.as_bytes()) {
        return Ok(failed(&super::write::refusal(&path, &path.display().to_string(), &error)));
    }
    tell(args, &run, &survey, &path)
}

/// With `--strict` a key that so many articles have is required of all, and the value that so many share is the rule.
const NEARLY_ALL: f64 = 0.95;

fn findings(args: &Check, run: &Run) -> Vec<Finding> {
    Work::new(args, run).check(&Changes::new()).findings
}

/// How many findings each rule has.
fn by_rule(findings: &[Finding]) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for finding in findings {
        *counts.entry(&*finding.rule).or_insert(0) += 1;
    }
    counts
}

/// Says what was found, and what a check comes to with the configuration that was written.
fn tell(init: &Init, before: &Run, survey: &Survey, path: &Path) -> io::Result<Exit> {
    let absolute = path.display().to_string();
    let path = discover::relative(&before.cwd, path).unwrap_or_else(|| absolute.clone());
    let args = check_args(&["--config", &absolute]);
    let run = match run::prepare(&args, None) {
        Ok(run) => run,
        Err(Refusal::Said(why)) => return Ok(failed(&why)),
        Err(Refusal::Config(_)) => return Ok(failed(&format!("`{path}` was written, but cannot be read back"))),
    };
    let findings = findings(&args, &run);
    let mut out = io::stdout().lock();
    let site = &before.plan.site;
    let folder = if site.folder.is_empty() { String::new() } else { format!(" in `{}`", site.folder) };
    let articles = output::count(before.found.inputs.len(), "article");
    writeln!(out, "found {articles}, generator: {}{folder}", site.generator.name())?;
    for collection in &survey.collections {
        let (name, count) = (&collection.name, output::count(collection.articles, "article"));
        let required = collection.required().collect::<Vec<_>>().join(", ");
        let nearly = collection.nearly_required().map(|(key, _)| key).collect::<Vec<_>>().join(", ");
        let list = |who, keys: String| if keys.is_empty() { keys } else { format!("; {who} have {keys}") };
        writeln!(out, "  {name}: {count}{}{}", list("all", required), list("nearly all", nearly))?;
    }
    writeln!(out, "wrote {path}")?;
    if findings.is_empty() {
        writeln!(out, "a check with it finds nothing today; `copydesk check` will tell when that changes")?;
        return Ok(Exit::Clean);
    }
    writeln!(out, "a check with it has {} today:", output::count(findings.len(), "finding"))?;
    let mut counts: Vec<(&str, usize)> = by_rule(&findings).into_iter().collect();
    counts.sort_by_key(|(rule, count)| (Reverse(*count), *rule));
    for (rule, count) in counts {
        writeln!(out, "  {count:5}  {rule}")?;
    }
    writeln!(out, "`copydesk check` shows them")?;
    if init.baseline {
        out.flush()?;
        return baseline::command(&baseline_args(&["--config", &absolute]));
    }
    writeln!(out, "`copydesk baseline` writes them down, so that only new ones are reported")?;
    Ok(Exit::Clean)
}

fn failed(why: &str) -> Exit {
    complain(why);
    Exit::Failed
}
