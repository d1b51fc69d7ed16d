//! A site and its output folder -> whether to write there.

use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context as _, bail};

use super::{Refused, Target};
use crate::sources::FOLDERS;

/// Returns the real path of the output folder, if a site may be written there at all.
pub(super) fn permitted(target: &Target) -> anyhow::Result<PathBuf> {
    let (folder, site) = (resolve(&target.folder)?, resolve(&target.site)?);
    let refused = |why: String| Err(Refused(format!("{why}; choose a folder of its own")).into());
    if let Some(other) = folder.ancestors().find(|path| path.exists() && !path.is_dir()) {
        return refused(format!(
            "the site cannot be written to {}: {} is no folder",
            folder.display(),
            other.display()
        ));
    }
    if site.starts_with(&folder) {
        return refused(format!("the output folder {} holds the site itself", folder.display()));
    }
    for room in FOLDERS {
        // One that is not there, or a link that leads nowhere, overlaps where it would be.
        let room = site.join(room).canonicalize().unwrap_or_else(|_| site.join(room));
        if folder.starts_with(&room) || room.starts_with(&folder) {
            return refused(format!("the output folder {} overlaps {}", folder.display(), room.display()));
        }
    }
    Ok(folder)
}

/// Returns the path without links and `..`, though its last parts may not be there yet.
fn resolve(path: &Path) -> anyhow::Result<PathBuf> {
    let path = std::path::absolute(path).with_context(|| format!("cannot resolve {}", path.display()))?;
    for ancestor in path.ancestors() {
        match (ancestor.canonicalize(), path.strip_prefix(ancestor)) {
            (Ok(real), Ok(rest)) if rest.as_os_str().is_empty() => return Ok(real),
            (Ok(real), Ok(rest)) if rest.components().all(|part| matches!(part, Component::Normal(_))) => {
                return Ok(real.join(rest));
            }
            // Nobody can tell where the site should go if a link on the way leads nowhere.
            (Err(error), _) if error.kind() == ErrorKind::NotFound && ancestor.is_symlink() => {
                let to = ancestor.read_link().unwrap_or_default();
                return Err(Refused(format!(
                    "the site cannot be written to {}: {} is a symbolic link to {}, which is not there; make that \
                     folder, remove the link, or choose another folder with --output",
                    path.display(),
                    ancestor.display(),
                    to.display()
                ))
                .into());
            }
            // Above what is not there, and above a file, is something that can be resolved.
            (Err(error), _) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {}
            (Err(error), _) => return Err(error).with_context(|| format!("cannot resolve {}", path.display())),
            _ => break,
        }
    }
    bail!("cannot resolve {}", path.display())
}
