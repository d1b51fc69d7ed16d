//! What is known about a text -> a neutral title: whose statement it is, in which forum, and when.
//!
//! It is used for texts without a printed title whose extent is clear, or with one in capitals: the case of a title is
//! never changed, because nobody can say which capitals should stay (`NPT`, `DPRK`). A file name says nothing to a
//! reader and is never a title.

use std::collections::{BTreeMap, HashMap};

use super::names::Names;
use super::names::shipped;
use crate::import::known::{Found, Known};
use crate::language::months;
use crate::language::tokens::letters;
use crate::read::date::Date;
use crate::read::record::{Detail, Record, RecordKind};
use crate::shipped;
use crate::stamp::Stamped;

/// Words of at least this many letters show whether a title is in capitals; shorter ones may be abbreviations.
const WORD: usize = 4;

/// Returns whether a title is in capitals: more than half of its longer words are.
pub(super) fn is_in_capitals(title: &str) -> bool {
    let (mut capitals, mut all) = (0, 0);
    for word in letters(title) {
        if word.chars().filter(|c| c.is_lowercase() || c.is_uppercase()).count() >= WORD {
            all += 1;
            capitals += usize::from(!word.chars().any(char::is_lowercase));
        }
    }
    capitals * 2 > all
}

/// The names from which titles can be made.
#[derive(Clone, Debug, Default)]
pub(super) struct Titles {
    /// Names of built-in delegations in English, by code.
    delegations: BTreeMap<String, String>,
    /// Short names of built-in forums, by code and language.
    forums: HashMap<(String, String), String>,
    /// Titles of the site's records, by kind and folded code or alias; the title without a language is under an empty
    /// one.
    records: HashMap<(RecordKind, String), BTreeMap<Box<str>, Box<str>>>,
}

impl Titles {
    /// Loads the built-in names.
    pub(super) fn shipped() -> Titles {
        let mut forums: HashMap<(String, String), String> = HashMap::new();
        let mut add = |code: &str, language: &str, name: &str| {
            let known = forums.entry((code.to_owned(), language.to_owned())).or_default();
            // `ЭКОСОС` is one of several names; the longest one needs no explanation.
            if name.chars().count() > known.chars().count() {
                name.clone_into(known);
            }
        };
        for shipped::Name { name, of, languages } in shipped::other_names() {
            let Some((_, code)) = of.filter(|(kind, _)| &**kind == "forum") else { continue };
            // The table has Chinese names in both scripts without saying which is which.
            for language in languages.iter().filter(|language| !matches!(&***language, "en" | "zh")) {
                add(&code, language, &name);
            }
        }
        for row in shipped::forums() {
            add(&row.code, "en", &row.short);
        }
        Titles { delegations: super::names::titles(), forums, records: HashMap::new() }
    }

    /// Adds the titles of the site's records, which take precedence over built-in names.
    #[must_use]
    pub(super) fn with(mut self, records: &[Stamped<Record>]) -> Titles {
        for record in records {
            let (kind, short) = match &record.detail {
                Detail::Delegation { .. } => (RecordKind::Delegation, None),
                Detail::Forum { short, .. } => (RecordKind::Forum, short.as_ref()),
                _ => continue,
            };
            let mut titles = record.titles.clone();
            titles.insert("".into(), short.unwrap_or(&record.title).clone());
            for name in record.aliases.iter().map(|alias| &*alias.text).chain([&*record.slug]) {
                self.records.insert((kind, name.to_lowercase()), titles.clone());
            }
        }
        self
    }

    /// Returns the title of a site's record in a language.
    fn of_record(&self, kind: RecordKind, code: &str, language: &str) -> Option<&str> {
        let titles = self.records.get(&(kind, code.to_lowercase()))?;
        titles.get(language).or_else(|| titles.get("")).map(|title| &**title)
    }

    fn delegation<'a>(&'a self, code: &str, language: &str, names: Option<&'a Names>) -> Option<&'a str> {
        let shipped = || match language {
            "en" => self.delegations.get(&code.to_uppercase()).map(String::as_str),
            _ => names?.neutral(code),
        };
        self.of_record(RecordKind::Delegation, code, language).or_else(shipped)
    }

    fn forum(&self, code: &str, language: &str) -> Option<&str> {
        let shipped = || self.forums.get(&(code.to_lowercase(), language.to_owned())).map(String::as_str);
        self.of_record(RecordKind::Forum, code, language).or_else(shipped)
    }
}

/// By language: what follows a state's name, in a form that needs no case or article; what is used without a state; and
/// the separator.
const STATEMENTS: [(&str, &str, &str, &str); 7] = [
    ("fr", " : déclaration", "Déclaration", ", "),
    ("es", ": declaración", "Declaración", ", "),
    ("ru", ": заявление", "Заявление", ", "),
    ("ar", ": بيان", "بيان", "، "),
    ("zh", "：发言", "发言", "，"),
    ("zh-Hant", "：發言", "發言", "，"),
    ("pt", ": declaração", "Declaração", ", "),
];

/// Makes a title from what is certain. A language without words in this table gets an English title.
pub(super) fn title(known: &Known, titles: &Titles, names: &BTreeMap<&'static str, Names>) -> Found {
    let sure = |key| known.get(key).filter(|found| found.sure).map(|found| found.value.as_str());
    let language = shipped(sure("language").unwrap_or("en"));
    let words = STATEMENTS.iter().find(|(of, ..)| *of == language);
    let language = words.map_or("en", |(of, ..)| of);
    let name = sure("delegation").and_then(|code| titles.delegation(code, language, names.get(language)));
    let (whose, between) = match (words, name) {
        (Some((_, behind, _, between)), Some(name)) => (format!("{name}{behind}"), *between),
        (Some((_, _, alone, between)), None) => ((*alone).to_owned(), *between),
        (None, Some(name)) => (format!("Statement by {name}"), ", "),
        (None, None) => ("Statement".to_owned(), ", "),
    };
    let forum = sure("forum").and_then(|code| titles.forum(code, language)).map(str::to_owned);
    let day = sure("date").and_then(Date::parse).and_then(|date| day(&date, language));
    let value = [Some(whose), forum, day].into_iter().flatten().collect::<Vec<_>>().join(between);
    Found { key: "title", value, evidence: "made from what is known".into(), sure: true }
}

/// Returns a date in words: a day as the language writes it, or else its year.
fn day(date: &Date, language: &str) -> Option<String> {
    let known = date.earliest();
    let (year, of, day) = (known.year(), known.month(), known.day());
    if date.is_day() {
        let month = months::name_in(of as usize, language);
        match language {
            "en" => return Some(date.words()),
            "zh" | "zh-Hant" => return Some(format!("{year}年{of}月{day}日")),
            "es" | "pt" => return Some(format!("{day} de {} de {year}", month?)),
            "fr" if day == 1 => return Some(format!("1er {} {year}", month?)),
            _ => return Some(format!("{day} {} {year}", month?)),
        }
    }
    if language == "en" && !date.is_interval() {
        return Some(date.words());
    }
    let (first, last) = date.years();
    (first == last).then(|| format!("{first}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::knowing::Context;

    #[test]
    fn a_title_is_made_from_the_state_the_forum_and_the_date() {
        for (delegation, language, forum, date, expect) in [
            ("KAZ", "en", "unga-c1", "2024-10-17", "Statement by Kazakhstan, First Committee, 17 October 2024"),
            ("KEN", "en", "", "2024", "Statement by Kenya, 2024"),
            ("KEN", "en", "unga", "2024-09", "Statement by Kenya, General Assembly, September 2024"),
            ("KEN", "en", "", "2024-09-24/2024-09-30", "Statement by Kenya, 2024"),
            ("SLV", "es", "unga", "2024-09-27", "El Salvador: declaración, Asamblea General, 27 de septiembre de 2024"),
            ("SEN", "fr", "unga", "2024-10-01", "Sénégal : déclaration, Assemblée générale, 1er octobre 2024"),
            ("RUS", "fr", "", "2024", "Fédération de Russie : déclaration, 2024"),
            ("KAZ", "ru", "unga-c1", "2024-10-17", "Казахстан: заявление, Первый комитет, 17 октября 2024"),
            ("KEN", "zh", "unga", "2024-09-27", "肯尼亚：发言，2024年9月27日"),
            ("KEN", "zh-Hant", "", "2024-09-27", "肯亞：發言，2024年9月27日"),
            // A language without words here, and texts about which little is known.
            ("KEN", "de", "unga", "2024-09-27", "Statement by Kenya, General Assembly, 27 September 2024"),
            ("", "en", "unga", "2024-09-27", "Statement, General Assembly, 27 September 2024"),
            ("", "ar", "", "", "بيان"),
            ("", "", "", "", "Statement"),
        ] {
            let said = [("delegation", delegation), ("language", language), ("forum", forum), ("date", date)];
            let said = said.into_iter().filter(|(_, value)| !value.is_empty());
            let found = |(key, value): (&'static str, &str)| Found {
                key,
                value: value.into(),
                evidence: String::new(),
                sure: true,
            };
            let known = Known { fields: said.map(found).collect(), ..Known::default() };
            let context = Context::default();
            assert_eq!(title(&known, &context.titles, &context.names).value, expect);
        }
    }

    #[test]
    fn titles_in_capitals_are_recognised() {
        for (title, expect) in [
            ("STATEMENT BY H.E. JOHN DOE, MINISTER OF FOREIGN AFFAIRS AT THE 79th SESSION", true),
            ("ВЫСТУПЛЕНИЕ МИНИСТРА ИНОСТРАННЫХ ДЕЛ", true),
            ("STATEMENT, GENERAL DEBATE UNGA 79, H.E. JOHN DOE, Secretary for Foreign Affairs", true),
            ("Discours de Monsieur Jean DUPONT, Premier Ministre", false),
            ("Statement on the NPT and the DPRK", false),
            ("UNGA79 National Statement", false),
            ("كلمة فخامة الرئيس", false),
            ("中国代表团的发言", false),
        ] {
            assert_eq!(is_in_capitals(title), expect, "{title}");
        }
    }
}
