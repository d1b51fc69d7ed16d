//! What was read of the folder, sorted by kind: where the collection begins.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::read::PlainPage;
use crate::read::lock::Lock;
use crate::read::record::Record;
use crate::read::statement::Statement;
use crate::stamp::Stamped;

/// The locks of a site by their path.
pub type Locks = BTreeMap<Arc<str>, Stamped<Lock>>;

/// What was read, sorted by kind.
#[derive(Default)]
pub struct Content {
    pub statements: Vec<Stamped<Statement>>,
    pub records: Vec<Stamped<Record>>,
    pub pages: Vec<Stamped<PlainPage>>,
    /// Files of `content/` that are no Markdown.
    pub attachments: Vec<Arc<str>>,
    /// Those of them that are not published because they could act when a reader opens them, and what is to be said of
    /// each where it would be published.
    pub active: BTreeMap<Arc<str>, Option<Diagnostic>>,
    /// Files of `static/`.
    pub statics: Vec<Arc<str>>,
    /// Texts that could not be read.
    pub unread: Vec<Arc<str>>,
    /// The numbers that paragraphs were given when they were published.
    pub locks: Locks,
}
