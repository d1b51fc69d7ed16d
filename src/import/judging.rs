//! `Pages` -> a verdict: is this the text that people read, or what is left of it?

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
    if count.words < FEWEST_WORDS && count.letters < 2 * FEWEST_WORDS {
        find(Verdict::Suspect, format!("it has only {} words", count.words));
    }
    judgement
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
    use crate::import::reading::read;

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
            (format!("{words} \u{fffd}"), Verdict::Unreadable),
            (format!("{} \u{fffd}", words.repeat(5)), Verdict::Suspect),
            ("Thank you.".to_owned(), Verdict::Suspect),
            ("3 4 5 2019 10.5 % of 2018 11.5 of 12.7 ".repeat(20), Verdict::Unreadable),
        ] {
            let pages = read(&Original::new("a.txt", None, text.as_bytes())).unwrap();
            assert_eq!(judge(&pages).verdict, verdict, "{text}");
        }
    }
}
