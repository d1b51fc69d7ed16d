//! The manifests of earlier builds -> which files in the output folder are ours.

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

/// What is whole and ours.
pub(super) const MANIFEST: &str = ".plenary-manifest.json";
/// What may be ours while a build changes the folder, and after it was interrupted.
pub(super) const PARTIAL: &str = ".plenary-manifest.partial.json";
/// The form of the manifest.
pub(super) const FORMAT: u32 = 1;

/// Which files are ours: paths from the output folder, and the BLAKE3 hash of each in hexadecimal.
#[derive(Serialize, Deserialize, PartialEq, Eq)]
pub(super) struct Manifest {
    pub(super) plenary: u32,
    /// Whose site it is; manifests of the first versions do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) owner: Option<Owner>,
    pub(super) files: BTreeMap<String, String>,
}

/// What earlier builds left word of.
pub(super) struct Known {
    /// Everything that may be ours; only paths that a site can have.
    pub(super) files: BTreeMap<String, String>,
    /// The manifest, if the last build came to its end.
    pub(super) whole: Option<Manifest>,
    /// Whose site the last build was, whether or not it came to its end.
    pub(super) owner: Option<Owner>,
}

impl Known {
    /// Refuses a folder that has something in it and nothing of ours, unless the user insists.
    pub(super) fn check(folder: &Path, force: bool) -> anyhow::Result<()> {
        let is_ours = [MANIFEST, PARTIAL].iter().any(|name| folder.join(name).exists());
        if force || is_ours || is_empty(folder)? {
            return Ok(());
        }
        let help = "empty it, choose another with --output, or give --force to write into it";
        let folder = folder.display();
        Err(Refused(format!("{folder} is not empty and was not written by Plenary; {help}")).into())
    }

    /// Reads what is ours in a folder that passed the check.
    pub(super) fn read(folder: &Path, force: bool) -> anyhow::Result<Known> {
        let manifest = read_manifest(&folder.join(MANIFEST), force)?;
        let partial = read_manifest(&folder.join(PARTIAL), force)?;
        let mut files = BTreeMap::new();
        for (path, hash) in manifest.iter().chain(&partial).flat_map(|manifest| &manifest.files) {
            // Anyone may have written the manifest: what is not the plain form of a site's path is no file of ours.
            if !path.starts_with(RESERVED) && SitePath::parse(path).is_ok_and(|parsed| parsed.file() == *path) {
                files.insert(path.clone(), hash.clone());
            }
        }
        let owner = partial.as_ref().or(manifest.as_ref()).and_then(|last| last.owner.clone());
        Ok(Known { files, owner, whole: if partial.is_none() { manifest } else { None } })
    }
}

/// Reads a manifest, if there is one. With `force` one that cannot be understood counts as none.
fn read_manifest(path: &Path, force: bool) -> anyhow::Result<Option<Manifest>> {
    let bytes = match fs::read(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        bytes => bytes.with_context(|| format!("cannot read {}", path.display()))?,
    };
    match serde_json::from_slice::<Manifest>(&bytes) {
        Ok(manifest) if manifest.plenary == FORMAT => Ok(Some(manifest)),
        _ if force => Ok(None),
        Ok(manifest) => bail!(
            "{} has the format {}, which this Plenary does not know; update Plenary, or give --force",
            path.display(),
            manifest.plenary
        ),
        Err(error) => Err(error).with_context(|| {
            format!("{} is damaged; empty the folder, or give --force to write over what is there", path.display())
        }),
    }
}

/// Returns whether a folder has nothing in it, or is not there. What a killed build left before it began to publish, its
/// lock and its staged files, is nothing.
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
