//! A line -> whether it belongs to a letterhead: the name of a mission or ministry, an address, a telephone number.
//!
//! Words are compared folded: without capitals, accents, vowel marks and tatweel.

use super::mending::scripts::{ends_sentence, joins_tightly};
use crate::language::fold::plain as fold;
use crate::language::tokens::runs_with;

/// The length of the longest line in a letterhead, in characters.
const LONGEST: usize = 200;

/// Words that precede a telephone or fax number.
const PHONES: &[&str] = &[
    "tel",
    "tels",
    "telephone",
    "telephones",
    "phone",
    "fax",
    "facsimile",
    "telefax",
    "telefacsimile",
    "telefono",
    "telefonos",
    "telefone",
    "telefon",
    "telefoon",
    "telecopie",
    "telecopieur",
    "telex",
    "fono",
    "mobile",
    "тел",
    "телефон",
    "факс",
    "هاتف",
    "الهاتف",
    "فاكس",
    "الفاكس",
    "تلفون",
    "تليفون",
];

/// The same in scripts without spaces.
const PHONES_UNSPACED: &[&str] = &["电话", "電話", "传真", "傳真", "邮箱", "電郵", "电邮"];

/// Words of street addresses that mean nothing else.
const STREETS: &[&str] = &[
    "street",
    "avenue",
    "boulevard",
    "blvd",
    "suite",
    "rue",
    "chemin",
    "quai",
    "avenida",
    "calle",
    "carrera",
    "rua",
    "piso",
    "strasse",
    "straße",
    "gasse",
    "улица",
    "ул",
    "проспект",
    "шоссе",
    "набережная",
    "переулок",
    "شارع",
    "ص.ب",
];

/// Words of street addresses that often mean something else: they need a postal code in the same line.
const STREETS_PERHAPS: &[&str] = &[
    "st", "ave", "av", "plaza", "place", "square", "road", "rd", "drive", "lane", "floor", "fl", "room", "route",
    "platz", "allee", "box", "building", "house", "route", "case", "bp",
];

/// Cities with many missions, by one word of their names.
const CITIES: &[&str] = &[
    "york",
    "geneva",
    "geneve",
    "ginebra",
    "genf",
    "vienna",
    "vienne",
    "viena",
    "wien",
    "hague",
    "haye",
    "haya",
    "nairobi",
    "paris",
    "washington",
    "brussels",
    "bruxelles",
    "женева",
    "вена",
    "иорк",
    "москва",
    "moscow",
    "نيويورك",
    "جنيف",
    "فيينا",
];

/// Names of offices that have a letterhead; a line begins with one, or with the name of a state and then one.
const BODIES: &[&str] = &[
    "permanent mission",
    "permanent observer mission",
    "permanent delegation",
    "permanent representation",
    "observer mission",
    "mission permanente",
    "delegation permanente",
    "representation permanente",
    "mission permanente d'observation",
    "mision permanente",
    "mision de observacion",
    "representacion permanente",
    "delegacion permanente",
    "missao permanente",
    "standige vertretung",
    "stalna misija",
    "постоянное представительство",
    "посольство",
    "министерство",
    "البعثة الدايمة",
    "بعثة",
    "البعثة",
    "سفارة",
    "وزارة",
    "常驻",
    "常駐",
    "大使馆",
    "大使館",
    "外交部",
    "embassy",
    "ambassade",
    "embajada",
    "embaixada",
    "botschaft",
    "ministry",
    "ministere",
    "ministerio",
    "office of the permanent representative",
    "office of the president",
    "office of the prime minister",
    "consulate",
    "consulat",
    "consulado",
    "high commission",
    "mission of",
    "mission to the united nations",
    "delegation of",
    "delegation to",
    "press and public",
    "press release",
    "communique de presse",
    "comunicado de prensa",
    "пресс-релиз",
];

/// Returns whether a line is a contact: a telephone number, an e-mail address or a street address.
///
/// A web address is not enough by itself, because footnotes at the foot of a page have them too.
pub(super) fn is_contact(line: &str) -> bool {
    // Most lines of a text contain neither, so this test comes first.
    line.contains(|c: char| c.is_numeric() || c == '@')
        && is_short(line)
        && (has_phone(line) || has_mail(line) || has_street(line))
}

/// Returns whether a line belongs to a letterhead: it is a contact, or names an office.
pub(super) fn is_of_letterhead(line: &str) -> bool {
    is_contact(line) || is_body(line) || is_short(line) && has_web(line)
}

/// Returns whether a line is short enough and neither a sentence nor part of one.
fn is_short(line: &str) -> bool {
    line.chars().count() <= LONGEST && !is_prose(line)
}

/// Returns whether a line is a sentence or part of one: most of its longer words begin with lower-case letters. In
/// scripts without case only the end of the sentence shows it.
pub(super) fn is_prose(line: &str) -> bool {
    let (mut small, mut all) = (0, 0);
    for word in line.split_whitespace().filter(|word| !word.contains(['@', '/']) && !word.contains("www.")) {
        let letters = word.trim_matches(|c: char| !c.is_alphanumeric());
        let Some(first) = letters.chars().next().filter(|c| c.is_lowercase() || c.is_uppercase()) else { continue };
        if letters.chars().count() >= 4 {
            all += 1;
            small += usize::from(first.is_lowercase() && !PHONES.contains(&fold(letters).as_str()));
        }
    }
    let words = line.split_whitespace().count();
    let unspaced = line.chars().filter(|c| joins_tightly(*c)).count();
    let ends = ends_sentence(line) && (words >= 6 || unspaced >= 10);
    let uncased = all == 0 && line.chars().filter(|c| c.is_alphabetic()).count() > 10;
    small * 2 > all && all >= 3 || ends && (uncased || small * 5 > all * 2)
}

fn digits(line: &str) -> usize {
    line.chars().filter(|c| c.is_numeric()).count()
}

/// Returns the words of a folded line, with the periods inside them: `p.o`.
fn words(folded: &str) -> impl Iterator<Item = &str> {
    runs_with(folded, &['.']).map(|word| word.trim_matches('.')).filter(|word| !word.is_empty())
}

fn has_phone(line: &str) -> bool {
    /// The minimum number of digits in a telephone number.
    const FEWEST: usize = 5;
    let folded = fold(line);
    if digits(line) < FEWEST {
        return false;
    }
    let labelled = words(&folded).any(|word| word.split('.').any(|part| PHONES.contains(&part)))
        || PHONES_UNSPACED.iter().any(|label| folded.contains(label));
    // `T: +41 22 …`, `+41 22 … | +41 22 …`
    let bare = folded.strip_prefix(['t', 'f', 'p']).map_or(&*folded, |rest| rest.trim_start_matches([':', '.', ' ']));
    let number = bare.starts_with(['+', '(']) && !bare.contains(char::is_alphabetic) && digits(bare) >= 7;
    labelled || number
}

fn has_mail(line: &str) -> bool {
    line.split([' ', '|', ';', ',', '•', ':', '<', '>', '(', ')']).any(|word| {
        let parts = word.split_once('@').map(|(name, host)| (name.chars().last(), host));
        parts.is_some_and(|(last, host)| {
            last.is_some_and(char::is_alphanumeric) && host.trim_end_matches('.').contains('.')
        })
    })
}

fn has_web(line: &str) -> bool {
    const MOST_WORDS: usize = 12;
    let lower = line.to_lowercase();
    let address = lower.split_whitespace().any(|word| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        bare.starts_with("www.") || bare.starts_with("http://") || bare.starts_with("https://")
    });
    address && lower.split_whitespace().count() <= MOST_WORDS
}

/// Returns whether a line is a street address: a number and a word for a street, or a postal code and a city.
fn has_street(line: &str) -> bool {
    let folded = fold(line);
    let has_digit = digits(line) > 0;
    // `Geneva, 2019` is a date line and not an address.
    let is_year = |number: u32| (1900..=2100).contains(&number);
    let postal = words(&folded).any(|word| {
        let number = word.chars().all(|c| c.is_ascii_digit()).then(|| word.parse::<u32>().ok()).flatten();
        (4..=6).contains(&word.len()) && number.is_some_and(|number| !is_year(number))
    });
    let any = |list: &[&str]| words(&folded).any(|word| list.contains(&word));
    let road = any(STREETS) || folded.contains("strasse") || folded.contains("straße") || folded.contains("ص.ب");
    let unspaced = folded.contains('号') && folded.contains(['路', '街', '道']);
    has_digit && road || unspaced || postal && (any(STREETS_PERHAPS) || any(CITIES))
}

/// Returns whether a line is the name of an office that has a letterhead: `Permanent Mission of …`, `Ministry of …`.
fn is_body(line: &str) -> bool {
    /// The maximum number of words before it, for the name of the state: `Republic of Trinidad and Tobago Ministry of
    /// …`.
    const BEFORE: usize = 6;
    let folded = fold(line);
    let bare = folded.trim_start_matches(|c: char| !c.is_alphanumeric());
    // `We thank the Permanent Mission of …` is not a letterhead: it has a verb in lower case before the name.
    let named = |at: usize| {
        let before = line.split_whitespace().take(bare[..at].split_whitespace().count());
        let small = |word: &str| word.starts_with(char::is_lowercase) && !["of", "the", "de", "and"].contains(&word);
        bare[..at].split_whitespace().count() <= BEFORE && !before.into_iter().any(small)
    };
    let begins = |phrase: &&&str| {
        let unspaced = phrase.starts_with(joins_tightly);
        bare.find(**phrase).is_some_and(|at| at == 0 || unspaced || named(at))
    };
    let Some(phrase) = BODIES.iter().find(begins) else { return false };
    let starts = bare.find(phrase).unwrap_or_default() == 0 || bare.starts_with("the ");
    let punctuated = line.trim_end().ends_with([',', ';', ':', '،', '，', '。']);
    let capitals = !line.chars().any(char::is_lowercase);
    is_short(line) && !punctuated && (starts || capitals || line.chars().count() <= 80)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_letterheads_are_recognised() {
        for line in [
            "PERMANENT MISSION OF THE REPUBLIC OF ARVENIA TO THE UNITED NATIONS",
            "Permanent Mission of Arvenia to the United Nations Office at Geneva",
            "MISSION PERMANENTE D'ARVÉNIE AUPRÈS DES NATIONS UNIES",
            "Misión Permanente de Arvenia ante las Naciones Unidas",
            "Постоянное представительство Республики Арвения при ООН",
            "البعثة الدائمة لجمهورية أرفينيا لدى الأمم المتحدة",
            "常驻联合国代表团",
            "Embassy of the Kingdom of Arvenia",
            "MINISTÈRE DES AFFAIRES ÉTRANGÈRES",
            "Ministry of Foreign Affairs",
            "633 Third Avenue, 12th Floor • New York, N.Y. 10017 • Tel.: (212) 697-0000 • Fax: (212) 682-0000",
            "TEL: (212) 336-0000 FAX: (212) 759-0000",
            "New York, N.Y. 10017",
            "Chemin Louis-Dunant 15, 1202 Genève",
            "Case postale 194, 1211 Genève 19",
            "Tél. +41 22 000 00 00",
            "T: +43 1 000 00 00",
            "+41 22 000 00 00 | +41 22 000 00 01",
            "e-mail: mission@arvenia.example",
            "Тел.: (212) 861-0000",
            "هاتف: 0000-861-212",
            "电话：0086-10-65960000",
            "www.arvenia.example",
            "12 Calle Mayor, piso 3",
        ] {
            assert!(is_of_letterhead(line), "{line}");
        }
    }

    #[test]
    fn lines_of_a_speech_are_not() {
        for line in [
            "Mr. President,",
            "We thank the Permanent Mission of Arvenia to the United Nations for its work",
            "the Permanent Mission of Arvenia has shown in New York that it can be done.",
            "In 1945 the nations took another road, and 10017 people walked on it to this day.",
            "The telephone call of 12345 citizens was heard in every street and every avenue.",
            "Our embassy in Nairobi was closed,",
            "In the past year, 11000 people died on the streets of our cities.",
            "我们感谢外交部的同事在过去一年中所做的工作。",
            "(212 of us were there)",
        ] {
            assert!(!is_of_letterhead(line), "{line}");
        }
    }
}
