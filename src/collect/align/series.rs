//! The paragraphs of several texts in order of time -> which of them say the same words again, and which is a changed
//! wording of which.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use super::alike::shared;
use crate::collect::changes::codes;
use crate::config::base_language;
use crate::read::words::words;

/// A paragraph: its text, and its place in that text, both counted from 0.
pub type At = (usize, usize);

/// A paragraph that is compared with others.
pub struct Wording<'a> {
    pub at: At,
    pub words: &'a str,
    /// The nearest earlier paragraph that says the same, or else about the same, if there is one.
    pub before: Option<At>,
    /// All paragraphs of that earlier text whose words stand here: itself, and what was joined with it.
    pub alike: Vec<At>,
    /// It says the same words as the one before.
    pub is_same: bool,
    /// All paragraphs with these words, in order; itself among them.
    pub all: Vec<At>,
}

/// Texts in order of time, each in a language, with the words of its paragraphs.
pub type Texts<'a> = [(&'a str, Vec<&'a str>)];

/// Compares the paragraphs of each text with those of the earlier texts in its language.
pub fn series<'a>(texts: &Texts<'a>) -> Vec<Vec<Wording<'a>>> {
    let mut seen = Seen::default();
    let mut all: Vec<Vec<Wording<'a>>> = Vec::new();
    for (text, (language, paragraphs)) in texts.iter().enumerate() {
        let new: Vec<Paragraph> =
            paragraphs.iter().enumerate().map(|(at, words)| Paragraph::new((text, at), language, words)).collect();
        let wording = |(paragraph, words): (&Paragraph, &&'a str)| {
            let alike = seen.before(paragraph);
            let before = alike.first().map(|before| before.at);
            let is_same = alike.first().is_some_and(|before| before.codes == paragraph.codes);
            let alike = alike.iter().map(|other| other.at).collect();
            Wording { at: paragraph.at, words, before, alike, is_same, all: Vec::new() }
        };
        all.push(new.iter().zip(paragraphs).map(wording).collect());
        seen.extend(new);
    }
    for places in seen.same.values() {
        for (text, at) in places {
            all[*text][*at].all.clone_from(places);
        }
    }
    all
}

/// A paragraph as it is compared.
struct Paragraph {
    at: At,
    /// The language less the region.
    language: String,
    codes: Vec<u32>,
    /// The different rows of three words in it, sorted, each as one code. What shares none with it is not alike.
    rows: Vec<u32>,
}

/// Words in a row by which paragraphs are found that may be alike.
const ROW: usize = 3;

impl Paragraph {
    fn new(at: At, language: &str, text: &str) -> Paragraph {
        let codes = codes(&words(text));
        let mut rows: Vec<u32> = codes.windows(ROW.min(codes.len()).max(1)).map(row).collect();
        rows.sort_unstable();
        rows.dedup();
        let language = base_language(language).to_owned();
        Paragraph { at, language, codes, rows }
    }
}

fn row(codes: &[u32]) -> u32 {
    codes.iter().fold(0, |row: u32, code| row.rotate_left(11).wrapping_mul(0x9e37_79b1) ^ code)
}

/// The paragraphs of the texts so far.
#[derive(Default)]
struct Seen {
    paragraphs: Vec<Paragraph>,
    /// By row of words, the paragraphs that have it, as indices.
    by_row: HashMap<u32, Vec<usize>>,
    /// By language and words, where they stand.
    same: BTreeMap<(String, Vec<u32>), Vec<At>>,
}

/// Two paragraphs are compared if of every hundred rows of words so many are common.
const COMMON: usize = 12;

impl Seen {
    fn extend(&mut self, new: Vec<Paragraph>) {
        // Nothing is like a paragraph without words.
        for paragraph in new.into_iter().filter(|paragraph| !paragraph.codes.is_empty()) {
            let key = (paragraph.language.clone(), paragraph.codes.clone());
            self.same.entry(key).or_default().push(paragraph.at);
            for row in &paragraph.rows {
                self.by_row.entry(*row).or_default().push(self.paragraphs.len());
            }
            self.paragraphs.push(paragraph);
        }
    }

    /// Finds the paragraphs before: those of the latest text that has any alike, the most alike first.
    fn before(&self, paragraph: &Paragraph) -> Vec<&Paragraph> {
        let mut common: BTreeMap<usize, usize> = BTreeMap::new();
        for index in paragraph.rows.iter().filter_map(|row| self.by_row.get(row)).flatten() {
            *common.entry(*index).or_default() += 1;
        }
        let near = |(index, common): (usize, usize)| {
            let other = &self.paragraphs[index];
            let enough = common * 200 >= (paragraph.rows.len() + other.rows.len()) * COMMON;
            (enough && other.language == paragraph.language).then_some(other)
        };
        let near: Vec<&Paragraph> = common.into_iter().filter_map(near).collect();
        for of_text in near.chunk_by(|a, b| a.at.0 == b.at.0).rev() {
            let share = |other: &&Paragraph| shared(&other.codes, &paragraph.codes);
            let alike = of_text.iter().filter_map(|other| Some((share(other)?, *other)));
            let length = |other: &Paragraph| other.codes.len() + paragraph.codes.len();
            let mut alike: Vec<(usize, &Paragraph)> =
                alike.map(|(shared, other)| (shared * 2000 / length(other), other)).collect();
            alike.sort_by_key(|(kept, _)| Reverse(*kept));
            if !alike.is_empty() {
                return alike.into_iter().map(|(_, other)| other).collect();
            }
        }
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes for each paragraph what it is like: `=` the same, `~` a changed wording, `+` new.
    fn told(texts: &Texts<'_>) -> Vec<String> {
        let tell = |wording: &Wording<'_>| match (wording.before, wording.is_same) {
            (None, _) => "+".to_owned(),
            (Some((text, at)), is_same) => format!("{}{text}.{at}", if is_same { '=' } else { '~' }),
        };
        series(texts).iter().map(|text| text.iter().map(tell).collect::<Vec<_>>().join(" ")).collect()
    }

    #[test]
    fn each_paragraph_is_compared_with_the_nearest_that_is_alike() {
        let (a, b) = ("Arvenia is concerned by the growth of debris.", "A ban without verification is a promise.");
        let deep = "Arvenia is deeply concerned by the growth of debris.";
        for (texts, expect) in [
            (vec![("en", vec![a, b]), ("en", vec![b, deep])], vec!["+ +", "=0.1 ~0.0"]),
            (vec![("en", vec![a]), ("en", vec![b]), ("en", vec![deep])], vec!["+", "+", "~0.0"]),
            (vec![("en", vec![a]), ("en", vec![deep]), ("en", vec![a])], vec!["+", "~0.0", "~1.0"]),
            (vec![("en", vec![a]), ("fr", vec![a]), ("en-GB", vec![a])], vec!["+", "+", "=0.0"]),
            (vec![("en", vec![a]), ("en", vec![])], vec!["+", ""]),
            (vec![("en", vec![""]), ("en", vec![""])], vec!["+", "+"]),
            (vec![("zh", vec!["外层空间属于全人类。"]), ("zh", vec!["外层空间仍属于全人类。"])], vec!["+", "~0.0"]),
        ] {
            assert_eq!(told(&texts), expect, "{texts:?}");
        }
    }

    #[test]
    fn what_was_joined_or_divided_is_known_again() {
        let (a, b) = ("Arvenia is concerned by the growth of debris.", "A ban without verification is a promise.");
        let joined = format!("{a} {b}");
        let apart = [("en", vec![a, b]), ("en", vec![joined.as_str()])];
        let found = &series(&apart)[1][0];
        assert_eq!((found.before, &found.alike[..]), (Some((0, 0)), &[(0, 0), (0, 1)][..]));
        assert_eq!(told(&[("en", vec![&joined]), ("en", vec![a, b])])[1], "~0.0 ~0.0");
    }

    #[test]
    fn the_same_words_know_each_other_across_texts() {
        let texts = [("en", vec!["One of us."]), ("en", vec!["Another of them."]), ("en", vec!["One of us!"])];
        assert_eq!(series(&texts)[2][0].all, [(0, 0), (2, 0)]);
    }
}
