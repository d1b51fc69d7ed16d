//! `rights` in the front matter -> who holds the rights in a text, and its licence.

use super::fields::{Fields, is_address};
use crate::diagnostic::Code;
use crate::front::FrontKey;
use crate::front::objects::{HOLDER, LICENSE, RIGHTS_NOTE};

/// Who holds the rights, and what may be done with the text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Rights {
    /// Who holds the rights, as written.
    pub holder: Option<Box<str>>,
    /// An SPDX identifier or a URL.
    pub license: Option<Box<str>>,
    /// Anything else about the rights.
    pub note: Option<Box<str>>,
}

impl Rights {
    /// Reads the keys.
    pub(super) fn read(fields: &mut Fields<'_>) -> Rights {
        Rights { holder: fields.text(HOLDER), license: license(fields, LICENSE), note: fields.text(RIGHTS_NOTE) }
    }
}

/// Takes a licence: an SPDX identifier, or the URL of a licence. Anything else is kept, but reported.
fn license(fields: &mut Fields<'_>, key: FrontKey) -> Option<Box<str>> {
    let license = fields.text(key)?;
    let of_spdx = |c: char| c.is_ascii_alphanumeric() || ".+-() ".contains(c);
    if !is_address(&license) && !license.chars().all(of_spdx) {
        let message = format!("`{license}` is neither an SPDX identifier nor the address of a licence");
        let help = "write one such as CC-BY-4.0, or an address that starts with https://; put other words into `note`";
        fields.complain(key, Code::InvalidValue, message, help);
    }
    Some(license)
}
