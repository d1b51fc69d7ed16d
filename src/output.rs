//! Files -> the published folder: the only writer of the site.
//!
//! Everything is made and compared first, and what differs is staged beside the site; only when all of it is there do
//! renames change what readers see. The manifest says which files are ours, so that nothing else is ever removed.
#![expect(clippy::disallowed_methods, reason = "the only writer of the site")]

mod folders;
mod guard;
mod lock;
mod manifest;
mod owner;
mod plan;
mod staging;
#[cfg(test)]
mod tests;

use std::fs;
use std::path::PathBuf;

use anyhow::Context as _;
use rayon::prelude::*;

use crate::path::SitePath;
use guard::permitted;
use lock::FolderLock;
use manifest::{FORMAT, Known, Manifest};
pub use owner::Owner;
use plan::Plan;
use staging::Staging;

/// How the names begin that no file of a site may take, in whatever letters.
pub const RESERVED: &str = ".plenary-";

/// Where the site is written to, and how freely.
pub struct Target {
    /// The folder that holds `site.toml`.
    pub site: PathBuf,
    /// The output folder; a symbolic link to it is followed.
    pub folder: PathBuf,
    /// Whether files that are not ours may be written over. They are never removed otherwise.
    pub force: bool,
    /// Whether to write nothing at all and only say what would be written.
    pub dry_run: bool,
}

/// The site cannot be written there: something other than the machine is in the way, and the user can choose.
#[derive(Debug)]
pub struct Refused(String);

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refused {}

/// What a build changed.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// What is new or changed, in the order of the files.
    pub written: Vec<SitePath>,
    /// Files of an earlier build that are no more, from the output folder, sorted.
    pub removed: Vec<String>,
    /// How many files were as they should be and were not touched.
    pub unchanged: usize,
    /// How many bytes were written.
    pub bytes: u64,
}

/// Returns an error at once, before anything is made, if the folder is not one that a site may be written to.
pub fn check(target: &Target) -> anyhow::Result<()> {
    Known::check(&permitted(target)?, target.force)
}

/// Makes `folder` hold exactly these files of ours, beside whatever is not ours. The inner errors are those of `bytes`,
/// all of them in the order of the files, or what `objections` says when all files are made and nothing is changed yet;
/// then the folder is as it was.
pub fn publish<F: Sync, E: Send>(
    target: &Target,
    owner: &Owner,
    files: &[F],
    path: impl Fn(&F) -> &SitePath + Sync,
    bytes: impl Fn(&F) -> Result<Vec<u8>, E> + Sync,
    objections: impl FnOnce() -> Vec<E>,
) -> anyhow::Result<Result<Report, Vec<E>>> {
    let folder = permitted(target)?;
    // A folder of someone else is left without so much as a lock's file.
    Known::check(&folder, target.force)?;
    let _lock = if target.dry_run { None } else { Some(FolderLock::take(&folder)?) };
    let old = Known::read(&folder, target.force)?;
    let likeness = owner::compare(target, &folder, old.owner.as_ref(), owner)?;
    let names: Vec<String> = files.iter().map(|file| path(file).file()).collect();
    let plan = Plan::new(&folder, &names, &old.files, target.force)?;
    let kept = names.iter().filter(|name| old.files.contains_key(*name)).map(String::as_str);
    owner::check_loss(&folder, likeness, &plan.gone, kept)?;
    let staging = if target.dry_run { None } else { Some(Staging::open(&folder)?) };

    let made = (files.par_iter().zip(&names).enumerate())
        .map(|(number, (file, name))| {
            let bytes = match bytes(file) {
                Ok(bytes) => bytes,
                Err(error) => return Ok(Err(error)),
            };
            let changed = plan.differs(name, &bytes)?;
            if let (true, Some(staging)) = (changed, &staging) {
                let staged = staging.file(number);
                fs::write(&staged, &bytes).with_context(|| format!("cannot write {}", staged.display()))?;
            }
            Ok(Ok(Made { hash: blake3::hash(&bytes), bytes: bytes.len() as u64, changed }))
        })
        .collect::<anyhow::Result<Vec<Result<Made, E>>>>()?;
    let (mut whole, mut errors) = (Vec::with_capacity(made.len()), Vec::new());
    for made in made {
        match made {
            Ok(made) => whole.push(made),
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() {
        errors = objections();
    }
    if !errors.is_empty() {
        return Ok(Err(errors));
    }

    let changed: Vec<usize> = (0..whole.len()).filter(|&number| whole[number].changed).collect();
    if let Some(staging) = &staging {
        let files = names.iter().zip(&whole).map(|(name, made)| (name.clone(), made.hash.to_hex().to_string()));
        let new = Manifest { plenary: FORMAT, owner: Some(owner.clone()), files: files.collect() };
        if !(changed.is_empty() && plan.gone.is_empty() && old.whole.as_ref() == Some(&new)) {
            plan.check_folders(&changed)?;
            plan.carry_out(staging, &changed, &new)?;
        }
    }
    Ok(Ok(Report {
        bytes: changed.iter().map(|&number| whole[number].bytes).sum(),
        unchanged: files.len() - changed.len(),
        written: changed.iter().map(|&number| path(&files[number]).clone()).collect(),
        removed: plan.gone.into_iter().map(str::to_owned).collect(),
    }))
}

/// What is known of a file once its bytes were made and let go.
struct Made {
    hash: blake3::Hash,
    bytes: u64,
    changed: bool,
}
