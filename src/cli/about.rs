//! The command line's own description -> shell completions and manual pages.

use anyhow::Context;
use clap::{Command, CommandFactory};
use plenary::diagnostic::did_you_mean;
use plenary::front::schema;

use super::arguments::{Arguments, Completions, Man};
use super::screen::data;
use super::{Failure, Outcome};

/// Prints a shell's completion script.
pub(crate) fn completions(arguments: &Completions) -> Result<Outcome, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), "plenary", &mut script);
    data(String::from_utf8_lossy(&script).trim_end())?;
    Ok(Outcome::Done)
}

/// Prints the JSON Schema of a statement's front matter.
pub(crate) fn schema() -> Result<Outcome, Failure> {
    let schema = serde_json::to_string_pretty(&schema::of_statements()).context("cannot write the schema")?;
    data(&schema)?;
    Ok(Outcome::Done)
}

/// Prints the manual page of the program or of one of its commands.
pub(crate) fn man(arguments: &Man) -> Result<Outcome, Failure> {
    let mut whole = Arguments::command();
    whole.build();
    let mut of = &whole;
    for word in &arguments.of {
        of = below(of, word)?;
    }
    let mut page = Vec::new();
    clap_mangen::Man::new(of.clone()).render(&mut page).context("cannot write the manual page")?;
    data(String::from_utf8_lossy(&page).trim_end())?;
    Ok(Outcome::Done)
}

/// Returns the subcommand of this name.
fn below<'a>(command: &'a Command, word: &str) -> Result<&'a Command, Failure> {
    command.find_subcommand(word).ok_or_else(|| {
        let names = command.get_subcommands().map(Command::get_name);
        let help = did_you_mean(word, names).map_or_else(String::new, |help| format!("; {help}"));
        Failure::Usage(format!("there is no command `{word}`{help}"))
    })
}
