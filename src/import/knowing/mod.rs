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
use crate::read::date::Date;
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
    /// Keys whose values a profile says, now or when the draft was first made.
    pub profiled: Vec<&'static str>,
    /// What a profile says otherwise than the text, and was not used.
    pub contradicted: Vec<Found>,
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

    /// Takes what a profile says, unless something is known under its key already.
    fn add_profiled(&mut self, found: Found) {
        if self.get(found.key).is_none() {
            self.profiled.push(found.key);
            self.fields.push(found);
        }
    }

    /// Takes what a text says under a key, or what the profile says where the text says nothing for sure.
    fn settle(&mut self, key: &'static str, found: Option<Found>, profile: &[Found]) {
        if self.get(key).is_some() {
            return;
        }
        match (found, profile.iter().find(|of| of.key == key)) {
            (Some(found), Some(of)) if found.sure && !is_more_exact(of, &found) => {
                self.contradicted.extend(Some(of.clone()).filter(|of| !agree(of, &found)));
                self.fields.push(found);
            }
            (_, Some(of)) => self.add_profiled(of.clone()),
            (found, None) => self.fields.extend(found),
        }
    }
}

/// Says whether the date of a profile is a part of the one that a text says: a day of its month.
fn is_more_exact(profile: &Found, text: &Found) -> bool {
    profile.key == "date" && profile.value.len() > text.value.len() && profile.value.starts_with(&*text.value)
}

/// Says whether what a profile and what a text says can both be true.
fn agree(profile: &Found, text: &Found) -> bool {
    let days = |found: &Found| Date::parse(&found.value).map(|date| (date.earliest(), date.latest()));
    match profile.key {
        "date" => days(profile).zip(days(text)).is_some_and(|(a, b)| a.0 <= b.1 && b.0 <= a.1),
        "language" => base_language(&profile.value) == base_language(&text.value),
        _ => profile.value.eq_ignore_ascii_case(&text.value),
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
    /// What profiles said in earlier imports, by the same hashes.
    profiled: HashMap<Box<str>, Vec<Found>>,
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
            profiled: HashMap::new(),
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

    /// Keeps in mind what indexes and profiles said of the originals of the statements that are there.
    #[must_use]
    pub fn remember(self, there: &[Existing]) -> Context {
        let said = there.iter().filter(|there| there.said != Said::default());
        let said = said.filter_map(|there| Some((there.sha256.clone()?, there.said.clone()))).collect();
        let profiled = there.iter().filter(|there| !there.profiled.is_empty());
        let profiled = profiled.filter_map(|there| Some((there.sha256.clone()?, there.profiled.clone()))).collect();
        Context { said, profiled, ..self }
    }

    /// Returns what profiles say of an original: what counts before the text, and what counts where the text says
    /// nothing. What an earlier profile said was weighed against the text then, and holds until a profile says something
    /// else.
    fn of_profiles(&self, original: &Original) -> (Vec<Found>, Vec<Found>) {
        let now = self.profile.of(original.stem());
        let before = self.profiled.get(&original.sha256).map_or(&[][..], Vec::as_slice);
        let before = before.iter().filter(|found| !now.iter().any(|of| of.key == found.key)).cloned();
        let before: Vec<Found> = before.collect();
        let (mut first, missing): (Vec<Found>, Vec<Found>) =
            now.into_iter().partition(|found| self.profile.overrides(found.key));
        first.extend(before);
        (first, missing)
    }

    /// Returns what an index said of an original in an earlier import.
    pub fn said(&self, sha256: &str) -> Option<&Said> {
        self.said.get(sha256)
    }
}

/// Finds what a text says of itself. What others say of it comes first. What the profile says counts where the text says
/// nothing for sure, or before it where the profile asks for that.
pub fn know(original: &Original, pages: &Pages, mended: &Mended, said: Vec<Found>, context: &Context) -> Known {
    let mut known = Known { fields: said, ..Known::default() };
    let (first, missing) = context.of_profiles(original);
    for found in first {
        known.add_profiled(found);
    }
    let head = Head::of(mended);
    known.settle("language", language::find(pages, mended), &missing);
    known.add(status_note(pages));
    known.settle("text_status", status::find(mended, &head), &missing);
    known.settle("date", date::find(mended, &head), &missing);
    known.settle("type", agenda::kind(&head), &missing);
    known.settle("forum", forums::forum(&head), &missing);
    known.settle("session", occasion::session(&head, known.get("forum"), known.get("date")), &missing);
    known.settle("meeting", occasion::meeting(&head, known.get("forum")), &missing);
    known.add(agenda::agenda_items(&head));
    known.add(agenda::cluster(&head));
    let language = known.get("language").map_or("en", |found| &found.value);
    let names = context.names.get(shipped(language));
    if known.get("delegation").is_none() {
        known.settle("delegation", names.and_then(|names| delegation::find(mended, &head, names)), &missing);
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
        known.add(title::find(&head).filter(|title| !neutral::is_in_capitals(&title.value)));
    }
    for found in missing {
        known.add_profiled(found);
    }
    known.add(Some(neutral::title(&known, &context.titles, &context.names)));
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

    #[test]
    fn a_profile_fills_what_a_text_does_not_say_unless_it_asks_for_more() {
        let text = "Statement by Kenya\n\nGeneral Assembly\n27 September 2024\n\nMr. President,\n\nKenya thanks all of those who came here today, and who will go on with us.\n";
        for (profile, key, expect, contradicted) in [
            ("[set]\ndate = \"2024\"", "date", "2024-09-27", false),
            ("[set]\ndate = \"2023\"", "date", "2024-09-27", true),
            ("override = [\"date\"]\n[set]\ndate = \"2024\"", "date", "2024", false),
            ("names = \"{date}-{}\"", "date", "2024-09-27", false),
            ("names = \"{date}-{}\"\noverride = [\"date\"]", "date", "2024", false),
            ("[set]\nplace = \"Geneva\"", "place", "Geneva", false),
            ("[set]\nforum = \"UNGA\"", "forum", "unga", false),
            ("[set]\nforum = \"unga-c1\"", "forum", "unga", true),
            ("[set]\ntitle = \"Words\"", "title", "Statement by Kenya General Assembly", false),
        ] {
            let original = Original::new("2024-a.txt", None, text.as_bytes());
            let pages = crate::import::reading::read(&original, crate::import::reading::Ocr::Never).unwrap();
            let mended = crate::import::mending::mend(&pages);
            let context = Context::new(Profile::read(profile).unwrap());
            let known = know(&original, &pages, &mended, Vec::new(), &context);
            let value = known.get(key).map(|found| found.value.as_str());
            assert_eq!((value, !known.contradicted.is_empty()), (Some(expect), contradicted), "{profile}");
        }
    }
}
