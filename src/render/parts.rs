//! The parts of each kind of page: the stamped values from which its view is made.
//!
//! The list of stamps is generated from the declaration of a struct of parts, so no part can be missing from a page's
//! stamp.

use std::ops::Range;

use jiff::civil;

use super::data::text::DataText;
use super::data::{DataFile, DataTable};
use super::formats::{CitedFormat, FeedFormat};
use super::listed::Listed;
use super::picture::Picture;
use crate::collect::card::Card;
use crate::collect::citable::Citable;
use crate::collect::citations::Citation;
use crate::collect::facts::Facts;
use crate::collect::links::{Backlink, Resolved};
use crate::collect::lists::{Head, Tally};
use crate::collect::matrix::Table;
use crate::collect::mentions::{Mention, Naming};
use crate::collect::names::{Counted, Ref};
use crate::collect::on_topic::Quote;
use crate::collect::pairs::{Comparison, How};
use crate::collect::passages::{Before, Follower, SaidElsewhere, Saying};
use crate::collect::positions::Said;
use crate::collect::searched::Version;
use crate::collect::title::Title;
use crate::collect::two_positions::Side;
use crate::collect::{Neighbours, VersionRef};
use crate::config::SearchWeights;
use crate::history::Held;
use crate::key::Key;
use crate::path::SitePath;
use crate::read::PlainPage;
use crate::read::numbers::Numbers;
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
            pub struct $name {
                $(
                    #[doc = concat!("The part that the page's stamps call `", stringify!($field), "`.")]
                    pub $field: $type,
                )*
            }

            impl $name {
                fn stamps(&self) -> Vec<(&'static str, Stamp)> {
                    vec![$((stringify!($field), Stamp::of(&self.$field))),*]
                }
            }
        )*

        /// The parts of one page.
        #[derive(Clone, Debug)]
        pub enum Parts {
            $(
                $(#[$doc])*
                $name($name),
            )*
            /// A file copied as it is.
            Copy(Source),
        }

        impl Parts {
            /// Returns every part by name with its stamp, including the theme unless the bytes do not depend on it.
            pub fn stamps(&self, theme: Stamp) -> Vec<(&'static str, Stamp)> {
                let mut stamps = match self {
                    $(Parts::$name(parts) => parts.stamps(),)*
                    Parts::Copy(source) => vec![("source", source.stamp)],
                };
                // The list of checksums depends on the theme through the pages.
                if !matches!(self, Parts::Copy(_) | Parts::TextParts(_) | Parts::PictureParts(_) | Parts::ManifestParts(_) | Parts::SearchIndexParts(_) | Parts::SearchFileParts(_)) {
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
        history: Stamped<Vec<HeldRef>>,
    }
    /// Two texts side by side.
    ComparisonParts {
        how: How,
        before: Stamped<Statement>,
        before_numbers: Stamped<Numbers>,
        before_card: Stamped<Card>,
        after: Stamped<Statement>,
        after_numbers: Stamped<Numbers>,
        after_card: Stamped<Card>,
    }
    /// What the collection held of a text on a day.
    HeldParts {
        card: Stamped<Card>,
        key: Key,
        held: Held,
        before: Option<(Key, Held)>,
        after: Option<Key>,
    }
    /// One page of a list.
    ListParts {
        head: Stamped<Head>,
        record: Option<Stamped<Record>>,
        links: Stamped<Vec<Resolved>>,
        cards: Vec<Stamped<Card>>,
        // At most one more than a page shows: the extra one shows that there are more.
        rule_cards: Vec<Stamped<Card>>,
        // How the list of a topic quotes each card, in the same order; empty for other lists.
        quotes: Vec<Option<Stamped<Quote>>>,
        rule_quotes: Vec<Option<Stamped<Quote>>>,
        // Empty on numbered pages, which do not show it.
        tally: Stamped<Tally>,
        backlinks: Stamped<Vec<Backlink>>,
        pager: Pager,
    }
    /// One page of the statements that cite a document.
    DocumentParts {
        head: Stamped<Head>,
        record: Option<Stamped<Record>>,
        links: Stamped<Vec<Resolved>>,
        citations: Vec<Stamped<Citation>>,
        // How many paragraphs and statements cite it, and the first and the last of their years.
        cited: (usize, usize, Option<(i16, i16)>),
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
    /// What two delegations said on a topic, side by side.
    TwoPositionsParts {
        topic: Ref,
        first: Stamped<Side>,
        second: Stamped<Side>,
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
    /// The home page.
    HomeParts {
        page: Option<Stamped<PlainPage>>,
        links: Stamped<Vec<Resolved>>,
        latest: Vec<Stamped<Card>>,
        ways: Stamped<Counted>,
        topics: Stamped<Counted>,
        tally: Stamped<Tally>,
        heat: Stamped<Heat>,
        cited: Stamped<Vec<Cited>>,
        passages: Vec<Stamped<PassageRow>>,
    }
    /// A plain page.
    PlainParts {
        page: Stamped<PlainPage>,
        links: Stamped<Vec<Resolved>>,
        cards: Vec<Stamped<Card>>,
        backlinks: Stamped<Vec<Backlink>>,
    }
    /// The search: what it finds is in the index, which the page's script reads.
    SearchParts {
        ways: Stamped<Counted>,
    }
    /// The page about the tables.
    DataParts {
        files: Stamped<DataFiles>,
    }
    /// A file of a table.
    TableParts {
        file: DataFile,
    }
    /// The description of all tables for programs, with their checksums.
    PackageParts {
        files: Stamped<Vec<DataFile>>,
    }
    /// The checksums of all other files.
    ManifestParts {
        // The stamps of all other pages, in their order.
        pages: Stamp,
    }
    /// Texts as Markdown in one archive.
    CorpusParts {
        texts: Stamped<Vec<DataText>>,
    }
    /// A language version as Markdown.
    TwinParts {
        text: DataText,
    }
    /// A language version as Akoma Ntoso.
    AkomaParts {
        text: DataText,
    }
    /// The page for missing pages.
    NotFoundParts {
        ways: Stamped<Counted>,
    }
    /// A small page at an old address.
    RedirectParts {
        target: SitePath,
    }
    /// The feed of a page.
    FeedParts {
        format: FeedFormat,
        // The page; a feed at an old address names the same one.
        of: Ref,
        // Latest first; the flag says whether the statement has the feed's topic by rule.
        entries: Vec<(Stamped<Card>, bool)>,
    }
    /// How to cite every statement of a list, for programs.
    CitationsParts {
        format: CitedFormat,
        texts: Stamped<Vec<Stamped<Citable>>>,
    }
    /// A sitemap.
    SitemapParts {
        pages: Stamped<Vec<Listed>>,
    }
    /// The search index: its root, which names its other files.
    SearchIndexParts {
        versions: Vec<Version>,
        weights: SearchWeights,
    }
    /// One of the index's other files, whose name says what is in it.
    SearchFileParts {
        bytes: Stamped<Vec<u8>>,
    }
    /// A file for the host, with its text.
    TextParts {
        text: Box<str>,
    }
    /// A picture that is drawn: an icon, or what other sites show with a link.
    PictureParts {
        picture: Picture,
    }
}

/// The names of files, each with the name of its format.
pub type FileNames = Vec<(Box<str>, &'static str)>;

/// What the page about the tables shows of their files.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct DataFiles {
    /// How many statements there are; withdrawn ones are in no table.
    pub statements: usize,
    /// How many paragraphs they have in all languages.
    pub paragraphs: usize,
    /// How many passages there are.
    pub passages: usize,
    /// The tables, each with the names of its files and their formats.
    pub tables: Vec<(DataTable, FileNames)>,
    /// The names of archives with all texts.
    pub corpus: Vec<Box<str>>,
}

/// A wording that the collection held, as the statement's page lists it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct HeldRef {
    /// Its page.
    pub key: Key,
    /// The first day.
    pub day: civil::Date,
    /// The first line of the commit's message.
    pub note: Box<str>,
}

/// The entries of an index.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Index {
    /// The first part of its URL: `topics`, `years`.
    pub room: Box<str>,
    /// Links by heading: a decade, a series.
    pub groups: Vec<(Title, Counted)>,
    /// Links that are sorted by name.
    pub names: Vec<Filed>,
}

/// A link of an index that is sorted by name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Filed {
    /// The link.
    pub link: Ref,
    /// How many statements that page has.
    pub count: Option<usize>,
    /// The name under which it is filed, if that differs from its title, as for persons.
    pub name: Option<Box<str>>,
}

/// The topics with most statements, by decade.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Heat {
    /// The first year of each decade, in ascending order, and the number of all statements in it.
    pub decades: Vec<(i16, usize)>,
    /// Topics with their statements in each decade, and in all.
    pub rows: Vec<(Ref, Vec<usize>, usize)>,
    /// How many topics there are in all.
    pub topics: usize,
    /// Whether some of the topics were found by rule only.
    pub by_rule: bool,
}

/// A document that is cited.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Cited {
    /// The document.
    pub document: Ref,
    /// How many statements cite it.
    pub statements: usize,
    /// How many paragraphs cite it.
    pub paragraphs: usize,
    /// The first and the last year of a statement that cites it.
    pub years: Option<(i16, i16)>,
}

/// A passage in the list of those that were repeated most.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PassageRow {
    /// Its page.
    pub key: Key,
    /// Its leading paragraph.
    pub leader: Stamped<Saying>,
    /// The words of the leader that the others share, as a byte range of the body's text.
    pub shared: Range<u32>,
    /// How many statements contain it.
    pub statements: usize,
    /// How many delegations said it.
    pub delegations: usize,
}

/// The position of a page in a list. Pages are numbered from the oldest, so that a new statement changes few of them.
/// The list's own page has the latest statements: at least one page full, and less than two.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Pager {
    /// The list's own page.
    pub list: Key,
    /// How many numbered pages there are.
    pub numbered: usize,
    /// The number of this page; `None` for the list's own.
    pub current: Option<usize>,
    /// Whether the list has a feed.
    pub feed: bool,
    /// Whether there are files with citations of all its statements.
    pub cited: bool,
}
