//! The kinds of record: their folders, and the words by which texts name them.

/// The kinds of record, each with its folder below `content/`, which is also the first part of its URLs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecordKind {
    /// What statements are about.
    Topic,
    /// A state, organisation or group that speaks.
    Delegation,
    /// A body in which statements are made.
    Forum,
    /// Delegations that speak together.
    Group,
    /// What a symbol such as `A/RES/72/27` names.
    Document,
    /// A person who speaks for a delegation.
    Speaker,
}

impl RecordKind {
    /// Every kind, in the order in which they are listed.
    pub const ALL: [RecordKind; 6] = [
        RecordKind::Topic,
        RecordKind::Delegation,
        RecordKind::Forum,
        RecordKind::Group,
        RecordKind::Document,
        RecordKind::Speaker,
    ];

    /// Returns its folder, and the first part of its URLs.
    pub fn folder(self) -> &'static str {
        match self {
            RecordKind::Topic => "topics",
            RecordKind::Delegation => "delegations",
            RecordKind::Forum => "forums",
            RecordKind::Group => "groups",
            RecordKind::Document => "documents",
            RecordKind::Speaker => "speakers",
        }
    }

    /// Returns the word for a single one, as in `[[topic:ppwt]]`.
    pub fn word(self) -> &'static str {
        match self {
            RecordKind::Topic => "topic",
            RecordKind::Delegation => "delegation",
            RecordKind::Forum => "forum",
            RecordKind::Group => "group",
            RecordKind::Document => "document",
            RecordKind::Speaker => "speaker",
        }
    }

    /// Returns the kind with this folder.
    pub fn of_folder(folder: &str) -> Option<RecordKind> {
        RecordKind::ALL.into_iter().find(|kind| kind.folder() == folder)
    }

    /// Returns the kind with this word.
    pub fn of_word(word: &str) -> Option<RecordKind> {
        RecordKind::ALL.into_iter().find(|kind| kind.word() == word)
    }
}
