//! A ZIP archive -> its entries, each within bounds. Nothing of it is ever unpacked to the disk.

mod names;
mod positioned;

use std::io::{Cursor, Read, Seek, SeekFrom};
use std::sync::Arc;

use zip::ZipArchive;
use zip::result::ZipError;

use super::original::LARGEST;
use super::unreadable::Unreadable;
pub use positioned::Positioned;

/// Entries of an archive.
const MOST_ENTRIES: usize = 10_000;
/// Bytes of an archive, and of all its entries together.
const LARGEST_ALL: u64 = 1 << 30;
/// Bytes that one packed byte may become, in entries of more than `ANY_RATIO` bytes. Text packs to a tenth, repetitive XML
/// to a fiftieth.
const HIGHEST_RATIO: u64 = 300;
const ANY_RATIO: u64 = 1 << 20;
/// Bytes that all entries together may become whatever they were packed to.
const ANY_ALL: u64 = 64 << 20;

/// An archive whose table of contents was found to be within bounds. A copy of it costs nothing and reads for itself.
#[derive(Clone, Debug)]
pub struct Archive<R> {
    zip: ZipArchive<R>,
    contents: Arc<Contents>,
    /// Bytes that may be read of it, and those that still may.
    most: u64,
    left: u64,
}

/// What the table of contents says.
#[derive(Debug, Default)]
struct Contents {
    /// The files by their names, each with its place in the table.
    files: Vec<(String, usize)>,
    /// What of it was not read.
    unread: Option<Unreadable>,
    /// What of it was read by a guess.
    guessed: Option<Unreadable>,
}

/// Opens an archive that lies in memory.
pub fn in_memory(bytes: &Arc<[u8]>) -> Result<Archive<Cursor<Arc<[u8]>>>, Unreadable> {
    Archive::open(Cursor::new(Arc::clone(bytes)))
}

impl<R: Read + Seek> Archive<R> {
    /// Opens an archive.
    pub fn open(mut reader: R) -> Result<Archive<R>, Unreadable> {
        let length = reader.seek(SeekFrom::End(0)).map_err(|error| damaged(&error.into()))?;
        if length > LARGEST_ALL {
            let (length, most) = (length >> 20, LARGEST_ALL >> 20);
            return Err(bomb(format!("it has {length} MiB; an archive may have {most} MiB")));
        }
        let mut zip = ZipArchive::new(reader).map_err(|error| damaged(&error))?;
        if zip.len() > MOST_ENTRIES {
            return Err(bomb(format!("it has {} entries; an archive may have {MOST_ENTRIES}", zip.len())));
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
            return Err(bomb(format!("its entries have {all} MiB together; they may have {most} MiB")));
        }
        // No archiver writes the same bytes for two entries; small archives that become large ones do.
        if zip.has_overlapping_entries().map_err(|error| damaged(&error))? {
            return Err(bomb("entries in it lie over one another".to_owned()));
        }
        let (names, guessed) = names::decoded(entries);
        let unread = zip.has_duplicate_names().then(|| {
            let message = "two entries in it have one name; only the last of them was read";
            Unreadable::new(message, "unpack it, and hand in the files")
        });
        let mut files: Vec<(String, usize)> = names
            .into_iter()
            .enumerate()
            .map(|(at, name)| (name.replace('\\', "/"), at))
            .filter(|(name, _)| !name.ends_with('/'))
            .collect();
        files.sort();
        let contents = Arc::new(Contents { files, unread, guessed });
        Ok(Archive { zip, contents, most: LARGEST_ALL, left: LARGEST_ALL })
    }

    /// Lets no more than so many bytes of it be read, all entries taken together.
    #[must_use]
    pub fn within(self, most: u64) -> Archive<R> {
        Archive { most, left: most, ..self }
    }

    /// Returns the entries that are files, in the order of their names, with `/` between the parts of these: each with its
    /// place in the archive.
    pub fn files(&self) -> impl Iterator<Item = (&str, usize)> {
        self.contents.files.iter().map(|(name, at)| (name.as_str(), *at))
    }

    /// Returns what of the archive was not read.
    pub fn unread(&self) -> Option<&Unreadable> {
        self.contents.unread.as_ref()
    }

    /// Returns what of the archive was read by a guess.
    pub fn guessed(&self) -> Option<&Unreadable> {
        self.contents.guessed.as_ref()
    }

    /// Returns whether an entry is a link to another file.
    pub fn is_link(&self, at: usize) -> bool {
        self.zip.by_index_data(at).is_ok_and(|entry| entry.is_symlink())
    }

    /// Reads an entry by its name; nothing if there is none.
    pub fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, Unreadable> {
        let files = &self.contents.files;
        let first = files.partition_point(|(own, _)| own.as_str() < name);
        let at = files.get(first).filter(|(own, _)| own == name).map(|(_, at)| *at);
        at.map(|at| self.read_at(at, name)).transpose()
    }

    /// Reads the entry at a place, which messages call so.
    pub fn read_at(&mut self, at: usize, name: &str) -> Result<Vec<u8>, Unreadable> {
        let entry = match self.zip.by_index(at) {
            Ok(entry) => entry,
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
                let help = "unpack it with its password, and hand in the files";
                return Err(Unreadable::new(format!("`{name}` in it is encrypted"), help));
            }
            Err(error) => return Err(damaged(&error)),
        };
        // What the table of contents says of sizes may be a lie. Its sum was found to be within bounds, so an entry may be
        // as large as it says, and no larger.
        let said = entry.size();
        let most = LARGEST.min(entry.compressed_size().saturating_mul(HIGHEST_RATIO).max(ANY_RATIO));
        let mut bytes = Vec::new();
        entry
            .take(most.min(said).min(self.left) + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| damaged(&error.into()))?;
        if bytes.len() as u64 > most {
            return Err(bomb(format!("`{name}` in it becomes more than {} MiB when it is unpacked", most >> 20)));
        }
        if bytes.len() as u64 > said {
            return Err(bomb(format!("`{name}` in it is larger than its archive says")));
        }
        let left = self.left.checked_sub(bytes.len() as u64);
        self.left = left.ok_or_else(|| bomb(format!("its parts have more than {} MiB together", self.most >> 20)))?;
        Ok(bytes)
    }
}

fn damaged(error: &ZipError) -> Unreadable {
    Unreadable::new(format!("its archive is damaged: {error}"), "hand in another copy")
}

fn bomb(message: String) -> Unreadable {
    Unreadable::new(message, "if this is no attack, unpack it, and hand in the files that are statements")
}

/// Says why an entry may not be taken under its name; nothing if it may.
pub fn is_outside(name: &str) -> bool {
    let drive = name.as_bytes().get(1) == Some(&b':');
    drive || name.starts_with('/') || name.split('/').any(|part| part == "..")
}

#[cfg(test)]
mod tests;
