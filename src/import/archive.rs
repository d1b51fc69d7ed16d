//! A ZIP archive -> its entries, each within limits. Nothing is ever unpacked to the disk.

mod names;
mod positioned;

use std::io::{Cursor, Read, Seek, SeekFrom};
use std::sync::Arc;

use zip::ZipArchive;
use zip::result::ZipError;

use super::original::LARGEST;
use super::unreadable::Unreadable;
pub use positioned::Positioned;

/// The maximum number of entries in an archive.
const MOST_ENTRIES: usize = 10_000;
/// The maximum size of an archive, and of all its entries together, in bytes.
const LARGEST_ALL: u64 = 1 << 30;
/// The maximum number of bytes that one compressed byte may expand to, in entries of more than `ANY_RATIO` bytes. Text
/// shrinks to a tenth, repetitive XML to a fiftieth.
const HIGHEST_RATIO: u64 = 300;
/// Size in bytes up to which an entry may have any compression ratio.
const ANY_RATIO: u64 = 1 << 20;
/// Total size in bytes up to which entries may have any compression ratio.
const ANY_ALL: u64 = 64 << 20;

/// An archive whose table of contents was found to be within limits. Cloning it is cheap, and each clone reads
/// independently.
#[derive(Clone, Debug)]
pub struct Archive<R> {
    zip: ZipArchive<R>,
    contents: Arc<Contents>,
    /// How many bytes may be read in total, and how many are left.
    most: u64,
    left: u64,
}

/// What the table of contents says.
#[derive(Debug, Default)]
struct Contents {
    /// The files by name, each with its index in the table.
    files: Vec<(String, usize)>,
    /// What was left unread, and why.
    unread: Option<Unreadable>,
    /// What was read by guessing.
    guessed: Option<Unreadable>,
}

/// Opens an archive that is in memory.
///
/// # Errors
/// Returns why the archive is refused: damaged, too large, or built as an attack.
pub fn in_memory(bytes: &Arc<[u8]>) -> Result<Archive<Cursor<Arc<[u8]>>>, Unreadable> {
    Archive::open(Cursor::new(Arc::clone(bytes)))
}

impl<R: Read + Seek> Archive<R> {
    /// Opens an archive and checks its table of contents against the limits before anything is unpacked.
    ///
    /// # Errors
    /// Returns why the archive is refused: damaged, too large, or built as an attack.
    pub fn open(mut reader: R) -> Result<Archive<R>, Unreadable> {
        let length = reader.seek(SeekFrom::End(0)).map_err(|error| damaged(&error.into()))?;
        if length > LARGEST_ALL {
            let (length, most) = (length >> 20, LARGEST_ALL >> 20);
            return Err(bomb(format!("it is {length} MiB; the limit for an archive is {most} MiB")));
        }
        let mut zip = ZipArchive::new(reader).map_err(|error| damaged(&error))?;
        if zip.len() > MOST_ENTRIES {
            return Err(bomb(format!("it has {} entries; the limit is {MOST_ENTRIES}", zip.len())));
        }
        let mut all = 0_u64;
        let mut entries = Vec::new();
        for i in 0..zip.len() {
            let entry = zip.by_index_data(i).map_err(|error| damaged(&error))?;
            all = all.saturating_add(entry.size());
            entries.push((entry.name_raw().to_vec(), entry.name().map_err(|error| damaged(&error))?.into_owned()));
        }
        let most = LARGEST_ALL.min(ANY_ALL.max(length.saturating_mul(HIGHEST_RATIO)));
        if all > most {
            let (all, most) = (all >> 20, most >> 20);
            return Err(bomb(format!("its entries are {all} MiB together; the limit is {most} MiB")));
        }
        // No archiver writes the same bytes for two entries; only archives built to expand enormously do ("A better zip
        // bomb", Fifield, 2019).
        if zip.has_overlapping_entries().map_err(|error| damaged(&error))? {
            return Err(bomb("entries in it overlap".to_owned()));
        }
        let (names, guessed) = names::decoded(entries);
        let unread = zip.has_duplicate_names().then(|| {
            let message = "two entries in it have the same name; only the last one was read";
            Unreadable::new(message, "unpack it and import the files")
        });
        let mut files: Vec<(String, usize)> = names
            .into_iter()
            .enumerate()
            // Archives made on Windows may separate folders with backslashes.
            .map(|(at, name)| (name.replace('\\', "/"), at))
            .filter(|(name, _)| !name.ends_with('/'))
            .collect();
        files.sort();
        let contents = Arc::new(Contents { files, unread, guessed });
        Ok(Archive { zip, contents, most: LARGEST_ALL, left: LARGEST_ALL })
    }

    /// Limits how many bytes may be read from the archive, all entries taken together.
    #[must_use]
    pub fn within(self, most: u64) -> Archive<R> {
        Archive { most, left: most, ..self }
    }

    /// Returns the entries that are files, sorted by name, with `/` as separator: each with its index in the archive.
    pub fn files(&self) -> impl Iterator<Item = (&str, usize)> {
        self.contents.files.iter().map(|(name, at)| (name.as_str(), *at))
    }

    /// Returns what was left unread, and why.
    pub fn unread(&self) -> Option<&Unreadable> {
        self.contents.unread.as_ref()
    }

    /// Returns what was read by guessing.
    pub fn guessed(&self) -> Option<&Unreadable> {
        self.contents.guessed.as_ref()
    }

    /// Returns whether an entry is a symbolic link.
    pub fn is_link(&self, at: usize) -> bool {
        self.zip.by_index_data(at).is_ok_and(|entry| entry.is_symlink())
    }

    /// Reads an entry by its name; returns `None` if there is no such entry.
    ///
    /// # Errors
    /// Returns why the entry cannot be read: encrypted, damaged, or over a limit.
    pub fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, Unreadable> {
        let files = &self.contents.files;
        let first = files.partition_point(|(own, _)| own.as_str() < name);
        let at = files.get(first).filter(|(own, _)| own == name).map(|(_, at)| *at);
        at.map(|at| self.read_at(at, name)).transpose()
    }

    /// Reads the entry at an index. `name` is what messages call it.
    ///
    /// # Errors
    /// Returns why the entry cannot be read: encrypted, damaged, or over a limit.
    pub fn read_at(&mut self, at: usize, name: &str) -> Result<Vec<u8>, Unreadable> {
        let entry = match self.zip.by_index(at) {
            Ok(entry) => entry,
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
                let help = "unpack it with its password and import the files";
                return Err(Unreadable::new(format!("`{name}` in it is encrypted"), help));
            }
            Err(error) => return Err(damaged(&error)),
        };
        // The sizes in the table of contents may be false. Their sum was within limits, so an entry may be as large as
        // declared and no larger.
        let declared = entry.size();
        let most = LARGEST.min(entry.compressed_size().saturating_mul(HIGHEST_RATIO).max(ANY_RATIO));
        let mut bytes = Vec::new();
        entry
            .take(most.min(declared).min(self.left) + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| damaged(&error.into()))?;
        if bytes.len() as u64 > most {
            return Err(bomb(format!("`{name}` in it expands to more than {} MiB", most >> 20)));
        }
        if bytes.len() as u64 > declared {
            return Err(bomb(format!("`{name}` in it is larger than the archive declares")));
        }
        let left = self.left.checked_sub(bytes.len() as u64);
        self.left = left.ok_or_else(|| bomb(format!("its entries are more than {} MiB together", self.most >> 20)))?;
        Ok(bytes)
    }
}

fn damaged(error: &ZipError) -> Unreadable {
    Unreadable::new(format!("its archive is damaged: {error}"), "import another copy")
}

fn bomb(message: String) -> Unreadable {
    Unreadable::new(message, "if you trust this archive, unpack it and import the files")
}

/// Returns whether an entry's name leads out of the folder it would be unpacked to, so that it must not be used.
pub fn is_outside(name: &str) -> bool {
    let drive = name.as_bytes().get(1) == Some(&b':');
    drive || name.starts_with('/') || name.split('/').any(|part| part == "..")
}

#[cfg(test)]
mod tests;
