//! `Stamped<T>`: a shared value with its fingerprint.
//!
//! A stamp answers one question: is this still the same value? Stamps exist in memory only, so they need not be equal
//! between machines or versions. With 128 bits, an accidental collision is less likely than an error of the hardware.

use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_128;

/// A 128-bit fingerprint (XXH3) of a value.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp(u128);

impl Stamp {
    /// Returns the stamp of what `value` feeds to a hasher: equal values have equal stamps.
    pub fn of<T: Hash + ?Sized>(value: &T) -> Stamp {
        let mut bytes = Bytes(Vec::with_capacity(256));
        value.hash(&mut bytes);
        Stamp(xxh3_128(&bytes.0))
    }

    /// Returns its low 32 bits, where a small number is enough.
    pub fn low(self) -> u32 {
        self.0 as u32
    }

    /// Returns the stamp of raw bytes, such as those of a file.
    pub fn of_bytes(bytes: &[u8]) -> Stamp {
        Stamp(xxh3_128(bytes))
    }
}

impl std::fmt::Debug for Stamp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

/// A `Hasher` that only collects the bytes, so that they are hashed in one go, which is faster than in small pieces.
struct Bytes(Vec<u8>);

impl Hasher for Bytes {
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    fn finish(&self) -> u64 {
        xxhash_rust::xxh3::xxh3_64(&self.0)
    }
}

/// A hasher for values that hash as stamps, which are hashes already: it takes the low half.
#[derive(Default)]
pub struct StampHasher(u64);

impl Hasher for StampHasher {
    fn write(&mut self, bytes: &[u8]) {
        // Anything other than stamps is mixed too, if less evenly.
        for chunk in bytes.chunks(8) {
            let mut eight = [0; 8];
            eight[..chunk.len()].copy_from_slice(chunk);
            self.write_u64(u64::from_le_bytes(eight));
        }
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = self.0.rotate_left(5) ^ value;
    }

    fn write_u128(&mut self, value: u128) {
        self.write_u64(value as u64);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// A value that many pages share, with its stamp, which is computed once.
pub struct Stamped<T: ?Sized> {
    stamp: Stamp,
    value: Arc<T>,
}

impl<T: Hash> Stamped<T> {
    /// Wraps `value` and stamps it.
    pub fn new(value: T) -> Stamped<T> {
        Stamped { stamp: Stamp::of(&value), value: Arc::new(value) }
    }
}

impl<T> Stamped<T> {
    /// Wraps a value with the stamp of what it was made from, such as a statement with that of its file's bytes.
    pub fn from_source(stamp: Stamp, value: T) -> Stamped<T> {
        Stamped { stamp, value: Arc::new(value) }
    }

    /// Returns the fingerprint of the value.
    pub fn stamp(&self) -> Stamp {
        self.stamp
    }
}

impl<T: ?Sized> Clone for Stamped<T> {
    fn clone(&self) -> Self {
        Stamped { stamp: self.stamp, value: Arc::clone(&self.value) }
    }
}

impl<T: ?Sized> Deref for Stamped<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// A stamped value hashes as its stamp, so that stamping a list of a thousand cards reads a thousand stamps and no
/// text.
impl<T: ?Sized> Hash for Stamped<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.stamp.hash(state);
    }
}

impl<T: ?Sized> PartialEq for Stamped<T> {
    fn eq(&self, other: &Self) -> bool {
        self.stamp == other.stamp
    }
}

impl<T: ?Sized> Eq for Stamped<T> {}

impl<T: std::fmt::Debug + ?Sized> std::fmt::Debug for Stamped<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.value.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_have_one_stamp_and_adjacent_fields_are_kept_apart() {
        assert_eq!(Stamp::of("words"), Stamp::of(&String::from("words")));
        assert_ne!(Stamp::of(&("ab", "c")), Stamp::of(&("a", "bc")));
        assert_ne!(Stamp::of(&vec!["a"]), Stamp::of(&vec!["a", ""]));
    }

    #[test]
    fn a_stamped_value_hashes_as_its_stamp() {
        let one = Stamped::new(String::from("words"));
        assert_eq!(Stamp::of(&one), Stamp::of(&one.stamp()));
    }
}
