//! The arguments of `plenary init`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Create a small site that builds.
///
/// Writes site.toml, a home page, and an example statement (invented, and marked as such) with the record of its
/// delegation. Existing files are left alone; a folder that already has a site.toml is refused.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  plenary init my-site                            a new folder
  plenary init                                    the current folder
  plenary init my-site --ci github                with a workflow that publishes to GitHub Pages
  plenary init --ci gitlab --from https://example.org/plenary-0.1.0-x86_64-unknown-linux-gnu.tar.gz \\
    --sha256 HEX                                  the host downloads the program")]
pub(crate) struct Init {
    /// The site's folder; created if it does not exist.
    #[arg(default_value = ".", value_name = "DIR")]
    pub(crate) folder: PathBuf,
    /// Write what this host needs to build and publish the site.
    #[arg(long, value_name = "HOST")]
    pub(crate) ci: Option<Host>,
    /// With --ci: the address of a release for Linux (.tar.gz), which the host then downloads; without it, the program
    /// is in the repository.
    #[arg(long, value_name = "URL", requires_all = ["ci", "sha256"], value_parser = release)]
    pub(crate) from: Option<String>,
    /// With --from: the SHA-256 of the release, as its list of checksums has it.
    #[arg(long, value_name = "HEX", requires = "from", value_parser = sha256)]
    pub(crate) sha256: Option<String>,
}

/// The service that builds and publishes the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Host {
    /// GitHub Actions and GitHub Pages
    Github,
    /// Forgejo Actions, for Codeberg Pages and others that serve a branch
    Forgejo,
    /// GitLab CI and GitLab Pages
    Gitlab,
    /// Netlify
    Netlify,
    /// Cloudflare Pages
    Cloudflare,
}

fn release(text: &str) -> Result<String, String> {
    // It becomes part of a shell command between quotes.
    let is_plain = text.bytes().all(|byte| byte.is_ascii_graphic() && !b"'\"\\`$".contains(&byte));
    let is_archive = text.starts_with("https://") && text.ends_with(".tar.gz");
    (is_plain && is_archive).then(|| text.to_owned()).ok_or("expected https://…/plenary-….tar.gz".to_owned())
}

fn sha256(text: &str) -> Result<String, String> {
    let is_hash = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hash.then(|| text.to_ascii_lowercase()).ok_or("expected 64 hexadecimal digits".to_owned())
}
