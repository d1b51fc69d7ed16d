//! The checksums of all published files <-> `/data/manifest.json`, by which anyone can verify them.
//!
//! The list contains no time and nothing about the machine, so that its own checksum identifies the whole site:
//! everyone who builds the same commit gets the same one. A list may also come from a host that is not trusted, so only
//! names that a site can have are accepted, and nothing in it makes the program read elsewhere.

use serde::Deserialize;

use super::{Digest, Digests, RESERVED};
use crate::path::SitePath;

/// The path of the list in the output folder. It does not contain itself.
pub const CHECKSUMS: &str = "data/manifest.json";
/// The version of the list's format.
const FORMAT: u32 = 1;

/// The checksums of all published files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checksums {
    /// The site's title.
    pub title: String,
    /// The address for which the site was built; empty without one.
    pub base_url: String,
    /// Every file, by its path relative to the output folder.
    pub files: Digests,
}

/// The list as written, before its names are checked.
#[derive(Deserialize)]
struct Written {
    plenary: u32,
    title: String,
    base_url: String,
    files: Digests,
}

impl Checksums {
    /// Writes the list, one file per line, sorted.
    pub fn bytes(&self) -> Vec<u8> {
        let text = |text: &str| serde_json::Value::from(text).to_string();
        let head = [("title", &self.title), ("base_url", &self.base_url)];
        let mut out = format!("{{\n  \"plenary\": {FORMAT},\n");
        for (key, value) in head {
            out.push_str(&format!("  \"{key}\": {},\n", text(value)));
        }
        out.push_str("  \"files\": {");
        for (number, (name, Digest { sha256, bytes })) in self.files.iter().enumerate() {
            let comma = if number == 0 { "" } else { "," };
            let name = text(name);
            out.push_str(&format!("{comma}\n    {name}: {{ \"sha256\": \"{sha256}\", \"bytes\": {bytes} }}"));
        }
        out.push_str("\n  }\n}\n");
        out.into_bytes()
    }

    /// Reads a list.
    ///
    /// # Errors
    ///
    /// Returns in words what is wrong with it.
    pub fn parse(bytes: &[u8]) -> Result<Checksums, String> {
        let written: Written =
            serde_json::from_slice(bytes).map_err(|error| format!("it is damaged in line {}", error.line()))?;
        if written.plenary != FORMAT {
            return Err(format!("it has format {}, which this version of Plenary does not know", written.plenary));
        }
        let is_name = |name: &str| {
            let is_reserved = name.get(..RESERVED.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(RESERVED));
            !is_reserved && name != CHECKSUMS && SitePath::parse(name).is_ok_and(|parsed| parsed.file() == name)
        };
        let is_sum = |sum: &str| sum.len() == 64 && sum.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        for (name, digest) in &written.files {
            if !is_name(name) {
                return Err(format!("it names {name:?}, which cannot be a file of a site"));
            }
            if !is_sum(&digest.sha256) {
                return Err(format!("what it gives for {name} is not a checksum"));
            }
        }
        let Written { title, base_url, files, .. } = written;
        Ok(Checksums { title, base_url, files })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_back_as_it_was_written() {
        let digest = Digest::of(b"abc");
        let files = ["404.html", "a/index.html", "é “1”.pdf"].map(|name| (name.to_owned(), digest.clone()));
        for files in [Digests::new(), files.into()] {
            let list = Checksums { title: "A “\"site\"”\n".into(), base_url: String::new(), files };
            assert_eq!(Checksums::parse(&list.bytes()), Ok(list));
        }
    }

    #[test]
    fn a_list_of_another_cannot_name_what_is_elsewhere() {
        let sum = "0".repeat(64);
        let with = |name: &str, sum: &str| {
            let files = serde_json::json!({ name: { "sha256": sum, "bytes": 1 } });
            let list = serde_json::json!({ "plenary": 1, "title": "", "base_url": "", "files": files });
            Checksums::parse(list.to_string().as_bytes())
        };
        assert!(with("a/b.txt", &sum).is_ok());
        for name in [
            "../a",
            "a/../../b",
            "/etc/passwd",
            "a//b",
            "",
            ".",
            "a/",
            "C:\\a",
            "a\\..\\b",
            ".plenary-lock",
            ".Plenary-x",
            "http://example.org/",
            "a\0b",
            CHECKSUMS,
        ] {
            assert!(with(name, &sum).is_err(), "{name:?}");
        }
        for wrong in ["", "0", &sum.to_uppercase().replace('0', "A"), &format!("{}\n", &sum[1..])] {
            assert!(with("a", wrong).is_err(), "{wrong:?}");
        }
        for wrong in ["", "{}", "[]", "null", r#"{"plenary": 2, "title": "", "base_url": "", "files": {}}"#] {
            assert!(Checksums::parse(wrong.as_bytes()).is_err(), "{wrong}");
        }
    }
}
