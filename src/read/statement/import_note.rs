//! The key `import` of a statement's front matter: what `plenary import` leaves to a person.

use crate::front::{FrontKey, objects};
use crate::read::fields::{Fields, Named};

/// What an import left to a person to decide, and where values come from. None of it is on the site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportNote {
    /// Why part of the text may be missing.
    pub suspect: Option<Named>,
    /// Texts that it may be a version of, each in words.
    pub similar: Vec<Named>,
    /// Values that are not certain.
    pub unsure: Vec<DoubtNote>,
    /// Values that an editor may want.
    pub suggested: Vec<DoubtNote>,
    /// The keys that an index gave.
    pub index: Vec<Named>,
    /// The keys that a profile gave.
    pub profile: Vec<Named>,
}

/// A value that an import does not vouch for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DoubtNote {
    /// The key that it would have.
    pub key: Option<Named>,
    /// The value; of a list or an object, its YAML.
    pub value: Option<Named>,
    /// Where it comes from, or why it is not certain.
    pub reason: Option<Named>,
}

impl ImportNote {
    pub(super) fn read(fields: &mut Fields<'_>) -> ImportNote {
        ImportNote {
            suspect: fields.named(objects::SUSPECT),
            similar: fields.list(objects::SIMILAR),
            unsure: doubts(fields, objects::UNSURE),
            suggested: doubts(fields, objects::SUGGESTED),
            index: fields.list(objects::INDEX),
            profile: fields.list(objects::PROFILE),
        }
    }
}

fn doubts(fields: &mut Fields<'_>, key: FrontKey) -> Vec<DoubtNote> {
    fields.objects(key, |fields| DoubtNote {
        key: fields.named(objects::DOUBT_KEY),
        value: fields.named(objects::DOUBT_VALUE),
        reason: fields.named(objects::DOUBT_REASON),
    })
}
