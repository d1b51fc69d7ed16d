//! The bytes of a file -> the checksum by which anyone can verify it.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

/// The checksum of a file, and its size.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
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
}

/// When a file is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Round {
    /// With all others.
    Plain,
    /// With all others, and its checksum is needed.
    Digested,
    /// When all others are made, with the checksums of those whose checksums are needed.
    Last,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_that_of_other_programs() {
        // `printf abc | sha256sum`
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(Digest::of(b"abc"), Digest { sha256: abc.into(), bytes: 3 });
    }
}
