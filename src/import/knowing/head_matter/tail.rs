//! The blocks below a speech that are not spoken: where the text is from, and how many words it has.

use crate::import::knowing::head::fold;
use crate::language::tokens::runs;

/// How notes on the source of a text begin, folded.
const SOURCES: &[&str] =
    &["source:", "source :", "sources:", "fuente:", "fonte:", "источник:", "المصدر:", "来源:", "来源：", "link:"];
/// What a speech's length is counted in, folded.
const WORDS: &[&str] = &["words", "mots", "palabras", "palavras", "слов", "слова", "كلمة", "字", "词"];
/// Words that come with the count.
const AROUND: &[&str] = &[
    "word",
    "count",
    "total",
    "approximately",
    "approx",
    "about",
    "ca",
    "minute",
    "minutes",
    "min",
    "mins",
    "minutos",
    "environ",
    "aproximadamente",
    "cerca",
    "de",
    "минут",
    "около",
    "دقيقة",
];
/// Most characters of such a note.
const LONGEST: usize = 250;

/// Returns whether the last block of a text is a note on it.
pub(super) fn is_note(text: &str) -> bool {
    if text.chars().count() > LONGEST {
        return false;
    }
    let folded = fold(text);
    let bare = folded.trim_start_matches(|c: char| !c.is_alphanumeric());
    if let Some(source) = SOURCES.iter().find_map(|source| bare.strip_prefix(source)) {
        // A reference or an address, not what a speaker says about sources.
        return source.contains(|c: char| c.is_ascii_digit() || c == '/') || source.contains("www.");
    }
    // An address by itself, perhaps the rest of one from the line above, is not spoken either.
    if !bare.contains(char::is_whitespace) && bare.matches('/').count() >= 2 {
        return true;
    }
    let (mut counts, mut numbers) = (false, 0);
    for word in runs(&folded) {
        match word {
            word if WORDS.contains(&word) => counts = true,
            word if word.chars().all(|c| c.is_numeric()) => numbers += 1,
            word if AROUND.contains(&word) => {}
            _ => return false,
        }
    }
    counts && numbers > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_below_a_speech_are_distinguished_from_its_last_words() {
        for note in [
            "Source: PR310277 - PM (gov.example)",
            "SOURCE : https://mfa.example/speeches/2024-09-20",
            "Fuente: www.cancilleria.example",
            "(1575 words, approximately 15 minutes)",
            "Word count: 1,204 words",
            "[2 340 mots]",
            "1830 слов",
            "https://mfa.example/speeches/2024",
            "Photos/2024/09/statement",
        ] {
            assert!(is_note(note), "{note}");
        }
        for speech in [
            "I thank you.",
            "Source: the will of the people.",
            "A thousand words are not enough.",
            "2 words: never again.",
            "Sources of energy are many.",
            "",
            "2030",
            "Peace and/or security.",
        ] {
            assert!(!is_note(speech), "{speech}");
        }
    }
}
