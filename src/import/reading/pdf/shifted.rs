//! Words above or below their line -> the characters that Unicode has for them: `10⁶`, `²³⁵U`, `CO₂`, `stated.³`.

use super::poppler::Word;
use crate::import::pages::Place;

/// Where a word is relative to its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shift {
    /// On the line.
    Level,
    /// Above the line.
    Raised,
    /// Below the line.
    Lowered,
}

/// Returns where a word is, given the place of its line and the distance to the nearest word next to it.
pub(super) fn shift(line: &Place, word: &Word, gap: f32) -> Shift {
    let place = &word.place;
    // Letters reach below their baseline by about a fifth of their height, so smaller ones on the same baseline end
    // higher.
    let drop = (place.bottom - line.bottom + 0.2 * (line.size - place.size)) / line.size.max(0.1);
    if place.size < line.size * 0.85 {
        return match drop {
            _ if drop < -0.14 => Shift::Raised,
            _ if drop > 0.07 => Shift::Lowered,
            _ => Shift::Level,
        };
    }
    // Some programs raise letters without making them smaller. Only a short number directly at another word counts as
    // that, because lines of scanned pages are uneven.
    let number = word.text.chars().count() <= 4 && word.text.chars().all(|c| superscript(c).is_some());
    let beside = number && place.size < line.size * 1.1 && gap < 0.1 * line.size;
    match drop {
        _ if beside && (-0.6..-0.2).contains(&drop) => Shift::Raised,
        _ if beside && (0.15..0.5).contains(&drop) => Shift::Lowered,
        _ => Shift::Level,
    }
}

/// Returns a shifted word in raised or lowered characters, given what is `before` it; `None` if it stays in plain ones,
/// like the letters of an ordinal: `79th`, `Mme`.
pub(super) fn characters(shift: Shift, word: &str, before: &str) -> Option<String> {
    let table = match shift {
        Shift::Level => return None,
        Shift::Raised => superscript,
        Shift::Lowered => subscript,
    };
    // Several footnotes at one place: `¹,²`. A decimal point among lowered digits: `PM₂.₅`.
    let mark = |c: char| matches!(c, ',' | '.' | ' ' | '*').then_some(c);
    let shifted: Option<String> = word.chars().map(|c| table(c).or_else(|| mark(c))).collect();
    let last = before.chars().next_back();
    match shift {
        _ if word.contains(|c: char| c.is_ascii_digit()) => shifted,
        // `CO₂` and `NOₓ`; a lone sign below its line is a stray comma.
        Shift::Lowered => (word == "x").then(|| "ₓ".to_owned()),
        _ if word.chars().all(|c| matches!(c, '+' | '-' | '−' | '–' | 'n')) => shifted,
        // A footnote's letter follows a whole word or a sign; after a number letters make an ordinal, and after one or
        // two letters an abbreviation.
        _ => {
            let mut letters = word.chars();
            let (Some(letter), None) = (letters.next(), letters.next()) else { return None };
            let word_before = before.chars().rev().take_while(|c| c.is_alphabetic()).count();
            let of_note = word_before > 2 || last.is_some_and(|c| matches!(c, '.' | ',' | ';' | ':' | ')' | '”' | '»'));
            raised_letter(letter).filter(|_| of_note).map(String::from)
        }
    }
}

fn superscript(c: char) -> Option<char> {
    Some(match c {
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '0' | '4'..='9' => char::from_u32('\u{2070}' as u32 + c as u32 - '0' as u32)?,
        '+' => '⁺',
        '-' | '−' | '–' | '‐' => '⁻',
        '=' => '⁼',
        '(' => '⁽',
        ')' => '⁾',
        'n' => 'ⁿ',
        _ => return None,
    })
}

fn subscript(c: char) -> Option<char> {
    Some(match c {
        '0'..='9' => char::from_u32('\u{2080}' as u32 + c as u32 - '0' as u32)?,
        '+' => '₊',
        '-' | '−' | '–' | '‐' => '₋',
        '=' => '₌',
        '(' => '₍',
        ')' => '₎',
        'x' => 'ₓ',
        _ => return None,
    })
}

fn raised_letter(c: char) -> Option<char> {
    const LETTERS: &str = "aᵃbᵇcᶜdᵈeᵉfᶠgᵍhʰiⁱjʲkᵏlˡmᵐnⁿoᵒpᵖrʳsˢtᵗuᵘvᵛwʷxˣyʸzᶻ";
    let mut letters = LETTERS.chars();
    letters.find(|letter| *letter == c && c.is_ascii())?;
    letters.next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stay_raised_or_lowered_and_letters_of_ordinals_do_not() {
        for (shift, word, before, expect) in [
            (Shift::Raised, "6", "10", Some("⁶")),
            (Shift::Raised, "-9", "10", Some("⁻⁹")),
            (Shift::Raised, "–9", "10", Some("⁻⁹")),
            (Shift::Raised, "2", "m", Some("²")),
            (Shift::Raised, "3", "stated.", Some("³")),
            (Shift::Raised, "1,2", "stated.", Some("¹,²")),
            (Shift::Raised, "2+", "Ca", Some("²⁺")),
            (Shift::Raised, "n", "2", Some("ⁿ")),
            (Shift::Raised, "b", "stated", Some("ᵇ")),
            (Shift::Raised, "a", "stated.”", Some("ᵃ")),
            (Shift::Raised, "th", "79", None),
            (Shift::Raised, "o", "1", None),
            (Shift::Raised, "o", "n", None),
            (Shift::Raised, "me", "M", None),
            (Shift::Lowered, "2", "CO", Some("₂")),
            (Shift::Lowered, "2.5", "PM", Some("₂.₅")),
            (Shift::Lowered, "x", "NO", Some("ₓ")),
            (Shift::Lowered, "eff", "q", None),
            (Shift::Level, "2", "CO", None),
        ] {
            assert_eq!(characters(shift, word, before).as_deref(), expect, "{before} {word}");
        }
    }
}
