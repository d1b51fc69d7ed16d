//! The bytes on a host that list what was sent to it <-> a record. A host is not trusted: only names that a site can
//! have are accepted.

use std::collections::BTreeMap;

use anyhow::{Context as _, bail};
use serde::{Deserialize, Serialize};

use super::Target;
use crate::output::{Owner, Published, RESERVED};
use crate::path::SitePath;

/// The record's name on the host. It lists what everyone can see there, and no more.
pub(super) const RECORD: &str = ".plenary-deployed.json";
/// In place of a hash: the file may or may not have been sent.
const PERHAPS: &str = "";
/// In place of a hash: the file exists, in its old or its new version.
const EITHER: &str = "?";
/// The version of the record's format.
const FORMAT: u32 = 1;

/// What was sent to a host.
#[derive(Serialize, Deserialize, Default, Debug, PartialEq, Eq)]
pub(super) struct Record {
    plenary: u32,
    owner: Owner,
    /// The files by name, each with its BLAKE3 hash in hexadecimal, or with one of the words below.
    pub(super) files: BTreeMap<String, String>,
}

impl Record {
    /// Returns the record of a host that holds exactly the site.
    pub(super) fn of(site: &Published) -> Record {
        Record { plenary: FORMAT, owner: site.owner.clone(), files: site.files.clone() }
    }

    /// Reads a record.
    pub(super) fn parse(bytes: &[u8], target: &Target) -> anyhow::Result<Record> {
        let help = "use --force only after you have removed it";
        let mut record: Record =
            serde_json::from_slice(bytes).with_context(|| format!("{RECORD} at {target} is damaged; {help}"))?;
        if record.plenary != FORMAT {
            bail!("{RECORD} at {target} has format {}, which this version of Plenary does not know", record.plenary);
        }
        // A name such as `../x` must not make a deployment remove files elsewhere.
        record.files.retain(|file, _| {
            !file.starts_with(RESERVED) && SitePath::parse(file).is_ok_and(|parsed| parsed.file() == *file)
        });
        Ok(record)
    }

    /// Returns the record of a host to which files are being sent.
    pub(super) fn with_started(&self, owner: &Owner, send: &[String]) -> Record {
        let mut files = self.files.clone();
        for file in send {
            let state = if self.has(file) { EITHER } else { PERHAPS };
            files.insert(file.clone(), state.to_owned());
        }
        Record { plenary: FORMAT, owner: owner.clone(), files }
    }

    /// Returns whether a file certainly exists, in any version.
    pub(super) fn has(&self, file: &str) -> bool {
        self.files.get(file).is_some_and(|state| state != PERHAPS)
    }

    /// Returns whether the record belongs to a site with another address, or with another title if it has no address.
    pub(super) fn is_of_another(&self, owner: &Owner) -> bool {
        if self.owner.base_url.is_empty() && owner.base_url.is_empty() {
            return self.owner.title != owner.title;
        }
        self.owner.base_url != owner.base_url
    }

    /// Returns the site's title and address.
    pub(super) fn described(&self) -> String {
        let Owner { title, base_url } = &self.owner;
        if base_url.is_empty() { format!("“{title}”") } else { format!("“{title}” ({base_url})") }
    }

    /// Returns the record as it is stored.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec(self).expect("names and hashes can be written as JSON");
        bytes.push(b'\n');
        bytes
    }
}
