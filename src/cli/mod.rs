//! The command line: the only place that prints, writes files or exits.

mod args;
mod asking;
mod baseline;
mod changes;
mod check;
mod config;
mod format;
mod graph;
mod init;
mod mend;
mod nearest;
mod offer;
mod online;
mod output;
mod pages;
mod past;
mod progress;
mod prove;
mod run;
mod shell;
mod since;
mod suppress;
mod terminal;
mod watch;
mod work;
mod write;

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use clap::Parser;

use args::{Cli, Command};

/// How a run ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Exit {
    /// Nothing to complain about.
    Clean = 0,
    /// Findings at or above the level that fails.
    Findings = 1,
    /// Something could not be done: wrong usage, a broken configuration, a file that cannot be read.
    Failed = 2,
}

/// Runs the command line that `args` are, program name first.
pub fn main(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => {
            // A closed pipe under `--help | head` is no failure.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let done = match &cli.command {
        Command::Check(args) if args.watch => watch::watch(args),
        Command::Check(args) => check::check(args),
        Command::Links(args) => online::links(args),
        Command::Baseline(args) => baseline::command(args),
        Command::Graph(args) => graph::graph(args),
        Command::Test { packs } => prove::prove(packs),
        Command::Explain { rule, color } => pages::explain(rule, *color),
        Command::Init(args) => init::init(args),
        Command::Rules { group, json, color } => pages::rules(group.as_deref(), *json, *color),
        Command::Config(args) => config::command(args),
        Command::Completions { shell } => shell::completions(*shell),
        Command::Man { folder } => shell::man(folder.as_deref()),
    };
    let exit = match done {
        Ok(exit) => exit,
        // Who reads us has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Clean,
        Err(error) => {
            complain(&format!("cannot write to standard output: {}", write::reason(Path::new("."), &error)));
            Exit::Failed
        }
    };
    ExitCode::from(exit as u8)
}

/// Says on standard error that something could not be done.
fn complain(what: &str) {
    // There is nobody left to tell if standard error is closed.
    let _ = writeln!(io::stderr(), "copydesk: {}", crate::report::clean::line(what));
}
