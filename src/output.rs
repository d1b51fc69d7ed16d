//! Files -> the published folder. Nothing else writes the site.
//!
//! All files are made and compared first, and those that differ are staged inside the output folder; only when all of
//! them are complete do renames change what readers see. The manifest lists the files that Plenary wrote, so that no
//! other file is ever removed.
#![expect(clippy::disallowed_methods, reason = "the only writer of the site")]

mod checksums;
mod digest;
mod folders;
mod guard;
mod lock;
mod manifest;
mod owner;
mod plan;
mod published;
mod staging;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use rayon::prelude::*;

use crate::path::SitePath;
pub use checksums::{CHECKSUMS, Checksums};
pub use digest::{Digest, Digests, Round};
use guard::permitted;
use lock::FolderLock;
use manifest::{FORMAT, MANIFEST, Manifest, PARTIAL, Recorded};
pub use owner::Owner;
use plan::Plan;
pub use published::Published;
use staging::{STAGING, Staging};

/// The prefix, in any case, of names that no file of a site may have.
pub const RESERVED: &str = ".plenary-";

/// Where the site is written to, and how freely.
pub struct Target {
    /// The folder that contains `site.toml`.
    pub site: PathBuf,
    /// The output folder; a symbolic link to it is followed.
    pub folder: PathBuf,
    /// Whether files that Plenary did not write may be overwritten. They are never removed otherwise.
    pub force: bool,
    /// Whether to write nothing and only report what would be written.
    pub dry_run: bool,
}

/// The site cannot be written to the folder for a reason other than an I/O error, and the user can choose what to do.
#[derive(Debug)]
pub struct Refused(pub(crate) String);

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refused {}

/// What a build changed.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// New and changed files, in the order given.
    pub written: Vec<SitePath>,
    /// Removed files of an earlier build, as sorted paths relative to the output folder.
    pub removed: Vec<String>,
    /// Number of files that were up to date and not touched.
    pub unchanged: usize,
    /// Number of bytes written.
    pub bytes: u64,
    /// The hash of the folder's manifest, by which [`Before`] and [`is_intact`] recognise it; empty for a dry run.
    pub manifest: String,
}

/// An earlier build into the same folder.
pub struct Before<'a, F> {
    /// The hash of its manifest. If another build has written the folder since, nothing else here is of use.
    pub manifest: &'a str,
    /// Whether a file has the bytes that it had then.
    pub is_same: &'a (dyn Fn(&F) -> bool + Sync),
}

/// Returns whether the folder contains exactly what the build with this manifest wrote, byte for byte, in addition to
/// any files that Plenary did not write.
///
/// # Errors
///
/// Fails with [`Refused`] if the site may not be written to the folder.
pub fn is_intact(target: &Target, manifest: &str) -> anyhow::Result<bool> {
    let folder = permitted(target)?;
    if hash_of_manifest(&folder).as_deref() != Some(manifest) {
        return Ok(false);
    }
    // The build itself says who holds the lock.
    let Ok(_lock) = FolderLock::take(&folder) else { return Ok(false) };
    let is_in_progress = [PARTIAL, STAGING].iter().any(|name| folder.join(name).symlink_metadata().is_ok());
    if is_in_progress || hash_of_manifest(&folder).as_deref() != Some(manifest) {
        return Ok(false);
    }
    let Ok(old) = Recorded::read(&folder, false) else { return Ok(false) };
    let folders: BTreeSet<&str> = old.files.keys().flat_map(|name| plan::parents(name)).collect();
    let is_folder = |name: &&str| folder.join(name).symlink_metadata().is_ok_and(|found| found.is_dir());
    let is_file = |(name, hash): (&String, &String)| plan::hashed(&folder.join(name), hash).is_some();
    Ok(folders.par_iter().all(is_folder) && old.files.par_iter().all(is_file))
}

fn hash_of_manifest(folder: &Path) -> Option<String> {
    Some(blake3::hash(&fs::read(folder.join(MANIFEST)).ok()?).to_hex().to_string())
}

/// Checks early, before anything is made, that a site may be written to the folder.
///
/// # Errors
///
/// Fails with [`Refused`] if it may not, or if the folder cannot be read.
pub fn check(target: &Target) -> anyhow::Result<()> {
    Recorded::check(&permitted(target)?, target.force)
}

/// Makes the output folder contain exactly these files, in addition to any that Plenary did not write.
///
/// `bytes` makes the content of a file, unless it is as it was `before` and still there; it gets the checksums of all
/// files of earlier rounds. `objections` is called when all files are made and nothing has been changed yet, and can
/// still stop the build.
///
/// # Errors
///
/// The inner errors are all those of `bytes`, in the order of the files, or those of `objections`; the folder is then
/// unchanged. The outer error is [`Refused`], a folder that another build is using, or an I/O error.
#[expect(clippy::too_many_arguments, reason = "two callers, and each argument is a part of one call")]
pub fn publish<F: Sync, E: Send>(
    target: &Target,
    owner: &Owner,
    files: &[F],
    path: impl Fn(&F) -> &SitePath + Sync,
    round: impl Fn(&F) -> Round + Sync,
    bytes: impl Fn(&F, &Digests) -> Result<Vec<u8>, E> + Sync,
    before: Option<&Before<'_, F>>,
    objections: impl FnOnce() -> Vec<E>,
) -> anyhow::Result<Result<Report, Vec<E>>> {
    let folder = permitted(target)?;
    // Checked again before locking, so that a foreign folder does not even get a lock file.
    Recorded::check(&folder, target.force)?;
    let _lock = if target.dry_run { None } else { Some(FolderLock::take(&folder)?) };
    let old = Recorded::read(&folder, target.force)?;
    let likeness = owner::compare(target, &folder, old.owner.as_ref(), owner)?;
    let names: Vec<String> = files.iter().map(|file| path(file).file()).collect();
    let plan = Plan::new(&folder, &names, &old.files, target.force)?;
    let kept = names.iter().filter(|name| old.files.contains_key(*name)).map(String::as_str);
    owner::check_loss(&folder, likeness, &plan.gone, kept)?;
    let before =
        before.filter(|before| old.whole.is_some() && hash_of_manifest(&folder).as_deref() == Some(before.manifest));
    let staging = if target.dry_run { None } else { Some(Staging::open(&folder)?) };
    // Hashing every file a second time would cost a build of a large site more than everything else that it repeats.
    let known = before.and_then(|_| plan.still_there(CHECKSUMS)).and_then(|(_, bytes)| Checksums::parse(&bytes).ok());

    // Stage the files that differ. Bytes are dropped at once: a large site need not fit into memory.
    let make = |number: usize, digests: &Digests| -> anyhow::Result<Result<MadeFile, E>> {
        let (file, name) = (&files[number], &names[number]);
        if before.is_some_and(|before| (before.is_same)(file))
            && let Some((hash, bytes)) = plan.still_there(name)
        {
            // The list was made with the bytes that have this hash.
            let digest = known.as_ref().and_then(|known| known.files.get(name)).cloned();
            let digest = digest.unwrap_or_else(|| Digest::of(&bytes));
            return Ok(Ok(MadeFile { hash, changed: false, digest }));
        }
        let bytes = match bytes(file, digests) {
            Ok(bytes) => bytes,
            Err(error) => return Ok(Err(error)),
        };
        let changed = plan.differs(name, &bytes)?;
        if let (true, Some(staging)) = (changed, &staging) {
            let staged = staging.file(number);
            fs::write(&staged, &bytes).with_context(|| format!("cannot write {}", staged.display()))?;
        }
        Ok(Ok(MadeFile { hash: blake3::hash(&bytes), changed, digest: Digest::of(&bytes) }))
    };
    let mut made: Vec<Option<Result<MadeFile, E>>> = (0..files.len()).map(|_| None).collect();
    let mut digests = Digests::new();
    for turn in Round::ALL {
        let numbers: Vec<usize> = (0..files.len()).filter(|&number| round(&files[number]) == turn).collect();
        let of_turn = numbers.par_iter().map(|&number| make(number, &digests)).collect::<anyhow::Result<Vec<_>>>()?;
        for (number, file) in numbers.into_iter().zip(of_turn) {
            digests.extend(file.as_ref().ok().map(|file| (names[number].clone(), file.digest.clone())));
            made[number] = Some(file);
        }
    }
    let (mut whole, mut errors) = (Vec::with_capacity(made.len()), Vec::new());
    for made in made.into_iter().flatten() {
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
        // A build without changes does not touch the folder, not even its manifest.
        if !(changed.is_empty() && plan.gone.is_empty() && old.whole.as_ref() == Some(&new)) {
            plan.check_folders(&changed)?;
            plan.carry_out(staging, &changed, &new)?;
        }
    }
    Ok(Ok(Report {
        bytes: changed.iter().map(|&number| whole[number].digest.bytes).sum(),
        manifest: if target.dry_run { String::new() } else { hash_of_manifest(&folder).unwrap_or_default() },
        unchanged: files.len() - changed.len(),
        written: changed.iter().map(|&number| path(&files[number]).clone()).collect(),
        removed: plan.gone.into_iter().map(str::to_owned).collect(),
    }))
}

/// What is kept of a file after its bytes have been dropped.
struct MadeFile {
    hash: blake3::Hash,
    changed: bool,
    digest: Digest,
}
