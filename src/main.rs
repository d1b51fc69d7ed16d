//! The program `plenary`: what a command came to -> an exit code.

mod cli;

use std::process::ExitCode;

use clap::Parser;
use mimalloc::MiMalloc;

/// A build makes millions of small values on all cores at once.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    match cli::run(&cli::Arguments::parse()) {
        Ok(cli::Outcome::Done) => ExitCode::SUCCESS,
        Ok(cli::Outcome::WrongContent) => ExitCode::from(1),
        Err(failure @ cli::Failure::Usage(_)) => failure.tell(2),
        Err(failure @ cli::Failure::Machine(_)) => failure.tell(3),
    }
}
