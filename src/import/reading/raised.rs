//! Characters that a format raises or lowers -> Unicode superscripts and subscripts.

use crate::language::ordinals::{is_romance_ending, is_sure_ending};
use crate::language::scripts::{digit, is_full_width};

/// How letters are shifted from their line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Shift {
    #[default]
    /// On the line.
    None,
    /// Raised.
    Raised,
    /// Lowered.
    Lowered,
}

/// What becomes of characters that are raised or lowered together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Rendering {
    /// Nothing is lost if they are on the line, as in `1er`, `79th` and `n°`.
    Flat,
    /// They have Unicode characters.
    Shown(String),
    /// No characters show them, and on the line they may mean something else.
    Lost,
}

/// Characters, each followed by its raised form.
const RAISED: &str = "0⁰1¹2²3³4⁴5⁵6⁶7⁷8⁸9⁹+⁺-⁻=⁼(⁽)⁾aᵃbᵇcᶜdᵈeᵉfᶠgᵍhʰiⁱjʲkᵏlˡmᵐnⁿoᵒpᵖrʳsˢtᵗuᵘvᵛwʷxˣyʸzᶻ\
                      AᴬBᴮDᴰEᴱGᴳHᴴIᴵJᴶKᴷLᴸMᴹNᴺOᴼPᴾRᴿTᵀUᵁVⱽWᵂβᵝγᵞδᵟθᶿφᵠχᵡ";
/// Characters, each followed by its lowered form.
const LOWERED: &str = "0₀1₁2₂3₃4₄5₅6₆7₇8₈9₉+₊-₋=₌(₍)₎aₐeₑhₕiᵢjⱼkₖlₗmₘnₙoₒpₚrᵣsₛtₜuᵤvᵥxₓβᵦγᵧρᵨφᵩχᵪ";

/// The length of the longest exponent, index or footnote reference, in characters; a longer text is words in small
/// print.
const LONGEST: usize = 12;

/// Returns what becomes of characters that are raised or lowered after others. `romance` returns whether the text is in
/// a language that raises letters in ordinals and abbreviations, such as French and Spanish.
pub(super) fn set(text: &str, shift: Shift, before: &str, romance: impl FnOnce() -> bool) -> Rendering {
    let is_sign = |c: char| !c.is_alphanumeric() || matches!(c, 'ª' | 'º');
    if shift == Shift::None || text.chars().all(is_sign) {
        return Rendering::Flat;
    }
    if shift == Shift::Raised && is_ordinal_or_abbreviation(text.trim_matches(is_sign), before.trim_end(), romance) {
        return Rendering::Flat;
    }
    shifted(text, shift).map_or(Rendering::Lost, Rendering::Shown)
}

/// Returns words in raised or lowered characters; `None` if Unicode does not have all of them.
///
/// The shift is in the characters and not in a mark, because `10⁶` without the mark would be another number.
pub(super) fn shifted(text: &str, shift: Shift) -> Option<String> {
    let table = match shift {
        Shift::None => return None,
        Shift::Raised => RAISED,
        Shift::Lowered => LOWERED,
    };
    let bare = text.trim();
    match bare {
        "TM" if shift == Shift::Raised => return Some(text.replace("TM", "™")),
        "SM" if shift == Shift::Raised => return Some(text.replace("SM", "℠")),
        _ => {}
    }
    if !bare.chars().any(char::is_alphanumeric) || is_long(bare) {
        return None;
    }
    let only_digits = !bare.chars().any(char::is_alphabetic);
    let shifted = |c: char| {
        // Digits of other scripts have no raised form, and European ones would not be what was printed.
        let value = digit(c).filter(|_| c.is_ascii() || is_full_width(c));
        let plain = value.and_then(|value| char::from_digit(value, 10)).unwrap_or(match c {
            '−' | '–' | '‐' | '\u{2011}' => '-',
            other => other,
        });
        // A character that is already raised or lowered stays as it is.
        let mut pairs = table.chars();
        while let (Some(from), Some(to)) = (pairs.next(), pairs.next()) {
            if plain == from || c == to {
                return Some(to);
            }
        }
        // Several footnotes at one place, `¹,²`; a comma between lowered letters is part of an index.
        let stays = c.is_whitespace() || only_digits || shift == Shift::Raised && matches!(c, ',' | '*');
        (stays && !c.is_alphanumeric()).then_some(c)
    };
    text.chars().map(shifted).collect()
}

/// Returns whether raised letters end an ordinal or an abbreviation, which may also be written on the line.
fn is_ordinal_or_abbreviation(letters: &str, before: &str, romance: impl FnOnce() -> bool) -> bool {
    let letters = letters.to_lowercase();
    let letters = letters.as_str();
    let stem = before.trim_end_matches('.');
    let word = stem.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let is_roman = word.contains(['I', 'V', 'X']) && word.chars().all(|c| "IVXLCDM".contains(c));
    let is_number = stem.ends_with(|c: char| c.is_ascii_digit()) || is_roman;
    match (word, letters) {
        ("N" | "n" | "Nr", "o" | "os" | "r")
        | ("M", "me" | "mes" | "lle" | "lles" | "gr" | "r" | "rs")
        | ("n" | "k" | "i" | "N", "th") => true,
        _ if is_number && is_sure_ending(letters) => true,
        _ if is_number && is_romance_ending(letters) => romance(),
        // `Dr`, `Sra.`, `Exmo.`
        _ => {
            let is_short = (1..=3).contains(&word.chars().count()) && word.starts_with(char::is_uppercase);
            let is_plain = (1..=4).contains(&letters.chars().count()) && letters.chars().all(char::is_alphabetic);
            is_short && is_plain && !is_number && romance()
        }
    }
}

fn is_long(text: &str) -> bool {
    text.chars().count() > LONGEST
        || text.split_whitespace().any(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shifted_letters_are_shown_flat_in_ordinals_or_lost() {
        use Shift::{Lowered, Raised};
        let shown = |text: &str| Rendering::Shown(text.to_owned());
        for (before, text, shift, romance, expect) in [
            ("10", "6", Raised, false, shown("⁶")),
            ("10", "-9", Raised, false, shown("⁻⁹")),
            ("10", "−12 ", Raised, false, shown("⁻¹² ")),
            ("CO", "2", Lowered, false, shown("₂")),
            ("fact", "3, 4", Raised, false, shown("³, ⁴")),
            ("fact", "(1)", Raised, false, shown("⁽¹⁾")),
            ("2", "n", Raised, false, shown("ⁿ")),
            ("10", "３", Raised, false, shown("³")),
            ("79", "th", Raised, false, Rendering::Flat),
            ("1", "er", Raised, false, Rendering::Flat),
            ("n", "o", Raised, false, Rendering::Flat),
            ("10", "٦", Raised, false, Rendering::Lost),
            ("", "6", Shift::None, false, Rendering::Flat),
            ("", "adopted in 2019", Raised, false, Rendering::Lost),
            ("treaty", "b", Raised, false, shown("ᵇ")),
            ("treaty", "c,d", Raised, false, shown("ᶜ,ᵈ")),
            ("12", "a", Raised, false, shown("ᵃ")),
            ("12", "a", Raised, true, Rendering::Flat),
            ("12.", "o", Raised, true, Rendering::Flat),
            ("el XX", "e", Raised, true, Rendering::Flat),
            ("D", "r", Raised, true, Rendering::Flat),
            ("D", "r", Raised, false, shown("ʳ")),
            ("Mark", "TM", Raised, false, shown("™")),
            ("3", "y-2", Raised, false, shown("ʸ⁻²")),
            ("3", "q", Raised, false, Rendering::Lost),
            ("3", "q+1", Raised, false, Rendering::Lost),
            ("k", "m,n", Lowered, false, Rendering::Lost),
            ("k", "mn", Lowered, false, shown("ₘₙ")),
            ("k", "eff", Lowered, false, Rendering::Lost),
            ("treaty", "note", Raised, false, Rendering::Lost),
            ("said", "*", Raised, false, Rendering::Flat),
            ("5", "ᵃ", Raised, false, shown("ᵃ")),
        ] {
            assert_eq!(set(text, shift, before, || romance), expect, "{before} {text} {romance}");
        }
    }
}
