//! Torn words -> whole words, if the text itself has them whole elsewhere.

use super::hyphens::Vocabulary;
use super::notes::Notes;
use crate::import::mended::{Block, Repair, Rule};
use crate::language::ordinals::english_ending;

/// Joins what is torn within the lines of a block.
pub(super) fn repair(block: &mut Block, vocabulary: &Vocabulary, notes: &mut Notes) {
    let line = block.line;
    for (rule, mend) in [
        (Rule::SpacedHyphen, spaced_hyphen as fn(&[&str], &Vocabulary) -> Torn),
        (Rule::SplitWord, split_word),
        (Rule::Superscript, superscript),
        (Rule::DotLeader, dot_leader),
    ] {
        // Two neighbouring words at a time: no rule needs more, and a joined pair can be joined with the next word.
        let mut words: Vec<String> = block.text.split(' ').map(str::to_owned).collect();
        let mut at = 0;
        let mut changed = false;
        while at < words.len() {
            let rest: Vec<&str> = words[at..words.len().min(at + 2)].iter().map(String::as_str).collect();
            match mend(&rest, vocabulary) {
                Torn::Not => at += 1,
                Torn::Whole(whole) => {
                    notes.repairs.push(Repair { line, rule, before: rest.join(" "), after: whole.clone() });
                    let taken = rest.len();
                    words.splice(at..at + taken, [whole].into_iter().filter(|whole| !whole.is_empty()));
                    changed = true;
                }
                Torn::Perhaps(what) => {
                    notes.torn.push((line, rest.join(" "), what));
                    at += 1;
                }
            }
        }
        if changed {
            block.text = words.join(" ");
        }
    }
}

/// What a rule concludes about two neighbouring words.
#[derive(Debug, PartialEq, Eq)]
enum Torn {
    Not,
    /// They are this word.
    Whole(String),
    /// They could be this word, and stay as they are.
    Perhaps(String),
}

/// Joins `Secretary -General` and `Secretary- General`.
fn spaced_hyphen(words: &[&str], vocabulary: &Vocabulary) -> Torn {
    let [a, b] = words else { return Torn::Not };
    let letters = |word: &str| word.chars().filter(|c| c.is_alphabetic()).count();
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let (left, right) = match (a.strip_suffix('-'), b.strip_prefix('-')) {
        (None, Some(right)) if a.ends_with(char::is_alphanumeric) => (*a, right),
        (Some(left), None) if left.ends_with(char::is_alphanumeric) => (left, *b),
        _ => return Torn::Not,
    };
    let (first, last) = (bare(left), bare(right));
    if letters(left) == 0 || letters(right) == 0 || !right.starts_with(char::is_alphabetic) {
        return Torn::Not;
    }
    let whole = format!("{left}-{right}");
    if vocabulary.count(&format!("{first}-{last}")) > 0
        || right.starts_with(char::is_uppercase) && left.chars().next().is_some_and(char::is_uppercase)
    {
        return Torn::Whole(whole);
    }
    // `short- and long-term`, `peace -and justice`: a dash, or a hyphen before an omitted part.
    if a.ends_with('-') || ["and", "or", "but", "et", "y"].contains(&last.as_str()) {
        Torn::Not
    } else {
        Torn::Perhaps(format!("`{whole}`"))
    }
}

/// Joins `U nited`: a single capital that is not a word, and the rest of a word that the text has elsewhere.
fn split_word(words: &[&str], vocabulary: &Vocabulary) -> Torn {
    let [a, b] = words else { return Torn::Not };
    let mut letters = a.trim_start_matches(['(', '"', '“', '«']).chars();
    let (Some(capital), None) = (letters.next(), letters.next()) else { return Torn::Not };
    let rest: String = b.chars().take_while(|c| c.is_alphabetic()).collect();
    if !capital.is_uppercase() || rest.chars().count() < 2 || !rest.starts_with(char::is_lowercase) {
        return Torn::Not;
    }
    let is_word = matches!(
        capital,
        'A' | 'I' | 'O' | 'Y' | 'E' | 'À' | 'É' | 'È' | 'Ó' | 'А' | 'И' | 'В' | 'К' | 'О' | 'С' | 'У' | 'Я'
    );
    let (whole, part) = (vocabulary.count(&format!("{capital}{rest}")), vocabulary.count(&rest));
    match (whole > part, is_word) {
        (true, _) if whole > 0 && (!is_word || part <= 1) => Torn::Whole(format!("{a}{b}")),
        (_, false) if part <= 1 => Torn::Perhaps(format!("`{a}{b}`")),
        _ => Torn::Not,
    }
}

/// Joins `72 nd`: letters that were raised after their number.
fn superscript(words: &[&str], _: &Vocabulary) -> Torn {
    let [a, b] = words else { return Torn::Not };
    let mut digits = a.chars().rev().map_while(|c| c.to_digit(10));
    let letters = b.trim_end_matches(|c: char| !c.is_alphanumeric());
    // Only the last two digits decide.
    let (Some(units), tens) = (digits.next(), digits.next()) else { return Torn::Not };
    let expected = english_ending(tens.unwrap_or(0) * 10 + units);
    let french = ["ème", "eme", "ième"].contains(&letters) || letters == "er" && (units, tens) == (1, None);
    if letters == expected || french { Torn::Whole(format!("{a}{b}")) } else { Torn::Not }
}

/// Removes the dots in `Introduction ........ 3`, which lead to a page number.
fn dot_leader(words: &[&str], _: &Vocabulary) -> Torn {
    let word = words[0];
    let bare = word.trim_end_matches(|c: char| c.is_ascii_digit());
    let dots = bare.chars().rev().take_while(|c| matches!(c, '.' | '…' | '_' | '·')).count();
    let [_, after] = words else { return Torn::Not };
    let leads = bare.len() == word.len()
        && after.chars().all(|c| c.is_ascii_digit())
        && dots >= 4
        && bare.chars().count() == dots;
    if leads { Torn::Whole((*after).to_owned()) } else { Torn::Not }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn torn_words_are_joined_if_the_text_has_them_whole() {
        for (before, after, doubts) in [
            ("the U nited Nations", "the United Nations", 0),
            ("the (U nited) Nations", "the (United) Nations", 0),
            ("A way and I nod", "A way and I nod", 0),
            ("A nother way", "Another way", 0),
            ("G limmering", "G limmering", 1),
            ("the Secretary -General, and", "the Secretary-General, and", 0),
            ("the Secretary- General", "the Secretary-General", 0),
            ("the confidence -building", "the confidence-building", 0),
            ("short- and long-term", "short- and long-term", 0),
            ("one -two", "one -two", 1),
            ("pages 3 -4", "pages 3 -4", 0),
            ("the 72 nd session, the 11 th and 1 st", "the 72nd session, the 11th and 1st", 0),
            ("the 72 th session", "the 72 th session", 0),
            ("la 79 ème session", "la 79ème session", 0),
            ("Introduction ........ 3", "Introduction 3", 0),
            ("and so on .... Then", "and so on .... Then", 0),
        ] {
            let mut notes = Notes::default();
            let mut block = Block {
                kind: crate::import::pages::Kind::Paragraph,
                text: before.to_owned(),
                line: 1,
                marks: Vec::new(),
            };
            repair(&mut block, &Vocabulary::sample(), &mut notes);
            assert_eq!((block.text.as_str(), notes.torn.len()), (after, doubts), "{before}: {notes:?}");
        }
    }
}
