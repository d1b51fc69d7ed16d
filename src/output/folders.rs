//! A folder of the output -> whether staged files can be renamed into it.

use std::path::Path;

/// Returns an error if a file cannot be renamed from the output folder into this one below it.
#[cfg(unix)]
pub(super) fn check(output: &Path, folder: &Path) -> anyhow::Result<()> {
    use std::os::unix::fs::MetadataExt as _;

    use anyhow::bail;
    use rustix::fs::{Access, access};

    let unchanged = "nothing was changed";
    if let Err(error) = access(folder, Access::WRITE_OK | Access::EXEC_OK) {
        bail!(
            "the folder {} is not writable: {error}; {unchanged}. Change its permissions, or choose another folder \
             with --output",
            folder.display()
        );
    }
    let device = |path: &Path| path.metadata().map(|metadata| metadata.dev());
    if let (Ok(of_output), Ok(of_folder)) = (device(output), device(folder))
        && of_output != of_folder
    {
        bail!(
            "the folder {} is on a different file system than {}, so its files cannot be replaced all at once; {unchanged}. \
             Unmount it, or choose another folder with --output",
            folder.display(),
            output.display()
        );
    }
    Ok(())
}

/// On other systems, only renaming a file shows whether it works.
#[cfg(not(unix))]
pub(super) fn check(_: &Path, _: &Path) -> anyhow::Result<()> {
    Ok(())
}
