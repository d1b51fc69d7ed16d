//! The command line -> `Arguments`; the help is the manual's first page.

mod import;
mod lock;
mod review;
#[cfg(test)]
mod tests;

use std::net::IpAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use jiff::civil;
pub(crate) use lock::Lock;
use plenary::config;
use plenary::pipeline::Settings;
use plenary::read::date::Date;
pub(crate) use review::Review;

pub(crate) use import::Import;

/// What holds for every command stands apart from what is the command's own.
const EVERYWHERE: &str = "For every command";

const FIRST_SITE: &str = "\
A first site:
  plenary init my-site && cd my-site && plenary serve

Exit codes: 0 done; 1 the content has errors (with --strict, warnings too); 2 used wrongly; 3 the machine failed.";

/// A static site generator for collections of statements.
///
/// Plenary turns a folder of statements (Markdown with front matter) into a site in which every paragraph can be cited,
/// and every topic, delegation and document leads to who said what about it.
#[derive(Debug, Parser)]
#[command(name = "plenary", version, after_help = FIRST_SITE, max_term_width = 100)]
pub(crate) struct Arguments {
    /// The folder that holds site.toml [default: here, or the nearest folder above].
    #[arg(long, global = true, value_name = "DIR", help_heading = EVERYWHERE)]
    pub(crate) site: Option<PathBuf>,
    /// Threads to work with [default: one a core].
    #[arg(long, global = true, value_name = "N", value_parser = jobs, help_heading = EVERYWHERE)]
    pub(crate) jobs: Option<usize>,
    /// Say nothing but what is wrong.
    #[arg(long, short, global = true, help_heading = EVERYWHERE)]
    pub(crate) quiet: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Init(Init),
    New(New),
    Import(Import),
    Review(Review),
    Lock(Lock),
    Build(Build),
    Serve(Serve),
    Check(Check),
    View(View),
    Explain(Explain),
    /// Work with the theme.
    Theme {
        #[command(subcommand)]
        command: ThemeCommand,
    },
    Schema(Schema),
    Completions(Completions),
    Man(Man),
}

/// Which texts are in the site beside those that are published.
#[derive(Args, Clone, Debug)]
pub(crate) struct Choice {
    /// Drafts are in the site.
    #[arg(long)]
    pub(crate) drafts: bool,
    /// The day of publication, such as 2024-06-04: texts embargoed until then are in the site.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) as_of: Option<civil::Date>,
}

impl Choice {
    /// Returns the settings of a run with this choice.
    pub(crate) fn settings(&self) -> Settings {
        Settings { drafts: self.drafts, as_of: self.as_of, base_url: None }
    }
}

/// Make a small site that builds.
///
/// Writes site.toml, a home page, an example statement (invented, and marked so) with the record of its delegation.
/// A file that is already there is left as it is; a folder that already has a site.toml is refused.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  plenary init my-site                            a new folder
  plenary init                                    here
  plenary init my-site --ci github                with a workflow that publishes on GitHub Pages")]
pub(crate) struct Init {
    /// The site's folder; it is made if it is not there.
    #[arg(default_value = ".", value_name = "DIR")]
    pub(crate) folder: PathBuf,
    /// Write what this host needs to build and publish the site.
    #[arg(long, value_name = "HOST")]
    pub(crate) ci: Option<Host>,
}

/// Who builds and publishes the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Host {
    /// GitHub Actions and GitHub Pages
    Github,
    /// GitLab CI and GitLab Pages
    Gitlab,
    /// Netlify
    Netlify,
    /// Cloudflare Pages
    Cloudflare,
}

/// Make a statement to fill in.
///
/// The id is the file's name and the URL: a-z, 0-9 and hyphens. With a date of one year the file lies in that year's
/// folder. For an id that is there already, `--language` makes another language version beside it.
#[derive(Args, Clone, Debug)]
#[command(after_help = "\
Examples:
  plenary new xaa-2024-debris --delegation XAA --date 2024-06-04
  plenary new xaa-2024-debris --language fr       its French version
  plenary new kaz-letter --title \"Letter of Kazakhstan\" --date 2017/2018
  $EDITOR \"$(plenary new kaz-letter)\"")]
pub(crate) struct New {
    /// The statement's id, such as xaa-2024-debris.
    pub(crate) id: String,
    /// Who speaks: a code such as KAZ, or a name such as Kazakhstan.
    #[arg(long, value_name = "CODE")]
    pub(crate) delegation: Option<String>,
    /// When, as exactly as the source says (EDTF): 2024-06-04, 2024-06, 2024, 2024?, 2016/2019.
    #[arg(long, value_parser = edtf)]
    pub(crate) date: Option<Date>,
    /// The body spoken in: a forum's code such as unga-c1, or its name.
    #[arg(long, value_name = "CODE")]
    pub(crate) forum: Option<String>,
    /// The language of the text (BCP 47), such as fr or zh-Hans.
    #[arg(long, value_name = "TAG", value_parser = language)]
    pub(crate) language: Option<String>,
    /// The title; without one, a title is made of the delegation's name.
    #[arg(long)]
    pub(crate) title: Option<String>,
}

/// Build the site.
///
/// Everything that is wrong is reported, not the first of it. A site with errors is not published, and the folder stays
/// as it was; so does every file that would be written the same again.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  plenary build                                   to public/
  plenary build --dry-run                         what would be written and removed
  plenary build --strict --format github          in a workflow; warnings stop it
  plenary build --base-url https://preview.example.org/42/ --drafts --output preview")]
pub(crate) struct Build {
    /// The folder to publish to [default: public/ of the site].
    #[arg(long, value_name = "DIR")]
    pub(crate) output: Option<PathBuf>,
    /// Where the site will be published, instead of site.toml's `base_url`.
    #[arg(long, value_name = "URL", value_parser = base_url)]
    pub(crate) base_url: Option<String>,
    #[command(flatten)]
    pub(crate) choice: Choice,
    /// Warnings, too, keep the site from being published.
    #[arg(long)]
    pub(crate) strict: bool,
    /// Write nothing; print what would be written and removed.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Write over files of the same names that no build of ours wrote.
    #[arg(long)]
    pub(crate) force: bool,
    /// How problems are reported.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: Format,
}

/// How problems are reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Text with the line and a caret, on stderr
    Human,
    /// One JSON object a line on stdout, the last one the result
    Json,
    /// Annotations for a GitHub workflow, on stdout
    Github,
}

/// Serve the site while it is written.
///
/// Every save shows at once in the browser. What is wrong is told here and over the page; the last good version stays.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  plenary serve --open                            and open the browser
  plenary serve --drafts --port 8080
  plenary serve --host 0.0.0.0 --allow-host desk.example.org    for others in the network
  plenary serve --poll                            where changes are not told: network shares, containers")]
pub(crate) struct Serve {
    /// The port [default: 4000, or the next that is free].
    #[arg(long, value_name = "N")]
    pub(crate) port: Option<u16>,
    /// The address to listen on.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1")]
    pub(crate) host: IpAddr,
    /// A name, besides this machine's own, under which the preview may be asked for; can be given again.
    #[arg(long, value_name = "NAME")]
    pub(crate) allow_host: Vec<String>,
    /// Open the site in the browser.
    #[arg(long)]
    pub(crate) open: bool,
    /// Look for changes every second instead of being told of them.
    #[arg(long)]
    pub(crate) poll: bool,
    #[command(flatten)]
    pub(crate) choice: Choice,
}

/// Check everything that a build would check.
///
/// Nothing is written, except with `--fix` in the sources: there it corrects what has exactly one safe remedy.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  plenary check                                   what is wrong
  plenary check --fix --dry-run                   what would be corrected
  plenary check --strict                          before a push: warnings count, too
  plenary check --drafts                          the pages of drafts as well
  plenary check --format json | jq -r '.code // empty' | sort | uniq -c")]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) choice: Choice,
    /// Warnings, too, make it fail.
    #[arg(long)]
    pub(crate) strict: bool,
    /// Correct the sources where exactly one remedy is safe, such as a misspelt key, and check again.
    #[arg(long)]
    pub(crate) fix: bool,
    /// With --fix: write nothing; print what would be corrected.
    #[arg(long, requires = "fix")]
    pub(crate) dry_run: bool,
    /// How problems are reported.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: Format,
}

/// Print what the template of a page sees, as JSON.
///
/// For theme authors. The URL may be written with or without the site's address and its leading slash.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  plenary view /                                  the home page
  plenary view /statements/xaa-2024-example/      a statement
  plenary view https://example.org/topics/ | jq .page.title")]
pub(crate) struct View {
    /// The page: `/topics/debris/`, `topics/debris` or a whole URL.
    pub(crate) url: String,
    #[command(flatten)]
    pub(crate) choice: Choice,
}

/// Print what a page is made of, and which of it has changed.
///
/// Its kind, where it comes from, and its parts with their stamps. A page is made again exactly when one of its stamps
/// has changed. Where the site lies in a git repository, each part that differs from the last commit is marked.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  plenary explain /delegations/xaa/               what my edits change on this page
  plenary explain /delegations/xaa/ --since HEAD~10
  plenary explain /topics/ --since v1.0           why is this page not what it was?")]
pub(crate) struct Explain {
    /// The page: `/topics/debris/`, `topics/debris` or a whole URL.
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
  plenary schema > statement.schema.json          write it to a file, for an editor
  plenary schema | jq '.properties.type'          the values of a key")]
pub(crate) struct Schema {}

/// Print what lets a shell complete commands and flags.
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

/// Print a manual page, as `man` reads it.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  plenary man > plenary.1                         the program's page
  plenary man build | man -l -                    the page of a command, shown at once")]
pub(crate) struct Man {
    /// The command to tell of, such as `build` or `theme eject` [default: the whole program].
    #[arg(value_name = "COMMAND")]
    pub(crate) of: Vec<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ThemeCommand {
    Eject(Eject),
}

/// Copy the default theme's files into themes/default of the site, to be changed there.
///
/// Each file there stands in for the shipped one; delete those that you do not change, and they follow new versions.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  plenary theme eject                             files that are already there are kept
  plenary theme eject --force                     files that are already there are written over")]
pub(crate) struct Eject {
    /// Write over files that are already there.
    #[arg(long)]
    pub(crate) force: bool,
}

fn jobs(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|jobs| (1..=1024).contains(jobs)).ok_or("a number from 1 to 1024 is wanted".to_owned())
}

fn edtf(text: &str) -> Result<Date, String> {
    Date::parse(text)
        .ok_or("write it as 2024-06-04, 2024-06, 2024, 2024?, 2024~ or an interval such as 2016/2019-03".to_owned())
}

fn day(text: &str) -> Result<civil::Date, String> {
    let date = Date::parse(text).filter(|date| date.is_day() && date.known() == text);
    date.map(|date| date.earliest()).ok_or("write a day as 2024-06-04".to_owned())
}

fn language(text: &str) -> Result<String, String> {
    config::is_language(text)
        .then(|| text.to_owned())
        .ok_or("write a language tag (BCP 47) such as en, ru or zh-Hans".to_owned())
}

fn base_url(text: &str) -> Result<String, String> {
    if text.is_empty() {
        return Err("write scheme and host: https://example.org/".to_owned());
    }
    config::base_url(text).map(|()| text.to_owned()).map_err(|wrong| format!("it {}; {}", wrong.what, wrong.help))
}
