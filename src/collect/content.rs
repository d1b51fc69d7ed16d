//! What was read from the folder, sorted by kind: the input of the collection.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::history::Held;
use crate::read::PlainPage;
use crate::read::lock::Lock;
use crate::read::record::Record;
use crate::read::statement::Statement;
use crate::stamp::Stamped;

/// The locks of a site by their path.
pub type Locks = BTreeMap<Arc<str>, Stamped<Lock>>;

/// Everything that was read, sorted by kind.
#[derive(Default)]
pub struct Content {
    /// The language versions of statements.
    pub statements: Vec<Stamped<Statement>>,
    /// The records.
    pub records: Vec<Stamped<Record>>,
    /// The plain pages.
    pub pages: Vec<Stamped<PlainPage>>,
    /// Files of `content/` that are not Markdown.
    pub attachments: Vec<Arc<str>>,
    /// Attachments that are not published because they could act when a reader opens them, each with the problem to
    /// report if it would be published otherwise.
    pub active: BTreeMap<Arc<str>, Option<Diagnostic>>,
    /// Files of `static/`.
    pub statics: Vec<Arc<str>>,
    /// Texts that could not be read.
    pub unread: Vec<Arc<str>>,
    /// The earlier wordings of texts, by the paths of their files.
    pub history: BTreeMap<Arc<str>, Stamped<Vec<Held>>>,
    /// The locks, which keep the numbers that paragraphs had when they were published.
    pub locks: Locks,
}
