//! Bytes -> `Lock`: the numbers that the paragraphs of a text had when it was published.
//!
//! One line per paragraph, so that git can merge two versions:
//!
//! ```text
//! 7a live We welcome the report of the 5b1f2c0a93d4e817 wKs0aT…
//! ```
//!
//! The fields are its number, its state, its first words (for people who read the file), a hash of all its words, and a
//! sketch of two characters per word, by which the paragraph is recognized after an edit.

use std::collections::HashSet;
use std::sync::Arc;

use unicode_segmentation::UnicodeSegmentation;
use xxhash_rust::xxh3::{Xxh3Default, xxh3_64};

use crate::diagnostic::{Code, Diagnostic, Place};

/// The folder with all locks.
pub const FOLDER: &str = "locks/";

/// The numbers of the paragraphs of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Lock {
    /// Its lines in the order of the text.
    pub lines: Vec<Line>,
}

/// One paragraph as it was when the lock was written.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Line {
    /// `7`, or `7a` for one that was inserted later.
    pub number: Box<str>,
    /// What became of it.
    pub state: State,
    /// Its first words; nothing depends on them.
    pub begins: Box<str>,
    /// How it is recognized.
    pub print: Print,
}

/// What became of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// It is in the text under its number.
    Live,
    /// Its words are now in the paragraph with this number.
    In(Box<str>),
    /// It is no longer in the text.
    Gone,
}

/// How a paragraph is recognized: by its hash if it is unchanged, by its sketch after an edit.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Print {
    /// XXH3 of its words, each followed by a space.
    pub hash: u64,
    /// Twelve bits per word, in order, ignoring case and punctuation.
    pub sketch: Box<[u16]>,
}

impl Print {
    /// Returns the print of a paragraph's words.
    pub fn of(words: &str) -> Print {
        Print { hash: Print::hash(words), sketch: Print::sketch(words) }
    }

    /// Returns only the hash, which is much faster.
    pub fn hash(words: &str) -> u64 {
        let mut hash = Xxh3Default::new();
        for word in words.split_whitespace() {
            hash.update(word.as_bytes());
            hash.update(b" ");
        }
        hash.digest()
    }

    /// Returns only the sketch.
    pub fn sketch(words: &str) -> Box<[u16]> {
        words.unicode_words().map(|word| (xxh3_64(word.to_lowercase().as_bytes()) & 0xfff) as u16).collect()
    }
}

/// The digits of a sketch, six bits each.
const DIGITS: &[u8; 64] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";

/// Number of consecutive words that two versions of a text must share; single words occur in any text.
const ROW: usize = 3;

/// The sketch of no words in the file.
const NOTHING: &str = ".";

/// Returns the path of the lock of a statement in a language, relative to the site's folder.
pub fn path(id: &str, language: &str) -> String {
    format!("{FOLDER}{id}.{language}.lock")
}

/// Returns the id of the statement whose lock has this path.
pub fn id(path: &str) -> &str {
    let name = path.trim_start_matches(FOLDER).trim_end_matches(".lock");
    name.rsplit_once('.').map_or(name, |(id, _)| id)
}

impl Lock {
    /// Reads a lock. Both sides of a merge conflict are read; a line that cannot be parsed is reported and left out.
    pub fn read(path: &Arc<str>, bytes: &[u8], diagnostics: &mut Vec<Diagnostic>) -> Lock {
        let mut lock = Lock::default();
        let mut conflict = None;
        for (at, line) in String::from_utf8_lossy(bytes).lines().enumerate() {
            let place = Place { path: Arc::clone(path), line: at as u32 + 1, column: 1 };
            if ["<<<<<<<", "|||||||", "=======", ">>>>>>>"].iter().any(|mark| line.starts_with(mark)) {
                conflict.get_or_insert(place);
            } else if !line.trim().is_empty() && !line.starts_with('#') {
                match Line::read(line) {
                    Some(line) if lock.lines.contains(&line) => {}
                    Some(line) => lock.lines.push(line),
                    None => diagnostics.push(
                        Diagnostic::new(Code::InvalidLock, place, "this is not a line of a lock file")
                            .help("restore the file from git, or delete the line and run `plenary lock`"),
                    ),
                }
            }
        }
        diagnostics.extend(conflict.map(|place| {
            Diagnostic::new(
                Code::MergeConflict,
                place,
                "unresolved merge conflict between two lists of paragraph numbers",
            )
            .help("resolve the text first, then run `plenary lock`, which merges both lists")
        }));
        lock
    }

    /// Returns whether this is the lock of a text, edited or not: at least half of the sequences of three words that
    /// the lock knows are in the text.
    pub fn is_of(&self, prints: &[Print]) -> bool {
        let live = self.lines.iter().filter(|line| line.state == State::Live);
        let then: Vec<u16> = live.flat_map(|line| line.print.sketch.iter().copied()).collect();
        let now: Vec<u16> = prints.iter().flat_map(|print| print.sketch.iter().copied()).collect();
        let rows: HashSet<&[u16]> = now.windows(ROW).collect();
        let found = then.windows(ROW).filter(|row| rows.contains(row)).count();
        found > 0 && found * 2 >= then.len() - (ROW - 1)
    }

    /// Returns the content of the lock file.
    pub fn text(&self) -> String {
        let mut text =
            String::from("# Numbers of paragraphs, written by `plenary lock`: keep them, and never edit them.\n");
        for line in &self.lines {
            line.write(&mut text);
        }
        text
    }
}

impl Line {
    fn read(text: &str) -> Option<Line> {
        let mut words = text.split_whitespace();
        let (number, state) = (words.next()?, words.next()?);
        let state = match state.split_once(':') {
            None if state == "live" => State::Live,
            None if state == "gone" => State::Gone,
            Some(("in", other)) if is_number(other) => State::In(other.into()),
            _ => return None,
        };
        let (sketch, hash) = (words.next_back()?, words.next_back()?);
        let hash = u64::from_str_radix(hash, 16).ok().filter(|_| hash.len() == 16)?;
        let begins = words.collect::<Vec<_>>().join(" ").into();
        is_number(number).then_some(())?;
        Some(Line { number: number.into(), state, begins, print: Print { hash, sketch: sketch_of(sketch)? } })
    }

    fn write(&self, text: &mut String) {
        let state = match &self.state {
            State::Live => "live".to_owned(),
            State::In(other) => format!("in:{other}"),
            State::Gone => "gone".to_owned(),
        };
        let parts = [&*self.number, &state, &self.begins, &format!("{:016x}", self.print.hash)];
        text.push_str(&parts.join(" "));
        text.push(' ');
        for code in &self.print.sketch {
            text.extend([code >> 6, code & 63].map(|digit| char::from(DIGITS[usize::from(digit)])));
        }
        text.push_str(if self.print.sketch.is_empty() { ".\n" } else { "\n" });
    }
}

fn sketch_of(text: &str) -> Option<Box<[u16]>> {
    if text == NOTHING {
        return Some(Box::default());
    }
    let digit = |byte: &u8| DIGITS.iter().position(|digit| digit == byte).map(|at| at as u16);
    let (pairs, []) = text.as_bytes().as_chunks::<2>() else { return None };
    pairs.iter().map(|[high, low]| Some(digit(high)? << 6 | digit(low)?)).collect()
}

/// Returns whether a text is a paragraph number: digits without a leading zero, followed by lower-case letters if the
/// paragraph was inserted later. A paragraph inserted before the first has the digit `0`.
pub fn is_number(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, letters) = text.split_at(digits);
    let is_zero = digits == "0" && !letters.is_empty();
    let is_count = !digits.is_empty() && digits.len() < 7 && !digits.starts_with('0');
    (is_zero || is_count) && letters.len() < 4 && letters.bytes().all(|letter| letter.is_ascii_lowercase())
}

/// Returns whether a paragraph number was counted, rather than made with letters for a paragraph inserted later.
pub fn is_counted(number: &str) -> bool {
    number.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns the first words of a paragraph, 40 characters at most, for people who read the file.
pub fn begins(words: &str) -> Box<str> {
    let mut begins = String::new();
    for word in words.split_whitespace() {
        if begins.chars().count() + word.chars().count() > 40 {
            break;
        }
        begins.push_str(if begins.is_empty() { "" } else { " " });
        begins.push_str(word);
    }
    begins.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(number: &str, state: State, words: &str) -> Line {
        Line { number: number.into(), state, begins: begins(words), print: Print::of(words) }
    }

    fn read(text: &str) -> (Lock, Vec<String>) {
        let mut problems = Vec::new();
        let lock = Lock::read(&"locks/a.en.lock".into(), text.as_bytes(), &mut problems);
        (lock, problems.iter().map(|problem| problem.human(None)).collect())
    }

    #[test]
    fn a_lock_is_read_as_it_was_written() {
        let lock = Lock {
            lines: vec![
                line("1", State::Live, "Mr President, we thank you for the care with which you prepared this meeting."),
                line("1a", State::In("1".into()), "live gone in:7 0123456789abcdef"),
                line("2", State::Gone, "* * *"),
                line("3", State::Live, "外层空间属于全人类。"),
                line("4", State::Live, "  "),
            ],
        };
        assert_eq!(read(&lock.text()), (lock, vec![]));
    }

    #[test]
    fn a_path_says_whose_lock_it_is() {
        for (id_of, language) in [("xar-2021", "en"), ("v1.2", "zh-Hant")] {
            assert_eq!(id(&path(id_of, language)), id_of);
        }
    }

    #[test]
    fn both_sides_of_a_conflict_are_read_and_it_is_reported() {
        let (ours, theirs) = (line("1", State::Live, "Ours."), line("1a", State::Live, "Theirs."));
        let (mut a, mut b) = (String::new(), String::new());
        ours.write(&mut a);
        theirs.write(&mut b);
        let (lock, problems) = read(&format!("<<<<<<< HEAD\n{a}=======\n{a}{b}>>>>>>> other\n"));
        assert_eq!(lock.lines, [ours, theirs]);
        assert!(problems.len() == 1 && problems[0].contains("merge-conflict"), "{problems:?}");
    }

    #[test]
    fn a_text_is_recognized_by_its_lock_even_after_an_edit() {
        let lock = |paragraphs: &[&str]| Lock {
            lines: paragraphs.iter().map(|words| line("1", State::Live, words)).collect(),
        };
        let (one, two) = ("We thank the chair for the care taken.", "A register of launches would help us all.");
        for (then, now, is) in [
            (&[one, two][..], &[one, two][..], true),
            (&[one, two], &[two, "We thank the chair for all of the care taken."], true),
            (&[one, two], &["We thank the chair for our part.", "Words of another speech altogether."], false),
            (&["外层空间属于全人类。"], &["我们认为外层空间属于全人类。"], true),
            (&["Thank you."], &["Thank you."], false),
            (&[], &[one], false),
        ] {
            let prints: Vec<Print> = now.iter().map(|words| Print::of(words)).collect();
            assert_eq!(lock(then).is_of(&prints), is, "{now:?}");
        }
    }

    #[test]
    fn an_invalid_line_is_reported_with_its_place() {
        for text in [
            "7 live",
            "7 dead x 0123456789abcdef .",
            "07 live x 0123456789abcdef .",
            "7 live x 0123 .",
            "7 in: x 0123456789abcdef .",
        ] {
            let (lock, problems) = read(&format!("# \n{text}\n"));
            assert!(lock.lines.is_empty() && problems.len() == 1, "{text}");
            assert!(problems[0].contains("locks/a.en.lock:2:1"), "{problems:?}");
        }
    }

    #[test]
    fn numbers_have_one_form() {
        for (text, is) in [
            ("1", true),
            ("12b", true),
            ("0a", true),
            ("0", false),
            ("01", false),
            ("a", false),
            ("7A", false),
            ("", false),
        ] {
            assert_eq!(is_number(text), is, "{text}");
        }
    }

    #[test]
    fn a_print_ignores_spaces_and_its_sketch_case_and_punctuation() {
        let print = |words| Print::of(words);
        assert_eq!(print("We  thank\nyou."), print("We thank you."));
        let (one, other) = (print("We thank you."), print("we thank you"));
        assert!(one != other && one.sketch == other.sketch);
        assert_eq!(print("外层空间").sketch.len(), 4, "a script without spaces is taken letter by letter");
    }
}
