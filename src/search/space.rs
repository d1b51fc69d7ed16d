//! Items of bytes -> a space: one long string of bytes in files, of which each has a name made from its content.

/// A file of the index: its name without the extension, and its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexFile {
    /// Its name, made from its bytes.
    pub name: Box<str>,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl IndexFile {
    /// Names a file by its bytes.
    pub fn new(bytes: Vec<u8>) -> IndexFile {
        IndexFile { name: name(&bytes), bytes }
    }
}

/// The length of a file's name.
pub const NAME: usize = 16;

/// Returns the name of a file with these bytes: 64 bits of a hash suffice for some hundred files.
pub fn name(bytes: &[u8]) -> Box<str> {
    blake3::hash(bytes).to_hex()[..NAME].into()
}

/// The files of a space in order: the name of each, and where it ends in the space.
pub type Files = Vec<(Box<str>, u32)>;

/// A space that grows item by item. An item is in a single file.
#[derive(Default)]
pub struct Space {
    /// The bytes of all items.
    pub bytes: Vec<u8>,
    /// Where items end.
    ends: Vec<u32>,
}

impl Space {
    /// Appends an item.
    pub fn push(&mut self, item: &[u8]) {
        self.bytes.extend_from_slice(item);
        self.ends.push(self.bytes.len() as u32);
    }

    /// Returns how many bytes it has.
    pub fn size(&self) -> u32 {
        self.bytes.len() as u32
    }

    /// Cuts it into files of about `size` bytes.
    pub fn cut(&self, size: usize, out: &mut Vec<IndexFile>) -> Files {
        let (mut files, mut start) = (Files::new(), 0);
        for (at, end) in self.ends.iter().enumerate() {
            let next = self.ends.get(at + 1).copied();
            // The next item would make it too long, or there is none.
            if next.is_none_or(|next| next as usize - start > size) && *end as usize > start {
                let file = IndexFile::new(self.bytes[start..*end as usize].to_vec());
                files.push((file.name.clone(), *end));
                out.push(file);
                start = *end as usize;
            }
        }
        files
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_stay_whole_and_files_are_named_by_content() {
        let mut space = Space::default();
        for item in [&b"aaaa"[..], b"bbbb", b"", b"cccccccccccc", b"d"] {
            space.push(item);
        }
        let mut out = Vec::new();
        let files = space.cut(8, &mut out);
        assert_eq!(files.iter().map(|(_, end)| *end).collect::<Vec<_>>(), [8, 20, 21]);
        assert_eq!(
            out.iter().map(|file| &file.bytes[..]).collect::<Vec<_>>(),
            [&b"aaaabbbb"[..], b"cccccccccccc", b"d"]
        );
        assert_eq!(files[0].0, name(b"aaaabbbb"));
    }
}
