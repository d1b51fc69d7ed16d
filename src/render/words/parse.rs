//! The text of `words/<language>.toml` -> its entries, each with its place.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use icu_plurals::{PluralCategory, PluralRuleType, PluralRules, PluralRulesOptions};
use toml::de::{DeTable, DeValue};

use super::entry::{Entry, Form, Message};
use super::{FOLDER, locale};
use crate::config::is_language;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::sources::Source;

/// Entries by their keys, such as `list.page`.
pub(super) type Entries = BTreeMap<String, Arc<Entry>>;

/// A file with words of the site.
pub(super) struct File {
    /// The tag in the file's name.
    pub language: String,
    pub path: Arc<str>,
    pub entries: Entries,
    /// Where each entry is.
    pub places: BTreeMap<String, Place>,
}

impl File {
    /// Reads a file, and reports what is wrong with it. An invalid entry does not affect the others.
    pub(super) fn load(source: &Source, out: &mut Vec<Diagnostic>) -> Option<File> {
        let name = &source.path[FOLDER.len()..];
        let Some(language) = name.strip_suffix(".toml").filter(|tag| is_language(tag)) else {
            let help = "name it after a language, such as words/fr.toml, or delete it";
            let message = "the file has no effect: its name is not a language tag (BCP 47) with `.toml`";
            out.push(Diagnostic::new(Code::UnknownWords, Place::file(&source.path), message).help(help));
            return None;
        };
        let wrong =
            |place: Place, message: String, help: &str| Diagnostic::new(Code::InvalidWords, place, message).help(help);
        let text = match source.load().map(|bytes| String::from_utf8(bytes.into_owned())) {
            Ok(Ok(text)) => text,
            Ok(Err(_)) => {
                let place = Place::file(&source.path);
                out.push(
                    Diagnostic::new(Code::NotUtf8, place, "the file of words is not UTF-8").help("save it as UTF-8"),
                );
                return None;
            }
            Err(error) => {
                out.push(source.unreadable(&error));
                return None;
            }
        };
        let place = |offset: usize| place(&source.path, &text, offset);
        let table = match DeTable::parse(&text) {
            Ok(table) => table,
            Err(error) => {
                let offset = error.span().map_or(0, |span| span.start);
                let message = format!("not valid TOML: {}", error.message().trim().replace('\n', ": "));
                let help = "write lines of `key = \"words\"` below a table such as `[base]`, as the shipped files do";
                out.push(wrong(place(offset), message, help));
                return None;
            }
        };
        let mut file = File {
            language: language.to_owned(),
            path: Arc::clone(&source.path),
            entries: Entries::new(),
            places: BTreeMap::new(),
        };
        let reader = Reader::new(language);
        reader.table("", table.get_ref(), &mut |key, span: Range<usize>, entry| match entry {
            Ok(entry) => {
                file.places.insert(key.clone(), place(span.start));
                file.entries.insert(key, Arc::new(entry));
            }
            Err((message, help)) => out.push(wrong(place(span.start), message, help)),
        });
        Some(file)
    }
}

/// Returns the entries of a shipped file, whose form a test checks.
pub(super) fn entries(language: &str, text: &str) -> Entries {
    let mut entries = Entries::new();
    if let Ok(table) = DeTable::parse(text) {
        Reader::new(language).table("", table.get_ref(), &mut |key, _, entry| {
            entries.extend(entry.ok().map(|entry| (key, Arc::new(entry))));
        });
    }
    entries
}

/// Reads the entries of one language.
struct Reader {
    cardinals: Option<Arc<PluralRules>>,
    ordinals: Option<Arc<PluralRules>>,
}

/// An entry, or what is wrong with it and what to do.
type Read = Result<Entry, (String, &'static str)>;

impl Reader {
    fn new(language: &str) -> Reader {
        let locale = locale(language);
        let rules = |kind| {
            let options = PluralRulesOptions::default().with_type(kind);
            PluralRules::try_new((&locale).into(), options).ok().map(Arc::new)
        };
        Reader { cardinals: rules(PluralRuleType::Cardinal), ordinals: rules(PluralRuleType::Ordinal) }
    }

    /// Hands out each entry of a table with its key and its place in the file.
    fn table(&self, above: &str, table: &DeTable<'_>, take: &mut dyn FnMut(String, Range<usize>, Read)) {
        for (name, value) in table {
            let key = if above.is_empty() { name.get_ref().to_string() } else { format!("{above}.{}", name.get_ref()) };
            match value.get_ref() {
                DeValue::String(text) => take(key, value.span(), Ok(Entry::Text(Message::parse(text)))),
                DeValue::Table(forms) if forms.keys().any(|form| &**form.get_ref() == OTHER) => {
                    let entry = self.forms(forms);
                    take(key, value.span(), entry);
                }
                DeValue::Table(table) => self.table(&key, table, take),
                _ => {
                    let message = format!("`{key}` must be text or a table of plural forms");
                    take(key, value.span(), Err((message, "put the words in double quotes")));
                }
            }
        }
    }

    fn forms(&self, table: &DeTable<'_>) -> Read {
        let mut forms = BTreeMap::new();
        let mut rules = &self.cardinals;
        for (name, value) in table {
            let name = &**name.get_ref();
            match (name, value.get_ref()) {
                ("by", DeValue::String(kind)) if &**kind == "ordinal" => rules = &self.ordinals,
                (_, DeValue::String(text)) if Form::parse(name).is_some() => {
                    forms.extend(Form::parse(name).map(|form| (form, Message::parse(text))));
                }
                _ => {
                    let help = "its keys are `zero`, `one`, `two`, `few`, `many`, `other`, a number in quotes, or by = \"ordinal\"";
                    return Err((format!("`{name}` is not a plural form with words"), help));
                }
            }
        }
        match rules {
            Some(rules) => Ok(Entry::Forms { rules: Arc::clone(rules), forms }),
            // A language that CLDR does not know has one form.
            None => forms
                .remove(&Form::Category(PluralCategory::Other))
                .map(Entry::Text)
                .ok_or_else(|| ("there is no form `other`".to_owned(), "write `other`, the form for every number")),
        }
    }
}

/// The form that an entry with forms must have, which distinguishes it from a table of entries.
const OTHER: &str = "other";

fn place(path: &Arc<str>, text: &str, offset: usize) -> Place {
    let before = &text[..text.floor_char_boundary(offset)];
    let line = before.matches('\n').count();
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count();
    Place { path: Arc::clone(path), line: line as u32 + 1, column: column as u32 + 1 }
}
