//! `Pages` -> a verdict: is this the text that people read, or what is left of it?

use whatlang::Lang;

use super::pages::Pages;

/// What can be done with a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    Ok,
    /// A statement, to be compared with its original.
    Suspect,
    /// No statement may be made of it.
    Unreadable,
}

impl Verdict {
    /// Returns the word of the report.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Ok => "ok",
            Verdict::Suspect => "suspect",
            Verdict::Unreadable => "unreadable",
        }
    }
}

/// A verdict and what it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    pub verdict: Verdict,
    /// What is wrong, in sentences; empty for `Ok`.
    pub reasons: Vec<String>,
}

/// Fewer words than these are no statement.
const FEWEST_WORDS: usize = 20;

/// Judges a text by its characters.
pub fn judge(pages: &Pages) -> Judgement {
    let count = Count::of(pages);
    if count.visible == 0 {
        return Judgement {
            verdict: Verdict::Unreadable,
            reasons: vec!["its pages have no text, only pictures".into()],
        };
    }
    let mut judgement = Judgement { verdict: Verdict::Ok, reasons: Vec::new() };
    let mut find = |verdict: Verdict, reason: String| {
        judgement.verdict = judgement.verdict.max(verdict);
        judgement.reasons.push(reason);
    };
    let per_cent = |part: usize| part * 100 / count.visible.max(1);
    if per_cent(count.letters) < 60 {
        let verdict = if per_cent(count.letters) < 45 { Verdict::Unreadable } else { Verdict::Suspect };
        find(verdict, format!("only {} of 100 characters are letters", per_cent(count.letters)));
    }
    if count.lost > 0 {
        let verdict = match count.lost * 1000 / count.visible.max(1) {
            0..=4 => Verdict::Suspect,
            _ => Verdict::Unreadable,
        };
        find(verdict, format!("{} characters are lost (U+FFFD or signs without a meaning)", count.lost));
    }
    if let Some(share) = share_of_common_words(pages)
        && share < COMMON
    {
        let reason = format!("only {:.0} of 100 words are among the common ones of its language", share * 100.0);
        find(Verdict::Unreadable, reason);
    }
    if count.words < FEWEST_WORDS && count.letters < 2 * FEWEST_WORDS {
        find(Verdict::Suspect, format!("it has only {} words", count.words));
    }
    judgement
}

/// The share of common words below which words are no words. In texts that were read right it is 0.2 and more.
const COMMON: f32 = 0.06;

/// Words without which no page of these languages is written.
const COMMON_WORDS: &[&[&str]] = &[
    &["the", "of", "and", "to", "in", "a", "that", "for", "is", "we", "our", "on", "with"],
    &["de", "la", "et", "les", "des", "le", "à", "l", "que", "en", "nous", "du", "pour"],
    &["de", "la", "que", "y", "el", "en", "los", "las", "a", "del", "para", "por", "un"],
    &["de", "e", "a", "que", "o", "do", "da", "em", "os", "para", "dos", "um", "no"],
    &["die", "der", "und", "in", "den", "zu", "das", "von", "wir", "für", "nicht", "ist"],
    &["и", "в", "на", "что", "с", "по", "не", "мы", "к", "для", "из", "о", "за"],
    &["من", "في", "على", "إلى", "أن", "التي", "عن", "ما", "و", "هذا", "هذه", "مع"],
];

/// Returns the share of common words in a text of a hundred words or more, in the language of the table that fits best;
/// nothing if the text is plainly in another language, or in a script without spaces.
fn share_of_common_words(pages: &Pages) -> Option<f32> {
    const ENOUGH: usize = 100;
    let text: String = pages.lines().flat_map(|line| [line.text.as_str(), "\n"]).collect();
    let text = text.to_lowercase();
    let words: Vec<&str> = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
    let spaced = |c: char| matches!(c, '\0'..='\u{52f}' | '\u{600}'..='\u{6ff}');
    let known = words.iter().filter(|word| word.chars().all(spaced)).count();
    let listed = [Lang::Eng, Lang::Fra, Lang::Spa, Lang::Por, Lang::Deu, Lang::Rus, Lang::Ara];
    let other = whatlang::detect(&text).is_some_and(|info| info.is_reliable() && !listed.contains(&info.lang()));
    if known < ENOUGH || known * 2 < words.len() || other {
        return None;
    }
    let count = |table: &&[&str]| words.iter().filter(|word| table.contains(word)).count();
    let best = COMMON_WORDS.iter().map(count).max()?;
    Some(best as f32 / words.len() as f32)
}

/// The characters of a text by what they are.
#[derive(Debug, Default)]
struct Count {
    visible: usize,
    letters: usize,
    words: usize,
    lost: usize,
}

impl Count {
    fn of(pages: &Pages) -> Count {
        let mut count = Count::default();
        for line in pages.lines() {
            for word in line.text.split_whitespace() {
                count.words += usize::from(word.chars().any(char::is_alphabetic));
                for c in word.chars() {
                    count.visible += 1;
                    count.letters +=
                        usize::from(c.is_alphabetic() || unicode_normalization::char::is_combining_mark(c));
                    count.lost += usize::from(c == '\u{fffd}' || is_without_meaning(c));
                }
            }
        }
        count
    }
}

/// Says whether a character means nothing in any text: private use, but for the bullet that Word makes of it, and control.
fn is_without_meaning(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}') && !matches!(c, '\u{f0a7}' | '\u{f0b7}' | '\u{f0d8}') || c.is_control()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::original::Original;
    use crate::import::reading::{Ocr, read};

    #[test]
    fn what_is_left_of_a_text_is_no_text() {
        let words = "My delegation has come to this hall in the hope that what was begun will be ended before the first snow falls.";
        for (text, verdict) in [
            (words.to_owned(), Verdict::Ok),
            (
                "我们来到这里，希望在春天开始的工作能够在第一场雪之前结束，谢谢主席先生，谢谢各位代表。我们还希望继续前进。".to_owned(),
                Verdict::Ok,
            ),
            ("/0 /1 /2 /i255 /3 /4 /0 /5 ".repeat(20), Verdict::Unreadable),
            ("uvwxvwyz uvwyzxwy vwxzy yzwvu xyzw ".repeat(20), Verdict::Unreadable),
            (format!("{words} \u{fffd}"), Verdict::Unreadable),
            (format!("{} \u{fffd}", words.repeat(5)), Verdict::Suspect),
            ("Thank you.".to_owned(), Verdict::Suspect),
            ("3 4 5 2019 10.5 % of 2018 11.5 of 12.7 ".repeat(20), Verdict::Unreadable),
        ] {
            let pages = read(&Original::new("a.txt", None, text.as_bytes()), Ocr::Never).unwrap();
            assert_eq!(judge(&pages).verdict, verdict, "{text}");
        }
    }
}
