//! An entry of `words/<language>.toml` -> a text, filled with arguments.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use icu_plurals::{PluralCategory, PluralRules};

/// A value that fills a placeholder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arg {
    /// A number, which also decides the form of an entry with plural forms.
    Number(u64),
    /// Text.
    Text(String),
    /// HTML.
    Markup(String),
}

impl From<usize> for Arg {
    fn from(number: usize) -> Arg {
        Arg::Number(number as u64)
    }
}

impl From<u32> for Arg {
    fn from(number: u32) -> Arg {
        Arg::Number(number.into())
    }
}

impl From<&str> for Arg {
    fn from(text: &str) -> Arg {
        Arg::Text(text.to_owned())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Arg {
        Arg::Text(text)
    }
}

/// One entry.
pub(super) enum Entry {
    /// A text.
    Text(Message),
    /// A text for each plural form, chosen by the argument `n`.
    Forms {
        /// The rules of the language of the entry, which may be the fallback's.
        rules: Arc<PluralRules>,
        /// By category, or by an exact number.
        forms: BTreeMap<Form, Message>,
    },
}

/// The numbers that a form applies to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    /// This number only.
    Exactly(u64),
    /// A category of CLDR.
    Category(PluralCategory),
}

impl Form {
    /// Parses a key of an entry with forms: `one`, `other`, `2`.
    pub(super) fn parse(key: &str) -> Option<Form> {
        match key.parse() {
            Ok(number) => Some(Form::Exactly(number)),
            Err(_) => PluralCategory::get_for_cldr_string(key).map(Form::Category),
        }
    }
}

/// The argument that decides the form.
pub(super) const DECIDES: &str = "n";

/// A text with placeholders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Message(Vec<Piece>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    /// The name of an argument.
    Argument(String),
}

impl Message {
    /// Parses a text with placeholders in braces. Braces that enclose no name are text.
    pub(super) fn parse(text: &str) -> Message {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let name = after.split_once('}').filter(|(name, _)| is_name(name));
            let Some((name, after)) = name else {
                pieces.push(Piece::Text(format!("{before}{{")));
                rest = after;
                continue;
            };
            pieces.push(Piece::Text(before.to_owned()));
            pieces.push(Piece::Argument(name.to_owned()));
            rest = after;
        }
        pieces.push(Piece::Text(rest.to_owned()));
        pieces.retain(|piece| *piece != Piece::Text(String::new()));
        Message(pieces)
    }

    /// Returns the text with its placeholders, as it was written.
    fn written(&self) -> String {
        let written = self.0.iter().map(|piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Argument(name) => format!("{{{name}}}"),
        });
        written.collect()
    }

    fn arguments(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::Argument(name) => Some(name.as_str()),
            Piece::Text(_) => None,
        })
    }
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
}

impl Entry {
    /// Returns the names of all arguments that its texts use.
    pub(super) fn arguments(&self) -> BTreeSet<&str> {
        match self {
            Entry::Text(message) => message.arguments().collect(),
            Entry::Forms { forms, .. } => forms.values().flat_map(Message::arguments).chain([DECIDES]).collect(),
        }
    }

    /// Returns its text or forms for a script, which fills them itself.
    pub(super) fn data(&self) -> serde_json::Value {
        match self {
            Entry::Text(message) => message.written().into(),
            Entry::Forms { forms, .. } => {
                let form = |form: &Form| match form {
                    Form::Exactly(number) => number.to_string(),
                    // `Debug` gives CLDR's names, but with a capital.
                    Form::Category(category) => format!("{category:?}").to_lowercase(),
                };
                forms.iter().map(|(key, message)| (form(key), message.written())).collect()
            }
        }
    }

    /// Returns its text; `write` makes the text of an argument. The error is the name of an argument that is missing.
    pub(super) fn fill<'a>(
        &self,
        find: &dyn Fn(&str) -> Option<&'a Arg>,
        write: &dyn Fn(&Arg) -> String,
    ) -> Result<String, String> {
        let message = match self {
            Entry::Text(message) => message,
            Entry::Forms { rules, forms } => {
                let Some(Arg::Number(number)) = find(DECIDES) else { return Err(DECIDES.to_owned()) };
                let category = Form::Category(rules.category_for(*number));
                let form = forms.get(&Form::Exactly(*number)).or_else(|| forms.get(&category));
                let form = form.or_else(|| forms.get(&Form::Category(PluralCategory::Other)));
                form.ok_or_else(|| DECIDES.to_owned())?
            }
        };
        let mut text = String::new();
        for piece in &message.0 {
            match piece {
                Piece::Text(own) => text.push_str(&write(&Arg::Text(own.clone()))),
                Piece::Argument(name) => text.push_str(&write(find(name).ok_or_else(|| name.clone())?)),
            }
        }
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(language: &str, kind: icu_plurals::PluralRuleType, forms: &[(&str, &str)]) -> Entry {
        let options = icu_plurals::PluralRulesOptions::default().with_type(kind);
        let locale = super::super::locale(language);
        let rules = Arc::new(PluralRules::try_new((&locale).into(), options).unwrap());
        let forms = forms.iter().map(|(key, text)| (Form::parse(key).unwrap(), Message::parse(text)));
        Entry::Forms { rules, forms: forms.collect() }
    }

    fn filled(entry: &Entry, args: &[(&str, Arg)]) -> Result<String, String> {
        let write = |arg: &Arg| match arg {
            Arg::Number(number) => number.to_string(),
            Arg::Text(text) | Arg::Markup(text) => text.clone(),
        };
        entry.fill(&|name| args.iter().find(|(own, _)| *own == name).map(|(_, arg)| arg), &write)
    }

    #[test]
    fn placeholders_are_filled_and_other_braces_stay() {
        for (text, expect) in [
            ("Said by {who}.", Ok("Said by us.")),
            ("{who}", Ok("us")),
            ("{ who } {Who} {", Ok("{ who } {Who} {")),
            ("{where}", Err("where")),
        ] {
            let found = filled(&Entry::Text(Message::parse(text)), &[("who", "us".into())]);
            assert_eq!(found, expect.map(str::to_owned).map_err(str::to_owned), "{text}");
        }
    }

    #[test]
    fn the_form_is_that_of_the_number_in_the_language() {
        let cardinal = icu_plurals::PluralRuleType::Cardinal;
        let russian = [("one", "{n} текст"), ("few", "{n} текста"), ("many", "{n} текстов"), ("other", "{n} текста")];
        let arabic = [("zero", "0"), ("one", "1"), ("two", "2"), ("few", "few"), ("many", "many"), ("other", "other")];
        let english = [("0", "none"), ("one", "{n} text"), ("other", "{n} texts")];
        for (language, entry, cases) in [
            ("en", &english[..], &[(0, "none"), (1, "1 text"), (2, "2 texts")][..]),
            ("ru", &russian, &[(1, "1 текст"), (3, "3 текста"), (11, "11 текстов"), (21, "21 текст")]),
            ("ar", &arabic, &[(0, "0"), (2, "2"), (3, "few"), (11, "many"), (100, "other")]),
        ] {
            let entry = forms(language, cardinal, entry);
            for (number, expect) in cases {
                assert_eq!(
                    filled(&entry, &[("n", Arg::Number(*number))]).as_deref(),
                    Ok(*expect),
                    "{language} {number}"
                );
            }
            assert_eq!(filled(&entry, &[]), Err("n".to_owned()));
        }
    }

    #[test]
    fn ordinals_have_rules_of_their_own() {
        let english = [("one", "{n}st"), ("two", "{n}nd"), ("few", "{n}rd"), ("other", "{n}th")];
        let entry = forms("en", icu_plurals::PluralRuleType::Ordinal, &english);
        let all = [1, 2, 3, 4, 11, 12, 13, 21, 22, 113, 123].map(|n| filled(&entry, &[("n", Arg::Number(n))]).unwrap());
        assert_eq!(all.join(" "), "1st 2nd 3rd 4th 11th 12th 13th 21st 22nd 113th 123rd");
    }
}
