//! Drafts and the statements that the site has -> the file that each draft becomes: a new one, the one from last time,
//! or none.

use std::collections::{BTreeSet, HashMap};
use std::iter;
use std::sync::Arc;

use super::alike::{self, Alike, Relation, Texts};
use super::existing::{Existing, STATEMENTS, stem_of};
use super::item::{Drafted, Item, Outcome};
use super::known::Found;
use super::original::sha256;
use super::said::Field;
use crate::path::SitePath;
use crate::read::name::suggested_id;

/// What happens to a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// It becomes a new file.
    New,
    /// It replaces what an earlier import wrote and nobody edited.
    Update,
    /// The site has it already, byte for byte.
    Same,
    /// A person has edited the statement, so it is kept.
    Edited,
    /// A person has edited the statement, and its original has changed since.
    EditedAndChanged,
    /// The same bytes were submitted under another name.
    Duplicate,
    /// Another statement has the same words.
    SameWords,
}

impl Action {
    /// Returns the word that reports use.
    pub fn word(self) -> &'static str {
        match self {
            Action::New => "new",
            Action::Update => "updated",
            Action::Same => "unchanged",
            Action::Edited => "kept as edited",
            Action::EditedAndChanged => "kept as edited; the original has changed",
            Action::Duplicate => "duplicate",
            Action::SameWords => "not written: the same words",
        }
    }
}

/// Where a draft goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// What happens to the draft.
    pub action: Action,
    /// The statement's file, relative to the site's folder; for a duplicate, the file of the other statement.
    pub path: String,
    /// The whole file to write.
    pub text: String,
    /// Where the original is to be copied, unless it is in the site already.
    pub copy: Option<String>,
    /// Texts that it is related to.
    pub alike: Vec<Alike>,
}

/// Everything that already has a place: the statements of the site, and the drafts of this import so far.
pub struct Shelf {
    existing: Vec<Existing>,
    by_hash: HashMap<Box<str>, Vec<usize>>,
    /// By id, and by id without the hash that distinguishes two of the same name.
    by_id: HashMap<Box<str>, Vec<usize>>,
    /// Where the originals of this import went, by hash.
    placed: HashMap<Box<str>, String>,
    paths: BTreeSet<String>,
    ids: BTreeSet<String>,
    /// Prefixes of ids, for files whose names are unique only together with their folders.
    above: HashMap<Arc<str>, String>,
    texts: Texts,
    keeps_duplicates: bool,
}

impl Shelf {
    /// Takes the statements of the site, and the paths of all files to come.
    pub fn new(existing: Vec<Existing>, coming: &[Arc<str>], keeps_duplicates: bool) -> Shelf {
        let mut by_hash: HashMap<Box<str>, Vec<usize>> = HashMap::new();
        let mut by_id: HashMap<Box<str>, Vec<usize>> = HashMap::new();
        let mut texts = Texts::default();
        for (number, statement) in existing.iter().enumerate() {
            for id in iter::once(&*statement.id).chain(without_hash(&statement.id)) {
                by_id.entry(id.into()).or_default().push(number);
            }
            if let Some(hash) = &statement.sha256 {
                by_hash.entry(hash.clone()).or_default().push(number);
            }
            texts.add_existing(statement);
        }
        Shelf {
            paths: existing.iter().map(|existing| existing.path.to_string()).collect(),
            ids: existing.iter().map(|existing| existing.id.to_string()).collect(),
            above: above(coming),
            placed: HashMap::new(),
            by_hash,
            by_id,
            texts,
            existing,
            keeps_duplicates,
        }
    }

    /// Places drafts. The order of the items only decides which of two duplicates comes first.
    pub fn place(&mut self, items: &[Item]) -> Vec<Option<Placed>> {
        let bases = alike::bases(items);
        let place = |(number, item): (usize, &Item)| match &item.outcome {
            Outcome::Drafted(drafted) => Some(self.one(item, drafted, bases.get(&number))),
            _ => None,
        };
        items.iter().enumerate().map(place).collect()
    }

    fn one(&mut self, item: &Item, drafted: &Drafted, base: Option<&String>) -> Placed {
        let hash = &drafted.original.sha256;
        let id = self.above.get(&item.path).map_or(String::new(), |above| format!("{above}-")) + &drafted.draft.id;
        let elsewhere =
            |action, path: String| Placed { action, path, text: String::new(), copy: None, alike: Vec::new() };
        // The order of the cases: the same bytes first, then the same name, then the same words, and only then a new
        // file.
        let of_name = self.of_name(drafted, &id).chain(base.into_iter().flat_map(|base| self.of_name(drafted, base)));
        let of_name: Vec<&Existing> = of_name.collect();
        let placed = if let Some(path) = self.placed.get(hash) {
            elsewhere(Action::Duplicate, path.clone())
        } else if let Some(existing) = self.of_bytes(drafted) {
            if !is_of(existing, drafted) {
                // Another file of this import may have that statement's name and update it, so it is not noted as placed.
                return elsewhere(Action::Duplicate, existing.path.to_string());
            }
            replace(drafted, existing)
        } else if let Some(existing) = of_name.iter().find(|existing| is_same_statement(existing, drafted)) {
            replace(drafted, existing)
        } else if let Some(path) = self.texts.duplicate(drafted).filter(|_| !self.keeps_duplicates) {
            elsewhere(Action::SameWords, path.to_owned())
        } else {
            let unsure = of_name.iter().find(|existing| existing.facts.agree(&drafted.facts()));
            let unsure = unsure.map(|existing| existing.path.to_string());
            let placed = self.place_new(item, drafted, base.unwrap_or(&id), &id, unsure);
            self.texts.add_draft(item, drafted, &placed.path);
            self.paths.insert(placed.path.clone());
            placed
        };
        self.placed.insert(hash.clone(), placed.path.clone());
        placed
    }

    /// Returns the statement that was made from the same bytes, preferably under the same name.
    fn of_bytes(&self, drafted: &Drafted) -> Option<&Existing> {
        let numbers = self.by_hash.get(&drafted.original.sha256)?;
        let named = numbers.iter().find(|number| is_of(&self.existing[**number], drafted));
        named.or(numbers.first()).map(|number| &self.existing[*number])
    }

    /// Returns the statements that were made from an original of the same name and have the id that this draft would get.
    fn of_name<'a>(&'a self, drafted: &'a Drafted, id: &str) -> impl Iterator<Item = &'a Existing> + use<'a> {
        let numbers = self.by_id.get(id).map_or(&[][..], Vec::as_slice);
        numbers.iter().map(|number| &self.existing[*number]).filter(|existing| is_of(existing, drafted))
    }

    /// Places the draft of a new statement under the given id, or the one from its own name if that is taken. `of_name`
    /// is a statement from another file of the same name, of which it may be a version.
    fn place_new(&mut self, item: &Item, drafted: &Drafted, id: &str, own: &str, of_name: Option<String>) -> Placed {
        let mut alike = self.texts.alike(item, drafted);
        if let Some(path) = of_name.filter(|path| alike.iter().all(|other| other.path != *path)) {
            alike.push(Alike { path, relation: Relation::SameName });
        }
        let language = drafted.facts().language;
        // A certain translation becomes a language version next to the text it translates.
        let sibling = alike.iter().find(|other| other.relation == Relation::Translation).zip(language.as_deref());
        let sibling = sibling.map(|(other, language)| version_path(&other.path, language));
        let path = if let Some(path) = sibling.filter(|path| !self.paths.contains(path)) {
            path
        } else {
            let id = [id, own].into_iter().find(|id| !self.ids.contains(*id));
            let id = id.map_or_else(|| format!("{own}-{}", &drafted.original.sha256[..HASH]), str::to_owned);
            let year = drafted.draft.year.as_deref().map_or_else(String::new, |year| format!("{year}/"));
            let file = if drafted.original.in_site.is_some() { ".md" } else { "/index.md" };
            let path = format!("{STATEMENTS}{year}{id}{file}");
            self.ids.insert(id);
            // Its place is taken, so it is a statement of its own and only says what it may be.
            for other in alike.iter_mut().filter(|other| other.relation == Relation::Translation) {
                other.relation = Relation::PerhapsTranslation(language.clone().unwrap_or_default());
            }
            path
        };
        let copy = copy(drafted, &path);
        let text = text(drafted, copy.as_deref(), &similar(&alike));
        Placed { action: Action::New, text, path, copy, alike }
    }
}

/// How many similar texts a draft names.
const NAMED: usize = 3;

/// Returns in words the texts that a draft may be a version of.
fn similar(alike: &[Alike]) -> Vec<String> {
    let line = |other: &Alike| match &other.relation {
        Relation::Version(shared) => Some(format!("a version of {}: {shared} of 100 words are the same", other.path)),
        Relation::PerhapsTranslation(language) => {
            let path = version_path(&other.path, language);
            Some(format!("a language version of {}; if so, move it to {path}", other.path))
        }
        Relation::SameName => Some(format!("a version of {}: its original has the same name", other.path)),
        Relation::Translation => None,
    };
    alike.iter().filter_map(line).take(NAMED).collect()
}

/// Returns the path of a statement's version in another language.
fn version_path(statement: &str, language: &str) -> String {
    let (folder, file) = statement.rsplit_once('/').unwrap_or(("", statement));
    let stem = file.split('.').next().unwrap_or(file);
    format!("{folder}/{stem}.{language}.md")
}

/// Returns whether a statement was made from an original of the same name, in any folder.
fn is_of(existing: &Existing, drafted: &Drafted) -> bool {
    let name = drafted.original.name();
    let last = existing.file.as_deref().map(|file| file.rsplit_once('/').map_or(file, |(_, last)| last));
    last.is_some_and(|last| last == name || last == kept_name(name))
}

/// Returns whether a statement from another original of the same name is an earlier state of the draft, and has nothing
/// from an index or a profile that the draft lacks: then the draft can replace it.
fn is_same_statement(existing: &Existing, drafted: &Drafted) -> bool {
    let is_near = existing.likeness.as_ref().zip(drafted.likeness.as_ref()).is_some_and(|(a, b)| a.is_near(b));
    let is_sure = |key: &str| drafted.known.get(key).is_some_and(|found| found.sure);
    let keeps = |field: &Field| is_sure(field.key);
    let keeps_profiled = |found: &Found| is_sure(found.key);
    is_near
        && existing.facts.agree(&drafted.facts())
        && existing.said.fields.iter().all(keeps)
        && existing.profiled.iter().all(keeps_profiled)
}

/// Returns an id without the part of a hash at its end, if it has one.
fn without_hash(id: &str) -> Option<&str> {
    let (base, hash) = id.rsplit_once('-')?;
    (hash.len() == HASH && hash.bytes().all(|byte| byte.is_ascii_hexdigit())).then_some(base)
}

/// How many digits of an original's hash distinguish it from another of the same name.
const HASH: usize = 8;

/// Places the draft of a statement that the site already has.
fn replace(drafted: &Drafted, existing: &Existing) -> Placed {
    let path = existing.path.to_string();
    let copy = copy(drafted, &path);
    let text = text(drafted, copy.as_deref(), &existing.similar);
    let changed = existing.sha256.as_deref() != Some(&*drafted.original.sha256);
    let action = match existing.untouched {
        Some(true) if *existing.hash == *sha256(text.as_bytes()) => Action::Same,
        Some(true) => Action::Update,
        _ if changed => Action::EditedAndChanged,
        _ => Action::Edited,
    };
    Placed { action, path, text, copy, alike: Vec::new() }
}

/// Returns where to copy an original that is not in the site: next to its statement.
fn copy(drafted: &Drafted, statement: &str) -> Option<String> {
    if drafted.original.in_site.is_some() {
        return None;
    }
    let folder = statement.rsplit_once('/').map_or("", |(folder, _)| folder);
    Some(format!("{folder}/{}", kept_name(drafted.original.name())))
}

fn text(drafted: &Drafted, copy: Option<&str>, similar: &[String]) -> String {
    let original = &drafted.original;
    let copied = copy.and_then(|copy| copy.rsplit('/').next());
    let file = original.in_site.as_deref().or(copied).unwrap_or(original.name());
    drafted.draft.text(file, original, similar)
}

/// Returns the name under which an original can be kept next to its statement: one that no page has and that is not a
/// page itself.
fn kept_name(name: &str) -> String {
    let lower = name.to_lowercase();
    let name = if lower.ends_with(".md") { format!("{name}.txt") } else { name.to_owned() };
    let name = if lower == "index.html" { format!("original-{name}") } else { name };
    if SitePath::parse(&name).is_ok() && !name.starts_with('.') {
        name
    } else {
        format!("original-{}", crate::path::slug(&name))
    }
}

/// Returns, for files whose names would make the same id, the folder names above them that make them differ, as far as
/// three levels up.
fn above(paths: &[Arc<str>]) -> HashMap<Arc<str>, String> {
    let mut named: HashMap<String, Vec<&Arc<str>>> = HashMap::new();
    for path in paths {
        named.entry(suggested_id(&stem_of(path))).or_default().push(path);
    }
    let mut above = HashMap::new();
    for paths in named.into_values().filter(|paths| paths.len() > 1) {
        let folders = |path: &str, depth: usize| {
            let mut folders: Vec<&str> = path.rsplit('/').skip(1).filter(|name| *name != "..").take(depth).collect();
            folders.reverse();
            suggested_id(&folders.join("-"))
        };
        let differ = |depth: usize| paths.iter().map(|path| folders(path, depth)).collect::<BTreeSet<_>>().len();
        let most = differ(3);
        let depth = (1..=3).find(|depth| differ(*depth) == most).unwrap_or(3);
        if most > 1 {
            above.extend(paths.iter().map(|path| (Arc::clone(path), folders(path, depth))));
        }
    }
    above
}

#[cfg(test)]
mod tests;
