//! A character -> the properties of its script: whether words are separated by spaces, its direction, and which digit it
//! is. The one table of scripts: everything else asks these functions.

/// Returns whether the character is a letter of a script without spaces between words: Han, kana, bopomofo, Thai, Lao,
/// Myanmar, Khmer, and the scripts of the Tai languages. A name next to such a letter counts as whole, since words have
/// no visible ends.
pub fn is_unspaced(c: char) -> bool {
    // A quick check: most characters are below the first range.
    c >= '\u{e00}'
        && matches!(c,
            '\u{e00}'..='\u{eff}'
            | '\u{1000}'..='\u{109f}'
            | '\u{1780}'..='\u{17ff}'
            | '\u{1950}'..='\u{19df}'
            | '\u{1a20}'..='\u{1aaf}'
            | '\u{2e80}'..='\u{2fdf}'
            | '\u{3005}'..='\u{3007}'
            | '\u{3021}'..='\u{3029}'
            | '\u{3031}'..='\u{3035}'
            | '\u{3040}'..='\u{312f}'
            | '\u{31a0}'..='\u{31bf}'
            | '\u{31f0}'..='\u{31ff}'
            | '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{a9e0}'..='\u{a9ff}'
            | '\u{aa60}'..='\u{aadf}'
            | '\u{f900}'..='\u{faff}'
            | '\u{ff66}'..='\u{ff9f}'
            | '\u{20000}'..='\u{3ffff}')
}

/// Returns whether a character next to a word makes it part of a longer word. In scripts without spaces none does,
/// because ends of words are not visible.
pub fn joins(c: char) -> bool {
    c.is_alphanumeric() && !is_unspaced(c)
}

/// Returns whether the character is a Han ideograph, each of which carries about as much as three letters of an
/// alphabet.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Returns whether the character is kana, each of which carries about as much as two letters of an alphabet.
pub fn is_kana(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}')
}

/// Returns whether the character is a syllable of the Korean script.
pub fn is_hangul(c: char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7a3}')
}

/// Returns whether the character is of the Han script, kana, bopomofo, or one of their signs. Of the scripts without
/// spaces, these have none between sentences either, so lines are joined without one.
pub fn is_east_asian(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

/// Returns whether the character is a full-width sign, letter or digit: lines that end or begin with one are joined
/// without a space.
pub fn is_full_width(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ff65}' | '\u{ffe0}'..='\u{ffe6}')
}

/// Returns whether the character is a Latin letter, with or without accents, also with two as in Vietnamese.
pub fn is_latin(c: char) -> bool {
    c.is_alphabetic() && matches!(c, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}

/// Returns whether the character is Greek or Cyrillic.
pub fn is_greek_or_cyrillic(c: char) -> bool {
    matches!(c, '\u{370}'..='\u{52f}')
}

/// Returns whether the character is of the Latin, Greek or Cyrillic alphabet, or one of the signs written with them.
pub fn is_european(c: char) -> bool {
    c <= '\u{52f}'
}

/// Returns whether the character is a letter of a script with capitals: Latin, Greek, Cyrillic, Armenian.
pub fn has_capitals(c: char) -> bool {
    c.is_alphabetic() && c < '\u{590}'
}

/// Returns whether the character is in the Arabic block: a letter, a digit or a sign.
pub fn is_arabic(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{6ff}')
}

/// Returns whether the character is of the Hebrew script: a letter, also with points, or a sign.
pub fn is_hebrew(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{5ff}' | '\u{fb1d}'..='\u{fb4f}')
}

/// Returns whether the character is a letter in a presentation form, or several in one: Latin and Armenian ligatures,
/// Hebrew letters with points, Arabic presentation forms; but not the Arabic words in one character (U+FDF0 to U+FDFF).
pub fn is_presentation_form(c: char) -> bool {
    matches!(c, '\u{fb00}'..='\u{fdc7}' | '\u{fe70}'..='\u{fefc}')
}

/// Returns whether the character sets the direction of what follows it: an embedding, an override, an isolate, or the
/// end of one (UAX #9).
pub fn is_direction_control(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Returns whether the character shows nothing of its own and only affects how others are shown: soft hyphens, joiners,
/// spaces without a width, direction marks, invisible operators, the byte order mark, and tatweel, which stretches a
/// word.
pub fn is_invisible(c: char) -> bool {
    is_direction_control(c)
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{640}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2065}' | '\u{feff}')
}

/// Returns whether the letter is written from right to left.
pub fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}') && !c.is_numeric()
}

/// The zeros of the decimal digits of each script, each followed by the other nine. Source: the characters of general
/// category Nd in the Unicode Character Database (UnicodeData.txt, version 16), without mathematical ones.
const ZEROS: &[char] = &[
    '0', '\u{660}', '\u{6f0}', '\u{7c0}', '\u{966}', '\u{9e6}', '\u{a66}', '\u{ae6}', '\u{b66}', '\u{be6}', '\u{c66}',
    '\u{ce6}', '\u{d66}', '\u{de6}', '\u{e50}', '\u{ed0}', '\u{f20}', '\u{1040}', '\u{1090}', '\u{17e0}', '\u{1810}',
    '\u{1946}', '\u{19d0}', '\u{1a80}', '\u{1a90}', '\u{1b50}', '\u{1bb0}', '\u{1c40}', '\u{1c50}', '\u{a620}',
    '\u{a8d0}', '\u{a900}', '\u{a9d0}', '\u{a9f0}', '\u{aa50}', '\u{abf0}', '\u{ff10}',
];

/// Returns the value of a decimal digit of any script (3 for `3`, `٣`, `๓` and `３`); `None` for other characters.
pub fn digit(c: char) -> Option<u32> {
    if c.is_ascii() {
        return c.to_digit(10);
    }
    let at = ZEROS.partition_point(|zero| *zero <= c);
    let value = u32::from(c) - u32::from(ZEROS[at.checked_sub(1)?]);
    (value < 10).then_some(value)
}

/// Returns the value of a text of one to four decimal digits, as days, years, pages and paragraphs have; `None` for any
/// other text.
pub fn short_number(text: &str) -> Option<u32> {
    let digits: Vec<u32> = text.chars().map(digit).collect::<Option<_>>()?;
    (1..=4).contains(&digits.len()).then(|| digits.iter().fold(0, |value, digit| value * 10 + digit))
}

#[cfg(test)]
mod tests {
    use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

    use super::*;

    #[test]
    fn every_decimal_digit_of_the_basic_plane_has_its_value() {
        for c in ('\0'..='\u{ffff}').filter(|c| c.general_category() == GeneralCategory::DecimalNumber) {
            let zero = u32::from(c) - digit(c).unwrap_or_else(|| panic!("{c:?} has no value"));
            assert!(ZEROS.contains(&char::from_u32(zero).unwrap()), "{c:?}");
        }
        let not_digits = ('\0'..='\u{ffff}').filter(|c| c.general_category() != GeneralCategory::DecimalNumber);
        assert_eq!(not_digits.filter(|c| digit(*c).is_some()).collect::<String>(), "");
    }

    #[test]
    fn short_numbers_are_read_in_the_digits_of_any_script() {
        for (text, value) in [
            ("27", Some(27)),
            ("٢٧", Some(27)),
            ("۲۷", Some(27)),
            ("๒๗", Some(27)),
            ("12345", None),
            ("", None),
            ("2a", None),
        ] {
            assert_eq!(short_number(text), value, "{text}");
        }
    }

    #[test]
    fn letters_of_scripts_without_spaces_are_known_and_their_punctuation_is_not() {
        for c in ['外', 'の', 'カ', 'ｶ', 'ก', 'ລ', 'မ', 'ក', '々', '〇', 'ㄅ', 'ꩠ'] {
            assert!(is_unspaced(c), "{c}");
        }
        for c in ['a', 'я', 'ع', '한', '，', '。', '「', '１', 'Ａ'] {
            assert!(!is_unspaced(c), "{c}");
        }
        for c in ['，', '。', '「', '！', '：', '（', '　', '１', 'Ａ'] {
            assert!(is_full_width(c), "{c}");
        }
    }
}
