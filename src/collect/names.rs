//! Records and shipped tables -> what each name stands for: its title, its page, its record.

use std::collections::{BTreeMap, HashMap};

use crate::diagnostic::{Code, Diagnostic, Place, nearest};
use crate::language::fold::{self, Folding};
use crate::path::{SitePath, slug};
use crate::read::is_id;
use crate::read::name::suggested_id;
use crate::read::record::{Detail, Record, RecordKind};
use crate::stamp::{Stamp, Stamped};

/// A title with the page it leads to, if there is one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Ref {
    pub title: Box<str>,
    pub path: Option<SitePath>,
}

/// Links with the number of statements behind each, where that is said.
pub type Counted = Vec<(Ref, Option<usize>)>;

/// What the program ships of a delegation, forum or group.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Shipped {
    pub title: Box<str>,
    pub short: Box<str>,
    pub parent: Box<str>,
    /// Label and text of what else is known.
    pub facts: Vec<(Box<str>, Box<str>)>,
}

/// The shipped tables by kind and lower-case code.
pub struct Tables(BTreeMap<RecordKind, HashMap<Box<str>, Shipped>>);

impl Tables {
    /// Parses the tables in the binary; their sources are named in `src/shipped/SOURCES.md`.
    pub fn load() -> Tables {
        let mut all: BTreeMap<RecordKind, HashMap<Box<str>, Shipped>> = BTreeMap::new();
        let mut add = |kind, text: &str, facts: &[(&str, &str)]| {
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            let header = reader.headers().cloned().unwrap_or_default();
            for row in reader.records().flatten() {
                let column = |name: &str| -> Box<str> {
                    header
                        .iter()
                        .position(|column| column == name)
                        .and_then(|at| row.get(at))
                        .unwrap_or_default()
                        .into()
                };
                let facts = facts.iter().map(|(name, label)| ((*label).into(), column(name)));
                let shipped = Shipped {
                    title: column("name"),
                    short: column("short"),
                    parent: column("parent"),
                    facts: facts.filter(|(_, text): &(Box<str>, Box<str>)| !text.is_empty()).collect(),
                };
                all.entry(kind).or_default().insert(column("code").to_lowercase().into(), shipped);
            }
        };
        let delegation =
            [("regional_group", "Regional group"), ("m49", "M49 code"), ("from", "From"), ("until", "Until")];
        add(RecordKind::Delegation, include_str!("../shipped/delegations.csv"), &delegation);
        add(RecordKind::Forum, include_str!("../shipped/forums.csv"), &[("place", "Place")]);
        add(RecordKind::Group, include_str!("../shipped/groups.csv"), &[]);
        Tables(all)
    }
}

/// Everything that statements refer to by name, as far as records and tables know it.
pub struct Names<'a> {
    /// Changes when any record does; the tables never do.
    pub stamp: Stamp,
    tables: &'a Tables,
    records: BTreeMap<RecordKind, BTreeMap<Box<str>, Stamped<Record>>>,
    /// Folded aliases, symbols and slugs of records to their keys; two records for one alias is ambiguous.
    aliases: BTreeMap<RecordKind, BTreeMap<Box<str>, Vec<Box<str>>>>,
}

impl<'a> Names<'a> {
    /// Gathers the records; two for one thing is a problem.
    pub fn new(tables: &'a Tables, records: &[Stamped<Record>], diagnostics: &mut Vec<Diagnostic>) -> Names<'a> {
        let mut names = Names { stamp: Stamp::of(records), tables, records: BTreeMap::new(), aliases: BTreeMap::new() };
        for record in records {
            let kind = record.kind();
            let key = key_of(record);
            for alias in record.aliases.iter().map(|alias| &*alias.text).chain([&*record.slug]) {
                let keys = names.aliases.entry(kind).or_default().entry(fold::key(alias)).or_default();
                if !keys.contains(&key) {
                    keys.push(key.clone());
                }
            }
            if let Some(other) = names.record(kind, &key) {
                let message = format!("`{key}` has two records: {} and {}", other.path, record.path);
                let problem = Diagnostic::new(Code::DuplicateId, Place::file(&record.path), message);
                diagnostics.push(problem.help("keep one of them, and move what the other says into it"));
            } else {
                names.records.entry(kind).or_default().insert(key.clone(), record.clone());
                if let Err(wrong) = names.path(kind, &key, &record.slug) {
                    let message = format!("the record can have no page: its URL would have {wrong}");
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

    /// Returns the key under which `name` is known: a record's, through its aliases, or the name itself.
    pub fn key(&self, kind: RecordKind, name: &str) -> Box<str> {
        let lower = fold::key(name);
        if self.record(kind, &lower).is_some() {
            return lower;
        }
        match self.aliases(kind, &lower) {
            [key] => key.clone(),
            _ if kind == RecordKind::Document || kind == RecordKind::Speaker => lower,
            _ => slug(&lower).into(),
        }
    }

    /// Says whether several records claim `name`.
    pub fn is_ambiguous(&self, kind: RecordKind, name: &str) -> bool {
        let lower = fold::key(name);
        self.record(kind, &lower).is_none() && self.aliases(kind, &lower).len() > 1
    }

    fn aliases(&self, kind: RecordKind, lower: &str) -> &[Box<str>] {
        self.aliases.get(&kind).and_then(|of_kind| of_kind.get(lower)).map(Vec::as_slice).unwrap_or_default()
    }

    /// Returns the record under a key.
    pub fn record(&self, kind: RecordKind, key: &str) -> Option<&Stamped<Record>> {
        self.records.get(&kind)?.get(key)
    }

    /// Returns the shipped row under a key.
    pub fn shipped(&self, kind: RecordKind, key: &str) -> Option<&'a Shipped> {
        self.tables.0.get(&kind)?.get(key)
    }

    /// Says whether a record or a table knows the key.
    pub fn knows(&self, kind: RecordKind, key: &str) -> bool {
        self.record(kind, key).is_some() || self.shipped(kind, key).is_some()
    }

    /// Returns the title under a key; `written` is how the statement wrote it.
    pub fn title(&self, kind: RecordKind, key: &str, written: &str) -> Box<str> {
        if let Some(record) = self.record(kind, key) {
            return record.title.clone();
        }
        self.shipped(kind, key).map_or_else(|| readable(kind, written).into(), |shipped| shipped.title.clone())
    }

    /// Returns whether the record says it is simulated.
    pub fn is_simulated(&self, kind: RecordKind, key: &str) -> bool {
        self.record(kind, key).is_some_and(|record| record.simulated)
    }

    /// Returns a document by its symbol or name: readers know it by its symbol; its title stands on its page.
    pub fn document(&self, name: &str) -> Ref {
        let key = self.key(RecordKind::Document, name);
        let symbol = match self.record(RecordKind::Document, &key).map(|record| &record.detail) {
            // A document without a symbol of its own is known by its title.
            Some(Detail::Document { symbol, .. }) if is_id(symbol) => self.title(RecordKind::Document, &key, name),
            Some(Detail::Document { symbol, .. }) => symbol.clone(),
            _ => fold::fold(name.trim(), Folding::SYMBOLS).into(),
        };
        Ref { title: symbol, path: self.path(RecordKind::Document, &key, name).ok() }
    }

    /// Returns the page of what stands under a key.
    pub fn path(&self, kind: RecordKind, key: &str, written: &str) -> Result<SitePath, String> {
        if kind != RecordKind::Document {
            return SitePath::page(&[kind.folder(), key]);
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
        SitePath::parse(&format!("documents/{}/", clean.trim_matches('/')))
    }

    /// Returns the code that a word means: the word itself if it is known, or that of what has it as its title.
    pub fn code_of(&self, kind: RecordKind, word: &str) -> Option<String> {
        let word = word.trim();
        if self.knows(kind, &self.key(kind, word)) { Some(word.to_owned()) } else { self.of_title(kind, word) }
    }

    /// Returns the code of what has exactly this title, in any language.
    fn of_title(&self, kind: RecordKind, title: &str) -> Option<String> {
        let title = fold::key(title);
        let titles = self.titles(kind);
        titles.iter().find(|(known, _)| *known == *title).map(|(_, key)| code(kind, key))
    }

    /// Returns the known name that a word most likely means, of records and tables: by its title in any language, or
    /// by what comes near to its code or title.
    pub fn nearest(&self, kind: RecordKind, word: &str) -> Option<String> {
        let titles = self.titles(kind);
        let lower = fold::key(word);
        let of_title = |title: &str| titles.iter().find(|(known, _)| known == title).map(|(_, key)| *key);
        let key = of_title(&lower)
            .or_else(|| nearest(&lower, titles.iter().map(|(_, key)| *key)))
            .or_else(|| of_title(nearest(&lower, titles.iter().map(|(title, _)| title.as_str()))?))?;
        Some(format!("did you mean `{}`?", code(kind, key)))
    }

    /// Returns the titles of records and tables in lower case, each with its key, sorted.
    fn titles(&self, kind: RecordKind) -> Vec<(String, &str)> {
        let mut titles: Vec<(String, &str)> = Vec::new();
        for (key, record) in self.records.get(&kind).into_iter().flatten() {
            titles.extend(record.titles.values().chain([&record.title]).map(|title| (fold::key(title).into(), &**key)));
        }
        for (key, row) in self.tables.0.get(&kind).into_iter().flatten() {
            let names = [&row.title, &row.short].into_iter().filter(|name| !name.is_empty());
            titles.extend(names.map(|name| (fold::key(name).into(), &**key)));
        }
        titles.sort_unstable();
        titles
    }
}

/// Returns the key of what a record describes.
pub fn key_of(record: &Record) -> Box<str> {
    match &record.detail {
        Detail::Document { symbol, .. } => fold::key(symbol),
        _ => record.slug.clone(),
    }
}

/// Returns a key as people write it.
fn code(kind: RecordKind, key: &str) -> String {
    if kind == RecordKind::Delegation { key.to_uppercase() } else { key.to_owned() }
}

/// Returns what to do about a name that nothing stands for: make a record that bears it.
pub fn make_a_record(kind: RecordKind, name: &str) -> String {
    let id = suggested_id(name);
    // A speaker is found as written, all else by the slug of what is written.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_record_to_make_would_be_found() {
        for (kind, name, expect) in [
            (RecordKind::Topic, "Outer Space", "make a record: content/topics/outer-space.md"),
            (RecordKind::Topic, "Космос", "make a record: content/topics/a-name.md with `aliases: [\"Космос\"]`"),
            (RecordKind::Speaker, "N. Roe", "make a record: content/speakers/n-roe.md with `aliases: [\"N. Roe\"]`"),
            (RecordKind::Document, "A/1", "make a record: content/documents/a-1.md with `symbol: A/1`"),
        ] {
            assert_eq!(make_a_record(kind, name), expect);
        }
    }

    #[test]
    fn a_name_in_words_leads_to_its_code() {
        let tables = Tables::load();
        let names = Names::new(&tables, &[], &mut Vec::new());
        for (kind, word, meant) in [
            (RecordKind::Delegation, "Kazakhstan", Some("KAZ")),
            (RecordKind::Delegation, "kazakstan", Some("KAZ")),
            (RecordKind::Delegation, "KAS", Some("KAZ")),
            (RecordKind::Delegation, "Russia", Some("RUS")),
            (RecordKind::Group, "African group", Some("african-group")),
            (RecordKind::Forum, "Arms Trade Treaty", Some("att-csp")),
            (RecordKind::Delegation, "Exampland", None),
        ] {
            let help = meant.map(|meant| format!("did you mean `{meant}`?"));
            assert_eq!(names.nearest(kind, word), help, "{word}");
        }
    }
}
