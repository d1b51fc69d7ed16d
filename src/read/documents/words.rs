//! The folded words around a number, in the six languages of the United Nations -> whether it is a resolution, and
//! whose.

use crate::language::months::month;
use crate::language::tokens::letters;

/// The organ that adopted a resolution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Organ {
    GeneralAssembly,
    SecurityCouncil,
    EconomicAndSocialCouncil,
    HumanRightsCouncil,
    CommissionOnHumanRights,
    /// Any other organisation, whose resolutions are not linked.
    Another,
}

/// Stems of "resolution" in lower case.
const RESOLUTION: &[&str] = &["resolu", "résolu", "unscr", "резолюц", "قرار", "决议", "決議"];

/// Names of organs in lower case; a longer name comes before one that is part of it.
const ORGANS: &[(&str, Organ)] = &[
    ("general assembly", Organ::GeneralAssembly),
    ("assemblée générale", Organ::GeneralAssembly),
    ("asamblea general", Organ::GeneralAssembly),
    ("ассамбле", Organ::GeneralAssembly),
    ("جمعية العامة", Organ::GeneralAssembly),
    ("大会", Organ::GeneralAssembly),
    ("大會", Organ::GeneralAssembly),
    ("security council", Organ::SecurityCouncil),
    ("conseil de sécurité", Organ::SecurityCouncil),
    ("consejo de seguridad", Organ::SecurityCouncil),
    ("безопасности", Organ::SecurityCouncil),
    ("مجلس الامن", Organ::SecurityCouncil),
    ("安全理事会", Organ::SecurityCouncil),
    ("安理会", Organ::SecurityCouncil),
    ("安理會", Organ::SecurityCouncil),
    ("economic and social council", Organ::EconomicAndSocialCouncil),
    ("ecosoc", Organ::EconomicAndSocialCouncil),
    ("conseil économique et social", Organ::EconomicAndSocialCouncil),
    ("consejo económico y social", Organ::EconomicAndSocialCouncil),
    ("экономического и социального совета", Organ::EconomicAndSocialCouncil),
    ("المجلس الاقتصادي والاجتماعي", Organ::EconomicAndSocialCouncil),
    ("经济及社会理事会", Organ::EconomicAndSocialCouncil),
    ("human rights council", Organ::HumanRightsCouncil),
    ("conseil des droits de l'homme", Organ::HumanRightsCouncil),
    ("consejo de derechos humanos", Organ::HumanRightsCouncil),
    ("совета по правам человека", Organ::HumanRightsCouncil),
    ("مجلس حقوق الانسان", Organ::HumanRightsCouncil),
    ("人权理事会", Organ::HumanRightsCouncil),
    ("commission on human rights", Organ::CommissionOnHumanRights),
    ("commission des droits de l'homme", Organ::CommissionOnHumanRights),
    ("comisión de derechos humanos", Organ::CommissionOnHumanRights),
    ("комиссии по правам человека", Organ::CommissionOnHumanRights),
    ("trusteeship council", Organ::Another),
    ("african unity", Organ::Another),
    ("oau", Organ::Another),
    ("unctad", Organ::Another),
    ("trade and development", Organ::Another),
    ("league", Organ::Another),
    ("islamic", Organ::Another),
    ("agency", Organ::Another),
    ("iaea", Organ::Another),
    ("unesco", Organ::Another),
    ("parliament", Organ::Another),
    ("world health", Organ::Another),
    ("congress", Organ::Another),
];

/// Words that may come between "resolution" and its number.
const BETWEEN: &[&str] = &[
    "no",
    "nos",
    "nº",
    "n",
    "num",
    "núm",
    "núms",
    "number",
    "numbers",
    "numéro",
    "número",
    "رقم",
    "номер",
    "за",
    "of",
    "the",
    "de",
    "la",
    "l",
    "du",
    "des",
    "del",
    "its",
    "un",
    "united",
    "nations",
    "general",
    "assembly",
    "security",
    "council",
    "assemblée",
    "générale",
    "asamblea",
    "conseil",
    "sécurité",
    "consejo",
    "seguridad",
    "генеральной",
    "ассамблеи",
    "совета",
    "безопасности",
    "الجمعية",
    "العامة",
    "للجمعية",
    "مجلس",
    "الامن",
    "human",
    "rights",
    "economic",
    "and",
    "social",
    "draft",
];

/// Words that may come between a number and the name of the organ.
const BEFORE_ORGAN: &[&str] = &[
    "of",
    "the",
    "by",
    "adopted",
    "united",
    "nations",
    "un",
    "de",
    "la",
    "l",
    "du",
    "des",
    "del",
    "d",
    "по",
    "الصادر",
    "عن",
    "الصادرة",
    "генеральной",
    "совета",
];

/// Words between two numbers of one list.
const AND: &[&str] = &[
    "and", "or", "et", "ou", "y", "e", "o", "и", "или", "و", "او", "和", "及", "与", "以及", "或", "nos", "no", "as",
    "well", "also",
];

/// Words between the first and the last of a range.
const TO: &[&str] = &["to", "through", "à", "au", "a", "al", "hasta", "по", "до", "الي", "至", "到"];

/// Returns whether the words before a number end with "resolution", followed by nothing but words of `BETWEEN`.
pub(super) fn lead_to_number(words: &str) -> bool {
    let mut rest = words;
    for _ in 0..8 {
        rest = rest.trim_end_matches(|c: char| !c.is_alphanumeric() && !is_end(c));
        if let Some(before) = rest.strip_suffix('.') {
            if !["no", "nos", "núm", "núms"].contains(&last_word(before)) {
                return false;
            }
            rest = before;
        }
        let word = last_word(rest);
        if is_resolution(word) {
            return true;
        }
        if word.is_empty() || !BETWEEN.contains(&word) {
            return false;
        }
        rest = &rest[..rest.len() - word.len()];
    }
    false
}

/// Returns whether the words mention a resolution.
pub(super) fn is_resolution(words: &str) -> bool {
    RESOLUTION.iter().any(|stem| words.contains(stem))
}

/// Returns whether a number is written in the Chinese way: 第72/27号决议.
pub(super) fn is_numbered_resolution(before: &str, after: &str) -> bool {
    let after: String = after.chars().take(24).take_while(|c| *c != '。').collect();
    let is_last = ["号", "號"].iter().any(|mark| after.contains(mark));
    before.trim_end().ends_with('第') && is_last && is_resolution(&after)
}

/// Returns the organ whose name comes last in the words, at most `distance` characters before their end.
pub(super) fn organ_before(words: &str, distance: usize) -> Option<Organ> {
    let ends = ORGANS.iter().filter_map(|(name, body)| {
        let at = words.rfind(name)?;
        Some((at + name.len(), name.len(), *body))
    });
    let (end, _, body) = ends.max_by_key(|(end, length, _)| (*end, *length))?;
    let between = &words[end..];
    (between.chars().count() <= distance && !between.contains(is_end)).then_some(body)
}

/// Returns the organ whose name follows a number: "72/27 of the General Assembly".
pub(super) fn organ_after(words: &str) -> Option<Organ> {
    let end = words.find(|c: char| matches!(c, ',' | ':' | '(' | '[' | '،') || c.is_ascii_digit() || is_end(c));
    let words = &words[..end.unwrap_or(words.len())];
    let starts = ORGANS.iter().filter_map(|(name, body)| Some((words.find(name)?, *body)));
    let (start, body) = starts.min_by_key(|(start, _)| *start)?;
    // Anything attached to the name, such as an Arabic article, is part of its word.
    let before = words[..start].rsplit_once(' ').map_or("", |(before, _)| before);
    let is_between = |word: &str| word.is_empty() || BEFORE_ORGAN.contains(&word);
    before.split(|c: char| !c.is_alphabetic()).all(is_between).then_some(body)
}

/// How two numbers are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Between {
    /// Both are items of a list.
    List,
    /// They are the ends of a range.
    Range,
    /// They are not joined.
    Nothing,
}

/// Words of a date, besides the month, that may occur in a list: "69/213, of 2014, and 70/197".
const DATE: &[&str] = &["of", "du", "de", "от"];

/// Returns how the words between two numbers join them.
pub(super) fn between(words: &str) -> Between {
    if words.len() > 96 || words.contains(is_end) && !words.contains(';') {
        return Between::Nothing;
    }
    // "36/120 C and": several resolutions can share a number, with a letter each.
    let letter = words.strip_prefix(' ').and_then(|rest| rest.strip_prefix(|c: char| c.is_ascii_uppercase()));
    let words = letter.filter(|rest| rest.starts_with([' ', ','])).unwrap_or(words);
    let lower = words.to_lowercase().replace(['第', '号', '號'], " ");
    let mut all = letters(&lower);
    let is_dash = ["-", "–", "—", "‑"].contains(&lower.trim());
    if is_dash || all.clone().count() == 1 && all.clone().all(|word| TO.contains(&word)) {
        Between::Range
    } else if !words.trim().is_empty()
        && all.all(|word| AND.contains(&word) || DATE.contains(&word) || month(word).is_some())
    {
        Between::List
    } else {
        Between::Nothing
    }
}

fn is_end(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | ';' | '。' | '؟' | '؛' | '\n')
}

fn last_word(words: &str) -> &str {
    words.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default()
}
