//! The names of states -> where a text names which state.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};

use super::head::fold;
use crate::config::base_language;
use crate::language::fold::{Folding, fold as fold_look_alikes};
use crate::language::scripts::joins;
use crate::shipped;

/// The languages for which names of states are built in.
pub(super) const LANGUAGES: [&str; 8] = ["en", "fr", "es", "ru", "ar", "zh", "zh-Hant", "pt"];

/// Returns the built-in language for a tag: `zh-Hant` stays, `en-GB` becomes `en`.
pub(super) fn shipped(language: &str) -> &str {
    if LANGUAGES.contains(&language) { language } else { base_language(language) }
}

/// A place where a state is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mention<'a> {
    /// The state's code.
    pub code: &'a str,
    /// Its byte range in the text.
    pub at: Range<usize>,
}

/// The names of states in one language, as an automaton (Aho-Corasick).
pub(super) struct Names {
    codes: Vec<String>,
    written: Vec<String>,
    /// For each name, whether it belongs to the language itself; the others are only recognised.
    own: Vec<bool>,
    automaton: AhoCorasick,
    /// The folded names, with the code of each and whether an inflected ending may follow.
    folded: AhoCorasick,
    folded_codes: Vec<(String, bool)>,
}

/// Returns the names of states and organisations by code, as titles show them.
pub(super) fn titles() -> BTreeMap<String, String> {
    shipped::delegations().into_iter().map(|row| (row.code.into(), row.name.into())).collect()
}

/// Returns the codes of states whose people usually have a single family name and write it last.
pub(super) fn given_first() -> BTreeSet<String> {
    // Hungarians write it first, and most Icelanders have no family name.
    const OTHERWISE: &[&str] = &["HUN", "ISL"];
    let is_european = |row: &shipped::Delegation| matches!(&*row.regional_group, "WEOG" | "Eastern European Group");
    let european = shipped::delegations().into_iter().filter(is_european).map(|row| String::from(row.code));
    european.filter(|code| !OTHERWISE.contains(&code.as_str())).collect()
}

/// The code of a name that contains a state's name without meaning it.
const NOBODY: &str = "-";

impl Names {
    /// Loads the built-in names of a language, for Chinese those in both scripts; `src/shipped/SOURCES.md` names their
    /// sources.
    pub(super) fn of(language: &str) -> Names {
        let (mut names, mut codes, mut own) = (Vec::new(), Vec::new(), Vec::new());
        for shipped::Name { name, of, languages } in shipped::state_names() {
            if languages.iter().any(|of| base_language(of) == base_language(language)) {
                names.push(String::from(name));
                codes.push(of.map_or_else(|| NOBODY.to_owned(), |(_, code)| code.into()));
                own.push(languages.iter().any(|of| **of == *language));
            }
        }
        let (mut folded, mut folded_codes) = (Vec::new(), Vec::new());
        for (name, code) in names.iter().zip(&codes) {
            let plain = fold(name);
            // `us` is a word, and places are often given as `New York, USA`.
            if plain.is_ascii() && plain.len() < 4 {
                continue;
            }
            if let Some(stem) = stem(&plain).filter(|_| language == "ru") {
                folded.push(stem.to_owned());
                folded_codes.push((code.clone(), true));
            }
            folded.push(plain);
            folded_codes.push((code.clone(), false));
        }
        let alike: Vec<String> =
            names.iter().map(|name| fold_look_alikes(name, Folding::SYMBOLS).into_owned()).collect();
        Names { automaton: automaton(&alike), folded: automaton(&folded), codes, written: names, own, folded_codes }
    }

    /// Returns the name of a state in this language; of several, the longest, which is the one its own texts use.
    pub(super) fn neutral(&self, code: &str) -> Option<&str> {
        let names = (0..self.codes.len()).filter(|at| self.own[*at] && self.codes[*at].eq_ignore_ascii_case(code));
        // The table also has inflected names, as they occur in titles.
        let oblique = |name: &&str| {
            let first = name.split(' ').next().unwrap_or(name);
            ["ики", "ой", "ого"].iter().any(|ending| first.ends_with(ending))
        };
        let names = names.map(|at| &*self.written[at]).filter(|name| !oblique(name));
        // If two are equally long, the first wins.
        names.rev().max_by_key(|name| name.chars().count())
    }

    /// Returns the places where a folded text names a state, in order.
    pub(super) fn mentions_folded(&self, folded: &str) -> Vec<Mention<'_>> {
        let found = self.folded.find_iter(folded).filter_map(|found| {
            let (code, stem) = &self.folded_codes[found.pattern().as_usize()];
            let ending = if *stem { ending(&folded[found.end()..]) } else { 0 };
            let at = found.start()..found.end() + ending;
            (is_whole(folded, at.clone()) && code != NOBODY).then_some(Mention { code, at })
        });
        found.collect()
    }

    /// Returns the places where a text, with look-alikes folded, names a state, in order.
    pub(super) fn mentions(&self, text: &str) -> Vec<Mention<'_>> {
        let found = self.automaton.find_iter(text).filter(|found| is_whole(text, found.range()));
        let mentions = found.map(|found| Mention { code: &self.codes[found.pattern().as_usize()], at: found.range() });
        mentions.filter(|mention| mention.code != NOBODY).collect()
    }

    /// Returns the state that an adjective is derived from, if there is only one: `Kenyan`, `Brazilian`.
    pub(super) fn of_adjective(&self, adjective: &str) -> Option<&str> {
        let shared = |name: &str| name.chars().zip(adjective.chars()).take_while(|(a, b)| a == b).count();
        let near = self.written.iter().zip(&self.codes).filter(|(name, code)| {
            let letters = name.chars().count();
            *code != NOBODY && !name.contains([' ', '-']) && shared(name) >= 4.max(letters.saturating_sub(3))
        });
        let most = near.clone().map(|(name, _)| shared(name)).max()?;
        let mut codes: Vec<&str> =
            near.filter(|(name, _)| shared(name) == most).map(|(_, code)| code.as_str()).collect();
        codes.dedup();
        if let [code] = codes[..] { Some(code) } else { None }
    }
}

fn automaton(names: &[String]) -> AhoCorasick {
    let automaton = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(names);
    automaton.expect("a few hundred names fit into an automaton")
}

/// Returns the stem that a one-word Russian name has in all its cases.
fn stem(folded: &str) -> Option<&str> {
    let stem = folded.strip_suffix(['а', 'я', 'и', 'ь', 'ы']).unwrap_or(folded);
    (!folded.contains([' ', '-']) && stem.chars().count() >= 4).then_some(stem)
}

/// Returns the length in bytes of an inflected ending.
fn ending(rest: &str) -> usize {
    let letters: Vec<char> = rest.chars().take(3).take_while(|c| c.is_alphabetic()).collect();
    if letters.len() <= 2 { letters.iter().map(|c| c.len_utf8()).sum() } else { 0 }
}

/// Returns whether a name is a whole word, rather than part of a longer one.
fn is_whole(text: &str, at: Range<usize>) -> bool {
    let goes_on = |c: Option<char>| c.is_some_and(|c| joins(c) || c == '-');
    !goes_on(text[..at.start].chars().next_back()) && !goes_on(text[at.end..].chars().next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_are_found_by_their_longest_name() {
        let names = Names::of("en");
        for (text, expect) in [
            ("the Democratic Republic of the Congo and Niger", vec!["COD", "NER"]),
            ("Nigeria, Papua New Guinea, Guinea-Bissau", vec!["NGA", "PNG", "GNB"]),
            ("in Northern Ireland and the Gulf of Guinea", vec![]),
            ("Nigerians in Kenya's hall", vec!["KEN"]),
            ("Cote d'Ivoire", vec!["CIV"]),
        ] {
            let codes: Vec<&str> = names.mentions(text).iter().map(|mention| mention.code).collect();
            assert_eq!(codes, expect, "{text}");
        }
        for language in ["zh", "zh-Hant"] {
            assert_eq!(Names::of(language).mentions("我代表中国；我代表中國").len(), 2);
        }
    }

    #[test]
    fn states_are_found_in_capitals_without_accents_and_in_other_cases() {
        for (language, text, expect) in [
            ("en", "REPUBLIC OF MALAWI, NEW YORK, USA", vec!["MWI"]),
            ("en", "JOIN US IN KENYA", vec!["KEN"]),
            ("fr", "PRESIDENT DE LA REPUBLIQUE DEMOCRATIQUE DU CONGO", vec!["COD"]),
            ("fr", "SÃO TOMÉ ET PRÍNCIPE", vec!["STP"]),
            ("es", "REPUBLICA DE CUBA", vec!["CUB"]),
            ("ru", "Министр иностранных дел Республики Казахстан", vec!["KAZ"]),
            ("ru", "Президента Китая и Нигерии в России", vec!["CHN", "NGA", "RUS"]),
            ("ru", "Постоянный представитель Российской Федерации", vec!["RUS"]),
            ("ru", "индийский", vec![]),
            ("ar", "رئيس الجمهورية الإسلامية الموريتانية", vec!["MRT"]),
        ] {
            let names = Names::of(language);
            let folded = fold(text);
            let codes: Vec<&str> = names.mentions_folded(&folded).iter().map(|mention| mention.code).collect();
            assert_eq!(codes, expect, "{text}");
        }
    }

    #[test]
    fn adjectives_lead_to_their_state() {
        let names = Names::of("en");
        for (adjective, expect) in [
            ("Kenyan", Some("KEN")),
            ("Brazilian", Some("BRA")),
            ("Somali", Some("SOM")),
            ("Other", None),
            ("Nigerian", Some("NGA")),
        ] {
            assert_eq!(names.of_adjective(adjective), expect, "{adjective}");
        }
    }
}
