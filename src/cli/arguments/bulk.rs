//! The arguments of the commands that list and change many statements: `list`, `set`, `publish`.

use clap::{Args, ValueEnum};
use plenary::bulk::condition::Condition;
use plenary::bulk::matrix::Axis;
use plenary::bulk::rename::Subject;
use plenary::bulk::selection::Selection;
use plenary::bulk::table::Column;
use plenary::key::RecordKind;

/// Which texts are meant, by what they say.
#[derive(Args, Clone, Debug)]
pub(crate) struct Selected {
    /// Only texts whose front matter matches: delegation=KAZ, date>=2017-10, topics!=debris, title~port; can be
    /// repeated, and all must hold.
    #[arg(long = "where", value_name = "CONDITION", value_parser = Condition::parse)]
    pub(crate) conditions: Vec<Condition>,
    /// Only texts that a person has read (`plenary review --mark`).
    #[arg(long)]
    pub(crate) reviewed: bool,
    /// All texts.
    #[arg(long)]
    pub(crate) all: bool,
}

impl Selected {
    /// Returns the selection of these texts.
    pub(crate) fn with(&self, paths: &[String]) -> Selection {
        let Selected { conditions, reviewed, all } = self.clone();
        Selection { paths: paths.to_vec(), conditions, reviewed, all }
    }
}

/// List texts and what their front matter says.
///
/// Lists all texts, or those that you select. Each language version is listed with what it inherits. The CSV and JSON
/// tables have every key; edit the CSV table in a spreadsheet, and `plenary import` takes it back.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  plenary list --where status=draft               the drafts
  plenary list --where delegation=KAZ --where 'date>=2017'
  plenary list --where topics=                    texts without topics
  plenary list --where status=draft --format paths | xargs $EDITOR
  plenary list --format csv > all.csv             everything, for a spreadsheet
  plenary list --columns id,session,speaker.role  some keys
  plenary list --matrix delegation,session        how many texts are held of whom, from when")]
pub(crate) struct List {
    /// Files, folders, or ids of statements [default: all texts].
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<String>,
    #[command(flatten)]
    pub(crate) selected: Selected,
    /// The columns: keys, and parts of keys such as speaker.role [default: for `table` a few, otherwise all].
    #[arg(long, value_name = "KEYS", value_delimiter = ',', value_parser = Column::parse)]
    pub(crate) columns: Vec<Column>,
    /// Count the texts instead, by two keys: delegation,session or delegation,year.
    #[arg(long, value_name = "KEY,KEY", value_delimiter = ',', num_args = 1, value_parser = Axis::parse, conflicts_with = "columns")]
    pub(crate) matrix: Vec<Axis>,
    /// The format.
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub(crate) format: Listing,
}

/// The format of a list of texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Listing {
    /// Columns for people
    Table,
    /// The path of each file
    Paths,
    /// A table for spreadsheets, which Plenary can import again
    Csv,
    /// One JSON object a line
    Json,
}

/// Change the front matter of many texts.
///
/// Everything else in the files stays as it is: the text, comments, the order of keys. Values are YAML. If a file would
/// become invalid, nothing is written at all. A language version inherits what the statement's first file says, so it
/// is changed only where it states the key itself.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  plenary set delegation=KAZ --where delegation=KAX        correct a code
  plenary set forum=unga-c1 session=72 content/statements/2017
  plenary set topics+=debris topics-=space-debris --where topics=space-debris
  plenary set speaker.role='Permanent Representative' xaa-2024-debris
  plenary set status_note= --where 'status_note~OCR'       remove a key
  plenary set topics+=ports --where 'title~port' --dry-run  show what would change")]
pub(crate) struct Set {
    /// What to set: KEY=VALUE, KEY+=VALUE and KEY-=VALUE for lists, KEY= to remove it; and files, folders or ids.
    #[arg(required = true, value_name = "KEY=VALUE|PATH")]
    pub(crate) words: Vec<String>,
    #[command(flatten)]
    pub(crate) selected: Selected,
    /// Write nothing; print what would change.
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// Publish drafts.
///
/// Removes `status: draft` from the selected texts, and prints why any of them was skipped: a text with something left
/// to decide is not published, nor is one that was withdrawn. An embargo stays in force.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  plenary publish xaa-2024-debris                 one statement in all its languages
  plenary publish content/statements/2017         a folder
  plenary publish --reviewed                      every draft that a person has read
  plenary publish --where forum=unga-c1 --where session=72 --dry-run

Exit codes: 0 all are published; 1 some were skipped because something is left to decide; 2 usage error; 3 I/O or system
error.")]
pub(crate) struct Publish {
    /// Files, folders, or ids of statements.
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<String>,
    #[command(flatten)]
    pub(crate) selected: Selected,
    /// Also publish texts with something left to decide.
    #[arg(long)]
    pub(crate) force: bool,
    /// Write nothing; print what would change.
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// Rename a record or a statement everywhere.
///
/// Renames its file, changes every mention of it in front matter, tags and links, and keeps the old address as an
/// alias: its page and all pages below it, such as feeds, tables, extracts and positions, redirect. If the new name
/// exists, the two are merged: the record gets everything in both, and contradictions are refused.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  plenary rename topic space-debris debris        also merges, if both exist
  plenary rename delegation KAX KAZ               a wrong code
  plenary rename statement xaa-debris xaa-2024-debris
  plenary rename speaker \"J. Doe\" jane-doe      another spelling of a person with a record
  plenary rename topic space-debris debris --dry-run")]
pub(crate) struct Rename {
    /// What is renamed.
    pub(crate) kind: Renamable,
    /// Its current name: a slug, a code, a symbol or an id.
    #[arg(value_name = "OLD")]
    pub(crate) old: String,
    /// Its new name.
    #[arg(value_name = "NEW")]
    pub(crate) new: String,
    /// If the two records contradict each other, keep what the one with the new name says.
    #[arg(long)]
    pub(crate) merge: bool,
    /// Write nothing; print what would change.
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// What can be renamed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Renamable {
    Topic,
    Delegation,
    Speaker,
    Forum,
    Group,
    Document,
    Statement,
}

impl Renamable {
    /// Returns what it is.
    pub(crate) fn subject(self) -> Subject {
        Subject::Record(match self {
            Renamable::Topic => RecordKind::Topic,
            Renamable::Delegation => RecordKind::Delegation,
            Renamable::Speaker => RecordKind::Speaker,
            Renamable::Forum => RecordKind::Forum,
            Renamable::Group => RecordKind::Group,
            Renamable::Document => RecordKind::Document,
            Renamable::Statement => return Subject::Statement,
        })
    }
}

/// Write the topics that rules find in texts into their front matter.
///
/// The phrases of a topic's record give a text the topic by rule, which pages mark as such. With this command an editor
/// accepts these topics as assigned.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  plenary topics accept --where session=72        all topics found in these texts
  plenary topics accept --topic debris --all      only this one, in all texts
  plenary topics accept --where date=2017 --judged  and the others are on none
  plenary topics accept --all --dry-run")]
pub(crate) struct Accept {
    /// Files, folders, or ids of statements.
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<String>,
    #[command(flatten)]
    pub(crate) selected: Selected,
    /// Only this topic; can be repeated [default: all].
    #[arg(long, value_name = "TOPIC")]
    pub(crate) topic: Vec<String>,
    /// Also mark texts to which no rule applies as judged: topics: [].
    #[arg(long)]
    pub(crate) judged: bool,
    /// Write nothing; print what would change.
    #[arg(long)]
    pub(crate) dry_run: bool,
}
