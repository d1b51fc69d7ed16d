//! A folder -> a small site in it that builds.

use std::path::{Path, PathBuf};

use plenary::config;
use plenary::edit::{self, Made};
use plenary::sources::FOLDERS;

use super::arguments::{Host, Init};
use super::screen::{count, data, print_message};
use super::{Failure, Outcome};

/// The files of a new site. site.toml comes last, because it makes the folder a site: an interrupted run can be
/// repeated.
const FILES: [(&str, &str); 7] = [
    ("content/index.md", include_str!("starter/index.md")),
    ("content/about.md", include_str!("starter/about.md")),
    ("content/statements/2024/xaa-2024-example.md", include_str!("starter/statement.md")),
    ("content/delegations/xaa.md", include_str!("starter/delegation.md")),
    (".gitignore", include_str!("starter/gitignore")),
    ("README.md", include_str!("starter/README.md")),
    (config::FILE, include_str!("starter/site.toml")),
];

/// Writes the files that do not exist yet.
pub(crate) fn run(arguments: &Init, quiet: bool) -> Result<Outcome, Failure> {
    let folder = &arguments.folder;
    if folder.join(config::FILE).symlink_metadata().is_ok() {
        return match arguments.ci {
            Some(host) => add_workflow(folder, host, quiet),
            None => Err(Failure::Usage(format!(
                "{} is already a site (it has a site.toml); nothing was written. `plenary init --ci HOST` adds \
                 what a host needs to build it",
                folder.display()
            ))),
        };
    }
    // A folder that does not exist yet was named on purpose.
    if let Some(site) = site_around(folder).filter(|_| folder.is_dir()) {
        return Err(Failure::Usage(format!(
            "{} belongs to the site {}; nothing was written. Run the command there",
            folder.display(),
            site.display()
        )));
    }
    if let Some(file) = folder.ancestors().find(|path| path.is_file()) {
        return Err(Failure::Usage(format!("{} is a file, not a folder; nothing was written", file.display())));
    }
    let mut written = 0;
    for (path, text) in arguments.ci.map(workflow).into_iter().chain(FILES) {
        let file = folder.join(path);
        match edit::create(&file, text.as_bytes())? {
            Made::New => {
                written += 1;
                data(&shown(&file))?;
            }
            Made::Kept => print_message(&format!("kept {}, which already exists", shown(&file))),
        }
    }
    if !quiet {
        print_message(&next(folder, written, arguments.ci));
    }
    Ok(Outcome::Done)
}

/// Returns the site whose sources contain this folder: files created here would become part of that site.
fn site_around(folder: &Path) -> Option<PathBuf> {
    let whole = std::path::absolute(folder).ok()?;
    let inner = whole.ancestors().find(|above| {
        let is_source = above.file_name().is_some_and(|name| FOLDERS.iter().any(|own| name == *own));
        is_source && above.parent().is_some_and(|site| site.join(config::FILE).is_file())
    })?;
    inner.parent().map(Path::to_owned)
}

/// Adds a host's build file to an existing site. An existing file is not overwritten: it may have been customised.
fn add_workflow(folder: &Path, host: Host, quiet: bool) -> Result<Outcome, Failure> {
    let (path, text) = workflow(host);
    let file = folder.join(path);
    if matches!(edit::create(&file, text.as_bytes())?, Made::Kept) {
        let file = shown(&file);
        return Err(Failure::Usage(format!(
            "{file} already exists and was kept; to get a new one, rename it and run this command again"
        )));
    }
    data(&shown(&file))?;
    if !quiet {
        print_message(&format!("Next: read the first lines of {path}: they say where to get the program"));
    }
    Ok(Outcome::Done)
}

/// Returns a path as people are shown it: without `./`.
fn shown(file: &Path) -> String {
    file.strip_prefix(".").unwrap_or(file).display().to_string()
}

/// Returns the path and text of a host's build file.
fn workflow(host: Host) -> (&'static str, &'static str) {
    match host {
        Host::Github => (".github/workflows/publish.yml", include_str!("starter/github.yml")),
        Host::Gitlab => (".gitlab-ci.yml", include_str!("starter/gitlab.yml")),
        Host::Netlify => ("netlify.toml", include_str!("starter/netlify.toml")),
        Host::Cloudflare => ("wrangler.toml", include_str!("starter/cloudflare.toml")),
    }
}

/// Returns what to do after the site was created.
fn next(folder: &Path, written: usize, ci: Option<Host>) -> String {
    let enter = if folder == Path::new(".") { String::new() } else { format!("  cd {}\n", folder.display()) };
    let host = ci.map_or_else(String::new, |host| {
        format!("\n  and read the first lines of {}: they say where to get the program", workflow(host).0)
    });
    format!(
        "Created a site with {}. Next:\n{enter}  plenary serve --open\n  then set `base_url` in site.toml{host}",
        count(written, "file")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_site_toml_is_valid_and_says_the_defaults() {
        let text = include_str!("starter/site.toml");
        assert!(config::read(text).1.is_empty());
        let uncommented: String = text
            .lines()
            .map(|line| {
                let bare = line.strip_prefix("# ").filter(|bare| bare.contains(" = ") || bare.starts_with("[[menu]]"));
                format!("{}\n", bare.unwrap_or(line))
            })
            .collect();
        let (config, problems) = config::read(&uncommented);
        assert_eq!((problems.len(), config.menu.len(), config.page_size), (0, 1, 50));
    }

    #[test]
    fn every_host_checks_strictly_and_publishes_texts_on_the_day_their_embargo_ends() {
        for host in [Host::Github, Host::Gitlab, Host::Netlify, Host::Cloudflare] {
            let text = workflow(host).1;
            for part in ["plenary build --strict", "--as-of \"$(date -u +%F)\"", "bin/plenary", "daily"] {
                let part = if host == Host::Netlify { part.replace('"', "\\\"") } else { part.to_owned() };
                assert!(text.contains(&part), "{host:?}: {part}");
            }
            assert!(!text.contains("cargo"), "{host:?}");
        }
    }
}
