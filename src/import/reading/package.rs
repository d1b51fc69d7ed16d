//! The ZIP container of an office document -> its parts as trees.

use std::io::Cursor;
use std::sync::Arc;

use super::xml::{self, Element};
use crate::import::archive::{self, Archive};
use crate::import::original::LARGEST;
use crate::import::unreadable::Unreadable;

/// How files of older office programs begin, and encrypted ones of newer programs.
const COMPOUND_FILE: &[u8] = b"\xd0\xcf\x11\xe0";

/// Parts that contain macros: none of them is run, but the original would be published with them.
const MACROS: &[&str] = &["vbaproject.bin", "vbadata.xml"];
/// Files that are written even if there are no macros.
const EMPTY_LIBRARIES: &[&str] = &["script-lc.xml", "script-lb.xml"];

/// An office document.
pub(super) struct Package(Archive<Cursor<Arc<[u8]>>>);

impl Package {
    /// Opens a document without macros.
    ///
    /// # Errors
    /// Returns why it is refused: encrypted, with macros, damaged, or over a limit.
    pub(super) fn open(bytes: &Arc<[u8]>) -> Result<Package, Unreadable> {
        if bytes.starts_with(COMPOUND_FILE) {
            let message = "it is encrypted, or in the format of an older office program";
            return Err(Unreadable::new(message, "save it as .docx or .odt without a password, and import that"));
        }
        // All parts together may be as large as a single file.
        let archive = archive::in_memory(bytes)?.within(LARGEST);
        if archive.files().any(|(name, _)| is_macro(name)) {
            let message = "it contains macros: none was run, but the original would be published with them";
            return Err(Unreadable::new(message, "save it without macros, as .docx or .odt, and import that"));
        }
        Ok(Package(archive))
    }

    /// Reads a part; returns `None` if there is no part of this name.
    ///
    /// # Errors
    /// Fails if the part cannot be unpacked or parsed.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Element>, Unreadable> {
        let bytes = self.0.read(name)?;
        bytes.map(|bytes| xml::parse(&bytes)).transpose()
    }

    /// Reads the bytes of a part; returns `None` if there is no part of this name.
    ///
    /// # Errors
    /// Fails if the part cannot be unpacked.
    pub(super) fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, Unreadable> {
        self.0.read(name)
    }

    /// Returns the content type that the package declares for a part, in lower case; empty if it declares none.
    ///
    /// # Errors
    /// Fails if the part of content types cannot be read.
    pub(super) fn content_type(&mut self, name: &str) -> Result<String, Unreadable> {
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

    /// Reads a part; returns an empty element if it is missing.
    ///
    /// # Errors
    /// Fails if the part cannot be unpacked or parsed.
    pub(super) fn part_or_empty(&mut self, name: &str) -> Result<Element, Unreadable> {
        Ok(self.part(name)?.unwrap_or_default())
    }

    /// Returns the names of parts with this prefix, sorted.
    pub(super) fn names(&self, beginning: &str) -> Vec<String> {
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
    fn macros_are_recognised_by_where_they_are_kept() {
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
