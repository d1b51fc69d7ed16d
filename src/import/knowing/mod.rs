//! `Mended` -> `Known`: what a text says of itself, and how that was found.

mod agenda;
mod around;
mod behalf;
mod date;
mod delegation;
mod forums;
mod head;
mod head_matter;
mod language;
mod letterhead;
mod names;
mod neutral;
mod occasion;
mod ordinals;
pub mod profile;
mod speaker;
mod status;
mod title;
mod topics;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::existing::Existing;
use super::mended::Mended;
use super::original::Original;
use super::pages::Pages;
use super::said::Said;
use crate::collect::names::{Names as SiteNames, Tables};
use crate::collect::rules::Rules;
use crate::config::base_language;
use crate::read::record::Record;
use crate::stamp::Stamped;
use head::Head;
pub(super) use head::fold;
pub(super) use head_matter::set_apart;
use names::Names;
use neutral::Titles;
use profile::Profile;

/// Something known of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The key of the front matter.
    pub key: &'static str,
    pub value: String,
    /// How it was found, for the person who checks.
    pub evidence: String,
    /// Whether it can be relied on. What cannot goes into a comment.
    pub sure: bool,
}

impl Found {
    /// Says whether it is a suggestion, which nobody must look at.
    pub fn is_suggested(&self) -> bool {
        self.key == "topics" && !self.sure
    }
}

/// What is known of a text, each key once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    pub fields: Vec<Found>,
}

impl Known {
    /// Returns what is known under a key.
    pub fn get(&self, key: &str) -> Option<&Found> {
        self.fields.iter().find(|found| found.key == key)
    }

    /// Takes what was found, unless something is known under its key already.
    fn add(&mut self, found: Option<Found>) {
        self.fields.extend(found.filter(|found| self.get(found.key).is_none()));
    }
}

/// What is the same for all texts of a batch: what its profile says, and the names of states by language.
pub struct Context {
    profile: Profile,
    names: BTreeMap<&'static str, Names>,
    titles: Titles,
    given_first: BTreeSet<String>,
    /// The phrases of the collection's topics; nothing where it has none.
    topics: Option<Rules>,
    /// What indexes said in earlier imports, by the hashes of the originals.
    said: HashMap<Box<str>, Said>,
}

impl Default for Context {
    /// A batch of which nothing is said.
    fn default() -> Context {
        Context::new(Profile::default())
    }
}

/// The languages in which states' names are shipped.
const LANGUAGES: [&str; 8] = ["en", "fr", "es", "ru", "ar", "zh", "zh-Hant", "pt"];

/// Returns the one of these languages in which names are shipped: `zh-Hant`, and `en` for `en-GB`.
fn shipped(language: &str) -> &str {
    if LANGUAGES.contains(&language) { language } else { base_language(language) }
}

impl Context {
    /// Makes what a batch needs.
    pub fn new(profile: Profile) -> Context {
        let names = LANGUAGES.iter().map(|language| (*language, Names::of(language))).collect();
        Context {
            profile,
            names,
            titles: Titles::shipped(),
            given_first: names::given_first(),
            topics: None,
            said: HashMap::new(),
        }
    }
}

impl Context {
    /// Has the collection's topics suggested by the phrases of their records, and titles made of the names that its
    /// delegations and forums have.
    #[must_use]
    pub fn suggest(self, records: &[Stamped<Record>]) -> Context {
        let tables = Tables::load();
        // What is wrong with the records is told when the site is built.
        let topics = Rules::new(&SiteNames::new(&tables, records, &mut Vec::new()));
        Context { topics: Some(topics), titles: self.titles.with(records), ..self }
    }

    /// Keeps in mind what indexes said of the originals of the statements that are there.
    #[must_use]
    pub fn remember(self, there: &[Existing]) -> Context {
        let said = there.iter().filter(|there| there.said != Said::default());
        let said = said.filter_map(|there| Some((there.sha256.clone()?, there.said.clone()))).collect();
        Context { said, ..self }
    }

    /// Returns what an index said of an original in an earlier import.
    pub fn said(&self, sha256: &str) -> Option<&Said> {
        self.said.get(sha256)
    }
}

/// Finds what a text says of itself. What others say of it comes first, then what the profile says.
pub fn know(original: &Original, pages: &Pages, mended: &Mended, said: Vec<Found>, context: &Context) -> Known {
    let mut known = Known { fields: said };
    for found in context.profile.of(original.stem()) {
        known.add(Some(found));
    }
    let head = Head::of(mended);
    known.add(language::find(pages, mended));
    known.add(status_note(pages));
    known.add(status::find(mended, &head));
    known.add(date::find(mended, &head));
    known.add(agenda::kind(&head));
    known.add(forums::forum(&head));
    known.add(occasion::session(&head, known.get("forum"), known.get("date")));
    known.add(occasion::meeting(&head, known.get("forum")));
    known.add(agenda::agenda_items(&head));
    known.add(agenda::cluster(&head));
    let language = known.get("language").map_or("en", |found| &found.value);
    let names = context.names.get(shipped(language));
    if known.get("delegation").is_none() {
        known.add(names.and_then(|names| delegation::find(mended, &head, names)));
    }
    if known.get("on_behalf_of").is_none() {
        known.add(names.and_then(|names| behalf::find(mended, &head, names)));
    }
    if known.get("speaker").is_none() {
        let delegation = known.get("delegation").filter(|found| found.sure);
        let given_first = delegation.is_some_and(|found| context.given_first.contains(&found.value));
        known.add(names.and_then(|names| speaker::find(&head, names, given_first)));
    }
    if known.get("topics").is_none() {
        let language = known.get("language").map_or("en", |found| &found.value).to_owned();
        known.add(context.topics.as_ref().and_then(|rules| topics::find(mended, &language, rules)));
    }
    if known.get("title").is_none() {
        let printed = title::find(&head).filter(|title| !neutral::is_in_capitals(&title.value));
        known.add(printed.or_else(|| Some(neutral::title(&known, &context.titles, &context.names))));
    }
    known
}

/// Says to readers that a machine saw the words, until a person has compared them and takes it out.
fn status_note(pages: &Pages) -> Option<Found> {
    let program = pages.ocr.as_ref()?;
    let value = format!("Read by OCR ({program}) from pictures of pages, and not yet compared with the original.");
    Some(Found { key: "status_note", value, evidence: "the original has no text, only pictures".into(), sure: true })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::mended::Block;
    use crate::import::pages::{Kind, Markup};

    /// Returns a text of these blocks, one a line.
    pub fn mended(blocks: &[&str]) -> Mended {
        let blocks = blocks.iter().zip(1..).map(|(text, line)| Block {
            kind: Kind::Paragraph,
            text: (*text).to_owned(),
            line,
            marks: Vec::new(),
        });
        Mended {
            markup: Markup::Plain,
            blocks: blocks.collect(),
            removals: Vec::new(),
            repairs: Vec::new(),
            doubts: Vec::new(),
        }
    }
}
