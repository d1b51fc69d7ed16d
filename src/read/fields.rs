//! The values of front matter -> typed fields, taken one by one; a key that nothing takes is an unknown key.

mod objects;
mod unknown;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_yaml::{Mapping, Value};

use super::date::Date;
use super::text;
use super::yaml::{At, Places, describe};
use crate::diagnostic::{Code, Diagnostic, Place, did_you_mean, only_near};
use crate::front::statement::{EMBARGO, STATUS};
use crate::front::{FrontKey, Type};

/// A text with its place, for values that can only be checked once all files are known.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Named {
    /// The text.
    pub text: Box<str>,
    /// Line of the file, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

impl Named {
    /// Returns its place in the file `path`.
    pub fn place(&self, path: &Arc<str>) -> Place {
        Place { path: Arc::clone(path), line: self.line, column: self.column }
    }
}

impl std::ops::Deref for Named {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

/// A key that a file gives a value to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated {
    /// The key.
    pub key: FrontKey,
    /// Line of the value, from 1.
    pub line: u32,
    /// Column of the value in characters, from 1.
    pub column: u32,
    /// Whether something is wrong with the value.
    pub is_wrong: bool,
}

/// One mapping of the front matter while it is read.
pub struct Fields<'a> {
    path: &'a Arc<str>,
    places: &'a Places,
    /// Path of this mapping, such as `speaker/`; empty at the top.
    prefix: String,
    values: Mapping,
    /// The keys that are declared for this mapping.
    keys: &'static [FrontKey],
    taken: Vec<FrontKey>,
    /// Keys with a problem in their values.
    wrong: Vec<FrontKey>,
    /// Decides which unknown keys are refused, here and in objects below.
    refuse: Option<unknown::Refuse>,
    is_unclear: bool,
    /// Keys that were taken and have a value.
    stated: Vec<FrontKey>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl<'a> Fields<'a> {
    /// Starts reading the top level of the front matter of the file `path`.
    pub fn new(
        path: &'a Arc<str>,
        places: &'a Places,
        values: Mapping,
        keys: &'static [FrontKey],
        diagnostics: &'a mut Vec<Diagnostic>,
    ) -> Self {
        Fields {
            path,
            places,
            prefix: String::new(),
            values,
            keys,
            taken: Vec::new(),
            wrong: Vec::new(),
            refuse: None,
            is_unclear: false,
            stated: Vec::new(),
            diagnostics,
        }
    }

    fn take(&mut self, key: FrontKey) -> Option<Value> {
        debug_assert!(self.keys.contains(&key), "`{key}` is not declared for this front matter");
        self.taken.push(key);
        let value = self.values.remove(key.name).filter(|value| !value.is_null());
        self.stated.extend(value.as_ref().map(|_| key));
        value
    }

    /// Reports a problem at the value of `key`.
    pub fn complain(&mut self, key: FrontKey, code: Code, message: String, help: &str) {
        let at = self.places.value(&format!("{}{key}", self.prefix));
        self.wrong.push(key);
        self.complain_at(at, code, message, help);
    }

    /// Reports that `key` is missing, unless it has an invalid value, which is already reported.
    pub fn complain_missing(&mut self, key: FrontKey, code: Code, message: String, help: &str) {
        if !self.is_wrong(key) {
            self.complain(key, code, message, help);
        }
    }

    /// Returns whether something was wrong with the value of `key`.
    pub fn is_wrong(&self, key: FrontKey) -> bool {
        self.wrong.contains(&key)
    }

    /// Returns the keys taken so far that have a value, even an empty text or list, with their places.
    pub fn stated(&self) -> Box<[Stated]> {
        let place = |key: &FrontKey| {
            let (line, column) = self.place_of(*key);
            Stated { key: *key, line, column, is_wrong: self.is_wrong(*key) }
        };
        self.stated.iter().map(place).collect()
    }

    /// Returns whether the value of `key`, not yet taken, is an empty list.
    pub fn is_empty_list(&self, key: FrontKey) -> bool {
        self.values.get(key.name).and_then(Value::as_sequence).is_some_and(Vec::is_empty)
    }

    /// Reports `key` if it has no value, for keys whose meaning must not get lost.
    pub fn refuse_empty(&mut self, key: FrontKey, code: Code, help: &str) {
        let is_empty = |value: &Value| value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty());
        if self.values.get(key.name).is_some_and(is_empty) {
            self.complain(key, code, format!("`{key}` is empty"), help);
        }
    }

    /// Attaches to the last problem the edit that replaces `from` with `to`. `None` means that no edit is safe.
    pub fn remedy(&mut self, from: &str, to: Option<&str>) {
        if let Some(last) = self.diagnostics.pop() {
            self.diagnostics.push(last.remedy(from, to));
        }
    }

    fn complain_at(&mut self, (line, column): At, code: Code, message: String, help: &str) {
        let place = Place { path: Arc::clone(self.path), line, column };
        self.diagnostics.push(Diagnostic::new(code, place, message).help(help));
    }

    /// Returns line and column of the value of `key`, or of the key itself.
    pub fn place_of(&self, key: FrontKey) -> At {
        self.places.value(&format!("{}{key}", self.prefix))
    }

    /// Takes a text; a number is taken as it is written.
    pub fn text(&mut self, key: FrontKey) -> Option<Box<str>> {
        self.named(key).map(|named| named.text)
    }

    /// Takes an address outside the site.
    pub fn url(&mut self, key: FrontKey) -> Option<Box<str>> {
        debug_assert!(matches!(key.value, Type::Url), "`{key}` is declared as {}", key.type_words());
        let url = self.text(key)?;
        if !is_address(&url) {
            let message = format!("`{url}` is not the address of a web page, so it is not linked");
            self.complain(key, Code::InvalidValue, message, "begin it with https://");
        }
        Some(url)
    }

    /// Takes a text with its place.
    pub fn named(&mut self, key: FrontKey) -> Option<Named> {
        let value = self.take(key)?;
        let path = format!("{}{key}", self.prefix);
        self.scalar(&path, key, value)
    }

    fn scalar(&mut self, path: &str, key: FrontKey, value: Value) -> Option<Named> {
        let (line, column) = self.places.value(path);
        let text = match value {
            Value::String(text) => text,
            Value::Number(number) => self.places.written(path).map_or_else(|| number.to_string(), str::to_owned),
            Value::Null => return None,
            other => {
                let message = format!("`{key}` is {}, expected text", describe(&other));
                self.wrong.push(key);
                self.complain_at(
                    (line, column),
                    Code::WrongType,
                    message,
                    "write a single value; put it in quotes if in doubt",
                );
                return None;
            }
        };
        if let Some((message, help)) = text::unfit(&text) {
            self.complain_at((line, column), Code::ControlCharacter, message, help);
        }
        if let Some(at) = text::stray_direction(&text) {
            let (message, help) = text::stray_direction_words(&text[at..]);
            self.complain_at((line, column), Code::StrayDirection, message, help);
        }
        let text = text::fit(text.trim());
        (!text.is_empty()).then(|| Named { text: text.into(), line, column })
    }

    /// Takes a list of texts; a single text is a list of one.
    pub fn list(&mut self, key: FrontKey) -> Vec<Named> {
        debug_assert!(matches!(key.value, Type::List(_) | Type::Lines), "`{key}` is declared as {}", key.type_words());
        let path = format!("{}{key}", self.prefix);
        match self.take(key) {
            None => Vec::new(),
            Some(Value::Sequence(values)) => {
                let mut named = Vec::with_capacity(values.len());
                for (i, value) in values.into_iter().enumerate() {
                    named.extend(self.scalar(&format!("{path}/{i}"), key, value));
                }
                named
            }
            Some(value) => self.scalar(&path, key, value).into_iter().collect(),
        }
    }

    /// Takes a list of pairs: `[[KAZ, USA], [CUB, USA]]`. Anything that is not a pair is reported.
    pub fn pairs(&mut self, key: FrontKey) -> Vec<[Named; 2]> {
        debug_assert!(matches!(key.value, Type::Pairs(_)), "`{key}` is declared as {}", key.type_words());
        let path = format!("{}{key}", self.prefix);
        let values = match self.take(key) {
            None => return Vec::new(),
            Some(Value::Sequence(values)) => values,
            Some(other) => vec![other],
        };
        let mut pairs = Vec::with_capacity(values.len());
        for (at, value) in values.into_iter().enumerate() {
            let path = format!("{path}/{at}");
            let place = self.places.value(&path);
            let names = match value {
                Value::Sequence(values) => values,
                other => vec![other],
            };
            let named = names.into_iter().enumerate();
            let named =
                named.filter_map(|(at, name)| self.scalar(&format!("{path}/{at}"), key, name)).collect::<Vec<_>>();
            match <[Named; 2]>::try_from(named) {
                Ok([one, other]) if one.text != other.text => pairs.push([one, other]),
                _ => {
                    let message = format!("`{key}` has something else than a pair of two different names");
                    self.complain_at(place, Code::InvalidValue, message, "write the two in brackets: [[KAZ, USA]]");
                }
            }
        }
        pairs
    }

    /// Takes `true` or `false`; without the key, returns `default`.
    pub fn flag(&mut self, key: FrontKey, default: bool) -> bool {
        debug_assert!(matches!(key.value, Type::Flag), "`{key}` is declared as {}", key.type_words());
        match self.take(key) {
            None => default,
            Some(Value::Bool(flag)) => flag,
            Some(other) => {
                let message = format!("`{key}` is {}, expected true or false", describe(&other));
                self.complain(key, Code::WrongType, message, "write true or false, without quotes");
                default
            }
        }
    }

    /// Takes a whole number, zero or greater.
    pub fn number(&mut self, key: FrontKey) -> Option<u32> {
        debug_assert!(matches!(key.value, Type::Number), "`{key}` is declared as {}", key.type_words());
        let value = self.take(key)?;
        let number = value.as_u64().and_then(|number| u32::try_from(number).ok());
        if number.is_none() {
            let message = format!("`{key}` is {}, expected a whole number", describe(&value));
            self.complain(key, Code::WrongType, message, "write digits only, such as 16");
        }
        number
    }

    /// Takes an EDTF date.
    pub fn date(&mut self, key: FrontKey) -> Option<Date> {
        debug_assert!(matches!(key.value, Type::Date), "`{key}` is declared as {}", key.type_words());
        let text = self.text(key)?;
        let date = Date::parse(&text);
        if date.is_none() {
            let turned = text.split_once('/').map(|(from, until)| format!("{until}/{from}"));
            let (message, help) = if let Some(turned) = turned.filter(|turned| Date::parse(turned).is_some()) {
                (format!("the interval `{text}` ends before it begins"), format!("did you mean {turned}?"))
            } else {
                let help = Date::advice(&text).unwrap_or_else(|| DATES.to_owned());
                (format!("`{text}` is not a date"), help)
            };
            self.complain(key, Code::InvalidDate, message, &help);
            // Publishing on the wrong day cannot be undone, so a person must decide.
            if key != EMBARGO {
                self.remedy(&text, Date::only_reading(&text).as_deref());
            }
        }
        date
    }

    /// Takes one word of a controlled list.
    pub fn one_of<T: Copy>(&mut self, key: FrontKey, words: &[(&'static str, T)]) -> Option<T> {
        debug_assert!(
            matches!(key.value, Type::Word(declared) if declared.iter().eq(words.iter().map(|(word, _)| word))),
            "`{key}` is declared with other words"
        );
        let text = self.text(key)?;
        let found = words.iter().find(|(word, _)| **word == *text).map(|(_, value)| *value);
        if found.is_none() {
            let all: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            let help = did_you_mean(&text, all.iter().copied())
                .unwrap_or_else(|| format!("expected one of: {}", all.join(", ")));
            self.complain(key, Code::InvalidValue, format!("`{text}` is not a valid value of `{key}`"), &help);
            // Whether a text is published is for a person to decide.
            if key != STATUS {
                self.remedy(&text, only_near(&text, all));
            }
        }
        found
    }

    /// Takes a value of any type.
    pub fn anything(&mut self, key: FrontKey) -> Option<Value> {
        self.take(key)
    }

    /// Takes a map of texts, such as titles by language.
    pub fn map(&mut self, key: FrontKey) -> BTreeMap<Box<str>, Box<str>> {
        let mut map = BTreeMap::new();
        for (name, list) in self.map_of_lists(key) {
            if let [_, second, ..] = &list[..] {
                let (at, message) =
                    ((second.line, second.column), format!("`{name}` in `{key}` has more than one value"));
                self.complain_at(at, Code::WrongType, message, "write one value");
            }
            map.extend(list.into_iter().next().map(|first| (name, first.text)));
        }
        map
    }

    /// Takes a map of lists of texts, such as phrases by language.
    pub fn map_of_lists(&mut self, key: FrontKey) -> BTreeMap<Box<str>, Vec<Named>> {
        let values = match self.take(key) {
            None => return BTreeMap::new(),
            Some(Value::Mapping(values)) => values,
            Some(other) => {
                let message = format!("`{key}` is {}, expected names with values", describe(&other));
                self.complain(key, Code::WrongType, message, "write one `name: value` per line below it, indented");
                return BTreeMap::new();
            }
        };
        let mut map = BTreeMap::new();
        for (name, value) in values {
            let Value::String(name) = name else {
                let message = format!("a name in `{key}` is {}, expected text", describe(&name));
                self.complain(key, Code::WrongType, message, "put the name in quotes: \"no\": …");
                continue;
            };
            let path = format!("{}{key}/{name}", self.prefix);
            let values = if let Value::Sequence(values) = value { values } else { vec![value] };
            let single = values.len() == 1;
            let mut list = Vec::new();
            for (i, value) in values.into_iter().enumerate() {
                let below = format!("{path}/{i}");
                let path = if single && self.places.written(&path).is_some() { &path } else { &below };
                list.extend(self.scalar(path, key, value));
            }
            map.insert(name.into(), list);
        }
        map
    }
}

/// Returns whether the text is an address outside the site.
pub(super) fn is_address(text: &str) -> bool {
    ["https://", "http://"].iter().any(|scheme| text.starts_with(scheme))
}

/// How dates are written.
const DATES: &str =
    "write 2017-10-17, 2017-10 or 2017; 2018? if uncertain, 2018~ if approximate, 2016-04/2019-03 for an interval";
