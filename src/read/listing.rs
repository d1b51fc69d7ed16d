//! The key `list` of a plain page -> which statements the page lists.

use super::fields::{Fields, Named};
use crate::front::objects;
use crate::key::RecordKind;

/// A list of statements that a plain page requests: those that are in all of the lists it names.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Listing {
    /// The records whose statements are listed.
    pub of: Vec<(RecordKind, Named)>,
    /// The year of the statements.
    pub year: Option<u32>,
    /// The maximum number of statements to list; `None` for as many as one page of a list has.
    pub most: Option<u32>,
    /// Line and column of the key, from 1.
    pub at: (u32, u32),
}

impl Listing {
    pub(super) fn read(fields: &mut Fields<'_>, at: (u32, u32)) -> Listing {
        let kinds = [
            (RecordKind::Topic, objects::LIST_TOPIC),
            (RecordKind::Delegation, objects::LIST_DELEGATION),
            (RecordKind::Forum, objects::LIST_FORUM),
            (RecordKind::Group, objects::LIST_GROUP),
            (RecordKind::Speaker, objects::LIST_SPEAKER),
        ];
        Listing {
            of: kinds.into_iter().filter_map(|(kind, key)| Some((kind, fields.named(key)?))).collect(),
            year: fields.number(objects::LIST_YEAR),
            most: fields.number(objects::LIST_MOST),
            at,
        }
    }
}
