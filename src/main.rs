//! The program `plenary`: what a command came to -> an exit code.

mod cli;

use std::process::ExitCode;
#[cfg(unix)]
use std::sync::{Arc, atomic::AtomicBool};

use clap::Parser;
use mimalloc::MiMalloc;

/// A build makes millions of small values on all cores at once.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Memory that has run out aborts the process; it is to end with the code that the manual gives for failures of the machine.
fn exit_when_aborted() {
    #[cfg(unix)]
    {
        let always = Arc::new(AtomicBool::new(true));
        // Without it only the code would be another one.
        let _ = signal_hook::flag::register_conditional_shutdown(signal_hook::consts::SIGABRT, MACHINE.into(), always);
    }
}

/// The exit code for failures of the machine: files that cannot be written, memory that has run out.
const MACHINE: u8 = 3;

fn main() -> ExitCode {
    exit_when_aborted();
    match cli::run(&cli::Arguments::parse()) {
        Ok(cli::Outcome::Done) => ExitCode::SUCCESS,
        Ok(cli::Outcome::WrongContent) => ExitCode::from(1),
        Err(failure @ cli::Failure::Usage(_)) => failure.tell(2),
        Err(failure @ cli::Failure::Machine(_)) => failure.tell(MACHINE),
    }
}
