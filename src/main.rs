//! The program `plenary`: the result of a command -> an exit code.

mod cli;

use std::process::ExitCode;
#[cfg(unix)]
use std::sync::{Arc, atomic::AtomicBool};

use clap::Parser;
use mimalloc::MiMalloc;

/// A build allocates millions of small values on all cores at once.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Makes the process exit with the code for system errors when it aborts, as it does when memory runs out.
fn exit_when_aborted() {
    #[cfg(unix)]
    {
        let always = Arc::new(AtomicBool::new(true));
        // If this fails, only the exit code differs.
        let _ = signal_hook::flag::register_conditional_shutdown(signal_hook::consts::SIGABRT, MACHINE.into(), always);
    }
}

/// The exit code for I/O and system errors: files that cannot be written, memory that has run out.
const MACHINE: u8 = 3;

fn main() -> ExitCode {
    exit_when_aborted();
    match cli::run(&cli::Arguments::parse()) {
        Ok(cli::Outcome::Done) => ExitCode::SUCCESS,
        Ok(cli::Outcome::WrongContent) => ExitCode::from(1),
        Err(failure @ cli::Failure::Usage(_)) => failure.report(2),
        Err(failure @ cli::Failure::Machine(_)) => failure.report(MACHINE),
    }
}
