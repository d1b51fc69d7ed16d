//! A character -> the properties of its script: whether words are separated by spaces, and which digit it is.

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

/// Returns whether the character is a Han ideograph, each of which carries about as much as three letters of an
/// alphabet.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Returns whether the character is a full-width sign, letter or digit: lines that end or begin with one are joined
/// without a space.
pub fn is_full_width(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ff65}')
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
