//! Characters that a format raises or lowers -> the characters that are raised or lowered by themselves.

/// Where letters are set against their line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shift {
    #[default]
    None,
    Raised,
    Lowered,
}

/// Digits and signs, then the same raised and lowered.
const PLAIN: &str = "0123456789+-=()";
const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾";
const LOWERED: &str = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎";

/// Characters; what is longer is no exponent, no index and no mark of a note, but words in small print.
const LONGEST: usize = 12;

/// Returns words as they look when they are raised or lowered; nothing if that can be left to their letters alone, as in
/// `1er`, `79th` and `n°`.
///
/// The mark is in the characters and not beside them, because `10⁶` without it is another number.
pub fn shifted(text: &str, shift: Shift) -> Option<String> {
    let marks = match shift {
        Shift::None => return None,
        Shift::Raised => RAISED,
        Shift::Lowered => LOWERED,
    };
    let bare = text.trim();
    if shift == Shift::Raised && bare == "n" {
        return Some(text.replace('n', "ⁿ"));
    }
    if !bare.chars().any(|c| digit(c).is_some()) || is_long(bare) {
        return None;
    }
    let shifted = |c: char| {
        let c = digit(c).unwrap_or(match c {
            '−' | '–' | '‐' | '\u{2011}' => '-',
            other => other,
        });
        PLAIN.chars().position(|plain| plain == c).and_then(|at| marks.chars().nth(at)).unwrap_or(c)
    };
    Some(text.chars().map(shifted).collect())
}

/// Says whether a number is raised or lowered in a way that no character shows: in digits of other scripts, or among words.
pub fn is_lost(text: &str, shift: Shift) -> bool {
    shift != Shift::None && text.chars().any(char::is_numeric) && shifted(text, shift).is_none()
}

fn is_long(text: &str) -> bool {
    text.chars().count() > LONGEST
        || text.split_whitespace().any(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 3)
}

/// Returns the digit that a character is, 0 to 9 or their full-width forms.
fn digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32),
        _ => None,
    }
}

/// Returns the plain form of characters that were raised or lowered here, for words that are all set so.
pub fn plain(text: &str) -> String {
    let plain = |c: char| {
        let at = RAISED.chars().position(|raised| raised == c).or(LOWERED.chars().position(|lowered| lowered == c));
        at.and_then(|at| PLAIN.chars().nth(at)).unwrap_or(c)
    };
    text.chars().map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_raised_and_lowered_and_letters_are_left() {
        use Shift::{Lowered, Raised};
        for (text, shift, expect) in [
            ("6", Raised, Some("⁶")),
            ("-9", Raised, Some("⁻⁹")),
            ("−12 ", Raised, Some("⁻¹² ")),
            ("2", Lowered, Some("₂")),
            ("3, 4", Raised, Some("³, ⁴")),
            ("(1)", Raised, Some("⁽¹⁾")),
            ("n", Raised, Some("ⁿ")),
            ("３", Raised, Some("³")),
            ("th", Raised, None),
            ("er", Raised, None),
            ("o", Raised, None),
            ("٦", Raised, None),
            ("6", Shift::None, None),
            ("adopted in 2019", Raised, None),
        ] {
            assert_eq!(shifted(text, shift).as_deref(), expect, "{text}");
        }
        assert!(is_lost("٦", Raised) && is_lost("adopted in 2019", Lowered));
        assert!(!is_lost("th", Raised) && !is_lost("6", Raised) && !is_lost("2019", Shift::None));
        assert_eq!(plain("⁶₂ of"), "62 of");
    }
}
