//! A token with slashes -> the document symbol that it stands for, in canonical form.

use crate::language::numerals::roman;

/// The roots of symbols, that is, their first parts.
const ROOTS: &[&str] = &[
    "A", "S", "E", "T", "ST", "CD", "CCD", "ENDC", "DC", "NPT", "CCW", "BWC", "APLC", "CCM", "ATT", "INFCIRC", "GOV",
    "CERD", "CCPR", "CEDAW", "CRC", "CAT", "CMW", "CRPD", "CED", "FCCC", "UNEP", "TD", "ID", "LOS", "ISBA", "SPLOS",
    "DP", "ICC-ASP", "PBC", "CERF", "ECE", "ESCAP", "IDB", "SAB", "HSP",
];

/// The principal organs. Their symbols contain no words other than `WORDS`; those of other bodies may contain any.
const ORGANS: &[&str] = &["A", "S", "E", "T"];
const WORDS: &[&str] = &[
    "RES", "DEC", "INF", "HRC", "PRST", "BUR", "SPC", "COP", "NGO", "BWC", "CONF", "CN", "AC", "COM", "ICEF", "ECA",
    "ECE", "ESCWA", "ESCAP", "ECLAC", "UPR", "PET", "DC", "EMRIP", "WG", "SG",
];

/// Parts that have a number after a full stop, in canonical spelling.
const NUMBERED: &[&str] = &[
    "C", "AC", "CN", "CONF", "L", "PV", "SR", "WP", "INF", "CRP", "WG", "Sub", "NGO", "PC", "P", "GGE", "AP", "R",
    "PET", "SC", "MSP", "MX", "CP", "SBI", "SBSTA", "COP", "Rep", "Misc", "Lim", "MEM", "GE",
];

/// Parts that mark a document as an addition to another or a form of it.
const SUFFIXES: &[&str] = &["Add", "Corr", "Rev", "Amend"];

/// The first session of the General Assembly whose symbols have an Arabic number; earlier ones have Roman numerals.
pub(super) const FIRST_SESSION: u32 = 31;
/// A session of the General Assembly that is still decades away.
pub(super) const LAST_SESSION: u32 = 120;

/// What is in brackets after the number of a resolution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Qualifier {
    /// A year, as in `1540 (2004)`.
    Year(String),
    /// A session in Roman numerals, as in `3379 (XXX)`.
    Session(String),
}

/// Returns whether a text is a document symbol in canonical form.
pub fn is_symbol(text: &str) -> bool {
    let (token, of) = text.split_once(" (").map_or((text, None), |(token, rest)| (token, rest.strip_suffix(')')));
    let is_of = of.is_none_or(|of| parse_qualifier(of).is_some());
    (of.is_some() || token == text) && is_of && canonical(token).is_some_and(|symbol| symbol == token)
}

/// Returns whether a text is the root of symbols.
pub(super) fn is_root(text: &str) -> bool {
    ROOTS.contains(&text) || is_general_conference(text)
}

/// Returns the canonical symbol of a token, ignoring spaces in it.
pub(super) fn canonical(token: &str) -> Option<String> {
    let token = token.replace(' ', "");
    let (root, rest) = token.split_once('/')?;
    if !is_root(root) {
        return None;
    }
    let is_organ = ORGANS.contains(&root);
    let parts: Vec<String> = rest.split('/').map(|part| self::part(part, is_organ)).collect::<Option<_>>()?;
    let last = parts.last()?;
    let is_numbered = last.contains(|c: char| c.is_ascii_digit()) || last.contains('.');
    (is_numbered && is_shaped(root, &parts)).then(|| format!("{root}/{}", parts.join("/")))
}

/// Returns whether a root is that of the General Conference of the IAEA: `GC(62)`, `GC(XXII)`.
fn is_general_conference(root: &str) -> bool {
    let session = root.strip_prefix("GC(").and_then(|rest| rest.strip_suffix(')'));
    session.is_some_and(|session| is_digits(session) || roman(session).is_some())
}

/// Returns a part of a symbol in canonical form.
fn part(text: &str, of_organ: bool) -> Option<String> {
    let digits = text.trim_start_matches("ES-").trim_start_matches("S-");
    let bare = digits.strip_suffix(|c: char| c.is_ascii_uppercase()).unwrap_or(digits);
    if is_digits(bare) && bare.len() <= 6 && !(digits != text && bare != digits) {
        return Some(text.to_owned());
    }
    if let Some((word, value)) = text.split_once('.') {
        let known = NUMBERED.iter().chain(SUFFIXES).find(|known| known.eq_ignore_ascii_case(word))?;
        // OCR reads the digit one as a letter: `Add.l`.
        let value = if SUFFIXES.contains(known) && matches!(value, "l" | "I") { "1" } else { value };
        return is_value(value).then(|| format!("{known}.{value}"));
    }
    let upper = text.to_ascii_uppercase();
    let is_word = if of_organ {
        WORDS.contains(&upper.as_str())
    } else {
        text == upper && text.len() <= 8 && text.bytes().all(|b| b.is_ascii_uppercase())
    };
    is_word.then_some(upper)
}

/// Returns whether a text is the number of a part: `3`, `1-5`, `20B`, `III`.
fn is_value(text: &str) -> bool {
    let is_number = |text: &str| {
        let digits = text.strip_suffix(|c: char| c.is_ascii_uppercase()).unwrap_or(text);
        is_digits(digits) && digits.len() <= 6
    };
    text.split('-').all(is_number) || roman(text).is_some()
}

/// Returns whether the numbers are plausible for the root. `A/4` is a paper size, not a symbol.
fn is_shaped(root: &str, parts: &[String]) -> bool {
    let number = |at: usize| parts.get(at).filter(|part| is_digits(part)).and_then(|part| part.parse::<u32>().ok());
    let is_suffix = |part: &String| SUFFIXES.iter().any(|suffix| part.starts_with(suffix));
    let is_session = |number: u32| (FIRST_SESSION..=LAST_SESSION).contains(&number);
    match (root, number(0)) {
        ("A" | "S" | "E", Some(first)) if parts[1..].iter().all(is_suffix) => first >= 100,
        ("A", Some(session)) => is_session(session),
        ("S" | "E", Some(year)) => (1946..=2099).contains(&year),
        ("A", None) if parts[0] == "RES" && parts.len() > 2 && !is_suffix(&parts[2]) => {
            number(1).is_none_or(is_session) && !parts[2].contains('.')
        }
        ("CD" | "T" | "DC", Some(first)) if parts.len() == 1 => first >= 10,
        // A word and a small number can be anything: `NPT/2`.
        (_, Some(first)) => first >= 10 || parts.len() > 1 || root.starts_with("GC") || root == "INFCIRC",
        _ => true,
    }
}

/// Returns whether a text consists of ASCII digits, at least one.
pub(super) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Parses the words in brackets after the number of a resolution: a year, or a session such as `XXX`, `S-VI` or
/// `ES-II`.
pub(super) fn parse_qualifier(text: &str) -> Option<Qualifier> {
    if is_digits(text) {
        return (text.len() == 4 && ("1946"..="2099").contains(&text)).then(|| Qualifier::Year(text.to_owned()));
    }
    let special = ["ES-", "S-", "ES", "S"].into_iter().find_map(|mark| Some((mark, text.strip_prefix(mark)?)));
    let (mark, numeral) = special.unwrap_or(("", text));
    let mark = if mark.is_empty() { String::new() } else { format!("{}-", mark.trim_end_matches('-')) };
    roman(numeral).map(|_| Qualifier::Session(format!("{mark}{numeral}")))
}
