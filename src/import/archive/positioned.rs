//! A file -> a reader that can be cloned: each clone has its own position, and all share one open file.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;

/// The size of a buffered read, in bytes. The table of contents of an archive is read in pieces of a few bytes.
const AT_ONCE: usize = 8 << 10;

/// A reader of an open file.
#[derive(Debug)]
pub struct Positioned {
    file: Arc<File>,
    at: u64,
    buffer: Vec<u8>,
    /// Position in the file of the buffer's first byte.
    buffered: u64,
}

impl Positioned {
    /// Starts at the beginning of the file.
    pub fn new(file: File) -> Positioned {
        Positioned { file: Arc::new(file), at: 0, buffer: Vec::new(), buffered: 0 }
    }
}

impl Clone for Positioned {
    fn clone(&self) -> Positioned {
        Positioned { file: Arc::clone(&self.file), at: self.at, buffer: Vec::new(), buffered: 0 }
    }
}

#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, bytes, at)
}

#[cfg(windows)]
fn read_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, bytes, at)
}

impl Read for Positioned {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let within = |at: u64, buffered: u64| usize::try_from(at.checked_sub(buffered)?).ok();
        let mut from = within(self.at, self.buffered).filter(|from| *from < self.buffer.len());
        if from.is_none() {
            // A large read goes straight to the file: buffering would only copy the bytes twice.
            if bytes.len() >= AT_ONCE {
                let count = read_at(&self.file, bytes, self.at)?;
                self.at += count as u64;
                return Ok(count);
            }
            self.buffer.resize(AT_ONCE, 0);
            let count = read_at(&self.file, &mut self.buffer, self.at)?;
            self.buffer.truncate(count);
            self.buffered = self.at;
            from = Some(0);
        }
        let rest = &self.buffer[from.unwrap_or(0)..];
        let count = rest.len().min(bytes.len());
        bytes[..count].copy_from_slice(&rest[..count]);
        self.at += count as u64;
        Ok(count)
    }
}

impl Seek for Positioned {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
            SeekFrom::End(by) => self.file.metadata()?.len().checked_add_signed(by),
        };
        self.at = at.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn each_copy_reads_at_its_own_position() {
        let mut file = tempfile::tempfile().unwrap();
        let bytes: Vec<u8> = (0..30_000_u32).map(|i| (i % 251) as u8).collect();
        file.write_all(&bytes).unwrap();
        let mut first = Positioned::new(file);
        let mut two = [0; 2];
        first.read_exact(&mut two).unwrap();
        let mut second = first.clone();
        assert_eq!(second.seek(SeekFrom::End(-5)).unwrap(), 29_995);
        let mut rest = Vec::new();
        second.read_to_end(&mut rest).unwrap();
        assert_eq!(rest, bytes[29_995..]);
        first.seek(SeekFrom::Current(9_000)).unwrap();
        rest.clear();
        first.read_to_end(&mut rest).unwrap();
        assert_eq!(rest, bytes[9_002..]);
        assert!(first.seek(SeekFrom::Start(0)).is_ok() && first.seek(SeekFrom::Current(-1)).is_err());
    }
}
