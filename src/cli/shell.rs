//! `completions` and `man`: what shells and `man` want to know of the command line.

use std::io::{self, Write};
use std::path::Path;

use clap::CommandFactory;
use clap_complete::Shell;

use super::args::Cli;
use super::check::failed;
use super::{Exit, write};

const NAME: &str = "copydesk";

/// Prints the completions for a shell.
///
/// # Errors
/// If they cannot be printed.
pub(super) fn completions(shell: Shell) -> io::Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), NAME, &mut script);
    io::stdout().write_all(&script)?;
    Ok(Exit::Clean)
}

/// Prints the manual page of the program, or writes one for each command into `folder`.
///
/// # Errors
/// If it cannot be printed.
pub(super) fn man(folder: Option<&Path>) -> io::Result<Exit> {
    let mut program = Cli::command().disable_help_subcommand(true);
    program.build();
    let Some(folder) = folder else {
        let mut page = Vec::new();
        clap_mangen::Man::new(program).render(&mut page)?;
        io::stdout().write_all(&page)?;
        return Ok(Exit::Clean);
    };
    let commands: Vec<clap::Command> = program.get_subcommands().cloned().collect();
    let mut pages = vec![(NAME.to_owned(), program)];
    pages.extend(commands.into_iter().map(|command| {
        let name = format!("{NAME}-{}", command.get_name());
        // What is named here lives as long as the program.
        (name.clone(), command.name(&*name.leak()))
    }));
    for (name, command) in pages {
        let mut page = Vec::new();
        clap_mangen::Man::new(command).render(&mut page)?;
        let path = folder.join(format!("{name}.1"));
        if let Err(error) = write::put(&path, &page) {
            return Ok(failed(&write::refusal(&path, &path.display().to_string(), &error)));
        }
    }
    Ok(Exit::Clean)
}
