//! A submitted file: a path, its bytes and their SHA-256.

use std::sync::Arc;

use sha2::{Digest, Sha256};

/// The largest original, in bytes. A statement is a few hundred kilobytes, a PDF of it a few megabytes.
pub const LARGEST: u64 = 64 << 20;

/// A file as it was submitted.
#[derive(Clone, Debug)]
pub struct Original {
    /// The path under which it was found, with `/` as separator: what reports show.
    pub path: Arc<str>,
    /// Its path relative to the site's folder, if it is in there: then it is named in place, and not copied.
    pub in_site: Option<Arc<str>>,
    /// Its content.
    pub bytes: Arc<[u8]>,
    /// SHA-256 of the bytes, in lower-case hexadecimal digits.
    pub sha256: Box<str>,
}

impl Original {
    /// Makes an original from the bytes that were found under a path.
    pub fn new(path: &str, in_site: Option<Arc<str>>, bytes: impl Into<Arc<[u8]>>) -> Original {
        let bytes = bytes.into();
        Original { path: path.into(), in_site, sha256: sha256(&bytes), bytes }
    }

    /// Returns the last part of the path.
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// Returns the name without its extension.
    pub fn stem(&self) -> &str {
        let name = self.name();
        name.rsplit_once('.').map_or(name, |(stem, _)| if stem.is_empty() { name } else { stem })
    }

    /// Returns the name's extension in lower case, without the dot: `txt`.
    pub fn ending(&self) -> String {
        let name = self.name();
        name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map_or_else(String::new, |(_, e)| e.to_lowercase())
    }
}

/// Returns the SHA-256 of bytes in lower-case hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> Box<str> {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_a_stem_and_an_ending() {
        for (path, stem, ending) in [
            ("a/kz_en.PDF", "kz_en", "pdf"),
            ("a.b/README", "README", ""),
            (".hidden", ".hidden", ""),
            ("st. lucia.txt", "st. lucia", "txt"),
        ] {
            let original = Original::new(path, None, *b"");
            assert_eq!((original.stem(), original.ending().as_str()), (stem, ending), "{path}");
        }
    }
}
