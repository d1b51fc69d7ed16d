//! `Stamped<T>`: a shared value and the fingerprint of it.
//!
//! A stamp answers one question: is this still the same value? Stamps live in memory only, so they need not be equal
//! between machines or versions; 128 bits make an accidental clash a matter of faith no greater than in the hardware.

use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_128;

/// A 128-bit fingerprint (XXH3) of a value.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp(u128);

impl Stamp {
    /// Returns the stamp of whatever `value` feeds to its hash: two values have one stamp if they are equal.
    pub fn of<T: Hash + ?Sized>(value: &T) -> Stamp {
        let mut bytes = Bytes(Vec::with_capacity(256));
        value.hash(&mut bytes);
        Stamp(xxh3_128(&bytes.0))
    }

    /// Returns its low 32 bits, for where a small number will do.
    pub fn low(self) -> u32 {
        self.0 as u32
    }

    /// Returns the stamp of raw bytes, such as a file's.
    pub fn of_bytes(bytes: &[u8]) -> Stamp {
        Stamp(xxh3_128(bytes))
    }
}

impl std::fmt::Debug for Stamp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

/// A `Hasher` that only gathers the bytes, so that they are hashed in one go.
struct Bytes(Vec<u8>);

impl Hasher for Bytes {
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    fn finish(&self) -> u64 {
        xxhash_rust::xxh3::xxh3_64(&self.0)
    }
}

/// A value that many pages share, with its stamp, made once where the value is made.
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
    /// Wraps a value whose stamp was made from what it was made of, such as a statement from its file's bytes.
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

/// A stamped value hashes as its stamp, so that a list of a thousand cards costs a thousand stamps and no text.
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
    fn equal_values_have_one_stamp_and_neighbouring_fields_do_not_run_together() {
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
