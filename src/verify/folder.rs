//! A folder -> which of its files do not match a list of checksums.

use std::collections::BTreeMap;
use std::fs;
use std::io::{ErrorKind, Read as _};
use std::path::Path;

use anyhow::{Context as _, bail};
use rayon::prelude::*;
use walkdir::WalkDir;

use super::{Problem, Verified};
use crate::output::{CHECKSUMS, Checksums, Digest, RESERVED};

/// Reads a file; `None` if it does not exist.
pub(super) fn read(path: &Path, most: u64) -> anyhow::Result<Option<Vec<u8>>> {
    let context = || format!("cannot read {}", path.display());
    match fs::metadata(path) {
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(None),
        // Reading anything but a regular file, such as a pipe, may never end.
        found => {
            if !found.with_context(context)?.is_file() {
                return Ok(None);
            }
        }
    }
    let mut bytes = Vec::new();
    fs::File::open(path).and_then(|file| file.take(most + 1).read_to_end(&mut bytes)).with_context(context)?;
    if bytes.len() as u64 > most {
        bail!("{} is longer than {most} bytes", path.display());
    }
    Ok(Some(bytes))
}

/// Compares the files of a folder. Links are not followed: only files in the folder itself belong to the site.
pub(super) fn compare(
    folder: &Path,
    list: &Checksums,
    files: &[(&str, &Digest)],
    is_meant: &dyn Fn(&str) -> bool,
    done: &(dyn Fn() + Sync),
) -> anyhow::Result<Verified> {
    let mut there: BTreeMap<String, bool> = BTreeMap::new();
    let is_ours = |entry: &walkdir::DirEntry| {
        // Plenary's own records, which are not published, and the repository if the folder is a checked-out branch.
        let name = entry.file_name().to_string_lossy();
        entry.depth() != 1 || !(name.starts_with(RESERVED) || name == ".git")
    };
    for entry in WalkDir::new(folder).into_iter().filter_entry(is_ours) {
        let entry = entry.with_context(|| format!("cannot read {}", folder.display()))?;
        if !entry.file_type().is_dir() {
            let below = entry.path().strip_prefix(folder).unwrap_or(entry.path());
            let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
            there.insert(parts.join("/"), entry.file_type().is_file());
        }
    }
    let compared = files.par_iter().map(|(file, digest)| {
        let problem = match there.get(*file) {
            None => Some(Problem::Missing),
            Some(false) => Some(Problem::Changed),
            Some(true) => {
                let path = folder.join(file);
                let opened = fs::File::open(&path).and_then(|opened| Digest::read(opened, digest.bytes));
                let found = opened.with_context(|| format!("cannot read {}", path.display()))?;
                (found.as_ref() != Some(*digest)).then_some(Problem::Changed)
            }
        };
        done();
        Ok(problem.map(|problem| ((*file).to_owned(), problem)))
    });
    let problems: Vec<Option<(String, Problem)>> = compared.collect::<anyhow::Result<_>>()?;
    let foreign = there.keys().filter(|name| *name != CHECKSUMS && !list.files.contains_key(*name) && is_meant(name));
    let foreign = foreign.map(|name| (name.clone(), Problem::Foreign));
    Ok(Verified { problems: problems.into_iter().flatten().chain(foreign).collect(), ..Verified::default() })
}
