//! A ZIP archive -> its entries, each within bounds. Nothing of it is ever unpacked to the disk.

use std::collections::BTreeMap;
use std::io::{Read, Seek};

use zip::ZipArchive;
use zip::result::ZipError;

use super::gather::LARGEST;
use super::reading::Unreadable;

/// Entries of an archive.
const MOST_ENTRIES: usize = 10_000;
/// Bytes of all entries together.
const LARGEST_ALL: u64 = 1 << 30;
/// Bytes that one packed byte may become, in entries of more than `ANY_RATIO` bytes. Text packs to a tenth, repetitive XML
/// to a fiftieth.
const HIGHEST_RATIO: u64 = 300;
const ANY_RATIO: u64 = 1 << 20;

/// An archive whose table of contents was found to be within bounds.
pub struct Archive<R> {
    zip: ZipArchive<R>,
    /// Where each file stands in the table of contents.
    names: BTreeMap<String, usize>,
}

impl<R: Read + Seek> Archive<R> {
    /// Opens an archive.
    pub fn open(reader: R) -> Result<Archive<R>, Unreadable> {
        let mut zip = ZipArchive::new(reader).map_err(|error| damaged(&error))?;
        if zip.len() > MOST_ENTRIES {
            return Err(bomb(format!("it has {} entries; an archive may have {MOST_ENTRIES}", zip.len())));
        }
        let mut all = 0_u64;
        let mut names = BTreeMap::new();
        for i in 0..zip.len() {
            let entry = zip.by_index_raw(i).map_err(|error| damaged(&error))?;
            all = all.saturating_add(entry.size());
            let name = entry.name().map_err(|error| damaged(&error))?.replace('\\', "/");
            if !name.ends_with('/') {
                names.insert(name, i);
            }
        }
        if all > LARGEST_ALL {
            let (all, most) = (all >> 20, LARGEST_ALL >> 20);
            return Err(bomb(format!("its entries have {all} MiB together; they may have {most} MiB")));
        }
        Ok(Archive { zip, names })
    }

    /// Returns the names of the entries that are files, in order, with `/` between their parts.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.keys().map(String::as_str)
    }

    /// Reads an entry; nothing if there is none of this name.
    pub fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, Unreadable> {
        let Some(at) = self.names.get(name) else { return Ok(None) };
        let entry = match self.zip.by_index(*at) {
            Ok(entry) => entry,
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
                let help = "unpack it with its password, and hand in the files";
                return Err(Unreadable::new(format!("`{name}` in it is encrypted"), help));
            }
            Err(error) => return Err(damaged(&error)),
        };
        // What the table of contents says of sizes may be a lie, so what is read is counted.
        let most = LARGEST.min(entry.compressed_size().saturating_mul(HIGHEST_RATIO).max(ANY_RATIO));
        let mut bytes = Vec::new();
        entry.take(most + 1).read_to_end(&mut bytes).map_err(|error| damaged(&error.into()))?;
        if bytes.len() as u64 > most {
            return Err(bomb(format!("`{name}` in it becomes more than {} MiB when it is unpacked", most >> 20)));
        }
        Ok(Some(bytes))
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
mod tests {
    use std::io::{Cursor, Write};

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in entries {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn read(bytes: &[u8], name: &str) -> Result<Option<Vec<u8>>, Unreadable> {
        Archive::open(Cursor::new(bytes))?.read(name)
    }

    #[test]
    fn entries_are_read_within_bounds() {
        let zeros = vec![0; 8 << 20];
        let bytes = archive(&[("a.txt", b"words"), ("zeros.txt", &zeros)]);
        assert_eq!(read(&bytes, "a.txt").unwrap().unwrap(), b"words");
        assert_eq!(read(&bytes, "b.txt").unwrap(), None);
        let refused = read(&bytes, "zeros.txt").unwrap_err();
        assert!(refused.message.contains("when it is unpacked"), "{}", refused.message);
        assert!(read(&bytes[..bytes.len() / 2], "a.txt").unwrap_err().message.contains("damaged"));
    }

    #[test]
    fn a_size_that_is_a_lie_helps_nobody() {
        let zeros = vec![0; 8 << 20];
        let mut bytes = archive(&[("zeros.txt", &zeros)]);
        let size = (8_u32 << 20).to_le_bytes();
        for at in 0..bytes.len() - 4 {
            if bytes[at..at + 4] == size {
                bytes[at..at + 4].copy_from_slice(&5_u32.to_le_bytes());
            }
        }
        assert!(read(&bytes, "zeros.txt").map_or(true, |bytes| bytes.unwrap().len() <= 5));
    }

    #[test]
    fn archives_of_too_much_are_refused_before_anything_is_unpacked() {
        let names: Vec<String> = (0..=MOST_ENTRIES).map(|i| i.to_string()).collect();
        let entries: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
        let refused = read(&archive(&entries), "1").unwrap_err();
        assert!(refused.message.contains("10001 entries"), "{}", refused.message);
    }

    #[test]
    fn names_that_lead_out_are_known() {
        for (name, outside) in [
            ("a/b.txt", false),
            ("a..b/c.txt", false),
            ("../b.txt", true),
            ("a/../../b.txt", true),
            ("/etc/b.txt", true),
            ("C:/b.txt", true),
        ] {
            assert_eq!(is_outside(name), outside, "{name}");
        }
    }
}
