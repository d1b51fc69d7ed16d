//! `imports.toml` of a site: with which profile each folder or file was imported, so that the next import of it uses the
//! same one.
//!
//! It is a file among the sources, and not a cache: whoever imports the rest of a delivery, next month and on another
//! machine, gets the same values in the drafts.
#![expect(clippy::disallowed_methods, reason = "reads a file of the site that no build reads")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

use crate::edit;
use crate::path::composed;

/// The name of the file, in the site's folder.
pub const FILE: &str = "imports.toml";

/// The first lines of the file.
const HEAD: &str = "# The profile that each path was imported with. `plenary import` uses it again unless it is given another\n\
                    # one, or `--no-profile`. Keep this file with the site.\n";

/// The profiles of earlier imports. Paths are relative to the site's folder and written with `/`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remembered(BTreeMap<String, String>);

/// The file, as TOML.
#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default, rename = "import")]
    imports: Vec<Import>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Import {
    path: String,
    profile: String,
}

/// The profile that an import is to use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// None was used before.
    None,
    /// This file was used for all of the paths.
    One(PathBuf),
    /// The paths were imported with different profiles: each with its own, if any.
    Several(Vec<(String, Option<String>)>),
}

impl Remembered {
    /// Reads the file of a site; there need not be one.
    ///
    /// # Errors
    ///
    /// Fails if the file cannot be read or is not valid.
    pub fn read(site: &Path) -> anyhow::Result<Remembered> {
        let file = site.join(FILE);
        let text = match std::fs::read_to_string(&file) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Remembered::default()),
            Err(error) => return Err(error).with_context(|| format!("cannot read {}", file.display())),
        };
        let written: Written = toml::from_str(&text).with_context(|| {
            format!("{} is not valid; correct or delete it, and give the profile with --profile", file.display())
        })?;
        Ok(Remembered(written.imports.into_iter().map(|import| (import.path, import.profile)).collect()))
    }

    /// Returns the profile with which these paths were imported before.
    pub fn chosen(&self, site: &Path, paths: &[PathBuf]) -> Chosen {
        let of = |path: &PathBuf| {
            let name = name(site, path);
            let profile = self.0.get(&name).cloned();
            (name, profile)
        };
        let each: Vec<(String, Option<String>)> = paths.iter().map(of).collect();
        let different: BTreeSet<&Option<String>> = each.iter().map(|(_, profile)| profile).collect();
        match different.first() {
            _ if different.len() > 1 => Chosen::Several(each),
            Some(Some(profile)) => Chosen::One(site.join(profile)),
            _ => Chosen::None,
        }
    }

    /// Remembers for these paths a profile, or that they have none, and writes the file if that changes it.
    ///
    /// # Errors
    ///
    /// Fails if the file cannot be written.
    pub fn remember(mut self, site: &Path, paths: &[PathBuf], profile: Option<&Path>) -> anyhow::Result<()> {
        let before = self.clone();
        for path in paths {
            match profile {
                Some(profile) => self.0.insert(name(site, path), name(site, profile)),
                None => self.0.remove(&name(site, path)),
            };
        }
        if self == before {
            return Ok(());
        }
        let imports = self.0.into_iter().map(|(path, profile)| Import { path, profile });
        let written =
            toml::to_string(&Written { imports: imports.collect() }).context("cannot write a path as TOML")?;
        edit::replace(&site.join(FILE), format!("{HEAD}\n{written}").as_bytes())
    }
}

/// Returns how the file names a path: relative to the site's folder, so that the names of other folders of this machine
/// stay out of it. A path that does not exist is named as it is given.
fn name(site: &Path, path: &Path) -> String {
    let real = |path: &Path| std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let (site, path) = (real(site), real(path));
    let (from, to): (Vec<_>, Vec<_>) = (site.components().collect(), path.components().collect());
    let shared = from.iter().zip(&to).take_while(|(one, other)| one == other).count();
    if shared == 0 {
        return path.to_string_lossy().into_owned();
    }
    let up = std::iter::repeat_n("..".to_owned(), from.len() - shared);
    let down = to[shared..].iter().map(|part| part.as_os_str().to_string_lossy().into_owned());
    let name = up.chain(down).collect::<Vec<_>>().join("/");
    if name.is_empty() { ".".to_owned() } else { composed(&name).into_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_is_remembered_for_its_paths_until_there_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let (site, inbox) = (folder.path().join("site"), folder.path().join("in"));
        std::fs::create_dir_all(site.join("october")).unwrap();
        std::fs::create_dir_all(&inbox).unwrap();
        std::fs::write(site.join("p.toml"), "").unwrap();
        let (october, profile) = (vec![site.join("october")], site.join("p.toml"));
        let both = vec![site.join("october"), inbox.clone()];

        let read = || Remembered::read(&site).unwrap();
        assert_eq!(read().chosen(&site, &both), Chosen::None);
        read().remember(&site, &october, Some(&profile)).unwrap();
        assert_eq!(read().chosen(&site, &october), Chosen::One(site.join("p.toml")));
        let different = vec![("october".to_owned(), Some("p.toml".to_owned())), ("../in".to_owned(), None)];
        assert_eq!(read().chosen(&site, &both), Chosen::Several(different));
        read().remember(&site, &both, Some(&profile)).unwrap();
        assert_eq!(read().chosen(&site, &both), Chosen::One(site.join("p.toml")));
        read().remember(&site, &both, None).unwrap();
        assert_eq!(read(), Remembered::default());

        std::fs::write(site.join(FILE), "[[import]]\npath = 1\n").unwrap();
        assert!(Remembered::read(&site).is_err());
    }
}
