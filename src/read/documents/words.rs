//! The folded words around a number, in the six languages of the United Nations -> whether a resolution is meant, and whose.

/// Whose resolutions they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    GeneralAssembly,
    SecurityCouncil,
    EconomicAndSocialCouncil,
    HumanRightsCouncil,
    CommissionOnHumanRights,
    /// Somebody else's, whose numbers are no symbols here.
    Another,
}

/// Stems of "resolution" in lower case.
const RESOLUTION: &[&str] = &["resolu", "résolu", "unscr", "резолюц", "قرار", "决议", "決議"];

/// Names of bodies in lower case; the longer before what is a part of it.
const BODIES: &[(&str, Body)] = &[
    ("general assembly", Body::GeneralAssembly),
    ("assemblée générale", Body::GeneralAssembly),
    ("asamblea general", Body::GeneralAssembly),
    ("ассамбле", Body::GeneralAssembly),
    ("جمعية العامة", Body::GeneralAssembly),
    ("大会", Body::GeneralAssembly),
    ("大會", Body::GeneralAssembly),
    ("security council", Body::SecurityCouncil),
    ("conseil de sécurité", Body::SecurityCouncil),
    ("consejo de seguridad", Body::SecurityCouncil),
    ("безопасности", Body::SecurityCouncil),
    ("مجلس الامن", Body::SecurityCouncil),
    ("安全理事会", Body::SecurityCouncil),
    ("安理会", Body::SecurityCouncil),
    ("安理會", Body::SecurityCouncil),
    ("economic and social council", Body::EconomicAndSocialCouncil),
    ("ecosoc", Body::EconomicAndSocialCouncil),
    ("conseil économique et social", Body::EconomicAndSocialCouncil),
    ("consejo económico y social", Body::EconomicAndSocialCouncil),
    ("экономического и социального совета", Body::EconomicAndSocialCouncil),
    ("المجلس الاقتصادي والاجتماعي", Body::EconomicAndSocialCouncil),
    ("经济及社会理事会", Body::EconomicAndSocialCouncil),
    ("human rights council", Body::HumanRightsCouncil),
    ("conseil des droits de l'homme", Body::HumanRightsCouncil),
    ("consejo de derechos humanos", Body::HumanRightsCouncil),
    ("совета по правам человека", Body::HumanRightsCouncil),
    ("مجلس حقوق الانسان", Body::HumanRightsCouncil),
    ("人权理事会", Body::HumanRightsCouncil),
    ("commission on human rights", Body::CommissionOnHumanRights),
    ("commission des droits de l'homme", Body::CommissionOnHumanRights),
    ("comisión de derechos humanos", Body::CommissionOnHumanRights),
    ("комиссии по правам человека", Body::CommissionOnHumanRights),
    ("trusteeship council", Body::Another),
    ("african unity", Body::Another),
    ("oau", Body::Another),
    ("unctad", Body::Another),
    ("trade and development", Body::Another),
    ("league", Body::Another),
    ("islamic", Body::Another),
    ("agency", Body::Another),
    ("iaea", Body::Another),
    ("unesco", Body::Another),
    ("parliament", Body::Another),
    ("world health", Body::Another),
    ("congress", Body::Another),
];

/// Words that may stand between "resolution" and its number.
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

/// Words that may stand between a number and whose it is.
const BEFORE_BODY: &[&str] = &[
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

/// Says whether the words that end before a number say "resolution" and nothing else but what may stand between.
pub fn lead_to_number(words: &str) -> bool {
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

/// Says whether the words speak of a resolution.
pub fn is_resolution(words: &str) -> bool {
    RESOLUTION.iter().any(|stem| words.contains(stem))
}

/// Says whether a number stands as Chinese writes it: 第72/27号决议.
pub fn is_numbered_resolution(before: &str, after: &str) -> bool {
    let after: String = after.chars().take(24).take_while(|c| *c != '。').collect();
    let is_last = ["号", "號"].iter().any(|mark| after.contains(mark));
    before.trim_end().ends_with('第') && is_last && is_resolution(&after)
}

/// Returns whose name ends the words, but for at most `distance` characters and "resolution".
pub fn body_before(words: &str, distance: usize) -> Option<Body> {
    let ends = BODIES.iter().filter_map(|(name, body)| {
        let at = words.rfind(name)?;
        Some((at + name.len(), name.len(), *body))
    });
    let (end, _, body) = ends.max_by_key(|(end, length, _)| (*end, *length))?;
    let between = &words[end..];
    (between.chars().count() <= distance && !between.contains(is_end)).then_some(body)
}

/// Returns whose name follows a number: "72/27 of the General Assembly".
pub fn body_after(words: &str) -> Option<Body> {
    let end = words.find(|c: char| matches!(c, ',' | ':' | '(' | '[' | '،') || c.is_ascii_digit() || is_end(c));
    let words = &words[..end.unwrap_or(words.len())];
    let starts = BODIES.iter().filter_map(|(name, body)| Some((words.find(name)?, *body)));
    let (start, body) = starts.min_by_key(|(start, _)| *start)?;
    // What is joined to the name, as an article, is a part of its word.
    let before = words[..start].rsplit_once(' ').map_or("", |(before, _)| before);
    let is_between = |word: &str| word.is_empty() || BEFORE_BODY.contains(&word);
    before.split(|c: char| !c.is_alphabetic()).all(is_between).then_some(body)
}

/// What stands between two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Between {
    List,
    Range,
    Nothing,
}

/// Words of a date that may stand in a list: "69/213, of 2014, and 70/197".
const DATE: &[&str] = &[
    "of",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "du",
    "de",
    "от",
];

/// Says how the words between two numbers join them.
pub fn between(words: &str) -> Between {
    if words.len() > 96 || words.contains(is_end) && !words.contains(';') {
        return Between::Nothing;
    }
    // "36/120 C and": one of several under a number.
    let letter = words.strip_prefix(' ').and_then(|rest| rest.strip_prefix(|c: char| c.is_ascii_uppercase()));
    let words = letter.filter(|rest| rest.starts_with([' ', ','])).unwrap_or(words);
    let lower = words.to_lowercase().replace(['第', '号', '號'], " ");
    let mut all = lower.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let is_dash = ["-", "–", "—", "‑"].contains(&lower.trim());
    if is_dash || all.clone().count() == 1 && all.clone().all(|word| TO.contains(&word)) {
        Between::Range
    } else if !words.trim().is_empty() && all.all(|word| AND.contains(&word) || DATE.contains(&word)) {
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
