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
        return match workflow_of(arguments)? {
            Some(workflow) => add_workflow(folder, workflow, arguments.from.is_some(), quiet),
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
    for (path, text) in workflow_of(arguments)?.into_iter().chain(FILES.map(|(path, text)| (path, text.to_owned()))) {
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
        print_message(&next(folder, written, arguments));
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
fn add_workflow(folder: &Path, (path, text): (&str, String), downloads: bool, quiet: bool) -> Result<Outcome, Failure> {
    let file = folder.join(path);
    if matches!(edit::create(&file, text.as_bytes())?, Made::Kept) {
        let file = shown(&file);
        return Err(Failure::Usage(format!(
            "{file} already exists and was kept; to get a new one, rename it and run this command again"
        )));
    }
    data(&shown(&file))?;
    if !quiet {
        let to_learn = if downloads { "what to set up once" } else { "where to get the program" };
        print_message(&format!("Next: read the first lines of {path}: they say {to_learn}"));
    }
    Ok(Outcome::Done)
}

/// Returns a path as shown to people: without `./`.
fn shown(file: &Path) -> String {
    file.strip_prefix(".").unwrap_or(file).display().to_string()
}

/// Returns the path and text of a host's build file.
fn workflow(host: Host) -> (&'static str, &'static str) {
    match host {
        Host::Github => (".github/workflows/publish.yml", include_str!("starter/github.yml")),
        Host::Forgejo => (".forgejo/workflows/publish.yml", include_str!("starter/forgejo.yml")),
        Host::Gitlab => (".gitlab-ci.yml", include_str!("starter/gitlab.yml")),
        Host::Netlify => ("netlify.toml", include_str!("starter/netlify.toml")),
        Host::Cloudflare => ("wrangler.toml", include_str!("starter/cloudflare.toml")),
    }
}

/// Returns the build file of the requested host, with the program downloaded from where `--from` says.
fn workflow_of(arguments: &Init) -> Result<Option<(&'static str, String)>, Failure> {
    let Some(host) = arguments.ci else { return Ok(None) };
    let (path, text) = workflow(host);
    // `# get` only marks where a download would be inserted.
    let plain = || text.lines().filter(|line| line.trim() != "# get").map(|line| format!("{line}\n")).collect();
    let (Some(url), Some(hash)) = (&arguments.from, &arguments.sha256) else { return Ok(Some((path, plain()))) };
    let text = with_download(text, url, hash);
    text.map(|text| Some((path, text))).ok_or_else(|| {
        Failure::Usage(format!(
            "{path} has one line for a command, so the program must be in the repository: leave out --from"
        ))
    })
}

/// Returns a build file that downloads a release, checks it and unpacks it as bin/plenary; `None` if it has no place for
/// that.
fn with_download(text: &str, url: &str, hash: &str) -> Option<String> {
    let archive = "plenary.tar.gz";
    // The archive has one folder, with the program in it.
    let commands = [
        format!("curl --proto '=https' -fsSL '{url}' -o {archive}"),
        format!("echo '{hash}  {archive}' | sha256sum -c -"),
        format!("mkdir -p bin && tar -xzf {archive} -C bin --strip-components=1 && rm {archive}"),
    ];
    let mut lines: Vec<String> = Vec::new();
    let (mut has_place, mut in_paragraph) = (false, false);
    for line in text.lines() {
        if line.starts_with("# The program:") {
            in_paragraph = true;
            lines.push("# The program is downloaded from the release below, and checked. For another version, change its address and its".to_owned());
            lines.push("# SHA-256.".to_owned());
        } else if line.trim() == "# get" {
            has_place = true;
            let indent = &line[..line.len() - line.trim_start().len()];
            // A list of commands in one of the formats, a script in the others.
            let item = if indent.len() == 2 { "- " } else { "" };
            if !item.is_empty() {
                lines.push(format!(
                    "{indent}- apt-get update -q && apt-get install -q -y --no-install-recommends curl ca-certificates"
                ));
            }
            lines.extend(commands.iter().map(|command| format!("{indent}{item}{command}")));
        } else if in_paragraph && line != "#" {
            // The rest of the paragraph about the program in the repository.
        } else {
            in_paragraph = false;
            lines.push(line.to_owned());
        }
    }
    has_place.then(|| lines.join("\n") + "\n")
}

/// Returns what to do after the site was created.
fn next(folder: &Path, written: usize, arguments: &Init) -> String {
    let enter = if folder == Path::new(".") { String::new() } else { format!("  cd {}\n", folder.display()) };
    let host = arguments.ci.map_or_else(String::new, |host| {
        let to_learn = if arguments.from.is_some() { "what to set up once" } else { "where to get the program" };
        format!("\n  and read the first lines of {}: they say {to_learn}", workflow(host).0)
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
        for host in [Host::Github, Host::Gitlab, Host::Forgejo, Host::Netlify, Host::Cloudflare] {
            let text = workflow(host).1;
            for part in ["plenary build --strict", "--as-of \"$(date -u +%F)\"", "bin/plenary", "daily"] {
                let part = if host == Host::Netlify { part.replace('"', "\\\"") } else { part.to_owned() };
                assert!(text.contains(&part), "{host:?}: {part}");
            }
            assert!(!text.contains("cargo"), "{host:?}");
        }
    }

    #[test]
    fn a_release_is_downloaded_and_checked() {
        let (url, hash) = ("https://example.org/plenary-0.1.0.tar.gz", "ab12");
        for host in [Host::Github, Host::Gitlab, Host::Forgejo] {
            let text = with_download(workflow(host).1, url, hash).unwrap();
            for part in [url, "echo 'ab12  plenary.tar.gz' | sha256sum -c -", "--strip-components=1"] {
                assert!(text.contains(part), "{host:?}: {part}\n{text}");
            }
            assert!(!text.contains("git add --chmod") && !text.contains("# get"), "{host:?}\n{text}");
        }
        assert!(with_download(workflow(Host::Netlify).1, url, hash).is_none());
    }
}
