//! The command line -> `Arguments`. The doc comments are the help texts.

mod archive;
mod bulk;
mod deploy;
#[cfg(feature = "import")]
mod import;
mod init;
mod lock;
mod new;
#[cfg(feature = "import")]
mod review;
mod search;
#[cfg(test)]
mod tests;
mod verify;
#[cfg(not(feature = "import"))]
mod without_import;

use std::net::IpAddr;
use std::path::PathBuf;

pub(crate) use archive::Archive;
pub(crate) use bulk::{Accept, List, Listing, Publish, Rename, Set};
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
pub(crate) use deploy::Deploy;
pub(crate) use init::{Host, Init};
use jiff::civil;
pub(crate) use lock::Lock;
pub(crate) use new::New;
use plenary::config;
use plenary::pipeline::Settings;
use plenary::read::date::Date;
#[cfg(feature = "import")]
pub(crate) use review::Review;
pub(crate) use search::{Output, Search};
pub(crate) use verify::{Form, Verify};
#[cfg(not(feature = "import"))]
pub(crate) use without_import::{NOT_BUILT, NotBuilt};

#[cfg(feature = "import")]
pub(crate) use import::Import;

/// The heading of the flags that every command has.
const EVERYWHERE: &str = "Global options";

const FIRST_SITE: &str = "\
A first site:
  plenary init my-site && cd my-site && plenary serve

Exit codes: 0 success; 1 the content has errors (or, with --strict, warnings); 2 usage error; 3 I/O or system error.";

/// A static site generator for collections of statements.
///
/// Plenary turns a folder of statements (Markdown with front matter) into a site in which every paragraph can be cited,
/// and in which every topic, delegation and document leads to who said what about it.
#[derive(Debug, Parser)]
#[command(name = "plenary", version, after_help = FIRST_SITE, max_term_width = 100)]
pub(crate) struct Arguments {
    /// The folder with site.toml [default: the current folder, or the nearest one above].
    #[arg(long, global = true, value_name = "DIR", help_heading = EVERYWHERE)]
    pub(crate) site: Option<PathBuf>,
    /// The number of threads to use [default: one per core].
    #[arg(long, global = true, value_name = "N", value_parser = jobs, help_heading = EVERYWHERE)]
    pub(crate) jobs: Option<usize>,
    /// Print only errors and warnings.
    #[arg(long, short, global = true, help_heading = EVERYWHERE)]
    pub(crate) quiet: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Init(Init),
    New(New),
    #[cfg(feature = "import")]
    Import(Import),
    #[cfg(feature = "import")]
    Review(Review),
    #[cfg(not(feature = "import"))]
    #[command(hide = true)]
    Import(NotBuilt),
    #[cfg(not(feature = "import"))]
    #[command(hide = true)]
    Review(NotBuilt),
    List(List),
    Set(Set),
    Publish(Publish),
    Rename(Rename),
    Lock(Lock),
    Build(Build),
    Serve(Serve),
    Check(Check),
    View(View),
    Explain(Explain),
    Search(Search),
    /// Work with the topics that rules find.
    Topics {
        #[command(subcommand)]
        command: TopicsCommand,
    },
    Deploy(Deploy),
    Verify(Verify),
    Archive(Archive),
    /// Work with the theme.
    Theme {
        #[command(subcommand)]
        command: ThemeCommand,
    },
    Schema(Schema),
    Completions(Completions),
    Man(Man),
}

/// Which texts are in the site in addition to the published ones.
#[derive(Args, Clone, Debug)]
pub(crate) struct Choice {
    /// Include drafts.
    #[arg(long)]
    pub(crate) drafts: bool,
    /// The day of publication, such as 2024-06-04: includes texts whose embargo ends by then.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) as_of: Option<civil::Date>,
}

impl Choice {
    /// Returns the settings of a run with this choice.
    pub(crate) fn settings(&self) -> Settings {
        Settings { drafts: self.drafts, as_of: self.as_of, ..Settings::default() }
    }
}

/// Build the site.
///
/// Reports all problems, not only the first. A site with errors is not published, and the output folder stays as it
/// was. Files whose content has not changed are not rewritten.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  plenary build                                   into public/
  plenary build --dry-run                         what would be written and removed
  plenary build --drafts --preview                drafts for others to read, apart from the site
  plenary build --strict --format github          in a workflow; fails on warnings
  plenary build --base-url https://preview.example.org/42/ --drafts --output preview")]
pub(crate) struct Build {
    /// The output folder [default: public/ in the site's folder].
    #[arg(long, value_name = "DIR")]
    pub(crate) output: Option<PathBuf>,
    /// The URL at which the site will be published; overrides `base_url` in site.toml.
    #[arg(long, value_name = "URL", value_parser = base_url)]
    pub(crate) base_url: Option<String>,
    #[command(flatten)]
    pub(crate) choice: Choice,
    /// Build a preview to share, with --drafts or --as-of, at an address that nobody can guess.
    #[arg(long)]
    pub(crate) preview: bool,
    /// Treat warnings as errors: do not publish the site.
    #[arg(long)]
    pub(crate) strict: bool,
    /// Write nothing; print what would be written and removed.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Overwrite files of the same name that no build wrote.
    #[arg(long)]
    pub(crate) force: bool,
    /// The output format for problems.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: Format,
}

/// The output format for problems.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Text with the line and a caret, on stderr
    Human,
    /// One JSON object a line on stdout, the last one the result
    Json,
    /// Annotations for a GitHub workflow, on stdout
    Github,
}

/// Preview the site while you write.
///
/// Every save shows at once in the browser. Problems are reported in the terminal and over the page; the last good
/// version stays visible.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  plenary serve --open                            open the browser as well
  plenary serve --drafts --port 8080
  plenary serve --host 0.0.0.0 --allow-host desk.example.org    for others on the network
  plenary serve --poll                            where file watching fails: network shares, containers")]
pub(crate) struct Serve {
    /// The port [default: 4000, or the next free one].
    #[arg(long, value_name = "N")]
    pub(crate) port: Option<u16>,
    /// The address to listen on.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1")]
    pub(crate) host: IpAddr,
    /// A host name to accept in addition to this machine's own; can be repeated.
    #[arg(long, value_name = "NAME")]
    pub(crate) allow_host: Vec<String>,
    /// Open the site in the browser.
    #[arg(long)]
    pub(crate) open: bool,
    /// Scan for changes every second instead of watching files.
    #[arg(long)]
    pub(crate) poll: bool,
    #[command(flatten)]
    pub(crate) choice: Choice,
}

/// Check the site as a build would, without writing it.
///
/// With `--fix`, corrects the problems in the sources that have exactly one safe fix. With `--external`, asks other sites
/// whether they still have what is linked.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  plenary check                                   report all problems
  plenary check --fix --dry-run                   show what would be corrected
  plenary check --strict                          before a push: fail on warnings
  plenary check --drafts                          include drafts
  plenary check --external                        find links to other sites that lead nowhere
  plenary check --format json | jq -r '.code // empty' | sort | uniq -c")]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) choice: Choice,
    /// Fail on warnings, too.
    #[arg(long)]
    pub(crate) strict: bool,
    /// Correct problems that have exactly one safe fix, such as a misspelt key, and check again.
    #[arg(long)]
    pub(crate) fix: bool,
    /// With --fix: write nothing; print what would be corrected.
    #[arg(long, requires = "fix")]
    pub(crate) dry_run: bool,
    /// Ask the hosts of all links to other sites, too; the rest of a check needs no network.
    #[arg(long)]
    pub(crate) external: bool,
    /// The output format for problems.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: Format,
}

/// Print the data that a page's template gets, as JSON.
///
/// For theme authors. The URL may be given with or without the site's address and its leading slash.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  plenary view /                                  the home page
  plenary view /statements/xaa-2024-example/      a statement
  plenary view https://example.org/topics/ | jq .page.title")]
pub(crate) struct View {
    /// The page: `/topics/debris/`, `topics/debris` or a full URL.
    pub(crate) url: String,
    #[command(flatten)]
    pub(crate) choice: Choice,
}

/// Print what a page is made from, and what has changed.
///
/// Prints its kind, its origin, and its parts with their stamps. A page is rebuilt exactly when one of these stamps
/// changes. If the site is in a git repository, the parts that differ from the last commit are marked.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  plenary explain /delegations/xaa/               what my edits change on this page
  plenary explain /delegations/xaa/ --since HEAD~10
  plenary explain /topics/ --since v1.0           why is this page not what it was?")]
pub(crate) struct Explain {
    /// The page: `/topics/debris/`, `topics/debris` or a full URL.
    pub(crate) url: String,
    /// The commit to compare with: HEAD~3, a tag, a branch [default: HEAD].
    #[arg(long, value_name = "COMMIT")]
    pub(crate) since: Option<String>,
    #[command(flatten)]
    pub(crate) choice: Choice,
}

/// Print a JSON Schema of a statement's front matter.
///
/// Editors that know JSON Schema complete and check the keys while you write.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  plenary schema > statement.schema.json          save it for an editor
  plenary schema | jq '.properties.type'          the allowed values of a key")]
pub(crate) struct Schema {}

/// Print a completion script for a shell.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  plenary completions bash > ~/.local/share/bash-completion/completions/plenary
  plenary completions zsh > ~/.zfunc/_plenary     where ~/.zfunc is in $fpath
  plenary completions fish > ~/.config/fish/completions/plenary.fish")]
pub(crate) struct Completions {
    /// The shell.
    pub(crate) shell: Shell,
}

/// Print a manual page in the format of `man`.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  plenary man > plenary.1                         the page of the program
  plenary man build | man -l -                    show the page of a command")]
pub(crate) struct Man {
    /// The command, such as `build` or `theme eject` [default: the whole program].
    #[arg(value_name = "COMMAND")]
    pub(crate) of: Vec<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum TopicsCommand {
    Accept(Accept),
}

#[derive(Debug, Subcommand)]
pub(crate) enum ThemeCommand {
    Eject(Eject),
}

/// Copy the default theme into themes/default in the site's folder, to be changed there.
///
/// Each file there replaces the built-in one. Delete the files that you do not change, so that they follow new
/// versions.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  plenary theme eject                             keep existing files
  plenary theme eject --force                     overwrite existing files")]
pub(crate) struct Eject {
    /// Overwrite existing files.
    #[arg(long)]
    pub(crate) force: bool,
}

fn jobs(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|jobs| (1..=1024).contains(jobs)).ok_or("expected a number from 1 to 1024".to_owned())
}

fn edtf(text: &str) -> Result<Date, String> {
    Date::parse(text)
        .ok_or("expected 2024-06-04, 2024-06, 2024, 2024?, 2024~ or an interval such as 2016/2019-03".to_owned())
}

fn day(text: &str) -> Result<civil::Date, String> {
    let date = Date::parse(text).filter(|date| date.is_day() && date.known() == text);
    date.map(|date| date.earliest()).ok_or("expected a day such as 2024-06-04".to_owned())
}

fn language(text: &str) -> Result<String, String> {
    config::is_language(text)
        .then(|| text.to_owned())
        .ok_or("expected a language tag (BCP 47) such as en, ru or zh-Hans".to_owned())
}

fn base_url(text: &str) -> Result<String, String> {
    if text.is_empty() {
        return Err("expected scheme and host: https://example.org/".to_owned());
    }
    config::base_url(text).map(|()| text.to_owned()).map_err(|wrong| format!("it {}; {}", wrong.what, wrong.help))
}
