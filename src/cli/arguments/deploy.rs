//! The arguments of `plenary deploy`.

use std::path::PathBuf;

use clap::Args;

/// Send the built site to its host.
///
/// Sends only files that changed, and removes only files that it has sent before. Files that pages need are sent before
/// the pages, so that the site is complete at every moment; after an interruption, run the command again. Keys to a
/// bucket are read from the environment: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and, for temporary keys,
/// AWS_SESSION_TOKEN.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  plenary build --strict && plenary deploy        to the target of site.toml
  plenary deploy --dry-run                        what would be sent and removed
  plenary deploy --to /srv/www                    a folder that a web server serves
  plenary deploy --to git:gh-pages                a branch of the remote `origin`
  plenary deploy --to s3://archive/site           a bucket")]
pub(crate) struct Deploy {
    /// The target: a folder, git:BRANCH, git:REMOTE:BRANCH or s3://BUCKET/PREFIX [default: `to` of `[deploy]` in
    /// site.toml].
    #[arg(long, value_name = "TARGET")]
    pub(crate) to: Option<String>,
    /// The folder of the built site [default: public/ in the site's folder].
    #[arg(long, value_name = "DIR")]
    pub(crate) output: Option<PathBuf>,
    /// Send nothing; print what would be sent and removed.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Replace files on the target that Plenary did not send, or that belong to another site.
    #[arg(long)]
    pub(crate) force: bool,
}
