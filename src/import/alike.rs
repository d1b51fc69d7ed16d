//! Texts that are already known, from the site or this import -> those that a new one duplicates, revises or
//! translates.

use std::collections::HashMap;

use super::existing::{Existing, Facts, stem_of, without_language};
use super::item::{Drafted, Item};
use super::likeness::Likenesses;
use crate::language::fold;

/// How a new text relates to a known one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Relation {
    /// A version of the same text, with the percentage of words that are the same.
    Version(usize),
    /// Its original has the same name, and nothing suggests that it is a different statement.
    SameName,
    /// It may be the same statement in another language, which is given.
    PerhapsTranslation(String),
    /// It is certainly a translation: file names, delegation and language agree.
    Translation,
}

/// A known text that a new one is related to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alike {
    /// Path of the statement's file.
    pub path: String,
    /// How the two are related.
    pub relation: Relation,
}

/// A known text.
#[derive(Clone, Debug)]
struct KnownText {
    path: String,
    facts: Facts,
    name: Name,
}

/// A file's name without its language suffix.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Name {
    base: String,
    /// `None` where the folder that the file was submitted in is not known.
    folder: Option<String>,
}

impl Name {
    /// Splits a path into the name and the language that the name ends with, if any.
    fn of(path: &str) -> (Name, Option<String>) {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let stem = stem_of(path);
        let (base, language) =
            without_language(&stem).map_or((stem.as_str(), None), |(base, language)| (base, Some(language)));
        (Name { base: fold::key(base).into(), folder: Some(folder.to_owned()) }, language)
    }

    fn is_same(&self, other: &Name) -> bool {
        self.base == other.base && (self.folder == other.folder || self.folder.is_none() || other.folder.is_none())
    }
}

/// All texts known so far.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    all: Vec<KnownText>,
    likenesses: Likenesses,
    /// Indexes into `all`, in the order in which likenesses were added.
    compared: Vec<usize>,
    by_base: HashMap<String, Vec<usize>>,
    by_facts: HashMap<(String, String, Option<String>), Vec<usize>>,
}

impl Texts {
    /// Adds a statement of the site.
    pub fn add_existing(&mut self, existing: &Existing) {
        let (name, _) = Name::of(existing.file.as_deref().unwrap_or(&existing.id));
        let text = KnownText {
            path: existing.path.to_string(),
            facts: existing.facts.clone(),
            name: Name { folder: None, ..name },
        };
        self.add(text);
        if let Some(likeness) = &existing.likeness {
            self.likenesses.add(likeness.clone());
            self.compared.push(self.all.len() - 1);
        }
    }

    /// Adds a draft that has been placed.
    pub fn add_draft(&mut self, item: &Item, drafted: &Drafted, path: &str) {
        let (name, _) = Name::of(&item.path);
        self.add(KnownText { path: path.to_owned(), facts: drafted.facts(), name });
        if let Some(likeness) = &drafted.likeness {
            self.likenesses.add(likeness.clone());
            self.compared.push(self.all.len() - 1);
        }
    }

    fn add(&mut self, text: KnownText) {
        let number = self.all.len();
        self.by_base.entry(text.name.base.clone()).or_default().push(number);
        if let Some(occasion) = occasion(&text.facts) {
            self.by_facts.entry(occasion).or_default().push(number);
        }
        self.all.push(text);
    }

    /// Returns the path of a text with the same words whose known facts do not contradict this draft's.
    pub fn duplicate(&self, drafted: &Drafted) -> Option<&str> {
        let facts = drafted.facts();
        let mut same = self.likenesses.same(drafted.likeness.as_ref()?).map(|number| &self.all[self.compared[number]]);
        same.find(|text| text.facts.agree(&facts)).map(|text| text.path.as_str())
    }

    /// Returns the texts that this one is related to, the most certain first.
    pub fn alike(&self, item: &Item, drafted: &Drafted) -> Vec<Alike> {
        let facts = drafted.facts();
        let (name, language) = Name::of(&item.path);
        let mut found: Vec<Alike> = Vec::new();
        // The first relation found for a path wins, so the searches below go from the most certain to the least.
        let mut add = |path: &str, relation| {
            if !found.iter().any(|other| other.path == path) {
                found.push(Alike { path: path.to_owned(), relation });
            }
        };
        // By name: `kaz_fr.docx` and `kaz_en.docx` are translations of each other if their texts are in those languages.
        let by_name = self.by_base.get(&name.base).map_or(&[][..], Vec::as_slice);
        for text in by_name.iter().map(|number| &self.all[*number]).filter(|text| text.name.is_same(&name)) {
            if language.is_some() && language == facts.language && is_translation(&facts, &text.facts) {
                let is_sure = facts.delegation.is_some() && text.facts.delegation.is_some();
                let perhaps = || Relation::PerhapsTranslation(facts.language.clone().unwrap_or_default());
                add(&text.path, if is_sure { Relation::Translation } else { perhaps() });
            }
        }
        // By words: an identical text counts even if other facts disagree, because one of them may have been guessed
        // wrong.
        if let Some(likeness) = &drafted.likeness {
            for (number, shared) in self.likenesses.versions(likeness) {
                let text = &self.all[self.compared[number]];
                if (shared == 100 || text.facts.agree(&facts)) && !text.facts.other_language(&facts) {
                    add(&text.path, Relation::Version(shared));
                }
            }
        }
        // By occasion: the same delegation on the same day, in another language.
        let by_facts = occasion(&facts).and_then(|occasion| self.by_facts.get(&occasion));
        for text in by_facts.into_iter().flatten().map(|number| &self.all[*number]) {
            if is_translation(&facts, &text.facts) {
                add(&text.path, Relation::PerhapsTranslation(facts.language.clone().unwrap_or_default()));
            }
        }
        found
    }
}

fn is_translation(facts: &Facts, other: &Facts) -> bool {
    facts.other_language(other) && facts.agree(other)
}

/// Returns who spoke on which day and in which forum, if the delegation and the full date are known.
fn occasion(facts: &Facts) -> Option<(String, String, Option<String>)> {
    let day = facts.date.clone().filter(|date| date.len() == "2024-10-17".len())?;
    Some((facts.delegation.as_ref()?.to_lowercase(), day, facts.forum.clone()))
}

/// Indexes of items, each with the facts known of it.
type Members = Vec<(usize, Facts)>;

/// Returns, for each item that is one of several language versions in a folder, the part of the name that they share.
pub fn bases(items: &[Item]) -> HashMap<usize, String> {
    let mut named: HashMap<(String, Option<String>), Members> = HashMap::new();
    for (number, item) in items.iter().enumerate() {
        let (name, language) = Name::of(&item.path);
        if let super::item::Outcome::Drafted(drafted) = &item.outcome
            && language.is_some()
            && language == drafted.facts().language
        {
            named.entry((name.base, name.folder)).or_default().push((number, drafted.facts()));
        }
    }
    let mut bases = HashMap::new();
    #[expect(clippy::iter_over_hash_type, reason = "each group has items of its own")]
    for ((base, _), members) in named {
        // Both delegations must be known: two files `a_en` and `a_fr` without one may be anything.
        let is_one = |(_, facts): &(usize, Facts)| {
            let others = members.iter().filter(|(_, other)| is_translation(facts, other));
            facts.delegation.is_some() && others.filter(|(_, other)| other.delegation.is_some()).count() > 0
        };
        bases.extend(members.iter().filter(|member| is_one(member)).map(|(number, _)| (*number, base.clone())));
    }
    bases
}
