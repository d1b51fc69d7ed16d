//! The manifests of earlier builds -> the files in the output folder that Plenary wrote.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::{Context as _, bail};
use serde::{Deserialize, Serialize};

use super::lock::LOCK;
use super::owner::Owner;
use super::staging::STAGING;
use super::{RESERVED, Refused};
use crate::path::SitePath;

/// The manifest of a complete build.
pub(super) const MANIFEST: &str = ".plenary-manifest.json";
/// The manifest of all files that may be Plenary's while a build changes the folder, or after it was interrupted.
pub(super) const PARTIAL: &str = ".plenary-manifest.partial.json";
/// The version of the manifest's format.
pub(super) const FORMAT: u32 = 1;

/// The files that Plenary wrote: paths relative to the output folder, each with its BLAKE3 hash in hexadecimal.
#[derive(Serialize, Deserialize, PartialEq, Eq)]
pub(super) struct Manifest {
    pub(super) plenary: u32,
    /// The site; `None` in manifests of the first versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) owner: Option<Owner>,
    pub(super) files: BTreeMap<String, String>,
}

/// What earlier builds recorded.
pub(super) struct Recorded {
    /// Every file that may be Plenary's, and only paths that a site can have.
    pub(super) files: BTreeMap<String, String>,
    /// The manifest, if the last build completed.
    pub(super) whole: Option<Manifest>,
    /// The site of the last build, whether or not it completed.
    pub(super) owner: Option<Owner>,
}

impl Recorded {
    /// Refuses a folder that has files but none of Plenary's, unless forced.
    pub(super) fn check(folder: &Path, force: bool) -> anyhow::Result<()> {
        let is_ours = [MANIFEST, PARTIAL].iter().any(|name| folder.join(name).exists());
        if force || is_ours || is_empty(folder)? {
            return Ok(());
        }
        let help = "empty it, choose another with --output, or use --force to write into it";
        let folder = folder.display();
        Err(Refused(format!("{folder} is not empty and was not written by Plenary; {help}")).into())
    }

    /// Reads the manifests of a folder that passed the check.
    pub(super) fn read(folder: &Path, force: bool) -> anyhow::Result<Recorded> {
        let manifest = read_manifest(&folder.join(MANIFEST), force)?;
        let partial = read_manifest(&folder.join(PARTIAL), force)?;
        let mut files = BTreeMap::new();
        for (path, hash) in manifest.iter().chain(&partial).flat_map(|manifest| &manifest.files) {
            // The manifest is untrusted: a path such as `../x` must not make a build remove files outside the folder.
            if !path.starts_with(RESERVED) && SitePath::parse(path).is_ok_and(|parsed| parsed.file() == *path) {
                files.insert(path.clone(), hash.clone());
            }
        }
        let owner = partial.as_ref().or(manifest.as_ref()).and_then(|last| last.owner.clone());
        Ok(Recorded { files, owner, whole: if partial.is_none() { manifest } else { None } })
    }
}

/// Reads a manifest, if there is one. With `force`, an unreadable one counts as missing.
fn read_manifest(path: &Path, force: bool) -> anyhow::Result<Option<Manifest>> {
    let bytes = match fs::read(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        bytes => bytes.with_context(|| format!("cannot read {}", path.display()))?,
    };
    match serde_json::from_slice::<Manifest>(&bytes) {
        Ok(manifest) if manifest.plenary == FORMAT => Ok(Some(manifest)),
        _ if force => Ok(None),
        Ok(manifest) => bail!(
            "{} has format {}, which this version of Plenary does not know; update Plenary, or use --force",
            path.display(),
            manifest.plenary
        ),
        Err(error) => Err(error).with_context(|| {
            format!("{} is damaged; empty the folder, or use --force to overwrite its files", path.display())
        }),
    }
}

/// Returns whether a folder is empty or missing. The lock and the staged files of a killed build do not count.
fn is_empty(folder: &Path) -> anyhow::Result<bool> {
    let context = || format!("cannot read the output folder {}", folder.display());
    match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(true),
        entries => {
            for entry in entries.with_context(context)? {
                let name = entry.with_context(context)?.file_name();
                if name != STAGING && name != LOCK {
                    return Ok(false);
                }
            }
            Ok(true)
        }
    }
}
