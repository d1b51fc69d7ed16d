//! The bytes of a file -> the checksum by which anyone can verify it.

use std::collections::BTreeMap;
use std::io::Read;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// The checksum of a file, and its size.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Digest {
    /// SHA-256 in hexadecimal digits.
    pub sha256: String,
    /// The number of bytes.
    pub bytes: u64,
}

/// The checksums of files, by their paths relative to the output folder.
pub type Digests = BTreeMap<String, Digest>;

impl Digest {
    /// Returns the checksum of these bytes.
    pub fn of(bytes: &[u8]) -> Digest {
        Digest { sha256: format!("{:x}", Sha256::digest(bytes)), bytes: bytes.len() as u64 }
    }

    /// Returns the checksum of everything in a reader; `None` if that is more than `most` bytes, at which reading
    /// stops.
    ///
    /// # Errors
    ///
    /// Fails if reading does.
    pub fn read(from: impl Read, most: u64) -> std::io::Result<Option<Digest>> {
        let (mut from, mut hasher) = (from.take(most.saturating_add(1)), Sha256::new());
        let bytes = std::io::copy(&mut from, &mut hasher)?;
        Ok((bytes <= most).then(|| Digest { sha256: format!("{:x}", hasher.finalize()), bytes }))
    }
}

/// When a file is made: after those whose checksums it contains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Round {
    /// It contains no checksums.
    First,
    /// It contains checksums of files of the first round.
    Second,
    /// It contains the checksums of all other files.
    Third,
}

impl Round {
    /// All rounds in order.
    pub const ALL: [Round; 3] = [Round::First, Round::Second, Round::Third];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_that_of_other_programs() {
        // `printf abc | sha256sum`
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(Digest::of(b"abc"), Digest { sha256: abc.into(), bytes: 3 });
        assert_eq!(Digest::read(&b"abc"[..], 3).unwrap(), Some(Digest::of(b"abc")));
        assert_eq!(Digest::read(&b"abc"[..], 2).unwrap(), None);
        assert_eq!(Digest::read(std::io::repeat(0), 1 << 20).unwrap(), None, "an endless file is not read to its end");
    }
}
