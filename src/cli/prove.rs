//! `test`: packs put to the test by their own bad and good lines.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{Exit, complain};
use crate::config;
use crate::discover;
use crate::pattern::{Pack, PackError, Scanner};
use crate::report::clean;
use crate::source::{Kind, Position, Source, Unit};
use crate::span::Span;

/// Tries the packs at `names`, else those that the nearest configuration names.
pub(super) fn prove(names: &[PathBuf]) -> io::Result<Exit> {
    let cwd = std::env::current_dir()?;
    let files = if names.is_empty() {
        configured(&cwd)?
    } else {
        names.iter().map(|name| (name.clone(), cwd.join(name))).collect()
    };
    if files.is_empty() {
        complain("there is no pack to test: name a file, or list it under `packs` in copydesk.yaml");
        return Ok(Exit::Failed);
    }
    let mut exit = Exit::Clean;
    for (shown, path) in &files {
        let shown = shown.to_string_lossy().replace('\\', "/");
        let bytes = match std::fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) => {
                complain(&format!("cannot read `{shown}`: {}", discover::plain_error(&error)));
                exit = Exit::Failed;
                continue;
            }
        };
        let source = Source::from_bytes(shown, Kind::Text, bytes);
        let found = try_out(&source)?;
        if exit != Exit::Failed && found != Exit::Clean {
            exit = found;
        }
    }
    Ok(exit)
}

/// The packs of the nearest configuration: as shown, and where they are.
fn configured(cwd: &Path) -> io::Result<Vec<(PathBuf, PathBuf)>> {
    let Some(path) = discover::find_config(cwd) else { return Ok(Vec::new()) };
    let folder = path.parent().unwrap_or(cwd);
    let names = config::named_packs(&std::fs::read_to_string(&path)?);
    let seen = |name: &str| {
        let place = folder.join(name);
        (discover::relative(cwd, &place).map_or_else(|| place.clone(), PathBuf::from), place)
    };
    Ok(names.iter().map(|name| seen(name)).collect())
}

/// Tries one pack and says how it went.
fn try_out(source: &Source) -> io::Result<Exit> {
    let (path, text) = (source.path(), source.text());
    let mut out = io::stdout().lock();
    if source.bad_bytes().is_some() {
        complain(&format!("`{path}` is not UTF-8"));
        return Ok(Exit::Failed);
    }
    let refused = |error: PackError| (error.span.unwrap_or_default(), error.what());
    let read = Pack::parse(path, text).and_then(|pack| Ok((pack, Scanner::with_packs(&[(path, text)])?)));
    let (pack, scanner) = match read.map_err(refused) {
        Ok(read) => read,
        Err((span, what)) => {
            writeln!(out, "{}: {}", place(source, span), clean::line(&what))?;
            return Ok(Exit::Failed);
        }
    };
    let proof = scanner.prove(&pack, text, false);
    for failure in &proof.failures {
        let place = place(source, failure.span.unwrap_or_default());
        let (message, example) = (clean::line(&failure.message), clean::line(&failure.example));
        writeln!(out, "{place}: entry `{}`: {message}: {example}", failure.entry)?;
    }
    for pattern in scanner.slow() {
        let at = text.find(pattern).unwrap_or_default();
        let place = place(source, Span::empty(at));
        writeln!(out, "{place}: note: slow, since every line has to be looked at: begin or end it with fixed words")?;
    }
    let failed = proof.failures.len();
    let tried = format!("{} bad and {} good lines", proof.bad, proof.good);
    match failed {
        0 => writeln!(out, "{path}: {tried} tried, all as they should be")?,
        _ => writeln!(out, "{path}: {tried} tried, {failed} not as they should be")?,
    }
    Ok(if failed == 0 { Exit::Clean } else { Exit::Findings })
}

fn place(source: &Source, span: Span) -> String {
    let Position { line, column } = source.position(span.start, Unit::CodePoints);
    format!("{}:{line}:{column}", clean::line(source.path()))
}
