//! `config`: what holds for a file, and where that is said; and the schema of the configuration.

use std::io::{self, Write};

use super::args::{ConfigArgs, Selection};
use super::check::{failed, refuse};
use super::nearest::Nearest;
use super::run::{self, Refusal, Run};
use super::{Exit, complain};
use crate::config::{self, Held, Origin};
use crate::discover;
use crate::document::front_matter::{Map, parse_yaml};
use crate::finding::Level;
use crate::report::clean;
use crate::site::Generator;
use crate::source::{Source, Unit};
use crate::span::Span;

/// Prints the schema, or what holds for a file or for the site.
///
/// # Errors
/// If it cannot be printed.
pub(super) fn command(args: &ConfigArgs) -> io::Result<Exit> {
    if args.schema {
        let nearest = Nearest::read()?;
        if let Some(trouble) = &nearest.trouble {
            complain(trouble);
        }
        let schema = serde_json::to_string_pretty(&config::schema(&nearest.scanner))?;
        writeln!(io::stdout(), "{schema}")?;
        return Ok(Exit::Clean);
    }
    let on: &Selection = &args.on;
    let ([] | [_]) = on.paths.as_slice() else { return Ok(failed("name one file")) };
    let run = match run::prepare(on, None) {
        Ok(run) => run,
        Err(Refusal::Said(why)) => return Ok(failed(&why)),
        Err(Refusal::Config(refused)) => return refuse(on, *refused),
    };
    let mut out = io::BufWriter::new(io::stdout().lock());
    site(&run, &mut out)?;
    if let Some(name) = on.paths.first() {
        // What holds for a file does not depend on whether there is one.
        let absolute = discover::absolute(&run.cwd, name.as_ref());
        let Some(path) = discover::relative(&run.root.path, &absolute) else {
            return Ok(failed(&format!("`{name}` has a name that is not UTF-8")));
        };
        if absolute.is_dir() {
            return Ok(failed(&format!("`{name}` is a folder: name a file in it")));
        }
        file(&run, &path, &mut out)?;
    }
    out.flush()?;
    for skipped in &run.found.skipped {
        complain(skipped);
    }
    Ok(Exit::Clean)
}

fn site(run: &Run, out: &mut dyn Write) -> io::Result<()> {
    let configuration = run.config_source.as_ref().map_or("none", |source| &**source.path());
    let site = &run.plan.site;
    let by = match site.generator {
        _ if site.named => "named in the configuration",
        Generator::Plain => "no configuration of a generator was found",
        _ => "found in the files",
    };
    writeln!(out, "root           {}", clean::line(&run.root.path.display().to_string()))?;
    writeln!(out, "configuration  {}", clean::line(configuration))?;
    writeln!(out, "generator      {} ({by})", site.generator.name())?;
    if let Some(origin) = &site.origin {
        writeln!(out, "origin         {}", clean::line(origin))?;
    }
    writeln!(out, "articles       {}", run.found.inputs.len())
}

/// Prints what holds for the file at `path`.
fn file(run: &Run, path: &str, out: &mut dyn Write) -> io::Result<()> {
    let map = run
        .config_source
        .as_ref()
        .map(|source| (source, parse_yaml(source.text(), Span::new(source.start(), source.text().len())).0));
    let is_article = run.found.inputs.iter().any(|input| *input.path == *path);
    writeln!(
        out,
        "\nfile           {}{}",
        clean::line(path),
        if is_article { "" } else { " (no article of the site)" }
    )?;
    let held = run.plan.held(path);
    let collections: Vec<&str> = held
        .iter()
        .flat_map(|held| match &held.origin {
            Origin::Collections(names) => names.iter().map(String::as_str).collect(),
            _ => Vec::new(),
        })
        .collect();
    if !collections.is_empty() {
        let collections: Vec<String> =
            collections.iter().map(|name| format!("{name} ({})", place(&map, &["collections", name]))).collect();
        writeln!(out, "collections    {}", collections.join(", "))?;
    }
    writeln!(out)?;
    let rules = run.plan.levels(path);
    let width = rules.iter().map(|(id, _)| id.len()).max().unwrap_or(0);
    for (id, level) in &rules {
        let said =
            held.iter().rev().find(|held| held.settings.iter().any(|one| one.rule == *id && one.level.is_some()));
        let from = said.map_or_else(|| "default".to_owned(), |held| from(&map, held, id));
        writeln!(out, "{id:width$}  {:7}  {from}", level.map_or("off", Level::as_str))?;
        let mut shown: Vec<&str> = Vec::new();
        for held in held.iter().rev() {
            for setting in held.settings.iter().filter(|one| one.rule == *id) {
                for (key, value) in setting.options.iter() {
                    if !shown.contains(&key.as_str()) {
                        shown.push(key);
                        let value = serde_json::to_string(value).unwrap_or_default();
                        writeln!(out, "{:width$}  {key}: {}  {}", "", clean::line(&value), self::from(&map, held, id))?;
                    }
                }
            }
        }
    }
    Ok(())
}

/// Where a layer says something of the rule `id`.
fn from(map: &Option<(&Source, Map)>, held: &Held, id: &str) -> String {
    match &held.origin {
        Origin::Generator => "the generator".to_owned(),
        Origin::Rules => place(map, &["rules", id]),
        Origin::Place => "its place: the generator makes a page of it".to_owned(),
        Origin::Collections(names) => {
            let named: Vec<String> = names
                .iter()
                .map(|name| format!("collection `{name}` ({})", place(map, &["collections", name])))
                .collect();
            named.join(", ")
        }
        Origin::Override(index) => {
            let at = map.as_ref().and_then(|(source, map)| {
                let one = map.get("overrides")?.as_list()?.get(*index)?.as_map()?;
                Some(line(source, one.get("rules")?.as_map()?.entry(id)?.key_span))
            });
            at.map_or_else(|| format!("override {}", index + 1), |at| format!("{at} (override {})", index + 1))
        }
    }
}

/// `copydesk.yaml:12`, the line of the key that `path` leads to.
fn place(map: &Option<(&Source, Map)>, path: &[&str]) -> String {
    let Some((source, map)) = map else { return "default".to_owned() };
    let mut here = map;
    let mut found = None;
    for key in path {
        let Some(entry) = here.entry(key) else { break };
        found = Some(line(source, entry.key_span));
        let Some(next) = entry.value.as_map() else { break };
        here = next;
    }
    found.unwrap_or_else(|| source.path().to_string())
}

fn line(source: &Source, span: Span) -> String {
    format!("{}:{}", source.path(), source.position(span.start, Unit::CodePoints).line)
}
