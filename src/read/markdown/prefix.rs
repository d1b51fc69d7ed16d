//! Words -> the number at their beginning, if it is not part of a sentence.

use crate::language::numerals::roman;

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// In the digits of any script.
    Digits,
    /// 一、
    Han,
    /// ①
    Circled,
    /// I.
    Roman,
    /// 1.1: never a label, because each part would be a series of its own.
    Compound,
}

impl Form {
    /// Every form, digits first.
    pub(super) const ALL: [Form; 5] = [Form::Digits, Form::Han, Form::Circled, Form::Roman, Form::Compound];
}

/// What the first part of a compound number is multiplied by.
pub(super) const LEVEL: u32 = 1000;

/// A number at the beginning of words.
pub(super) struct Prefix {
    /// As printed, without brackets and full stop.
    pub digits: Box<str>,
    /// For a compound number: the first part times [`LEVEL`], plus the second.
    pub value: u32,
    /// A full stop, bracket or wide space after it shows that it is not part of a sentence.
    pub is_marked: bool,
    pub form: Form,
    /// The byte at which the words after it start.
    pub end: usize,
}

impl Prefix {
    /// Finds the number at the beginning of a text, of `most` digits at most.
    pub(super) fn of(text: &str, most: usize) -> Option<Prefix> {
        let bare = text.trim_start_matches(['(', '[', '（', '§', '¶', '№']).trim_start();
        let is_opened = bare.len() < text.len();
        Prefix::in_digits(text, bare, is_opened, most).or_else(|| Prefix::in_letters(text, bare, is_opened))
    }

    /// Returns the digits and value of a text that is nothing but a number: on a line of its own, it is the number of
    /// the next paragraph. A bare number does not count, because it may be a page number.
    pub(super) fn alone(text: &str, most: usize) -> Option<(Box<str>, u32)> {
        let digits = number_alone(text)?;
        let count = digits.chars().count();
        let value = digits.chars().filter_map(digit).fold(0, |value, digit| value * 10 + digit);
        (count <= most).then(|| (digits.into(), value))
    }

    fn in_digits(text: &str, bare: &str, is_opened: bool, most: usize) -> Option<Prefix> {
        let count = bare.chars().take_while(|c| digit(*c).is_some()).count();
        if !(1..=most).contains(&count) {
            return None;
        }
        let digits: String = bare.chars().take(count).collect();
        let value = digits.chars().filter_map(digit).fold(0, |value, digit| value * 10 + digit);
        let rest = &bare[digits.len()..];
        if let Some((digits, value, end)) = compound(bare, value) {
            let (is_marked, form, end) = (true, Form::Compound, text.len() - bare.len() + end);
            return Some(Prefix { digits, value, is_marked, form, end });
        }
        let marks = |c: char| matches!(c, '.' | ')' | ']' | '）' | '．' | '、' | '。' | '-' | '–' | '—' | 'ـ' | '°');
        let spaced = rest.strip_prefix(' ').filter(|rest| rest.starts_with(marks)).unwrap_or(rest);
        let words = spaced.trim_start_matches(marks);
        let (is_punctuated, after) = (words.len() < spaced.len(), words.trim_start());
        let gap = words.chars().take_while(|c| c.is_whitespace());
        let is_wide = gap.clone().count() > 1 || gap.clone().any(|c| c == '\t');
        // In scripts without spaces the words follow directly: `３．外层空间`.
        let is_wide_mark = spaced[..spaced.len() - words.len()].ends_with(['．', '、', '）', '。']);
        let is_apart = gap.count() > 0 || is_wide_mark;
        // `5 - 10 per cent` and `1.5 million` are not paragraph numbers, nor is a number without words.
        if !is_apart || after.is_empty() || is_punctuated && after.starts_with(|c| digit(c).is_some()) {
            return None;
        }
        let end = text.len() - after.len();
        let is_marked = is_punctuated || is_wide || is_opened;
        Some(Prefix { digits: digits.into(), value, is_marked, form: Form::Digits, end })
    }

    /// Finds a number in a form other than digits; a mark must separate it from the words.
    fn in_letters(text: &str, bare: &str, is_opened: bool) -> Option<Prefix> {
        let first = bare.chars().next()?;
        let (form, is_numeral): (Form, fn(char) -> bool) = match first {
            '①'..='⑳' => (Form::Circled, |c| matches!(c, '①'..='⑳')),
            c if han(c).is_some() => (Form::Han, |c| han(c).is_some()),
            'I' | 'V' | 'X' | 'L' => (Form::Roman, |c| matches!(c, 'I' | 'V' | 'X' | 'L')),
            _ => return None,
        };
        // Take the whole numeral, and then ask whether it is a valid one: `IIII` and `XLX` are not.
        let rest = bare.trim_start_matches(is_numeral);
        let digits = &bare[..bare.len() - rest.len()];
        let value = match form {
            Form::Circled if digits.chars().count() == 1 => u32::from(first) - u32::from('①') + 1,
            Form::Han => numeral_of_han(digits)?,
            Form::Roman => roman(digits)?,
            _ => return None,
        };
        // Circled numbers need no mark after them; any other numeral without one is a word, such as the pronoun `I`.
        let closing = [')', ']', '）'];
        let words = match form {
            Form::Circled => rest.trim_start_matches(['、', '.', '．']),
            _ if is_opened => rest.strip_prefix(closing)?,
            Form::Han => rest.strip_prefix(['、', '．', '.'])?,
            _ => rest.strip_prefix(['.', '．', ')'])?,
        };
        let after = words.trim_start();
        // `三、四个国家` are three or four states.
        let is_apart = form != Form::Roman || after.len() < words.len();
        if !is_apart || after.is_empty() || after.starts_with(is_numeral) && form != Form::Roman {
            return None;
        }
        let end = text.len() - after.len();
        Some(Prefix { digits: digits.into(), value, is_marked: true, form, end })
    }
}

/// Returns the digits of a text that is nothing but a number with a full stop or in brackets.
pub fn number_alone(text: &str) -> Option<&str> {
    let bare = text.trim().trim_start_matches(['(', '[', '（']);
    let digits = bare.trim_end_matches(['.', ')', ']', '）', '．', '、']);
    let is_number = !digits.is_empty() && digits.chars().all(|c| digit(c).is_some());
    (is_number && digits.len() < bare.len()).then_some(digits)
}

/// Returns the compound number of which `first` at the beginning of `bare` is the first part: its digits, its value,
/// and the byte at which the words start.
fn compound(bare: &str, first: u32) -> Option<(Box<str>, u32, usize)> {
    let is_digit = |c: char| c.is_ascii_digit();
    let (_, rest) = bare.split_once('.')?;
    let second = &rest[..rest.len() - rest.trim_start_matches(is_digit).len()];
    let digits = &bare[..bare.len() - rest.len() + second.len()];
    let is_whole = !second.is_empty() && second.len() < 3 && digits.chars().all(|c| is_digit(c) || c == '.');
    let after = bare[digits.len()..].trim_start_matches(['.', ')']);
    let words = after.trim_start();
    // In `1.5 million` and `2.5 per cent` a lower-case letter follows.
    if !is_whole || words.len() == after.len() || !words.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase()) {
        return None;
    }
    let value = first.checked_mul(LEVEL)?.checked_add(second.parse().ok()?)?;
    Some((digits.into(), value, bare.len() - words.len()))
}

/// Returns the value of a character of a Chinese numeral, from 1 to 10.
fn han(c: char) -> Option<u32> {
    "一二三四五六七八九十".chars().position(|numeral| numeral == c).map(|at| at as u32 + 1)
}

/// Returns the value of a Chinese numeral from 1 to 99.
fn numeral_of_han(text: &str) -> Option<u32> {
    let values: Vec<u32> = text.chars().filter_map(han).collect();
    match values[..] {
        [value] => Some(value),
        [10, ones @ 1..10] => Some(10 + ones),
        [tens @ 2..10, 10] => Some(tens * 10),
        [tens @ 2..10, 10, ones @ 1..10] => Some(tens * 10 + ones),
        _ => None,
    }
}

/// Returns the value of a digit in any of the scripts that print numbers before paragraphs.
fn digit(c: char) -> Option<u32> {
    const ZEROS: &[char] = &['0', '٠', '۰', '०', '০', '๐', '０'];
    ZEROS.iter().find_map(|zero| (c as u32).checked_sub(*zero as u32).filter(|value| *value < 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DIGITS: usize = 3;

    #[test]
    fn a_paragraph_number_is_distinguished_from_the_start_of_a_sentence() {
        for (text, expect) in [
            ("22. The peoples", Some((22, true, "The peoples"))),
            ("22.\tThe peoples", Some((22, true, "The peoples"))),
            ("(7) We", Some((7, true, "We"))),
            ("[7] We", Some((7, true, "We"))),
            ("7) We", Some((7, true, "We"))),
            ("7.- We", Some((7, true, "We"))),
            ("7 . We", Some((7, true, "We"))),
            ("7 – We", Some((7, true, "We"))),
            ("§ 7 We", Some((7, true, "We"))),
            ("7  We", Some((7, true, "We"))),
            ("٢٢. نحن", Some((22, true, "نحن"))),
            ("３．外层空间", Some((3, true, "外层空间"))),
            ("7 states have", Some((7, false, "states have"))),
            ("1.5 million", None),
            ("5 - 10 per cent", None),
            ("1945. That year", None),
            ("22.", None),
            ("We 7.", None),
            ("一、我们", Some((1, true, "我们"))),
            ("二十一、我们", Some((21, true, "我们"))),
            ("（三）我们", Some((3, true, "我们"))),
            ("③我们", Some((3, true, "我们"))),
            ("XIV. We", Some((14, true, "We"))),
            ("(II) We", Some((2, true, "We"))),
            ("2.1 We", Some((2 * LEVEL + 1, true, "We"))),
            ("2.1. We", Some((2 * LEVEL + 1, true, "We"))),
            ("三、四个国家", None),
            ("一个国家", None),
            ("I thank you", None),
            ("IIX. We", None),
            ("a) We", None),
        ] {
            let found = Prefix::of(text, DIGITS).map(|found| (found.value, found.is_marked, &text[found.end..]));
            assert_eq!(found, expect, "{text}");
        }
    }
}
