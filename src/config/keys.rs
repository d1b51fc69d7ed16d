//! A table of site.toml -> values of the right type, taken key by key. Keys that are left are unknown.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::FILE;
use super::values::Verdict;
use crate::diagnostic::{Code, Diagnostic, Place, did_you_mean, only_near};

/// A table that is being read.
pub(super) struct Keys<'t> {
    text: &'t str,
    /// The byte at which the table starts.
    start: usize,
    left: Vec<(Spanned<DeString<'t>>, Spanned<DeValue<'t>>)>,
    /// Keys requested so far that the table has.
    present: Vec<&'static str>,
    /// All keys requested so far.
    pub(super) known: Vec<&'static str>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl<'t> Keys<'t> {
    /// Parses a whole file, or returns a diagnostic if it is not TOML.
    pub(super) fn parse(text: &'t str) -> Result<Keys<'t>, Diagnostic> {
        match DeTable::parse(text) {
            Ok(table) => Ok(Keys::of(text, 0, table.into_inner())),
            Err(error) => {
                let offset = error.span().map_or(0, |span| span.start);
                let message = error.message().trim().replace('\n', ": ");
                let help = if message.contains("duplicate key") {
                    "give the key once; keys of the site itself go above the first `[[menu]]` and `[extra]`"
                } else {
                    "write lines of `key = value`, with text in double quotes: title = \"Statements\""
                };
                let message = format!("not valid TOML: {message}");
                Err(Diagnostic::new(Code::InvalidConfig, place(text, offset), message).help(help))
            }
        }
    }

    fn of(text: &'t str, start: usize, table: DeTable<'t>) -> Keys<'t> {
        Keys {
            text,
            start,
            left: table.into_iter().collect(),
            present: Vec::new(),
            known: Vec::new(),
            diagnostics: Vec::new(),
        }
    }

    /// Returns whether the table has a key that was requested.
    pub(super) fn has(&self, key: &str) -> bool {
        self.present.contains(&key)
    }

    /// Returns the place at which the table starts.
    pub(super) fn place(&self) -> Place {
        place(self.text, self.start)
    }

    /// Takes a text, and stores it if `judge` accepts it.
    pub(super) fn text(&mut self, key: &'static str, into: &mut String, judge: impl Fn(&str) -> Verdict) {
        let Some((value, span)) = self.take(key) else { return };
        let DeValue::String(text) = value else {
            let help = match &value {
                DeValue::Array(_) | DeValue::Table(_) => format!("write a single text in double quotes: {key} = \"…\""),
                _ => format!("put it in double quotes: {key} = \"{}\"", &self.text[span.clone()]),
            };
            return self.complain(span, format!("`{key}` must be text, but this is {}", word(&value)), help);
        };
        match judge(&text) {
            Ok(()) => *into = text.into_owned(),
            Err(wrong) => self.complain(span, format!("`{key}` {}", wrong.what), wrong.help),
        }
    }

    /// Takes a list of texts, and stores those that `judge` accepts.
    pub(super) fn texts(&mut self, key: &'static str, into: &mut Vec<String>, judge: impl Fn(&str) -> Verdict) {
        let Some((value, span)) = self.take(key) else { return };
        let help = || format!("write a list of texts in double quotes: {key} = [\"…\", \"…\"]");
        let DeValue::Array(items) = value else {
            return self.complain(span, format!("`{key}` must be a list, but this is {}", word(&value)), help());
        };
        for item in items {
            let span = item.span();
            match item.into_inner() {
                DeValue::String(text) => match judge(&text) {
                    Ok(()) if into.contains(&text.as_ref().to_owned()) => {}
                    Ok(()) => into.push(text.into_owned()),
                    Err(wrong) => self.complain(span, format!("`{key}`: `{text}` {}", wrong.what), wrong.help),
                },
                other => {
                    self.complain(
                        span,
                        format!("`{key}` must be a list of texts, but this is {}", word(&other)),
                        help(),
                    );
                }
            }
        }
    }

    /// Takes a whole number of at least `least`.
    pub(super) fn number(&mut self, key: &'static str, into: &mut usize, least: usize) {
        let Some((value, span)) = self.take(key) else { return };
        let number = match &value {
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix()).ok(),
            _ => None,
        };
        match number.map(usize::try_from) {
            Some(Ok(number)) if number >= least => *into = number,
            _ => {
                let (found, help) = match number {
                    Some(_) => ("less".to_owned(), format!("delete the key to use the default, {into}")),
                    None => (word(&value).to_owned(), format!("write it without quotes: {key} = {into}")),
                };
                let message = format!("`{key}` must be a whole number, {least} or more, but this is {found}");
                self.complain(span, message, help);
            }
        }
    }

    /// Takes a Boolean.
    pub(super) fn flag(&mut self, key: &'static str, into: &mut bool) {
        match self.take(key) {
            None => {}
            Some((DeValue::Boolean(flag), _)) => *into = flag,
            Some((value, span)) => {
                let message = format!("`{key}` must be `true` or `false`, but this is {}", word(&value));
                self.complain(span, message, format!("write it without quotes: {key} = {into}"));
            }
        }
    }

    /// Takes a table with arbitrary keys, and returns whether there is one.
    pub(super) fn take_table(&mut self, key: &'static str) -> bool {
        match self.take(key) {
            None => false,
            Some((DeValue::Table(_), _)) => true,
            Some((value, span)) => {
                let message = format!("`{key}` must be a table, but this is {}", word(&value));
                self.complain(span, message, format!("write `[{key}]` on a line of its own, and its keys below"));
                false
            }
        }
    }

    /// Takes a table, whose keys are taken from it in turn.
    pub(super) fn table(&mut self, key: &'static str) -> Option<Keys<'t>> {
        let (value, span) = self.take(key)?;
        if let DeValue::Table(table) = value {
            return Some(Keys::of(self.text, span.start, table));
        }
        let message = format!("`{key}` must be a table, but this is {}", word(&value));
        self.complain(span, message, format!("write `[{key}]` on a line of its own, and its keys below"));
        None
    }

    /// Takes a list of tables.
    pub(super) fn tables(&mut self, key: &'static str) -> Vec<Keys<'t>> {
        let Some((value, span)) = self.take(key) else { return Vec::new() };
        let found = word(&value);
        let mut tables = Vec::new();
        let mut wrong = Vec::new();
        match value {
            DeValue::Array(items) => {
                for item in items {
                    let span = item.span();
                    match item.into_inner() {
                        DeValue::Table(table) => tables.push(Keys::of(self.text, span.start, table)),
                        other => wrong.push((span, word(&other))),
                    }
                }
            }
            _ => wrong.push((span, found)),
        }
        for (span, found) in wrong {
            let message = format!("`{key}` must be a list of links, but this is {found}");
            self.complain(span, message, format!("write `[[{key}]]`, and below it `title = \"…\"` and `url = \"…\"`"));
        }
        tables
    }

    /// Reports the keys that are left. If this is a table within the file, `above` are the keys of the file itself.
    pub(super) fn finish(mut self, above: &[&str]) -> Vec<Diagnostic> {
        let left = std::mem::take(&mut self.left);
        let meant = |(key, _): &(Spanned<DeString<'_>>, _)| only_near(key.get_ref(), self.known.iter().copied());
        let meanings: Vec<&str> = left.iter().filter_map(meant).collect();
        for (key, _) in left {
            let name = key.get_ref();
            let (message, help) = if above.contains(&&**name) {
                let message = format!("`{name}` is below `[[menu]]`, so it is read as part of that link");
                (message, Some("move the line above the first `[[menu]]`".to_owned()))
            } else {
                let known = self.known.iter().copied();
                (format!("unknown key `{name}`"), did_you_mean(name, known))
            };
            let keys = self.known.join("`, `");
            let help = help.unwrap_or_else(|| format!("the keys here are `{keys}`"));
            self.complain(key.span(), message, help);
            // Correcting to a key that exists already, or correcting two keys to the same, would make a duplicate.
            let is_free = |meant: &&'static str| {
                !above.contains(&&**name)
                    && !self.present.contains(meant)
                    && meanings.iter().filter(|other| *other == meant).count() == 1
            };
            let meant = only_near(name, self.known.iter().copied()).filter(is_free);
            if let Some(last) = self.diagnostics.pop() {
                self.diagnostics.push(last.remedy(name, meant));
            }
        }
        self.diagnostics
    }

    /// Returns the place of the value of `key`, if it exists and has not been taken.
    pub(super) fn place_of(&self, key: &str) -> Option<Place> {
        let found = self.left.iter().find(|(name, _)| name.get_ref() == key);
        found.map(|(_, value)| place(self.text, value.span().start))
    }

    fn take(&mut self, key: &'static str) -> Option<(DeValue<'t>, Range<usize>)> {
        self.known.push(key);
        let at = self.left.iter().position(|(name, _)| name.get_ref() == key)?;
        let (_, value) = self.left.swap_remove(at);
        self.present.push(key);
        let span = value.span();
        Some((value.into_inner(), span))
    }

    fn complain(&mut self, span: Range<usize>, message: String, help: String) {
        let place = place(self.text, span.start);
        self.diagnostics.push(Diagnostic::new(Code::InvalidConfig, place, message).help(help));
    }
}

/// Describes the type of a value in the words of people who write site.toml.
fn word(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "`true` or `false`",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// Converts a byte offset in site.toml to a place.
pub(super) fn place(text: &str, offset: usize) -> Place {
    let before = &text[..text.floor_char_boundary(offset)];
    let line = before.matches('\n').count();
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count();
    Place { path: FILE.into(), line: line as u32 + 1, column: column as u32 + 1 }
}
