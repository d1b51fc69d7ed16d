//! `words/<language>.toml` -> the words of the interface in one language: entries, numbers and dates.
//!
//! No other file has text that readers see. The shipped files are in the binary; a site's own, next to its site.toml,
//! override them entry by entry.

mod check;
mod data;
mod date;
mod entry;
mod filters;
mod order;
mod parse;

use std::collections::BTreeMap;
use std::sync::Arc;

use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_locale_core::Locale;
use rust_embed::RustEmbed;

use super::language::direction;
use crate::collect::title::{Says, Title};
use crate::config::{Config, base_language};
use crate::diagnostic::Diagnostic;
use crate::sources::Source;
use entry::Entry;
use parse::File;

pub use entry::Arg;
pub(super) use filters::register;
pub use order::Order;

/// The words in the binary.
#[derive(RustEmbed)]
#[folder = "words"]
struct Shipped;

/// The language whose entries are complete, and replace those that another language lacks.
pub const FALLBACK: &str = "en";

/// The folder of the site's own words.
pub const FOLDER: &str = "words/";

/// The words of the interface in one language.
pub struct Words {
    /// The tag of the language, as the site names it; that of the fallback if the language has no words.
    pub language: String,
    /// Direction of its script: `ltr` or `rtl`.
    pub direction: &'static str,
    /// The order of names.
    pub order: Order,
    entries: BTreeMap<String, Arc<Entry>>,
    numbers: Option<DecimalFormatter>,
}

/// Returns the text of a shipped file of words, or `None` if there is none in this language.
pub fn shipped(language: &str) -> Option<String> {
    Shipped::get(&format!("{language}.toml")).map(|file| String::from_utf8_lossy(&file.data).into_owned())
}

impl Words {
    /// Loads the words of each language of the site, with the problems in the site's own files; `themes` are the files
    /// of its themes, which may use additional entries.
    pub fn load(
        config: &Config,
        sources: &[Source],
        themes: &[Source],
        out: &mut Vec<Diagnostic>,
    ) -> Vec<(String, Arc<Words>)> {
        let own: Vec<File> = sources.iter().filter_map(|source| File::load(source, out)).collect();
        check::unknown(&own, themes, out);
        // The site's own language comes first: it replaces one that the site does not have.
        let others = config.languages.iter().filter(|language| **language != config.language);
        let languages = [&config.language].into_iter().chain(others);
        languages.map(|tag| (tag.clone(), Arc::new(Words::of(tag, &own, out)))).collect()
    }

    /// Returns the words of one language: the site's own over the shipped ones, over those of the fallback.
    fn of(tag: &str, own: &[File], out: &mut Vec<Diagnostic>) -> Words {
        let own = |language: &str| own.iter().find(|file| file.language == language);
        let mut layers = Vec::new();
        for language in [base_language(tag), tag] {
            layers.extend(shipped(language).map(|text| parse::entries(language, &text)));
            layers.extend(own(language).map(|file| file.entries.clone()));
        }
        let mut entries = shipped(FALLBACK).map(|text| parse::entries(FALLBACK, &text)).unwrap_or_default();
        entries.extend(own(FALLBACK).map(|file| file.entries.clone()).unwrap_or_default());
        let found = layers.into_iter().fold(BTreeMap::new(), |mut all, layer| {
            all.extend(layer);
            all
        });
        out.extend(check::missing(tag, &entries, &found));
        let language = if found.is_empty() { FALLBACK } else { tag };
        entries.extend(found);
        Words {
            language: language.to_owned(),
            direction: direction(language),
            order: Order::of(language),
            entries,
            numbers: DecimalFormatter::try_new(
                (&locale(language)).into(),
                icu_decimal::options::DecimalFormatterOptions::default(),
            )
            .ok(),
        }
    }

    /// Returns the shipped words of English.
    #[cfg(test)]
    pub fn english() -> Arc<Words> {
        Arc::new(Words::of(FALLBACK, &[], &mut Vec::new()))
    }

    /// Returns the text of an entry, filled with arguments. A missing entry or argument shows as its name, so that it
    /// is seen; a test ensures that there is none in the program.
    pub fn say(&self, key: &str, args: &[(&str, Arg)]) -> String {
        let find = |name: &str| args.iter().find(|(own, _)| *own == name).map(|(_, arg)| arg);
        let text = self.entries.get(key).and_then(|entry| entry.fill(&find, &|arg| self.plain(arg)).ok());
        text.unwrap_or_else(|| format!("[{key}]"))
    }

    /// Returns a title in this language.
    pub fn title(&self, title: &Title) -> String {
        match title.says() {
            None => title.to_string(),
            Some(Says::Named(names)) => {
                let find = |tag: &str| names.iter().find(|(own, _)| **own == *tag).map(|(_, name)| name.to_string());
                let own = find(&self.language).or_else(|| find(base_language(&self.language)));
                own.unwrap_or_else(|| title.to_string())
            }
            Some(Says::Date(date)) => self.date(date),
            Some(Says::Number(number)) => self.number((*number).into()),
            Some(Says::Joined(titles)) => {
                let titles: Vec<String> = titles.iter().map(|title| self.title(title)).collect();
                titles.join(&self.say("base.comma", &[]))
            }
            Some(Says::Entry(key, args)) => {
                let arg = |title: &Title| match title.says() {
                    Some(Says::Number(number)) => Arg::from(*number),
                    _ => Arg::from(self.title(title)),
                };
                let args: Vec<(&str, Arg)> = args.iter().map(|(name, title)| (*name, arg(title))).collect();
                self.say(key, &args)
            }
        }
    }

    /// Returns whether an entry exists.
    pub fn has(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    /// Returns a number in the digits and groups of the language: `12,345`.
    pub fn number(&self, number: u64) -> String {
        match &self.numbers {
            Some(numbers) => numbers.format(&Decimal::from(number)).to_string(),
            None => number.to_string(),
        }
    }

    fn plain(&self, arg: &Arg) -> String {
        match arg {
            Arg::Number(number) => self.number(*number),
            Arg::Text(text) | Arg::Markup(text) => text.clone(),
        }
    }
}

/// Returns the locale of a language tag, with the digits of paragraph numbers, which are the same in all languages.
fn locale(tag: &str) -> Locale {
    let tag = if tag == FALLBACK { "en-GB" } else { tag };
    format!("{tag}-u-nu-latn").parse().unwrap_or(Locale::UNKNOWN)
}
