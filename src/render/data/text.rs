//! An entry of the collection -> a language version as the tables below `/data/` have it.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use crate::collect::links::Resolved;
use crate::collect::mentions::Naming;
use crate::collect::passages::{Elsewhere, SaidElsewhere};
use crate::collect::{Entry, Known};
use crate::key::Key;
use crate::read::body::Body;
use crate::read::numbers::Numbers;
use crate::read::outline::plain;
use crate::stamp::Stamped;

/// A language version with everything that tables contain about it: shared values, each stamped where it was made.
#[derive(Clone, Debug)]
pub struct DataText {
    /// The version, its facts and what it mentions.
    pub known: Arc<Known>,
    /// The numbers of its paragraphs.
    pub numbers: Stamped<Numbers>,
    /// Where its links lead, in the order of `Body::links`.
    pub links: Stamped<Vec<Resolved>>,
    /// Delegations, groups, forums and topics that it names.
    pub namings: Stamped<Vec<Naming>>,
    /// Where else its words were said.
    pub elsewhere: Option<Stamped<SaidElsewhere>>,
}

/// The approximate size of a row in the table of statements without its text, in bytes.
const ROW: usize = 1_000;

/// The approximate size of a row in the table of paragraphs without its text, in bytes.
const PARAGRAPH: usize = 250;

impl DataText {
    /// Makes the text of an entry.
    pub fn new(entry: &Entry, elsewhere: Option<&Stamped<SaidElsewhere>>) -> DataText {
        DataText {
            known: Arc::clone(&entry.known),
            numbers: entry.numbers.clone(),
            links: entry.links.clone(),
            namings: entry.namings.clone(),
            elsewhere: elsewhere.cloned(),
        }
    }

    /// Returns its text.
    pub fn body(&self) -> &Body {
        &self.known.statement.body
    }

    /// Returns its page.
    pub fn key(&self) -> &Key {
        &self.known.key
    }

    /// Returns the anchor of a paragraph, counted from 0: `p7`.
    pub fn anchor(&self, paragraph: u32) -> String {
        format!("p{}", self.numbers.of(paragraph))
    }

    /// Returns the approximate number of bytes for it in the largest of its tables.
    pub fn size(&self) -> usize {
        self.body().text.len() + ROW + PARAGRAPH * self.body().paragraphs.len()
    }

    /// Returns the year under which tables file it; `None` without a date.
    pub fn year(&self) -> Option<i16> {
        self.known.card.date.as_ref().map(|date| date.earliest().year())
    }

    /// Returns where else the words of a paragraph were said.
    pub fn elsewhere(&self, paragraph: u32) -> Option<&Elsewhere> {
        let paragraphs = &self.elsewhere.as_ref()?.paragraphs;
        let at = paragraphs.binary_search_by_key(&paragraph, |of| of.paragraph).ok()?;
        Some(&paragraphs[at])
    }

    /// Returns its words as plain text: headings, paragraphs, rows of tables and notes, an empty line between two.
    pub fn plain(&self) -> String {
        plain(self.body())
    }
}

/// It hashes as the stamps of its values. A file that is moved keeps the stamp of its bytes, so its path counts too.
impl Hash for DataText {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Known { id, statement, key, is_main, withdrawn: _, facts, card, citable, by_rule, mentions, versions } =
            &*self.known;
        (id, &statement.path, statement, key, is_main, facts, card, citable, by_rule, mentions, versions).hash(state);
        (&self.numbers, &self.links, &self.namings, &self.elsewhere).hash(state);
    }
}

impl PartialEq for DataText {
    fn eq(&self, other: &DataText) -> bool {
        crate::stamp::Stamp::of(self) == crate::stamp::Stamp::of(other)
    }
}

impl Eq for DataText {}
