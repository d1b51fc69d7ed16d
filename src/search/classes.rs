//! The words of an index -> which of them are forms of one word, so that no stemmer runs in the browser.

use std::collections::{BTreeMap, BTreeSet};

use rust_stemmers::{Algorithm, Stemmer};

use super::proclitics;

/// The algorithms by their bit, with the languages that they are for.
const ALGORITHMS: [(&str, Algorithm); 17] = [
    ("ar", Algorithm::Arabic),
    ("da", Algorithm::Danish),
    ("nl", Algorithm::Dutch),
    ("en", Algorithm::English),
    ("fi", Algorithm::Finnish),
    ("fr", Algorithm::French),
    ("de", Algorithm::German),
    ("el", Algorithm::Greek),
    ("hu", Algorithm::Hungarian),
    ("it", Algorithm::Italian),
    ("no", Algorithm::Norwegian),
    ("pt", Algorithm::Portuguese),
    ("ro", Algorithm::Romanian),
    ("ru", Algorithm::Russian),
    ("es", Algorithm::Spanish),
    ("sv", Algorithm::Swedish),
    ("tr", Algorithm::Turkish),
];

/// The bit of Korean, of which particles are taken off.
const KOREAN: u32 = 1 << ALGORITHMS.len();

/// The bit of Arabic.
const ARABIC: u32 = 1;

/// Returns the bit of the algorithm for a language; 0 if there is none.
pub fn bit(language: &str) -> u32 {
    let primary = language.split('-').next().unwrap_or_default();
    match primary {
        "ko" => KOREAN,
        "nb" | "nn" => bit("no"),
        _ => ALGORITHMS.iter().position(|(of, _)| *of == primary).map_or(0, |at| 1 << at),
    }
}

/// Returns the forms that readers look for though no text may have them: Arabic and Korean words without what is
/// written together with them. Sorted, and none of `words`, which are sorted.
pub fn bare_forms<'a>(words: impl Iterator<Item = (&'a str, u32)>, has: &dyn Fn(&str) -> bool) -> BTreeSet<String> {
    let mut bare = BTreeSet::new();
    for (word, languages) in words {
        if languages & ARABIC > 0 {
            bare.extend(proclitics::arabic_forms(word, has).into_iter().filter(|form| !has(form)));
        }
        if languages & KOREAN > 0 {
            bare.extend(Some(proclitics::korean(word, has)).filter(|form| !has(form)).map(str::to_owned));
        }
    }
    bare
}

/// Returns for each word the other forms of it, as indices in ascending order. A form is one only of words in a language
/// that both are used in.
pub fn siblings(words: &[(&str, u32)]) -> Vec<Vec<u32>> {
    let stemmers: Vec<Stemmer> = ALGORITHMS.iter().map(|(_, algorithm)| Stemmer::create(*algorithm)).collect();
    let has = |word: &str| words.binary_search_by(|(of, _)| (*of).cmp(word)).is_ok();
    let mut classes: BTreeMap<(u32, String), Vec<u32>> = BTreeMap::new();
    for (at, (word, languages)) in words.iter().enumerate() {
        // Numbers and abbreviations have no forms.
        if word.bytes().any(|byte| byte.is_ascii_digit()) || word.chars().nth(1).is_none() {
            continue;
        }
        let mut add = |bit: u32, stem: &str| classes.entry((bit, stem.into())).or_default().push(at as u32);
        for (bit, stemmer) in stemmers.iter().enumerate().filter(|(bit, _)| languages & (1 << bit) > 0) {
            match 1 << bit {
                ARABIC => add(ARABIC, proclitics::arabic(word, &has)),
                bit => add(bit, &stemmer.stem(word)),
            }
        }
        if languages & KOREAN > 0 {
            add(KOREAN, proclitics::korean(word, &has));
        }
    }
    let mut siblings: Vec<Vec<u32>> = vec![Vec::new(); words.len()];
    for class in classes.values().filter(|class| class.len() > 1) {
        for word in class {
            siblings[*word as usize].extend(class.iter().filter(|other| *other != word));
        }
    }
    for of in &mut siblings {
        of.sort_unstable();
        of.dedup();
    }
    siblings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_word_know_each_other_within_a_language() {
        let (en, fr, ru, ar, ko) = (bit("en"), bit("fr"), bit("ru"), bit("ar"), bit("ko-KR"));
        let mut words = vec![
            ("nation", en),
            ("nations", en | fr),
            ("nacion", fr),
            ("декларация", ru),
            ("декларации", ru),
            ("الفضاء", ar),
            ("والفضاء", ar),
            ("فضاء", ar),
            ("외기권", ko),
            ("외기권의", ko),
            ("72", en),
        ];
        words.sort_unstable();
        let siblings = siblings(&words);
        let of = |word: &str| {
            let at = words.iter().position(|(of, _)| *of == word).unwrap();
            siblings[at].iter().map(|at| words[*at as usize].0).collect::<Vec<_>>()
        };
        assert_eq!(of("nation"), ["nations"]);
        assert_eq!(of("nacion"), [""; 0]);
        assert_eq!(of("декларация"), ["декларации"]);
        assert_eq!(of("الفضاء"), ["فضاء", "والفضاء"]);
        assert_eq!(of("외기권의"), ["외기권"]);
        assert_eq!(of("72"), [""; 0]);
    }

    #[test]
    fn a_word_without_its_prefix_can_be_looked_for() {
        let words = ["وبالفضاء", "외기권에서"];
        let has = |word: &str| words.contains(&word);
        let bare = bare_forms([(words[0], bit("ar")), (words[1], bit("ko"))].into_iter(), &has);
        let bare: Vec<&str> = bare.iter().map(|word| &**word).collect();
        assert_eq!(bare, ["الفضاء", "فضاء", "외기권"]);
    }
}
