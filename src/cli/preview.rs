//! A key -> where a preview of drafts is: a folder and an address that nobody can guess without it.
//!
//! The address is the same as long as the key is, so a link that was sent shows later drafts as well; another key makes
//! the old link lead nowhere once the old folder is deleted from the host.
#![expect(clippy::disallowed_methods, reason = "the key is in the environment or in the site's caches")]

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};
use plenary::sources::Sources;
use plenary::{config, edit};

use super::Failure;
use super::arguments::Build;

/// The environment variable with the key, for workflows.
const VARIABLE: &str = "PLENARY_PREVIEW_KEY";
/// The file with the key, in the site's caches, which git ignores.
const FILE: &str = ".plenary/preview-key";
/// The shortest key, in characters: a key that can be guessed gives the address away.
const SHORTEST: usize = 16;
/// The folder of all previews, in the site's folder and on the host.
const FOLDER: &str = "preview";

/// Where a preview is.
pub(crate) struct Preview {
    /// Its folder.
    pub(crate) folder: PathBuf,
    /// The address of its home page, once its folder is on the host.
    pub(crate) base_url: String,
}

impl Preview {
    /// Finds the key, or makes one, and returns what follows from it.
    pub(crate) fn of(arguments: &Build, site: &Path) -> Result<Preview, Failure> {
        if !arguments.choice.drafts && arguments.choice.as_of.is_none() {
            let message = "a preview shows what is not published yet: add --drafts or --as-of";
            return Err(Failure::Usage(message.to_owned()));
        }
        let base_url = match &arguments.base_url {
            Some(url) => url.clone(),
            None => of_config(site),
        };
        if base_url.is_empty() {
            let message = "a preview needs the address of the site: set `base_url` in site.toml, or give --base-url";
            return Err(Failure::Usage(message.to_owned()));
        }
        let token = token(&key(site)?);
        let base_url = format!("{}/{FOLDER}/{token}/", base_url.trim_end_matches('/'));
        Ok(Preview { folder: site.join(FOLDER).join(token), base_url })
    }

    /// Returns what to do with the preview, for the person who built it.
    pub(crate) fn words(&self) -> String {
        format!(
            "Put the folder {FOLDER}/ on the host next to the site, and send whoever is to read it this link: {}\n  \
             No page of the site leads there. Whoever has the link can read it; delete the folder on the host to end that",
            self.base_url
        )
    }
}

/// Returns the `base_url` of site.toml; empty if there is none. What is wrong with the file is reported by the build.
fn of_config(site: &Path) -> String {
    let sources = Sources::scan(site);
    let bytes = sources.config.as_ref().and_then(|source| source.load().ok()).unwrap_or_default();
    config::read(&String::from_utf8_lossy(&bytes)).0.base_url
}

/// Returns the key from the environment, or else from the caches, where it is made if there is none.
fn key(site: &Path) -> Result<String, Failure> {
    let file = site.join(FILE);
    let (key, from) = match std::env::var(VARIABLE) {
        Ok(key) => (key, VARIABLE.to_owned()),
        Err(_) if file.exists() => {
            let key = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
            (key, file.display().to_string())
        }
        Err(_) => (made(&file)?, file.display().to_string()),
    };
    let key = key.trim();
    if key.chars().count() < SHORTEST {
        let message = format!(
            "the key in {from} has fewer than {SHORTEST} characters, so the address of the preview could be guessed; take a \
             longer one"
        );
        return Err(Failure::Usage(message));
    }
    Ok(key.to_owned())
}

/// Makes a key and keeps it.
fn made(file: &Path) -> anyhow::Result<String> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| anyhow!("the system has no random numbers: {error}"))?;
    let key = bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
        // The caches are no part of the repository, and the key least of all.
        let ignored = folder.join(".gitignore");
        if !ignored.exists() {
            fs::write(&ignored, "*\n").with_context(|| format!("cannot write {}", ignored.display()))?;
        }
    }
    edit::replace(file, format!("{key}\n").as_bytes())?;
    Ok(key)
}

/// Returns the part of the address that nobody can guess without the key: 128 bits.
fn token(key: &str) -> String {
    let hash = blake3::derive_key("Plenary: address of a preview of drafts", key.as_bytes());
    hash[..16].iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::token;

    #[test]
    fn a_key_always_gives_the_same_address_and_another_key_another() {
        assert_eq!(token("a key that is long enough"), token("a key that is long enough"));
        assert_ne!(token("a key that is long enough"), token("a key that is long enougH"));
        assert_eq!(token("x").len(), 32);
    }
}
