//! Records and shipped tables -> what each name stands for: its title, its page, its record.

#[cfg(test)]
mod tests;
mod titles;

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::key::Key;
use crate::language::fold::{self, Folding};
use crate::path::slug;
use crate::read::is_id;
use crate::read::name::suggested_id;
use crate::read::record::{Detail, Record, RecordKind};
use crate::shipped;
use crate::stamp::{Stamp, Stamped};
use titles::Titles;
use unicode_normalization::char::is_combining_mark;

/// A title with the page it leads to, if there is one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Ref {
    pub title: Box<str>,
    pub key: Option<Key>,
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

/// The shipped tables.
pub struct Tables {
    /// By kind and lower-case code.
    rows: BTreeMap<RecordKind, HashMap<Box<str>, Shipped>>,
    /// The alpha-3 codes of ISO 3166-1 by alpha-2 code, in lower case.
    codes: HashMap<Box<str>, Box<str>>,
}

impl Tables {
    /// Takes the tables in the binary.
    pub fn load() -> Tables {
        let facts = |facts: &[(&str, &str)]| {
            let known = facts.iter().filter(|(_, text)| !text.is_empty());
            known.map(|(label, text)| (Box::from(*label), Box::from(*text))).collect()
        };
        let delegations = shipped::delegations().into_iter().map(|row| {
            let facts = facts(&[
                ("Regional group", &row.regional_group),
                ("M49 code", &row.m49),
                ("From", &row.from),
                ("Until", &row.until),
            ]);
            (lower(&row.code), Shipped { title: row.name, facts, ..Shipped::default() })
        });
        let forums = shipped::forums().into_iter().map(|row| {
            let facts = facts(&[("Place", &row.place)]);
            (lower(&row.code), Shipped { title: row.name, short: row.short, parent: row.parent, facts })
        });
        let groups = shipped::groups().into_iter();
        let groups = groups.map(|row| (lower(&row.code), Shipped { title: row.name, ..Shipped::default() }));
        let rows = BTreeMap::from([
            (RecordKind::Delegation, delegations.collect()),
            (RecordKind::Forum, forums.collect()),
            (RecordKind::Group, groups.collect()),
        ]);
        let codes = shipped::codes().into_iter().map(|row| (lower(&row.alpha2), lower(&row.alpha3)));
        Tables { rows, codes: codes.collect() }
    }
}

fn lower(code: &str) -> Box<str> {
    code.to_lowercase().into()
}

/// Everything that statements refer to by name, as far as records and tables know it.
pub struct Names<'a> {
    /// Changes when any record does; the tables never do.
    pub stamp: Stamp,
    tables: &'a Tables,
    records: BTreeMap<RecordKind, BTreeMap<Box<str>, Stamped<Record>>>,
    /// Folded aliases, symbols and slugs of records to their keys; two records for one alias is ambiguous.
    aliases: BTreeMap<RecordKind, BTreeMap<Box<str>, Vec<Box<str>>>>,
    /// What each kind's names can be told by, made when it is first asked for.
    titles: BTreeMap<RecordKind, OnceLock<Titles>>,
}

impl<'a> Names<'a> {
    /// Gathers the records; two for one thing is a problem.
    pub fn new(tables: &'a Tables, records: &[Stamped<Record>], diagnostics: &mut Vec<Diagnostic>) -> Names<'a> {
        let titles = RecordKind::ALL.iter().map(|kind| (*kind, OnceLock::new())).collect();
        let (stamp, records_of, aliases) = (Stamp::of(records), BTreeMap::new(), BTreeMap::new());
        let mut names = Names { stamp, tables, records: records_of, aliases, titles };
        for record in records {
            let kind = record.kind();
            let key = key_of(record);
            for alias in record.aliases.iter().map(|alias| &*alias.text).chain([&*record.slug]) {
                let keys = names.aliases.entry(kind).or_default().entry(fold::key(alias)).or_default();
                // Whether there are two or a thousand makes no difference.
                if keys.len() < 2 && !keys.contains(&key) {
                    keys.push(key.clone());
                }
            }
            if let Some(other) = names.record(kind, &key) {
                let message = format!("`{key}` has two records: {} and {}", other.path, record.path);
                let problem = Diagnostic::new(Code::DuplicateId, Place::file(&record.path), message)
                    .related(Place::file(&other.path));
                diagnostics.push(problem.help("keep one of them, and move what the other says into it"));
            } else {
                names.records.entry(kind).or_default().insert(key.clone(), record.clone());
                if let Err(wrong) = names.page(kind, &key, &record.slug) {
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
            _ => {
                let slug: Box<str> = slug(&lower).into();
                let alpha3 = self.tables.codes.get(&slug).filter(|_| kind == RecordKind::Delegation);
                alpha3.filter(|_| !self.knows(kind, &slug)).cloned().unwrap_or(slug)
            }
        }
    }

    /// Returns the state whose alpha-2 code is the code of a shipped organisation, too: `AU` is the African Union, and
    /// Australia. A record of the site's own settles it.
    fn is_state_too(&self, name: &str) -> Option<String> {
        let key = fold::key(name);
        let state = self.tables.codes.get(&key)?;
        let is_settled = self.record(RecordKind::Delegation, &key).is_some()
            || !self.aliases(RecordKind::Delegation, &key).is_empty()
            || self.shipped(RecordKind::Delegation, &key).is_none();
        (!is_settled).then(|| state.to_uppercase())
    }

    /// Returns message and help for a code that is a state's, too; nothing for any other.
    pub fn doubt(&self, name: &str) -> Option<(String, String)> {
        let (kind, key, state) = (RecordKind::Delegation, fold::key(name), self.is_state_too(name)?);
        let (title, of_state) = (self.title(kind, &key, name), self.title(kind, &state.to_lowercase(), &state));
        let message = format!("`{name}` is taken for the {title}; it is the alpha-2 code of {of_state}, too");
        let help = format!("write {state} if {of_state} is meant; if not, make a record: content/delegations/{key}.md");
        Some((message, help))
    }

    /// Returns whether a name would resolve to a record with the same letters but other signs: `C++` to `c`.
    pub fn is_by_letters(&self, kind: RecordKind, name: &str) -> bool {
        let lower = fold::key(name);
        !matches!(kind, RecordKind::Document | RecordKind::Speaker)
            && has_signs(&lower)
            && self.record(kind, &lower).is_none()
            && self.aliases(kind, &lower).len() != 1
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
        self.tables.rows.get(&kind)?.get(key)
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
        Ref { title: symbol, key: self.page(RecordKind::Document, &key, name).ok() }
    }

    /// Returns the page of what stands under a key.
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

    /// Returns the code that a word means: the word itself if it is known, or that of what has it as its title.
    pub fn code_of(&self, kind: RecordKind, word: &str) -> Option<String> {
        let (word, key) = (word.trim(), self.key(kind, word));
        if !self.knows(kind, &key) || self.is_by_letters(kind, word) {
            return self.of_title(kind, word);
        }
        let is_alpha2 = kind == RecordKind::Delegation && self.tables.codes.contains_key(&fold::key(word));
        Some(if is_alpha2 { code(kind, &key) } else { word.to_owned() })
    }

    /// Returns the codes of all states that a name may mean, where it is in use for more than one: `Congo`. A record of the
    /// site's own with that title settles it.
    pub fn several(&self, kind: RecordKind, word: &str) -> Option<&'static [&'static str]> {
        let key = fold::key(word);
        let codes = titles::states(&key).filter(|_| kind == RecordKind::Delegation)?;
        let is_settled = self.records(kind).any(|record| fold::key(&record.title) == key);
        (!is_settled).then_some(codes)
    }

    /// Returns the code of what has exactly this title, in any language.
    fn of_title(&self, kind: RecordKind, title: &str) -> Option<String> {
        if self.several(kind, title).is_some() {
            return None;
        }
        self.titles(kind)?.key(&fold::key(title)).map(|key| code(kind, key))
    }

    /// Returns the known name that a word most likely means, of records and tables: by its title in any language, or
    /// by what comes near to its code or title.
    pub fn nearest(&self, kind: RecordKind, word: &str) -> Option<String> {
        if let Some(codes) = self.several(kind, word) {
            return Some(format!("did you mean `{}`?", codes.join("` or `")));
        }
        let titles = self.titles(kind)?;
        let lower = fold::key(word);
        let near = || {
            // A code of ISO 3166-1 means what it means, and of two letters any are near to any.
            let is_code = self.tables.codes.values().any(|alpha3| *alpha3 == lower) || lower.chars().count() <= 2;
            if kind == RecordKind::Delegation && is_code {
                return None;
            }
            titles.nearest(&lower)
        };
        let key = titles.key(&lower).or_else(near)?;
        Some(format!("did you mean `{}`?", code(kind, key)))
    }

    /// Returns what to do about a name that is not known: write the one that is meant, or make a record.
    pub fn advice(&self, kind: RecordKind, word: &str) -> String {
        self.nearest(kind, word).unwrap_or_else(|| {
            let key = self.key(kind, word);
            let is_alpha2 = kind == RecordKind::Delegation && self.tables.codes.get(&fold::key(word)) == Some(&key);
            make_a_record(kind, if is_alpha2 { &key } else { word })
        })
    }

    /// Returns the titles of records and tables.
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
            Titles::new(keys)
        };
        Some(self.titles.get(&kind)?.get_or_init(make))
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

/// Returns whether a name has signs that distinguish it from another with the same letters: `C++` and `C#`. Punctuation and what
/// stands between words does not.
pub fn has_signs(name: &str) -> bool {
    let is_sign = |c: char| match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' | ' ' | '-' => false,
        '+' | '#' | '&' | '%' | '@' | '*' | '=' | '<' | '>' | '~' | '^' | '|' | '$' => true,
        c if c.is_ascii() || c.is_alphanumeric() || c.is_whitespace() || is_combining_mark(c) => false,
        // Punctuation of the scripts at hand; what is left are currencies, arrows, pictures and the like.
        '¡'
        | '¿'
        | '·'
        | '«'
        | '»'
        | '\u{2000}'..='\u{206f}'
        | '\u{3000}'..='\u{303f}'
        | '،'
        | '؛'
        | '؟'
        | '\u{5be}'
        | '।' => false,
        _ => true,
    };
    name.chars().any(is_sign)
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
