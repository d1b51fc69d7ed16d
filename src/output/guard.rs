//! A site and its output folder -> whether the site may be written there.

use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context as _, bail};

use super::{Refused, Target};
use crate::sources::FOLDERS;

/// Returns the real path of the output folder, if a site may be written there at all.
pub(super) fn permitted(target: &Target) -> anyhow::Result<PathBuf> {
    let (folder, site) = (resolve(&target.folder)?, resolve(&target.site)?);
    let refused = |why: String| Err(Refused(format!("{why}; choose a separate folder")).into());
    if let Some(other) = folder.ancestors().find(|path| path.exists() && !path.is_dir()) {
        return refused(format!(
            "the site cannot be written to {}: {} is not a folder",
            folder.display(),
            other.display()
        ));
    }
    if site.starts_with(&folder) {
        return refused(format!("the output folder {} contains the site itself", folder.display()));
    }
    for room in FOLDERS {
        // A missing folder, or a broken link, is compared by where it would be.
        let room = site.join(room).canonicalize().unwrap_or_else(|_| site.join(room));
        if folder.starts_with(&room) || room.starts_with(&folder) {
            return refused(format!("the output folder {} overlaps {}", folder.display(), room.display()));
        }
    }
    // Both belong to programs that remove and replace what they find there.
    if [".plenary", ".git"].iter().any(|name| folder == site.join(name)) || folder.starts_with(site.join(".git")) {
        return refused(format!("{} is not a folder for a site", folder.display()));
    }
    Ok(folder)
}

/// Resolves links and `..` in a path whose last parts may not exist yet.
fn resolve(path: &Path) -> anyhow::Result<PathBuf> {
    let path = std::path::absolute(path).with_context(|| format!("cannot resolve {}", path.display()))?;
    for ancestor in path.ancestors() {
        match (ancestor.canonicalize(), path.strip_prefix(ancestor)) {
            (Ok(real), Ok(rest)) if rest.as_os_str().is_empty() => return Ok(real),
            (Ok(real), Ok(rest)) if rest.components().all(|part| matches!(part, Component::Normal(_))) => {
                return Ok(real.join(rest));
            }
            // With a broken link on the way, it is unknown where the site should go.
            (Err(error), _) if error.kind() == ErrorKind::NotFound && ancestor.is_symlink() => {
                let to = ancestor.read_link().unwrap_or_default();
                return Err(Refused(format!(
                    "the site cannot be written to {}: {} is a symbolic link to {}, which does not exist; create that \
                     folder, remove the link, or choose another folder with --output",
                    path.display(),
                    ancestor.display(),
                    to.display()
                ))
                .into());
            }
            // It does not exist, or is below a file; one of its ancestors can be resolved.
            (Err(error), _) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {}
            (Err(error), _) => return Err(error).with_context(|| format!("cannot resolve {}", path.display())),
            _ => break,
        }
    }
    bail!("cannot resolve {}", path.display())
}
