//! Ordinals in digits: the ending that a number has, and the endings that texts write.

/// Returns the ordinal of a number in English digits: `1st`, `22nd`, `113th`.
pub fn english(number: u32) -> String {
    format!("{number}{}", english_ending(number))
}

/// Returns the ending of an English ordinal.
pub fn english_ending(number: u32) -> &'static str {
    // 11th, 12th and 13th, also as the end of a larger number: 113th.
    match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    }
}

/// English and French endings that mean nothing else after a number, with and without their accents.
const SURE: &[&str] =
    &["th", "st", "nd", "rd", "er", "ère", "ere", "ème", "eme", "ième", "ieme", "èmes", "emes", "nde"];

/// Endings in Romance languages that may also be a footnote's letter or a word.
const ROMANCE: &[&str] = &[
    "e", "es", "re", "res", "ers", "d", "de", "nds", "o", "a", "os", "as", "ro", "ra", "do", "da", "to", "ta", "mo",
    "ma", "vo", "va", "no", "na", "º", "ª",
];

/// Russian endings; `ои` and `и` as folding leaves them.
const RUSSIAN: &[&str] = &["я", "е", "й", "и", "м", "го", "ой", "ои", "ю"];

/// Endings that are words of their own, so that one apart from its number is not an ending: `79 de la Asamblea`.
const WORDS: &[&str] =
    &["a", "as", "d", "da", "de", "e", "es", "ma", "na", "o", "os", "re", "ta", "to", "va", "vo", "и", "е"];

/// Returns whether letters end an ordinal and mean nothing else: `th`, `ème`.
pub fn is_sure_ending(letters: &str) -> bool {
    SURE.contains(&letters)
}

/// Returns whether letters end an ordinal in a Romance language, where they may also mean something else: `o`, `ra`.
pub fn is_romance_ending(letters: &str) -> bool {
    ROMANCE.contains(&letters)
}

/// Returns whether letters in lower case end an ordinal if they follow a number directly.
pub fn is_ending(letters: &str) -> bool {
    is_sure_ending(letters) || is_romance_ending(letters) || RUSSIAN.contains(&letters)
}

/// Returns whether a word in lower case after a number is only its ending, torn off: `79 th`, `79 й`.
pub fn is_torn_ending(word: &str) -> bool {
    is_ending(word) && !WORDS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinals_end_as_they_are_spoken() {
        let all = [1, 2, 3, 4, 11, 12, 13, 21, 22, 81, 101, 111, 113, 123].map(english);
        assert_eq!(all.join(" "), "1st 2nd 3rd 4th 11th 12th 13th 21st 22nd 81st 101st 111th 113th 123rd");
    }

    #[test]
    fn endings_are_distinguished_from_words() {
        for (letters, sure, any, torn) in [
            ("th", true, true, true),
            ("ème", true, true, true),
            ("mo", false, true, true),
            ("й", false, true, true),
            ("de", false, true, false),
            ("session", false, false, false),
        ] {
            assert_eq!(
                (is_sure_ending(letters), is_ending(letters), is_torn_ending(letters)),
                (sure, any, torn),
                "{letters}"
            );
        }
    }
}
