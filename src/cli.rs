//! Arguments -> the command to run: one line per command.
#![expect(clippy::disallowed_methods, reason = "the command line passes folder, clock and environment down")]

mod about;
mod archive;
mod arguments;
mod build;
mod bulk;
mod deploy;
mod explain;
mod external;
mod fix;
mod history;
#[cfg(feature = "import")]
mod import;
mod init;
mod left_out;
mod list;
mod lock;
mod new;
mod patience;
mod preview;
mod publish;
mod record;
mod rename;
mod report;
#[cfg(feature = "import")]
mod review;
mod screen;
mod search;
mod serve;
mod set;
mod site;
mod theme;
mod topics;
mod verify;
mod view;

use std::process::ExitCode;

use anyhow::Context;
use plenary::output::Refused;

pub(crate) use arguments::Arguments;
use arguments::{Command, ThemeCommand, TopicsCommand};

/// The result of a command that could be carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Nothing is wrong.
    Done,
    /// The content has errors or, with `--strict`, warnings.
    WrongContent,
}

/// Why a command could not be carried out.
#[derive(Debug)]
pub(crate) enum Failure {
    /// A usage error: what is wrong and what to do instead.
    Usage(String),
    /// An I/O or system error: the disk, the port.
    Machine(anyhow::Error),
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Failure {
        match error.downcast_ref::<Refused>() {
            Some(refused) => Failure::Usage(refused.to_string()),
            None => Failure::Machine(error),
        }
    }
}

impl Failure {
    /// Prints the error and returns the exit code.
    pub(crate) fn report(&self, code: u8) -> ExitCode {
        match self {
            Failure::Usage(message) => screen::print_error(message),
            Failure::Machine(error) => screen::print_error(&format!("{error:#}")),
        }
        ExitCode::from(code)
    }
}

/// Runs the command that the arguments name.
pub(crate) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    limit_threads(arguments.jobs)?;
    match &arguments.command {
        Command::Init(init) => init::run(init, arguments.quiet),
        Command::New(new) => new::run(new, &site::find(arguments)?, arguments.quiet),
        #[cfg(feature = "import")]
        Command::Import(import) => import::run(import, &site::find(arguments)?, arguments.quiet),
        #[cfg(not(feature = "import"))]
        Command::Import(_) | Command::Review(_) => Err(Failure::Usage(arguments::NOT_BUILT.to_owned())),
        Command::List(list) => list::run(list, &site::find(arguments)?, arguments.quiet),
        Command::Set(set) => set::run(set, &site::find(arguments)?, arguments.quiet),
        Command::Publish(publish) => publish::run(publish, &site::find(arguments)?, arguments.quiet),
        Command::Rename(rename) => rename::run(rename, &site::find(arguments)?, arguments.quiet),
        Command::Lock(lock) => lock::run(lock, &site::find(arguments)?, arguments.quiet),
        #[cfg(feature = "import")]
        Command::Review(review) => review::run(review, &site::find(arguments)?, arguments.quiet),
        Command::Build(build) => build::build(build, &site::find(arguments)?, arguments.quiet),
        Command::Check(check) => build::check(check, &site::find(arguments)?, arguments.quiet),
        Command::Serve(serve) => serve::run(serve, &site::find(arguments)?, arguments.quiet),
        Command::View(view) => view::run(view, &site::find(arguments)?),
        Command::Explain(explain) => explain::run(explain, &site::find(arguments)?, arguments.quiet),
        Command::Search(search) => search::run(search, &site::find(arguments)?, arguments.quiet),
        Command::Deploy(deploy) => deploy::run(deploy, &site::find(arguments)?, arguments.quiet),
        Command::Verify(verify) => verify::run(verify, || site::find(arguments), arguments.quiet),
        Command::Archive(archive) => archive::run(archive, &site::find(arguments)?, arguments.quiet),
        Command::Schema(_) => about::schema(),
        Command::Completions(completions) => about::completions(completions),
        Command::Man(man) => about::man(man),
        Command::Topics { command: TopicsCommand::Accept(accept) } => {
            topics::accept(accept, &site::find(arguments)?, arguments.quiet)
        }
        Command::Theme { command: ThemeCommand::Eject(eject) } => {
            theme::eject(eject, &site::find(arguments)?, arguments.quiet)
        }
    }
}

/// Limits all parallel work to this many threads; `None` means one per core.
fn limit_threads(jobs: Option<usize>) -> Result<(), Failure> {
    let Some(jobs) = jobs else { return Ok(()) };
    rayon::ThreadPoolBuilder::new().num_threads(jobs).build_global().context("cannot start the threads")?;
    Ok(())
}
