//! The archive that a document of an office program is -> its parts as trees.

use std::io::Cursor;
use std::sync::Arc;

use super::xml::{self, Element};
use crate::import::archive::{self, Archive};
use crate::import::original::LARGEST;
use crate::import::unreadable::Unreadable;

/// How files begin that older office programs wrote, and that newer ones write to encrypt a document.
const COMPOUND_FILE: &[u8] = b"\xd0\xcf\x11\xe0";

/// Parts in which macros are kept: nothing of them is run, but the original would be published with them.
const MACROS: &[&str] = &["vbaproject.bin", "vbadata.xml"];
/// Files that are written without any macro being there.
const EMPTY_LIBRARIES: &[&str] = &["script-lc.xml", "script-lb.xml"];

/// A document of an office program.
pub struct Package(Archive<Cursor<Arc<[u8]>>>);

impl Package {
    /// Opens a document that bears no macros.
    pub fn open(bytes: &Arc<[u8]>) -> Result<Package, Unreadable> {
        if bytes.starts_with(COMPOUND_FILE) {
            let message = "it is encrypted, or in the format of an older office program";
            return Err(Unreadable::new(message, "save it as .docx or .odt without a password, and hand in that"));
        }
        // All parts that are read have together what one file may have.
        let archive = archive::in_memory(bytes)?.within(LARGEST);
        if archive.files().any(|(name, _)| is_macro(name)) {
            let message = "it bears macros: none was run, but the original would be published with them";
            return Err(Unreadable::new(message, "save it without macros, as .docx or .odt, and hand in that"));
        }
        Ok(Package(archive))
    }

    /// Reads a part; nothing if there is none of this name.
    pub fn part(&mut self, name: &str) -> Result<Option<Element>, Unreadable> {
        let bytes = self.0.read(name)?;
        bytes.map(|bytes| xml::parse(&bytes)).transpose()
    }

    /// Reads the bytes of a part; nothing if there is none of this name.
    pub fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, Unreadable> {
        self.0.read(name)
    }

    /// Returns the type that the package says a part has, in small letters; nothing said is empty.
    pub fn content_type(&mut self, name: &str) -> Result<String, Unreadable> {
        let types = self.part_or_empty("[Content_Types].xml")?;
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        let own = types.elements().find(|of| {
            of.name == "Override" && of.attribute("PartName").is_some_and(|part| part.trim_start_matches('/') == name)
        });
        let by_ending = types.elements().find(|of| {
            of.name == "Default" && of.attribute("Extension").is_some_and(|of| of.eq_ignore_ascii_case(ending))
        });
        let of = own.or(by_ending).and_then(|of| of.attribute("ContentType"));
        Ok(of.unwrap_or_default().to_lowercase())
    }

    /// Reads a part that may be missing, as an empty element then.
    pub fn part_or_empty(&mut self, name: &str) -> Result<Element, Unreadable> {
        Ok(self.part(name)?.unwrap_or_default())
    }

    /// Returns the names of parts that begin so, in order.
    pub fn names(&self, beginning: &str) -> Vec<String> {
        let mut names: Vec<String> = self
            .0
            .files()
            .map(|(name, _)| name)
            .filter(|name| name.starts_with(beginning))
            .map(str::to_owned)
            .collect();
        names.sort_unstable();
        names
    }
}

fn is_macro(name: &str) -> bool {
    let lower = name.to_lowercase();
    let file = lower.rsplit('/').next().unwrap_or(&lower);
    let library = lower.starts_with("basic/") || lower.starts_with("scripts/");
    MACROS.contains(&file) || library && !EMPTY_LIBRARIES.contains(&file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn macros_are_known_by_where_they_are_kept() {
        for (name, expect) in [
            ("word/vbaProject.bin", true),
            ("Basic/Standard/Module1.xml", true),
            ("Basic/Standard/script-lb.xml", false),
            ("Scripts/python/a.py", true),
            ("word/document.xml", false),
        ] {
            assert_eq!(is_macro(name), expect, "{name}");
        }
    }
}
