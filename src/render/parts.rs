//! The parts of each kind of page: stamped values, which are all that its view is made of.
//!
//! A struct of parts is declared once; the list of its stamps is made from the declaration, so no part can be left out
//! of a page's stamp.

use std::ops::Range;

use super::data::Row;
use crate::collect::card::Card;
use crate::collect::citations::Citation;
use crate::collect::facts::Facts;
use crate::collect::links::{Backlink, Resolved};
use crate::collect::lists::Head;
use crate::collect::matrix::Table;
use crate::collect::mentions::{Mention, Naming};
use crate::collect::names::{Counted, Ref};
use crate::collect::numbers::Numbers;
use crate::collect::pairs::{Comparison, How};
use crate::collect::passages::{Before, Follower, SaidElsewhere, Saying};
use crate::collect::positions::Said;
use crate::collect::{Neighbours, VersionRef};
use crate::key::Key;
use crate::path::SitePath;
use crate::read::PlainPage;
use crate::read::record::Record;
use crate::read::statement::Statement;
use crate::sources::Source;
use crate::stamp::{Stamp, Stamped};

/// Declares the parts of one kind of page, and with them the list of their stamps.
macro_rules! parts {
    ($($(#[$doc:meta])* $name:ident { $($field:ident: $type:ty,)* })*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug)]
            pub struct $name { $(pub $field: $type,)* }

            impl $name {
                fn stamps(&self) -> Vec<(&'static str, Stamp)> {
                    vec![$((stringify!($field), Stamp::of(&self.$field))),*]
                }
            }
        )*

        /// The parts of one page.
        #[expect(clippy::large_enum_variant, reason = "pages are behind an `Arc`, and most of them are statements")]
        #[derive(Clone, Debug)]
        pub enum Parts { $($name($name),)* Copy(Source) }

        impl Parts {
            /// Returns every part by name with its stamp, the theme among them where it has a share in the bytes.
            pub fn stamps(&self, theme: Stamp) -> Vec<(&'static str, Stamp)> {
                let mut stamps = match self {
                    $(Parts::$name(parts) => parts.stamps(),)*
                    Parts::Copy(source) => vec![("source", source.stamp)],
                };
                if !matches!(self, Parts::Copy(_) | Parts::TextParts(_)) {
                    stamps.push(("theme", theme));
                }
                stamps
            }
        }
    };
}

parts! {
    /// A language version of a statement.
    StatementParts {
        statement: Stamped<Statement>,
        facts: Stamped<Facts>,
        links: Stamped<Vec<Resolved>>,
        numbers: Stamped<Numbers>,
        mentions: Stamped<Vec<Mention>>,
        namings: Stamped<Vec<Naming>>,
        versions: Stamped<Vec<VersionRef>>,
        elsewhere: Stamped<SaidElsewhere>,
        backlinks: Stamped<Vec<Backlink>>,
        see_also: Box<[Stamped<Card>]>,
        related: Box<[Stamped<Card>]>,
        neighbours: Stamped<Neighbours>,
        comparisons: Stamped<Vec<Comparison>>,
        positions: Stamped<Vec<Ref>>,
        original: Option<Key>,
    }
    /// Two texts beside each other.
    ComparisonParts {
        how: How,
        before: Stamped<Statement>,
        before_numbers: Stamped<Numbers>,
        before_card: Stamped<Card>,
        after: Stamped<Statement>,
        after_numbers: Stamped<Numbers>,
        after_card: Stamped<Card>,
    }
    /// One page of a list.
    ListParts {
        head: Stamped<Head>,
        record: Option<Stamped<Record>>,
        links: Stamped<Vec<Resolved>>,
        cards: Vec<Stamped<Card>>,
        // One more than a page holds, where there are more.
        rule_cards: Vec<Stamped<Card>>,
        backlinks: Stamped<Vec<Backlink>>,
        pager: Pager,
    }
    /// One page of those who cite a document.
    DocumentParts {
        head: Stamped<Head>,
        record: Option<Stamped<Record>>,
        links: Stamped<Vec<Resolved>>,
        citations: Vec<Stamped<Citation>>,
        backlinks: Stamped<Vec<Backlink>>,
        pager: Pager,
    }
    /// What a delegation said on a topic over time: one page of it, counted from 1.
    PositionParts {
        topic: Ref,
        said: Vec<Stamped<Said>>,
        number: usize,
    }
    /// A passage.
    PassageParts {
        leader: Stamped<Saying>,
        before: Before,
        followers: Vec<Stamped<Follower>>,
    }
    /// The passages that were repeated most.
    PassagesParts {
        rows: Vec<Stamped<PassageRow>>,
    }
    /// What was said on a topic in a session: one page of it, counted from 1.
    ExtractsParts {
        // The topic, the forum and the session.
        subject: (Ref, Ref, Ref),
        said: Vec<Stamped<Said>>,
        number: usize,
    }
    /// Who has spoken on a topic, and when.
    MatrixParts {
        topic: Ref,
        table: Stamped<Table>,
    }
    /// All topics, all delegations, …
    IndexParts {
        index: Stamped<Index>,
    }
    HomeParts {
        page: Option<Stamped<PlainPage>>,
        links: Stamped<Vec<Resolved>>,
        latest: Vec<Stamped<Card>>,
        ways: Stamped<Counted>,
        years: Stamped<Counted>,
        topics: Stamped<Counted>,
    }
    PlainParts {
        page: Stamped<PlainPage>,
        links: Stamped<Vec<Resolved>>,
        backlinks: Stamped<Vec<Backlink>>,
    }
    /// The page that says what the tables hold is the same on every site.
    DataParts {}
    /// All statements as a table.
    TableParts {
        rows: Stamped<Vec<Row>>,
    }
    NotFoundParts {
        ways: Stamped<Counted>,
    }
    RedirectParts {
        target: SitePath,
    }
    /// A feed of the page that it lies beside.
    FeedParts {
        // The page: a feed at an old address is that of the page as well.
        of: Ref,
        // The latest first; by rule or not, where the feed is a topic's.
        entries: Vec<(Stamped<Card>, bool)>,
    }
    SitemapParts {
        pages: Stamped<Vec<SitePath>>,
    }
    /// A file for the host, ready made.
    TextParts {
        text: Box<str>,
    }
}

/// What there is of a kind, as its index shows it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Index {
    /// Its room: `topics`, `years`.
    pub room: Box<str>,
    /// Links under their headings: a letter, a decade, a series.
    pub groups: Vec<(Box<str>, Counted)>,
}

/// A passage in the list of those that were repeated most.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PassageRow {
    pub key: Key,
    pub leader: Stamped<Saying>,
    /// The words of the leader that the others share, as bytes of the body's text.
    pub shared: Range<u32>,
    pub statements: usize,
    pub delegations: usize,
}

/// Which page of a list it is. Pages are numbered from the oldest, so that a new statement changes few of them; the
/// latest statements, as many as one page and less than two, are on the list's own page.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Pager {
    /// The list's own page.
    pub list: Key,
    /// How many numbered pages there are.
    pub numbered: usize,
    /// The number of this one; `None` for the list's own.
    pub current: Option<usize>,
    /// Whether the list has a feed.
    pub feed: bool,
}
