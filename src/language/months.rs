//! The names of the months, as dates are written with them in texts and citations. The names that readers of a site see
//! are in `words/`, where a theme or a site can change them.

/// The English names.
pub const ENGLISH: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Languages that write the months in lower case in dates, in the order of `IN_DATES`.
const LANGUAGES: [&str; 5] = ["fr", "es", "ru", "ar", "pt"];

/// The names in these languages, in the form used in dates.
const IN_DATES: [[&str; 5]; 12] = [
    ["janvier", "enero", "января", "يناير", "janeiro"],
    ["février", "febrero", "февраля", "فبراير", "fevereiro"],
    ["mars", "marzo", "марта", "مارس", "março"],
    ["avril", "abril", "апреля", "أبريل", "abril"],
    ["mai", "mayo", "мая", "مايو", "maio"],
    ["juin", "junio", "июня", "يونيو", "junho"],
    ["juillet", "julio", "июля", "يوليو", "julho"],
    ["août", "agosto", "августа", "أغسطس", "agosto"],
    ["septembre", "septiembre", "сентября", "سبتمبر", "setembro"],
    ["octobre", "octubre", "октября", "أكتوبر", "outubro"],
    ["novembre", "noviembre", "ноября", "نوفمبر", "novembro"],
    ["décembre", "diciembre", "декабря", "ديسمبر", "dezembro"],
];

/// Names in other languages, and spellings without accents.
const OTHERS: [&[&str]; 12] = [
    &["januar", "gennaio"],
    &["fevrier", "februar", "febbraio"],
    &["märz", "marts"],
    &["aprile"],
    &["maj", "maggio"],
    &["juni", "giugno"],
    &["juli", "luglio"],
    &["aout"],
    &["setiembre", "settembre"],
    &["oktober", "ottobre"],
    &[],
    &["decembre", "dezember", "desember", "dicembre"],
];

/// Returns the month, from 1, that a word in lower case names in any of the languages.
pub fn month(word: &str) -> Option<u32> {
    let is_named = |at: &usize| is_english(*at, word) || IN_DATES[*at].contains(&word) || OTHERS[*at].contains(&word);
    (0..12).find(is_named).map(|at| at as u32 + 1)
}

/// Returns the month, from 1, that a word in lower case names in English.
pub fn english_month(word: &str) -> Option<u32> {
    (0..12).find(|at| is_english(*at, word)).map(|at| at as u32 + 1)
}

fn is_english(at: usize, word: &str) -> bool {
    ENGLISH[at].eq_ignore_ascii_case(word)
}

/// Returns the name of a month, from 1, in a language that writes it in lower case in dates; `None` for other languages.
pub fn name_in(month: usize, language: &str) -> Option<&'static str> {
    let column = LANGUAGES.iter().position(|of| *of == language)?;
    Some(IN_DATES.get(month.checked_sub(1)?)?[column])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_known_in_several_languages() {
        for (word, expect) in
            [("march", Some(3)), ("août", Some(8)), ("декабря", Some(12)), ("juni", Some(6)), ("session", None)]
        {
            assert_eq!(month(word), expect, "{word}");
        }
        assert_eq!((english_month("may"), english_month("mai")), (Some(5), None));
        assert_eq!((name_in(3, "pt"), name_in(3, "de"), name_in(13, "fr")), (Some("março"), None, None));
    }
}
