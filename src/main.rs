//! The program `plenary`: what a command came to -> an exit code.

mod cli;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    match cli::run(&cli::Arguments::parse()) {
        Ok(cli::Outcome::Done) => ExitCode::SUCCESS,
        Ok(cli::Outcome::WrongContent) => ExitCode::from(1),
        Err(failure @ cli::Failure::Usage(_)) => failure.tell(2),
        Err(failure @ cli::Failure::Machine(_)) => failure.tell(3),
    }
}
