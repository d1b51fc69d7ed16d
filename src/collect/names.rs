//! Records and shipped tables -> what each name means: its title, its page, its record.

mod other_codes;
mod signs;
mod tables;
#[cfg(test)]
mod tests;
mod titles;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::title::Title;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::key::Key;
use crate::language::fold::{self, Folding};
use crate::path::slug;
use crate::read::is_id;
use crate::read::name::suggested_id;
use crate::read::record::{Detail, Record, RecordKind};
use crate::shipped;
use crate::stamp::{Stamp, Stamped};
pub use signs::has_signs;
pub use tables::{Existence, Shipped, Tables};
use titles::Titles;

/// A title and the page that it links to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Ref {
    /// The title.
    pub title: Title,
    /// The page; `None` if it has none.
    pub key: Option<Key>,
}

/// Links, each with the number of statements there, if that is shown.
pub type Counted = Vec<(Ref, Option<usize>)>;

/// Everything that statements can refer to by name: records and shipped tables.
pub struct Names<'a> {
    /// Changes when any record does; the tables never change.
    pub stamp: Stamp,
    tables: &'a Tables,
    records: BTreeMap<RecordKind, BTreeMap<Box<str>, Stamped<Record>>>,
    /// The keys of records by folded alias, symbol or slug; an alias with two keys is ambiguous.
    aliases: BTreeMap<RecordKind, BTreeMap<Box<str>, Vec<Box<str>>>>,
    /// The titles of each kind, indexed when first needed.
    titles: BTreeMap<RecordKind, OnceLock<Titles>>,
}

impl<'a> Names<'a> {
    /// Gathers the records, and reports a second record for the same thing.
    pub fn new(tables: &'a Tables, records: &[Stamped<Record>], diagnostics: &mut Vec<Diagnostic>) -> Names<'a> {
        let titles = RecordKind::ALL.iter().map(|kind| (*kind, OnceLock::new())).collect();
        let (stamp, records_of, aliases) = (Stamp::of(records), BTreeMap::new(), BTreeMap::new());
        let mut names = Names { stamp, tables, records: records_of, aliases, titles };
        for record in records {
            let kind = record.kind();
            let key = key_of(record);
            for alias in record.aliases.iter().map(|alias| &*alias.text).chain([&*record.slug]) {
                let keys = names.aliases.entry(kind).or_default().entry(fold::key(alias)).or_default();
                // Two keys are enough to make an alias ambiguous.
                if keys.len() < 2 && !keys.contains(&key) {
                    keys.push(key.clone());
                }
            }
            if let Some(other) = names.record(kind, &key) {
                let message = format!("`{key}` has two records: {} and {}", other.path, record.path);
                let problem = Diagnostic::new(Code::DuplicateId, Place::file(&record.path), message)
                    .related(Place::file(&other.path));
                diagnostics.push(problem.help("keep one of them, and move the content of the other into it"));
            } else {
                names.records.entry(kind).or_default().insert(key.clone(), record.clone());
                if let Err(wrong) = names.page(kind, &key, &record.slug) {
                    let message = format!("the record cannot have a page: its URL would contain {wrong}");
                    let problem = Diagnostic::new(Code::InvalidUrl, Place::file(&record.path), message);
                    diagnostics.push(problem.help("write the `symbol` alone, such as A/RES/72/27"));
                }
            }
        }
        names
    }

    /// Returns the records of one kind, sorted.
    pub fn records(&self, kind: RecordKind) -> impl Iterator<Item = &Stamped<Record>> {
        self.records.get(&kind).into_iter().flat_map(BTreeMap::values)
    }

    /// Returns the key that `name` resolves to: that of a record, also through its aliases, otherwise the name itself.
    pub fn key(&self, kind: RecordKind, name: &str) -> Box<str> {
        let lower = fold::key(name);
        if self.record(kind, &lower).is_some() {
            return lower;
        }
        match self.aliases(kind, &lower) {
            [key] => key.clone(),
            _ if kind == RecordKind::Document || kind == RecordKind::Speaker => lower,
            _ => {
                let slug: Box<str> = slug(&lower).into();
                // A name in words may be the old name of a record that has been renamed.
                if let [key] = self.aliases(kind, &slug) {
                    return key.clone();
                }
                let alpha3 = self.tables.codes.get(&slug).filter(|_| kind == RecordKind::Delegation);
                alpha3.filter(|_| !self.knows(kind, &slug)).cloned().unwrap_or(slug)
            }
        }
    }

    /// Returns the alpha-3 code of the state whose alpha-2 code is also the code of a shipped organisation: `AU` is the
    /// African Union and Australia. `None` if a record of the site decides which is meant.
    fn state_with_same_code(&self, name: &str) -> Option<String> {
        let key = fold::key(name);
        let state = self.tables.codes.get(&key)?;
        let is_settled = self.record(RecordKind::Delegation, &key).is_some()
            || !self.aliases(RecordKind::Delegation, &key).is_empty()
            || self.shipped(RecordKind::Delegation, &key).is_none();
        (!is_settled).then(|| state.to_uppercase())
    }

    /// Returns the message and help for a code that is also a state's; `None` for any other.
    pub fn doubt(&self, name: &str) -> Option<(String, String)> {
        let (kind, key, state) = (RecordKind::Delegation, fold::key(name), self.state_with_same_code(name)?);
        let (title, of_state) = (self.title(kind, &key, name), self.title(kind, &state.to_lowercase(), &state));
        let message = format!("`{name}` is taken to mean the {title}, but it is also the alpha-2 code of {of_state}");
        let help = format!("write {state} if you mean {of_state}; if not, make a record: content/delegations/{key}.md");
        Some((message, help))
    }

    /// Returns the alpha-2 code of a state by its alpha-3 code, both in lower case.
    pub fn alpha2(&self, alpha3: &str) -> Option<String> {
        self.tables.codes.iter().find(|(_, of)| ***of == *alpha3).map(|(alpha2, _)| alpha2.to_string())
    }

    /// Returns whether a name resolves to a record only by its letters, which differ in signs: `C++` to `c`.
    pub fn is_by_letters(&self, kind: RecordKind, name: &str) -> bool {
        let lower = fold::key(name);
        !matches!(kind, RecordKind::Document | RecordKind::Speaker)
            && has_signs(&lower)
            && self.record(kind, &lower).is_none()
            && self.aliases(kind, &lower).len() != 1
    }

    /// Returns whether several records have the alias `name`.
    pub fn is_ambiguous(&self, kind: RecordKind, name: &str) -> bool {
        let lower = fold::key(name);
        self.record(kind, &lower).is_none() && self.aliases(kind, &lower).len() > 1
    }

    fn aliases(&self, kind: RecordKind, lower: &str) -> &[Box<str>] {
        self.aliases.get(&kind).and_then(|of_kind| of_kind.get(lower)).map(Vec::as_slice).unwrap_or_default()
    }

    /// Returns the record with a key.
    pub fn record(&self, kind: RecordKind, key: &str) -> Option<&Stamped<Record>> {
        self.records.get(&kind)?.get(key)
    }

    /// Returns the shipped row with a key.
    pub fn shipped(&self, kind: RecordKind, key: &str) -> Option<&'a Shipped> {
        self.tables.rows.get(&kind)?.get(key)
    }

    /// Returns whether a record or a shipped row has the key.
    pub fn knows(&self, kind: RecordKind, key: &str) -> bool {
        self.record(kind, key).is_some() || self.shipped(kind, key).is_some()
    }

    /// Returns the title of a key; `written`, as in the statement, is used if nothing has the key.
    pub fn title(&self, kind: RecordKind, key: &str, written: &str) -> Box<str> {
        if let Some(record) = self.record(kind, key) {
            return record.title.clone();
        }
        self.shipped(kind, key).map_or_else(|| readable(kind, written).into(), |shipped| shipped.title.clone())
    }

    /// Returns the same title with its names in other languages.
    pub fn titled(&self, kind: RecordKind, key: &str, written: &str) -> Title {
        match self.record(kind, key) {
            Some(record) => Title::of_record(record),
            None => self.title(kind, key, written).into(),
        }
    }

    /// Returns whether the record of a key is of a simulation.
    pub fn is_simulated(&self, kind: RecordKind, key: &str) -> bool {
        self.record(kind, key).is_some_and(|record| record.simulated)
    }

    /// Looks up a document by its symbol or name. Its symbol is used as the title, since readers know documents by
    /// these.
    pub fn document(&self, name: &str) -> Ref {
        let key = self.key(RecordKind::Document, name);
        let symbol = match self.record(RecordKind::Document, &key).map(|record| &record.detail) {
            // A document without a symbol is known by its title.
            Some(Detail::Document { symbol, .. }) if is_id(symbol) => self.title(RecordKind::Document, &key, name),
            Some(Detail::Document { symbol, .. }) => symbol.clone(),
            _ => fold::fold(name.trim(), Folding::SYMBOLS).into(),
        };
        Ref { title: symbol.into(), key: self.page(RecordKind::Document, &key, name).ok() }
    }

    /// Returns the page of a key.
    ///
    /// # Errors
    ///
    /// Returns what cannot be part of a URL.
    pub fn page(&self, kind: RecordKind, key: &str, written: &str) -> Result<Key, String> {
        if kind != RecordKind::Document {
            return Key::record(kind, key);
        }
        let symbol = match self.record(kind, key).map(|record| &record.detail) {
            Some(Detail::Document { symbol, .. }) => symbol.to_string(),
            _ => written.to_owned(),
        };
        let clean: String = fold::fold(&symbol, Folding::SYMBOLS)
            .trim()
            .chars()
            .filter(|c| !"()[]".contains(*c))
            .map(|c| if c.is_whitespace() { '_' } else { c })
            .collect();
        Key::document(key, &clean)
    }

    /// Returns the code that a word means: the word itself if it is known, otherwise the code of what has that title.
    pub fn code_of(&self, kind: RecordKind, word: &str) -> Option<String> {
        let (word, key) = (word.trim(), self.key(kind, word));
        if !self.knows(kind, &key) || self.is_by_letters(kind, word) {
            return self.of_title(kind, word);
        }
        let is_alpha2 = kind == RecordKind::Delegation && self.tables.codes.contains_key(&fold::key(word));
        Some(if is_alpha2 { code(kind, &key) } else { word.to_owned() })
    }

    /// Returns the codes of all states that an ambiguous name may mean, such as `Congo`; `None` for other names, and if
    /// a record of the site has that title.
    pub fn several(&self, kind: RecordKind, word: &str) -> Option<&'static [&'static str]> {
        let key = fold::key(word);
        let codes = titles::states(&key).filter(|_| kind == RecordKind::Delegation)?;
        let is_settled = self.records(kind).any(|record| fold::key(&record.title) == key);
        (!is_settled).then_some(codes)
    }

    /// Returns the code of what has exactly this title in any language.
    fn of_title(&self, kind: RecordKind, title: &str) -> Option<String> {
        if self.several(kind, title).is_some() {
            return None;
        }
        self.titles(kind)?.key(&fold::key(title)).map(|key| code(kind, key))
    }

    /// Returns a suggestion ("did you mean …?") for an unknown word: by its title in any language, or by a similar code
    /// or title of a record or a table.
    pub fn nearest(&self, kind: RecordKind, word: &str) -> Option<String> {
        if let Some(codes) = self.several(kind, word) {
            return Some(format!("did you mean `{}`?", codes.join("` or `")));
        }
        let titles = self.titles(kind)?;
        let lower = fold::key(word);
        let near = || match kind {
            RecordKind::Delegation => other_codes::state(&lower).or_else(|| titles.near_state(&lower)),
            _ => titles.nearest(&lower),
        };
        let key = titles.key(&lower).or_else(near)?;
        Some(format!("did you mean `{}`?", code(kind, key)))
    }

    /// Returns the help for an unknown name: a suggestion, or to make a record.
    pub fn advice(&self, kind: RecordKind, word: &str) -> String {
        self.nearest(kind, word).unwrap_or_else(|| {
            let key = self.key(kind, word);
            let is_alpha2 = kind == RecordKind::Delegation && self.tables.codes.get(&fold::key(word)) == Some(&key);
            make_a_record(kind, if is_alpha2 { &key } else { word })
        })
    }

    /// Returns the index of all titles of a kind.
    fn titles(&self, kind: RecordKind) -> Option<&Titles> {
        let make = || {
            let mut keys: Vec<(String, String)> = Vec::new();
            for (key, record) in self.records.get(&kind).into_iter().flatten() {
                let titles = record.titles.values().chain([&record.title]);
                keys.extend(titles.map(|title| (fold::key(title).into(), key.to_string())));
            }
            for (key, row) in self.tables.rows.get(&kind).into_iter().flatten() {
                let names = [&row.title, &row.short].into_iter().filter(|name| !name.is_empty());
                keys.extend(names.map(|name| (fold::key(name).into(), key.to_string())));
            }
            if kind == RecordKind::Delegation {
                // Also what a state is called in other languages, and was called before.
                let known = |(_, code): &(Box<str>, Box<str>)| self.shipped(kind, &code.to_lowercase()).is_some();
                let of_states = shipped::state_names().into_iter().filter_map(|name| Some((name.name, name.of?.1)));
                let of_states = of_states.filter(known);
                keys.extend(of_states.map(|(name, code)| (fold::key(&name).into(), code.to_lowercase())));
            }
            Titles::new(keys)
        };
        Some(self.titles.get(&kind)?.get_or_init(make))
    }
}

/// Returns the key of the subject of a record.
pub fn key_of(record: &Record) -> Box<str> {
    match &record.detail {
        Detail::Document { symbol, .. } => fold::key(symbol),
        _ => record.slug.clone(),
    }
}

/// Returns a key as authors write it.
fn code(kind: RecordKind, key: &str) -> String {
    if kind == RecordKind::Delegation { key.to_uppercase() } else { key.to_owned() }
}

/// Returns the help for a name that nothing has: to make a record with that name.
pub fn make_a_record(kind: RecordKind, name: &str) -> String {
    let id = suggested_id(name);
    // Speakers are looked up by the name as written, everything else by its slug.
    let is_found = name == id || kind != RecordKind::Speaker && slug(name) == id;
    let more = match kind {
        RecordKind::Document => format!(" with `symbol: {name}`"),
        _ if is_found => String::new(),
        _ => format!(" with `aliases: [\"{name}\"]`"),
    };
    format!("make a record: content/{}/{id}.md{more}", kind.folder())
}

/// Returns a bare slug as words; codes and symbols stay as they are.
fn readable(kind: RecordKind, written: &str) -> String {
    if !matches!(kind, RecordKind::Topic | RecordKind::Forum) {
        return written.to_owned();
    }
    let words = written.replace('-', " ");
    let mut chars = words.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
