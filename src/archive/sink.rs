//! Files, one after another -> a folder or a ZIP archive, which appears only when it is complete.

use std::fs;
use std::io::{BufWriter, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use flate2::Compression;
use flate2::write::DeflateEncoder;
use rawzip::{CompressionMethod, ZipArchiveWriter};

use crate::disk;
use crate::output::Refused;

/// A package that is being written, under a temporary name next to its final one.
pub(super) struct Sink {
    to: PathBuf,
    unfinished: PathBuf,
    form: Form,
}

enum Form {
    Folder,
    /// The archive, and the one folder in it.
    Zip(Box<ZipArchiveWriter<BufWriter<fs::File>>>, String),
    Finished,
}

impl Sink {
    /// Begins a package. An existing file or folder is never replaced.
    pub(super) fn create(to: &Path) -> anyhow::Result<Sink> {
        let is_taken = match fs::read_dir(to) {
            Err(error) if error.kind() == ErrorKind::NotFound => false,
            Ok(mut inside) => inside.next().is_some(),
            Err(_) => true,
        };
        if is_taken {
            return Err(Refused(format!("{} already exists; choose another name", to.display())).into());
        }
        let name = to.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let unfinished = to.with_file_name(format!(".{name}.unfinished"));
        let context = || format!("cannot write {}", to.display());
        let is_zip = to.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip"));
        // Left behind by a run that was killed.
        let left = if unfinished.is_dir() { fs::remove_dir_all(&unfinished) } else { fs::remove_file(&unfinished) };
        match left {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error).with_context(context),
            _ => {}
        }
        let form = if is_zip {
            let file = fs::File::create(&unfinished).with_context(context)?;
            let stem = to.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            Form::Zip(Box::new(ZipArchiveWriter::new(BufWriter::new(file))), stem)
        } else {
            fs::create_dir_all(&unfinished).with_context(context)?;
            Form::Folder
        };
        Ok(Sink { to: to.to_owned(), unfinished, form })
    }

    /// Writes a file.
    pub(super) fn put(&mut self, path: &str, bytes: &[u8]) -> anyhow::Result<()> {
        let context = || format!("cannot write {path} of {}", self.to.display());
        match &mut self.form {
            Form::Folder => {
                let file = self.unfinished.join(path);
                fs::create_dir_all(file.parent().unwrap_or(&self.unfinished)).with_context(context)?;
                fs::write(file, bytes).with_context(context)
            }
            Form::Zip(archive, stem) => {
                let name = format!("{stem}/{path}");
                let mut add = || -> anyhow::Result<()> {
                    let (mut entry, config) =
                        archive.new_file(&name).compression_method(CompressionMethod::DEFLATE).start()?;
                    let mut writer = config.wrap(DeflateEncoder::new(&mut entry, Compression::default()));
                    writer.write_all(bytes)?;
                    let (encoder, described) = writer.finish()?;
                    encoder.finish()?;
                    entry.finish(described)?;
                    Ok(())
                };
                add().with_context(context)
            }
            Form::Finished => Ok(()),
        }
    }

    /// Moves the package to its final place.
    pub(super) fn finish(mut self) -> anyhow::Result<()> {
        let context = || format!("cannot write {}", self.to.display());
        match std::mem::replace(&mut self.form, Form::Finished) {
            Form::Zip(archive, _) => {
                let mut file = archive.finish().with_context(context)?;
                file.flush().with_context(context)?;
                file.get_ref().sync_all().with_context(context)?;
            }
            Form::Folder | Form::Finished => {
                // On some systems a rename cannot replace even an empty folder.
                let _ = fs::remove_dir(&self.to);
                disk::sync_folders(&self.unfinished, &[&self.unfinished]).with_context(context)?;
            }
        }
        fs::rename(&self.unfinished, &self.to).with_context(context)
    }
}

impl Drop for Sink {
    /// Removes what a failed run wrote; a finished one has left nothing.
    fn drop(&mut self) {
        let _ = if self.unfinished.is_dir() {
            fs::remove_dir_all(&self.unfinished)
        } else {
            fs::remove_file(&self.unfinished)
        };
    }
}
