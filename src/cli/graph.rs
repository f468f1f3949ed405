//! `graph`: the link graph of the site.

use std::io::{self, Write};

use super::args::{Graph, GraphFormat};
use super::run::{self, Refusal};
use super::{Exit, complain, write};
use crate::{engine, graph};

/// Writes the graph.
///
/// # Errors
/// If standard output cannot be written.
pub(super) fn graph(args: &Graph) -> io::Result<Exit> {
    let run = match run::prepare(&args.selection, None) {
        Ok(run) => run,
        Err(Refusal::Said(why)) => {
            complain(&why);
            return Ok(Exit::Failed);
        }
        Err(Refusal::Config(_)) => {
            complain("the configuration has mistakes: `copydesk check` shows them");
            return Ok(Exit::Failed);
        }
    };
    for error in &run.found.errors {
        complain(error);
    }
    let whole = if run.found.errors.is_empty() { Exit::Clean } else { Exit::Failed };
    if run.found.inputs.is_empty() {
        complain(&format!("there are no articles in `{}`", run.root.path.display()));
        return Ok(Exit::Failed);
    }
    let site = engine::site(&run.found.inputs, |input| run.load(input), &run.tree, &run.plan);
    let text = match args.format {
        GraphFormat::Dot => graph::dot(&site),
        GraphFormat::Json => graph::json(&site),
        GraphFormat::Html => graph::html(&site),
    };
    let Some(file) = &args.output else {
        io::stdout().lock().write_all(text.as_bytes())?;
        return Ok(whole);
    };
    match write::put(file, text.as_bytes()) {
        Ok(()) => Ok(whole),
        Err(error) => {
            complain(&write::refusal(file, &file.display().to_string(), &error));
            Ok(Exit::Failed)
        }
    }
}
